//! The part of JMESPath that `operationContextParams` use.

/// A segment of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Segment {
    /// Into a member.
    Member(String),
    /// Into each item of a list: `[*]`.
    Items,
    /// To the keys of a map: `keys(…)`.
    Keys,
    /// On several paths at once, their values in one list: `[…, …][]`. Always the last.
    All(Vec<Vec<Segment>>),
}

/// The segments of a path; none if it is of no form that is known.
pub(super) fn parse(text: &str) -> Option<Vec<Segment>> {
    let inner = text
        .strip_prefix("keys(")
        .and_then(|rest| rest.strip_suffix(')'));
    if let Some(inner) = inner {
        let mut segments = plain(inner)?;
        segments.push(Segment::Keys);
        return Some(segments);
    }
    let Some((before, lists)) = text.split_once(".[") else {
        return plain(text);
    };
    let mut segments = plain(before)?;
    let paths = lists.strip_suffix("][]")?.split(',');
    let paths = paths.map(|path| plain(path.trim()));
    segments.push(Segment::All(paths.collect::<Option<_>>()?));
    Some(segments)
}

/// Members and lists alone: `A.B[*].C`.
fn plain(text: &str) -> Option<Vec<Segment>> {
    let mut segments = Vec::new();
    for part in text.split('.') {
        let name = part.strip_suffix("[*]");
        let member = name.unwrap_or(part);
        let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
        if member.is_empty() || !member.chars().all(is_name) {
            return None;
        }
        segments.push(Segment::Member(member.to_owned()));
        segments.extend(name.map(|_| Segment::Items));
    }
    Some(segments)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn member(name: &str) -> Segment {
        Segment::Member(name.to_owned())
    }

    #[test]
    fn members_lists_keys_and_several_paths_are_known() {
        assert_eq!(parse("A.B"), Some(vec![member("A"), member("B")]));
        let items = vec![member("A"), Segment::Items, member("B"), member("C")];
        assert_eq!(parse("A[*].B.C"), Some(items));
        assert_eq!(parse("keys(A)"), Some(vec![member("A"), Segment::Keys]));
        let both = Segment::All(vec![vec![member("B"), member("C")], vec![member("D")]]);
        let expected = vec![member("A"), Segment::Items, both];
        assert_eq!(parse("A[*].[B.C, D][]"), Some(expected));
    }

    #[test]
    fn any_other_path_is_not() {
        for path in [
            "",
            ".",
            "A.",
            "A[0]",
            "A[]",
            "A[*][*]",
            "length(A)",
            "keys(A",
            "A.[B]",
            "A || B",
            "@",
            "A[*].[B.[C][]][]",
        ] {
            assert_eq!(parse(path), None, "{path}");
        }
    }
}

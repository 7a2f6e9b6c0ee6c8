//! Texts with places for values, and paths into values.

use super::{Expression, Step};

/// A text as an expression: `{name}` and `{name#path}` stand for values, `{{` and `}}` for a brace.
/// An error if it is no such text.
pub(super) fn parse(text: &str) -> Result<Expression, ()> {
    let mut parts = Vec::new();
    let mut literal = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(['{', '}']) {
        literal.push_str(&rest[..at]);
        let (brace, after) = rest[at..].split_at(1);
        if let Some(after) = after.strip_prefix(brace) {
            literal.push_str(brace);
            rest = after;
            continue;
        }
        // A brace that closes nothing.
        let (inner, after) = after.split_once('}').filter(|_| brace == "{").ok_or(())?;
        if !literal.is_empty() {
            parts.push(Expression::Text(std::mem::take(&mut literal)));
        }
        parts.push(value(inner).ok_or(())?);
        rest = after;
    }
    literal.push_str(rest);
    if parts.is_empty() {
        return Ok(Expression::Text(literal));
    }
    if !literal.is_empty() {
        parts.push(Expression::Text(literal));
    }
    Ok(Expression::Template(parts))
}

fn value(inner: &str) -> Option<Expression> {
    let (name, steps) = match inner.split_once('#') {
        Some((name, path)) => (name, Some(path)),
        None => (inner, None),
    };
    if name.is_empty() || name.contains(['{', ' ']) {
        return None;
    }
    let reference = Expression::Reference(name.to_owned());
    match steps {
        None => Some(reference),
        // Some write `a#b#c` for `a#b.c`.
        Some(path) => path_steps(&path.replace('#', "."))
            .map(|steps| Expression::Attribute(Box::new(reference), steps)),
    }
}

/// The steps of a path such as `resourceId[0]`, `a.b` or `[0]`.
pub(super) fn path_steps(path: &str) -> Option<Vec<Step>> {
    let mut steps = Vec::new();
    for part in path.split('.') {
        let (name, mut indexes) = part.split_at(part.find('[').unwrap_or(part.len()));
        if !name.is_empty() {
            steps.push(Step::Name(name.to_owned()));
        } else if indexes.is_empty() {
            return None;
        }
        while !indexes.is_empty() {
            let (index, rest) = indexes.strip_prefix('[')?.split_once(']')?;
            steps.push(Step::Index(index.parse().ok()?));
            indexes = rest;
        }
    }
    Some(steps)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reference(name: &str) -> Expression {
        Expression::Reference(name.to_owned())
    }

    fn text(text: &str) -> Expression {
        Expression::Text(text.to_owned())
    }

    #[test]
    fn a_text_without_places_is_a_text() {
        for plain in ["", "https://a.b/c"] {
            assert_eq!(parse(plain), Ok(text(plain)));
        }
        assert_eq!(parse("{{a}} }}"), Ok(text("{a} }")));
    }

    #[test]
    fn places_stand_for_values() {
        let steps = vec![Step::Name("b".to_owned()), Step::Index(2)];
        let expected = vec![
            text("x"),
            reference("A"),
            reference("B"),
            text(".{y}."),
            Expression::Attribute(Box::new(reference("a")), steps),
        ];
        let template = "x{A}{B}.{{y}}.{a#b[2]}";
        assert_eq!(parse(template), Ok(Expression::Template(expected)));
    }

    #[test]
    fn what_does_not_close_or_names_nothing_is_no_template() {
        for broken in ["{", "}", "{a", "a}", "{}", "{#a}", "{a#}", "{a b}", "{a{b}"] {
            assert_eq!(parse(broken), Err(()), "{broken}");
        }
    }

    #[test]
    fn a_path_goes_by_names_and_indexes() {
        let name = |name: &str| Step::Name(name.to_owned());
        assert_eq!(path_steps("a.b"), Some(vec![name("a"), name("b")]));
        assert_eq!(path_steps("[0]"), Some(vec![Step::Index(0)]));
        let expected = vec![name("a"), Step::Index(1), Step::Index(2), name("b")];
        assert_eq!(path_steps("a[1][2].b"), Some(expected));
        for broken in [
            "",
            ".",
            "a.",
            "a[",
            "a[x]",
            "a[-1]",
            "a[1]b",
            "a[99999999999999999999]",
        ] {
            assert_eq!(path_steps(broken), None, "{broken}");
        }
    }
}

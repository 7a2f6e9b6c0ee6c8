//! The path and query of a request: a template's labels, and percent-encoding.

/// Appends a text percent-encoded: all but RFC 3986's unreserved characters, and slashes too if
/// `keep_slashes` says so, as in a greedy label.
pub(super) fn encode(to: &mut String, text: &str, keep_slashes: bool) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                to.push(char::from(byte));
            }
            b'/' if keep_slashes => to.push('/'),
            _ => {
                to.push('%');
                to.push(char::from(HEX[usize::from(byte >> 4)]));
                to.push(char::from(HEX[usize::from(byte & 15)]));
            }
        }
    }
}

/// A part of a template.
#[derive(Debug, PartialEq)]
pub(super) enum Part<'a> {
    /// Text that stands as it is.
    Text(&'a str),
    /// The place of a label; a greedy one (`{key+}`) keeps its slashes.
    Label { name: &'a str, greedy: bool },
}

/// The parts of a template such as `/v1/{name}/{rest+}`. A brace that never closes is text.
pub(super) fn parts(template: &str) -> impl Iterator<Item = Part<'_>> {
    let mut rest = template;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let label = rest.strip_prefix('{').and_then(|open| open.split_once('}'));
        if let Some((label, after)) = label {
            rest = after;
            let name = label.strip_suffix('+');
            return Some(Part::Label {
                name: name.unwrap_or(label),
                greedy: name.is_some(),
            });
        }
        let end = rest[1..].find('{').map_or(rest.len(), |at| at + 1);
        let (text, after) = rest.split_at(end);
        rest = after;
        Some(Part::Text(text))
    })
}

#[cfg(test)]
mod tests {
    use super::{Part, encode, parts};

    #[test]
    fn all_but_unreserved_characters_are_encoded() {
        let mut text = String::new();
        encode(&mut text, "aZ09-._~ /?%+é", false);
        assert_eq!(text, "aZ09-._~%20%2F%3F%25%2B%C3%A9");
        text.clear();
        encode(&mut text, "a/b c", true);
        assert_eq!(text, "a/b%20c");
    }

    #[test]
    fn a_template_is_text_and_labels() {
        let label = |name, greedy| Part::Label { name, greedy };
        let cut: Vec<Part<'_>> = parts("/a/{b}/{c+}?d=e").collect();
        assert_eq!(
            cut,
            [
                Part::Text("/a/"),
                label("b", false),
                Part::Text("/"),
                label("c", true),
                Part::Text("?d=e"),
            ]
        );
        assert_eq!(parts("{a").collect::<Vec<_>>(), [Part::Text("{a")]);
        assert_eq!(parts("").count(), 0);
    }
}

//! What a method takes and gives, read from the normal form of its signature.

/// A method's signature in parts.
pub(super) struct Signature {
    /// What it takes, `self` included.
    pub(super) takes: Vec<String>,
    /// What it gives, `()` if nothing.
    pub(super) gives: String,
}

impl Signature {
    /// The parts of a text such as `(&self, i32) -> bool`.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let inside = text.strip_prefix('(')?;
        let end = closing(inside)?;
        let gives = inside.get(end + 1..)?.trim_start().strip_prefix("-> ");
        Some(Self {
            takes: split(inside.get(..end)?),
            gives: gives.unwrap_or("()").to_owned(),
        })
    }
}

/// A type that can be given where this is taken: whatever turns into a text is a text.
pub(super) fn concrete(of: &str) -> String {
    if let Some(inside) = inside(of, "impl Into<") {
        return concrete(inside);
    }
    if let Some(item) = inside(of, "impl IntoIterator<Item = ") {
        return format!("Vec<{}>", concrete(item));
    }
    if let Some(parts) = of.strip_prefix('(').and_then(|of| of.strip_suffix(')')) {
        let parts: Vec<String> = split(parts).iter().map(|part| concrete(part)).collect();
        return format!("({})", parts.join(", "));
    }
    of.to_owned()
}

fn inside<'t>(text: &'t str, before: &str) -> Option<&'t str> {
    text.strip_prefix(before)?.strip_suffix('>')
}

/// What stands between commas, but for those in brackets.
fn split(text: &str) -> Vec<String> {
    let mut parts = Vec::new();
    let mut depth = 0_usize;
    let mut begin = 0;
    for (at, c) in text.char_indices() {
        depth = deeper(depth, c);
        if c == ',' && depth == 0 {
            parts.push(&text[begin..at]);
            begin = at + 1;
        }
    }
    parts.push(&text[begin..]);
    let parts = parts.into_iter().map(str::trim);
    parts
        .filter(|part| !part.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Where the bracket closes that was opened before the text.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 1;
    for (at, c) in text.char_indices() {
        depth = deeper(depth, c);
        if depth == 0 {
            return Some(at);
        }
    }
    None
}

fn deeper(depth: usize, c: char) -> usize {
    match c {
        '(' | '<' | '[' => depth + 1,
        ')' | '>' | ']' => depth.saturating_sub(1),
        _ => depth,
    }
}

#[cfg(test)]
mod tests {
    use super::{Signature, concrete};

    #[test]
    fn a_signature_falls_into_what_is_taken_and_given() {
        let text = "(self, impl IntoIterator<Item = (types::Kind, impl Into<String>)>) -> Self";
        let signature = Signature::parse(text).unwrap();
        let map = "impl IntoIterator<Item = (types::Kind, impl Into<String>)>";
        assert_eq!(signature.takes, ["self", map]);
        assert_eq!(signature.gives, "Self");
        assert_eq!(concrete(map), "Vec<(types::Kind, String)>");
        assert_eq!(concrete("impl Into<Box<types::Tree>>"), "Box<types::Tree>");
        let nothing = Signature::parse("()").unwrap();
        assert!(nothing.takes.is_empty());
        assert_eq!(nothing.gives, "()");
    }
}

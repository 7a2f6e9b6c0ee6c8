//! Whether a text is well-formed XML, as far as our reports use XML: elements, attributes, text.

/// Fails if a tag is left open, an attribute is not quoted, a character is not allowed, or anything
/// stands for markup that is none.
#[track_caller]
pub(crate) fn assert_well_formed(xml: &str) {
    let allowed = |c: char| c == '\n' || !c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}');
    assert!(xml.chars().all(allowed), "{xml}");
    let rest = xml
        .strip_prefix("<?xml version=\"1.0\" encoding=\"UTF-8\"?>")
        .expect("a declaration");
    let mut open: Vec<&str> = Vec::new();
    let mut parts = rest.split('<');
    text(parts.next().unwrap());
    for part in parts {
        let (tag, after) = part
            .split_once('>')
            .unwrap_or_else(|| panic!("no end: {part}"));
        text(after);
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name), "{part}");
            continue;
        }
        let (tag, is_empty) = match tag.strip_suffix('/') {
            Some(tag) => (tag, true),
            None => (tag, false),
        };
        let (name, attributes) = tag.split_once(' ').unwrap_or((tag, ""));
        assert!(
            !name.is_empty() && name.chars().all(|c| c.is_ascii_lowercase() || c == '-'),
            "{part}"
        );
        attributes_of(attributes);
        if !is_empty {
            open.push(name);
        }
    }
    assert_eq!(open, Vec::<&str>::new());
}

fn attributes_of(mut rest: &str) {
    let mut known = Vec::new();
    while !rest.is_empty() {
        let (name, after) = rest.split_once("=\"").unwrap_or_else(|| panic!("{rest}"));
        let (value, after) = after.split_once('"').unwrap_or_else(|| panic!("{rest}"));
        let name = name.trim_start();
        assert!(name.chars().all(|c| c.is_ascii_lowercase()), "{name}");
        assert!(!known.contains(&name), "{name} twice");
        known.push(name);
        text(value);
        rest = after;
    }
}

fn text(text: &str) {
    assert!(!text.contains(']') || !text.contains("]]>"), "{text}");
    for entity in text.split('&').skip(1) {
        let known = ["amp;", "lt;", "gt;", "quot;", "#39;"];
        assert!(
            known.iter().any(|known| entity.starts_with(known)),
            "{entity}"
        );
    }
}

//! Keeps what a model says from acting where it is shown. On a terminal: control characters, escape
//! sequences, and marks that reorder or hide text become visible escapes. Elsewhere the same, and
//! what the language there takes for its own.

use std::fmt::Write as _;

/// Whether a character shows as what it is.
fn is_plain(c: char) -> bool {
    // The standard library knows which characters print; quotes and the backslash do.
    matches!(c, '"' | '\'' | '\\') || c.escape_debug().len() == 1
}

/// A text of a model for people.
pub(crate) fn text(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        if is_plain(c) {
            escaped.push(c);
        } else {
            escaped.extend(c.escape_default());
        }
    }
    escaped
}

/// A text of a model in HTML or XML, as content or as an attribute's value in quotes.
pub(crate) fn markup(plain: &str) -> String {
    let mut escaped = String::with_capacity(plain.len());
    for c in text(plain).chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            c => escaped.push(c),
        }
    }
    escaped
}

/// A text of a model in Markdown: as code, in which nothing is a link, a mention or markup.
pub(crate) fn markdown(plain: &str) -> String {
    let plain = text(plain);
    if plain.trim().is_empty() {
        return format!("`\"{plain}\"`");
    }
    let fence = "`".repeat(longest_run(&plain, '`') + 1);
    // A space beside a fence is not shown, and keeps a backtick of the text apart from it.
    let space = if plain.starts_with(['`', ' ']) || plain.ends_with(['`', ' ']) {
        " "
    } else {
        ""
    };
    format!("{fence}{space}{plain}{space}{fence}")
}

/// How often a character stands in a row at most.
pub(crate) fn longest_run(text: &str, of: char) -> usize {
    let runs = text.split(|c| c != of);
    runs.map(|run| run.chars().count())
        .max()
        .unwrap_or_default()
}

/// A JSON string with its quotes.
pub(crate) fn json_string(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 2);
    escaped.push('"');
    for c in text.chars() {
        match c {
            '"' => escaped.push_str("\\\""),
            '\\' => escaped.push_str("\\\\"),
            '\n' => escaped.push_str("\\n"),
            '\t' => escaped.push_str("\\t"),
            c if is_plain(c) => escaped.push(c),
            c => escape_units(c, &mut escaped),
        }
    }
    escaped.push('"');
    escaped
}

/// A character as JSON writes it: by its UTF-16 units.
pub(crate) fn escape_units(c: char, escaped: &mut String) {
    for unit in c.encode_utf16(&mut [0; 2]) {
        // Writing to a string cannot fail.
        let _ = write!(escaped, "\\u{unit:04x}");
    }
}

/// The parts of a text between characters that must be escaped, each with the escape after it.
pub(crate) fn json_fragments(text: &str) -> impl Iterator<Item = (&str, String)> {
    text.split_inclusive(|c| !is_plain(c)).map(|part| {
        let mut escape = String::new();
        let last = part.chars().next_back().filter(|c| !is_plain(*c));
        if let Some(c) = last {
            escape_units(c, &mut escape);
        }
        (&part[..part.len() - last.map_or(0, char::len_utf8)], escape)
    })
}

#[cfg(test)]
mod tests {
    use super::{json_string, markdown, markup, text};

    #[test]
    fn what_acts_on_a_terminal_or_hides_text_is_escaped() {
        let hostile =
            "\u{1b}[31m \u{9b}2J \u{202e}evil\u{2066} \u{200b}\u{feff}\u{ad} \u{7f}\u{2028}";
        for escaped in [text(hostile), json_string(hostile)] {
            assert!(escaped.is_ascii(), "{escaped}");
            assert!(!escaped.contains(|c: char| c.is_control()), "{escaped}");
        }
    }

    #[test]
    fn plain_text_stays_as_it_is() {
        assert_eq!(text(r#"naïve "λ" \ 日本"#), r#"naïve "λ" \ 日本"#);
        assert_eq!(json_string("é\"\\\u{1f600}"), "\"é\\\"\\\\\u{1f600}\"");
        let back: String = serde_json::from_str(&json_string("\u{e0001}\n\u{202e}")).unwrap();
        assert_eq!(back, "\u{e0001}\n\u{202e}");
    }

    #[test]
    fn markup_is_shown_and_not_followed() {
        let escaped = markup("</script><b a='\"'>&amp;]]>\u{1b}");
        assert!(
            !escaped.contains(['<', '>', '"', '\'', '\u{1b}']),
            "{escaped}"
        );
        assert!(escaped.contains("&amp;amp;"), "{escaped}");
    }

    #[test]
    fn code_in_markdown_ends_where_the_text_ends() {
        assert_eq!(markdown("a"), "`a`");
        assert_eq!(markdown("a``b"), "```a``b```");
        assert_eq!(markdown("`a"), "`` `a ``");
        assert_eq!(markdown("a\n\n# b"), "`a\\n\\n# b`");
        assert_eq!(markdown(" "), "`\" \"`");
    }
}

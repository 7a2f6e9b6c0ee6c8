//! Upstream's documentation, where a model was kept with it: HTML to Markdown.

use shapewright_model::{TraitName, Traits};

/// The paragraphs of a thing's upstream documentation; none for a model without prose.
pub(super) fn paragraphs(traits: &Traits) -> Vec<String> {
    let Some(html) = traits.text(&TraitName::Documentation) else {
        return Vec::new();
    };
    let Ok(markdown) = htmd::convert(html) else {
        return Vec::new();
    };
    let safe: String = markdown.chars().map(tame).collect();
    // A code block without a language would run as a test of the generated crate.
    let mut inside = false;
    let lines = safe.lines().map(|line| {
        let fence = line.trim_start().starts_with("```");
        inside ^= fence;
        if fence && inside {
            format!("{line}text")
        } else {
            line.to_owned()
        }
    });
    let mut text: Vec<String> = lines.collect();
    if inside {
        text.push("```".to_owned());
    }
    vec![text.join("\n")]
}

/// Without what could turn a comment around or end its line; the compiler refuses such, too.
fn tame(c: char) -> char {
    let direction = matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    if direction || (c.is_control() && c != '\n') {
        '\u{fffd}'
    } else {
        c
    }
}

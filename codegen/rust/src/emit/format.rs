//! Tokens to the text of a file: prettyplease, and the blank lines that it leaves out.

use proc_macro2::TokenStream;

use super::HEADER;

/// The text of a Rust file with these items.
///
/// # Panics
/// If the tokens are no Rust file, which is a defect of the emission.
pub(super) fn file(tokens: TokenStream) -> String {
    let file = syn::parse2(tokens).expect("emission makes whole items");
    format!("// {HEADER}\n\n{}", spaced(&prettyplease::unparse(&file)))
}

/// With a blank line between items, and between the functions of an `impl`.
fn spaced(text: &str) -> String {
    let mut spaced = String::with_capacity(text.len() + text.len() / 16);
    let mut lines = text.lines().peekable();
    // What a closing line closes is told by the line of its level that opened it.
    let mut heads = ["", ""];
    while let Some(line) = lines.next() {
        let level = usize::from(indent(line) > 0);
        if !closes(line) {
            heads[level] = line;
        }
        spaced.push_str(line);
        spaced.push('\n');
        if let Some(next) = lines.peek()
            && !line.is_empty()
            && !next.is_empty()
            && is_gap(heads[level], line, next)
        {
            spaced.push('\n');
        }
    }
    spaced
}

/// Whether a line ends something that a line before began.
fn closes(line: &str) -> bool {
    line.trim_start().starts_with(['}', ']', ')']) || indent(line) > 4
}

/// Whether two neighbouring lines belong to different items of a file or of an `impl`.
fn is_gap(head: &str, line: &str, next: &str) -> bool {
    let body = line.trim_start();
    let (level, next_body) = (indent(line), next.trim_start());
    if level > 4 || indent(next) != level || next_body.starts_with('}') {
        return false;
    }
    match level {
        0 if head.starts_with("use ") && next.starts_with("use ") => {
            body.ends_with(';') && origin(head) != origin(next)
        }
        0 if body.starts_with("//!") => !next.starts_with("//!"),
        // Whatever a comment ends with, it belongs to what follows.
        _ if body.starts_with("//") => false,
        0 if head.starts_with("#![") => body.ends_with(']') && !next.starts_with("#!["),
        0 if is_listed(line) && is_listed(next) => first_word(line) != first_word(next),
        0 => body.starts_with('}') || body.ends_with("{}") || body.ends_with(';'),
        // A closing brace ends a function, and a semicolon a constant: bodies are deeper.
        _ if body.starts_with('}') => true,
        _ => body.ends_with(';') && first_word(head.trim_start()) != first_word(next_body),
    }
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// Lines of which many follow each other.
fn is_listed(line: &str) -> bool {
    line.starts_with("mod ") || line.starts_with("pub use ")
}

fn first_word(line: &str) -> &str {
    line.split_whitespace().next().unwrap_or_default()
}

/// The groups in which imports stand: of the library, of dependencies, of the crate.
fn origin(import: &str) -> u8 {
    let path = import.trim_start_matches("use ");
    match path.split("::").next() {
        Some("std") => 0,
        Some("crate" | "super") => 2,
        _ => 1,
    }
}

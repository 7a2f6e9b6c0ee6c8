//! The text of a Rust file as it is written: lines, blocks and the gaps between items.

use std::fmt::{self, Write as _};

use super::{HEADER, wrap};

/// Writes a line of [`Source`], formatted: `line!(to, "pub {name}: {of},")`.
macro_rules! line {
    ($to:expr, $($text:tt)+) => { $to.line(format_args!($($text)+)) };
}

/// Writes a block of [`Source`], its head formatted: `block!(to, ("impl {name}"), |to| …)`.
macro_rules! block {
    ($to:expr, ($($head:tt)+), $body:expr) => { $to.block(format_args!($($head)+), $body) };
}

pub(super) use {block, line};

/// A Rust file in the making.
///
/// A line that is too long is broken at its brackets, so that whoever writes one need not count.
pub(super) struct Source {
    text: String,
    /// Where the line that is being written begins.
    start: usize,
    depth: usize,
}

impl Source {
    /// A file that says, in its first line, where it is from.
    pub(super) fn new() -> Self {
        let text = format!("// {HEADER}\n\n");
        Self {
            start: text.len(),
            text,
            depth: 0,
        }
    }

    /// The text of the file.
    pub(super) fn finish(self) -> String {
        debug_assert_eq!(self.depth, 0, "every block ends");
        self.text
    }

    /// A line at the level of the block that is open.
    pub(super) fn line(&mut self, line: fmt::Arguments<'_>) {
        self.indent();
        let written = self.text.write_fmt(line);
        debug_assert!(written.is_ok(), "a text takes whatever is written");
        wrap::end_line(&mut self.text, self.start, self.depth);
        self.start = self.text.len();
    }

    /// Lines that need no formatting.
    pub(super) fn lines(&mut self, lines: &[&str]) {
        for line in lines {
            self.indent();
            self.text.push_str(line);
            self.text.push('\n');
            self.start = self.text.len();
        }
    }

    /// `head {`, what the body writes, and `}`.
    pub(super) fn block(&mut self, head: fmt::Arguments<'_>, body: impl FnOnce(&mut Self)) {
        self.nested(format_args!("{head} {{"), body, "}");
    }

    /// A line, what the body writes one level deeper, and a line that closes it.
    pub(super) fn nested(
        &mut self,
        open: fmt::Arguments<'_>,
        body: impl FnOnce(&mut Self),
        close: &str,
    ) {
        self.line(open);
        self.depth += 1;
        body(self);
        self.depth -= 1;
        self.lines(&[close]);
    }

    /// `head`, the items and `tail` in a line, or an item a line where that is too long.
    pub(super) fn list(
        &mut self,
        head: fmt::Arguments<'_>,
        items: impl Iterator<Item: fmt::Display> + Clone,
        tail: &str,
    ) {
        let mut flat = head.to_string();
        for (at, item) in items.clone().enumerate() {
            let gap = if at > 0 { ", " } else { "" };
            let written = write!(flat, "{gap}{item}");
            debug_assert!(written.is_ok(), "a text takes whatever is written");
            if self.depth * wrap::INDENT + flat.len() + tail.len() > wrap::WIDTH {
                let body = |to: &mut Self| items.for_each(|item| line!(to, "{item},"));
                return self.nested(head, body, tail);
            }
        }
        line!(self, "{flat}{tail}");
    }

    /// A blank line between what was written and the next item; none at the beginning of a block.
    pub(super) fn gap(&mut self) {
        if !self.text.ends_with("{\n") && !self.text.ends_with("\n\n") {
            self.text.push('\n');
            self.start = self.text.len();
        }
    }

    /// Doc comments of these paragraphs.
    pub(super) fn docs(&mut self, paragraphs: &[String]) {
        self.comment("///", paragraphs);
    }

    /// The doc comment of a module or crate, of these paragraphs.
    pub(super) fn module_docs(&mut self, paragraphs: &[String]) {
        self.comment("//!", paragraphs);
        self.gap();
    }

    fn comment(&mut self, mark: &str, paragraphs: &[String]) {
        for (at, paragraph) in paragraphs.iter().enumerate() {
            if at > 0 {
                self.lines(&[mark]);
            }
            // A lone carriage return is an error in a doc comment.
            for line in paragraph.split(['\n', '\r']) {
                self.indent();
                self.text.push_str(mark);
                let line = line.trim_end();
                if !line.is_empty() {
                    self.text.push(' ');
                    self.text.extend(line.chars().map(shown));
                }
                self.text.push('\n');
            }
            self.start = self.text.len();
        }
    }

    /// `#[deprecated]`, if there is a note.
    pub(super) fn deprecated(&mut self, note: Option<&String>) {
        if let Some(note) = note {
            // Never broken: an attribute takes no comma at the end of its bracket.
            self.lines(&[&format!("#[deprecated(note = {})]", Literal(note))]);
        }
    }

    fn indent(&mut self) {
        for _ in 0..self.depth {
            self.text.push_str("    ");
        }
    }
}

/// The character in a comment: one that could hide or reorder the text around it is replaced.
fn shown(character: char) -> char {
    let reorders = matches!(character, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let hides = character.is_control() && character != '\t';
    if reorders || hides {
        char::REPLACEMENT_CHARACTER
    } else {
        character
    }
}

/// A text as a string literal. Whatever it holds, it stays inside the quotes.
pub(super) struct Literal<'a>(pub(super) &'a str);

impl fmt::Display for Literal<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Rust's own escapes cover control characters and what changes the direction of text.
        fmt::Debug::fmt(self.0, f)
    }
}

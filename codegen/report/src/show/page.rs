//! A page of text: headings, paragraphs as wide as the terminal, and code as it is.

use crate::escape;
use crate::style::{DIM, HEADING, Look};

/// However deep a text is indented, so much of a line is left to it.
const NARROWEST: usize = 30;
/// A level of nesting.
const INDENT: usize = 4;

/// A page in the making. Every text that is given to it may be a model's: it is escaped here.
pub(super) struct Page<'l> {
    look: &'l Look,
    text: String,
}

impl<'l> Page<'l> {
    pub(super) fn new(look: &'l Look) -> Self {
        Self {
            look,
            text: String::new(),
        }
    }

    pub(super) fn finish(self) -> String {
        self.text
    }

    /// What the page is about.
    pub(super) fn title(&mut self, text: &str) {
        let text = self.look.paint(DIM, escape::text(text));
        self.line(&text);
    }

    /// A heading, after a gap.
    pub(super) fn heading(&mut self, text: &str) {
        self.gap();
        let text = self.look.paint(HEADING, escape::text(text));
        self.line(&text);
    }

    /// An empty line.
    pub(super) fn gap(&mut self) {
        self.text.push('\n');
    }

    /// Code or JSON, a level deep, after a gap. Its lines are no one's but ours.
    pub(super) fn code(&mut self, code: &str) {
        self.gap();
        for line in code.lines() {
            if line.is_empty() {
                self.gap();
            } else {
                self.line(&format!("{:INDENT$}{}", "", escape::text(line)));
            }
        }
    }

    /// An item of a nested list: its name, and what is said beside it.
    pub(super) fn item(&mut self, level: usize, name: &str, beside: &str) {
        let name = self.look.paint(HEADING, escape::text(name));
        let indent = level * INDENT;
        self.line(&format!("{:indent$}- {name}{}", "", escape::text(beside)));
    }

    /// A paragraph, its lines as wide as they may be.
    pub(super) fn paragraph(&mut self, level: usize, text: &str) {
        let text = escape::text(text);
        let indent = level * INDENT;
        let width = self.look.width.saturating_sub(indent).max(NARROWEST);
        let mut line = String::new();
        let mut length = 0;
        for word in text.split(' ').filter(|word| !word.is_empty()) {
            let more = word.chars().count();
            if length > 0 && length + 1 + more > width {
                self.line(&format!("{:indent$}{line}", ""));
                line.clear();
                length = 0;
            }
            if length > 0 {
                line.push(' ');
                length += 1;
            }
            line.push_str(word);
            length += more;
        }
        if length > 0 {
            self.line(&format!("{:indent$}{line}", ""));
        }
    }

    /// The sentences as one paragraph.
    pub(super) fn sentences(&mut self, level: usize, sentences: &[String]) {
        self.paragraph(level, &sentences.join(" "));
    }

    fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }
}

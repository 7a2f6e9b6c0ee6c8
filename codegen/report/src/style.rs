//! How a text for people is laid out and coloured.

use std::fmt::Display;

use anstyle::{AnsiColor, Style};

/// The width of what is no terminal, such as a file.
pub const DEFAULT_WIDTH: usize = 80;

/// How a text for people is laid out and coloured.
#[derive(Clone, Copy, Debug)]
pub struct Look {
    /// The characters of a line.
    pub width: usize,
    /// Whether to use the terminal's colours.
    pub colour: bool,
}

impl Default for Look {
    fn default() -> Self {
        Self {
            width: DEFAULT_WIDTH,
            colour: false,
        }
    }
}

pub(crate) const HEADING: Style = Style::new().bold();
pub(crate) const ADDED: Style = AnsiColor::Green.on_default();
pub(crate) const CHANGED: Style = AnsiColor::Yellow.on_default();
pub(crate) const REMOVED: Style = AnsiColor::Red.on_default();
pub(crate) const BREAKING: Style = AnsiColor::Red.on_default().bold();
pub(crate) const RISK: Style = AnsiColor::Yellow.on_default().bold();
pub(crate) const DIM: Style = Style::new().dimmed();

impl Look {
    /// A text in a style, if there are colours.
    pub(crate) fn paint(&self, style: Style, text: impl Display) -> String {
        if self.colour {
            format!("{style}{text}{style:#}")
        } else {
            text.to_string()
        }
    }
}

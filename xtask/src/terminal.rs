//! What stdout can show, and how far a command is, on stderr.

use std::io;

use anstream::{AutoStream, ColorChoice};
use indicatif::{ProgressBar, ProgressStyle};
use shapewright_report::style::{DEFAULT_WIDTH, Look};

/// The look of a text on stdout: as wide as the terminal, and coloured if it shows colours. What
/// goes to a file or another program is the same everywhere.
pub(crate) fn look() -> Look {
    let width = terminal_size::terminal_size_of(io::stdout());
    Look {
        width: width.map_or(DEFAULT_WIDTH, |(width, _)| usize::from(width.0)),
        colour: AutoStream::choice(&io::stdout()) != ColorChoice::Never,
    }
}

/// A bar on stderr, and only if that is a terminal.
pub(crate) fn progress(steps: usize) -> ProgressBar {
    let progress = ProgressBar::new(steps as u64);
    if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos}/{len} {wide_msg}") {
        progress.set_style(style);
    }
    progress
}

//! What stdout can show.

use std::io;

use anstream::{AutoStream, ColorChoice};
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

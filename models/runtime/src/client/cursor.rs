//! Where reading in pages stands: what to ask for next, without I/O.

use crate::{Error, Paginated, Turn};

/// The input of the next page, and whether there is one.
pub(super) struct Cursor<C: Paginated> {
    input: C::Input,
    turn: Turn,
}

impl<C: Paginated> Cursor<C> {
    /// Before the first page.
    pub(super) const fn new(input: C::Input) -> Self {
        let turn = Turn::More;
        Self { input, turn }
    }

    /// What to ask for next; nothing when the last page was read, or an error came.
    pub(super) fn next(&mut self) -> Option<Result<&C::Input, Error<C::Error>>> {
        match self.turn {
            Turn::More => Some(Ok(&self.input)),
            Turn::Over => None,
            Turn::Repeated => {
                self.turn = Turn::Over;
                Some(Err(Error::RepeatedToken))
            }
        }
    }

    /// What was asked for has come.
    pub(super) fn received(&mut self, page: &Result<C::Output, Error<C::Error>>) {
        self.turn = match page {
            Ok(output) => C::advance(&mut self.input, output),
            Err(_) => Turn::Over,
        };
    }
}

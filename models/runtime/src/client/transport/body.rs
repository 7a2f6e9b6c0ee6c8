//! Bodies: stating that one is empty, and gathering one up to a bound.

use bytes::Bytes;
use http::{HeaderValue, Request, header};

/// A body as it comes in.
///
/// What comes in one piece is given out as it is. Else the pieces are copied together, so that a peer that
/// sends single bytes takes no more memory than they have.
#[derive(Default)]
pub(super) struct Gathered {
    first: Bytes,
    whole: Vec<u8>,
}

/// More came than fits.
pub(super) struct TooLarge;

impl Gathered {
    /// Takes the next piece, unless the body would have more than `max` bytes.
    pub(super) fn push(&mut self, piece: Bytes, max: usize) -> Result<(), TooLarge> {
        let so_far = self.first.len() + self.whole.len();
        if piece.len() > max - so_far {
            return Err(TooLarge);
        }
        if so_far == 0 {
            self.first = piece;
        } else if !piece.is_empty() {
            self.whole
                .extend_from_slice(&std::mem::take(&mut self.first));
            self.whole.extend_from_slice(&piece);
        }
        Ok(())
    }

    /// The body as a whole.
    pub(super) fn finish(self) -> Bytes {
        if self.whole.is_empty() {
            self.first
        } else {
            self.whole.into()
        }
    }
}

/// States the length of an empty body, where one is expected: hyper says nothing of it by itself.
pub(super) fn state_empty(request: &mut Request<Bytes>) {
    if request.body().is_empty() && super::states_length(request.method()) {
        let length = request.headers_mut().entry(header::CONTENT_LENGTH);
        length.or_insert(HeaderValue::from_static("0"));
    }
}

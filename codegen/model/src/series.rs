//! Revisions of a service, read one after the other.

use crate::c2j::{Prose, Reading, Revision, Source};
use crate::dialect;
use crate::problem::Problem;

/// Reads revisions of a service, each of which may have most of its bytes from the one before.
///
/// What it gives is what [`read`](crate::read) gives, model and problems: it is only faster, and the
/// models share what they have in common.
#[derive(Debug)]
pub struct Series {
    prose: Prose,
    /// The last that was read without a problem.
    before: Option<Revision>,
}

impl Series {
    /// A series that has not begun.
    pub fn new(prose: Prose) -> Self {
        Self {
            prose,
            before: None,
        }
    }

    /// Reads the next revision from its files, of either dialect.
    ///
    /// # Errors
    /// All problems of all files, warnings included, if at least one is an error. The revision that
    /// follows is then compared with the one before this.
    pub fn read(&mut self, files: &[Source<'_>]) -> Result<Reading, Vec<Problem>> {
        let before = self.before.as_ref();
        if let Some((model, this)) = before.and_then(|before| before.next(files, self.prose)) {
            self.before = Some(this);
            return Ok(Reading {
                model,
                warnings: Vec::new(),
            });
        }
        let reading = dialect::read(files, self.prose)?;
        let is_clean = reading.warnings.is_empty() && !dialect::is_of_smithy(files);
        if is_clean {
            self.before = Revision::new(files, &reading.model);
        }
        Ok(reading)
    }
}

//! Which dialect a file is of, told by its content, and the one way to read either.

use std::fmt;

use serde::de::{Deserializer, IgnoredAny, MapAccess, Visitor};

use crate::c2j::{self, Canonical, FileKind, Prose, Reading, Source};
use crate::problem::Problem;
use crate::smithy;

/// A form in which AWS states its APIs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Dialect {
    /// `service-2.json` and the files beside it.
    C2j,
    /// The Smithy JSON AST, one file that states all.
    Smithy,
}

impl Dialect {
    /// The dialect of a file that states a service: Smithy's has a key `smithy` at its top. What is
    /// neither is taken for C2J, whose reader says what is wrong.
    pub fn of(bytes: &[u8]) -> Self {
        let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let mut deserializer = serde_json::Deserializer::from_slice(text);
        // An error only says that the walk was broken off, be it on purpose.
        let mut found = Self::C2j;
        let _ = deserializer.deserialize_map(Keys(&mut found));
        found
    }
}

/// Walks over the keys at the top until one tells.
struct Keys<'a>(&'a mut Dialect);

impl<'de> Visitor<'de> for Keys<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "smithy" => {
                    *self.0 = Dialect::Smithy;
                    return Ok(());
                }
                "operations" => return Ok(()),
                _ => map.next_value::<IgnoredAny>()?,
            };
        }
        Ok(())
    }
}

/// Reads a service from its files, in whichever dialect: those of C2J, or one of Smithy, which
/// states all; files of C2J beside it are not read.
///
/// # Errors
/// All problems of all files, warnings included, if at least one is an error.
pub fn read(files: &[Source<'_>], prose: Prose) -> Result<Reading, Vec<Problem>> {
    match of_smithy(files) {
        Some(source) => smithy::read(source, prose),
        None => c2j::read(files, prose),
    }
}

/// What is stored of a service: its facts as C2J.
#[derive(Clone, Debug)]
pub struct Stored {
    /// The files, the service's own first.
    pub files: Vec<(FileKind, Canonical)>,
    /// Problems that did not prevent it.
    pub warnings: Vec<Problem>,
}

/// Brings a service into the form in which it is stored, from whichever dialect.
///
/// # Errors
/// All problems of all files, warnings included, if at least one is an error.
pub fn stored(files: &[Source<'_>]) -> Result<Stored, Vec<Problem>> {
    let Reading { model, warnings } = read(files, Prose::Skip)?;
    let files = if of_smithy(files).is_some() {
        c2j::write(&model)
    } else {
        let canonical = files
            .iter()
            .map(|source| c2j::canonical(source).map(|canonical| (source.kind, canonical)));
        canonical.collect::<Result<_, _>>()?
    };
    Ok(Stored { files, warnings })
}

/// Whether files are read as Smithy's.
pub(crate) fn is_of_smithy(files: &[Source<'_>]) -> bool {
    of_smithy(files).is_some()
}

/// The file of the service, if it is of Smithy.
fn of_smithy<'a, 's>(files: &'a [Source<'s>]) -> Option<&'a Source<'s>> {
    let mut files = files.iter();
    let service = files.find(|source| source.kind == FileKind::Service)?;
    (Dialect::of(service.bytes) == Dialect::Smithy).then_some(service)
}

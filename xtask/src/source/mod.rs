//! Where upstream models come from: one file a kind of source, each giving releases.

mod catalogue;
mod file;
mod folder;
pub(crate) mod limits;
mod names;
mod pypi;
mod wheel;

use std::path::Path;

use anyhow::{Context as _, Result, bail};
use jiff::civil::Date;
use shapewright_model::c2j::FileKind;

use crate::problems;
use crate::spec::Version;

/// What a user says of a source that it may not say itself.
#[derive(Clone, Debug, Default)]
pub(crate) struct Hints {
    /// The version of the release.
    pub(crate) release: Option<Version>,
    /// The day it was published.
    pub(crate) date: Option<Date>,
    /// The services that are asked for.
    pub(crate) services: Vec<String>,
}

/// One release of upstream's models, at hand.
pub(crate) trait Release {
    /// How messages call it.
    fn label(&self) -> &str;

    /// Its version.
    fn version(&self) -> &Version;

    /// The services that it has, in order.
    fn services(&self) -> Vec<String>;

    /// Whether a user who names this source means all its services without naming any.
    fn is_of_one_service(&self) -> bool {
        false
    }

    /// The files of one of its services.
    fn read(&mut self, service: &str) -> Result<Found>;
}

/// What a release has of a service.
pub(crate) struct Found {
    /// The day that the release itself states, if it does.
    pub(crate) date: Option<Date>,
    /// The files, the service's own among them.
    pub(crate) files: Vec<FoundFile>,
    /// Whether the files beside `service-2.json` were out of sight.
    pub(crate) partial: bool,
}

/// An upstream file.
pub(crate) struct FoundFile {
    /// Which of a service's files it is.
    pub(crate) kind: FileKind,
    /// How messages call it.
    pub(crate) label: String,
    /// Its content, unpacked.
    pub(crate) bytes: Vec<u8>,
}

const KINDS: &str = "a wheel (*.whl), a folder of models such as site-packages/botocore/data, \
                     a model file (*.json or *.json.gz), or pypi:botocore==VERSION";

/// The releases of a source. Only what is needed to list them is read.
pub(crate) fn open(source: &Path, hints: &Hints) -> Result<Vec<Box<dyn Release>>> {
    let label = source.display().to_string();
    if let Some(requirement) = source.to_str().and_then(|text| text.strip_prefix("pypi:")) {
        return Ok(vec![Box::new(pypi::open(requirement)?)]);
    }
    let name = source.file_name().unwrap_or_default().to_string_lossy();
    let has_end = |end: &str| name.to_ascii_lowercase().ends_with(end);
    let is_wheel = has_end(".whl");
    let is_file = has_end(".json") || has_end(".json.gz");
    let about = source
        .metadata()
        .with_context(|| format!("cannot read {label}; a source is {KINDS}"))?;
    if about.is_dir() && (is_wheel || is_file) {
        problems::not_a_folder(source)?;
    }
    Ok(vec![if about.is_dir() {
        Box::new(folder::open(source, hints)?)
    } else if is_wheel {
        Box::new(wheel::open(source)?)
    } else if is_file {
        Box::new(file::open(source, hints)?)
    } else {
        bail!("{label} is no source of models: give {KINDS}")
    }])
}

/// The services among `known` whose names come nearest to one that is not.
pub(crate) fn nearest<'a>(known: &'a [String], wanted: &str) -> Vec<&'a str> {
    const SIMILAR: f64 = 0.6;
    const MANY: usize = 5;
    let likeness = |name: &str| {
        let is_part = name.contains(wanted) && !wanted.is_empty();
        let part = if is_part { SIMILAR } else { 0.0 };
        strsim::normalized_damerau_levenshtein(name, wanted).max(part)
    };
    let mut near: Vec<(f64, &str)> = known
        .iter()
        .map(|name| (likeness(name), name.as_str()))
        .filter(|(likeness, _)| *likeness >= SIMILAR)
        .collect();
    near.sort_by(|(one, name), (other, other_name)| {
        other.total_cmp(one).then_with(|| name.cmp(other_name))
    });
    near.into_iter().take(MANY).map(|(_, name)| name).collect()
}

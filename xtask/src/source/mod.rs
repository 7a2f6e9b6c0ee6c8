//! Where upstream models come from: one file a kind of source, each giving releases.

mod catalogue;
mod file;
mod folder;
mod git;
pub(crate) mod limits;
mod names;
mod pypi;
mod same;
mod sdist;
mod wheel;

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::fmt;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use jiff::civil::Date;
use shapewright_model::Problem;
use shapewright_model::c2j::{self, FileKind, Source};

pub(crate) use git::{Histories, Run};

use crate::nearest::nearest;
use crate::problems::{self, Input, Problems};
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
    /// Whether the user only wants to look at the models, so that it does not matter whose they are.
    pub(crate) any_release: bool,
    /// Whether older API versions of a service are left out.
    pub(crate) newest: bool,
}

/// A model of a release.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Address {
    /// The service.
    pub(crate) service: String,
    /// Which API version of it; none if the source knows one alone.
    pub(crate) api_version: Option<String>,
}

/// One release of upstream's models, at hand.
pub(crate) trait Release: Send {
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

    /// Whether it is one of many in its source: its services are those alone that differ from the
    /// release before.
    fn is_step(&self) -> bool {
        false
    }

    /// The files of one of its services.
    fn read(&mut self, service: &str) -> Result<Found>;

    /// Every model that it has, those of older API versions included.
    fn models(&self) -> Vec<Address> {
        let services = self.services().into_iter();
        let address = |service| Address {
            service,
            api_version: None,
        };
        services.map(address).collect()
    }

    /// The files of one of its models.
    fn read_model(&mut self, address: &Address) -> Result<Found> {
        self.read(&address.service)
    }

    /// Where the files of one of its models lie, if each lies on disk as it is.
    fn on_disk(&self, _address: &Address) -> Option<Vec<PathBuf>> {
        None
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.service)?;
        match &self.api_version {
            Some(api_version) => write!(f, "/{api_version}"),
            None => Ok(()),
        }
    }
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
    /// What upstream's loader merges into it, if there is such a file beside it.
    pub(crate) extras: Option<FoundExtras>,
}

/// The extras of an upstream file.
pub(crate) struct FoundExtras {
    /// How messages call them.
    pub(crate) label: String,
    /// Their content, unpacked.
    pub(crate) bytes: Vec<u8>,
}

/// The digest of upstream bytes: with extras, of the two files' bytes one after the other.
pub(crate) fn digest(bytes: &[u8], extras: Option<&[u8]>) -> String {
    match extras {
        Some(extras) => c2j::sha256(&[bytes, extras].concat()),
        None => c2j::sha256(bytes),
    }
}

impl Found {
    /// Whether another release has the same files, byte for byte.
    fn is_same_as(&self, other: &Self) -> bool {
        fn extras(file: &FoundFile) -> Option<&[u8]> {
            file.extras.as_ref().map(|extras| &*extras.bytes)
        }
        let same = |(one, other): (&FoundFile, &FoundFile)| {
            one.kind == other.kind && one.bytes == other.bytes && extras(one) == extras(other)
        };
        self.files.len() == other.files.len() && self.files.iter().zip(&other.files).all(same)
    }
}

impl FoundFile {
    /// The digest of the upstream bytes.
    pub(crate) fn digest(&self) -> String {
        let extras = self.extras.as_ref();
        digest(&self.bytes, extras.map(|extras| extras.bytes.as_slice()))
    }

    /// The content with the extras merged in, unparsed and unchecked, for a comparison; none where
    /// [`FoundFile::whole`] must tell what it is.
    pub(crate) fn spliced(&self) -> Option<Cow<'_, [u8]>> {
        let source = |name, bytes| Source {
            kind: self.kind,
            name,
            bytes,
        };
        let Some(extras) = &self.extras else {
            return Some(Cow::Borrowed(&self.bytes));
        };
        let file = source(&self.label, &self.bytes);
        let extras = source(&extras.label, &extras.bytes);
        c2j::splice_extras(&file, &extras).map(Cow::Owned)
    }

    /// The file as upstream's loader gives it out: with its extras merged in.
    ///
    /// # Errors
    /// [`Problems`], if one of the two is broken.
    pub(crate) fn whole(self) -> Result<(Input, Vec<Problem>)> {
        let Self {
            kind,
            label,
            bytes,
            extras,
        } = self;
        let mut file = Input {
            kind,
            name: label,
            bytes,
        };
        let Some(extras) = extras else {
            return Ok((file, Vec::new()));
        };
        let extras = Input {
            kind,
            name: extras.label,
            bytes: extras.bytes,
        };
        match c2j::merge_extras(&file.source(), &extras.source()) {
            Ok(merged) => {
                // What is wrong with the whole has its place in neither of the two.
                file.name = format!("{} with its extras", file.name);
                file.bytes = merged.bytes;
                Ok((file, merged.warnings))
            }
            Err(problems) => {
                let files = vec![file, extras];
                Err(Problems { problems, files }.into())
            }
        }
    }
}

/// The extras beside a file on disk, of which neither need be packed; none if there are none.
pub(crate) fn extras_beside(path: &Path, kind: FileKind) -> Result<Option<FoundExtras>> {
    let plain = path.with_file_name(kind.extras_name());
    let packed = path.with_file_name(format!("{}.gz", kind.extras_name()));
    let Some(path) = [plain, packed].into_iter().find(|path| path.exists()) else {
        return Ok(None);
    };
    Ok(Some(FoundExtras {
        label: path.display().to_string(),
        bytes: limits::read_file(&path)?,
    }))
}

const KINDS: &str = "a wheel (*.whl), a source distribution (*.tar.gz), a git clone of botocore, a \
                     folder of models such as site-packages/botocore/data, a model file (*.json or \
                     *.json.gz), or pypi:botocore==VERSION";

pub(crate) use file::of_folder;
pub(crate) use git::file_at;

/// The releases of a source. Only what is needed to list them is read.
pub(crate) fn open(source: &Path, hints: &Hints) -> Result<Vec<Box<dyn Release>>> {
    let label = source.display().to_string();
    if let Some(requirement) = source.to_str().and_then(|text| text.strip_prefix("pypi:")) {
        return Ok(vec![Box::new(pypi::open(requirement)?)]);
    }
    let name = source.file_name().unwrap_or_default().to_string_lossy();
    let has_end = |end: &str| name.to_ascii_lowercase().ends_with(end);
    let is_wheel = has_end(".whl");
    let is_sdist = has_end(".tar.gz") || has_end(".tgz");
    let is_file = has_end(".json") || has_end(".json.gz");
    let about = source
        .metadata()
        .with_context(|| format!("cannot read {label}; a source is {KINDS}"))?;
    if about.is_dir() && (is_wheel || is_sdist || is_file) {
        problems::not_a_folder(source)?;
    }
    if git::is_clone(source) {
        return git::open(source, hints);
    }
    Ok(vec![if about.is_dir() {
        Box::new(folder::open(source, hints)?)
    } else if is_wheel {
        Box::new(wheel::open(source)?)
    } else if is_sdist {
        Box::new(sdist::open(source, hints)?)
    } else if is_file {
        Box::new(file::open(source, hints)?)
    } else {
        bail!("{label} is no source of models: give {KINDS}")
    }])
}

/// Whether a source has a history, and so many models of one API version.
pub(crate) fn is_history(source: &Path) -> bool {
    git::is_clone(source)
}

/// Models, read one after the other.
pub(crate) struct Models {
    /// How many there are.
    pub(crate) count: usize,
    /// Each with where it is from.
    pub(crate) each: Box<dyn Iterator<Item = Result<(Address, Found)>> + Send>,
}

/// Every model of a source: of all services, releases and API versions, and of a clone whatever its
/// history holds. None is read before it is asked for.
pub(crate) fn models(source: &Path, hints: &Hints) -> Result<Models> {
    if git::is_clone(source) {
        let models = git::models(source, &hints.services)?;
        return Ok(Models {
            count: models.size_hint().0,
            each: Box::new(models),
        });
    }
    let hints = lenient(source, hints);
    let releases = open(source, &hints)?;
    let mut wanted = Vec::new();
    for release in &releases {
        wanted.push(wanted_models(release.as_ref(), &hints)?);
    }
    let count = wanted.iter().map(Vec::len).sum();
    let each = releases.into_iter().zip(wanted);
    let each = each.flat_map(|(mut release, addresses)| {
        addresses.into_iter().map(move |address| {
            let found = release.read_model(&address)?;
            Ok((address, found))
        })
    });
    Ok(Models {
        count,
        each: Box::new(each),
    })
}

/// A model in both of two releases, and what each has of it; nothing, if that is the same.
pub(crate) type Pair = (Address, Option<[Found; 2]>);

/// Two releases, model by model.
pub(crate) struct Pairs {
    /// The models that the old one lacks.
    pub(crate) came: Vec<Address>,
    /// The models that the new one lacks.
    pub(crate) went: Vec<Address>,
    /// How many are in both.
    pub(crate) count: usize,
    /// Those in both, each with what the old one and the new one have of it; with nothing, if that
    /// is the same, byte for byte.
    pub(crate) each: Box<dyn Iterator<Item = Result<Pair>> + Send>,
}

/// The models of two sources that are a single release each. None is read before it is asked for.
pub(crate) fn pairs(sources: [&Path; 2], hints: &Hints) -> Result<Pairs> {
    let [mut old, mut new] = [
        one_release(sources[0], hints)?,
        one_release(sources[1], hints)?,
    ];
    let before: BTreeSet<Address> = wanted_models(old.as_ref(), hints)?.into_iter().collect();
    let after: BTreeSet<Address> = wanted_models(new.as_ref(), hints)?.into_iter().collect();
    let mut comparer = same::Comparer::new();
    let both: Vec<Address> = before.intersection(&after).cloned().collect();
    Ok(Pairs {
        came: after.difference(&before).cloned().collect(),
        went: before.difference(&after).cloned().collect(),
        count: both.len(),
        each: Box::new(both.into_iter().map(move |address| {
            // Most models of a release stay as they are: those on disk need not be held to be seen.
            if let (Some(old), Some(new)) = (old.on_disk(&address), new.on_disk(&address))
                && comparer.are_same(&old, &new)
            {
                return Ok((address, None));
            }
            let [old, new] = [old.read_model(&address)?, new.read_model(&address)?];
            let found = (!old.is_same_as(&new)).then_some([old, new]);
            Ok((address, found))
        })),
    })
}

fn one_release(source: &Path, hints: &Hints) -> Result<Box<dyn Release>> {
    let mut releases = open(source, &lenient(source, hints))?;
    match (releases.pop(), releases.is_empty()) {
        (Some(release), true) => Ok(release),
        _ => bail!("{} is no single release", source.display()),
    }
}

/// A file alone never tells its release, which does not matter to who only looks at it.
fn lenient(source: &Path, hints: &Hints) -> Hints {
    let mut hints = hints.clone();
    if hints.any_release && source.is_file() {
        hints.release = "0".parse().ok();
    }
    hints
}

/// The models of a release that are asked for: of all its services, if none is named.
fn wanted_models(release: &dyn Release, hints: &Hints) -> Result<Vec<Address>> {
    check_services(release, &hints.services)?;
    let mut models = release.models();
    models.retain(|one| hints.services.is_empty() || hints.services.contains(&one.service));
    if hints.newest {
        // API versions are days, so that the last in order is the newest.
        models.sort_by_cached_key(|one| Reverse((one.service.clone(), one.api_version.clone())));
        models.dedup_by(|one, other| one.service == other.service);
        models.reverse();
    }
    Ok(models)
}

/// Refuses a service that a release does not have, and tells which ones it may be meant to be.
pub(crate) fn check_services(release: &dyn Release, wanted: &[String]) -> Result<()> {
    let has = release.services();
    let Some(service) = wanted.iter().find(|service| !has.contains(service)) else {
        return Ok(());
    };
    let near = match nearest(&has, service).as_slice() {
        [] => format!("it has {}", has.len()),
        near => format!("near to it are {}", near.join(", ")),
    };
    bail!(
        "{} has no service `{}`; {near}",
        release.label(),
        service.escape_debug()
    )
}

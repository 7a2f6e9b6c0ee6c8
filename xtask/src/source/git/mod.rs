//! A git clone of upstream's package: all its releases at once, read by the user's own `git`.
//!
//! A release is a tag that is a version, published on the day that its commit states. Only what
//! differs from the release before is read: git names each tree by its content, so that a service
//! whose tree bears the name it had is passed by.

mod histories;
mod history;
mod objects;
mod parse;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::{Arc, Mutex};

use anyhow::{Context as _, Result, bail, ensure};
use jiff::civil::Date;

use super::catalogue::{Catalogue, Entry};
use super::{Address, Found, FoundFile, Hints, Release, limits};
use crate::nearest::nearest;
use crate::spec::Version;
pub(crate) use histories::{Histories, Run};
use history::Tagged;
use objects::{Objects, locked};
use shapewright_model::c2j::FileKind;

/// Where the models stand in the package.
const DATA: &str = "botocore/data";

/// Whether a folder is the root of a git clone, with a work tree or bare.
pub(super) fn is_clone(path: &Path) -> bool {
    let has = |name: &str| path.join(name).exists();
    has(".git") || (has("HEAD") && has("objects") && (has("refs") || has("packed-refs")))
}

/// A file of a commit, `REV:PATH` as git writes it, of the clone that holds the current folder;
/// unpacked if its name says that it is packed. None if there is no such file.
pub(crate) fn file_at(name: &str) -> Result<Option<Vec<u8>>> {
    // Git is asked line by line.
    ensure!(
        !name.contains(['\n', '\0']),
        "`{}` names no file of a commit",
        name.escape_debug()
    );
    let found = Objects::of(Path::new("."))?.read_if_there(name)?;
    let ending = Path::new(name).extension();
    let is_packed = ending.is_some_and(|ending| ending.eq_ignore_ascii_case("gz"));
    match found {
        Some(bytes) if is_packed => limits::gunzip(&bytes).map(Some),
        found => Ok(found),
    }
}

/// A release of a clone: what it changed.
struct Step {
    label: String,
    version: Version,
    date: Date,
    /// The services that differ from the release before, and the names of their trees.
    services: BTreeMap<String, String>,
    objects: Arc<Mutex<Objects>>,
}

/// The releases of a clone, oldest first.
pub(super) fn open(path: &Path, hints: &Hints) -> Result<Vec<Box<dyn Release>>> {
    let label = path.display().to_string();
    ensure!(
        hints.release.is_none() && hints.date.is_none(),
        "{label} is a git clone, which states its releases and their days; leave out --release \
         and --date"
    );
    steps(path, hints, &label).with_context(|| format!("cannot use {label}"))
}

fn steps(path: &Path, hints: &Hints, label: &str) -> Result<Vec<Box<dyn Release>>> {
    history::check_whole(path)?;
    let mut objects = Objects::of(path)?;
    let mut releases = history::releases(path, &mut objects)?;
    releases.sort_by(|one, other| one.version.cmp(&other.version));
    let objects = Arc::new(Mutex::new(objects));
    let mut steps: Vec<Box<dyn Release>> = Vec::new();
    let mut before = BTreeMap::new();
    let mut ever = BTreeSet::new();
    for Tagged {
        name,
        version,
        date,
        commit,
    } in releases
    {
        let now = services_at(&objects, &commit).with_context(|| name.clone())?;
        let changed = now
            .iter()
            .filter(|(service, tree)| before.get(*service) != Some(*tree));
        let services: BTreeMap<String, String> = changed
            .map(|(service, tree)| (service.clone(), tree.clone()))
            .collect();
        ever.extend(services.keys().cloned());
        if !services.is_empty() {
            steps.push(Box::new(Step {
                label: format!("{label}: {name}"),
                version,
                date,
                services,
                objects: Arc::clone(&objects),
            }));
        }
        before = now;
    }
    ensure!(
        !steps.is_empty(),
        "no release in it has {DATA}/<service>; is it a clone of botocore?"
    );
    let ever: Vec<String> = ever.into_iter().collect();
    let is_unknown = |service: &&String| !ever.contains(service);
    if let Some(service) = hints.services.iter().find(is_unknown) {
        let near = match nearest(&ever, service).as_slice() {
            [] => format!("all its releases have {}", ever.len()),
            near => format!("near to it are {}", near.join(", ")),
        };
        bail!(
            "no release has a service `{}`; {near}",
            service.escape_debug()
        );
    }
    Ok(steps)
}

/// The trees of the services at a commit; none before there was a folder for each.
fn services_at(objects: &Mutex<Objects>, commit: &str) -> Result<BTreeMap<String, String>> {
    let mut objects = locked(objects);
    let Some(tree) = objects.read_if_there(&format!("{commit}:{DATA}"))? else {
        return Ok(BTreeMap::new());
    };
    let entries = parse::tree(&tree)?.into_iter();
    let folders = entries.filter(|entry| entry.is_tree && limits::is_service_name(&entry.name));
    Ok(folders.map(|entry| (entry.name, entry.object)).collect())
}

impl Release for Step {
    fn label(&self) -> &str {
        &self.label
    }

    fn version(&self) -> &Version {
        &self.version
    }

    fn services(&self) -> Vec<String> {
        self.services.keys().cloned().collect()
    }

    fn is_step(&self) -> bool {
        true
    }

    fn read(&mut self, service: &str) -> Result<Found> {
        let mut objects = locked(&self.objects);
        let tree = self
            .services
            .get(service)
            .context("it does not change this service")?;
        let mut catalogue = Catalogue::default();
        let mut blobs = BTreeMap::new();
        for version in parse::tree(&objects.read(tree)?)? {
            if !version.is_tree {
                continue;
            }
            for file in parse::tree(&objects.read(&version.object)?)? {
                let path = format!("{DATA}/{service}/{}/{}", version.name, file.name);
                if !file.is_tree && catalogue.add(&path, &[service, &version.name, &file.name]) {
                    blobs.insert(path, file.object);
                }
            }
        }
        let label = |entry: &Entry| format!("{}: {}", self.label, entry.path);
        // A folder may hold nothing but examples.
        let mut found = catalogue.files(service, None)?.read(label, |entry| {
            let blob = blobs.get(&entry.path).context("it was not listed")?;
            Ok((objects.read(blob)?, None))
        })?;
        found.date = Some(self.date);
        Ok(found)
    }
}

/// Every distinct `service-2.json` of a clone's whole history, one after the other.
pub(super) struct Models {
    label: String,
    blobs: std::vec::IntoIter<(String, String)>,
    objects: Objects,
}

/// Lists every distinct `service-2.json` that any commit of a clone has brought.
pub(super) fn models(path: &Path, services: &[String]) -> Result<Models> {
    let label = path.display().to_string();
    history::check_whole(path).with_context(|| format!("cannot use {label}"))?;
    let mut blobs = history::blobs(path)?;
    let is_wanted = |service: &str| services.iter().any(|wanted| wanted == service);
    blobs.retain(|(_, path)| services.is_empty() || is_wanted(service_of(path)));
    Ok(Models {
        blobs: blobs.into_iter(),
        objects: Objects::of(path)?,
        label,
    })
}

/// Reads a `service-2.json` of a clone, plain or packed.
fn model_file(objects: &mut Objects, clone: &str, object: &str, path: &str) -> Result<FoundFile> {
    let label = format!("{clone}: {path}");
    let is_packed = path.strip_suffix(".gz").is_some();
    let bytes = objects.read(object).and_then(|bytes| {
        if is_packed {
            limits::gunzip(&bytes)
        } else {
            Ok(bytes)
        }
    });
    let bytes = bytes.with_context(|| format!("{label} ({object})"))?;
    // The same path had many contents: the object tells which it is.
    let label = format!("{label} ({})", object.get(..12).unwrap_or(object));
    Ok(FoundFile {
        kind: FileKind::Service,
        label,
        bytes,
        extras: None,
    })
}

/// The service in a model's path, `…/<service>/<api version>/<file>`.
fn service_of(path: &str) -> &str {
    path.split('/').rev().nth(2).unwrap_or_default()
}

impl Iterator for Models {
    type Item = Result<(Address, Found)>;

    fn next(&mut self) -> Option<Self::Item> {
        let (object, path) = self.blobs.next()?;
        let file = match model_file(&mut self.objects, &self.label, &object, &path) {
            Ok(file) => file,
            Err(error) => return Some(Err(error)),
        };
        let found = Found {
            date: None,
            files: vec![file],
            partial: true,
        };
        let address = Address {
            service: service_of(&path).to_owned(),
            api_version: None,
        };
        Some(Ok((address, found)))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.blobs.size_hint()
    }
}

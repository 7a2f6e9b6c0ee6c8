//! The transitions that are verified, and what we say of each.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::Path;

use anyhow::{Context as _, Result};
use shapewright_model::Model;
use shapewright_model::c2j::Prose;
use shapewright_rust::surface::{Effect, Surface, SurfaceChange, Witnesses, compare};
use shapewright_rust::{Ledger, Options};

use super::Arguments;
use super::crates::{Crates, Side};
use crate::problems;
use crate::source::{self, Found, Hints};
use crate::spec::{Record, Spec};

/// Two revisions of a service, one after the other.
pub(super) struct Transition {
    pub(super) service: String,
    pub(super) sides: [Side; 2],
    /// What we say of it.
    pub(super) effect: Effect,
    /// Every change that is a major one, with its witness if it can have one.
    pub(super) majors: Vec<(SurfaceChange, Option<String>)>,
    /// How many members the models have.
    members: usize,
}

impl fmt::Display for Transition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [old, new] = &self.sides;
        write!(f, "{} {} → {}", self.service, old.name, new.name)
    }
}

impl Transition {
    fn of(service: &str, sides: [Side; 2], [old, new]: [&Surface; 2], members: usize) -> Self {
        let changes = compare(old, new);
        let effect = changes.iter().map(|change| change.effect).max();
        let witnesses = Witnesses::of(old);
        let majors = changes.into_iter();
        let majors = majors.filter(|change| change.effect == Effect::Major);
        Self {
            service: service.to_owned(),
            sides,
            effect: effect.unwrap_or_default(),
            majors: majors
                .map(|change| {
                    let program = witnesses.program(&change);
                    (change, program)
                })
                .collect(),
            members,
        }
    }

    fn is_wanted(&self, arguments: &Arguments) -> bool {
        !arguments.major || self.effect == Effect::Major
    }
}

/// Each revision of imported services with the one before. Names are those of its time: a later
/// revision may put a member behind a `Box`.
pub(super) fn of_history(
    spec: &Spec,
    arguments: &Arguments,
    crates: &Crates,
) -> Result<Vec<Transition>> {
    let services = match arguments.services.as_slice() {
        [] => spec.services()?,
        named => named.to_vec(),
    };
    let mut found = Vec::new();
    for name in &services {
        let service = spec.service(name)?;
        let revisions = &service.history.revisions;
        let models = service.load_first(revisions.len())?;
        let given = Record::load(&service.folder)?.names;
        let mut ledger = Ledger::default();
        let mut ledgers = Vec::new();
        let mut of_service = Vec::new();
        let mut before: Option<(Side, Surface)> = None;
        for (revision, model) in revisions.iter().zip(&models) {
            ledger.extend_as(model, &given);
            ledgers.push(ledger.clone());
            let side = crates.side(name, &revision.name);
            let surface = Surface::of_model(model, &revision.name, &ledger);
            if let Some((old_side, old)) = &before {
                let sides = [old_side.clone(), side.clone()];
                let members = model.counts().2;
                of_service.push(Transition::of(name, sides, [old, &surface], members));
            }
            before = Some((side, surface));
        }
        of_service.retain(|one| one.is_wanted(arguments));
        let more = of_service
            .len()
            .saturating_sub(arguments.limit.unwrap_or(usize::MAX));
        of_service.drain(..more);
        let sides = of_service.iter().flat_map(|one| &one.sides);
        let named: BTreeSet<&str> = sides.map(|side| side.name.as_str()).collect();
        for ((revision, model), ledger) in revisions.iter().zip(&models).zip(&ledgers) {
            if named.contains(revision.name.as_str()) {
                write(crates, name, &revision.name, model, ledger)?;
            }
        }
        found.extend(of_service);
    }
    Ok(found)
}

/// The services of two releases that differ, the smallest first.
pub(super) fn of_releases(
    sources: [&Path; 2],
    arguments: &Arguments,
    crates: &Crates,
) -> Result<Vec<Transition>> {
    let hints = Hints {
        any_release: true,
        services: arguments.services.clone(),
        newest: true,
        ..Hints::default()
    };
    let names = names(sources);
    let mut found = Vec::new();
    for pair in source::pairs(sources, &hints)?.each {
        let (address, Some([old, new])) = pair? else {
            continue;
        };
        let service = &address.service;
        let [old, new] = [read(old)?, read(new)?];
        // The names of both, the older one's first.
        let mut before = Ledger::default();
        before.extend(&old);
        let mut after = before.clone();
        after.extend(&new);
        let parts = [(&old, &before, &names[0]), (&new, &after, &names[1])];
        let [old_surface, new_surface] =
            parts.map(|(model, ledger, name)| Surface::of_model(model, name, ledger));
        let sides = parts.map(|(_, _, name)| crates.side(service, name));
        let members = old.counts().2 + new.counts().2;
        let transition = Transition::of(service, sides, [&old_surface, &new_surface], members);
        if transition.is_wanted(arguments) {
            let models = parts.map(|(model, ledger, _)| (model.clone(), ledger.clone()));
            found.push((transition, models));
        }
    }
    found.sort_by_key(|(one, _)| one.members);
    found.truncate(arguments.limit.unwrap_or(found.len()));
    let written = found.into_iter().map(|(transition, models)| {
        for (side, (model, ledger)) in transition.sides.iter().zip(&models) {
            write(crates, &transition.service, &side.name, model, ledger)?;
        }
        Ok(transition)
    });
    written.collect()
}

/// What two sources are called: by their versions or files, or by which they are if those are one.
fn names(sources: [&Path; 2]) -> [String; 2] {
    let names = sources.map(|source| {
        let name = source.file_name().unwrap_or(source.as_os_str());
        let name = name.to_string_lossy();
        // A wheel's name is one of five parts or more, of which the second is the version.
        let of_wheel = name
            .strip_suffix(".whl")
            .and_then(|name| name.split('-').nth(1));
        let of_index = name.rsplit_once("==").map(|(_, version)| version);
        of_wheel.or(of_index).unwrap_or(&name).to_owned()
    });
    if names[0] == names[1] {
        return ["old", "new"].map(str::to_owned);
    }
    names
}

fn read(found: Found) -> Result<Model> {
    let files = found.files.into_iter().map(|file| Ok(file.whole()?.0));
    let files = files.collect::<Result<Vec<_>>>()?;
    Ok(problems::read(files, Prose::Skip)?.model)
}

/// Writes the crate of a revision.
fn write(
    crates: &Crates,
    service: &str,
    revision: &str,
    model: &Model,
    ledger: &Ledger,
) -> Result<()> {
    let side = crates.side(service, revision);
    let options = Options {
        package: &shapewright_rust::package(service),
        version: "1.0.0",
        revision,
        upstream: "a verification",
        since: &BTreeMap::new(),
        ledger,
        runtime: crates.runtime(&side)?,
    };
    let files = shapewright_rust::files(&shapewright_rust::plan(model, &options));
    crates
        .write(&side, files)
        .with_context(|| side.folder.display().to_string())
}

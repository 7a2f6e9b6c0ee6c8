//! Gives the revisions of a history their versions.

use std::collections::BTreeSet;

use shapewright_model::Model;

use super::{VersionError, Versions, digest};
use crate::ledger::Ledger;
use crate::surface::{self, Effect, Surface, compare, compare_items};

/// A revision of a history.
#[derive(Clone, Copy, Debug)]
pub struct Revision<'a> {
    /// Its name, such as `2017-08-14`.
    pub name: &'a str,
    /// Its model.
    pub model: &'a Model,
}

/// Gives a version to every revision of a history that has none, and to the newest that has one another
/// if its crate would no longer have the surface that it had.
///
/// `names` has the names of the whole history, and `listing` is that of the last version's surface. The
/// listing of the newest revision is returned.
///
/// # Errors
/// If a revision has no version and a later one has, or `listing` is needed and is none.
pub fn give(
    versions: &mut Versions,
    listing: Option<&str>,
    history: &[Revision<'_>],
    names: &Ledger,
) -> Result<String, VersionError> {
    let revisions: Vec<&str> = history.iter().map(|one| one.name).collect();
    let first = first_without(versions, &revisions)?;
    let mut newest: Option<Surface> = None;
    let mut text = String::new();
    let mut of_its_time = Ledger::default();
    for (at, revision) in history.iter().enumerate() {
        of_its_time.extend_as(revision.model, names);
        // The last one that has a version is what the next is compared with.
        if at + 1 < first {
            continue;
        }
        let ledger = if at + 1 == history.len() {
            names
        } else {
            &of_its_time
        };
        let surface = Surface::of_model(revision.model, revision.name, ledger);
        text = surface.to_string();
        if at + 1 == first {
            regenerate(versions, listing, revision.name, &surface, &text)?;
        } else {
            let changes = newest.map(|before| compare(&before, &surface));
            let effects = changes.iter().flatten().map(|change| change.effect);
            let effect = effects.max().unwrap_or_default();
            versions.push(effect, revision.name, digest(&text), Vec::new());
        }
        newest = Some(surface);
    }
    Ok(text)
}

/// How many revisions have versions already.
///
/// # Errors
/// If a revision has none and a later one has, or one was given to what is no revision.
pub(super) fn first_without(versions: &Versions, names: &[&str]) -> Result<usize, VersionError> {
    let known: BTreeSet<&str> = names.iter().copied().collect();
    if let Some(given) = versions
        .iter()
        .find(|given| !known.contains(&*given.revision))
    {
        return Err(VersionError::NoRevision {
            revision: given.revision.clone(),
        });
    }
    let has_version = |name: &&&str| versions.of(name).is_some();
    let first = names.iter().take_while(has_version).count();
    match names[first..].iter().find(has_version) {
        Some(later) => Err(VersionError::FoundLate {
            revision: names[first].to_owned(),
            later: (*later).to_owned(),
        }),
        None => Ok(first),
    }
}

/// Gives the newest revision that has a version another, if its surface is not what it was.
fn regenerate(
    versions: &mut Versions,
    listing: Option<&str>,
    revision: &str,
    surface: &Surface,
    text: &str,
) -> Result<(), VersionError> {
    let Some(last) = versions.0.last_mut() else {
        return Ok(());
    };
    let now = digest(text);
    if last.surface == now {
        return Ok(());
    }
    let listing = listing.filter(|listing| digest(listing) == last.surface);
    let listing = listing.ok_or_else(|| VersionError::NoListing {
        version: last.version.to_string(),
    })?;
    let before = surface::parse(listing).map_err(VersionError::Listing)?;
    let changes = compare_items(&before, &surface.items());
    let effect = changes.iter().map(|change| change.effect).max();
    match effect.unwrap_or_default() {
        // It is listed in another way, or another order.
        Effect::None => last.surface = now,
        effect => {
            let lines = changes.iter().map(ToString::to_string).collect();
            versions.push(effect, revision, now, lines);
        }
    }
    Ok(())
}

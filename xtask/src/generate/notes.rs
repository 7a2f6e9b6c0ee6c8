//! The changelog of a crate: a section for each version that its service was given.

use rayon::prelude::*;
use shapewright_model::Model;
use shapewright_report::findings::RustEffect;
use shapewright_report::release_notes::{self, Group, ItemChange, Version, code};
use shapewright_rust::HEADER;
use shapewright_rust::surface::{ItemKind, SurfaceChange, What};
use shapewright_rust::versions::Given;

use super::crates::upstream;
use crate::effects::Effects;
use crate::judge;
use crate::spec::{Record, ServiceSpec};

/// The sections of the versions of a history's first models, oldest first, each with its revision's
/// place.
pub(super) fn sections(
    service: &ServiceSpec,
    models: &[Model],
    record: &Record,
) -> Vec<(usize, String)> {
    let revisions = service.history.revisions.iter().take(models.len());
    let place = |given: &Given| revisions.clone().position(|one| one.name == given.revision);
    let versions = record.versions.iter();
    let known: Vec<(usize, &Given)> = versions
        .filter_map(|one| Some((place(one)?, one)))
        .collect();
    let told = known.into_par_iter().map(|(index, given)| {
        let (number, upstream) = (given.version.to_string(), upstream(service, index));
        let version = Version {
            version: &number,
            revision: &given.revision,
            upstream: &upstream,
        };
        (index, section(&version, given, &models[..=index], record))
    });
    told.collect()
}

/// The section of a version, whose revision is the last of these.
fn section(version: &Version<'_>, given: &Given, models: &[Model], record: &Record) -> String {
    if !given.generator.is_empty() {
        return release_notes::generator(version, &given.generator);
    }
    let [.., old, new] = models else {
        let (operations, shapes, members) = models[0].counts();
        return release_notes::first(version, [operations, shapes, members]);
    };
    let comparison = shapewright_diff::compare(old, new);
    let effects = Effects::of(old, new, record.names.clone());
    let judged = judge::by_the_rules(&comparison, &effects);
    let changes: Vec<ItemChange> = effects.changes().iter().map(item).collect();
    release_notes::revision(
        version,
        effects.worst().max(RustEffect::Patch),
        &changes,
        &judged.findings,
    )
}

/// A change of the surface, as the changelog tells it.
fn item(change: &SurfaceChange) -> ItemChange {
    let (group, detail) = match &change.what {
        What::Came if change.kind == ItemKind::Requirement => (Group::Changed, None),
        What::Went if change.kind == ItemKind::Requirement => {
            (Group::Changed, Some("no longer".to_owned()))
        }
        What::Came => (Group::Added, None),
        What::Went => (Group::Removed, None),
        What::TypeChanged { from, .. } => (Group::Changed, Some(format!("before {}", code(from)))),
        What::Deprecated => (Group::Deprecated, None),
        What::Undeprecated => (Group::Deprecated, Some("no longer".to_owned())),
        What::BehaviourChanged { of, from, to } => {
            let text =
                |text: &Option<String>| text.as_deref().map_or_else(|| "nothing".to_owned(), code);
            let detail = format!("{of} {}, before {}", text(to), text(from));
            (Group::Behaviour, Some(detail))
        }
    };
    ItemChange {
        group,
        item: change.item.clone(),
        detail,
    }
}

/// The changelog of these sections, newest first.
pub(super) fn changelog<'a>(package: &str, sections: impl Iterator<Item = &'a str>) -> String {
    release_notes::render(&format!("<!-- {HEADER} -->"), package, sections)
}

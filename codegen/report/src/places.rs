//! Where findings stand in the files of the two revisions.

use shapewright_diff::{Fact, Place};
use shapewright_model::c2j::FileKind;
use shapewright_model::{Dialect, Path, Step, locate};

/// The files that are compared.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    /// Those of the old side.
    pub old: Vec<SourceFile>,
    /// Those of the new side.
    pub new: Vec<SourceFile>,
}

/// A model file as it was read.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// What it holds.
    pub kind: FileKind,
    /// Its path for readers, relative to where they look from.
    pub label: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// Where something stands in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Spot {
    pub(crate) file: String,
    /// Line and column, counted from 1; none if the file does not say.
    pub(crate) start: Option<(usize, usize)>,
}

/// Where a fact stands on either side.
#[derive(Clone, Debug, Default)]
pub(crate) struct Places {
    /// In the new file; of what is gone, where it would be.
    pub(crate) new: Option<Spot>,
    /// In the old file, if it was there.
    pub(crate) old: Option<Spot>,
}

impl Places {
    /// The places of some facts, in their order.
    pub(crate) fn of(sources: &Sources, facts: &[&Fact]) -> Vec<Self> {
        let new = facts.iter().map(|fact| in_file(fact.place, &fact.path));
        let new = spots(&sources.new, &new.collect::<Vec<_>>());
        let old = facts.iter().map(|fact| {
            let path = fact.old_path.as_ref().unwrap_or(&fact.path);
            in_file(fact.place, path)
        });
        let old = spots(&sources.old, &old.collect::<Vec<_>>());
        let was_there = |fact: &Fact| fact.old.is_some() || fact.old_path.is_some();
        let sides = new.into_iter().zip(old).zip(facts);
        sides
            .map(|((new, old), fact)| Self {
                new,
                old: old.filter(|_| was_there(fact)),
            })
            .collect()
    }
}

/// The file in which a place stands, and the path within it: a model's path says first which of the
/// files beside the service's it means.
fn in_file(place: Place, path: &Path) -> (FileKind, Path) {
    let kind = match place {
        Place::Paginator => FileKind::Paginators,
        Place::Waiter => FileKind::Waiters,
        Place::EndpointRules => FileKind::EndpointRules,
        _ => FileKind::Service,
    };
    let steps = path.steps();
    let steps = match steps.first() {
        Some(_) if kind == FileKind::EndpointRules => &steps[1..],
        Some(Step::Key(key)) if key == kind.file_name() => &steps[1..],
        _ => steps,
    };
    let mut within = Path::root();
    for step in steps {
        match step {
            Step::Key(key) => within.push_key(key),
            Step::Index(index) => within.push_index(*index),
        }
    }
    (kind, within)
}

/// The spots of paths in files, each file gone through once. A file that is not there, as it went
/// or never was, has none.
fn spots(files: &[SourceFile], wanted: &[(FileKind, Path)]) -> Vec<Option<Spot>> {
    let mut spots = vec![None; wanted.len()];
    for file in files {
        let is_here = |at: &usize| wanted[*at].0 == file.kind;
        let here: Vec<usize> = (0..wanted.len()).filter(is_here).collect();
        let paths: Vec<Path> = here.iter().map(|at| wanted[*at].1.clone()).collect();
        // Paths are those of C2J, which a file of another dialect does not have.
        let places = match Dialect::of(&file.bytes) {
            Dialect::C2j => locate(&file.bytes, &paths),
            Dialect::Smithy => vec![None; paths.len()],
        };
        for (at, place) in here.into_iter().zip(places) {
            spots[at] = Some(Spot {
                file: file.label.clone(),
                start: place.map(|place| (place.line, place.column)),
            });
        }
    }
    spots
}

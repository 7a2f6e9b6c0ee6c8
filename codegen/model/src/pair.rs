//! Two revisions of a service, read to be compared.

use std::sync::Arc;

use foldhash::HashMap;

use crate::c2j::{self, FileKind, Prose, Reading, Source};
use crate::dialect;
use crate::endpoint;
use crate::model::{Model, Operation, ShapeId};
use crate::problem::Problem;
use crate::series::Series;

/// What reading a revision gives.
type Outcome = Result<Reading, Vec<Problem>>;

/// Reads two revisions that are compared with each other, and used for nothing else.
///
/// A comparison of the two says what one of models read by themselves says. But what has nothing to
/// do with what differs, and stands in both in the same bytes, may be missing from both models or
/// have something in its place; it is not checked either, so that problems of it are not told.
pub fn read_pair(files: [&[Source<'_>]; 2], prose: Prose) -> [Outcome; 2] {
    match reduced(files, prose) {
        Some(readings) => readings.map(Ok),
        None => in_a_row(files, prose),
    }
}

fn in_a_row([old, new]: [&[Source<'_>]; 2], prose: Prose) -> [Outcome; 2] {
    let mut series = Series::new(prose);
    [series.read(old), series.read(new)]
}

/// The same of files without what comparing does not need; none if whole ones must tell.
fn reduced(files: [&[Source<'_>]; 2], prose: Prose) -> Option<[Reading; 2]> {
    if files.into_iter().any(dialect::is_of_smithy) {
        return None;
    }
    let (mut services, mut beside) = ([None; 2], [const { Vec::new() }; 2]);
    for side in [0, 1] {
        for source in files[side] {
            let is_same =
                |other: &Source<'_>| other.kind == source.kind && other.bytes == source.bytes;
            match source.kind {
                FileKind::Service if services[side].is_some() => return None,
                FileKind::Service => services[side] = Some(*source),
                _ if files[1 - side].iter().any(is_same) => {}
                _ => beside[side].push(*source),
            }
        }
    }
    let [old, new] = services;
    let (old, new) = (old?, new?);
    // Paginators and waiters name operations.
    let naming = beside.iter().flatten();
    let naming = naming.filter(|source| source.kind != FileKind::EndpointRules);
    let keys = naming.flat_map(|source| c2j::texts(source.bytes));
    let keys: Vec<&[u8]> = keys.collect();
    let reduced = c2j::reduced([old.bytes, new.bytes], &keys)?;
    let [mut old_files, new_files] = beside;
    old_files.push(Source {
        bytes: &reduced.old,
        ..old
    });
    let before = c2j::read(&old_files, prose).ok()?;
    before.warnings.is_empty().then_some(())?;
    let mut after = c2j::read_rest(&before.model, &reduced.new, new.name, prose)?;
    for sibling in &new_files {
        c2j::read_sibling(&mut after, sibling, prose)?;
    }
    // Where such rules lead depends on operations, of which any may be missing.
    let rules_differ = before.model.endpoint_rules != after.endpoint_rules;
    let models = [&before.model, &after];
    if rules_differ
        && models
            .iter()
            .any(|model| endpoint::read(model, "").0.ask_operations())
    {
        return None;
    }
    let is_used = |shape: ShapeId| {
        let name = after.shape(shape).name.as_bytes();
        reduced.used.contains(name)
    };
    // A fact of such a shape says what the shape is to operations: none of those may be missing.
    let is_open = below(&after, anew(&before.model, &after)).any(is_used);
    if is_open {
        return None;
    }
    let mut models = [before.model, after];
    for (model, size) in models.iter_mut().zip(reduced.sizes) {
        model.set_size(size);
    }
    Some(models.map(|model| Reading {
        model,
        warnings: Vec::new(),
    }))
}

/// The shapes that stand in the new model where one of another name stood in the old one: the two
/// are compared with each other, and what they are made of.
fn anew(old: &Model, new: &Model) -> Vec<ShapeId> {
    let mut found = Vec::new();
    let mut compare = |was: ShapeId, is: ShapeId| {
        if old.shape(was).name != new.shape(is).name {
            found.push(is);
        }
    };
    let sides = |operation: &Arc<Operation>| {
        let sides = operation.input.iter().chain(&operation.output);
        sides.map(|side| side.target).collect::<Vec<_>>()
    };
    let mut came = Vec::new();
    for after in &new.operations {
        let Some(before) = old.operation(&after.key) else {
            // It may have had another name.
            came.extend(sides(after));
            continue;
        };
        let input = before.input.iter().zip(&after.input);
        for (was, is) in input.chain(before.output.iter().zip(&after.output)) {
            compare(was.target, is.target);
        }
    }
    for (id, after) in new.shapes() {
        let before = old.shape_id(&after.name);
        let Some(before) = before.filter(|before| !old.shares_shape(*before, new, id)) else {
            continue;
        };
        let parts = old.shape(before).parts().iter();
        let parts = parts.map(|part| (part.name.as_str(), part.target));
        let parts: HashMap<&str, ShapeId> = parts.collect();
        for part in after.parts() {
            if let Some(was) = parts.get(part.name.as_str()) {
                compare(*was, part.target);
            }
        }
    }
    let mut gone = old.operations.iter();
    if gone.any(|one| new.operation(&one.key).is_none()) {
        found.extend(came);
    }
    found
}

/// These shapes and all that they are made of.
fn below(model: &Model, mut open: Vec<ShapeId>) -> impl Iterator<Item = ShapeId> {
    let mut seen = vec![false; model.shapes().len()];
    std::iter::from_fn(move || {
        loop {
            let shape = open.pop()?;
            if !std::mem::replace(&mut seen[shape.index()], true) {
                let parts = model.shape(shape).parts().iter();
                open.extend(parts.map(|part| part.target));
                return Some(shape);
            }
        }
    })
}

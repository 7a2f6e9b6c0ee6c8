//! Where a type would hold itself, directly or through others, and so be infinite.

use std::collections::BTreeSet;

use shapewright_model::{Model, ShapeId, ShapeKind};

/// The members that need a pointer, as (structure or union, place of the member).
///
/// Lists and maps are pointers already. Of each cycle that is left the edge that closes it is cut,
/// walking depth first in the order of names and of declaration.
pub(super) fn cuts(model: &Model) -> BTreeSet<(ShapeId, usize)> {
    #[derive(Clone, Copy, PartialEq)]
    enum State {
        New,
        Open,
        Done,
    }
    let mut states = vec![State::New; model.shapes().len()];
    let mut cuts = BTreeSet::new();
    for (root, _) in model.shapes() {
        // An explicit stack: a hostile model can nest as deep as it is long.
        let mut open = Vec::new();
        if states[root.index()] == State::New {
            states[root.index()] = State::Open;
            open.push((root, 0));
        }
        while let Some((shape, next)) = open.last_mut() {
            let (shape, at) = (*shape, *next);
            *next += 1;
            let Some(member) = model.shape(shape).members().get(at) else {
                states[shape.index()] = State::Done;
                open.pop();
                continue;
            };
            let target = member.target;
            if !matches!(
                model.shape(target).kind,
                ShapeKind::Structure(_) | ShapeKind::Union(_)
            ) {
                continue;
            }
            match states[target.index()] {
                State::New => {
                    states[target.index()] = State::Open;
                    open.push((target, 0));
                }
                State::Open => drop(cuts.insert((shape, at))),
                State::Done => {}
            }
        }
    }
    cuts
}

/// The lists and maps that hold themselves through lists and maps alone. No Rust type is such a
/// list without a name of its own, and no AWS model has one: their values are documents.
pub(super) fn endless(model: &Model) -> BTreeSet<ShapeId> {
    let collection =
        |id: ShapeId| matches!(model.shape(id).kind, ShapeKind::List(_) | ShapeKind::Map(_));
    // What remains after taking away, again and again, all that holds no remaining one.
    let mut left: BTreeSet<ShapeId> = model
        .shapes()
        .map(|(id, _)| id)
        .filter(|id| collection(*id))
        .collect();
    loop {
        let holds = |id: &&ShapeId| {
            model
                .shape(**id)
                .parts()
                .iter()
                .any(|part| left.contains(&part.target))
        };
        let rest: BTreeSet<ShapeId> = left.iter().filter(holds).copied().collect();
        if rest.len() == left.len() {
            return rest;
        }
        left = rest;
    }
}

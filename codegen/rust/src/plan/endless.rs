//! Lists and maps that hold nothing but themselves.

use std::collections::BTreeSet;

use shapewright_model::{Model, ShapeId, ShapeKind};

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

//! Lists and maps for which there is no Rust type.

use std::collections::BTreeSet;

use shapewright_model::{Member, Model, Shape, ShapeId, ShapeKind, TraitName};

/// Lists in lists go so deep; no AWS model goes beyond four. A type of a thousand brackets is more
/// than the compiler reads.
const DEEPEST: usize = 16;

/// The lists and maps whose values are documents, as no Rust type without a name of its own is
/// such: those that hold themselves through lists and maps alone, those that nest too deep, and maps
/// by what has no order. No AWS model has one.
pub(super) fn endless(model: &Model) -> BTreeSet<ShapeId> {
    let shapes: Vec<(ShapeId, &Shape)> = model
        .shapes()
        .filter(|(_, shape)| is_collection(shape))
        .collect();
    let mut found = BTreeSet::new();
    let mut height = vec![0_usize; model.shapes().len()];
    let mut waits_for = vec![0_usize; model.shapes().len()];
    let mut holders: Vec<Vec<ShapeId>> = vec![Vec::new(); model.shapes().len()];
    for (id, shape) in &shapes {
        for part in shape.parts() {
            if is_collection(model.shape(part.target)) {
                waits_for[id.index()] += 1;
                holders[part.target.index()].push(*id);
            }
        }
    }
    // From the innermost outwards.
    let ids = shapes.iter().map(|(id, _)| *id);
    let mut open: Vec<ShapeId> = ids.filter(|id| waits_for[id.index()] == 0).collect();
    while let Some(id) = open.pop() {
        let shape = model.shape(id);
        let parts = shape.parts().iter();
        let inner = parts.map(|part| height[part.target.index()]).max();
        height[id.index()] = 1 + inner.unwrap_or_default();
        if height[id.index()] > DEEPEST || !has_order(model, shape) {
            found.insert(id);
            height[id.index()] = 0;
        }
        for holder in &holders[id.index()] {
            waits_for[holder.index()] -= 1;
            if waits_for[holder.index()] == 0 {
                open.push(*holder);
            }
        }
    }
    let ids = shapes.iter().map(|(id, _)| *id);
    found.extend(ids.filter(|id| waits_for[id.index()] > 0));
    found
}

fn is_collection(shape: &Shape) -> bool {
    matches!(shape.kind, ShapeKind::List(_) | ShapeKind::Map(_))
}

/// Whether a map's keys can be those of a `BTreeMap`.
fn has_order(model: &Model, shape: &Shape) -> bool {
    let ShapeKind::Map(parts) = &shape.kind else {
        return true;
    };
    let key: &Member = &parts[0];
    !key.traits.flag(&TraitName::JsonValue)
        && matches!(
            model.shape(key.target).kind,
            ShapeKind::Boolean
                | ShapeKind::Enum(_)
                | ShapeKind::Integer
                | ShapeKind::Long
                | ShapeKind::String
        )
}

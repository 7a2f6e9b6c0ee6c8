//! What `validate` checks of a value: the lengths and ranges that the model states.

use std::collections::BTreeSet;

use shapewright_model::{Member, Model, ShapeId, ShapeKind, TraitName, Traits, Value};

use super::items::{Bounds, Check};

/// The structures and unions in which something can be broken, at any depth.
pub(super) fn constrained(model: &Model) -> BTreeSet<ShapeId> {
    // Grows until nothing is added: what holds something constrained is constrained itself.
    let mut found = BTreeSet::new();
    loop {
        let before = found.len();
        for (id, shape) in model.shapes() {
            let broken = |member: &Member| {
                member.is_required() || !check(model, &found, member.target).is_empty()
            };
            if shape.members().iter().any(broken) {
                found.insert(id);
            }
        }
        if found.len() == before {
            return found;
        }
    }
}

/// What to check of a value of this shape.
pub(super) fn check(model: &Model, constrained: &BTreeSet<ShapeId>, shape: ShapeId) -> Check {
    // A list may hold itself through a list: no value of the model's goes deeper than this.
    check_to(model, constrained, shape, 16)
}

fn check_to(model: &Model, constrained: &BTreeSet<ShapeId>, id: ShapeId, depth: usize) -> Check {
    let shape = model.shape(id);
    let traits = &shape.traits;
    let mut found = Check::default();
    let part = |member: &Member| {
        let check = match depth {
            0 => Check::default(),
            _ => check_to(model, constrained, member.target, depth - 1),
        };
        (!check.is_empty()).then(|| Box::new(check))
    };
    match &shape.kind {
        ShapeKind::Blob | ShapeKind::String | ShapeKind::Enum(_) => found.length = length(traits),
        ShapeKind::Integer | ShapeKind::Long => {
            found.integer = bounds(traits, Value::as_i64);
        }
        ShapeKind::Double | ShapeKind::Float => {
            found.float = bounds(traits, Value::as_f64);
        }
        ShapeKind::List(item) => {
            found.length = length(traits);
            found.items = part(item);
        }
        ShapeKind::Map(parts) => {
            found.length = length(traits);
            found.key = part(&parts[0]);
            found.items = part(&parts[1]);
        }
        ShapeKind::Structure(_) | ShapeKind::Union(_) => found.nested = constrained.contains(&id),
        ShapeKind::Boolean | ShapeKind::Document | ShapeKind::Timestamp => {}
    }
    found
}

/// Bounds of a length; a least length of 0 says nothing.
fn length(traits: &Traits) -> Option<Bounds<u64>> {
    let bounds = bounds(traits, Value::as_u64)?;
    let min = bounds.min.filter(|min| *min > 0);
    (min.is_some() || bounds.max.is_some()).then_some(Bounds { min, ..bounds })
}

fn bounds<T>(traits: &Traits, read: impl Fn(&Value) -> Option<T>) -> Option<Bounds<T>> {
    let min = traits.get(&TraitName::Min).and_then(&read);
    let max = traits.get(&TraitName::Max).and_then(&read);
    (min.is_some() || max.is_some()).then_some(Bounds { min, max })
}

//! What `validate` checks of a value: the lengths and ranges that the model states.

use std::collections::BTreeSet;

use shapewright_model::{Member, Model, ShapeId, ShapeKind, TraitName, Traits, Value};

use super::items::{Bounds, Check};

/// What decides on the checks of a value.
pub(super) struct Checks<'a> {
    model: &'a Model,
    /// Lists and maps that have no end.
    endless: &'a BTreeSet<ShapeId>,
    /// The structures and unions in which something can be broken, at any depth.
    constrained: BTreeSet<ShapeId>,
}

impl<'a> Checks<'a> {
    pub(super) fn new(model: &'a Model, endless: &'a BTreeSet<ShapeId>) -> Self {
        let mut checks = Self {
            model,
            endless,
            constrained: BTreeSet::new(),
        };
        // Grows until nothing is added: what holds something constrained is constrained itself.
        loop {
            let broken = |member: &Member| member.is_required() || !checks.of(member).is_empty();
            let constrained: BTreeSet<ShapeId> = model
                .shapes()
                .filter(|(_, shape)| shape.members().iter().any(broken))
                .map(|(id, _)| id)
                .collect();
            if constrained.len() == checks.constrained.len() {
                return checks;
            }
            checks.constrained = constrained;
        }
    }

    /// What to check of a member's value.
    pub(super) fn of(&self, member: &Member) -> Check {
        let id = member.target;
        let shape = self.model.shape(id);
        let traits = &shape.traits;
        let mut found = Check::default();
        // These are documents, whose lengths are no one's: see `Values::of`.
        if member.traits.flag(&TraitName::JsonValue) || self.endless.contains(&id) {
            return found;
        }
        let part = |member: &Member| {
            let check = self.of(member);
            (!check.is_empty()).then(|| Box::new(check))
        };
        match &shape.kind {
            ShapeKind::Blob | ShapeKind::String | ShapeKind::Enum(_) => {
                found.length = length(traits);
            }
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
            ShapeKind::Structure(_) | ShapeKind::Union(_) => {
                found.nested = self.constrained.contains(&id);
            }
            ShapeKind::Boolean | ShapeKind::Document | ShapeKind::Timestamp => {}
        }
        found
    }
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

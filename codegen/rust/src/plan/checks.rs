//! What `validate` checks of a value: the lengths and ranges that the model states.

use std::collections::BTreeSet;

use shapewright_model::{Member, Model, Shape, ShapeId, ShapeKind, TraitName, Traits, Value};

use super::items::{Bounds, Check};

/// What decides on the checks of a value.
pub(super) struct Checks<'a> {
    model: &'a Model,
    /// The shapes in whose values something can be broken, at any depth; no documents.
    constrained: BTreeSet<ShapeId>,
}

impl<'a> Checks<'a> {
    pub(super) fn of(model: &'a Model, endless: &BTreeSet<ShapeId>) -> Self {
        let mut checks = Self {
            model,
            constrained: BTreeSet::new(),
        };
        let mut holders: Vec<Vec<ShapeId>> = vec![Vec::new(); model.shapes().len()];
        let mut open = Vec::new();
        for (id, shape) in model.shapes().filter(|(id, _)| !endless.contains(id)) {
            for part in shape.parts().iter().filter(|part| !is_text(part)) {
                holders[part.target.index()].push(id);
            }
            if !own(shape).is_empty() || shape.members().iter().any(Member::is_required) {
                open.push(id);
            }
        }
        // What holds something constrained is constrained itself.
        while let Some(id) = open.pop() {
            if checks.constrained.insert(id) {
                open.append(&mut holders[id.index()]);
            }
        }
        checks
    }

    /// What to check of a member's value.
    pub(super) fn member(&self, member: &Member) -> Check {
        if is_text(member) || !self.constrained.contains(&member.target) {
            return Check::default();
        }
        let shape = self.model.shape(member.target);
        let mut found = own(shape);
        // Lists nest no deeper than a type may, so this ends; see `endless`.
        let part = |member: &Member| {
            let check = self.member(member);
            (!check.is_empty()).then(|| Box::new(check))
        };
        match &shape.kind {
            ShapeKind::List(item) => found.items = part(item),
            ShapeKind::Map(parts) => {
                found.key = part(&parts[0]);
                found.items = part(&parts[1]);
            }
            ShapeKind::Structure(_) | ShapeKind::Union(_) => found.nested = true,
            _ => {}
        }
        found
    }
}

/// Whether a value is JSON within a string: its length is not that of what is inside.
fn is_text(member: &Member) -> bool {
    member.traits.flag(&TraitName::JsonValue)
}

/// What to check of a value of this shape, leaving out what it holds.
fn own(shape: &Shape) -> Check {
    let traits = &shape.traits;
    let mut found = Check::default();
    match &shape.kind {
        ShapeKind::Blob
        | ShapeKind::String
        | ShapeKind::Enum(_)
        | ShapeKind::List(_)
        | ShapeKind::Map(_) => found.length = length(traits),
        ShapeKind::Integer | ShapeKind::Long => {
            found.integer = bounds(traits, Value::as_i64);
        }
        ShapeKind::Double | ShapeKind::Float => {
            found.float = bounds(traits, Value::as_f64);
        }
        ShapeKind::Boolean
        | ShapeKind::Document
        | ShapeKind::Structure(_)
        | ShapeKind::Timestamp
        | ShapeKind::Union(_) => {}
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

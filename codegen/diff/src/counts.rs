//! How much differs: the figures of a comparison in one line.

use std::collections::BTreeSet;

use shapewright_model::{Model, Shape, ShapeKind};

use crate::comparison::{OperationChange, Status};
use crate::fact::{Fact, FactKind};

/// How many of one sort of thing came and went.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Only in the new revision.
    pub added: usize,
    /// Only in the old revision.
    pub removed: usize,
}

/// The figures of a comparison. Members and enum values of whole new shapes count as well, so that
/// the figures add up to those of the models.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Operations.
    pub operations: Tally,
    /// Operations on both sides that differ.
    pub operations_updated: usize,
    /// Shapes, by name.
    pub shapes: Tally,
    /// Members of structures and unions, by the names of shape and member.
    pub members: Tally,
    /// Values of enums, by shape and value.
    pub enum_values: Tally,
    /// Requirements on members that stayed.
    pub required: Tally,
    /// Errors that operations which stayed declare.
    pub errors: Tally,
    /// References that mean a shape of other content, and shapes of another kind.
    pub types: usize,
    /// Traits that differ in any way, of whatever place but the service.
    pub traits: usize,
    /// Facts of the service: metadata, paginators, waiters, endpoint rules.
    pub service: usize,
    /// Facts that are words alone.
    pub documentation: usize,
}

impl Counts {
    pub(crate) fn of(
        old: &Model,
        new: &Model,
        facts: &[Fact],
        operations: &[OperationChange],
    ) -> Self {
        let mut counts = Self::default();
        for operation in operations {
            match operation.status {
                Status::New => counts.operations.added += 1,
                Status::Updated => counts.operations_updated += 1,
                Status::Removed => counts.operations.removed += 1,
            }
        }
        counts.count_shapes(old, new);
        for fact in facts {
            counts.count_fact(fact);
        }
        counts
    }

    fn count_fact(&mut self, fact: &Fact) {
        use crate::fact::Place as P;
        if fact.documentation {
            self.documentation += 1;
            return;
        }
        match fact.place {
            P::Metadata | P::Service | P::Paginator | P::Waiter | P::EndpointRules => {
                self.service += 1;
                return;
            }
            _ => {}
        }
        match fact.kind {
            FactKind::RequiredAdded => self.required.added += 1,
            FactKind::RequiredRemoved => self.required.removed += 1,
            FactKind::ErrorAdded => self.errors.added += 1,
            FactKind::ErrorRemoved => self.errors.removed += 1,
            FactKind::ShapeKindChanged { .. } | FactKind::TargetChanged { .. } => self.types += 1,
            FactKind::TraitAdded(_) | FactKind::TraitRemoved(_) | FactKind::TraitChanged(_) => {
                self.traits += 1;
            }
            _ => {}
        }
    }

    fn count_shapes(&mut self, old: &Model, new: &Model) {
        for (_, shape) in new.shapes() {
            let before = old.shape_id(&shape.name).map(|id| old.shape(id));
            self.shapes.added += usize::from(before.is_none());
            self.count_parts(before, Some(shape));
        }
        for (_, shape) in old.shapes() {
            if new.shape_id(&shape.name).is_none() {
                self.shapes.removed += 1;
                self.count_parts(Some(shape), None);
            }
        }
    }

    fn count_parts(&mut self, old: Option<&Shape>, new: Option<&Shape>) {
        tally(&mut self.members, members(old), members(new));
        tally(&mut self.enum_values, listed(old), listed(new));
    }
}

fn tally(tally: &mut Tally, old: Vec<&str>, new: Vec<&str>) {
    if old == new {
        return;
    }
    let (old, new): (BTreeSet<&str>, BTreeSet<&str>) =
        (old.into_iter().collect(), new.into_iter().collect());
    tally.added += new.difference(&old).count();
    tally.removed += old.difference(&new).count();
}

fn members(shape: Option<&Shape>) -> Vec<&str> {
    let members = shape.map_or(&[][..], Shape::members).iter();
    members.map(|member| member.name.as_str()).collect()
}

fn listed(shape: Option<&Shape>) -> Vec<&str> {
    match shape.map(|shape| &shape.kind) {
        Some(ShapeKind::Enum(values)) => values.iter().map(|one| one.value.as_str()).collect(),
        _ => Vec::new(),
    }
}

//! How much differs: the figures of a comparison in one line.

use std::collections::BTreeSet;

use shapewright_model::{Model, Shape};

use crate::comparison::{OperationChange, Status};
use crate::fact::{Fact, FactKind};
use crate::names::Names;

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
        (old, new): (&Model, &Model),
        names: &Names,
        facts: &[Fact],
        operations: &[OperationChange],
    ) -> Self {
        let mut counts = Self::default();
        counts.count_operations(operations);
        counts.count_shapes(old, new, names);
        for fact in facts {
            counts.count_fact(fact);
        }
        counts
    }

    /// Counts the operations, whatever was counted of them before.
    pub(crate) fn count_operations(&mut self, operations: &[OperationChange]) {
        self.operations = Tally::default();
        self.operations_updated = 0;
        for operation in operations {
            match operation.status {
                Status::New => self.operations.added += 1,
                Status::Updated => self.operations_updated += 1,
                Status::Removed => self.operations.removed += 1,
            }
        }
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

    fn count_shapes(&mut self, old: &Model, new: &Model, names: &Names) {
        self.shapes.added = names.added.len();
        self.shapes.removed = names.removed.len();
        for (before, after) in names.kept() {
            if old.shares_shape(before, new, after) {
                continue;
            }
            self.count_parts(Some(old.shape(before)), Some(new.shape(after)));
        }
        for shape in &names.added {
            self.count_parts(None, Some(new.shape(*shape)));
        }
        for shape in &names.removed {
            self.count_parts(Some(old.shape(*shape)), None);
        }
    }

    fn count_parts(&mut self, old: Option<&Shape>, new: Option<&Shape>) {
        tally(&mut self.members, || members(old), || members(new));
        tally(&mut self.enum_values, || listed(old), || listed(new));
    }
}

/// Counts what is on one side alone. Most revisions leave most shapes as they are, so that they are
/// compared in order before anything is sorted.
fn tally<'m, O, N>(tally: &mut Tally, old: impl Fn() -> O, new: impl Fn() -> N)
where
    O: Iterator<Item = &'m str>,
    N: Iterator<Item = &'m str>,
{
    if old().eq(new()) {
        return;
    }
    let (old, new): (BTreeSet<&str>, BTreeSet<&str>) = (old().collect(), new().collect());
    tally.added += new.difference(&old).count();
    tally.removed += old.difference(&new).count();
}

fn members(shape: Option<&Shape>) -> impl Iterator<Item = &str> {
    let members = shape.map_or(&[][..], Shape::members).iter();
    members.map(|member| member.name.as_str())
}

fn listed(shape: Option<&Shape>) -> impl Iterator<Item = &str> {
    let values = shape.map_or(&[][..], Shape::values).iter();
    values.map(|one| one.value.as_str())
}

//! The whole of what differs between two revisions.

use std::collections::BTreeSet;

use shapewright_model::{Model, Path};

use crate::counts::Counts;
use crate::fact::{Fact, FactKind, Found, Place, Use};
use crate::names::Names;
use crate::pairs::Pairs;
use crate::tree::{self, Tree};
use crate::{operation, service, targets, uses, values};

/// What differs between two revisions.
#[derive(Clone, Debug)]
pub struct Comparison {
    /// Every difference, ordered by group and path.
    pub facts: Vec<Fact>,
    /// The operations that came, went or differ, ordered by key.
    pub operations: Vec<OperationChange>,
    /// The figures.
    pub counts: Counts,
}

impl Comparison {
    /// A service that came, or one that went, as a whole.
    pub fn of_service(model: &Model, status: Status) -> Self {
        let value = values::text(model.title());
        let (kind, old, new) = match status {
            Status::Removed => (FactKind::ServiceRemoved, Some(value), None),
            _ => (FactKind::ServiceAdded, None, Some(value)),
        };
        let keys = model.operations.iter().map(|operation| &operation.key);
        let mut fact = Found::new(kind, Place::Service, old, new).into_fact(&Path::root(), None);
        fact.uses = vec![Use {
            direction: None,
            operations: keys.cloned().collect(),
        }];
        Self {
            facts: vec![fact],
            operations: Vec::new(),
            counts: Counts::default(),
        }
    }

    /// Leaves out what does not reach any of these operations: all that a caller of theirs need
    /// not know. What holds for the whole service holds for each. Of the figures those of
    /// operations follow.
    #[must_use]
    pub fn narrowed(mut self, operations: &BTreeSet<String>) -> Self {
        for fact in &mut self.facts {
            let of_service = fact.shape_kind.is_none();
            fact.uses.retain_mut(|one| {
                let stays = of_service && one.operations.is_empty();
                let kept = one.operations.iter();
                one.operations = kept
                    .filter(|key| operations.contains(*key))
                    .cloned()
                    .collect();
                stays || !one.operations.is_empty()
            });
        }
        self.facts.retain(|fact| !fact.uses.is_empty());
        self.operations
            .retain(|change| operations.contains(&change.name));
        self.counts.count_operations(&self.operations);
        self
    }

    /// Whether both revisions say the same.
    pub fn is_empty(&self) -> bool {
        self.facts.is_empty()
    }

    /// Whether nothing differs but words for people.
    pub fn is_documentation_only(&self) -> bool {
        self.facts.iter().all(|fact| fact.documentation)
    }
}

/// An operation that came, went or differs, with what of it does. A tree is absent where nothing
/// differs, or where there is nothing.
#[derive(Clone, Debug, PartialEq)]
pub struct OperationChange {
    /// The operation's key.
    pub name: String,
    /// Whether it came, went or differs.
    pub status: Status,
    /// The input.
    pub request: Option<Tree>,
    /// The output.
    pub response: Option<Tree>,
    /// The errors, by the names of their shapes.
    pub errors: Option<Tree>,
    /// The operation's own facts, by path below the operation.
    pub operation: Option<Tree>,
}

/// What became of an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// It is in the new revision alone.
    New,
    /// It is in both, and it or a shape that it reaches differs.
    Updated,
    /// It is in the old revision alone.
    Removed,
}

/// Compares two revisions of a service, but not the order in which they declare things.
pub fn compare(old: &Model, new: &Model) -> Comparison {
    compare_with(old, new, false)
}

/// Compares two revisions of a service; `order` makes facts of another order of members and of
/// values, which no protocol goes by.
pub fn compare_with(old: &Model, new: &Model, order: bool) -> Comparison {
    let names = Names::of(old, new);
    let mut pairs = Pairs::new(old, new, &names, order);
    let mut operations = operation::compare(&mut pairs);
    let graph = pairs.graph();
    let differing = pairs.differing(&graph);
    targets::add(&mut pairs, &mut operations, &differing);

    let changes = tree::changes(&operations, &pairs, &differing);
    let facts = uses::facts(
        service::compare(old, new),
        &operations,
        &pairs,
        &graph,
        &names,
    );
    let counts = Counts::of((old, new), &names, &facts, &changes);
    Comparison {
        facts,
        operations: changes,
        counts,
    }
}

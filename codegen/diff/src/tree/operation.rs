//! The trees of an operation: its request, its response, its errors, and what is its own.

use shapewright_model::{Operation, Reference, ShapeId};

use super::change::{self, Changes, object};
use super::{Entries, Shared, Tree};
use crate::comparison::{OperationChange, Status};
use crate::fact::{FactKind, Found, Place};
use crate::operation::{ErrorPair, OperationPair};
use crate::pairs::{PairId, Pairs};

/// What became of each operation that came, went or differs.
pub(crate) fn changes(
    operations: &[OperationPair<'_>],
    pairs: &Pairs<'_>,
    differing: &[bool],
) -> Vec<OperationChange> {
    let mut trees = Trees(Changes::new(pairs, differing));
    let changes = operations
        .iter()
        .filter_map(|one| match (one.old, one.new) {
            (None, Some(new)) => Some(trees.alone(new, Status::New)),
            (Some(old), None) => Some(trees.alone(old, Status::Removed)),
            _ => trees.updated(one),
        });
    changes.collect()
}

struct Trees<'p, 'm>(Changes<'p, 'm>);

impl Trees<'_, '_> {
    /// An operation that is there on one side alone, whole.
    fn alone(&mut self, operation: &Operation, status: Status) -> OperationChange {
        let (model, whole): (_, fn(&mut Changes<'_, '_>, ShapeId) -> Tree) = match status {
            Status::Removed => (self.0.pairs.old, |changes, shape| changes.whole_old(shape)),
            _ => (self.0.pairs.new, |changes, shape| changes.whole_new(shape)),
        };
        let mut errors = Entries::new();
        self.0.budget.next_tree();
        for error in &operation.errors {
            let name = change::member_key(&model.shape(error.target).name);
            errors.push((name, whole(&mut self.0, error.target)));
        }
        let mut side = |reference: &Option<Reference>| {
            self.0.budget.next_tree();
            let target = reference.as_ref()?.target;
            Some(whole(&mut self.0, target))
        };
        OperationChange {
            name: operation.key.clone(),
            status,
            request: side(&operation.input),
            response: side(&operation.output),
            errors: object(errors.into()),
            operation: None,
        }
    }

    fn updated(&mut self, operation: &OperationPair<'_>) -> Option<OperationChange> {
        let differs = |pair: Option<PairId>| pair.is_some_and(|pair| self.0.differing[pair]);
        let updated = operation.facts.iter().any(Found::updates)
            || differs(operation.input)
            || differs(operation.output)
            || operation.errors.iter().any(|error| differs(error.pair));
        if !updated {
            return None;
        }
        let own = of_place(operation, Place::Operation)
            .map(|found| (change::dotted(&found.inner), change::from_to(found)));
        Some(OperationChange {
            name: operation.key.to_owned(),
            status: Status::Updated,
            request: self.side(operation, Place::Input),
            response: self.side(operation, Place::Output),
            errors: self.errors(&operation.errors),
            operation: object(own.collect()),
        })
    }

    /// What differs in an input or output: all of it if it came or went.
    fn side(&mut self, operation: &OperationPair<'_>, place: Place) -> Option<Tree> {
        let target = |operation: Option<&Operation>| {
            let reference = match place {
                Place::Input => &operation?.input,
                _ => &operation?.output,
            };
            Some(reference.as_ref()?.target)
        };
        self.0.budget.next_tree();
        for found in of_place(operation, place) {
            match found.kind {
                FactKind::PartAdded(_) => {
                    return target(operation.new).map(|new| self.0.whole_new(new));
                }
                FactKind::PartRemoved(_) => {
                    return target(operation.old).map(|old| removed(self.0.whole_old(old)));
                }
                _ => {}
            }
        }
        // The first step says `input` or `output`, which the tree's place says already.
        let own = change::facts(of_place(operation, place), 1);
        let pair = match place {
            Place::Input => operation.input,
            _ => operation.output,
        };
        object(change::beside(own, self.below(pair)))
    }

    /// What differs in the errors: added ones whole, removed ones marked, of the others what does.
    fn errors(&mut self, errors: &[ErrorPair<'_>]) -> Option<Tree> {
        let mut entries = Entries::new();
        self.0.budget.next_tree();
        for error in errors {
            let tree = match (error.old, error.new) {
                (None, Some(new)) => Some(self.0.whole_new(new.target)),
                (Some(old), None) => Some(removed(self.0.whole_old(old.target))),
                _ => {
                    let own = error.facts.iter().filter(|found| found.updates());
                    // `errors` and the name lead here.
                    let own = change::facts(own, 2);
                    object(change::beside(own, self.below(error.pair)))
                }
            };
            entries.extend(tree.map(|tree| (change::member_key(error.name), tree)));
        }
        object(entries.into())
    }

    fn below(&mut self, pair: Option<PairId>) -> Shared {
        pair.map_or_else(Shared::default, |pair| self.0.of_pair(pair))
    }
}

/// The facts of an operation at one place, words aside.
fn of_place<'o>(
    operation: &'o OperationPair<'_>,
    place: Place,
) -> impl Iterator<Item = &'o Found> + use<'o> {
    let facts = operation.facts.iter();
    facts.filter(move |found| found.place == place && found.updates())
}

fn removed(tree: Tree) -> Tree {
    Tree::object(vec![("$removed".to_owned(), tree)])
}

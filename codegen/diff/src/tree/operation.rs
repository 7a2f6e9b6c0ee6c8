//! The trees of an operation: its request, its response, its errors, and what is its own.

use shapewright_model::{Model, Operation, Reference};

use super::budget::Budget;
use super::change::{self, Changes, object};
use super::{Entries, Tree, whole};
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
    let mut trees = Trees {
        pairs,
        differing,
        budget: Budget::new(),
    };
    let changes = operations
        .iter()
        .filter_map(|one| match (one.old, one.new) {
            (None, Some(new)) => Some(trees.alone(pairs.new, new, Status::New)),
            (Some(old), None) => Some(trees.alone(pairs.old, old, Status::Removed)),
            _ => trees.updated(one),
        });
    changes.collect()
}

struct Trees<'p, 'm> {
    pairs: &'p Pairs<'m>,
    /// The pairs in which anything differs.
    differing: &'p [bool],
    budget: Budget,
}

impl Trees<'_, '_> {
    /// An operation that is there on one side alone, whole.
    fn alone(&mut self, model: &Model, operation: &Operation, status: Status) -> OperationChange {
        let mut errors = Entries::new();
        self.budget.next_tree();
        for error in &operation.errors {
            let name = change::member_key(&model.shape(error.target).name);
            errors.push((name, whole(model, error.target, &mut self.budget)));
        }
        OperationChange {
            name: operation.key.clone(),
            status,
            request: self.whole(model, operation.input.as_ref()),
            response: self.whole(model, operation.output.as_ref()),
            errors: object(errors),
            operation: None,
        }
    }

    fn whole(&mut self, model: &Model, reference: Option<&Reference>) -> Option<Tree> {
        reference.map(|one| whole(model, one.target, self.budget.next_tree()))
    }

    fn updated(&mut self, operation: &OperationPair<'_>) -> Option<OperationChange> {
        let differs = |pair: Option<PairId>| pair.is_some_and(|pair| self.differing[pair]);
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
        let reference = |operation: &Operation| match place {
            Place::Input => operation.input.clone(),
            _ => operation.output.clone(),
        };
        for found in of_place(operation, place) {
            match found.kind {
                FactKind::PartAdded(_) => {
                    let new = operation.new.and_then(reference);
                    return self.whole(self.pairs.new, new.as_ref());
                }
                FactKind::PartRemoved(_) => {
                    let old = operation.old.and_then(reference);
                    let tree = self.whole(self.pairs.old, old.as_ref())?;
                    return Some(removed(tree));
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
        self.budget.next_tree();
        object(change::merge(own, self.below(pair), "$shape"))
    }

    /// What differs in the errors: added ones whole, removed ones marked, of the others what does.
    fn errors(&mut self, errors: &[ErrorPair<'_>]) -> Option<Tree> {
        let mut entries = Entries::new();
        self.budget.next_tree();
        for error in errors {
            let tree = match (error.old, error.new) {
                (None, Some(new)) => Some(whole(self.pairs.new, new.target, &mut self.budget)),
                (Some(old), None) => {
                    let tree = whole(self.pairs.old, old.target, &mut self.budget);
                    Some(removed(tree))
                }
                _ => {
                    let own = error.facts.iter().filter(|found| found.updates());
                    // `errors` and the name lead here.
                    let own = change::facts(own, 2);
                    object(change::merge(own, self.below(error.pair), "$shape"))
                }
            };
            entries.extend(tree.map(|tree| (change::member_key(error.name), tree)));
        }
        object(entries)
    }

    fn below(&mut self, pair: Option<PairId>) -> Entries {
        let Some(pair) = pair else {
            return Entries::new();
        };
        Changes::new(self.pairs, self.differing, &mut self.budget).of_pair(pair)
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
    Tree::Object(vec![("$removed".to_owned(), tree)])
}

//! What differs in an operation as a nested map that leads by member names to the differences.

mod change;
mod whole;

use shapewright_model::{Model, Reference, Value};

use crate::comparison::{OperationChange, Status};
use crate::fact::{FactKind, Found, Place};
use crate::operation::OperationPair;
use crate::pairs::{PairId, Pairs};
use change::Changes;
use whole::whole;

/// A nested map with an order of its own.
///
/// - A changed member's name leads down to what changed in it; at an unchanged level a list
///   collapses to its element and a map to its value.
/// - What was added shows its whole type: a scalar its name, an enum `A | B`, a list `[T]`, a map
///   `{"string": T}`, a structure an object of its members, and `(recursive)` where it would not
///   end.
/// - Every other change is a key that starts with `$`, such as `$removed`, `$type`, `$required`,
///   `$enum`, or `$` and a trait's name, with what was and what is. A member whose own name starts
///   with `$` gets another one before it.
/// - Two changes of one name at one collapsed level are told apart by `$shape` (of the member's
///   target), `$element` (of a list) or `$value` (of a map) around the inner one; what changed in a
///   map's key is always under `$key`.
/// - `(more)` stands where the tree grows past what one can read; a comparison's facts have it all.
#[derive(Clone, Debug, PartialEq)]
pub enum Tree {
    /// `null`: what is absent on that side.
    Null,
    /// A value of a fact that is no text, list or object.
    Plain(Value),
    /// A text: the name of a type, or a value of a fact.
    Text(String),
    /// A list.
    List(Vec<Tree>),
    /// Entries in an order that means something to readers.
    Object(Vec<(String, Tree)>),
}

impl From<&Value> for Tree {
    fn from(value: &Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(_) | Value::Number(_) => Self::Plain(value.clone()),
            Value::String(text) => Self::Text(text.clone()),
            Value::Array(items) => Self::List(items.iter().map(Self::from).collect()),
            Value::Object(entries) => Self::Object(
                entries
                    .iter()
                    .map(|(key, value)| (key.clone(), Self::from(value)))
                    .collect(),
            ),
        }
    }
}

impl From<Option<&Value>> for Tree {
    fn from(value: Option<&Value>) -> Self {
        value.map_or(Self::Null, Self::from)
    }
}

impl Tree {
    /// `{"from": …, "to": …}`.
    pub fn from_to(from: impl Into<Self>, to: impl Into<Self>) -> Self {
        let entries = [("from", from.into()), ("to", to.into())];
        Self::Object(
            entries
                .into_iter()
                .map(|(key, tree)| (key.to_owned(), tree))
                .collect(),
        )
    }
}

type Entries = Vec<(String, Tree)>;

/// How deep a tree goes at most. No AWS type nests half as deep, and what follows is recursive.
const DEPTH: usize = 96;
/// How many places of one operation's request, response or errors are visited at most.
const VISITS: usize = 20_000;

/// What became of each operation that came, went or differs.
pub(crate) fn changes(
    operations: &[OperationPair<'_>],
    pairs: &Pairs<'_>,
    differing: &[bool],
) -> Vec<OperationChange> {
    operations
        .iter()
        .filter_map(|operation| match (operation.old, operation.new) {
            (None, Some(new)) => Some(OperationChange {
                name: operation.key.to_owned(),
                status: Status::New,
                request: new.input.as_ref().map(|one| of_type(pairs.new, one)),
                response: new.output.as_ref().map(|one| of_type(pairs.new, one)),
                errors: of_errors(pairs.new, &new.errors),
                operation: None,
            }),
            (Some(old), None) => Some(OperationChange {
                name: operation.key.to_owned(),
                status: Status::Removed,
                request: old.input.as_ref().map(|one| of_type(pairs.old, one)),
                response: old.output.as_ref().map(|one| of_type(pairs.old, one)),
                errors: of_errors(pairs.old, &old.errors),
                operation: None,
            }),
            _ => updated(operation, pairs, differing),
        })
        .collect()
}

fn of_type(model: &Model, reference: &Reference) -> Tree {
    whole(model, reference.target, &mut { VISITS })
}

/// The errors of an operation that is there on one side alone: their names with their types.
fn of_errors(model: &Model, errors: &[Reference]) -> Option<Tree> {
    let mut visits = VISITS;
    let entries = errors.iter().map(|error| {
        let name = model.shape(error.target).name.clone();
        (name, whole(model, error.target, &mut visits))
    });
    (!errors.is_empty()).then(|| Tree::Object(entries.collect()))
}

fn updated(
    operation: &OperationPair<'_>,
    pairs: &Pairs<'_>,
    differing: &[bool],
) -> Option<OperationChange> {
    let differs = |pair: Option<PairId>| pair.is_some_and(|pair| differing[pair]);
    let updated = operation.facts.iter().any(Found::updates)
        || differs(operation.input)
        || differs(operation.output)
        || operation.errors.iter().any(|error| differs(error.pair));
    if !updated {
        return None;
    }
    let of_place = |place: Place| {
        let facts = operation.facts.iter();
        facts
            .filter(move |found| found.place == place && found.updates())
            .collect::<Vec<_>>()
    };
    let side = |place: Place, pair: Option<PairId>| -> Option<Tree> {
        let mut changes = Changes::new(pairs, differing);
        let facts = of_place(place);
        for found in &facts {
            match found.kind {
                FactKind::PartAdded(_) => {
                    let input = operation.new.and_then(|new| reference(new, place));
                    return input.map(|one| of_type(pairs.new, one));
                }
                FactKind::PartRemoved(_) => {
                    let input = operation.old.and_then(|old| reference(old, place));
                    let tree = input.map(|one| of_type(pairs.old, one))?;
                    return Some(Tree::Object(vec![("$removed".to_owned(), tree)]));
                }
                _ => {}
            }
        }
        // The first step says `input` or `output`, which the tree's place says already.
        let own = change::facts(facts.into_iter(), 1);
        let below = pair.map_or_else(Vec::new, |pair| changes.of_pair(pair));
        object(change::merge(own, below, "$shape"))
    };
    Some(OperationChange {
        name: operation.key.to_owned(),
        status: Status::Updated,
        request: side(Place::Input, operation.input),
        response: side(Place::Output, operation.output),
        errors: errors(operation, pairs, differing),
        operation: object(
            of_place(Place::Operation)
                .into_iter()
                .map(|found| (change::dotted(&found.inner), change::from_to(found)))
                .collect(),
        ),
    })
}

fn reference(operation: &shapewright_model::Operation, place: Place) -> Option<&Reference> {
    match place {
        Place::Input => operation.input.as_ref(),
        _ => operation.output.as_ref(),
    }
}

/// What differs in the errors: added ones whole, removed ones marked, the others what differs.
fn errors(operation: &OperationPair<'_>, pairs: &Pairs<'_>, differing: &[bool]) -> Option<Tree> {
    let mut entries = Entries::new();
    let mut changes = Changes::new(pairs, differing);
    for error in &operation.errors {
        let tree = match (error.old, error.new) {
            (None, Some(new)) => whole(pairs.new, new.target, changes.visits()),
            (Some(old), None) => {
                let tree = whole(pairs.old, old.target, changes.visits());
                Tree::Object(vec![("$removed".to_owned(), tree)])
            }
            _ => {
                let own = error.facts.iter().filter(|found| found.updates());
                // `errors` and the name lead here.
                let own = change::facts(own, 2);
                let below = error
                    .pair
                    .map_or_else(Vec::new, |pair| changes.of_pair(pair));
                match object(change::merge(own, below, "$shape")) {
                    Some(tree) => tree,
                    None => continue,
                }
            }
        };
        entries.push((change::member_key(error.name), tree));
    }
    object(entries)
}

fn object(entries: Entries) -> Option<Tree> {
    (!entries.is_empty()).then_some(Tree::Object(entries))
}

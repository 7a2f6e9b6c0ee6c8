//! What differs in an operation as a nested map that leads by member names to the differences.

mod budget;
mod change;
mod operation;
mod trail;
mod whole;

use std::sync::Arc;

use shapewright_model::Value;

pub(crate) use operation::changes;
use whole::Whole;

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
/// - Trees share what they have in common, so that a copy costs little.
/// - `(more)` stands where the tree grows past what one can read; a comparison's facts have it all.
#[derive(Clone, Debug, PartialEq)]
pub enum Tree {
    /// `null`: what is absent on that side.
    Null,
    /// A value of a fact that is no text, list or object.
    Plain(Value),
    /// A text: the name of a type, or a value of a fact.
    Text(Arc<str>),
    /// A list.
    List(Arc<[Tree]>),
    /// Entries in an order that means something to readers.
    Object(Arc<[(String, Tree)]>),
}

impl From<&Value> for Tree {
    fn from(value: &Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(_) | Value::Number(_) => Self::Plain(value.clone()),
            Value::String(text) => Self::text(text),
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
    /// A text.
    pub fn text(text: &str) -> Self {
        Self::Text(text.into())
    }

    /// An object of these entries, in their order.
    pub fn object(entries: Vec<(String, Self)>) -> Self {
        Self::Object(entries.into())
    }

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
/// Entries that may stand in many trees.
type Shared = Arc<[(String, Tree)]>;

/// How deep a tree goes at most. No AWS type nests half as deep, and what follows is recursive.
const DEPTH: usize = 96;
/// What stands where a tree ends early.
const MORE: &str = "(more)";

fn more() -> Tree {
    Tree::text(MORE)
}

//! Compares two revisions of a model: every difference is a [`Fact`] with its path, its values and
//! the operations that it reaches. Nothing here judges, renders or opens a file.
//!
//! [`compare`] is the whole: it pairs shapes (`Pairs`), compares each pair once,
//! and carries what differs up to the operations.

mod blame;
mod comparison;
mod counts;
mod fact;
pub mod history;
mod names;
mod operation;
mod pairs;
mod service;
mod shape;
mod spread;
mod targets;
mod traits;
mod tree;
mod uses;
mod values;

pub use blame::{Event, blame};
pub use comparison::{Comparison, OperationChange, Status, compare};
pub use counts::{Counts, Tally};
pub use fact::{Fact, FactKind, Part, Place, Roles, Use};
pub use tree::Tree;

//! Compares two revisions of a model: every difference is a [`Fact`] with its path, its values and
//! the operations that it reaches. Rules judge facts, and make [`Finding`]s of them. Nothing here
//! renders or opens a file.
//!
//! [`compare`] pairs shapes (`Pairs`), compares each pair once, and carries what differs up to the
//! operations; it judges nothing. A [`Judgement`] asks the [`rules`], which see facts alone.

mod blame;
mod comparison;
mod counts;
mod endpoints;
mod fact;
mod finding;
pub mod history;
mod modelling;
mod names;
mod operation;
mod pairs;
mod renames;
pub mod rules;
mod service;
mod severity;
mod shape;
mod spread;
mod targets;
mod traits;
mod tree;
mod uses;
mod values;

pub use blame::{Event, blame};
pub use comparison::{Comparison, OperationChange, Status, compare, compare_with};
pub use counts::{Counts, Tally};
pub use fact::{Fact, FactKind, Part, Place, Roles, Use};
pub use finding::{Finding, Judgement, direction_word, severity_of};
pub use severity::{Severity, Wire};
pub use tree::Tree;

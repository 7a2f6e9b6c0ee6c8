//! Reads AWS API models: bytes in, one typed [`Model`] out, with every problem and its place.
//!
//! A dialect's own JSON structures stay inside the dialect's module ([`c2j`]); whoever uses a
//! model meets only the types of this crate's root. Nothing here opens a file.

pub mod c2j;
mod check;
mod dialect;
pub mod endpoint;
mod json;
mod level;
mod model;
mod pair;
mod path;
mod problem;
mod reach;
mod series;
mod smithy;
mod thing;
mod timestamp;
mod traits;

pub use dialect::{Dialect, Stored, read, stored};
pub use json::locate;
pub use model::{
    Acceptor, EnumValue, Member, Model, Operation, Paginator, Reference, Shape, ShapeId, ShapeKind,
    Waiter,
};
pub use pair::read_pair;
pub use path::{Path, Step};
pub use problem::{Code, Place, Problem, Severity};
pub use reach::{Direction, Reach};
/// A trait's value: the JSON of the model, without prose.
pub use serde_json::Value;
pub use series::Series;
pub use thing::Thing;
pub use timestamp::TimestampFormat;
pub use traits::{TraitName, Traits};

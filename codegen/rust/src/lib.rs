//! Turns a model into the files of a Rust crate: model + ledger → plan → files.
//!
//! The plan makes every decision and knows no source text; emission writes text and decides nothing.
//! Nothing here opens a file.

mod emit;
mod ledger;
mod names;
mod plan;
mod spelling;
pub mod surface;
mod unsupported;
pub mod versions;

pub use emit::{HEADER, Term, Usage, files, is_generated, terms};
pub use ledger::Ledger;
pub use names::package;
pub use plan::{Options, Plan, Runtime, plan};
pub use unsupported::unsupported;

//! Turns findings, models and problems into text for people and for programs: one module a form.
//! Nothing here does I/O, and nothing that a model says reaches a reader unescaped.

pub mod blame;
pub mod compared;
mod escape;
pub mod findings;
pub mod json;
mod layout;
pub mod log;
pub mod problem;
pub mod show;
pub mod style;
pub mod text;

//! Turns findings, models and problems into text for people and for programs: one module a form.
//! Nothing here does I/O, and nothing that a model says reaches a reader unescaped.

pub mod blame;
pub mod changelog;
pub mod compared;
mod escape;
pub mod findings;
pub mod github;
pub mod html;
pub mod json;
pub mod junit;
mod layout;
pub mod log;
pub mod log_json;
pub mod markdown;
pub mod places;
pub mod problem;
pub mod release_notes;
pub mod sarif;
mod sections;
pub mod show;
pub mod style;
pub mod text;
mod told;
mod words;

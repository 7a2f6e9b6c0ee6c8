//! Renders findings and models for a reader: one module a form. Nothing here opens a file, and
//! nothing that a model says reaches a reader unescaped.

pub mod compared;
mod escape;
pub mod json;
mod layout;
pub mod log;
pub mod problem;
pub mod style;
pub mod text;

//! The gate of a team in a repository of its own: what fails, what was accepted, and whether
//! upstream has moved.

mod approvals;
mod drift;
mod support;
mod verdicts;

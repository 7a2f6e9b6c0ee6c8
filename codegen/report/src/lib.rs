//! Turns findings, models and problems into text for people and for programs. Nothing here does I/O.

pub mod problem;

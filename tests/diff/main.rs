//! What differs between two revisions: facts, trees, and the reports on them.

mod batch;
mod bounds;
mod cases;
mod history;
mod noise;
mod oracle;
mod properties;
mod reduced;
mod rules;
mod siblings;
mod support;

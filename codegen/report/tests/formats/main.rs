//! The forms of reports on two revisions: how they read, that they are what they say they are, and
//! that nothing of a model acts in them.

mod batch;
mod cases;
mod changelog;
mod golden;
mod hostile;
mod limits;
mod places;
mod schema;
mod support;
mod xml;

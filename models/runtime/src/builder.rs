//! The states of a required member in a builder.

/// The member has been given.
#[derive(Clone, Copy, Debug)]
pub struct Set;

/// The member has not been given yet.
#[derive(Clone, Copy, Debug)]
pub struct Unset;

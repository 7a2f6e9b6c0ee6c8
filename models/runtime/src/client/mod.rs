//! The client: what sends operations and bounds what that takes.

pub mod transport;

//! What the crates that Shapewright generates share: the JSON data form, the builders' states,
//! validation, and the types that AWS models have and Rust's library lacks.
//!
//! No I/O, no clock, no threads, no proc macro: it serves any runtime, WebAssembly included.

#[cfg(feature = "blob")]
mod blob;
mod builder;
mod document;
#[cfg(feature = "endpoint")]
pub mod endpoint;
mod error;
pub mod form;
mod operation;
mod redacted;
#[cfg(feature = "timestamp")]
mod timestamp;
mod unknown;
pub mod validate;

#[cfg(feature = "blob")]
pub use blob::Blob;
#[doc(hidden)]
pub use builder::{Set, Unset};
pub use document::{Document, Number};
pub use error::{OtherError, write_error};
pub use operation::{Operation, Paginator};
pub use redacted::Redacted;
#[cfg(feature = "timestamp")]
pub use timestamp::{Timestamp, TimestampError};
pub use unknown::{UnknownMember, UnknownValue};
pub use validate::Invalid;

/// An empty map to borrow from, for a getter of a map that is absent.
pub const fn empty_map<K: 'static, V: 'static>() -> &'static std::collections::BTreeMap<K, V> {
    const { &std::collections::BTreeMap::new() }
}

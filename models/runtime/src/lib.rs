//! What the crates that Shapewright generates share: the JSON data form, the builders' states,
//! validation, the types that AWS models have and Rust's library lacks; and behind features the
//! protocols, endpoints, signatures and a client.
//!
//! No I/O, no clock, no threads, no proc macro but in the client and its transports: the rest serves
//! any runtime, WebAssembly included.

#[cfg(feature = "blob")]
mod blob;
mod builder;
#[cfg(feature = "json")]
mod call_error;
#[cfg(feature = "__calls")]
pub mod client;
#[cfg(feature = "json")]
pub mod codec;
#[cfg(feature = "convert")]
mod convert;
#[cfg(feature = "__sign")]
pub mod credentials;
mod document;
#[cfg(feature = "endpoint")]
pub mod endpoint;
mod error;
pub mod form;
mod operation;
#[cfg(feature = "json")]
mod paginated;
mod redacted;
#[cfg(feature = "__sign")]
pub mod sign;
#[cfg(feature = "__calls")]
mod telemetry;
#[cfg(feature = "timestamp")]
mod timestamp;
mod unknown;
pub mod validate;
#[cfg(feature = "json")]
mod wait;

#[cfg(feature = "blob")]
pub use blob::Blob;
#[doc(hidden)]
pub use builder::{Set, Unset};
#[cfg(feature = "json")]
pub use call_error::{Error, OperationError, RequestError, Retry, ServiceError, Unreadable};
#[cfg(feature = "json")]
pub use codec::Call;
#[cfg(feature = "convert")]
pub use convert::{ConversionError, Converted, convert};
pub use document::{Document, Number};
pub use error::{OtherError, write_error};
pub use operation::{Operation, Paginator, Service};
#[cfg(feature = "json")]
pub use paginated::{Paginated, Tokens, Turn};
pub use redacted::Redacted;
#[cfg(feature = "timestamp")]
pub use timestamp::{Timestamp, TimestampError};
pub use unknown::{UnknownMember, UnknownValue};
pub use validate::Invalid;
#[cfg(feature = "json")]
pub use wait::{Answer, Wait, WaitState, all};

/// An empty map to borrow from, for a getter of a map that is absent.
pub const fn empty_map<K: 'static, V: 'static>() -> &'static std::collections::BTreeMap<K, V> {
    const { &std::collections::BTreeMap::new() }
}

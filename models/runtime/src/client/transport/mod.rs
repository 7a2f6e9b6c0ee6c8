//! Transports: what carries a request to its peer and brings the answer back whole.
//!
//! A transport does that and no more. It follows no redirect, unpacks nothing, adds no cookie, asks no
//! environment for a proxy, and takes every status for an answer. What it may take of time and memory
//! are the [`Limits`].

#[cfg(any(feature = "hyper", feature = "tower"))]
mod body;
mod error;
#[cfg(feature = "hyper")]
mod hyper;
mod limits;
#[cfg(any(feature = "hyper", feature = "ureq"))]
mod roots;
#[cfg(feature = "tower")]
mod tower;
#[cfg(feature = "ureq")]
mod ureq;
#[cfg(feature = "__client")]
mod within;

use std::time::Duration;

use bytes::Bytes;

pub use error::{TransportError, TransportErrorKind};
pub use limits::Limits;

#[cfg(feature = "hyper")]
pub use hyper::HyperTransport;
#[cfg(feature = "tower")]
pub use tower::TowerTransport;
#[cfg(feature = "ureq")]
pub use ureq::UreqTransport;
#[cfg(feature = "__client")]
pub use within::{send_within, within};

/// Sends requests without blocking a thread.
///
/// Whoever calls bounds the attempt as a whole, with [`send_within`]; so an implementation need not keep
/// [`Limits::attempt`]. It keeps the rest. The future can be dropped at any time: a connection whose
/// answer was not read to its end is then not used again.
#[cfg(feature = "__client")]
pub trait Transport: Send + Sync {
    /// Sends `request`, whose URI is absolute, and reads the whole answer.
    fn send(
        &self,
        request: http::Request<Bytes>,
        limits: &Limits,
    ) -> impl Future<Output = Result<http::Response<Bytes>, TransportError>> + Send;

    /// Ends after `duration`.
    fn sleep(&self, duration: Duration) -> impl Future<Output = ()> + Send;
}

/// Sends requests and blocks until the answer is there.
///
/// Nobody can bound it from outside: an implementation keeps all [`Limits`] by itself.
#[cfg(feature = "__blocking")]
pub trait BlockingTransport: Send + Sync {
    /// Sends `request`, whose URI is absolute, and reads the whole answer.
    fn send(
        &self,
        request: http::Request<Bytes>,
        limits: &Limits,
    ) -> Result<http::Response<Bytes>, TransportError>;

    /// Returns after `duration`.
    fn sleep(&self, duration: Duration) {
        std::thread::sleep(duration);
    }
}

/// How many headers an answer may have.
#[cfg(feature = "hyper")]
const MAX_HEADERS: usize = 100;

/// How many bytes the head of an answer may have, its status and headers.
#[cfg(any(feature = "hyper", feature = "ureq"))]
const MAX_HEAD: usize = 64 * 1024;

/// How many connections wait for the next request: each is a descriptor.
#[cfg(any(feature = "hyper", feature = "ureq"))]
const MAX_IDLE: usize = 32;

/// How long a connection waits for the next request: peers close what idles for longer.
#[cfg(any(feature = "hyper", feature = "ureq"))]
const IDLE: Duration = Duration::from_secs(20);

/// Whether a request states the length of its body even if that is empty (RFC 9110, 8.6).
#[cfg(any(feature = "hyper", feature = "tower", feature = "ureq"))]
fn states_length(method: &http::Method) -> bool {
    matches!(
        *method,
        http::Method::POST | http::Method::PUT | http::Method::PATCH
    )
}

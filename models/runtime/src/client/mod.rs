//! The client: sends what the codec writes, signed, in as many attempts as it takes.
//!
//! `exchange.rs` decides what follows an attempt, without I/O; [`Client`] and [`blocking::Client`] do
//! what it says, over a [transport].

mod agent;
#[cfg(feature = "__client")]
mod asynchronous;
#[cfg(feature = "__blocking")]
pub mod blocking;
mod config;
mod cursor;
#[cfg(feature = "credentials")]
mod environment;
mod exchange;
#[cfg(feature = "credentials")]
mod fetch;
#[cfg(feature = "__client")]
mod pages;
mod prepare;
mod retries;
#[cfg(all(feature = "stream", feature = "__client"))]
mod stream;
pub mod transport;
mod waiting;

#[cfg(feature = "__client")]
pub use asynchronous::Client;
pub use config::{Builder, ConfigError};
#[cfg(all(feature = "credentials", feature = "__client"))]
pub use fetch::fetch_over;
#[cfg(all(feature = "credentials", feature = "__blocking"))]
pub use fetch::fetch_over_blocking;
#[cfg(feature = "__client")]
pub use pages::{Items, Pages};
pub use retries::Retries;
pub use waiting::{WaitConfig, WaitError, WaitErrorKind};

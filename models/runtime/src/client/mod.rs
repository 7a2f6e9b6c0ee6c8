//! The client: sends what the codec writes, signed, in as many attempts as it takes.
//!
//! `exchange.rs` decides what follows an attempt, without I/O; [`Client`] and [`blocking::Client`] do
//! what it says, over a [transport].

mod agent;
#[cfg(feature = "client")]
mod asynchronous;
#[cfg(feature = "blocking")]
pub mod blocking;
mod config;
mod cursor;
#[cfg(feature = "credentials")]
mod environment;
mod exchange;
#[cfg(feature = "credentials")]
mod fetch;
#[cfg(feature = "client")]
mod pages;
mod prepare;
mod retries;
#[cfg(feature = "stream")]
mod stream;
pub mod transport;
mod waiting;

#[cfg(feature = "client")]
pub use asynchronous::Client;
pub use config::{Builder, ConfigError};
#[cfg(all(feature = "credentials", feature = "client"))]
pub use fetch::fetch_over;
#[cfg(all(feature = "credentials", feature = "blocking"))]
pub use fetch::fetch_over_blocking;
#[cfg(feature = "client")]
pub use pages::{Items, Pages};
pub use retries::Retries;
pub use waiting::{WaitConfig, WaitError, WaitErrorKind};

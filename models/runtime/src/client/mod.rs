//! The client: sends what the codec writes, signed, in as many attempts as it takes.
//!
//! [`Exchange`](exchange) decides what follows an attempt, without I/O; [`Client`] and
//! [`blocking::Client`] do what it says, over a [transport].

mod agent;
#[cfg(feature = "client")]
mod asynchronous;
#[cfg(feature = "blocking")]
pub mod blocking;
mod config;
mod exchange;
mod prepare;
mod retries;
pub mod transport;

#[cfg(feature = "client")]
pub use asynchronous::Client;
pub use config::{Builder, ConfigError};
pub use retries::Retries;

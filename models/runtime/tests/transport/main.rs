//! Transports beside peers that keep no promise.

mod answers;
mod connections;
mod peer;
mod tls;
mod transports;

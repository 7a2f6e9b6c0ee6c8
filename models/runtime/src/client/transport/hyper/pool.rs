//! Connections that wait for the next request to their origin.

use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use super::connection::Connection;
use crate::client::transport::{IDLE, MAX_IDLE};

/// Where a connection leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Origin {
    secure: bool,
    host: Box<str>,
    port: u16,
}

impl Origin {
    /// An origin; without a port, its scheme's own.
    pub(super) fn new(secure: bool, host: &str, port: Option<u16>) -> Self {
        Self {
            secure,
            host: host.into(),
            port: port.unwrap_or_else(|| default_port(secure)),
        }
    }

    /// Whether it is reached with TLS.
    pub(super) fn secure(&self) -> bool {
        self.secure
    }

    /// The host as a name to look up: an IPv6 address stands in brackets in a URI, but not here.
    pub(super) fn host(&self) -> &str {
        self.host
            .strip_prefix('[')
            .and_then(|host| host.strip_suffix(']'))
            .unwrap_or(&self.host)
    }

    /// The port.
    pub(super) fn port(&self) -> u16 {
        self.port
    }

    /// What stands in the header `host`.
    pub(super) fn authority(&self) -> String {
        if self.port == default_port(self.secure) {
            self.host.to_string()
        } else {
            format!("{}:{}", self.host, self.port)
        }
    }
}

fn default_port(secure: bool) -> u16 {
    if secure { 443 } else { 80 }
}

/// The connections that wait, those used last at the end.
#[derive(Default)]
pub(super) struct Pool {
    idle: Mutex<Vec<Idle>>,
}

struct Idle {
    origin: Origin,
    connection: Connection,
    since: Instant,
}

impl Pool {
    /// The connection to `origin` that was used last.
    pub(super) fn take(&self, origin: &Origin) -> Option<Connection> {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        let place = idle.iter().rposition(|idle| idle.origin == *origin)?;
        let Idle {
            connection, since, ..
        } = idle.remove(place);
        if since.elapsed() < IDLE {
            return Some(connection);
        }
        // Those before it have waited longer.
        idle.retain(|idle| idle.since > since);
        None
    }

    /// Keeps `connection` for the next request, if it can serve one.
    pub(super) fn put(&self, origin: Origin, connection: Connection) {
        if !connection.is_ready() {
            return;
        }
        let since = Instant::now();
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        idle.retain(|idle| since.duration_since(idle.since) < IDLE);
        if idle.len() == MAX_IDLE {
            idle.remove(0);
        }
        idle.push(Idle {
            origin,
            connection,
            since,
        });
    }
}

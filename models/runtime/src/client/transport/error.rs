//! What goes wrong between a request and its answer.

use std::error::Error;
use std::fmt;
use std::io;

/// Why no answer came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// No connection: the host is unknown, refuses, or cannot be reached.
    Connect,
    /// A limit of time passed.
    Timeout,
    /// The connection ended before the answer was whole.
    Closed,
    /// TLS failed, as with a certificate that nobody trusted has signed.
    Tls,
    /// The answer's body is larger than the limits allow.
    TooLarge,
    /// The answer is no valid HTTP, or its head is larger than any is.
    Invalid,
    /// Anything else, as a request that cannot be sent.
    Other,
}

/// No answer came, or none that is whole.
///
/// It names the peer, but neither path nor query nor headers of the request.
#[derive(Debug)]
pub struct TransportError {
    kind: TransportErrorKind,
    peer: Box<str>,
    may_have_arrived: bool,
    source: Option<Box<dyn Error + Send + Sync>>,
}

impl TransportError {
    /// An error of sending a request to `uri`, of which only host and port are kept.
    ///
    /// The request may have arrived, unless the kind is `Connect`.
    pub fn new(kind: TransportErrorKind, uri: &http::Uri) -> Self {
        let host = uri.host().unwrap_or("a URI without host");
        let peer = match uri.port_u16() {
            Some(port) => format!("{host}:{port}"),
            None => host.to_owned(),
        };
        Self {
            kind,
            peer: peer.into(),
            may_have_arrived: kind != TransportErrorKind::Connect,
            source: None,
        }
    }

    /// The same with what caused it.
    #[must_use]
    pub fn with_source(mut self, source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        self.source = Some(source.into());
        self
    }

    /// The same, knowing that nothing of the request was sent.
    #[must_use]
    pub fn before_sending(mut self) -> Self {
        self.may_have_arrived = false;
        self
    }

    /// Why no answer came.
    pub fn kind(&self) -> TransportErrorKind {
        self.kind
    }

    /// Whether the peer may have received the request, and so may have acted on it.
    pub fn may_have_arrived(&self) -> bool {
        self.may_have_arrived
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let peer = &self.peer;
        match self.kind {
            TransportErrorKind::Connect => write!(f, "cannot connect to {peer}"),
            TransportErrorKind::Timeout if self.may_have_arrived => {
                write!(f, "no whole answer from {peer} in time")
            }
            TransportErrorKind::Timeout => write!(f, "cannot connect to {peer} in time"),
            TransportErrorKind::Closed => {
                write!(
                    f,
                    "the connection to {peer} ended before its answer was whole"
                )
            }
            TransportErrorKind::Tls => write!(f, "no trusted TLS connection to {peer}"),
            TransportErrorKind::TooLarge => {
                write!(
                    f,
                    "the body of the answer of {peer} is larger than the limits allow"
                )
            }
            TransportErrorKind::Invalid => write!(f, "the answer of {peer} is no valid HTTP"),
            TransportErrorKind::Other => write!(f, "cannot send to {peer}"),
        }
    }
}

impl Error for TransportError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}

/// The kind of an error of input and output, of those that all operating systems have.
#[cfg_attr(
    not(any(feature = "hyper", feature = "ureq", feature = "tower")),
    expect(
        dead_code,
        reason = "each transport of ours needs it, the traits do not"
    )
)]
pub(super) fn kind_of_io(error: &io::Error) -> TransportErrorKind {
    #[cfg(any(feature = "hyper", feature = "ureq"))]
    if tls_error(error).is_some() {
        return TransportErrorKind::Tls;
    }
    match error.kind() {
        io::ErrorKind::ConnectionRefused | io::ErrorKind::AddrNotAvailable => {
            TransportErrorKind::Connect
        }
        // A host may get unreachable after it has received a request.
        io::ErrorKind::HostUnreachable
        | io::ErrorKind::NetworkUnreachable
        | io::ErrorKind::ConnectionReset
        | io::ErrorKind::ConnectionAborted
        | io::ErrorKind::BrokenPipe
        | io::ErrorKind::NotConnected
        | io::ErrorKind::UnexpectedEof => TransportErrorKind::Closed,
        io::ErrorKind::TimedOut | io::ErrorKind::WouldBlock => TransportErrorKind::Timeout,
        io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput => TransportErrorKind::Invalid,
        _ => TransportErrorKind::Other,
    }
}

/// The error of TLS that an error of input and output holds.
#[cfg(any(feature = "hyper", feature = "ureq"))]
pub(super) fn tls_error(error: &io::Error) -> Option<&rustls::Error> {
    error.get_ref()?.downcast_ref()
}

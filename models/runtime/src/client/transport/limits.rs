//! What a call may take of time and memory.

use std::time::Duration;

/// What one attempt to send a request may take.
///
/// ```
/// # use shapewright_runtime::client::transport::Limits;
/// # use std::time::Duration;
/// let limits = Limits::default().with_attempt(Duration::from_secs(5)).with_max_body(1 << 20);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// From the start of an attempt until its answer is read. A minute unless told; `None` is no bound.
    pub attempt: Option<Duration>,
    /// From looking up the host until the connection stands, TLS included. 3.1 seconds unless told, as
    /// AWS's clients have it, which is just enough for one lost packet; `None` is no bound.
    pub connect: Option<Duration>,
    /// How many bytes of an answer's body are read. 64 MiB unless told.
    pub max_body: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            attempt: Some(Duration::from_secs(60)),
            connect: Some(Duration::from_millis(3_100)),
            max_body: 64 * 1024 * 1024,
        }
    }
}

impl Limits {
    /// The same with another bound of an attempt.
    #[must_use]
    pub fn with_attempt(mut self, attempt: impl Into<Option<Duration>>) -> Self {
        self.attempt = attempt.into();
        self
    }

    /// The same with another bound of connecting.
    #[must_use]
    pub fn with_connect(mut self, connect: impl Into<Option<Duration>>) -> Self {
        self.connect = connect.into();
        self
    }

    /// The same with another bound of a body's bytes.
    #[must_use]
    pub fn with_max_body(mut self, max_body: usize) -> Self {
        self.max_body = max_body;
        self
    }
}

//! Why a call failed: before it was sent, on its way, or by what the service says.

use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::{Response, StatusCode};

use crate::codec::{Fault, Incoming};
use crate::endpoint::EndpointError;
use crate::{Invalid, write_error};

/// Why a call failed; `E` is the enum of the errors that the operation's model lists.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error<E> {
    /// The request was not sent: it cannot be right.
    Request(RequestError),
    /// The service refused.
    Service(ServiceError<E>),
    /// An answer came that says nothing which can be understood.
    Unreadable(Unreadable),
    /// There is no endpoint for this region and input.
    Endpoint(EndpointError),
    /// No answer came.
    #[cfg(feature = "__calls")]
    Transport(crate::client::transport::TransportError),
    /// There are no credentials.
    #[cfg(feature = "__calls")]
    Credentials(crate::credentials::CredentialsError),
    /// The request cannot be signed.
    #[cfg(feature = "__calls")]
    Signing(crate::sign::SigningError),
    /// No region is known to sign for.
    #[cfg(feature = "__calls")]
    Region,
    /// The operation is signed in a way that is not supported.
    #[cfg(feature = "__calls")]
    Authentication(&'static str),
    /// A page's token is that of the page before: following it would never end.
    #[cfg(feature = "__calls")]
    RepeatedToken,
}

impl<E> Error<E> {
    /// What the service said, if it refused.
    pub const fn service(&self) -> Option<&ServiceError<E>> {
        match self {
            Self::Service(error) => Some(error),
            _ => None,
        }
    }

    /// The operation's own error, if the service refused.
    pub fn kind(&self) -> Option<&E> {
        match self {
            Self::Service(error) => Some(&error.0.error),
            _ => None,
        }
    }

    /// The error's code, if the service refused.
    pub fn code(&self) -> Option<&str> {
        self.service().map(ServiceError::code)
    }

    /// What the service says of it, if it says anything.
    pub fn message(&self) -> Option<&str> {
        self.service()?.message()
    }

    /// The id by which the service knows the request.
    pub fn request_id(&self) -> Option<&str> {
        match self {
            Self::Service(error) => error.request_id(),
            Self::Unreadable(error) => error.request_id(),
            _ => None,
        }
    }

    /// The HTTP status, if an answer came.
    pub fn status(&self) -> Option<StatusCode> {
        match self {
            Self::Service(error) => Some(error.status()),
            Self::Unreadable(error) => Some(error.status),
            _ => None,
        }
    }

    /// Whether the same request may succeed when it is sent again.
    pub fn retry(&self) -> Option<Retry> {
        match self {
            Self::Service(error) => error.retry(),
            Self::Unreadable(error) => Retry::of_status(error.status),
            #[cfg(feature = "__calls")]
            Self::Transport(error) => Retry::of_transport(error.kind()),
            _ => None,
        }
    }
}

impl<E: fmt::Display> fmt::Display for Error<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Request(error) => error.fmt(f),
            Self::Service(error) => error.fmt(f),
            Self::Unreadable(error) => error.fmt(f),
            Self::Endpoint(error) => error.fmt(f),
            #[cfg(feature = "__calls")]
            Self::Transport(error) => error.fmt(f),
            #[cfg(feature = "__calls")]
            Self::Credentials(error) => error.fmt(f),
            #[cfg(feature = "__calls")]
            Self::Signing(error) => error.fmt(f),
            #[cfg(feature = "__calls")]
            Self::Region => f.write_str("no region to sign for: give the client one"),
            #[cfg(feature = "__calls")]
            Self::Authentication(scheme) => {
                write!(
                    f,
                    "the operation wants to be signed by {scheme}, which is not supported"
                )
            }
            #[cfg(feature = "__calls")]
            Self::RepeatedToken => {
                f.write_str("the service gave the token of the page before once more")
            }
        }
    }
}

impl<E: std::error::Error + 'static> std::error::Error for Error<E> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Request(error) => Some(error),
            Self::Service(error) => Some(error),
            Self::Unreadable(error) => Some(error),
            Self::Endpoint(error) => Some(error),
            #[cfg(feature = "__calls")]
            Self::Transport(error) => Some(error),
            #[cfg(feature = "__calls")]
            Self::Credentials(error) => Some(error),
            #[cfg(feature = "__calls")]
            Self::Signing(error) => Some(error),
            #[cfg(feature = "__calls")]
            Self::Region | Self::Authentication(_) | Self::RepeatedToken => None,
        }
    }
}

impl<E> From<RequestError> for Error<E> {
    fn from(error: RequestError) -> Self {
        Self::Request(error)
    }
}

/// Why no request can be made of an input.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum RequestError {
    /// Required members are missing, or labels of the path are empty.
    Invalid(Invalid),
    /// The endpoint's host cannot have the prefix that the operation asks for.
    Endpoint(EndpointError),
    /// A value that HTTP or the protocol cannot carry.
    Unwritable {
        /// The member's name on the wire.
        name: String,
        /// Why.
        reason: String,
    },
}

impl fmt::Display for RequestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Invalid(invalid) => write!(f, "the request is not complete: {invalid}"),
            Self::Endpoint(error) => error.fmt(f),
            Self::Unwritable { name, reason } => write!(f, "{name} cannot be sent: {reason}"),
        }
    }
}

impl std::error::Error for RequestError {}

/// What the service said when it refused.
#[derive(Clone, Debug)]
pub struct ServiceError<E>(Box<Refusal<E>>);

/// What [`ServiceError`] holds: results of calls are moved about, so they shall be small.
#[derive(Clone, Debug)]
struct Refusal<E> {
    error: E,
    code: String,
    query_code: Option<String>,
    message: Option<String>,
    status: StatusCode,
    request_id: Option<String>,
    retry_after: Option<Duration>,
    retry: Option<Retry>,
    body: Bytes,
}

impl<E: OperationError> ServiceError<E> {
    pub(crate) fn new(error: E, fault: Fault, response: &Response<Bytes>) -> Self {
        let status = response.status();
        let by_code = Retry::of_code(&fault.code).or_else(|| Retry::of_status(status));
        Self(Box::new(Refusal {
            retry: error.retry().or(by_code),
            error,
            code: fault.code,
            query_code: fault.query_code,
            message: fault.message,
            status,
            request_id: request_id(response),
            retry_after: retry_after(response),
            body: response.body().clone(),
        }))
    }
}

impl<E> ServiceError<E> {
    /// Which of the operation's errors it is.
    pub fn kind(&self) -> &E {
        &self.0.error
    }

    /// Which of the operation's errors it is, owned.
    pub fn into_kind(self) -> E {
        self.0.error
    }

    /// The error's code, such as `ClientException`; empty if the answer names none.
    pub fn code(&self) -> &str {
        &self.0.code
    }

    /// The code by which the service was known when it spoke the query protocol, where it says so.
    pub fn query_code(&self) -> Option<&str> {
        self.0.query_code.as_deref()
    }

    /// What the service says.
    pub fn message(&self) -> Option<&str> {
        self.0.message.as_deref()
    }

    /// The HTTP status.
    pub fn status(&self) -> StatusCode {
        self.0.status
    }

    /// The id by which the service knows the request; its support asks for it.
    pub fn request_id(&self) -> Option<&str> {
        self.0.request_id.as_deref()
    }

    /// How long to wait before the request is sent again, where the service says so.
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.retry_after
    }

    /// Whether the same request may succeed when it is sent again.
    pub fn retry(&self) -> Option<Retry> {
        self.0.retry
    }

    /// The body as it came.
    pub fn body(&self) -> &Bytes {
        &self.0.body
    }
}

impl<E> fmt::Display for ServiceError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let code = match self.0.code.as_str() {
            "" => "an error without a code",
            code => code,
        };
        write_error(f, code, self.0.message.as_deref())?;
        write_origin(f, self.0.status, self.0.request_id.as_deref())
    }
}

impl<E: std::error::Error + 'static> std::error::Error for ServiceError<E> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.0.error)
    }
}

/// An answer that cannot be read.
#[derive(Clone, Debug)]
pub struct Unreadable {
    status: StatusCode,
    request_id: Option<String>,
    reason: String,
    body: Bytes,
}

impl Unreadable {
    pub(crate) fn of(response: &Response<Bytes>, reason: String) -> Self {
        Self {
            status: response.status(),
            request_id: request_id(response),
            reason,
            body: response.body().clone(),
        }
    }

    /// What is wrong with it.
    pub fn reason(&self) -> &str {
        &self.reason
    }

    /// The HTTP status.
    pub const fn status(&self) -> StatusCode {
        self.status
    }

    /// The id by which the service knows the request.
    pub fn request_id(&self) -> Option<&str> {
        self.request_id.as_deref()
    }

    /// The body as it came.
    pub const fn body(&self) -> &Bytes {
        &self.body
    }
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the answer cannot be read: {}", self.reason)?;
        write_origin(f, self.status, self.request_id.as_deref())
    }
}

impl std::error::Error for Unreadable {}

fn write_origin(
    f: &mut fmt::Formatter<'_>,
    status: StatusCode,
    request_id: Option<&str>,
) -> fmt::Result {
    write!(f, " (HTTP {}", status.as_u16())?;
    if let Some(request_id) = request_id {
        write!(f, ", request {request_id}")?;
    }
    f.write_str(")")
}

/// Why sending a request again may help.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Retry {
    /// It was one too many: wait longer.
    Throttling,
    /// What hindered it passes.
    Transient,
}

impl Retry {
    /// What a code says that services use though no model lists it (the SDKs' standard mode).
    fn of_code(code: &str) -> Option<Self> {
        match code {
            "BandwidthLimitExceeded"
            | "EC2ThrottledException"
            | "LimitExceededException"
            | "PriorRequestNotComplete"
            | "ProvisionedThroughputExceededException"
            | "RequestLimitExceeded"
            | "RequestThrottled"
            | "RequestThrottledException"
            | "SlowDown"
            | "ThrottledException"
            | "Throttling"
            | "ThrottlingException"
            | "TooManyRequestsException"
            | "TransactionInProgressException" => Some(Self::Throttling),
            "InternalError" | "RequestTimeout" | "RequestTimeoutException" => Some(Self::Transient),
            _ => None,
        }
    }

    /// What a status alone says.
    fn of_status(status: StatusCode) -> Option<Self> {
        match status.as_u16() {
            429 => Some(Self::Throttling),
            500 | 502 | 503 | 504 => Some(Self::Transient),
            _ => None,
        }
    }
}

#[cfg(feature = "__calls")]
impl Retry {
    /// What it says that no answer came.
    fn of_transport(kind: crate::client::transport::TransportErrorKind) -> Option<Self> {
        use crate::client::transport::TransportErrorKind as Kind;
        matches!(kind, Kind::Connect | Kind::Timeout | Kind::Closed).then_some(Self::Transient)
    }
}

/// For generated code: the enum of an operation's errors.
#[doc(hidden)]
pub trait OperationError: std::error::Error + for<'f> From<&'f Fault> {
    /// The error of a code, read from an answer.
    fn decode(fault: &Fault, from: &Incoming<'_>) -> Result<Self, String>;

    /// What the model says of sending the request again (`retryable`).
    fn retry(&self) -> Option<Retry> {
        None
    }
}

fn header<'r>(response: &'r Response<Bytes>, name: &str) -> Option<&'r str> {
    response.headers().get(name)?.to_str().ok()
}

fn request_id(response: &Response<Bytes>) -> Option<String> {
    let names = ["x-amzn-requestid", "x-amz-request-id"];
    let id = names.iter().find_map(|name| header(response, name));
    id.map(str::to_owned)
}

/// `x-amz-retry-after` in milliseconds, or `Retry-After` in seconds.
fn retry_after(response: &Response<Bytes>) -> Option<Duration> {
    let number = |name| header(response, name)?.trim().parse::<u64>().ok();
    let milliseconds = number("x-amz-retry-after").map(Duration::from_millis);
    milliseconds.or_else(|| number("retry-after").map(Duration::from_secs))
}

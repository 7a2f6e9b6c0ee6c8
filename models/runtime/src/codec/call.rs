//! An operation that can be called: its input as a request, and an answer as its output.

use bytes::Bytes;
use http::{Request, Response};

use super::{Incoming, Outgoing, token};
use crate::endpoint::{Context, Endpoint};
use crate::validate::{Validate, missing};
use crate::{Error, Operation, OperationError, OtherError, RequestError, ServiceError, Unreadable};

/// An operation of a service whose protocol is supported: nothing here sends or waits.
///
/// ```
/// # use shapewright_runtime::{Call, Error, RequestError, endpoint::Endpoint};
/// # fn call<SubmitJob: Call>(
/// #     input: SubmitJob::Input,
/// #     endpoint: Endpoint,
/// #     send: fn(http::Request<bytes::Bytes>) -> http::Response<bytes::Bytes>,
/// # ) -> Result<SubmitJob::Output, Error<SubmitJob::Error>>
/// # where
/// #     Error<SubmitJob::Error>: From<RequestError>,
/// # {
/// let request = SubmitJob::request(&input, &endpoint)?; // an `http::Request`, to be signed
/// # let response = send(request);
/// let output = SubmitJob::response(&response)?; // of an `http::Response`, read whole
/// # Ok(output)
/// # }
/// ```
pub trait Call:
    Operation<Input: Validate + Clone, Error: OperationError> + Context + Sized
{
    /// How the service speaks.
    type Protocol: Protocol;

    /// What stands before the endpoint's host, with labels (`endpoint.hostPrefix`).
    const HOST_PREFIX: Option<&'static str> = None;

    /// How its requests are signed (`auth`, `authtype`).
    const AUTH: Auth = Auth::Sigv4;

    /// The checksum that its requests must have (`httpChecksumRequired`, `httpChecksum`).
    const CHECKSUM: Option<Checksum> = None;

    /// For generated code: puts each member where it travels.
    #[doc(hidden)]
    fn encode(input: &Self::Input, to: &mut Outgoing);

    /// For generated code: takes each member from where it travels.
    #[doc(hidden)]
    fn decode(from: &Incoming<'_>) -> Result<Self::Output, String>;

    /// For generated code: the input with its idempotency token, if it lacks one.
    #[doc(hidden)]
    fn with_token(_input: &Self::Input, _token: fn() -> String) -> Option<Self::Input> {
        None
    }

    /// The request for an input, unsigned. An idempotency token that is absent is made up (not on
    /// WebAssembly without a system, where nothing is random).
    ///
    /// # Errors
    /// Required members that are missing and labels that are empty, all at once; a value that HTTP
    /// cannot carry, such as a line break in a header.
    fn request(input: &Self::Input, endpoint: &Endpoint) -> Result<Request<Bytes>, RequestError> {
        request_with::<Self>(input, endpoint, token::uuid)
    }

    /// The output that an answer holds.
    ///
    /// # Errors
    /// [`Error::Service`] if the service refused, [`Error::Unreadable`] if it cannot be told what the
    /// service says.
    fn response(response: &Response<Bytes>) -> Result<Self::Output, Error<Self::Error>> {
        let incoming = Incoming::new(response);
        let is_success = response.status().is_success();
        if !is_success || Self::Protocol::is_fault(response) {
            return Err(failure::<Self>(&incoming));
        }
        Self::decode(&incoming)
            .map_err(|reason| Error::Unreadable(Unreadable::of(response, reason)))
    }
}

/// [`Call::request`] with tokens from elsewhere.
#[doc(hidden)]
pub fn request_with<C: Call>(
    input: &C::Input,
    endpoint: &Endpoint,
    token: fn() -> String,
) -> Result<Request<Bytes>, RequestError> {
    const IS_RANDOM: bool = !cfg!(all(target_family = "wasm", target_os = "unknown"));
    let filled = IS_RANDOM.then(|| C::with_token(input, token)).flatten();
    let input = filled.as_ref().unwrap_or(input);
    let mut outgoing = Outgoing::default();
    C::encode(input, &mut outgoing);
    C::Protocol::complete::<C>(&mut outgoing);
    #[cfg(feature = "checksum")]
    outgoing.check(C::CHECKSUM);
    outgoing.finish::<C>(missing(input), endpoint)
}

fn failure<C: Call>(incoming: &Incoming<'_>) -> Error<C::Error> {
    let response = incoming.response();
    let fault = C::Protocol::fault(response);
    let status = response.status();
    if fault.code.is_empty() && !status.is_client_error() && !status.is_server_error() {
        let what = if status.is_redirection() {
            "a redirect, which is not followed"
        } else {
            "a status that is no answer"
        };
        return Error::Unreadable(Unreadable::of(response, what.to_owned()));
    }
    // Of an error that cannot be read, its code is known all the same.
    let error = C::Error::decode(&fault, incoming).unwrap_or_else(|_| (&fault).into());
    Error::Service(ServiceError::new(error, fault, response))
}

/// How the requests of an operation are signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Auth {
    /// With Signature Version 4.
    Sigv4,
    /// With Signature Version 4, which does not cover the body.
    Sigv4UnsignedPayload,
    /// Not at all.
    None,
    /// In another way, by its name in the model, which is not supported.
    Other(&'static str),
}

/// A checksum of the body that travels in a header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Checksum {
    /// `content-md5`.
    Md5,
    /// `x-amz-checksum-crc32`, and the name of the algorithm in this header, if there is one.
    Crc32 {
        /// The header that tells the algorithm.
        algorithm: Option<&'static str>,
    },
}

/// How a service speaks: what all its operations have in common on the wire.
pub trait Protocol {
    /// Adds to a request what the protocol demands of each.
    #[doc(hidden)]
    fn complete<C: Call>(to: &mut Outgoing);

    /// What an answer says of an error.
    #[doc(hidden)]
    fn fault(response: &Response<Bytes>) -> Fault;

    /// Whether an answer is an error though its status says success.
    #[doc(hidden)]
    fn is_fault(response: &Response<Bytes>) -> bool;
}

impl From<&Fault> for OtherError {
    fn from(fault: &Fault) -> Self {
        Self::new(fault.code.clone(), fault.message.clone())
    }
}

/// An error as the protocol says it, before its shape is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Fault {
    /// The code, without namespace; empty if the answer names none.
    pub code: String,
    /// The code by which the service was known when it spoke the query protocol.
    pub query_code: Option<String>,
    /// What the service says.
    pub message: Option<String>,
}

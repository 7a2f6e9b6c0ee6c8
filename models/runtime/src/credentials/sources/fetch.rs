//! The HTTP that metadata, the security token service and the single sign-on are asked by.

use std::error::Error;
use std::future::Future;
use std::pin::Pin;

use bytes::Bytes;
use http::{Request, Response, StatusCode};

use super::CredentialsError;

/// Why a request got no answer.
pub type FetchError = Box<dyn Error + Send + Sync>;

/// Sends a request, once, and gives the whole answer, whatever its status.
///
/// It bounds time and size: where there is no metadata service, nothing answers at all. A second to
/// connect and a mebibyte are plenty. It follows no redirect.
pub trait Fetch: Send + Sync {
    /// The answer to a request.
    fn fetch<'a>(
        &'a self,
        request: Request<Bytes>,
    ) -> Pin<Box<dyn Future<Output = Result<Response<Bytes>, FetchError>> + Send + 'a>>;
}

impl<F> Fetch for F
where
    F: Fn(Request<Bytes>) -> Result<Response<Bytes>, FetchError> + Send + Sync,
{
    /// What blocks.
    fn fetch<'a>(
        &'a self,
        request: Request<Bytes>,
    ) -> Pin<Box<dyn Future<Output = Result<Response<Bytes>, FetchError>> + Send + 'a>> {
        Box::pin(std::future::ready(self(request)))
    }
}

/// The body of an answer of success. What fails by the network or by the server is tried once more.
pub(super) async fn body(
    fetch: &dyn Fetch,
    place: &'static str,
    request: Result<Request<Bytes>, http::Error>,
) -> Result<Bytes, CredentialsError> {
    let request = request.map_err(|error| {
        CredentialsError::new(place, "its address cannot be written as a request").because(error)
    })?;
    let mut answer = fetch.fetch(request.clone()).await;
    if answer
        .as_ref()
        .map_or(true, |answer| answer.status().is_server_error())
    {
        answer = fetch.fetch(request).await;
    }
    let answer = answer
        .map_err(|error| CredentialsError::new(place, "it does not answer").because(error))?;
    if answer.status() == StatusCode::OK {
        return Ok(answer.into_body());
    }
    let problem = format!("it answers with the status {}", answer.status().as_u16());
    Err(CredentialsError::new(place, problem))
}

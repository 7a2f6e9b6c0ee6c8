//! Metadata services and the security token service, asked over a client's transport.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::Request;

use super::transport::Limits;
use crate::credentials::Fetch;

/// What asks for credentials over a transport. A clone of the client's own shares its connections.
#[cfg(feature = "__client")]
pub fn fetch_over<T: super::transport::Transport + 'static>(transport: T) -> Arc<dyn Fetch> {
    Arc::new(Over(transport))
}

/// What asks for credentials over a transport that blocks. It is for clients that block: another would
/// stand still meanwhile.
#[cfg(feature = "__blocking")]
pub fn fetch_over_blocking<T: super::transport::BlockingTransport + 'static>(
    transport: T,
) -> Arc<dyn Fetch> {
    Arc::new(move |request: Request<Bytes>| {
        let limits = limits(&request);
        transport.send(request, &limits).map_err(Into::into)
    })
}

#[cfg(feature = "__client")]
struct Over<T>(T);

#[cfg(feature = "__client")]
impl<T: super::transport::Transport> Fetch for Over<T> {
    fn fetch<'a>(
        &'a self,
        request: Request<Bytes>,
    ) -> std::pin::Pin<
        Box<
            dyn Future<Output = Result<http::Response<Bytes>, crate::credentials::FetchError>>
                + Send
                + 'a,
        >,
    > {
        Box::pin(async move {
            let limits = limits(&request);
            let sent = super::transport::send_within(&self.0, request, &limits).await;
            sent.map_err(Into::into)
        })
    }
}

/// Metadata is next door, where it is at all: outside of a container or an instance, nothing answers.
fn limits(request: &Request<Bytes>) -> Limits {
    let limits = Limits::default()
        .with_attempt(Duration::from_secs(10))
        .with_max_body(1 << 20);
    match request.uri().scheme_str() {
        // The security token service, which may be far away.
        Some("https") => limits,
        _ => limits.with_connect(Duration::from_secs(1)),
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use bytes::Bytes;
    use http::Request;

    use super::limits;
    use crate::client::transport::Limits;

    #[test]
    fn metadata_is_not_waited_for_as_long_as_a_service() {
        let connect = |uri| limits(&Request::get(uri).body(Bytes::new()).unwrap()).connect;
        let metadata = connect("http://169.254.169.254/latest/api/token");
        assert_eq!(metadata, Some(Duration::from_secs(1)));
        let service = connect("https://sts.eu-west-1.amazonaws.com/");
        assert_eq!(service, Limits::default().connect);
    }
}

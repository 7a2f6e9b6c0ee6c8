//! The transport on hyper and rustls, for programs that run on Tokio.

mod connection;
mod pool;
mod stream;

use std::fmt;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use bytes::Bytes;
use http::uri::Scheme;
use http::{HeaderValue, Request, Response, Uri, Version, header};
use rustls::{ClientConfig, RootCertStore};

use self::connection::{Connection, NoAnswer};
use self::pool::{Origin, Pool};
use self::stream::Stream;
use super::{Limits, Transport, TransportError, TransportErrorKind, within};

/// Sends requests over HTTP/1.1 with hyper, and over TLS with rustls.
///
/// It must be used within a Tokio runtime whose I/O and time are enabled. It starts no task: a connection
/// works while its request is awaited, and closes if that is dropped. Up to 32 connections wait for the
/// next request for up to 20 seconds. Clones share them.
///
/// It connects to the host that the request names, and to no proxy, whatever the environment says. A
/// transport of your own, or [`TowerTransport`](super::TowerTransport), can do otherwise.
#[derive(Clone, Default)]
pub struct HyperTransport {
    pool: Arc<Pool>,
    tls: Arc<OnceLock<Arc<ClientConfig>>>,
}

impl HyperTransport {
    /// A transport that trusts whom the operating system trusts.
    ///
    /// The certificates are read when the first connection with TLS is made.
    pub fn new() -> Self {
        Self::default()
    }

    /// A transport with a TLS configuration of your own, for other roots or a client certificate.
    pub fn with_tls(configuration: Arc<ClientConfig>) -> Self {
        Self {
            tls: Arc::new(OnceLock::from(configuration)),
            ..Self::default()
        }
    }

    /// A connection that waits for a request, and is open as far as is known.
    async fn waiting(&self, origin: &Origin) -> Option<Connection> {
        loop {
            let mut connection = self.pool.take(origin)?;
            if connection.is_open().await {
                return Some(connection);
            }
        }
    }

    async fn connect(
        &self,
        origin: &Origin,
        uri: &Uri,
        limits: &Limits,
    ) -> Result<Connection, TransportError> {
        let connecting = async {
            let tls = origin.secure().then(|| self.tls.get_or_init(system_tls));
            let stream = Stream::connect(origin, tls).await.map_err(|error| {
                let kind = match super::error::kind_of_io(&error) {
                    tls @ TransportErrorKind::Tls => tls,
                    _ => TransportErrorKind::Connect,
                };
                TransportError::new(kind, uri)
                    .with_source(error)
                    .before_sending()
            })?;
            Connection::over(stream)
                .await
                .map_err(|error| connection::error(error, uri).before_sending())
        };
        match limits.connect {
            None => connecting.await,
            Some(limit) => within(connecting, self.sleep(limit))
                .await
                .unwrap_or_else(|| {
                    Err(TransportError::new(TransportErrorKind::Timeout, uri).before_sending())
                }),
        }
    }
}

impl Transport for HyperTransport {
    async fn send(
        &self,
        request: Request<Bytes>,
        limits: &Limits,
    ) -> Result<Response<Bytes>, TransportError> {
        let uri = request.uri().clone();
        let cannot_send = |why: &str| {
            TransportError::new(TransportErrorKind::Other, &uri)
                .with_source(why)
                .before_sending()
        };
        let origin = Origin::of(&uri)
            .ok_or_else(|| cannot_send("the URI needs a host and the scheme http or https"))?;
        // Without it, what Tokio does about sockets would panic.
        if tokio::runtime::Handle::try_current().is_err() {
            return Err(cannot_send(
                "HyperTransport must be used within a Tokio runtime",
            ));
        }
        let mut request = in_origin_form(request, &origin)
            .ok_or_else(|| cannot_send("the URI's host is no header value"))?;

        loop {
            let waiting = self.waiting(&origin).await;
            let used_before = waiting.is_some();
            let mut connection = match waiting {
                Some(connection) => connection,
                None => self.connect(&origin, &uri, limits).await?,
            };
            match connection.send(request, limits.max_body, &uri).await {
                Ok(answer) => {
                    self.pool.put(origin, connection);
                    return Ok(answer);
                }
                // The peer closed it just now, and saw nothing of the request.
                Err(NoAnswer::Unsent(unsent)) if used_before => request = *unsent,
                Err(NoAnswer::Unsent(_)) => {
                    let error = TransportError::new(TransportErrorKind::Closed, &uri);
                    return Err(error.before_sending());
                }
                Err(NoAnswer::Failed(error)) => return Err(error),
            }
        }
    }

    async fn sleep(&self, duration: Duration) {
        tokio::time::sleep(duration).await;
    }
}

impl fmt::Debug for HyperTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HyperTransport").finish_non_exhaustive()
    }
}

/// TLS that trusts whom the operating system trusts.
fn system_tls() -> Arc<ClientConfig> {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(super::roots::system_roots().iter().cloned());
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let configuration = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("ring knows the versions that rustls knows")
        .with_root_certificates(roots)
        .with_no_client_auth();
    Arc::new(configuration)
}

/// The request as it goes to the peer itself: the path alone, and the host as a header.
fn in_origin_form(mut request: Request<Bytes>, origin: &Origin) -> Option<Request<Bytes>> {
    if !request.headers().contains_key(header::HOST) {
        let host = HeaderValue::try_from(origin.authority()).ok()?;
        request.headers_mut().insert(header::HOST, host);
    }
    super::body::state_empty(&mut request);
    let path = request.uri().path_and_query().cloned();
    *request.uri_mut() = path.map_or_else(|| Uri::from_static("/"), Uri::from);
    *request.version_mut() = Version::HTTP_11;
    Some(request)
}

impl Origin {
    /// The origin of an absolute URI.
    fn of(uri: &Uri) -> Option<Self> {
        let secure = match uri.scheme() {
            Some(scheme) if *scheme == Scheme::HTTPS => true,
            Some(scheme) if *scheme == Scheme::HTTP => false,
            _ => return None,
        };
        let host = uri.host().filter(|host| !host.is_empty())?;
        Some(Self::new(secure, host, uri.port_u16()))
    }
}

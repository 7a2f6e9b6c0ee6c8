//! The transport on ureq and rustls, for programs without an async runtime.

use std::io::Read;
use std::sync::{Arc, OnceLock};

use bytes::Bytes;
use http::{Request, Response, Uri};
use ureq::tls::{Certificate, RootCerts, TlsConfig};
use ureq::{Agent, AsSendBody};

use super::{
    BlockingTransport, IDLE, Limits, MAX_HEAD, MAX_IDLE, TransportError, TransportErrorKind,
};

/// Sends requests over HTTP/1.1 with ureq, and over TLS with rustls.
///
/// Up to 32 connections wait for the next request for up to 20 seconds. Clones share them.
///
/// It connects to the host that the request names, and to no proxy, whatever the environment says, unless
/// it is made [of an agent](UreqTransport::with_agent) that does.
///
/// Where another crate of the program switches on ureq's features `cookies` or `gzip`, they hold here too.
#[derive(Clone, Debug, Default)]
pub struct UreqTransport {
    agent: Arc<OnceLock<Agent>>,
}

impl UreqTransport {
    /// A transport that trusts whom the operating system trusts.
    ///
    /// The certificates are read when the first request is sent.
    pub fn new() -> Self {
        Self::default()
    }

    /// A transport of an agent of your own, for a proxy, other roots or a client certificate.
    ///
    /// ureq's default configuration takes the proxy that the environment names. Whatever the agent says
    /// of redirects, of statuses as errors and of the limits does not hold: this transport's ways do.
    pub fn with_agent(agent: Agent) -> Self {
        Self {
            agent: Arc::new(OnceLock::from(agent)),
        }
    }

    fn perform(
        &self,
        request: Request<impl AsSendBody>,
        limits: &Limits,
    ) -> Result<Response<Bytes>, ureq::Error> {
        let agent = self.agent.get_or_init(agent);
        let request = agent
            .configure_request(request)
            .http_status_as_error(false)
            .max_redirects(0)
            .accept("")
            .accept_encoding("")
            .max_response_header_size(MAX_HEAD)
            .allow_non_standard_methods(true)
            .timeout_global(limits.attempt)
            .timeout_resolve(limits.connect)
            .timeout_connect(limits.connect)
            .build();
        let (head, mut body) = agent.run(request)?.into_parts();
        let max = limits.max_body as u64;
        if body.content_length().is_some_and(|length| length > max) {
            return Err(ureq::Error::BodyExceedsLimit(max));
        }
        // One byte more tells a body that ends at the bound from one that goes on.
        let mut whole = Vec::new();
        body.as_reader()
            .take(max.saturating_add(1))
            .read_to_end(&mut whole)?;
        if whole.len() > limits.max_body {
            return Err(ureq::Error::BodyExceedsLimit(max));
        }
        Ok(Response::from_parts(head, whole.into()))
    }
}

impl BlockingTransport for UreqTransport {
    fn send(
        &self,
        request: Request<Bytes>,
        limits: &Limits,
    ) -> Result<Response<Bytes>, TransportError> {
        let uri = request.uri().clone();
        let (head, body) = request.into_parts();
        // ureq states a length for every body, and some peers refuse a GET that states one.
        let answer = if body.is_empty() && !super::states_length(&head.method) {
            self.perform(Request::from_parts(head, ()), limits)
        } else {
            self.perform(Request::from_parts(head, &body[..]), limits)
        };
        answer.map_err(|error| self::error(error, &uri))
    }
}

/// An agent that trusts whom the operating system trusts.
fn agent() -> Agent {
    let roots = super::roots::system_roots();
    let roots: Vec<_> = roots
        .iter()
        .map(|root| Certificate::from_der(root))
        .collect();
    let tls = TlsConfig::builder()
        .root_certs(RootCerts::Specific(Arc::new(roots)))
        .unversioned_rustls_crypto_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .build();
    Agent::config_builder()
        .proxy(None)
        .user_agent("")
        .tls_config(tls)
        .max_idle_connections(MAX_IDLE)
        .max_idle_connections_per_host(MAX_IDLE)
        .max_idle_age(IDLE)
        .build()
        .into()
}

/// What ureq says went wrong, in our terms.
fn error(error: ureq::Error, uri: &Uri) -> TransportError {
    use TransportErrorKind as Kind;
    let kind = match &error {
        ureq::Error::Timeout(ureq::Timeout::Resolve | ureq::Timeout::Connect) => {
            return TransportError::new(Kind::Timeout, uri)
                .with_source(error)
                .before_sending();
        }
        // These two repeat the URI, whose query may hold secrets.
        ureq::Error::BadUri(_) | ureq::Error::RequireHttpsOnly(_) => {
            return TransportError::new(Kind::Other, uri)
                .with_source("the URI needs a host and a scheme that the agent allows")
                .before_sending();
        }
        ureq::Error::Timeout(_) => Kind::Timeout,
        ureq::Error::HostNotFound | ureq::Error::ConnectionFailed => Kind::Connect,
        ureq::Error::Tls(_) | ureq::Error::Pem(_) | ureq::Error::Rustls(_) => Kind::Tls,
        ureq::Error::BodyExceedsLimit(_) => Kind::TooLarge,
        ureq::Error::LargeResponseHeader(..) | ureq::Error::Protocol(_) => Kind::Invalid,
        ureq::Error::Io(error) => super::error::kind_of_io(error),
        _ => Kind::Other,
    };
    // Of TLS, only certificates are sure to be looked at before anything is sent.
    let unsent = matches!(
        tls_error(&error),
        Some(rustls::Error::InvalidCertificate(_))
    );
    let told = TransportError::new(kind, uri).with_source(error);
    if unsent { told.before_sending() } else { told }
}

fn tls_error(error: &ureq::Error) -> Option<&rustls::Error> {
    match error {
        ureq::Error::Rustls(error) => Some(error),
        ureq::Error::Io(error) => super::error::tls_error(error),
        _ => None,
    }
}

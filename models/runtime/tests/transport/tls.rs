//! Whom TLS trusts. The certificate in this folder is for `localhost`, and signed by itself.

use std::io::{BufReader, Read, Write};
use std::sync::Arc;
use std::time::Duration;

use rustls::crypto::ring::default_provider;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ClientConfig, RootCertStore, ServerConfig, ServerConnection, StreamOwned};
use shapewright_runtime::client::transport::{
    HyperTransport, Limits, TransportErrorKind, UreqTransport,
};
use ureq::Agent;
use ureq::tls::{Certificate, RootCerts, TlsConfig};

use crate::peer::{Peer, read_request};
use crate::transports::Subject;

const CERTIFICATE: &[u8] = include_bytes!("localhost.pem");
const KEY: &[u8] = include_bytes!("localhost.key.pem");

fn certificate() -> CertificateDer<'static> {
    CertificateDer::from_pem_slice(CERTIFICATE).expect("a certificate")
}

/// A peer with that certificate.
fn peer() -> Peer {
    let key = PrivateKeyDer::from_pem_slice(KEY).expect("a key");
    let configuration = ServerConfig::builder_with_provider(Arc::new(default_provider()))
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_no_client_auth()
        .with_single_cert(vec![certificate()], key)
        .expect("a key of that certificate");
    let configuration = Arc::new(configuration);
    Peer::serving(move |stream| {
        let connection = ServerConnection::new(Arc::clone(&configuration)).expect("a connection");
        let mut stream = BufReader::new(StreamOwned::new(connection, stream));
        let mut requests = 0;
        while read_request(&mut stream).is_some() {
            requests += 1;
            let answer = b"HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhello";
            stream.get_mut().write_all(answer).ok();
        }
        requests
    })
}

/// The transports that trust that certificate.
fn trusting() -> [Subject; 2] {
    let mut roots = RootCertStore::empty();
    roots.add(certificate()).expect("a root");
    let hyper = ClientConfig::builder_with_provider(Arc::new(default_provider()))
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_root_certificates(roots)
        .with_no_client_auth();
    let root = Certificate::from_der(&certificate()).to_owned();
    let ureq = TlsConfig::builder()
        .root_certs(RootCerts::new_with_certs(&[root]))
        .unversioned_rustls_crypto_provider(Arc::new(default_provider()))
        .build();
    let agent: Agent = Agent::config_builder()
        .proxy(None)
        .tls_config(ureq)
        .build()
        .into();
    [
        Subject::of_async("hyper", HyperTransport::with_tls(Arc::new(hyper))),
        Subject::of_blocking("ureq", UreqTransport::with_agent(agent)),
    ]
}

#[test]
fn a_peer_whose_issuer_nobody_trusts_gets_no_request() {
    for transport in [
        Subject::of_async("hyper", HyperTransport::new()),
        Subject::of_blocking("ureq", UreqTransport::new()),
    ] {
        let peer = peer();
        let uri = format!("https://localhost:{}/", peer.address().port());
        let error = transport.get(&uri, &Limits::default()).unwrap_err();
        assert_eq!(error.kind(), TransportErrorKind::Tls, "{error:?}");
        assert!(!error.may_have_arrived());
        assert_eq!(peer.closed(), 0);
    }
}

#[test]
fn a_peer_that_never_answers_in_tls_is_given_up_before_anything_is_sent() {
    let limits = Limits::default().with_connect(Duration::from_millis(200));
    for transport in trusting() {
        let peer = Peer::serving(|mut stream| {
            stream.read_to_end(&mut Vec::new()).ok();
            0
        });
        let uri = format!("https://localhost:{}/", peer.address().port());
        let error = transport.get(&uri, &limits).unwrap_err();
        assert_eq!(error.kind(), TransportErrorKind::Timeout, "{error:?}");
        assert!(!error.may_have_arrived(), "{error:?}");
        peer.closed();
    }
}

#[test]
fn a_trusted_peer_is_asked_over_one_connection_under_its_own_name_only() {
    for transport in trusting() {
        let peer = peer();
        let port = peer.address().port();
        for _ in 0..3 {
            let answer = transport
                .get(&format!("https://localhost:{port}/"), &Limits::default())
                .expect(transport.name);
            assert_eq!(answer.body(), "hello");
        }
        let error = transport
            .get(&format!("https://127.0.0.1:{port}/"), &Limits::default())
            .unwrap_err();
        assert_eq!(error.kind(), TransportErrorKind::Tls, "{error:?}");
        assert_eq!(peer.closed(), 0);
        drop(transport);
        assert_eq!(peer.closed(), 3);
    }
}

//! Which connections are used again, and what goes over them.

use std::io::{BufReader, Write};
use std::net::TcpListener;
use std::sync::mpsc::channel;
use std::time::Duration;

use bytes::Bytes;
use http::Request;
use shapewright_runtime::client::transport::{Limits, TransportErrorKind};

use crate::peer::{Peer, Then, read_request};
use crate::transports::transports;

const WHOLE: &str = "HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhello";

#[test]
fn a_connection_serves_one_request_after_the_other() {
    for transport in transports() {
        let peer = Peer::answering(WHOLE, Then::Serve);
        for _ in 0..5 {
            transport.get(&peer.uri("/"), &Limits::default()).unwrap();
        }
        assert!(!peer.has_closed());
        drop(transport);
        assert_eq!(peer.closed(), 5 * WHOLE.len() as u64);
    }
}

#[test]
fn a_connection_that_the_peer_closed_meanwhile_is_not_used() {
    for transport in transports() {
        let peer = Peer::answering(WHOLE, Then::Close);
        for _ in 0..5 {
            match transport.get(&peer.uri("/"), &Limits::default()) {
                Ok(_) => assert_eq!(peer.closed(), WHOLE.len() as u64),
                // A service may learn of it too late, and then says so.
                Err(error) => {
                    assert!(transport.is_a_service());
                    assert_eq!(error.kind(), TransportErrorKind::Closed);
                }
            }
        }
    }
}

#[test]
fn a_connection_whose_answer_was_not_read_is_not_used_again() {
    let part = "HTTP/1.1 200 OK\r\ncontent-length: 50\r\n\r\nhello";
    for transport in transports() {
        let peer = Peer::answering(part, Then::Serve);
        let limits = Limits::default().with_max_body(4);
        for _ in 0..3 {
            let error = transport.get(&peer.uri("/"), &limits).unwrap_err();
            assert_eq!(error.kind(), TransportErrorKind::TooLarge);
        }
        drop(transport);
        for _ in 0..3 {
            assert_eq!(peer.closed(), part.len() as u64);
        }
    }
}

#[test]
fn what_a_peer_sends_beyond_its_answer_is_not_the_next_answer() {
    for transport in transports() {
        let peer = Peer::answering(
            format!("{WHOLE}{}", WHOLE.replace("hello", "bello")),
            Then::Serve,
        );
        for _ in 0..5 {
            match transport.get(&peer.uri("/"), &Limits::default()) {
                Ok(answer) => assert_eq!(answer.body(), "hello", "{}", transport.name),
                Err(error) => assert!(transport.is_a_service(), "{error:?}"),
            }
        }
    }
}

#[test]
fn a_request_that_is_given_up_closes_its_connection() {
    // A service may do that later.
    for transport in transports()
        .iter()
        .filter(|transport| !transport.is_a_service())
    {
        let peer = Peer::answering("HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhe", Then::Hold);
        let limits = Limits::default().with_attempt(Duration::from_millis(200));
        let error = transport.get(&peer.uri("/"), &limits).unwrap_err();
        assert_eq!(error.kind(), TransportErrorKind::Timeout);
        peer.closed();
    }
}

#[test]
fn what_is_sent_is_the_request_and_no_more() {
    let with_body = "content-length: 2\r\n\r\n{}";
    for (method, body, end) in [
        ("GET", "", "\r\n"),
        ("POST", "{}", with_body),
        ("POST", "", "content-length: 0\r\n\r\n"),
        ("DELETE", "{}", with_body),
        ("GET", "{}", with_body),
    ] {
        for transport in transports() {
            let (tell, told) = channel();
            let peer = Peer::serving(move |mut stream| {
                let request = read_request(&mut BufReader::new(&stream)).expect("a request");
                stream
                    .write_all(WHOLE.as_bytes())
                    .expect("an open connection");
                tell.send(request).expect("the test waits");
                0
            });
            let request = Request::builder()
                .method(method)
                .uri(peer.uri("/a%2Fb/c?d=e%20f&g"))
                .header("user-agent", "test")
                .body(Bytes::from(body))
                .unwrap();
            transport.send(request, &Limits::default()).unwrap();
            let host = format!("host: {}\r\n", peer.address());
            let request = told.recv().unwrap().to_ascii_lowercase();
            let first = format!(
                "{} /a%2fb/c?d=e%20f&g http/1.1\r\n",
                method.to_ascii_lowercase()
            );
            let rest = request.strip_prefix(&first).expect(&request);
            let mut lines: Vec<_> = rest.split_inclusive("\r\n").collect();
            lines.sort_unstable();
            let expected = format!("{host}user-agent: test\r\n{end}");
            let mut wanted: Vec<_> = expected.split_inclusive("\r\n").collect();
            wanted.sort_unstable();
            assert_eq!(lines, wanted, "{} {method}", transport.name);
        }
    }
}

#[test]
fn a_peer_that_does_not_listen_is_no_connection_and_got_nothing() {
    let address = {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        listener.local_addr().unwrap()
    };
    for transport in transports() {
        let error = transport
            .get(&format!("http://{address}/"), &Limits::default())
            .unwrap_err();
        assert_eq!(
            error.kind(),
            TransportErrorKind::Connect,
            "{}",
            transport.name
        );
        assert_eq!(error.to_string(), format!("cannot connect to {address}"));
        assert!(!error.may_have_arrived());
    }
}

#[test]
fn a_uri_that_leads_nowhere_is_an_error() {
    for transport in transports() {
        for uri in ["/path?secret=s3cr3t", "ftp://127.0.0.1/path?secret=s3cr3t"] {
            let error = transport.get(uri, &Limits::default()).unwrap_err();
            assert!(!format!("{error:?}").contains("s3cr3t"), "{error:?}");
        }
    }
}

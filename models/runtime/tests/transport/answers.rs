//! What becomes of each kind of answer, the same with every transport.

use std::time::Duration;

use bytes::Bytes;
use http::{Method, Request};
use shapewright_runtime::client::transport::{Limits, TransportErrorKind as Kind};

use crate::peer::{Peer, Then};
use crate::transports::transports;

/// What is expected: a status and a body, or an error of one of these kinds.
#[derive(Clone, Copy)]
enum Expected {
    Answer(u16, &'static str),
    Error(&'static [Kind]),
}

use Expected::{Answer, Error};
use Then::{Close, Hold, Repeat, Reset, Serve};

const MAX_BODY: usize = 10;

const CASES: &[(&str, &str, Then, Expected)] = &[
    (
        "whole",
        "HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhello",
        Serve,
        Answer(200, "hello"),
    ),
    (
        "chunked",
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n",
        Serve,
        Answer(200, "hello"),
    ),
    (
        "until closed",
        "HTTP/1.0 200 OK\r\n\r\nhello",
        Close,
        Answer(200, "hello"),
    ),
    (
        "failed",
        "HTTP/1.1 503 No\r\ncontent-length: 2\r\n\r\nno",
        Serve,
        Answer(503, "no"),
    ),
    (
        "refused",
        "HTTP/1.1 403 No\r\ncontent-type: text/html\r\ncontent-length: 2\r\n\r\nno",
        Serve,
        Answer(403, "no"),
    ),
    (
        "redirect",
        "HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 4\r\n\r\nmore",
        Serve,
        Answer(302, "more"),
    ),
    (
        "redirect without place",
        "HTTP/1.1 307 Go\r\ncontent-length: 0\r\n\r\n",
        Serve,
        Answer(307, ""),
    ),
    (
        "after 100",
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhello",
        Serve,
        Answer(200, "hello"),
    ),
    (
        "no content",
        "HTTP/1.1 204 No Content\r\n\r\n",
        Serve,
        Answer(204, ""),
    ),
    (
        "not modified",
        "HTTP/1.1 304 Not Modified\r\ncontent-length: 5\r\n\r\n",
        Serve,
        Answer(304, ""),
    ),
    (
        "packed",
        "HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: 5\r\n\r\nhello",
        Serve,
        Answer(200, "hello"),
    ),
    (
        "length twice",
        "HTTP/1.1 200 OK\r\ncontent-length: 5\r\ncontent-length: 5\r\n\r\nhello",
        Serve,
        Answer(200, "hello"),
    ),
    (
        "as long as allowed",
        "HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n0123456789",
        Serve,
        Answer(200, "0123456789"),
    ),
    (
        "as long as allowed, until closed",
        "HTTP/1.1 200 OK\r\n\r\n0123456789",
        Close,
        Answer(200, "0123456789"),
    ),
    (
        "too long by its length",
        "HTTP/1.1 200 OK\r\ncontent-length: 11\r\n\r\n01234567890",
        Hold,
        Error(&[Kind::TooLarge]),
    ),
    (
        "too long in chunks",
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n8\r\n01234567\r\n3\r\n890\r\n",
        Hold,
        Error(&[Kind::TooLarge]),
    ),
    (
        "long beyond numbers",
        "HTTP/1.1 200 OK\r\ncontent-length: 18446744073709551000\r\n\r\n",
        Hold,
        Error(&[Kind::TooLarge, Kind::Invalid]),
    ),
    (
        "endless",
        "HTTP/1.1 200 OK\r\n\r\n",
        Repeat(b"0123456789"),
        Error(&[Kind::TooLarge]),
    ),
    (
        "endless in chunks",
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n",
        Repeat(b"1\r\n0\r\n"),
        Error(&[Kind::TooLarge]),
    ),
    (
        "endless headers",
        "HTTP/1.1 200 OK\r\n",
        Repeat(b"header: value\r\n"),
        Error(&[Kind::Invalid]),
    ),
    (
        "one endless header",
        "HTTP/1.1 200 OK\r\nheader: ",
        Repeat(b"0123456789"),
        Error(&[Kind::Invalid]),
    ),
    (
        "endless 100",
        "",
        Repeat(b"HTTP/1.1 100 Continue\r\n\r\n"),
        Error(&[Kind::Timeout, Kind::Invalid]),
    ),
    ("nothing", "", Hold, Error(&[Kind::Timeout])),
    (
        "half a head, then nothing",
        "HTTP/1.1 200 OK\r\ncontent-le",
        Hold,
        Error(&[Kind::Timeout]),
    ),
    (
        "half a body, then nothing",
        "HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhe",
        Hold,
        Error(&[Kind::Timeout]),
    ),
    ("closed before", "", Close, Error(&[Kind::Closed])),
    (
        "closed in the head",
        "HTTP/1.1 200 OK\r\ncontent-le",
        Close,
        Error(&[Kind::Closed]),
    ),
    (
        "closed in the body",
        "HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhe",
        Close,
        Error(&[Kind::Closed]),
    ),
    (
        "closed in a chunk",
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhe",
        Close,
        Error(&[Kind::Closed]),
    ),
    (
        "closed between chunks",
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\n",
        Close,
        Error(&[Kind::Closed]),
    ),
    ("reset before", "", Reset, Error(&[Kind::Closed])),
    (
        "reset in the body",
        "HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhe",
        Reset,
        Error(&[Kind::Closed]),
    ),
    (
        "other protocol",
        "SSH-2.0-server\r\n",
        Hold,
        Error(&[Kind::Invalid]),
    ),
    (
        "bytes",
        "\u{15}\u{3}\u{1}\0\u{2}\u{2}\n",
        Hold,
        Error(&[Kind::Invalid]),
    ),
    (
        "no status",
        "HTTP/1.1 yes OK\r\n\r\n",
        Hold,
        Error(&[Kind::Invalid]),
    ),
    (
        "no header",
        "HTTP/1.1 200 OK\r\n no header\r\n\r\n",
        Hold,
        Error(&[Kind::Invalid]),
    ),
    (
        "two lengths",
        "HTTP/1.1 200 OK\r\ncontent-length: 5\r\ncontent-length: 4\r\n\r\nhello",
        Hold,
        Error(&[Kind::Invalid]),
    ),
    (
        "no length",
        "HTTP/1.1 200 OK\r\ncontent-length: -5\r\n\r\nhello",
        Hold,
        Error(&[Kind::Invalid]),
    ),
    (
        "no chunk",
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nnonsense\r\n",
        Hold,
        Error(&[Kind::Invalid]),
    ),
    (
        "huge chunk",
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nfffffffffffffffff\r\n",
        Hold,
        Error(&[Kind::Invalid]),
    ),
    (
        "chunk without end",
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nhello\r\n",
        Hold,
        Error(&[Kind::Invalid]),
    ),
];

#[test]
fn each_answer_is_given_back_whole_or_is_an_error_of_its_kind() {
    let mut failures = Vec::new();
    for &(name, answer, then, expected) in CASES {
        // What is to time out does so soon; nothing else comes near its limit.
        let patience = match expected {
            Error(kinds) if kinds.contains(&Kind::Timeout) => Duration::from_millis(200),
            _ => Duration::from_secs(60),
        };
        let limits = Limits::default()
            .with_attempt(patience)
            .with_max_body(MAX_BODY);
        for transport in transports() {
            let peer = Peer::answering(answer, then);
            let got = transport.get(&peer.uri("/path?secret=s3cr3t"), &limits);
            let fits = match (&got, expected) {
                (Ok(got), Answer(status, body)) => got.status() == status && got.body() == body,
                (Err(got), Error(kinds)) => {
                    kinds.contains(&got.kind())
                        && got.may_have_arrived()
                        && got.to_string().contains(&peer.address().to_string())
                        && !format!("{got:?}").contains("s3cr3t")
                }
                _ => false,
            };
            if !fits {
                failures.push(format!("{}, {name}: {got:?}", transport.name));
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn little_is_taken_from_a_peer_that_sends_without_end() {
    for transport in transports() {
        let peer = Peer::answering("HTTP/1.1 200 OK\r\n\r\n", Repeat(b"0123456789"));
        let limits = Limits::default().with_max_body(100_000);
        let error = transport
            .get(&peer.uri("/"), &limits)
            .expect_err(transport.name);
        assert_eq!(error.kind(), Kind::TooLarge, "{}", transport.name);
        drop(transport);
        // Most of it is what the operating system took for a connection that is closed now.
        assert!(peer.closed() < 32 << 20);
    }
}

#[test]
fn an_answer_to_head_has_no_body() {
    for transport in transports() {
        let peer = Peer::answering("HTTP/1.1 200 OK\r\ncontent-length: 5000\r\n\r\n", Serve);
        let limits = Limits::default().with_max_body(MAX_BODY);
        for _ in 0..2 {
            let head = Request::builder().method(Method::HEAD).uri(peer.uri("/"));
            let answer = transport
                .send(head.body(Bytes::new()).unwrap(), &limits)
                .unwrap();
            assert_eq!(answer.headers()["content-length"], "5000");
            assert!(answer.body().is_empty());
        }
    }
}

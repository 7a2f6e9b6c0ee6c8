//! What becomes of each kind of answer: an output, or an error that says what it is.

use std::time::Duration;

use shapewright_batch::runtime::Error;
use shapewright_batch::runtime::client::transport::{Limits, TransportErrorKind as Kind};

use crate::clients::{Outcome, builder, clients};
use crate::peer::{Peer, Then};

/// What is expected of a call.
#[derive(Clone, Copy, Debug)]
enum Expected {
    /// An output with so many jobs.
    Jobs(usize),
    /// The service refuses: with this status and code.
    Refused(u16, &'static str),
    /// An answer of this status says nothing.
    Unreadable(u16),
    /// No answer.
    Failed(Kind),
}

use Expected::{Failed, Jobs, Refused, Unreadable};
use Then::{Close, Hold, Repeat, Reset, Serve};

const MAX_BODY: usize = 1 << 20;

fn fits(outcome: &Outcome, expected: Expected) -> bool {
    match (outcome, expected) {
        (Ok(output), Jobs(count)) => output.jobs().len() == count,
        (Err(Error::Service(error)), Refused(status, code)) => {
            error.status().as_u16() == status && error.code() == code
        }
        (Err(Error::Unreadable(error)), Unreadable(status)) => error.status().as_u16() == status,
        (Err(Error::Transport(error)), Failed(kind)) => error.kind() == kind,
        _ => false,
    }
}

/// An answer in order, with a body that may be none.
fn answer(status: &str, headers: &str, body: impl AsRef<[u8]>) -> Vec<u8> {
    let body = body.as_ref();
    let length = body.len();
    let head = format!("HTTP/1.1 {status}\r\ncontent-length: {length}\r\n{headers}\r\n");
    [head.as_bytes(), body].concat()
}

fn ok(body: impl AsRef<[u8]>) -> Vec<u8> {
    answer("200 OK", "content-type: application/json\r\n", body)
}

fn refused(status: &str, body: impl AsRef<[u8]>) -> Vec<u8> {
    answer(status, "x-amzn-requestid: a-request\r\n", body)
}

fn nested(before: &str, opening: &str, closing: &str, after: &str) -> String {
    const LEVELS: usize = 100_000;
    [
        before,
        &opening.repeat(LEVELS),
        &closing.repeat(LEVELS),
        after,
    ]
    .concat()
}

fn check(cases: Vec<(&str, Vec<u8>, Then, Expected)>) {
    let mut failures = Vec::new();
    for (name, answer, then, expected) in cases {
        // What is to time out does so soon; nothing else comes near its limit.
        let patience = match expected {
            Failed(Kind::Timeout) => Duration::from_millis(200),
            _ => Duration::from_secs(60),
        };
        let limits = Limits::default()
            .with_attempt(patience)
            .with_max_body(MAX_BODY);
        let peer = Peer::answering(answer, then);
        for client in clients(&builder(peer.uri("")).limits(limits)) {
            let outcome = client.describe_jobs();
            let told = format!("{outcome:?}").replace(char::is_control, "?");
            if !fits(&outcome, expected) || told.contains("s3cr3t") {
                let told: String = told.chars().take(400).collect();
                failures.push(format!("{}, {name}: {told}", client.name));
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn an_answer_that_does_not_come_whole_is_an_error_of_the_transport() {
    let head = "HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{\"jobs\": [";
    let endless = "HTTP/1.1 200 OK\r\n\r\n{\"jobs\": [";
    check(vec![
        ("truncated", head.into(), Close, Failed(Kind::Closed)),
        ("closed at once", Vec::new(), Close, Failed(Kind::Closed)),
        ("reset at once", Vec::new(), Reset, Failed(Kind::Closed)),
        (
            "reset in the body",
            head.into(),
            Reset,
            Failed(Kind::Closed),
        ),
        ("silent", Vec::new(), Hold, Failed(Kind::Timeout)),
        (
            "silent in the body",
            head.into(),
            Hold,
            Failed(Kind::Timeout),
        ),
        (
            "endless",
            endless.into(),
            Repeat(b"{},"),
            Failed(Kind::TooLarge),
        ),
        (
            "no HTTP",
            b"SSH-2.0-peer\r\n".into(),
            Close,
            Failed(Kind::Invalid),
        ),
    ]);
}

#[test]
fn an_answer_of_success_that_is_no_output_is_unreadable() {
    let unreadable = |body: &str| (ok(body), Unreadable(200));
    let html = "<!DOCTYPE html><title>Sign in</title>";
    let number = |number: &str| unreadable(&format!(r#"{{"jobs": [{{"startedAt": {number}}}]}}"#));
    let cases = [
        (
            "HTML",
            (
                answer("200 OK", "content-type: text/html\r\n", html),
                Unreadable(200),
            ),
        ),
        (
            "half of the JSON",
            unreadable(r#"{"jobs": [{"jobName": "a"#),
        ),
        ("JSON and more", unreadable("{} {}")),
        ("a list", unreadable("[]")),
        ("a text for a list", unreadable(r#"{"jobs": "none"}"#)),
        ("a list for a job", unreadable(r#"{"jobs": [[]]}"#)),
        ("a number beyond floats", number("1e999")),
        ("a number beyond integers", number("99999999999999999999")),
        ("a number of 10,000 digits", number(&"9".repeat(10_000))),
        ("half a moment", number("0.5")),
        (
            "half of a surrogate pair",
            unreadable(r#"{"jobs": [{"jobName": "\ud800"}]}"#),
        ),
        (
            "bytes that are no text",
            (
                ok(b"{\"jobs\": [{\"jobName\": \"\xff\xfe\"}]}"),
                Unreadable(200),
            ),
        ),
        (
            "deep within a member",
            (ok(nested(r#"{"jobs": "#, "[", "]", "}")), Unreadable(200)),
        ),
        (
            "deep, and never closed",
            (ok("[".repeat(100_000)), Unreadable(200)),
        ),
        (
            "deep objects",
            (
                ok(nested(
                    r#"{"jobs": [{"container": "#,
                    r#"{"a":"#,
                    "}",
                    "}]}",
                )),
                Unreadable(200),
            ),
        ),
    ];
    let cases = cases.into_iter();
    check(
        cases
            .map(|(name, (answer, expected))| (name, answer, Serve, expected))
            .collect(),
    );
}

#[test]
fn what_says_less_or_more_than_expected_is_an_output_all_the_same() {
    let job = r#"{"jobs": [{"jobName": "a", "startedAt": null, "tomorrow": {"er": [1e999]}}]}"#;
    let as_html = answer("200 OK", "content-type: text/html\r\n", job);
    check(vec![
        ("nothing", ok(""), Serve, Jobs(0)),
        (
            "no content",
            b"HTTP/1.1 204 No Content\r\n\r\n".into(),
            Serve,
            Jobs(0),
        ),
        ("null", ok("null"), Serve, Jobs(0)),
        ("null for a list", ok(r#"{"jobs": null}"#), Serve, Jobs(0)),
        (
            "null for a job",
            ok(r#"{"jobs": [null, {}, null]}"#),
            Serve,
            Jobs(1),
        ),
        ("another content type", as_html, Serve, Jobs(1)),
        // Nobody recurses into what is only passed over.
        (
            "deep beside",
            ok(nested(r#"{"tomorrow": "#, "[", "]", "}")),
            Serve,
            Jobs(0),
        ),
    ]);
}

#[test]
fn an_answer_that_says_it_is_an_error_is_one_whatever_its_status() {
    let body = r#"{"__type": "ClientException", "message": "no such job"}"#;
    let header = "x-amzn-errortype: ClientException:http://internal.amazon.com/\r\n";
    check(vec![
        (
            "by the body",
            ok(body),
            Serve,
            Refused(200, "ClientException"),
        ),
        (
            "by a header",
            answer("200 OK", header, "{}"),
            Serve,
            Refused(200, "ClientException"),
        ),
        (
            "as it should be",
            refused("400 Bad Request", body),
            Serve,
            Refused(400, "ClientException"),
        ),
    ]);
}

#[test]
fn an_error_keeps_its_status_whatever_its_body_is() {
    let bad = "400 Bad Request";
    let header = "x-amzn-errortype: ServerException\r\n";
    check(vec![
        ("no body", refused("503 Busy", ""), Serve, Refused(503, "")),
        (
            "HTML",
            refused("502 Bad Gateway", "<html>"),
            Serve,
            Refused(502, ""),
        ),
        (
            "no text",
            refused(bad, b"\xff\xfe\xff"),
            Serve,
            Refused(400, ""),
        ),
        (
            "deep",
            refused(bad, nested("", "[", "]", "")),
            Serve,
            Refused(400, ""),
        ),
        (
            "deep within",
            refused(bad, nested(r#"{"__type": "E", "message": "#, "[", "]", "}")),
            Serve,
            Refused(400, ""),
        ),
        ("a list", refused(bad, "[1]"), Serve, Refused(400, "")),
        (
            "another code",
            refused("418 Teapot", r#"{"code": "a.b#Tea:x"}"#),
            Serve,
            Refused(418, "Tea"),
        ),
        (
            "by its header alone",
            answer("500 No", header, b"\xff"),
            Serve,
            Refused(500, "ServerException"),
        ),
    ]);
}

#[test]
fn a_redirect_is_followed_nowhere() {
    let elsewhere = Peer::answering(ok(r#"{"jobs": [{}]}"#), Serve);
    let location = format!("location: {}\r\n", elsewhere.uri("/"));
    let redirects = ["301 Moved", "302 Found", "303 Other", "307 Go", "308 Go"];
    check(
        redirects
            .into_iter()
            .map(|status| {
                let code = status[..3].parse().expect("a status");
                (
                    status,
                    answer(status, &location, "there"),
                    Serve,
                    Unreadable(code),
                )
            })
            .collect(),
    );
    assert!(!elsewhere.has_closed());
}

#[test]
fn a_peer_that_nobody_is_there_for_is_an_error_of_connecting() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("an address");
    drop(listener);
    for client in clients(&builder(format!("http://{address}"))) {
        let outcome = client.describe_jobs();
        assert!(
            fits(&outcome, Failed(Kind::Connect)),
            "{}: {outcome:?}",
            client.name
        );
    }
}

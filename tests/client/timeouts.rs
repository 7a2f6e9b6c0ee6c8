//! Peers and providers that let a client wait: each wait has an end.

use std::future::pending;
use std::net::TcpStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use shapewright_batch::runtime::Error;
use shapewright_batch::runtime::client::Retries;
use shapewright_batch::runtime::client::transport::{Limits, TransportErrorKind as Kind};
use shapewright_batch::runtime::credentials::{ProvideCredentials, Provided};

use crate::clients::{builder, clients};
use crate::peer::{Peer, read_request};

const SOON: Duration = Duration::from_millis(200);
const NEVER: Duration = Duration::from_secs(3_600);

/// A peer that answers nobody, and the number of requests that it has read.
pub(crate) fn silent() -> (Peer, Arc<AtomicUsize>) {
    let read = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&read);
    let peer = Peer::serving(move |stream: TcpStream| {
        let mut reader = std::io::BufReader::new(stream);
        while read_request(&mut reader).is_some() {
            counted.fetch_add(1, Ordering::SeqCst);
        }
        0
    });
    (peer, read)
}

fn is_late<T, E>(outcome: &Result<T, Error<E>>) -> bool {
    matches!(outcome, Err(Error::Transport(error)) if error.kind() == Kind::Timeout)
}

#[test]
fn an_attempt_that_takes_too_long_ends_and_another_follows() {
    let (peer, read) = silent();
    let retries = Retries::default()
        .with_max_attempts(2)
        .with_initial_backoff(Duration::ZERO);
    let builder = builder(peer.uri(""))
        .retries(retries)
        .limits(Limits::default().with_attempt(SOON));
    for client in clients(&builder) {
        let before = read.load(Ordering::SeqCst);
        let outcome = client.describe_jobs();
        assert!(is_late(&outcome), "{}: {outcome:?}", client.name);
        // Each attempt has a connection of its own, which is closed by then.
        peer.closed();
        peer.closed();
        assert_eq!(read.load(Ordering::SeqCst) - before, 2, "{}", client.name);
    }
}

#[test]
fn a_call_that_takes_too_long_ends_whatever_its_attempts_may_take() {
    let (peer, read) = silent();
    let builder = builder(peer.uri(""))
        .retries(Retries::default().with_max_attempts(1_000))
        .limits(Limits::default().with_attempt(NEVER))
        .timeout(SOON);
    for client in clients(&builder) {
        let before = read.load(Ordering::SeqCst);
        let outcome = client.describe_jobs();
        assert!(is_late(&outcome), "{}: {outcome:?}", client.name);
        peer.closed();
        assert_eq!(read.load(Ordering::SeqCst) - before, 1, "{}", client.name);
    }
}

/// Credentials that never come.
#[derive(Debug)]
struct Never;

impl ProvideCredentials for Never {
    fn provide(&self) -> Provided<'_> {
        Box::pin(pending())
    }
}

#[test]
fn credentials_that_never_come_are_waited_for_no_longer_than_an_attempt_or_a_call_may_take() {
    let (peer, read) = silent();
    let base = builder(peer.uri("")).credentials_provider(Never);
    let by_attempt = base.clone().limits(Limits::default().with_attempt(SOON));
    let by_call = base
        .limits(Limits::default().with_attempt(None))
        .timeout(SOON);
    for builder in [by_attempt, by_call] {
        for client in clients(&builder) {
            let outcome = client.describe_jobs();
            let is_typed = matches!(outcome, Err(Error::Credentials(_)));
            assert!(is_typed, "{}: {outcome:?}", client.name);
        }
    }
    assert_eq!(read.load(Ordering::SeqCst), 0);
}

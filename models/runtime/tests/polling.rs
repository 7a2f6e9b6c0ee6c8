//! Pages and waiters, over a transport that answers from a script and sleeps no time.

use std::collections::VecDeque;
use std::pin::pin;
use std::sync::Mutex;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};
use shapewright_runtime as runtime;

use runtime::client::transport::{BlockingTransport, Limits, Transport, TransportError};
use runtime::client::{Builder, WaitConfig, WaitErrorKind};
use runtime::codec::{Fault, Incoming, Outgoing, RestJson1};
use runtime::endpoint::{Endpoint, EndpointError, Parameters};
use runtime::sign::Credentials;
use runtime::{
    Answer, Call, Error, Operation, OperationError, OtherError, Paginated, Service, Tokens, Turn,
    Wait, WaitState, form,
};
use serde_json::Value;

enum Things {}

impl Service for Things {
    const ID: &'static str = "Things";
    const SIGNING_NAME: &'static str = "things";

    fn endpoint(_: &Parameters) -> Result<Endpoint, EndpointError> {
        Endpoint::new("https://things.example")
    }
}

struct ListThings;

#[derive(Clone, Default)]
struct Input {
    token: Option<String>,
}

impl runtime::validate::Validate for Input {
    fn check(&self, _: &mut runtime::validate::Checker) {}
}

#[derive(Debug)]
struct Failed(OtherError);

impl std::fmt::Display for Failed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for Failed {}

impl From<&Fault> for Failed {
    fn from(fault: &Fault) -> Self {
        Self(fault.into())
    }
}

impl OperationError for Failed {
    fn decode(fault: &Fault, _: &Incoming<'_>) -> Result<Self, String> {
        Ok(fault.into())
    }
}

impl Operation for ListThings {
    type Service = Things;
    type Input = Input;
    type Output = Value;
    type Error = Failed;

    const NAME: &'static str = "ListThings";
    const METHOD: &'static str = "GET";
    const URI: &'static str = "/things";
}

impl runtime::endpoint::Context for ListThings {}

impl Call for ListThings {
    type Protocol = RestJson1;

    fn encode(input: &Input, to: &mut Outgoing) {
        to.query("token", &input.token, form::Plain);
    }

    fn decode(from: &Incoming<'_>) -> Result<Value, String> {
        from.json()
    }
}

impl Paginated for ListThings {
    type Item = Value;

    fn advance(input: &mut Input, output: &Value) -> Turn {
        let token = output["token"].as_str().map(str::to_owned);
        Tokens::default()
            .token(&mut input.token, [token.as_ref()], String::is_empty)
            .turn()
    }

    fn items(output: Value) -> Vec<Value> {
        output["things"].as_array().cloned().unwrap_or_default()
    }
}

struct ThingReady;

impl Wait for ThingReady {
    type Operation = ListThings;

    const NAME: &'static str = "ThingReady";
    const DELAY: Duration = Duration::from_secs(5);
    const MAX_ATTEMPTS: u32 = 4;

    fn state(answer: Answer<'_, ListThings>) -> Option<WaitState> {
        if answer.shows(|output| output["state"] == "READY") {
            return Some(WaitState::Success);
        }
        if answer.shows(|output| output["state"] == "BROKEN") {
            return Some(WaitState::Failure);
        }
        if answer.has_code("NotThereYet") || answer.has_status(409) {
            return Some(WaitState::Retry);
        }
        None
    }
}

/// Answers from a script, and keeps what was asked and how long was slept.
#[derive(Default)]
struct Script {
    answers: Mutex<VecDeque<(u16, &'static str)>>,
    asked: Mutex<Vec<String>>,
    slept: Mutex<Vec<Duration>>,
}

impl Script {
    fn new(answers: &[(u16, &'static str)]) -> &'static Self {
        Box::leak(Box::new(Self {
            answers: Mutex::new(answers.iter().copied().collect()),
            ..Self::default()
        }))
    }

    fn answer(&self, request: &Request<Bytes>) -> Response<Bytes> {
        let query = request.uri().query().unwrap_or_default().to_owned();
        self.asked.lock().expect("asked").push(query);
        let (status, body) = self
            .answers
            .lock()
            .expect("answers")
            .pop_front()
            .expect("no more is asked than the script has");
        Response::builder()
            .status(status)
            .body(Bytes::from_static(body.as_bytes()))
            .expect("an answer")
    }

    fn asked(&self) -> Vec<String> {
        self.asked.lock().expect("asked").clone()
    }

    fn slept(&self) -> Vec<u64> {
        let slept = self.slept.lock().expect("slept");
        slept.iter().map(Duration::as_secs).collect()
    }
}

impl BlockingTransport for &'static Script {
    fn send(&self, request: Request<Bytes>, _: &Limits) -> Result<Response<Bytes>, TransportError> {
        Ok(self.answer(&request))
    }

    fn sleep(&self, duration: Duration) {
        self.slept.lock().expect("slept").push(duration);
    }
}

impl Transport for &'static Script {
    async fn send(
        &self,
        request: Request<Bytes>,
        _: &Limits,
    ) -> Result<Response<Bytes>, TransportError> {
        Ok(self.answer(&request))
    }

    async fn sleep(&self, duration: Duration) {
        self.slept.lock().expect("slept").push(duration);
    }
}

fn builder() -> Builder<Things> {
    let credentials = Credentials::new("AKID", "secret");
    // A client that bounds an attempt sleeps beside it.
    let limits = Limits::default().with_attempt(None);
    let builder = Builder::new().region("us-east-1").limits(limits);
    builder.credentials(credentials)
}

fn blocking(script: &'static Script) -> runtime::client::blocking::Client<Things, &'static Script> {
    builder().build_blocking(script).expect("a client")
}

fn client(script: &'static Script) -> runtime::client::Client<Things, &'static Script> {
    builder().build(script).expect("a client")
}

/// What a future gives that never has to wait.
fn now<T>(future: impl Future<Output = T>) -> T {
    let mut context = Context::from_waker(Waker::noop());
    match pin!(future).poll(&mut context) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("nothing is waited for"),
    }
}

const THREE_PAGES: &[(u16, &str)] = &[
    (200, r#"{"things": [1, 2], "token": "a"}"#),
    (200, r#"{"things": [], "token": "b"}"#),
    (200, r#"{"things": [3], "token": ""}"#),
];

#[test]
fn pages_follow_each_other_until_a_token_is_empty_and_none_is_fetched_before_it_is_asked_for() {
    let script = Script::new(THREE_PAGES);
    let mut pages = blocking(script).pages::<ListThings>(Input::default());
    assert!(script.asked().is_empty());
    assert!(pages.next().is_some_and(|page| page.is_ok()));
    assert_eq!(script.asked(), [""]);
    assert_eq!(pages.by_ref().count(), 2);
    assert!(pages.next().is_none());
    assert_eq!(script.asked(), ["", "token=a", "token=b"]);

    let script = Script::new(THREE_PAGES);
    let mut pages = client(script).pages::<ListThings>(Input::default());
    let mut count = 0;
    while let Some(page) = now(pages.next()) {
        assert!(page.is_ok());
        count += 1;
    }
    assert_eq!((count, script.asked().len()), (3, 3));
}

#[test]
fn items_are_those_of_all_pages() {
    let items = blocking(Script::new(THREE_PAGES)).pages::<ListThings>(Input::default());
    let items: Result<Vec<Value>, _> = items.items().collect();
    assert_eq!(items.expect("items"), [1, 2, 3]);

    let pages = client(Script::new(THREE_PAGES)).pages::<ListThings>(Input::default());
    let mut items = pages.items();
    let mut found = Vec::new();
    while let Some(item) = now(items.next()) {
        found.push(item.expect("an item"));
    }
    assert_eq!(found, [1, 2, 3]);
}

#[cfg(feature = "stream")]
#[test]
fn items_are_a_stream() {
    use futures_core::Stream;
    let pages = client(Script::new(THREE_PAGES)).pages::<ListThings>(Input::default());
    let mut stream = pages.items().into_stream();
    let mut next = || {
        let mut context = Context::from_waker(Waker::noop());
        match std::pin::Pin::new(&mut stream).poll_next(&mut context) {
            Poll::Ready(item) => item.map(|item| item.expect("an item")),
            Poll::Pending => panic!("nothing is waited for"),
        }
    };
    let found: Vec<Value> = std::iter::from_fn(&mut next).collect();
    assert_eq!(found, [1, 2, 3]);
    assert_eq!(next(), None);
}

#[test]
fn a_token_that_was_just_sent_ends_the_pages_with_an_error() {
    let script = Script::new(&[
        (200, r#"{"things": [1], "token": "a"}"#),
        (200, r#"{"things": [2], "token": "a"}"#),
    ]);
    let mut pages = blocking(script).pages::<ListThings>(Input::default());
    assert!(pages.by_ref().take(2).all(|page| page.is_ok()));
    assert!(matches!(pages.next(), Some(Err(Error::RepeatedToken))));
    assert!(pages.next().is_none());
}

#[test]
fn an_error_ends_the_pages() {
    let script = Script::new(&[
        (200, r#"{"things": [1], "token": "a"}"#),
        (400, r#"{"__type": "InvalidToken"}"#),
    ]);
    let mut pages = blocking(script).pages::<ListThings>(Input::default());
    assert!(pages.next().is_some_and(|page| page.is_ok()));
    let error = pages.next().and_then(Result::err).expect("an error");
    assert_eq!(error.code(), Some("InvalidToken"));
    assert!(pages.next().is_none());
}

const PENDING: (u16, &str) = (200, r#"{"state": "PENDING"}"#);
const MISSING: (u16, &str) = (400, r#"{"__type": "NotThereYet"}"#);
const READY: (u16, &str) = (200, r#"{"state": "READY"}"#);

#[test]
fn a_state_is_waited_for_until_it_comes() {
    let script = Script::new(&[PENDING, MISSING, READY]);
    let output = blocking(script).wait::<ThingReady>(&Input::default());
    assert_eq!(
        output.expect("success").expect("an output")["state"],
        "READY"
    );
    assert_eq!(script.slept(), [5, 5]);

    let script = Script::new(&[PENDING, MISSING, READY]);
    assert!(now(client(script).wait::<ThingReady>(&Input::default())).is_ok());
    assert_eq!(script.slept(), [5, 5]);
}

#[test]
fn a_state_that_will_not_come_is_not_waited_for() {
    let script = Script::new(&[PENDING, (200, r#"{"state": "BROKEN"}"#)]);
    let error = blocking(script).wait::<ThingReady>(&Input::default());
    let error = error.expect_err("a failure");
    assert_eq!(
        (error.kind(), error.attempts()),
        (WaitErrorKind::Failure, 2)
    );
    assert!(
        error
            .last()
            .as_ref()
            .is_ok_and(|last| last["state"] == "BROKEN")
    );

    let script = Script::new(&[(403, r#"{"__type": "AccessDenied"}"#)]);
    let error = blocking(script).wait::<ThingReady>(&Input::default());
    let error = error.expect_err("an error");
    assert_eq!(error.kind(), WaitErrorKind::Error);
    assert_eq!(
        error.to_string(),
        "waited in vain for ThingReady: call 1 failed: AccessDenied (HTTP 403)"
    );
}

#[test]
fn waiting_ends_with_its_attempts_or_its_time() {
    let script = Script::new(&[PENDING; 4]);
    let error = blocking(script).wait::<ThingReady>(&Input::default());
    assert_eq!(error.expect_err("gives up").kind(), WaitErrorKind::GaveUp);
    assert_eq!(script.slept(), [5, 5, 5]);

    let script = Script::new(&[PENDING]);
    let config = WaitConfig::new().with_timeout(Duration::from_secs(4));
    let error = blocking(script).wait_with::<ThingReady>(&Input::default(), &config);
    let error = error.expect_err("gives up");
    assert_eq!((error.kind(), error.attempts()), (WaitErrorKind::GaveUp, 1));
    assert!(script.slept().is_empty());

    let script = Script::new(&[PENDING, READY]);
    let config = WaitConfig::new().with_delay(Duration::from_secs(1));
    let output = blocking(script).wait_with::<ThingReady>(&Input::default(), &config);
    assert!(output.is_ok());
    assert_eq!(script.slept(), [1]);
}

//! A transport that answers by a script, and writes down what it is asked.

use std::collections::VecDeque;
use std::future::ready;
use std::pin::pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};
use shapewright_batch::runtime::client::Builder;
use shapewright_batch::runtime::client::transport::{
    BlockingTransport, Limits, Transport, TransportError, TransportErrorKind,
};
use shapewright_batch::runtime::{Call, Error};
use shapewright_batch::{Client, Service, blocking};

/// What is said to one attempt: a status and a body, or nothing.
pub(crate) type Said = Result<(u16, &'static str), TransportErrorKind>;

/// The script, and what was heard. Whoever is asked to sleep does so in no time.
#[derive(Clone)]
pub(crate) struct Scripted(Arc<Mutex<Script>>);

struct Script {
    answers: VecDeque<Said>,
    heard: Vec<Request<Bytes>>,
    slept: Vec<Duration>,
}

impl Scripted {
    pub(crate) fn new(answers: &[Said]) -> Self {
        Self(Arc::new(Mutex::new(Script {
            answers: answers.iter().copied().collect(),
            heard: Vec::new(),
            slept: Vec::new(),
        })))
    }

    /// The requests, in order.
    pub(crate) fn heard(&self) -> Vec<Request<Bytes>> {
        self.0.lock().expect("no panic").heard.clone()
    }

    /// The waits, in order.
    pub(crate) fn slept(&self) -> Vec<Duration> {
        self.0.lock().expect("no panic").slept.clone()
    }

    fn answer(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        let mut script = self.0.lock().expect("no panic");
        let uri = request.uri().clone();
        script.heard.push(request);
        let said = script.answers.pop_front().expect("no attempt too many");
        let (status, body) = said.map_err(|kind| TransportError::new(kind, &uri))?;
        let answer = Response::builder()
            .status(status)
            .body(Bytes::from_static(body.as_bytes()));
        Ok(answer.expect("an answer"))
    }

    fn note(&self, slept: Duration) {
        self.0.lock().expect("no panic").slept.push(slept);
    }
}

impl Transport for Scripted {
    fn send(
        &self,
        request: Request<Bytes>,
        _: &Limits,
    ) -> impl Future<Output = Result<Response<Bytes>, TransportError>> + Send {
        ready(self.answer(request))
    }

    fn sleep(&self, duration: Duration) -> impl Future<Output = ()> + Send {
        self.note(duration);
        ready(())
    }
}

impl BlockingTransport for Scripted {
    fn send(&self, request: Request<Bytes>, _: &Limits) -> Result<Response<Bytes>, TransportError> {
        self.answer(request)
    }

    fn sleep(&self, duration: Duration) {
        self.note(duration);
    }
}

/// A call through one of the clients, by its name: what came of it, and what was heard.
pub(crate) struct Called<C: Call> {
    pub(crate) client: &'static str,
    pub(crate) outcome: Result<C::Output, Error<C::Error>>,
    pub(crate) transport: Scripted,
}

/// A call through each client, by the same script.
pub(crate) fn call<C: Call<Service = Service>>(
    builder: &Builder<Service>,
    input: &C::Input,
    answers: &[Said],
) -> [Called<C>; 2] {
    // Without this bound, the only waits are those between attempts.
    let builder = builder.clone().limits(Limits::default().with_attempt(None));
    let [first, second] = [Scripted::new(answers), Scripted::new(answers)];
    let client = Client::new(builder.clone(), first.clone()).expect("a client");
    let blocking = blocking::Client::new(builder, second.clone()).expect("a client");
    [
        Called {
            client: "async",
            outcome: at_once(client.call::<C>(input)),
            transport: first,
        },
        Called {
            client: "blocking",
            outcome: blocking.call::<C>(input),
            transport: second,
        },
    ]
}

/// What a future gives that waits for nothing.
fn at_once<T>(future: impl Future<Output = T>) -> T {
    let polled = pin!(future).poll(&mut Context::from_waker(Waker::noop()));
    let Poll::Ready(value) = polled else {
        panic!("it waits for something");
    };
    value
}

//! The transports, all used in the same way.

use std::error::Error;

use bytes::Bytes;
use http::{Request, Response};
use http_body_util::Full;
use hyper_util::client::legacy::Client;
use hyper_util::rt::TokioExecutor;
use shapewright_runtime::client::transport::{
    BlockingTransport, HyperTransport, Limits, TowerTransport, Transport, TransportError,
    TransportErrorKind, UreqTransport, send_within,
};
use tokio::runtime::{Builder, Runtime};

/// What a transport gives.
pub(crate) type Outcome = Result<Response<Bytes>, TransportError>;

type Send = dyn Fn(Request<Bytes>, &Limits) -> Outcome;

/// A transport under its name.
pub(crate) struct Subject {
    /// The transport's name.
    pub(crate) name: &'static str,
    send: Box<Send>,
}

impl Subject {
    /// Sends a request.
    pub(crate) fn send(&self, request: Request<Bytes>, limits: &Limits) -> Outcome {
        (self.send)(request, limits)
    }

    /// Sends a GET.
    pub(crate) fn get(&self, uri: &str, limits: &Limits) -> Outcome {
        self.send(
            Request::get(uri).body(Bytes::new()).expect("a request"),
            limits,
        )
    }

    /// Whether its connections are a service's own matter.
    pub(crate) fn is_a_service(&self) -> bool {
        self.name == "tower"
    }

    /// A transport that does not block, driven by a runtime of its own.
    pub(crate) fn of_async(name: &'static str, transport: impl Transport + 'static) -> Self {
        let runtime = runtime();
        Self {
            name,
            send: Box::new(move |request, limits| {
                runtime.block_on(send_within(&transport, request, limits))
            }),
        }
    }

    /// A transport that blocks.
    pub(crate) fn of_blocking(
        name: &'static str,
        transport: impl BlockingTransport + 'static,
    ) -> Self {
        Self {
            name,
            send: Box::new(move |request, limits| transport.send(request, limits)),
        }
    }
}

/// Every transport, new.
pub(crate) fn transports() -> [Subject; 3] {
    let service = Client::builder(TokioExecutor::new()).build_http::<Full<Bytes>>();
    let tower = TowerTransport::new(service, tokio::time::sleep).with_kind_of(kind_of);
    [
        Subject::of_async("hyper", HyperTransport::new()),
        Subject::of_async("tower", tower),
        Subject::of_blocking("ureq", UreqTransport::new()),
    ]
}

fn runtime() -> Runtime {
    Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime")
}

/// What hyper's errors are, told as somebody would who uses a service made with it.
fn kind_of(error: &(dyn Error + 'static)) -> Option<TransportErrorKind> {
    let error: &hyper::Error = error.downcast_ref()?;
    if error.is_parse() {
        Some(TransportErrorKind::Invalid)
    } else if error.is_incomplete_message() || error.is_canceled() {
        Some(TransportErrorKind::Closed)
    } else {
        None
    }
}

//! One connection: a request and its answer at a time.

use std::convert::Infallible;
use std::error::Error;
use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::task::{Context, Poll};

use bytes::Bytes;
use http::{Request, Response, Uri};
use hyper::body::{Body, Frame, Incoming, SizeHint};
use hyper::client::conn::http1;

use super::stream::Stream;
use crate::client::transport::body::{Gathered, TooLarge};
use crate::client::transport::error::kind_of_io;
use crate::client::transport::{MAX_HEAD, MAX_HEADERS, TransportError, TransportErrorKind};

/// A connection, which works while something of it is awaited, and otherwise rests.
pub(super) struct Connection {
    sender: http1::SendRequest<Whole>,
    driver: Driver,
}

/// Why a connection gave no answer.
pub(super) enum NoAnswer {
    /// It was closed before anything of the request was sent.
    Unsent(Box<Request<Bytes>>),
    /// Anything else.
    Failed(TransportError),
}

impl Connection {
    /// A connection over a stream that stands.
    pub(super) async fn over(stream: Stream) -> Result<Self, hyper::Error> {
        let (sender, connection) = http1::Builder::new()
            .max_headers(MAX_HEADERS)
            .max_buf_size(MAX_HEAD)
            .handshake(stream)
            .await?;
        Ok(Self {
            sender,
            driver: Driver {
                connection: Some(connection),
            },
        })
    }

    /// Whether the next request can be sent, as far as is known.
    pub(super) fn is_ready(&self) -> bool {
        self.driver.connection.is_some() && self.sender.is_ready()
    }

    /// Whether the peer has left the connection open while it rested.
    pub(super) async fn is_open(&mut self) -> bool {
        // Tokio learns from the operating system what became of a socket when tasks yield.
        tokio::task::yield_now().await;
        self.driver.work_once().await;
        self.is_ready()
    }

    /// Sends a request and reads its whole answer.
    ///
    /// After an error, the connection must not be used again.
    pub(super) async fn send(
        &mut self,
        request: Request<Bytes>,
        max_body: usize,
        uri: &Uri,
    ) -> Result<Response<Bytes>, NoAnswer> {
        let answer = self
            .sender
            .try_send_request(request.map(|body| Whole(Some(body))));
        let answer =
            self.driver
                .drive(answer)
                .await
                .map_err(|mut error| match error.take_message() {
                    Some(request) => {
                        NoAnswer::Unsent(Box::new(request.map(|body| body.0.unwrap_or_default())))
                    }
                    None => NoAnswer::Failed(self::error(error.into_error(), uri)),
                })?;
        let (head, body) = answer.into_parts();
        let body = self
            .read(body, max_body, uri)
            .await
            .map_err(NoAnswer::Failed)?;
        Ok(Response::from_parts(head, body))
    }

    async fn read(
        &mut self,
        mut body: Incoming,
        max: usize,
        uri: &Uri,
    ) -> Result<Bytes, TransportError> {
        let too_large = |TooLarge| TransportError::new(TransportErrorKind::TooLarge, uri);
        if body.size_hint().lower() > max as u64 {
            return Err(too_large(TooLarge));
        }
        let mut gathered = Gathered::default();
        loop {
            let frame = poll_fn(|context| Pin::new(&mut body).poll_frame(context));
            match self.driver.drive(frame).await {
                None => break,
                Some(Err(error)) => return Err(self::error(error, uri)),
                Some(Ok(frame)) => {
                    if let Ok(piece) = frame.into_data() {
                        gathered.push(piece, max).map_err(too_large)?;
                    }
                }
            }
        }
        // Once more, so that hyper sees that both sides are done.
        self.driver.work_once().await;
        Ok(gathered.finish())
    }
}

/// What moves bytes between the stream and what is awaited.
struct Driver {
    /// None once it has ended.
    connection: Option<http1::Connection<Stream, Whole>>,
}

impl Driver {
    /// Does what can be done now.
    fn work(&mut self, context: &mut Context<'_>) {
        if let Some(connection) = &mut self.connection {
            // How it ended is told to whoever awaits an answer or a piece of one.
            if Pin::new(connection).poll(context).is_ready() {
                self.connection = None;
            }
        }
    }

    /// Does what can be done now, and waits for no more.
    async fn work_once(&mut self) {
        poll_fn(|context| {
            self.work(context);
            Poll::Ready(())
        })
        .await;
    }

    /// Awaits something of this connection, and lets it work meanwhile.
    async fn drive<F: Future>(&mut self, awaited: F) -> F::Output {
        let mut awaited = pin!(awaited);
        poll_fn(|context| {
            self.work(context);
            awaited.as_mut().poll(context)
        })
        .await
    }
}

/// A request's body, which is there as a whole.
struct Whole(Option<Bytes>);

impl Body for Whole {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        Poll::Ready(self.0.take().map(|body| Ok(Frame::data(body))))
    }

    fn is_end_stream(&self) -> bool {
        self.0.as_ref().is_none_or(Bytes::is_empty)
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.0.as_ref().map_or(0, |body| body.len() as u64))
    }
}

/// What hyper says went wrong, in our terms.
pub(super) fn error(error: hyper::Error, uri: &Uri) -> TransportError {
    let kind = if error.is_parse() {
        TransportErrorKind::Invalid
    } else if error.is_incomplete_message() || error.is_canceled() || error.is_closed() {
        TransportErrorKind::Closed
    } else {
        error
            .source()
            .and_then(|source| source.downcast_ref())
            .map_or(TransportErrorKind::Other, kind_of_io)
    };
    TransportError::new(kind, uri).with_source(error)
}

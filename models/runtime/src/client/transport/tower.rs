//! The transport on any `tower` service.

use std::error::Error;
use std::fmt;
use std::future::poll_fn;
use std::io;
use std::marker::PhantomData;
use std::pin::pin;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use bytes::{Buf, Bytes};
use http::{Request, Response, Uri};
use http_body::Body;
use tower_service::Service;

use super::body::{Gathered, TooLarge};
use super::error::kind_of_io;
use super::{Limits, Transport, TransportError, TransportErrorKind};

/// Sends requests with a service of yours: a client of hyper-util or reqwest, with the layers you like.
///
/// Of the limits it keeps [`Limits::max_body`]; connecting is the service's own matter, as are redirects,
/// proxies and the size of an answer's head. What an error of the service is, an [`io::Error`] among its
/// causes tells, or what you give to [`with_kind_of`](Self::with_kind_of).
pub struct TowerTransport<S, B, F> {
    service: Mutex<S>,
    sleep: F,
    kind_of: KindOf,
    body: PhantomData<fn() -> B>,
}

type KindOf = fn(&(dyn Error + 'static)) -> Option<TransportErrorKind>;

impl<S, B, F> TowerTransport<S, B, F> {
    /// A transport of a service, and of what sleeps on the runtime that you use.
    ///
    /// `B` is the body that the service takes, made of the bytes to send.
    pub fn new(service: S, sleep: F) -> Self {
        Self {
            service: Mutex::new(service),
            sleep,
            kind_of: |_| None,
            body: PhantomData,
        }
    }

    /// The same with what tells the kind of an error that the service gives, or of one of its causes.
    #[must_use]
    pub fn with_kind_of(
        mut self,
        kind_of: fn(&(dyn Error + 'static)) -> Option<TransportErrorKind>,
    ) -> Self {
        self.kind_of = kind_of;
        self
    }
}

impl<S, B, R, F, Z> Transport for TowerTransport<S, B, F>
where
    S: Service<Request<B>, Response = Response<R>> + Clone + Send,
    S::Error: Into<Box<dyn Error + Send + Sync>>,
    S::Future: Send,
    B: From<Bytes> + Send,
    R: Body + Send,
    R::Data: Send,
    R::Error: Into<Box<dyn Error + Send + Sync>>,
    F: Fn(Duration) -> Z + Send + Sync,
    Z: Future<Output = ()> + Send,
{
    async fn send(
        &self,
        mut request: Request<Bytes>,
        limits: &Limits,
    ) -> Result<Response<Bytes>, TransportError> {
        let uri = request.uri().clone();
        super::body::state_empty(&mut request);
        let mut service = self
            .service
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        let failed = |error| self::error(error, self.kind_of, TransportErrorKind::Other, &uri);
        poll_fn(|context| service.poll_ready(context))
            .await
            .map_err(|error| failed(error.into()).before_sending())?;
        let answer = service
            .call(request.map(B::from))
            .await
            .map_err(|error| failed(error.into()))?;
        let (head, body) = answer.into_parts();
        // Whatever fails now, the answer is not whole.
        let failed = |error| self::error(error, self.kind_of, TransportErrorKind::Closed, &uri);
        let body = read(body, limits.max_body, &uri, failed).await?;
        Ok(Response::from_parts(head, body))
    }

    async fn sleep(&self, duration: Duration) {
        (self.sleep)(duration).await;
    }
}

impl<S, B, F> fmt::Debug for TowerTransport<S, B, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TowerTransport").finish_non_exhaustive()
    }
}

async fn read<R>(
    body: R,
    max: usize,
    uri: &Uri,
    failed: impl Fn(Box<dyn Error + Send + Sync>) -> TransportError,
) -> Result<Bytes, TransportError>
where
    R: Body,
    R::Error: Into<Box<dyn Error + Send + Sync>>,
{
    let too_large = |TooLarge| TransportError::new(TransportErrorKind::TooLarge, uri);
    let mut body = pin!(body);
    if body.size_hint().lower() > max as u64 {
        return Err(too_large(TooLarge));
    }
    let mut gathered = Gathered::default();
    while let Some(frame) = poll_fn(|context| body.as_mut().poll_frame(context)).await {
        if let Ok(mut data) = frame.map_err(|error| failed(error.into()))?.into_data() {
            let piece = data.copy_to_bytes(data.remaining());
            gathered.push(piece, max).map_err(too_large)?;
        }
    }
    Ok(gathered.finish())
}

/// What a service's error is in our terms, as far as it or one of its causes tells.
fn error(
    error: Box<dyn Error + Send + Sync>,
    kind_of: KindOf,
    otherwise: TransportErrorKind,
    uri: &Uri,
) -> TransportError {
    let mut cause: Option<&(dyn Error + 'static)> = Some(&*error);
    let mut kind = None;
    while let Some(error) = cause {
        kind = kind_of(error).or(kind).or_else(|| {
            let kind = kind_of_io(error.downcast_ref::<io::Error>()?);
            (kind != TransportErrorKind::Other).then_some(kind)
        });
        cause = error.source();
    }
    TransportError::new(kind.unwrap_or(otherwise), uri).with_source(error)
}

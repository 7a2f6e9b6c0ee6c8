//! The one place where time ends what is awaited.

use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;

use bytes::Bytes;

use super::{Limits, Transport, TransportError, TransportErrorKind};

/// What `work` gives, or `None` once `alarm` has ended and `work` has not: then `work` is dropped.
pub async fn within<T>(
    work: impl Future<Output = T>,
    alarm: impl Future<Output = ()>,
) -> Option<T> {
    let mut work = pin!(work);
    let mut alarm = pin!(alarm);
    poll_fn(|context| {
        // First, since Tokio lets a task do so much at a time: work that never rests would use that up,
        // and the alarm would not be heard.
        let late = alarm.as_mut().poll(context).is_ready();
        match work.as_mut().poll(context) {
            Poll::Ready(value) => Poll::Ready(Some(value)),
            Poll::Pending if late => Poll::Ready(None),
            Poll::Pending => Poll::Pending,
        }
    })
    .await
}

/// Sends `request`, and gives up after [`Limits::attempt`] whatever the transport does.
pub async fn send_within<T: Transport + ?Sized>(
    transport: &T,
    request: http::Request<Bytes>,
    limits: &Limits,
) -> Result<http::Response<Bytes>, TransportError> {
    let Some(attempt) = limits.attempt else {
        return transport.send(request, limits).await;
    };
    let uri = request.uri().clone();
    let work = transport.send(request, limits);
    match within(work, transport.sleep(attempt)).await {
        Some(answer) => answer,
        None => Err(TransportError::new(TransportErrorKind::Timeout, &uri)),
    }
}

//! Spans and events for whoever traces; nothing at all without the feature `tracing`.

use std::fmt::Display;
use std::time::Duration;

use crate::{Call, Service};

/// The span of a call.
#[cfg(feature = "tracing")]
pub(crate) fn call<C: Call>() -> Span {
    Span(tracing::debug_span!(
        "call",
        service = <C::Service as Service>::ID,
        operation = C::NAME,
    ))
}

/// The span of a call.
#[cfg(not(feature = "tracing"))]
pub(crate) fn call<C: Call>() -> Span {
    let _ = (<C::Service as Service>::ID, C::NAME);
    Span()
}

/// A span, or nothing.
pub(crate) struct Span(#[cfg(feature = "tracing")] tracing::Span);

/// What happens within a span.
#[cfg(feature = "__blocking")]
pub(crate) fn in_scope<T>(span: &Span, body: impl FnOnce() -> T) -> T {
    #[cfg(feature = "tracing")]
    let _entered = span.0.enter();
    #[cfg(not(feature = "tracing"))]
    let Span() = span;
    body()
}

/// What a future does within a span.
#[cfg(feature = "__client")]
pub(crate) async fn within<T>(span: Span, body: impl Future<Output = T>) -> T {
    #[cfg(feature = "tracing")]
    return tracing::Instrument::instrument(body, span.0).await;
    #[cfg(not(feature = "tracing"))]
    {
        let Span() = span;
        body.await
    }
}

/// An attempt has failed; it is followed by another after a wait, or it was the last.
pub(crate) fn failed(attempt: u32, error: &impl Display, wait: Option<Duration>) {
    #[cfg(feature = "tracing")]
    if let Some(wait) = wait {
        tracing::debug!(attempt, %error, ?wait, "failed, to be tried again");
    } else {
        tracing::debug!(attempt, %error, "failed");
    }
    #[cfg(not(feature = "tracing"))]
    let _ = (attempt, error, wait);
}

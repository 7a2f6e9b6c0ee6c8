//! Pages and items as streams, for whoever composes such.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;

use super::pages::{Items, Pages};
use super::transport::Transport;
use crate::{Error, Paginated, Service};

/// What gives one thing after the other, and the future of the next.
struct Unfolded<P, O> {
    /// None while it is in the future.
    source: Option<P>,
    future: Option<Given<P, O>>,
    next: fn(P) -> Given<P, O>,
}

type Given<P, O> = Pin<Box<dyn Future<Output = (P, Option<O>)> + Send>>;

impl<P, O> Unfolded<P, O> {
    const fn new(source: P, next: fn(P) -> Given<P, O>) -> Self {
        Self {
            source: Some(source),
            future: None,
            next,
        }
    }
}

/// Nothing of it is pinned but what the box holds.
impl<P, O> Unpin for Unfolded<P, O> {}

impl<P, O> Stream for Unfolded<P, O> {
    type Item = O;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<O>> {
        if let Some(source) = self.source.take() {
            self.future = Some((self.next)(source));
        }
        let Some(future) = &mut self.future else {
            return Poll::Ready(None);
        };
        let (source, item) = ready!(future.as_mut().poll(context));
        self.future = None;
        self.source = Some(source);
        Poll::Ready(item)
    }
}

impl<S, T, C> Pages<S, T, C>
where
    S: Service + 'static,
    T: Transport + 'static,
    C: Paginated<Service = S, Input: Send + Sync, Output: Send, Error: Send> + 'static,
{
    /// The pages as a stream.
    pub fn into_stream(
        self,
    ) -> impl Stream<Item = Result<C::Output, Error<C::Error>>> + Send + Unpin {
        Unfolded::new(self, |mut pages| {
            Box::pin(async move {
                let page = pages.next().await;
                (pages, page)
            })
        })
    }
}

impl<S, T, C> Items<S, T, C>
where
    S: Service + 'static,
    T: Transport + 'static,
    C: Paginated<Service = S, Input: Send + Sync, Output: Send, Error: Send, Item: Send> + 'static,
{
    /// The items as a stream.
    pub fn into_stream(
        self,
    ) -> impl Stream<Item = Result<C::Item, Error<C::Error>>> + Send + Unpin {
        Unfolded::new(self, |mut items| {
            Box::pin(async move {
                let item = items.next().await;
                (items, item)
            })
        })
    }
}

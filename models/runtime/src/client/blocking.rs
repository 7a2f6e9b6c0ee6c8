//! The client that blocks its thread.

mod pages;

use std::fmt;
use std::ops::ControlFlow;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};
use std::thread::Thread;
use std::time::{Duration, Instant};

use super::config::{Builder, ConfigError, Settled};
use super::exchange::Exchange;
use super::prepare::Prepared;
use super::transport::BlockingTransport;
use super::waiting::{Input, Output, Vain, WaitConfig, Waiting};
use crate::credentials::CredentialsError;
use crate::{Call, Error, Service, Wait, telemetry};

pub use pages::{Items, Pages};

/// Calls the operations of the service `S` over the transport `T`, and blocks until each is done.
/// Cheap to clone.
pub struct Client<S, T> {
    settled: Arc<Settled<S>>,
    transport: Arc<T>,
}

impl<S: Service> Builder<S> {
    /// The client that blocks, over a transport.
    ///
    /// # Errors
    /// If credentials are missing, or there is no such endpoint.
    pub fn build_blocking<T: BlockingTransport>(
        self,
        transport: T,
    ) -> Result<Client<S, T>, ConfigError> {
        Ok(Client {
            settled: Arc::new(self.settle()?),
            transport: Arc::new(transport),
        })
    }
}

impl<S: Service, T: BlockingTransport> Client<S, T> {
    /// Calls an operation.
    ///
    /// # Errors
    /// Why it failed at last, after as many attempts as the client's [`Retries`](super::Retries) allow.
    pub fn call<C: Call<Service = S>>(
        &self,
        input: &C::Input,
    ) -> Result<C::Output, Error<C::Error>> {
        self.call_within::<C>(input, self.settled.timeout)
    }

    /// Waits until a resource is in a state, as the model says how.
    ///
    /// Gives the answer that showed it; none if that was an error, such as that of a thing which is gone.
    ///
    /// # Errors
    /// If the state is not to be expected any more, if it cannot be asked for, or if it has not come.
    pub fn wait<W: Wait<Operation: Call<Service = S>>>(
        &self,
        input: &Input<W>,
    ) -> Result<Option<Output<W>>, Vain<W>> {
        self.wait_with::<W>(input, &WaitConfig::new())
    }

    /// Waits until a resource is in a state, not longer than told.
    ///
    /// # Errors
    /// As [`wait`](Self::wait).
    pub fn wait_with<W: Wait<Operation: Call<Service = S>>>(
        &self,
        input: &Input<W>,
        config: &WaitConfig,
    ) -> Result<Option<Output<W>>, Vain<W>> {
        let mut waiting = Waiting::<W>::new(config);
        loop {
            let timeout = waiting.timeout(self.settled.timeout);
            let said = self.call_within::<W::Operation>(input, timeout);
            match waiting.follows(said) {
                ControlFlow::Break(end) => return end,
                ControlFlow::Continue(delay) => self.transport.sleep(delay),
            }
        }
    }

    fn call_within<C: Call<Service = S>>(
        &self,
        input: &C::Input,
        timeout: Option<Duration>,
    ) -> Result<C::Output, Error<C::Error>> {
        let span = telemetry::call::<C>();
        telemetry::in_scope(&span, || self.exchange::<C>(input, timeout))
    }

    fn exchange<C: Call<Service = S>>(
        &self,
        input: &C::Input,
        timeout: Option<Duration>,
    ) -> Result<C::Output, Error<C::Error>> {
        let settled = &*self.settled;
        let prepared = settled.prepare::<C>(input)?;
        let mut exchange = Exchange::new(&settled.retries, &settled.quota, timeout);
        loop {
            let error = match self.attempt::<C>(&prepared, &mut exchange) {
                Ok(output) => {
                    exchange.succeeded();
                    return Ok(output);
                }
                Err(error) => error,
            };
            let wait = exchange.failed(error.failure());
            telemetry::failed(exchange.attempts(), &error, wait);
            match wait {
                Some(wait) => self.transport.sleep(wait),
                None => return Err(error),
            }
        }
    }

    fn attempt<C: Call<Service = S>>(
        &self,
        prepared: &Prepared,
        exchange: &mut Exchange<'_>,
    ) -> Result<C::Output, Error<C::Error>> {
        exchange.begin();
        let credentials = if prepared.is_signed() {
            let limit = exchange.limits(&self.settled.limits).attempt;
            let provided = wait_for(self.settled.credentials.provide(), limit);
            let provided = provided.unwrap_or_else(|| Err(CredentialsError::late()));
            Some(provided.map_err(Error::Credentials)?)
        } else {
            None
        };
        let request = self.settled.signed(prepared, credentials.as_ref())?;
        let limits = exchange.limits(&self.settled.limits);
        let answer = self.transport.send(request, &limits);
        C::response(&answer.map_err(Error::Transport)?)
    }
}

/// What a future gives, the thread asleep meanwhile; nothing if that takes longer than the limit.
fn wait_for<T>(future: impl Future<Output = T>, limit: Option<Duration>) -> Option<T> {
    struct Unpark(Thread);
    impl Wake for Unpark {
        fn wake(self: Arc<Self>) {
            self.0.unpark();
        }
    }
    let deadline = limit.and_then(|limit| Instant::now().checked_add(limit));
    let waker = Waker::from(Arc::new(Unpark(std::thread::current())));
    let mut context = Context::from_waker(&waker);
    let mut future = pin!(future);
    loop {
        if let Poll::Ready(value) = future.as_mut().poll(&mut context) {
            return Some(value);
        }
        let Some(deadline) = deadline else {
            std::thread::park();
            continue;
        };
        let left = deadline.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return None;
        }
        std::thread::park_timeout(left);
    }
}

impl<S, T> Clone for Client<S, T> {
    fn clone(&self) -> Self {
        Self {
            settled: Arc::clone(&self.settled),
            transport: Arc::clone(&self.transport),
        }
    }
}

impl<S, T> fmt::Debug for Client<S, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.settled.fmt(f)
    }
}

//! The client that does not block.

use std::fmt;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::time::Duration;

use super::config::{Builder, ConfigError, Settled};
use super::exchange::Exchange;
use super::prepare::Prepared;
use super::transport::{Transport, send_within, within};
use super::waiting::{Input, Output, Vain, WaitConfig, Waiting};
use crate::credentials::CredentialsError;
use crate::sign::Credentials;
use crate::{Call, Error, Service, Wait, telemetry};

/// Calls the operations of the service `S` over the transport `T`. Cheap to clone.
///
/// A call that is dropped ends: nothing of it goes on in the background.
pub struct Client<S, T> {
    settled: Arc<Settled<S>>,
    transport: Arc<T>,
}

impl<S: Service> Builder<S> {
    /// The client, over a transport.
    ///
    /// # Errors
    /// If credentials are missing, or there is no such endpoint.
    pub fn build<T: Transport>(self, transport: T) -> Result<Client<S, T>, ConfigError> {
        Ok(Client {
            settled: Arc::new(self.settle()?),
            transport: Arc::new(transport),
        })
    }
}

impl<S: Service, T: Transport> Client<S, T> {
    /// Calls an operation.
    ///
    /// # Errors
    /// Why it failed at last, after as many attempts as the client's [`Retries`](super::Retries) allow.
    pub async fn call<C: Call<Service = S>>(
        &self,
        input: &C::Input,
    ) -> Result<C::Output, Error<C::Error>> {
        self.call_within::<C>(input, self.settled.timeout).await
    }

    /// Waits until a resource is in a state, as the model says how.
    ///
    /// Gives the answer that showed it; none if that was an error, such as that of a thing which is gone.
    ///
    /// # Errors
    /// If the state is not to be expected any more, if it cannot be asked for, or if it has not come.
    pub async fn wait<W: Wait<Operation: Call<Service = S>>>(
        &self,
        input: &Input<W>,
    ) -> Result<Option<Output<W>>, Vain<W>> {
        self.wait_with::<W>(input, &WaitConfig::new()).await
    }

    /// Waits until a resource is in a state, not longer than told.
    ///
    /// # Errors
    /// As [`wait`](Self::wait).
    pub async fn wait_with<W: Wait<Operation: Call<Service = S>>>(
        &self,
        input: &Input<W>,
        config: &WaitConfig,
    ) -> Result<Option<Output<W>>, Vain<W>> {
        let mut waiting = Waiting::<W>::new(config);
        loop {
            let timeout = waiting.timeout(self.settled.timeout);
            let said = self.call_within::<W::Operation>(input, timeout).await;
            match waiting.follows(said) {
                ControlFlow::Break(end) => return end,
                ControlFlow::Continue(delay) => self.transport.sleep(delay).await,
            }
        }
    }

    async fn call_within<C: Call<Service = S>>(
        &self,
        input: &C::Input,
        timeout: Option<Duration>,
    ) -> Result<C::Output, Error<C::Error>> {
        let span = telemetry::call::<C>();
        telemetry::within(span, self.exchange::<C>(input, timeout)).await
    }

    async fn exchange<C: Call<Service = S>>(
        &self,
        input: &C::Input,
        timeout: Option<Duration>,
    ) -> Result<C::Output, Error<C::Error>> {
        let settled = &*self.settled;
        let prepared = settled.prepare::<C>(input)?;
        let mut exchange = Exchange::new(&settled.retries, &settled.quota, timeout);
        loop {
            let error = match self.attempt::<C>(&prepared, &mut exchange).await {
                Ok(output) => {
                    exchange.succeeded();
                    return Ok(output);
                }
                Err(error) => error,
            };
            let wait = exchange.failed(error.failure());
            telemetry::failed(exchange.attempts(), &error, wait);
            match wait {
                Some(wait) => self.transport.sleep(wait).await,
                None => return Err(error),
            }
        }
    }

    async fn attempt<C: Call<Service = S>>(
        &self,
        prepared: &Prepared,
        exchange: &mut Exchange<'_>,
    ) -> Result<C::Output, Error<C::Error>> {
        exchange.begin();
        let credentials = if prepared.is_signed() {
            let provided = self.credentials(exchange).await;
            Some(provided.map_err(Error::Credentials)?)
        } else {
            None
        };
        let request = self.settled.signed(prepared, credentials.as_ref())?;
        let limits = exchange.limits(&self.settled.limits);
        // On the heap, as what a transport keeps is large: buffers, and the state of TLS.
        let sent = Box::pin(send_within(&*self.transport, request, &limits)).await;
        C::response(&sent.map_err(Error::Transport)?)
    }

    /// Credentials, which may take as long as an attempt.
    async fn credentials(&self, exchange: &Exchange<'_>) -> Result<Credentials, CredentialsError> {
        let provided = self.settled.credentials.provide();
        let Some(limit) = exchange.limits(&self.settled.limits).attempt else {
            return provided.await;
        };
        let provided = within(provided, self.transport.sleep(limit)).await;
        provided.unwrap_or_else(|| Err(CredentialsError::late()))
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

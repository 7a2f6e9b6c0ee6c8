//! The client that does not block.

use std::fmt;
use std::sync::Arc;

use super::config::{Builder, ConfigError, Settled};
use super::exchange::Exchange;
use super::prepare::Prepared;
use super::transport::{Transport, send_within, within};
use crate::credentials::CredentialsError;
use crate::sign::Credentials;
use crate::{Call, Error, Service, telemetry};

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
        let span = telemetry::call::<C>();
        telemetry::within(span, self.exchange::<C>(input)).await
    }

    async fn exchange<C: Call<Service = S>>(
        &self,
        input: &C::Input,
    ) -> Result<C::Output, Error<C::Error>> {
        let settled = &*self.settled;
        let prepared = settled.prepare::<C>(input)?;
        let mut exchange = Exchange::new(&settled.retries, &settled.quota, settled.timeout);
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
        let sent = send_within(&*self.transport, request, &limits).await;
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

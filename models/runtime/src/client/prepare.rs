//! From an input to a request that can be signed and sent as often as needed.

use bytes::Bytes;
use http::Request;
use http::header::USER_AGENT;

use super::config::Settled;
use super::exchange::Failure;
use super::transport::TransportErrorKind;
use crate::codec::Auth;
use crate::endpoint::Endpoint;
use crate::sign::{Credentials, Payload, Scope};
use crate::{Call, Error, Service};

/// A request without its signature.
pub(super) struct Prepared {
    request: Request<Bytes>,
    signature: Option<Signature>,
}

/// How a request is to be signed.
struct Signature {
    region: String,
    service: String,
    double_encoding: bool,
    payload: Payload,
}

impl<S: Service> Settled<S> {
    /// The request of a call.
    pub(super) fn prepare<C: Call<Service = S>>(
        &self,
        input: &C::Input,
    ) -> Result<Prepared, Error<C::Error>> {
        let by_input;
        let endpoint = if S::ENDPOINT_BY_INPUT {
            let mut parameters = self.parameters.clone();
            C::fill(input, &mut parameters);
            by_input = S::endpoint(&parameters);
            &by_input
        } else {
            &self.endpoint
        };
        let endpoint = endpoint
            .as_ref()
            .map_err(|error| Error::Endpoint(error.clone()))?;
        let mut request = C::request(input, endpoint)?;
        if let Some(agent) = &self.user_agent {
            request.headers_mut().insert(USER_AGENT, agent.clone());
        }
        Ok(Prepared {
            request,
            signature: self.signature::<C>(endpoint)?,
        })
    }

    fn signature<C: Call<Service = S>>(
        &self,
        endpoint: &Endpoint,
    ) -> Result<Option<Signature>, Error<C::Error>> {
        let payload = match C::AUTH {
            Auth::None => return Ok(None),
            Auth::Sigv4 => Payload::Signed,
            Auth::Sigv4UnsignedPayload => Payload::Unsigned,
            Auth::Other(scheme) => return Err(Error::Authentication(scheme)),
        };
        let schemes = endpoint.auth_schemes();
        let scheme = schemes.iter().find(|scheme| scheme.name == "sigv4");
        if let (None, Some(other)) = (scheme, schemes.first()) {
            // What the rules alone offer cannot be replaced by what they do not.
            if other.name != "sigv4-s3express" && other.name != "none" {
                return Err(Error::Authentication("sigv4a"));
            }
        }
        let region = scheme.and_then(|scheme| scheme.signing_region.clone());
        let region = region.or_else(|| self.parameters.region().map(str::to_owned));
        let name = scheme.and_then(|scheme| scheme.signing_name.clone());
        Ok(Some(Signature {
            region: region.ok_or(Error::Region)?,
            service: name.unwrap_or_else(|| S::SIGNING_NAME.to_owned()),
            double_encoding: !scheme.is_some_and(|scheme| scheme.disable_double_encoding),
            payload,
        }))
    }

    /// The request as it is sent, signed with these credentials at this moment.
    pub(super) fn signed<E>(
        &self,
        prepared: &Prepared,
        credentials: Option<&Credentials>,
    ) -> Result<Request<Bytes>, Error<E>> {
        let mut request = prepared.request.clone();
        if let (Some(signature), Some(credentials)) = (&prepared.signature, credentials) {
            let mut scope = Scope::new(&signature.region, &signature.service);
            scope.double_encoding = signature.double_encoding;
            let now = (self.clock)();
            self.signer
                .sign(&mut request, credentials, &scope, now, signature.payload)
                .map_err(Error::Signing)?;
        }
        Ok(request)
    }
}

impl Prepared {
    /// Whether credentials are needed.
    pub(super) const fn is_signed(&self) -> bool {
        self.signature.is_some()
    }
}

impl<E> Error<E> {
    /// The failure, as far as it matters for another attempt.
    pub(super) fn failure(&self) -> Failure {
        let is_timeout = matches!(
            self,
            Self::Transport(error) if error.kind() == TransportErrorKind::Timeout
        );
        Failure {
            retry: self.retry(),
            is_timeout,
            retry_after: self.service().and_then(crate::ServiceError::retry_after),
        }
    }
}

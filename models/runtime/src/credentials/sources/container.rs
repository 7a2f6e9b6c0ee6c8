//! The credentials of a container: Elastic Container Service, and pods of Elastic Kubernetes Service.

use std::fs;
use std::net::IpAddr;

use bytes::Bytes;
use http::header::{ACCEPT, AUTHORIZATION, HeaderValue};
use http::{Request, Uri};

use super::{CredentialsError, Fetch, Variables, answer, fetch};
use crate::sign::Credentials;

const PLACE: &str = "the container";
const HOST: &str = "http://169.254.170.2";
/// The hosts beside this one that may be asked without TLS, as they cannot be elsewhere.
const KNOWN: [&str; 3] = ["169.254.170.2", "169.254.170.23", "fd00:ec2::23"];

/// The container's credentials, if it has any.
pub(super) async fn load(
    variables: &Variables,
    fetch: &dyn Fetch,
) -> Result<Option<Credentials>, CredentialsError> {
    let relative = variables.get("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI");
    let whole = variables.get("AWS_CONTAINER_CREDENTIALS_FULL_URI");
    let uri = match (relative, whole) {
        (Some(relative), _) => format!("{HOST}{relative}"),
        (None, Some(whole)) => whole.to_owned(),
        (None, None) => return Ok(None),
    };
    let uri: Uri = uri.parse().map_err(|error| {
        CredentialsError::new(PLACE, "the address of its metadata is no URI").because(error)
    })?;
    if !may_be_asked(&uri) {
        return Err(CredentialsError::new(
            PLACE,
            "AWS_CONTAINER_CREDENTIALS_FULL_URI names another machine without TLS; use https",
        ));
    }
    let mut request = Request::get(uri).header(ACCEPT, "application/json");
    if let Some(token) = token(variables)? {
        request = request.header(AUTHORIZATION, token);
    }
    let body = fetch::body(fetch, PLACE, request.body(Bytes::new())).await?;
    answer::read(PLACE, &body).map(Some)
}

/// Whether the token for it can be sent there.
fn may_be_asked(uri: &Uri) -> bool {
    let host = uri.host().unwrap_or_default();
    let host = host.trim_start_matches('[').trim_end_matches(']');
    match uri.scheme_str() {
        Some("https") => true,
        Some("http") => {
            let loopback = |address: IpAddr| address.is_loopback();
            KNOWN.contains(&host) || host == "localhost" || host.parse().is_ok_and(loopback)
        }
        _ => false,
    }
}

fn token(variables: &Variables) -> Result<Option<HeaderValue>, CredentialsError> {
    let token = match variables.get("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE") {
        // Read each time, as it is replaced.
        Some(file) => Some(fs::read_to_string(file).map_err(|error| {
            CredentialsError::new(PLACE, "its token's file cannot be read").because(error)
        })?),
        None => variables
            .get("AWS_CONTAINER_AUTHORIZATION_TOKEN")
            .map(str::to_owned),
    };
    let value = token.map(|token| {
        let mut value = HeaderValue::from_str(token.trim_end_matches(['\r', '\n'])).ok()?;
        value.set_sensitive(true);
        Some(value)
    });
    match value {
        Some(None) => Err(CredentialsError::new(
            PLACE,
            "its token has a line break in it",
        )),
        Some(token) => Ok(token),
        None => Ok(None),
    }
}

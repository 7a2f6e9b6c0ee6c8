//! The credentials of an instance of Elastic Compute Cloud, by version 2 of its metadata service.

use bytes::Bytes;
use http::Request;
use http::header::HeaderValue;

use super::{CredentialsError, Fetch, Variables, answer, fetch};
use crate::sign::Credentials;

const PLACE: &str = "the instance";
const ROLES: &str = "/latest/meta-data/iam/security-credentials/";

/// The credentials of the instance's role, unless its metadata are switched off.
pub(super) async fn load(
    variables: &Variables,
    fetch: &dyn Fetch,
) -> Result<Option<Credentials>, CredentialsError> {
    let disabled = variables.get("AWS_EC2_METADATA_DISABLED");
    if disabled.is_some_and(|word| word.eq_ignore_ascii_case("true")) {
        return Ok(None);
    }
    let mode = variables.get("AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE");
    let usual = match mode {
        Some(mode) if mode.eq_ignore_ascii_case("ipv6") => "http://[fd00:ec2::254]",
        _ => "http://169.254.169.254",
    };
    let endpoint = variables.get("AWS_EC2_METADATA_SERVICE_ENDPOINT");
    let endpoint = endpoint.unwrap_or(usual).trim_end_matches('/');

    let request = Request::put(format!("{endpoint}/latest/api/token"))
        .header("x-aws-ec2-metadata-token-ttl-seconds", "21600");
    let token = fetch::body(fetch, PLACE, request.body(Bytes::new())).await?;
    let unfit = |_| CredentialsError::new(PLACE, "its token has a line break in it");
    let mut token = HeaderValue::from_bytes(&token).map_err(unfit)?;
    token.set_sensitive(true);
    let get = |path: String| {
        let request = Request::get(path).header("x-aws-ec2-metadata-token", &token);
        fetch::body(fetch, PLACE, request.body(Bytes::new()))
    };
    let roles = get(format!("{endpoint}{ROLES}")).await?;
    let roles = String::from_utf8_lossy(&roles);
    let Some(role) = roles.lines().map(str::trim).find(|role| !role.is_empty()) else {
        return Err(CredentialsError::new(PLACE, "it has no role"));
    };
    let body = get(format!("{endpoint}{ROLES}{role}")).await?;
    answer::read(PLACE, &body).map(Some)
}

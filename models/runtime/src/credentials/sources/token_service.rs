//! Roles, which the security token service gives credentials for.

use std::fs;
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use http::Request;
use http::header::CONTENT_TYPE;

use super::{CredentialsError, Fetch, Variables, answer, fetch};
use crate::sign::{Credentials, Payload, Scope, sign, write_encoded};

const PLACE: &str = "the security token service";
const VERSION: &str = "2011-06-15";

/// A role to take.
pub(super) struct Role {
    pub(super) arn: String,
    pub(super) session_name: Option<String>,
    pub(super) external_id: Option<String>,
    pub(super) seconds: Option<String>,
}

/// The service of a region.
pub(super) struct TokenService<'a> {
    fetch: &'a dyn Fetch,
    endpoint: String,
    region: String,
    now: SystemTime,
}

impl<'a> TokenService<'a> {
    pub(super) fn new(
        variables: &Variables,
        fetch: &'a dyn Fetch,
        region: Option<String>,
        now: SystemTime,
    ) -> Self {
        let region = region.unwrap_or_else(|| "us-east-1".to_owned());
        Self {
            fetch,
            endpoint: variables.endpoint("AWS_ENDPOINT_URL_STS", "sts", &region),
            region,
            now,
        }
    }

    /// Takes a role with credentials.
    pub(super) async fn by_credentials(
        &self,
        role: &Role,
        credentials: &Credentials,
    ) -> Result<Credentials, CredentialsError> {
        let mut request = self.request("AssumeRole", role, None)?;
        let scope = Scope::new(&self.region, "sts");
        sign(&mut request, credentials, &scope, self.now, Payload::Signed)
            .map_err(|error| CredentialsError::new(PLACE, "it cannot be asked").because(error))?;
        self.ask(request).await
    }

    /// Takes a role with a token that stands in a file, such as a pod has one.
    pub(super) async fn by_web_identity(
        &self,
        role: &Role,
        file: &str,
    ) -> Result<Credentials, CredentialsError> {
        // Read each time, as it is replaced.
        let token = fs::read_to_string(file).map_err(|error| {
            CredentialsError::new(PLACE, "the file of the web identity token cannot be read")
                .because(error)
        })?;
        let token = Some(("WebIdentityToken", token.trim()));
        let request = self.request("AssumeRoleWithWebIdentity", role, token)?;
        self.ask(request).await
    }

    fn request(
        &self,
        action: &str,
        role: &Role,
        token: Option<(&'static str, &str)>,
    ) -> Result<Request<Bytes>, CredentialsError> {
        let since = self.now.duration_since(SystemTime::UNIX_EPOCH);
        let session = format!("shapewright-{}", since.unwrap_or(Duration::ZERO).as_secs());
        let mut body = format!("Action={action}&Version={VERSION}");
        let optional = [
            ("ExternalId", role.external_id.as_deref()),
            ("DurationSeconds", role.seconds.as_deref()),
        ];
        let optional = optional
            .into_iter()
            .filter_map(|(name, value)| Some((name, value?)));
        for (name, value) in [
            ("RoleArn", role.arn.as_str()),
            (
                "RoleSessionName",
                role.session_name.as_deref().unwrap_or(&session),
            ),
        ]
        .into_iter()
        .chain(optional)
        .chain(token)
        {
            let mut encoded = Vec::new();
            write_encoded(&mut encoded, value.bytes(), b"");
            body.push('&');
            body.push_str(name);
            body.push('=');
            body.push_str(&String::from_utf8_lossy(&encoded));
        }
        let request = Request::post(self.endpoint.as_str()).header(
            CONTENT_TYPE,
            "application/x-www-form-urlencoded; charset=utf-8",
        );
        request
            .body(Bytes::from(body))
            .map_err(|error| CredentialsError::new(PLACE, "its address is no URI").because(error))
    }

    async fn ask(&self, request: Request<Bytes>) -> Result<Credentials, CredentialsError> {
        let body = fetch::body(self.fetch, PLACE, Ok(request)).await?;
        let body = String::from_utf8_lossy(&body);
        let needed = |name: &'static str| {
            let lacking = || CredentialsError::new(PLACE, format!("its answer has no {name}"));
            element(&body, name).ok_or_else(lacking)
        };
        let credentials = Credentials::new(needed("AccessKeyId")?, needed("SecretAccessKey")?);
        let credentials = credentials.with_session_token(needed("SessionToken")?);
        answer::expiring(PLACE, credentials, needed("Expiration")?)
    }
}

/// The text of the first element of this name, each of which holds only text without escapes.
fn element<'a>(xml: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = xml.split_once(&format!("<{name}>"))?;
    let (text, _) = rest.split_once(&format!("</{name}>"))?;
    Some(text.trim()).filter(|text| !text.is_empty())
}

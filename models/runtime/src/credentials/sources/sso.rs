//! Who logged in by `aws sso login`: the token that this left in the user's folder, and the
//! credentials of a role for it.

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use http::Request;
use http::header::{CONTENT_TYPE, HeaderValue};
use serde_json::{Map, Value, json};

use super::profile::Profile;
use super::{CredentialsError, Fetch, Variables, answer, fetch};
use crate::sign::{Credentials, Stamp, sha1, write_encoded};

const PLACE: &str = "the single sign-on";
/// So long before it expires, a token is replaced, as by AWS's other tools.
const AHEAD: Duration = Duration::from_secs(5 * 60);

/// What a profile says of a login and of the role that is taken with it.
pub(super) struct Login<'p> {
    /// The profile's name.
    profile: &'p str,
    /// What the file of the token is named after: the session, or else where one logs in.
    named: &'p str,
    region: &'p str,
    account: &'p str,
    role: &'p str,
}

impl<'p> Login<'p> {
    /// What the profile says; none if it says nothing of a login.
    pub(super) fn of(
        name: &'p str,
        profile: &'p Profile,
        session: impl Fn(&str) -> Option<&'p Profile>,
    ) -> Option<Result<Self, CredentialsError>> {
        let named = profile.get("sso_session");
        let start = profile.get("sso_start_url");
        let (named, of) = match (named, start) {
            (Some(named), _) => (named, session(named)),
            (None, Some(start)) => (start, Some(profile)),
            (None, None) => return None,
        };
        let Some(of) = of else {
            let problem = format!("{name:?} names the sso_session {named:?}, which no file has");
            return Some(Err(CredentialsError::new(PLACE, problem)));
        };
        let needed = |section: &'p Profile, key: &str| {
            let lacking = || CredentialsError::new(PLACE, format!("{name:?} has no {key}"));
            section.get(key).map(String::as_str).ok_or_else(lacking)
        };
        let login = || {
            Ok(Self {
                profile: name,
                named,
                region: needed(of, "sso_region")?,
                account: needed(profile, "sso_account_id")?,
                role: needed(profile, "sso_role_name")?,
            })
        };
        Some(login())
    }

    /// The credentials of the role.
    pub(super) async fn load(
        &self,
        variables: &Variables,
        fetch: &dyn Fetch,
        now: SystemTime,
    ) -> Result<Credentials, CredentialsError> {
        let token = self.token(variables, fetch, now).await?;
        let portal = variables.endpoint("AWS_ENDPOINT_URL_SSO", "portal.sso", self.region);
        let mut address = format!("{portal}/federation/credentials?role_name=").into_bytes();
        write_encoded(&mut address, self.role.bytes(), b"");
        address.extend_from_slice(b"&account_id=");
        write_encoded(&mut address, self.account.bytes(), b"");
        let mut token = HeaderValue::from_str(&token)
            .map_err(|_| self.over("its token has a line break in it"))?;
        token.set_sensitive(true);
        let request = Request::get(address.as_slice()).header("x-amz-sso_bearer_token", token);
        let body = fetch::body(fetch, PLACE, request.body(Bytes::new())).await;
        let body = body.map_err(|error| {
            let what = format!("none of {:?} in {:?}", self.role, self.account);
            self.over(&what).because(error)
        })?;
        answer::read_role(PLACE, &body)
    }

    /// The token, a new one if it is about to expire and may be replaced.
    async fn token(
        &self,
        variables: &Variables,
        fetch: &dyn Fetch,
        now: SystemTime,
    ) -> Result<String, CredentialsError> {
        let path = self.path(variables);
        let path = path.ok_or_else(|| CredentialsError::new(PLACE, "HOME is not set"))?;
        let text =
            fs::read(&path).map_err(|error| self.over("nobody has logged in").because(error))?;
        // Not the reason, which could quote the text.
        let unread = |_| self.over("what the login left is no JSON object");
        let mut login: Map<String, Value> = serde_json::from_slice(&text).map_err(unread)?;
        let token = text_of(&login, "accessToken").map(str::to_owned);
        let expiry = text_of(&login, "expiresAt").and_then(answer::moment);
        let (Some(token), Some(expiry)) = (token, expiry) else {
            return Err(self.over("what the login left has no accessToken with its expiresAt"));
        };
        if now + AHEAD < expiry {
            return Ok(token);
        }
        match self.renewed(&mut login, variables, fetch, now).await {
            Ok(Some(token)) => {
                // A token that cannot be kept still serves now.
                let _ = keep(&path, &login);
                Ok(token)
            }
            _ if now < expiry => Ok(token),
            Ok(None) => Err(self.over("the login has expired")),
            Err(error) => Err(self.over("the login has expired").because(error)),
        }
    }

    /// Has a new token given for the one of a login that may be renewed.
    async fn renewed(
        &self,
        login: &mut Map<String, Value>,
        variables: &Variables,
        fetch: &dyn Fetch,
        now: SystemTime,
    ) -> Result<Option<String>, CredentialsError> {
        let needed = ["clientId", "clientSecret", "refreshToken"];
        let [Some(client), Some(secret), Some(refresh)] = needed.map(|key| text_of(login, key))
        else {
            return Ok(None);
        };
        let registered = text_of(login, "registrationExpiresAt").and_then(answer::moment);
        if registered.is_some_and(|until| until <= now) {
            return Ok(None);
        }
        let body = json!({
            "clientId": client,
            "clientSecret": secret,
            "grantType": "refresh_token",
            "refreshToken": refresh,
        });
        let service = variables.endpoint("AWS_ENDPOINT_URL_SSO_OIDC", "oidc", self.region);
        let request =
            Request::post(format!("{service}/token")).header(CONTENT_TYPE, "application/json");
        let body = Bytes::from(body.to_string());
        let body = fetch::body(fetch, PLACE, request.body(body)).await?;
        let unread = || CredentialsError::new(PLACE, "its answer has no new token");
        let answer: Map<String, Value> = serde_json::from_slice(&body).map_err(|_| unread())?;
        let token = text_of(&answer, "accessToken").ok_or_else(unread)?;
        let seconds = answer.get("expiresIn").and_then(Value::as_u64);
        let expiry = now.checked_add(Duration::from_secs(seconds.ok_or_else(unread)?));
        let expiry = expiry.and_then(written).ok_or_else(unread)?;
        let new = [
            ("accessToken", Some(token)),
            ("expiresAt", Some(expiry.as_str())),
            ("refreshToken", text_of(&answer, "refreshToken")),
        ];
        for (key, value) in new {
            login.extend(value.map(|value| (key.to_owned(), value.into())));
        }
        Ok(Some(token.to_owned()))
    }

    /// Where the token is, with whichever of AWS's tools one logged in.
    fn path(&self, variables: &Variables) -> Option<PathBuf> {
        let mut name = String::new();
        for byte in sha1(self.named.as_bytes()) {
            let _ = write!(name, "{byte:02x}");
        }
        let folder = variables.home()?.join(".aws/sso/cache");
        Some(folder.join(name).with_extension("json"))
    }

    fn over(&self, what: &str) -> CredentialsError {
        let problem = format!("{what}; run `aws sso login --profile {}`", self.profile);
        CredentialsError::new(PLACE, problem)
    }
}

fn text_of<'j>(object: &'j Map<String, Value>, key: &str) -> Option<&'j str> {
    object.get(key)?.as_str()
}

/// A moment as AWS's tools write it: `2015-08-30T12:36:00Z`.
fn written(moment: SystemTime) -> Option<String> {
    let stamp = Stamp::of(moment).ok()?;
    let digits = |range| stamp.as_str().get(range);
    let [year, month, day] = [digits(0..4)?, digits(4..6)?, digits(6..8)?];
    let [hour, minute, second] = [digits(9..11)?, digits(11..13)?, digits(13..15)?];
    Some(format!("{year}-{month}-{day}T{hour}:{minute}:{second}Z"))
}

/// Puts a login in place of the one that a file has, readable by the user alone. Another program may
/// read meanwhile: it finds the old one or the new one.
fn keep(path: &Path, login: &Map<String, Value>) -> std::io::Result<()> {
    /// Two clients of this program may do so at once.
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    let beside = path.with_extension(format!("{}-{count}.tmp", std::process::id()));
    let mut options = fs::OpenOptions::new();
    // One that is there already was left by a program that ended in between.
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&beside)?;
    let written = serde_json::to_vec(login)
        .map_err(Into::into)
        .and_then(|text| file.write_all(&text));
    // Closed first, as some systems want it.
    drop(file);
    let kept = written.and_then(|()| fs::rename(&beside, path));
    if kept.is_err() {
        let _ = fs::remove_file(&beside);
    }
    kept
}

//! Credentials as metadata services write them.

use std::time::{Duration, SystemTime};

use serde_json::Value;

use super::CredentialsError;
use crate::sign::Credentials;

/// Reads a JSON object with a key, its token and when they expire.
pub(super) fn read(place: &'static str, body: &[u8]) -> Result<Credentials, CredentialsError> {
    let answer = Answer::of(place, body)?;
    if let Some(code) = answer.text("Code").filter(|code| *code != "Success") {
        let code: String = code.chars().take(100).collect();
        let problem = format!("it answers with the code {code:?}");
        return Err(CredentialsError::new(place, problem));
    }
    answer.credentials(["AccessKeyId", "SecretAccessKey", "Token"])
}

/// Reads the same as a program writes it, which states the version of the form.
pub(super) fn read_version_1(
    place: &'static str,
    body: &[u8],
) -> Result<Credentials, CredentialsError> {
    let answer = Answer::of(place, body)?;
    if answer.object.get("Version").and_then(Value::as_u64) != Some(1) {
        return Err(CredentialsError::new(
            place,
            "its answer has another Version than 1",
        ));
    }
    answer.credentials(["AccessKeyId", "SecretAccessKey", "SessionToken"])
}

/// Reads the same of a role, as the portal of the single sign-on writes it.
pub(super) fn read_role(place: &'static str, body: &[u8]) -> Result<Credentials, CredentialsError> {
    let mut answer = Answer::of(place, body)?;
    let of_role = answer.object.get_mut("roleCredentials").map(Value::take);
    answer.object = of_role.unwrap_or_default();
    let credentials = answer.credentials(["accessKeyId", "secretAccessKey", "sessionToken"])?;
    let milliseconds = answer.object.get("expiration").and_then(Value::as_u64);
    let milliseconds = milliseconds.ok_or_else(|| lacking(place, "expiration"))?;
    let expiry = SystemTime::UNIX_EPOCH.checked_add(Duration::from_millis(milliseconds));
    Ok(credentials.with_expiry(expiry.ok_or_else(|| lacking(place, "expiration"))?))
}

/// A JSON text with credentials in it.
struct Answer {
    place: &'static str,
    object: Value,
}

impl Answer {
    fn of(place: &'static str, body: &[u8]) -> Result<Self, CredentialsError> {
        let object = serde_json::from_slice(body).map_err(|_| {
            // Not the reason: it could quote the body.
            CredentialsError::new(place, "its answer is no JSON")
        })?;
        Ok(Self { place, object })
    }

    fn text(&self, key: &str) -> Option<&str> {
        let text = self.object.get(key)?.as_str();
        text.filter(|text| !text.is_empty())
    }

    /// What is under these keys: a key's name, the key, and its token if there is one.
    fn credentials(&self, keys: [&'static str; 3]) -> Result<Credentials, CredentialsError> {
        let [id, secret, token] = keys;
        let needed = |key| self.text(key).ok_or_else(|| lacking(self.place, key));
        let credentials = Credentials::new(needed(id)?, needed(secret)?);
        let credentials = match self.text(token) {
            Some(token) => credentials.with_session_token(token),
            None => credentials,
        };
        match self.text("Expiration") {
            Some(expiry) => expiring(self.place, credentials, expiry),
            None => Ok(credentials),
        }
    }
}

fn lacking(place: &'static str, key: &str) -> CredentialsError {
    CredentialsError::new(place, format!("its answer has no {key}"))
}

/// The same credentials with this expiry.
pub(super) fn expiring(
    place: &'static str,
    credentials: Credentials,
    expiry: &str,
) -> Result<Credentials, CredentialsError> {
    let expiry = moment(expiry);
    let unread = || CredentialsError::new(place, "its answer has an Expiration that is no time");
    Ok(credentials.with_expiry(expiry.ok_or_else(unread)?))
}

/// Reads a moment such as `2015-08-30T12:36:00Z`, down to the second.
pub(super) fn moment(text: &str) -> Option<SystemTime> {
    let (date, time) = text.split_once(['T', 't'])?;
    let time = time
        .strip_suffix(['Z', 'z'])
        .or(time.strip_suffix("+00:00"))?;
    let time = time.split('.').next()?;
    let [year, month, day] = numbers(date.split('-'))?;
    let [hour, minute, second] = numbers(time.split(':'))?;
    if !(1970..=9999).contains(&year) || !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    // Years from the first of March on, so that the leap day is a year's last.
    let (year, month) = if month > 2 {
        (year, month - 3)
    } else {
        (year - 1, month + 9)
    };
    let days = year * 365 + year / 4 - year / 100 + year / 400 + (month * 153 + 2) / 5 + day - 1;
    let days = days.checked_sub(719_468)?;
    let seconds = days * 86_400 + hour.min(24) * 3_600 + minute.min(60) * 60 + second.min(60);
    SystemTime::UNIX_EPOCH.checked_add(Duration::from_secs(seconds))
}

fn numbers<'a>(parts: impl Iterator<Item = &'a str>) -> Option<[u64; 3]> {
    let numbers: Option<Vec<u64>> = parts.map(|part| part.parse().ok()).collect();
    numbers?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_read_in_the_forms_that_services_write() {
        for (text, expected) in [
            ("1970-01-01T00:00:00Z", Some(0)),
            ("2000-02-29T00:00:00Z", Some(951_782_400)),
            ("2015-08-30T12:36:00Z", Some(1_440_938_160)),
            ("2015-08-30T12:36:00.123Z", Some(1_440_938_160)),
            ("2015-08-30T12:36:00+00:00", Some(1_440_938_160)),
            ("9999-12-31T23:59:59Z", Some(253_402_300_799)),
            ("1969-12-31T23:59:59Z", None),
            ("2015-08-30", None),
            ("2015-08-30T12:36:00", None),
            ("2015-13-30T12:36:00Z", None),
            ("99999999999999999999-01-01T00:00:00Z", None),
        ] {
            let expected =
                expected.map(|seconds| SystemTime::UNIX_EPOCH + Duration::from_secs(seconds));
            assert_eq!(moment(text), expected, "{text}");
        }
    }
}

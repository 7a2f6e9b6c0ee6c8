//! Logins by `aws sso login`.

use std::fs;
use std::path::PathBuf;

use serde_json::{Value, json};

use super::*;

const CONFIG: &str = "[default]\nsso_session = team\nsso_account_id = 123456789012\n\
    sso_role_name = Reader & Writer\nregion = eu-west-1\n\
    [sso-session team]\nsso_region = eu-west-2\nsso_start_url = https://example.awsapps.com/start\n\
    [profile old]\nsso_start_url = https://example.awsapps.com/start\nsso_region = eu-west-2\n\
    sso_account_id = 123456789012\nsso_role_name = Reader\n\
    [profile lost]\nsso_session = none\nsso_account_id = 1\nsso_role_name = a\n\
    [profile half]\nsso_session = team\nsso_account_id = 1\n\
    [profile role]\nrole_arn = arn\nsource_profile = default\n";
const ROLE_CREDENTIALS: &str = r#"{"roleCredentials": {"accessKeyId": "AKIDSSO",
    "secretAccessKey": "secret", "sessionToken": "token", "expiration": 1440941760000}}"#;
const PORTAL: &str = "GET https://portal.sso.eu-west-2.amazonaws.com/federation/credentials";
/// The SHA-1 of the session's name, and of the address where one logs in.
const OF_SESSION: &str = "d25187dc137f35c88bc80ec8c3ffbdb17b5eb873";
const OF_START: &str = "e8be5486177c5b5392bd9aa76563515b29358e6e";

/// A user who has logged in, with a token until then.
fn logged_in(profile: &str, file: &str, login: &Value) -> World {
    let world = World::new(CONFIG, "", &[("AWS_PROFILE", profile)]);
    fs::create_dir_all(path(&world, file).parent().unwrap()).unwrap();
    fs::write(path(&world, file), login.to_string()).unwrap();
    world
}

fn path(world: &World, file: &str) -> PathBuf {
    let folder = world.home.path().join(".aws/sso/cache");
    folder.join(file).with_extension("json")
}

/// A login that lasts until this time of 2015-08-30; it is 12:36.
fn until(time: &str) -> Value {
    json!({"accessToken": "ACCESS", "expiresAt": format!("2015-08-30T{time}Z"), "region": "x"})
}

/// The same, which may be renewed.
fn renewable(time: &str) -> Value {
    let mut login = until(time);
    login["clientId"] = json!("client");
    login["clientSecret"] = json!("SECRET");
    login["refreshToken"] = json!("REFRESH");
    login
}

fn portal(_: &Request<Bytes>) -> (u16, &'static str) {
    (200, ROLE_CREDENTIALS)
}

#[test]
fn the_token_of_a_login_is_shown_for_the_credentials_of_a_role() {
    for (profile, file, role) in [
        ("default", OF_SESSION, "Reader%20%26%20Writer"),
        ("old", OF_START, "Reader"),
    ] {
        let world = logged_in(profile, file, &until("20:00:00"));
        let expiry = SystemTime::UNIX_EPOCH + Duration::from_secs(1_440_941_760);
        let expected = Credentials::new("AKIDSSO", "secret").with_session_token("token");
        assert_eq!(world.ask(portal).unwrap(), expected.with_expiry(expiry));
        let address = format!("{PORTAL}?role_name={role}&account_id=123456789012");
        assert_eq!(world.sent(), [address]);
        let request = world.sent.lock().unwrap().remove(0);
        let token = &request.headers()["x-amz-sso_bearer_token"];
        assert!(token == "ACCESS" && token.is_sensitive());
    }
}

#[test]
fn a_role_is_taken_with_a_login() {
    let world = logged_in("role", OF_SESSION, &until("20:00:00"));
    let found = world.ask(|request| match request.method().as_str() {
        "GET" => (200, ROLE_CREDENTIALS),
        _ => (200, ROLE),
    });
    assert_eq!(id(&found), "AKIDROLE");
}

#[test]
fn a_token_that_is_about_to_expire_is_renewed_and_kept() {
    for time in ["12:35:00", "12:40:59"] {
        let world = logged_in("default", OF_SESSION, &renewable(time));
        let found = world.ask(|request| match request.method().as_str() {
            "GET" => (200, ROLE_CREDENTIALS),
            _ => (
                200,
                r#"{"accessToken": "NEW", "expiresIn": 3600, "refreshToken": "NEXT"}"#,
            ),
        });
        assert_eq!(id(&found), "AKIDSSO");
        assert_eq!(
            world.sent()[0],
            "POST https://oidc.eu-west-2.amazonaws.com/token"
        );
        let sent = world.sent.lock().unwrap();
        let body: Value = serde_json::from_slice(sent[0].body()).unwrap();
        let expected = json!({"clientId": "client", "clientSecret": "SECRET",
            "grantType": "refresh_token", "refreshToken": "REFRESH"});
        assert_eq!(body, expected);
        assert_eq!(sent[1].headers()["x-amz-sso_bearer_token"], "NEW");
        let kept: Value =
            serde_json::from_slice(&fs::read(path(&world, OF_SESSION)).unwrap()).unwrap();
        let mut expected = renewable("13:36:00");
        expected["accessToken"] = json!("NEW");
        expected["refreshToken"] = json!("NEXT");
        assert_eq!(kept, expected);
        #[cfg(unix)]
        {
            let about = fs::metadata(path(&world, OF_SESSION)).unwrap();
            let mode = std::os::unix::fs::MetadataExt::mode(&about);
            assert_eq!(mode & 0o777, 0o600);
        }
        // Nothing lies beside it.
        let folder = path(&world, OF_SESSION);
        assert_eq!(fs::read_dir(folder.parent().unwrap()).unwrap().count(), 1);
    }
}

#[test]
fn a_token_that_cannot_be_renewed_serves_until_it_expires() {
    let mut unregistered = renewable("12:40:00");
    unregistered["registrationExpiresAt"] = json!("2015-08-30T12:36:00Z");
    for (login, asked) in [
        (until("12:40:00"), 1),
        (renewable("12:40:00"), 2),
        (unregistered, 1),
    ] {
        let world = logged_in("default", OF_SESSION, &login);
        let found = world.ask(|request| match request.method().as_str() {
            "GET" => (200, ROLE_CREDENTIALS),
            _ => (400, "SECRET"),
        });
        assert_eq!(id(&found), "AKIDSSO");
        assert_eq!(world.sent().len(), asked);
    }
}

#[test]
fn a_login_that_is_none_any_more_is_told_with_the_command_that_makes_one() {
    let command = "run `aws sso login --profile default`";
    for (login, expected) in [
        (until("12:36:00"), "the login has expired"),
        (renewable("12:36:00"), "the status 400"),
        (
            json!({"accessToken": "SECRET"}),
            "no accessToken with its expiresAt",
        ),
        (json!(["SECRET"]), "no JSON object"),
        (until("20:00:00"), "the status 400"),
    ] {
        let world = logged_in("default", OF_SESSION, &login);
        let error = told(&world.ask(|_| (400, "SECRET")).unwrap_err());
        assert!(
            error.contains(expected) && error.contains(command),
            "{error}"
        );
        assert!(!error.contains("SECRET"), "{error}");
    }
    let world = World::new(CONFIG, "", &[]);
    let error = told(&world.ask(nobody).unwrap_err());
    assert!(
        error.contains("nobody has logged in") && error.contains(command),
        "{error}"
    );
}

#[test]
fn what_a_profile_lacks_for_a_login_is_told() {
    for (profile, expected) in [
        (
            "lost",
            "\"lost\" names the sso_session \"none\", which no file has",
        ),
        ("half", "\"half\" has no sso_role_name"),
    ] {
        let world = logged_in(profile, OF_SESSION, &until("20:00:00"));
        let error = told(&world.ask(portal).unwrap_err());
        assert!(error.contains(expected), "{error}");
        assert!(world.sent().is_empty());
    }
}

#[test]
fn answers_of_the_portal_that_are_none_are_told_without_their_words() {
    for (body, expected) in [
        ("SECRET", "no JSON"),
        ("[\"SECRET\"]", "no accessKeyId"),
        (
            r#"{"roleCredentials": {"accessKeyId": "SECRET"}}"#,
            "no secretAccessKey",
        ),
        (
            r#"{"roleCredentials": {"accessKeyId": "SECRET", "secretAccessKey": "SECRET"}}"#,
            "no expiration",
        ),
    ] {
        let world = logged_in("default", OF_SESSION, &until("20:00:00"));
        let error = told(&world.ask(move |_| (200, body)).unwrap_err());
        assert!(
            error.contains(expected) && !error.contains("SECRET"),
            "{error}"
        );
    }
}

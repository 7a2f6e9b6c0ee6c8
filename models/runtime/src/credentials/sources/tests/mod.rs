//! The providers, on folders and variables of the tests' own and services that are closures.

#[cfg(unix)]
mod process;
mod sso;

use std::fs;
use std::future::Future;
use std::pin::pin;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use http::{Request, Response};
use tempfile::TempDir;

use super::*;
use crate::credentials::Static;
use crate::sign::Credentials;

const METADATA: &str = r#"{"Code": "Success", "AccessKeyId": "AKIDMETADATA",
    "SecretAccessKey": "secret", "Token": "token", "Expiration": "2015-08-30T12:36:00Z"}"#;
const ROLE: &str = "<R><Credentials><AccessKeyId>AKIDROLE</AccessKeyId><SecretAccessKey>secret\
    </SecretAccessKey><SessionToken>token</SessionToken><Expiration>2015-08-30T12:36:00Z\
    </Expiration></Credentials></R>";

/// What is ready at once, or else nothing.
fn now_or_never<T>(future: impl Future<Output = T>) -> Option<T> {
    let mut context = Context::from_waker(Waker::noop());
    match pin!(future).poll(&mut context) {
        Poll::Ready(value) => Some(value),
        Poll::Pending => None,
    }
}

/// A user's folder with both files, and requests that were sent.
struct World {
    home: TempDir,
    variables: Vec<(String, String)>,
    sent: Arc<Mutex<Vec<Request<Bytes>>>>,
}

impl World {
    fn new(config: &str, credentials: &str, variables: &[(&str, &str)]) -> Self {
        let home = TempDir::new().unwrap();
        fs::create_dir(home.path().join(".aws")).unwrap();
        fs::write(home.path().join(".aws/config"), config).unwrap();
        fs::write(home.path().join(".aws/credentials"), credentials).unwrap();
        let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        let mut variables: Vec<_> = variables.iter().map(owned).collect();
        variables.push(("HOME".to_owned(), home.path().to_str().unwrap().to_owned()));
        Self {
            home,
            variables,
            sent: Arc::default(),
        }
    }

    fn variables(&self) -> Variables {
        self.variables.iter().cloned().collect()
    }

    /// The chain, with a service that answers by this: a status and a body.
    fn chain(
        &self,
        answer: impl Fn(&Request<Bytes>) -> (u16, &'static str) + Send + Sync + 'static,
    ) -> DefaultChain {
        let sent = Arc::clone(&self.sent);
        let fetch = move |request: Request<Bytes>| {
            let (status, body) = answer(&request);
            sent.lock().unwrap().push(request);
            if status == 0 {
                return Err(FetchError::from("nobody is there"));
            }
            let answer = Response::builder().status(status);
            Ok(answer.body(Bytes::from_static(body.as_bytes())).unwrap())
        };
        let clock = || SystemTime::UNIX_EPOCH + Duration::from_secs(1_440_938_160);
        DefaultChain::new(self.variables(), Arc::new(fetch)).with_clock(clock)
    }

    /// Asks such a chain.
    fn ask(
        &self,
        answer: impl Fn(&Request<Bytes>) -> (u16, &'static str) + Send + Sync + 'static,
    ) -> Result<Credentials, CredentialsError> {
        now_or_never(self.chain(answer).provide()).unwrap()
    }

    fn sent(&self) -> Vec<String> {
        let sent = self.sent.lock().unwrap();
        let shown = |request: &Request<Bytes>| format!("{} {}", request.method(), request.uri());
        sent.iter().map(shown).collect()
    }
}

fn nobody(_: &Request<Bytes>) -> (u16, &'static str) {
    (0, "")
}

fn id(found: &Result<Credentials, CredentialsError>) -> &str {
    found.as_ref().unwrap().access_key_id()
}

/// An error and all that caused it.
fn told(error: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(Some(error), |error| error.source());
    causes
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join(": ")
}

const CREDENTIALS: &str = "
[default]
aws_access_key_id = AKIDDEFAULT   ; a comment
aws_secret_access_key = a=b#c
# another
[other]
aws_access_key_id=AKIDOTHER
aws_secret_access_key=secret
aws_session_token=token
";

#[test]
fn the_environment_comes_first_and_has_both_or_none() {
    let key = ("AWS_ACCESS_KEY_ID", "AKIDENV");
    let secret = ("AWS_SECRET_ACCESS_KEY", "secret");
    let token = ("AWS_SESSION_TOKEN", "token");
    let found = World::new("", CREDENTIALS, &[key, secret, token])
        .ask(nobody)
        .unwrap();
    assert_eq!(
        found,
        Credentials::new("AKIDENV", "secret").with_session_token("token")
    );
    let found = World::new("", CREDENTIALS, &[key, ("AWS_SECRET_ACCESS_KEY", "")]).ask(nobody);
    assert!(told(&found.unwrap_err()).contains("set both or none"));
    let alone = Environment::new(Variables::default());
    assert!(now_or_never(alone.provide()).unwrap().is_err());
}

#[test]
fn a_profile_is_found_in_either_file() {
    let found = World::new("", CREDENTIALS, &[]).ask(nobody).unwrap();
    assert_eq!(found, Credentials::new("AKIDDEFAULT", "a=b#c"));
    let config = "[profile third]\naws_access_key_id = AKIDTHIRD\naws_secret_access_key = secret\n\
                  s3 =\n  aws_access_key_id = nested\n[third]\naws_access_key_id = no profile\n";
    for (profile, expected) in [("other", "AKIDOTHER"), ("third", "AKIDTHIRD")] {
        let world = World::new(config, CREDENTIALS, &[("AWS_PROFILE", profile)]);
        assert_eq!(id(&world.ask(nobody)), expected);
    }
    let world = World::new(config, CREDENTIALS, &[("AWS_PROFILE", "none")]);
    assert!(told(&world.ask(nobody).unwrap_err()).contains("\"none\", which no file has"));
}

#[test]
fn a_region_is_that_of_the_environment_or_else_of_the_profile() {
    let config = "[default]\nregion = eu-west-1\n[profile other]\nregion = eu-west-2\n";
    for (variables, expected) in [
        (
            &[
                ("AWS_REGION", "us-east-1"),
                ("AWS_DEFAULT_REGION", "us-east-2"),
            ][..],
            Some("us-east-1"),
        ),
        (&[("AWS_DEFAULT_REGION", "us-east-2")], Some("us-east-2")),
        (&[("AWS_PROFILE", "other")], Some("eu-west-2")),
        (&[], Some("eu-west-1")),
        (&[("AWS_PROFILE", "none")], None),
    ] {
        let world = World::new(config, "", variables);
        assert_eq!(region(&world.variables()).unwrap().as_deref(), expected);
    }
}

#[test]
fn a_role_is_taken_with_the_credentials_of_its_source() {
    let config = "[profile role]\nrole_arn = arn:aws:iam::1:role/a\nsource_profile = other\n\
                  external_id = a b\nregion = eu-west-1\n";
    let world = World::new(config, CREDENTIALS, &[("AWS_PROFILE", "role")]);
    let found = world.ask(|_| (200, ROLE)).unwrap();
    let expiry = SystemTime::UNIX_EPOCH + Duration::from_secs(1_440_938_160);
    let expected = Credentials::new("AKIDROLE", "secret").with_session_token("token");
    assert_eq!(found, expected.with_expiry(expiry));
    assert_eq!(world.sent(), ["POST https://sts.eu-west-1.amazonaws.com/"]);
    let request = world.sent.lock().unwrap().remove(0);
    assert_eq!(
        request.body(),
        "Action=AssumeRole&Version=2011-06-15&RoleArn=arn%3Aaws%3Aiam%3A%3A1%3Arole%2Fa\
         &RoleSessionName=shapewright-1440938160&ExternalId=a%20b"
    );
    let authorization = request.headers()["authorization"].to_str().unwrap();
    assert!(authorization.contains("Credential=AKIDOTHER/20150830/eu-west-1/sts/"));
}

#[test]
fn profiles_that_lead_nowhere_are_told() {
    let config = "[profile a]\nrole_arn = a\nsource_profile = b\n[profile b]\nrole_arn = b\n\
                  source_profile = a\n[profile c]\nrole_arn = c\nsource_profile = none\n\
                  [profile d]\nrole_arn = d\n[profile e]\nlogin_session = x\n\
                  [profile f]\naws_access_key_id = AKIDHALF\n";
    for (profile, expected) in [
        ("a", "leads from \"a\" back to it"),
        ("c", "\"none\", which no file has"),
        ("d", "no source of credentials"),
        ("e", "login_session, which is not supported"),
        ("f", "only one of"),
    ] {
        let world = World::new(config, CREDENTIALS, &[("AWS_PROFILE", profile)]);
        let error = told(&world.ask(nobody).unwrap_err());
        assert!(error.contains(expected), "{error}");
    }
}

#[test]
fn a_web_identity_is_sent_unsigned() {
    let mut world = World::new(
        "",
        "",
        &[("AWS_ROLE_ARN", "arn"), ("AWS_REGION", "cn-north-1")],
    );
    let file = world.home.path().join("token");
    fs::write(&file, "identity\n").unwrap();
    let file = file.to_str().unwrap().to_owned();
    world
        .variables
        .push(("AWS_WEB_IDENTITY_TOKEN_FILE".to_owned(), file));
    assert_eq!(id(&world.ask(|_| (200, ROLE))), "AKIDROLE");
    assert_eq!(
        world.sent(),
        ["POST https://sts.cn-north-1.amazonaws.com.cn/"]
    );
    let request = world.sent.lock().unwrap().remove(0);
    assert!(request.body().ends_with(b"&WebIdentityToken=identity"));
    assert!(!request.headers().contains_key("authorization"));
}

#[test]
fn a_container_is_asked_with_its_token_and_only_where_that_is_safe() {
    let relative = ("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "/v2/id");
    let world = World::new(
        "",
        "",
        &[relative, ("AWS_CONTAINER_AUTHORIZATION_TOKEN", "Basic x")],
    );
    assert_eq!(id(&world.ask(|_| (200, METADATA))), "AKIDMETADATA");
    assert_eq!(world.sent(), ["GET http://169.254.170.2/v2/id"]);
    let sent = world.sent.lock().unwrap().remove(0);
    assert_eq!(sent.headers()["authorization"], "Basic x");
    for (uri, asked) in [
        ("https://example.com/x", true),
        ("http://localhost:1/x", true),
        ("http://127.1.2.3/x", true),
        ("http://[::1]:1/x", true),
        ("http://169.254.170.23/v1/credentials", true),
        ("http://[fd00:ec2::23]/v1/credentials", true),
        ("http://example.com/x", false),
        ("http://169.254.169.254/x", false),
        ("/x", false),
    ] {
        let world = World::new("", "", &[("AWS_CONTAINER_CREDENTIALS_FULL_URI", uri)]);
        assert_eq!(world.ask(|_| (200, METADATA)).is_ok(), asked, "{uri}");
        assert_eq!(world.sent().len(), usize::from(asked), "{uri}");
    }
}

#[test]
fn an_instance_is_asked_by_the_second_version_of_its_service() {
    let world = World::new("", "", &[]);
    let found = world.ask(|request| match request.uri().path() {
        "/latest/api/token" => (200, "session"),
        "/latest/meta-data/iam/security-credentials/" => (200, "role\n"),
        _ => (200, METADATA),
    });
    assert_eq!(id(&found), "AKIDMETADATA");
    assert_eq!(found.unwrap().session_token(), Some("token"));
    let folder = "GET http://169.254.169.254/latest/meta-data/iam/security-credentials/";
    let token = "PUT http://169.254.169.254/latest/api/token".to_owned();
    assert_eq!(
        world.sent(),
        [token, folder.to_owned(), format!("{folder}role")]
    );
    let sent = world.sent.lock().unwrap();
    assert_eq!(
        sent[0].headers()["x-aws-ec2-metadata-token-ttl-seconds"],
        "21600"
    );
    assert!(
        sent[1..]
            .iter()
            .all(|sent| sent.headers()["x-aws-ec2-metadata-token"] == "session")
    );
}

#[test]
fn answers_that_are_none_are_told_without_their_words() {
    let relative = ("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "/");
    for (status, body, expected) in [
        (0, "", "it does not answer: nobody is there"),
        (200, "SECRET", "no JSON"),
        (200, "[\"SECRET\"]", "no AccessKeyId"),
        (
            200,
            r#"{"Code": "AssumeRoleUnauthorizedAccess"}"#,
            "the code \"AssumeRole",
        ),
        (200, r#"{"AccessKeyId": "SECRET"}"#, "no SecretAccessKey"),
        (302, "SECRET", "the status 302"),
        (404, "SECRET", "the status 404"),
    ] {
        let world = World::new("", "", &[relative]);
        let error = told(&world.ask(move |_| (status, body)).unwrap_err());
        assert!(
            error.contains(expected) && !error.contains("SECRET"),
            "{error}"
        );
        assert_eq!(world.sent().len(), if status == 0 { 2 } else { 1 });
    }
}

#[test]
fn where_there_is_nothing_the_error_says_what_to_set() {
    let world = World::new("", "", &[]);
    let error = told(&world.ask(nobody).unwrap_err());
    assert!(error.contains("set AWS_ACCESS_KEY_ID") && error.contains("nobody is there"));
    let world = World::new("", "", &[("AWS_EC2_METADATA_DISABLED", "TRUE")]);
    assert!(world.ask(nobody).is_err());
    assert!(world.sent().is_empty());
}

static CLOCK: AtomicU64 = AtomicU64::new(0);

fn clock() -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(CLOCK.load(Ordering::SeqCst))
}

/// Gives credentials of an hour, or nothing; not before it may.
#[derive(Debug, Default)]
struct Slow {
    asked: AtomicUsize,
    ready: AtomicUsize,
    broken: AtomicUsize,
}

impl ProvideCredentials for Slow {
    fn provide(&self) -> Provided<'_> {
        let count = self.asked.fetch_add(1, Ordering::SeqCst) + 1;
        Box::pin(std::future::poll_fn(move |_| {
            if self.ready.load(Ordering::SeqCst) < count {
                return Poll::Pending;
            }
            if self.broken.load(Ordering::SeqCst) > 0 {
                return Poll::Ready(Err(CredentialsError::new("the test", "none")));
            }
            let credentials = Credentials::new(format!("AKID{count}"), "secret");
            Poll::Ready(Ok(
                credentials.with_expiry(clock() + Duration::from_secs(3_600))
            ))
        }))
    }
}

#[test]
fn one_caller_asks_at_a_time_and_what_is_kept_is_replaced_before_it_expires() {
    let slow = Arc::new(Slow::default());
    let cached = Cached::new(Arc::clone(&slow)).with_clock(clock);
    let asked = || slow.asked.load(Ordering::SeqCst);
    let mut context = Context::from_waker(Waker::noop());
    let (mut first, mut second) = (cached.provide(), cached.provide());
    assert!(first.as_mut().poll(&mut context).is_pending());
    assert!(second.as_mut().poll(&mut context).is_pending());
    assert_eq!(asked(), 1);
    // The one that asks is cancelled: the other takes its turn.
    drop(first);
    assert!(second.as_mut().poll(&mut context).is_pending());
    assert_eq!(asked(), 2);
    let mut third = cached.provide();
    assert!(third.as_mut().poll(&mut context).is_pending());
    slow.ready.store(2, Ordering::SeqCst);
    assert_eq!(id(&now_or_never(second).unwrap()), "AKID2");
    assert_eq!(id(&now_or_never(third).unwrap()), "AKID2");
    assert_eq!(asked(), 2);

    CLOCK.store(3_299, Ordering::SeqCst);
    assert_eq!(id(&now_or_never(cached.provide()).unwrap()), "AKID2");
    assert_eq!(asked(), 2);
    // Five minutes before: one asks, the others need not wait.
    CLOCK.store(3_300, Ordering::SeqCst);
    let mut one = cached.provide();
    assert!(one.as_mut().poll(&mut context).is_pending());
    assert_eq!(id(&now_or_never(cached.provide()).unwrap()), "AKID2");
    slow.ready.store(3, Ordering::SeqCst);
    assert_eq!(id(&now_or_never(one).unwrap()), "AKID3");

    // In vain: what there is serves on, and nobody asks again at once.
    CLOCK.store(6_700, Ordering::SeqCst);
    slow.broken.store(1, Ordering::SeqCst);
    slow.ready.store(4, Ordering::SeqCst);
    assert_eq!(id(&now_or_never(cached.provide()).unwrap()), "AKID3");
    assert_eq!(id(&now_or_never(cached.provide()).unwrap()), "AKID3");
    assert_eq!(asked(), 4);
    // Until it expires; then whoever waits for an answer gets the one error.
    CLOCK.store(6_900, Ordering::SeqCst);
    let (mut one, mut other) = (cached.provide(), cached.provide());
    assert!(one.as_mut().poll(&mut context).is_pending());
    assert!(other.as_mut().poll(&mut context).is_pending());
    slow.ready.store(5, Ordering::SeqCst);
    assert!(now_or_never(one).unwrap().is_err());
    assert!(now_or_never(other).unwrap().is_err());
    assert_eq!(asked(), 5);
}

#[test]
fn no_secret_of_a_provider_is_shown() {
    let variables: Variables = [("AWS_SECRET_ACCESS_KEY", "hidden value")]
        .into_iter()
        .collect();
    let credentials = Static::new(Credentials::new("AKIDSTATIC", "hidden value"));
    let environment = Environment::new(variables.clone());
    let fetch = |_: Request<Bytes>| Err(FetchError::from("nobody"));
    let chain = DefaultChain::new(variables, Arc::new(fetch));
    let cached = Cached::new(credentials);
    now_or_never(cached.provide()).unwrap().unwrap();
    let shown = format!("{cached:?} {environment:?} {chain:?}");
    assert!(
        shown.contains("AKIDSTATIC") && !shown.contains("hidden"),
        "{shown}"
    );
}

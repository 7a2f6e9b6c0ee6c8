//! Programs that give out credentials.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;

use super::*;

fn world(command: &str) -> World {
    let config = format!("[default]\ncredential_process = {command}\n");
    World::new(&config, "", &[])
}

/// Waits as a client that blocks does.
fn finished<T>(future: impl Future<Output = T>) -> T {
    struct Unpark(thread::Thread);
    impl std::task::Wake for Unpark {
        fn wake(self: Arc<Self>) {
            self.0.unpark();
        }
    }
    let waker = Waker::from(Arc::new(Unpark(thread::current())));
    let mut context = Context::from_waker(&waker);
    let mut future = pin!(future);
    loop {
        match future.as_mut().poll(&mut context) {
            Poll::Ready(value) => return value,
            Poll::Pending => thread::park(),
        }
    }
}

fn ask(world: &World) -> Result<Credentials, CredentialsError> {
    finished(world.chain(nobody).provide())
}

#[test]
fn a_program_gives_credentials_by_the_shell() {
    let world = world(
        r#"printf '{"Version": 1, "AccessKeyId": "AKID%s", "SecretAccessKey": "a b",' "PROCESS" && echo '"SessionToken": "token", "Expiration": "2015-08-30T12:36:00Z"}'"#,
    );
    let expiry = SystemTime::UNIX_EPOCH + Duration::from_secs(1_440_938_160);
    let expected = Credentials::new("AKIDPROCESS", "a b").with_session_token("token");
    assert_eq!(ask(&world).unwrap(), expected.with_expiry(expiry));
    assert!(world.sent().is_empty());
}

#[test]
fn credentials_that_stand_in_a_profile_come_before_its_program() {
    let config = "[default]\ncredential_process = exit 3\n";
    let world = World::new(config, CREDENTIALS, &[]);
    assert_eq!(id(&ask(&world)), "AKIDDEFAULT");
}

#[test]
fn a_role_is_taken_with_the_credentials_of_a_program() {
    let config = "[profile role]\nrole_arn = arn\nsource_profile = tool\n[profile tool]\n\
        credential_process = echo '{\"Version\": 1, \"AccessKeyId\": \"AKIDPROCESS\", \
        \"SecretAccessKey\": \"secret\"}'\n";
    let world = World::new(config, "", &[("AWS_PROFILE", "role")]);
    let found = finished(world.chain(|_| (200, ROLE)).provide());
    assert_eq!(id(&found), "AKIDROLE");
    let request = world.sent.lock().unwrap().remove(0);
    let authorization = request.headers()["authorization"].to_str().unwrap();
    assert!(authorization.contains("Credential=AKIDPROCESS/"));
}

#[test]
fn programs_that_give_none_are_told_without_their_words() {
    for (command, expected) in [
        ("echo SECRET; exit 3", "it fails with exit status: 3"),
        (
            "no-such-program-at-all 2>/dev/null",
            "it fails with exit status: 127",
        ),
        ("true", "no JSON"),
        ("echo '[\"SECRET\"]'", "another Version than 1"),
        ("echo '{\"Version\": 2}'", "another Version than 1"),
        ("echo '{\"Version\": 1}'", "no AccessKeyId"),
        (
            "echo '{\"Version\": 1, \"AccessKeyId\": \"SECRET\"}'",
            "no SecretAccessKey",
        ),
        // Its pipe is closed at some point, and it ends by that.
        ("yes SECRET 2>/dev/null", "it fails with"),
    ] {
        let error = told(&ask(&world(command)).unwrap_err());
        assert!(error.contains("credential_process"), "{error}");
        assert!(
            error.contains(expected) && !error.contains("SECRET"),
            "{error}"
        );
    }
}

#[test]
fn a_program_that_nobody_waits_for_is_ended() {
    let folder = TempDir::new().unwrap();
    let (file, pipe) = (folder.path().join("id"), folder.path().join("pipe"));
    let made = Command::new("mkfifo").arg(&pipe).status().unwrap();
    assert!(made.success());
    let world = world(&format!(
        "echo $$ > {}; exec sleep 1000 < {}",
        file.display(),
        pipe.display()
    ));
    let chain = world.chain(nobody);
    let mut provided = chain.provide();
    let mut context = Context::from_waker(Waker::noop());
    assert!(provided.as_mut().poll(&mut context).is_pending());
    let process = written(&file);
    assert!(is_running(&process));
    drop(provided);
    // It is the thread that waited for it that lets the system forget it.
    while is_running(&process) {
        thread::yield_now();
    }
}

/// The first line of a file, once there is one.
fn written(file: &Path) -> String {
    loop {
        let text = fs::read_to_string(file).unwrap_or_default();
        if let Some((line, _)) = text.split_once('\n') {
            return line.to_owned();
        }
        thread::yield_now();
    }
}

fn is_running(process: &str) -> bool {
    let mut asked = Command::new("kill");
    let asked = asked.args(["-0", process]).stderr(Stdio::null()).status();
    asked.unwrap().success()
}

//! Credentials that a program of the user gives out: the profile's `credential_process`.

use std::future::Future;
use std::io::{self, Read as _};
use std::pin::Pin;
use std::process::{Child, ChildStdout, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};
use std::thread;
use std::time::Duration;

use super::{CredentialsError, answer};
use crate::sign::Credentials;

const PLACE: &str = "credential_process";
/// Far more than credentials take.
const LONGEST: u64 = 1 << 20;
/// So often it is asked whether a program that has said everything has also ended.
const PAUSE: Duration = Duration::from_millis(5);

/// Runs a command by the shell, and reads what it writes to stdout.
pub(super) async fn load(command: &str) -> Result<Credentials, CredentialsError> {
    let running = Running::begin(command);
    let failed = |error| CredentialsError::new(PLACE, "it cannot be run").because(error);
    let (status, said) = running.map_err(failed)?.await.map_err(failed)?;
    if !status.success() {
        // What it says of that goes to stderr, where its user sees it.
        let problem = format!("it fails with {status}");
        return Err(CredentialsError::new(PLACE, problem));
    }
    answer::read_version_1(PLACE, &said)
}

/// A program that runs. It is ended if nobody waits for it any more.
struct Running {
    child: Arc<Mutex<Child>>,
    outcome: Arc<Mutex<Outcome>>,
}

#[derive(Default)]
struct Outcome {
    ended: Option<io::Result<(ExitStatus, Vec<u8>)>>,
    waiting: Option<Waker>,
}

impl Running {
    fn begin(command: &str) -> io::Result<Self> {
        let [shell, option] = if cfg!(windows) {
            ["cmd.exe", "/C"]
        } else {
            ["sh", "-c"]
        };
        let mut child = Command::new(shell)
            .args([option, command])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()?;
        let stdout = child.stdout.take();
        let child = Arc::new(Mutex::new(child));
        let running = Self {
            child: Arc::clone(&child),
            outcome: Arc::default(),
        };
        let outcome = Arc::clone(&running.outcome);
        // It may take long, and the thread that polls has other things to do.
        thread::Builder::new().spawn(move || {
            let ended = wait(&child, stdout);
            let mut outcome = lock(&outcome);
            outcome.ended = Some(ended);
            let waiting = outcome.waiting.take();
            drop(outcome);
            waiting.into_iter().for_each(Waker::wake);
        })?;
        Ok(running)
    }
}

fn wait(child: &Mutex<Child>, stdout: Option<ChildStdout>) -> io::Result<(ExitStatus, Vec<u8>)> {
    let mut said = Vec::new();
    if let Some(stdout) = stdout {
        stdout.take(LONGEST).read_to_end(&mut said)?;
    }
    loop {
        // The lock is not held meanwhile, so that the program can be ended.
        if let Some(status) = lock(child).try_wait()? {
            return Ok((status, said));
        }
        thread::sleep(PAUSE);
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Future for Running {
    type Output = io::Result<(ExitStatus, Vec<u8>)>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let mut outcome = lock(&self.outcome);
        if let Some(ended) = outcome.ended.take() {
            return Poll::Ready(ended);
        }
        outcome.waiting = Some(context.waker().clone());
        Poll::Pending
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // Of one that has ended already this says so, which is just as well.
        let _ = lock(&self.child).kill();
    }
}

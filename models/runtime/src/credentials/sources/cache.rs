//! Credentials that are kept until they are about to expire.

use std::future::poll_fn;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::task::{Poll, Waker};
use std::time::{Duration, SystemTime};

use super::{CredentialsError, ProvideCredentials, Provided};
use crate::sign::Credentials;

/// So long before they expire, credentials are replaced.
const AHEAD: Duration = Duration::from_secs(5 * 60);
/// So long nobody asks again, if what there is can still be used: a service may give out what is
/// about to expire, or be out of order.
const PAUSE: Duration = Duration::from_secs(30);

/// Keeps the credentials of another provider, and asks it again five minutes before they expire.
///
/// One caller asks at a time. Meanwhile the others use what there is, or wait if it has expired.
#[derive(Debug)]
pub struct Cached<P> {
    provider: P,
    now: fn() -> SystemTime,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    credentials: Option<Credentials>,
    asked: Option<SystemTime>,
    asking: bool,
    /// How often nothing was to be had, and why the last time.
    failed: u64,
    error: Option<CredentialsError>,
    waiting: Vec<Waker>,
}

impl<P: ProvideCredentials> Cached<P> {
    /// Keeps what this provider gives.
    pub fn new(provider: P) -> Self {
        Self {
            provider,
            now: SystemTime::now,
            state: Mutex::default(),
        }
    }

    /// The same with another clock.
    #[must_use]
    pub fn with_clock(mut self, now: fn() -> SystemTime) -> Self {
        self.now = now;
        self
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn load(&self) -> Result<Credentials, CredentialsError> {
        let mut failed_before = None;
        let turn = poll_fn(|context| {
            let mut state = self.state();
            let failed_before = *failed_before.get_or_insert(state.failed);
            match state.next((self.now)()) {
                Next::Use(credentials) => Poll::Ready(Err(Ok(credentials))),
                // While this one waited, another asked in vain: asking again would take as long.
                _ if state.failed != failed_before => Poll::Ready(Err(state.failure())),
                Next::Ask => {
                    state.asking = true;
                    Poll::Ready(Ok(Turn(self)))
                }
                Next::Wait => {
                    let waker = context.waker();
                    if !state.waiting.iter().any(|other| other.will_wake(waker)) {
                        state.waiting.push(waker.clone());
                    }
                    Poll::Pending
                }
            }
        });
        let turn = match turn.await {
            Ok(turn) => turn,
            Err(answer) => return answer,
        };
        let provided = self.provider.provide().await;
        let now = (self.now)();
        let mut state = self.state();
        state.asked = Some(now);
        let answer = match (provided, state.usable(now)) {
            (Ok(credentials), _) => {
                state.credentials = Some(credentials.clone());
                Ok(credentials)
            }
            (Err(_), Some(credentials)) => Ok(credentials.clone()),
            (Err(error), None) => {
                state.failed += 1;
                state.error = Some(error);
                state.failure()
            }
        };
        drop(state);
        drop(turn);
        answer
    }
}

impl<P: ProvideCredentials> ProvideCredentials for Cached<P> {
    fn provide(&self) -> Provided<'_> {
        Box::pin(self.load())
    }
}

/// What a caller does.
enum Next {
    Use(Credentials),
    Ask,
    Wait,
}

impl State {
    fn next(&self, now: SystemTime) -> Next {
        let usable = self.usable(now);
        let asked = |asked: SystemTime| now.duration_since(asked).is_ok_and(|since| since < PAUSE);
        match usable {
            Some(credentials)
                if self.asking
                    || valid(credentials, now + AHEAD)
                    || self.asked.is_some_and(asked) =>
            {
                Next::Use(credentials.clone())
            }
            None if self.asking => Next::Wait,
            _ => Next::Ask,
        }
    }

    fn failure(&self) -> Result<Credentials, CredentialsError> {
        let unknown = || CredentialsError::new("the provider", "it has none");
        Err(self.error.clone().unwrap_or_else(unknown))
    }

    fn usable(&self, now: SystemTime) -> Option<&Credentials> {
        self.credentials
            .as_ref()
            .filter(|credentials| valid(credentials, now))
    }
}

fn valid(credentials: &Credentials, at: SystemTime) -> bool {
    credentials.expiry().is_none_or(|expiry| at < expiry)
}

/// The turn of the one who asks. It ends also if that caller is cancelled.
struct Turn<'a, P: ProvideCredentials>(&'a Cached<P>);

impl<P: ProvideCredentials> Drop for Turn<'_, P> {
    fn drop(&mut self) {
        let mut state = self.0.state();
        state.asking = false;
        let waiting = std::mem::take(&mut state.waiting);
        drop(state);
        // All of them, since the first may have been cancelled; only one gets the next turn.
        waiting.into_iter().for_each(Waker::wake);
    }
}

//! How often a call is tried, and how long a client waits in between: the SDKs' standard mode.

use std::sync::Mutex;
use std::sync::PoisonError;
use std::time::Duration;

/// How often a call is tried, and how long to wait in between.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Retries {
    /// How often a request is sent at most, the first time included. 3 unless told; 1 is no retry.
    pub max_attempts: u32,
    /// The wait before the second attempt is a random part of this, and that doubles each time. A
    /// second unless told.
    pub initial_backoff: Duration,
    /// What it doubles up to. 20 seconds unless told.
    pub max_backoff: Duration,
}

impl Default for Retries {
    fn default() -> Self {
        Self {
            max_attempts: 3,
            initial_backoff: Duration::from_secs(1),
            max_backoff: Duration::from_secs(20),
        }
    }
}

impl Retries {
    /// No retry.
    pub fn none() -> Self {
        Self::default().with_max_attempts(1)
    }

    /// The same with so many attempts; there is always one.
    #[must_use]
    pub fn with_max_attempts(mut self, max_attempts: u32) -> Self {
        self.max_attempts = max_attempts.max(1);
        self
    }

    /// The same with another wait before the second attempt.
    #[must_use]
    pub fn with_initial_backoff(mut self, initial_backoff: Duration) -> Self {
        self.initial_backoff = initial_backoff;
        self
    }

    /// The same with another longest wait.
    #[must_use]
    pub fn with_max_backoff(mut self, max_backoff: Duration) -> Self {
        self.max_backoff = max_backoff;
        self
    }

    /// How long to wait after so many attempts; `random` is a number from 0 to 1.
    pub(super) fn backoff(&self, attempts: u32, random: f64) -> Duration {
        let doubled = 2_u32.saturating_pow(attempts.saturating_sub(1));
        let most = self
            .initial_backoff
            .saturating_mul(doubled)
            .min(self.max_backoff);
        most.mul_f64(random.clamp(0.0, 1.0))
    }
}

/// What all calls of a client may spend on retries together: when a service is down, a client that
/// repeats everything only keeps it there.
#[derive(Debug)]
pub(super) struct Quota(Mutex<u32>);

impl Quota {
    const WHOLE: u32 = 500;
    const RETRY: u32 = 5;
    const TIMEOUT: u32 = 10;
    /// What a call that succeeds at once gives back.
    const SUCCESS: u32 = 1;

    pub(super) const fn new() -> Self {
        Self(Mutex::new(Self::WHOLE))
    }

    /// Takes what a retry costs; nothing if not so much is left.
    pub(super) fn take(&self, is_timeout: bool) -> Option<u32> {
        let cost = if is_timeout {
            Self::TIMEOUT
        } else {
            Self::RETRY
        };
        self.change(|left| left.checked_sub(cost)).then_some(cost)
    }

    /// Gives back what the last retry of a call cost that has succeeded now.
    pub(super) fn give_back(&self, cost: Option<u32>) {
        let cost = cost.unwrap_or(Self::SUCCESS);
        self.change(|left| Some(left.saturating_add(cost).min(Self::WHOLE)));
    }

    fn change(&self, to: impl FnOnce(u32) -> Option<u32>) -> bool {
        let mut left = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        to(*left).map(|changed| *left = changed).is_some()
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{Quota, Retries};

    #[test]
    fn the_wait_doubles_up_to_its_bound_and_is_random() {
        let retries = Retries::default();
        let most = |attempts| retries.backoff(attempts, 1.0).as_secs();
        assert_eq!([1, 2, 3, 5, 6, 90].map(most), [1, 2, 4, 16, 20, 20]);
        assert_eq!(retries.backoff(3, 0.0), Duration::ZERO);
        assert_eq!(retries.backoff(2, 0.25), Duration::from_millis(500));
    }

    #[test]
    fn retries_end_when_the_quota_does_and_successes_fill_it_again() {
        let quota = Quota::new();
        let mut taken = 0;
        while quota.take(false).is_some() {
            taken += 1;
        }
        assert_eq!(taken, 100);
        quota.give_back(None);
        assert_eq!(quota.take(false), None);
        quota.give_back(Some(10));
        assert_eq!(quota.take(true), Some(10));
        for _ in 0..1_000 {
            quota.give_back(None);
        }
        assert_eq!((0..100).filter(|_| quota.take(true).is_some()).count(), 50);
    }
}

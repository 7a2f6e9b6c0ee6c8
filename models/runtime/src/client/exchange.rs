//! One call from its first attempt to its end: what follows each attempt, without I/O.

use std::time::{Duration, Instant};

use super::retries::{Quota, Retries};
use super::transport::Limits;
use crate::Retry;
use crate::codec::random;

/// What is left of a call: attempts, time, and what it has taken of the quota.
pub(super) struct Exchange<'c> {
    retries: &'c Retries,
    quota: &'c Quota,
    attempts: u32,
    /// What the last retry has cost.
    cost: Option<u32>,
    deadline: Option<Instant>,
}

/// Why an attempt failed, as far as it matters for another.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Failure {
    pub(super) retry: Option<Retry>,
    pub(super) is_timeout: bool,
    /// What the service asks to wait at least.
    pub(super) retry_after: Option<Duration>,
}

impl<'c> Exchange<'c> {
    pub(super) fn new(retries: &'c Retries, quota: &'c Quota, timeout: Option<Duration>) -> Self {
        Self {
            retries,
            quota,
            attempts: 0,
            cost: None,
            deadline: timeout.and_then(|timeout| Instant::now().checked_add(timeout)),
        }
    }

    /// How often the request was sent.
    pub(super) const fn attempts(&self) -> u32 {
        self.attempts
    }

    /// The next attempt begins.
    pub(super) fn begin(&mut self) {
        self.attempts += 1;
    }

    /// The limits of what is done next: no longer than what is left of the call.
    pub(super) fn limits(&self, limits: &Limits) -> Limits {
        let left = self
            .deadline
            .map(|deadline| deadline.saturating_duration_since(Instant::now()));
        let attempt = match (limits.attempt, left) {
            (Some(attempt), Some(left)) => Some(attempt.min(left)),
            (attempt, left) => attempt.or(left),
        };
        limits.clone().with_attempt(attempt)
    }

    /// The call has succeeded.
    pub(super) fn succeeded(self) {
        self.quota.give_back(self.cost);
    }

    /// An attempt has failed: how long to wait before the next, if there is one.
    pub(super) fn failed(&mut self, failure: Failure) -> Option<Duration> {
        failure.retry?;
        if self.attempts >= self.retries.max_attempts {
            return None;
        }
        #[expect(clippy::cast_precision_loss, reason = "any fraction will do")]
        let random = random() as f64 / u64::MAX as f64;
        let backoff = self.retries.backoff(self.attempts, random);
        let asked = failure.retry_after.unwrap_or_default();
        let wait = backoff.max(asked.min(self.retries.max_backoff));
        if let Some(deadline) = self.deadline {
            if deadline.saturating_duration_since(Instant::now()) <= wait {
                return None;
            }
        }
        self.cost = Some(self.quota.take(failure.is_timeout)?);
        Some(wait)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{Exchange, Failure};
    use crate::Retry;
    use crate::client::retries::{Quota, Retries};
    use crate::client::transport::Limits;

    fn failure(retry: Option<Retry>) -> Failure {
        Failure {
            retry,
            ..Failure::default()
        }
    }

    #[test]
    fn a_call_is_tried_as_often_as_told_and_only_if_that_may_help() {
        let (retries, quota) = (Retries::default(), Quota::new());
        let mut exchange = Exchange::new(&retries, &quota, None);
        exchange.begin();
        assert_eq!(exchange.failed(failure(None)), None);
        assert!(exchange.failed(failure(Some(Retry::Transient))).is_some());
        exchange.begin();
        assert!(exchange.failed(failure(Some(Retry::Throttling))).is_some());
        exchange.begin();
        assert_eq!(exchange.failed(failure(Some(Retry::Transient))), None);
        assert_eq!(exchange.attempts(), 3);
    }

    #[test]
    fn a_service_is_waited_for_as_long_as_it_asks_within_bounds() {
        let (retries, quota) = (Retries::default(), Quota::new());
        let mut exchange = Exchange::new(&retries, &quota, None);
        exchange.begin();
        let mut asked = failure(Some(Retry::Throttling));
        asked.retry_after = Some(Duration::from_secs(7));
        assert_eq!(exchange.failed(asked), Some(Duration::from_secs(7)));
        asked.retry_after = Some(Duration::from_secs(86_400));
        assert_eq!(exchange.failed(asked), Some(retries.max_backoff));
    }

    #[test]
    fn no_attempt_outlasts_the_call() {
        let (retries, quota) = (Retries::default(), Quota::new());
        let minute = Duration::from_secs(60);
        let exchange = Exchange::new(&retries, &quota, Some(minute));
        let limits = exchange.limits(&Limits::default().with_attempt(minute * 2));
        assert!(limits.attempt.is_some_and(|attempt| attempt <= minute));
        let mut exchange = Exchange::new(&retries, &quota, Some(Duration::ZERO));
        exchange.begin();
        assert_eq!(exchange.failed(failure(Some(Retry::Transient))), None);
    }
}

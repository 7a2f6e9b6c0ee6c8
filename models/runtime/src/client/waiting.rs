//! What follows each answer while a state is awaited, without I/O.

use std::fmt;
use std::marker::PhantomData;
use std::ops::ControlFlow;
use std::time::{Duration, Instant};

use crate::{Answer, Error, Operation, Wait, WaitState};

/// How long to wait for a state; what is not told is as the model has it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct WaitConfig {
    /// How long to wait between two calls.
    pub delay: Option<Duration>,
    /// How often to call at most, the retries of a call not counted.
    pub max_attempts: Option<u32>,
    /// How long it may take as a whole.
    pub timeout: Option<Duration>,
}

impl WaitConfig {
    /// As the model has it.
    pub fn new() -> Self {
        Self::default()
    }

    /// The same with another time between two calls.
    #[must_use]
    pub fn with_delay(mut self, delay: impl Into<Option<Duration>>) -> Self {
        self.delay = delay.into();
        self
    }

    /// The same with another number of calls.
    #[must_use]
    pub fn with_max_attempts(mut self, attempts: impl Into<Option<u32>>) -> Self {
        self.max_attempts = attempts.into();
        self
    }

    /// The same with a bound of the whole.
    #[must_use]
    pub fn with_timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.timeout = timeout.into();
        self
    }
}

/// The output of the operation that a waiter asks.
pub(super) type Output<W> = <<W as Wait>::Operation as Operation>::Output;
/// Its input.
pub(super) type Input<W> = <<W as Wait>::Operation as Operation>::Input;
/// Why waiting ended without the state.
pub(super) type Vain<W> = WaitError<Output<W>, <<W as Wait>::Operation as Operation>::Error>;
/// What a call gave.
type Said<W> = Result<Output<W>, Error<<<W as Wait>::Operation as Operation>::Error>>;

/// What is left of a wait: attempts and time.
pub(super) struct Waiting<W> {
    delay: Duration,
    max_attempts: u32,
    attempts: u32,
    deadline: Option<Instant>,
    waiter: PhantomData<fn() -> W>,
}

impl<W: Wait> Waiting<W> {
    pub(super) fn new(config: &WaitConfig) -> Self {
        let deadline = config.timeout;
        Self {
            delay: config.delay.unwrap_or(W::DELAY),
            max_attempts: config.max_attempts.unwrap_or(W::MAX_ATTEMPTS),
            attempts: 0,
            deadline: deadline.and_then(|timeout| Instant::now().checked_add(timeout)),
            waiter: PhantomData,
        }
    }

    fn left(&self) -> Option<Duration> {
        let deadline = self.deadline?;
        Some(deadline.saturating_duration_since(Instant::now()))
    }

    /// How long the next call may take that may take so long otherwise.
    pub(super) fn timeout(&self, timeout: Option<Duration>) -> Option<Duration> {
        match (timeout, self.left()) {
            (Some(timeout), Some(left)) => Some(timeout.min(left)),
            (timeout, left) => timeout.or(left),
        }
    }

    /// The end, or how long to wait until the next call.
    pub(super) fn follows(
        &mut self,
        said: Said<W>,
    ) -> ControlFlow<Result<Option<Output<W>>, Vain<W>>, Duration> {
        self.attempts += 1;
        let in_vain = |kind, last| {
            ControlFlow::Break(Err(WaitError {
                waiter: W::NAME,
                kind,
                attempts: self.attempts,
                last,
            }))
        };
        match W::state(Answer::<W::Operation>::new(&said)) {
            Some(WaitState::Success) => return ControlFlow::Break(Ok(said.ok())),
            Some(WaitState::Failure) => return in_vain(WaitErrorKind::Failure, said),
            None if said.is_err() => return in_vain(WaitErrorKind::Error, said),
            Some(WaitState::Retry) | None => {}
        }
        let is_late = self.left().is_some_and(|left| left <= self.delay);
        if self.attempts >= self.max_attempts || is_late {
            return in_vain(WaitErrorKind::GaveUp, said);
        }
        ControlFlow::Continue(self.delay)
    }
}

/// Why waiting for a state ended without it. `O` and `E` are the output and the error of the operation
/// that was asked.
#[derive(Debug)]
pub struct WaitError<O, E> {
    waiter: &'static str,
    kind: WaitErrorKind,
    attempts: u32,
    last: Result<O, Error<E>>,
}

/// Of which kind a [`WaitError`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum WaitErrorKind {
    /// A state has come after which the awaited one is not to be expected.
    Failure,
    /// The operation failed, in a way that says nothing of the state.
    Error,
    /// Attempts or time are used up.
    GaveUp,
}

impl<O, E> WaitError<O, E> {
    /// Of which kind it is.
    pub const fn kind(&self) -> WaitErrorKind {
        self.kind
    }

    /// How often the operation was called.
    pub const fn attempts(&self) -> u32 {
        self.attempts
    }

    /// The last answer.
    pub const fn last(&self) -> &Result<O, Error<E>> {
        &self.last
    }

    /// The last answer, owned.
    ///
    /// # Errors
    /// That answer, if it was one.
    pub fn into_last(self) -> Result<O, Error<E>> {
        self.last
    }
}

impl<O, E: fmt::Display> fmt::Display for WaitError<O, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            waiter, attempts, ..
        } = self;
        match self.kind {
            WaitErrorKind::Failure => write!(
                f,
                "waited in vain for {waiter}: it cannot follow the state that call {attempts} showed"
            )?,
            WaitErrorKind::Error => {
                write!(f, "waited in vain for {waiter}: call {attempts} failed")?;
            }
            WaitErrorKind::GaveUp => {
                write!(
                    f,
                    "waited in vain for {waiter}: not there after {attempts} calls"
                )?;
            }
        }
        match &self.last {
            Ok(_) => Ok(()),
            Err(error) => write!(f, ": {error}"),
        }
    }
}

impl<O: fmt::Debug, E: std::error::Error + 'static> std::error::Error for WaitError<O, E> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.last.as_ref().err().map(|error| error as _)
    }
}

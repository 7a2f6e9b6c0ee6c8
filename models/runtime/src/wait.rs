//! Waiters: what an answer says of the state that is awaited, without I/O.

use std::fmt;
use std::time::Duration;

use crate::{Call, Error};

/// A state of a resource that is worth waiting for, and how to (`waiters-2.json`).
pub trait Wait {
    /// The operation that tells the state.
    type Operation: Call;

    /// The waiter's name.
    const NAME: &'static str;
    /// How long to wait between two calls.
    const DELAY: Duration;
    /// How often to call at most.
    const MAX_ATTEMPTS: u32;

    /// What an answer says; nothing if the model knows nothing of such an answer, which ends the wait
    /// only if it is an error.
    fn state(answer: Answer<'_, Self::Operation>) -> Option<WaitState>;
}

/// What an answer says of the state that is awaited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WaitState {
    /// It is there.
    Success,
    /// It is not to be expected any more.
    Failure,
    /// It is not there yet.
    Retry,
}

/// The answer of an operation that is waited for.
pub struct Answer<'a, C: Call>(&'a Result<C::Output, Error<C::Error>>);

impl<'a, C: Call> Answer<'a, C> {
    /// The answer that a call gave.
    pub const fn new(result: &'a Result<C::Output, Error<C::Error>>) -> Self {
        Self(result)
    }

    /// For generated code: whether there is an output that passes a test.
    #[doc(hidden)]
    pub fn shows(&self, test: impl FnOnce(&C::Output) -> bool) -> bool {
        self.0.as_ref().is_ok_and(test)
    }

    /// For generated code: whether the service refused, with this code.
    #[doc(hidden)]
    pub fn has_code(&self, code: &str) -> bool {
        self.error()
            .is_some_and(|error| error.code() == code || error.query_code() == Some(code))
    }

    /// For generated code: whether the service refused.
    #[doc(hidden)]
    pub fn is_refusal(&self) -> bool {
        self.error().is_some()
    }

    /// For generated code: whether the HTTP status is this. An output came with that of the model.
    #[doc(hidden)]
    pub fn has_status(&self, status: u16) -> bool {
        match self.0 {
            Ok(_) => C::STATUS == status,
            Err(error) => error.status().is_some_and(|found| found == status),
        }
    }

    fn error(&self) -> Option<&crate::ServiceError<C::Error>> {
        self.0.as_ref().err()?.service()
    }
}

impl<C: Call> fmt::Debug for Answer<'_, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let said = self.0.as_ref().map(|_| C::NAME);
        f.debug_tuple("Answer").field(&said).finish()
    }
}

/// For generated code: whether there are items and all pass a test.
#[doc(hidden)]
pub fn all<T>(items: impl Iterator<Item = T>, test: impl FnMut(T) -> bool) -> bool {
    let mut items = items.peekable();
    items.peek().is_some() && items.all(test)
}

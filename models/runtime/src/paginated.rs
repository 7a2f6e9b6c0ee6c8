//! Operations whose answers come in pages: how one page leads to the next, without I/O.

use crate::Call;

/// An operation whose answer comes in pages (`paginators-1.json`).
///
/// The clients' `pages` follow them. Whoever sends by other means does what they do:
///
/// ```
/// # use shapewright_runtime::{Paginated, Turn};
/// # fn all<ListJobs: Paginated>(
/// #     mut input: ListJobs::Input,
/// #     send: fn(&ListJobs::Input) -> ListJobs::Output,
/// # ) {
/// let mut output = send(&input);
/// while ListJobs::advance(&mut input, &output) == Turn::More {
///     output = send(&input);
/// }
/// # }
/// ```
pub trait Paginated: Call {
    /// Of what the pages are made: an entry of the first list that makes up the whole. Of a map it is
    /// a key with its value; where an answer names no such list, it is the page.
    type Item;

    /// Makes of the input of a page that of the next one.
    fn advance(input: &mut Self::Input, output: &Self::Output) -> Turn;

    /// What a page holds.
    fn items(output: Self::Output) -> Vec<Self::Item>;
}

/// What follows a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// Another page.
    More,
    /// Nothing: it was the last.
    Over,
    /// The very same page: the service gave the tokens that were just sent, without end.
    Repeated,
}

/// For generated code: puts the tokens of an output into the next input.
#[doc(hidden)]
#[derive(Debug, Default)]
pub struct Tokens {
    is_any: bool,
    is_changed: bool,
}

impl Tokens {
    /// Takes the first of these tokens that is there, and not empty, as no service takes such a one.
    #[must_use]
    pub fn token<T: Clone + PartialEq, const N: usize>(
        mut self,
        input: &mut Option<T>,
        outputs: [Option<&T>; N],
        is_empty: impl Fn(&T) -> bool,
    ) -> Self {
        let mut given = outputs.into_iter().flatten();
        let token = given.find(|token| !is_empty(token));
        self.is_any |= token.is_some();
        if input.as_ref() != token {
            self.is_changed = true;
            *input = token.cloned();
        }
        self
    }

    /// What follows the page whose tokens these are.
    pub const fn turn(self) -> Turn {
        match (self.is_any, self.is_changed) {
            (false, _) => Turn::Over,
            (true, true) => Turn::More,
            (true, false) => Turn::Repeated,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Tokens, Turn};

    fn turn(input: [&str; 2], output: [Option<&str>; 2]) -> (Turn, [Option<String>; 2]) {
        let mut input = input.map(|text| (!text.is_empty()).then(|| text.to_owned()));
        let [one, other] = output.map(|text| text.map(str::to_owned));
        let [first, second] = &mut input;
        let tokens = Tokens::default()
            .token(first, [one.as_ref()], String::is_empty)
            .token(second, [other.as_ref()], String::is_empty);
        (tokens.turn(), input)
    }

    #[test]
    fn a_page_is_the_last_if_it_has_no_token_but_empty_ones() {
        assert_eq!(turn(["a", ""], [None, None]).0, Turn::Over);
        assert_eq!(turn(["a", ""], [Some(""), None]).0, Turn::Over);
    }

    #[test]
    fn tokens_are_repeated_if_all_are_those_that_were_sent() {
        let (found, input) = turn(["a", "b"], [Some("a"), Some("c")]);
        assert_eq!(found, Turn::More);
        assert_eq!(input, ["a", "c"].map(|text| Some(text.to_owned())));
        assert_eq!(turn(["a", "b"], [Some("a"), None]).0, Turn::More);
        assert_eq!(turn(["a", "b"], [Some("a"), Some("b")]).0, Turn::Repeated);
        assert_eq!(turn(["a", ""], [Some("a"), None]).0, Turn::Repeated);
    }

    #[test]
    fn the_first_token_that_is_not_empty_counts() {
        let (empty, last) = (String::new(), "z".to_owned());
        let mut input = None;
        let outputs = [Some(&empty), Some(&last)];
        let tokens = Tokens::default().token(&mut input, outputs, String::is_empty);
        assert_eq!((tokens.turn(), input), (Turn::More, Some(last)));
    }
}

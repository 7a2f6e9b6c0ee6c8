//! The waiters: a type that names each, and what answers say.

use super::route::test;
use super::source::{Literal, Source, block, line};
use crate::plan::Plan;
use crate::plan::routes::{Matcher, State, Waiter};

/// The file of the waiters, if there are any.
pub(super) fn file(plan: &Plan) -> Option<(String, String)> {
    if plan.waiters.is_empty() {
        return None;
    }
    let mut to = Source::new();
    to.module_docs(&["The waiters: states of resources that are worth waiting for.".to_owned()]);
    line!(to, "use crate::operations;");
    for waiter in &plan.waiters {
        one(&mut to, waiter);
    }
    Some(("src/waiters.rs".to_owned(), to.finish()))
}

fn one(to: &mut Source, waiter: &Waiter) {
    let Waiter {
        name,
        operation,
        delay,
        max_attempts,
        ..
    } = waiter;
    to.gap();
    line!(
        to,
        "/// Calls [`{operation}`](operations::{operation}) every {delay} s, {max_attempts} times at most."
    );
    to.lines(&["#[derive(Clone, Debug)]", "#[non_exhaustive]"]);
    line!(to, "pub struct {name};");
    to.gap();
    block!(to, ("impl crate::runtime::Wait for {name}"), |to| {
        line!(to, "type Operation = operations::{operation};");
        to.gap();
        line!(to, "const NAME: &'static str = {};", Literal(&waiter.key));
        line!(
            to,
            "const DELAY: std::time::Duration = std::time::Duration::from_secs({delay});"
        );
        line!(to, "const MAX_ATTEMPTS: u32 = {max_attempts};");
        to.gap();
        let answer = if waiter.acceptors.is_empty() {
            "_"
        } else {
            "answer"
        };
        let head = format_args!(
            "fn state({answer}: crate::runtime::Answer<'_, Self::Operation>) -> Option<crate::runtime::WaitState>"
        );
        to.block(head, |to| {
            for (matcher, state) in &waiter.acceptors {
                let state = match state {
                    State::Success => "Success",
                    State::Failure => "Failure",
                    State::Retry => "Retry",
                };
                block!(to, ("if {}", condition(matcher)), |to| {
                    line!(to, "return Some(crate::runtime::WaitState::{state});");
                });
            }
            line!(to, "None");
        });
    });
}

fn condition(matcher: &Matcher) -> String {
    match matcher {
        Matcher::Output(asked) => format!("answer.shows(|output| {})", test(asked, "output")),
        Matcher::Status(status) => format!("answer.has_status({status})"),
        Matcher::ErrorCode(code) => format!("answer.has_code({})", Literal(code)),
        Matcher::Error(true) => "answer.is_refusal()".to_owned(),
        Matcher::Error(false) => "answer.shows(|_| true)".to_owned(),
    }
}

//! Waiters: what each answer says of the state that is awaited, as tests of typed values.

use std::collections::BTreeMap;

use serde_json::Value as Json;
use shapewright_model::{Acceptor, Code, Model, Path, Problem};

use super::context::Types;
use super::items::{Operation, Type, Value};
use super::jmespath::parse;
use super::route::Test;
use crate::ledger::Ledger;

/// A waiter: a type that names it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Waiter {
    pub(crate) name: String,
    /// By which the model has it.
    pub(crate) key: String,
    /// The operation's type.
    pub(crate) operation: String,
    /// In seconds.
    pub(crate) delay: u64,
    pub(crate) max_attempts: u32,
    /// The first that holds counts.
    pub(crate) acceptors: Vec<(Matcher, State)>,
}

/// What an answer is asked.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Matcher {
    Output(Test),
    Status(u16),
    /// That the service refused with this code.
    ErrorCode(String),
    /// That it refused, or that it did not.
    Error(bool),
}

/// What an answer says of the awaited state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    Success,
    Failure,
    Retry,
}

/// The waiters whose operations can be called, ordered by name.
pub(super) fn plan(
    model: &Model,
    ledger: &Ledger,
    types: &[Type],
    operations: &[Operation],
) -> Vec<Waiter> {
    let types = Types::of(types);
    let operations = by_key(operations);
    let mut waiters: Vec<Waiter> = model
        .waiters
        .iter()
        .filter_map(|(key, waiter)| {
            let operation = operations.get(waiter.operation.as_str())?;
            operation.call.as_ref()?;
            let output = Value::Structure(operation.output.clone());
            let acceptors = waiter.acceptors.iter();
            let acceptors = acceptors.map(|one| acceptor(one, &output, &types));
            Some(Waiter {
                name: ledger.waiter(key).to_owned(),
                key: key.clone(),
                operation: operation.name.clone(),
                delay: waiter.delay,
                max_attempts: u32::try_from(waiter.max_attempts).unwrap_or(u32::MAX),
                acceptors: acceptors.collect::<Option<_>>()?,
            })
        })
        .collect();
    waiters.sort_by(|one, other| one.name.cmp(&other.name));
    waiters
}

fn by_key(operations: &[Operation]) -> BTreeMap<&str, &Operation> {
    let operations = operations.iter();
    operations.map(|one| (one.key.as_str(), one)).collect()
}

fn acceptor(acceptor: &Acceptor, output: &Value, types: &Types<'_>) -> Option<(Matcher, State)> {
    let state = match acceptor.state.as_str() {
        "success" => State::Success,
        "failure" => State::Failure,
        "retry" => State::Retry,
        _ => return None,
    };
    let expected = &acceptor.expected;
    let expression = || parse(acceptor.argument.as_ref()?);
    let many = || types.many(output, &expression()?, expected);
    let matcher = match (acceptor.matcher.as_str(), expected) {
        ("status", _) => Matcher::Status(u16::try_from(expected.as_u64()?).ok()?),
        ("error", Json::String(code)) => Matcher::ErrorCode(code.clone()),
        ("error", Json::Bool(is_error)) => Matcher::Error(*is_error),
        ("path", _) => Matcher::Output(types.matches(output, &expression()?, expected)?),
        ("pathAll", _) => many().map(|(route, value)| Matcher::Output(Test::All(route, value)))?,
        ("pathAny", _) => many().map(|(route, value)| Matcher::Output(Test::Any(route, value)))?,
        _ => return None,
    };
    Some((matcher, state))
}

/// The waiters of which no code is made though their operations can be called. `file` is the name of
/// their file.
pub(crate) fn problems(
    model: &Model,
    operations: &[Operation],
    waiters: &[Waiter],
    file: &str,
) -> Vec<Problem> {
    let operations = by_key(operations);
    let is_missing = |(key, waiter): &(&String, &shapewright_model::Waiter)| {
        let operation = operations.get(waiter.operation.as_str());
        let is_callable = operation.is_some_and(|one| one.call.is_some());
        is_callable && !waiters.iter().any(|one| one.key == **key)
    };
    let missing = model.waiters.iter().filter(is_missing);
    let problem = |(key, _): (&String, _)| {
        Problem {
        code: Code::WaiterForm,
        file: file.to_owned(),
        path: Path::of(["waiters", key]),
        place: None,
        message: format!(
            "the waiter `{}` is of a form that is not known",
            key.escape_debug()
        ),
        help: "the crate does not have it: call the operation until it says what you wait for, or use \
               a newer generator"
            .to_owned(),
    }
    };
    missing.map(problem).collect()
}

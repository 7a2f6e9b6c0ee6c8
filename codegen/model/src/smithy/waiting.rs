//! Waiters, which C2J keeps in a file of their own.

use serde_json::{Value, json};

use crate::json::Json;
use crate::model::{Acceptor, Waiter};
use crate::traits::{TraitName as T, Traits};

/// Seconds between two polls if none are stated: Smithy's own default.
const DELAY: u64 = 2;
/// Polls, if the longest delay is not stated either. C2J must say how often to poll at most; this
/// is how often 2 seconds fit into Smithy's default of 120, and what upstream's models mostly say.
const ATTEMPTS: u64 = 60;

/// A waiter of an operation.
pub(super) fn waiter(operation: &str, json: &Json<'_>) -> Waiter {
    let number = |key: &str| {
        json.get(key)
            .map(Json::to_value)
            .and_then(|value| value.as_u64())
    };
    let delay = number("minDelay").unwrap_or(DELAY);
    let attempts = number("maxDelay").and_then(|longest| longest.checked_div(delay));
    let max_attempts = attempts.map_or(ATTEMPTS, |attempts| attempts.max(1));
    let acceptors = json.get("acceptors").map_or(&[][..], Json::items);
    let acceptors: Vec<Acceptor> = acceptors.iter().map(acceptor).collect();
    let written: Vec<Value> = acceptors.iter().map(written).collect();
    let mut traits = Traits::default();
    traits.insert(T::Operation, json!(operation));
    traits.insert(T::Delay, json!(delay));
    traits.insert(T::MaxAttempts, json!(max_attempts));
    traits.insert(T::Acceptors, Value::Array(written));
    Waiter {
        operation: operation.to_owned(),
        delay,
        max_attempts,
        acceptors,
        traits,
    }
}

fn acceptor(json: &Json<'_>) -> Acceptor {
    let state = json.get("state").and_then(Json::as_str).unwrap_or_default();
    let matcher = json.get("matcher").unwrap_or(&Json::Null);
    let (matcher, expected, argument) = match matcher.entries().first() {
        Some((key, value)) => condition(key, value),
        None => ("error", Value::Null, None),
    };
    Acceptor {
        matcher: matcher.to_owned(),
        state: state.to_owned(),
        expected,
        argument,
    }
}

/// The matcher, what it expects, and where it looks for that.
fn condition(key: &str, value: &Json<'_>) -> (&'static str, Value, Option<String>) {
    let text = |key: &str| value.get(key).and_then(Json::as_str).unwrap_or_default();
    match key {
        // That no error is there.
        "success" => ("error", json!(*value != Json::Bool(true)), None),
        "errorType" => {
            let error = value.as_str().unwrap_or_default();
            let (_, name) = error.split_once('#').unwrap_or(("", error));
            ("error", json!(name), None)
        }
        _ => {
            let expected = match text("comparator") {
                "booleanEquals" => json!(text("expected") == "true"),
                _ => json!(text("expected")),
            };
            let matcher = match (key, text("comparator")) {
                // C2J has no matcher that also looks at the request.
                ("inputOutput", _) => "inputOutput",
                (_, "allStringEquals") => "pathAll",
                (_, "anyStringEquals") => "pathAny",
                _ => "path",
            };
            (matcher, expected, Some(text("path").to_owned()))
        }
    }
}

fn written(acceptor: &Acceptor) -> Value {
    let mut json = json!({
        "matcher": acceptor.matcher,
        "state": acceptor.state,
        "expected": acceptor.expected,
    });
    if let Some(argument) = &acceptor.argument {
        json["argument"] = json!(argument);
    }
    json
}

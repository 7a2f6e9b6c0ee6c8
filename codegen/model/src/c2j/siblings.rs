//! The files beside `service-2.json`: paginators, waiters and endpoint rules.

use std::sync::Arc;

use serde_json::Value;

use super::FileKind;
use super::keys;
use super::read::traits;
use crate::check::Checker;
use crate::json::Json;
use crate::model::{Acceptor, Model, Paginator, Waiter};
use crate::problem::Code;
use crate::traits::{TraitName, Traits};

/// Adds what a sibling file says to the model of its service.
pub(super) fn add(model: &mut Model, kind: FileKind, checker: &mut Checker<'_>, json: &Json<'_>) {
    let table = |key| json.get(key).map_or(&[][..], Json::entries);
    if let FileKind::Paginators | FileKind::Waiters = kind {
        let facts = traits(kind.level(), json);
        model.siblings.insert(kind.file_name(), facts);
    }
    match kind {
        FileKind::Service => {}
        FileKind::Paginators => {
            checker.at("pagination", |checker| {
                for (operation, json) in table("pagination") {
                    checker.at(operation, |checker| {
                        known_operation(model, checker, operation);
                    });
                    Arc::make_mut(&mut model.paginators)
                        .insert(operation.to_string(), paginator(json));
                }
            });
        }
        FileKind::Waiters => {
            checker.at("waiters", |checker| {
                for (name, json) in table("waiters") {
                    let waiter = waiter(json);
                    checker.at(name, |checker| {
                        checker.at("operation", |checker| {
                            known_operation(model, checker, &waiter.operation);
                        });
                    });
                    Arc::make_mut(&mut model.waiters).insert(name.to_string(), waiter);
                }
            });
        }
        FileKind::EndpointRules => model.endpoint_rules = Some(Arc::new(json.to_value())),
    }
}

/// Leaves of a model what its service's own file says.
pub(super) fn clear(model: &mut Model) {
    model.siblings.clear();
    model.paginators = Arc::default();
    model.waiters = Arc::default();
    model.endpoint_rules = None;
}

/// Adds what a sibling file says to a model, from a model of which it was a file before. None if it
/// names an operation that this one does not have.
pub(super) fn share(model: &mut Model, kind: FileKind, before: &Model) -> Option<()> {
    let facts = before.siblings.get(kind.file_name());
    let facts = facts.map(|facts| (kind.file_name(), facts.clone()));
    model.siblings.extend(facts);
    let known = |operation: &String| model.operation(operation).is_some();
    let is_known = match kind {
        FileKind::Paginators => before.paginators.keys().all(known),
        FileKind::Waiters => before.waiters.values().all(|one| known(&one.operation)),
        FileKind::Service | FileKind::EndpointRules => true,
    };
    match kind {
        FileKind::Service => {}
        FileKind::Paginators => model.paginators = Arc::clone(&before.paginators),
        FileKind::Waiters => model.waiters = Arc::clone(&before.waiters),
        FileKind::EndpointRules => model.endpoint_rules.clone_from(&before.endpoint_rules),
    }
    is_known.then_some(())
}

fn known_operation(model: &Model, checker: &mut Checker<'_>, operation: &str) {
    if model.operation(operation).is_none() {
        checker.report(
            Code::UnknownOperation,
            format!("the model has no operation `{}`", operation.escape_debug()),
            "check that the file belongs to this service and revision; it is left unused"
                .to_owned(),
        );
    }
}

fn paginator(json: &Json<'_>) -> Paginator {
    let traits = traits(&keys::PAGINATOR, json);
    let text = |name| traits.text(name).map(str::to_owned);
    Paginator {
        input_token: texts(&traits, &TraitName::InputToken),
        output_token: texts(&traits, &TraitName::OutputToken),
        result_key: texts(&traits, &TraitName::ResultKey),
        limit_key: text(&TraitName::LimitKey),
        more_results: text(&TraitName::MoreResults),
        traits,
    }
}

/// A text or a list of texts, as a list.
fn texts(traits: &Traits, name: &TraitName) -> Vec<String> {
    match traits.get(name) {
        Some(Value::String(text)) => vec![text.clone()],
        Some(Value::Array(items)) => items
            .iter()
            .filter_map(Value::as_str)
            .map(str::to_owned)
            .collect(),
        _ => Vec::new(),
    }
}

fn waiter(json: &Json<'_>) -> Waiter {
    let traits = traits(&keys::WAITER, json);
    let number = |name| traits.get(name).and_then(Value::as_u64).unwrap_or_default();
    let acceptors = json.get("acceptors").map_or(&[][..], Json::items);
    Waiter {
        operation: traits
            .text(&TraitName::Operation)
            .unwrap_or_default()
            .to_owned(),
        delay: number(&TraitName::Delay),
        max_attempts: number(&TraitName::MaxAttempts),
        acceptors: acceptors.iter().map(acceptor).collect(),
        traits,
    }
}

fn acceptor(json: &Json<'_>) -> Acceptor {
    let text = |key| json.get(key).and_then(Json::as_str).map(str::to_owned);
    Acceptor {
        matcher: text("matcher").unwrap_or_default(),
        state: text("state").unwrap_or_default(),
        expected: json.get("expected").map_or(Value::Null, Json::to_value),
        argument: text("argument"),
    }
}

//! Operations: a type that names each, and the enum of its errors.

use std::collections::BTreeSet;

use serde_json::Value;
use shapewright_model::{Model, Path, Reference, Shape, TraitName};

use super::context;
use super::docs::Facts;
use super::items::{ErrorVariant, Operation, OperationError, Paginator, Type};
use super::pages;
use super::protocol::{self, Protocol, Types};
use crate::ledger::{Ledger, Side};
use crate::names::{self, Scope};

/// All operations, ordered by module.
pub(super) fn plan(
    model: &Model,
    facts: &Facts<'_>,
    ledger: &Ledger,
    types: &[Type],
) -> Vec<Operation> {
    let protocol = Protocol::of(model);
    let fields = context::Types::of(types);
    let by_name: Types<'_> = types.iter().map(|one| (one.name.as_str(), one)).collect();
    let mut modules = Scope::default();
    let names = model.operations.iter();
    modules.take(names.map(|one| ledger.operation(&one.key).to_owned()));
    let mut operations: Vec<Operation> = model
        .operations
        .iter()
        .map(|operation| {
            let side = |reference: &Option<Reference>, side| match reference {
                Some(reference) => ledger.type_of(&model.shape(reference.target).name),
                None => ledger.empty(&operation.key, side),
            };
            let name = ledger.operation(&operation.key);
            let module = modules.claim(names::module(name));
            let input = side(&operation.input, Side::Input);
            let output = side(&operation.output, Side::Output);
            let mut planned = Operation {
                input: input.to_owned(),
                output: output.to_owned(),
                error: error(model, operation, ledger),
                method_name: names::method(name),
                module,
                name: name.to_owned(),
                key: operation.key.clone(),
                wire_name: operation.name.clone(),
                method: operation.http_method.clone(),
                uri: operation.http_uri.clone(),
                status: status(operation),
                paginator: paginator(model, operation),
                pages: pages::plan(model, operation, [input, output], &fields),
                call: None,
                context: context::plan(model, operation, input, &fields),
                docs: facts.operation(operation),
                deprecated: facts.deprecation(&operation.traits, || {
                    Path::of(["operations", &operation.key])
                }),
            };
            planned.call = protocol.and_then(|protocol| {
                protocol::call(protocol, model, operation, &planned, &by_name)
            });
            planned
        })
        .collect();
    operations.sort_by(|one, other| one.module.cmp(&other.module));
    operations
}

fn error(
    model: &Model,
    operation: &shapewright_model::Operation,
    ledger: &Ledger,
) -> OperationError {
    // Types have names of their own each, so that no variant takes one from another.
    let mut variants = Scope::reserving(&["Other"]);
    let mut seen = BTreeSet::new();
    let mut known = BTreeSet::new();
    let once = operation
        .errors
        .iter()
        .filter(|error| seen.insert(error.target));
    let variants = once.map(|error| {
        let shape = model.shape(error.target);
        let type_name = ledger.type_of(&shape.name);
        let code = shape
            .traits
            .get(&TraitName::Error)
            .and_then(|error| error.get("code")?.as_str());
        let codes = code.into_iter().chain([&*shape.name]).map(str::to_owned);
        let codes = codes.filter(|code| known.insert(code.clone())).collect();
        ErrorVariant {
            name: variants.claim(type_name.to_owned()),
            type_name: type_name.to_owned(),
            shape: shape.name.clone(),
            codes,
            retry: retry(shape),
        }
    });
    OperationError {
        name: names::error_type(ledger.operation(&operation.key)),
        variants: variants.collect(),
    }
}

/// What the model says of sending a request again after an error.
fn retry(shape: &Shape) -> Option<&'static str> {
    let retryable = shape.traits.get(&TraitName::Retryable)?;
    let throttles = retryable.get("throttling").and_then(Value::as_bool);
    Some(match throttles {
        Some(true) => "Throttling",
        _ => "Transient",
    })
}

/// The status of success, where the model names another than 200.
fn status(operation: &shapewright_model::Operation) -> Option<u16> {
    let status = operation
        .traits
        .get(&TraitName::Http)?
        .get("responseCode")?
        .as_u64()?;
    u16::try_from(status).ok().filter(|status| *status != 200)
}

fn paginator(model: &Model, operation: &shapewright_model::Operation) -> Option<Paginator> {
    let paginator = model.paginators.get(&operation.key)?;
    Some(Paginator {
        input_token: paginator.input_token.clone(),
        output_token: paginator.output_token.clone(),
        result_key: paginator.result_key.clone(),
        limit_key: paginator.limit_key.clone(),
        more_results: paginator.more_results.clone(),
    })
}

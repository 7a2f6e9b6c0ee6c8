//! Operations: a type that names each, and the enum of its errors.

use std::collections::BTreeSet;

use shapewright_model::{Model, Path, Reference, TraitName};

use super::context;
use super::docs::Facts;
use super::items::{ErrorVariant, Operation, OperationError, Paginator, Type};
use crate::ledger::{Ledger, Side};
use crate::names::{self, Scope};

/// All operations, ordered by module.
pub(super) fn plan(
    model: &Model,
    facts: &Facts<'_>,
    ledger: &Ledger,
    types: &[Type],
) -> Vec<Operation> {
    let by_name = context::Types::of(types);
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
            let input = side(&operation.input, Side::Input);
            Operation {
                input: input.to_owned(),
                output: side(&operation.output, Side::Output).to_owned(),
                error: error(model, operation, ledger),
                module: modules.claim(names::module(name)),
                name: name.to_owned(),
                key: operation.key.clone(),
                wire_name: operation.name.clone(),
                method: operation.http_method.clone(),
                uri: operation.http_uri.clone(),
                status: status(operation),
                paginator: paginator(model, operation),
                context: context::plan(model, operation, input, &by_name),
                docs: facts.operation(operation),
                deprecated: facts.deprecation(&operation.traits, || {
                    Path::of(["operations", &operation.key])
                }),
            }
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
    let once = operation
        .errors
        .iter()
        .filter(|error| seen.insert(error.target));
    let variants = once.map(|error| {
        let shape = &model.shape(error.target).name;
        let type_name = ledger.type_of(shape);
        ErrorVariant {
            name: variants.claim(type_name.to_owned()),
            type_name: type_name.to_owned(),
            shape: shape.clone(),
        }
    });
    OperationError {
        name: names::error_type(ledger.operation(&operation.key)),
        variants: variants.collect(),
    }
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

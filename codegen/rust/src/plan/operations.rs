//! Operations: a type that names each, and the enum of its errors.

use std::collections::BTreeSet;

use shapewright_model::{Model, Path, TraitName};

use super::docs::Facts;
use super::items::{ErrorVariant, Operation, OperationError, Paginator};
use super::types::Types;
use crate::names::{self, Scope};

/// All operations, ordered by module.
pub(super) fn plan(model: &Model, facts: &Facts<'_>, types: &mut Types<'_>) -> Vec<Operation> {
    let mut scope = Scope::default();
    let mut modules = Scope::default();
    // Operations first: the names of their errors give way to them.
    let named: Vec<String> = model
        .operations
        .iter()
        .map(|operation| scope.claim(names::type_name(&operation.key)))
        .collect();
    let mut operations: Vec<Operation> = model
        .operations
        .iter()
        .zip(named)
        .map(|(operation, name)| {
            let mut side =
                |reference: &Option<shapewright_model::Reference>, side: &str| match reference {
                    Some(reference) => types.type_of(reference.target),
                    None => types.empty(&operation.key, side),
                };
            Operation {
                input: side(&operation.input, "Input"),
                output: side(&operation.output, "Output"),
                error: error(operation, &mut scope, types, &name),
                module: modules.claim(names::module(&name)),
                name,
                wire_name: operation.name.clone(),
                method: operation.http_method.clone(),
                uri: operation.http_uri.clone(),
                status: status(operation),
                paginator: paginator(model, operation),
                docs: facts.operation(operation),
                deprecated: facts
                    .deprecation(&Path::of(["operations", &operation.key]), &operation.traits),
            }
        })
        .collect();
    operations.sort_by(|one, other| one.module.cmp(&other.module));
    operations
}

fn error(
    operation: &shapewright_model::Operation,
    scope: &mut Scope,
    types: &Types<'_>,
    name: &str,
) -> OperationError {
    let mut variants = Scope::reserving(&["Other"]);
    let mut seen = BTreeSet::new();
    let once = operation
        .errors
        .iter()
        .filter(|error| seen.insert(error.target));
    let variants = once.map(|error| {
        let type_name = types.type_of(error.target);
        ErrorVariant {
            name: variants.claim(type_name.clone()),
            type_name,
        }
    });
    OperationError {
        name: scope.claim(format!("{name}Error")),
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

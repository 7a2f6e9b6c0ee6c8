//! Model to plan: every name and every decision of a crate.

mod checks;
mod context;
mod docs;
mod endless;
mod items;
mod jmespath;
mod operations;
mod pages;
mod prose;
mod protocol;
mod route;
mod terms;
mod types;
mod values;
mod waiters;

pub(crate) mod rules {
    //! What the plan has of endpoints.
    pub(crate) use super::context::{ContextParameter, Source, Way};
    pub(crate) use shapewright_model::endpoint::{
        Condition, EndpointParameter, EndpointRules, Expression, Outcome, Rule, Step,
    };
}

pub(crate) mod routes {
    //! What the plan has of ways through values.
    pub(crate) use super::jmespath::Comparator;
    pub(crate) use super::pages::Pages;
    pub(crate) use super::route::{Each, Literal, Operand, Route, Scalar, Step, Test};
    pub(crate) use super::waiters::{Matcher, State, Waiter};
}

use std::collections::BTreeMap;

use shapewright_model::c2j::FileKind;
use shapewright_model::{Model, Problem, Reach, TraitName, endpoint};

pub(crate) use items::{
    Auth, Body, Bounds, Builder, Call, Check, Checksum, EnumVariant, ErrorShape, ErrorVariant,
    Field, Named, Operation, OperationError, Package, Paginator, PayloadKind, Place, Structure,
    Travel, Type, TypeKind, Value,
};
pub use items::{Plan, Runtime};
pub(crate) use protocol::Protocol;
pub(crate) use terms::terms;

use crate::ledger::Ledger;
use docs::Facts;

/// What a plan needs beside the model.
#[derive(Clone, Debug)]
pub struct Options<'a> {
    /// The crate's name, such as `shapewright-batch`.
    pub package: &'a str,
    /// Its version.
    pub version: &'a str,
    /// The revision's name, such as `2017-08-14`.
    pub revision: &'a str,
    /// The release that first carried it, such as `botocore 1.6.1`.
    pub upstream: &'a str,
    /// The revision in which each path of the model first was there; a path followed by
    /// `.deprecated` tells since when the thing is.
    pub since: &'a BTreeMap<String, String>,
    /// The names that were given before; what it lacks is named anew.
    pub ledger: &'a Ledger,
    /// Where the crate finds its runtime.
    pub runtime: Runtime,
}

/// Plans the crate of a model. The same model and options give the same plan.
pub fn plan(model: &Model, options: &Options<'_>) -> Plan {
    build(model, options, true)
}

/// Plans the items of a model without documentation, and without what only files need: its surface
/// needs no more.
pub(crate) fn outline(model: &Model, revision: &str, ledger: &Ledger) -> Plan {
    let options = Options {
        package: "",
        version: "",
        revision,
        upstream: "",
        since: &BTreeMap::new(),
        ledger,
        runtime: Runtime::Version,
    };
    build(model, &options, false)
}

fn build(model: &Model, options: &Options<'_>, is_told: bool) -> Plan {
    let facts = Facts {
        model,
        reach: Reach::of(model),
        since: options.since,
        is_told,
    };
    let mut ledger = options.ledger.clone();
    ledger.extend(model);
    let types = types::plan(model, &facts, &ledger);
    let operations = operations::plan(model, &facts, &ledger, &types);
    let waiters = waiters::plan(model, &ledger, &types, &operations);
    Plan {
        endpoint: endpoint::read(model, "").0,
        package: package(model, options, &types, &operations),
        types,
        operations,
        waiters,
    }
}

fn package(
    model: &Model,
    options: &Options<'_>,
    types: &[Type],
    operations: &[Operation],
) -> Package {
    let (operation_count, shapes, members) = model.counts();
    let title = model.title().to_owned();
    let protocol = Protocol::of(model);
    let text = |name: &TraitName| model.metadata.text(name);
    // Models of old lack names of their own: what they are called, and the endpoint's prefix.
    let first = |keys: &[TraitName]| {
        let told = keys
            .iter()
            .find_map(|key| Some((key.clone(), text(key)?.to_owned())));
        told.unwrap_or_else(|| (keys[0].clone(), String::new()))
    };
    Package {
        service_id: first(&[
            TraitName::ServiceId,
            TraitName::ServiceAbbreviation,
            TraitName::ServiceFullName,
        ]),
        signing_name: first(&[TraitName::SigningName, TraitName::EndpointPrefix]),
        target_prefix: text(&TraitName::TargetPrefix).map(str::to_owned),
        query_compatible: model.metadata.get(&TraitName::AwsQueryCompatible).is_some(),
        protocol,
        name: options.package.to_owned(),
        version: options.version.to_owned(),
        api_version: model
            .metadata
            .text(&TraitName::ApiVersion)
            .unwrap_or_default()
            .to_owned(),
        revision: options.revision.to_owned(),
        upstream: options.upstream.to_owned(),
        runtime: options.runtime.clone(),
        features: features(types, operations, protocol),
        docs: vec![
            format!(
                "{} as of {}: its types and operations.",
                docs::code(&title),
                docs::date(options.revision)
            ),
            format!(
                "Generated by Shapewright from the model that {} carries: {operation_count} operations, \
                 {shapes} shapes, {members} members.",
                docs::code(options.upstream)
            ),
        ],
        title,
    }
}

/// What of a model's endpoints a crate has no code for. `file` gives the name of a file.
pub(crate) fn endpoint_problems(model: &Model, file: impl Fn(FileKind) -> String) -> Vec<Problem> {
    let (_, mut problems) = endpoint::read(model, &file(FileKind::EndpointRules));
    if context::is_told(model) {
        let plan = outline(model, "", &Ledger::default());
        let file = file(FileKind::Service);
        problems.extend(context::problems(model, &plan.operations, &file));
    }
    problems
}

/// The paginators and waiters that a crate has no code for. `file` gives the name of a file.
pub(crate) fn poll_problems(model: &Model, file: impl Fn(FileKind) -> String) -> Vec<Problem> {
    if model.paginators.is_empty() && model.waiters.is_empty() {
        return Vec::new();
    }
    let plan = outline(model, "", &Ledger::default());
    let (operations, paginators) = (&plan.operations, file(FileKind::Paginators));
    let mut problems = pages::problems(model, operations, &paginators);
    let waiters = file(FileKind::Waiters);
    problems.extend(waiters::problems(
        model,
        operations,
        &plan.waiters,
        &waiters,
    ));
    problems
}

/// The runtime's features that every crate needs, and those that the types do.
fn features(
    types: &[Type],
    operations: &[Operation],
    protocol: Option<Protocol>,
) -> Vec<&'static str> {
    let fields = types.iter().flat_map(|one| match &one.kind {
        TypeKind::Structure(structure) => structure.fields.as_slice(),
        TypeKind::Union(members) => members.as_slice(),
        TypeKind::Enum(_) => &[],
    });
    let mut features: Vec<_> = fields.flat_map(|field| field.value.features()).collect();
    features.extend(protocol.map(Protocol::feature));
    features.push("endpoint");
    let has_checksum = |one: &Operation| {
        one.call
            .as_ref()
            .is_some_and(|call| call.checksum.is_some())
    };
    if operations.iter().any(has_checksum) {
        features.push("checksum");
    }
    features.sort_unstable();
    features.dedup();
    features
}

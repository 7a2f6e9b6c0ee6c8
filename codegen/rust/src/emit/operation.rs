//! An operation: a type that names it, and the enum of its errors.

use super::call;
use super::context;
use super::pages;
use super::source::{Literal, Source, block, line};
use crate::plan::{Operation, OperationError, Paginator};

pub(super) fn file(operation: &Operation) -> String {
    let name = &operation.name;
    let mut to = Source::new();
    if operation.call.as_ref().is_some_and(call::names_forms) {
        to.lines(&["use crate::runtime::form;"]);
    }
    to.lines(&["use crate::types;", ""]);
    to.docs(&operation.docs);
    to.deprecated(operation.deprecated.as_ref());
    to.lines(&["#[derive(Clone, Debug)]", "#[non_exhaustive]"]);
    line!(to, "pub struct {name};");
    to.gap();
    block!(to, ("impl crate::runtime::Operation for {name}"), |to| {
        line!(to, "type Service = crate::Service;");
        line!(to, "type Input = types::{};", operation.input);
        line!(to, "type Output = types::{};", operation.output);
        line!(to, "type Error = {};", operation.error.name);
        to.gap();
        line!(
            to,
            "const NAME: &'static str = {};",
            Literal(&operation.wire_name)
        );
        line!(
            to,
            "const METHOD: &'static str = {};",
            Literal(&operation.method)
        );
        line!(to, "const URI: &'static str = {};", Literal(&operation.uri));
        if let Some(status) = operation.status {
            line!(to, "const STATUS: u16 = {status};");
        }
        if let Some(paginator) = &operation.paginator {
            paginator_constant(to, paginator);
        }
    });
    context::implementation(&mut to, operation);
    if let Some(call) = &operation.call {
        call::implementation(&mut to, operation, call);
        pages::implementation(&mut to, operation);
    }
    error_type(&mut to, operation);
    error_impls(&mut to, &operation.error);
    if let Some(call) = &operation.call {
        call::error(&mut to, &operation.error, call);
    }
    to.finish()
}

fn paginator_constant(to: &mut Source, paginator: &Paginator) {
    let list = |texts: &[String]| {
        let texts: Vec<String> = texts.iter().map(|one| Literal(one).to_string()).collect();
        format!("&[{}]", texts.join(", "))
    };
    let limit_key = paginator.limit_key.as_ref();
    let more_results = paginator.more_results.as_ref();
    line!(
        to,
        "const PAGINATOR: Option<crate::runtime::Paginator> = Some(crate::runtime::Paginator::new({}, {}, {}){}{});",
        list(&paginator.input_token),
        list(&paginator.output_token),
        list(&paginator.result_key),
        limit_key.map_or_else(String::new, |key| format!(
            ".with_limit_key({})",
            Literal(key)
        )),
        more_results.map_or_else(String::new, |key| format!(
            ".with_more_results({})",
            Literal(key)
        )),
    );
}

fn error_type(to: &mut Source, operation: &Operation) {
    to.gap();
    line!(to, "/// What [`{}`] can fail with.", operation.name);
    to.lines(&["#[derive(Clone, Debug, PartialEq)]", "#[non_exhaustive]"]);
    block!(to, ("pub enum {}", operation.error.name), |to| {
        for variant in &operation.error.variants {
            let of = &variant.type_name;
            line!(to, "/// See [`{of}`](types::{of}).");
            line!(to, "{}(types::{of}),", variant.name);
        }
        to.lines(&[
            "/// An error that this revision of the API does not list for the operation.",
            "Other(crate::runtime::OtherError),",
        ]);
    });
}

fn error_impls(to: &mut Source, error: &OperationError) {
    let name = &error.name;
    to.gap();
    block!(to, ("impl std::fmt::Display for {name}"), |to| {
        let head =
            format_args!("fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result");
        to.block(head, |to| {
            block!(to, ("match self"), |to| {
                for variant in &error.variants {
                    line!(
                        to,
                        "Self::{}(error) => std::fmt::Display::fmt(error, f),",
                        variant.name
                    );
                }
                to.lines(&["Self::Other(error) => std::fmt::Display::fmt(error, f),"]);
            });
        });
    });
    to.gap();
    line!(to, "impl std::error::Error for {name} {{}}");
    for variant in &error.variants {
        let of = &variant.type_name;
        to.gap();
        block!(to, ("impl From<types::{of}> for {name}"), |to| {
            block!(to, ("fn from(error: types::{of}) -> Self"), |to| {
                line!(to, "Self::{}(error)", variant.name);
            });
        });
    }
}

//! A builder: one type parameter, a tuple with the state of each required member.

use super::source::{Literal, Source, block, line};
use super::value::has_map;
use crate::plan::{Builder, Field, Structure, Type, Value};
use crate::spelling::Types;

pub(super) fn file(one: &Type, structure: &Structure, builder: &Builder) -> String {
    let (name, of) = (&builder.name, &one.name);
    let parameters: Vec<&str> = builder
        .states
        .iter()
        .map(|state| state.parameter.as_str())
        .collect();
    let mut to = Source::new();
    if structure
        .fields
        .iter()
        .any(|field| argument_has_map(&field.value))
    {
        to.lines(&["use std::collections::BTreeMap;"]);
    }
    to.lines(&["use std::marker::PhantomData;", "", "use crate::types;", ""]);
    line!(to, "/// Builds a [`{of}`](types::{of}).");
    to.deprecated(one.deprecated.as_ref());
    to.lines(&[
        "#[derive(Clone, Debug)]",
        "#[must_use = \"a builder does nothing before `build`\"]",
    ]);
    block!(to, ("pub struct {name}<State>"), |to| {
        line!(to, "value: types::{of},");
        line!(to, "state: PhantomData<State>,");
    });

    to.gap();
    let unset = tuple(parameters.iter().map(|_| "crate::runtime::Unset"));
    block!(to, ("impl {name}<{unset}>"), |to| {
        to.lines(&["#[inline]"]);
        block!(to, ("pub(crate) fn new() -> Self"), |to| {
            line!(
                to,
                "Self {{ value: types::{of}::default(), state: PhantomData }}"
            );
        });
    });

    to.gap();
    let generics = match parameters.as_slice() {
        [] => String::new(),
        several => format!("<{}>", several.join(", ")),
    };
    let states = tuple(parameters.iter().copied());
    block!(to, ("impl{generics} {name}<{states}>"), |to| {
        for (at, field) in structure.fields.iter().enumerate() {
            let state = builder.states.iter().position(|state| state.field == at);
            setter(to, name, &parameters, field, state);
        }
        build(to, of, builder);
    });
    required(&mut to, one, structure, builder);
    to.finish()
}

/// The tuple of these types; that of one type has a comma.
pub(super) fn tuple<'a>(types: impl ExactSizeIterator<Item = &'a str>) -> String {
    let comma = if types.len() == 1 { "," } else { "" };
    let types: Vec<&str> = types.collect();
    format!("({}{comma})", types.join(", "))
}

/// Whether a setter's argument names `BTreeMap`: a map itself comes as an iterator.
fn argument_has_map(value: &Value) -> bool {
    match value {
        Value::List { item, .. } => has_map(item),
        Value::Map { key, value, .. } => has_map(key) || has_map(value),
        _ => false,
    }
}

fn setter(
    to: &mut Source,
    builder: &str,
    parameters: &[&str],
    field: &Field,
    state: Option<usize>,
) {
    let (name, with) = (&field.name, &field.method);
    let argument = Types::Qualified.argument(&field.value);
    to.gap();
    if let Some(first) = field.docs.first() {
        let demanded = if field.required { " Required." } else { "" };
        to.docs(&[format!("{first}{demanded}")]);
    }
    to.deprecated(field.deprecated.as_ref());
    to.lines(&["#[inline]"]);
    let Some(set) = state else {
        block!(
            to,
            ("pub fn {name}(mut self, value: {argument}) -> Self"),
            |to| {
                line!(to, "self.value = self.value.{with}(value);");
                line!(to, "self");
            }
        );
        return;
    };
    let states = tuple(parameters.iter().enumerate().map(|(at, parameter)| {
        if at == set {
            "crate::runtime::Set"
        } else {
            parameter
        }
    }));
    block!(
        to,
        ("pub fn {name}(self, value: {argument}) -> {builder}<{states}>"),
        |to| {
            line!(
                to,
                "{builder} {{ value: self.value.{with}(value), state: PhantomData }}"
            );
        }
    );
}

fn build(to: &mut Source, of: &str, builder: &Builder) {
    to.gap();
    to.lines(&[
        "/// The whole; compiles once every required member has been given.",
        "#[inline]",
    ]);
    if builder.states.is_empty() {
        line!(to, "pub fn build(self) -> types::{of} {{");
    } else {
        line!(to, "pub fn build(self) -> types::{of}");
        line!(to, "where");
        for state in &builder.states {
            line!(
                to,
                "    {}: required::{},",
                state.parameter,
                state.requirement
            );
        }
        line!(to, "{{");
    }
    to.lines(&["    self.value", "}"]);
}

/// A trait for each required member, so that the compiler names the one that is missing.
fn required(to: &mut Source, one: &Type, structure: &Structure, builder: &Builder) {
    if builder.states.is_empty() {
        return;
    }
    to.gap();
    to.lines(&[
        "/// What `build` demands: the states of the required members.",
        "#[doc(hidden)]",
    ]);
    block!(to, ("pub mod required"), |to| {
        for state in &builder.states {
            let field = structure.fields[state.field].name.trim_start_matches("r#");
            let requirement = &state.requirement;
            let message = format!("`{}` lacks its required member `{field}`", one.name);
            let label = format!("call `.{field}(…)` before this");
            to.gap();
            to.nested(
                format_args!("#[diagnostic::on_unimplemented("),
                |to| {
                    line!(to, "message = {},", Literal(&message));
                    line!(to, "label = {}", Literal(&label));
                },
                ")]",
            );
            line!(to, "pub trait {requirement} {{}}");
            to.gap();
            line!(to, "impl {requirement} for crate::runtime::Set {{}}");
        }
    });
}

//! A structure: its type, setters, getters and JSON form.

use std::collections::BTreeSet;

use super::builder::tuple;
use super::source::{Literal, Source, block, line};
use super::value::{access, converted, form, has_map};
use super::{debug, validate};
use crate::plan::{ErrorShape, Field, Structure, Type, Value};
use crate::spelling::Types;

pub(super) fn file(one: &Type, structure: &Structure) -> String {
    let mut to = Source::new();
    imports(&mut to, one, &structure.fields, structure.builder.is_some());
    declaration(&mut to, one, structure);
    if !structure.fields.is_empty() || structure.builder.is_some() {
        to.gap();
        block!(to, ("impl {}", one.name), |to| {
            builder(to, structure);
            for field in &structure.fields {
                setter(to, field);
                getter(to, field);
            }
        });
    }
    if redacts(one, structure) {
        debug::structure(&mut to, one, &structure.fields);
    }
    if let Some(error) = &structure.error {
        error_impls(&mut to, one, error);
    }
    if one.validated {
        validate::structure(&mut to, one, structure);
    }
    form_impl(&mut to, one, &structure.fields);
    serde_impls(&mut to, one, "structure");
    to.finish()
}

/// Whether `Debug` must leave something out.
fn redacts(one: &Type, structure: &Structure) -> bool {
    one.sensitive || structure.fields.iter().any(|field| field.sensitive)
}

fn declaration(to: &mut Source, one: &Type, structure: &Structure) {
    to.docs(&one.docs);
    to.deprecated(one.deprecated.as_ref());
    to.lines(&[
        if redacts(one, structure) {
            "#[derive(Clone, Default, PartialEq)]"
        } else {
            "#[derive(Clone, Debug, Default, PartialEq)]"
        },
        "#[non_exhaustive]",
    ]);
    if structure.fields.is_empty() {
        line!(to, "pub struct {} {{}}", one.name);
        return;
    }
    block!(to, ("pub struct {}", one.name), |to| {
        for field in &structure.fields {
            to.docs(&field.docs);
            to.deprecated(field.deprecated.as_ref());
            let of = Types::Imported.of(&field.value);
            line!(to, "pub {}: Option<{of}>,", field.name);
        }
    });
}

fn builder(to: &mut Source, structure: &Structure) {
    let Some(builder) = &structure.builder else {
        return;
    };
    let path = format!("builders::{}", builder.name);
    let states = tuple(builder.states.iter().map(|_| "crate::runtime::Unset"));
    to.lines(&[
        "/// A builder, whose `build` compiles once every required member has been given.",
        "#[inline]",
    ]);
    block!(to, ("pub fn builder() -> {path}<{states}>"), |to| {
        line!(to, "{path}::new()");
    });
    to.gap();
    to.lines(&[
        "/// Checks required members, lengths and ranges, as far as this revision states them.",
        "///",
        "/// # Errors",
        "/// Everything that is broken, at once.",
        "pub fn validate(&self) -> Result<(), crate::runtime::Invalid> {",
        "    crate::runtime::validate::validate(self)",
        "}",
    ]);
}

fn setter(to: &mut Source, field: &Field) {
    let name = &field.name;
    let plain = name.trim_start_matches("r#");
    let argument = Types::Imported.argument(&field.value);
    to.gap();
    line!(to, "/// Sets [`{plain}`](Self#structfield.{plain}).");
    to.deprecated(field.deprecated.as_ref());
    to.lines(&["#[must_use]", "#[inline]"]);
    block!(
        to,
        (
            "pub fn {}(mut self, value: {argument}) -> Self",
            field.method
        ),
        |to| {
            line!(to, "self.{name} = Some({});", converted(&field.value));
            line!(to, "self");
        }
    );
}

fn getter(to: &mut Source, field: &Field) {
    let name = &field.name;
    let plain = name.trim_start_matches("r#");
    let absent = match field.value {
        Value::List { .. } | Value::Map { .. } => "empty if it is absent",
        _ => "if it is there",
    };
    let (gives, access) = (Types::Imported.getter(&field.value), access(&field.value));
    to.gap();
    line!(
        to,
        "/// The value of [`{plain}`](Self#structfield.{plain}), {absent}."
    );
    to.deprecated(field.deprecated.as_ref());
    to.lines(&["#[must_use]", "#[inline]"]);
    block!(to, ("pub fn {name}(&self) -> {gives}"), |to| {
        line!(to, "self.{name}{access}");
    });
}

/// What the runtime needs for both `Serialize` and `Deserialize`.
fn form_impl(to: &mut Source, one: &Type, fields: &[Field]) {
    to.gap();
    block!(to, ("impl form::Structure for {}", one.name), |to| {
        member_names(to, one, fields);
        to.gap();
        // A structure without members uses neither argument.
        let (member, target) = match fields {
            [] => ("_", "_"),
            _ => ("member", "to"),
        };
        let head = format_args!(
            "fn read_member<'de, A: MapAccess<'de>>(&mut self, {member}: usize, map: &mut A) -> Result<(), A::Error>"
        );
        to.block(head, |to| read_member(to, fields));
        to.gap();
        let head = format_args!(
            "fn write_members<M: SerializeMap>(&self, {target}: &mut form::Writer<'_, M>) {{"
        );
        if fields.is_empty() {
            line!(to, "{head}}}");
            return;
        }
        to.nested(
            head,
            |to| {
                for field in fields {
                    let (name, wire_name) = (&field.name, Literal(&field.wire_name));
                    let form = form(&field.value);
                    line!(to, "form::write(to, {wire_name}, &self.{name}, {form});");
                }
            },
            "}",
        );
    });
}

fn read_member(to: &mut Source, fields: &[Field]) {
    if fields.is_empty() {
        to.lines(&["form::skip(map)"]);
        return;
    }
    block!(to, ("match member"), |to| {
        for (at, field) in fields.iter().enumerate() {
            let (name, form) = (&field.name, form(&field.value));
            line!(to, "{at} => form::read(map, &mut self.{name}, {form}),");
        }
        to.lines(&["_ => form::skip(map),"]);
    });
}

/// The constants by which the runtime knows a structure or union.
pub(super) fn member_names(to: &mut Source, one: &Type, fields: &[Field]) {
    line!(to, "const NAME: &'static str = {};", Literal(&one.name));
    to.list(
        format_args!("const MEMBERS: &'static [&'static str] = &["),
        fields.iter().map(|field| Literal(&field.wire_name)),
        "];",
    );
}

/// `Deserialize` and `Serialize` of a structure or union, through the runtime.
pub(super) fn serde_impls(to: &mut Source, one: &Type, kind: &str) {
    to.gap();
    block!(to, ("impl<'de> Deserialize<'de> for {}", one.name), |to| {
        line!(
            to,
            "fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {{"
        );
        line!(to, "    form::read_{kind}(deserializer)");
        line!(to, "}}");
    });
    to.gap();
    block!(to, ("impl Serialize for {}", one.name), |to| {
        line!(
            to,
            "fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {{"
        );
        line!(to, "    form::write_{kind}(self, serializer)");
        line!(to, "}}");
    });
}

fn error_impls(to: &mut Source, one: &Type, error: &ErrorShape) {
    let code = Literal(&error.code);
    let message = error.message.as_ref().map_or_else(
        || "None".to_owned(),
        |message| format!("self.{message}.as_deref()"),
    );
    to.gap();
    block!(to, ("impl std::fmt::Display for {}", one.name), |to| {
        line!(
            to,
            "fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {{"
        );
        line!(to, "    crate::runtime::write_error(f, {code}, {message})");
        line!(to, "}}");
    });
    to.gap();
    line!(to, "impl std::error::Error for {} {{}}", one.name);
}

/// What a file of a structure or union refers to.
pub(super) fn imports(to: &mut Source, one: &Type, fields: &[Field], builder: bool) {
    if fields.iter().any(|field| has_map(&field.value)) {
        to.lines(&["use std::collections::BTreeMap;", ""]);
    }
    to.lines(&[
        "use serde::de::MapAccess;",
        "use serde::ser::SerializeMap;",
        "use serde::{Deserialize, Deserializer, Serialize, Serializer};",
        "",
    ]);
    let named: BTreeSet<&str> = fields
        .iter()
        .flat_map(|field| field.value.named())
        .filter(|name| *name != one.name)
        .collect();
    let named: Vec<&str> = named.into_iter().collect();
    match named.as_slice() {
        [] => {}
        [name] => line!(to, "use super::{name};"),
        several => line!(to, "use super::{{{}}};", several.join(", ")),
    }
    if builder {
        to.lines(&["use crate::builders;"]);
    }
    to.lines(&["use crate::runtime::form;"]);
    to.gap();
}

//! A union: an open enum of its members.

use super::source::{Literal, Source, block, line};
use super::structure::{imports, member_names, serde_impls};
use super::value::form;
use super::{debug, validate};
use crate::plan::{Field, Type};
use crate::spelling::Types;

pub(super) fn file(one: &Type, members: &[Field]) -> String {
    let redacts = one.sensitive || members.iter().any(|member| member.sensitive);
    let mut to = Source::new();
    imports(&mut to, one, members, false);
    declaration(&mut to, one, members, redacts);
    if !members.is_empty() {
        to.gap();
        block!(to, ("impl {}", one.name), |to| {
            for member in members {
                getter(to, member);
            }
        });
    }
    if redacts {
        debug::union(&mut to, one, members);
    }
    if one.validated {
        validate::union(&mut to, one, members);
    }
    form_impl(&mut to, one, members);
    serde_impls(&mut to, one, "union");
    to.finish()
}

fn declaration(to: &mut Source, one: &Type, members: &[Field], redacts: bool) {
    to.docs(&one.docs);
    to.deprecated(one.deprecated.as_ref());
    to.lines(&[
        if redacts {
            "#[derive(Clone, PartialEq)]"
        } else {
            "#[derive(Clone, Debug, PartialEq)]"
        },
        "#[non_exhaustive]",
    ]);
    block!(to, ("pub enum {}", one.name), |to| {
        for member in members {
            to.docs(&member.docs);
            to.deprecated(member.deprecated.as_ref());
            line!(
                to,
                "{}({}),",
                member.name,
                Types::Imported.of(&member.value)
            );
        }
        to.lines(&[
            "/// A member that this revision of the API does not list, or none; sent back as it came.",
            "Unknown(crate::runtime::UnknownMember),",
        ]);
    });
}

fn getter(to: &mut Source, member: &Field) {
    let (variant, method) = (&member.name, &member.method);
    let gives = Types::Imported.variant_getter(&member.value);
    to.gap();
    line!(
        to,
        "/// The value, if it is [`{variant}`](Self::{variant})."
    );
    to.deprecated(member.deprecated.as_ref());
    to.lines(&["#[inline]"]);
    block!(to, ("pub fn {method}(&self) -> {gives}"), |to| {
        block!(to, ("match self"), |to| {
            line!(to, "Self::{variant}(value) => Some(value),");
            to.lines(&["_ => None,"]);
        });
    });
}

fn form_impl(to: &mut Source, one: &Type, members: &[Field]) {
    to.gap();
    block!(to, ("impl form::Union for {}", one.name), |to| {
        member_names(to, one, members);
        to.gap();
        // A union without members does not look at which one it is.
        let member = if members.is_empty() { "_" } else { "member" };
        let head = format_args!(
            "fn read_member<'de, A: MapAccess<'de>>({member}: usize, map: &mut A) -> Result<Option<Self>, A::Error>"
        );
        to.block(head, |to| read_member(to, members));
        to.gap();
        to.lines(&[
            "fn unknown(member: crate::runtime::UnknownMember) -> Self {",
            "    Self::Unknown(member)",
            "}",
        ]);
        to.gap();
        let head = format_args!(
            "fn write_member<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error>"
        );
        to.block(head, |to| {
            block!(to, ("match self"), |to| {
                for member in members {
                    let (variant, wire_name) = (&member.name, Literal(&member.wire_name));
                    let form = form(&member.value);
                    line!(
                        to,
                        "Self::{variant}(value) => form::write_variant(map, {wire_name}, value, {form}),"
                    );
                }
                to.lines(&["Self::Unknown(member) => member.write(map),"]);
            });
        });
    });
}

fn read_member(to: &mut Source, members: &[Field]) {
    if members.is_empty() {
        to.lines(&["form::skip(map).map(|()| None)"]);
        return;
    }
    block!(to, ("match member"), |to| {
        for (at, member) in members.iter().enumerate() {
            let (variant, form) = (&member.name, form(&member.value));
            line!(
                to,
                "{at} => form::read_variant(map, Self::{variant}, {form}),"
            );
        }
        to.lines(&["_ => form::skip(map).map(|()| None),"]);
    });
}

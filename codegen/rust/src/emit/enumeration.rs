//! An enum: open, compared and ordered by the text on the wire.

use super::debug;
use super::source::{Literal, Source, block, line};
use crate::plan::{EnumVariant, Type};

pub(super) fn file(one: &Type, variants: &[EnumVariant]) -> String {
    let name = &one.name;
    let mut to = Source::new();
    to.lines(&[
        "use std::cmp::Ordering;",
        "use std::fmt;",
        "use std::hash::{Hash, Hasher};",
        "",
        "use serde::{Deserialize, Deserializer, Serialize, Serializer};",
        "",
        "use crate::runtime::form;",
        "",
    ]);
    declaration(&mut to, one, variants);
    to.gap();
    block!(to, ("impl {name}"), |to| values(to, variants));
    conversions(&mut to, name, variants);
    if one.sensitive {
        debug::whole(&mut to, one);
    }
    comparisons(&mut to, name);
    to.gap();
    block!(to, ("impl<'de> Deserialize<'de> for {name}"), |to| to
        .lines(&[
            "fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {",
            "    form::read_enum(deserializer)",
            "}",
        ]));
    to.gap();
    block!(to, ("impl Serialize for {name}"), |to| to.lines(&[
        "fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {",
        "    serializer.serialize_str(self.as_str())",
        "}",
    ]));
    to.finish()
}

fn declaration(to: &mut Source, one: &Type, variants: &[EnumVariant]) {
    to.docs(&one.docs);
    to.deprecated(one.deprecated.as_ref());
    to.lines(&[
        if one.sensitive {
            "#[derive(Clone, PartialEq, Eq)]"
        } else {
            "#[derive(Clone, Debug, PartialEq, Eq)]"
        },
        "#[non_exhaustive]",
    ]);
    block!(to, ("pub enum {}", one.name), |to| {
        for variant in variants {
            to.docs(&variant.docs);
            to.deprecated(variant.deprecated.as_ref());
            line!(to, "{},", variant.name);
        }
        to.lines(&[
            "/// A value that this revision of the API does not list; sent back as it came.",
            "Unknown(crate::runtime::UnknownValue),",
        ]);
    });
}

fn values(to: &mut Source, variants: &[EnumVariant]) {
    to.lines(&["/// The listed values, as texts."]);
    to.list(
        format_args!("pub const VALUES: &'static [&'static str] = &["),
        variants.iter().map(|variant| Literal(&variant.value)),
        "];",
    );
    to.gap();
    to.lines(&["/// The value as text."]);
    block!(to, ("pub fn as_str(&self) -> &str"), |to| {
        block!(to, ("match self"), |to| {
            for variant in variants {
                line!(to, "Self::{} => {},", variant.name, Literal(&variant.value));
            }
            to.lines(&["Self::Unknown(value) => value.as_str(),"]);
        });
    });
}

fn conversions(to: &mut Source, name: &str, variants: &[EnumVariant]) {
    to.gap();
    block!(to, ("impl From<&str> for {name}"), |to| {
        block!(to, ("fn from(value: &str) -> Self"), |to| {
            block!(to, ("match value"), |to| {
                for variant in variants {
                    line!(to, "{} => Self::{},", Literal(&variant.value), variant.name);
                }
                to.lines(&["other => Self::Unknown(crate::runtime::UnknownValue::new(other)),"]);
            });
        });
    });
    to.gap();
    block!(to, ("impl From<String> for {name}"), |to| to.lines(&[
        "fn from(value: String) -> Self {",
        "    Self::from(value.as_str())",
        "}",
    ]));
    to.gap();
    block!(to, ("impl AsRef<str> for {name}"), |to| to.lines(&[
        "fn as_ref(&self) -> &str {",
        "    self.as_str()",
        "}",
    ]));
    to.gap();
    block!(to, ("impl fmt::Display for {name}"), |to| to.lines(&[
        "fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {",
        "    f.write_str(self.as_str())",
        "}",
    ]));
}

fn comparisons(to: &mut Source, name: &str) {
    to.gap();
    block!(to, ("impl Ord for {name}"), |to| to.lines(&[
        "fn cmp(&self, other: &Self) -> Ordering {",
        "    self.as_str().cmp(other.as_str())",
        "}",
    ]));
    to.gap();
    block!(to, ("impl PartialOrd for {name}"), |to| to.lines(&[
        "fn partial_cmp(&self, other: &Self) -> Option<Ordering> {",
        "    Some(self.cmp(other))",
        "}",
    ]));
    to.gap();
    block!(to, ("impl Hash for {name}"), |to| to.lines(&[
        "fn hash<H: Hasher>(&self, state: &mut H) {",
        "    self.as_str().hash(state);",
        "}",
    ]));
}

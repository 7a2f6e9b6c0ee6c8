//! The checks of what a model states: required members, lengths, ranges.

use super::source::{Literal, Source, block, line};
use crate::plan::{Bounds, Check, Field, Structure, Type, Value};

/// `Validate` of a structure.
pub(super) fn structure(to: &mut Source, one: &Type, structure: &Structure) {
    let checks = |field: &&Field| field.required || !field.check.is_empty();
    let checked: Vec<&Field> = structure.fields.iter().filter(checks).collect();
    implementation(to, one, !checked.is_empty(), |to| {
        for field in checked {
            let (name, wire_name) = (&field.name, Literal(&field.wire_name));
            if field.required {
                line!(to, "checker.required({wire_name}, &self.{name});");
            }
            if !field.check.is_empty() {
                to.nested(
                    format_args!(
                        "checker.member({wire_name}, self.{name}.as_ref(), |value, checker| {{"
                    ),
                    |to| body(to, &field.check, &field.value),
                    "});",
                );
            }
        }
    });
}

/// `Validate` of a union.
pub(super) fn union(to: &mut Source, one: &Type, members: &[Field]) {
    let checked: Vec<&Field> = members
        .iter()
        .filter(|member| !member.check.is_empty())
        .collect();
    implementation(to, one, !checked.is_empty(), |to| {
        block!(to, ("match self"), |to| {
            for member in checked {
                block!(to, ("Self::{}(value) =>", member.name), |to| {
                    let wire_name = Literal(&member.wire_name);
                    to.nested(
                        format_args!(
                            "checker.member({wire_name}, Some(value), |value, checker| {{"
                        ),
                        |to| body(to, &member.check, &member.value),
                        "});",
                    );
                });
            }
            to.lines(&["_ => {}"]);
        });
    });
}

fn implementation(to: &mut Source, one: &Type, checks: bool, body: impl FnOnce(&mut Source)) {
    to.gap();
    block!(
        to,
        ("impl crate::runtime::validate::Validate for {}", one.name),
        |to| {
            if checks {
                let head = format_args!(
                    "fn check(&self, checker: &mut crate::runtime::validate::Checker)"
                );
                to.block(head, body);
            } else {
                to.lines(&["fn check(&self, _: &mut crate::runtime::validate::Checker) {}"]);
            }
        }
    );
}

/// The checks of `value`, a reference.
fn body(to: &mut Source, check: &Check, of: &Value) {
    if let Some(bounds) = check.length {
        let length = match of {
            Value::String => "value.chars().count()",
            Value::Blob => "value.as_slice().len()",
            Value::Named(_) => "value.as_str().chars().count()",
            _ => "value.len()",
        };
        line!(to, "checker.length({length}, {});", limits(bounds));
    }
    if let Some(bounds) = check.integer {
        range(to, bounds, *of == Value::Integer, "i64");
    }
    if let Some(bounds) = check.float {
        range(to, bounds, *of == Value::Float, "f64");
    }
    if check.nested {
        to.lines(&["crate::runtime::validate::Validate::check(value, checker);"]);
    }
    match of {
        Value::List { item, sparse } => {
            if let Some(check) = &check.items {
                let items = if *sparse {
                    "value.iter().flatten()"
                } else {
                    "value"
                };
                to.nested(
                    format_args!("checker.items({items}, |value, checker| {{"),
                    |to| body(to, check, item),
                    "});",
                );
            }
        }
        Value::Map { key, value, sparse } => entries(to, check, key, value, *sparse),
        _ => {}
    }
}

/// The range of a number, widened to what the runtime compares.
fn range<T: std::fmt::Debug>(to: &mut Source, bounds: Bounds<T>, is_narrow: bool, wide: &str) {
    let number = if is_narrow {
        format!("{wide}::from(*value)")
    } else {
        "*value".to_owned()
    };
    line!(to, "checker.range({number}, {});", limits(bounds));
}

fn entries(to: &mut Source, check: &Check, key: &Value, value: &Value, sparse: bool) {
    if check.key.is_none() && check.items.is_none() {
        return;
    }
    to.nested(
        format_args!("checker.entries("),
        |to| {
            to.lines(&["value,"]);
            closure(to, check.key.as_deref(), key, false);
            closure(to, check.items.as_deref(), value, sparse);
        },
        ");",
    );
}

fn closure(to: &mut Source, check: Option<&Check>, of: &Value, sparse: bool) {
    match check {
        None => to.lines(&["|_, _| {},"]),
        Some(check) => to.nested(
            format_args!("|value, checker| {{"),
            |to| {
                if sparse {
                    block!(to, ("if let Some(value) = value"), |to| body(to, check, of));
                } else {
                    body(to, check, of);
                }
            },
            "},",
        ),
    }
}

/// The least and the most, as arguments.
fn limits<T: std::fmt::Debug>(bounds: Bounds<T>) -> String {
    let Bounds { min, max } = bounds;
    format!("{min:?}, {max:?}")
}

//! Ways through values as expressions, and tests of what stands at their ends.

use super::source::Literal as Text;
use crate::plan::Value;
use crate::plan::routes::{Comparator, Each, Literal, Operand, Route, Scalar, Step, Test};

/// The expression of what stands at the end of the steps from the value of this name, borrowed: an
/// `Option`.
pub(super) fn access(route: &Route, from: &str) -> String {
    let mut text = String::new();
    for (at, step) in route.steps.iter().enumerate() {
        let step = match (at, step) {
            (0, Step::Field(field)) => format!("{from}.{field}.as_ref()"),
            (_, Step::Field(field)) => format!(".and_then(|value| value.{field}.as_ref())"),
            (_, Step::Last) => ".and_then(|value| value.last())".to_owned(),
        };
        text.push_str(&step);
    }
    text
}

/// The same, taken out of a value that is owned. The steps are fields.
pub(super) fn taken(route: &Route, from: &str) -> String {
    let mut text = String::new();
    for (at, step) in route.steps.iter().enumerate() {
        let step = match (at, step) {
            (0, Step::Field(field)) => format!("{from}.{field}"),
            (_, Step::Field(field)) => format!(".and_then(|value| value.{field})"),
            (_, Step::Last) => String::new(),
        };
        text.push_str(&step);
    }
    text
}

/// The expression of the values that stand at the end of a way from `value`, where its steps have led:
/// an iterator.
fn each(steps: &[Each]) -> String {
    let flat = |sparse: bool| if sparse { ".flatten()" } else { "" };
    let mut text = "value".to_owned();
    for (at, step) in steps.iter().enumerate() {
        let step = match (at, step) {
            (0, Each::Items { sparse }) => format!(".iter(){}", flat(*sparse)),
            (0, Each::Values { sparse }) => format!(".values(){}", flat(*sparse)),
            (_, Each::Items { sparse }) => format!(".flatten(){}", flat(*sparse)),
            (_, Each::Values { sparse }) => {
                format!(".flat_map(|value| value.values()){}", flat(*sparse))
            }
            (_, Each::Field(field)) => format!(".filter_map(|value| value.{field}.as_ref())"),
            (_, Each::Filter(condition)) => {
                format!(".filter(|value| {})", test(condition, "value"))
            }
        };
        text.push_str(&step);
    }
    text
}

/// The expression of a test of the value of this name.
pub(super) fn test(test: &Test, from: &str) -> String {
    let nested = |inner: &Test| match inner {
        Test::And(..) | Test::Or(..) => grouped(inner, from),
        _ => self::test(inner, from),
    };
    match test {
        Test::And(left, right) => format!("{} && {}", nested(left), nested(right)),
        Test::Or(left, right) => format!("{} || {}", nested(left), nested(right)),
        Test::Not(inner) => match &**inner {
            Test::All(..) | Test::Any(..) => format!("!{}", self::test(inner, from)),
            _ => format!("!{}", grouped(inner, from)),
        },
        Test::Any(route, value) => many(
            route,
            from,
            |items, test| format!("{items}.any({test})"),
            value,
        ),
        Test::All(route, value) => many(
            route,
            from,
            |items, test| format!("crate::runtime::all({items}, {test})"),
            value,
        ),
        Test::Compare(left, comparator, right) => compare(left, *comparator, right, from),
    }
}

/// A test as one operand. Not in bare parentheses: a line that is broken there gets a comma at its end,
/// which would make a tuple of it.
fn grouped(inner: &Test, from: &str) -> String {
    format!("std::convert::identity({})", test(inner, from))
}

fn many(
    route: &Route,
    from: &str,
    ask: impl Fn(String, String) -> String,
    value: &Literal,
) -> String {
    let items = each(route.items.as_deref().unwrap_or_default());
    let found = match value {
        Literal::Text(_) => "value.as_str()",
        _ => "*value",
    };
    let asked = ask(items, format!("|value| {found} == {}", bare(value)));
    format!("{}.is_some_and(|value| {asked})", access(route, from))
}

fn compare(left: &Operand, comparator: Comparator, right: &Operand, from: &str) -> String {
    let sign = match comparator {
        Comparator::Equal => "==",
        Comparator::NotEqual => "!=",
        Comparator::Less => "<",
        Comparator::LessOrEqual => "<=",
        Comparator::Greater => ">",
        Comparator::GreaterOrEqual => ">=",
    };
    let is_equality = matches!(comparator, Comparator::Equal | Comparator::NotEqual);
    match (left, right) {
        // What is absent is like nothing else, and neither less nor more.
        _ if is_equality => format!("{} {sign} {}", optional(left, from), optional(right, from)),
        (_, Operand::Literal(value)) => format!(
            "{}.is_some_and(|value| value {sign} {})",
            optional(left, from),
            bare(value)
        ),
        (Operand::Literal(value), _) => format!(
            "{}.is_some_and(|value| {} {sign} value)",
            optional(right, from),
            bare(value)
        ),
        _ => format!(
            "{}.zip({}).is_some_and(|(one, other)| one {sign} other)",
            optional(left, from),
            optional(right, from)
        ),
    }
}

/// The expression of an operand, as an `Option` of a value without a reference to it, a text's excepted.
fn optional(operand: &Operand, from: &str) -> String {
    match operand {
        Operand::Literal(value) => format!("Some({})", bare(value)),
        Operand::Route(route) => {
            let access = access(route, from);
            match route.scalar {
                Some(Scalar::Text | Scalar::Enum) => {
                    format!("{access}.map(|value| value.as_str())")
                }
                _ => format!("{access}.copied()"),
            }
        }
        Operand::Length(route) => {
            let count = match (&route.items, &route.end) {
                (Some(steps), _) => format!("{}.count()", each(steps)),
                (None, Value::String) => "value.chars().count()".to_owned(),
                (None, _) => "value.len()".to_owned(),
            };
            format!("{}.map(|value| {count})", access(route, from))
        }
    }
}

fn bare(value: &Literal) -> String {
    match value {
        Literal::Text(text) => Text(text).to_string(),
        Literal::Flag(flag) => flag.to_string(),
        Literal::Number(number) => number.to_string(),
    }
}

//! How an operation's pages follow each other: `impl Paginated`.

use super::route::{access, taken};
use super::source::{Source, block, line};
use crate::plan::routes::{Pages, Route, Scalar};
use crate::plan::{Operation, Value};
use crate::spelling::Types;

/// `impl Paginated`, if the operation is read in pages.
pub(super) fn implementation(to: &mut Source, operation: &Operation) {
    let Some(pages) = &operation.pages else {
        return;
    };
    to.gap();
    let name = &operation.name;
    block!(to, ("impl crate::runtime::Paginated for {name}"), |to| {
        let (item, taken) = items(pages);
        line!(to, "type Item = {item};");
        to.gap();
        let head = format_args!(
            "fn advance(input: &mut Self::Input, output: &Self::Output) -> crate::runtime::Turn"
        );
        to.block(head, |to| advance(to, pages));
        to.gap();
        block!(
            to,
            ("fn items(output: Self::Output) -> Vec<Self::Item>"),
            |to| line!(to, "{taken}")
        );
    });
}

fn advance(to: &mut Source, pages: &Pages) {
    if let Some(more) = &pages.more {
        block!(to, ("if {} != Some(&true)", access(more, "output")), |to| {
            line!(to, "return crate::runtime::Turn::Over;");
        });
    }
    let one = pages.tokens.len() == 1;
    if !one {
        line!(to, "crate::runtime::Tokens::default()");
    }
    for token in &pages.tokens {
        let outputs: Vec<String> = token
            .outputs
            .iter()
            .map(|route| access(route, "output"))
            .collect();
        let outputs = outputs.join(", ");
        let is_empty = token.outputs.first().map_or("", is_empty);
        let call = format!(
            ".token(&mut input.{}, [{outputs}], {is_empty})",
            token.field
        );
        if one {
            line!(to, "crate::runtime::Tokens::default(){call}.turn()");
        } else {
            line!(to, "    {call}");
        }
    }
    if !one {
        line!(to, "    .turn()");
    }
}

/// How it is told of a token that it is none.
fn is_empty(route: &Route) -> &'static str {
    match (&route.end, route.scalar) {
        (_, Some(Scalar::Enum)) => "|token| token.as_str().is_empty()",
        (_, Some(Scalar::Integer | Scalar::Long)) => "|token| *token == 0",
        (Value::Map { .. }, _) => "std::collections::BTreeMap::is_empty",
        (Value::List { .. }, _) => "Vec::is_empty",
        _ => "String::is_empty",
    }
}

/// The type of an item.
pub(crate) fn page_item(pages: &Pages) -> String {
    items(pages).0
}

/// The type of an item, and the expression of all of them.
fn items(pages: &Pages) -> (String, String) {
    let Some(route) = &pages.items else {
        return ("Self::Output".to_owned(), "vec![output]".to_owned());
    };
    let taken = taken(route, "output");
    let part = |value: &Value, sparse: bool| {
        if sparse {
            format!("Option<{}>", spelt(value))
        } else {
            spelt(value)
        }
    };
    match &route.end {
        Value::List { item, sparse } => {
            (part(item, *sparse), format!("{taken}.unwrap_or_default()"))
        }
        Value::Map { key, value, sparse } => (
            format!("({}, {})", spelt(key), part(value, *sparse)),
            format!("{taken}.unwrap_or_default().into_iter().collect()"),
        ),
        one => (spelt(one), format!("{taken}.into_iter().collect()")),
    }
}

/// A type in a file that imports no map.
fn spelt(value: &Value) -> String {
    Types::Qualified
        .of(value)
        .replace("BTreeMap<", "std::collections::BTreeMap<")
}

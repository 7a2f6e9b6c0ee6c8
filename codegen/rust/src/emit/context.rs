//! What an operation tells the endpoint rules.

use super::source::{Literal, Source, block, line};
use crate::plan::Operation;
use crate::plan::rules::{ContextParameter, Source as Origin, Way};

/// The implementation of `Context`: an empty one where there is nothing to tell, so that a client
/// can ask any operation.
pub(super) fn implementation(to: &mut Source, operation: &Operation) {
    to.gap();
    let name = &operation.name;
    if operation.context.is_empty() {
        line!(to, "impl crate::runtime::endpoint::Context for {name} {{}}");
        return;
    }
    let reads = |one: &ContextParameter| matches!(one.source, Origin::Input(_));
    let input = if operation.context.iter().any(reads) {
        "input"
    } else {
        "_"
    };
    block!(
        to,
        ("impl crate::runtime::endpoint::Context for {name}"),
        |to| {
            block!(
                to,
                ("fn fill({input}: &Self::Input, parameters: &mut crate::runtime::endpoint::Parameters)"),
                |to| operation.context.iter().for_each(|one| parameter(to, one))
            );
        }
    );
}

fn parameter(to: &mut Source, parameter: &ContextParameter) {
    let name = Literal(&parameter.name);
    match &parameter.source {
        Origin::Text(text) => line!(to, "parameters.set({name}, {});", Literal(text)),
        Origin::Flag(flag) => line!(to, "parameters.set({name}, {flag});"),
        Origin::Texts(texts) => {
            let texts: Vec<String> = texts
                .iter()
                .map(|text| format!("{}.to_owned()", Literal(text)))
                .collect();
            // Without items the type would be open.
            let texts = format!("Vec::<String>::from([{}])", texts.join(", "));
            line!(to, "parameters.set({name}, {texts});");
        }
        Origin::Input(way) if way.is_many() => {
            let body = |to: &mut Source| {
                to.lines(&["let mut texts = Vec::new();"]);
                self::way(to, way, "input", &|to, text| {
                    line!(to, "texts.push({text}.to_owned());");
                });
                block!(to, ("if !texts.is_empty()"), |to| {
                    line!(to, "parameters.set({name}, texts);");
                });
            };
            to.nested(format_args!("{{"), body, "}");
        }
        Origin::Input(way) => {
            self::way(to, way, "input", &|to, value| {
                line!(to, "parameters.set({name}, {value});");
            });
        }
    }
}

/// Goes a way through the value of this name, and does something with what stands at its end.
fn way(to: &mut Source, way: &Way, value: &str, end: &dyn Fn(&mut Source, &str)) {
    let onward = |to: &mut Source, way: &Way| self::way(to, way, "value", end);
    match way {
        Way::Text | Way::Enum => end(to, &format!("{value}.as_str()")),
        Way::Flag => end(to, &format!("*{value}")),
        Way::Keys => block!(to, ("for value in {value}.keys()"), |to| end(
            to,
            "value.as_str()"
        )),
        Way::Field(field, inner) => {
            block!(to, ("if let Some(value) = &{value}.{field}"), |to| onward(
                to, inner
            ));
        }
        Way::Items { sparse, way } => {
            let flatten = if *sparse { ".flatten()" } else { "" };
            block!(to, ("for value in {value}.iter(){flatten}"), |to| onward(
                to, way
            ));
        }
        Way::All(ways) => ways.iter().for_each(|one| self::way(to, one, value, end)),
    }
}

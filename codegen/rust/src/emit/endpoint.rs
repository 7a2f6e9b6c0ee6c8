//! The endpoint rules as data, and the function that follows them.

use std::fmt::{self, Display};

use super::source::{Literal, Source, line};
use crate::plan::rules::{
    Condition, EndpointParameter, EndpointRules, Expression, Outcome, Rule, Step,
};

pub(super) fn file(rules: &EndpointRules) -> String {
    let mut to = Source::new();
    to.module_docs(&["Where the service is.".to_owned()]);
    to.lines(&[
        "use crate::runtime::endpoint::data::*;",
        "use crate::runtime::endpoint::{Endpoint, EndpointError, Parameters};",
        "",
        "/// The endpoint for these parameters.",
    ]);
    let head =
        format_args!("pub fn endpoint(parameters: &Parameters) -> Result<Endpoint, EndpointError>");
    to.block(head, |to| to.lines(&["RULES.resolve(parameters)"]));
    to.gap();
    to.lines(&["/// What the rules ask for."]);
    if rules.parameters.is_empty() {
        to.lines(&["pub const PARAMETERS: &[Parameter] = &[];"]);
    } else {
        let head = format_args!("pub const PARAMETERS: &[Parameter] = &[");
        let body = |to: &mut Source| rules.parameters.iter().for_each(|one| parameter(to, one));
        to.nested(head, body, "];");
    }
    to.gap();
    to.nested(
        format_args!("static RULES: RuleSet = RuleSet {{"),
        |to| {
            to.lines(&["parameters: PARAMETERS,"]);
            list(to, "rules: ", &rules.rules, rule);
        },
        "};",
    );
    to.finish()
}

/// A list with an item a line or more.
fn list<T>(to: &mut Source, head: &str, items: &[T], item: impl Fn(&mut Source, &T)) {
    if items.is_empty() {
        line!(to, "{head}&[],");
    } else {
        let body = |to: &mut Source| items.iter().for_each(|one| item(to, one));
        to.nested(format_args!("{head}&["), body, "],");
    }
}

fn parameter(to: &mut Source, parameter: &EndpointParameter) {
    let default = parameter.default.as_ref().map(Text);
    let default = default.map_or_else(|| "None".to_owned(), |text| format!("Some({text})"));
    to.nested(
        format_args!("Parameter {{"),
        |to| {
            line!(to, "name: {},", Literal(&parameter.name));
            line!(to, "kind: Kind::{:?},", parameter.kind);
            line!(to, "required: {},", parameter.required);
            line!(to, "default: {default},");
        },
        "},",
    );
}

fn rule(to: &mut Source, rule: &Rule) {
    let variant = match &rule.outcome {
        Outcome::Tree(_) => "Tree",
        Outcome::Error(_) => "Error",
        Outcome::Endpoint { .. } => "Endpoint",
    };
    let body = |to: &mut Source| {
        line!(to, "&[{}],", Commas(&rule.conditions, ConditionText));
        match &rule.outcome {
            Outcome::Tree(rules) => list(to, "", rules, self::rule),
            Outcome::Error(message) => line!(to, "{},", Text(message)),
            Outcome::Endpoint {
                url,
                properties,
                headers,
            } => {
                line!(to, "{},", Text(url));
                line!(to, "&[{}],", Commas(properties, Entry));
                line!(to, "&[{}],", Commas(headers, Entry));
            }
        }
    };
    to.nested(format_args!("Rule::{variant}("), body, "),");
}

struct ConditionText<'a>(&'a Condition);

impl Display for ConditionText<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let value = Text(&self.0.value);
        match &self.0.name {
            None => write!(f, "If({value})"),
            Some(name) => write!(f, "Let({}, {value})", Literal(name)),
        }
    }
}

/// An expression in Rust.
struct Text<'a>(&'a Expression);

impl Display for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Expression::Text(text) => write!(f, "Text({})", Literal(text)),
            Expression::Flag(flag) => write!(f, "Flag({flag})"),
            Expression::Integer(integer) => write!(f, "Integer({integer})"),
            Expression::List(items) => write!(f, "List(&[{}])", Commas(items, Text)),
            Expression::Record(entries) => write!(f, "Record(&[{}])", Commas(entries, Entry)),
            Expression::Template(parts) => write!(f, "Template(&[{}])", Commas(parts, Text)),
            Expression::Reference(name) => write!(f, "Reference({})", Literal(name)),
            Expression::Attribute(of, steps) => {
                write!(
                    f,
                    "Attribute(&{}, &[{}])",
                    Text(of),
                    Commas(steps, StepText)
                )
            }
            Expression::Call(function, arguments) => {
                write!(f, "Call({function:?}, &[{}])", Commas(arguments, Text))
            }
        }
    }
}

struct StepText<'a>(&'a Step);

impl Display for StepText<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Step::Name(name) => write!(f, "Name({})", Literal(name)),
            Step::Index(index) => write!(f, "Index({index})"),
        }
    }
}

/// A name and its value.
struct Entry<'a>(&'a (String, Expression));

impl Display for Entry<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (name, value) = self.0;
        write!(f, "({}, {})", Literal(name), Text(value))
    }
}

/// Items with commas between.
struct Commas<'a, T, F>(&'a [T], F);

impl<'a, T, D: Display, F: Fn(&'a T) -> D> Display for Commas<'a, T, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, item) in self.0.iter().enumerate() {
            let gap = if at > 0 { ", " } else { "" };
            write!(f, "{gap}{}", self.1(item))?;
        }
        Ok(())
    }
}

//! Rules as they are read, and what comes of following them.

mod follow;
mod refuse;

use serde_json::Value;
use shapewright_runtime::endpoint::{Condition, Expression, Kind, Parameter, Rule, RuleSet, Step};

use super::{Function, Outcome, read};

/// The rules as a generated crate has them, without a compiler in between. They stay in memory.
fn rules(value: &Value) -> RuleSet {
    let (planned, problems) = read::read(value);
    assert!(problems.is_empty(), "{problems:#?}");
    rule_set(&planned)
}

fn rule_set(planned: &super::EndpointRules) -> RuleSet {
    RuleSet {
        parameters: list(&planned.parameters, |one| Parameter {
            name: text(&one.name),
            kind: match one.kind {
                super::Kind::Text => Kind::Text,
                super::Kind::Flag => Kind::Flag,
                super::Kind::Texts => Kind::Texts,
            },
            required: one.required,
            default: one.default.as_ref().map(expression),
        }),
        rules: list(&planned.rules, rule),
    }
}

fn text(text: &str) -> &'static str {
    String::from(text).leak()
}

fn list<T, R>(items: &[T], make: impl Fn(&T) -> R) -> &'static [R] {
    items.iter().map(make).collect::<Vec<R>>().leak()
}

fn rule(rule: &super::Rule) -> Rule {
    let conditions = list(&rule.conditions, |one| {
        let value = expression(&one.value);
        match &one.name {
            Some(name) => Condition::Let(text(name), value),
            None => Condition::If(value),
        }
    });
    match &rule.outcome {
        Outcome::Tree(rules) => Rule::Tree(conditions, list(rules, self::rule)),
        Outcome::Error(message) => Rule::Error(conditions, expression(message)),
        Outcome::Endpoint {
            url,
            properties,
            headers,
        } => Rule::Endpoint(
            conditions,
            expression(url),
            list(properties, entry),
            list(headers, entry),
        ),
    }
}

fn entry((name, value): &(String, super::Expression)) -> (&'static str, Expression) {
    (text(name), expression(value))
}

fn expression(value: &super::Expression) -> Expression {
    match value {
        super::Expression::Text(value) => Expression::Text(text(value)),
        super::Expression::Flag(flag) => Expression::Flag(*flag),
        super::Expression::Integer(integer) => Expression::Integer(*integer),
        super::Expression::List(items) => Expression::List(list(items, expression)),
        super::Expression::Record(entries) => Expression::Record(list(entries, entry)),
        super::Expression::Template(parts) => Expression::Template(list(parts, expression)),
        super::Expression::Reference(name) => Expression::Reference(text(name)),
        super::Expression::Attribute(of, steps) => Expression::Attribute(
            Box::leak(Box::new(expression(of))),
            list(steps, |step| match step {
                super::Step::Name(name) => Step::Name(text(name)),
                super::Step::Index(index) => Step::Index(*index),
            }),
        ),
        super::Expression::Call(of, arguments) => {
            Expression::Call(function(*of), list(arguments, expression))
        }
    }
}

fn function(of: Function) -> shapewright_runtime::endpoint::Function {
    use shapewright_runtime::endpoint::Function as Known;
    match of {
        Function::IsVirtualHostableS3Bucket => Known::IsVirtualHostableS3Bucket,
        Function::ParseArn => Known::ParseArn,
        Function::Partition => Known::Partition,
        Function::BooleanEquals => Known::BooleanEquals,
        Function::IsSet => Known::IsSet,
        Function::IsValidHostLabel => Known::IsValidHostLabel,
        Function::Not => Known::Not,
        Function::ParseUrl => Known::ParseUrl,
        Function::StringEquals => Known::StringEquals,
        Function::Substring => Known::Substring,
        Function::UriEncode => Known::UriEncode,
    }
}

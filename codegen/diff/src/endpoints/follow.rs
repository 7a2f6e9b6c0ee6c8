//! Rules as the runtime follows them: the same code decides here and in a client.

use bumpalo::Bump;
use shapewright_model::endpoint::{
    Condition, EndpointParameter, EndpointRules, Expression, Function, Kind, Outcome, Rule, Step,
};
use shapewright_runtime::endpoint as runtime;
use shapewright_runtime::endpoint::RuleSet;

/// The rules in the runtime's form, which lies in `room`.
pub(super) fn rule_set<'a>(rules: &'a EndpointRules, room: &'a Bump) -> RuleSet<'a> {
    let to = Made(room);
    RuleSet {
        parameters: to.list(&rules.parameters, Made::parameter),
        rules: to.list(&rules.rules, Made::rule),
    }
}

/// Makes the runtime's form.
#[derive(Clone, Copy)]
struct Made<'a>(&'a Bump);

impl<'a> Made<'a> {
    fn list<T, R: Copy>(self, items: &'a [T], one: impl Fn(Self, &'a T) -> R) -> &'a [R] {
        let items = items.iter().map(|item| one(self, item));
        self.0.alloc_slice_fill_iter(items)
    }

    fn parameter(self, parameter: &'a EndpointParameter) -> runtime::Parameter<'a> {
        runtime::Parameter {
            name: &parameter.name,
            kind: match parameter.kind {
                Kind::Text => runtime::Kind::Text,
                Kind::Flag => runtime::Kind::Flag,
                Kind::Texts => runtime::Kind::Texts,
            },
            required: parameter.required,
            default: parameter
                .default
                .as_ref()
                .map(|value| self.expression(value)),
        }
    }

    // Recursive, as deep as the rules, which the reading of JSON bounds.
    fn rule(self, rule: &'a Rule) -> runtime::Rule<'a> {
        let conditions = self.list(&rule.conditions, Self::condition);
        match &rule.outcome {
            Outcome::Tree(rules) => runtime::Rule::Tree(conditions, self.list(rules, Self::rule)),
            Outcome::Error(message) => runtime::Rule::Error(conditions, self.expression(message)),
            Outcome::Endpoint {
                url,
                properties,
                headers,
            } => runtime::Rule::Endpoint(
                conditions,
                self.expression(url),
                self.list(properties, Self::entry),
                self.list(headers, Self::entry),
            ),
        }
    }

    fn condition(self, condition: &'a Condition) -> runtime::Condition<'a> {
        let value = self.expression(&condition.value);
        match &condition.name {
            Some(name) => runtime::Condition::Let(name, value),
            None => runtime::Condition::If(value),
        }
    }

    fn entry(self, (name, value): &'a (String, Expression)) -> (&'a str, runtime::Expression<'a>) {
        (name, self.expression(value))
    }

    fn expression(self, value: &'a Expression) -> runtime::Expression<'a> {
        match value {
            Expression::Text(text) => runtime::Expression::Text(text),
            Expression::Flag(flag) => runtime::Expression::Flag(*flag),
            Expression::Integer(integer) => runtime::Expression::Integer(*integer),
            Expression::List(items) => {
                runtime::Expression::List(self.list(items, Self::expression))
            }
            Expression::Record(entries) => {
                runtime::Expression::Record(self.list(entries, Self::entry))
            }
            Expression::Template(parts) => {
                runtime::Expression::Template(self.list(parts, Self::expression))
            }
            Expression::Reference(name) => runtime::Expression::Reference(name),
            Expression::Attribute(of, steps) => runtime::Expression::Attribute(
                self.0.alloc(self.expression(of)),
                self.list(steps, |_, step| match step {
                    Step::Name(name) => runtime::Step::Name(name),
                    Step::Index(index) => runtime::Step::Index(*index),
                }),
            ),
            Expression::Call(of, arguments) => {
                runtime::Expression::Call(function(*of), self.list(arguments, Self::expression))
            }
        }
    }
}

fn function(of: Function) -> runtime::Function {
    use runtime::Function as Known;
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

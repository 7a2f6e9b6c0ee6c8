//! Where a service is: its endpoint rules (`endpoint-rule-set-1.json`, or Smithy's
//! `smithy.rules#endpointRuleSet`) as types, or, where a model has none, those that serve most services.

mod plain;
mod read;
mod template;
#[cfg(test)]
mod tests;

use serde_json::Value;

use crate::{Model, Problem, TraitName};

/// The endpoint rules of a service.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct EndpointRules {
    /// What the rules ask for (`parameters`).
    pub parameters: Vec<EndpointParameter>,
    /// The first whose conditions hold counts (`rules`).
    pub rules: Vec<Rule>,
}

/// A parameter that rules ask for.
#[derive(Clone, Debug, PartialEq)]
pub struct EndpointParameter {
    /// Its name, such as `Region`.
    pub name: String,
    /// Of which kind its value is (`type`).
    pub kind: Kind,
    /// Whether it is a setting that every client has (`builtIn`). Others come from the operation, its
    /// input or a setting of this service's client.
    pub is_built_in: bool,
    /// Whether there is no endpoint without it.
    pub required: bool,
    /// Its value where none is set.
    pub default: Option<Expression>,
}

/// The kind of a parameter's value; the runtime has the same names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A text.
    Text,
    /// Yes or no.
    Flag,
    /// A list of texts.
    Texts,
}

/// A rule: if its conditions hold, what comes of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    /// What must hold, in this order.
    pub conditions: Vec<Condition>,
    /// What then comes of it.
    pub outcome: Outcome,
}

/// What comes of a rule.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// What comes of the first of these whose conditions hold; if none do, the rule does not count.
    Tree(Vec<Rule>),
    /// No endpoint, and why.
    Error(Expression),
    /// An endpoint.
    Endpoint {
        /// Its URL.
        url: Expression,
        /// Its properties, such as `authSchemes`.
        properties: Vec<(String, Expression)>,
        /// Headers of requests, each a list of values.
        headers: Vec<(String, Expression)>,
    },
}

/// A condition: it holds unless its value is false or absent.
#[derive(Clone, Debug, PartialEq)]
pub struct Condition {
    /// The name that the value has in what follows (`assign`).
    pub name: Option<String>,
    /// The value.
    pub value: Expression,
}

/// What has a value, or none.
#[derive(Clone, Debug, PartialEq)]
pub enum Expression {
    /// A text.
    Text(String),
    /// Yes or no.
    Flag(bool),
    /// A number.
    Integer(i64),
    /// A list.
    List(Vec<Expression>),
    /// Values by name.
    Record(Vec<(String, Expression)>),
    /// The texts of these, one after the other (`"https://{Region}.example"`).
    Template(Vec<Expression>),
    /// A parameter, or what a condition has named (`ref`).
    Reference(String),
    /// What lies within a value (`getAttr`).
    Attribute(Box<Expression>, Vec<Step>),
    /// What a function makes of these (`fn`).
    Call(Function, Vec<Expression>),
}

/// A step into a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// The value of this name in a record.
    Name(String),
    /// The item of a list, from 0.
    Index(usize),
}

/// A function; the runtime has the same names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Function {
    /// `aws.isVirtualHostableS3Bucket`
    IsVirtualHostableS3Bucket,
    /// `aws.parseArn`
    ParseArn,
    /// `aws.partition`
    Partition,
    /// `booleanEquals`
    BooleanEquals,
    /// `isSet`
    IsSet,
    /// `isValidHostLabel`
    IsValidHostLabel,
    /// `not`
    Not,
    /// `parseURL`
    ParseUrl,
    /// `stringEquals`
    StringEquals,
    /// `substring`
    Substring,
    /// `uriEncode`
    UriEncode,
}

impl EndpointRules {
    /// Whether it matters to the rules which operation calls, and with what.
    pub fn ask_operations(&self) -> bool {
        self.parameters
            .iter()
            .any(|parameter| !parameter.is_built_in)
    }
}

impl EndpointParameter {
    /// Whether there is no endpoint unless it is set.
    pub fn is_needed(&self) -> bool {
        self.required && self.default.is_none()
    }
}

impl Function {
    /// The function that rules call by this name, and how many arguments it takes. `getAttr` is
    /// none of them, as its path is no value.
    fn of(name: &str) -> Option<(Self, usize)> {
        Some(match name {
            "aws.isVirtualHostableS3Bucket" => (Self::IsVirtualHostableS3Bucket, 2),
            "aws.parseArn" => (Self::ParseArn, 1),
            "aws.partition" => (Self::Partition, 1),
            "booleanEquals" => (Self::BooleanEquals, 2),
            "isSet" => (Self::IsSet, 1),
            "isValidHostLabel" => (Self::IsValidHostLabel, 2),
            "not" => (Self::Not, 1),
            "parseURL" => (Self::ParseUrl, 1),
            "stringEquals" => (Self::StringEquals, 2),
            "substring" => (Self::Substring, 4),
            "uriEncode" => (Self::UriEncode, 1),
            _ => return None,
        })
    }
}

/// The endpoint rules of a model, or, where it has none, those that serve most services. Where a rule
/// is of no form that is known, an error stands in its place, and a problem tells it. `file` is the
/// name of the rules' file.
pub fn read(model: &Model, file: &str) -> (EndpointRules, Vec<Problem>) {
    let (rules, mut problems) = match &model.endpoint_rules {
        Some(rules) => read::read(rules),
        None => read::read(&plain(model)),
    };
    for problem in &mut problems {
        file.clone_into(&mut problem.file);
    }
    (rules, problems)
}

fn plain(model: &Model) -> Value {
    let text = |name| model.metadata.text(&name).unwrap_or_default();
    let prefix = text(TraitName::EndpointPrefix);
    let global = text(TraitName::GlobalEndpoint);
    plain::rules(prefix, global)
}

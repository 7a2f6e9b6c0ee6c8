//! Where the service is: its endpoint rules, or, where the model has none, those that serve most.

mod plain;
mod read;
mod template;
#[cfg(test)]
mod tests;

use shapewright_model::{Model, Problem, TraitName};

/// The endpoint rules of a service.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct EndpointRules {
    pub(crate) parameters: Vec<EndpointParameter>,
    pub(crate) rules: Vec<Rule>,
}

/// A parameter that rules ask for.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct EndpointParameter {
    pub(crate) name: String,
    pub(crate) kind: Kind,
    pub(crate) required: bool,
    pub(crate) default: Option<Expression>,
}

/// The kind of a parameter's value; the runtime has the same names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Text,
    Flag,
    Texts,
}

/// A rule: if its conditions hold, what comes of it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Rule {
    pub(crate) conditions: Vec<Condition>,
    pub(crate) outcome: Outcome,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Outcome {
    Tree(Vec<Rule>),
    Error(Expression),
    Endpoint {
        url: Expression,
        properties: Vec<(String, Expression)>,
        headers: Vec<(String, Expression)>,
    },
}

/// A condition, and the name that its value has in what follows.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Condition {
    pub(crate) name: Option<String>,
    pub(crate) value: Expression,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Expression {
    Text(String),
    Flag(bool),
    Integer(i64),
    List(Vec<Expression>),
    Record(Vec<(String, Expression)>),
    Template(Vec<Expression>),
    Reference(String),
    Attribute(Box<Expression>, Vec<Step>),
    Call(Function, Vec<Expression>),
}

/// A step into a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    Name(String),
    Index(usize),
}

/// A function; the runtime has the same names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Function {
    IsVirtualHostableS3Bucket,
    ParseArn,
    Partition,
    BooleanEquals,
    IsSet,
    IsValidHostLabel,
    Not,
    ParseUrl,
    StringEquals,
    Substring,
    UriEncode,
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

/// The rules of a model. Where one is of no form that is known, an error stands in its place.
pub(super) fn plan(model: &Model) -> EndpointRules {
    read(model).0
}

/// What of a model's endpoint rules is of no form that is known. `file` is the name of their file.
pub(crate) fn problems(model: &Model, file: &str) -> Vec<Problem> {
    let mut problems = read(model).1;
    for problem in &mut problems {
        file.clone_into(&mut problem.file);
    }
    problems
}

fn read(model: &Model) -> (EndpointRules, Vec<Problem>) {
    if let Some(rules) = &model.endpoint_rules {
        return read::read(rules);
    }
    let text = |name| model.metadata.text(&name).unwrap_or_default();
    let prefix = text(TraitName::EndpointPrefix);
    let global = text(TraitName::GlobalEndpoint);
    read::read(&plain::rules(prefix, global))
}

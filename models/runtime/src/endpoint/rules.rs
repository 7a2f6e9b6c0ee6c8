//! Endpoint rules as data, which a generated crate has in a `static`.

/// The endpoint rules of a service.
#[derive(Debug)]
pub struct RuleSet {
    /// What the rules ask for.
    pub parameters: &'static [Parameter],
    /// The first whose conditions hold counts.
    pub rules: &'static [Rule],
}

/// A parameter that rules ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parameter {
    /// Its name, such as `Region`.
    pub name: &'static str,
    /// Of which kind its value is.
    pub kind: Kind,
    /// Whether there is no endpoint without it.
    pub required: bool,
    /// Its value where none is set.
    pub default: Option<Expression>,
}

/// The kind of a parameter's value.
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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// The first of these rules whose conditions hold, too.
    Tree(&'static [Condition], &'static [Rule]),
    /// No endpoint, and why.
    Error(&'static [Condition], Expression),
    /// An endpoint: its URL, its properties and its headers.
    Endpoint(
        &'static [Condition],
        Expression,
        &'static [(&'static str, Expression)],
        &'static [(&'static str, Expression)],
    ),
}

/// A condition. It holds unless the expression is false or has no value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Condition {
    /// This holds.
    If(Expression),
    /// This has a value, which has a name in what follows.
    Let(&'static str, Expression),
}

/// What has a value, or none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expression {
    /// A text.
    Text(&'static str),
    /// Yes or no.
    Flag(bool),
    /// A number.
    Integer(i64),
    /// A list.
    List(&'static [Expression]),
    /// Values by name.
    Record(&'static [(&'static str, Expression)]),
    /// The texts of these, one after the other.
    Template(&'static [Expression]),
    /// A parameter, or what a condition has named.
    Reference(&'static str),
    /// What lies within a value.
    Attribute(&'static Expression, &'static [Step]),
    /// What a function makes of these.
    Call(Function, &'static [Expression]),
}

/// A step into a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The value of this name in a record.
    Name(&'static str),
    /// The item of a list, from 0.
    Index(usize),
}

/// A function of the rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Function {
    /// `aws.isVirtualHostableS3Bucket(name, allow subdomains)`
    IsVirtualHostableS3Bucket,
    /// `aws.parseArn(text)`
    ParseArn,
    /// `aws.partition(region)`
    Partition,
    /// `booleanEquals(one, other)`
    BooleanEquals,
    /// `isSet(value)`
    IsSet,
    /// `isValidHostLabel(text, allow subdomains)`
    IsValidHostLabel,
    /// `not(flag)`
    Not,
    /// `parseURL(text)`
    ParseUrl,
    /// `stringEquals(one, other)`
    StringEquals,
    /// `substring(text, start, stop, from the end)`
    Substring,
    /// `uriEncode(text)`
    UriEncode,
}

//! Endpoint rules as data, which a generated crate has in a `static`.

/// The endpoint rules of a service.
#[derive(Debug)]
pub struct RuleSet<'a> {
    /// What the rules ask for.
    pub parameters: &'a [Parameter<'a>],
    /// The first whose conditions hold counts.
    pub rules: &'a [Rule<'a>],
}

/// A parameter that rules ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parameter<'a> {
    /// Its name, such as `Region`.
    pub name: &'a str,
    /// Of which kind its value is.
    pub kind: Kind,
    /// Whether there is no endpoint without it.
    pub required: bool,
    /// Its value where none is set.
    pub default: Option<Expression<'a>>,
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
pub enum Rule<'a> {
    /// The first of these rules whose conditions hold, too.
    Tree(&'a [Condition<'a>], &'a [Rule<'a>]),
    /// No endpoint, and why.
    Error(&'a [Condition<'a>], Expression<'a>),
    /// An endpoint: its URL, its properties and its headers.
    Endpoint(
        &'a [Condition<'a>],
        Expression<'a>,
        &'a [(&'a str, Expression<'a>)],
        &'a [(&'a str, Expression<'a>)],
    ),
}

/// A condition. It holds unless the expression is false or has no value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Condition<'a> {
    /// This holds.
    If(Expression<'a>),
    /// This has a value, which has a name in what follows.
    Let(&'a str, Expression<'a>),
}

/// What has a value, or none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expression<'a> {
    /// A text.
    Text(&'a str),
    /// Yes or no.
    Flag(bool),
    /// A number.
    Integer(i64),
    /// A list.
    List(&'a [Expression<'a>]),
    /// Values by name.
    Record(&'a [(&'a str, Expression<'a>)]),
    /// The texts of these, one after the other.
    Template(&'a [Expression<'a>]),
    /// A parameter, or what a condition has named.
    Reference(&'a str),
    /// What lies within a value.
    Attribute(&'a Expression<'a>, &'a [Step<'a>]),
    /// What a function makes of these.
    Call(Function, &'a [Expression<'a>]),
}

/// A step into a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step<'a> {
    /// The value of this name in a record.
    Name(&'a str),
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

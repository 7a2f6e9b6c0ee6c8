//! What has a name while rules are followed, and what an expression is worth there.

use super::function::call;
use super::label::is_host_label;
use super::value::Value;
use super::{Condition, EndpointError, Expression, Kind, ParameterValue, Parameters, RuleSet};

/// Values by name: parameters, and what conditions have named since.
pub(super) struct Scope<'a>(Vec<(&'a str, Value<'a>)>);

impl<'a> Scope<'a> {
    /// The parameters that the rules ask for, or what is amiss with them.
    pub(super) fn new(rules: &RuleSet<'a>, given: &'a Parameters) -> Result<Self, EndpointError> {
        let mut scope = Self(Vec::with_capacity(rules.parameters.len() + 4));
        for parameter in rules.parameters {
            let name = parameter.name;
            let value = match given.get(name) {
                Some(value) => {
                    check(name, parameter.kind, value)?;
                    Some(Value::of(value))
                }
                None => parameter.default.and_then(|default| scope.value(&default)),
            };
            match value {
                Some(value) => scope.0.push((name, value)),
                None if parameter.required => {
                    return Err(EndpointError::new(format!(
                        "the parameter {name} is required"
                    )));
                }
                None => {}
            }
        }
        Ok(scope)
    }

    /// Whether all conditions hold; what they name stays.
    pub(super) fn hold(&mut self, conditions: &[Condition<'a>]) -> bool {
        conditions.iter().all(|condition| {
            let (name, expression) = match condition {
                Condition::If(expression) => (None, expression),
                Condition::Let(name, expression) => (Some(name), expression),
            };
            match self.value(expression) {
                None | Some(Value::Flag(false)) => false,
                Some(value) => {
                    self.0.extend(name.map(|name| (*name, value)));
                    true
                }
            }
        })
    }

    /// Does something, after which nothing has a name that had none before.
    pub(super) fn within<R>(&mut self, inner: impl FnOnce(&mut Self) -> R) -> R {
        let before = self.0.len();
        let result = inner(self);
        self.0.truncate(before);
        result
    }

    /// What an expression is worth, if it is worth anything.
    pub(super) fn value(&self, expression: &Expression<'a>) -> Option<Value<'a>> {
        match *expression {
            Expression::Text(text) => Some(Value::from(text)),
            Expression::Flag(flag) => Some(Value::Flag(flag)),
            Expression::Integer(integer) => Some(Value::Integer(integer)),
            Expression::List(items) => {
                let items = items.iter().map(|item| self.value(item));
                items.collect::<Option<_>>().map(Value::List)
            }
            Expression::Record(entries) => self.record(entries).map(Value::Record),
            Expression::Template(parts) => {
                let mut text = String::new();
                for part in parts {
                    text.push_str(self.value(part)?.as_str()?);
                }
                Some(Value::from(text))
            }
            Expression::Reference(name) => self.named(name).cloned(),
            Expression::Attribute(Expression::Reference(name), steps) => {
                self.named(name)?.at(steps).cloned()
            }
            Expression::Attribute(of, steps) => self.value(of)?.at(steps).cloned(),
            Expression::Call(function, arguments) => {
                let arguments: Vec<_> = arguments.iter().map(|one| self.value(one)).collect();
                call(function, &arguments)
            }
        }
    }

    /// What the entries of a record are worth, if all are worth anything.
    pub(super) fn record(
        &self,
        entries: &[(&'a str, Expression<'a>)],
    ) -> Option<Vec<(&'a str, Value<'a>)>> {
        let entries = entries.iter();
        entries
            .map(|(name, value)| Some((*name, self.value(value)?)))
            .collect()
    }

    fn named(&self, wanted: &str) -> Option<&Value<'a>> {
        let mut named = self.0.iter().rev();
        named
            .find(|(name, _)| *name == wanted)
            .map(|(_, value)| value)
    }
}

/// What a parameter must be before any rule sees it.
fn check(name: &str, kind: Kind, value: &ParameterValue) -> Result<(), EndpointError> {
    let (is_of_kind, wanted) = match kind {
        Kind::Text => (matches!(value, ParameterValue::Text(_)), "a text"),
        Kind::Flag => (matches!(value, ParameterValue::Flag(_)), "true or false"),
        Kind::Texts => (matches!(value, ParameterValue::Texts(_)), "a list of texts"),
    };
    if !is_of_kind {
        let message = format!("the parameter {name} must be {wanted}");
        return Err(EndpointError::new(message));
    }
    // Most rules put a region into the name of a host as it is: one like `x.example/` would send
    // requests, and with them signatures, to somebody else.
    let ParameterValue::Text(text) = value else {
        return Ok(());
    };
    if name == Parameters::REGION && !is_host_label(text, true) {
        let message = "the region must be of letters, digits and inner hyphens, as us-east-1 is";
        return Err(EndpointError::new(message));
    }
    Ok(())
}

//! Expressions to routes: ways through the types of a crate, and tests of what stands at their ends.

use serde_json::Value as Json;

use super::context::Types;
use super::items::Value;
use super::jmespath::{Comparator, Expression, Segment};

/// A way through a value.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Route {
    pub(crate) steps: Vec<Step>,
    /// Into each item of what stands at the end of the steps, and further; none if it ends there.
    pub(crate) items: Option<Vec<Each>>,
    pub(crate) end: Value,
    pub(crate) scalar: Option<Scalar>,
}

/// A step from one value to another, if that is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    Field(String),
    /// The last item of a list.
    Last,
}

/// A step from each of many values.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Each {
    Field(String),
    /// To each item of a list.
    Items {
        sparse: bool,
    },
    /// To each value of a map.
    Values {
        sparse: bool,
    },
    /// On, if it passes.
    Filter(Test),
}

/// What can be compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scalar {
    Text,
    Enum,
    Flag,
    Integer,
    Long,
}

/// What holds, or does not.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Test {
    Compare(Operand, Comparator, Operand),
    /// There are values, and each is this.
    All(Route, Literal),
    /// One of the values is this.
    Any(Route, Literal),
    And(Box<Test>, Box<Test>),
    Or(Box<Test>, Box<Test>),
    Not(Box<Test>),
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Operand {
    Route(Route),
    /// How many items or characters stand at its end.
    Length(Route),
    Literal(Literal),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Literal {
    Text(String),
    Flag(bool),
    Number(i64),
}

impl Types<'_> {
    /// The way that a path goes through a value of this type.
    pub(super) fn route(&self, of: &Value, path: &[Segment]) -> Option<Route> {
        let mut steps = Vec::new();
        let mut items: Option<Vec<Each>> = None;
        let mut at = of.clone();
        for segment in path {
            at = match segment {
                Segment::Member(member) => {
                    let field = self.field(&at, member)?;
                    match &mut items {
                        None => steps.push(Step::Field(field.name.clone())),
                        Some(each) => each.push(Each::Field(field.name.clone())),
                    }
                    field.value.clone()
                }
                Segment::Last => {
                    let (
                        None,
                        Value::List {
                            item,
                            sparse: false,
                        },
                    ) = (&items, at)
                    else {
                        return None;
                    };
                    steps.push(Step::Last);
                    *item
                }
                Segment::Items | Segment::Filter(_) => {
                    let Value::List { item, sparse } = at else {
                        return None;
                    };
                    let each = items.get_or_insert_default();
                    each.push(Each::Items { sparse });
                    if let Segment::Filter(test) = segment {
                        each.push(Each::Filter(self.test(&item, test)?));
                    } else if matches!(*item, Value::List { .. }) {
                        // `[]` would go into both.
                        return None;
                    }
                    *item
                }
                Segment::Values => {
                    let Value::Map { value, sparse, .. } = at else {
                        return None;
                    };
                    let each = items.get_or_insert_default();
                    each.push(Each::Values { sparse });
                    *value
                }
                // Of paginators and waiters none does so.
                Segment::Keys | Segment::All(_) => return None,
            };
        }
        Some(Route {
            scalar: self.scalar(&at),
            steps,
            items,
            end: at,
        })
    }

    fn scalar(&self, of: &Value) -> Option<Scalar> {
        Some(match of {
            Value::String => Scalar::Text,
            Value::Boolean => Scalar::Flag,
            Value::Integer => Scalar::Integer,
            Value::Long => Scalar::Long,
            Value::Named(name) if self.is_enum(name) => Scalar::Enum,
            _ => return None,
        })
    }

    /// What an expression asks of a value of this type, if it is a question.
    pub(super) fn test(&self, of: &Value, expression: &Expression) -> Option<Test> {
        let inner = |expression| self.test(of, expression).map(Box::new);
        Some(match expression {
            Expression::And(left, right) => Test::And(inner(left)?, inner(right)?),
            Expression::Or(left, right) => Test::Or(inner(left)?, inner(right)?),
            Expression::Not(test) => Test::Not(inner(test)?),
            Expression::Compare(left, comparator, right) => {
                let left = self.operand(of, left)?;
                let right = self.operand(of, right)?;
                comparable(&left, &right)?;
                Test::Compare(left, *comparator, right)
            }
            _ => return None,
        })
    }

    /// Whether what stands at the end of a path is a value: the matcher `path`.
    pub(super) fn matches(
        &self,
        of: &Value,
        expression: &Expression,
        expected: &Json,
    ) -> Option<Test> {
        if let (Some(test), Json::Bool(expected)) = (self.test(of, expression), expected) {
            return Some(match expected {
                true => test,
                false => Test::Not(Box::new(test)),
            });
        }
        let found = self.operand(of, expression)?;
        let expected = Operand::Literal(literal(expected)?);
        comparable(&found, &expected)?;
        Some(Test::Compare(found, Comparator::Equal, expected))
    }

    /// What stands at the ends of a path with many, and a value to compare it with: the matchers
    /// `pathAll` and `pathAny`.
    pub(super) fn many(
        &self,
        of: &Value,
        expression: &Expression,
        expected: &Json,
    ) -> Option<(Route, Literal)> {
        let Expression::Path(path) = expression else {
            return None;
        };
        let mut route = self.route(of, path)?;
        // A list at the end of a path that goes to one value is many as it stands.
        if let (None, Value::List { item, sparse }) = (&route.items, &route.end) {
            route.items = Some(vec![Each::Items { sparse: *sparse }]);
            route.scalar = self.scalar(item);
        }
        let expected = literal(expected)?;
        let is_fit = route.items.is_some() && fits(&expected, route.scalar?);
        is_fit.then_some((route, expected))
    }

    fn operand(&self, of: &Value, expression: &Expression) -> Option<Operand> {
        Some(match expression {
            Expression::Literal(value) => Operand::Literal(literal(value)?),
            Expression::Path(path) => {
                let route = self.route(of, path)?;
                route.scalar?;
                // Many values are no one value.
                if route.items.is_some() {
                    return None;
                }
                Operand::Route(route)
            }
            Expression::Length(path) => {
                let route = self.route(of, path)?;
                let has_length = matches!(
                    route.end,
                    Value::List { .. } | Value::Map { .. } | Value::String
                );
                if route.items.is_none() && !has_length {
                    return None;
                }
                Operand::Length(route)
            }
            _ => return None,
        })
    }
}

fn literal(value: &Json) -> Option<Literal> {
    Some(match value {
        Json::String(text) => Literal::Text(text.clone()),
        Json::Bool(flag) => Literal::Flag(*flag),
        Json::Number(number) => Literal::Number(number.as_i64()?),
        _ => return None,
    })
}

fn fits(literal: &Literal, scalar: Scalar) -> bool {
    match literal {
        Literal::Text(_) => matches!(scalar, Scalar::Text | Scalar::Enum),
        Literal::Flag(_) => scalar == Scalar::Flag,
        Literal::Number(number) => match scalar {
            Scalar::Integer => i32::try_from(*number).is_ok(),
            Scalar::Long => true,
            _ => false,
        },
    }
}

/// Whether both are of one Rust type, and one of them at least is of the value.
fn comparable(left: &Operand, right: &Operand) -> Option<()> {
    let is_text = |scalar| matches!(scalar, Some(Scalar::Text | Scalar::Enum));
    let is = match (left, right) {
        (Operand::Route(one), Operand::Route(other)) => {
            one.scalar == other.scalar || is_text(one.scalar) && is_text(other.scalar)
        }
        (Operand::Route(route), Operand::Literal(literal))
        | (Operand::Literal(literal), Operand::Route(route)) => fits(literal, route.scalar?),
        (Operand::Length(_), Operand::Length(_)) => true,
        (Operand::Length(_), Operand::Literal(literal))
        | (Operand::Literal(literal), Operand::Length(_)) => {
            matches!(literal, Literal::Number(number) if *number >= 0)
        }
        _ => false,
    };
    is.then_some(())
}

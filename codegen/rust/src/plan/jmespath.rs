//! The part of JMESPath that paginators, waiters and the context of endpoints use.

use serde_json::Value as Json;

/// An expression.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Expression {
    /// A way through what is looked at.
    Path(Vec<Segment>),
    /// How many items there are: `length(…)`.
    Length(Vec<Segment>),
    /// A text, number or flag.
    Literal(Json),
    Compare(Box<Expression>, Comparator, Box<Expression>),
    And(Box<Expression>, Box<Expression>),
    Or(Box<Expression>, Box<Expression>),
    Not(Box<Expression>),
}

/// A segment of a path.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Segment {
    /// Into a member.
    Member(String),
    /// To the last item: `[-1]`.
    Last,
    /// Into each item: `[]` and `[*]`.
    Items,
    /// Into each value of a map: `*`.
    Values,
    /// Into each item that passes: `[?…]`.
    Filter(Box<Expression>),
    /// To the keys of a map: `keys(…)`. Always the last.
    Keys,
    /// On several paths at once, their values in one list: `[…, …][]`. Always the last.
    All(Vec<Vec<Segment>>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Comparator {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

impl Comparator {
    /// The longer signs first: `<=` begins with `<`.
    const ALL: [(&str, Self); 6] = [
        ("==", Self::Equal),
        ("!=", Self::NotEqual),
        ("<=", Self::LessOrEqual),
        (">=", Self::GreaterOrEqual),
        ("<", Self::Less),
        (">", Self::Greater),
    ];
}

/// Expressions nest no deeper: those of AWS do so three times.
const DEEPEST: usize = 20;

/// The expression that a text says; none if it is of no form that is known.
pub(super) fn parse(text: &str) -> Option<Expression> {
    let mut parser = Parser {
        rest: text,
        depth: 0,
    };
    let expression = parser.either()?;
    parser.rest.trim_start().is_empty().then_some(expression)
}

struct Parser<'t> {
    rest: &'t str,
    depth: usize,
}

impl<'t> Parser<'t> {
    /// Goes past a sign, if it stands here.
    fn takes(&mut self, sign: &str) -> bool {
        let rest = self.rest.trim_start().strip_prefix(sign);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn must(&mut self, sign: &str) -> Option<()> {
        self.takes(sign).then_some(())
    }

    /// What stands up to a quotation mark, which is gone past.
    fn quoted(&mut self, mark: char) -> Option<&'t str> {
        let (inner, rest) = self.rest.split_once(mark)?;
        self.rest = rest;
        // Escapes would say something else than what stands there.
        (!inner.contains('\\')).then_some(inner)
    }

    fn either(&mut self) -> Option<Expression> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return None;
        }
        let mut left = self.both()?;
        while self.takes("||") {
            left = Expression::Or(Box::new(left), Box::new(self.both()?));
        }
        self.depth -= 1;
        Some(left)
    }

    fn both(&mut self) -> Option<Expression> {
        let mut left = self.comparison()?;
        while self.takes("&&") {
            left = Expression::And(Box::new(left), Box::new(self.comparison()?));
        }
        Some(left)
    }

    fn comparison(&mut self) -> Option<Expression> {
        let left = self.operand()?;
        let mut signs = Comparator::ALL.into_iter();
        let Some((_, comparator)) = signs.find(|(sign, _)| self.takes(sign)) else {
            return Some(left);
        };
        let right = self.operand()?;
        Some(Expression::Compare(
            Box::new(left),
            comparator,
            Box::new(right),
        ))
    }

    fn operand(&mut self) -> Option<Expression> {
        let mut negations = 0;
        // In `!=` it is a comparator, which does not stand here.
        while self.takes("!") {
            negations += 1;
        }
        let operand = if self.takes("(") {
            let inner = self.either()?;
            self.must(")")?;
            inner
        } else if self.takes("'") {
            Expression::Literal(self.quoted('\'')?.into())
        } else if self.takes("`") {
            Expression::Literal(self.quoted('`')?.trim().parse().ok()?)
        } else if self.takes("length(") {
            let path = self.path()?;
            self.must(")")?;
            Expression::Length(path)
        } else if self.takes("keys(") {
            let mut path = self.path()?;
            self.must(")")?;
            path.push(Segment::Keys);
            Expression::Path(path)
        } else {
            Expression::Path(self.path()?)
        };
        Some(match negations {
            0 => operand,
            1 => Expression::Not(Box::new(operand)),
            _ => return None,
        })
    }

    fn path(&mut self) -> Option<Vec<Segment>> {
        let mut segments = vec![self.member()?];
        loop {
            if self.rest.starts_with('[') {
                segments.push(self.bracket()?);
            } else if let Some(rest) = self.rest.strip_prefix('.') {
                self.rest = rest;
                if self.takes("[") {
                    segments.push(self.several()?);
                    return Some(segments);
                }
                segments.push(if self.takes("*") {
                    Segment::Values
                } else {
                    self.member()?
                });
            } else {
                return Some(segments);
            }
        }
    }

    /// The paths of a list of them, which is then flattened.
    fn several(&mut self) -> Option<Segment> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return None;
        }
        let mut paths = vec![self.path()?];
        while self.takes(",") {
            paths.push(self.path()?);
        }
        self.must("]")?;
        self.must("[]")?;
        self.depth -= 1;
        Some(Segment::All(paths))
    }

    fn member(&mut self) -> Option<Segment> {
        let text = self.rest.trim_start();
        let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
        let end = text.find(|c| !is_name(c)).unwrap_or(text.len());
        let (name, rest) = text.split_at(end);
        let begins = |first: char| first.is_ascii_alphabetic() || first == '_';
        // A function is no member.
        if !name.starts_with(begins) || rest.starts_with('(') {
            return None;
        }
        self.rest = rest;
        Some(Segment::Member(name.to_owned()))
    }

    fn bracket(&mut self) -> Option<Segment> {
        for (sign, segment) in [
            ("[]", Segment::Items),
            ("[*]", Segment::Items),
            ("[-1]", Segment::Last),
        ] {
            if self.takes(sign) {
                return Some(segment);
            }
        }
        self.must("[?")?;
        let test = self.either()?;
        self.must("]")?;
        Some(Segment::Filter(Box::new(test)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(members: &[&str]) -> Vec<Segment> {
        let members = members.iter();
        members
            .map(|name| Segment::Member((*name).to_owned()))
            .collect()
    }

    fn compared(left: Expression, comparator: Comparator, right: Expression) -> Expression {
        Expression::Compare(Box::new(left), comparator, Box::new(right))
    }

    #[test]
    fn paths_go_into_members_items_and_values() {
        assert_eq!(parse("A.b_2"), Some(Expression::Path(path(&["A", "b_2"]))));
        let mut last = path(&["A"]);
        last.extend([Segment::Last, Segment::Member("B".to_owned())]);
        assert_eq!(parse("A[-1].B"), Some(Expression::Path(last.clone())));
        last[1] = Segment::Items;
        assert_eq!(parse("A[].B"), Some(Expression::Path(last.clone())));
        assert_eq!(parse("A[*].B"), Some(Expression::Path(last.clone())));
        last[1] = Segment::Values;
        assert_eq!(parse("A.*.B"), Some(Expression::Path(last)));
    }

    #[test]
    fn comparisons_bind_closer_than_and_and_that_closer_than_or() {
        let is = |name, text: &str| {
            let literal = Expression::Literal(text.into());
            compared(Expression::Path(path(&[name])), Comparator::Equal, literal)
        };
        let both = Expression::And(Box::new(is("a", "x")), Box::new(is("b", "y")));
        let either = Expression::Or(Box::new(both), Box::new(is("c", "z")));
        assert_eq!(parse("a == 'x' && b=='y' || c == 'z'"), Some(either));
    }

    #[test]
    fn items_are_counted_and_filtered() {
        let count = Expression::Length(path(&["a"]));
        let none = compared(count, Comparator::Equal, Expression::Literal(0.into()));
        assert_eq!(parse("length(a) == `0`"), Some(none.clone()));
        let mut open = path(&["b"]);
        open.push(Segment::Filter(Box::new(Expression::Not(Box::new(none)))));
        assert_eq!(
            parse("length(b[?!(length(a) == `0`)])"),
            Some(Expression::Length(open))
        );
    }

    #[test]
    fn keys_and_several_paths_end_a_path() {
        let mut keys = path(&["A"]);
        keys.push(Segment::Keys);
        assert_eq!(parse("keys(A)"), Some(Expression::Path(keys)));
        let mut several = path(&["A"]);
        let both = Segment::All(vec![path(&["B", "C"]), path(&["D"])]);
        several.extend([Segment::Items, both]);
        assert_eq!(parse("A[*].[B.C, D][]"), Some(Expression::Path(several)));
    }

    #[test]
    fn any_other_expression_is_not_known() {
        let deep = format!("{}a{}", "(".repeat(1_000), ")".repeat(1_000));
        let nested = format!("{}a{}", "a.[".repeat(1_000), "][]".repeat(1_000));
        for text in [
            "", ".", "A.", "A[0]", "A[", "[A]", "{a: b}", "keys(A", "length(A", "a ==", "@", "'a",
            "'a\\'", "`{`", "a | b", "!!a", "a b", "A.[B]", "A.[B,][]", "A.[B].C", &deep, &nested,
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}

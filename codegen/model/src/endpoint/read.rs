//! Reads endpoint rules as the model has them, and tells all that is of no form that is known.

use std::collections::BTreeMap;

use crate::{Code, Path, Problem};
use serde_json::{Map, Value};

use super::template::{self, path_steps};
use super::{
    Condition, EndpointParameter, EndpointRules, Expression, Function, Kind, Outcome, Rule,
};

/// The most problems that are told; each holds the path to it.
const MOST_PROBLEMS: usize = 100;
/// What built-in parameters are called, which the runtime sets by these names.
const BUILT_IN: [(&str, &str); 4] = [
    ("AWS::Region", "Region"),
    ("AWS::UseDualStack", "UseDualStack"),
    ("AWS::UseFIPS", "UseFIPS"),
    ("SDK::Endpoint", "Endpoint"),
];
/// What stands where a rule could not be read: no endpoint is better than a wrong one.
const UNREAD: &str =
    "the crate lacks a rule: it was of a form unknown when the crate was generated";

/// What stops the reading of a rule; the problem is told already.
struct Unread;

type Read<T> = Result<T, Unread>;

/// The rules, and the problems, which name no file yet.
pub(super) fn read(rules: &Value) -> (EndpointRules, Vec<Problem>) {
    let mut reader = Reader {
        path: Path::root(),
        names: BTreeMap::new(),
        assigned: Vec::new(),
        problems: Vec::new(),
        untold: 0,
    };
    let read = reader.rule_set(rules);
    reader.path = Path::root();
    if reader.untold > 0 {
        let message = format!("the endpoint rules have {} problems more", reader.untold);
        reader
            .problems
            .push(Reader::problem(Code::MoreProblems, &Path::root(), message));
    }
    (read, reader.problems)
}

struct Reader {
    path: Path,
    /// What an expression can refer to: each name, and how often it was given.
    names: BTreeMap<String, usize>,
    /// The names that conditions gave, the last one last.
    assigned: Vec<String>,
    problems: Vec<Problem>,
    untold: usize,
}

impl Reader {
    fn rule_set(&mut self, value: &Value) -> EndpointRules {
        let mut read = EndpointRules::default();
        let version = value.get("version").and_then(Value::as_str);
        if version.is_none_or(|version| !version.starts_with("1.")) {
            let _: Read<()> = self.at("version", |this| {
                this.refuse("the version of the endpoint rules is not 1.0")
            });
        }
        let parameters = value.get("parameters").and_then(Value::as_object);
        for (name, parameter) in parameters.into_iter().flatten() {
            let parameter = self.at("parameters", |this| {
                this.at(name, |this| this.parameter(name, parameter))
            });
            self.names.insert(name.clone(), 1);
            read.parameters.extend(parameter);
        }
        read.rules = self.at("rules", |this| this.rules(value.get("rules")));
        read
    }

    fn parameter(&mut self, name: &str, value: &Value) -> Read<EndpointParameter> {
        let of = value
            .get("type")
            .and_then(Value::as_str)
            .unwrap_or_default();
        let kind = match of.to_ascii_lowercase().as_str() {
            "string" => Kind::Text,
            "boolean" => Kind::Flag,
            "stringarray" => Kind::Texts,
            _ => return self.refuse("a parameter is of a type that is not known"),
        };
        let built_in = value.get("builtIn").and_then(Value::as_str);
        let known = BUILT_IN.iter().find(|(id, _)| Some(*id) == built_in);
        if known.is_some_and(|(_, wanted)| *wanted != name) {
            return self.refuse("a built-in parameter has another name than everywhere else");
        }
        let default = match value.get("default") {
            None | Some(Value::Null) => None,
            Some(value) => Some(self.at("default", |this| this.constant(kind, value))?),
        };
        Ok(EndpointParameter {
            name: name.to_owned(),
            kind,
            is_built_in: built_in.is_some(),
            required: value.get("required") == Some(&Value::Bool(true)),
            default,
        })
    }

    fn constant(&mut self, kind: Kind, value: &Value) -> Read<Expression> {
        match (kind, value) {
            (Kind::Text, Value::String(text)) => Ok(Expression::Text(text.clone())),
            (Kind::Flag, Value::Bool(flag)) => Ok(Expression::Flag(*flag)),
            (Kind::Texts, Value::Array(items)) => {
                let items = items.iter().map(|item| self.constant(Kind::Text, item));
                items.collect::<Read<_>>().map(Expression::List)
            }
            _ => self.refuse("the default of a parameter is not of its type"),
        }
    }

    fn rules(&mut self, value: Option<&Value>) -> Vec<Rule> {
        let Some(Value::Array(rules)) = value else {
            let refused: Read<()> = self.refuse("there is no list of rules");
            return refused.err().map(|_| unread()).into_iter().collect();
        };
        let mut read = Vec::with_capacity(rules.len());
        for (at, rule) in rules.iter().enumerate() {
            let assigned = self.assigned.len();
            let rule = self.at_index(at, |this| this.rule(rule));
            for name in self.assigned.drain(assigned..) {
                if let Some(count) = self.names.get_mut(&name) {
                    *count -= 1;
                }
            }
            read.push(rule.unwrap_or_else(|Unread| unread()));
        }
        read
    }

    fn rule(&mut self, value: &Value) -> Read<Rule> {
        let of = value
            .get("type")
            .and_then(Value::as_str)
            .unwrap_or_default();
        let key = match of {
            "tree" => "rules",
            "error" | "endpoint" => of,
            _ => return self.refuse("a rule is neither a tree nor an endpoint nor an error"),
        };
        self.keys(value, &["type", "conditions", "documentation", key])?;
        let conditions = self.at("conditions", |this| {
            this.conditions(value.get("conditions"))
        })?;
        let inner = value.get(key).unwrap_or(&Value::Null);
        let outcome = self.at(key, |this| match key {
            "rules" => Ok(Outcome::Tree(this.rules(Some(inner)))),
            "error" => this.expression(inner).map(Outcome::Error),
            _ => this.endpoint(inner),
        })?;
        Ok(Rule {
            conditions,
            outcome,
        })
    }

    fn conditions(&mut self, value: Option<&Value>) -> Read<Vec<Condition>> {
        let Some(value) = value else {
            return Ok(Vec::new());
        };
        let Value::Array(conditions) = value else {
            return self.refuse("the conditions of a rule are no list");
        };
        let mut read = Vec::with_capacity(conditions.len());
        for (at, condition) in conditions.iter().enumerate() {
            read.push(self.at_index(at, |this| this.condition(condition))?);
        }
        Ok(read)
    }

    fn condition(&mut self, condition: &Value) -> Read<Condition> {
        self.keys(condition, &["fn", "argv", "assign"])?;
        let value = self.call(condition)?;
        let name = condition.get("assign").and_then(Value::as_str);
        if let Some(name) = name {
            *self.names.entry(name.to_owned()).or_default() += 1;
            self.assigned.push(name.to_owned());
        }
        Ok(Condition {
            name: name.map(str::to_owned),
            value,
        })
    }

    fn endpoint(&mut self, value: &Value) -> Read<Outcome> {
        self.keys(value, &["url", "properties", "headers"])?;
        let url = value.get("url").unwrap_or(&Value::Null);
        let url = self.at("url", |this| this.expression(url))?;
        let [properties, headers] = ["properties", "headers"].map(|key| {
            let none = Map::new();
            let entries = value.get(key).and_then(Value::as_object).unwrap_or(&none);
            self.at(key, |this| this.record(entries))
        });
        Ok(Outcome::Endpoint {
            url,
            properties: properties?,
            headers: headers?,
        })
    }

    fn record(&mut self, entries: &Map<String, Value>) -> Read<Vec<(String, Expression)>> {
        let entries = entries.iter();
        entries
            .map(|(key, value)| Ok((key.clone(), self.at(key, |this| this.expression(value))?)))
            .collect()
    }

    fn expression(&mut self, value: &Value) -> Read<Expression> {
        match value {
            Value::Bool(flag) => Ok(Expression::Flag(*flag)),
            Value::Number(number) => match number.as_i64() {
                Some(integer) => Ok(Expression::Integer(integer)),
                None => self.refuse("a number is not whole"),
            },
            Value::String(text) => match template::parse(text) {
                Ok(expression) => self.named(expression),
                Err(()) => self.refuse("a text has braces that stand for nothing"),
            },
            Value::Array(items) => {
                let items = items.iter().enumerate();
                let items = items.map(|(at, item)| self.at_index(at, |this| this.expression(item)));
                items.collect::<Read<_>>().map(Expression::List)
            }
            Value::Object(entries) if entries.contains_key("fn") => {
                self.keys(value, &["fn", "argv"])?;
                self.call(value)
            }
            Value::Object(entries) => match entries.get("ref") {
                Some(Value::String(name)) => self.named(Expression::Reference(name.clone())),
                _ => self.record(entries).map(Expression::Record),
            },
            Value::Null => self.refuse("a value is missing"),
        }
    }

    fn call(&mut self, value: &Value) -> Read<Expression> {
        let name = value.get("fn").and_then(Value::as_str).unwrap_or_default();
        let none = Vec::new();
        let arguments = value.get("argv").and_then(Value::as_array).unwrap_or(&none);
        if name == "getAttr" {
            let [of, Value::String(path)] = arguments.as_slice() else {
                return self.refuse("`getAttr` takes a value and a path");
            };
            let of = self.at("argv", |this| this.at_index(0, |this| this.expression(of)))?;
            return match path_steps(path) {
                Some(steps) => Ok(Expression::Attribute(Box::new(of), steps)),
                None => self.refuse("the path of `getAttr` is none"),
            };
        }
        let Some((function, count)) = Function::of(name) else {
            return self.refuse("a function is not known");
        };
        if arguments.len() != count {
            return self.refuse("a function has too few or too many arguments");
        }
        let arguments = arguments.iter().enumerate();
        let arguments = arguments.map(|(at, argument)| {
            self.at("argv", |this| {
                this.at_index(at, |this| this.expression(argument))
            })
        });
        Ok(Expression::Call(function, arguments.collect::<Read<_>>()?))
    }

    /// The expression, unless it is or holds, as a template, a name that nothing has.
    fn named(&mut self, expression: Expression) -> Read<Expression> {
        let is_named = |name: &String| self.names.get(name).is_some_and(|count| *count > 0);
        let is_known = |expression: &Expression| match expression {
            Expression::Reference(name) => is_named(name),
            Expression::Attribute(of, _) => {
                matches!(&**of, Expression::Reference(name) if is_named(name))
            }
            _ => true,
        };
        let all_known = match &expression {
            Expression::Template(parts) => parts.iter().all(is_known),
            other => is_known(other),
        };
        if all_known {
            Ok(expression)
        } else {
            self.refuse("a name is neither a parameter nor assigned by a condition before")
        }
    }

    /// Refuses what has other keys: a condition that is not seen would be taken to hold.
    fn keys(&mut self, value: &Value, known: &[&str]) -> Read<()> {
        let Value::Object(entries) = value else {
            return self.refuse("something is no object that should be one");
        };
        match entries.keys().find(|key| !known.contains(&key.as_str())) {
            Some(key) => self.at(key, |this| this.refuse("a key is not known")),
            None => Ok(()),
        }
    }

    fn at<R>(&mut self, key: &str, inner: impl FnOnce(&mut Self) -> R) -> R {
        self.path.push_key(key);
        let result = inner(self);
        self.path.pop();
        result
    }

    fn at_index<R>(&mut self, at: usize, inner: impl FnOnce(&mut Self) -> R) -> R {
        self.path.push_index(at);
        let result = inner(self);
        self.path.pop();
        result
    }

    fn refuse<T>(&mut self, message: &str) -> Read<T> {
        if self.problems.len() < MOST_PROBLEMS {
            let problem = Self::problem(Code::EndpointRules, &self.path, message.to_owned());
            self.problems.push(problem);
        } else {
            self.untold += 1;
        }
        Err(Unread)
    }

    fn problem(code: Code, path: &Path, message: String) -> Problem {
        Problem {
            code,
            file: String::new(),
            path: path.clone(),
            place: None,
            message,
            help: "the crate gives an error where this rule would count: set an endpoint by hand, \
                   or use a newer generator"
                .to_owned(),
        }
    }
}

fn unread() -> Rule {
    Rule {
        conditions: Vec::new(),
        outcome: Outcome::Error(Expression::Text(UNREAD.to_owned())),
    }
}

//! What rules do with parameters: which values they tell apart.

use std::collections::{BTreeMap, BTreeSet};

use shapewright_model::endpoint::{EndpointRules, Expression, Function, Outcome, Rule};

use super::settings::REGION;

/// What rules do with parameters.
#[derive(Default)]
pub(super) struct Uses<'r> {
    pub(super) by_name: BTreeMap<&'r str, Use>,
    /// Of how many rules and values they consist.
    steps: usize,
    /// How many values have names there, among which each is looked for.
    names: usize,
}

/// What rules do with a parameter.
#[derive(Default)]
pub(super) struct Use {
    /// What it is compared with.
    pub(super) literals: BTreeSet<String>,
    /// Whether rules ask if it can be part of a host's name.
    pub(super) is_label: bool,
    /// Whether rules look into it, so that no list of values stands for all.
    pub(super) is_open: bool,
}

impl<'r> Uses<'r> {
    /// What the rules of both sides do with them.
    pub(super) fn of_sides(sides: [&'r EndpointRules; 2]) -> Self {
        let mut uses = Self::default();
        for side in sides {
            uses.rules(&side.rules);
        }
        uses
    }

    /// How much it takes to follow the rules once, at most; no less than 1.
    pub(super) fn cost(&self) -> usize {
        // To look among a few names takes no longer than all else.
        (1 + self.steps).saturating_mul(1 + self.names / 256)
    }

    // Recursive, as deep as the rules, which the reading of JSON bounds.
    fn rules(&mut self, rules: &'r [Rule]) {
        for rule in rules {
            self.steps += 1;
            for condition in &rule.conditions {
                self.condition(&condition.value);
                self.names += usize::from(condition.name.is_some());
            }
            match &rule.outcome {
                Outcome::Tree(rules) => self.rules(rules),
                // No endpoint, whatever is said of it.
                Outcome::Error(_) => {}
                Outcome::Endpoint {
                    url,
                    properties,
                    headers,
                } => {
                    self.shown(url);
                    let entries = properties.iter().chain(headers);
                    entries.for_each(|(_, value)| self.shown(value));
                }
            }
        }
    }

    /// What an endpoint shows of a parameter differs as the parameter does.
    fn shown(&mut self, value: &'r Expression) {
        self.steps += 1;
        match value {
            Expression::Reference(name) => {
                self.of(name);
            }
            Expression::List(items) | Expression::Template(items) => {
                for item in items {
                    self.shown(item);
                }
            }
            Expression::Record(entries) => {
                for (_, value) in entries {
                    self.shown(value);
                }
            }
            Expression::Text(_) | Expression::Flag(_) | Expression::Integer(_) => {}
            Expression::Attribute(..) | Expression::Call(..) => self.condition(value),
        }
    }

    fn condition(&mut self, value: &'r Expression) {
        self.steps += 1;
        match value {
            Expression::Call(Function::IsSet, arguments) => match arguments.as_slice() {
                [Expression::Reference(name)] => {
                    self.of(name);
                }
                others => self.open(others),
            },
            Expression::Call(Function::StringEquals, arguments) => match arguments.as_slice() {
                [Expression::Reference(name), Expression::Text(text)]
                | [Expression::Text(text), Expression::Reference(name)] => {
                    self.of(name).literals.insert(text.clone());
                }
                others => self.open(others),
            },
            Expression::Call(Function::IsValidHostLabel, arguments) => match arguments.as_slice() {
                [Expression::Reference(name), _] => self.of(name).is_label = true,
                others => self.open(others),
            },
            Expression::Call(Function::Partition, arguments) => match arguments.as_slice() {
                [Expression::Reference(name)] if name == REGION => {
                    self.of(name);
                }
                others => self.open(others),
            },
            Expression::Call(_, arguments) => self.open(arguments),
            Expression::Attribute(of, _) => self.open(std::slice::from_ref(of)),
            other => self.open(std::slice::from_ref(other)),
        }
    }

    /// What is looked into.
    fn open(&mut self, values: &'r [Expression]) {
        for value in values {
            self.steps += 1;
            match value {
                Expression::Reference(name) => self.of(name).is_open = true,
                Expression::List(items) | Expression::Template(items) => self.open(items),
                Expression::Record(entries) => {
                    let values = entries.iter().map(|(_, value)| std::slice::from_ref(value));
                    values.for_each(|value| self.open(value));
                }
                Expression::Text(_) | Expression::Flag(_) | Expression::Integer(_) => {}
                Expression::Attribute(..) | Expression::Call(..) => self.condition(value),
            }
        }
    }

    fn of(&mut self, name: &'r str) -> &mut Use {
        self.by_name.entry(name).or_default()
    }
}

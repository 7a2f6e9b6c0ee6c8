//! The ledger: which name each thing of a service was given, and where a `Box` was put, for good.
//!
//! What is written in it never changes; a later revision only adds. So a shape whose name collides
//! with an older one's, or a member that closes a cycle, alters nothing that is there already.

mod cycles;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use shapewright_model::{Model, Operation, Shape, ShapeKind, TraitName};

use crate::names::{self, Scope};

/// The names of a service's items, as first given.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ledger {
    /// The type of each operation, by the operation's key.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    operations: BTreeMap<String, String>,
    /// The types of what an operation sends and receives where the model has no shape for it, by
    /// the operation's key and the side.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    empty: BTreeMap<String, BTreeMap<Side, String>>,
    /// The type of each structure, union and enum, and what it has, by the shape's name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    shapes: BTreeMap<String, Entry>,
    /// The type of each waiter, by the waiter's name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    waiters: BTreeMap<String, String>,
}

/// What an operation sends, or what it receives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Side {
    Input,
    Output,
}

impl Side {
    /// The sides of an operation for which the model has no shape.
    pub(crate) fn without_shape(operation: &Operation) -> impl Iterator<Item = Self> {
        let input = operation.input.is_none().then_some(Self::Input);
        let output = operation.output.is_none().then_some(Self::Output);
        input.into_iter().chain(output)
    }

    fn name(self) -> &'static str {
        match self {
            Self::Input => "Input",
            Self::Output => "Output",
        }
    }
}

/// What a shape has become.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    #[serde(rename = "type")]
    name: String,
    /// The members behind a pointer.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    boxed: BTreeSet<String>,
    /// A structure's fields, by member.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    fields: BTreeMap<String, String>,
    /// A union's variants by member, or an enum's by value.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    variants: BTreeMap<String, String>,
}

/// What a shape becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    Structure,
    Union,
    Enum,
}

/// The type that a shape becomes, if it becomes one of its own.
pub(crate) fn form(shape: &Shape) -> Option<Form> {
    match &shape.kind {
        // C2J marks a stream of events where Smithy has a union.
        ShapeKind::Structure(_) if shape.traits.flag(&TraitName::EventStream) => Some(Form::Union),
        ShapeKind::Structure(_) => Some(Form::Structure),
        ShapeKind::Union(_) => Some(Form::Union),
        ShapeKind::Enum(_) => Some(Form::Enum),
        _ => None,
    }
}

impl Ledger {
    /// The ledger of a history: its models, oldest first. Names that `self` has already are kept.
    pub fn replay<'a>(&mut self, models: impl IntoIterator<Item = &'a Model>) {
        for model in models {
            self.extend(model);
        }
    }

    /// The ledger as it was when the last of these models was the newest: with the names that `self` has
    /// for them, and behind a pointer what was then.
    #[must_use]
    pub fn of_the_time<'a>(&self, models: impl IntoIterator<Item = &'a Model>) -> Self {
        let mut ledger = Self::default();
        for model in models {
            ledger.extend_as(model, self);
        }
        ledger
    }

    /// Names everything of a model that has no name yet, and cuts the cycles that it closes.
    ///
    /// The order of declaration plays no part: newcomers take names in the order of their own.
    pub fn extend(&mut self, model: &Model) {
        self.extend_as(model, &Self::default());
    }

    /// The same with the names that another ledger has already. It may be one of later revisions:
    /// which members are behind a pointer is not taken from it.
    pub fn extend_as(&mut self, model: &Model, given: &Self) {
        // Which members are new must be known before they get their names.
        let boxed = cycles::boxes(
            model,
            |shape, member| self.is_known(shape, member),
            |shape, member| self.is_boxed(shape, member),
        );
        self.adopt(model, given);
        let keys = model.operations.iter().map(|one| one.key.as_str());
        give(&mut self.operations, keys, &OPERATION);
        let waiters = model.waiters.keys().map(String::as_str);
        give(&mut self.waiters, waiters, &WAITER);
        self.name_types(model);
        for (_, shape) in model.shapes() {
            if let (Some(form), Some(entry)) = (form(shape), self.shapes.get_mut(&shape.name)) {
                entry.extend(shape, form);
            }
        }
        for (shape, member) in boxed {
            let entry = self.shapes.entry(shape.to_owned()).or_default();
            entry.boxed.insert(member.to_owned());
        }
    }

    /// Takes over the names that another ledger has for what is in a model.
    fn adopt(&mut self, model: &Model, given: &Self) {
        for operation in &model.operations {
            let key = &operation.key;
            copy(&mut self.operations, &given.operations, key);
            if let Some(known) = given.empty.get(key) {
                let sides = self.empty.entry(key.clone()).or_default();
                Side::without_shape(operation).for_each(|side| copy(sides, known, &side));
            }
        }
        for key in model.waiters.keys() {
            copy(&mut self.waiters, &given.waiters, key);
        }
        for (_, shape) in model.shapes() {
            let Some(known) = given.shapes.get(&shape.name) else {
                continue;
            };
            let entry = self.shapes.entry(shape.name.clone()).or_default();
            entry.name.clone_from(&known.name);
            if let ShapeKind::Enum(values) = &shape.kind {
                for one in values {
                    copy(&mut entry.variants, &known.variants, &one.value);
                }
            }
            for member in shape.members() {
                copy(&mut entry.fields, &known.fields, &member.name);
                copy(&mut entry.variants, &known.variants, &member.name);
            }
        }
    }

    /// Gives a shape the name of what stood in for it, if that is the one it would have: a program that
    /// names the input of an operation without one goes on when it gets one.
    fn hand_over(&mut self, model: &Model) {
        for operation in &model.operations {
            let Some(sides) = self.empty.get_mut(&operation.key) else {
                continue;
            };
            for (side, shape) in [
                (Side::Input, &operation.input),
                (Side::Output, &operation.output),
            ] {
                let Some(shape) = shape.as_ref().map(|one| model.shape(one.target)) else {
                    continue;
                };
                let wanted = names::type_name(&shape.name);
                let known = self.shapes.get(&shape.name).map(|entry| &entry.name);
                let may_have_it = form(shape).is_some() && known.is_none_or(|name| *name == wanted);
                if may_have_it && sides.get(&side) == Some(&wanted) {
                    sides.remove(&side);
                    let entry = self.shapes.entry(shape.name.clone()).or_default();
                    entry.name = wanted;
                }
            }
        }
        self.empty.retain(|_, sides| !sides.is_empty());
    }

    fn name_types(&mut self, model: &Model) {
        self.hand_over(model);
        // Shapes and what stands in for one share their names, so the rules above do not serve.
        let mut scope = Scope::default();
        let empty = self.empty.values().flat_map(BTreeMap::values);
        scope.take(empty.cloned());
        scope.take(self.shapes.values().map(|entry| entry.name.clone()));
        for (_, shape) in model.shapes() {
            if form(shape).is_some() && !self.shapes.contains_key(&shape.name) {
                let name = scope.claim(names::type_name(&shape.name));
                let entry = Entry {
                    name,
                    ..Entry::default()
                };
                self.shapes.insert(shape.name.clone(), entry);
            }
        }
        for operation in &model.operations {
            for side in Side::without_shape(operation) {
                let given = self.empty.entry(operation.key.clone()).or_default();
                given.entry(side).or_insert_with(|| {
                    let wanted = format!("{}{}", operation.key, side.name());
                    scope.claim(names::type_name(&wanted))
                });
            }
        }
    }

    fn is_known(&self, shape: &str, member: &str) -> bool {
        self.shapes.get(shape).is_some_and(|entry| {
            entry.fields.contains_key(member) || entry.variants.contains_key(member)
        })
    }

    /// Whether a member is behind a pointer.
    pub(crate) fn is_boxed(&self, shape: &str, member: &str) -> bool {
        self.shapes
            .get(shape)
            .is_some_and(|entry| entry.boxed.contains(member))
    }

    /// The type of an operation; empty for one that was never named, as are all names below.
    pub(crate) fn operation(&self, key: &str) -> &str {
        self.operations.get(key).map_or("", String::as_str)
    }

    /// The type of an operation's side for which the model has no shape.
    pub(crate) fn empty(&self, operation: &str, side: Side) -> &str {
        let sides = self.empty.get(operation);
        sides
            .and_then(|sides| sides.get(&side))
            .map_or("", String::as_str)
    }

    /// The type of a waiter.
    pub(crate) fn waiter(&self, key: &str) -> &str {
        self.waiters.get(key).map_or("", String::as_str)
    }

    /// The type of a shape.
    pub(crate) fn type_of(&self, shape: &str) -> &str {
        self.shapes.get(shape).map_or("", |entry| &entry.name)
    }

    /// The field of a structure's member.
    pub(crate) fn field(&self, shape: &str, member: &str) -> &str {
        let entry = self.shapes.get(shape);
        entry
            .and_then(|entry| entry.fields.get(member))
            .map_or("", String::as_str)
    }

    /// The variant of a union's member or an enum's value.
    pub(crate) fn variant(&self, shape: &str, member: &str) -> &str {
        let entry = self.shapes.get(shape);
        entry
            .and_then(|entry| entry.variants.get(member))
            .map_or("", String::as_str)
    }

    /// The names that are no identifiers of Rust: none, unless a ledger was edited.
    pub fn illegal_names(&self) -> Vec<&str> {
        let sides = self.empty.values().flat_map(BTreeMap::values);
        let entries = self.shapes.values();
        let items = entries.flat_map(|entry| entry.fields.values().chain(entry.variants.values()));
        let types = self.shapes.values().map(|entry| &entry.name);
        let all = self
            .operations
            .values()
            .chain(self.waiters.values())
            .chain(sides)
            .chain(types)
            .chain(items);
        all.map(String::as_str)
            .filter(|name| !names::is_identifier(name))
            .collect()
    }
}

impl Entry {
    /// Names what is new in a shape.
    fn extend(&mut self, shape: &Shape, form: Form) {
        let members = shape.members().iter().map(|member| member.name.as_str());
        match (form, &shape.kind) {
            (Form::Enum, ShapeKind::Enum(values)) => {
                let values = values.iter().map(|one| one.value.as_str());
                give(&mut self.variants, values, &VALUE);
            }
            (Form::Union, _) => give(&mut self.variants, members, &VARIANT),
            _ => give(&mut self.fields, members, &FIELD),
        }
    }
}

/// How one kind of thing is named.
struct Rule {
    /// Names that generated code has for its own.
    reserved: &'static [&'static str],
    /// The name that a thing would have if it were alone.
    wanted: fn(&str) -> String,
    /// The names that it takes with its own.
    companions: fn(&str) -> Vec<String>,
}

const OPERATION: Rule = Rule {
    reserved: &[],
    wanted: names::type_name,
    companions: |name| vec![names::error_type(name), names::method(name)],
};
const WAITER: Rule = Rule {
    reserved: &[],
    wanted: names::type_name,
    companions: |_| Vec::new(),
};
const FIELD: Rule = Rule {
    reserved: names::METHODS,
    wanted: names::field,
    companions: |name| vec![names::setter(name)],
};
const VARIANT: Rule = Rule {
    reserved: names::UNION_NAMES,
    wanted: names::variant,
    companions: |name| vec![names::getter(name)],
};
const VALUE: Rule = Rule {
    reserved: names::ENUM_NAMES,
    wanted: names::variant,
    companions: |_| Vec::new(),
};

/// Takes over one name.
fn copy<K: Clone + Ord>(names: &mut BTreeMap<K, String>, given: &BTreeMap<K, String>, key: &K) {
    if let Some(name) = given.get(key) {
        names.insert(key.clone(), name.clone());
    }
}

/// Names those of the keys that have no name yet, in their order.
fn give<'a>(
    named: &mut BTreeMap<String, String>,
    keys: impl Iterator<Item = &'a str>,
    rule: &Rule,
) {
    let new: BTreeSet<&str> = keys.filter(|key| !named.contains_key(*key)).collect();
    if new.is_empty() {
        return;
    }
    let mut scope = Scope::reserving(rule.reserved);
    for name in named.values() {
        scope.take((rule.companions)(name));
        scope.take([name.clone()]);
    }
    for key in new {
        let name = scope.claim_with((rule.wanted)(key), rule.companions);
        named.insert(key.to_owned(), name);
    }
}

//! Who follows rules: operations, by what each tells the rules of where it is to be sent.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde_json::{Map, Value};
use shapewright_model::endpoint::EndpointRules;
use shapewright_model::{Model, Operation, TraitName};
use shapewright_runtime::endpoint::ParameterValue;

/// The most callers that are told apart.
const MOST: usize = 100;

/// Operations that tell the rules the same, before as well as after.
#[derive(Debug, Default)]
pub(super) struct Caller {
    /// The first of them, in the order of the new model; none if all operations tell the same.
    pub(super) operation: Option<String>,
    /// What they tell on each side.
    pub(super) tells: [Tells; 2],
}

/// What is told by whom, by parameter.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Tells {
    by_name: BTreeMap<String, Told>,
}

#[derive(Clone, Debug, PartialEq)]
enum Told {
    /// Whatever the user or the input says.
    Given,
    /// Always the same.
    Fixed(ParameterValue),
}

impl Tells {
    /// Whether the parameter may be anything.
    pub(super) fn is_given(&self, name: &str) -> bool {
        self.by_name.get(name) == Some(&Told::Given)
    }

    /// The parameters that are always the same.
    pub(super) fn fixed(&self) -> impl Iterator<Item = (&str, &ParameterValue)> {
        let all = self.by_name.iter();
        all.filter_map(|(name, told)| match told {
            Told::Given => None,
            Told::Fixed(value) => Some((name.as_str(), value)),
        })
    }

    fn give<'n>(&mut self, names: impl IntoIterator<Item = &'n String>) {
        let names = names.into_iter().cloned();
        self.by_name.extend(names.map(|name| (name, Told::Given)));
    }
}

/// Those who follow the rules of both sides, the most usual first; and whether these are all.
pub(super) fn callers(models: [&Model; 2], rules: [&EndpointRules; 2]) -> (Vec<Caller>, bool) {
    let client = [0, 1].map(|side| of_client(models[side], rules[side]));
    if !rules.iter().any(|rules| rules.ask_operations()) {
        let anyone = Caller {
            operation: None,
            tells: client,
        };
        return (vec![anyone], true);
    }
    let mut found: Vec<(usize, Caller)> = Vec::new();
    let mut are_all = true;
    for operation in &models[1].operations {
        let Some(before) = models[0].operation(&operation.key) else {
            continue;
        };
        let mut tells = client.clone();
        of_operation(models[0], before, &mut tells[0]);
        of_operation(models[1], operation, &mut tells[1]);
        let same = found.iter_mut().find(|(_, caller)| caller.tells == tells);
        if let Some((count, _)) = same {
            *count += 1;
        } else if found.len() == MOST {
            are_all = false;
        } else {
            let operation = Some(operation.key.clone());
            found.push((1, Caller { operation, tells }));
        }
    }
    if let [(_, caller)] = found.as_mut_slice() {
        caller.operation = None;
    }
    found.sort_by_key(|(count, _)| Reverse(*count));
    are_all &= !found.is_empty();
    (
        found.into_iter().map(|(_, caller)| caller).collect(),
        are_all,
    )
}

/// What a client tells, whatever it calls: its settings, and what there is no endpoint without.
fn of_client(model: &Model, rules: &EndpointRules) -> Tells {
    let mut tells = Tells::default();
    let parameters = rules.parameters.iter();
    let given = parameters.filter(|parameter| parameter.is_built_in || parameter.is_needed());
    tells.give(given.map(|parameter| &parameter.name));
    tells.give(entries(model.service.get(&TraitName::ClientContextParams)).map(|(name, _)| name));
    tells
}

/// What an operation tells beside; what counts more comes later.
fn of_operation(model: &Model, operation: &Operation, tells: &mut Tells) {
    if let Some(input) = &operation.input {
        let members = model.shape(input.target).members().iter();
        let contexts = members.filter_map(|member| member.traits.get(&TraitName::ContextParam));
        let names = contexts.filter_map(|context| context.get("name")?.as_str());
        let names: Vec<String> = names.map(str::to_owned).collect();
        tells.give(&names);
    }
    let of = |name| entries(operation.traits.get(&name));
    tells.give(of(TraitName::OperationContextParams).map(|(name, _)| name));
    for (name, entry) in of(TraitName::StaticContextParams) {
        // Of a form that is not known it may be anything.
        let told = entry.get("value").and_then(fixed);
        let told = told.map_or(Told::Given, Told::Fixed);
        tells.by_name.insert(name.clone(), told);
    }
}

fn entries(value: Option<&Value>) -> impl Iterator<Item = (&String, &Value)> {
    value
        .and_then(Value::as_object)
        .into_iter()
        .flat_map(Map::iter)
}

fn fixed(value: &Value) -> Option<ParameterValue> {
    match value {
        Value::String(text) => Some(text.as_str().into()),
        Value::Bool(flag) => Some((*flag).into()),
        Value::Array(items) => {
            let texts = items.iter().map(|item| item.as_str().map(str::to_owned));
            texts.collect::<Option<Vec<_>>>().map(Into::into)
        }
        _ => None,
    }
}

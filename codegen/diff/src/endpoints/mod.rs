//! Where two sets of endpoint rules lead. Rules are rewritten far more often than endpoints move, so
//! the rules of both sides are followed, as generated clients follow them, and what comes of it is
//! compared.

mod callers;
mod follow;
mod settings;
#[cfg(test)]
mod tests;
mod uses;

use std::collections::{BTreeMap, BTreeSet};

use bumpalo::Bump;
use serde_json::{Value, json};
use shapewright_model::{Model, endpoint};
use shapewright_runtime::endpoint::Endpoint;

use crate::fact::FactKind;
use callers::callers;
use settings::{Setting, Settings};
use uses::Uses;

/// The most moves of a kind that are told by an example each.
const MOST_TOLD: usize = 100;

/// What following the rules of both sides has told.
pub(crate) struct Led {
    /// Examples of settings that lead elsewhere: the facts, and their values before and after.
    pub(crate) moves: Vec<(FactKind, [Value; 2])>,
    /// Whether no settings but those tried lead elsewhere.
    pub(crate) is_all: bool,
}

/// Follows the rules of both models.
pub(crate) fn compare(old: &Model, new: &Model) -> Led {
    let [(before, unread_before), (after, unread_after)] =
        [old, new].map(|model| endpoint::read(model, ""));
    let unread = [unread_before, unread_after];
    let sides = [&before, &after];
    let room = Bump::new();
    let rules = sides.map(|rules| follow::rule_set(rules, &room));
    let uses = Uses::of_sides(sides);
    let (callers, are_all) = callers([old, new], sides);
    let mut moves = Moves::default();
    let mut is_all = are_all && unread.iter().all(Vec::is_empty);
    for caller in &callers {
        let settings = Settings::of(sides, &uses, caller, callers.len());
        is_all &= settings.are_all();
        for setting in settings.each() {
            // Why there is no endpoint is for people.
            let outcomes = [0, 1].map(|side| rules[side].resolve(&setting.parameters(side)).ok());
            if outcomes[0] != outcomes[1] {
                moves.add(&setting, &outcomes);
            }
        }
    }
    Led {
        moves: moves.told(),
        is_all,
    }
}

/// Settings that lead elsewhere than before.
#[derive(Default)]
struct Moves {
    /// What is told already: the two outcomes, whatever the region.
    seen: BTreeSet<[String; 2]>,
    /// Examples, each before and after.
    told: BTreeMap<FactKind, [Vec<Value>; 2]>,
}

impl Moves {
    fn add(&mut self, setting: &Setting<'_>, outcomes: &[Option<Endpoint>; 2]) {
        let values = values(outcomes);
        let anywhere = values.each_ref().map(|value| match setting.region() {
            Some(region) => value.to_string().replace(region, "{Region}"),
            None => value.to_string(),
        });
        if !self.seen.insert(anywhere) {
            return;
        }
        let kind = match outcomes {
            [None, _] => FactKind::EndpointsAdded,
            [_, None] => FactKind::EndpointsRemoved,
            _ => FactKind::EndpointsMoved,
        };
        let setting = setting.to_string();
        for (told, endpoint) in self.told.entry(kind).or_default().iter_mut().zip(values) {
            if told.len() < MOST_TOLD {
                told.push(json!({"setting": setting, "endpoint": endpoint}));
            }
        }
    }

    fn told(self) -> Vec<(FactKind, [Value; 2])> {
        let told = self.told.into_iter();
        told.map(|(kind, told)| (kind, told.map(Value::Array)))
            .collect()
    }
}

/// What an endpoint has beside its URL.
type Part = fn(&Endpoint) -> Value;
const PARTS: [(&str, Part); 2] = [("properties", properties), ("headers", headers)];

/// Each endpoint as its URL, with properties and headers where these differ; null if there is none.
fn values(outcomes: &[Option<Endpoint>; 2]) -> [Value; 2] {
    let differ = |part: Part| match outcomes {
        [Some(before), Some(after)] => part(before) != part(after),
        _ => false,
    };
    let parts: Vec<_> = PARTS
        .into_iter()
        .filter(|(_, part)| differ(*part))
        .collect();
    outcomes.each_ref().map(|endpoint| match endpoint {
        None => Value::Null,
        Some(endpoint) if parts.is_empty() => Value::String(endpoint.url()),
        Some(endpoint) => {
            let parts = parts.iter().map(|(name, part)| (*name, part(endpoint)));
            let told = [("url", Value::String(endpoint.url()))]
                .into_iter()
                .chain(parts);
            told.map(|(name, value)| (name.to_owned(), value)).collect()
        }
    })
}

fn properties(endpoint: &Endpoint) -> Value {
    json!(endpoint.properties())
}

/// The values of each, by name.
fn headers(endpoint: &Endpoint) -> Value {
    let names = endpoint.headers().keys();
    let headers = names.map(|name| {
        let values = endpoint.headers().get_all(name).iter();
        let values = values.map(|value| String::from_utf8_lossy(value.as_bytes()));
        (name.to_string(), values.collect::<Value>())
    });
    headers.collect()
}

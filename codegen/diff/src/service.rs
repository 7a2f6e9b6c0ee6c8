//! Compares what belongs to the service as a whole: metadata, paginators, waiters, endpoint rules.

use std::collections::{BTreeMap, BTreeSet};

use shapewright_model::c2j::FileKind;
use shapewright_model::{Model, Step, TraitName, Traits, Value};

use crate::endpoints;
use crate::fact::{FactKind, Found, Place};
use crate::operation::under;
use crate::traits::{self, ValueChange, is_prose};
use crate::values;

/// A fact of the service, and the operation that it is about.
#[derive(Debug)]
pub(crate) struct ServiceFact {
    /// Its steps begin at the top of the model.
    pub(crate) found: Found,
    pub(crate) operation: Option<String>,
}

/// Everything but operations and shapes.
pub(crate) fn compare(old: &Model, new: &Model) -> Vec<ServiceFact> {
    let mut facts = Vec::new();
    let (before, after) = (&old.metadata, &new.metadata);
    of_traits(before, after, Place::Metadata, &["metadata"], &mut facts);
    for fact in &mut facts {
        fact.idle = is_idle(fact, old, new);
    }
    of_traits(&old.service, &new.service, Place::Service, &[], &mut facts);
    for (kind, place) in [
        (FileKind::Paginators, Place::Paginator),
        (FileKind::Waiters, Place::Waiter),
    ] {
        let file = kind.file_name();
        let none = Traits::default();
        let [before, after] = [old, new].map(|model| model.siblings.get(file).unwrap_or(&none));
        of_traits(before, after, place, &[file], &mut facts);
    }
    endpoint_rules(old, new, &mut facts);
    let mut facts: Vec<ServiceFact> = facts
        .into_iter()
        .map(|found| ServiceFact {
            found,
            operation: None,
        })
        .collect();

    let paginators = Table {
        path: "pagination",
        place: Place::Paginator,
        kinds: [FactKind::PaginatorAdded, FactKind::PaginatorRemoved],
    };
    let olds = old.paginators.iter();
    let news = new.paginators.iter();
    paginators.compare(
        olds.map(|(key, one)| (key.as_str(), Entry::new(key, &one.traits))),
        news.map(|(key, one)| (key.as_str(), Entry::new(key, &one.traits))),
        &mut facts,
    );
    let waiters = Table {
        path: "waiters",
        place: Place::Waiter,
        kinds: [FactKind::WaiterAdded, FactKind::WaiterRemoved],
    };
    let olds = old.waiters.iter();
    let news = new.waiters.iter();
    waiters.compare(
        olds.map(|(key, one)| (key.as_str(), Entry::new(&one.operation, &one.traits))),
        news.map(|(key, one)| (key.as_str(), Entry::new(&one.operation, &one.traits))),
        &mut facts,
    );
    facts
}

/// Whether a fact of the metadata means nothing to either side, as their other facts tell.
fn is_idle(found: &Found, old: &Model, new: &Model) -> bool {
    let speaks = |protocols: &[&str]| {
        let spoken = [old, new].map(|model| model.metadata.text(&TraitName::Protocol));
        spoken
            .into_iter()
            .any(|one| one.is_some_and(|one| protocols.contains(&one)))
    };
    match found.kind.trait_name() {
        Some(TraitName::JsonVersion | TraitName::TargetPrefix) => !speaks(&["json"]),
        Some(TraitName::XmlNamespace) => !speaks(&["ec2", "query", "rest-xml"]),
        Some(TraitName::SigningName) => {
            let name = |model: &Model| -> Option<String> {
                let facts = &model.metadata;
                let name = facts.text(&TraitName::SigningName);
                name.or_else(|| facts.text(&TraitName::EndpointPrefix))
                    .map(str::to_owned)
            };
            name(old) == name(new)
        }
        _ => false,
    }
}

fn of_traits(old: &Traits, new: &Traits, place: Place, path: &[&str], facts: &mut Vec<Found>) {
    let mut found = Vec::new();
    traits::compare(old, new, place, |_| false, &mut found);
    facts.extend(found.into_iter().map(|found| under(path, found)));
}

/// Named things of traits alone.
struct Table {
    path: &'static str,
    place: Place,
    /// Added, removed.
    kinds: [FactKind; 2],
}

#[derive(Clone, Copy)]
struct Entry<'m> {
    operation: &'m str,
    traits: &'m Traits,
}

impl<'m> Entry<'m> {
    fn new(operation: &'m str, traits: &'m Traits) -> Self {
        Self { operation, traits }
    }
}

impl Table {
    fn compare<'m>(
        &self,
        old: impl Iterator<Item = (&'m str, Entry<'m>)>,
        new: impl Iterator<Item = (&'m str, Entry<'m>)>,
        facts: &mut Vec<ServiceFact>,
    ) {
        let (old, new): (BTreeMap<_, _>, BTreeMap<_, _>) = (old.collect(), new.collect());
        let names: BTreeSet<&str> = old.keys().chain(new.keys()).copied().collect();
        for name in names {
            let (before, after) = (old.get(name), new.get(name));
            let mut found = Vec::new();
            if let (Some(before), Some(after)) = (before, after) {
                let (before, after) = (before.traits, after.traits);
                traits::compare(before, after, self.place, |_| false, &mut found);
            } else {
                let value = |entry: Option<&Entry<'_>>| -> Option<Value> {
                    entry.map(|entry| values::traits(entry.traits))
                };
                let [added, removed] = &self.kinds;
                let kind = if after.is_some() { added } else { removed };
                let (before, after) = (value(before), value(after));
                found.push(Found::new(kind.clone(), self.place, before, after));
            }
            let operation = after.or(before).map(|entry| entry.operation.to_owned());
            facts.extend(found.into_iter().map(|found| ServiceFact {
                found: under(&[self.path, name], found),
                operation: operation.clone(),
            }));
        }
    }
}

const ENDPOINT_RULES: &str = "endpointRuleSet";

fn endpoint_rules(old: &Model, new: &Model, facts: &mut Vec<Found>) {
    let place = Place::EndpointRules;
    let (Some(before), Some(after)) = (&old.endpoint_rules, &new.endpoint_rules) else {
        let kind = match (&old.endpoint_rules, &new.endpoint_rules) {
            (None, None) => return,
            (None, _) => FactKind::EndpointRulesAdded,
            _ => FactKind::EndpointRulesRemoved,
        };
        let [before, after] = [old, new].map(|model| model.endpoint_rules.as_deref().cloned());
        facts.push(Found::new(kind, place, before, after).at(ENDPOINT_RULES));
        return;
    };
    let mut led = None;
    for change in traits::values(before, after) {
        // Why a rule refuses is said in words, upstream's or the import's; that it does is its type.
        let said = |step: &Step| matches!(step, Step::Key(key) if key == "error");
        let documentation = change.is_of_text(|step| is_prose(step) || said(step));
        let idle = is_spelling(&change);
        let is_followed = !documentation && !idle && is_of_rules(&change.inner);
        let followed = is_followed
            && led
                .get_or_insert_with(|| endpoints::compare(old, new))
                .is_all;
        let kind = FactKind::EndpointRulesChanged { followed };
        let mut fact = Found::new(kind, place, change.old, change.new).at(ENDPOINT_RULES);
        fact.documentation = documentation;
        fact.idle = idle;
        fact.inner.extend(change.inner);
        facts.push(fact);
    }
    for (kind, [before, after]) in led.into_iter().flat_map(|led| led.moves) {
        facts.push(Found::new(kind, place, Some(before), Some(after)).at(ENDPOINT_RULES));
    }
}

/// Whether a change is one of what rules do, or of a parameter but for who sets it: following the rules
/// shows what comes of it.
fn is_of_rules(inner: &[Step]) -> bool {
    let key = |at: usize| match inner.get(at) {
        Some(Step::Key(key)) => Some(key.as_str()),
        _ => None,
    };
    match key(0) {
        Some("rules") => true,
        Some("parameters") => match inner.len() {
            2 => true,
            3 => matches!(key(2), Some("default" | "required" | "type")),
            _ => false,
        },
        _ => false,
    }
}

/// Whether only the letters of a parameter's type differ in case: `String` is `string`.
fn is_spelling(change: &ValueChange) -> bool {
    let text = |value: &Option<Value>| -> Option<String> {
        let text = value.as_ref()?.as_str()?;
        Some(text.to_ascii_lowercase())
    };
    let is_type = matches!(change.inner.last(), Some(Step::Key(key)) if key == "type");
    let (old, new) = (text(&change.old), text(&change.new));
    is_type && old.is_some() && old == new
}

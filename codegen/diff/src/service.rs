//! Compares what belongs to the service as a whole: metadata, paginators, waiters, endpoint rules.

use std::collections::{BTreeMap, BTreeSet};

use shapewright_model::c2j::FileKind;
use shapewright_model::{Model, Step, Traits, Value};

use crate::fact::{FactKind, Found, Place};
use crate::operation::under;
use crate::traits::{self, is_prose};
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
    for change in traits::values(before, after) {
        let kind = FactKind::EndpointRulesChanged;
        // Why a rule refuses is said in words, upstream's or the import's; that it does is its type.
        let said = |step: &Step| matches!(step, Step::Key(key) if key == "error");
        let documentation = change.is_of_text(|step| is_prose(step) || said(step));
        let mut fact = Found::new(kind, place, change.old, change.new).at(ENDPOINT_RULES);
        fact.documentation = documentation;
        fact.inner.extend(change.inner);
        facts.push(fact);
    }
}

//! Compares the operations of two models: names, traits, and what they refer to.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use shapewright_model::{Model, Operation, Reference, Step, TraitName, Value};

use crate::fact::{FactKind, Found, Part, Place};
use crate::pairs::{PairId, Pairs};
use crate::{renames, traits, values};

/// An operation on one side or on both.
#[derive(Debug)]
pub(crate) struct OperationPair<'m> {
    pub(crate) key: &'m str,
    pub(crate) old: Option<&'m Operation>,
    pub(crate) new: Option<&'m Operation>,
    /// What was found; a fact's steps begin below `operations.KEY`.
    pub(crate) facts: Vec<Found>,
    pub(crate) input: Option<PairId>,
    pub(crate) output: Option<PairId>,
    /// The errors: in the new order, and then what is gone.
    pub(crate) errors: Vec<ErrorPair<'m>>,
}

/// An error that an operation declares on one side or on both.
#[derive(Debug)]
pub(crate) struct ErrorPair<'m> {
    pub(crate) name: &'m str,
    pub(crate) old: Option<&'m Reference>,
    pub(crate) new: Option<&'m Reference>,
    pub(crate) pair: Option<PairId>,
    /// The facts of the references, also among those of the operation.
    pub(crate) facts: Vec<Found>,
}

/// All operations, ordered by key; a renamed one by its new key.
pub(crate) fn compare<'m>(pairs: &mut Pairs<'m>) -> Vec<OperationPair<'m>> {
    let renamed = renames::operations(pairs.old, pairs.new);
    let mut keys: BTreeMap<&str, (Option<&Operation>, Option<&Operation>)> = BTreeMap::new();
    for operation in &pairs.old.operations {
        let key = renamed.get(operation.key.as_str()).copied();
        keys.entry(key.unwrap_or(&operation.key)).or_default().0 = Some(operation);
    }
    for operation in &pairs.new.operations {
        keys.entry(&operation.key).or_default().1 = Some(operation);
    }
    keys.into_iter()
        .map(|(key, (old, new))| one(pairs, key, old, new))
        .collect()
}

fn one<'m>(
    pairs: &mut Pairs<'m>,
    key: &'m str,
    old: Option<&'m Operation>,
    new: Option<&'m Operation>,
) -> OperationPair<'m> {
    let mut pair = OperationPair {
        key,
        old,
        new,
        facts: Vec::new(),
        input: None,
        output: None,
        errors: Vec::new(),
    };
    match (old, new) {
        (Some(old), Some(new)) => both(pairs, old, new, &mut pair),
        (None, Some(new)) => {
            let value = values::operation(pairs.new, new);
            let kind = FactKind::OperationAdded;
            let fact = Found::new(kind, Place::Operation, None, Some(value));
            pair.facts.push(fact);
        }
        (Some(old), None) => {
            let value = values::operation(pairs.old, old);
            let kind = FactKind::OperationRemoved;
            let fact = Found::new(kind, Place::Operation, Some(value), None);
            pair.facts.push(fact);
        }
        (None, None) => {}
    }
    pair
}

fn both<'m>(
    pairs: &mut Pairs<'m>,
    old: &'m Operation,
    new: &'m Operation,
    pair: &mut OperationPair<'m>,
) {
    if std::ptr::eq(old, new) {
        return shared(pairs, new, pair);
    }
    let facts = &mut pair.facts;
    let wire = renames::name_travels(pairs.old) || renames::name_travels(pairs.new);
    let named = if old.key != new.key {
        Some((FactKind::OperationRenamed { wire }, &old.key, &new.key))
    } else if old.name != new.name {
        Some((
            FactKind::OperationNameChanged { wire },
            &old.name,
            &new.name,
        ))
    } else {
        None
    };
    if let Some((kind, before, after)) = named {
        let (before, after) = (values::text(before), values::text(after));
        facts.push(Found::new(kind, Place::Operation, Some(before), Some(after)).at("name"));
    }
    traits::compare(&old.traits, &new.traits, Place::Operation, |_| false, facts);
    if demands_checksum(old) == demands_checksum(new) {
        facts.iter_mut().for_each(forget_demand);
    }
    // Without an authentication of its own, an operation has the service's.
    let sides = [(pairs.old, old), (pairs.new, new)];
    mark_idle(facts, |name| {
        let of_service = match name {
            TraitName::AuthType => TraitName::SignatureVersion,
            TraitName::Auth => TraitName::Auth,
            _ => return false,
        };
        let stated = |(model, one): (&'m Model, &'m Operation)| {
            let own = one.traits.get(name);
            own.or_else(|| model.metadata.get(&of_service))
        };
        let [old, new] = sides.map(stated);
        old == new
    });
    pair.input = reference(
        pairs,
        Part::Input,
        old.input.as_ref(),
        new.input.as_ref(),
        facts,
    );
    let (before, after) = (old.output.as_ref(), new.output.as_ref());
    pair.output = reference(pairs, Part::Output, before, after, facts);
    pair.errors = errors(pairs, old, new);
    let of_errors = pair.errors.iter().flat_map(|error| &error.facts);
    pair.facts.extend(of_errors.cloned());
}

/// Marks the facts of traits of which the same holds before and after, wherever it is stated.
fn mark_idle(facts: &mut [Found], holds: impl Fn(&TraitName) -> bool) {
    for found in facts {
        found.idle |= found.kind.trait_name().is_some_and(&holds);
    }
}

const CHECKSUM_REQUIRED: &str = "requestChecksumRequired";

/// Makes nothing of a demand for a checksum that only moved from one trait to the other.
fn forget_demand(found: &mut Found) {
    match found.kind.trait_name() {
        Some(TraitName::HttpChecksumRequired) => found.idle = true,
        Some(TraitName::HttpChecksum) => {
            let last = found.inner.last();
            found.idle |= matches!(last, Some(Step::Key(key)) if key == CHECKSUM_REQUIRED);
            for side in [&mut found.old, &mut found.new] {
                if let Some(Value::Object(entries)) = side {
                    entries.remove(CHECKSUM_REQUIRED);
                }
            }
        }
        _ => {}
    }
}

/// Whether a request must carry a checksum, by either of the two traits that say so.
fn demands_checksum(operation: &Operation) -> bool {
    let traits = &operation.traits;
    let checksum = traits.get(&TraitName::HttpChecksum);
    let demand = checksum.and_then(|checksum| checksum.get(CHECKSUM_REQUIRED));
    traits.flag(&TraitName::HttpChecksumRequired) || demand == Some(&Value::Bool(true))
}

/// An operation that the two models share says the same in both, and refers to the same ids.
fn shared<'m>(pairs: &mut Pairs<'m>, operation: &'m Operation, pair: &mut OperationPair<'m>) {
    let model = pairs.new;
    let mut same = |one: &Reference| pairs.pair(one.target, one.target);
    pair.input = operation.input.as_ref().map(&mut same);
    pair.output = operation.output.as_ref().map(&mut same);
    pair.errors = operation
        .errors
        .iter()
        .map(|error| ErrorPair {
            name: &model.shape(error.target).name,
            old: Some(error),
            new: Some(error),
            pair: Some(same(error)),
            facts: Vec::new(),
        })
        .collect();
}

/// An input or output. That it means another shape is told later, when what differs is known.
fn reference<'m>(
    pairs: &mut Pairs<'m>,
    part: Part,
    old: Option<&'m Reference>,
    new: Option<&'m Reference>,
    facts: &mut Vec<Found>,
) -> Option<PairId> {
    let key = if part == Part::Input {
        "input"
    } else {
        "output"
    };
    match (old, new) {
        (Some(old), Some(new)) => {
            let mut found = Vec::new();
            traits::compare(&old.traits, &new.traits, part.into(), |_| false, &mut found);
            facts.extend(found.into_iter().map(|found| under(&[key], found)));
            Some(pairs.pair(old.target, new.target))
        }
        (None, None) => None,
        (old, new) => {
            let kind = if new.is_some() {
                FactKind::PartAdded(part)
            } else {
                FactKind::PartRemoved(part)
            };
            let value = |model: &Model, one: Option<&Reference>| -> Option<Value> {
                one.map(|one| values::side(model, one))
            };
            let (old, new) = (value(pairs.old, old), value(pairs.new, new));
            facts.push(Found::new(kind, part.into(), old, new).at(key));
            None
        }
    }
}

/// Errors are known on the wire by their names, so a shape of another name is another error.
fn errors<'m>(pairs: &mut Pairs<'m>, old: &'m Operation, new: &'m Operation) -> Vec<ErrorPair<'m>> {
    let (before, after) = (pairs.old, pairs.new);
    // A name may be declared twice; the first then stands for the first, and one more or less of
    // them says nothing as long as one is left.
    let [olds, news] = [(before, old), (after, new)].map(|(model, operation)| {
        let errors = operation.errors.iter();
        let names = errors.map(|error| model.shape(error.target).name.as_str());
        names.collect::<BTreeSet<&str>>()
    });
    let mut left: BTreeMap<&str, VecDeque<&Reference>> = BTreeMap::new();
    for error in &old.errors {
        let name = before.shape(error.target).name.as_str();
        left.entry(name).or_default().push_back(error);
    }
    let mut found = Vec::new();
    for error in &new.errors {
        let name = after.shape(error.target).name.as_str();
        let declared = left.get_mut(name).and_then(VecDeque::pop_front);
        let mut facts = Vec::new();
        if let Some(old) = declared {
            traits::compare(
                &old.traits,
                &error.traits,
                Place::Error,
                |_| false,
                &mut facts,
            );
            // Older models say of each use what the error's shape says as well.
            let sides = [(before, old), (after, error)];
            mark_idle(&mut facts, |name| {
                let stated = |(model, one): (&'m Model, &'m Reference)| {
                    let shape = model.shape(one.target);
                    one.traits.get(name).or_else(|| shape.traits.get(name))
                };
                let [old, new] = sides.map(stated);
                old == new
            });
        } else {
            let value = values::referring(after, error);
            let mut fact = Found::new(FactKind::ErrorAdded, Place::Error, None, Some(value));
            fact.idle = olds.contains(name);
            facts.push(fact);
        }
        found.push(ErrorPair {
            name,
            old: declared,
            new: Some(error),
            pair: declared.map(|old| pairs.pair(old.target, error.target)),
            facts: facts
                .into_iter()
                .map(|found| under(&["errors", name], found))
                .collect(),
        });
    }
    for (name, gone) in left {
        for error in gone {
            let value = values::referring(before, error);
            let mut fact = Found::new(FactKind::ErrorRemoved, Place::Error, Some(value), None);
            fact.idle = news.contains(name);
            found.push(ErrorPair {
                name,
                old: Some(error),
                new: None,
                pair: None,
                facts: vec![under(&["errors", name], fact)],
            });
        }
    }
    found
}

/// The same fact, further down.
pub(crate) fn under(keys: &[&str], mut found: Found) -> Found {
    let steps = std::mem::take(&mut found.inner);
    for key in keys {
        found = found.at(key);
    }
    found.inner.extend(steps);
    found
}

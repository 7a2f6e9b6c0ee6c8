//! Infers what has another name: operations, shapes and members that went, and others that came and
//! stand in their place. Whatever could stand for two is not renamed: it came or went.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use shapewright_model::{Member, Model, Operation, Reference, ShapeId, TraitName, Traits};

use crate::names::Names;
use crate::pairs::Pairs;

/// Whether the protocol sends the names of operations: all do but those that tell them apart by
/// method and URI.
pub(crate) fn name_travels(model: &Model) -> bool {
    let protocol = model.metadata.text(&TraitName::Protocol);
    !protocol.is_some_and(|protocol| protocol.starts_with("rest-"))
}

/// The operations that have another key, the old one first: they answer at the same method and URI
/// or, where all answer at one, take and give the same.
pub(crate) fn operations<'m>(old: &'m Model, new: &'m Model) -> BTreeMap<&'m str, &'m str> {
    let gone = alone(old, new);
    let came = alone(new, old);
    if gone.is_empty() || came.is_empty() {
        return BTreeMap::new();
    }
    let by_name = name_travels(old) || name_travels(new);
    let mut twins: BTreeMap<Identity<'m>, [Vec<&'m str>; 2]> = BTreeMap::new();
    for (side, (model, operations)) in [(old, gone), (new, came)].into_iter().enumerate() {
        for operation in operations {
            if let Some(identity) = Identity::of(model, operation, by_name) {
                twins.entry(identity).or_default()[side].push(&operation.key);
            }
        }
    }
    let pairs = twins.into_values().filter_map(|sides| match &sides {
        [gone, came] if gone.len() == 1 && came.len() == 1 => Some((gone[0], came[0])),
        _ => None,
    });
    pairs.collect()
}

/// The operations that the other model lacks.
fn alone<'m>(model: &'m Model, other: &Model) -> Vec<&'m Operation> {
    let operations = model.operations.iter().map(Arc::as_ref);
    operations
        .filter(|operation| other.operation(&operation.key).is_none())
        .collect()
}

/// By what an operation is known whose name may have changed.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Identity<'m> {
    Http(&'m str, &'m str),
    /// The members of input and output, by name and shape.
    Types([Vec<(&'m str, &'m str)>; 2]),
}

impl<'m> Identity<'m> {
    fn of(model: &'m Model, operation: &'m Operation, by_name: bool) -> Option<Self> {
        if !by_name {
            return Some(Self::Http(&operation.http_method, &operation.http_uri));
        }
        let members = |side: &Option<Reference>| -> Vec<(&'m str, &'m str)> {
            let shape = side.as_ref().map(|side| model.shape(side.target));
            let members = shape.map_or(&[][..], |shape| shape.members()).iter();
            let mut members: Vec<_> = members
                .map(|member| {
                    let target = &model.shape(member.target).name;
                    (member.name.as_str(), target.as_str())
                })
                .collect();
            members.sort_unstable();
            members
        };
        let sides = [members(&operation.input), members(&operation.output)];
        // Many operations take and give nothing.
        let says_something = sides.iter().any(|side| !side.is_empty());
        says_something.then_some(Self::Types(sides))
    }
}

/// The shapes that have another name: pairs of one that went and one that came, which stand in the
/// same places and have at least half of their parts in common.
pub(crate) fn shapes(pairs: &Pairs<'_>, names: &Names) -> BTreeMap<ShapeId, ShapeId> {
    let gone: BTreeSet<ShapeId> = names.removed.iter().copied().collect();
    let came: BTreeSet<ShapeId> = names.added.iter().copied().collect();
    let candidates = pairs
        .all
        .iter()
        .filter(|pair| gone.contains(&pair.old) && came.contains(&pair.new) && pair.is_alike());
    let candidates: Vec<(ShapeId, ShapeId)> = candidates.map(|pair| (pair.old, pair.new)).collect();
    let mut uses: BTreeMap<(bool, ShapeId), usize> = BTreeMap::new();
    for (old, new) in &candidates {
        *uses.entry((false, *old)).or_default() += 1;
        *uses.entry((true, *new)).or_default() += 1;
    }
    let is_alone = |key| uses.get(&key) == Some(&1);
    candidates
        .into_iter()
        .filter(|(old, new)| is_alone((false, *old)) && is_alone((true, *new)))
        .collect()
}

/// The members of a pair of structures that have another name, by their places among those that
/// went and those that came.
pub(crate) fn members(
    (old, gone): (&Model, &[&Member]),
    (new, came): (&Model, &[&Member]),
) -> Vec<(usize, usize)> {
    // A structure of which much went and came is another one; comparing all with all would cost.
    const MANY: usize = 64;
    if gone.is_empty() || came.is_empty() || gone.len() > MANY || came.len() > MANY {
        return Vec::new();
    }
    let mut found = Vec::new();
    for (at, before) in gone.iter().enumerate() {
        for (to, after) in came.iter().enumerate() {
            let same_type = old.shape(before.target).name == new.shape(after.target).name;
            if same_type && same_facts(&before.traits, &after.traits) && are_akin(before, after) {
                found.push((at, to));
            }
        }
    }
    let count = |is: &dyn Fn(&(usize, usize)) -> bool| found.iter().filter(|one| is(one)).count();
    let alone = found.iter().filter(|(at, to)| {
        count(&|(other, _)| other == at) == 1 && count(&|(_, other)| other == to) == 1
    });
    alone.copied().collect()
}

/// Whether two members state the same, names on the wire and words aside.
fn same_facts(old: &Traits, new: &Traits) -> bool {
    let told = |traits: &Traits| -> Traits {
        let traits = traits.iter();
        traits
            .filter(|(name, _)| !name.is_prose() && **name != TraitName::LocationName)
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect()
    };
    told(old) == told(new)
}

/// Whether two names are akin: one on the wire, one but for case, or with half of the words of the
/// longer one in common.
fn are_akin(old: &Member, new: &Member) -> bool {
    if old.wire_name() == new.wire_name() || is_case(&old.name, &new.name) {
        return true;
    }
    let (before, after) = (words(&old.name), words(&new.name));
    let common = before.intersection(&after).count();
    common > 0 && 2 * common >= before.len().max(after.len())
}

/// Whether two names differ in upper and lower case alone.
pub(crate) fn is_case(old: &str, new: &str) -> bool {
    old != new && old.eq_ignore_ascii_case(new)
}

/// The words of a name in camel or snake case, in lower case.
fn words(name: &str) -> BTreeSet<String> {
    let mut words = BTreeSet::new();
    let mut word = String::new();
    let mut last_is_lower = false;
    for c in name.chars() {
        let begins = !c.is_alphanumeric() || (c.is_uppercase() && last_is_lower);
        if begins && !word.is_empty() {
            words.insert(std::mem::take(&mut word));
        }
        if c.is_alphanumeric() {
            word.extend(c.to_lowercase());
        }
        last_is_lower = c.is_lowercase() || c.is_numeric();
    }
    if !word.is_empty() {
        words.insert(word);
    }
    words
}

#[cfg(test)]
mod tests {
    use shapewright_model::{Member, ShapeId, Traits};

    use super::{are_akin, words};

    #[test]
    fn names_are_split_into_words() {
        let split = |name| words(name).into_iter().collect::<Vec<_>>().join(" ");
        assert_eq!(split("createdAt"), "at created");
        assert_eq!(split("Created_At"), "at created");
        assert_eq!(split("DBInstance"), "dbinstance");
        assert_eq!(split("ipv4Address"), "address ipv4");
    }

    #[test]
    fn names_with_half_of_their_words_in_common_are_akin() {
        let member = |name: &str| Member {
            name: name.to_owned(),
            target: ShapeId::new(0),
            traits: Traits::default(),
        };
        let akin = |old: &str, new: &str| are_akin(&member(old), &member(new));
        assert!(akin("madeAt", "createdAt") && akin("remoteRecordAppArn", "appArn"));
        assert!(akin("Id", "ID") && !akin("start", "end"));
        assert!(!akin("remoteRecordAppArn", "appUpload"));
    }
}

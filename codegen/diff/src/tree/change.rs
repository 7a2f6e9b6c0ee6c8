//! What differs in a pair of shapes as a tree.

use shapewright_model::{Path, ShapeKind, Step};

use super::budget::Budget;
use super::{DEPTH, Entries, MORE, Tree, more, whole};
use crate::fact::{FactKind, Found, Place};
use crate::pairs::{Pair, PairId, Pairs, Spot};

/// Walks pairs and keeps to what may be spent on one tree.
pub(super) struct Changes<'p, 'm, 'b> {
    pairs: &'p Pairs<'m>,
    differing: &'p [bool],
    path: Vec<PairId>,
    pub(super) budget: &'b mut Budget,
}

impl<'p, 'm, 'b> Changes<'p, 'm, 'b> {
    pub(super) fn new(pairs: &'p Pairs<'m>, differing: &'p [bool], budget: &'b mut Budget) -> Self {
        Self {
            pairs,
            differing,
            path: Vec::new(),
            budget,
        }
    }

    /// What differs in a pair; a pair already on the path is left out, as the path has told it.
    // Recursive, but never deeper than `DEPTH`.
    pub(super) fn of_pair(&mut self, id: PairId) -> Entries {
        if !self.differing[id] || self.path.contains(&id) {
            return Entries::new();
        }
        if self.path.len() >= DEPTH || !self.budget.pay(0) {
            return vec![(MORE.to_owned(), more())];
        }
        self.path.push(id);
        let entries = self.entries(&self.pairs.all[id]);
        self.path.pop();
        entries
    }

    fn entries(&mut self, pair: &'p Pair<'m>) -> Entries {
        let (old, new) = (
            self.pairs.old.shape(pair.old),
            self.pairs.new.shape(pair.new),
        );
        if pair.mismatch {
            let old = whole(self.pairs.old, pair.old, self.budget);
            let new = whole(self.pairs.new, pair.new, self.budget);
            return vec![("$type".to_owned(), Tree::from_to(old, new))];
        }
        let at = |spot: Spot| {
            let facts = pair.facts.iter();
            facts
                .filter(move |(at, found)| *at == spot && found.updates())
                .map(|(_, found)| found)
        };
        let mut own = Entries::new();
        if old.kind.name() != new.kind.name() {
            let names = Tree::from_to(
                Tree::Text(old.kind.name().to_owned()),
                Tree::Text(new.kind.name().to_owned()),
            );
            own.push(("$type".to_owned(), names));
        }
        own.extend(enum_values(&at(Spot::Shape)));
        let told = |kind: &FactKind| {
            matches!(
                kind,
                FactKind::ShapeKindChanged { .. }
                    | FactKind::EnumValueAdded
                    | FactKind::EnumValueRemoved
            )
        };
        own.extend(facts(at(Spot::Shape).filter(|found| !told(&found.kind)), 0));

        let mut found = PartFacts::new(&pair.facts);
        for (place, part) in pair.parts.iter().enumerate() {
            let entries = match (part.old, part.new) {
                (None, Some(member)) => {
                    let tree = whole(self.pairs.new, member.target, self.budget);
                    own.push((member_key(&member.name), tree));
                    continue;
                }
                (Some(member), None) => {
                    let tree = whole(self.pairs.old, member.target, self.budget);
                    vec![("$removed".to_owned(), tree)]
                }
                _ => {
                    let facts = facts(found.of(place).filter(|found| !is_target(found)), 0);
                    let below = part.pair.map_or_else(Vec::new, |pair| self.of_pair(pair));
                    merge(facts, below, "$shape")
                }
            };
            let Some(member) = part.new.or(part.old) else {
                continue;
            };
            if entries.is_empty() {
                continue;
            }
            match &new.kind {
                ShapeKind::List(_) => own = merge(own, entries, "$element"),
                ShapeKind::Map(_) if member.name == "key" => {
                    own.push(("$key".to_owned(), Tree::Object(entries)));
                }
                ShapeKind::Map(_) => own = merge(own, entries, "$value"),
                _ => own.push((member_key(&member.name), Tree::Object(entries))),
            }
        }
        own
    }
}

/// That a member means another shape shows in what differs between the two.
fn is_target(found: &Found) -> bool {
    matches!(found.kind, FactKind::TargetChanged { .. })
}

/// The facts of a pair's parts. Those of one part stand together, but not all parts in order: the
/// facts of targets came later.
struct PartFacts<'p>(Vec<(usize, &'p Found)>);

impl<'p> PartFacts<'p> {
    fn new(facts: &'p [(Spot, Found)]) -> Self {
        let mut found: Vec<(usize, &Found)> = facts
            .iter()
            .filter_map(|(spot, found)| match spot {
                Spot::Part(at) if found.updates() => Some((*at, found)),
                _ => None,
            })
            .collect();
        found.sort_by_key(|(at, _)| *at);
        Self(found)
    }

    fn of(&mut self, part: usize) -> impl Iterator<Item = &'p Found> + use<'p> {
        let first = self.0.partition_point(|(at, _)| *at < part);
        let last = self.0.partition_point(|(at, _)| *at <= part);
        self.0[first..last]
            .iter()
            .map(|(_, found)| *found)
            .collect::<Vec<_>>()
            .into_iter()
    }
}

/// An object, unless there is nothing in it.
pub(super) fn object(entries: Entries) -> Option<Tree> {
    (!entries.is_empty()).then_some(Tree::Object(entries))
}

/// Facts as `$` entries; the first `skip` steps of their paths are told by the tree's place.
pub(super) fn facts<'f>(facts: impl Iterator<Item = &'f Found>, skip: usize) -> Entries {
    facts
        .filter(|found| !is_target(found))
        .map(|found| {
            let key = match found.kind {
                FactKind::MemberRenamed { .. } => "renamed".to_owned(),
                _ => dotted(found.inner.get(skip..).unwrap_or_default()),
            };
            (format!("${key}"), from_to(found))
        })
        .collect()
}

pub(super) fn from_to(found: &Found) -> Tree {
    Tree::from_to(found.old.as_ref(), found.new.as_ref())
}

/// One entry for all values of an enum that came or went, one for each value whose traits differ.
fn enum_values<'f>(facts: &(impl Iterator<Item = &'f Found> + Clone)) -> Option<(String, Tree)> {
    let named = |kind: FactKind| -> Vec<Tree> {
        let facts = facts.clone().filter(|found| found.kind == kind);
        facts
            .filter(|found| found.place == Place::EnumValue)
            .filter_map(|found| match found.inner.last() {
                Some(Step::Key(value)) => Some(Tree::Text(value.clone())),
                _ => None,
            })
            .collect()
    };
    let added = named(FactKind::EnumValueAdded);
    let removed = named(FactKind::EnumValueRemoved);
    (!added.is_empty() || !removed.is_empty()).then(|| {
        let entries = vec![
            ("added".to_owned(), Tree::List(added)),
            ("removed".to_owned(), Tree::List(removed)),
        ];
        ("$enum".to_owned(), Tree::Object(entries))
    })
}

/// Puts what differs further in beside what differs here, or under a key of its own if the two have
/// a name in common.
pub(super) fn merge(mut here: Entries, below: Entries, under: &str) -> Entries {
    let common = below
        .iter()
        .any(|(key, _)| here.iter().any(|(known, _)| known == key));
    if common {
        here.push((under.to_owned(), Tree::Object(below)));
    } else {
        here.extend(below);
    }
    here
}

/// Steps as a dotted path; strange keys are quoted.
pub(super) fn dotted(steps: &[Step]) -> String {
    let mut path = Path::root();
    for step in steps {
        match step {
            Step::Key(key) => path.push_key(key),
            Step::Index(at) => path.push_index(*at),
        }
    }
    path.to_string()
}

/// A member's name as a key: `$` marks facts, so a name that starts with it gets another one.
pub(super) fn member_key(name: &str) -> String {
    if name.starts_with('$') {
        format!("${name}")
    } else {
        name.to_owned()
    }
}

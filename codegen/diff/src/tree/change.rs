//! What differs in a pair of shapes as a tree.

use shapewright_model::{Path, ShapeId, ShapeKind, Step as PathStep};

use super::budget::Budget;
use super::trail::{Step, Trail};
use super::{Entries, MORE, Shared, Tree, Whole, more};
use crate::fact::{FactKind, Found, Place};
use crate::pairs::{Pair, PairId, Pairs, Spot};

/// Walks pairs and keeps to what may be spent on trees.
pub(super) struct Changes<'p, 'm> {
    pub(super) pairs: &'p Pairs<'m>,
    /// The pairs in which anything differs.
    pub(super) differing: &'p [bool],
    trail: Trail<Shared>,
    old: Whole<'m>,
    new: Whole<'m>,
    pub(super) budget: Budget,
}

impl<'p, 'm> Changes<'p, 'm> {
    pub(super) fn new(pairs: &'p Pairs<'m>, differing: &'p [bool]) -> Self {
        Self {
            pairs,
            differing,
            trail: Trail::new(),
            old: Whole::of(pairs.old),
            new: Whole::of(pairs.new),
            budget: Budget::new(),
        }
    }

    /// The whole type of a shape of the old model.
    pub(super) fn whole_old(&mut self, shape: ShapeId) -> Tree {
        self.old.tree(shape, &mut self.budget)
    }

    /// The whole type of a shape of the new model.
    pub(super) fn whole_new(&mut self, shape: ShapeId) -> Tree {
        self.new.tree(shape, &mut self.budget)
    }

    /// What differs in a pair; a pair already on the path is left out, as the path has told it.
    // Recursive, but never deeper than `DEPTH`.
    pub(super) fn of_pair(&mut self, id: PairId) -> Shared {
        if !self.differing[id] {
            return Shared::default();
        }
        match self.trail.enter(id, &mut self.budget) {
            Step::Into(entry) => {
                let entries = self.entries(&self.pairs.all[id]).into();
                self.trail.leave(&entry, &entries, &self.budget);
                entries
            }
            Step::Known(entries) => entries,
            Step::Again => Shared::default(),
            Step::Enough => [(MORE.to_owned(), more())].into(),
        }
    }

    fn entries(&mut self, pair: &'p Pair<'m>) -> Entries {
        let (old, new) = (
            self.pairs.old.shape(pair.old),
            self.pairs.new.shape(pair.new),
        );
        if pair.mismatch {
            let old = self.whole_old(pair.old);
            let new = self.whole_new(pair.new);
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
            let names = Tree::from_to(Tree::text(old.kind.name()), Tree::text(new.kind.name()));
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
                    let tree = self.whole_new(member.target);
                    own.push((member_key(&member.name), tree));
                    continue;
                }
                (Some(member), None) => {
                    let tree = self.whole_old(member.target);
                    [("$removed".to_owned(), tree)].into()
                }
                _ => {
                    let facts = facts(found.of(place).filter(|found| !is_target(found)), 0);
                    let below = part
                        .pair
                        .map_or_else(Shared::default, |pair| self.of_pair(pair));
                    beside(facts, below)
                }
            };
            let Some(member) = part.new.or(part.old) else {
                continue;
            };
            if entries.is_empty() {
                continue;
            }
            match &new.kind {
                ShapeKind::List(_) => merge(&mut own, &entries, "$element"),
                ShapeKind::Map(_) if member.name == "key" => {
                    own.push(("$key".to_owned(), Tree::Object(entries)));
                }
                ShapeKind::Map(_) => merge(&mut own, &entries, "$value"),
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
pub(super) fn object(entries: Shared) -> Option<Tree> {
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
                Some(PathStep::Key(value)) => Some(Tree::text(value)),
                _ => None,
            })
            .collect()
    };
    let added = named(FactKind::EnumValueAdded);
    let removed = named(FactKind::EnumValueRemoved);
    (!added.is_empty() || !removed.is_empty()).then(|| {
        let entries = vec![
            ("added".to_owned(), Tree::List(added.into())),
            ("removed".to_owned(), Tree::List(removed.into())),
        ];
        ("$enum".to_owned(), Tree::object(entries))
    })
}

/// Puts what differs further in beside what differs here, or under a key of its own if the two have
/// a name in common.
fn merge(here: &mut Entries, below: &Shared, under: &str) {
    let common = below
        .iter()
        .any(|(key, _)| here.iter().any(|(known, _)| known == key));
    if common {
        here.push((under.to_owned(), Tree::Object(Shared::clone(below))));
    } else {
        here.extend(below.iter().cloned());
    }
}

/// The same of the facts of a reference and what differs in its target.
pub(super) fn beside(mut facts: Entries, below: Shared) -> Shared {
    if facts.is_empty() {
        return below;
    }
    merge(&mut facts, &below, "$shape");
    facts.into()
}

/// Steps as a dotted path; strange keys are quoted.
pub(super) fn dotted(steps: &[PathStep]) -> String {
    let mut path = Path::root();
    for step in steps {
        match step {
            PathStep::Key(key) => path.push_key(key),
            PathStep::Index(at) => path.push_index(*at),
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

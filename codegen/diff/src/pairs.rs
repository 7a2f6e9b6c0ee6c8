//! Pairs of shapes, an old one and the new one that stands in its place; each is compared once.

use std::collections::HashMap;

use shapewright_model::{Member, Model, ShapeId};

use crate::fact::{FactKind, Found};
use crate::names::Names;
use crate::shape;
use crate::spread::Graph;

/// A pair's place among [`Pairs`].
pub(crate) type PairId = usize;

/// An old shape and the new one that stands in its place.
#[derive(Debug)]
pub(crate) struct Pair<'m> {
    pub(crate) old: ShapeId,
    pub(crate) new: ShapeId,
    /// What was found, and at which spot of the pair.
    pub(crate) facts: Vec<(Spot, Found)>,
    /// The parts of both, in the new one's order and then what is gone; empty if the two shapes
    /// cannot be compared part by part.
    pub(crate) parts: Vec<PartPair<'m>>,
    /// Whether the shapes are taken as wholes: of kinds that have nothing in common.
    pub(crate) mismatch: bool,
    /// How many values of an enum are on both sides.
    pub(crate) values_stayed: usize,
}

impl Pair<'_> {
    /// Whether at least half of what the old shape is made of is in the new one.
    pub(crate) fn is_alike(&self) -> bool {
        let facts = self.facts.iter().map(|(_, found)| &found.kind);
        let values_gone = facts.filter(|kind| **kind == FactKind::EnumValueRemoved);
        let gone = |part: &&PartPair<'_>| part.old.is_some() && part.new.is_none();
        let stayed = self.parts.iter().filter(|part| part.pair.is_some());
        let parts_gone = self.parts.iter().filter(gone).count();
        !self.mismatch && parts_gone <= stayed.count() && values_gone.count() <= self.values_stayed
    }
}

/// Where in a pair a fact was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Spot {
    /// At the shape itself.
    Shape,
    /// At a part, by place.
    Part(usize),
}

/// A part on both sides.
#[derive(Debug)]
pub(crate) struct PartPair<'m> {
    pub(crate) old: Option<&'m Member>,
    pub(crate) new: Option<&'m Member>,
    /// The pair of the targets, if the part is on both sides.
    pub(crate) pair: Option<PairId>,
}

/// All pairs of two models.
pub(crate) struct Pairs<'m> {
    pub(crate) old: &'m Model,
    pub(crate) new: &'m Model,
    pub(crate) all: Vec<Pair<'m>>,
    /// By new shape, the old shape of the same name and their pair.
    same_name: Vec<Option<(ShapeId, PairId)>>,
    /// The pairs of unequal names. Only looked up, never iterated.
    renamed: HashMap<(ShapeId, ShapeId), PairId>,
    /// Whether another order of declaration is a fact.
    pub(crate) order: bool,
    /// How much may still be spent on pairs of unequal names. Real models rename little; a hostile
    /// one could pair every shape with every other.
    budget: usize,
}

/// Pairs of unequal names may cost as often as much as the models themselves.
const RENAMES: usize = 16;

impl<'m> Pairs<'m> {
    /// Compares all shapes of equal names. [`Pairs::pair`] adds what is paired otherwise.
    pub(crate) fn new(old: &'m Model, new: &'m Model, names: &Names, order: bool) -> Self {
        let mut pairs = Self {
            old,
            new,
            all: Vec::with_capacity(new.shapes().len()),
            same_name: vec![None; new.shapes().len()],
            renamed: HashMap::new(),
            order,
            budget: RENAMES * (old.size() + new.size()),
        };
        for (before, after) in names.kept() {
            pairs.same_name[after.index()] = Some((before, pairs.all.len()));
            pairs.push(before, after);
        }
        pairs.compare_from(0);
        pairs
    }

    /// The pair of two shapes; compares them, and what they are made of, if that is still to do.
    pub(crate) fn pair(&mut self, old: ShapeId, new: ShapeId) -> PairId {
        let first = self.all.len();
        let pair = self.add(old, new);
        self.compare_from(first);
        pair
    }

    /// The graph of what the pairs are made of.
    pub(crate) fn graph(&self) -> Graph {
        let parts = self.all.iter().map(|pair| pair.parts.iter());
        Graph::new(parts.map(|parts| parts.filter_map(|part| part.pair)))
    }

    /// The pairs that differ or contain what differs, names of shapes and words aside.
    pub(crate) fn differing(&self, graph: &Graph) -> Vec<bool> {
        let differs =
            |pair: &Pair<'_>| pair.mismatch || pair.facts.iter().any(|(_, found)| found.updates());
        graph.leading(&self.all.iter().map(differs).collect::<Vec<_>>())
    }

    /// Whether both shapes have one name.
    pub(crate) fn same_name(&self, pair: &Pair<'_>) -> bool {
        matches!(self.same_name[pair.new.index()], Some((old, _)) if old == pair.old)
    }

    /// The pair of two shapes, to be compared if it is a new one.
    pub(crate) fn add(&mut self, old: ShapeId, new: ShapeId) -> PairId {
        match self.same_name[new.index()] {
            Some((same, pair)) if same == old => pair,
            _ => {
                let next = self.all.len();
                let pair = *self.renamed.entry((old, new)).or_insert(next);
                if pair == next {
                    self.push(old, new);
                }
                pair
            }
        }
    }

    fn push(&mut self, old: ShapeId, new: ShapeId) {
        self.all.push(Pair {
            old,
            new,
            facts: Vec::new(),
            parts: Vec::new(),
            mismatch: false,
            values_stayed: 0,
        });
    }

    fn compare_from(&mut self, first: PairId) {
        let mut next = first;
        while next < self.all.len() {
            let (old, new) = (self.all[next].old, self.all[next].new);
            let (before, after) = (self.old.shape(old), self.new.shape(new));
            let renamed = !self.same_name(&self.all[next]);
            let cost = 1 + before.parts().len() + after.parts().len();
            if renamed && self.budget < cost {
                // Too much to look into: they count as different, which is on the safe side.
                self.all[next].mismatch = true;
            } else {
                if renamed {
                    self.budget -= cost;
                }
                let compared = shape::compare(self, old, new);
                let pair = &mut self.all[next];
                pair.facts = compared.facts;
                pair.parts = compared.parts;
                pair.mismatch = compared.mismatch;
                pair.values_stayed = compared.values_stayed;
            }
            next += 1;
        }
    }
}

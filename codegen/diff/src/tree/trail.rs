//! Where a walk stands, and what it has made: many operations reach one type, whose tree is made
//! once and then shared.

use std::collections::HashMap;

use super::DEPTH;
use super::budget::Budget;

/// A walk over a graph. What it makes of a node is the same wherever it comes by again, unless the
/// path to the node had a part in it.
pub(super) struct Trail<T> {
    /// The nodes that lead here.
    path: Vec<usize>,
    /// The first place on the path at which something that is being made came to an end.
    first_end: usize,
    /// How long the path has been since something was begun.
    longest: usize,
    /// Only looked up, never iterated.
    known: HashMap<usize, Known<T>>,
}

struct Known<T> {
    made: T,
    /// What it took of the budget.
    cost: usize,
    /// How many nodes it goes down, its own included.
    height: usize,
}

/// What to do at a node.
pub(super) enum Step<T> {
    /// Go into it, and then [`Trail::leave`] it.
    Into(Entry),
    /// Nothing: it was made before.
    Known(T),
    /// Nothing: the path leads through it already.
    Again,
    /// Nothing: the walk has gone far enough.
    Enough,
}

/// How things stood at a node before the walk went into it.
pub(super) struct Entry {
    first_end: usize,
    longest: usize,
    spent: usize,
    refused: usize,
}

impl<T: Clone> Trail<T> {
    pub(super) fn new() -> Self {
        Self {
            path: Vec::new(),
            first_end: usize::MAX,
            longest: 0,
            known: HashMap::new(),
        }
    }

    pub(super) fn enter(&mut self, node: usize, budget: &mut Budget) -> Step<T> {
        let depth = self.path.len();
        if let Some(at) = self.path.iter().position(|one| *one == node) {
            self.first_end = self.first_end.min(at);
            return Step::Again;
        }
        if let Some(known) = self.known.get(&node)
            && depth + known.height <= DEPTH
            && budget.pay_again(known.cost)
        {
            self.longest = self.longest.max(depth + known.height);
            return Step::Known(known.made.clone());
        }
        let (spent, refused) = (budget.spent(), budget.refused());
        if depth >= DEPTH || !budget.pay(0) {
            self.first_end = 0;
            return Step::Enough;
        }
        self.path.push(node);
        Step::Into(Entry {
            first_end: std::mem::replace(&mut self.first_end, usize::MAX),
            longest: std::mem::replace(&mut self.longest, depth + 1),
            spent,
            refused,
        })
    }

    /// Goes back, with what was made.
    pub(super) fn leave(&mut self, entry: &Entry, made: &T, budget: &Budget) {
        let Some(node) = self.path.pop() else { return };
        let depth = self.path.len();
        // What ended at this node or before it is on a cycle with it, and looks otherwise when the
        // walk comes from elsewhere in that cycle.
        if self.first_end > depth && budget.refused() == entry.refused {
            let known = Known {
                made: made.clone(),
                cost: budget.spent() - entry.spent,
                height: self.longest - depth,
            };
            self.known.insert(node, known);
        }
        self.first_end = self.first_end.min(entry.first_end);
        self.longest = self.longest.max(entry.longest);
    }
}

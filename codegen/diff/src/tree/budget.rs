//! What trees may cost: they are for reading, and a model can nest a few shapes so that their whole
//! type is astronomic. A comparison's facts have all of it.

/// About the bytes of one tree: more lines than anyone reads. Of AWS's types few take more.
const TREE: usize = 64 << 10;
/// About the bytes of all trees of a comparison.
const ALL: usize = 1 << 20;
/// What a place costs beside its name.
const PLACE: usize = 16;

/// What may still be spent, on the tree at hand and on all.
#[derive(Debug)]
pub(super) struct Budget {
    tree: usize,
    all: usize,
    /// How often something could not be paid.
    refused: usize,
}

impl Budget {
    pub(super) fn new() -> Self {
        Self {
            tree: TREE,
            all: ALL,
            refused: 0,
        }
    }

    /// Begins another tree.
    pub(super) fn next_tree(&mut self) {
        self.tree = TREE;
    }

    /// Pays for a place and its text, if that can be paid.
    pub(super) fn pay(&mut self, text: usize) -> bool {
        let can = self.pay_again(text.saturating_add(PLACE));
        self.refused += usize::from(!can);
        can
    }

    /// Pays for all of a tree that was made before, if that can be paid.
    pub(super) fn pay_again(&mut self, cost: usize) -> bool {
        let can = cost <= self.tree.min(self.all);
        if can {
            self.tree -= cost;
            self.all -= cost;
        }
        can
    }

    /// What all trees have cost so far.
    pub(super) fn spent(&self) -> usize {
        ALL - self.all
    }

    pub(super) fn refused(&self) -> usize {
        self.refused
    }
}

//! What trees may cost: a model can nest a few shapes so that their whole type is astronomic.

/// About the bytes of one tree. AWS's largest type, in 55,000 places, takes half of it.
const TREE: usize = 4 << 20;
/// About the bytes of all trees of a comparison.
const ALL: usize = 64 << 20;
/// What a place costs beside its name.
const PLACE: usize = 16;

/// What may still be spent, on the tree at hand and on all.
#[derive(Debug)]
pub(super) struct Budget {
    tree: usize,
    all: usize,
}

impl Budget {
    pub(super) fn new() -> Self {
        Self {
            tree: TREE,
            all: ALL,
        }
    }

    /// Begins another tree.
    pub(super) fn next_tree(&mut self) -> &mut Self {
        self.tree = TREE;
        self
    }

    /// Pays for a place and its text, if that can be paid.
    pub(super) fn pay(&mut self, text: usize) -> bool {
        let cost = text.saturating_add(PLACE);
        let can = cost <= self.tree.min(self.all);
        if can {
            self.tree -= cost;
            self.all -= cost;
        }
        can
    }
}

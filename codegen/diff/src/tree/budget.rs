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

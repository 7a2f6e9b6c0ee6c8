//! Which shapes of two models have one name.

use shapewright_model::{Model, ShapeId};

/// The shapes of two models by name.
pub(crate) struct Names {
    /// By new shape, the old one of the same name.
    old_of: Vec<Option<ShapeId>>,
    /// The new shapes whose name is new.
    pub(crate) added: Vec<ShapeId>,
    /// The old shapes whose name is gone.
    pub(crate) removed: Vec<ShapeId>,
}

impl Names {
    pub(crate) fn of(old: &Model, new: &Model) -> Self {
        let mut kept = vec![false; old.shapes().len()];
        let mut old_of = Vec::with_capacity(new.shapes().len());
        let mut added = Vec::new();
        // Revisions list nearly the same names in the same order, so the next one is mostly it.
        let mut next = 0;
        for (id, shape) in new.shapes() {
            let guess = (next < kept.len()).then(|| ShapeId::new(next));
            let found = guess
                .filter(|guess| old.shape(*guess).name == shape.name)
                .or_else(|| old.shape_id(&shape.name));
            match found {
                Some(before) => {
                    kept[before.index()] = true;
                    next = before.index() + 1;
                }
                None => added.push(id),
            }
            old_of.push(found);
        }
        let gone = kept.iter().enumerate().filter(|(_, kept)| !**kept);
        Self {
            old_of,
            added,
            removed: gone.map(|(index, _)| ShapeId::new(index)).collect(),
        }
    }

    /// The shapes that both models have, the old one first.
    pub(crate) fn kept(&self) -> impl Iterator<Item = (ShapeId, ShapeId)> {
        let pairs = self.old_of.iter().enumerate();
        pairs.filter_map(|(new, old)| Some(((*old)?, ShapeId::new(new))))
    }
}

//! A whole type as a tree, for what was added or removed.

use shapewright_model::{Model, ShapeId, ShapeKind};

use super::budget::Budget;
use super::trail::{Step, Trail};
use super::{MORE, Tree, change, more};

/// The whole types of a model's shapes.
pub(super) struct Whole<'m> {
    model: &'m Model,
    /// Over composite shapes.
    trail: Trail<Tree>,
}

impl<'m> Whole<'m> {
    pub(super) fn of(model: &'m Model) -> Self {
        Self {
            model,
            trail: Trail::new(),
        }
    }

    /// The whole type of a shape.
    // Recursive, but never deeper than `DEPTH`.
    pub(super) fn tree(&mut self, id: ShapeId, budget: &mut Budget) -> Tree {
        let shape = self.model.shape(id);
        let kind = &shape.kind;
        if let ShapeKind::Enum(values) = kind {
            let length = values.iter().map(|one| one.value.len() + 3).sum();
            if !budget.pay(length) {
                return more();
            }
            let values: Vec<&str> = values.iter().map(|one| one.value.as_str()).collect();
            return Tree::Text(values.join(" | ").into());
        }
        if shape.parts().is_empty() && !is_fields(kind) {
            return Tree::text(kind.name());
        }
        match self.trail.enter(id.index(), budget) {
            Step::Into(entry) => {
                let tree = self.composite(kind, budget);
                self.trail.leave(&entry, &tree, budget);
                tree
            }
            Step::Known(tree) => tree,
            Step::Again => Tree::text("(recursive)"),
            Step::Enough => more(),
        }
    }

    fn composite(&mut self, kind: &ShapeKind, budget: &mut Budget) -> Tree {
        match kind {
            ShapeKind::List(element) => Tree::List([self.tree(element.target, budget)].into()),
            ShapeKind::Map(parts) => {
                let [key, value] = &**parts;
                let key = match self.tree(key.target, budget) {
                    Tree::Text(name) => name.to_string(),
                    // No service has such a key; its kind is then what there is to say.
                    _ => self.model.shape(key.target).kind.name().to_owned(),
                };
                Tree::object(vec![(key, self.tree(value.target, budget))])
            }
            ShapeKind::Structure(members) | ShapeKind::Union(members) => {
                let mut entries = Vec::new();
                for member in members {
                    if !budget.pay(member.name.len()) {
                        entries.push((MORE.to_owned(), more()));
                        break;
                    }
                    let tree = self.tree(member.target, budget);
                    entries.push((change::member_key(&member.name), tree));
                }
                Tree::object(entries)
            }
            other => Tree::text(other.name()),
        }
    }
}

fn is_fields(kind: &ShapeKind) -> bool {
    matches!(kind, ShapeKind::Structure(_) | ShapeKind::Union(_))
}

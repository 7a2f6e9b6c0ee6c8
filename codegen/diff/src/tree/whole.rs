//! A whole type as a tree, for what was added or removed.

use shapewright_model::{Model, ShapeId, ShapeKind};

use super::budget::Budget;
use super::{DEPTH, MORE, Tree, change, more};

/// The whole type of a shape.
pub(super) fn whole(model: &Model, shape: ShapeId, budget: &mut Budget) -> Tree {
    let mut walk = Walk {
        model,
        path: Vec::new(),
        budget,
    };
    walk.tree(shape)
}

struct Walk<'m, 'b> {
    model: &'m Model,
    /// The composite shapes that lead here.
    path: Vec<ShapeId>,
    budget: &'b mut Budget,
}

impl Walk<'_, '_> {
    // Recursive, but never deeper than `DEPTH`.
    fn tree(&mut self, id: ShapeId) -> Tree {
        let shape = self.model.shape(id);
        let kind = &shape.kind;
        if let ShapeKind::Enum(values) = kind {
            let length = values.iter().map(|one| one.value.len() + 3).sum();
            if !self.budget.pay(length) {
                return more();
            }
            let values: Vec<&str> = values.iter().map(|one| one.value.as_str()).collect();
            return Tree::Text(values.join(" | "));
        }
        if shape.parts().is_empty() && !is_fields(kind) {
            return Tree::Text(kind.name().to_owned());
        }
        if self.path.contains(&id) {
            return Tree::Text("(recursive)".to_owned());
        }
        if self.path.len() >= DEPTH || !self.budget.pay(0) {
            return more();
        }
        self.path.push(id);
        let tree = self.composite(kind);
        self.path.pop();
        tree
    }

    fn composite(&mut self, kind: &ShapeKind) -> Tree {
        match kind {
            ShapeKind::List(element) => Tree::List(vec![self.tree(element.target)]),
            ShapeKind::Map(parts) => {
                let [key, value] = &**parts;
                let key = match self.tree(key.target) {
                    Tree::Text(name) => name,
                    // No service has such a key; its kind is then what there is to say.
                    _ => self.model.shape(key.target).kind.name().to_owned(),
                };
                Tree::Object(vec![(key, self.tree(value.target))])
            }
            ShapeKind::Structure(members) | ShapeKind::Union(members) => {
                let mut entries = Vec::new();
                for member in members {
                    if !self.budget.pay(member.name.len()) {
                        entries.push((MORE.to_owned(), more()));
                        break;
                    }
                    let tree = self.tree(member.target);
                    entries.push((change::member_key(&member.name), tree));
                }
                Tree::Object(entries)
            }
            other => Tree::Text(other.name().to_owned()),
        }
    }
}

fn is_fields(kind: &ShapeKind) -> bool {
    matches!(kind, ShapeKind::Structure(_) | ShapeKind::Union(_))
}

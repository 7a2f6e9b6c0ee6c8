//! A whole type as a tree, for what was added or removed.

use shapewright_model::{Model, ShapeId, ShapeKind};

use super::{DEPTH, Tree, change};

/// The whole type of a shape. `visits` is what may still be spent on it.
pub(super) fn whole(model: &Model, shape: ShapeId, visits: &mut usize) -> Tree {
    let mut walk = Walk {
        model,
        path: Vec::new(),
        visits,
    };
    walk.tree(shape)
}

struct Walk<'m, 'v> {
    model: &'m Model,
    /// The composite shapes that lead here.
    path: Vec<ShapeId>,
    visits: &'v mut usize,
}

impl Walk<'_, '_> {
    // Recursive, but never deeper than `DEPTH`.
    fn tree(&mut self, id: ShapeId) -> Tree {
        let shape = self.model.shape(id);
        match &shape.kind {
            ShapeKind::Enum(values) => {
                let values: Vec<&str> = values.iter().map(|one| one.value.as_str()).collect();
                return Tree::Text(values.join(" | "));
            }
            kind if shape.parts().is_empty() && !is_fields(kind) => {
                return Tree::Text(kind.name().to_owned());
            }
            _ => {}
        }
        if self.path.contains(&id) {
            return Tree::Text("(recursive)".to_owned());
        }
        if self.path.len() >= DEPTH || *self.visits == 0 {
            return Tree::Text("(more)".to_owned());
        }
        self.path.push(id);
        let tree = self.composite(&shape.kind);
        self.path.pop();
        tree
    }

    fn composite(&mut self, kind: &ShapeKind) -> Tree {
        match kind {
            ShapeKind::List(element) => {
                self.spend();
                Tree::List(vec![self.tree(element.target)])
            }
            ShapeKind::Map(parts) => {
                self.spend();
                let [key, value] = &**parts;
                let key = match self.tree(key.target) {
                    Tree::Text(name) => name,
                    // No service has such a key; its kind is then what there is to say.
                    _ => self.model.shape(key.target).kind.name().to_owned(),
                };
                Tree::Object(vec![(key, self.tree(value.target))])
            }
            ShapeKind::Structure(members) | ShapeKind::Union(members) => {
                let mut entries = Vec::with_capacity(members.len().min(*self.visits));
                for member in members {
                    if *self.visits == 0 {
                        entries.push(("(more)".to_owned(), Tree::Text("(more)".to_owned())));
                        break;
                    }
                    self.spend();
                    let tree = self.tree(member.target);
                    entries.push((change::member_key(&member.name), tree));
                }
                Tree::Object(entries)
            }
            other => Tree::Text(other.name().to_owned()),
        }
    }

    fn spend(&mut self) {
        *self.visits = self.visits.saturating_sub(1);
    }
}

fn is_fields(kind: &ShapeKind) -> bool {
    matches!(kind, ShapeKind::Structure(_) | ShapeKind::Union(_))
}

//! What a service consists of: its operations, and the shapes that these reach. A file may hold
//! more, such as definitions of traits; C2J has none of that.

use std::collections::BTreeSet;

use super::ast::Ast;
use super::keys::LIFECYCLE;
use super::prelude;

/// The ids of a service's shapes.
pub(super) struct Closure<'j> {
    pub(super) operations: BTreeSet<&'j str>,
    pub(super) resources: BTreeSet<&'j str>,
    /// Of values, those of the prelude included.
    pub(super) values: BTreeSet<&'j str>,
}

impl<'j> Closure<'j> {
    pub(super) fn of(ast: &Ast<'j>) -> Self {
        let mut closure = Self {
            operations: BTreeSet::new(),
            resources: BTreeSet::new(),
            values: BTreeSet::new(),
        };
        closure.add_operations(ast);
        closure.add_values(ast);
        closure
    }

    /// The service's own operations and those of its resources, however deep.
    fn add_operations(&mut self, ast: &Ast<'j>) {
        let mut open = vec![ast.service];
        while let Some(id) = open.pop() {
            let Some(item) = ast.item(id) else {
                continue;
            };
            for key in ["operations", "collectionOperations"] {
                self.operations.extend(item.targets(key));
            }
            self.operations
                .extend(LIFECYCLE.iter().filter_map(|key| item.target(key)));
            open.extend(
                item.targets("resources")
                    .filter(|resource| self.resources.insert(resource)),
            );
        }
    }

    fn add_values(&mut self, ast: &Ast<'j>) {
        let mut open: Vec<&'j str> = Vec::new();
        for id in self.operations.iter().chain([&ast.service]) {
            if let Some(item) = ast.item(id) {
                let ends = ["input", "output"].into_iter();
                let ends = ends.filter_map(|key| item.target(key));
                open.extend(ends.filter(|id| *id != prelude::UNIT));
                open.extend(item.targets("errors"));
            }
        }
        while let Some(id) = open.pop() {
            if self.values.insert(id)
                && let Some(item) = ast.item(id)
                && !matches!(item.kind, "enum" | "intEnum")
            {
                open.extend(item.parts.iter().map(|part| part.target));
            }
        }
    }
}

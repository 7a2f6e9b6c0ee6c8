//! The names that shapes have without their namespaces.

use std::collections::BTreeMap;

use super::ast::{Ast, Item};
use super::closure::Closure;
use super::prelude;
use crate::check::Checker;
use crate::json::Json;
use crate::problem::Code;

/// The name of each shape of a service, by id.
pub(super) struct Names<'j>(BTreeMap<&'j str, String>);

/// Traits that change nothing about a plain shape.
const WORDS: [&str; 4] = [
    "smithy.api#documentation",
    "smithy.api#externalDocumentation",
    "smithy.api#tags",
    "smithy.api#title",
];

impl<'j> Names<'j> {
    /// Names all shapes of a closure: as the service renames them, else by their ids' last parts.
    pub(super) fn of(checker: &mut Checker<'_>, ast: &Ast<'j>, closure: &Closure<'j>) -> Self {
        let rename = ast
            .item(ast.service)
            .and_then(|item| item.json.get("rename"));
        let mut names = BTreeMap::new();
        let mut taken: BTreeMap<String, &'j str> = BTreeMap::new();
        let (own, of_prelude): (Vec<&'j str>, Vec<&'j str>) = closure
            .values
            .iter()
            .copied()
            .partition(|id| ast.item(id).is_some());
        for id in own {
            let renamed = rename
                .and_then(|rename| rename.get(id))
                .and_then(Json::as_str);
            let name = renamed.unwrap_or_else(|| local(id));
            if let Some(other) = taken.insert(name.to_owned(), id) {
                collision(checker, id, other, name);
            }
            names.insert(id, name.to_owned());
        }
        for id in of_prelude {
            let name = local(id);
            let is_same = |own: &&str| {
                let item = ast.item(own);
                let kind = prelude::shape(id).map(|shape| shape.kind);
                let is_plain = |item: &Item<'_>| item.traits.without(&WORDS).is_empty();
                item.is_some_and(|item| Some(item.kind) == kind && is_plain(item))
            };
            // A plain shape of the service's own says the same, be it in words; any other keeps
            // its name.
            let name = match taken.get(name) {
                Some(own) if !is_same(own) => format!("Prelude{name}"),
                _ => name.to_owned(),
            };
            names.insert(id, name);
        }
        Self(names)
    }

    /// The name of a shape of the closure.
    pub(super) fn get(&self, id: &str) -> String {
        self.0
            .get(id)
            .cloned()
            .unwrap_or_else(|| local(id).to_owned())
    }
}

/// The last part of an id.
pub(super) fn local(id: &str) -> &str {
    id.split_once('#').map_or(id, |(_, name)| name)
}

/// Says that two shapes, or two operations, would have one name.
pub(super) fn collision(checker: &mut Checker<'_>, id: &str, other: &str, name: &str) {
    checker.at("shapes", |checker| {
        checker.at(id, |checker| {
            checker.report(
                Code::NameCollision,
                format!(
                    "without its namespace it is `{}`, as is `{}`",
                    name.escape_debug(),
                    other.escape_debug()
                ),
                "give one of the two another name in the service's `rename`".to_owned(),
            );
        });
    });
}

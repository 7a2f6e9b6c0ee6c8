//! What the tables of keys cannot tell: whether each target is there and of the kind that its use
//! asks for.

use std::collections::HashMap;

use super::keys::{LIFECYCLE, is_data};
use super::prelude;
use crate::check::Checker;
use crate::json::Json;
use crate::problem::Code;

/// What a target must be.
#[derive(Clone, Copy)]
enum Wanted<'a> {
    /// A value.
    Data,
    /// A shape of this type.
    Type(&'a str),
}

/// Reports every target that is not defined or of a wrong kind, and a file without just one service.
pub(super) fn references(checker: &mut Checker<'_>, json: &Json<'_>) {
    version(checker, json);
    let entries = json.get("shapes").map_or(&[][..], Json::entries);
    let types = entries
        .iter()
        .map(|(id, shape)| (id.as_ref(), shape.get("type").and_then(Json::as_str)));
    let check = Check {
        types: types.collect(),
    };
    checker.at("shapes", |checker| {
        check.services(checker);
        for (id, shape) in entries {
            checker.at(id, |checker| check.shape(checker, id, shape));
        }
    });
}

fn version(checker: &mut Checker<'_>, json: &Json<'_>) {
    let Some(version) = json.get("smithy").and_then(Json::as_str) else {
        return;
    };
    if !matches!(version.split('.').next(), Some("1" | "2")) {
        checker.at("smithy", |checker| {
            checker.report(
                Code::UnknownVersion,
                format!("`{}` is not a version that is read", version.escape_debug()),
                "write the model as Smithy 2.0".to_owned(),
            );
        });
    }
}

struct Check<'j> {
    types: HashMap<&'j str, Option<&'j str>>,
}

impl Check<'_> {
    fn services(&self, checker: &mut Checker<'_>) {
        let mut services: Vec<&str> = self
            .types
            .iter()
            .filter(|(_, kind)| **kind == Some("service"))
            .map(|(id, _)| *id)
            .collect();
        services.sort_unstable();
        if services.is_empty() {
            checker.report(
                Code::MissingService,
                "no shape is a service".to_owned(),
                "take the file that has the service; others may hold what it shares".to_owned(),
            );
        }
        for extra in services.iter().skip(1) {
            checker.at(extra, |checker| {
                checker.report(
                    Code::SeveralServices,
                    "the file has a second service".to_owned(),
                    "write a file a service: a projection that includes one of them".to_owned(),
                );
            });
        }
    }

    fn shape(&self, checker: &mut Checker<'_>, id: &str, shape: &Json<'_>) {
        let kind = shape.get("type").and_then(Json::as_str).unwrap_or_default();
        if kind == "apply" {
            return self.applied(checker, id);
        }
        self.each(checker, shape, "mixins", Wanted::Type(kind));
        match kind {
            "structure" | "union" => {
                self.named(checker, shape, "members", Wanted::Data);
            }
            "list" | "set" => self.part(checker, shape, "member"),
            "map" => {
                self.part(checker, shape, "key");
                self.part(checker, shape, "value");
            }
            "operation" => {
                for key in ["input", "output"] {
                    self.one(checker, shape, key, Wanted::Type("structure"));
                }
                self.each(checker, shape, "errors", Wanted::Type("structure"));
            }
            "service" => {
                self.each(checker, shape, "operations", Wanted::Type("operation"));
                self.each(checker, shape, "resources", Wanted::Type("resource"));
                self.each(checker, shape, "errors", Wanted::Type("structure"));
            }
            "resource" => {
                for key in LIFECYCLE {
                    self.one(checker, shape, key, Wanted::Type("operation"));
                }
                for key in ["operations", "collectionOperations"] {
                    self.each(checker, shape, key, Wanted::Type("operation"));
                }
                self.each(checker, shape, "resources", Wanted::Type("resource"));
                self.named(checker, shape, "identifiers", Wanted::Data);
                self.named(checker, shape, "properties", Wanted::Data);
            }
            _ => {}
        }
    }

    /// What an `apply` statement is about: a shape, or a member after `$`.
    fn applied(&self, checker: &mut Checker<'_>, id: &str) {
        let shape = id.split('$').next().unwrap_or(id);
        let is_apply = self.types.get(shape) == Some(&Some("apply"));
        if prelude::shape(shape).is_none() && (is_apply || !self.types.contains_key(shape)) {
            self.dangling(checker, shape);
        }
    }

    /// A part that must be there, unless a mixin gives it.
    fn part(&self, checker: &mut Checker<'_>, shape: &Json<'_>, key: &str) {
        if shape.get(key).is_none() && shape.get("mixins").is_none() {
            checker.report(
                Code::MissingKey,
                format!("`{key}` is missing"),
                format!("add `{key}`; every shape of this type has it"),
            );
        }
        self.one(checker, shape, key, Wanted::Data);
    }

    fn one(&self, checker: &mut Checker<'_>, shape: &Json<'_>, key: &str, wanted: Wanted<'_>) {
        if let Some(json) = shape.get(key) {
            checker.at(key, |checker| self.target(checker, json, wanted));
        }
    }

    fn each(&self, checker: &mut Checker<'_>, shape: &Json<'_>, key: &str, wanted: Wanted<'_>) {
        let items = shape.get(key).map_or(&[][..], Json::items);
        checker.at(key, |checker| {
            for (at, json) in items.iter().enumerate() {
                checker.at_index(at, |checker| self.target(checker, json, wanted));
            }
        });
    }

    fn named(&self, checker: &mut Checker<'_>, shape: &Json<'_>, key: &str, wanted: Wanted<'_>) {
        let entries = shape.get(key).map_or(&[][..], Json::entries);
        checker.at(key, |checker| {
            for (name, json) in entries {
                checker.at(name, |checker| self.target(checker, json, wanted));
            }
        });
    }

    fn target(&self, checker: &mut Checker<'_>, json: &Json<'_>, wanted: Wanted<'_>) {
        let Some(id) = json.get("target").and_then(Json::as_str) else {
            return;
        };
        let kind = match self.types.get(id) {
            Some(Some(kind)) => kind,
            // That it has no type was reported there.
            Some(None) => return,
            None => match prelude::shape(id) {
                Some(prelude) => prelude.kind,
                None => {
                    return checker.at("target", |checker| self.dangling(checker, id));
                }
            },
        };
        let (fits, expected) = match wanted {
            Wanted::Data => (is_data(kind), "a value"),
            Wanted::Type(expected) => (kind == expected, expected),
        };
        if !fits {
            checker.at("target", |checker| {
                checker.report(
                    Code::WrongTarget,
                    format!(
                        "`{}` is of type {}, where {expected} is expected",
                        id.escape_debug(),
                        kind.escape_debug()
                    ),
                    "name another shape, or change the type of this one".to_owned(),
                );
            });
        }
    }

    fn dangling(&self, checker: &mut Checker<'_>, id: &str) {
        let local = |id: &str| id.rsplit('#').next().unwrap_or(id).to_ascii_lowercase();
        let wanted = local(id);
        let near = self
            .types
            .keys()
            .filter(|known| local(known) == wanted)
            .min();
        let help = match near {
            Some(near) => format!(
                "define it under `shapes`; did you mean `{}`?",
                near.escape_debug()
            ),
            None => "define it under `shapes`".to_owned(),
        };
        checker.report(
            Code::DanglingReference,
            format!("the shape `{}` is not defined", id.escape_debug()),
            help,
        );
    }
}

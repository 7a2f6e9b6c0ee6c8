//! Builds the typed model from checked C2J files.

use std::cell::OnceCell;

use foldhash::{HashMap, HashSet};

use serde_json::{Number, Value};

use super::keys;
use super::{FileKind, Prose, Source, siblings};
use crate::check::Checker;
use crate::json::{self, Json};
use crate::level::{Form, Level};
use crate::model::{EnumValue, Member, Model, Operation, Reference, Shape, ShapeId, ShapeKind};
use crate::problem::{Code, Problem, Severity};
use crate::traits::{TraitName, Traits};

/// What reading gives: a model and the warnings on the way to it.
#[derive(Clone, Debug)]
pub struct Reading {
    /// The model.
    pub model: Model,
    /// Problems that did not prevent it, ordered by place.
    pub warnings: Vec<Problem>,
}

/// Reads a service from its files, of which `service-2.json` must be one.
///
/// # Errors
/// All problems of all files, warnings included, if at least one is an error.
pub fn read(files: &[Source<'_>], prose: Prose) -> Result<Reading, Vec<Problem>> {
    let mut model = Model::default();
    let mut problems = Vec::new();
    let service_first = FileKind::ALL
        .iter()
        .flat_map(|kind| files.iter().filter(move |source| source.kind == *kind));
    for source in service_first {
        let mut found = Vec::new();
        match json::parse(source.name, source.bytes, prose, &mut found) {
            Ok(mut json) => {
                let mut checker = Checker::new(source.name);
                checker.file(source.kind.level(), &mut json);
                match source.kind {
                    FileKind::Service => model = service(&mut checker, &json),
                    _ => siblings::add(&mut model, source.kind, &mut checker, &json),
                }
                found.extend(checker.into_problems());
            }
            Err(problem) => found.push(problem),
        }
        json::place_all(source.bytes, &mut found);
        found.sort_by_key(|problem| problem.place.as_ref().map(|place| place.bytes.start));
        problems.extend(found);
    }
    if problems
        .iter()
        .any(|problem| problem.severity() == Severity::Error)
    {
        return Err(problems);
    }
    Ok(Reading {
        model,
        warnings: problems,
    })
}

/// The model of a `service-2.json`. Where the check found an error, the model has a stopgap: the
/// caller drops it, but problems of other places come to light.
fn service(checker: &mut Checker<'_>, json: &Json<'_>) -> Model {
    let none = Json::Null;
    let entries_of = |key| json.get(key).unwrap_or(&none).entries();

    let mut sorted: Vec<_> = entries_of("shapes").iter().collect();
    sorted.sort_by(|(one, _), (other, _)| one.cmp(other));
    sorted.dedup_by(|(one, _), (other, _)| one == other);
    let ids = sorted
        .iter()
        .enumerate()
        .map(|(index, (name, _))| (&**name, ShapeId::new(index)));
    let structures = sorted.iter().filter(|(_, json)| is_structure(json));
    let names = Names {
        ids: ids.collect(),
        sorted: sorted.iter().map(|(name, _)| &**name).collect(),
        structures: structures.map(|(name, _)| &**name).collect(),
        lowercase: OnceCell::new(),
    };

    let shapes = checker.at("shapes", |checker| {
        let read = sorted
            .iter()
            .map(|(name, json)| checker.at(name, |checker| names.shape(checker, name, json)));
        read.collect()
    });
    let mut operations: Vec<_> = checker.at("operations", |checker| {
        let read = entries_of("operations")
            .iter()
            .map(|(key, json)| checker.at(key, |checker| names.operation(checker, key, json)));
        read.collect()
    });
    operations.sort_by(|one, other| one.key.cmp(&other.key));

    let mut model = Model::new(shapes);
    model.operations = operations;
    model.service = traits(&keys::SERVICE, json);
    model.metadata = traits(&keys::METADATA, json.get("metadata").unwrap_or(&none));
    checker.size(&model, "operations");
    model
}

/// The traits among the entries of an object.
pub(super) fn traits(level: &'static Level, json: &Json<'_>) -> Traits {
    let mut found = Vec::new();
    for (name, value) in json.entries() {
        if *value == Json::Skipped {
            continue;
        }
        let (name, form) = match level.key(name) {
            Some(key) => match &key.becomes {
                Some(known) => (known.clone(), key.form),
                None => continue,
            },
            None => (TraitName::Unknown(name.as_ref().into()), Form::Any),
        };
        found.push((name, trait_value(form, value)));
    }
    found.into_iter().collect()
}

/// A trait's value: numbers that an old model wrote as strings are numbers.
fn trait_value(form: Form, json: &Json<'_>) -> Value {
    match (form, json) {
        (Form::Integer | Form::Number, Json::String(text)) => text
            .parse::<i64>()
            .map(Number::from)
            .ok()
            .or_else(|| Number::from_f64(text.parse().ok()?))
            .map_or_else(|| Value::String(text.to_string()), Value::Number),
        (Form::Record(level), Json::Object(entries)) => {
            let entries = entries.iter().map(|(name, value)| {
                let form = level.key(name).map_or(Form::Any, |key| key.form);
                (name.to_string(), trait_value(form, value))
            });
            Value::Object(entries.collect())
        }
        _ => json.to_value(),
    }
}

fn is_structure(json: &Json<'_>) -> bool {
    let flag = |key| json.get(key) == Some(&Json::Bool(true));
    json.get("type").and_then(Json::as_str) == Some("structure")
        && !["document", "eventstream", "union"]
            .iter()
            .any(|key| flag(key))
}

/// The places of members by name, where so many are required that looking for each takes long.
fn places_of(members: &[Member], required: usize) -> Option<HashMap<String, usize>> {
    const MANY: usize = 32;
    let places = || {
        // Of a name that stands twice the first counts.
        let places = members.iter().enumerate().rev();
        places
            .map(|(at, member)| (member.name.clone(), at))
            .collect()
    };
    (required > MANY).then(places)
}

/// The shapes that a file defines, by name.
struct Names<'j> {
    ids: HashMap<&'j str, ShapeId>,
    sorted: Vec<&'j str>,
    /// Those of structures, without documents and unions.
    structures: HashSet<&'j str>,
    /// The first of the names that are one in lower case.
    lowercase: OnceCell<HashMap<String, &'j str>>,
}

impl Names<'_> {
    fn shape(&self, checker: &mut Checker<'_>, name: &str, json: &Json<'_>) -> Shape {
        let shape_type = json.get("type").and_then(Json::as_str).unwrap_or_default();
        let flag = |key| json.get(key) == Some(&Json::Bool(true));
        let kind = match shape_type {
            "blob" => ShapeKind::Blob,
            "boolean" => ShapeKind::Boolean,
            "double" => ShapeKind::Double,
            "float" => ShapeKind::Float,
            "integer" => ShapeKind::Integer,
            "long" => ShapeKind::Long,
            "timestamp" => ShapeKind::Timestamp,
            "list" => ShapeKind::List(Box::new(self.part(checker, "member", json))),
            "map" => ShapeKind::Map(Box::new([
                self.part(checker, "key", json),
                self.part(checker, "value", json),
            ])),
            "structure" if flag("document") => ShapeKind::Document,
            "structure" if flag("union") => ShapeKind::Union(self.members(checker, json)),
            "structure" => ShapeKind::Structure(self.members(checker, json)),
            _ => match json.get("enum") {
                Some(values) => ShapeKind::Enum(enum_values(values)),
                None => ShapeKind::String,
            },
        };
        let level = keys::shape_level(shape_type);
        let traits = level.map(|level| traits(level, json)).unwrap_or_default();
        Shape {
            name: name.to_owned(),
            kind,
            traits,
        }
    }

    fn members(&self, checker: &mut Checker<'_>, json: &Json<'_>) -> Vec<Member> {
        let entries = json.get("members").map_or(&[][..], Json::entries);
        let mut members: Vec<Member> = checker.at("members", |checker| {
            let read = entries.iter().map(|(name, json)| {
                checker.at(name, |checker| {
                    self.member(checker, &keys::MEMBER, name, json)
                })
            });
            read.collect()
        });
        let required = json.get("required").map_or(&[][..], Json::items);
        let places = places_of(&members, required.len());
        for (at, name) in required.iter().enumerate() {
            let Some(name) = name.as_str() else { continue };
            let place = match &places {
                Some(places) => places.get(name).copied(),
                None => members.iter().position(|member| member.name == name),
            };
            match place {
                Some(place) => {
                    let traits = &mut members[place].traits;
                    traits.insert(TraitName::Required, Value::Bool(true));
                }
                None => checker.at("required", |checker| {
                    checker.at_index(at, |checker| {
                        checker.report(
                            Code::RequiredUnknownMember,
                            format!("`{}` is required but is no member", name.escape_debug()),
                            "add the member, or take it out of `required`".to_owned(),
                        );
                    });
                }),
            }
        }
        members
    }

    fn part(&self, checker: &mut Checker<'_>, name: &str, json: &Json<'_>) -> Member {
        let json = json.get(name).unwrap_or(&Json::Null);
        checker.at(name, |checker| {
            self.member(checker, &keys::PART, name, json)
        })
    }

    fn member(
        &self,
        checker: &mut Checker<'_>,
        level: &'static Level,
        name: &str,
        json: &Json<'_>,
    ) -> Member {
        let Reference { target, traits } = self.reference(checker, level, json);
        Member {
            name: name.to_owned(),
            target,
            traits,
        }
    }

    fn reference(
        &self,
        checker: &mut Checker<'_>,
        level: &'static Level,
        json: &Json<'_>,
    ) -> Reference {
        let name = json.get("shape").and_then(Json::as_str);
        let target = name.and_then(|name| self.ids.get(name).copied());
        if let (Some(name), None) = (name, target) {
            checker.at("shape", |checker| {
                checker.report(
                    Code::DanglingReference,
                    format!("the shape `{}` is not defined", name.escape_debug()),
                    match self.nearest(name) {
                        Some(near) => format!("define it under `shapes`; did you mean `{near}`?"),
                        None => "define it under `shapes`".to_owned(),
                    },
                );
            });
        }
        Reference {
            target: target.unwrap_or(ShapeId::new(0)),
            traits: traits(level, json),
        }
    }

    /// A defined name that differs in the case of letters alone.
    fn nearest(&self, name: &str) -> Option<String> {
        // Made for the first name that is not defined: next to no file has one, and one made to take
        // long has a million.
        let lowercase = self.lowercase.get_or_init(|| {
            let mut lowercase: HashMap<String, &str> = HashMap::default();
            for known in &self.sorted {
                lowercase.entry(known.to_ascii_lowercase()).or_insert(known);
            }
            lowercase
        });
        let near = lowercase.get(&name.to_ascii_lowercase());
        near.map(|name| name.escape_debug().to_string())
    }

    /// What an operation sends, receives or fails with: the wire knows nothing but structures there.
    fn side(&self, checker: &mut Checker<'_>, level: &'static Level, json: &Json<'_>) -> Reference {
        let found = self.reference(checker, level, json);
        let name = json.get("shape").and_then(Json::as_str).unwrap_or_default();
        if self.ids.contains_key(name) && !self.structures.contains(name) {
            checker.at("shape", |checker| {
                checker.report(
                    Code::WrongTarget,
                    format!("the shape `{}` is no structure", name.escape_debug()),
                    "name a structure; an operation sends, receives and fails with such alone"
                        .to_owned(),
                );
            });
        }
        found
    }

    fn operation(&self, checker: &mut Checker<'_>, key: &str, json: &Json<'_>) -> Operation {
        let mut reference = |key: &str, level| {
            let json = json.get(key)?;
            Some(checker.at(key, |checker| self.side(checker, level, json)))
        };
        let input = reference("input", &keys::INPUT);
        let output = reference("output", &keys::OUTPUT);
        let errors = checker.at("errors", |checker| {
            let items = json
                .get("errors")
                .map_or(&[][..], Json::items)
                .iter()
                .enumerate();
            let read = items.map(|(at, json)| {
                checker.at_index(at, |checker| {
                    self.side(checker, &keys::ERROR_REFERENCE, json)
                })
            });
            read.collect()
        });
        let http = |key| {
            let value = json
                .get("http")
                .and_then(|http| http.get(key))
                .and_then(Json::as_str);
            value.unwrap_or_default().to_owned()
        };
        Operation {
            key: key.to_owned(),
            name: json
                .get("name")
                .and_then(Json::as_str)
                .unwrap_or(key)
                .to_owned(),
            http_method: http("method"),
            http_uri: http("requestUri"),
            input,
            output,
            errors,
            traits: traits(&keys::OPERATION, json),
        }
    }
}

fn enum_values(values: &Json<'_>) -> Vec<EnumValue> {
    let values = values.items().iter().filter_map(Json::as_str);
    values
        .map(|value| EnumValue {
            value: value.to_owned(),
            traits: Traits::default(),
        })
        .collect()
}

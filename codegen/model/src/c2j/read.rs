//! Builds the typed model from checked C2J files.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::sync::Arc;

use foldhash::HashMap;

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
        let mut found = file(source, prose, |checker, json| match source.kind {
            FileKind::Service => model = service(checker, json),
            _ => siblings::add(&mut model, source.kind, checker, json),
        });
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

/// Parses and checks a file, and has it read. Gives its problems, without their places.
pub(super) fn file(
    source: &Source<'_>,
    prose: Prose,
    read: impl FnOnce(&mut Checker<'_>, &Json<'_>),
) -> Vec<Problem> {
    let mut found = Vec::new();
    match json::parse(source.name, source.bytes, prose, &mut found) {
        Ok(mut json) => {
            let mut checker = Checker::new(source.name);
            checker.file(source.kind.level(), &mut json);
            read(&mut checker, &json);
            found.extend(checker.into_problems());
        }
        Err(problem) => found.push(problem),
    }
    found
}

/// The model of a `service-2.json`. Where the check found an error, the model has a stopgap: the
/// caller drops it, but problems of other places come to light.
fn service(checker: &mut Checker<'_>, json: &Json<'_>) -> Model {
    let mut sorted: Vec<_> = entries_of(json, "shapes").iter().collect();
    sorted.sort_by(|(one, _), (other, _)| one.cmp(other));
    sorted.dedup_by(|(one, _), (other, _)| one == other);
    let names = Names::of(
        sorted
            .iter()
            .map(|(name, json)| (&**name, is_structure(json))),
    );

    let shapes = checker.at("shapes", |checker| {
        let read = sorted.iter().map(|(name, json)| {
            let read = checker.at(name, |checker| names.shape(checker, name, json));
            Arc::new(read)
        });
        read.collect()
    });
    let mut model = Model::of_shared(shapes);
    model.operations = names.operations(checker, json);
    rest(checker, &mut model, json);
    model
}

/// The entries of a table of the file; none if it is missing.
pub(super) fn entries_of<'a, 'j>(json: &'a Json<'j>, key: &str) -> &'a [(Cow<'j, str>, Json<'j>)] {
    json.get(key).map_or(&[][..], Json::entries)
}

/// Adds what stands beside operations and shapes, and has the whole measured.
pub(super) fn rest(checker: &mut Checker<'_>, model: &mut Model, json: &Json<'_>) {
    model.service = traits(&keys::SERVICE, json);
    model.metadata = traits(&keys::METADATA, json.get("metadata").unwrap_or(&Json::Null));
    checker.size(model, "operations");
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

pub(super) fn is_structure(json: &Json<'_>) -> bool {
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
pub(super) struct Names<'j> {
    /// Each with whether it is a structure, and neither document nor union.
    sorted: Vec<(&'j str, bool)>,
    /// Made for the first name that is asked for.
    ids: OnceCell<HashMap<&'j str, ShapeId>>,
    /// The first of the names that are one in lower case.
    lowercase: OnceCell<HashMap<String, &'j str>>,
}

impl<'j> Names<'j> {
    /// Of names in order, each with whether it is of a structure.
    pub(super) fn of(sorted: impl Iterator<Item = (&'j str, bool)>) -> Self {
        Self {
            sorted: sorted.collect(),
            ids: OnceCell::new(),
            lowercase: OnceCell::new(),
        }
    }

    fn id(&self, name: &str) -> Option<ShapeId> {
        let ids = self.ids.get_or_init(|| {
            let names = self.sorted.iter().enumerate();
            let ids = names.map(|(index, (name, _))| (*name, ShapeId::new(index)));
            ids.collect()
        });
        ids.get(name).copied()
    }

    /// Whether an operation may send, receive or fail with this shape.
    pub(super) fn is_structure(&self, id: ShapeId) -> bool {
        self.sorted.get(id.index()).is_some_and(|(_, is)| *is)
    }

    /// The operations of a file, ordered by key.
    pub(super) fn operations(
        &self,
        checker: &mut Checker<'_>,
        json: &Json<'_>,
    ) -> Vec<Arc<Operation>> {
        let mut operations: Vec<_> = checker.at("operations", |checker| {
            let entries = entries_of(json, "operations").iter();
            let read = entries.map(|(key, json)| {
                let read = checker.at(key, |checker| self.operation(checker, key, json));
                Arc::new(read)
            });
            read.collect()
        });
        operations.sort_by(|one, other| one.key.cmp(&other.key));
        operations
    }

    pub(super) fn shape(&self, checker: &mut Checker<'_>, name: &str, json: &Json<'_>) -> Shape {
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
        let target = name.and_then(|name| self.id(name));
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
            for (known, _) in &self.sorted {
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
        if self.id(name).is_some_and(|id| !self.is_structure(id)) {
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

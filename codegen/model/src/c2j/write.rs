//! Writes a model as C2J files, whatever dialect it was read from.
//!
//! What C2J has no key for is left out: facts that Smithy alone states, under their full ids.

use std::borrow::Cow;

use super::canonical::{Canonical, of_tree};
use super::{FileKind, keys};
use crate::json::{Entries, Json};
use crate::level::Level;
use crate::model::{EnumValue, Member, Model, Operation, Reference, Shape, ShapeKind, Waiter};
use crate::traits::{TraitName, Traits};

/// The files that state what a model does, in the form in which they are stored.
pub fn write(model: &Model) -> Vec<(FileKind, Canonical)> {
    FileKind::ALL
        .into_iter()
        .filter_map(|kind| Some((kind, of_tree(kind, &tree(model, kind)?))))
        .collect()
}

/// A file's content; none for a file that the model has not.
fn tree(model: &Model, kind: FileKind) -> Option<Json<'_>> {
    match kind {
        FileKind::Service => Some(service(model)),
        FileKind::Paginators => {
            let paginators = model.paginators.iter();
            let entry = |traits| Json::Object(written(&keys::PAGINATOR, traits));
            let entries = paginators.map(|(key, one)| (text(key), entry(&one.traits)));
            table(model, kind, "pagination", entries.collect())
        }
        FileKind::Waiters => {
            let waiters = model
                .waiters
                .iter()
                .filter(|(_, waiter)| is_writable(waiter));
            let entry = |traits| Json::Object(written(&keys::WAITER, traits));
            let entries = waiters.map(|(name, one)| (text(name), entry(&one.traits)));
            table(model, kind, "waiters", entries.collect())
        }
        FileKind::EndpointRules => model.endpoint_rules.as_deref().map(Json::of),
    }
}

/// A file that is a table by name; none if the model neither has the file nor an entry of it.
fn table<'m>(
    model: &'m Model,
    kind: FileKind,
    key: &'static str,
    entries: Entries<'m>,
) -> Option<Json<'m>> {
    let facts = model.siblings.get(kind.file_name());
    if facts.is_none() && entries.is_empty() {
        return None;
    }
    let mut file = facts.map_or_else(Entries::new, |facts| written(kind.level(), facts));
    file.push((Cow::Borrowed(key), Json::Object(entries)));
    Some(Json::Object(file))
}

/// Whether C2J has all the matchers of a waiter.
fn is_writable(waiter: &Waiter) -> bool {
    const MATCHERS: [&str; 5] = ["error", "path", "pathAll", "pathAny", "status"];
    let mut matchers = waiter.acceptors.iter().map(|one| one.matcher.as_str());
    matchers.all(|matcher| MATCHERS.contains(&matcher))
}

fn service(model: &Model) -> Json<'_> {
    let mut file = written(&keys::SERVICE, &model.service);
    let metadata = written(&keys::METADATA, &model.metadata);
    file.push((Cow::Borrowed("metadata"), Json::Object(metadata)));
    let operations = model.operations.iter();
    let operations = operations.map(|one| (text(&one.key), operation(model, one)));
    file.push((
        Cow::Borrowed("operations"),
        Json::Object(operations.collect()),
    ));
    let shapes = model
        .shapes()
        .map(|(_, one)| (text(&one.name), shape(model, one)));
    file.push((Cow::Borrowed("shapes"), Json::Object(shapes.collect())));
    Json::Object(file)
}

fn operation<'m>(model: &'m Model, operation: &'m Operation) -> Json<'m> {
    let mut entries = written(&keys::OPERATION, &operation.traits);
    entries.push(string("name", &operation.name));
    let references = [
        ("input", &operation.input, &keys::INPUT),
        ("output", &operation.output, &keys::OUTPUT),
    ];
    for (key, one, level) in references {
        if let Some(one) = one {
            entries.push((Cow::Borrowed(key), reference(model, level, one)));
        }
    }
    if !operation.errors.is_empty() {
        let errors = operation.errors.iter();
        let errors = errors.map(|error| reference(model, &keys::ERROR_REFERENCE, error));
        entries.push((Cow::Borrowed("errors"), Json::Array(errors.collect())));
    }
    Json::Object(entries)
}

fn reference<'m>(model: &'m Model, level: &'static Level, one: &'m Reference) -> Json<'m> {
    referring(model, level, one.target, &one.traits)
}

fn member<'m>(model: &'m Model, level: &'static Level, one: &'m Member) -> Json<'m> {
    referring(model, level, one.target, &one.traits)
}

fn referring<'m>(
    model: &'m Model,
    level: &'static Level,
    target: crate::model::ShapeId,
    traits: &'m Traits,
) -> Json<'m> {
    let mut entries = written(level, traits);
    entries.push(string("shape", &model.shape(target).name));
    Json::Object(entries)
}

fn shape<'m>(model: &'m Model, shape: &'m Shape) -> Json<'m> {
    let part = |one| member(model, &keys::PART, one);
    let (shape_type, more): (&str, Entries<'m>) = match &shape.kind {
        ShapeKind::Enum(values) => ("string", vec![(Cow::Borrowed("enum"), enum_values(values))]),
        ShapeKind::Document => ("structure", members(model, &[], Some("document"))),
        ShapeKind::Union(parts) => ("structure", members(model, parts, Some("union"))),
        ShapeKind::Structure(parts) => ("structure", members(model, parts, None)),
        ShapeKind::List(element) => ("list", vec![(Cow::Borrowed("member"), part(element))]),
        ShapeKind::Map(parts) => {
            let [key, value] = &**parts;
            let key = (Cow::Borrowed("key"), part(key));
            ("map", vec![key, (Cow::Borrowed("value"), part(value))])
        }
        ShapeKind::Blob
        | ShapeKind::Boolean
        | ShapeKind::Double
        | ShapeKind::Float
        | ShapeKind::Integer
        | ShapeKind::Long
        | ShapeKind::String
        | ShapeKind::Timestamp => (shape.kind.name(), Vec::new()),
    };
    let mut entries = more;
    entries.push(string("type", shape_type));
    if let Some(level) = keys::shape_level(shape_type) {
        entries.extend(written(level, &shape.traits));
    }
    Json::Object(entries)
}

/// The members of a structure, which of them are required, and what kind of structure it is.
fn members<'m>(model: &'m Model, parts: &'m [Member], flag: Option<&'static str>) -> Entries<'m> {
    let written = parts.iter();
    let written = written.map(|one| (text(&one.name), member(model, &keys::MEMBER, one)));
    let mut entries = vec![(Cow::Borrowed("members"), Json::Object(written.collect()))];
    let required = parts.iter().filter(|part| part.is_required());
    let required: Vec<Json<'m>> = required
        .map(|part| Json::String(text(&part.name)))
        .collect();
    if !required.is_empty() {
        entries.push((Cow::Borrowed("required"), Json::Array(required)));
    }
    entries.extend(flag.map(|flag| (Cow::Borrowed(flag), Json::Bool(true))));
    entries
}

fn enum_values(values: &[EnumValue]) -> Json<'_> {
    let values = values.iter().map(|one| Json::String(text(&one.value)));
    Json::Array(values.collect())
}

/// The traits that C2J has a key for at a level, and those that it may have got since: only ids of
/// Smithy have a `#`.
fn written<'m>(level: &'static Level, traits: &'m Traits) -> Entries<'m> {
    let has_key = |name: &TraitName| match name {
        TraitName::Unknown(key) => !key.contains('#'),
        known => level
            .key(known.as_str())
            .is_some_and(|key| key.becomes.is_some()),
    };
    traits
        .iter()
        .filter(|(name, _)| has_key(name))
        .map(|(name, value)| (text(name.as_str()), Json::of(value)))
        .collect()
}

fn text(text: &str) -> Cow<'_, str> {
    Cow::Borrowed(text)
}

fn string<'m>(key: &'static str, value: &'m str) -> (Cow<'m, str>, Json<'m>) {
    (Cow::Borrowed(key), Json::String(Cow::Borrowed(value)))
}

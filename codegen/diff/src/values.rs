//! What was added or removed as a JSON value, whole, so that none of its facts is lost.

use shapewright_model::{Member, Model, Operation, Reference, Shape, ShapeKind, Traits, Value};

/// A member, with the kind of its target.
pub(crate) fn member(model: &Model, member: &Member) -> Value {
    referring(
        model,
        &Reference {
            target: member.target,
            traits: member.traits.clone(),
        },
    )
}

/// A reference, with the kind of its target.
pub(crate) fn referring(model: &Model, reference: &Reference) -> Value {
    let shape = model.shape(reference.target);
    object(&reference.traits, target_entries(shape))
}

/// An input or output, with the names of what it requires: whether a call without it goes on to be
/// right depends on them.
pub(crate) fn side(model: &Model, reference: &Reference) -> Value {
    let shape = model.shape(reference.target);
    let mut entries = target_entries(shape);
    let members = shape.members().iter();
    let required = members.filter(|member| member.is_required());
    let required: Vec<Value> = required.map(|member| text(&member.name)).collect();
    if !required.is_empty() {
        entries.push(("required", Value::Array(required)));
    }
    object(&reference.traits, entries)
}

/// What a reference means, without the facts of the reference.
pub(crate) fn target(shape: &Shape) -> Value {
    Value::Object(
        target_entries(shape)
            .into_iter()
            .map(|(key, value)| (key.to_owned(), value))
            .collect(),
    )
}

/// A shape with its parts.
pub(crate) fn shape(model: &Model, shape: &Shape) -> Value {
    let mut entries = vec![("type", text(shape.kind.name()))];
    match &shape.kind {
        ShapeKind::Structure(members) | ShapeKind::Union(members) => {
            let members = members
                .iter()
                .map(|one| (one.name.clone(), member(model, one)));
            entries.push(("members", Value::Object(members.collect())));
        }
        ShapeKind::List(element) => entries.push(("member", member(model, element))),
        ShapeKind::Map(parts) => {
            let [key, value] = &**parts;
            entries.push(("key", member(model, key)));
            entries.push(("value", member(model, value)));
        }
        ShapeKind::Enum(values) => {
            let plain = values.iter().all(|value| value.traits.is_empty());
            let listed = if plain {
                Value::Array(values.iter().map(|one| text(&one.value)).collect())
            } else {
                let values = values
                    .iter()
                    .map(|one| (one.value.clone(), object(&one.traits, Vec::new())));
                Value::Object(values.collect())
            };
            entries.push(("enum", listed));
        }
        _ => {}
    }
    object(&shape.traits, entries)
}

/// An operation with what it refers to.
pub(crate) fn operation(model: &Model, operation: &Operation) -> Value {
    let mut entries = vec![("name", text(&operation.name))];
    if let Some(input) = &operation.input {
        entries.push(("input", referring(model, input)));
    }
    if let Some(output) = &operation.output {
        entries.push(("output", referring(model, output)));
    }
    if !operation.errors.is_empty() {
        let errors = operation.errors.iter();
        let errors = errors.map(|error| referring(model, error)).collect();
        entries.push(("errors", Value::Array(errors)));
    }
    object(&operation.traits, entries)
}

/// All traits as one object.
pub(crate) fn traits(traits: &Traits) -> Value {
    object(traits, Vec::new())
}

/// Traits and, over them, what is the model's own structure.
fn object(traits: &Traits, entries: Vec<(&str, Value)>) -> Value {
    let traits = traits
        .iter()
        .map(|(name, value)| (name.as_str(), value.clone()));
    Value::Object(
        traits
            .chain(entries)
            .map(|(key, value)| (key.to_owned(), value))
            .collect(),
    )
}

fn target_entries(shape: &Shape) -> Vec<(&'static str, Value)> {
    vec![
        ("shape", text(&shape.name)),
        ("type", text(shape.kind.name())),
    ]
}

pub(crate) fn text(text: &str) -> Value {
    Value::String(text.to_owned())
}

//! Twins of the generated structures, as one would write them by hand: the same members in the same
//! types, with serde's derive macros, and enums as `String`.

use std::fmt::Write as _;

use heck::{ToSnakeCase, ToUpperCamelCase};
use shapewright_model::{Model, Shape, ShapeId, ShapeKind};

/// The Rust source of everything that these shapes are made of, themselves included.
pub fn source(model: &Model, roots: impl IntoIterator<Item = ShapeId>) -> String {
    let mut seen = vec![false; model.shapes().len()];
    let mut open: Vec<ShapeId> = roots.into_iter().collect();
    while let Some(shape) = open.pop() {
        if !std::mem::replace(&mut seen[shape.index()], true) {
            open.extend(model.shape(shape).parts().iter().map(|part| part.target));
        }
    }
    let mut source = String::new();
    for (id, shape) in model.shapes().filter(|(id, _)| seen[id.index()]) {
        if let ShapeKind::Structure(_) | ShapeKind::Union(_) = shape.kind {
            structure(&mut source, model, id, shape);
        }
    }
    source
}

/// A union is written as a structure, too: its members exclude each other on the wire alone.
fn structure(source: &mut String, model: &Model, id: ShapeId, shape: &Shape) {
    let name = shape.name.to_upper_camel_case();
    source.push_str(
        "#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]\n",
    );
    let _ = writeln!(source, "pub struct {name} {{");
    for member in shape.members() {
        let (wire_name, field) = (member.wire_name(), field(&member.name));
        let mut of = rust_type(model, member.target);
        if is_infinite(model, id, member.target) {
            of = format!("Box<{of}>");
        }
        let _ = writeln!(
            source,
            "    #[serde(rename = {wire_name:?}, skip_serializing_if = \"Option::is_none\")]\n    \
             pub {field}: Option<{of}>,"
        );
    }
    source.push_str("}\n\n");
}

fn field(name: &str) -> String {
    match name.to_snake_case() {
        name if ["crate", "self", "super"].contains(&name.as_str()) => format!("{name}_"),
        name => format!("r#{name}"),
    }
}

fn rust_type(model: &Model, id: ShapeId) -> String {
    let shape = model.shape(id);
    match &shape.kind {
        ShapeKind::Boolean => "bool".to_owned(),
        ShapeKind::Double | ShapeKind::Timestamp => "f64".to_owned(),
        ShapeKind::Float => "f32".to_owned(),
        ShapeKind::Integer => "i32".to_owned(),
        ShapeKind::Long => "i64".to_owned(),
        ShapeKind::Blob | ShapeKind::Document | ShapeKind::Enum(_) | ShapeKind::String => {
            "String".to_owned()
        }
        ShapeKind::List(item) => format!("Vec<{}>", rust_type(model, item.target)),
        ShapeKind::Map(parts) => format!(
            "std::collections::BTreeMap<{}, {}>",
            rust_type(model, parts[0].target),
            rust_type(model, parts[1].target)
        ),
        ShapeKind::Structure(_) | ShapeKind::Union(_) => shape.name.to_upper_camel_case(),
    }
}

/// Whether a structure would hold itself through this member, with no list or map between.
fn is_infinite(model: &Model, owner: ShapeId, member: ShapeId) -> bool {
    let mut seen = vec![false; model.shapes().len()];
    let mut open = vec![member];
    while let Some(id) = open.pop() {
        if id == owner {
            return true;
        }
        if !std::mem::replace(&mut seen[id.index()], true) {
            open.extend(model.shape(id).members().iter().map(|part| part.target));
        }
    }
    false
}

//! Twins of the generated structures, as one would write them by hand: the same members in the same
//! types, with serde's derive macros, and enums as `String`. Or with texts that stay in what is read.

use std::fmt::Write as _;

use heck::{ToSnakeCase, ToUpperCamelCase};
use shapewright_model::{Model, Shape, ShapeId, ShapeKind};

/// What holds a text.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Texts {
    /// `String`.
    Owned,
    /// `Cow<str>`, which borrows where the text has no escapes.
    Borrowed,
}

/// serde borrows a `Cow` only where it is a field by itself, and not within an `Option`.
const BORROWED: &str = "#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, \
    serde::Deserialize)]\n#[serde(transparent)]\n\
    pub struct Text<'a>(#[serde(borrow)] pub std::borrow::Cow<'a, str>);\n\n";

/// The Rust source of everything that these shapes are made of, themselves included.
pub fn source(model: &Model, roots: impl IntoIterator<Item = ShapeId>, texts: Texts) -> String {
    let seen = reached(model, roots);
    let mut source = String::new();
    if texts == Texts::Borrowed {
        source.push_str(BORROWED);
    }
    for (id, shape) in model.shapes().filter(|(id, _)| seen[id.index()]) {
        if let ShapeKind::Structure(_) | ShapeKind::Union(_) = shape.kind {
            structure(&mut source, model, texts, id, shape);
        }
    }
    source
}

/// The shapes that these are made of, themselves included, by their index.
fn reached(model: &Model, roots: impl IntoIterator<Item = ShapeId>) -> Vec<bool> {
    let mut seen = vec![false; model.shapes().len()];
    let mut open: Vec<ShapeId> = roots.into_iter().collect();
    while let Some(shape) = open.pop() {
        if !std::mem::replace(&mut seen[shape.index()], true) {
            open.extend(model.shape(shape).parts().iter().map(|part| part.target));
        }
    }
    seen
}

/// A union is written as a structure, too: its members exclude each other on the wire alone.
fn structure(source: &mut String, model: &Model, texts: Texts, id: ShapeId, shape: &Shape) {
    let name = rust_type(model, texts, id);
    source.push_str(
        "#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]\n",
    );
    let _ = writeln!(source, "pub struct {name} {{");
    for member in shape.members() {
        let (wire_name, field) = (member.wire_name(), field(&member.name));
        let mut of = rust_type(model, texts, member.target);
        if is_infinite(model, id, member.target) {
            of = format!("Box<{of}>");
        }
        let borrow = if of.contains("<'a>") { "borrow, " } else { "" };
        let _ = writeln!(
            source,
            "    #[serde({borrow}rename = {wire_name:?}, skip_serializing_if = \"Option::is_none\")]\n    \
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

fn rust_type(model: &Model, texts: Texts, id: ShapeId) -> String {
    let shape = model.shape(id);
    match &shape.kind {
        ShapeKind::Boolean => "bool".to_owned(),
        ShapeKind::Double | ShapeKind::Timestamp => "f64".to_owned(),
        ShapeKind::Float => "f32".to_owned(),
        ShapeKind::Integer => "i32".to_owned(),
        ShapeKind::Long => "i64".to_owned(),
        _ if is_text(shape) => match texts {
            Texts::Owned => "String".to_owned(),
            Texts::Borrowed => "Text<'a>".to_owned(),
        },
        ShapeKind::List(item) => format!("Vec<{}>", rust_type(model, texts, item.target)),
        ShapeKind::Map(parts) => format!(
            "std::collections::BTreeMap<{}, {}>",
            rust_type(model, texts, parts[0].target),
            rust_type(model, texts, parts[1].target)
        ),
        _ => {
            let name = shape.name.to_upper_camel_case();
            let seen = reached(model, [id]);
            let mut parts = model.shapes().filter(|(id, _)| seen[id.index()]);
            if texts == Texts::Borrowed && parts.any(|(_, part)| is_text(part)) {
                format!("{name}<'a>")
            } else {
                name
            }
        }
    }
}

fn is_text(shape: &Shape) -> bool {
    matches!(
        shape.kind,
        ShapeKind::Blob | ShapeKind::Document | ShapeKind::Enum(_) | ShapeKind::String
    )
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

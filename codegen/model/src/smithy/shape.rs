//! Shapes as C2J has them: what Smithy states of a member's value, such as a length, is a shape of
//! its own there, and so is a timestamp's format.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::ast::{Applied, Ast, Item, Part};
use super::closure::Closure;
use super::names::Names;
use super::prelude;
use super::traits::{self, Context, OF_ERRORS, Protocol};
use crate::json::Json;
use crate::model::{EnumValue, Member, Model, Shape, ShapeId, ShapeKind};
use crate::traits::{TraitName as T, Traits};

/// The trait of the format of a timestamp.
const TIMESTAMP_FORMAT: &str = "smithy.api#timestampFormat";
/// The traits of members that C2J has on shapes alone.
const CONSTRAINTS: [&str; 4] = [
    "smithy.api#length",
    "smithy.api#pattern",
    "smithy.api#range",
    TIMESTAMP_FORMAT,
];
const STREAMING: &str = "smithy.api#streaming";

/// A shape whose targets are names.
#[derive(Clone, Debug)]
struct Draft {
    kind: Kind,
    traits: Traits,
    parts: Vec<DraftPart>,
}

#[derive(Clone, Debug)]
enum Kind {
    Plain(ShapeKind),
    List,
    Map,
    Structure,
    Union,
}

#[derive(Clone, Debug)]
struct DraftPart {
    name: String,
    target: String,
    traits: Traits,
}

/// What shapes are made from.
struct Shapes<'a, 'j> {
    ast: &'a Ast<'j>,
    names: &'a Names<'j>,
    context: &'a Context<'j>,
    /// The structures that operations take.
    inputs: BTreeSet<&'j str>,
    drafts: BTreeMap<String, Draft>,
}

/// A model of all shapes of a closure.
pub(super) fn model<'j>(
    ast: &Ast<'j>,
    closure: &Closure<'j>,
    names: &Names<'j>,
    context: &Context<'j>,
) -> Model {
    let operations = closure.operations.iter().filter_map(|id| ast.item(id));
    let mut shapes = Shapes {
        ast,
        names,
        context,
        inputs: operations.filter_map(|item| item.target("input")).collect(),
        drafts: BTreeMap::new(),
    };
    for id in &closure.values {
        let draft = match ast.item(id) {
            Some(item) => shapes.draft(id, item),
            None => of_prelude(id),
        };
        // Where a shape of the service's own has the name, it says no less.
        if ast.item(id).is_some() || !shapes.drafts.contains_key(&names.get(id)) {
            shapes.drafts.insert(names.get(id), draft);
        }
    }
    for id in &closure.values {
        if let Some(item) = ast.item(id) {
            shapes.constrain(id, item);
            shapes.stream(item);
        }
    }
    if context.protocol.is_xml() {
        shapes.flatten();
    }
    finished(shapes.drafts)
}

fn of_prelude(id: &str) -> Draft {
    let shape = prelude::shape(id);
    let mut traits = Traits::default();
    if shape.is_some_and(|shape| shape.is_boxed) {
        traits.insert(T::Box, Value::Bool(true));
    }
    let kind = shape.map_or("structure", |shape| shape.kind);
    Draft {
        kind: kind_of(kind, &mut traits),
        traits,
        parts: Vec::new(),
    }
}

/// The kind of a type. What C2J has no type for keeps its own as a fact.
fn kind_of(shape_type: &str, traits: &mut Traits) -> Kind {
    if matches!(
        shape_type,
        "byte" | "short" | "intEnum" | "bigInteger" | "bigDecimal" | "set"
    ) {
        traits.insert(T::Unknown("smithy#type".into()), json!(shape_type));
    }
    Kind::Plain(match shape_type {
        "blob" => ShapeKind::Blob,
        "boolean" => ShapeKind::Boolean,
        "byte" | "short" | "integer" | "intEnum" => ShapeKind::Integer,
        "long" | "bigInteger" => ShapeKind::Long,
        "float" => ShapeKind::Float,
        "double" | "bigDecimal" => ShapeKind::Double,
        "timestamp" => ShapeKind::Timestamp,
        "document" => ShapeKind::Document,
        "list" | "set" => return Kind::List,
        "map" => return Kind::Map,
        "structure" => return Kind::Structure,
        "union" => return Kind::Union,
        _ => ShapeKind::String,
    })
}

impl<'j> Shapes<'_, 'j> {
    fn draft(&self, id: &str, item: &Item<'j>) -> Draft {
        let mut traits = self.facts(item);
        let mut kind = kind_of(item.kind, &mut traits);
        let listed = item.traits.get("smithy.api#enum");
        match (item.kind, listed) {
            ("enum", _) => kind = Kind::Plain(ShapeKind::Enum(self.enum_values(item))),
            ("string", Some(listed)) => {
                kind = Kind::Plain(ShapeKind::Enum(self.listed_values(listed)));
            }
            ("intEnum", _) => {
                let values = item.parts.iter().filter_map(|part| {
                    let value = part.traits.get("smithy.api#enumValue")?;
                    Some((part.name.to_owned(), value.to_value()))
                });
                let values: Map<String, Value> = values.collect();
                let name = T::Unknown("smithy.api#enumValue".into());
                traits.insert(name, Value::Object(values));
            }
            _ => {}
        }
        let parts = if matches!(kind, Kind::Plain(_)) {
            Vec::new()
        } else {
            let parts = item.parts.iter();
            parts.map(|part| self.part(id, &kind, part)).collect()
        };
        Draft {
            kind,
            traits,
            parts,
        }
    }

    /// The facts of a shape itself.
    fn facts(&self, item: &Item<'j>) -> Traits {
        let is_xml = self.context.protocol.is_xml();
        let is_error = item.traits.has("smithy.api#error");
        let mut traits = Traits::default();
        for (id, value) in item.traits.iter() {
            match id {
                TIMESTAMP_FORMAT => {
                    let format = value.as_str().unwrap_or_default();
                    let format = traits::timestamp_format(format);
                    traits.insert(T::TimestampFormat, json!(format));
                }
                STREAMING if item.kind == "blob" => traits.insert(T::Streaming, json!(true)),
                // An event stream: C2J has it as a structure with this flag.
                STREAMING if item.kind == "union" => traits.insert(T::EventStream, json!(true)),
                "smithy.api#xmlName" if is_xml => {
                    traits.insert(T::LocationName, value.to_value());
                }
                "smithy.api#xmlNamespace" if is_xml => {
                    traits.insert(T::XmlNamespace, value.to_value());
                }
                _ if is_error && OF_ERRORS.contains(&id) => {}
                _ => traits::add(&mut traits, id, value, self.context),
            }
        }
        if is_error {
            traits::error(&mut traits, &item.traits, self.context);
        }
        let mut parts = item.parts.iter();
        let payload = parts.find(|part| part.traits.has("smithy.api#httpPayload"));
        if let (Some(part), true) = (payload, self.context.protocol.is_rest()) {
            traits.insert(T::Payload, json!(part.name));
        }
        traits
    }

    fn part(&self, container: &str, kind: &Kind, part: &Part<'j>) -> DraftPart {
        let is_shaped = self.is_shaped(part);
        let applied = if is_shaped {
            part.traits.without(&CONSTRAINTS)
        } else {
            part.traits.clone()
        };
        let mut facts = match kind {
            Kind::List | Kind::Map => traits::part(&applied, self.context),
            _ => traits::member(part.name, &applied, self.context),
        };
        let target = self.ast.item(part.target);
        let media = target.and_then(|item| item.traits.text("smithy.api#mediaType"));
        if media == Some("application/json") {
            facts.insert(T::JsonValue, Value::Bool(true));
        }
        // The body of such a request bears the service's namespace.
        let is_body = part.traits.has("smithy.api#httpPayload")
            && self.context.protocol == Protocol::RestXml
            && self.inputs.contains(container)
            && target.is_some_and(|item| item.kind == "structure");
        if let (Some(uri), true) = (self.context.xml_namespace, is_body) {
            facts.insert(T::XmlNamespace, json!({ "uri": uri }));
        }
        DraftPart {
            name: part.name.to_owned(),
            target: self.names.get(part.target),
            traits: facts,
        }
    }

    /// Whether what is stated of a member's value becomes a shape: its target holds no members.
    fn is_shaped(&self, part: &Part<'j>) -> bool {
        let kind = self.ast.item(part.target).map_or("", |item| item.kind);
        CONSTRAINTS.iter().any(|id| part.traits.has(id)) && !matches!(kind, "structure" | "union")
    }

    /// Gives members with facts of their own about their value a shape that states them.
    fn constrain(&mut self, id: &str, item: &Item<'j>) {
        let container = self.names.get(id);
        for (at, part) in item.parts.iter().enumerate() {
            if !self.is_shaped(part) {
                continue;
            }
            let target = self.names.get(part.target);
            let Some(mut shape) = self.drafts.get(&target).cloned() else {
                continue;
            };
            let name = if let Some(format) = part.traits.text(TIMESTAMP_FORMAT) {
                let named = traits::timestamp_format(format);
                shape.traits.insert(T::TimestampFormat, json!(named));
                format!("SyntheticTimestamp_{}", format.replace('-', "_"))
            } else {
                for (id, value) in part.traits.only(&CONSTRAINTS).iter() {
                    traits::add(&mut shape.traits, id, value, self.context);
                }
                let kind = shape.kind.word();
                format!("{container}{}{}", capitalised(part.name), capitalised(kind))
            };
            let name = self.free(name, &shape);
            self.drafts.insert(name.clone(), shape);
            let part = self.drafts.get_mut(&container);
            if let Some(part) = part.and_then(|draft| draft.parts.get_mut(at)) {
                part.target = name;
            }
        }
    }

    /// The name, if no other shape has it.
    fn free(&self, mut name: String, shape: &Draft) -> String {
        let is_taken =
            |known: &Draft| known.traits != shape.traits || known.kind.word() != shape.kind.word();
        while self.drafts.get(&name).is_some_and(is_taken) {
            name.push('_');
        }
        name
    }

    /// An event stream's members are events, unless they are errors.
    fn stream(&mut self, item: &Item<'j>) {
        if item.kind != "union" || !item.traits.has(STREAMING) {
            return;
        }
        for part in &item.parts {
            let target = self.ast.item(part.target);
            let is_event = target.is_some_and(|item| !item.traits.has("smithy.api#error"));
            if let (Some(draft), true) =
                (self.drafts.get_mut(&self.names.get(part.target)), is_event)
            {
                draft.traits.insert(T::Event, Value::Bool(true));
            }
        }
    }

    /// C2J says of a list that it is flattened, if every use of it is.
    fn flatten(&mut self) {
        let mut uses: BTreeMap<String, bool> = BTreeMap::new();
        for draft in self.drafts.values() {
            for part in &draft.parts {
                let is_flattened = part.traits.flag(&T::Flattened);
                let all = uses.entry(part.target.clone()).or_insert(true);
                *all &= is_flattened;
            }
        }
        uses.retain(|_, all| *all);
        for draft in self.drafts.values_mut() {
            let parts = draft.parts.iter_mut();
            for part in parts.filter(|part| uses.contains_key(&part.target)) {
                part.traits.remove(&T::Flattened);
            }
        }
        for name in uses.keys() {
            if let Some(draft) = self.drafts.get_mut(name) {
                draft.traits.insert(T::Flattened, Value::Bool(true));
            }
        }
    }

    fn enum_values(&self, item: &Item<'j>) -> Vec<EnumValue> {
        let values = item.parts.iter().map(|part| {
            let stated = part.traits.text("smithy.api#enumValue");
            let value = stated.unwrap_or(part.name);
            let applied = part.traits.without(&["smithy.api#enumValue"]);
            self.enum_value(value, Some(part.name), &applied)
        });
        values.collect()
    }

    fn enum_value(&self, value: &str, name: Option<&str>, applied: &Applied<'j>) -> EnumValue {
        let mut traits = Traits::default();
        for (id, value) in applied.iter() {
            traits::add(&mut traits, id, value, self.context);
        }
        if let Some(name) = name.filter(|name| *name != value) {
            traits.insert(T::Unknown("smithy#name".into()), json!(name));
        }
        EnumValue {
            value: value.to_owned(),
            traits,
        }
    }

    /// The values of the trait that enums were before they were a type.
    fn listed_values(&self, listed: &'j Json<'j>) -> Vec<EnumValue> {
        let values = listed.items().iter().map(|one| {
            let text = |key| one.get(key).and_then(Json::as_str);
            let value = text("value").unwrap_or_default();
            let mut made = self.enum_value(value, text("name"), &Applied::default());
            for (key, value) in one.entries() {
                match (key.as_ref(), value) {
                    ("documentation", Json::String(_)) => {
                        made.traits.insert(T::Documentation, value.to_value());
                    }
                    ("deprecated", Json::Bool(true)) => {
                        made.traits.insert(T::Deprecated, Value::Bool(true));
                    }
                    ("tags", _) => traits::unknown(&mut made.traits, "smithy.api#tags", value),
                    _ => {}
                }
            }
            made
        });
        values.collect()
    }
}

impl Kind {
    /// The type by which C2J calls it.
    fn word(&self) -> &'static str {
        match self {
            Self::Plain(ShapeKind::Enum(_)) => "string",
            Self::Plain(kind) => kind.name(),
            Self::List => "list",
            Self::Map => "map",
            Self::Structure => "structure",
            Self::Union => "union",
        }
    }
}

fn capitalised(name: &str) -> String {
    let mut letters = name.chars();
    let first = letters.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}

/// The model of drafts whose targets are all among them.
fn finished(drafts: BTreeMap<String, Draft>) -> Model {
    let names = drafts.keys().enumerate();
    let ids: BTreeMap<String, ShapeId> = names
        .map(|(at, name)| (name.clone(), ShapeId::new(at)))
        .collect();
    let member = |part: DraftPart| {
        Some(Member {
            target: *ids.get(&part.target)?,
            name: part.name,
            traits: part.traits,
        })
    };
    let shapes = drafts.into_iter().map(|(name, draft)| {
        let is_stream = draft.traits.flag(&T::EventStream);
        let mut parts: Vec<Member> = draft.parts.into_iter().filter_map(member).collect();
        let kind = match draft.kind {
            Kind::Plain(kind) => kind,
            Kind::List if parts.len() == 1 => ShapeKind::List(Box::new(parts.remove(0))),
            Kind::Map if parts.len() == 2 => {
                let value = parts.remove(1);
                ShapeKind::Map(Box::new([parts.remove(0), value]))
            }
            Kind::Union if !is_stream => ShapeKind::Union(parts),
            Kind::List | Kind::Map | Kind::Structure | Kind::Union => ShapeKind::Structure(parts),
        };
        Shape {
            name,
            kind,
            traits: draft.traits,
        }
    });
    Model::new(shapes.collect())
}

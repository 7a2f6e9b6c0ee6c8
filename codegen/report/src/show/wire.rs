//! What travels: the request line, the headers and the JSON of a body, with every member that there
//! is. A text is `"string"`, a number `123`, an enum all that it may be.

use std::fmt::Write as _;

use shapewright_model::{
    Member, Model, Operation, Reference, Shape, ShapeId, ShapeKind, TimestampFormat, TraitName,
};

use crate::escape::json_string;

/// The bytes after which a body ends early; nobody reads as far.
const BYTES: usize = 1 << 20;
/// Outside of a body so many values of an enum are told.
const VALUES: usize = 20;
/// How deep a body nests at most.
const DEPTH: usize = 64;

/// A request or an answer.
pub(super) struct Message {
    /// The request line or the status, then the headers.
    pub(super) head: Vec<String>,
    /// The JSON of the body; none if it is empty.
    pub(super) body: Option<String>,
}

/// The protocols whose bodies are JSON as the crate's types write it.
pub(super) fn is_json(model: &Model) -> bool {
    matches!(protocol(model), "rest-json" | "json")
}

pub(super) fn protocol(model: &Model) -> &str {
    let protocol = model.metadata.text(&TraitName::Protocol);
    protocol.unwrap_or("rest-json")
}

/// Whether members travel outside of the body where their traits say so.
fn is_rest(model: &Model) -> bool {
    protocol(model).starts_with("rest-")
}

pub(super) fn request(model: &Model, operation: &Operation) -> Message {
    let input = shape_of(model, operation.input.as_ref());
    let mut line = format!("{} {}", operation.http_method, operation.http_uri);
    let mut headers = Vec::new();
    if let Some(prefix) = model.metadata.text(&TraitName::TargetPrefix) {
        headers.push(format!("X-Amz-Target: {prefix}.{}", operation.name));
    }
    for member in outside(model, input) {
        match member.traits.text(&TraitName::Location) {
            Some("querystring") => {
                let mark = if line.contains('?') { '&' } else { '?' };
                let value = bare(model, member);
                // Writing to a string cannot fail.
                let _ = write!(line, "{mark}{}={value}", member.wire_name());
            }
            _ => headers.extend(header(model, member)),
        }
    }
    let mut head = vec![line];
    head.append(&mut headers);
    let body = body(model, input, operation.input.as_ref());
    Message { head, body }
}

pub(super) fn response(model: &Model, operation: &Operation) -> Message {
    let output = shape_of(model, operation.output.as_ref());
    let status = operation.traits.get(&TraitName::Http);
    let status = status.and_then(|http| http.get("responseCode")?.as_u64());
    let mut head = vec![format!("HTTP status {}", status.unwrap_or(200))];
    head.extend(outside(model, output).filter_map(|member| header(model, member)));
    let body = body(model, output, operation.output.as_ref());
    Message { head, body }
}

/// The JSON of a shape as a part of a body.
pub(super) fn value_of(model: &Model, id: ShapeId) -> String {
    let alone = Member {
        name: String::new(),
        target: id,
        traits: shapewright_model::Traits::default(),
    };
    let mut writer = Writer::new(model);
    writer.value(&alone, 0);
    writer.text
}

/// The JSON of a member with its key.
pub(super) fn member(model: &Model, member: &Member) -> String {
    let mut writer = Writer::new(model);
    writer.members(&[member], false, 0);
    writer.text
}

fn shape_of<'m>(model: &'m Model, reference: Option<&Reference>) -> Option<&'m Shape> {
    reference.map(|reference| model.shape(reference.target))
}

/// The members that travel elsewhere than in the body.
fn outside<'m>(model: &Model, shape: Option<&'m Shape>) -> impl Iterator<Item = &'m Member> {
    let is_rest = is_rest(model);
    let members = shape.map_or(&[][..], Shape::members).iter();
    members.filter(move |member| is_rest && is_outside(member))
}

fn is_outside(member: &Member) -> bool {
    let location = member.traits.text(&TraitName::Location);
    matches!(
        location,
        Some("uri" | "querystring" | "header" | "headers" | "statusCode")
    )
}

fn header(model: &Model, member: &Member) -> Option<String> {
    let name = member.wire_name();
    match member.traits.text(&TraitName::Location) {
        Some("header") => Some(format!("{name}: {}", bare(model, member))),
        Some("headers") => Some(format!("{name}*: string")),
        _ => None,
    }
}

/// A value outside of JSON.
fn bare(model: &Model, member: &Member) -> String {
    let shape = model.shape(member.target);
    match &shape.kind {
        ShapeKind::Enum(values) => {
            let told = values.iter().map(|one| one.value.as_str());
            let mut told: Vec<&str> = told.take(VALUES).collect();
            if values.len() > VALUES {
                told.push("…");
            }
            told.join("|")
        }
        ShapeKind::List(item) => match &model.shape(item.target).kind {
            // A list of lists travels nowhere but in a body.
            ShapeKind::List(_) => "string".to_owned(),
            _ => bare(model, item),
        },
        _ => leaf(model, member).trim_matches('"').to_owned(),
    }
}

fn body(model: &Model, shape: Option<&Shape>, reference: Option<&Reference>) -> Option<String> {
    let (shape, reference) = (shape?, reference?);
    let mut writer = Writer::new(model);
    let payload = shape.traits.text(&TraitName::Payload);
    if let Some(member) = payload.and_then(|name| shape.member(name)) {
        let of = model.shape(member.target);
        if is_rest(model) && matches!(of.kind, ShapeKind::Blob) {
            return Some("(bytes)".to_owned());
        }
        writer.value(member, 0);
        return Some(writer.text);
    }
    writer.path.push(reference.target);
    let in_body = |member: &&Member| !(is_rest(model) && is_outside(member));
    let members: Vec<&Member> = shape.members().iter().filter(in_body).collect();
    if members.is_empty() && is_rest(model) {
        return None;
    }
    writer.members(&members, false, 0);
    Some(writer.text)
}

fn leaf(model: &Model, member: &Member) -> String {
    if member.traits.flag(&TraitName::JsonValue) {
        return "\"string\"".to_owned();
    }
    match &model.shape(member.target).kind {
        ShapeKind::Blob => "\"base64\"".to_owned(),
        ShapeKind::Boolean => "true|false".to_owned(),
        ShapeKind::Document => "{…}".to_owned(),
        ShapeKind::Double | ShapeKind::Float => "123.0".to_owned(),
        ShapeKind::Enum(values) => {
            let values: Vec<String> = values.iter().map(|one| json_string(&one.value)).collect();
            values.join("|")
        }
        ShapeKind::Integer | ShapeKind::Long => "123".to_owned(),
        ShapeKind::Timestamp => match model.timestamp_format(member) {
            TimestampFormat::DateTime => "\"2017-08-14T00:00:00Z\"".to_owned(),
            TimestampFormat::EpochSeconds => "1502668800".to_owned(),
            TimestampFormat::HttpDate => "\"Mon, 14 Aug 2017 00:00:00 GMT\"".to_owned(),
        },
        _ => "\"string\"".to_owned(),
    }
}

struct Writer<'m> {
    model: &'m Model,
    text: String,
    /// The composite shapes that lead here.
    path: Vec<ShapeId>,
}

impl<'m> Writer<'m> {
    fn new(model: &'m Model) -> Self {
        Self {
            model,
            text: String::new(),
            path: Vec::new(),
        }
    }

    fn is_full(&self) -> bool {
        self.text.len() >= BYTES
    }

    // Recursive, but never deeper than `DEPTH`.
    fn value(&mut self, member: &Member, level: usize) {
        let id = member.target;
        let shape = self.model.shape(id);
        let is_composite = matches!(
            shape.kind,
            ShapeKind::Structure(_) | ShapeKind::Union(_) | ShapeKind::List(_) | ShapeKind::Map(_)
        );
        if !is_composite || member.traits.flag(&TraitName::JsonValue) {
            self.text.push_str(&leaf(self.model, member));
            return;
        }
        if self.path.contains(&id) {
            self.text.push_str("(recursive: ");
            self.text.push_str(&shape.name);
            self.text.push(')');
            return;
        }
        if self.path.len() >= DEPTH || self.is_full() {
            return self.text.push_str("(more)");
        }
        self.path.push(id);
        match &shape.kind {
            ShapeKind::List(item) => self.brackets('[', ']', level, |writer, level| {
                writer.line(level);
                writer.value(item, level);
            }),
            ShapeKind::Map(parts) => self.brackets('{', '}', level, |writer, level| {
                writer.line(level);
                let key = leaf(writer.model, &parts[0]);
                writer.text.push_str(&key);
                writer.text.push_str(": ");
                writer.value(&parts[1], level);
            }),
            kind => {
                let members: Vec<&Member> = shape.members().iter().collect();
                self.members(&members, matches!(kind, ShapeKind::Union(_)), level);
            }
        }
        self.path.pop();
    }

    fn members(&mut self, members: &[&Member], is_union: bool, level: usize) {
        if members.is_empty() {
            return self.text.push_str("{}");
        }
        self.brackets('{', '}', level, |writer, level| {
            if is_union {
                writer.line(level);
                writer.text.push_str("(exactly one of these)");
            }
            for (at, member) in members.iter().enumerate() {
                writer.line(level);
                if writer.is_full() {
                    return writer.text.push_str("(more)");
                }
                writer.text.push_str(&json_string(member.wire_name()));
                writer.text.push_str(": ");
                writer.value(member, level);
                if at + 1 < members.len() {
                    writer.text.push(',');
                }
            }
        });
    }

    fn brackets(
        &mut self,
        open: char,
        close: char,
        level: usize,
        body: impl FnOnce(&mut Self, usize),
    ) {
        self.text.push(open);
        body(self, level + 1);
        self.line(level);
        self.text.push(close);
    }

    fn line(&mut self, level: usize) {
        self.text.push('\n');
        self.text.extend(std::iter::repeat_n("    ", level));
    }
}

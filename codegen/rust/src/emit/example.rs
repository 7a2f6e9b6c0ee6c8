//! An example of a value: an expression with every member that there is, which compiles.

use std::collections::BTreeSet;

use super::usage::ByName;
use crate::plan::{EnumVariant, Field, Structure, TypeKind, Value};

/// So many members and types are visited for an expression; nobody reads a longer one.
const VISITS: usize = 8_000;
/// How deep types nest at most. No AWS type nests half as deep, but for recursive ones.
const DEPTH: usize = 64;
/// A call chain of this width stays on one line, as rustfmt has it.
const CHAIN: usize = 60;
/// Of so many other values of an enum the names are told; of more, their number.
const OTHERS: usize = 8;

/// Makes expressions, and remembers what they name.
pub(super) struct Example<'p> {
    types: &'p ByName<'p>,
    /// The types that are named.
    pub(super) used: BTreeSet<&'p str>,
    /// Whether the module `runtime` is named.
    pub(super) uses_runtime: bool,
    /// The types that lead here.
    path: Vec<&'p str>,
    /// How many more may be visited.
    left: usize,
}

/// Where an expression stands, which decides on what it may leave to a conversion.
#[derive(Clone, Copy, PartialEq)]
enum Place {
    /// The argument of a setter, which takes whatever turns into the value.
    Argument,
    /// An item of a list or map that is such an argument.
    Item,
    /// Where nothing but the very type will do.
    Exact,
}

/// An expression in lines. What is to be said of one that fits a line stands after it.
pub(super) struct Text {
    lines: Vec<String>,
    note: Option<String>,
}

impl Text {
    fn line(line: impl Into<String>) -> Self {
        Self {
            lines: vec![line.into()],
            note: None,
        }
    }

    /// `before`, the expression and `after`: side by side if it fits a line or has brackets around
    /// it, else with the expression on lines of its own.
    fn within(mut self, before: &str, after: &str) -> Self {
        let has_brackets = |last: &String| last.starts_with([')', ']']);
        if self.lines.len() == 1 || self.lines.last().is_some_and(has_brackets) {
            if let Some(first) = self.lines.first_mut() {
                first.insert_str(0, before);
            }
            if let Some(last) = self.lines.last_mut() {
                last.push_str(after);
            }
            return self;
        }
        let mut lines = vec![before.trim_end().to_owned()];
        lines.extend(indented(self.lines));
        if let Some(last) = lines.last_mut() {
            last.push(',');
        }
        lines.push(after.to_owned());
        Self { lines, note: None }
    }

    /// The lines, with the note, each of them one level deeper.
    fn nested(self) -> impl Iterator<Item = String> {
        let note = self.note;
        let with_note = |line: String| match &note {
            Some(note) => format!("{line} // {note}"),
            None => line,
        };
        indented(self.lines.into_iter().map(with_note).collect()).into_iter()
    }

    /// The statement that gives the expression a name.
    pub(super) fn statement(mut self, variable: &str) -> Vec<String> {
        if let Some(first) = self.lines.first_mut() {
            first.insert_str(0, &format!("let {variable} = "));
        }
        if let Some(last) = self.lines.last_mut() {
            last.push(';');
            if let Some(note) = self.note {
                *last = format!("{last} // {note}");
            }
        }
        self.lines
    }
}

fn indented(lines: Vec<String>) -> Vec<String> {
    lines
        .into_iter()
        .map(|line| format!("    {line}"))
        .collect()
}

impl<'p> Example<'p> {
    pub(super) fn new(types: &'p ByName<'p>) -> Self {
        Self {
            types,
            used: BTreeSet::new(),
            uses_runtime: false,
            path: Vec::new(),
            left: VISITS,
        }
    }

    /// A value of the type of this name; none where it would not end.
    // Recursive, but never deeper than `DEPTH`.
    pub(super) fn value_of(&mut self, name: &str) -> Option<Text> {
        let (&name, one) = self.types.get_key_value(name)?;
        if self.path.contains(&name) || self.path.len() >= DEPTH || self.left == 0 {
            return None;
        }
        self.left -= 1;
        self.path.push(name);
        let text = match &one.kind {
            TypeKind::Structure(structure) => Some(self.structure(name, structure)),
            TypeKind::Union(members) => self.union(name, members),
            TypeKind::Enum(variants) => Some(value_of_enum(name, variants)),
        };
        self.path.pop();
        if text.is_some() {
            self.used.insert(name);
        }
        text
    }

    fn structure(&mut self, name: &str, structure: &'p Structure) -> Text {
        let mut calls: Vec<Text> = Vec::new();
        for (at, field) in structure.fields.iter().enumerate() {
            if self.left == 0 {
                let rest = structure.fields.len() - at;
                calls.push(Text::line(format!("// and {rest} members more")));
                break;
            }
            self.left -= 1;
            calls.push(self.call(field));
        }
        let first = format!("{name}::builder()");
        let is_short = |call: &Text| call.lines.len() == 1 && call.note.is_none();
        if calls.iter().all(is_short) {
            let calls = calls.iter().flat_map(|call| &call.lines);
            let line: String = [&first].into_iter().chain(calls).cloned().collect();
            let line = format!("{line}.build()");
            if line.len() <= CHAIN && !line.contains("//") {
                return Text::line(line);
            }
        }
        let mut lines = vec![first];
        lines.extend(calls.into_iter().flat_map(Text::nested));
        lines.push("    .build()".to_owned());
        Text { lines, note: None }
    }

    /// The call that sets a member.
    fn call(&mut self, field: &'p Field) -> Text {
        let name = &field.name;
        if let Some(text) = self.value(&field.value, Place::Argument) {
            return text.within(&format!(".{name}("), ")");
        }
        let of = super::terms::type_name(&field.value);
        let mut named = field.value.named().into_iter();
        let why = if named.any(|name| self.path.contains(&name)) {
            "which is recursive"
        } else {
            "and so on"
        };
        Text::line(format!("// .{name}(…): {of}, {why}"))
    }

    /// The first member of a union that ends.
    fn union(&mut self, name: &str, members: &'p [Field]) -> Option<Text> {
        for field in members {
            if let Some(text) = self.value(&field.value, Place::Exact) {
                let variant = format!("{name}::{}(", field.name);
                let mut text = text.within(&variant, ")");
                let others = members.iter().map(|one| one.name.as_str());
                let others = others.filter(|one| *one != field.name);
                let others = alternatives(others, members.len() - 1);
                if text.lines.len() == 1 {
                    text.note = [text.note, others].into_iter().flatten().reduce(joined);
                } else if let (Some(others), Some(first)) = (others, text.lines.first_mut()) {
                    *first = format!("{first} // {others}");
                }
                return Some(text);
            }
        }
        None
    }

    fn value(&mut self, value: &'p Value, place: Place) -> Option<Text> {
        let exact = place == Place::Exact;
        let line = match value {
            Value::Boolean => "true".to_owned(),
            Value::Integer | Value::Long => "123".to_owned(),
            Value::Double | Value::Float => "123.0".to_owned(),
            Value::String if exact => "\"string\".to_owned()".to_owned(),
            Value::String => "\"string\"".to_owned(),
            Value::Blob if place == Place::Argument => "b\"bytes\"".to_owned(),
            Value::Blob => self.runtime("Blob::from(b\"bytes\")"),
            Value::Document | Value::JsonText => self.runtime("Document::from(\"string\")"),
            Value::Timestamp(_) => {
                self.runtime("Timestamp::parse_date_time(\"2017-08-14T00:00:00Z\").unwrap()")
            }
            Value::Boxed(name) if exact => {
                return Some(self.value_of(name)?.within("Box::new(", ")"));
            }
            Value::Named(name) | Value::Structure(name) | Value::Boxed(name) => {
                return self.value_of(name);
            }
            Value::List { item, sparse } => {
                let item = self.item(item, *sparse, place)?;
                let open = if place == Place::Argument {
                    "["
                } else {
                    "vec!["
                };
                return Some(item.within(open, "]"));
            }
            Value::Map { key, value, sparse } => {
                let inner = Self::inner(place);
                let key = self.value(key, inner)?;
                let value = self.item(value, *sparse, place)?;
                let pair = pair(key, value);
                return Some(if place == Place::Argument {
                    pair.within("[", "]")
                } else {
                    pair.within("std::collections::BTreeMap::from([", "])")
                });
            }
        };
        Some(Text::line(line))
    }

    fn runtime(&mut self, item: &str) -> String {
        self.uses_runtime = true;
        format!("runtime::{item}")
    }

    /// An item of a list or a value of a map that stands at a place.
    fn item(&mut self, value: &'p Value, sparse: bool, place: Place) -> Option<Text> {
        if sparse {
            return Some(self.value(value, Place::Exact)?.within("Some(", ")"));
        }
        self.value(value, Self::inner(place))
    }

    /// The place of what is in a list or map that stands at a place.
    fn inner(place: Place) -> Place {
        match place {
            Place::Argument => Place::Item,
            Place::Item | Place::Exact => Place::Exact,
        }
    }
}

/// A key and its value.
fn pair(key: Text, value: Text) -> Text {
    // A key is a text or an enum, which take a line.
    let first = key.lines.concat();
    let mut pair = value.within(&format!("({first}, "), ")");
    if pair.lines.len() == 1 {
        pair.note = [key.note, pair.note].into_iter().flatten().reduce(joined);
    }
    pair
}

fn value_of_enum(name: &str, variants: &[EnumVariant]) -> Text {
    let Some((first, others)) = variants.split_first() else {
        return Text::line(format!("{name}::from(\"string\")"));
    };
    Text {
        lines: vec![format!("{name}::{}", first.name)],
        note: alternatives(others.iter().map(|one| one.name.as_str()), others.len()),
    }
}

/// What else could stand there, which is so much in all.
fn alternatives<'a>(others: impl Iterator<Item = &'a str>, count: usize) -> Option<String> {
    let told: Vec<&str> = others.take(OTHERS).collect();
    match (told.as_slice(), count - told.len()) {
        ([], _) => None,
        (told, 0) => Some(format!("or {}", told.join(", "))),
        (told, more) => Some(format!("or {} and {more} more", told.join(", "))),
    }
}

#[expect(clippy::needless_pass_by_value, reason = "it reduces owned texts")]
fn joined(one: String, other: String) -> String {
    format!("{one}; {other}")
}

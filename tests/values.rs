//! Values of a model's shapes, in the JSON data form, from a stream of random numbers.

use serde_json::{Map, Value, json};
use shapewright_model::{Member, Model, ShapeId, ShapeKind, TraitName};

/// Random numbers from a seed (SplitMix64), the same on every machine.
#[derive(Debug)]
pub struct Random(u64);

impl Random {
    /// The stream of a seed.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next number.
    pub fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below a bound above 0.
    pub fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.draw() % bound as u64).unwrap_or_default()
    }

    fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }
}

const TEXTS: &[&str] = &[
    "",
    "a",
    "null",
    "é\u{1f980}",
    "line\nbreak",
    "\"quoted\\\"",
    "\u{0}",
];

/// A value of a shape. Members are there or not by chance, less often the deeper they are.
pub fn value(model: &Model, shape: ShapeId, random: &mut Random, depth: usize) -> Value {
    match &model.shape(shape).kind {
        ShapeKind::Blob => json!(*random.pick(&["", "AA==", "aGVsbG8="])),
        ShapeKind::Boolean => json!(random.below(2) == 0),
        ShapeKind::Document => random
            .pick(&[json!({"a": [1, null, -2.5]}), json!("text"), json!(true)])
            .clone(),
        ShapeKind::Double | ShapeKind::Float => random
            .pick(&[json!(0.5), json!(-1e10), json!("NaN"), json!("-Infinity")])
            .clone(),
        ShapeKind::Enum(values) if random.below(8) > 0 && !values.is_empty() => {
            json!(random.pick(values).value)
        }
        ShapeKind::Enum(_) => json!("NOT-IN-THIS-REVISION"),
        ShapeKind::Integer => json!(*random.pick(&[0, -1, i32::MAX, i32::MIN])),
        ShapeKind::Long => json!(*random.pick(&[0, -1, i64::MAX, i64::MIN])),
        ShapeKind::String => json!(*random.pick(TEXTS)),
        ShapeKind::Timestamp => timestamp(model, shape, random),
        ShapeKind::List(member) => {
            let sparse = model.shape(shape).traits.flag(&TraitName::Sparse);
            let items = (0..random.below(3)).map(|_| part(model, member, random, depth, sparse));
            Value::Array(items.collect())
        }
        ShapeKind::Map(parts) => {
            let sparse = model.shape(shape).traits.flag(&TraitName::Sparse);
            let entries = (0..random.below(3)).filter_map(|_| {
                let key = value(model, parts[0].target, random, depth + 1);
                Some((
                    key.as_str()?.to_owned(),
                    part(model, &parts[1], random, depth, sparse),
                ))
            });
            Value::Object(entries.collect())
        }
        ShapeKind::Structure(members)
            if !model.shape(shape).traits.flag(&TraitName::EventStream) =>
        {
            structure(model, members, random, depth)
        }
        // A stream of events has the form of a union.
        ShapeKind::Structure(members) | ShapeKind::Union(members) => {
            match random.below(members.len() + 1) {
                // The simplest member ends what could go on for ever.
                at if at < members.len() => {
                    let member = if depth > 6 { &members[0] } else { &members[at] };
                    json!({member.wire_name(): value(model, member.target, random, depth + 1)})
                }
                _ => json!({"notInThisRevision": {"a": [1]}}),
            }
        }
    }
}

fn part(model: &Model, member: &Member, random: &mut Random, depth: usize, sparse: bool) -> Value {
    if sparse && random.below(3) == 0 {
        return Value::Null;
    }
    member_value(model, member, random, depth)
}

fn member_value(model: &Model, member: &Member, random: &mut Random, depth: usize) -> Value {
    if member.traits.flag(&TraitName::JsonValue) {
        return json!(r#"{"a":[1,null]}"#);
    }
    value(model, member.target, random, depth + 1)
}

fn structure(model: &Model, members: &[Member], random: &mut Random, depth: usize) -> Value {
    let mut object = Map::new();
    for member in members {
        if random.below(depth + 1) > 0 {
            continue;
        }
        let member_value = member_value(model, member, random, depth);
        // The key of the data form: see the generator's `wire_names`.
        let in_body = member.traits.get(&TraitName::Location).is_none();
        let key = if in_body {
            member.wire_name()
        } else {
            &member.name
        };
        object.insert(key.to_owned(), member_value);
    }
    Value::Object(object)
}

fn timestamp(model: &Model, shape: ShapeId, random: &mut Random) -> Value {
    match model.shape(shape).traits.text(&TraitName::TimestampFormat) {
        Some("iso8601") => json!(*random.pick(&["2017-08-14T10:44:34Z", "1969-12-31T23:59:59.5Z"])),
        Some("rfc822") => json!("Mon, 14 Aug 2017 10:44:34 GMT"),
        _ => random
            .pick(&[json!(1_502_707_474), json!(1_502_707_474.5), json!(-1)])
            .clone(),
    }
}

//! Hostile models from random bytes: any names, any structure, as the C2J text of a service.

use arbitrary::{Result, Unstructured};
use serde_json::{Map, Value, json};
use shapewright_model::c2j::{FileKind, Prose, Source};
use shapewright_model::{Model, read};

/// What is likely to break out of where it is put, or to collide with what is there.
const TEXTS: &[&str] = &[
    "", "\"", "\\", "\"#", "*/", "//", "\n#![x]\n", "\r", "\0", "\u{1b}[31m", "\u{202e}", "\u{2066}",
    "../x", "/", "con", "COM1", "type", "self", "Self", "_", "r#fn", "```\nf()", "~~~", "</script>",
    "[x](javascript:y)", "{}", "'a", "é", "\u{301}", "Option", "Box", "Serialize", "Ordering", "new",
    "build", "with_a", "a", "A", "Unknown", "V A L U E S", "2", "_2", "mod", "message", "*",
];

const KEYS: &[&str] = &[
    "documentation", "pattern", "locationName", "location", "deprecatedSince", "timestampFormat",
];

const FLAGS: &[&str] = &[
    "deprecated", "sensitive", "jsonvalue", "idempotencyToken", "sparse", "exception", "union",
    "document", "eventstream", "event", "streaming",
];

fn text(from: &mut Unstructured<'_>) -> Result<String> {
    Ok(match from.int_in_range(0..=3)? {
        0 => from.arbitrary::<&str>()?.to_owned(),
        1 => format!("{}{}", from.choose(TEXTS)?, from.choose(TEXTS)?),
        _ => (*from.choose(TEXTS)?).to_owned(),
    })
}

/// Facts beside what an object must have.
fn facts(from: &mut Unstructured<'_>, object: &mut Map<String, Value>) -> Result<()> {
    for _ in 0..from.int_in_range(0..=3)? {
        let (key, value) = match from.int_in_range(0..=2)? {
            0 => (*from.choose(KEYS)?, json!(text(from)?)),
            1 => (*from.choose(FLAGS)?, json!(true)),
            _ => (*from.choose(&["min", "max"])?, json!(from.arbitrary::<i16>()?)),
        };
        object.insert(key.to_owned(), value);
    }
    Ok(())
}

fn shape(from: &mut Unstructured<'_>, names: &[String]) -> Result<Value> {
    let target = |from: &mut Unstructured<'_>| -> Result<Value> {
        let mut object = Map::from_iter([("shape".to_owned(), json!(from.choose(names)?))]);
        facts(from, &mut object)?;
        Ok(Value::Object(object))
    };
    let kinds = [
        "structure", "structure", "structure", "list", "map", "string", "string", "blob", "integer",
        "long", "double", "float", "timestamp", "boolean",
    ];
    let kind = *from.choose(&kinds)?;
    let mut object = Map::from_iter([("type".to_owned(), json!(kind))]);
    match kind {
        "structure" => {
            let mut members = Map::new();
            for _ in 0..from.int_in_range(0..=6)? {
                members.insert(text(from)?, target(from)?);
            }
            let required: Vec<&String> = members.keys().step_by(2).collect();
            object.insert("required".to_owned(), json!(required));
            object.insert("members".to_owned(), Value::Object(members));
        }
        "list" => {
            object.insert("member".to_owned(), target(from)?);
        }
        "map" => {
            object.insert("key".to_owned(), target(from)?);
            object.insert("value".to_owned(), target(from)?);
        }
        "string" if from.arbitrary()? => {
            let count = from.int_in_range(1..=6)?;
            let values = (0..count).map(|_| text(from)).collect::<Result<Vec<_>>>()?;
            object.insert("enum".to_owned(), json!(values));
        }
        _ => {}
    }
    facts(from, &mut object)?;
    Ok(Value::Object(object))
}

/// A service that reads, mostly: references lead somewhere, and what is required is there.
pub fn service(from: &mut Unstructured<'_>) -> Result<String> {
    let count = from.int_in_range(1..=12)?;
    let mut names = (0..count).map(|_| text(from)).collect::<Result<Vec<_>>>()?;
    names.sort();
    names.dedup();
    let mut shapes = Map::new();
    for name in &names {
        shapes.insert(name.clone(), shape(from, &names)?);
    }
    let is_plain = |shape: &Value| {
        let flagged = ["document", "union", "eventstream"].iter().any(|key| shape.get(key).is_some());
        shape["type"] == "structure" && !flagged
    };
    let plain: Vec<String> = names.iter().filter(|name| is_plain(&shapes[*name])).cloned().collect();
    let mut operations = Map::new();
    for _ in 0..from.int_in_range(0..=4)? {
        let mut operation = json!({
            "name": text(from)?,
            "http": {"method": text(from)?, "requestUri": text(from)?},
            "documentation": text(from)?,
        });
        if !plain.is_empty() {
            for key in ["input", "output"] {
                if from.arbitrary()? {
                    operation[key] = json!({"shape": from.choose(&plain)?});
                }
            }
            operation["errors"] = json!([{"shape": from.choose(&plain)?}, {"shape": from.choose(&plain)?}]);
        }
        operations.insert(text(from)?, operation);
    }
    let metadata = json!({
        "apiVersion": text(from)?, "serviceFullName": text(from)?, "protocol": text(from)?,
        "serviceId": text(from)?, "endpointPrefix": text(from)?, "signatureVersion": "v4", "uid": text(from)?,
    });
    Ok(json!({"version": "2.0", "metadata": metadata, "operations": operations, "shapes": shapes}).to_string())
}

/// The model of a service's text, with its documentation.
pub fn model(service: &str) -> Option<Model> {
    let source = Source {
        kind: FileKind::Service,
        name: "service-2.json",
        bytes: service.as_bytes(),
    };
    Some(read(&[source], Prose::Keep).ok()?.model)
}

/// Whether a text holds what could steer a terminal or hide what stands around it.
pub fn is_clean(text: &str) -> bool {
    let turns = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    !text.chars().any(|c| turns(c) || c.is_control() && c != '\n')
}

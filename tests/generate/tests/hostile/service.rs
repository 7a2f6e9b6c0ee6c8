//! A service with a text in every position that a model has for one.

use serde_json::{Map, Value, json};
use shapewright_model::Model;
use shapewright_model::c2j::{FileKind, Prose, Source};

/// What would break out of where it is put, or collide with what is there.
pub(crate) const HOSTILE: &[&str] = &[
    "\"",
    "\\",
    "\"#",
    "\\\"",
    "*/",
    "/*",
    "//!",
    "\n#![evil]\n",
    "\r",
    "\r\nfn evil() {}",
    "\u{202e}turned",
    "\u{2066}isolated",
    "\0",
    "\u{1b}[31m",
    "\u{85}\u{2028}",
    "../../etc/passwd",
    "/",
    "C:\\x",
    "con",
    "COM1",
    "aux",
    "mod",
    "lib",
    "type",
    "self",
    "Self",
    "crate",
    "_",
    "r#fn",
    "",
    "```\npanic!()",
    "~~~",
    "</script><script>evil()</script>",
    "<!-- -->",
    "[x](javascript:evil())",
    "{0}{evil}",
    "'a'",
    "\u{301}é",
    "\u{200b}\u{feff}",
    "日本",
    "Option",
    "Deserializer",
    "Ordering",
    "Hash",
    "MapAccess",
    "new",
    "build",
    "with_new",
    "Unknown",
    "V A L U E S",
    "Other",
    "2",
    "_2",
    "a",
    "A",
    "$crate",
    "*",
];

/// The texts of a service, in the order of the file.
pub(crate) struct Service {
    pub(crate) text: String,
    pub(crate) paginators: String,
    /// What stands as it is in the crate: names on the wire, values, tokens.
    pub(crate) told: Vec<String>,
}

/// A service whose every text is the next one.
pub(crate) fn service(mut next: impl FnMut() -> String) -> Service {
    let mut told = Vec::new();
    let mut members = |count: usize, next: &mut dyn FnMut() -> String| {
        let mut members = Map::new();
        for at in 0..count {
            let location = next();
            told.push(location.clone());
            let shape = ["Text", "Long", "Many", "ByName", "Kind"][at % 5];
            members.insert(
                next(),
                json!({"shape": shape, "locationName": location, "documentation": next(),
                    "deprecated": true, "deprecatedMessage": next(), "deprecatedSince": next()}),
            );
        }
        members
    };
    let sent = members(5, &mut next);
    let received = members(5, &mut next);
    let either = members(3, &mut next);
    let required: Vec<&String> = sent.keys().collect();
    let values = [next(), next(), next()];
    let [key, name, method, uri, code] = [next(), next(), next(), next(), next()];
    told.extend(values.clone());
    told.extend([&name, &method, &uri, &code].map(Clone::clone));
    let [input, output, error, union, kind] =
        ["Sent", "Received", "Error", "Either", "Kind"].map(|fixed| match fixed {
            // References by a fixed name keep the model readable; the rest have names of their own.
            "Kind" => fixed.to_owned(),
            _ => format!("{}{fixed}", next()),
        });
    let mut shapes = Map::new();
    shapes.insert(
        input.clone(),
        json!({"type": "structure", "members": sent, "required": required, "documentation": next()}),
    );
    let mut received = received;
    received.insert(next(), json!({"shape": union}));
    shapes.insert(
        output.clone(),
        json!({"type": "structure", "members": received, "sensitive": true}),
    );
    shapes.insert(
        error.clone(),
        json!({"type": "structure", "exception": true, "members": {"message": {"shape": "Text"}},
            "error": {"code": code, "httpStatusCode": 400}}),
    );
    shapes.insert(
        union.clone(),
        json!({"type": "structure", "union": true, "members": either}),
    );
    shapes.insert(kind, json!({"type": "string", "enum": values, "min": 1}));
    shapes.insert(
        "Text".to_owned(),
        json!({"type": "string", "pattern": next(), "max": 5}),
    );
    shapes.insert("Long".to_owned(), json!({"type": "long", "min": 2}));
    shapes.insert(
        "Many".to_owned(),
        json!({"type": "list", "member": {"shape": "Text", "locationName": next()}}),
    );
    shapes.insert(
        "ByName".to_owned(),
        json!({"type": "map", "key": {"shape": "Text"}, "value": {"shape": "Kind"}}),
    );
    let metadata = json!({"apiVersion": next(), "serviceFullName": next(), "serviceId": next(),
        "endpointPrefix": next(), "protocol": next(), "uid": next(), "signatureVersion": next()});
    told.extend(metadata["apiVersion"].as_str().map(str::to_owned));
    let tokens: [String; 5] = std::array::from_fn(|_| next());
    told.extend(tokens.clone());
    let [from, to, result, limit, more] = tokens;
    let paginators = json!({"pagination": {&key: {"input_token": from, "output_token": [to],
        "result_key": result, "limit_key": limit, "more_results": more}}});
    let operations = json!({key: {"name": name, "http": {"method": method, "requestUri": uri},
        "input": {"shape": input}, "output": {"shape": output}, "errors": [{"shape": error}],
        "documentation": next()}});
    let text = json!({"version": "2.0", "metadata": metadata, "operations": operations,
        "shapes": shapes, "documentation": next()});
    Service {
        text: text.to_string(),
        paginators: paginators.to_string(),
        told,
    }
}

impl Service {
    /// The model with its documentation.
    pub(crate) fn model(&self) -> Model {
        read(&self.text, Some(&self.paginators))
    }
}

/// A model from the texts of its files, with its documentation.
pub(crate) fn read(service: &str, paginators: Option<&str>) -> Model {
    let source = |kind: FileKind, text| Source {
        kind,
        name: kind.file_name(),
        bytes: str::as_bytes(text),
    };
    let mut files = vec![source(FileKind::Service, service)];
    files.extend(paginators.map(|text| source(FileKind::Paginators, text)));
    let reading = shapewright_model::read(&files, Prose::Keep);
    reading
        .unwrap_or_else(|problems| panic!("{problems:?}"))
        .model
}

/// A service of every hostile text at once: each a member, a value, a type, an error or an operation,
/// so that they also meet each other.
pub(crate) fn crowd() -> Value {
    let member = |at: usize, name: &str| {
        let shape = ["Text", "Long", "Many", "ByName", "Kind", "Node"][at % 6];
        json!({"shape": shape, "documentation": name})
    };
    let members = HOSTILE.iter().enumerate();
    let members: Map<String, Value> = members
        .map(|(at, name)| ((*name).to_owned(), member(at, name)))
        .collect();
    let mut shapes = json!({
        "Node": {"type": "structure", "members": members, "required": &HOSTILE[..3]},
        "Choice": {"type": "structure", "union": true, "members": members},
        "Text": {"type": "string", "pattern": "*/\n\"", "max": 5},
        "Long": {"type": "long", "min": 2},
        "Many": {"type": "list", "member": {"shape": "Text"}},
        "ByName": {"type": "map", "key": {"shape": "Text"}, "value": {"shape": "Node"}},
        "ByNode": {"type": "map", "key": {"shape": "Node"}, "value": {"shape": "Text"}},
        "Ring": {"type": "list", "member": {"shape": "Ring"}, "min": 1},
        "Json": {"type": "string", "min": 1},
        "Kind": {"type": "string", "enum": HOSTILE},
    });
    let mut operations = Map::new();
    for (at, name) in HOSTILE.iter().enumerate().skip(17) {
        // Half of them are errors, of which every other one says so.
        let members = json!({"message": {"shape": "Text"}, "ring": {"shape": "Ring"},
            "json": {"shape": "Json", "jsonvalue": true}, "byNode": {"shape": "ByNode"}});
        shapes[*name] = json!({"type": "structure", "exception": at % 2 == 0, "members": members,
            "documentation": name});
        if at % 4 == 0 {
            let operation = json!({"name": name, "http": {"method": "POST", "requestUri": name},
                "input": {"shape": "Node"}, "errors": [{"shape": name}, {"shape": HOSTILE[at - 1]}]});
            operations.insert((*name).to_owned(), operation);
            operations[*name]["output"] = json!({"shape": name});
        }
    }
    // A list of its own kind has a lone shape at its end.
    shapes[HOSTILE[16]] = json!({"type": "structure", "members": {"choice": {"shape": "Choice"}}});
    operations.insert(
        "Choose".to_owned(),
        json!({"name": "Choose", "http": {"method": "POST",
        "requestUri": "/"}, "input": {"shape": HOSTILE[16]}}),
    );
    json!({"version": "2.0", "metadata": {"apiVersion": HOSTILE.concat(), "serviceFullName": HOSTILE.concat(),
        "endpointPrefix": "x", "protocol": "json", "uid": "x", "signatureVersion": "v4"},
        "operations": operations, "shapes": shapes})
}

//! The changes that the golden files show.

use serde_json::{Value, json};

use crate::support::{Pair, at, toy};

fn remove(json: &mut Value, pointer: &str, key: &str) {
    let object = at(json, pointer).as_object_mut().unwrap();
    object.remove(key).unwrap();
}

/// Operations, members and values came.
pub(crate) fn added() -> Pair {
    Pair::edited(|json| {
        at(json, "/operations")["DropThing"] = json!({"name": "DropThing",
            "http": {"method": "POST", "requestUri": "/drop"},
            "input": {"shape": "GetThingRequest"}, "errors": [{"shape": "NotFound"}]});
        at(json, "/shapes/Tag/members")["colour"] = json!({"shape": "Colour"});
        at(json, "/shapes/Colour")["enum"] = json!(["RED", "GREEN", "BLUE"]);
    })
}

/// The same went.
pub(crate) fn removed() -> Pair {
    let Pair { old, new, .. } = added();
    Pair {
        old: new,
        new: old,
        approved: &["enum-value-removed"],
    }
}

/// Others stand in their places.
pub(crate) fn renamed() -> Pair {
    Pair::edited(|json| {
        let mut ping = at(json, "/operations/Ping").clone();
        ping["name"] = json!("Knock");
        remove(json, "/operations", "Ping");
        at(json, "/operations")["Knock"] = ping;
        let created = at(json, "/shapes/Thing/members/createdAt").clone();
        remove(json, "/shapes/Thing/members", "createdAt");
        at(json, "/shapes/Thing/members")["madeAt"] = created;
        let tag = at(json, "/shapes/Tag").clone();
        remove(json, "/shapes", "Tag");
        at(json, "/shapes")["Label"] = tag;
        at(json, "/shapes/TagList/member")["shape"] = json!("Label");
        at(json, "/shapes/TagMap/value")["shape"] = json!("Label");
    })
}

/// What must be sent, what is always received, and what bounds it.
pub(crate) fn required() -> Pair {
    Pair::edited(|json| {
        at(json, "/shapes/PutThingRequest")["required"] = json!(["id", "token"]);
        remove(json, "/shapes/ListThingsResponse", "required");
        at(json, "/shapes/Size")["max"] = json!(10);
        at(json, "/metadata")["signatureVersion"] = json!("v4a");
    })
}

/// Nothing.
pub(crate) fn same() -> Pair {
    Pair::edited(|_| {})
}

/// What acts somewhere: on a terminal, in Markdown, HTML, XML, a workflow's log.
pub(crate) const HOSTILE: [&str; 22] = [
    "\u{1b}[31mred",
    "<script>alert(1)</script>",
    "`",
    "```",
    "a`b``c",
    "|x|y|",
    "]]>",
    "::error::boo",
    "\n::error file=x::y",
    "\r\n\r\n# heading",
    "\u{202e}txt.exe",
    "\u{200b}\u{feff}",
    "[a](javascript:x)",
    "![a](x)",
    "@octocat",
    "#123 GH-1",
    "&lt;b&gt;",
    "%0A::warning::",
    "--><b>",
    "\"'><b onclick=x>",
    "</code></summary></details></pre></td>",
    "{{ 1 }} https://www.example.org ~~x~~ **y** <!-- z",
];

/// Operations, members and values of such names come; others go; bounds of them change.
pub(crate) fn hostile() -> Pair {
    let mut old = toy();
    let mut new = toy();
    at(&mut new, "/metadata")["serviceAbbreviation"] = json!(HOSTILE.concat());
    for name in HOSTILE {
        let shape = format!("Shape{name}");
        for json in [&mut old, &mut new] {
            at(json, "/shapes")[&shape] = json!({"type": "string", "max": 100});
            at(json, "/shapes/PutThingRequest/members")[name] = json!({"shape": shape});
        }
        at(&mut new, "/shapes")[&shape] = json!({"type": "string", "max": 10, "pattern": name});
        at(&mut old, "/shapes/Thing/members")[format!("gone{name}")] = json!({"shape": "Size"});
        at(&mut new, "/operations")[name] = json!({"name": name,
            "http": {"method": "POST", "requestUri": format!("/{name}")},
            "input": {"shape": "PutThingRequest"}, "output": {"shape": "PutThingResponse"}});
        let values = at(&mut new, "/shapes/Colour/enum").as_array_mut().unwrap();
        values.push(json!(name));
    }
    Pair::of(&old, &new)
}

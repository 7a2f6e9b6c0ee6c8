//! What a change of a model costs, each by an edit of the toy, there and back.

use std::fmt::Write as _;

use serde_json::{Value, json};
use shapewright_model::Model;
use shapewright_rust::Ledger;
use shapewright_rust::surface::Effect::{self, Major, Minor, None, Patch};
use shapewright_rust::surface::{Surface, SurfaceChange, compare};

use crate::hostile::read;

pub(crate) const TOY: &str = include_str!("../../toy/service-2.json");

/// What happens, what it costs, what taking it back costs, and the edit.
pub(crate) type Case = (&'static str, Effect, Effect, fn(&mut Value));

#[rustfmt::skip]
pub(crate) const CASES: &[Case] = &[
    ("words alone", None, None, |toy| {
        toy["shapes"]["Thing"]["documentation"] = json!("A thing.");
        toy["operations"]["Ping"]["documentation"] = json!("Rings.");
    }),
    ("the version of the API", Patch, Patch, |toy| {
        toy["metadata"]["apiVersion"] = json!("2020-03-03");
    }),
    ("an operation", Minor, Major, |toy| {
        toy["operations"]["GetThing"] = json!({"name": "GetThing",
            "http": {"method": "GET", "requestUri": "/things/{thingId}"},
            "input": {"shape": "DeleteThingRequest"}, "output": {"shape": "Thing"},
            "errors": [{"shape": "NotFound"}]});
    }),
    ("an operation's name, method, address and status on the wire", Patch, Patch, |toy| {
        toy["operations"]["Ping"]["name"] = json!("Pong");
        toy["operations"]["Ping"]["http"] =
            json!({"method": "GET", "requestUri": "/pong", "responseCode": 202});
    }),
    ("another output of an operation", Major, Major, |toy| {
        toy["operations"]["PutThing"]["output"]["shape"] = json!("Tree");
    }),
    ("an input where there was none", Major, Major, |toy| {
        toy["operations"]["Ping"]["input"] = json!({"shape": "ListThingsRequest"});
    }),
    ("an input that has the name of what stood in for it", Minor, Major, |toy| {
        toy["operations"]["Ping"]["input"] = json!({"shape": "PingInput"});
        toy["shapes"]["PingInput"] = json!({"type": "structure",
            "members": {"age": {"shape": "Age"}}});
    }),
    ("an error of an operation", Minor, Major, |toy| {
        toy["operations"]["Ping"]["errors"] = json!([{"shape": "Teapot"}]);
    }),
    ("an error's code", Patch, Patch, |toy| {
        toy["shapes"]["NotFound"]["error"]["code"] = json!("Gone");
    }),
    ("a structure that becomes an error", Minor, Major, |toy| {
        toy["shapes"]["Person"]["exception"] = json!(true);
    }),
    ("a first operation that sends a structure", Minor, Major, |toy| {
        toy["operations"]["Grow"] = json!({"name": "Grow",
            "http": {"method": "POST", "requestUri": "/grow"}, "input": {"shape": "Tree"}});
    }),
    ("a member of an output", Minor, Major, |toy| {
        toy["shapes"]["Thing"]["members"]["note"] = json!({"shape": "String"});
    }),
    ("a member of an input", Minor, Major, |toy| {
        toy["shapes"]["ListThingsRequest"]["members"]["filter"] = json!({"shape": "Labels"});
    }),
    ("a required member of an input", Major, Major, |toy| {
        toy["shapes"]["ListThingsRequest"]["members"]["filter"] = json!({"shape": "Labels"});
        toy["shapes"]["ListThingsRequest"]["required"] = json!(["filter"]);
    }),
    ("a member of an input that becomes required", Major, Minor, |toy| {
        toy["shapes"]["ListThingsRequest"]["required"] = json!(["maxResults"]);
    }),
    ("a required member that clients no longer fill in", Major, Minor, |toy| {
        toy["shapes"]["PutThingRequest"]["members"]["token"] = json!({"shape": "String"});
    }),
    ("a member of an output that becomes required", None, None, |toy| {
        toy["shapes"]["ListThingsResponse"]["required"] = json!(["things"]);
    }),
    ("another type of a member", Major, Major, |toy| {
        toy["shapes"]["Thing"]["members"]["count"]["shape"] = json!("Long");
    }),
    ("another type of a member that is sent", Major, Major, |toy| {
        toy["shapes"]["Person"]["members"]["age"]["shape"] = json!("String");
    }),
    ("a list that becomes sparse", Major, Major, |toy| {
        toy["shapes"]["StringList"]["sparse"] = json!(true);
    }),
    ("a document that travels as a text", Patch, Patch, |toy| {
        toy["shapes"]["Thing"]["members"]["extra"] = json!({"shape": "String", "jsonvalue": true});
    }),
    ("the last bytes", Major, Major, |toy| {
        toy["shapes"]["Blob"]["type"] = json!("string");
    }),
    ("another format of a timestamp", Patch, Patch, |toy| {
        toy["shapes"]["DateTime"]["timestampFormat"] = json!("unixTimestamp");
    }),
    ("another name of a member on the wire", Patch, Patch, |toy| {
        toy["shapes"]["Thing"]["members"]["renamed"]["locationName"] = json!("other");
    }),
    ("bounds of what is sent", Patch, Patch, |toy| {
        toy["shapes"]["Labels"]["max"] = json!(9);
        toy["shapes"]["LabelKey"]["max"] = json!(9);
        toy["shapes"]["Age"]["min"] = json!(1);
        toy["shapes"]["Ratio"]["max"] = json!(2.5);
    }),
    ("bounds of what is received alone", None, None, |toy| {
        toy["shapes"]["StringList"]["max"] = json!(3);
    }),
    ("a sensitive text", Patch, Patch, |toy| {
        toy["shapes"]["PersonName"]["sensitive"] = json!(true);
    }),
    ("a sensitive structure", Patch, Patch, |toy| {
        toy["shapes"]["Person"]["sensitive"] = json!(true);
    }),
    ("a value of an enum", Minor, Major, |toy| {
        toy["shapes"]["Color"]["enum"] = json!(["RED", "GREEN", "BLUE"]);
    }),
    ("an enum that becomes a text", Major, Major, |toy| {
        toy["shapes"]["Color"] = json!({"type": "string", "sensitive": true});
    }),
    ("a member of a union", Minor, Major, |toy| {
        toy["shapes"]["Option"]["members"]["line"] = json!({"shape": "Long"});
    }),
    ("another type of a union's member", Major, Major, |toy| {
        toy["shapes"]["Option"]["members"]["circle"]["shape"] = json!("Long");
    }),
    ("a union that becomes a structure", Major, Major, |toy| {
        toy["shapes"]["Option"].as_object_mut().expect("a shape").remove("union");
    }),
    ("another name of a shape", Major, Major, |toy| {
        let text = toy.to_string().replace("\"Person\"", "\"Human\"");
        *toy = serde_json::from_str(&text).expect("JSON");
    }),
    ("another name of a shape that has no type of its own", None, None, |toy| {
        let text = toy.to_string().replace("\"ThingList\"", "\"Things\"");
        *toy = serde_json::from_str(&text).expect("JSON");
    }),
    ("a cycle, closed by a new member", Minor, Major, |toy| {
        toy["shapes"]["Person"]["members"]["best"] = json!({"shape": "PutThingRequest"});
    }),
    ("a deprecated operation", Minor, Patch, |toy| {
        toy["operations"]["PutThing"]["deprecated"] = json!(true);
    }),
    ("a deprecated shape", Minor, Patch, |toy| {
        toy["shapes"]["Person"]["deprecated"] = json!(true);
    }),
    ("a deprecated member", Minor, Patch, |toy| {
        toy["shapes"]["Person"]["members"]["email"]["deprecated"] = json!(true);
    }),
];

fn listed(changes: &[SurfaceChange]) -> String {
    let mut text = String::new();
    for change in changes {
        let models = match (&change.old_model, &change.new_model) {
            (Some(old), Some(new)) if old != new => format!("{old}, now {new}"),
            (old, new) => new
                .as_ref()
                .or(old.as_ref())
                .map_or_else(String::new, ToString::to_string),
        };
        let _ = writeln!(text, "  {} {change} @ {models}", change.effect);
    }
    text
}

/// What an upgrade costs whose names come from the history of both.
fn upgrade(old: &Model, new: &Model) -> Vec<SurfaceChange> {
    let mut ledger = Ledger::default();
    ledger.extend(old);
    let before = Surface::of_model(old, "", &ledger);
    ledger.extend(new);
    compare(&before, &Surface::of_model(new, "", &ledger))
}

fn cost(changes: &[SurfaceChange]) -> Effect {
    let effects = changes.iter().map(|change| change.effect);
    effects.max().unwrap_or_default()
}

#[test]
fn every_kind_of_change_costs_what_the_table_says() {
    let toy: Value = serde_json::from_str(TOY).expect("JSON");
    let old = read(TOY, Option::None);
    let mut listing = String::new();
    let mut wrong = Vec::new();
    for (name, there, back, edit) in CASES {
        let mut edited = toy.clone();
        edit(&mut edited);
        let new = read(&edited.to_string(), Option::None);
        for (way, old, new, expected) in [("there", &old, &new, there), ("back", &new, &old, back)]
        {
            let changes = upgrade(old, new);
            let found = cost(&changes);
            if found != *expected {
                wrong.push(format!("{name}, {way}: {found} instead of {expected}"));
            }
            let _ = write!(listing, "{name}, {way}: {found}\n{}", listed(&changes));
        }
    }
    insta::with_settings!({prepend_module_to_snapshot => false, omit_expression => true}, {
        insta::assert_snapshot!("changes", listing);
    });
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_paginator_adds_pages() {
    let old = read(TOY, Option::None);
    let paginators = json!({"pagination": {"ListThings": {"input_token": "nextToken",
        "output_token": "nextToken", "result_key": "things", "limit_key": "maxResults"}}});
    let new = read(TOY, Some(&paginators.to_string()));
    let changes = upgrade(&old, &new);
    assert_eq!(
        listed(&changes),
        "  patch value of <operations::ListThings as runtime::Operation>::PAGINATOR: \
         from [\"nextToken\"] to [\"nextToken\"], of [\"things\"], at most \"maxResults\", \
         before none @ pagination.ListThings\n  \
         minor added: impl <operations::ListThings as runtime::Paginated> @ pagination.ListThings\n"
    );
}

#[test]
fn a_box_that_appears_is_a_major_change() {
    let model = read(TOY, Option::None);
    let boxed =
        json!({"shapes": {"PutThingRequest": {"type": "PutThingRequest", "boxed": ["owner"]}}});
    let boxed: Ledger = serde_json::from_value(boxed).expect("a ledger");
    let [old, new] =
        [&Ledger::default(), &boxed].map(|ledger| Surface::of_model(&model, "", ledger));
    let changes = compare(&old, &new);
    assert_eq!(
        listed(&changes),
        "  major changed: types::PutThingRequest::owner: Option<Box<types::Person>>, \
         before Option<types::Person> @ shapes.PutThingRequest.members.owner\n"
    );
}

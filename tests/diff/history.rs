//! Since when things exist.

use serde_json::{Value, json};
use shapewright_diff::history::first_seen;
use shapewright_model::Model;

use crate::batch;
use crate::support::{at, model, toy};

fn revision(edit: impl FnOnce(&mut Value)) -> Model {
    let mut json = toy();
    edit(&mut json);
    model(&json.to_string()).unwrap()
}

#[test]
fn what_came_back_counts_from_its_return() {
    let without = |json: &mut Value| {
        at(json, "/operations")
            .as_object_mut()
            .unwrap()
            .remove("Ping");
        at(json, "/shapes/Colour")["enum"] = json!(["RED"]);
        at(json, "/shapes/Tag/members")
            .as_object_mut()
            .unwrap()
            .remove("value");
        at(json, "/shapes/Thing/members/createdAt")["deprecated"] = json!(false);
    };
    let models = [
        ("one", revision(|_| {})),
        ("two", revision(without)),
        ("three", revision(|_| {})),
    ];
    let since = first_seen(models.iter().map(|(name, model)| (*name, model)));
    for (path, expected) in [
        ("operations.GetThing", Some("one")),
        ("operations.Ping", Some("three")),
        ("shapes.Colour.enum.RED", Some("one")),
        ("shapes.Colour.enum.GREEN", Some("three")),
        ("shapes.Tag", Some("one")),
        ("shapes.Tag.members.key", Some("one")),
        ("shapes.Tag.members.value", Some("three")),
        ("shapes.Thing.members.createdAt", Some("one")),
        ("shapes.Thing.members.createdAt.deprecated", Some("three")),
        ("shapes.Thing.deprecated", None),
    ] {
        assert_eq!(since.get(path).map(String::as_str), expected, "{path}");
    }
    let gone = first_seen(models[..2].iter().map(|(name, model)| (*name, model)));
    assert!(!gone.contains_key("operations.Ping"));
}

#[test]
fn of_batch_the_log_stream_is_known_since_2017_08_14() {
    let names = batch::revisions();
    let models: Vec<Model> = names.iter().map(|name| batch::load(name)).collect();
    let since = first_seen(names.iter().map(String::as_str).zip(&models));
    assert_eq!(
        since["shapes.ContainerDetail.members.logStreamName"],
        "2017-08-14"
    );
    assert_eq!(since["shapes.ContainerDetail.members.image"], "2016-12-14");
    assert_eq!(since["operations.CancelJobs"], "2026-09-11");
    assert!(since.keys().any(|path| path.ends_with(".deprecated")));
}

//! Values made from a model pass through the generated types and come out the same.

use std::sync::LazyLock;

use proptest::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use shapewright_batch::types as batch;
use shapewright_model::Model;
use shapewright_tests::models;
use shapewright_tests::values::{Random, value};
use shapewright_toy::types as toy;

static TOY: LazyLock<Model> = LazyLock::new(|| models::model("tests/generate/toy"));
static BATCH: LazyLock<Model> = LazyLock::new(|| models::model(&models::newest_batch()));

/// Reads JSON as a type and writes it again, and the other way round.
fn passes<T: DeserializeOwned + Serialize + std::fmt::Debug>(
    model: &Model,
    shape: &str,
    seed: u64,
) -> Result<(), TestCaseError> {
    let shape = model.shape_id(shape).expect("a shape of the model");
    let json = value(model, shape, &mut Random::new(seed), 0);
    let text = json.to_string();
    let typed: T = serde_json::from_str(&text)
        .map_err(|error| TestCaseError::fail(format!("{text} is not read: {error}")))?;
    let again = serde_json::to_value(&typed).expect("written");
    prop_assert_eq!(&json, &again);
    // NaN differs from itself, so the second round compares texts.
    let once_more: T = serde_json::from_value(again.clone()).expect("read again");
    prop_assert_eq!(
        again,
        serde_json::to_value(&once_more).expect("written again")
    );
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_construct_passes(seed: u64) {
        passes::<toy::Thing>(&TOY, "Thing", seed)?;
        passes::<toy::PutThingRequest>(&TOY, "PutThingRequest", seed)?;
        passes::<toy::OptionShape>(&TOY, "Option", seed)?;
        passes::<toy::ListThingsResponse>(&TOY, "ListThingsResponse", seed)?;
    }

    #[test]
    fn batch_passes(seed: u64) {
        passes::<batch::DescribeJobsResponse>(&BATCH, "DescribeJobsResponse", seed)?;
        passes::<batch::SubmitJobRequest>(&BATCH, "SubmitJobRequest", seed)?;
        passes::<batch::RegisterJobDefinitionRequest>(&BATCH, "RegisterJobDefinitionRequest", seed)?;
        passes::<batch::DescribeComputeEnvironmentsResponse>(
            &BATCH,
            "DescribeComputeEnvironmentsResponse",
            seed,
        )?;
    }
}

fn read<T: DeserializeOwned>(json: &Value) -> T {
    serde_json::from_value(json.clone()).expect("read")
}

#[test]
fn null_is_absent_and_unknown_members_are_skipped() {
    let thing: toy::Thing = read(&json!({"thingId": null, "new": {"a": [1]}, "count": 3}));
    assert_eq!(thing, toy::Thing::default().with_count(3));
    assert_eq!(
        serde_json::to_value(&thing).expect("written"),
        json!({"count": 3})
    );
}

#[test]
fn a_null_is_skipped_in_a_dense_collection_and_kept_in_a_sparse_one() {
    let thing: toy::Thing = read(&json!({
        "secrets": ["a", null], "gaps": ["a", null], "byColor": {"RED": null}, "sparse": {"a": null}
    }));
    assert_eq!(thing.secrets(), ["a"]);
    assert_eq!(thing.gaps(), [Some("a".to_owned()), None]);
    assert!(thing.by_color().is_empty());
    assert_eq!(thing.sparse()["a"], None);
}

#[test]
fn an_unknown_enum_value_is_compared_by_its_text_and_sent_back() {
    let status: batch::JobStatus = read(&json!("PAUSED"));
    assert!(matches!(status, batch::JobStatus::Unknown(_)));
    assert_eq!(status.as_str(), "PAUSED");
    assert!(batch::JobStatus::Failed < status && status < batch::JobStatus::Pending);
    assert_eq!(
        serde_json::to_value(&status).expect("written"),
        json!("PAUSED")
    );
}

#[test]
fn a_union_takes_one_member_and_passes_over_nulls() {
    let shape: toy::OptionShape = read(&json!({"square": null, "circle": 3, "__type": "Option"}));
    assert_eq!(shape, toy::OptionShape::Circle(3));
    let two = json!({"circle": 3, "unknown": "a"});
    assert!(serde_json::from_value::<toy::OptionShape>(two).is_err());
    let none: toy::OptionShape = read(&json!({}));
    assert_eq!(serde_json::to_value(&none).expect("written"), json!({}));
}

#[test]
fn what_is_sensitive_never_shows() {
    let person = toy::Person::builder()
        .name("ann")
        .email("ann@example.com")
        .build();
    let thing = toy::Thing::default()
        .with_secret("hush")
        .with_secrets(["hush"])
        .with_color(toy::Color::Red)
        .with_owner(person)
        .with_shape(toy::OptionShape::Hidden("hush".to_owned()));
    let shown = format!("{thing:?}");
    for word in ["hush", "example", "Red", "RED"] {
        assert!(!shown.contains(word), "{shown}");
    }
    assert!(shown.contains("ann"), "{shown}");
}

#[test]
fn validate_tells_everything_that_is_broken_at_once() {
    let request = toy::PutThingRequest::builder()
        .thing_id("ab")
        .r#type(toy::ThingType::Star)
        .shape(toy::OptionShape::Square(toy::Person::default()))
        .labels([("longer", "a"), ("b", "b"), ("c", "c")])
        .counts([(toy::ThingType::Plain, 151)])
        .scores([0.4, f64::NAN])
        .owner(toy::Person::builder().name("").age(-1).build())
        .build();
    let invalid = request.validate().expect_err("broken");
    let told: Vec<String> = invalid
        .violations()
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(
        told,
        [
            "thingId has length 2, not at least 3",
            "shape.square.name is required",
            "labels has length 3, not at most 2",
            "labels[\"longer\"] has length 6, not at most 5",
            "counts[\"PLAIN\"] is 151, not 0 to 150",
            "scores[0] is 0.4, not 0.5 to 1",
            "scores[1] is NaN, not 0.5 to 1",
            "owner.name has length 0, not 1 to 20",
            "owner.age is -1, not 0 to 150",
        ]
    );
    let whole = toy::DeleteThingRequest::builder().thing_id("abc").build();
    assert_eq!(whole.validate(), Ok(()));
}

//! `blame`: since when a thing exists, and what changed of it.

use serde_json::{Value, json};

use crate::support::{Spec, plain};

fn remove(json: &mut Value, key: &str) {
    json.as_object_mut().unwrap().remove(key);
}

#[test]
fn the_log_stream_is_there_since_2017_08_14() {
    let expected = "\
AWS Batch: ContainerDetail.logStreamName
in the API since 2017-08-14 (botocore 1.6.1)

2017-08-14  botocore 1.6.1  came
";
    let spec = Spec::batch();
    for name in [
        "ContainerDetail.logStreamName",
        "container_detail.log_stream_name",
    ] {
        assert_eq!(spec.stdout(&["blame", "batch", name]), expected);
    }
}

#[test]
fn every_change_of_a_thing_has_a_line() {
    let spec = Spec::batch();
    for (name, lines) in [
        (
            // Required no longer, later deprecated.
            "ContainerProperties.vcpus",
            &[
                "2016-12-14  botocore 1.4.86   came",
                "2018-11-19  botocore 1.12.48  risk required-removed",
                "2020-12-03  botocore 1.19.29  trait-added deprecated: true",
            ][..],
        ),
        (
            // The bound is its type's.
            "UpdatePolicy.jobExecutionTimeoutMinutes",
            &[
                "2022-04-14  botocore 1.24.41  came",
                "2026-05-26  botocore 1.43.15  risk trait-changed \
                 shapes.JobExecutionTimeoutMinutes.max: 360 -> 7200",
            ],
        ),
        ("ResourceType.VCPU", &["2020-12-03  botocore 1.19.29  came"]),
        (
            "ResourceType",
            &[
                "2019-04-03  botocore 1.12.128  came",
                "2020-12-03  botocore 1.19.29   risk enum-value-added enum.MEMORY",
                "2020-12-03  botocore 1.19.29   risk enum-value-added enum.VCPU",
            ],
        ),
        (
            "submit_job",
            &[
                "2016-12-14  botocore 1.4.86    came",
                "2017-03-28  botocore 1.5.31    request: member-added",
                "2017-11-28  botocore 1.8.3     request: 2 member-added",
            ],
        ),
        (
            "SubmitJob.input",
            &[
                "2016-12-14  botocore 1.4.86    came",
                "2017-03-28  botocore 1.5.31    member-added \
                 shapes.SubmitJobRequest.members.retryStrategy",
            ],
        ),
    ] {
        let told = spec.stdout(&["blame", "batch", name]);
        let told: Vec<&str> = told.lines().skip(3).collect();
        assert_eq!(told[..lines.len()], *lines, "{name}");
    }
}

#[test]
fn what_went_is_known_and_what_came_back_counts_from_then() {
    let without = |model: &mut Value| {
        remove(&mut model["operations"], "Ping");
        model["shapes"]["Colour"]["enum"] = json!(["RED"]);
        remove(&mut model["shapes"]["Tag"]["members"], "value");
        remove(&mut model["shapes"], "Lonely");
    };
    let back = |model: &mut Value| remove(&mut model["shapes"], "Lonely");
    let spec = Spec::toy(&[&plain, &without, &back]);
    for name in ["Ping", "Colour.GREEN", "Tag.value"] {
        let expected = format!(
            "Toy: {name}\n\
             in the API since 2020-01-03 (botocore 1.2.0)\n\n\
             2020-01-01  botocore 1.0.0  came\n\
             2020-01-02  botocore 1.1.0  went\n\
             2020-01-03  botocore 1.2.0  came back\n"
        );
        assert_eq!(spec.stdout(&["blame", "toy", name]), expected);
    }
    let expected = "\
Toy: Lonely.text
no longer in the API: there since 2020-01-01 (botocore 1.0.0), gone since 2020-01-02 (botocore 1.1.0)

2020-01-01  botocore 1.0.0  came
2020-01-02  botocore 1.1.0  went
";
    assert_eq!(spec.stdout(&["blame", "toy", "lonely.text"]), expected);
}

#[test]
fn an_operation_tells_its_own_facts_and_counts_the_others() {
    let changed = |model: &mut Value| {
        model["operations"]["PutThing"]["http"]["requestUri"] = json!("/v2/put");
        model["operations"]["PutThing"]["errors"] = json!([]);
        model["shapes"]["PutThingRequest"]["required"] = json!(["id"]);
        model["shapes"]["Colour"]["enum"] = json!(["RED", "GREEN", "BLUE", "GREY"]);
        model["shapes"]["Lonely"]["deprecated"] = json!(true);
    };
    let spec = Spec::toy(&[&plain, &changed]);
    let told = spec.stdout(&["blame", "toy", "PutThing"]);
    insta::assert_snapshot!("toy_blame_put_thing", told);
    let told = spec.stdout(&["blame", "toy", "put_thing.output"]);
    insta::assert_snapshot!("toy_blame_put_thing_output", told);
    // What nothing reaches has a life as well.
    let told = spec.stdout(&["blame", "toy", "Lonely"]);
    assert!(told.ends_with("trait-added deprecated: true\n"), "{told}");
}

//! `show`: an operation, a shape, a member or a value, on the wire and in Rust.

use serde_json::{Value, json};

use crate::support::{Spec, plain};

#[test]
fn an_operation_shows_what_the_change_page_does_and_its_rust() {
    let spec = Spec::batch();
    let shown = |name| spec.stdout(&["show", "batch", name, "--revision", "2017-08-14"]);
    insta::assert_snapshot!("describe_jobs", shown("DescribeJobs"));
    insta::assert_snapshot!("submit_job", shown("SubmitJob"));
}

#[test]
fn a_shape_an_enum_and_a_member_show_where_they_stand() {
    let spec = Spec::batch();
    let shown = |name| spec.stdout(&["show", "batch", name, "--revision", "2018-11-12"]);
    insta::assert_snapshot!("job_dependency", shown("JobDependency"));
    insta::assert_snapshot!("job_status", shown("JobStatus"));
    insta::assert_snapshot!("job_detail_status", shown("JobDetail.status"));
    insta::assert_snapshot!("job_status_failed", shown("JobStatus.FAILED"));
}

#[test]
fn unions_recursion_and_all_ways_of_travel_are_shown() {
    let spec = Spec::toy(&[&plain]);
    insta::assert_snapshot!("toy_choice", spec.stdout(&["show", "toy", "Choice"]));
    insta::assert_snapshot!("toy_put_thing", spec.stdout(&["show", "toy", "PutThing"]));
    insta::assert_snapshot!("toy_get_thing", spec.stdout(&["show", "toy", "GetThing"]));
    insta::assert_snapshot!("toy_tag_map", spec.stdout(&["show", "toy", "TagMap"]));
}

#[test]
fn every_way_to_write_a_name_shows_the_same() {
    let spec = Spec::batch();
    let shown = |name| spec.stdout(&["show", "batch", name, "--revision", "1.6.1"]);
    for (name, others) in [
        (
            "DescribeJobs",
            &["describe_jobs", "describe-jobs", "operations.DescribeJobs"][..],
        ),
        ("JobDetail", &["job_detail", "shapes.JobDetail"]),
        (
            "JobDetail.statusReason",
            &[
                "job_detail.status_reason",
                "shapes.JobDetail.members.statusReason",
            ],
        ),
        ("JobStatus.FAILED", &["JobStatus.Failed"]),
        (
            "SubmitJobRequest",
            &["SubmitJob.input", "submit_job.request"],
        ),
        ("SubmitJobResponse", &["SubmitJob.output"]),
    ] {
        for other in others {
            assert_eq!(shown(name), shown(other), "{other}");
        }
    }
}

#[test]
fn a_revision_shows_what_it_has_and_without_one_it_is_the_newest() {
    let without = |model: &mut Value| {
        model["shapes"]["Choice"]["members"] = json!({"text": {"shape": "String"}});
    };
    let spec = Spec::toy(&[&without, &plain]);
    let older = spec.stdout(&["show", "toy", "Choice", "--revision", "2020-01-01"]);
    assert!(!older.contains("number"), "{older}");
    let newest = spec.stdout(&["show", "toy", "Choice"]);
    assert!(newest.contains("- number (Number: i32)"), "{newest}");
    assert!(newest.contains("In the API since 2020-01-02."), "{newest}");
}

#[test]
fn documentation_is_shown_where_it_was_kept() {
    let worded = |model: &mut Value| {
        model["operations"]["GetThing"]["documentation"] = json!("<p>Gets a <i>thing</i>.</p>");
        model["shapes"]["GetThingRequest"]["members"]["id"]["documentation"] =
            json!("<p>Which one: <code>a_b</code> or c_d.</p><p>Second.</p>");
    };
    let spec = Spec::toy(&[&worded]);
    let shown = spec.stdout(&["show", "toy", "GetThing"]);
    assert!(shown.contains("\nGets a thing.\n"), "{shown}");
    let member = "- id (id: String)\n    Which one: `a_b` or c_d.\n    Second.\n    Required.";
    assert!(shown.contains(member), "{shown}");
}

#[test]
fn what_a_model_says_cannot_steer_a_terminal() {
    let hostile = |model: &mut Value| {
        model["metadata"]["serviceAbbreviation"] = json!("T\u{1b}[31m");
        model["shapes"]["Colour"]["enum"] = json!(["RED", "A\u{1b}]0;b\u{7}", "x\u{202e}\ny"]);
        model["shapes"]["ThingId"]["pattern"] = json!("\u{9b}2J");
        let tag = &mut model["shapes"]["Tag"]["members"];
        tag["k\u{1b}[2J"] = json!({"shape": "String", "documentation": "\u{1b}[1mwords"});
    };
    let spec = Spec::toy(&[&plain, &hostile]);
    for arguments in [
        &["show", "toy", "PutThing"][..],
        &["show", "toy", "Colour"],
        &["show", "toy", "Tag"],
        &["blame", "toy", "Colour"],
        &["blame", "toy", "Tag"],
        &["blame", "toy", "PutThing.input"],
    ] {
        let shown = spec.stdout(arguments);
        let acts = |c: char| (c.is_control() && c != '\n') || c == '\u{202e}';
        assert!(!shown.contains(acts), "{arguments:?}: {shown:?}");
    }
    let error = spec.refusal(&["show", "toy", "Tag.k\u{1b}[3J"]);
    assert!(!error.contains('\u{1b}'), "{error:?}");
}

#[test]
fn what_is_not_there_is_refused_and_what_is_near_is_named() {
    let spec = Spec::batch();
    for (arguments, why) in [
        (&["show", "nope", "Job"][..], "no service `nope`"),
        (
            &["show", "batch", "DescribeJob"],
            "near to it are DescribeJobs",
        ),
        (&["show", "batch", "JobDetail.stats"], "JobDetail.status"),
        (&["show", "batch", "zzzzzzzz"], "name an operation such as"),
        (
            &["show", "batch", "DescribeJobs", "--revision", "1999-01-01"],
            "before what is imported",
        ),
        (
            &["show", "batch", "JobTimeout", "--revision", "2017-08-14"],
            "batch 2017-08-14 has nothing",
        ),
        (
            &["blame", "batch", "DescribeJob"],
            "near to it are DescribeJobs",
        ),
        (&["blame", "nope", "Job"], "no service `nope`"),
    ] {
        let error = spec.refusal(arguments);
        assert!(error.contains(why), "{arguments:?}: {error}");
    }
    let toy = Spec::toy(&[&plain]);
    let error = toy.refusal(&["show", "toy", "Ping.output"]);
    assert!(error.contains("`Ping` receives nothing"), "{error}");
}

#[test]
fn what_nests_without_end_is_shown_all_the_same() {
    let doubled = |model: &mut Value| {
        let string = json!({"shape": "String"});
        for level in 0..60 {
            let next = format!("D{}", level + 1);
            let both = json!({"a": {"shape": &next}, "b": {"shape": &next}});
            model["shapes"][format!("D{level}")] = json!({"type": "structure", "members": both});
            // No value of these unions ends.
            let next = format!("U{}", (level + 1) % 60);
            let both = json!({"a": {"shape": &next}, "b": {"shape": &next}});
            model["shapes"][format!("U{level}")] =
                json!({"type": "structure", "union": true, "members": both});
        }
        model["shapes"]["D60"] = json!({"type": "structure", "members": {"end": string}});
        let values: Vec<String> = (0..500).map(|value| format!("VALUE_{value}")).collect();
        model["shapes"]["Colour"]["enum"] = json!(values);
        let request = &mut model["shapes"]["PutThingRequest"]["members"];
        request["among"] = json!({"shape": "U0"});
        request["structure"] = json!({"shape": "D0"});
        request["colour"] = json!({"shape": "Colour"});
    };
    let spec = Spec::toy(&[&doubled]);
    let shown = spec.stdout(&["show", "toy", "PutThing"]);
    assert!(shown.len() < 8 << 20, "{} bytes", shown.len());
    for expected in [
        "// .among(…): U0, ",
        "(more)",
        "One of the values of Colour, as above.",
        "\nErrors\n",
    ] {
        assert!(shown.contains(expected), "{expected}");
    }
}

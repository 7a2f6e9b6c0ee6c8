//! The kinds of sources, and what each of them must be told.

use super::support::{Scratch, gzip, model, paginators, wheel};

#[test]
fn plain_and_packed_entries_of_a_wheel_are_alike() {
    let plain = Scratch::new();
    let model = model(&["a"], "Words.");
    wheel("1.0.0", (2020, 1, 1))
        .toy("service-2.json", &model)
        .toy("paginators-1.json", &paginators("n"))
        .save(&plain);
    plain.import("--service toy 1.0.0.whl");
    let packed = Scratch::new();
    wheel("1.0.0", (2020, 1, 1))
        .toy("service-2.json.gz", &model)
        .toy("paginators-1.json.gz", &paginators("n"))
        .save(&packed);
    packed.import("--service toy 1.0.0.whl");
    assert_eq!(plain.spec(), packed.spec());
}

#[test]
fn the_newest_api_version_of_a_wheel_counts() {
    let scratch = Scratch::new();
    wheel("1.0.0", (2020, 1, 1))
        .entry(
            "botocore/data/toy/2014-01-01/service-2.json",
            model(&["old"], ""),
        )
        .entry(
            "botocore/data/toy/2016-01-01/service-2.json",
            model(&["new"], ""),
        )
        .entry("botocore/data/toy/2018-01-01/examples-1.json", "{}")
        .save(&scratch);
    scratch.import("--service toy 1.0.0.whl");
    assert!(
        scratch
            .text("toy/2020-01-01/service-2.json")
            .contains("\"new\"")
    );
}

#[test]
fn a_data_folder_takes_its_version_from_the_package_around_it() {
    let scratch = Scratch::new();
    scratch.write(
        "site/botocore/data/toy/2016-08-10/service-2.json.gz",
        gzip(model(&["a"], "").as_bytes()),
    );
    scratch.write(
        "site/botocore/data/toy/2016-08-10/paginators-1.json",
        paginators("n"),
    );
    scratch.write("site/botocore/data/endpoints.json", "{}");
    scratch.write(
        "site/botocore/__init__.py",
        "import os\n\n__version__ = '1.43.7'\n",
    );
    let why = scratch.refuse("--service toy site/botocore/data");
    assert!(why.contains("give it with --date"), "{why}");
    let why = scratch.refuse("--service toy --date 2026-01-01 --release 1.43.8 site/botocore/data");
    assert!(why.contains("is release 1.43.7, not 1.43.8"), "{why}");
    let why = scratch.refuse("--service toy --date 2026-01-01 site/botocore");
    assert!(why.contains("did you mean site/botocore/data?"), "{why}");
    let report = scratch.import("--service toy --date 2026-01-01 site/botocore/data");
    assert!(
        report.starts_with("toy 1.43.7 (2026-01-01): revision 2026-01-01\n"),
        "{report}"
    );
    assert!(
        scratch
            .listing()
            .contains(&"toy/2026-01-01/paginators-1.json".to_owned())
    );
}

#[test]
fn a_data_folder_without_a_package_needs_a_release() {
    let scratch = Scratch::new();
    scratch.write("data/toy/2016-08-10/service-2.json", model(&["a"], ""));
    let why = scratch.refuse("--service toy --date 2026-01-01 data");
    assert!(why.contains("give it with --release"), "{why}");
    scratch.import("--service toy --date 2026-01-01 --release 1.2.3 data");
}

#[test]
fn a_model_file_alone_leaves_the_files_beside_it_as_they_were() {
    let scratch = Scratch::new();
    let wheel = |version, day, members: &[&str]| {
        wheel(version, day)
            .toy("service-2.json", &model(members, ""))
            .toy("paginators-1.json", &paginators("n"))
            .save(&scratch);
    };
    wheel("1.0.0", (2020, 1, 1), &["a"]);
    wheel("1.2.0", (2020, 1, 3), &["c"]);
    scratch.import("--service toy 1.0.0.whl 1.2.0.whl");
    scratch.write("got/model.json.gz", gzip(model(&["b"], "").as_bytes()));
    scratch.write("got/paginators-1.json", "not of this model");
    // The service is the one that the model names itself.
    let report = scratch.import("--date 2020-01-02 --release 1.1.0 got/model.json.gz");
    assert!(
        report.starts_with("toy 1.1.0 (2020-01-02): revision 2020-01-02\n"),
        "{report}"
    );
    let paginators = |revision| scratch.text(&format!("toy/{revision}/paginators-1.json"));
    assert_eq!(paginators("2020-01-02"), paginators("2020-01-01"));
    assert!(scratch.text("toy/history.toml").contains("partial = true"));
    // The whole release completes what was known of it.
    wheel("1.1.0", (2020, 1, 2), &["b"]);
    scratch.import("1.1.0.whl");
    assert!(!scratch.text("toy/history.toml").contains("partial"));
}

#[test]
fn a_model_file_in_upstreams_layout_brings_the_files_beside_it() {
    let scratch = Scratch::new();
    scratch.write("toy/2016-08-10/service-2.json", model(&["a"], ""));
    scratch.write("toy/2016-08-10/paginators-1.json", paginators("n"));
    scratch.import("--date 2020-01-02 --release 1.1.0 toy/2016-08-10/service-2.json");
    assert!(
        scratch
            .listing()
            .contains(&"toy/2020-01-02/paginators-1.json".to_owned())
    );
}

#[test]
fn a_model_file_must_be_told_its_release_and_day() {
    let scratch = Scratch::new();
    scratch.write("model.json", model(&["a"], ""));
    let why = scratch.refuse("model.json --date 2020-01-01");
    assert!(why.contains("give it with --release"), "{why}");
    let why = scratch.refuse("model.json --release 1.0.0");
    assert!(why.contains("give it with --date"), "{why}");
}

#[test]
fn a_time_stamp_of_zips_first_day_is_none() {
    let scratch = Scratch::new();
    wheel("1.0.0", (1980, 1, 1))
        .toy("service-2.json", &model(&["a"], ""))
        .save(&scratch);
    let why = scratch.refuse("--service toy 1.0.0.whl");
    assert!(why.contains("give it with --date"), "{why}");
    scratch.import("--service toy 1.0.0.whl --date 2020-01-01");
}

#[test]
fn a_key_that_no_model_has_is_kept_with_a_warning() {
    let scratch = Scratch::new();
    let model = model(&["a"], "").replace(
        r#""type": "string""#,
        r#""type": "string", "sparkle": true"#,
    );
    wheel("1.0.0", (2020, 1, 1))
        .toy("service-2.json", &model)
        .save(&scratch);
    let run = scratch.run("--service toy 1.0.0.whl");
    assert_eq!(run.code, Some(0));
    assert!(
        run.stderr.contains("warning[unknown-key]"),
        "{}",
        run.stderr
    );
    assert!(
        scratch
            .text("toy/2020-01-01/service-2.json")
            .contains("\"sparkle\": true")
    );
}

#[test]
fn a_smithy_file_is_stored_as_c2j_with_the_files_beside_it() {
    let scratch = Scratch::new();
    let fixture = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../tests/fixtures/batch-2025-03-27.smithy.json"
    );
    scratch.write("b.json", std::fs::read(fixture).unwrap());
    // Both the service and that nothing is out of sight follow from the file.
    scratch.import("--date 2025-03-27 --release 1.37.22 b.json");
    let text = scratch.text("batch/2025-03-27/service-2.json");
    assert!(text.contains("\"serviceId\": \"Batch\""), "{text}");
    assert!(!text.contains("smithy.api#"), "{text}");
    let listing = scratch.listing();
    for file in ["paginators-1.json", "endpoint-rule-set-1.json"] {
        let path = format!("batch/2025-03-27/{file}");
        assert!(listing.contains(&path), "{listing:?}");
    }
    assert!(!scratch.text("batch/history.toml").contains("partial"));
}

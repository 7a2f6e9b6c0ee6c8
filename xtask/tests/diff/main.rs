//! `diff` and `log` from the command line, on the models of this repository.

use std::path::Path;
use std::process::{Command, Output};

use flate2::Compression;
use flate2::write::GzEncoder;

const SPEC: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../api-spec");

fn run(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_shapewright"));
    command
        .current_dir(folder)
        .env_remove("CLICOLOR_FORCE")
        .args(["--spec", SPEC])
        .args(arguments);
    command.output().unwrap()
}

/// What a command prints that ends well.
fn stdout(arguments: &[&str]) -> String {
    let output = run(Path::new("."), arguments);
    assert!(output.status.success(), "{arguments:?}: {output:?}");
    assert!(output.stderr.is_empty(), "{output:?}");
    String::from_utf8(output.stdout).unwrap()
}

/// Why a command fails; it must say nothing on stdout.
fn refusal(arguments: &[&str]) -> String {
    let output = run(Path::new("."), arguments);
    assert_eq!(output.status.code(), Some(2), "{arguments:?}: {output:?}");
    assert!(output.stdout.is_empty(), "{output:?}");
    String::from_utf8(output.stderr).unwrap()
}

#[test]
fn the_change_of_2017_08_14_reads_as_the_change_page_does() {
    let expected = "\
AWS Batch

2017-08-14 - botocore 1.6.1 - 1 updated api methods
compared with 2017-04-11 - botocore 1.5.39

sending: nothing; receiving: safe; Rust: minor
2 safe: 2 × a member that may be left out

DescribeJobs (updated)
Changes (response)
{\"jobs\": {\"attempts\": {\"container\": {\"logStreamName\": \"string\"}},
          \"container\": {\"logStreamName\": \"string\"}}}

In the Rust crate
added: types::AttemptContainerDetail::log_stream_name: Option<String>
added: types::ContainerDetail::log_stream_name: Option<String>
";
    assert_eq!(
        stdout(&["diff", "batch", "2017-04-11", "2017-08-14"]),
        expected
    );
    assert_eq!(stdout(&["diff", "batch", "1.5.39", "1.6.1"]), expected);
    // The revision in force on a day, and by a release in between.
    assert_eq!(stdout(&["diff", "batch", "2017-08-13", "1.7.0"]), expected);
}

#[test]
fn without_revisions_the_newest_change_is_told() {
    let log = stdout(&["log", "batch"]);
    let days: Vec<&str> = log
        .lines()
        .filter_map(|line| line.split(' ').next())
        .collect();
    let [newest, before, ..] = days.as_slice() else {
        panic!("{log}")
    };
    assert_eq!(
        stdout(&["diff", "batch"]),
        stdout(&["diff", "batch", before, newest])
    );
    assert_eq!(
        stdout(&["diff", "batch", before]),
        stdout(&["diff", "batch"])
    );
}

#[test]
fn the_log_has_a_line_a_revision_newest_first() {
    let log = stdout(&["log"]);
    assert_eq!(log, stdout(&["log", "batch"]));
    let mut days: Vec<&str> = log
        .lines()
        .filter_map(|line| line.split(' ').next())
        .collect();
    assert!(days.len() >= 56, "{log}");
    let listed = days.clone();
    days.sort_unstable();
    days.reverse();
    assert_eq!(listed, days);
    assert!(
        log.contains("\n2017-08-14  botocore 1.6.1     1.3.0   safe  ~1 operation, +2 members\n"),
        "{log}"
    );
    assert!(
        log.ends_with("first: 16 operations, 77 shapes, 171 members\n"),
        "{log}"
    );
}

#[test]
fn a_changelog_begins_where_it_is_told_to() {
    let since =
        |since: &str, format: &str| stdout(&["log", "batch", "--since", since, "--format", format]);
    let changelog = since("2025-01-01", "markdown");
    assert!(
        changelog.starts_with("# AWS Batch\n\n## `20"),
        "{changelog}"
    );
    assert!(changelog.contains("\n## `2025-02-26` ("), "{changelog}");
    assert!(!changelog.contains("\n## `2024"), "{changelog}");
    assert!(
        changelog.contains(
            "\n- New operations: `CancelJobs`, `TerminateJobs`, `TerminateServiceJobs`\n"
        ),
        "{changelog}"
    );
    // A day without a revision, a release, and a revision by its name.
    assert_eq!(since("2025-01-01", "text"), since("2025-02-26", "text"));
    assert_eq!(since("1.6.1", "text"), since("2017-08-14", "text"));
    assert_eq!(since("2016-01-01", "text"), stdout(&["log", "batch"]));
    let json: serde_json::Value = serde_json::from_str(&since("2025-01-01", "json")).unwrap();
    let revisions = json["services"][0]["revisions"].as_array().unwrap();
    assert_eq!(revisions.len(), since("2025-01-01", "text").lines().count());
}

#[test]
fn a_report_comes_in_every_form_with_the_places_of_the_stored_files() {
    let report = |format: &str| {
        stdout(&[
            "diff",
            "batch",
            "2018-11-12",
            "2018-11-19",
            "--format",
            format,
        ])
    };
    assert!(report("markdown").starts_with("## AWS Batch: "));
    assert!(report("html").starts_with("<!DOCTYPE html>\n"));
    assert!(report("junit").starts_with("<?xml "));
    let place = "batch/2018-11-19/service-2.json";
    assert!(report("github").contains(&format!("{place},line=")));
    let sarif: serde_json::Value = serde_json::from_str(&report("sarif")).unwrap();
    let location = &sarif["runs"][0]["results"][0]["locations"][0]["physicalLocation"];
    let uri = location["artifactLocation"]["uri"].as_str().unwrap();
    assert!(uri.ends_with(place), "{uri}");
    let short = stdout(&[
        "diff",
        "batch",
        "2016-12-14",
        "2026-11-09",
        "--format",
        "markdown",
        "--limit",
        "5000",
    ]);
    assert!(short.len() <= 5000 && short.contains("Left out"), "{short}");
}

#[test]
fn two_files_compare_without_a_spec_packed_or_plain() {
    let folder = tempfile::tempdir().unwrap();
    let state =
        |revision: &str| std::fs::read(format!("{SPEC}/batch/{revision}/service-2.json")).unwrap();
    std::fs::write(folder.path().join("old.json"), state("2017-04-11")).unwrap();
    let file = std::fs::File::create(folder.path().join("new.json.gz")).unwrap();
    let mut packer = GzEncoder::new(file, Compression::fast());
    std::io::Write::write_all(&mut packer, &state("2017-08-14")).unwrap();
    packer.finish().unwrap();

    let output = run(folder.path(), &["diff", "old.json", "new.json.gz"]);
    assert!(output.status.success(), "{output:?}");
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(
        text.contains("new.json.gz - 1 updated api methods\ncompared with old.json\n"),
        "{text}"
    );
    assert!(text.contains("logStreamName"), "{text}");

    let output = run(
        folder.path(),
        &["diff", "old.json", "./old.json", "--format", "json"],
    );
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(json["schema"], 1);
    assert_eq!(json["from"]["file"], "old.json");
    assert_eq!(json["findings"], serde_json::json!([]));
}

#[test]
fn folders_compare_with_all_files_of_their_models() {
    let [old, new] = ["2023-08-01", "2024-02-09"].map(|day| format!("{SPEC}/batch/{day}"));
    let told = stdout(&["diff", &old, &new]);
    assert!(
        told.contains("3 × endpoint rules written otherwise"),
        "{told}"
    );
    let [old, new] = [old, new].map(|folder| format!("{folder}/service-2.json"));
    let told = stdout(&["diff", &old, &new]);
    assert!(!told.contains("endpoint rules"), "{told}");
    // A folder without a model.
    let told = refusal(&["diff", &format!("{SPEC}/batch"), &new]);
    assert!(
        told.contains("there is no service-2.json in the folder"),
        "{told}"
    );
}

#[test]
fn what_cannot_be_compared_is_refused() {
    for (arguments, why) in [
        (&["diff", "nope"][..], "no service `nope`"),
        (&["diff", "batch", "2016-12-13"], "before what is imported"),
        (
            &["diff", "batch", "2017-08-14", "9.9.9"],
            "after what is imported",
        ),
        (&["diff", "batch", "yesterday"], "names no revision"),
        (&["diff", "a.json"], "name two"),
        (&["diff", "missing.json", "missing.json"], "missing.json"),
        (&["diff", "./", "./"], "folder"),
        (&["log", "nope"], "no service `nope`"),
        (&["log", "batch", "--since", "yesterday"], "neither a day"),
    ] {
        let error = refusal(arguments);
        assert!(error.contains(why), "{arguments:?}: {error}");
    }
}

#[test]
fn files_of_either_dialect_are_compared_whatever_their_names() {
    let smithy = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../tests/fixtures/batch-2025-03-27.smithy.json"
    );
    let folder = tempfile::tempdir().unwrap();
    // By its content, not by its name.
    let disguised = folder.path().join("service-2.json");
    std::fs::copy(smithy, &disguised).unwrap();
    let disguised = disguised.to_str().unwrap();
    let same = stdout(&["diff", smithy, disguised, "--format", "json"]);
    assert!(same.contains("\"findings\": []"), "{same}");

    let later = format!("{SPEC}/batch/2025-07-29/service-2.json");
    let told = stdout(&["diff", disguised, &later]);
    assert!(told.contains("CreateServiceEnvironment (new)"), "{told}");
    let earlier = stdout(&["diff", &later, disguised]);
    assert!(
        earlier.contains("CreateServiceEnvironment (removed)"),
        "{earlier}"
    );
}

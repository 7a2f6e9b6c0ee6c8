//! What a history becomes, in whatever order its releases come.

use super::support::{Scratch, model, paginators, wheel};

/// Releases of every kind: revisions, words alone, a sibling alone, two revisions on one day, and
/// facts that come back after they had gone.
fn releases(scratch: &Scratch) -> Vec<&'static str> {
    let (a, b, c) = (&["a"][..], &["a", "b"][..], &["a", "b", "c"][..]);
    for (version, day, members, words, limit) in [
        ("1.9.0", (2020, 1, 1), a, "Words.", "one"),
        ("1.9.1", (2020, 1, 2), a, "Other words.", "one"),
        ("1.10.0", (2020, 1, 3), a, "Other words.", "two"),
        ("1.10.1", (2020, 1, 4), b, "Words.", "two"),
        ("1.10.2", (2020, 1, 4), c, "Words.", "two"),
        ("1.10.3", (2020, 1, 5), a, "Words.", "one"),
        ("1.10.4", (2020, 1, 6), a, "Words.", "one"),
    ] {
        let model = model(members, words);
        wheel(version, day)
            .toy("service-2.json", &model)
            .toy("paginators-1.json", &paginators(limit))
            .save(scratch);
    }
    vec![
        "1.9.0", "1.9.1", "1.10.0", "1.10.1", "1.10.2", "1.10.3", "1.10.4",
    ]
}

fn all(versions: &[&str]) -> String {
    versions.join(".whl ") + ".whl"
}

#[test]
fn a_history_has_a_revision_for_each_state_of_the_facts() {
    let scratch = Scratch::new();
    let versions = releases(&scratch);
    let report = scratch.import(&format!("--service toy {}", all(&versions)));
    insta::assert_snapshot!("report", report);
    insta::assert_snapshot!("history", scratch.text("toy/history.toml"));
    assert_eq!(
        scratch.listing(),
        [
            "toy/2020-01-01/paginators-1.json",
            "toy/2020-01-01/service-2.json",
            "toy/2020-01-04.2/paginators-1.json",
            "toy/2020-01-04.2/service-2.json",
            "toy/2020-01-04/paginators-1.json",
            "toy/2020-01-04/service-2.json",
            "toy/2020-01-05/paginators-1.json",
            "toy/2020-01-05/service-2.json",
            "toy/history.toml",
            "toy/ledger.toml",
        ]
    );
    // The folder has the latest of the files beside the service.
    assert!(
        scratch
            .text("toy/2020-01-01/paginators-1.json")
            .contains("two")
    );
}

#[test]
fn what_is_stored_holds_no_words() {
    let scratch = Scratch::new();
    let versions = releases(&scratch);
    scratch.import(&format!("--service toy {}", all(&versions)));
    for (path, content) in scratch.spec() {
        assert!(
            !String::from_utf8(content).unwrap().contains("Words"),
            "{path}"
        );
    }
    insta::assert_snapshot!("stored", scratch.text("toy/2020-01-04/service-2.json"));
}

#[test]
fn releases_in_any_order_make_the_same_history() {
    let expected = Scratch::new();
    let mut versions = releases(&expected);
    expected.import(&format!("--service toy {}", all(&versions)));
    for turn in 0..versions.len() {
        let scratch = Scratch::new();
        releases(&scratch);
        versions.rotate_left(1);
        if turn % 2 == 1 {
            versions.reverse();
        }
        for version in &versions {
            scratch.import(&format!("--service toy {version}.whl"));
        }
        assert_eq!(scratch.spec(), expected.spec(), "{versions:?}");
    }
}

#[test]
fn a_release_between_two_alike_splits_their_revision() {
    let scratch = Scratch::new();
    releases(&scratch);
    scratch.import("--service toy 1.10.0.whl 1.10.3.whl");
    assert_eq!(scratch.listing().len(), 4);
    scratch.import("1.10.1.whl");
    let folders = ["2020-01-03", "2020-01-04", "2020-01-05"];
    for folder in folders {
        assert!(
            scratch
                .spec()
                .contains_key(&format!("toy/{folder}/service-2.json")),
            "{folder}"
        );
    }
}

#[test]
fn a_split_that_needs_what_a_later_release_replaced_is_refused_until_that_comes_along() {
    let scratch = Scratch::new();
    let sibling = |version: &str, day, members: &[&str], limit: &str| {
        wheel(version, day)
            .toy("service-2.json", &model(members, ""))
            .toy("paginators-1.json", &paginators(limit))
            .save(&scratch);
    };
    sibling("1.0.0", (2020, 1, 1), &["a"], "one");
    sibling("1.1.0", (2020, 1, 2), &["b"], "other");
    sibling("1.2.0", (2020, 1, 3), &["a"], "two");
    scratch.import("--service toy 1.0.0.whl 1.2.0.whl");
    let why = scratch.refuse("1.1.0.whl");
    assert!(why.contains("import 1.0.0 in the same call"), "{why}");
    scratch.import("1.1.0.whl 1.0.0.whl");
    let in_order = Scratch::new();
    for name in ["1.0.0.whl", "1.1.0.whl", "1.2.0.whl"] {
        std::fs::copy(scratch.path(name), in_order.path(name)).unwrap();
        in_order.import(&format!("--service toy {name}"));
    }
    assert_eq!(scratch.spec(), in_order.spec());
}

#[test]
fn importing_again_changes_nothing_and_says_so() {
    let scratch = Scratch::new();
    let versions = releases(&scratch);
    scratch.import(&format!("--service toy {}", all(&versions)));
    let before = scratch.spec();
    let report = scratch.import(&format!("{} 1.9.0.whl", all(&versions)));
    assert_eq!(scratch.spec(), before);
    assert_eq!(
        report.matches("already imported").count(),
        versions.len(),
        "{report}"
    );
    assert!(report.ends_with("nothing changed\n"), "{report}");
}

#[test]
fn importing_again_mends_a_file_that_was_lost_or_edited() {
    let scratch = Scratch::new();
    releases(&scratch);
    scratch.import("--service toy 1.9.0.whl 1.10.1.whl");
    let before = scratch.spec();
    scratch.write("spec/toy/2020-01-01/service-2.json", "{}");
    std::fs::remove_file(scratch.path("spec/toy/2020-01-04/service-2.json")).unwrap();
    scratch.import("1.9.0.whl 1.10.1.whl");
    assert_eq!(scratch.spec(), before);
}

#[test]
fn what_an_import_did_not_write_stays() {
    let scratch = Scratch::new();
    releases(&scratch);
    scratch.import("--service toy 1.10.1.whl");
    scratch.write("spec/toy/README.md", "kept");
    scratch.write("spec/toy/2020-01-04/notes.md", "kept");
    scratch.write(
        "spec/toy/2020-01-04/.shapewright-left",
        "an interruption left this",
    );
    scratch.write("spec/toy/2019-01-01/service-2.json", "no index names this");
    scratch.import("1.10.2.whl");
    let listing = scratch.listing();
    assert!(listing.contains(&"toy/README.md".to_owned()));
    assert!(listing.contains(&"toy/2020-01-04/notes.md".to_owned()));
    assert!(!listing.iter().any(|path| path.contains("shapewright-left")));
    assert!(!listing.iter().any(|path| path.contains("2019-01-01")));
}

#[test]
fn an_import_goes_on_where_an_interruption_stopped_it() {
    let expected = Scratch::new();
    releases(&expected);
    expected.import("--service toy 1.10.1.whl 1.10.2.whl");
    // The earlier release of the day takes the name of the later one, which moves on. Stop after
    // each file that this writes; the index is the last of them.
    let mut steps: Vec<(String, Vec<u8>)> = expected.spec().into_iter().collect();
    steps.retain(|(path, _)| path != "toy/history.toml");
    steps.sort_by_key(|(path, _)| !path.contains("2020-01-04.2"));
    for stop in 0..=steps.len() {
        let scratch = Scratch::new();
        releases(&scratch);
        scratch.import("--service toy 1.10.2.whl");
        for (path, content) in &steps[..stop] {
            scratch.write(&format!("spec/{path}"), content);
        }
        scratch.import("1.10.1.whl");
        assert_eq!(scratch.spec(), expected.spec(), "stopped after {stop}");
    }
}

#[test]
fn keep_docs_keeps_the_files_as_they_came_where_git_ignores_them() {
    let scratch = Scratch::new();
    releases(&scratch);
    let report = scratch.import("--keep-docs --service toy 1.9.0.whl 1.9.1.whl 1.10.1.whl");
    assert!(
        report.contains("toy 1.9.1 (2020-01-02): facts as in 2020-01-01, words changed"),
        "{report}"
    );
    assert_eq!(scratch.text(".docs/.gitignore").lines().last(), Some("*"));
    assert_eq!(
        scratch.text(".docs/toy/2020-01-01/service-2.json"),
        model(&["a"], "Other words.")
    );
    assert_eq!(
        scratch.text(".docs/toy/2020-01-04/service-2.json"),
        model(&["a", "b"], "Words.")
    );
    assert!(
        !scratch
            .text("toy/2020-01-01/service-2.json")
            .contains("words")
    );
    // A release in between moves nothing that was kept to where it does not belong.
    scratch.import("1.10.2.whl --keep-docs");
    assert_eq!(
        scratch.text(".docs/toy/2020-01-04.2/service-2.json"),
        model(&["a", "b", "c"], "Words.")
    );
}

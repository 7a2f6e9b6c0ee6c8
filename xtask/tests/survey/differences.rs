//! `shapewright survey --diff` from the command line.

use std::process::Command;

use crate::{survey, write};

/// A model with an operation of each of these names, which all send one member.
fn model(operations: &[&str], member: &str) -> String {
    let operations: Vec<String> = operations
        .iter()
        .map(|name| {
            format!(
                r#""{name}":{{"name":"{name}","http":{{"method":"POST","requestUri":"/"}},"input":{{"shape":"In"}}}}"#
            )
        })
        .collect();
    format!(
        r#"{{"metadata":{{}},"operations":{{{}}},"shapes":{{"In":{{"type":"structure","members":{{"{member}":{{"shape":"Text"}}}}}},"Text":{{"type":"string"}}}}}}"#,
        operations.join(",")
    )
}

/// The cells of the row with this label.
fn row<'t>(table: &'t str, label: &str) -> Vec<&'t str> {
    let row = table.lines().find(|line| line.ends_with(label));
    let row = row.unwrap_or_else(|| panic!("no {label} in {table}"));
    row.split_whitespace().collect()
}

#[test]
fn two_releases_are_compared_model_by_model() {
    let scratch = tempfile::tempdir().unwrap();
    let folder = scratch.path();
    for (path, content) in [
        ("old/same/2016-01-01", model(&["A"], "a")),
        ("new/same/2016-01-01", model(&["A"], "a")),
        ("old/changed/2016-01-01", model(&["A", "B"], "a")),
        ("new/changed/2016-01-01", model(&["A", "C"], "b")),
        ("old/gone/2016-01-01", model(&["A"], "a")),
        ("new/fresh/2016-01-01", model(&["A"], "a")),
    ] {
        write(folder, &format!("{path}/service-2.json"), &content);
    }
    let (code, stdout, stderr) = survey(folder, &["--diff", "old", "new"]);
    assert_eq!(code, Some(0), "{stderr}");
    // C is new, A sends another member, B is gone; the facts are these two and the two members.
    let counts = ["1", "1", "1", "1", "4", "0"];
    assert_eq!(row(&stdout, "changed/2016-01-01")[..6], counts, "{stdout}");
    assert_eq!(row(&stdout, "all")[..6], counts, "{stdout}");
    assert!(!stdout.contains("same/2016"), "{stdout}");
    let ends = ": 1 the same byte for byte, 1 models differ\n\
                came: fresh/2016-01-01\nwent: gone/2016-01-01\n";
    assert!(stdout.ends_with(ends), "{stdout}");

    write(folder, "new/changed/2016-01-01/service-2.json", "{");
    let (code, stdout, _) = survey(folder, &["--diff", "old", "new"]);
    assert_eq!(code, Some(1), "{stdout}");
    let told = "cannot be read: changed/2016-01-01: new/changed/2016-01-01/service-2.json:1:1: \
                error[json-syntax]";
    assert!(stdout.contains(told), "{stdout}");

    let (code, _, stderr) = survey(folder, &["--diff", "old"]);
    assert_eq!(code, Some(2));
    assert!(
        stderr.contains("two sources that are a single release"),
        "{stderr}"
    );
}

#[test]
fn each_revision_of_a_clone_is_compared_with_the_one_before() {
    let scratch = tempfile::tempdir().unwrap();
    let folder = scratch.path();
    let git = |words: &[&str]| {
        let mut command = Command::new("git");
        command
            .current_dir(folder)
            .args(["-C", "clone"])
            .args(words);
        for who in ["AUTHOR", "COMMITTER"] {
            command.env(format!("GIT_{who}_NAME"), "x");
            command.env(format!("GIT_{who}_EMAIL"), "x@example.com");
        }
        let output = command.output().unwrap();
        assert!(output.status.success(), "{output:?}");
    };
    write(folder, "clone/README", "");
    git(&["init", "--quiet"]);
    let path = "clone/botocore/data/a/2016-01-01/service-2.json";
    // More than stand in one run.
    let names: Vec<String> = (0..70).map(|at| format!("A{at:02}")).collect();
    let mut kept = Vec::new();
    for name in &names {
        kept.push(name.as_str());
        write(folder, path, &model(&kept, "a"));
        git(&["add", "--all"]);
        git(&["commit", "--quiet", "--message", name]);
    }
    write(folder, path, "{");
    git(&["commit", "--quiet", "--all", "--message", "broken"]);
    write(folder, path, &model(&kept[1..], "a"));
    git(&["commit", "--quiet", "--all", "--message", "mended"]);

    let (code, stdout, stderr) = survey(folder, &["--diff", "clone"]);
    assert_eq!(code, Some(1), "{stderr}");
    assert_eq!(
        row(&stdout, "a/2016-01-01")[..6],
        ["70", "69", "0", "1", "70", "0"],
        "{stdout}"
    );
    assert!(
        stdout.contains("cannot be read: a/2016-01-01: clone: "),
        "{stdout}"
    );

    let (code, _, stderr) = survey(folder, &["--diff", "clone", "clone"]);
    assert_eq!(code, Some(2));
    assert!(stderr.contains("or for one git clone"), "{stderr}");
}

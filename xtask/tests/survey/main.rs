//! `shapewright survey` from the command line, on small models of our own.

mod differences;

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

const GOOD: &str = r#"{"metadata":{},"operations":{},"shapes":{"S":{"type":"structure","members":{"a":{"shape":"S"}}}}}"#;
const BAD: &str = r#"{"metadata":{},"operations":{},"shapes":{"S":{"type":"list","member":{"shape":"T"}}},"new":1}"#;

fn survey(folder: &Path, words: &[&str]) -> (Option<i32>, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_shapewright"));
    command.current_dir(folder).arg("survey").args(words);
    let Output {
        status,
        stdout,
        stderr,
    } = command.output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (status.code(), text(stdout), text(stderr))
}

fn write(folder: &Path, path: &str, content: &str) {
    let path = folder.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, content).unwrap();
}

#[test]
fn every_model_is_counted_and_every_problem_told() {
    let scratch = tempfile::tempdir().unwrap();
    let folder = scratch.path();
    write(folder, "good/a/2016-01-01/service-2.json", GOOD);
    write(folder, "good/a/2017-01-01/service-2.json", GOOD);
    write(folder, "good/b/2016-01-01/service-2.json", GOOD);
    let (code, stdout, _) = survey(folder, &["good"]);
    assert_eq!(code, Some(0), "{stdout}");
    let counts: Vec<&str> = stdout.lines().nth(1).unwrap().split_whitespace().collect();
    let bytes = (3 * GOOD.len()).to_string();
    assert_eq!(counts[..7], ["2", "3", "0", "3", "3", "3", &bytes]);
    assert!(stdout.ends_with("\nno problems\n"), "{stdout}");

    write(folder, "bad/c/2016-01-01/service-2.json", BAD);
    let (code, stdout, _) = survey(folder, &["good", "bad"]);
    assert_eq!(code, Some(1));
    let told = |code: &str| stdout.lines().any(|line| line.starts_with(code));
    assert!(
        told("dangling-reference  error") && told("unknown-key         warning"),
        "{stdout}"
    );
    let example = "bad/c/2016-01-01/service-2.json shapes.S.member.shape";
    assert!(stdout.contains(example), "{stdout}");
    let (_, stdout, _) = survey(folder, &["bad", "--problems"]);
    assert!(stdout.contains("the shape `T` is not defined"), "{stdout}");

    // A file alone need not tell its release, which does not matter here.
    write(folder, "c.json", GOOD);
    let (code, ..) = survey(folder, &["c.json"]);
    assert_eq!(code, Some(2), "it does not tell its service");
    let (code, _, stderr) = survey(folder, &["absent"]);
    assert_eq!(code, Some(2));
    assert!(stderr.contains("cannot read absent"), "{stderr}");
}

#[test]
fn every_model_becomes_a_crate_of_one_workspace() {
    let scratch = tempfile::tempdir().unwrap();
    let folder = scratch.path();
    write(folder, "data/a/2016-01-01/service-2.json", GOOD);
    write(folder, "data/a/2017-01-01/service-2.json", GOOD);
    write(folder, "data/b/2016-01-01/service-2.json", GOOD);
    let (code, stdout, stderr) = survey(folder, &["data", "--generate", "crates"]);
    assert_eq!(code, Some(0), "{stderr}");
    let counts: Vec<&str> = stdout.lines().nth(1).unwrap().split_whitespace().collect();
    // Manifest, README, library, the endpoint, three lists of modules and one type each.
    assert_eq!(counts[7], "24", "{stdout}");
    let structure = "src/types/s.rs";
    for model in ["a/2016-01-01", "a/2017-01-01", "b/2016-01-01"] {
        assert!(folder.join("crates").join(model).join(structure).is_file());
    }
    let manifest = fs::read_to_string(folder.join("crates/Cargo.toml")).unwrap();
    assert!(manifest.contains("members = [\"*/*\"]"), "{manifest}");

    let newest = ["data", "--newest", "--service", "a", "--generate", "newest"];
    assert_eq!(survey(folder, &newest).0, Some(0));
    assert!(folder.join("newest/a/2017-01-01").is_dir());
    assert!(!folder.join("newest/a/2016-01-01").exists());
    assert!(!folder.join("newest/b").exists());

    let (code, _, stderr) = survey(folder, &["data", "--service", "aa"]);
    assert_eq!(code, Some(2));
    assert!(stderr.contains("has no service `aa`; it has 2"), "{stderr}");
    let (code, _, stderr) = survey(folder, &["data", "--generate", "data"]);
    assert_eq!(code, Some(2));
    assert!(stderr.contains("name an empty folder"), "{stderr}");
}

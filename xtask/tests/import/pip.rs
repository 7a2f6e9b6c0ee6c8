//! `pypi:` through a pip that is a script of ours: nothing here goes to a network.
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::process::Command;

use super::support::{Scratch, model, run, wheel};

/// An import that finds only the given script, under this name, where programs are looked for.
fn with_pip(scratch: &Scratch, name: &str, script: &str) -> Command {
    let path = scratch.write(&format!("bin/{name}"), format!("#!/bin/sh\n{script}\n"));
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    command(scratch)
}

fn command(scratch: &Scratch) -> Command {
    let mut command = scratch.command("--service toy pypi:botocore==1.2.3");
    command.env("PATH", scratch.path("bin"));
    command
}

/// Copies the wheel to where pip is told to, which is the argument after `--dest`.
const FETCHES: &str = r#"while [ "$1" != --dest ]; do shift; done
/bin/cp "$WHEEL" "$2/botocore-1.2.3-py3-none-any.whl""#;

#[test]
fn what_pip_fetches_is_imported() {
    for name in ["python3", "python", "pip3", "pip"] {
        let scratch = Scratch::new();
        wheel("1.2.3", (2020, 1, 1))
            .toy("service-2.json", &model(&["a"], ""))
            .save(&scratch);
        let mut command = with_pip(&scratch, name, FETCHES);
        let run = run(command.env("WHEEL", scratch.path("1.2.3.whl")));
        assert_eq!(run.code, Some(0), "{}", run.stderr);
        assert!(
            run.stdout.starts_with("toy 1.2.3 (2020-01-01): revision"),
            "{}",
            run.stdout
        );
    }
}

#[test]
fn another_release_than_asked_for_is_refused() {
    let scratch = Scratch::new();
    wheel("1.2.4", (2020, 1, 1))
        .toy("service-2.json", &model(&["a"], ""))
        .save(&scratch);
    let mut command = with_pip(&scratch, "pip", FETCHES);
    let why = scratch.refused(command.env("WHEEL", scratch.path("1.2.4.whl")));
    assert!(
        why.contains("fetched release 1.2.4 instead of 1.2.3"),
        "{why}"
    );
}

#[test]
fn without_pip_it_is_refused() {
    let scratch = Scratch::new();
    fs::create_dir(scratch.path("bin")).unwrap();
    let why = scratch.refused(&mut command(&scratch));
    assert!(why.contains("needs pip"), "{why}");
}

#[test]
fn a_python_without_pip_is_no_pip() {
    let scratch = Scratch::new();
    let script = "echo '/usr/bin/python3: No module named pip' >&2; exit 1";
    let why = scratch.refused(&mut with_pip(&scratch, "python3", script));
    assert!(why.contains("needs pip"), "{why}");
}

#[test]
fn without_a_network_it_is_refused() {
    let scratch = Scratch::new();
    let script = "echo 'WARNING: Retrying (Retry(total=4)) after connection broken by NewConnectionError' >&2
echo 'ERROR: Could not find a version that satisfies the requirement (from versions: none)' >&2
echo 'ERROR: No matching distribution found for botocore==1.2.3' >&2; exit 1";
    let why = scratch.refused(&mut with_pip(&scratch, "pip", script));
    assert!(why.contains("did not reach its package index"), "{why}");
}

#[test]
fn a_version_that_does_not_exist_is_refused() {
    let scratch = Scratch::new();
    let script = "echo 'ERROR: Could not find a version that satisfies the requirement botocore==1.2.3 (from versions: 1.0.0, 1.2.2)' >&2
echo 'ERROR: No matching distribution found for botocore==1.2.3' >&2; exit 1";
    let why = scratch.refused(&mut with_pip(&scratch, "pip", script));
    assert!(
        why.contains("has no botocore==1.2.3; the newest it has is 1.2.2"),
        "{why}"
    );
}

#[test]
fn any_other_failure_of_pip_is_told_in_its_words() {
    let scratch = Scratch::new();
    let script = "echo 'ERROR: No space left on device' >&2; exit 1";
    let why = scratch.refused(&mut with_pip(&scratch, "pip", script));
    assert!(why.contains("No space left on device"), "{why}");
}

#[test]
fn an_option_does_not_pass_for_a_version() {
    let scratch = Scratch::new();
    let why = scratch.refuse("--service toy pypi:botocore==--index-url=x");
    assert!(why.contains("is no version"), "{why}");
}

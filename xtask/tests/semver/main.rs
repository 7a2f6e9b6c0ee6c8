//! `shapewright semver` from the command line: the compiler is the judge of what we call major.

use std::path::Path;
use std::process::{Command, Output};

const OLD: &str = "tests/generate/toy/service-2.json";
/// The toy after many edits, each of which breaks a program of somebody in a way of its own.
const NEW: &str = "tests/semver/toy.json";

fn semver(words: &[&str]) -> (Option<i32>, String, String) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("semver");
    let mut command = Command::new(env!("CARGO_BIN_EXE_shapewright"));
    command.current_dir(root).args(["semver", "--folder"]);
    let Output {
        status,
        stdout,
        stderr,
    } = command.arg(folder).args(words).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (status.code(), text(stdout), text(stderr))
}

#[test]
fn every_major_change_breaks_its_witness_there_and_back() {
    for sides in [[OLD, NEW], [NEW, OLD]] {
        let (code, stdout, stderr) =
            semver(&["--verify", "--no-peer", "--between", sides[0], sides[1]]);
        assert_eq!(code, Some(0), "{stdout}{stderr}");
        let row = stdout.lines().nth(2).unwrap_or_default();
        assert!(row.starts_with("| toy | "), "{stdout}");
        assert!(row.contains(" | major | not asked | "), "{stdout}");
    }
}

#[test]
fn what_cannot_be_verified_is_told() {
    let (code, _, stderr) = semver(&["--verify", "--no-peer", "absent"]);
    assert_eq!(code, Some(2));
    assert!(stderr.contains("there is no service `absent`"), "{stderr}");
    let (code, _, stderr) = semver(&["--verify", "--no-peer", "--between", OLD, OLD]);
    assert_eq!(code, Some(2));
    assert!(stderr.contains("there is no transition"), "{stderr}");
    let (code, _, stderr) = semver(&["batch"]);
    assert_eq!(code, Some(2));
    assert!(stderr.contains("--verify"), "{stderr}");
}

//! `generate` from the command line, on the models of this repository.

mod two_revisions;
mod versions;

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

const SPEC: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../api-spec");

fn run(spec: &str, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_shapewright"));
    command.args(["--spec", spec, "generate"]).args(arguments);
    command.output().unwrap()
}

/// Generates a revision of AWS Batch into a folder.
fn generate(out: &Path, arguments: &[&str]) -> Output {
    let out = out.to_str().unwrap();
    let all = [&["--service", "batch", "--out", out], arguments].concat();
    run(SPEC, &all)
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

#[test]
fn a_revision_becomes_a_crate_and_it_is_told_what_it_changed() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("batch-2017");
    let output = generate(&out, &["--revision", "1.6.1"]);
    assert!(output.status.success(), "{output:?}");
    let told = text(&output.stdout);
    assert!(
        told.contains("AWS Batch, revision 2017-08-14 (botocore 1.6.1)"),
        "{told}"
    );
    assert!(
        told.contains("since 2017-04-11 it changed: ~1 operation, +2 members"),
        "{told}"
    );
    let field = fs::read_to_string(out.join("src/types/container_detail.rs")).unwrap();
    let (_, after) = field.split_once("/// `logStreamName`: a text.").unwrap();
    assert!(
        after
            .trim_start()
            .starts_with("///\n    /// In the API since 2017-08-14."),
        "{after}"
    );
}

#[test]
fn generating_again_writes_nothing_and_a_check_agrees() {
    let folder = tempfile::tempdir().unwrap();
    assert!(generate(folder.path(), &[]).status.success());
    let output = generate(folder.path(), &[]);
    assert!(!text(&output.stdout).contains("written"), "{output:?}");
    let output = generate(folder.path(), &["--check"]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
}

#[test]
fn a_check_tells_every_difference_and_how_to_mend_it() {
    let folder = tempfile::tempdir().unwrap();
    assert!(generate(folder.path(), &[]).status.success());
    let [changed, missing, stale] = [
        "src/types/job_status.rs",
        "src/types/job_detail.rs",
        "src/types/gone.rs",
    ]
    .map(|path| folder.path().join(path));
    let original = fs::read_to_string(&changed).unwrap();
    fs::write(&changed, original.replace("Runnable", "Walkable")).unwrap();
    let content = fs::read(&missing).unwrap();
    fs::remove_file(&missing).unwrap();
    fs::write(&stale, &content).unwrap();

    let output = generate(folder.path(), &["--check"]);
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    let told = text(&output.stdout);
    for words in [
        "src/types/job_status.rs differs",
        "-    Walkable,\n+    Runnable,",
        "src/types/job_detail.rs is missing",
        "src/types/gone.rs is no longer generated",
    ] {
        assert!(told.contains(words), "{words} in {told}");
    }
    assert!(text(&output.stderr).contains(" generate --service batch --out"));
    assert!(
        stale.exists() && !missing.exists(),
        "a check writes nothing"
    );

    assert!(generate(folder.path(), &[]).status.success());
    assert!(!stale.exists(), "what is no longer generated is removed");
    assert_eq!(fs::read(&missing).unwrap(), content);
    assert_eq!(fs::read_to_string(&changed).unwrap(), original);
}

#[test]
fn files_of_others_stay_and_are_never_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    let own = folder.path().join("src/types/own.rs");
    fs::create_dir_all(own.parent().unwrap()).unwrap();
    fs::write(&own, "// mine\n").unwrap();
    assert!(generate(folder.path(), &[]).status.success());
    assert_eq!(fs::read_to_string(&own).unwrap(), "// mine\n");

    let manifest = folder.path().join("Cargo.toml");
    fs::write(&manifest, "# mine\n").unwrap();
    let output = generate(folder.path(), &[]);
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    assert!(text(&output.stderr).contains("was not generated, so it is not overwritten"));
    assert_eq!(fs::read_to_string(&manifest).unwrap(), "# mine\n");
}

#[test]
fn what_cannot_be_generated_is_refused_with_the_reason() {
    let folder = tempfile::tempdir().unwrap();
    for (arguments, words) in [
        (&["--revision", "2016-01-01"][..], "before what is imported"),
        (&["--revision", "soon"], "names no revision"),
        (&["--docs"], "--keep-docs"),
    ] {
        let output = generate(folder.path(), arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {output:?}");
        assert!(text(&output.stderr).contains(words), "{output:?}");
    }
    let empty = folder.path().to_str().unwrap();
    let output = run(empty, &[]);
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    assert!(
        text(&output.stderr).contains("`import` brings one in"),
        "{output:?}"
    );
    let output = run(SPEC, &["--service", "bach"]);
    assert!(
        text(&output.stderr).contains("imported are batch"),
        "{output:?}"
    );
    assert_eq!(
        fs::read_dir(folder.path()).unwrap().count(),
        0,
        "nothing is written"
    );
}

#[test]
fn upstream_documentation_that_was_kept_is_used_on_request() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data/toy/2020-02-02");
    fs::create_dir_all(&data).unwrap();
    let model = r#"{
        "metadata": {"protocol": "rest-json", "serviceId": "Toy"},
        "operations": {"Ping": {"name": "Ping", "http": {"method": "POST", "requestUri": "/"},
            "documentation": "<p>Says <b>hello</b> &amp; <code>Vec&lt;T&gt;</code>.</p><pre><code>let x = ;</code></pre> \u202e*/"}},
        "shapes": {}
    }"#;
    fs::write(data.join("service-2.json"), model).unwrap();
    let spec = folder.path().join("spec");
    let spec = spec.to_str().unwrap();
    let source = folder.path().join("data");
    let import = Command::new(env!("CARGO_BIN_EXE_shapewright"))
        .args([
            "--spec",
            spec,
            "import",
            source.to_str().unwrap(),
            "--service",
            "toy",
        ])
        .args(["--date", "2020-02-02", "--release", "1.0.0", "--keep-docs"])
        .output()
        .unwrap();
    assert!(import.status.success(), "{import:?}");
    for (arguments, expected) in [(&["--docs"][..], true), (&[], false)] {
        let out = folder.path().join(format!("out-{expected}"));
        let options = [&["--out", out.to_str().unwrap()], arguments].concat();
        let output = run(spec, &options);
        assert!(output.status.success(), "{output:?}");
        let made = fs::read_to_string(out.join("src/operations/ping.rs")).unwrap();
        assert_eq!(
            made.contains("Says hello \\& `Vec<T>`."),
            expected,
            "{made}"
        );
        // A block of code would else run as a test, and the direction of the text would turn.
        assert_eq!(made.contains("```text"), expected, "{made}");
        assert!(!made.contains('\u{202e}'), "{made}");
        let (comment, _) = made.split_once("#[derive").unwrap();
        let comment = comment.split_once("/// ").unwrap().1;
        assert!(
            comment.lines().skip(1).all(|line| line.starts_with("///")),
            "{comment}"
        );
    }
}

#[test]
fn names_are_written_down_once_and_kept_whatever_the_generator_would_call_things_now() {
    const TOY: &str = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../tests/generate/toy/service-2.json"
    );
    let folder = tempfile::tempdir().unwrap();
    let spec = folder.path().join("spec");
    let shapewright = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_shapewright"));
        command.arg("--spec").arg(&spec).args(arguments);
        command.output().unwrap()
    };
    let import = [
        "import",
        TOY,
        "--service",
        "toy",
        "--release",
        "1.0.0",
        "--date",
        "2020-02-02",
    ];
    assert!(shapewright(&import).status.success());
    let path = spec.join("toy/ledger.toml");
    let ledger = fs::read_to_string(&path).unwrap();
    assert!(ledger.contains("\nPing = \"Ping\"\n"), "{ledger}");

    fs::write(&path, ledger.replace("Ping = \"Ping\"", "Ping = \"Knock\"")).unwrap();
    assert!(shapewright(&["generate"]).status.success());
    let operations = folder.path().join("models/toy/src/operations/mod.rs");
    let operations = fs::read_to_string(operations).unwrap();
    assert!(
        operations.contains("pub use knock::{Knock, KnockError};"),
        "{operations}"
    );

    fs::write(&path, ledger.replace("Ping = \"Ping\"\n", "")).unwrap();
    let check = shapewright(&["generate", "--check"]);
    assert_eq!(check.status.code(), Some(1), "{check:?}");
    assert!(
        text(&check.stdout).contains("ledger.toml differs"),
        "{check:?}"
    );
    assert!(shapewright(&["generate"]).status.success());
    let names = |text: &str| text.split_once("[operations]").unwrap().1.to_owned();
    let written = fs::read_to_string(&path).unwrap();
    assert_eq!(names(&written), names(&ledger));

    fs::write(&path, ledger.replace("\"Ping\"", "\"fn\"")).unwrap();
    let refused = shapewright(&["generate"]);
    assert_eq!(refused.status.code(), Some(2), "{refused:?}");
    assert!(
        text(&refused.stderr).contains("no identifiers of Rust: `fn`"),
        "{refused:?}"
    );
}

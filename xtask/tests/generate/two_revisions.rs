//! A program that depends on two revisions of AWS Batch, under two names, and turns values of the one
//! into values of the other.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::{generate, text};

const MANIFEST: &str = r#"
[workspace]
[package]
name = "program"
edition = "2024"
[dependencies]
newer = { package = "shapewright-batch", path = "2017-08-14", features = ["convert"] }
older = { package = "batch-of-2017", path = "2017-04-11" }
"#;

/// Forward nothing is lost. Backward it is told what is: the member that the newer revision brought.
const PROGRAM: &str = r#"
use newer::runtime::convert;

fn main() {
    assert_eq!((older::REVISION, newer::REVISION), ("2017-04-11", "2017-08-14"));

    let container = older::types::ContainerDetail::default().with_image("busybox").with_exit_code(0);
    let job = older::types::JobDetail::default()
        .with_job_name("one")
        .with_status("STARTING".into())
        .with_container(container);
    let newer: newer::types::JobDetail = convert(&job).expect("a job").lossless().expect("all of it");
    assert_eq!(newer.status(), Some(&newer::types::JobStatus::Starting));
    let back: older::types::JobDetail = convert(&newer).expect("a job").lossless().expect("all of it");
    assert_eq!(back, job);

    let container = newer::types::ContainerDetail::default().with_log_stream_name("s").with_vcpus(2);
    let newer = newer.with_container(container);
    let older = convert::<_, older::types::JobDetail>(&newer).expect("a job");
    assert_eq!(older.lost, ["container.logStreamName"]);
    assert_eq!(older.value.container().and_then(older::types::ContainerDetail::vcpus), Some(2));
    assert!(older.lossless().is_err());

    assert!(convert::<_, older::types::JobDetail>(&vec![1]).is_err());
    println!("converted");
}
"#;

#[test]
fn one_program_has_two_revisions_and_converts_between_them() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("two-revisions");
    // Cargo takes no two packages of one name into a workspace.
    for (revision, name) in [
        ("2017-04-11", "batch-of-2017"),
        ("2017-08-14", "shapewright-batch"),
    ] {
        let arguments = ["--revision", revision, "--name", name];
        let output = generate(&folder.join(revision), &arguments);
        assert!(output.status.success(), "{output:?}");
    }
    fs::create_dir_all(folder.join("src")).unwrap();
    fs::write(folder.join("src/main.rs"), PROGRAM).unwrap();
    fs::write(folder.join("Cargo.toml"), MANIFEST).unwrap();
    // The versions that are here already; cargo leaves out what is not needed.
    let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.lock");
    fs::copy(lock, folder.join("Cargo.lock")).unwrap();
    let output = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(["run", "--quiet", "--offline"])
        .current_dir(&folder)
        .env("CARGO_TARGET_DIR", folder.join("target"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert_eq!(text(&output.stdout), "converted\n");
}

//! The users' programs.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Result, anyhow};
use shapewright_benches::{spec, twins};

/// A program, as files.
pub(crate) struct Program {
    /// What it stands on, for people.
    pub(crate) name: &'static str,
    /// The package with the API's types.
    pub(crate) model: &'static str,
    /// Whether the registry is needed.
    pub(crate) online: bool,
    files: BTreeMap<&'static str, String>,
}

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

const MANIFEST: &str = "\
[package]
name = \"user\"
version = \"0.0.0\"
edition = \"2024\"

[workspace]

[dependencies]
";

/// On the generated crate.
pub(crate) fn generated() -> Program {
    let main = r#"
use shapewright_batch::types::{DescribeJobsResponse, SubmitJobRequest};

fn main() {
    let request = SubmitJobRequest::builder()
        .job_name("name")
        .job_queue("queue")
        .job_definition("definition")
        .build();
    println!("{}", serde_json::to_string(&request).unwrap());
    let answer: DescribeJobsResponse = serde_json::from_reader(std::io::stdin()).unwrap();
    for job in answer.jobs() {
        println!("{:?} {:?}", job.job_id(), job.status());
    }
}
"#;
    let manifest = format!(
        "{MANIFEST}shapewright-batch = {{ path = {:?} }}\nserde_json = \"1\"\n",
        format!("{ROOT}/models/batch")
    );
    Program {
        name: "shapewright-batch",
        model: "shapewright-batch",
        online: false,
        files: locked([("Cargo.toml", manifest), ("src/main.rs", main.to_owned())]),
    }
}

/// On twins of all structures of the newest revision: types and serde alone, without builders,
/// getters, enums, operations, validation and documentation.
pub(crate) fn derived() -> Result<Program> {
    let revision = spec::newest()?;
    let model = spec::load(&revision).map_err(|error| anyhow!("{error}"))?;
    let all = model.operations.iter().flat_map(|operation| {
        let parts = operation.input.iter().chain(&operation.output);
        parts.chain(&operation.errors).map(|part| part.target)
    });
    let twins = twins::source(&model, all);
    let main = r#"
use twins::{DescribeJobsResponse, SubmitJobRequest};

fn main() {
    let request = SubmitJobRequest {
        job_name: Some("name".to_owned()),
        job_queue: Some("queue".to_owned()),
        job_definition: Some("definition".to_owned()),
        ..Default::default()
    };
    println!("{}", serde_json::to_string(&request).unwrap());
    let answer: DescribeJobsResponse = serde_json::from_reader(std::io::stdin()).unwrap();
    for job in answer.jobs.iter().flatten() {
        println!("{:?} {:?}", job.job_id, job.status);
    }
}
"#;
    let manifest = format!("{MANIFEST}twins = {{ path = \"twins\" }}\nserde_json = \"1\"\n");
    let library = "[package]\nname = \"twins\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
                   [dependencies]\nserde = { version = \"1\", features = [\"derive\"] }\n";
    Ok(Program {
        name: "derived twins",
        model: "twins",
        online: false,
        files: locked([
            ("Cargo.toml", manifest),
            ("src/main.rs", main.to_owned()),
            ("twins/Cargo.toml", library.to_owned()),
            ("twins/src/lib.rs", twins),
        ]),
    })
}

/// On AWS's SDK, without the HTTP and TLS of its default features.
pub(crate) fn sdk() -> Program {
    let main = r#"
fn main() {
    let config = aws_sdk_batch::Config::builder()
        .behavior_version(aws_sdk_batch::config::BehaviorVersion::latest())
        .build();
    let client = aws_sdk_batch::Client::from_conf(config);
    let request = client
        .submit_job()
        .job_name("name")
        .job_queue("queue")
        .job_definition("definition");
    println!("{request:?}");
    // Never run: what matters is that both calls are compiled.
    drop(async move {
        let _ = request.send().await;
        let answer = client.describe_jobs().jobs("id").send().await.unwrap();
        for job in answer.jobs() {
            println!("{:?} {:?}", job.job_id(), job.status());
        }
    });
}
"#;
    let manifest =
        format!("{MANIFEST}aws-sdk-batch = {{ version = \"1\", default-features = false }}\n");
    Program {
        name: "aws-sdk-batch",
        model: "aws-sdk-batch",
        online: true,
        files: BTreeMap::from([("Cargo.toml", manifest), ("src/main.rs", main.to_owned())]),
    }
}

/// With this repository's lock file, so that the same versions are built, and offline.
fn locked<const N: usize>(files: [(&'static str, String); N]) -> BTreeMap<&'static str, String> {
    let mut files = BTreeMap::from(files);
    if let Ok(lock) = std::fs::read_to_string(format!("{ROOT}/Cargo.lock")) {
        files.insert("Cargo.lock", lock);
    }
    files
}

impl Program {
    /// Writes the files to an empty folder.
    pub(crate) fn write(&self, folder: &Path) -> Result<()> {
        for (path, text) in &self.files {
            let path = folder.join(path);
            if let Some(parent) = path.parent() {
                std::fs::create_dir_all(parent)?;
            }
            std::fs::write(path, text)?;
        }
        Ok(())
    }
}

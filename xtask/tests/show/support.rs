//! The program, and a small service with a history.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

const BATCH: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../api-spec");
const TOY: &str = include_str!("../../../tests/diff/toy.json");

/// A folder of models.
pub(crate) struct Spec {
    folder: Option<TempDir>,
}

impl Spec {
    /// That of this repository, with AWS Batch.
    pub(crate) fn batch() -> Self {
        Self { folder: None }
    }

    /// One with the service `toy`: a revision for each edit, on the first days of 2020, releases
    /// 1.0.0 and so on. With documentation, as far as the edits bring some in.
    pub(crate) fn toy(edits: &[&dyn Fn(&mut Value)]) -> Self {
        let spec = Self {
            folder: Some(tempfile::tempdir().unwrap()),
        };
        let folder = spec.folder.as_ref().unwrap().path();
        for (at, edit) in edits.iter().enumerate() {
            let mut model = serde_json::from_str(TOY).unwrap();
            edit(&mut model);
            let file = folder.join("service-2.json");
            fs::write(&file, model.to_string()).unwrap();
            let (release, date) = (format!("1.{at}.0"), format!("2020-01-0{}", at + 1));
            let output = command(folder)
                .args(["import", "--spec"])
                .arg(folder.join("api-spec"))
                .args(["--service", "toy", "--keep-docs", "--release", &release])
                .args(["--date", &date])
                .arg(&file)
                .output()
                .unwrap();
            assert!(output.status.success(), "{output:?}");
        }
        spec
    }

    fn run(&self, arguments: &[&str]) -> Output {
        let (here, spec) = match &self.folder {
            Some(folder) => (folder.path(), folder.path().join("api-spec")),
            None => (Path::new("."), BATCH.into()),
        };
        let mut command = command(here);
        command.arg("--spec").arg(spec).args(arguments);
        command.output().unwrap()
    }

    /// What a command prints that ends well.
    pub(crate) fn stdout(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert!(output.status.success(), "{arguments:?}: {output:?}");
        assert!(output.stderr.is_empty(), "{output:?}");
        String::from_utf8(output.stdout).unwrap()
    }

    /// Why a command fails; it must say nothing on stdout.
    pub(crate) fn refusal(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {output:?}");
        assert!(output.stdout.is_empty(), "{output:?}");
        String::from_utf8(output.stderr).unwrap()
    }
}

fn command(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_shapewright"));
    command.current_dir(folder).env_remove("CLICOLOR_FORCE");
    command
}

/// The toy as it is.
pub(crate) fn plain(_: &mut Value) {}

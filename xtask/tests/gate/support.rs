//! A folder with models of a small service, and the commands on it.

use std::path::Path;
use std::process::{Command, Output};

use serde_json::{Value, json};
use tempfile::TempDir;

/// A team's folder.
pub(crate) struct Team(TempDir);

/// A service with an operation.
pub(crate) fn model() -> Value {
    json!({
        "metadata": {"apiVersion": "2020-01-01", "endpointPrefix": "toy", "protocol": "rest-json",
            "serviceFullName": "Toy", "serviceId": "Toy", "signatureVersion": "v4",
            "uid": "toy-2020-01-01"},
        "operations": {
            "GetToy": {"name": "GetToy", "http": {"method": "POST", "requestUri": "/get"},
                "input": {"shape": "GetToyRequest"}, "output": {"shape": "Toy"}},
            "ListToys": {"name": "ListToys", "http": {"method": "POST", "requestUri": "/list"},
                "output": {"shape": "Toys"}},
        },
        "shapes": {
            "GetToyRequest": {"type": "structure", "members": {
                "name": {"shape": "Text"}, "colour": {"shape": "Text"}}},
            "Toy": {"type": "structure", "members": {
                "name": {"shape": "Text"}, "age": {"shape": "Number"}}},
            "Toys": {"type": "structure", "members": {"names": {"shape": "Texts"}}},
            "Texts": {"type": "list", "member": {"shape": "Text"}},
            "Text": {"type": "string"},
            "Number": {"type": "integer"},
        },
    })
}

/// The service without the age of its toys.
pub(crate) fn broken() -> Value {
    let mut model = model();
    let members = model["shapes"]["Toy"]["members"].as_object_mut();
    members.unwrap().remove("age");
    model["shapes"].as_object_mut().unwrap().remove("Number");
    model
}

impl Team {
    pub(crate) fn new() -> Self {
        let team = Self(TempDir::new().unwrap());
        team.write("old.json", &model());
        team.write("new.json", &broken());
        team
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    pub(crate) fn write(&self, name: &str, model: &Value) {
        std::fs::write(self.path().join(name), model.to_string()).unwrap();
    }

    pub(crate) fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path().join(name)).unwrap()
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_shapewright"));
        command
            .current_dir(self.path())
            .env_remove("CLICOLOR_FORCE")
            .args(arguments);
        command.output().unwrap()
    }

    /// The exit code of a command that prints a report or nothing, but no error.
    pub(crate) fn code(&self, arguments: &[&str]) -> i32 {
        let output = self.run(arguments);
        let code = output.status.code().unwrap();
        assert!(code < 2, "{arguments:?}: {output:?}");
        code
    }

    /// What a command says on stderr that fails by an error.
    pub(crate) fn refusal(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {output:?}");
        assert!(output.stdout.is_empty(), "{output:?}");
        String::from_utf8(output.stderr).unwrap()
    }

    /// The JSON report of `diff old.json new.json`.
    pub(crate) fn report(&self, more: &[&str]) -> Value {
        let arguments = ["diff", "old.json", "new.json", "--format", "json"];
        let output = self.run(&[&arguments[..], more].concat());
        serde_json::from_slice(&output.stdout).unwrap()
    }
}

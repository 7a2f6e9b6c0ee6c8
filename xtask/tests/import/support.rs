//! A scratch folder with a spec, wheels made on the spot, and the program itself.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use flate2::Compression;
use flate2::write::GzEncoder;
use tempfile::TempDir;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// Where an import takes place.
pub(crate) struct Scratch {
    folder: TempDir,
}

/// What a run of the program gave.
pub(crate) struct Run {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Scratch {
    pub(crate) fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, content).unwrap();
        path
    }

    /// The program's `import`, with words parted by spaces, run in the scratch folder.
    pub(crate) fn command(&self, arguments: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_shapewright"));
        command
            .current_dir(self.folder.path())
            .env_remove("CLICOLOR_FORCE");
        command
            .args(["import", "--spec", "spec"])
            .args(arguments.split_whitespace());
        command
    }

    pub(crate) fn run(&self, arguments: &str) -> Run {
        run(&mut self.command(arguments))
    }

    /// An import that must succeed. Gives the report.
    pub(crate) fn import(&self, arguments: &str) -> String {
        let run = self.run(arguments);
        assert_eq!(run.code, Some(0), "{}{}", run.stdout, run.stderr);
        run.stdout
    }

    /// An import that must be refused: exit code 2, nothing on stdout, nothing written. Gives why.
    pub(crate) fn refuse(&self, arguments: &str) -> String {
        self.refused(&mut self.command(arguments))
    }

    pub(crate) fn refused(&self, command: &mut Command) -> String {
        let before = self.spec();
        let run = run(command);
        assert_eq!(run.code, Some(2), "{}{}", run.stdout, run.stderr);
        assert_eq!(run.stdout, "");
        assert_eq!(
            self.spec(),
            before,
            "a refused import has written something"
        );
        run.stderr
    }

    /// Every file of the spec folder by relative path.
    pub(crate) fn spec(&self) -> BTreeMap<String, Vec<u8>> {
        let mut files = BTreeMap::new();
        collect(&self.path("spec"), "", &mut files);
        files
    }

    /// The paths of [`Self::spec`].
    pub(crate) fn listing(&self) -> Vec<String> {
        self.spec().into_keys().collect()
    }

    pub(crate) fn text(&self, path: &str) -> String {
        fs::read_to_string(self.path("spec").join(path)).unwrap()
    }
}

pub(crate) fn run(command: &mut Command) -> Run {
    let Output {
        status,
        stdout,
        stderr,
    } = command.output().unwrap();
    Run {
        code: status.code(),
        stdout: String::from_utf8(stdout).unwrap(),
        stderr: String::from_utf8(stderr).unwrap(),
    }
}

fn collect(root: &Path, below: &str, files: &mut BTreeMap<String, Vec<u8>>) {
    let Ok(entries) = fs::read_dir(root.join(below)) else {
        return;
    };
    for entry in entries {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let path = if below.is_empty() {
            name
        } else {
            format!("{below}/{name}")
        };
        if root.join(&path).is_dir() {
            collect(root, &path, files);
        } else {
            let content = fs::read(root.join(&path)).unwrap();
            files.insert(path, content);
        }
    }
}

/// A release to make a wheel of.
pub(crate) struct Wheel {
    version: String,
    day: (u16, u8, u8),
    entries: Vec<(String, Vec<u8>)>,
}

/// A wheel of this version whose files bear this day.
pub(crate) fn wheel(version: &str, day: (u16, u8, u8)) -> Wheel {
    Wheel {
        version: version.to_owned(),
        day,
        entries: Vec::new(),
    }
}

impl Wheel {
    /// Adds an entry under any name.
    pub(crate) fn entry(mut self, name: &str, content: impl Into<Vec<u8>>) -> Self {
        self.entries.push((name.to_owned(), content.into()));
        self
    }

    /// Adds a file of the service `toy`; packed if the name says so.
    pub(crate) fn toy(self, file: &str, content: &str) -> Self {
        let name = format!("botocore/data/toy/2016-08-10/{file}");
        if file.split('.').next_back() == Some("gz") {
            self.entry(&name, gzip(content.as_bytes()))
        } else {
            self.entry(&name, content)
        }
    }

    pub(crate) fn bytes(&self) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        let (year, month, day) = self.day;
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(DateTime::from_date_and_time(year, month, day, 12, 0, 0).unwrap());
        for (name, content) in &self.entries {
            zip.start_file(name.as_str(), options).unwrap();
            zip.write_all(content).unwrap();
        }
        let folder = format!("botocore-{}.dist-info", self.version);
        zip.start_file(format!("{folder}/METADATA"), options)
            .unwrap();
        write!(
            zip,
            "Metadata-Version: 2.1\nName: botocore\nVersion: {}\n\nText.\n",
            self.version
        )
        .unwrap();
        zip.finish().unwrap().into_inner()
    }

    /// Writes the wheel to the scratch folder as `<version>.whl`.
    pub(crate) fn save(&self, scratch: &Scratch) {
        scratch.write(&format!("{}.whl", self.version), self.bytes());
    }
}

pub(crate) fn gzip(content: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(content).unwrap();
    encoder.finish().unwrap()
}

/// A model of one operation whose input has these members, with this much documentation.
pub(crate) fn model(members: &[&str], words: &str) -> String {
    let members: Vec<String> = members
        .iter()
        .map(|name| format!(r#""{name}": {{"shape": "Text", "documentation": "{words}"}}"#))
        .collect();
    format!(
        r#"{{
  "version": "2.0",
  "metadata": {{"apiVersion": "2016-08-10", "serviceId": "Toy", "protocol": "rest-json"}},
  "operations": {{
    "GetToy": {{"name": "GetToy", "http": {{"method": "POST", "requestUri": "/toy"}}, "input": {{"shape": "GetToyRequest"}}}}
  }},
  "shapes": {{
    "GetToyRequest": {{"type": "structure", "members": {{{}}}}},
    "Text": {{"type": "string"}}
  }},
  "documentation": "{words}"
}}
"#,
        members.join(", ")
    )
}

/// Paginators of the model, with this key for a page's size.
pub(crate) fn paginators(limit: &str) -> String {
    format!(
        r#"{{"pagination": {{"GetToy": {{"input_token": "a", "output_token": "b", "limit_key": "{limit}"}}}}}}"#
    )
}

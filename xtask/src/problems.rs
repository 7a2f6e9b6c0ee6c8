//! Files that cannot be read as models: the problems as one error, and how errors are printed.

use std::fmt;
use std::io::IsTerminal as _;

use anyhow::Result;
use shapewright_model::c2j::{self, FileKind, Prose, Reading, Source};
use shapewright_model::{Code, Path, Problem, Severity};

/// A file's content, under the name by which problems call it.
pub(crate) struct Input {
    pub(crate) kind: FileKind,
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
}

/// Reads a model.
///
/// # Errors
/// [`Problems`], with everything that is wrong with the files.
pub(crate) fn read(files: Vec<Input>, prose: Prose) -> Result<Reading> {
    let sources: Vec<Source<'_>> = files
        .iter()
        .map(|file| Source {
            kind: file.kind,
            name: &file.name,
            bytes: &file.bytes,
        })
        .collect();
    c2j::read(&sources, prose).map_err(|problems| {
        let problems = Problems { problems, files };
        problems.into()
    })
}

/// Reads a file from disk; that it is a folder or not there is a problem like any other.
pub(crate) fn read_file(path: &std::path::Path) -> Result<Vec<u8>> {
    not_a_folder(path)?;
    std::fs::read(path).map_err(|error| {
        let help = "check the name and your rights to it";
        unreadable(path, format!("the file cannot be read: {error}"), help)
    })
}

/// Refuses a folder where a file is expected.
pub(crate) fn not_a_folder(path: &std::path::Path) -> Result<()> {
    if path.is_dir() {
        let message = "this is a folder, where a file is expected".to_owned();
        return Err(unreadable(path, message, "name the file in it"));
    }
    Ok(())
}

fn unreadable(path: &std::path::Path, message: String, help: &str) -> anyhow::Error {
    let problem = Problem {
        code: Code::UnreadableFile,
        file: path.display().to_string(),
        path: Path::root(),
        place: None,
        message,
        help: help.to_owned(),
    };
    let problems = Problems {
        problems: vec![problem],
        files: Vec::new(),
    };
    problems.into()
}

/// Everything that is wrong with some files.
pub(crate) struct Problems {
    pub(crate) problems: Vec<Problem>,
    pub(crate) files: Vec<Input>,
}

impl Problems {
    /// The problems as text, each with its line of the file.
    pub(crate) fn render(&self) -> String {
        render(&self.problems, &self.files)
    }
}

/// Problems as text, each with its line of the file.
pub(crate) fn render(problems: &[Problem], _files: &[Input]) -> String {
    problems
        .iter()
        .map(|problem| format!("{problem}\n  help: {}\n", problem.help))
        .collect()
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let errors = self.problems.iter();
        let errors = errors.filter(|problem| problem.severity() == Severity::Error);
        match errors.count() {
            1 => f.write_str("1 problem, shown above"),
            count => write!(f, "{count} problems, shown above"),
        }
    }
}

impl fmt::Debug for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render())
    }
}

impl std::error::Error for Problems {}

/// Prints why a command failed, to stderr.
pub(crate) fn print_error(error: &anyhow::Error) {
    if let Some(problems) = error.downcast_ref::<Problems>() {
        eprint!("{}", problems.render());
    }
    eprintln!("error: {error:#}");
}

/// Whether stderr shows colours.
#[expect(
    dead_code,
    reason = "the rendering that asks for it comes with the report crate"
)]
pub(crate) fn colour() -> bool {
    std::io::stderr().is_terminal()
}

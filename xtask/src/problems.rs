//! Files that cannot be read as models: the problems as one error, and how errors are printed.

use std::fmt::{self, Write as _};

use anstream::{AutoStream, ColorChoice};
use anyhow::Result;
use shapewright_model::c2j::{FileKind, Prose, Reading, Source};
use shapewright_model::{Code, Path, Problem, Series, Severity};
use shapewright_report::problem;

/// Up to how many problems are shown with their line of the file.
const MANY: usize = 100;

/// A file's content, under the name by which problems call it.
pub(crate) struct Input {
    pub(crate) kind: FileKind,
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
}

impl Input {
    /// The file, as the model's readers take it.
    pub(crate) fn source(&self) -> Source<'_> {
        Source {
            kind: self.kind,
            name: &self.name,
            bytes: &self.bytes,
        }
    }
}

/// Reads a model, of either dialect.
///
/// # Errors
/// [`Problems`], with everything that is wrong with the files.
pub(crate) fn read(files: Vec<Input>, prose: Prose) -> Result<Reading> {
    read_with(&files, prose).map_err(|problems| {
        let problems = Problems { problems, files };
        problems.into()
    })
}

/// Reads a model, of either dialect, whose files stay the caller's.
pub(crate) fn read_with(files: &[Input], prose: Prose) -> Result<Reading, Vec<Problem>> {
    let sources: Vec<Source<'_>> = files.iter().map(Input::source).collect();
    shapewright_model::read(&sources, prose)
}

/// Reads the next model of a series, of either dialect.
///
/// # Errors
/// [`Problems`], with everything that is wrong with the files.
pub(crate) fn read_next(series: &mut Series, files: Vec<Input>) -> Result<Reading> {
    let sources: Vec<Source<'_>> = files.iter().map(Input::source).collect();
    series.read(&sources).map_err(|problems| {
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
pub(crate) fn render(problems: &[Problem], files: &[Input]) -> String {
    let colour = colour();
    let mut text = String::new();
    for problem in problems.iter().take(MANY) {
        let file = files.iter().find(|file| file.name == problem.file);
        let bytes = file.map_or(&[][..], |file| &file.bytes);
        text.push_str(&problem::render(problem, bytes, colour));
        text.push('\n');
    }
    // The rest in a line each: a long line of a file takes a while to lay out.
    for problem in problems.iter().skip(MANY) {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{}", problem::visible(&problem.to_string()));
    }
    text
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
    // A message may quote what a hostile file or archive says.
    let message = format!("error: {error:#}");
    for line in message.lines() {
        eprintln!("{}", problem::visible(line));
    }
}

/// Whether stderr shows colours, which a user may also ask for or forbid by environment variables.
fn colour() -> bool {
    AutoStream::choice(&std::io::stderr()) != ColorChoice::Never
}

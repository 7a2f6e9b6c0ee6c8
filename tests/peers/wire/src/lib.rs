//! What the peer tests call to see the types of a generated crate at work.
//!
//! Of each service a program is made that lists the crate's types and operations and calls [`run`]
//! (`cargo xtask ci` writes it). Its one argument is a command; it reads stdin and writes stdout, so
//! that the Python side needs nothing but pipes:
//!
//! - `filter`: each line `{"type": NAME, "json": …}` comes back as `{"json": …}`, read into the type
//!   and written again, or as `{"error": …}`
//! - `types`, `operations`: what there is, a line of JSON each

mod table;

use std::env;
use std::error::Error;
use std::io::{self, BufRead as _, Write as _};
use std::process::ExitCode;

use serde_json::json;
use serde_json::value::RawValue;

pub use table::{Described, Type};

type Fallible<T> = Result<T, Box<dyn Error>>;

/// The program of a crate with these types and operations.
pub fn run(types: &[Type], operations: &[Described]) -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let done = match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["filter"] => filter(types),
        ["types"] => lines(types.iter().map(|one| json!(one.name).to_string())),
        ["operations"] => lines(operations.iter().map(|one| one.json().to_string())),
        _ => Err("the commands are filter, types and operations".into()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn lines(lines: impl IntoIterator<Item = String>) -> Fallible<()> {
    let mut stdout = io::stdout().lock();
    for line in lines {
        writeln!(stdout, "{line}")?;
    }
    Ok(())
}

fn filter(types: &[Type]) -> Fallible<()> {
    let mut stdout = io::BufWriter::new(io::stdout().lock());
    for line in io::stdin().lock().lines() {
        let line = line?;
        let (name, json) = question(&line)?;
        let found = types.iter().find(|one| one.name == name);
        let found = found.ok_or_else(|| format!("there is no type {name}"))?;
        match (found.round_trip)(json) {
            Ok(json) => writeln!(stdout, r#"{{"json":{json}}}"#)?,
            Err(error) => writeln!(stdout, "{}", json!({ "error": error.to_string() }))?,
        }
    }
    stdout.flush()?;
    Ok(())
}

/// The type's name and the JSON as it stands in the line, untouched.
fn question(line: &str) -> Fallible<(String, &str)> {
    let fields: std::collections::BTreeMap<&str, &RawValue> = serde_json::from_str(line)?;
    match (fields.get("type"), fields.get("json")) {
        (Some(name), Some(json)) => Ok((serde_json::from_str(name.get())?, json.get())),
        _ => Err(format!("neither type nor json: {line}").into()),
    }
}

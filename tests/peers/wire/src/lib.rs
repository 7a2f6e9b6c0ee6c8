//! What the peer tests call to see the generated types at work: `shapewright-wire COMMAND`.
//!
//! All of them read stdin and write stdout, so that the Python side needs nothing but pipes:
//!
//! - `filter`: each line `{"shape": NAME, "json": …}` comes back as `{"json": …}`, read into the
//!   type and written again, or as `{"error": …}`
//! - `types`, `operations`: what there is, a line of JSON each
//! - `submit-job NAME QUEUE DEFINITION`: the body of a request, made by the builder
//! - `describe-jobs`: reads an answer and prints its jobs in words

mod jobs;
mod table;

use std::env;
use std::error::Error;
use std::io::{self, BufRead as _, Write as _};

use serde_json::json;
use serde_json::value::RawValue;

type Fallible<T> = Result<T, Box<dyn Error>>;

fn main() -> Fallible<()> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["filter"] => filter(),
        ["types"] => lines(table::types()),
        ["operations"] => lines(table::operations()),
        ["submit-job", name, queue, definition] => lines([serde_json::to_string(&jobs::submit(
            name, queue, definition,
        ))?]),
        ["describe-jobs"] => lines(jobs::describe(&io::read_to_string(io::stdin())?)?),
        _ => Err("see the top of main.rs for the commands".into()),
    }
}

fn lines(lines: impl IntoIterator<Item = String>) -> Fallible<()> {
    let mut stdout = io::stdout().lock();
    for line in lines {
        writeln!(stdout, "{line}")?;
    }
    Ok(())
}

/// Answers line by line: whoever waits for an answer before the next question is served, too.
fn filter() -> Fallible<()> {
    let mut stdout = io::stdout().lock();
    for line in io::stdin().lock().lines() {
        let line = line?;
        let (shape, json) = question(&line)?;
        match table::round_trip(&shape, json) {
            Ok(json) => writeln!(stdout, r#"{{"json":{json}}}"#)?,
            Err(error) => writeln!(stdout, "{}", json!({ "error": error.to_string() }))?,
        }
    }
    Ok(())
}

/// The shape's name and the JSON as it stands in the line, untouched.
fn question(line: &str) -> Fallible<(String, &str)> {
    let fields: std::collections::BTreeMap<&str, &RawValue> = serde_json::from_str(line)?;
    match (fields.get("shape"), fields.get("json")) {
        (Some(shape), Some(json)) => Ok((serde_json::from_str(shape.get())?, json.get())),
        _ => Err(format!("neither shape nor json: {line}").into()),
    }
}

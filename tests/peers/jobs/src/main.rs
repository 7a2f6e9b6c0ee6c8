//! What a user's program does with Batch, for the peer tests: `shapewright-jobs COMMAND`.
//!
//! - `submit-job NAME QUEUE DEFINITION`: the body of a request, made by the builder
//! - `describe-jobs`: reads an answer from stdin and prints its jobs in words

mod jobs;

use std::env;
use std::error::Error;
use std::io::{self, Write as _};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let lines = match arguments.as_slice() {
        ["submit-job", name, queue, definition] => {
            vec![serde_json::to_string(&jobs::submit(
                name, queue, definition,
            ))?]
        }
        ["describe-jobs"] => jobs::describe(&io::read_to_string(io::stdin())?)?,
        _ => return Err("see the top of main.rs for the commands".into()),
    };
    let mut stdout = io::stdout().lock();
    for line in lines {
        writeln!(stdout, "{line}")?;
    }
    Ok(())
}

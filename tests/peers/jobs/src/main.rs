//! Calls Batch for the peer tests, set up by the environment: `shapewright-jobs async` or `blocking`.
//!
//! It is a filter: each line `{"operation": "SubmitJob", "input": {…}}` on stdin is called, and comes
//! back as `{"output": {…}}` or `{"error": {…}}`, which says what kind of error it is, in words, and
//! what of code, message, request id and status is known.

mod answer;
mod operations;

use std::env;
use std::error::Error;
use std::io::{self, BufRead as _, Write as _};

use serde_json::Value;
use shapewright_batch::runtime::client::transport::{HyperTransport, UreqTransport};
use shapewright_batch::runtime::client::{Builder, fetch_over, fetch_over_blocking};
use shapewright_batch::{Client, blocking};

type Fallible<T> = Result<T, Box<dyn Error>>;

fn main() -> Fallible<()> {
    match env::args().nth(1).as_deref() {
        Some("async") => {
            let transport = HyperTransport::new();
            let builder = Builder::from_environment(fetch_over(transport.clone()))?;
            let client = Client::new(builder, transport)?;
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()?;
            filter(|name, input| runtime.block_on(operations::call(&client, name, input)))
        }
        Some("blocking") => {
            let transport = UreqTransport::new();
            let builder = Builder::from_environment(fetch_over_blocking(transport.clone()))?;
            let client = blocking::Client::new(builder, transport)?;
            filter(|name, input| operations::call_blocking(&client, name, input))
        }
        _ => Err("the clients are async and blocking".into()),
    }
}

fn filter(call: impl Fn(&str, Value) -> Fallible<Value>) -> Fallible<()> {
    let mut stdout = io::stdout().lock();
    for line in io::stdin().lock().lines() {
        let mut asked: Value = serde_json::from_str(&line?)?;
        let input = asked["input"].take();
        let name = asked["operation"]
            .as_str()
            .ok_or("a line names no operation")?;
        let answer = call(name, input)?;
        writeln!(stdout, "{answer}")?;
    }
    Ok(())
}

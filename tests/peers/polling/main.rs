//! Waits for tables of DynamoDB and pages through them, for the peer tests: `polling async` or
//! `blocking`, set up by the environment.
//!
//! It is a filter: a line `{"wait": "TableExists", "table": …, "attempts": …}` on stdin comes back as
//! `{"status": …}` or `{"error": …}`, and `{"pages": …}`, so many tables a page, as `{"pages": …, "items": …}`.

use std::env;
use std::error::Error;
use std::fmt::Display;
use std::io::{self, BufRead as _, Write as _};
use std::time::Duration;

use api::operations::ListTables;
use api::runtime::client::WaitConfig;
use api::types::{DescribeTableInput, DescribeTableOutput, ListTablesInput, ListTablesOutput};
use api::waiters::{TableExists, TableNotExists};
use serde_json::{Value, json};

type Fallible<T> = Result<T, Box<dyn Error>>;

fn main() -> Fallible<()> {
    match env::args().nth(1).as_deref() {
        Some("async") => {
            let client = api::Client::from_environment()?;
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()?;
            filter(|asked| runtime.block_on(asynchronous(&client, asked)))
        }
        Some("blocking") => {
            let client = api::blocking::Client::from_environment()?;
            filter(|asked| blocking(&client, asked))
        }
        _ => Err("the clients are async and blocking".into()),
    }
}

fn filter(answer: impl Fn(&Value) -> Fallible<Value>) -> Fallible<()> {
    let mut stdout = io::stdout().lock();
    for line in io::stdin().lock().lines() {
        let answer = answer(&serde_json::from_str(&line?)?)?;
        writeln!(stdout, "{answer}")?;
        stdout.flush()?;
    }
    Ok(())
}

async fn asynchronous<T>(client: &api::Client<T>, asked: &Value) -> Fallible<Value>
where
    T: api::runtime::client::transport::Transport,
{
    if let Some(limit) = asked["pages"].as_i64() {
        let mut pages = client.pages::<ListTables>(by(limit)?);
        let mut found = Vec::new();
        while let Some(page) = pages.next().await {
            found.push(names(&page?));
        }
        let mut items = client.pages::<ListTables>(by(limit)?).items();
        let mut each = Vec::new();
        while let Some(item) = items.next().await {
            each.push(item?);
        }
        return Ok(json!({"pages": found, "items": each}));
    }
    let (table, config) = waited_for(asked);
    Ok(match asked["wait"].as_str() {
        Some("TableExists") => told(client.wait_with::<TableExists>(&table, &config).await),
        _ => told(client.wait_with::<TableNotExists>(&table, &config).await),
    })
}

fn blocking<T>(client: &api::blocking::Client<T>, asked: &Value) -> Fallible<Value>
where
    T: api::runtime::client::transport::BlockingTransport,
{
    if let Some(limit) = asked["pages"].as_i64() {
        let pages = client.pages::<ListTables>(by(limit)?);
        let found: Result<Vec<_>, _> = pages.map(|page| Ok(names(&page?))).collect();
        let found: Vec<Value> = found.map_err(|error: Box<dyn Error>| error)?;
        let items = client.pages::<ListTables>(by(limit)?).items();
        let each: Vec<String> = items.collect::<Result<_, _>>()?;
        return Ok(json!({"pages": found, "items": each}));
    }
    let (table, config) = waited_for(asked);
    Ok(match asked["wait"].as_str() {
        Some("TableExists") => told(client.wait_with::<TableExists>(&table, &config)),
        _ => told(client.wait_with::<TableNotExists>(&table, &config)),
    })
}

fn by(limit: i64) -> Fallible<ListTablesInput> {
    Ok(ListTablesInput::builder()
        .limit(i32::try_from(limit)?)
        .build())
}

fn names(page: &ListTablesOutput) -> Value {
    json!(page.table_names())
}

/// The table, and how to wait: as often as asked, without the model's twenty seconds in between.
fn waited_for(asked: &Value) -> (DescribeTableInput, WaitConfig) {
    let table = asked["table"].as_str().unwrap_or_default();
    let attempts = asked["attempts"]
        .as_u64()
        .and_then(|most| u32::try_from(most).ok());
    let config = WaitConfig::new()
        .with_delay(Duration::from_millis(50))
        .with_max_attempts(attempts);
    (
        DescribeTableInput::builder().table_name(table).build(),
        config,
    )
}

/// What came of waiting; a status of none is the answer of an error that was waited for.
fn told<E: Display>(end: Result<Option<DescribeTableOutput>, E>) -> Value {
    match end {
        Ok(found) => {
            let status = found.and_then(|found| Some(found.table()?.table_status()?.to_string()));
            json!({"status": status})
        }
        Err(error) => json!({"error": error.to_string()}),
    }
}

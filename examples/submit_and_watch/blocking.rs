//! The same without an async runtime.

use std::thread;
use std::time::Duration;

use anyhow::{Context as _, Result};
use shapewright_batch::blocking::Client;
use shapewright_batch::runtime::client::transport::UreqTransport;
use shapewright_batch::runtime::client::{Builder, fetch_over_blocking};

use crate::watch::{Step, Watch};
use crate::{Arguments, question};

pub(crate) fn submit_and_watch(arguments: &Arguments) -> Result<String> {
    let transport = UreqTransport::new();
    let builder = Builder::from_environment(fetch_over_blocking(transport.clone()))?;
    let client = Client::new(arguments.set_up(builder), transport)?;

    let submitted = client.submit_job(&arguments.job());
    let id = arguments.id(submitted.context("the job cannot be submitted")?)?;
    let mut watch = Watch::new(Duration::from_secs(arguments.patience));
    loop {
        let answer = client.describe_jobs(&question(&id));
        match watch.next(&answer.context("the job cannot be watched")?)? {
            Step::Wait(duration) => thread::sleep(duration),
            Step::Succeeded(log_stream) => return Ok(log_stream),
        }
    }
}

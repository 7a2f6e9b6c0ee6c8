//! Submits a job to AWS Batch, waits until it has ended, and prints the name of its log stream.
//!
//! `cargo run --example submit_and_watch -- --help` tells more.

mod blocking;
mod watch;

use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use clap::Parser;
use shapewright_batch::Client;
use shapewright_batch::runtime::client::transport::HyperTransport;
use shapewright_batch::runtime::client::{Builder, fetch_over};
use shapewright_batch::types::{
    ContainerOverrides, DescribeJobsRequest, SubmitJobRequest, SubmitJobResponse,
};

use watch::{Step, Watch};

/// Submit a job to AWS Batch, wait until it has ended, and print the name of its log stream
#[derive(Parser)]
#[command(after_help = "\
Region and credentials are taken from where AWS's tools have them: variables such as AWS_REGION,
AWS_PROFILE and AWS_ACCESS_KEY_ID, the files in ~/.aws with roles, logins (aws sso login) and
credential_process, and the metadata of a container or an instance.

Examples:
  submit_and_watch --queue nightly --definition report:3
  submit_and_watch --queue nightly --definition report -- ./report --day today
  submit_and_watch --region us-east-1 --endpoint http://127.0.0.1:5000   some server of your own

It fails if the job fails.
")]
struct Arguments {
    /// Where Batch is, if not where AWS has it in the region
    #[arg(long, value_name = "URL")]
    endpoint: Option<String>,
    /// The region, if not the environment's or the profile's
    #[arg(long)]
    region: Option<String>,
    /// The job queue, by its name or ARN
    #[arg(long, default_value = "default")]
    queue: String,
    /// The job definition, by its name, with `:REVISION` or without, or its ARN
    #[arg(long, default_value = "default")]
    definition: String,
    /// What the job is to be called
    #[arg(long, default_value = "submit-and-watch")]
    name: String,
    /// Give up watching after so many seconds; the job goes on
    #[arg(long, value_name = "SECONDS", default_value_t = 3_600)]
    patience: u64,
    /// Use the client that blocks its thread, instead of the one that does not
    #[arg(long)]
    blocking: bool,
    /// What the job is to run instead of its definition's command
    #[arg(last = true)]
    command: Vec<String>,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let done = if arguments.blocking {
        blocking::submit_and_watch(&arguments)
    } else {
        let tokio = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build();
        let tokio = tokio.context("Tokio does not start");
        tokio.and_then(|tokio| tokio.block_on(submit_and_watch(&arguments)))
    };
    match done {
        Ok(log_stream) => {
            println!("{log_stream}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn submit_and_watch(arguments: &Arguments) -> Result<String> {
    let transport = HyperTransport::new();
    let builder = Builder::from_environment(fetch_over(transport.clone()))?;
    let client = Client::new(arguments.set_up(builder), transport)?;

    let submitted = client.submit_job(&arguments.job()).await;
    let id = arguments.id(submitted.context("the job cannot be submitted")?)?;
    let mut watch = Watch::new(Duration::from_secs(arguments.patience));
    loop {
        let answer = client.describe_jobs(&question(&id)).await;
        match watch.next(&answer.context("the job cannot be watched")?)? {
            Step::Wait(duration) => tokio::time::sleep(duration).await,
            Step::Succeeded(log_stream) => return Ok(log_stream),
        }
    }
}

impl Arguments {
    fn set_up<S: shapewright_batch::runtime::Service>(
        &self,
        mut builder: Builder<S>,
    ) -> Builder<S> {
        if let Some(region) = &self.region {
            builder = builder.region(region);
        }
        if let Some(endpoint) = &self.endpoint {
            builder = builder.endpoint_url(endpoint);
        }
        builder.app_name("submit-and-watch")
    }

    fn job(&self) -> SubmitJobRequest {
        let job = SubmitJobRequest::builder()
            .job_name(&self.name)
            .job_queue(&self.queue)
            .job_definition(&self.definition)
            .build();
        match self.command.as_slice() {
            [] => job,
            command => job.with_container_overrides(
                ContainerOverrides::default().with_command(command.iter().cloned()),
            ),
        }
    }

    fn id(&self, submitted: SubmitJobResponse) -> Result<String> {
        let Some(id) = submitted.job_id else {
            bail!("Batch gave the job no id");
        };
        eprintln!("{} is {id}", self.name);
        Ok(id)
    }
}

fn question(id: &str) -> DescribeJobsRequest {
    DescribeJobsRequest::builder().jobs([id]).build()
}

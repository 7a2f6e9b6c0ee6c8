//! Both clients, used in the same way.

use std::time::Duration;

use shapewright_batch::operations::DescribeJobsError;
use shapewright_batch::runtime::Error;
use shapewright_batch::runtime::client::transport::{HyperTransport, Limits, UreqTransport};
use shapewright_batch::runtime::client::{Builder, Retries};
use shapewright_batch::runtime::sign::Credentials;
use shapewright_batch::types::{DescribeJobsRequest, DescribeJobsResponse};
use shapewright_batch::{Client, Service, blocking};

/// What a call gives.
pub(crate) type Outcome = Result<DescribeJobsResponse, Error<DescribeJobsError>>;

/// A client under the name of its transport.
pub(crate) struct Subject {
    pub(crate) name: &'static str,
    describe_jobs: Box<dyn Fn() -> Outcome>,
}

impl Subject {
    /// Asks for a job.
    pub(crate) fn describe_jobs(&self) -> Outcome {
        (self.describe_jobs)()
    }
}

/// Both clients, set up alike.
pub(crate) fn clients(builder: &Builder<Service>) -> [Subject; 2] {
    let client = Client::new(builder.clone(), HyperTransport::new()).expect("a client");
    let blocking = blocking::Client::new(builder.clone(), UreqTransport::new()).expect("a client");
    let runtime = runtime();
    [
        Subject {
            name: "hyper",
            describe_jobs: Box::new(move || runtime.block_on(client.describe_jobs(&question()))),
        },
        Subject {
            name: "ureq",
            describe_jobs: Box::new(move || blocking.describe_jobs(&question())),
        },
    ]
}

/// A client of a peer: it is patient with each attempt, and retries nothing.
pub(crate) fn builder(url: impl Into<String>) -> Builder<Service> {
    Builder::new()
        .region("us-east-1")
        .endpoint_url(url)
        .credentials(Credentials::new("AKIDEXAMPLE", "s3cr3t"))
        .retries(Retries::none())
        .limits(Limits::default().with_attempt(Duration::from_secs(60)))
}

/// What each of them asks.
pub(crate) fn question() -> DescribeJobsRequest {
    DescribeJobsRequest::builder().jobs(["a job"]).build()
}

pub(crate) fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime")
}

//! What the programs say: each prepares the same SubmitJob and shows the same parts of a
//! DescribeJobs answer.

/// On the generated crate without I/O: a request to be sent by other means, an answer that is given.
pub(crate) const SANS_IO: &str = r#"
use std::io::Read as _;

use shapewright_batch::operations::{DescribeJobs, SubmitJob};
use shapewright_batch::runtime::{Call as _, endpoint::Endpoint};
use shapewright_batch::types::SubmitJobRequest;

fn main() {
    let input = SubmitJobRequest::builder()
        .job_name("name")
        .job_queue("queue")
        .job_definition("definition")
        .build();
    let endpoint = Endpoint::new("https://batch.us-east-1.amazonaws.com").unwrap();
    println!("{:?}", SubmitJob::request(&input, &endpoint).unwrap());
    let mut body = Vec::new();
    std::io::stdin().read_to_end(&mut body).unwrap();
    let answer = DescribeJobs::response(&http::Response::new(body.into())).unwrap();
    for job in answer.jobs() {
        println!("{:?} {:?}", job.job_id(), job.status());
    }
}
"#;

/// On the generated crate's client that does not block.
pub(crate) const HYPER: &str = r#"
use shapewright_batch::Client;
use shapewright_batch::runtime::client::transport::HyperTransport;
use shapewright_batch::runtime::sign::Credentials;
use shapewright_batch::types::{DescribeJobsRequest, SubmitJobRequest};

fn main() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let builder = Client::builder()
        .region("us-east-1")
        .credentials(Credentials::new("id", "secret"));
    let client = Client::new(builder, HyperTransport::new()).unwrap();
    let input = SubmitJobRequest::builder()
        .job_name("name")
        .job_queue("queue")
        .job_definition("definition")
        .build();
    runtime.block_on(async {
        println!("{:?}", client.submit_job(&input).await);
        let input = DescribeJobsRequest::builder().jobs(["id"]).build();
        let answer = client.describe_jobs(&input).await.unwrap();
        for job in answer.jobs() {
            println!("{:?} {:?}", job.job_id(), job.status());
        }
    });
}
"#;

/// On the generated crate's client that blocks.
pub(crate) const UREQ: &str = r#"
use shapewright_batch::blocking::Client;
use shapewright_batch::runtime::client::transport::UreqTransport;
use shapewright_batch::runtime::sign::Credentials;
use shapewright_batch::types::{DescribeJobsRequest, SubmitJobRequest};

fn main() {
    let builder = Client::builder()
        .region("us-east-1")
        .credentials(Credentials::new("id", "secret"));
    let client = Client::new(builder, UreqTransport::new()).unwrap();
    let input = SubmitJobRequest::builder()
        .job_name("name")
        .job_queue("queue")
        .job_definition("definition")
        .build();
    println!("{:?}", client.submit_job(&input));
    let input = DescribeJobsRequest::builder().jobs(["id"]).build();
    let answer = client.describe_jobs(&input).unwrap();
    for job in answer.jobs() {
        println!("{:?} {:?}", job.job_id(), job.status());
    }
}
"#;

/// On the twins, which read and write JSON and no more.
pub(crate) const TWINS: &str = r#"
use twins::{DescribeJobsResponse, SubmitJobRequest};

fn main() {
    let request = SubmitJobRequest {
        job_name: Some("name".to_owned()),
        job_queue: Some("queue".to_owned()),
        job_definition: Some("definition".to_owned()),
        ..Default::default()
    };
    println!("{}", serde_json::to_string(&request).unwrap());
    let answer: DescribeJobsResponse = serde_json::from_reader(std::io::stdin()).unwrap();
    for job in answer.jobs.iter().flatten() {
        println!("{:?} {:?}", job.job_id, job.status);
    }
}
"#;

/// On AWS's SDK, with the HTTP and TLS of its default features or without.
pub(crate) const SDK: &str = r#"
use aws_sdk_batch::config::{BehaviorVersion, Credentials, Region};

fn main() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let config = aws_sdk_batch::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("us-east-1"))
        .credentials_provider(Credentials::new("id", "secret", None, None, "static"))
        .build();
    let client = aws_sdk_batch::Client::from_conf(config);
    runtime.block_on(async {
        let call = client.submit_job();
        let call = call.job_name("name").job_queue("queue").job_definition("definition");
        println!("{:?}", call.send().await);
        let answer = client.describe_jobs().jobs("id").send().await.unwrap();
        for job in answer.jobs() {
            println!("{:?} {:?}", job.job_id(), job.status());
        }
    });
}
"#;

//! Our ways.

use std::hint::black_box;
use std::time::Duration;

use anyhow::{Result, anyhow};
use bytes::Bytes;
use http::{Request, Response};
use shapewright_batch::operations::DescribeJobs;
use shapewright_batch::runtime::Call as _;
use shapewright_batch::runtime::client::transport::{
    BlockingTransport, Limits, Transport, TransportError,
};
use shapewright_batch::runtime::sign::Credentials;
use shapewright_batch::types::TerminateJobRequest;
use shapewright_batch::{Client, blocking};

use crate::calls::{JOB, REASON};
use crate::{ANSWER, Way};

pub(crate) fn decoder() -> Result<Way> {
    let answer = Response::new(Bytes::from_static(ANSWER));
    let jobs = DescribeJobs::response(&answer)?.jobs.unwrap_or_default();
    anyhow::ensure!(jobs.len() == 100, "{} jobs", jobs.len());
    Ok(Way::new("`shapewright-batch`", move || {
        drop(DescribeJobs::response(black_box(&answer)));
    }))
}

/// Answers at once.
struct AtOnce;

impl Transport for AtOnce {
    async fn send(
        &self,
        request: Request<Bytes>,
        _: &Limits,
    ) -> Result<Response<Bytes>, TransportError> {
        Ok(answered(&request))
    }

    async fn sleep(&self, duration: Duration) {
        tokio::time::sleep(duration).await;
    }
}

impl BlockingTransport for AtOnce {
    fn send(&self, request: Request<Bytes>, _: &Limits) -> Result<Response<Bytes>, TransportError> {
        Ok(answered(&request))
    }
}

fn answered(request: &Request<Bytes>) -> Response<Bytes> {
    black_box(request);
    Response::new(Bytes::from_static(b"{}"))
}

fn credentials() -> Credentials {
    Credentials::new("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY")
}

fn request() -> TerminateJobRequest {
    TerminateJobRequest::builder()
        .job_id(JOB)
        .reason(REASON)
        .build()
}

pub(crate) fn call() -> Result<Way> {
    let builder = Client::builder()
        .region("us-east-1")
        .credentials(credentials());
    let client = Client::new(builder, AtOnce)?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build()?;
    runtime
        .block_on(client.terminate_job(&request()))
        .map_err(|error| anyhow!("{error}"))?;
    Ok(Way::new("`shapewright-batch`, async", move || {
        let _ = black_box(runtime.block_on(client.terminate_job(&request())));
    }))
}

pub(crate) fn blocking_call() -> Result<Way> {
    let builder = blocking::Client::builder()
        .region("us-east-1")
        .credentials(credentials());
    let client = blocking::Client::new(builder, AtOnce)?;
    client
        .terminate_job(&request())
        .map_err(|error| anyhow!("{error}"))?;
    Ok(Way::new("`shapewright-batch`, blocking", move || {
        let _ = black_box(client.terminate_job(&request()));
    }))
}

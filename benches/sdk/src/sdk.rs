//! The ways of aws-sdk-batch.

use std::hint::black_box;

use anyhow::{Context as _, Result, anyhow};
use aws_sdk_batch::config::{BehaviorVersion, Credentials, Region};
use aws_sdk_batch::operation::describe_jobs::{DescribeJobs, DescribeJobsOutput};
use aws_sdk_batch::{Client, Config};
use aws_smithy_runtime_api::client::http::{
    HttpConnector, HttpConnectorFuture, SharedHttpConnector, http_client_fn,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::runtime_plugin::RuntimePlugin as _;
use aws_smithy_runtime_api::client::ser_de::{
    DeserializeResponse as _, SharedResponseDeserializer,
};
use aws_smithy_runtime_api::http::StatusCode;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::config_bag::{ConfigBag, Layer};

use crate::calls::{JOB, REASON};
use crate::{ANSWER, Way};

/// Its parser is private, but what calls it lies in the operation's configuration.
pub(crate) fn decoder() -> Result<Way> {
    let layer = DescribeJobs::new().config().context("no configuration")?;
    let bag = ConfigBag::of_layers(vec![Layer::new("none")]);
    let answer = HttpResponse::new(StatusCode::try_from(200)?, SdkBody::from(ANSWER));
    let read = move |answer: &HttpResponse| {
        let deserializer = layer.load::<SharedResponseDeserializer>()?;
        deserializer
            .deserialize_nonstreaming_with_config(answer, &bag)
            .ok()
    };
    let output = read(&answer).context("the SDK does not read the answer")?;
    let output = output.downcast::<DescribeJobsOutput>();
    let jobs = output.map_err(|_| anyhow!("another type"))?.jobs().len();
    anyhow::ensure!(jobs == 100, "{jobs} jobs");
    Ok(Way::new("`aws-sdk-batch`", move || {
        drop(read(black_box(&answer)));
    }))
}

/// Answers at once.
#[derive(Debug)]
struct AtOnce;

impl HttpConnector for AtOnce {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        black_box(&request);
        let status = StatusCode::try_from(200).expect("a status");
        HttpConnectorFuture::ready(Ok(HttpResponse::new(status, SdkBody::from("{}"))))
    }
}

pub(crate) fn call() -> Result<Way> {
    let connector = SharedHttpConnector::new(AtOnce);
    let config = Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("us-east-1"))
        .credentials_provider(Credentials::new(
            "AKIDEXAMPLE",
            "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
            None,
            None,
            "static",
        ))
        .http_client(http_client_fn(move |_, _| connector.clone()))
        .build();
    let client = Client::from_conf(config);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build()?;
    let call = move || {
        let call = client.terminate_job().job_id(JOB).reason(REASON);
        runtime.block_on(call.send())
    };
    call().map_err(|error| anyhow!("{error:?}"))?;
    Ok(Way::new("`aws-sdk-batch`", move || {
        let _ = black_box(call());
    }))
}

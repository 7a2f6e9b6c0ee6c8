//! A SubmitJob request is built and a DescribeJobs response read.

use shapewright_batch::operations::{DescribeJobs, ListJobs, SubmitJob};
use shapewright_batch::runtime::Operation;
use shapewright_batch::types::{
    ContainerOverrides, DescribeJobsResponse, JobStatus, JobTimeout, SubmitJobRequest,
};

fn main() {
    let overrides = ContainerOverrides::builder().command(["echo", "hello"]).build();
    let request = SubmitJobRequest::builder()
        .job_definition("sleeper:3")
        .job_name("first")
        .job_queue("default")
        .container_overrides(overrides)
        .parameters([("size", "small")])
        .timeout(JobTimeout::default().with_attempt_duration_seconds(60))
        .build();
    assert_eq!(request.validate(), Ok(()));
    assert_eq!((SubmitJob::METHOD, SubmitJob::URI), ("POST", "/v1/submitjob"));
    assert_eq!(
        serde_json::to_string(&request).unwrap(),
        r#"{"jobName":"first","jobQueue":"default","jobDefinition":"sleeper:3","parameters":{"size":"small"},"containerOverrides":{"command":["echo","hello"]},"timeout":{"attemptDurationSeconds":60}}"#
    );

    let body = r#"{"jobs": [{"jobName": "first", "status": "RUNNABLE", "startedAt": null}]}"#;
    let response: DescribeJobsResponse = serde_json::from_str(body).unwrap();
    let job = &response.jobs()[0];
    assert_eq!(job.job_name(), Some("first"));
    assert_eq!(job.status(), Some(&JobStatus::Runnable));
    // A job that has not started has no start: nothing is made up.
    assert_eq!(job.started_at(), None);
    assert!(job.attempts().is_empty());

    fn typed<O: Operation<Input = SubmitJobRequest>>() {}
    typed::<SubmitJob>();
    assert!(DescribeJobs::PAGINATOR.is_none());
    assert_eq!(ListJobs::PAGINATOR.unwrap().result_key, ["jobSummaryList"]);
}

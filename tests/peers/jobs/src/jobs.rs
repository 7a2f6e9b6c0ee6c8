//! Asks for a job, and reads how jobs are doing.

use shapewright_batch::types::{
    ContainerOverrides, DescribeJobsResponse, JobDetail, JobStatus, KeyValuePair,
    ResourceRequirement, ResourceType, RetryStrategy, SubmitJobRequest,
};

/// A request with members of each kind: texts, numbers, enums, lists, maps and structures.
pub(crate) fn submit(name: &str, queue: &str, definition: &str) -> SubmitJobRequest {
    SubmitJobRequest::builder()
        .job_name(name)
        .job_queue(queue)
        .job_definition(definition)
        .parameters([("greeting", "good \"day\" \u{2603}")])
        .retry_strategy(RetryStrategy::default().with_attempts(3))
        .container_overrides(
            ContainerOverrides::default()
                .with_command(["echo", "Ref::greeting"])
                .with_environment([KeyValuePair::default().with_name("A").with_value("1")])
                .with_resource_requirements([ResourceRequirement::builder()
                    .value("2")
                    .r#type(ResourceType::Vcpu)
                    .build()]),
        )
        .tags([("made-by", "shapewright")])
        .propagate_tags(true)
        .build()
}

/// A line for each job of an answer.
pub(crate) fn describe(answer: &str) -> serde_json::Result<Vec<String>> {
    let answer: DescribeJobsResponse = serde_json::from_str(answer)?;
    Ok(answer.jobs().iter().map(line).collect())
}

fn line(job: &JobDetail) -> String {
    let name = job.job_name().unwrap_or("a job without a name");
    let state = match job.status() {
        Some(JobStatus::Succeeded) => "has succeeded",
        Some(JobStatus::Failed) => "has failed",
        Some(JobStatus::Running) => "runs",
        Some(_) => "waits",
        None => "is in no state",
    };
    // Absent until the job has started; nothing is made up.
    match job.started_at() {
        Some(milliseconds) => format!("{name} {state}, started at {milliseconds}"),
        None => format!("{name} {state}, not started"),
    }
}

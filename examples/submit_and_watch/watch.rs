//! What follows each look at the job: both clients do what it says.

use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use shapewright_batch::types::{
    ContainerDetail, DescribeJobsResponse, EcsTaskDetails, JobDetail, JobStatus,
};

/// The job as it was seen last.
pub(crate) struct Watch {
    wait: Duration,
    patience: Duration,
    status: Option<JobStatus>,
}

/// What to do next.
pub(crate) enum Step {
    /// Look again after so long.
    Wait(Duration),
    /// The job has succeeded, and logged to this stream.
    Succeeded(String),
}

impl Watch {
    const FIRST: Duration = Duration::from_millis(500);
    const LONGEST: Duration = Duration::from_secs(30);

    pub(crate) fn new(patience: Duration) -> Self {
        Self {
            wait: Self::FIRST,
            patience,
            status: None,
        }
    }

    /// What follows an answer.
    pub(crate) fn next(&mut self, answer: &DescribeJobsResponse) -> Result<Step> {
        let [job] = answer.jobs() else {
            bail!("Batch knows no such job any more");
        };
        let status = job.status().context("Batch does not say how the job is")?;
        if self.status.as_ref() != Some(status) {
            eprintln!("{}", line(status, job));
            self.status = Some(status.clone());
        }
        match status {
            JobStatus::Succeeded => log_stream(job)
                .map(|name| Step::Succeeded(name.to_owned()))
                .context("the job has succeeded, but has no log stream of its own"),
            JobStatus::Failed => Err(failure(job)),
            // Also what a later API may know beside these.
            _ => self.wait(status),
        }
    }

    /// Waits longer each time: most jobs either end soon or take a while.
    fn wait(&mut self, status: &JobStatus) -> Result<Step> {
        if self.patience.is_zero() {
            bail!("the job is still {status}, and nobody waits for it any longer");
        }
        let wait = self.wait.min(self.patience);
        self.patience -= wait;
        self.wait = self.wait.mul_f64(1.5).min(Self::LONGEST);
        Ok(Step::Wait(wait))
    }
}

fn line(status: &JobStatus, job: &JobDetail) -> String {
    // Absent until the job has started; nothing is made up.
    match job.started_at() {
        Some(milliseconds) => format!("{status}, started at {milliseconds}"),
        None => format!("{status}, not started"),
    }
}

fn failure(job: &JobDetail) -> anyhow::Error {
    let mut text = String::from("the job has failed");
    let container = job.container();
    if let Some(reason) = job.status_reason() {
        text.push_str(": ");
        text.push_str(reason);
    }
    if let Some(reason) = container.and_then(|container| container.reason()) {
        text.push_str("; its container: ");
        text.push_str(reason);
    }
    if let Some(code) = container.and_then(ContainerDetail::exit_code) {
        text.push_str("; exit code ");
        text += &code.to_string();
    }
    if let Some(name) = log_stream(job) {
        text.push_str("; its log stream is ");
        text.push_str(name);
    }
    anyhow::Error::msg(text)
}

/// The stream that the job's container logs to, or the first of a task with several.
fn log_stream(job: &JobDetail) -> Option<&str> {
    let container = job.container().and_then(|one| one.log_stream_name());
    container.or_else(|| {
        let tasks = job.ecs_properties()?.task_properties().iter();
        let mut containers = tasks.flat_map(EcsTaskDetails::containers);
        containers.find_map(|container| container.log_stream_name())
    })
}

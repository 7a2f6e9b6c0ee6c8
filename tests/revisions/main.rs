//! Older revisions as crates of their own, each under a program that uses what it may not have.

use std::path::Path;
use std::process::Output;

use shapewright_tests::{crates, models};

const PROGRAM: &str = "
pub fn log(job: &shapewright_batch::types::ContainerDetail) -> Option<&str> {
    job.log_stream_name()
}

pub fn list(queue: &str) -> shapewright_batch::types::ListJobsRequest {
    shapewright_batch::types::ListJobsRequest::builder().job_queue(queue).build()
}
";

/// Checks the program on the crate of a revision of AWS Batch.
fn check(revision: &str) -> Output {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(revision);
    let model = models::model(&models::batch(revision));
    crates::check(&folder, &model, "batch", PROGRAM)
}

#[test]
fn log_stream_name_is_in_the_revision_that_brought_it() {
    let output = check("2017-08-14");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

#[test]
fn log_stream_name_is_not_in_the_revision_before() {
    let output = check("2017-04-11");
    let words = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success(), "{words}");
    let expected = "error[E0599]: no method named `log_stream_name` found";
    assert!(words.contains(expected), "{words}");
    // Nothing else is wrong.
    assert_eq!(words.matches("error[").count(), 1, "{words}");
}

#[test]
fn what_a_builder_no_longer_demands_can_still_be_given() {
    // The revision that made the queue of `ListJobs` optional.
    let output = check("2017-11-28");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

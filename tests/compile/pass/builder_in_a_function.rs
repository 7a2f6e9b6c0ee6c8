//! A builder passes through a function whatever has been given already: one type parameter.

use shapewright_batch::builders::SubmitJobRequestBuilder;
use shapewright_batch::types::SubmitJobRequest;

fn tagged<State>(builder: SubmitJobRequestBuilder<State>) -> SubmitJobRequestBuilder<State> {
    builder
}

fn main() {
    let builder = tagged(SubmitJobRequest::builder().job_name("first"));
    let request = tagged(builder.job_queue("default").job_definition("sleeper")).build();
    assert_eq!(request.job_name(), Some("first"));
}

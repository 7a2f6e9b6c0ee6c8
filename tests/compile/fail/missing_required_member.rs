use shapewright_batch::types::SubmitJobRequest;

fn main() {
    let _ = SubmitJobRequest::builder().job_name("first").job_queue("default").build();
}

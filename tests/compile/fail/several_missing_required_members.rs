use shapewright_batch::types::SubmitJobRequest;

fn main() {
    let _ = SubmitJobRequest::builder().build();
}

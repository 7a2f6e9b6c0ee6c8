use shapewright_batch::types::JobTimeout;

fn main() {
    let _ = JobTimeout { attempt_duration_seconds: Some(60) };
}

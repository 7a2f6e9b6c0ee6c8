//! The codecs, with operations written by hand as the generator writes them.

mod answers;
mod errors;
mod operations;
mod requests;

use bytes::Bytes;
use http::Response;

/// An answer with a status, headers and a body.
fn answer(status: u16, headers: &[(&str, &str)], body: &str) -> Response<Bytes> {
    let mut response = Response::builder().status(status);
    for (name, value) in headers {
        response = response.header(*name, *value);
    }
    response
        .body(Bytes::copy_from_slice(body.as_bytes()))
        .expect("an answer")
}

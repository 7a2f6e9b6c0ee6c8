//! restJson1: members in the path, the query, headers, and a JSON body.

use bytes::Bytes;
use http::Response;
use http::header::{CONTENT_TYPE, HeaderValue};

use super::{Call, Fault, Outgoing, Protocol, json};

/// The protocol `rest-json`.
#[derive(Clone, Copy, Debug)]
pub enum RestJson1 {}

impl Protocol for RestJson1 {
    fn complete<C: Call>(to: &mut Outgoing) {
        if !to.body().is_empty() {
            to.default_header(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        }
    }

    fn fault(response: &Response<Bytes>) -> Fault {
        json::fault(response)
    }

    fn is_fault(response: &Response<Bytes>) -> bool {
        json::is_fault(response)
    }
}

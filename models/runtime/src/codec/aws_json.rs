//! awsJson1.0 and awsJson1.1: one path, the operation in a header, all members in a JSON body.

use bytes::Bytes;
use http::Response;
use http::header::{CONTENT_TYPE, HeaderName, HeaderValue};

use super::{Call, Fault, Outgoing, Protocol, json};
use crate::{Operation, Service};

/// The protocol `json` with `jsonVersion` 1.0.
#[derive(Clone, Copy, Debug)]
#[allow(non_camel_case_types, reason = "the protocol's name")]
pub enum AwsJson1_0 {}

/// The protocol `json` with `jsonVersion` 1.1.
#[derive(Clone, Copy, Debug)]
#[allow(non_camel_case_types, reason = "the protocol's name")]
pub enum AwsJson1_1 {}

impl Protocol for AwsJson1_0 {
    fn complete<C: Call>(to: &mut Outgoing) {
        complete::<C>(to, "application/x-amz-json-1.0");
    }

    fn fault(response: &Response<Bytes>) -> Fault {
        fault(response)
    }

    fn is_fault(response: &Response<Bytes>) -> bool {
        json::is_fault(response)
    }
}

impl Protocol for AwsJson1_1 {
    fn complete<C: Call>(to: &mut Outgoing) {
        complete::<C>(to, "application/x-amz-json-1.1");
    }

    fn fault(response: &Response<Bytes>) -> Fault {
        fault(response)
    }

    fn is_fault(response: &Response<Bytes>) -> bool {
        json::is_fault(response)
    }
}

fn complete<C: Call>(to: &mut Outgoing, content_type: &'static str) {
    const TARGET: HeaderName = HeaderName::from_static("x-amz-target");
    let prefix = <C::Service as Service>::TARGET_PREFIX;
    let target = format!("{prefix}.{}", <C as Operation>::NAME);
    if let Ok(target) = HeaderValue::try_from(target) {
        to.default_header(TARGET, target);
    }
    to.default_header(CONTENT_TYPE, HeaderValue::from_static(content_type));
    if <C::Service as Service>::QUERY_COMPATIBLE {
        let name = HeaderName::from_static("x-amzn-query-mode");
        to.default_header(name, HeaderValue::from_static("true"));
    }
}

/// Services that spoke the query protocol before say its codes in a header of their own
/// (`awsQueryCompatible`): `AWS.SimpleQueueService.NonExistentQueue;Sender`.
fn fault(response: &Response<Bytes>) -> Fault {
    let mut fault = json::fault(response);
    let query = response.headers().get("x-amzn-query-error");
    let query = query.and_then(|value| value.to_str().ok()?.split(';').next());
    if let Some(code) = query {
        fault.query_code = Some(code.to_owned());
    }
    fault
}

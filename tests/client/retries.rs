//! What is sent again, how often, and how it differs from what was sent before.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime};

use shapewright_batch::operations::{DescribeJobs, SubmitServiceJob};
use shapewright_batch::runtime::client::transport::TransportErrorKind as Kind;
use shapewright_batch::runtime::client::{Builder, Retries};
use shapewright_batch::runtime::{Error, Retry};
use shapewright_batch::types::{ServiceJobType, SubmitServiceJobRequest};
use shapewright_batch::{Service, operations};

use crate::clients::{builder, question};
use crate::scripted::{Said, call};

const FINE: Said = Ok((200, "{}"));
const DOWN: Said = Ok((500, r#"{"__type": "ServerException", "message": "down"}"#));
const BUSY: Said = Ok((
    429,
    r#"{"__type": "TooManyRequestsException", "message": "busy"}"#,
));
const WRONG: Said = Ok((400, r#"{"__type": "ClientException", "message": "wrong"}"#));

fn retrying() -> Builder<Service> {
    builder("http://localhost").retries(Retries::default())
}

#[test]
fn what_passes_is_tried_again_until_it_succeeds() {
    let hurdles: [Said; 8] = [
        DOWN,
        BUSY,
        Ok((502, "<html>")),
        Ok((503, "")),
        Ok((504, "")),
        Err(Kind::Connect),
        Err(Kind::Timeout),
        Err(Kind::Closed),
    ];
    for hurdle in hurdles {
        for called in call::<DescribeJobs>(&retrying(), &question(), &[hurdle, FINE]) {
            let told = format!("{}, {hurdle:?}: {:?}", called.client, called.outcome);
            assert!(called.outcome.is_ok(), "{told}");
            assert_eq!(called.transport.heard().len(), 2, "{told}");
            let [wait] = called.transport.slept()[..] else {
                panic!("{told}");
            };
            assert!(wait <= Duration::from_secs(1), "{told}");
        }
    }
}

#[test]
fn what_does_not_pass_is_sent_once() {
    let hurdles: [Said; 6] = [
        WRONG,
        Ok((404, "<html>")),
        Ok((302, "")),
        Ok((200, "<html>")),
        Err(Kind::TooLarge),
        Err(Kind::Invalid),
    ];
    for hurdle in hurdles {
        for called in call::<DescribeJobs>(&retrying(), &question(), &[hurdle]) {
            assert!(called.outcome.is_err(), "{}, {hurdle:?}", called.client);
            assert_eq!(called.transport.slept(), [], "{}", called.client);
        }
    }
}

#[test]
fn a_service_that_throttles_is_left_alone_in_the_end_with_what_it_says() {
    for called in call::<DescribeJobs>(&retrying(), &question(), &[BUSY; 3]) {
        let error = called.outcome.expect_err(called.client);
        assert_eq!(error.code(), Some("TooManyRequestsException"));
        assert_eq!(error.message(), Some("busy"));
        assert_eq!(error.status().map(|status| status.as_u16()), Some(429));
        assert_eq!(error.retry(), Some(Retry::Throttling));
        assert!(matches!(
            error.kind(),
            Some(operations::DescribeJobsError::Other(_))
        ));
        assert_eq!(called.transport.heard().len(), 3);
        assert_eq!(called.transport.slept().len(), 2);
    }
}

#[test]
fn a_client_that_is_told_so_tries_as_often_as_told() {
    for attempts in [1, 2, 5] {
        let builder = retrying().retries(Retries::default().with_max_attempts(attempts));
        let answers = vec![DOWN; attempts as usize];
        for called in call::<DescribeJobs>(&builder, &question(), &answers) {
            assert!(matches!(called.outcome, Err(Error::Service(_))));
            assert_eq!(called.transport.heard().len(), answers.len());
        }
    }
}

fn service_job() -> SubmitServiceJobRequest {
    SubmitServiceJobRequest::builder()
        .job_name("job")
        .job_queue("queue")
        .service_request_payload("{}")
        .service_job_type(ServiceJobType::SagemakerTraining)
        .build()
}

/// A clock that is a minute later each time.
fn ticking() -> SystemTime {
    static MINUTES: AtomicU64 = AtomicU64::new(0);
    let minutes = MINUTES.fetch_add(1, Ordering::Relaxed);
    SystemTime::UNIX_EPOCH + Duration::from_secs(1_440_938_160 + 60 * minutes)
}

#[test]
fn a_retry_is_signed_anew_and_repeats_the_idempotency_token() {
    let builder = retrying().clock(ticking);
    let mut tokens = BTreeSet::new();
    for called in call::<SubmitServiceJob>(&builder, &service_job(), &[DOWN, BUSY, FINE]) {
        assert!(called.outcome.is_ok(), "{:?}", called.outcome);
        let heard = called.transport.heard();
        assert_eq!(heard.len(), 3);
        let headers = |name: &str| -> BTreeSet<&str> {
            let values = heard.iter().map(|request| &request.headers()[name]);
            values
                .map(|value| value.to_str().expect("a text"))
                .collect()
        };
        assert_eq!(headers("x-amz-date").len(), 3);
        assert_eq!(headers("authorization").len(), 3);
        let bodies: BTreeSet<_> = heard.iter().map(http::Request::body).collect();
        assert_eq!(bodies.len(), 1);
        let body: serde_json::Value = serde_json::from_slice(heard[0].body()).expect("JSON");
        tokens.insert(body["clientToken"].as_str().expect("a token").to_owned());
    }
    assert_eq!(tokens.len(), 2, "each call has a token of its own");
}

#[test]
fn a_token_of_the_callers_own_is_kept() {
    let input = service_job().with_client_token("mine");
    for called in call::<SubmitServiceJob>(&retrying(), &input, &[DOWN, FINE]) {
        for request in called.transport.heard() {
            let body: serde_json::Value = serde_json::from_slice(request.body()).expect("JSON");
            assert_eq!(body["clientToken"], "mine");
        }
    }
}

#[test]
fn what_cannot_be_right_is_not_sent() {
    let empty = SubmitServiceJobRequest::default();
    for called in call::<SubmitServiceJob>(&retrying(), &empty, &[]) {
        assert!(matches!(called.outcome, Err(Error::Request(_))));
        assert!(called.transport.heard().is_empty());
    }
}

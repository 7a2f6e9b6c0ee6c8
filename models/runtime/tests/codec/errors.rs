//! What a service says when it refuses.

use std::time::Duration;

use shapewright_runtime::codec::{AwsJson1_1, RestJson1};
use shapewright_runtime::{Call, Error, Retry, ServiceError};

use crate::answer;
use crate::operations::{Busy, FindThing, PutThing, ThingError, code};

fn refused<C: Call<Error = ThingError>>(
    status: u16,
    headers: &[(&str, &str)],
    body: &str,
) -> ServiceError<ThingError> {
    match C::response(&answer(status, headers, body)) {
        Err(Error::Service(error)) => error,
        Err(other) => panic!("{other:?}"),
        Ok(_) => panic!("an output"),
    }
}

#[test]
fn a_code_is_found_wherever_a_service_says_it() {
    let with_uri = "BusyException:http://example.com/things/";
    let whole = format!("com.example.things#{with_uri}");
    for said in [
        "BusyException",
        with_uri,
        &whole,
        "com.example#BusyException",
    ] {
        let header = answer(400, &[("X-Amzn-ErrorType", said)], "");
        assert_eq!(code::<RestJson1>(&header), "BusyException", "{said}");
        assert_eq!(code::<AwsJson1_1>(&header), "BusyException", "{said}");
        for key in ["__type", "code", "Code"] {
            let body = answer(400, &[], &format!("{{\"{key}\": \"{said}\"}}"));
            assert_eq!(code::<RestJson1>(&body), "BusyException", "{key}: {said}");
            assert_eq!(code::<AwsJson1_1>(&body), "BusyException", "{key}: {said}");
        }
    }
    let both = answer(400, &[("x-amzn-errortype", "One")], r#"{"__type": "Two"}"#);
    assert_eq!(code::<RestJson1>(&both), "One");
}

#[test]
fn a_modelled_error_has_its_members() {
    let headers = [
        ("x-amzn-errortype", "BusyException"),
        ("x-wait", "7"),
        ("x-amzn-requestid", "an id"),
        ("retry-after", "2"),
    ];
    let error = refused::<PutThing>(429, &headers, r#"{"message": "later"}"#);
    let busy = Busy {
        message: Some("later".to_owned()),
        wait: Some(7),
    };
    assert_eq!(error.kind(), &ThingError::Busy(busy));
    assert_eq!(error.code(), "BusyException");
    assert_eq!(error.message(), Some("later"));
    assert_eq!(error.request_id(), Some("an id"));
    assert_eq!(error.status(), 429);
    assert_eq!(error.retry_after(), Some(Duration::from_secs(2)));
    assert_eq!(error.retry(), Some(Retry::Throttling));
    assert_eq!(error.body(), r#"{"message": "later"}"#);
    assert_eq!(
        error.to_string(),
        "BusyException: later (HTTP 429, request an id)"
    );
}

#[test]
fn an_error_that_no_model_lists_keeps_its_code_and_message() {
    let body = r#"{"__type": "a#NewException", "Message": "what", "deep": [[]]}"#;
    let error = refused::<FindThing>(400, &[], body);
    let ThingError::Other(other) = error.kind() else {
        panic!("{error:?}");
    };
    assert_eq!(other.code, "NewException");
    assert_eq!(other.message.as_deref(), Some("what"));
    assert_eq!(error.retry(), None);
}

#[test]
fn an_error_whose_body_is_of_another_form_keeps_its_code() {
    let headers = [("x-amzn-errortype", "BusyException")];
    for body in [
        "",
        "<html>",
        "[]",
        r#"{"wait": "long"}"#,
        r#"{"message": {}}"#,
    ] {
        let error = refused::<PutThing>(503, &headers, body);
        assert_eq!(error.code(), "BusyException", "{body}");
    }
}

#[test]
fn an_error_without_a_code_has_a_status() {
    for (status, retry) in [
        (400, None),
        (404, None),
        (413, None),
        (429, Some(Retry::Throttling)),
        (500, Some(Retry::Transient)),
        (503, Some(Retry::Transient)),
    ] {
        let error = refused::<FindThing>(status, &[], "<html>Bad gateway</html>");
        assert_eq!(error.code(), "");
        assert_eq!(error.status(), status);
        assert_eq!(error.retry(), retry, "{status}");
        let text = error.to_string();
        assert_eq!(text, format!("an error without a code (HTTP {status})"));
    }
}

#[test]
fn codes_say_whether_to_send_again() {
    for (code, retry) in [
        ("ThrottlingException", Some(Retry::Throttling)),
        ("SlowDown", Some(Retry::Throttling)),
        ("RequestTimeout", Some(Retry::Transient)),
        ("ValidationException", None),
    ] {
        let error = refused::<FindThing>(400, &[("x-amzn-errortype", code)], "{}");
        assert_eq!(error.retry(), retry, "{code}");
    }
}

#[test]
fn success_with_the_body_of_an_error_is_an_error() {
    let body = r#"{"__type": "com.example#BusyException", "message": "no"}"#;
    for status in [200, 204] {
        let error = refused::<FindThing>(status, &[], body);
        assert!(matches!(error.kind(), ThingError::Busy(_)), "{error:?}");
        let headers = [("x-amzn-errortype", "BusyException")];
        refused::<PutThing>(status, &headers, "");
    }
    let thing = r#"{"__type": "com.example#Thing", "title": "no error"}"#;
    let output = FindThing::response(&answer(200, &[], thing)).expect("an output");
    assert_eq!(output.title.as_deref(), Some("no error"));
}

#[test]
fn codes_of_the_query_protocol_stand_beside() {
    let headers = [("x-amzn-query-error", "AWS.Things.Busy;Sender")];
    let error = refused::<FindThing>(400, &headers, r#"{"__type": "a#BusyException"}"#);
    assert_eq!(error.query_code(), Some("AWS.Things.Busy"));
    assert_eq!(error.code(), "BusyException");
}

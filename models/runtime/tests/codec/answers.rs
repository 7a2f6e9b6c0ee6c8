//! Answers to outputs, and what cannot be read.

use std::collections::BTreeMap;

use bytes::Bytes;
use http::Response;
use shapewright_runtime::{Call, Error, Timestamp};

use crate::answer;
use crate::operations::{
    CarryBlob, CarryDocument, CarryStructure, CarryText, FindThing, Output, PutThing, Whole,
};

/// Why an answer cannot be read.
fn unreadable<C: Call>(response: &Response<Bytes>) -> String
where
    C::Output: std::fmt::Debug,
{
    match C::response(response) {
        Err(Error::Unreadable(error)) => {
            assert_eq!(error.status(), response.status());
            assert_eq!(error.body(), response.body());
            error.reason().to_owned()
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn every_member_is_taken_from_its_place() {
    let headers = [
        ("etag", "\"tag\""),
        ("x-names", "one, \"two, three\""),
        ("x-names", "four"),
        (
            "x-dates",
            "Sun, 02 Feb 2020 00:00:00 GMT, Mon, 03 Feb 2020 00:00:00 GMT",
        ),
        ("x-label-Colour", "red"),
        ("x-other", "is of no member"),
    ];
    let body = r#"{"title": "Title", "size": 3, "weight": "NaN", "new": [{}]}"#;
    let output = PutThing::response(&answer(201, &headers, body)).expect("an output");
    let date = |text| Timestamp::parse_date_time(text).expect("a moment");
    assert!(output.weight.is_some_and(f64::is_nan));
    let expected = Output {
        status: Some(201),
        etag: Some("\"tag\"".to_owned()),
        names: Some(vec![
            "one".to_owned(),
            "two, three".to_owned(),
            "four".to_owned(),
        ]),
        dates: Some(vec![
            date("2020-02-02T00:00:00Z"),
            date("2020-02-03T00:00:00Z"),
        ]),
        labels: Some(BTreeMap::from([("colour".to_owned(), "red".to_owned())])),
        title: Some("Title".to_owned()),
        size: Some(3),
        weight: None,
        any: None,
    };
    assert_eq!(
        Output {
            weight: None,
            ..output
        },
        expected
    );
}

#[test]
fn an_empty_body_and_null_say_that_no_member_is_there() {
    for body in ["", "null", "{}", r#"{"title": null}"#] {
        let output = FindThing::response(&answer(200, &[], body)).expect("an output");
        assert_eq!(output, Output::default(), "{body}");
    }
}

#[test]
fn one_member_can_be_the_whole_body() {
    let read = |body| answer(200, &[("content-type", "text/html")], body);
    let blob = CarryBlob::response(&read("{no JSON")).expect("bytes");
    assert_eq!(blob, Whole(Some("{no JSON".into())));
    let text = CarryText::response(&read("\"text\"")).expect("a text");
    assert_eq!(text, Whole(Some("\"text\"".to_owned())));
    let structure = CarryStructure::response(&read(r#"{"wait": 3}"#)).expect("a structure");
    assert_eq!(structure.0.and_then(|busy| busy.wait), Some(3));
    let document = CarryDocument::response(&read("[1]")).expect("a document");
    assert!(document.0.is_some());
    let nothing = CarryStructure::response(&read("")).expect("nothing");
    assert_eq!(nothing, Whole(None));
}

#[test]
fn what_is_no_json_is_unreadable() {
    for body in [
        "<html>Welcome</html>",
        r#"{"title": "cut o"#,
        r#"{"title": "x"} and more"#,
        "[]",
        "\"text\"",
        r#"{"title": 1}"#,
    ] {
        let page = answer(200, &[("content-type", "text/html")], body);
        let reason = unreadable::<FindThing>(&page);
        assert!(reason.starts_with("the body: "), "{body}: {reason}");
        unreadable::<PutThing>(&page);
    }
}

#[test]
fn what_is_no_utf_8_is_unreadable() {
    let body = Bytes::from_static(b"{\"title\": \"\xff\xfe\"}");
    let reason = unreadable::<FindThing>(&Response::new(body.clone()));
    assert!(reason.contains("UTF-8"), "{reason}");
    assert!(unreadable::<CarryText>(&Response::new(body)).contains("UTF-8"));
    let mut response = answer(200, &[], "{}");
    let value = http::HeaderValue::from_bytes(b"\xff").expect("a value");
    response.headers_mut().insert("etag", value);
    let reason = unreadable::<PutThing>(&response);
    assert!(reason.starts_with("header ETag: "), "{reason}");
}

#[test]
fn a_body_of_ten_thousand_levels_is_unreadable() {
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
        let nested = format!("{}1{}", open.repeat(10_000), close.repeat(10_000));
        let body = format!("{{\"any\": {nested}}}");
        unreadable::<FindThing>(&answer(200, &[], &body));
        unreadable::<CarryDocument>(&answer(200, &[], &nested));
    }
}

#[test]
fn numbers_that_do_not_fit_are_unreadable() {
    for number in [
        "2147483648",
        "1e10",
        "1.5",
        "-99999999999999999999",
        "\"1\"",
    ] {
        let body = format!("{{\"size\": {number}}}");
        unreadable::<FindThing>(&answer(200, &[], &body));
    }
    unreadable::<FindThing>(&answer(200, &[], r#"{"weight": 1e999}"#));
    let digits = format!("{{\"size\": {}}}", "9".repeat(100_000));
    unreadable::<FindThing>(&answer(200, &[], &digits));
}

#[test]
fn an_integer_may_be_written_as_a_float_that_is_whole() {
    for (number, size) in [("1.0", 1), ("1e3", 1_000), ("-2.50e1", -25), ("0.0", 0)] {
        let body = format!("{{\"size\": {number}}}");
        let output = FindThing::response(&answer(200, &[], &body)).expect("an output");
        assert_eq!(output.size, Some(size), "{number}");
    }
    let reason = unreadable::<FindThing>(&answer(200, &[], r#"{"size": 1.5}"#));
    assert!(reason.contains("floating point `1.5`"), "{reason}");
}

#[test]
fn headers_that_are_no_value_of_their_type_are_unreadable() {
    for (name, value) in [("x-dates", "yesterday"), ("x-names", "\"open")] {
        let reason = unreadable::<PutThing>(&answer(200, &[(name, value)], "{}"));
        assert!(reason.to_lowercase().contains(name), "{reason}");
    }
}

#[test]
fn a_redirect_is_unreadable_and_followed_by_nobody() {
    for status in [301, 302, 304, 307, 308] {
        let redirect = answer(status, &[("location", "http://elsewhere.example")], "");
        let reason = unreadable::<FindThing>(&redirect);
        assert_eq!(reason, "a redirect, which is not followed");
    }
    assert_eq!(
        unreadable::<FindThing>(&answer(100, &[], "")),
        "a status that is no answer"
    );
}

#[test]
fn floats_are_read_as_the_nearest() {
    let body = r#"{"weight": 123456789.12345679}"#;
    let output = FindThing::response(&answer(200, &[], body)).expect("an output");
    let bits = output.weight.map(f64::to_bits);
    assert_eq!(bits, Some(123_456_789.123_456_79_f64.to_bits()));
}

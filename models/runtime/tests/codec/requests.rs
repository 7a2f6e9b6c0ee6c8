//! Inputs to requests.

use std::collections::BTreeMap;

use bytes::Bytes;
use http::Request;
use serde_json::{Value, json};
use shapewright_runtime::codec::request_with;
use shapewright_runtime::endpoint::Endpoint;
use shapewright_runtime::{Call, RequestError, Timestamp};

use crate::operations::{
    Busy, CarryBlob, CarryDocument, CarryStructure, CarryText, FindThing, Input, PutThing, Whole,
};

fn made<C: Call>(input: &C::Input) -> Result<Request<Bytes>, RequestError> {
    let endpoint = Endpoint::new("https://example.com/base").expect("an endpoint");
    request_with::<C>(input, &endpoint, || "a token".to_owned())
}

fn least() -> Input {
    Input {
        shelf: Some("top".to_owned()),
        key: Some("key".to_owned()),
        tenant: Some("acme".to_owned()),
        title: Some("Title".to_owned()),
        ..Input::default()
    }
}

fn texts(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|&text| text.to_owned()).collect()
}

fn header<'r>(request: &'r Request<Bytes>, name: &str) -> Option<&'r str> {
    request.headers().get(name)?.to_str().ok()
}

fn reason(result: Result<Request<Bytes>, RequestError>) -> String {
    result.expect_err("no request").to_string()
}

#[test]
fn every_member_travels_in_its_place() {
    let input = Input {
        shelf: Some("a/b c".to_owned()),
        key: Some("deep/er é".to_owned()),
        tags: Some(texts(&["one", "&two"])),
        extra: Some(BTreeMap::from([("more=".to_owned(), texts(&["1", "2"]))])),
        since: Timestamp::parse_date_time("2020-02-02T00:00:00Z").ok(),
        note: Some("a note".to_owned()),
        names: Some(texts(&["plain", "with, comma", "a \"quote\""])),
        sizes: Some(vec![1, -2]),
        labels: Some(BTreeMap::from([("Colour".to_owned(), "red".to_owned())])),
        weight: Some(f64::INFINITY),
        ..least()
    };
    let request = made::<PutThing>(&input).expect("a request");
    assert_eq!(request.method(), "PUT");
    assert_eq!(
        request.uri(),
        "https://acme.data.example.com/base/shelves/a%2Fb%20c/deep/er%20%C3%A9?fixed&tag=one\
         &tag=%26two&since=2020-02-02T00%3A00%3A00Z&token=a%20token&more%3D=1&more%3D=2"
    );
    assert_eq!(header(&request, "x-note"), Some("a note"));
    let names = r#"plain, "with, comma", "a \"quote\"""#;
    assert_eq!(header(&request, "x-names"), Some(names));
    assert_eq!(header(&request, "x-sizes"), Some("1, -2"));
    assert_eq!(header(&request, "x-label-colour"), Some("red"));
    assert_eq!(header(&request, "content-type"), Some("application/json"));
    let body: Value = serde_json::from_slice(request.body()).expect("JSON");
    assert_eq!(body, json!({"title": "Title", "weight": "Infinity"}));
}

#[test]
fn what_is_missing_and_labels_that_are_empty_are_told_all_at_once() {
    let input = Input {
        shelf: Some(String::new()),
        ..Input::default()
    };
    assert_eq!(
        reason(made::<PutThing>(&input)),
        "the request is not complete: key is required; title is required; \
         shelf is empty, which a path cannot hold"
    );
    // No model should leave a label optional, but if one does:
    let input = Input {
        tenant: None,
        ..least()
    };
    assert_eq!(
        reason(made::<PutThing>(&input)),
        "the request is not complete: tenant is required"
    );
}

#[test]
fn a_header_takes_no_line_break() {
    for text in ["one\ntwo", "one\r\nx-two: three", "nul\0"] {
        let input = Input {
            note: Some(text.to_owned()),
            ..least()
        };
        let reason = reason(made::<PutThing>(&input));
        assert!(reason.starts_with("x-note cannot be sent: "), "{reason}");
    }
    let input = Input {
        labels: Some(BTreeMap::from([("a\nb".to_owned(), String::new())])),
        ..least()
    };
    let reason = reason(made::<PutThing>(&input));
    assert!(reason.contains("cannot be sent"), "{reason}");
}

#[test]
fn a_label_leads_to_no_other_host() {
    for tenant in ["evil.example.org/", "a@b", "a b", "-", ""] {
        let input = Input {
            tenant: Some(tenant.to_owned()),
            ..least()
        };
        assert!(made::<PutThing>(&input).is_err(), "{tenant:?}");
    }
}

#[test]
fn a_map_of_the_query_gives_way_to_members() {
    let entry = |name: &str| (name.to_owned(), texts(&["of the map"]));
    let input = Input {
        tags: Some(texts(&["of the member"])),
        token: Some("mine".to_owned()),
        extra: Some(BTreeMap::from([entry("tag"), entry("other")])),
        ..least()
    };
    let request = made::<PutThing>(&input).expect("a request");
    assert_eq!(
        request.uri().query(),
        Some("fixed&tag=of%20the%20member&token=mine&other=of%20the%20map")
    );
}

#[test]
fn a_checksum_is_there_where_it_is_demanded() {
    let request = made::<PutThing>(&least()).expect("a request");
    assert_eq!(request.body(), r#"{"title":"Title"}"#);
    assert_eq!(
        header(&request, "content-md5"),
        Some("oBYBl/Gzcvs3fVrGk2qjNg==")
    );
}

#[test]
fn aws_json_sends_all_members_to_one_path() {
    let request = made::<FindThing>(&least()).expect("a request");
    assert_eq!(request.uri(), "https://example.com/base/");
    let target = header(&request, "x-amz-target");
    assert_eq!(target, Some("Things_20200202.FindThing"));
    let content_type = header(&request, "content-type");
    assert_eq!(content_type, Some("application/x-amz-json-1.1"));
    assert_eq!(header(&request, "x-amzn-query-mode"), Some("true"));
    let body: Value = serde_json::from_slice(request.body()).expect("JSON");
    assert_eq!(body["shelf"], "top");
}

#[test]
fn one_member_can_be_the_whole_body() {
    let sent = |request: Result<Request<Bytes>, RequestError>| {
        let request = request.expect("a request");
        let content_type = header(&request, "content-type").map(str::to_owned);
        (content_type, request.into_body())
    };
    let of = |content_type: &str, body: &'static str| {
        (
            Some(content_type.to_owned()),
            Bytes::from_static(body.as_bytes()),
        )
    };
    let blob = Whole(Some("\u{0}bytes".into()));
    let bytes = of("application/octet-stream", "\u{0}bytes");
    assert_eq!(sent(made::<CarryBlob>(&blob)), bytes);
    let text = Whole(Some("\"text\"".to_owned()));
    assert_eq!(sent(made::<CarryText>(&text)), of("text/plain", "\"text\""));
    let structure = Whole(Some(Busy {
        wait: Some(3),
        ..Busy::default()
    }));
    assert_eq!(
        sent(made::<CarryStructure>(&structure)),
        of("application/json", r#"{"wait":3}"#)
    );
    let document = Whole(Some("text".into()));
    assert_eq!(
        sent(made::<CarryDocument>(&document)),
        of("application/json", "\"text\"")
    );
}

#[test]
fn a_whole_body_that_is_absent_is_empty_but_for_a_structure() {
    let body = |request: Result<Request<Bytes>, RequestError>| {
        let request = request.expect("a request");
        let is_typed = request.headers().contains_key("content-type");
        (is_typed, request.into_body())
    };
    let empty = (false, Bytes::new());
    assert_eq!(body(made::<CarryBlob>(&Whole(None))), empty);
    assert_eq!(body(made::<CarryText>(&Whole(None))), empty);
    assert_eq!(body(made::<CarryDocument>(&Whole(None))), empty);
    let braces = (true, Bytes::from_static(b"{}"));
    assert_eq!(body(made::<CarryStructure>(&Whole(None))), braces);
}

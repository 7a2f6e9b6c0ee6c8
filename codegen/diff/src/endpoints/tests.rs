//! Where rules lead: real ones and made up, alone and beside what they were.

use bumpalo::Bump;
use proptest::prelude::*;
use serde_json::{Value, json};
use shapewright_model::c2j::{self, FileKind, Prose, Source};
use shapewright_model::{Model, endpoint};
use shapewright_runtime::endpoint::Parameters;

use super::{Led, compare, follow};
use crate::fact::FactKind;

const BATCH: &str = include_str!("../../../../api-spec/batch/2026-11-09/endpoint-rule-set-1.json");

/// A model of these operations with these rules, if there are any.
fn model(prefix: &str, global: &str, operations: &Value, rules: Option<&Value>) -> Model {
    let mut metadata = json!({"endpointPrefix": prefix, "protocol": "json", "apiVersion": "1",
        "serviceId": "Thing", "jsonVersion": "1.1", "signatureVersion": "v4"});
    if !global.is_empty() {
        metadata["globalEndpoint"] = json!(global);
    }
    let service = json!({"metadata": metadata, "operations": operations, "shapes": {}}).to_string();
    let rules = rules.map(Value::to_string);
    let mut sources = vec![Source {
        kind: FileKind::Service,
        name: "service-2.json",
        bytes: service.as_bytes(),
    }];
    sources.extend(rules.as_ref().map(|rules| Source {
        kind: FileKind::EndpointRules,
        name: "endpoint-rule-set-1.json",
        bytes: rules.as_bytes(),
    }));
    let reading = c2j::read(&sources, Prose::Skip).unwrap_or_else(|problems| {
        let told: Vec<String> = problems.iter().map(ToString::to_string).collect();
        panic!("{}", told.join("\n"))
    });
    reading.model
}

/// The URL to which a model's rules lead.
fn url(model: &Model, parameters: &Parameters) -> String {
    let room = Bump::new();
    let (rules, problems) = endpoint::read(model, "");
    assert!(problems.is_empty(), "{problems:#?}");
    match follow::rule_set(&rules, &room).resolve(parameters) {
        Ok(endpoint) => endpoint.url(),
        Err(error) => format!("error: {}", error.message()),
    }
}

fn in_region(region: &str, fips: bool, dual_stack: bool) -> Parameters {
    Parameters::new()
        .with_region(region)
        .with_fips(fips)
        .with_dual_stack(dual_stack)
}

fn batch() -> Value {
    serde_json::from_str(BATCH).expect("JSON")
}

fn with_rules(rules: &Value) -> Model {
    model("thing", "", &json!({}), Some(rules))
}

/// Rules of a region, FIPS, and whatever else.
fn rules(more: &Value, rules: &Value) -> Value {
    let mut parameters = json!({
        "Region": {"type": "string", "builtIn": "AWS::Region"},
        "UseFIPS": {"type": "boolean", "builtIn": "AWS::UseFIPS", "required": true, "default": false}
    });
    let all = parameters.as_object_mut().expect("an object");
    all.extend(more.as_object().cloned().unwrap_or_default());
    json!({"version": "1.0", "parameters": parameters, "rules": rules})
}

fn host(conditions: &Value, url: &str) -> Value {
    json!({"type": "endpoint", "conditions": conditions, "endpoint": {"url": url}})
}

fn equals(name: &str, text: &str) -> Value {
    json!([{"fn": "stringEquals", "argv": [{"ref": name}, text]}])
}

fn is_true(name: &str) -> Value {
    json!([{"fn": "booleanEquals", "argv": [{"ref": name}, true]}])
}

/// What differs, as `setting: old → new`.
fn told(led: &Led) -> Vec<String> {
    let moves = led.moves.iter().flat_map(|(_, [old, new])| {
        let [old, new] = [old, new].map(|list| list.as_array().expect("a list"));
        assert_eq!(old.len(), new.len());
        old.iter().zip(new)
    });
    let moves = moves.map(|(old, new)| {
        assert_eq!(old["setting"], new["setting"]);
        let setting = old["setting"].as_str().expect("a setting");
        format!("{setting}: {} → {}", old["endpoint"], new["endpoint"])
    });
    moves.collect()
}

#[test]
fn the_stored_rules_of_batch_lead_to_its_hosts() {
    let model = with_rules(&batch());
    for (region, fips, dual_stack, host) in [
        ("us-east-1", false, false, "batch.us-east-1.amazonaws.com"),
        (
            "us-east-1",
            true,
            false,
            "fips.batch.us-east-1.amazonaws.com",
        ),
        ("eu-west-3", false, true, "batch.eu-west-3.api.aws"),
        ("us-east-1", true, true, "batch-fips.us-east-1.api.aws"),
        (
            "cn-north-1",
            false,
            false,
            "batch.cn-north-1.amazonaws.com.cn",
        ),
        (
            "cn-north-1",
            false,
            true,
            "batch.cn-north-1.api.amazonwebservices.com.cn",
        ),
        (
            "us-gov-west-1",
            false,
            false,
            "batch.us-gov-west-1.amazonaws.com",
        ),
        (
            "us-gov-west-1",
            true,
            false,
            "batch.us-gov-west-1.amazonaws.com",
        ),
        (
            "us-iso-east-1",
            false,
            false,
            "batch.us-iso-east-1.c2s.ic.gov",
        ),
        // A region that came after the rules.
        (
            "mx-central-9",
            false,
            false,
            "batch.mx-central-9.amazonaws.com",
        ),
    ] {
        let parameters = in_region(region, fips, dual_stack);
        assert_eq!(
            url(&model, &parameters),
            format!("https://{host}"),
            "{parameters}"
        );
    }
    let local = Parameters::new().with_endpoint("http://localhost:5000");
    assert_eq!(url(&model, &local), "http://localhost:5000");
    for parameters in [
        Parameters::new(),
        local.clone().with_fips(true),
        local.with_dual_stack(true),
    ] {
        let outcome = url(&model, &parameters);
        assert!(outcome.starts_with("error: "), "{parameters}: {outcome}");
    }
}

#[test]
fn a_service_without_rules_is_found_by_its_prefix() {
    let plain = model("thing", "", &json!({}), None);
    for (region, fips, dual_stack, host) in [
        ("us-east-1", false, false, "thing.us-east-1.amazonaws.com"),
        (
            "us-east-1",
            true,
            false,
            "thing-fips.us-east-1.amazonaws.com",
        ),
        ("us-east-1", false, true, "thing.us-east-1.api.aws"),
        ("us-east-1", true, true, "thing-fips.us-east-1.api.aws"),
        (
            "cn-north-1",
            false,
            false,
            "thing.cn-north-1.amazonaws.com.cn",
        ),
    ] {
        let parameters = in_region(region, fips, dual_stack);
        assert_eq!(
            url(&plain, &parameters),
            format!("https://{host}"),
            "{parameters}"
        );
    }
    assert_eq!(
        url(&plain, &Parameters::new()),
        "error: a region must be set"
    );
}

#[test]
fn a_global_host_serves_the_first_partition() {
    let global = model("thing", "thing.amazonaws.com", &json!({}), None);
    let url = |region| url(&global, &Parameters::new().with_region(region));
    assert_eq!(url("eu-west-3"), "https://thing.amazonaws.com");
    assert_eq!(
        url("cn-north-1"),
        "https://thing.cn-north-1.amazonaws.com.cn"
    );
    let (rules, _) = endpoint::read(&global, "");
    let room = Bump::new();
    let endpoint = follow::rule_set(&rules, &room).resolve(&in_region("eu-west-3", false, false));
    let endpoint = endpoint.expect("an endpoint");
    let scheme = &endpoint.auth_schemes()[0];
    assert_eq!(scheme.signing_region.as_deref(), Some("us-east-1"));
}

#[test]
fn rules_that_are_written_otherwise_lead_where_they_led() {
    let flat = rules(
        &json!({}),
        &json!([
            host(&is_true("UseFIPS"), "https://fips.{Region}.example"),
            host(&json!([]), "https://{Region}.example"),
        ]),
    );
    let negated = json!([{"fn": "not", "argv": is_true("UseFIPS")}]);
    let deep = rules(
        &json!({}),
        &json!([{"type": "tree", "conditions": [], "rules": [
            host(&negated, "https://{Region}.example"),
            host(&json!([]), "https://fips.{Region}.example"),
        ]}]),
    );
    let led = compare(&with_rules(&flat), &with_rules(&deep));
    assert!(led.is_all);
    assert_eq!(told(&led), [""; 0]);
}

#[test]
fn a_move_is_told_once_by_its_plainest_setting() {
    let old = batch();
    let text = BATCH.replace("fips.batch.{Region}", "batch-fips.{Region}");
    let new: Value = serde_json::from_str(&text).expect("JSON");
    let led = compare(&with_rules(&old), &with_rules(&new));
    assert!(led.is_all);
    assert_eq!(
        told(&led),
        [
            "us-east-2, UseFIPS: \"https://fips.batch.us-east-2.amazonaws.com\" → \
             \"https://batch-fips.us-east-2.amazonaws.com\""
        ]
    );
}

#[test]
fn a_region_that_a_rule_names_is_tried() {
    let of = |url: &str| {
        let rules = json!([
            host(&equals("Region", "mars-1"), url),
            host(&json!([]), "https://{Region}.x")
        ]);
        with_rules(&self::rules(&json!({}), &rules))
    };
    let led = compare(&of("https://{Region}.x"), &of("https://red.x"));
    assert!(led.is_all);
    assert_eq!(
        told(&led),
        ["mars-1: \"https://mars-1.x\" → \"https://red.x\""]
    );
}

#[test]
fn that_an_endpoint_comes_or_goes_is_told_apart_from_moves() {
    let negated = json!([{"fn": "not", "argv": is_true("UseFIPS")}]);
    let of = |conditions: &Value| {
        with_rules(&rules(
            &json!({}),
            &json!([host(conditions, "https://a.b")]),
        ))
    };
    let kinds = |old: &Model, new: &Model| -> Vec<FactKind> {
        let moves = compare(old, new).moves.into_iter();
        moves.map(|(kind, _)| kind).collect()
    };
    let (all, some) = (of(&json!([])), of(&negated));
    assert_eq!(kinds(&some, &all), [FactKind::EndpointsAdded]);
    assert_eq!(kinds(&all, &some), [FactKind::EndpointsRemoved]);
}

#[test]
fn what_is_required_is_given_by_somebody() {
    let more = json!({"Where": {"type": "string", "required": true}});
    let of = |url: &str| with_rules(&rules(&more, &json!([host(&json!([]), url)])));
    let led = compare(&of("https://a.example"), &of("https://b.example"));
    // No operation is there that could tell it.
    assert!(!led.is_all);
    let of = |url: &str| {
        let rules = rules(&more, &json!([host(&json!([]), url)]));
        model("thing", "", &operations(&json!({})), Some(&rules))
    };
    let led = compare(&of("https://a.example"), &of("https://b.example"));
    assert!(led.is_all);
    assert_eq!(told(&led).len(), 1, "{:?}", told(&led));
}

#[test]
fn another_way_of_signing_is_a_move() {
    let of = |region: &str| {
        let scheme = json!({"name": "sigv4", "signingRegion": region});
        let endpoint = json!({"url": "https://a.example", "properties": {"authSchemes": [scheme]}});
        let rule = json!({"type": "endpoint", "conditions": [], "endpoint": endpoint});
        with_rules(&rules(&json!({}), &json!([rule])))
    };
    let led = compare(&of("us-east-1"), &of("us-west-2"));
    let told = told(&led);
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(
        told[0].contains("us-east-1") && told[0].contains("us-west-2"),
        "{told:?}"
    );
}

#[test]
fn texts_that_no_rule_knows_are_told_apart() {
    let more = json!({"A": {"type": "string", "builtIn": "X::A"}, "B": {"type": "string", "builtIn": "X::B"}});
    let of = |name: &str| {
        let is_set = json!([
            {"fn": "isSet", "argv": [{"ref": "A"}]},
            {"fn": "isSet", "argv": [{"ref": "B"}]}
        ]);
        let url = format!("https://{{{name}}}.example");
        with_rules(&rules(&more, &json!([host(&is_set, &url)])))
    };
    let led = compare(&of("A"), &of("B"));
    assert_eq!(told(&led).len(), 1, "{:?}", told(&led));
}

#[test]
fn what_is_looked_into_is_never_tried_in_all_ways() {
    let more = json!({"Arn": {"type": "string", "builtIn": "X::Arn"}});
    let arn = json!([{"fn": "aws.parseArn", "argv": [{"ref": "Arn"}], "assign": "arn"}]);
    let of = |url: &str| with_rules(&rules(&more, &json!([host(&arn, url)])));
    let led = compare(
        &of("https://a.example"),
        &of("https://{arn#region}.example"),
    );
    assert!(!led.is_all);
    assert_eq!(told(&led).len(), 1, "{:?}", told(&led));
}

#[test]
fn rules_of_a_form_that_is_not_known_are_never_known_to_lead_as_before() {
    let of = |name: &str| {
        with_rules(&rules(
            &json!({}),
            &json!([host(&json!([{"fn": name, "argv": []}]), "https://a.b")]),
        ))
    };
    assert!(!compare(&of("guess"), &of("guessAgain")).is_all);
}

/// Rules that ask whether a call is a search.
fn searching(url: &str) -> Value {
    let more = json!({"IsSearch": {"type": "boolean"}});
    let is_set = json!([{"fn": "isSet", "argv": [{"ref": "IsSearch"}]}, is_true("IsSearch")[0]]);
    rules(
        &more,
        &json!([
            host(&is_set, url),
            host(&json!([]), "https://plain.example")
        ]),
    )
}

fn operations(search: &Value) -> Value {
    let http = json!({"method": "POST", "requestUri": "/"});
    json!({
        "Find": {"name": "Find", "http": http, "staticContextParams": search},
        "Get": {"name": "Get", "http": http},
        "Put": {"name": "Put", "http": http},
    })
}

#[test]
fn what_no_operation_tells_moves_nothing() {
    let of = |url| model("thing", "", &operations(&json!({})), Some(&searching(url)));
    let led = compare(&of("https://plain.example"), &of("https://search.example"));
    assert!(led.is_all);
    assert_eq!(told(&led), [""; 0]);
}

#[test]
fn what_an_operation_tells_moves_that_operation() {
    let search = json!({"IsSearch": {"value": true}});
    let of = |search: &Value| {
        let rules = searching("https://search.example");
        model("thing", "", &operations(search), Some(&rules))
    };
    let led = compare(&of(&json!({})), &of(&search));
    assert!(led.is_all);
    assert_eq!(
        told(&led),
        ["Find: \"https://plain.example\" → \"https://search.example\""]
    );
}

#[test]
fn of_more_settings_than_can_be_tried_pairs_are() {
    let names: Vec<String> = (0..24).map(|at| format!("Flag{at}")).collect();
    let flags = names
        .iter()
        .map(|name| (name.clone(), json!({"type": "boolean", "builtIn": "X::Y"})));
    let flags: Value = flags.collect();
    let of = |url: &str| {
        let both = json!([is_true("Flag7")[0], is_true("Flag20")[0]]);
        let mut all: Vec<Value> = vec![host(&both, url)];
        all.extend(
            names
                .iter()
                .map(|name| host(&is_true(name), "https://same.example")),
        );
        all.push(host(&json!([]), "https://none.example"));
        with_rules(&rules(&flags, &Value::Array(all)))
    };
    let led = compare(&of("https://old.example"), &of("https://new.example"));
    assert!(!led.is_all);
    assert_eq!(
        told(&led),
        ["Flag20, Flag7: \"https://old.example\" → \"https://new.example\""]
    );
}

/// Regions that exist, and some that do not.
const REGIONS: [&str; 12] = [
    "us-east-1",
    "us-east-2",
    "eu-west-3",
    "ap-southeast-4",
    "cn-north-1",
    "cn-northwest-1",
    "us-gov-west-1",
    "us-gov-east-1",
    "us-iso-east-1",
    "us-isob-east-1",
    "eusc-de-east-1",
    "mars-1",
];

/// An edit anywhere in Batch's rules: two rules change places, a condition goes, a text is another.
fn edited(mut rules: Value, picks: &[usize]) -> Value {
    for pick in picks {
        let mut places = Vec::new();
        collect(&rules["rules"], "/rules".to_owned(), &mut places);
        let place = &places[pick % places.len()];
        let value = rules.pointer_mut(place).expect("a place");
        match value {
            Value::Array(items) if items.len() > 1 => items.rotate_left(1),
            Value::Array(items) => items.clear(),
            Value::Bool(flag) => *flag = !*flag,
            Value::String(text) if place.ends_with("url") => text.push('x'),
            Value::String(text) if text.starts_with("us-") => *text = "us-east-1".to_owned(),
            _ => {}
        }
    }
    rules
}

fn collect(value: &Value, place: String, places: &mut Vec<String>) {
    match value {
        Value::Array(items) => {
            for (at, item) in items.iter().enumerate() {
                collect(item, format!("{place}/{at}"), places);
            }
        }
        Value::Object(entries) => {
            for (key, value) in entries {
                collect(value, format!("{place}/{key}"), places);
            }
        }
        _ => {}
    }
    places.push(place);
}

proptest! {
    #[test]
    fn what_is_told_to_lead_as_before_does(
        picks in prop::collection::vec(any::<usize>(), 1..4),
        settings in prop::collection::vec((0..REGIONS.len(), any::<bool>(), any::<bool>(), any::<bool>()), 40),
    ) {
        let [old, new] = [batch(), edited(batch(), &picks)].map(|rules| with_rules(&rules));
        let led = compare(&old, &new);
        prop_assume!(led.is_all && led.moves.is_empty());
        for (region, fips, dual_stack, own) in settings {
            let mut parameters = in_region(REGIONS[region], fips, dual_stack);
            if own {
                parameters = parameters.with_endpoint("http://localhost:1");
            }
            let [before, after] = [&old, &new].map(|model| url(model, &parameters));
            let is_error = |url: &String| url.starts_with("error: ");
            prop_assert!(before == after || [&before, &after].into_iter().all(is_error),
                "{parameters}: {before} → {after}");
        }
    }
}

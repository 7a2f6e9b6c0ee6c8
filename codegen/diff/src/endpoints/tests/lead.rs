//! Where rules lead: Batch's, as they are stored, and those of a service without rules.

use bumpalo::Bump;
use serde_json::json;
use shapewright_model::endpoint;
use shapewright_runtime::endpoint::Parameters;

use super::super::follow;
use super::{batch, in_region, model, url, with_rules};

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

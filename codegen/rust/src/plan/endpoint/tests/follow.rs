//! Where rules lead: Batch's, as they are stored, and those of a service without rules.

use serde_json::Value;
use shapewright_runtime::endpoint::{Parameters, RuleSet};

use super::super::plain;

const BATCH: &str =
    include_str!("../../../../../../api-spec/batch/2026-11-09/endpoint-rule-set-1.json");

fn outcome(rules: &RuleSet, parameters: &Parameters) -> String {
    match rules.resolve(parameters) {
        Ok(endpoint) => endpoint.url(),
        Err(error) => format!("error: {}", error.message()),
    }
}

/// Fails unless each region, with FIPS and dual stack or not, leads to the host.
fn check(rules: &RuleSet, table: &[(&str, bool, bool, &str)]) {
    for (region, fips, dual_stack, host) in table {
        let parameters = Parameters::new()
            .with_region(*region)
            .with_fips(*fips)
            .with_dual_stack(*dual_stack);
        let url = format!("https://{host}");
        assert_eq!(outcome(rules, &parameters), url, "{parameters}");
    }
}

#[test]
fn the_stored_rules_of_batch_lead_to_its_hosts() {
    let rules: Value = serde_json::from_str(BATCH).expect("JSON");
    let rules = super::rules(&rules);
    check(
        &rules,
        &[
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
        ],
    );
    let local = Parameters::new().with_endpoint("http://localhost:5000");
    assert_eq!(outcome(&rules, &local), "http://localhost:5000");
    for parameters in [
        Parameters::new(),
        local.clone().with_fips(true),
        local.with_dual_stack(true),
    ] {
        let outcome = outcome(&rules, &parameters);
        assert!(outcome.starts_with("error: "), "{parameters}: {outcome}");
    }
}

#[test]
fn a_service_without_rules_is_found_by_its_prefix() {
    let rules = super::rules(&plain::rules("thing", ""));
    check(
        &rules,
        &[
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
        ],
    );
    let missing = outcome(&rules, &Parameters::new());
    assert_eq!(missing, "error: a region must be set");
}

#[test]
fn a_global_host_serves_the_first_partition() {
    let rules = super::rules(&plain::rules("thing", "thing.amazonaws.com"));
    check(
        &rules,
        &[
            ("eu-west-1", false, false, "thing.amazonaws.com"),
            (
                "cn-north-1",
                false,
                false,
                "thing.cn-north-1.amazonaws.com.cn",
            ),
        ],
    );
    let endpoint = rules.resolve(&Parameters::new().with_region("eu-west-1"));
    let endpoint = endpoint.expect("an endpoint");
    let scheme = &endpoint.auth_schemes()[0];
    assert_eq!(scheme.signing_region.as_deref(), Some("us-east-1"));
}

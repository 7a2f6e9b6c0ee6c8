//! The rules of a service whose model has none: a host named after its prefix and the region.

use serde_json::{Value, json};

/// Rules for a prefix (`endpointPrefix`) and, if that is not empty, the host that serves all regions
/// of AWS's first partition (`globalEndpoint`).
pub(super) fn rules(prefix: &str, global: &str) -> Value {
    let [prefix, global] = [prefix, global].map(escaped);
    let reference = |name: &str| json!({"ref": name});
    let is_set = |name: &str| json!({"fn": "isSet", "argv": [reference(name)]});
    let is_true = |value: Value| json!({"fn": "booleanEquals", "argv": [value, true]});
    let of_partition =
        |path: &str| json!({"fn": "getAttr", "argv": [reference("partition"), path]});
    let error = |conditions: Vec<Value>, message: &str| json!({"conditions": conditions, "type": "error", "error": message});
    let tree = |conditions: Vec<Value>, rules: Vec<Value>| json!({"conditions": conditions, "type": "tree", "rules": rules});
    let endpoint = |conditions: Vec<Value>, url: &str| json!({"conditions": conditions, "type": "endpoint", "endpoint": {"url": url}});
    let fips = || is_true(reference("UseFIPS"));
    let dual_stack = || is_true(reference("UseDualStack"));
    let supports_fips = || is_true(of_partition("supportsFIPS"));
    let supports_dual_stack = || is_true(of_partition("supportsDualStack"));

    let with_override = tree(
        vec![is_set("Endpoint")],
        vec![
            error(
                vec![fips()],
                "FIPS and an endpoint of one's own exclude each other",
            ),
            error(
                vec![dual_stack()],
                "dual stack and an endpoint of one's own exclude each other",
            ),
            json!({"conditions": [], "type": "endpoint", "endpoint": {"url": reference("Endpoint")}}),
        ],
    );
    let host = |fips: &str, suffix: &str| {
        format!("https://{prefix}{fips}.{{Region}}.{{partition#{suffix}}}")
    };
    let both = tree(
        vec![fips(), dual_stack()],
        vec![
            endpoint(
                vec![supports_fips(), supports_dual_stack()],
                &host("-fips", "dualStackDnsSuffix"),
            ),
            error(
                vec![],
                "the partition has no endpoints with both FIPS and dual stack",
            ),
        ],
    );
    let only_fips = tree(
        vec![fips()],
        vec![
            endpoint(vec![supports_fips()], &host("-fips", "dnsSuffix")),
            error(vec![], "the partition has no endpoints with FIPS"),
        ],
    );
    let only_dual_stack = tree(
        vec![dual_stack()],
        vec![
            endpoint(vec![supports_dual_stack()], &host("", "dualStackDnsSuffix")),
            error(vec![], "the partition has no endpoints with dual stack"),
        ],
    );
    let mut by_region = vec![both, only_fips, only_dual_stack];
    if !global.is_empty() {
        // It signs for the region in which such services live.
        let scheme = json!({"name": "sigv4", "signingRegion": "{partition#implicitGlobalRegion}"});
        by_region.push(json!({
            "conditions": [{"fn": "stringEquals", "argv": [of_partition("name"), "aws"]}],
            "type": "endpoint",
            "endpoint": {"url": format!("https://{global}"), "properties": {"authSchemes": [scheme]}}
        }));
    }
    by_region.push(endpoint(vec![], &host("", "dnsSuffix")));
    let partition =
        json!({"fn": "aws.partition", "argv": [reference("Region")], "assign": "partition"});
    let flag = |name: &str| json!({"type": "boolean", "required": true, "default": false, "builtIn": format!("AWS::{name}")});
    json!({
        "version": "1.0",
        "parameters": {
            "Region": {"type": "string", "builtIn": "AWS::Region"},
            "UseDualStack": flag("UseDualStack"),
            "UseFIPS": flag("UseFIPS"),
            "Endpoint": {"type": "string", "builtIn": "SDK::Endpoint"}
        },
        "rules": [
            with_override,
            tree(vec![is_set("Region"), partition], by_region),
            error(vec![], "a region must be set"),
        ]
    })
}

/// The text as it stands in a template.
fn escaped(text: &str) -> String {
    text.replace('{', "{{").replace('}', "}}")
}

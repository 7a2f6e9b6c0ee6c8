//! What holds for a service as a whole.

use shapewright_model::{TraitName as T, Value};

use super::claims::Turn;
use super::{BREAKING, DOCS, RISK, Rule, SAFE, Witness};
use crate::fact::{Fact, FactKind, Place};

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "service-added",
        flags: "a service that was not there",
        why: "nothing that exists uses it",
        send: SAFE,
        receive: SAFE,
        claims: |fact| fact.kind == FactKind::ServiceAdded,
        mirror: "service-removed",
        witness: Witness {
            before: "null",
            after: "{}",
        },
    },
    Rule {
        id: "service-removed",
        flags: "a service that is gone",
        why: "whatever calls it does not work any more",
        send: BREAKING,
        receive: BREAKING,
        claims: |fact| fact.kind == FactKind::ServiceRemoved,
        mirror: "service-added",
        witness: Witness {
            before: "{}",
            after: "null",
        },
    },
    Rule {
        id: "service-api-version-changed",
        flags: "another version of the API",
        why: "it goes over the wire in some protocols, and says that this is another API",
        send: RISK,
        receive: RISK,
        claims: |fact| of_metadata(fact, &[T::ApiVersion]),
        mirror: "service-api-version-changed",
        witness: Witness {
            before: "{}",
            after: r#"{"metadata": {"apiVersion": "2021-01-01"}}"#,
        },
    },
    Rule {
        id: "protocol-changed",
        flags: "another wire protocol, version of JSON, or prefix of the target header",
        why: "requests are written and answers are read in another way",
        send: BREAKING,
        receive: BREAKING,
        claims: |fact| of_metadata(fact, &[T::Protocol, T::JsonVersion, T::TargetPrefix]),
        mirror: "protocol-changed",
        witness: Witness {
            before: "{}",
            after: r#"{"metadata": {"protocol": "json", "jsonVersion": "1.1", "targetPrefix": "T"}}"#,
        },
    },
    Rule {
        id: "protocol-list-changed.added",
        flags: "the service speaks a protocol more",
        why: "it goes on to speak the others",
        send: SAFE,
        receive: SAFE,
        claims: |fact| of_metadata(fact, &[T::Protocols]) && adds(fact),
        mirror: "protocol-list-changed.removed",
        witness: Witness {
            before: "{}",
            after: r#"{"metadata": {"protocols": ["rest-json", "smithy-rpc-v2-cbor"]}}"#,
        },
    },
    Rule {
        id: "protocol-list-changed.removed",
        flags: "a protocol is no longer listed, or the order of preference differs",
        why: "a client of that protocol alone is cut off, and others may change theirs",
        send: RISK,
        receive: RISK,
        claims: |fact| of_metadata(fact, &[T::Protocols]) && !adds(fact),
        mirror: "protocol-list-changed.added",
        witness: Witness {
            before: r#"{"metadata": {"protocols": ["rest-json", "smithy-rpc-v2-cbor"]}}"#,
            after: "{}",
        },
    },
    Rule {
        id: "protocol-list-changed.settings",
        flags: "other settings of a protocol",
        why: "they decide about the form of what is sent, such as the version of HTTP",
        send: RISK,
        receive: RISK,
        claims: |fact| of_metadata(fact, &[T::ProtocolSettings]),
        mirror: "protocol-list-changed.settings",
        witness: Witness {
            before: "{}",
            after: r#"{"metadata": {"protocolSettings": {"h2": "eventstream"}}}"#,
        },
    },
    Rule {
        id: "query-compat-changed",
        flags: "the service begins or ceases to name errors as its query protocol did",
        why: "a client that goes by the code of an error sees another one",
        send: SAFE,
        receive: BREAKING,
        claims: |fact| {
            of_metadata(fact, &[T::AwsQueryCompatible])
                || fact.is_of_smithy(&["aws.protocols#awsQueryError"])
        },
        mirror: "query-compat-changed",
        witness: Witness {
            before: "{}",
            after: r#"{"metadata": {"awsQueryCompatible": {}}}"#,
        },
    },
    Rule {
        id: "xml-namespace-changed",
        flags: "another XML namespace",
        why: "a strict reader of XML does not find the elements that it knows",
        send: RISK,
        receive: RISK,
        claims: |fact| {
            fact.is_of(&[T::XmlNamespace]) || fact.is_of_smithy(&["smithy.api#xmlNamespace"])
        },
        mirror: "xml-namespace-changed",
        witness: Witness {
            before: "{}",
            after: r#"{"operations": {"PutThing": {"input": {
                "xmlNamespace": {"uri": "https://things.example/"}}}}}"#,
        },
    },
    Rule {
        id: "endpoint-prefix-changed",
        flags: "another prefix of the service's host names, or another global endpoint",
        why: "calls go to another host, which a network may not let through",
        send: RISK,
        receive: None,
        claims: |fact| of_metadata(fact, &[T::EndpointPrefix, T::GlobalEndpoint]),
        mirror: "endpoint-prefix-changed",
        witness: Witness {
            before: "{}",
            after: r#"{"metadata": {"endpointPrefix": "objects"}}"#,
        },
    },
    Rule {
        id: "signing-name-changed",
        flags: "requests are signed for another name",
        why: "a signature for the old name is refused",
        send: BREAKING,
        receive: None,
        claims: |fact| of_metadata(fact, &[T::SigningName]),
        mirror: "signing-name-changed",
        witness: Witness {
            before: "{}",
            after: r#"{"metadata": {"signingName": "objects"}}"#,
        },
    },
    Rule {
        id: "auth-scheme-removed",
        flags: "a scheme of signing is gone, or another one stands in its place",
        why: "a request that is signed by it is refused",
        send: BREAKING,
        receive: None,
        claims: |fact| is_auth(fact) && loses_scheme(fact),
        mirror: "auth-scheme-added-or-reordered.added",
        witness: Witness {
            before: r#"{"metadata": {"auth": ["aws.auth#sigv4", "smithy.api#httpBearerAuth"]}}"#,
            after: "{}",
        },
    },
    Rule {
        id: "auth-scheme-added-or-reordered.added",
        flags: "a scheme of signing more, after those that were there",
        why: "a request that is signed as before is taken",
        send: SAFE,
        receive: None,
        claims: |fact| is_auth(fact) && !loses_scheme(fact) && keeps_first(fact),
        mirror: "auth-scheme-removed",
        witness: Witness {
            before: "{}",
            after: r#"{"metadata": {"auth": ["aws.auth#sigv4", "smithy.api#httpBearerAuth"]}}"#,
        },
    },
    Rule {
        id: "auth-scheme-added-or-reordered.reordered",
        flags: "another scheme of signing is preferred",
        why: "a client that takes the first signs in another way than before",
        send: RISK,
        receive: None,
        claims: |fact| is_auth(fact) && !loses_scheme(fact) && !keeps_first(fact),
        mirror: "auth-scheme-added-or-reordered.reordered",
        witness: Witness {
            before: r#"{"metadata": {"auth": ["aws.auth#sigv4", "aws.auth#sigv4a"]}}"#,
            after: r#"{"metadata": {"auth": ["aws.auth#sigv4a", "aws.auth#sigv4"]}}"#,
        },
    },
    Rule {
        id: "service-id-changed",
        flags: "another id of the service",
        why: "crates, modules and settings are named after it; it does not go over the wire",
        send: SAFE,
        receive: SAFE,
        claims: |fact| of_metadata(fact, &[T::ServiceId]),
        mirror: "service-id-changed",
        witness: Witness {
            before: "{}",
            after: r#"{"metadata": {"serviceId": "Objects"}}"#,
        },
    },
    Rule {
        id: "service-names-changed",
        flags: "other names of the service for people",
        why: "no program acts on them",
        send: DOCS,
        receive: DOCS,
        claims: |fact| {
            let names = [T::ServiceFullName, T::ServiceAbbreviation, T::Uid];
            of_metadata(fact, &names)
        },
        mirror: "service-names-changed",
        witness: Witness {
            before: "{}",
            after: r#"{"metadata": {"serviceFullName": "Service of Objects"}}"#,
        },
    },
    Rule {
        id: "endpoint-resolution-changed.moved",
        flags: "with some settings a call goes to another endpoint, or is signed otherwise there",
        why: "another host must be reachable, and allowed by firewalls and policies",
        send: RISK,
        receive: None,
        claims: |fact| fact.kind == FactKind::EndpointsMoved,
        mirror: "endpoint-resolution-changed.moved",
        witness: Witness {
            before: r#"{"endpointRuleSet": {"version": "1.0", "parameters": {}, "rules": [
                {"type": "endpoint", "conditions": [], "endpoint": {"url": "https://things.example"}}
            ]}}"#,
            after: r#"{"endpointRuleSet": {"version": "1.0", "parameters": {}, "rules": [
                {"type": "endpoint", "conditions": [], "endpoint": {"url": "https://moved.example"}}
            ]}}"#,
        },
    },
    Rule {
        id: "endpoint-resolution-changed.added",
        flags: "with some settings there is an endpoint where there was none",
        why: "calls with these settings failed before they were sent",
        send: SAFE,
        receive: None,
        claims: |fact| fact.kind == FactKind::EndpointsAdded,
        mirror: "endpoint-resolution-changed.removed",
        witness: Witness {
            before: r#"{"endpointRuleSet": {"version": "1.0",
                "parameters": {"UseFIPS": {"type": "boolean", "builtIn": "AWS::UseFIPS"}},
                "rules": [{"type": "endpoint",
                    "conditions": [{"fn": "booleanEquals", "argv": [{"ref": "UseFIPS"}, false]}],
                    "endpoint": {"url": "https://things.example"}}]
            }}"#,
            after: r#"{"endpointRuleSet": {"version": "1.0",
                "parameters": {"UseFIPS": {"type": "boolean", "builtIn": "AWS::UseFIPS"}},
                "rules": [{"type": "endpoint", "conditions": [],
                    "endpoint": {"url": "https://things.example"}}]
            }}"#,
        },
    },
    Rule {
        id: "endpoint-resolution-changed.removed",
        flags: "with some settings there is no endpoint any more",
        why: "calls with these settings fail before they are sent",
        send: RISK,
        receive: None,
        claims: |fact| fact.kind == FactKind::EndpointsRemoved,
        mirror: "endpoint-resolution-changed.added",
        witness: Witness {
            before: r#"{"endpointRuleSet": {"version": "1.0",
                "parameters": {"UseFIPS": {"type": "boolean", "builtIn": "AWS::UseFIPS"}},
                "rules": [{"type": "endpoint", "conditions": [],
                    "endpoint": {"url": "https://things.example"}}]
            }}"#,
            after: r#"{"endpointRuleSet": {"version": "1.0",
                "parameters": {"UseFIPS": {"type": "boolean", "builtIn": "AWS::UseFIPS"}},
                "rules": [{"type": "endpoint",
                    "conditions": [{"fn": "booleanEquals", "argv": [{"ref": "UseFIPS"}, false]}],
                    "endpoint": {"url": "https://things.example"}}]
            }}"#,
        },
    },
    Rule {
        id: "endpoint-resolution-changed.rules",
        flags: "other rules of which host a call goes to, and no trying of settings tells all of it",
        why: "with some settings it may go to another host than before",
        send: RISK,
        receive: None,
        claims: |fact| {
            let regions = |id: &str| id.starts_with("aws.endpoints#");
            let is_told = is_followed(fact) || fact.kind.is_of_endpoints() || in_words(fact);
            let of_rules = fact.place == Place::EndpointRules && !is_told;
            of_rules || fact.unknown_id().is_some_and(regions)
        },
        mirror: "endpoint-resolution-changed.rules",
        witness: Witness {
            before: "{}",
            after: r#"{"endpointRuleSet": {"parameters": {"Region": {"builtIn": "AWS::Other"}}}}"#,
        },
    },
    Rule {
        id: "endpoint-resolution-changed.written",
        flags: "endpoint rules written otherwise: whatever the settings, they lead where they led, \
                but for what is told beside",
        why: "only where a call goes matters",
        send: SAFE,
        receive: None,
        claims: |fact| is_followed(fact) && !in_words(fact),
        mirror: "endpoint-resolution-changed.written",
        witness: Witness {
            before: r#"{"endpointRuleSet": {"version": "1.0", "parameters": {}, "rules": [
                {"type": "endpoint", "conditions": [], "endpoint": {"url": "https://things.example"}}
            ]}}"#,
            after: r#"{"endpointRuleSet": {"version": "1.0", "parameters": {}, "rules": [
                {"type": "tree", "conditions": [], "rules": [
                    {"type": "endpoint", "conditions": [], "endpoint": {"url": "https://things.example"}}
                ]}
            ]}}"#,
        },
    },
    Rule {
        id: "client-context-param-changed.removed",
        flags: "a setting of the client that decides about the endpoint is gone or of another type",
        why: "a client that is set up with it does not work as before",
        send: RISK,
        receive: None,
        claims: |fact| fact.is_of(&[T::ClientContextParams]) && fact.turn() != Turn::Came,
        mirror: "client-context-param-changed.added",
        witness: Witness {
            before: r#"{"clientContextParams": {"Fast": {"type": "boolean"}}}"#,
            after: "{}",
        },
    },
    Rule {
        id: "client-context-param-changed.added",
        flags: "a setting more of the client, which decides about the endpoint",
        why: "without it the endpoint may be resolved in another way than before",
        send: RISK,
        receive: None,
        claims: |fact| fact.is_of(&[T::ClientContextParams]) && fact.turn() == Turn::Came,
        mirror: "client-context-param-changed.removed",
        witness: Witness {
            before: "{}",
            after: r#"{"clientContextParams": {"Fast": {"type": "boolean"}}}"#,
        },
    },
];

fn is_followed(fact: &Fact) -> bool {
    fact.kind == FactKind::EndpointRulesChanged { followed: true }
}

fn in_words(fact: &Fact) -> bool {
    fact.documentation || fact.is_idle()
}

fn of_metadata(fact: &Fact, names: &[T]) -> bool {
    fact.place == Place::Metadata && fact.is_of(names)
}

fn adds(fact: &Fact) -> bool {
    fact.turn() == Turn::Came || fact.gains()
}

fn is_auth(fact: &Fact) -> bool {
    of_metadata(fact, &[T::Auth, T::SignatureVersion])
}

/// Whether a way of signing that was taken is not taken any more. A list of schemes that comes for
/// the first time takes nothing away: `signatureVersion` said before what it says first.
fn loses_scheme(fact: &Fact) -> bool {
    match fact.turn() {
        Turn::Came => false,
        Turn::Went => true,
        Turn::Changed => fact.names(&[T::SignatureVersion]) || fact.loses(),
    }
}

fn keeps_first(fact: &Fact) -> bool {
    let [old, new] = fact.items();
    let sigv4 = Value::from("aws.auth#sigv4");
    match (old.first(), new.first()) {
        (Some(old), Some(new)) => old == new,
        (None, Some(new)) => *new == sigv4,
        _ => true,
    }
}

//! What operations there are, and how they are called.

use shapewright_model::{Step, TraitName as T};

use super::claims::Turn;
use super::{BREAKING, RISK, Rule, SAFE, Witness};
use crate::fact::{Fact, FactKind, Part};

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "operation-added",
        flags: "an operation that was not there",
        why: "nothing that exists uses it; it is what one can do from now on",
        send: SAFE,
        receive: SAFE,
        claims: |fact| fact.kind == FactKind::OperationAdded,
        mirror: "operation-removed",
        witness: Witness {
            before: r#"{"operations": {"Ping": null}}"#,
            after: "{}",
        },
    },
    Rule {
        id: "operation-removed",
        flags: "an operation that is gone, and was not deprecated before",
        why: "the service answers its callers with an error, and code that names it does not compile",
        send: BREAKING,
        receive: BREAKING,
        claims: |fact| fact.kind == FactKind::OperationRemoved && !fact.has(&T::Deprecated),
        mirror: "operation-added",
        witness: Witness {
            before: "{}",
            after: r#"{"operations": {"Ping": null}}"#,
        },
    },
    Rule {
        id: "operation-removed-after-deprecation",
        flags: "an operation that is gone, and was deprecated before",
        why: "its callers were told; those that did not move get an error",
        send: RISK,
        receive: RISK,
        claims: |fact| fact.kind == FactKind::OperationRemoved && fact.has(&T::Deprecated),
        mirror: "operation-added",
        witness: Witness {
            before: r#"{"operations": {"Ping": {"deprecated": true}}}"#,
            after: r#"{"operations": {"Ping": null}}"#,
        },
    },
    Rule {
        id: "operation-renamed.wire",
        flags: "an operation under another name, where the name goes over the wire",
        why: "the service does not know the old name any more",
        send: BREAKING,
        receive: BREAKING,
        claims: |fact| {
            matches!(
                fact.kind,
                FactKind::OperationNameChanged { wire: true }
                    | FactKind::OperationRenamed { wire: true }
            )
        },
        mirror: "operation-renamed.wire",
        witness: Witness {
            before: r#"{"metadata": {"protocol": "json", "protocols": ["json"]}}"#,
            after: r#"{
                "metadata": {"protocol": "json", "protocols": ["json"]},
                "operations": {
                    "ListThings": null,
                    "ListAllThings": {
                        "name": "ListAllThings",
                        "http": {"method": "GET", "requestUri": "/things"},
                        "input": {"shape": "ListThingsRequest"},
                        "output": {"shape": "ListThingsResponse"}
                    }
                }
            }"#,
        },
    },
    Rule {
        id: "operation-renamed.name-only",
        flags: "an operation under another name, with the method and URI that it had",
        why: "the name does not go over the wire, so that only code which names it must change",
        send: SAFE,
        receive: SAFE,
        claims: |fact| {
            matches!(
                fact.kind,
                FactKind::OperationNameChanged { wire: false }
                    | FactKind::OperationRenamed { wire: false }
            )
        },
        mirror: "operation-renamed.name-only",
        witness: Witness {
            before: "{}",
            after: r#"{"operations": {
                "Ping": null,
                "Probe": {"name": "Probe", "http": {"method": "GET", "requestUri": "/ping"}}
            }}"#,
        },
    },
    Rule {
        id: "http-method-changed",
        flags: "another HTTP method",
        why: "the service does not take the old one at this URI",
        send: BREAKING,
        receive: None,
        claims: |fact| is_http(fact, &["method"]),
        mirror: "http-method-changed",
        witness: Witness {
            before: "{}",
            after: r#"{"operations": {"Ping": {"http": {"method": "HEAD"}}}}"#,
        },
    },
    Rule {
        id: "http-uri-changed.path",
        flags: "another path or other labels in the URI",
        why: "what is sent to the old path does not arrive at the operation",
        send: BREAKING,
        receive: None,
        claims: |fact| is_http(fact, &["requestUri"]) && !is_spelling(fact),
        mirror: "http-uri-changed.path",
        witness: Witness {
            before: "{}",
            after: r#"{"operations": {"Ping": {"http": {"requestUri": "/v2/ping"}}}}"#,
        },
    },
    Rule {
        id: "http-uri-changed.spelling",
        flags: "a URI that differs in a trailing slash, a greedy label or a fixed query alone",
        why: "most services take both, but a signature covers the very bytes",
        send: RISK,
        receive: None,
        claims: |fact| is_http(fact, &["requestUri"]) && is_spelling(fact),
        mirror: "http-uri-changed.spelling",
        witness: Witness {
            before: "{}",
            after: r#"{"operations": {"Ping": {"http": {"requestUri": "/ping/"}}}}"#,
        },
    },
    Rule {
        id: "http-success-status-changed",
        flags: "another HTTP status of success",
        why: "a client that compares the status takes success for failure",
        send: None,
        receive: RISK,
        claims: |fact| is_http(fact, &["responseCode"]),
        mirror: "http-success-status-changed",
        witness: Witness {
            before: "{}",
            after: r#"{"operations": {"Ping": {"http": {"responseCode": 204}}}}"#,
        },
    },
    Rule {
        id: "input-presence-changed.added",
        flags: "an operation takes input where it took none, all of it optional",
        why: "a call without any goes on to be right",
        send: SAFE,
        receive: None,
        claims: |fact| is_input(fact) && fact.turn() == Turn::Came && !demands(fact),
        mirror: "input-presence-changed.removed",
        witness: Witness {
            before: "{}",
            after: r#"{"operations": {"Ping": {"input": {"shape": "ListThingsRequest"}}}}"#,
        },
    },
    Rule {
        id: "input-presence-changed.demanded",
        flags: "an operation takes input where it took none, and requires some of it",
        why: "a call without is refused from now on",
        send: BREAKING,
        receive: None,
        claims: |fact| is_input(fact) && fact.turn() == Turn::Came && demands(fact),
        mirror: "input-presence-changed.removed",
        witness: Witness {
            before: "{}",
            after: r#"{"operations": {"Ping": {"input": {"shape": "PutThingRequest"}}}}"#,
        },
    },
    Rule {
        id: "input-presence-changed.removed",
        flags: "an operation takes no input any more",
        why: "what is sent is ignored or refused",
        send: RISK,
        receive: None,
        claims: |fact| is_input(fact) && fact.turn() == Turn::Went,
        mirror: "input-presence-changed.added",
        witness: Witness {
            before: "{}",
            after: r#"{"operations": {"ListThings": {"input": null}}}"#,
        },
    },
    Rule {
        id: "output-presence-changed.added",
        flags: "an operation answers where its answer was empty",
        why: "who did not look at the answer need not do so now",
        send: None,
        receive: SAFE,
        claims: |fact| fact.kind == FactKind::PartAdded(Part::Output),
        mirror: "output-presence-changed.removed",
        witness: Witness {
            before: "{}",
            after: r#"{"operations": {"Ping": {"output": {"shape": "PutThingResponse"}}}}"#,
        },
    },
    Rule {
        id: "output-presence-changed.removed",
        flags: "an operation's answer is empty from now on",
        why: "what was read from it is not there",
        send: None,
        receive: BREAKING,
        claims: |fact| fact.kind == FactKind::PartRemoved(Part::Output),
        mirror: "output-presence-changed.added",
        witness: Witness {
            before: "{}",
            after: r#"{"operations": {"ListThings": {"output": null}}}"#,
        },
    },
    Rule {
        id: "io-shape-renamed",
        flags: "an input or output whose shape has another name and the same content",
        why: "names of shapes do not go over the wire, but Rust code names them",
        send: SAFE,
        receive: SAFE,
        claims: |fact| {
            matches!(
                fact.kind,
                FactKind::TargetRenamed(Part::Input | Part::Output)
            )
        },
        mirror: "io-shape-renamed",
        witness: Witness {
            before: r#"{
                "shapes": {"ListAnswer": {"type": "structure", "members": {
                    "things": {"shape": "Things"}, "nextToken": {"shape": "Text"}}}}
            }"#,
            after: r#"{
                "operations": {"ListThings": {"output": {"shape": "ListAnswer"}}},
                "shapes": {"ListAnswer": {"type": "structure", "members": {
                    "things": {"shape": "Things"}, "nextToken": {"shape": "Text"}}}}
            }"#,
        },
    },
    Rule {
        id: "operation-error-added",
        flags: "an operation declares an error more",
        why: "who tells errors apart meets one that is new; most were sent before they were declared",
        send: None,
        receive: RISK,
        claims: |fact| fact.kind == FactKind::ErrorAdded && !fact.is_idle(),
        mirror: "operation-error-removed",
        witness: Witness {
            before: "{}",
            after: r#"{"operations": {"Ping": {"errors": [{"shape": "Gone"}]}}}"#,
        },
    },
    Rule {
        id: "operation-error-removed",
        flags: "an operation does not declare an error any more",
        why: "what failed with it may fail with another one, which nobody handles",
        send: None,
        receive: RISK,
        claims: |fact| fact.kind == FactKind::ErrorRemoved && !fact.is_idle(),
        mirror: "operation-error-added",
        witness: Witness {
            before: "{}",
            after: r#"{"operations": {"PutThing": {"errors": null}}}"#,
        },
    },
];

fn is_http(fact: &Fact, keys: &[&str]) -> bool {
    let of_key = match fact.within() {
        // The method leads where all of it came or went.
        [] => keys.contains(&"method"),
        [Step::Key(key), ..] => keys.contains(&key.as_str()),
        [Step::Index(_), ..] => false,
    };
    fact.is_of(&[T::Http]) && of_key
}

fn is_input(fact: &Fact) -> bool {
    matches!(
        fact.kind,
        FactKind::PartAdded(Part::Input) | FactKind::PartRemoved(Part::Input)
    )
}

/// Whether an input that came requires a member.
fn demands(fact: &Fact) -> bool {
    let new = fact.new.as_ref();
    new.is_some_and(|new| new.get("required").is_some())
}

/// Whether two URIs are one but for how they are spelt.
fn is_spelling(fact: &Fact) -> bool {
    let [old, new] = [&fact.old, &fact.new].map(|value| {
        let uri = value.as_ref().and_then(|value| value.as_str());
        let uri = uri.unwrap_or_default();
        let path = uri.split_once('?').map_or(uri, |(path, _)| path);
        path.trim_end_matches('/').replace("+}", "}")
    });
    old == new
}

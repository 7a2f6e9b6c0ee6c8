//! What is stated of operations beside their names, their HTTP and their types.

use shapewright_model::{TraitName as T, Value};

use super::claims::Turn;
use super::{BREAKING, RISK, Rule, SAFE, Witness};
use crate::fact::{Fact, Place};

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "idempotency-changed.removed",
        flags: "an operation is no longer idempotent or read-only",
        why: "to repeat a call whose answer was lost may do its work twice",
        send: RISK,
        receive: None,
        claims: |fact| is_idempotency(fact) && fact.flag() != Turn::Came,
        mirror: "idempotency-changed.added",
        witness: Witness {
            before: r#"{"operations": {"Ping": {"idempotent": true}}}"#,
            after: "{}",
        },
    },
    Rule {
        id: "idempotency-changed.added",
        flags: "an operation is idempotent or read-only now",
        why: "a call may be repeated that could not be before",
        send: SAFE,
        receive: None,
        claims: |fact| is_idempotency(fact) && fact.flag() == Turn::Came,
        mirror: "idempotency-changed.removed",
        witness: Witness {
            before: "{}",
            after: r#"{"operations": {"Ping": {"idempotent": true}}}"#,
        },
    },
    Rule {
        id: "operation-auth-changed.narrowed",
        flags: "an operation must be signed in a way that it need not be before",
        why: "a call that is signed as it was, or not at all, is refused",
        send: BREAKING,
        receive: None,
        claims: |fact| is_auth(fact) && !relaxes(fact),
        mirror: "operation-auth-changed.relaxed",
        witness: Witness {
            before: r#"{"operations": {"Ping": {"authtype": "none"}}}"#,
            after: "{}",
        },
    },
    Rule {
        id: "operation-auth-changed.relaxed",
        flags: "an operation may be signed in more ways, or not at all",
        why: "a call that is signed as it was is taken",
        send: SAFE,
        receive: None,
        claims: |fact| is_auth(fact) && relaxes(fact),
        mirror: "operation-auth-changed.narrowed",
        witness: Witness {
            before: "{}",
            after: r#"{"operations": {"Ping": {"authtype": "none"}}}"#,
        },
    },
    Rule {
        id: "host-prefix-changed",
        flags: "another prefix of the host name, or another member in it",
        why: "the call goes to another host, which a network may not let through",
        send: RISK,
        receive: None,
        claims: |fact| fact.is_of(&[T::Endpoint, T::HostLabel]),
        mirror: "host-prefix-changed",
        witness: Witness {
            before: "{}",
            after: r#"{"operations": {"Ping": {"endpoint": {"hostPrefix": "data."}}}}"#,
        },
    },
    Rule {
        id: "endpoint-discovery-changed.required",
        flags: "an operation's endpoint must be asked for first, or another operation tells it",
        why: "a call to the service's own endpoint may be refused",
        send: RISK,
        receive: None,
        claims: |fact| is_discovery(fact) && demands_discovery(fact),
        mirror: "endpoint-discovery-changed.cleared",
        witness: Witness {
            before: r#"{"operations": {"Ping": {"endpointdiscovery": {}}}}"#,
            after: r#"{"operations": {"Ping": {"endpointdiscovery": {"required": true}}}}"#,
        },
    },
    Rule {
        id: "endpoint-discovery-changed.cleared",
        flags: "an operation's endpoint need not be asked for",
        why: "who asks first may go on to do so",
        send: SAFE,
        receive: None,
        claims: |fact| is_discovery(fact) && !demands_discovery(fact),
        mirror: "endpoint-discovery-changed.required",
        witness: Witness {
            before: r#"{"operations": {"Ping": {"endpointdiscovery": {"required": true}}}}"#,
            after: r#"{"operations": {"Ping": {"endpointdiscovery": {}}}}"#,
        },
    },
    Rule {
        id: "checksum-now-required",
        flags: "a request must carry a checksum",
        why: "a request without one is refused",
        send: BREAKING,
        receive: None,
        claims: |fact| is_checksum_demand(fact) && turned_on(fact),
        mirror: "checksum-no-longer-required",
        witness: Witness {
            before: "{}",
            after: r#"{"operations": {"PutThing": {"httpChecksumRequired": true}}}"#,
        },
    },
    Rule {
        id: "checksum-no-longer-required",
        flags: "a request need not carry a checksum any more",
        why: "one that does is taken as before",
        send: SAFE,
        receive: None,
        claims: |fact| is_checksum_demand(fact) && !turned_on(fact),
        mirror: "checksum-now-required",
        witness: Witness {
            before: r#"{"operations": {"PutThing": {"httpChecksumRequired": true}}}"#,
            after: "{}",
        },
    },
    Rule {
        id: "transfer-feature-changed.removed",
        flags: "a checksum algorithm, its validation, or a compression of requests is gone or differs",
        why: "who chose it must choose another",
        send: RISK,
        receive: RISK,
        claims: |fact| is_transfer(fact) && !adds(fact),
        mirror: "transfer-feature-changed.added",
        witness: Witness {
            before: r#"{"operations": {"PutThing": {"requestcompression": {"encodings": ["gzip"]}}}}"#,
            after: "{}",
        },
    },
    Rule {
        id: "transfer-feature-changed.added",
        flags: "a checksum algorithm, its validation, or a compression of requests more",
        why: "it is there to be chosen",
        send: SAFE,
        receive: SAFE,
        claims: |fact| is_transfer(fact) && adds(fact),
        mirror: "transfer-feature-changed.removed",
        witness: Witness {
            before: "{}",
            after: r#"{"operations": {"PutThing": {"requestcompression": {"encodings": ["gzip"]}}}}"#,
        },
    },
    Rule {
        id: "endpoint-binding-changed",
        flags: "other values from an operation or its input decide about the endpoint",
        why: "a call may go to another host than before",
        send: RISK,
        receive: None,
        claims: |fact| {
            let names = [
                T::StaticContextParams,
                T::OperationContextParams,
                T::ContextParam,
            ];
            fact.is_of(&names)
        },
        mirror: "endpoint-binding-changed",
        witness: Witness {
            before: "{}",
            after: r#"{"shapes": {"PutThingRequest": {"members": {
                "name": {"contextParam": {"name": "Bucket"}}}}}}"#,
        },
    },
    Rule {
        id: "streaming-changed",
        flags: "a body or value is streamed, or a stream of events, where it was not, or the reverse",
        why: "both sides must agree on how the body is framed",
        send: BREAKING,
        receive: BREAKING,
        claims: |fact| {
            let ids = ["smithy.api#streaming"];
            fact.is_of(&[T::Streaming, T::EventStream, T::RequiresLength])
                || fact.is_of_smithy(&ids)
        },
        mirror: "streaming-changed",
        witness: Witness {
            before: "{}",
            after: r#"{"shapes": {"Data": {"streaming": true}}}"#,
        },
    },
    Rule {
        id: "result-wrapper-changed",
        flags: "an answer in XML is wrapped in another element",
        why: "a client does not find the answer in what it receives",
        send: None,
        receive: BREAKING,
        claims: |fact| {
            let ids = ["aws.customizations#s3UnwrappedXmlOutput"];
            fact.is_of(&[T::ResultWrapper, T::Wrapper]) || fact.is_of_smithy(&ids)
        },
        mirror: "result-wrapper-changed",
        witness: Witness {
            before: "{}",
            after: r#"{"operations": {"ListThings": {"output": {"resultWrapper": "Result"}}}}"#,
        },
    },
];

fn is_idempotency(fact: &Fact) -> bool {
    fact.is_of(&[T::Idempotent, T::ReadOnly])
}

fn is_auth(fact: &Fact) -> bool {
    let named = fact.is_of(&[T::AuthType, T::Auth, T::UnsignedPayload, T::Authorizers])
        || fact.is_of_smithy(&["smithy.api#optionalAuth"]);
    named && fact.place == Place::Operation
}

/// Whether a call that was right before stays so.
fn relaxes(fact: &Fact) -> bool {
    match fact.kind.trait_name() {
        Some(T::Auth) => {
            let none = Value::from("smithy.api#noAuth");
            let [_, new] = fact.items();
            new.contains(&none) || fact.gains()
        }
        // What it says is that less is asked for: no signature at all, one of a lesser kind, one
        // that leaves out the body.
        _ => fact.flag() == Turn::Came,
    }
}

fn is_discovery(fact: &Fact) -> bool {
    fact.is_of(&[T::EndpointDiscovery, T::EndpointOperation])
}

fn demands_discovery(fact: &Fact) -> bool {
    if fact.names(&[T::EndpointOperation]) {
        return true;
    }
    match &fact.new {
        Some(Value::Bool(required)) => *required,
        Some(whole) => whole.get("required") == Some(&Value::Bool(true)),
        None => false,
    }
}

const REQUIRED: &str = "requestChecksumRequired";

fn is_checksum_demand(fact: &Fact) -> bool {
    fact.is_of(&[T::HttpChecksumRequired])
        || (fact.is_of(&[T::HttpChecksum]) && fact.is_within(REQUIRED) && states_demand(fact))
}

/// Whether the demand is true on a side: a trait that came with `false` demands nothing.
fn states_demand(fact: &Fact) -> bool {
    let demands = |value: &Value| match value {
        Value::Bool(demands) => *demands,
        whole => whole.get(REQUIRED) == Some(&Value::Bool(true)),
    };
    let values = [&fact.old, &fact.new];
    values.into_iter().flatten().any(demands)
}

fn turned_on(fact: &Fact) -> bool {
    fact.flag() == Turn::Came
}

fn is_transfer(fact: &Fact) -> bool {
    fact.is_of(&[T::HttpChecksum, T::RequestCompression]) && !is_checksum_demand(fact)
}

fn adds(fact: &Fact) -> bool {
    fact.turn() == Turn::Came || fact.gains()
}

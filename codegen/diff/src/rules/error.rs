//! Errors: how they are known, who is at fault, and whether to try again.

use shapewright_model::TraitName as T;

use super::{BREAKING, RISK, Rule, Witness};
use crate::fact::Fact;

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "error-code-changed",
        flags: "another code of an error on the wire, or a shape that is an error where it was none",
        why: "a client does not know the error by the new code",
        send: None,
        receive: BREAKING,
        claims: |fact| is_exception(fact) || (fact.is_of(&[T::Error]) && names_code(fact)),
        mirror: "error-code-changed",
        witness: Witness {
            before: "{}",
            after: r#"{"shapes": {"NotFound": {"error": {"code": "NoSuchThing"}}}}"#,
        },
    },
    Rule {
        id: "error-status-or-fault-changed",
        flags: "another HTTP status of an error, or the other side is at fault",
        why: "a client that goes by the status handles or repeats it in another way",
        send: None,
        receive: RISK,
        claims: |fact| {
            let ids = ["smithy.api#httpError", "smithy.api#error"];
            let status = fact.is_of(&[T::Error]) && !names_code(fact);
            status || fact.is_of(&[T::Fault]) || fact.is_of_smithy(&ids)
        },
        mirror: "error-status-or-fault-changed",
        witness: Witness {
            before: "{}",
            after: r#"{"shapes": {"NotFound": {"error": {"httpStatusCode": 410}}}}"#,
        },
    },
    Rule {
        id: "error-retryable-changed",
        flags: "whether an error is worth another try, or comes of too many calls",
        why: "a client repeats the call where it did not, or does not where it did",
        send: None,
        receive: RISK,
        claims: |fact| fact.is_of(&[T::Retryable]),
        mirror: "error-retryable-changed",
        witness: Witness {
            before: "{}",
            after: r#"{"shapes": {"NotFound": {"retryable": {"throttling": false}}}}"#,
        },
    },
];

fn is_exception(fact: &Fact) -> bool {
    fact.is_of(&[T::Exception])
}

fn names_code(fact: &Fact) -> bool {
    fact.is_within("code")
}

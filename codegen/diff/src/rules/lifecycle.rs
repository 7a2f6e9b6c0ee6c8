//! What is deprecated, and what is not yet for everyone.

use shapewright_model::{TraitName as T, Value};

use super::claims::Turn;
use super::{DOCS, RISK, Rule, Witness};
use crate::fact::Fact;

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "deprecation-changed.added",
        flags: "something is deprecated",
        why: "it works as before, and one is told not to use it",
        send: DOCS,
        receive: DOCS,
        claims: |fact| fact.is_of(&[T::Deprecated]) && fact.flag() == Turn::Came,
        mirror: "deprecation-changed.removed",
        witness: Witness {
            before: "{}",
            after: r#"{"operations": {"Ping": {"deprecated": true}}}"#,
        },
    },
    Rule {
        id: "deprecation-changed.removed",
        flags: "something is not deprecated any more",
        why: "it works as before",
        send: DOCS,
        receive: DOCS,
        claims: |fact| fact.is_of(&[T::Deprecated]) && fact.flag() != Turn::Came,
        mirror: "deprecation-changed.added",
        witness: Witness {
            before: r#"{"operations": {"Ping": {"deprecated": true}}}"#,
            after: "{}",
        },
    },
    Rule {
        id: "deprecation-changed.edited",
        flags: "what is said of a deprecation differs: the words, or a later day",
        why: "no program acts on it",
        send: DOCS,
        receive: DOCS,
        claims: |fact| fact.names(&[T::DeprecatedMessage]) || (is_date(fact) && !is_earlier(fact)),
        mirror: "deprecation-date-moved-earlier",
        witness: Witness {
            before: r#"{"operations": {"Ping": {"deprecatedSince": "2024-01-01"}}}"#,
            after: r#"{"operations": {"Ping": {"deprecatedSince": "2025-01-01"}}}"#,
        },
    },
    Rule {
        id: "deprecation-date-moved-earlier",
        flags: "something is deprecated since an earlier day than was said",
        why: "there is less time to move than was planned for",
        send: RISK,
        receive: RISK,
        claims: |fact| is_date(fact) && is_earlier(fact),
        mirror: "deprecation-changed.edited",
        witness: Witness {
            before: r#"{"operations": {"Ping": {"deprecatedSince": "2025-01-01"}}}"#,
            after: r#"{"operations": {"Ping": {"deprecatedSince": "2024-01-01"}}}"#,
        },
    },
    Rule {
        id: "stability-changed",
        flags: "something is marked as internal, private or unstable, or not any more",
        why: "it is not promised to stay",
        send: RISK,
        receive: RISK,
        claims: |fact| {
            let ids = [
                "smithy.api#internal",
                "smithy.api#private",
                "smithy.api#unstable",
            ];
            fact.is_of(&[T::Internal, T::InternalOnly]) || fact.is_of_smithy(&ids)
        },
        mirror: "stability-changed",
        witness: Witness {
            before: "{}",
            after: r#"{"shapes": {"Thing": {"members": {"label": {"internal": true}}}}}"#,
        },
    },
];

fn is_date(fact: &Fact) -> bool {
    fact.is_of(&[T::DeprecatedSince])
}

/// Days are written so that they compare as texts.
fn is_earlier(fact: &Fact) -> bool {
    let [old, new] = [&fact.old, &fact.new].map(|value| value.as_ref().and_then(Value::as_str));
    matches!((old, new), (Some(old), Some(new)) if new < old)
}

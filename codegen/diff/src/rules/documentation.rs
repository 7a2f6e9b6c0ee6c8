//! What does not matter to the wire: words and the modelling of resources. And what no rule knows.

use shapewright_model::TraitName as T;

use super::{DOCS, RISK, Rule, Witness};
use crate::fact::{Fact, Place};
use crate::modelling;

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "docs-changed",
        flags: "other words, examples or tests",
        why: "no program acts on them",
        send: DOCS,
        receive: DOCS,
        claims: |fact| {
            let words = fact.documentation && !fact.names(&[T::DeprecatedMessage]);
            words || fact.kind.trait_name().is_some_and(modelling::is_words)
        },
        mirror: "docs-changed",
        witness: Witness {
            before: r#"{"shapes": {"Text": {"documentation": "Some words."}}}"#,
            after: r#"{"shapes": {"Text": {"documentation": "Other words."}}}"#,
        },
    },
    Rule {
        id: "modeling-metadata-changed",
        flags: "tags, titles, bindings to resources and policies; or a fact that says what held without it",
        why: "none of it has an effect on the wire",
        send: DOCS,
        receive: DOCS,
        claims: is_metadata,
        mirror: "modeling-metadata-changed",
        witness: Witness {
            before: "{}",
            after: r#"{"shapes": {"Thing": {"aws.cloudformation#cfnResource": {}}}}"#,
        },
    },
    UNKNOWN,
];

/// What no other rule claims.
pub(super) const UNKNOWN: Rule = Rule {
    id: "unknown-fact-changed",
    flags: "a fact that no other rule knows",
    why: "AWS may have begun to state something new, so it is told and not dropped",
    send: RISK,
    receive: RISK,
    claims: |_| false,
    mirror: "unknown-fact-changed",
    witness: Witness {
        before: "{}",
        after: r#"{"shapes": {"Text": {"synthetic": true}}}"#,
    },
};

fn is_metadata(fact: &Fact) -> bool {
    // A default that is false says something, as all of them do.
    if fact.documentation || fact.names(&[T::Default]) {
        return false;
    }
    let modelling = fact.kind.trait_name().is_some_and(modelling::is_modelling);
    let of_file = fact.names(&[T::Version])
        && matches!(
            fact.place,
            Place::Service | Place::Paginator | Place::Waiter
        );
    modelling || of_file || fact.is_idle()
}

//! What does not matter to the wire: words and the modelling of resources. And what no rule knows.

use shapewright_model::TraitName as T;

use super::{DOCS, RISK, Rule, Witness};
use crate::fact::{Fact, Place};

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "docs-changed",
        flags: "other words, examples or tests",
        why: "no program acts on them",
        send: DOCS,
        receive: DOCS,
        claims: |fact| {
            let words = fact.documentation && !fact.names(&[T::DeprecatedMessage]);
            let ids = ["smithy.api#externalDocumentation", "smithy.api#examples"];
            words || fact.unknown_id().is_some_and(|id| ids.contains(&id))
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

/// Namespaces of Smithy traits that are about resources, policies and consoles.
const NAMESPACES: [&str; 5] = [
    "aws.api#",
    "aws.cloudformation#",
    "aws.iam#",
    "aws.tagging#",
    "smithy.test#",
];

/// Traits of Smithy's own that are about modelling.
const MODELLING: [&str; 16] = [
    "smithy.api#cors",
    "smithy.api#endpointTests",
    "smithy.api#idRef",
    "smithy.api#mixin",
    "smithy.api#nestedProperties",
    "smithy.api#noReplace",
    "smithy.api#notProperty",
    "smithy.api#output",
    "smithy.api#paginated",
    "smithy.api#property",
    "smithy.api#recommended",
    "smithy.api#references",
    "smithy.api#resourceIdentifier",
    "smithy.api#suppress",
    "smithy.api#tags",
    "smithy.api#title",
];

fn is_metadata(fact: &Fact) -> bool {
    // A default that is false says something, as all of them do.
    if fact.documentation || fact.names(&[T::Default]) {
        return false;
    }
    let of_id = fact.unknown_id().is_some_and(|id| {
        let named = NAMESPACES.iter().any(|namespace| id.starts_with(namespace));
        named || MODELLING.contains(&id)
    });
    let of_file = fact.names(&[T::Version])
        && matches!(
            fact.place,
            Place::Service | Place::Paginator | Place::Waiter
        );
    of_id || of_file || fact.names(&[T::Tags, T::Alias]) || fact.is_idle()
}

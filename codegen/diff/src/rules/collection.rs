//! Lists and maps: what they hold, and how they are written.

use shapewright_model::TraitName as T;

use super::claims::Turn;
use super::{BREAKING, RISK, Rule, SAFE, Witness};
use crate::fact::{Fact, FactKind, Part, Place};

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "list-element-changed",
        flags: "a list of another kind of elements",
        why: "its items have another form on the wire",
        send: BREAKING,
        receive: BREAKING,
        claims: |fact| fact.is_replaced(&[Part::Element]) || is_part(fact, &[Part::Element]),
        mirror: "list-element-changed",
        witness: Witness {
            before: "{}",
            after: r#"{"shapes": {"Tags": {"member": {"shape": "Size"}}}}"#,
        },
    },
    Rule {
        id: "map-key-or-value-changed",
        flags: "a map of another kind of keys or values",
        why: "its entries have another form on the wire",
        send: BREAKING,
        receive: BREAKING,
        claims: |fact| {
            let parts = [Part::Key, Part::MapValue];
            fact.is_replaced(&parts) || is_part(fact, &parts)
        },
        mirror: "map-key-or-value-changed",
        witness: Witness {
            before: "{}",
            after: r#"{"shapes": {"Counts": {"value": {"shape": "Text"}}}}"#,
        },
    },
    Rule {
        id: "collection-wire-changed",
        flags: "another name in XML of a list's elements or a map's entries, or whether they are wrapped",
        why: "neither side finds them where the other writes them",
        send: BREAKING,
        receive: BREAKING,
        claims: |fact| {
            let part = matches!(fact.place, Place::Element | Place::Key | Place::MapValue);
            let named = part && fact.is_of(&[T::LocationName, T::QueryName]);
            let flattened = fact.place != Place::Member && fact.is_of(&[T::Flattened]);
            named || flattened
        },
        mirror: "collection-wire-changed",
        witness: Witness {
            before: "{}",
            after: r#"{"shapes": {"Tags": {"member": {"locationName": "tag"}}}}"#,
        },
    },
    Rule {
        id: "sparse-changed.allowed",
        flags: "a list or map that may hold nulls",
        why: "code that takes every item for granted meets one that is not there",
        send: SAFE,
        receive: RISK,
        claims: |fact| fact.is_of(&[T::Sparse]) && fact.flag() == Turn::Came,
        mirror: "sparse-changed.forbidden",
        witness: Witness {
            before: "{}",
            after: r#"{"shapes": {"Tags": {"sparse": true}}}"#,
        },
    },
    Rule {
        id: "sparse-changed.forbidden",
        flags: "a list or map that may no longer hold nulls",
        why: "one that is sent with a null is refused",
        send: BREAKING,
        receive: SAFE,
        claims: |fact| fact.is_of(&[T::Sparse]) && fact.flag() != Turn::Came,
        mirror: "sparse-changed.allowed",
        witness: Witness {
            before: r#"{"shapes": {"Tags": {"sparse": true}}}"#,
            after: "{}",
        },
    },
    Rule {
        id: "unique-items-changed.added",
        flags: "a list whose items must differ from each other",
        why: "one that is sent with an item twice may be refused",
        send: RISK,
        receive: SAFE,
        claims: |fact| is_unique(fact) && fact.turn() == Turn::Came,
        mirror: "unique-items-changed.removed",
        witness: Witness {
            before: "{}",
            after: r#"{"shapes": {"Tags": {"smithy.api#uniqueItems": {}}}}"#,
        },
    },
    Rule {
        id: "unique-items-changed.removed",
        flags: "a list whose items need not differ from each other any more",
        why: "one that is received may hold an item twice",
        send: SAFE,
        receive: RISK,
        claims: |fact| is_unique(fact) && fact.turn() != Turn::Came,
        mirror: "unique-items-changed.added",
        witness: Witness {
            before: r#"{"shapes": {"Tags": {"smithy.api#uniqueItems": {}}}}"#,
            after: "{}",
        },
    },
];

/// Whether an element, key or value came or went, as it does where a shape became a list or map.
fn is_part(fact: &Fact, parts: &[Part]) -> bool {
    match fact.kind {
        FactKind::PartAdded(part) | FactKind::PartRemoved(part) => parts.contains(&part),
        _ => false,
    }
}

fn is_unique(fact: &Fact) -> bool {
    fact.is_of_smithy(&["smithy.api#uniqueItems"])
}

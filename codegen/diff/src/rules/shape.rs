//! What shapes there are, and of what kind.

use shapewright_model::TraitName as T;

use super::claims::{STRINGS, Turn};
use super::{BREAKING, RISK, Rule, SAFE, Witness};
use crate::fact::{Fact, FactKind, Place};

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "shape-added",
        flags: "a shape that was not there",
        why: "what uses it is told by findings of its own",
        send: SAFE,
        receive: SAFE,
        claims: |fact| fact.kind == FactKind::ShapeAdded,
        mirror: "shape-removed",
        witness: Witness {
            before: "{}",
            after: r#"{"shapes": {"Thing": {"members": {"mass": {"shape": "Mass"}}}, "Mass": {"type": "float"}}}"#,
        },
    },
    Rule {
        id: "shape-removed",
        flags: "a shape that is gone",
        why: "names of shapes do not go over the wire, but Rust code names them",
        send: SAFE,
        receive: SAFE,
        claims: |fact| fact.kind == FactKind::ShapeRemoved,
        mirror: "shape-added",
        witness: Witness {
            before: r#"{"shapes": {"Thing": {"members": {"mass": {"shape": "Mass"}}}, "Mass": {"type": "float"}}}"#,
            after: "{}",
        },
    },
    Rule {
        id: "shape-renamed",
        flags: "a shape under another name, in the same places and with the same or much the same content",
        why: "names of shapes do not go over the wire, but Rust code names them",
        send: SAFE,
        receive: SAFE,
        claims: |fact| fact.kind == FactKind::ShapeRenamed,
        mirror: "shape-renamed",
        witness: Witness {
            before: "{}",
            after: r#"{"shapes": {
                "Tags": null,
                "Labels": {"type": "list", "member": {"shape": "Text"}},
                "Thing": {"members": {"tags": {"shape": "Labels"}}}
            }}"#,
        },
    },
    Rule {
        id: "shape-kind-changed",
        flags: "a shape of another kind",
        why: "its values have another form on the wire",
        send: BREAKING,
        receive: BREAKING,
        claims: |fact| {
            let changed = matches!(fact.kind, FactKind::ShapeKindChanged { .. });
            changed && !is_width(fact) && !is_enum(fact)
        },
        mirror: "shape-kind-changed",
        witness: Witness {
            before: "{}",
            after: r#"{"shapes": {"Moment": {"type": "string"}}}"#,
        },
    },
    Rule {
        id: "number-width-changed.wider",
        flags: "a number that may be larger: a long for an integer, a double for a float",
        why: "what was sent is taken, but what is received may not fit",
        send: SAFE,
        receive: RISK,
        claims: |fact| is_width(fact) && is_wider(fact),
        mirror: "number-width-changed.narrower",
        witness: Witness {
            before: "{}",
            after: r#"{"shapes": {"Size": {"type": "long"}}}"#,
        },
    },
    Rule {
        id: "number-width-changed.narrower",
        flags: "a number that must be smaller: an integer for a long, a float for a double",
        why: "what was sent may not fit any more",
        send: BREAKING,
        receive: SAFE,
        claims: |fact| is_width(fact) && !is_wider(fact),
        mirror: "number-width-changed.wider",
        witness: Witness {
            before: r#"{"shapes": {"Size": {"type": "long"}}}"#,
            after: "{}",
        },
    },
    Rule {
        id: "string-enum-changed.listed",
        flags: "a text whose values are listed now",
        why: "a value beside the list may be refused",
        send: RISK,
        receive: SAFE,
        claims: |fact| is_enum(fact) && became_enum(fact),
        mirror: "string-enum-changed.unlisted",
        witness: Witness {
            before: "{}",
            after: r#"{"shapes": {"Text": {"enum": ["A", "B"]}}}"#,
        },
    },
    Rule {
        id: "string-enum-changed.unlisted",
        flags: "a text whose values are no longer listed",
        why: "values that no list had may be received",
        send: SAFE,
        receive: RISK,
        claims: |fact| is_enum(fact) && !became_enum(fact),
        mirror: "string-enum-changed.listed",
        witness: Witness {
            before: r#"{"shapes": {"Text": {"enum": ["A", "B"]}}}"#,
            after: "{}",
        },
    },
    Rule {
        id: "timestamp-format-changed",
        flags: "a moment in another format",
        why: "neither side reads what the other writes",
        send: BREAKING,
        receive: BREAKING,
        claims: |fact| {
            let ids = ["smithy.api#timestampFormat"];
            fact.is_of(&[T::TimestampFormat]) || fact.is_of_smithy(&ids)
        },
        mirror: "timestamp-format-changed",
        witness: Witness {
            before: "{}",
            after: r#"{"shapes": {"Moment": {"timestampFormat": "iso8601"}}}"#,
        },
    },
    Rule {
        id: "nullability-changed",
        flags: "a value that may be absent where it could not, or the reverse",
        why: "what is received may be absent, which code may not expect",
        send: SAFE,
        receive: RISK,
        claims: |fact| {
            let ids = [
                "smithy.api#clientOptional",
                "smithy.api#addedDefault",
                "smithy.api#input",
            ];
            fact.is_of(&[T::Box]) || fact.is_of_smithy(&ids)
        },
        mirror: "nullability-changed",
        witness: Witness {
            before: "{}",
            after: r#"{"shapes": {"Size": {"box": true}}}"#,
        },
    },
    Rule {
        id: "sensitive-changed.added",
        flags: "a value that is not to be shown in logs",
        why: "it travels as before",
        send: SAFE,
        receive: SAFE,
        claims: |fact| fact.is_of(&[T::Sensitive]) && fact.flag() == Turn::Came,
        mirror: "sensitive-changed.removed",
        witness: Witness {
            before: "{}",
            after: r#"{"shapes": {"Text": {"sensitive": true}}}"#,
        },
    },
    Rule {
        id: "sensitive-changed.removed",
        flags: "a value that may be shown in logs from now on",
        why: "what was a secret may be logged by a client built from this model",
        send: RISK,
        receive: RISK,
        claims: |fact| fact.is_of(&[T::Sensitive]) && fact.flag() != Turn::Came,
        mirror: "sensitive-changed.added",
        witness: Witness {
            before: r#"{"shapes": {"Text": {"sensitive": true}}}"#,
            after: "{}",
        },
    },
    Rule {
        id: "shape-wire-name-changed",
        flags: "another name or order of a structure's elements in XML",
        why: "the service does not find what it looks for in the body",
        send: BREAKING,
        receive: BREAKING,
        claims: |fact| {
            let named = matches!(fact.place, Place::Shape | Place::Input | Place::Output);
            (named && fact.is_of(&[T::LocationName])) || fact.is_of(&[T::XmlOrder])
        },
        mirror: "shape-wire-name-changed",
        witness: Witness {
            before: "{}",
            after: r#"{"operations": {"PutThing": {"input": {"locationName": "Put"}}}}"#,
        },
    },
];

fn is_width(fact: &Fact) -> bool {
    let kinds = fact.kinds();
    kinds.is_some_and(|kinds| super::claims::WIDTHS.contains(&kinds))
}

fn is_wider(fact: &Fact) -> bool {
    matches!(fact.kinds(), Some((_, "long" | "double")))
}

fn is_enum(fact: &Fact) -> bool {
    fact.kinds().is_some_and(|kinds| STRINGS.contains(&kinds))
}

fn became_enum(fact: &Fact) -> bool {
    matches!(fact.kinds(), Some((_, "enum")))
}

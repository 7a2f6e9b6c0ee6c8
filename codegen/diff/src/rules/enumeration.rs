//! Enums: their values and the names of them.

use super::claims::Turn;
use super::{BREAKING, RISK, Rule, SAFE, Witness};
use crate::fact::{Fact, FactKind};

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "enum-value-added-in",
        flags: "a value more that can be sent",
        why: "the others are taken as before",
        send: SAFE,
        receive: None,
        claims: is_added,
        mirror: "enum-value-removed",
        witness: VALUE_ADDED,
    },
    Rule {
        id: "enum-value-added-out",
        flags: "a value more that may be received",
        why: "code that takes the list for complete meets a value that it does not know",
        send: None,
        receive: RISK,
        claims: is_added,
        mirror: "enum-value-removed",
        witness: VALUE_ADDED,
    },
    Rule {
        id: "enum-value-removed",
        flags: "a value that is not listed any more",
        why: "the service refuses it, and code that names it does not compile",
        send: BREAKING,
        receive: SAFE,
        claims: |fact| {
            fact.kind == FactKind::EnumValueRemoved
                || (is_number(fact) && fact.turn() == Turn::Went)
        },
        mirror: "enum-value-added-in",
        witness: Witness {
            before: "{}",
            after: r#"{"shapes": {"Colour": {"enum": ["RED"]}}}"#,
        },
    },
    Rule {
        id: "enum-variant-renamed",
        flags: "another name of a value, which travels as before",
        why: "generated code may name its constant after it",
        send: SAFE,
        receive: SAFE,
        claims: |fact| fact.is_of_smithy(&["smithy#name"]),
        mirror: "enum-variant-renamed",
        witness: Witness {
            before: r#"{"shapes": {"Colour": {"enum": ["RED", "GREEN"], "smithy#name": "A"}}}"#,
            after: r#"{"shapes": {"Colour": {"enum": ["RED", "GREEN"], "smithy#name": "B"}}}"#,
        },
    },
];

/// It is flagged on each way by a rule of its own.
const VALUE_ADDED: Witness = Witness {
    before: "{}",
    after: r#"{"shapes": {"Colour": {"enum": ["RED", "GREEN", "BLUE"]}}}"#,
};

fn is_added(fact: &Fact) -> bool {
    fact.kind == FactKind::EnumValueAdded || (is_number(fact) && fact.turn() != Turn::Went)
}

/// Whether it is about the values of an enum of numbers, which C2J has as a plain number.
fn is_number(fact: &Fact) -> bool {
    fact.is_of_smithy(&["smithy.api#enumValue"])
}

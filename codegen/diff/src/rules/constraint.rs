//! Bounds of lengths and numbers, and patterns of texts.

use std::cmp::Ordering;

use shapewright_model::TraitName as T;

use super::claims::Turn;
use super::{BREAKING, RISK, Rule, SAFE, Witness};
use crate::fact::Fact;

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "constraint-added",
        flags: "a bound where there was none",
        why: "a value beyond it may be refused, if it was not before",
        send: RISK,
        receive: SAFE,
        claims: |fact| is_bound(fact) && fact.turn() == Turn::Came,
        mirror: "constraint-loosened",
        witness: Witness {
            before: "{}",
            after: r#"{"shapes": {"Text": {"max": 64}}}"#,
        },
    },
    Rule {
        id: "constraint-tightened",
        flags: "a bound that leaves less",
        why: "a value that was taken is refused",
        send: BREAKING,
        receive: SAFE,
        claims: |fact| is_bound(fact) && tightens(fact) == Some(true),
        mirror: "constraint-loosened",
        witness: Witness {
            before: r#"{"shapes": {"Size": {"max": 100}}}"#,
            after: r#"{"shapes": {"Size": {"max": 10}}}"#,
        },
    },
    Rule {
        id: "constraint-loosened",
        flags: "a bound that leaves more, or is gone",
        why: "a value beyond the old one may be received",
        send: SAFE,
        receive: RISK,
        claims: |fact| {
            is_bound(fact) && (fact.turn() == Turn::Went || tightens(fact) == Some(false))
        },
        mirror: "constraint-tightened",
        witness: Witness {
            before: r#"{"shapes": {"Size": {"min": 10}}}"#,
            after: r#"{"shapes": {"Size": {"min": 1}}}"#,
        },
    },
    Rule {
        id: "pattern-added",
        flags: "a pattern where there was none",
        why: "a text that does not match it may be refused, if it was not before",
        send: RISK,
        receive: SAFE,
        claims: |fact| fact.is_of(&[T::Pattern]) && fact.turn() == Turn::Came,
        mirror: "pattern-removed",
        witness: Witness {
            before: "{}",
            after: r#"{"shapes": {"Text": {"pattern": "[a-z]*"}}}"#,
        },
    },
    Rule {
        id: "pattern-changed",
        flags: "another pattern",
        why: "whether it takes more or less cannot be told in general",
        send: RISK,
        receive: RISK,
        claims: |fact| fact.is_of(&[T::Pattern]) && fact.turn() == Turn::Changed,
        mirror: "pattern-changed",
        witness: Witness {
            before: r#"{"shapes": {"Text": {"pattern": "[a-z]*"}}}"#,
            after: r#"{"shapes": {"Text": {"pattern": "[a-z]+"}}}"#,
        },
    },
    Rule {
        id: "pattern-removed",
        flags: "a pattern that is gone",
        why: "a text that matched it is taken as before",
        send: SAFE,
        receive: SAFE,
        claims: |fact| fact.is_of(&[T::Pattern]) && fact.turn() == Turn::Went,
        mirror: "pattern-added",
        witness: Witness {
            before: r#"{"shapes": {"Text": {"pattern": "[a-z]*"}}}"#,
            after: "{}",
        },
    },
];

fn is_bound(fact: &Fact) -> bool {
    fact.is_of(&[T::Min, T::Max]) && fact.within().is_empty()
}

/// Whether a bound that changed leaves less than before; nothing if both are no numbers.
fn tightens(fact: &Fact) -> Option<bool> {
    let less = if fact.names(&[T::Min]) {
        Ordering::Greater
    } else {
        Ordering::Less
    };
    let moved = fact.moved().filter(|moved| moved.is_ne())?;
    Some(moved == less)
}

//! Unions: their choices.

use super::{BREAKING, RISK, Rule, SAFE, Witness};
use crate::fact::{FactKind, Part};

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "union-member-added",
        flags: "a choice more",
        why: "code that takes the list for complete may receive a choice that it does not know",
        send: SAFE,
        receive: RISK,
        claims: |fact| fact.kind == FactKind::PartAdded(Part::Member) && fact.is_in_union(),
        mirror: "union-member-removed",
        witness: Witness {
            before: "{}",
            after: r#"{"shapes": {"Choice": {"members": {"both": {"shape": "Text"}}}}}"#,
        },
    },
    Rule {
        id: "union-member-removed",
        flags: "a choice that is gone",
        why: "the service refuses it, and code that names it does not compile",
        send: BREAKING,
        receive: SAFE,
        claims: |fact| fact.kind == FactKind::PartRemoved(Part::Member) && fact.is_in_union(),
        mirror: "union-member-added",
        witness: Witness {
            before: "{}",
            after: r#"{"shapes": {"Choice": {"members": {"left": null}}}}"#,
        },
    },
];

//! Paginators and waiters, which clients have beside the operations.

use shapewright_model::TraitName as T;

use super::{BREAKING, RISK, Rule, SAFE, Witness};
use crate::fact::{Fact, FactKind, Place};

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "paginator-tokens-changed",
        flags: "other members carry the token of the next page, or tell whether there is one",
        why: "an old client stops after the first page or never stops",
        send: BREAKING,
        receive: BREAKING,
        claims: |fact| is_of(fact, &[T::InputToken, T::OutputToken, T::MoreResults]),
        mirror: "paginator-tokens-changed",
        witness: Witness {
            before: "{}",
            after: r#"{"pagination": {"ListThings": {"output_token": "token"}}}"#,
        },
    },
    Rule {
        id: "paginator-items-changed",
        flags: "other members hold a page's items, or bound its size",
        why: "a loop over all items yields others than before",
        send: None,
        receive: RISK,
        claims: |fact| is_of(fact, &[T::ResultKey, T::LimitKey, T::NonAggregateKeys]),
        mirror: "paginator-items-changed",
        witness: Witness {
            before: "{}",
            after: r#"{"pagination": {"ListThings": {"limit_key": null}}}"#,
        },
    },
    Rule {
        id: "paginator-or-waiter-added",
        flags: "a paginator or waiter that was not there",
        why: "it is there to be used",
        send: SAFE,
        receive: SAFE,
        claims: |fact| matches!(fact.kind, FactKind::PaginatorAdded | FactKind::WaiterAdded),
        mirror: "paginator-or-waiter-removed",
        witness: Witness {
            before: r#"{"pagination": {"ListThings": null}}"#,
            after: "{}",
        },
    },
    Rule {
        id: "paginator-or-waiter-removed",
        flags: "a paginator or waiter that is gone",
        why: "code that uses it does not compile, or fails",
        send: None,
        receive: BREAKING,
        claims: |fact| {
            matches!(
                fact.kind,
                FactKind::PaginatorRemoved | FactKind::WaiterRemoved
            )
        },
        mirror: "paginator-or-waiter-added",
        witness: Witness {
            before: "{}",
            after: r#"{"waiters": {"ThingThere": null}}"#,
        },
    },
    Rule {
        id: "waiter-changed.condition",
        flags: "a waiter asks another operation, or waits for something else",
        why: "it ends where it did not, or does not where it did",
        send: None,
        receive: RISK,
        claims: |fact| is_of(fact, &[T::Operation, T::Acceptors]),
        mirror: "waiter-changed.condition",
        witness: Witness {
            before: "{}",
            after: r#"{"waiters": {"ThingThere": {"operation": "Ping"}}}"#,
        },
    },
    Rule {
        id: "waiter-changed.pace",
        flags: "a waiter asks more or less often",
        why: "it waits for the same",
        send: None,
        receive: SAFE,
        claims: |fact| is_of(fact, &[T::Delay, T::MaxAttempts]),
        mirror: "waiter-changed.pace",
        witness: Witness {
            before: "{}",
            after: r#"{"waiters": {"ThingThere": {"delay": 15}}}"#,
        },
    },
];

fn is_of(fact: &Fact, names: &[T]) -> bool {
    matches!(fact.place, Place::Paginator | Place::Waiter) && fact.is_of(names)
}

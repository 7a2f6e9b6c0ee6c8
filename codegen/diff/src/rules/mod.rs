//! The rules: each judges one kind of fact, on each way over the wire. A rule sees a fact and its
//! direction, never a model.
//!
//! A file holds the rules of one group. A rule is one entry of its table, with all that there is to
//! it: its id, what it flags, why that matters, its severities, which facts it claims, which rule
//! claims the reverse edit, and a witness.

mod claims;
mod collection;
mod constraint;
mod documentation;
mod enumeration;
mod error;
mod lifecycle;
mod member;
mod operation;
mod operation_traits;
mod paginator;
mod service;
mod shape;
mod union;

use shapewright_model::Direction;

use crate::fact::Fact;
use crate::severity::{Severity, Wire};

/// A rule of the catalogue.
pub struct Rule {
    /// The stable name: reports, approvals and overrides refer to it. A dot leads from a rule to
    /// its children, so that an override of `idempotency-changed` holds for
    /// `idempotency-changed.removed` too.
    pub id: &'static str,
    /// What it flags.
    pub flags: &'static str,
    /// Why that matters.
    pub why: &'static str,
    /// The severity for what the client sends; none if the rule is not about that.
    pub send: Option<Severity>,
    /// The severity for what the client receives; none if the rule is not about that.
    pub receive: Option<Severity>,
    /// Whether the rule judges this fact.
    claims: fn(&Fact) -> bool,
    /// The rule that judges the reverse edit; a rule may be its own mirror.
    pub mirror: &'static str,
    /// An edit that the rule flags.
    pub witness: Witness,
}

/// A pair of models that a rule flags, as two edits of one small model: JSON merge patches, in which
/// `null` takes a key away. Paginators, waiters and endpoint rules stand beside the keys of
/// `service-2.json`.
pub struct Witness {
    /// The edit that makes the old model.
    pub before: &'static str,
    /// The edit that makes the new model.
    pub after: &'static str,
}

/// The model that witnesses edit.
pub const WITNESS_BASE: &str = include_str!("witness.json");

const BREAKING: Option<Severity> = Some(Severity::Breaking);
const RISK: Option<Severity> = Some(Severity::Risk);
const SAFE: Option<Severity> = Some(Severity::Safe);
const DOCS: Option<Severity> = Some(Severity::Docs);

/// All rules by group, in the order of the catalogue.
static GROUPS: [(&str, &[Rule]); 13] = [
    ("service", service::RULES),
    ("operation", operation::RULES),
    ("operation traits", operation_traits::RULES),
    ("shape", shape::RULES),
    ("member", member::RULES),
    ("collection", collection::RULES),
    ("enum", enumeration::RULES),
    ("union", union::RULES),
    ("constraint", constraint::RULES),
    ("error", error::RULES),
    ("paginator and waiter", paginator::RULES),
    ("lifecycle", lifecycle::RULES),
    ("documentation", documentation::RULES),
];

/// All rules, each with its group.
pub fn all() -> impl Iterator<Item = (&'static str, &'static Rule)> {
    let groups = GROUPS.iter();
    groups.flat_map(|(group, rules)| rules.iter().map(|rule| (*group, rule)))
}

/// The rule with this id.
pub fn find(id: &str) -> Option<&'static Rule> {
    all().map(|(_, rule)| rule).find(|rule| rule.id == id)
}

/// The rules that judge a fact on one way: one, as tests see to.
pub fn claiming(fact: &Fact, direction: Option<Direction>) -> impl Iterator<Item = &'static Rule> {
    let rules = all().map(|(_, rule)| rule);
    rules.filter(move |rule| rule.concerns(direction) && (rule.claims)(fact))
}

/// The rule that judges a fact on one way. One that is about the other way alone says of this one
/// that nothing comes of it.
pub(crate) fn judging(fact: &Fact, direction: Option<Direction>) -> &'static Rule {
    let on_way = claiming(fact, direction).next();
    let found = on_way.or_else(|| claiming(fact, None).next());
    found.unwrap_or(&documentation::UNKNOWN)
}

impl Rule {
    /// Whether the rule says anything about what travels on this way. What does not travel, such as
    /// a fact of the service, concerns every rule.
    fn concerns(&self, direction: Option<Direction>) -> bool {
        match direction {
            Some(Direction::Send) => self.send.is_some(),
            Some(Direction::Receive) => self.receive.is_some(),
            None => true,
        }
    }

    /// The severities of a finding on this way.
    pub(crate) fn wire(&self, direction: Option<Direction>) -> Wire {
        Wire {
            send: self.send.filter(|_| direction != Some(Direction::Receive)),
            receive: self.receive.filter(|_| direction != Some(Direction::Send)),
        }
    }

    /// The ids under which an override of this rule may stand: its own, then its parents'.
    pub fn lineage(&self) -> impl Iterator<Item = &'static str> {
        let parent = |id: &&'static str| id.rsplit_once('.').map(|(parent, _)| parent);
        std::iter::successors(Some(self.id), parent)
    }
}

impl std::fmt::Debug for Rule {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Rule({})", self.id)
    }
}

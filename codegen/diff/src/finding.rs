//! Findings: facts as the rules judge them, one for each way on which a fact travels.

use std::collections::BTreeMap;
use std::sync::Arc;

use shapewright_model::{Direction, c2j};

use crate::comparison::Comparison;
use crate::fact::{Fact, Use};
use crate::rules::{self, Rule};
use crate::severity::{Severity, Wire};

/// A fact, judged.
#[derive(Clone, Debug)]
pub struct Finding<'c> {
    /// The rule that judges it.
    pub rule: &'static Rule,
    /// What differs.
    pub fact: &'c Fact,
    /// The way on which it travels; none for what does not, such as a fact of the service.
    pub direction: Option<Direction>,
    /// The keys of the operations that it reaches on this way, ordered.
    pub operations: Arc<[String]>,
    /// How much it matters on each way. A finding with a direction matters on that one alone, and
    /// one that no operation reaches on neither.
    pub wire: Wire,
    /// How much it matters, all in all.
    pub severity: Severity,
    /// The finding's identity: the same for the same change at the same place, whatever else
    /// changed beside it and in whatever order it is declared.
    pub fingerprint: String,
}

/// What a user has decided beforehand.
#[derive(Clone, Debug, Default)]
pub struct Judgement {
    /// Severities by the id of a rule or of a parent; they stand in place of the rules' own.
    pub severities: BTreeMap<String, Severity>,
}

impl Judgement {
    /// The findings of a comparison, in the order of its facts.
    pub fn of<'c>(&self, comparison: &'c Comparison) -> Vec<Finding<'c>> {
        let mut findings = Vec::new();
        let mut identities = Identities::default();
        for fact in &comparison.facts {
            for one in &fact.uses {
                let fingerprint = identities.give(fact, one.direction);
                findings.push(self.judge(fact, one, fingerprint));
            }
        }
        findings
    }

    fn judge<'c>(&self, fact: &'c Fact, one: &Use, fingerprint: String) -> Finding<'c> {
        let direction = one.direction;
        let rule = rules::judging(fact, direction);
        let mut wire = rule.wire(direction);
        if let Some(severity) = self.overriding(rule) {
            wire.send = wire.send.map(|_| severity);
            wire.receive = wire.receive.map(|_| severity);
        }
        let mut severity = wire.worst().unwrap_or(Severity::Safe);
        if fact.shape_kind.is_some() && direction.is_none() {
            // What no operation reaches does not travel.
            wire = Wire::default();
            severity = severity.min(Severity::Safe);
        }
        Finding {
            rule,
            fact,
            direction,
            operations: Arc::clone(&one.operations),
            wire,
            severity,
            fingerprint,
        }
    }

    fn overriding(&self, rule: &Rule) -> Option<Severity> {
        let mut lineage = rule.lineage();
        lineage.find_map(|id| self.severities.get(id).copied())
    }
}

/// How much a fact matters by the rules alone, on the way on which it matters most.
pub fn severity_of(fact: &Fact) -> Severity {
    let rules = Judgement::default();
    let judged = fact.uses.iter();
    let severities = judged.map(|one| rules.judge(fact, one, String::new()).severity);
    severities.max().unwrap_or(Severity::Safe)
}

/// Gives every finding its fingerprint. Only an operation that declares an error twice can have two
/// findings alike; they are counted.
#[derive(Default)]
struct Identities(BTreeMap<String, usize>);

impl Identities {
    fn give(&mut self, fact: &Fact, direction: Option<Direction>) -> String {
        let text = identity(fact, direction);
        let first = digest(&text);
        let seen = self.0.entry(first.clone()).or_default();
        *seen += 1;
        match *seen {
            1 => first,
            nth => digest(&format!("{text}\n{}", nth - 1)),
        }
    }
}

/// What a finding is known by. Of a change the values are part, as the same place may change again;
/// of what came or went they are not, so that a fact more in it leaves the identity.
fn identity(fact: &Fact, direction: Option<Direction>) -> String {
    let old_path = fact.old_path.as_ref().map(ToString::to_string);
    let mut text = [
        fact.id(),
        &fact.path.to_string(),
        &old_path.unwrap_or_default(),
        direction_word(direction),
    ]
    .join("\n");
    if let (Some(old), Some(new)) = (&fact.old, &fact.new) {
        text.extend(["\n", &old.to_string(), "\n", &new.to_string()]);
    }
    text
}

fn digest(text: &str) -> String {
    let mut digest = c2j::sha256(text.as_bytes());
    digest.truncate(16);
    digest
}

/// The word for a way that reports and files use.
pub const fn direction_word(direction: Option<Direction>) -> &'static str {
    match direction {
        Some(Direction::Send) => "send",
        Some(Direction::Receive) => "receive",
        None => "none",
    }
}

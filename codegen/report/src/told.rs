//! What reports for people tell of findings: one entry for what a rule flags at one place, the
//! gravest first, and figures for what is told in no entry.

use std::collections::BTreeMap;

use shapewright_diff::Severity;
use shapewright_diff::rules::{self, Rule};

use crate::findings::Reported;

/// What a rule flags at one place, on one way or both.
#[derive(Clone, Debug)]
pub(crate) struct Told<'r> {
    /// One finding a way; at least one.
    findings: Vec<&'r Reported<'r>>,
}

impl<'r> Told<'r> {
    /// All findings, the gravest first, those that were approved after the others of their
    /// severity, and otherwise in their order.
    pub(crate) fn all(findings: &'r [Reported<'r>]) -> Vec<Self> {
        let mut told: Vec<Self> = Vec::new();
        for one in findings {
            match told.last_mut() {
                Some(last) if last.is_same(one) => last.findings.push(one),
                _ => told.push(Self {
                    findings: vec![one],
                }),
            }
        }
        told.sort_by_key(|one| (std::cmp::Reverse(one.severity()), one.approved().is_some()));
        told
    }

    /// Whether a finding says the same of the same fact, on the other way. Those of one fact stand
    /// together.
    fn is_same(&self, other: &Reported<'_>) -> bool {
        let first = self.first();
        std::ptr::eq(first.finding.fact, other.finding.fact)
            && first.finding.rule.id == other.finding.rule.id
            && first.severity() == other.severity()
            && first.approved == other.approved
    }

    /// The first of the findings, for what all of them share: the fact, the rule, the severity.
    pub(crate) fn first(&self) -> &'r Reported<'r> {
        self.findings[0]
    }

    pub(crate) fn findings(&self) -> &[&'r Reported<'r>] {
        &self.findings
    }

    pub(crate) fn rule(&self) -> &'static Rule {
        self.first().finding.rule
    }

    pub(crate) fn severity(&self) -> Severity {
        self.first().severity()
    }

    pub(crate) fn approved(&self) -> Option<&'r str> {
        self.first().approved.as_deref()
    }

    /// Whether it is told in an entry of its own.
    pub(crate) fn is_grave(&self) -> bool {
        self.severity() >= Severity::Risk
    }
}

/// How many entries there are of a severity, and of each of its rules.
#[derive(Clone, Debug)]
pub(crate) struct Figures {
    pub(crate) severity: Severity,
    pub(crate) count: usize,
    /// In the order of the catalogue.
    pub(crate) rules: Vec<(&'static Rule, usize)>,
}

impl Figures {
    /// The figures of some entries, the gravest severity first.
    pub(crate) fn of(told: &[Told<'_>]) -> Vec<Self> {
        let mut counted: BTreeMap<(Severity, &str), usize> = BTreeMap::new();
        for one in told {
            *counted.entry((one.severity(), one.rule().id)).or_default() += 1;
        }
        let of = |severity: Severity| {
            let count = |rule: &'static Rule| {
                let count = counted.get(&(severity, rule.id))?;
                Some((rule, *count))
            };
            let rules: Vec<_> = rules::all().filter_map(|(_, rule)| count(rule)).collect();
            let count = rules.iter().map(|(_, count)| count).sum();
            Self {
                severity,
                count,
                rules,
            }
        };
        let severities = Severity::ALL.into_iter().rev();
        severities.map(of).filter(|one| one.count > 0).collect()
    }

    /// The figures in words: `3 safe: 2 × a member that may be left out, 1 × …`.
    pub(crate) fn line(&self) -> String {
        let rules = self.rules.iter();
        let rules: Vec<String> = rules
            .map(|(rule, count)| format!("{count} × {}", rule.flags))
            .collect();
        format!("{} {}: {}", self.count, self.severity, rules.join("; "))
    }
}

/// What the users of the Rust crate meet: each item once, in order.
pub(crate) fn items<'r>(findings: &'r [Reported<'r>]) -> Vec<&'r str> {
    let items = findings.iter().flat_map(|one| &one.items);
    let mut items: Vec<&str> = items.map(String::as_str).collect();
    items.sort_unstable();
    items.dedup();
    items
}

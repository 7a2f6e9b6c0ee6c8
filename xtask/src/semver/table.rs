//! What a verification found: a Markdown table, a line a transition, and what is wrong.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use shapewright_report::problem::visible;
use shapewright_rust::surface::{Effect, ItemKind, What};

use super::peer::{Peer, Verdict};
use super::reasons::Reason;
use super::transitions::Transition;
use super::witnesses::Outcome;

const HEADER: [&str; 7] = [
    "service",
    "from → to",
    "ours",
    "peer's",
    "major changes",
    "witnesses",
    "what the peer does not see",
];

/// A transition and what was found of it.
pub(super) struct Row<'t> {
    pub(super) transition: &'t Transition,
    /// The peer's verdict, if it was asked.
    pub(super) verdict: Option<Verdict>,
    /// What came of the witness of each major change.
    pub(super) outcomes: Vec<Outcome>,
}

impl Row<'_> {
    /// Whether ours is major and the peer's is not.
    fn is_stricter(&self) -> bool {
        let verdict = self.verdict.as_ref();
        self.transition.effect == Effect::Major
            && verdict.is_some_and(|verdict| verdict.effect < Effect::Major)
    }

    /// Why the peer's verdict is not as strict as ours.
    fn reasons(&self) -> BTreeSet<Reason> {
        let majors = self.transition.majors.iter();
        let reasons = majors.filter_map(|(change, _)| Reason::of(change));
        reasons.filter(|_| self.is_stricter()).collect()
    }

    /// Everything that is not as it should be, a line each.
    pub(super) fn complaints(&self) -> Vec<String> {
        let mut found = Vec::new();
        let ours = self.transition.effect;
        if let Some(verdict) = &self.verdict
            && is_too_lenient(ours, verdict.effect)
        {
            found.push(format!(
                "the peer says {}, and we say {ours}: {}",
                verdict.effect,
                verdict.lints.join(", ")
            ));
        }
        for ((change, program), outcome) in self.transition.majors.iter().zip(&self.outcomes) {
            if self.is_stricter() && Reason::of(change).is_none() {
                found.push(format!("the peer should see it: {change}"));
            }
            let wrong = match outcome {
                Outcome::Holds | Outcome::Absent => continue,
                Outcome::BrokenBefore => "does not compile with the older crate",
                Outcome::CompilesAfter => "compiles with the newer crate",
            };
            let program = program.as_deref().unwrap_or_default();
            found.push(format!("the witness {wrong}: {change}\n{program}"));
        }
        if ours == Effect::Major && !self.outcomes.contains(&Outcome::Holds) {
            found.push("no change has a witness that holds".to_owned());
        }
        found
    }

    fn cells(&self) -> [String; 7] {
        let Transition {
            service,
            sides: [old, new],
            effect,
            majors,
            ..
        } = self.transition;
        let verdict = self.verdict.as_ref();
        let held = self.outcomes.iter().filter(|one| **one == Outcome::Holds);
        let programs = majors.iter().filter(|(_, program)| program.is_some());
        let (held, programs) = (held.count(), programs.count());
        let names: Vec<&str> = self.reasons().into_iter().map(Reason::name).collect();
        [
            service.clone(),
            format!("{} → {}", old.name, new.name),
            effect.to_string(),
            verdict.map_or_else(|| "not asked".to_owned(), |one| told(one).to_owned()),
            majors.len().to_string(),
            if programs == 0 {
                String::new()
            } else {
                format!("{held} of {programs} hold")
            },
            names.join(", "),
        ]
    }
}

/// Whether the peer sees more than we do. What it calls a patch is where it sees nothing.
fn is_too_lenient(ours: Effect, theirs: Effect) -> bool {
    theirs > ours.max(Effect::Patch)
}

/// A patch is where the peer sees nothing.
fn told(verdict: &Verdict) -> &'static str {
    match verdict.effect {
        Effect::Major => "major",
        Effect::Minor => "minor",
        Effect::None | Effect::Patch => "nothing",
    }
}

/// The table, a line that sums it up, and every complaint.
pub(super) fn render(rows: &[Row<'_>], peer: Option<&Peer>) -> String {
    let mut text = String::new();
    let cells: Vec<[String; 7]> = rows.iter().map(Row::cells).collect();
    let line = |cells: [String; 7]| format!("| {} |\n", cells.join(" | "));
    text.push_str(&line(HEADER.map(str::to_owned)));
    text.push_str(&line(HEADER.map(|_| "---".to_owned())));
    for cells in cells {
        text.push_str(&line(cells.map(|cell| visible(&cell).into_owned())));
    }
    let count = |is: &dyn Fn(&Row<'_>) -> bool| rows.iter().filter(|row| is(row)).count();
    let wrong = count(&|row| !row.complaints().is_empty());
    let _ = write!(text, "\nTransitions: {}", rows.len());
    if let Some(peer) = peer {
        let stricter = count(&|row| row.is_stricter());
        let _ = write!(
            text,
            ", beside {}, than which we are stricter in {stricter}",
            peer.version
        );
    }
    let outcomes = || rows.iter().flat_map(|row| &row.outcomes);
    let _ = writeln!(
        text,
        ". Major changes: {}; witnesses that hold: {}; features of the crate, which have none: {}. \
         Transitions that are not as they should be: {wrong}.",
        outcomes().count(),
        outcomes().filter(|one| **one == Outcome::Holds).count(),
        outcomes().filter(|one| **one == Outcome::Absent).count(),
    );
    text.push_str(&kinds(rows));
    for row in rows {
        for complaint in row.complaints() {
            let _ = writeln!(text, "{}: {}", row.transition, visible_lines(&complaint));
        }
    }
    text
}

/// How often each kind of major change occurs.
fn kinds(rows: &[Row<'_>]) -> String {
    let mut counts: BTreeMap<(ItemKind, &str), usize> = BTreeMap::new();
    for (change, _) in rows.iter().flat_map(|row| &row.transition.majors) {
        let happened = match change.what {
            What::Came => "new",
            What::Went => "removed",
            _ => "changed",
        };
        *counts.entry((change.kind, happened)).or_default() += 1;
    }
    let counts: Vec<String> = counts
        .into_iter()
        .map(|((kind, happened), count)| format!("{happened} {}: {count}", word(kind)))
        .collect();
    if counts.is_empty() {
        return String::new();
    }
    format!("major changes by kind: {}\n", counts.join(", "))
}

fn word(kind: ItemKind) -> &'static str {
    match kind {
        ItemKind::Module => "module",
        ItemKind::ReExport => "re-export",
        ItemKind::Feature => "feature",
        ItemKind::Structure => "structure",
        ItemKind::Enum => "enum",
        ItemKind::Field => "field",
        ItemKind::Variant => "variant",
        ItemKind::Method => "method",
        ItemKind::Constant => "constant",
        ItemKind::AssociatedType => "associated type",
        ItemKind::Implementation => "implementation",
        ItemKind::Requirement => "requirement",
    }
}

/// A text of several lines, without what would act on a terminal.
fn visible_lines(text: &str) -> String {
    let lines: Vec<_> = text.lines().map(visible).collect();
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use shapewright_rust::surface::Effect::{self, Major, Minor, None, Patch};

    use super::is_too_lenient;

    #[test]
    fn the_peer_never_sees_more_than_we_do() {
        let refused = |ours: Effect| [Patch, Minor, Major].map(|one| is_too_lenient(ours, one));
        assert_eq!(refused(None), [false, true, true]);
        assert_eq!(refused(Patch), [false, true, true]);
        assert_eq!(refused(Minor), [false, false, true]);
        assert_eq!(refused(Major), [false, false, false]);
    }
}

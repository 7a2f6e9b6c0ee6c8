//! The revisions of a service as a changelog in Markdown: a section each, in words.

use shapewright_diff::{Fact, FactKind, Status};
use shapewright_model::Direction;

use crate::compared::Compared;
use crate::log::{Content, Line};
use crate::markdown::{entry, name, plain};
use crate::told::{Figures, Told};
use crate::words::{self, plural};

/// The lines of a list before the rest is counted.
const LISTED: usize = 30;
/// The names in a line before the rest is counted.
const NAMES: usize = 12;

/// One revision: its line of the log, and for all but the first what it is compared with.
pub type Revision<'a> = (&'a Line, Option<&'a Compared<'a>>);

/// The changelog of a service from its sections, in the order given.
pub fn render(title: &str, sections: &[String]) -> String {
    let mut text = format!("# {}\n", plain(title));
    if sections.is_empty() {
        text.push_str("\nNo revision.\n");
    }
    text.extend(sections.iter().map(String::as_str));
    text
}

/// The section of a revision.
pub fn section((line, compared): Revision<'_>) -> String {
    let mut text = format!(
        "\n## {} ({})\n\n",
        name(&line.revision),
        name(&line.release)
    );
    if let Some(version) = &line.version {
        text.extend(["Version ", &name(version), ". "]);
    }
    let Some(compared) = compared else {
        if let Content::First { .. } = line.content {
            text.extend(["The ", crate::log::content(&line.content).as_str(), ".\n"]);
        }
        return text;
    };
    let figures = crate::log::changes(&compared.comparison.counts);
    let verdict = words::sentence(&compared.verdict.line());
    text.extend([figures.as_str(), ".\n\n", &verdict, "\n\n"]);
    let mut lines = grave(compared);
    lines.extend(operations(compared));
    for line in lines {
        text.push_str(&line);
    }
    text
}

/// What is breaking or a risk.
fn grave(compared: &Compared<'_>) -> Vec<String> {
    let told = Told::all(compared.findings);
    let grave = &told[..told.partition_point(Told::is_grave)];
    let (shown, hidden) = grave.split_at(grave.len().min(LISTED));
    let mut lines: Vec<String> = shown.iter().map(entry).collect();
    lines.extend(
        Figures::of(hidden)
            .iter()
            .map(|one| format!("- and {}\n", one.line())),
    );
    lines
}

/// What became of the operations, and of the service beside them.
fn operations(compared: &Compared<'_>) -> Vec<String> {
    let changes = &compared.comparison.operations;
    let of = |status: Status| -> Vec<String> {
        let changes = changes.iter().filter(|change| change.status == status);
        changes.map(|change| change.name.clone()).collect()
    };
    let mut lines = Vec::new();
    for (word, names) in [("New", of(Status::New)), ("Removed", of(Status::Removed))] {
        if !names.is_empty() {
            lines.push(format!("- {word} {}\n", counted("operation", &names)));
        }
    }
    // Operations that share a shape change alike: what is said of them is said once.
    let mut alike: Vec<(String, Vec<String>)> = Vec::new();
    for operation in of(Status::Updated) {
        let said = updated(compared, Some(&operation));
        match alike.iter_mut().find(|(known, _)| *known == said) {
            Some((_, operations)) => operations.push(operation),
            None => alike.push((said, vec![operation])),
        }
    }
    let hidden: usize = alike
        .iter()
        .skip(LISTED)
        .map(|(_, names)| names.len())
        .sum();
    for (said, operations) in alike.iter().take(LISTED) {
        lines.push(format!("- {}: {said}\n", listed(operations)));
    }
    if hidden > 0 {
        lines.push(format!(
            "- and {} more\n",
            plural(hidden, "updated operation")
        ));
    }
    let service = updated(compared, None);
    if !service.is_empty() {
        lines.push(format!("- The service {service}\n"));
    }
    lines
}

/// What happened to something, as a changelog says it.
const fn verb(kind: &FactKind) -> &'static str {
    match kind {
        FactKind::PartAdded(_) | FactKind::EnumValueAdded | FactKind::ErrorAdded => "adds",
        FactKind::PartRemoved(_) | FactKind::EnumValueRemoved | FactKind::ErrorRemoved => "loses",
        FactKind::RequiredAdded => "requires",
        FactKind::RequiredRemoved => "no longer requires",
        FactKind::MemberRenamed { .. } | FactKind::OperationRenamed { .. } => "renames",
        _ => "changes",
    }
}

/// What differs for an operation, or for none: `request adds …; response changes …`.
fn updated(compared: &Compared<'_>, operation: Option<&String>) -> String {
    let mut said: Vec<(&str, &str, Vec<String>)> = Vec::new();
    for one in compared.findings {
        let finding = &one.finding;
        let fact: &Fact = finding.fact;
        let concerns = match operation {
            Some(operation) => finding.operations.contains(operation),
            None => finding.operations.is_empty() && fact.shape_kind.is_none(),
        };
        if !concerns || !fact.updates() {
            continue;
        }
        let part = match (finding.direction, operation) {
            (Some(Direction::Send), _) => "request ",
            (Some(Direction::Receive), _) => "response ",
            (None, Some(_)) => "operation ",
            (None, None) => "",
        };
        let verb = verb(&fact.kind);
        let subject = words::subject(fact);
        match said.iter_mut().find(|(p, v, _)| (*p, *v) == (part, verb)) {
            Some((_, _, subjects)) => subjects.push(subject),
            None => said.push((part, verb, vec![subject])),
        }
    }
    let said = said.iter();
    let said = said.map(|(part, verb, subjects)| format!("{part}{verb} {}", listed(subjects)));
    said.collect::<Vec<_>>().join("; ")
}

fn counted(what: &str, names: &[String]) -> String {
    let ending = if names.len() == 1 { "" } else { "s" };
    format!("{what}{ending}: {}", listed(names))
}

fn listed(names: &[String]) -> String {
    let mut shown: Vec<String> = names.iter().take(NAMES).map(|one| name(one)).collect();
    if names.len() > NAMES {
        shown.push(format!("and {} more", names.len() - NAMES));
    }
    shown.join(", ")
}

//! A comparison for a terminal: the operations that came, went or differ, each with what does.

use shapewright_diff::{Comparison, Fact, FactKind, OperationChange, Place, Status, Tree};

use crate::compared::Compared;
use crate::escape;
use crate::layout::lay_out;
use crate::style::{ADDED, CHANGED, DIM, HEADING, Look, REMOVED};

/// The whole comparison.
pub fn render(compared: &Compared<'_>, look: &Look) -> String {
    let comparison = compared.comparison;
    let title = escape::text(compared.title);
    let to = escape::text(&compared.to.title());
    let from = escape::text(&compared.from.title());
    let head = [
        look.paint(HEADING, title),
        String::new(),
        format!("{to} - {}", methods(comparison)),
        look.paint(DIM, format!("compared with {from}")),
    ];
    let mut blocks = vec![head.join("\n")];
    blocks.extend(
        comparison
            .operations
            .iter()
            .map(|change| operation(change, look)),
    );
    blocks.extend(service(comparison, look));
    blocks.extend(unreached(comparison, look));
    blocks.extend(renamed(comparison, look));
    blocks.extend(remark(compared));
    let mut text = blocks.join("\n\n");
    text.push('\n');
    text
}

/// `2 new 1 updated api methods`, as the change page counts them.
fn methods(comparison: &Comparison) -> String {
    let counts = &comparison.counts;
    let counted = [
        (counts.operations.added, "new"),
        (counts.operations_updated, "updated"),
        (counts.operations.removed, "removed"),
    ];
    let counted: Vec<String> = counted
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| format!("{count} {what}"))
        .collect();
    if counted.is_empty() {
        "no updated api methods".to_owned()
    } else {
        format!("{} api methods", counted.join(" "))
    }
}

fn operation(change: &OperationChange, look: &Look) -> String {
    let (status, style, verb) = match change.status {
        Status::New => ("new", ADDED, "Changes"),
        Status::Updated => ("updated", CHANGED, "Changes"),
        Status::Removed => ("removed", REMOVED, "Removed"),
    };
    let name = look.paint(HEADING, escape::text(&change.name));
    let mut lines = vec![format!(
        "{name} {}",
        look.paint(style, format!("({status})"))
    )];
    let parts = [
        ("operation", &change.operation),
        ("request", &change.request),
        ("response", &change.response),
        ("errors", &change.errors),
    ];
    for (part, tree) in parts {
        if let Some(tree) = tree {
            lines.push(look.paint(DIM, format!("{verb} ({part})")));
            lines.push(lay_out(tree, look.width));
        }
    }
    lines.join("\n")
}

/// What belongs to no operation: metadata, paginators, waiters, endpoint rules.
fn service(comparison: &Comparison, look: &Look) -> Option<String> {
    let of_service = |fact: &&Fact| {
        matches!(
            fact.place,
            Place::Metadata
                | Place::Service
                | Place::Paginator
                | Place::Waiter
                | Place::EndpointRules
        )
    };
    let facts = comparison.facts.iter().filter(of_service);
    block("Service", entries(facts, look), look)
}

fn unreached(comparison: &Comparison, look: &Look) -> Option<String> {
    let of_shape = |fact: &&Fact| {
        let alone = fact.uses.iter().all(|one| one.operations.is_empty());
        fact.shape_kind.is_some() && alone && !matches!(fact.kind, FactKind::TargetRenamed(_))
    };
    let facts = comparison.facts.iter().filter(of_shape);
    let title = "Shapes that no operation uses on both sides";
    block(title, entries(facts, look), look)
}

/// Names of shapes do not travel, so nothing else of this report shows that one changed.
fn renamed(comparison: &Comparison, look: &Look) -> Option<String> {
    let mut names: Vec<(String, Tree)> = Vec::new();
    for fact in &comparison.facts {
        if let FactKind::TargetRenamed(_) = fact.kind {
            let name = |value: &Option<shapewright_model::Value>| {
                let name = value.as_ref().and_then(|value| value.get("shape"));
                name.and_then(|name| name.as_str())
                    .unwrap_or_default()
                    .to_owned()
            };
            names.push((name(&fact.old), Tree::text(&name(&fact.new))));
        }
    }
    names.sort_by(|(one, _), (other, _)| one.cmp(other));
    names.dedup();
    block("Shapes whose name alone differs", names, look)
}

fn block(title: &str, entries: Vec<(String, Tree)>, look: &Look) -> Option<String> {
    (!entries.is_empty()).then(|| {
        let title = look.paint(HEADING, title);
        format!("{title}\n{}", lay_out(&Tree::object(entries), look.width))
    })
}

/// A longer value is for programs.
const READABLE: usize = 2000;

fn entries<'f>(facts: impl Iterator<Item = &'f Fact>, look: &Look) -> Vec<(String, Tree)> {
    let short = |value: Option<&shapewright_model::Value>| -> Tree {
        let tree = Tree::from(value);
        if lay_out(&tree, look.width).len() > READABLE {
            return Tree::text("(long: see the JSON report)");
        }
        tree
    };
    facts
        .filter(|fact| !fact.documentation)
        .map(|fact| {
            let (old, new) = (fact.old.as_ref(), fact.new.as_ref());
            let tree = match (fact.kind.trait_name(), old, new) {
                (None, None, new) => short(new),
                (None, old, None) => Tree::object(vec![("$removed".to_owned(), short(old))]),
                _ => Tree::from_to(short(old), short(new)),
            };
            (fact.path.to_string(), tree)
        })
        .collect()
}

/// What the reader of an empty report wonders about.
fn remark(compared: &Compared<'_>) -> Option<String> {
    let comparison = compared.comparison;
    if comparison.is_empty() {
        return Some(if compared.from == compared.to {
            "No changes: both sides are the same.".to_owned()
        } else {
            "No changes: both sides state the same.".to_owned()
        });
    }
    if comparison.is_documentation_only() {
        return Some("No changes but in documentation.".to_owned());
    }
    None
}

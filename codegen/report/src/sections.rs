//! The details of a comparison, for people: a section an operation, then what belongs to none.

use std::borrow::Cow;

use shapewright_diff::{Comparison, Fact, FactKind, OperationChange, Place, Status, Tree};
use shapewright_model::Value;

use crate::compared::Compared;
use crate::layout::lay_out;
use crate::style::DEFAULT_WIDTH;
use crate::words;

/// What came, went or differs in one operation, or in what no operation has.
pub(crate) struct Section<'c> {
    /// The operation's name, or words of ours.
    pub(crate) title: &'c str,
    /// What became of the operation; none for what is none.
    pub(crate) status: Option<Status>,
    /// What differs, part by part.
    pub(crate) parts: Vec<Part<'c>>,
}

/// A part of a section.
pub(crate) struct Part<'c> {
    /// What it is: `Changes (response)`. Empty where the section says it.
    pub(crate) label: String,
    /// What differs in it.
    pub(crate) tree: Cow<'c, Tree>,
}

/// The word for what became of an operation.
pub(crate) const fn status_word(status: Status) -> &'static str {
    match status {
        Status::New => "new",
        Status::Updated => "updated",
        Status::Removed => "removed",
    }
}

/// All sections: the operations in order, the service, and shapes that no operation uses.
pub(crate) fn sections(comparison: &Comparison) -> Vec<Section<'_>> {
    let operations = comparison.operations.iter().map(operation);
    let rest = [
        ("Service", entries(comparison, is_of_service)),
        (
            "Shapes that no operation uses on both sides",
            entries(comparison, is_unreached),
        ),
    ];
    let rest = rest.into_iter().filter(|(_, entries)| !entries.is_empty());
    let rest = rest.map(|(title, entries)| Section {
        title,
        status: None,
        parts: vec![Part {
            label: String::new(),
            tree: Cow::Owned(Tree::object(entries)),
        }],
    });
    operations.chain(rest).collect()
}

fn operation(change: &OperationChange) -> Section<'_> {
    let verb = match change.status {
        Status::New | Status::Updated => "Changes",
        Status::Removed => "Removed",
    };
    let parts = [
        ("operation", &change.operation),
        ("request", &change.request),
        ("response", &change.response),
        ("errors", &change.errors),
    ];
    let parts = parts.into_iter().filter_map(|(part, tree)| {
        Some(Part {
            label: format!("{verb} ({part})"),
            tree: Cow::Borrowed(tree.as_ref()?),
        })
    });
    Section {
        title: &change.name,
        status: Some(change.status),
        parts: parts.collect(),
    }
}

/// Metadata, paginators, waiters, endpoint rules.
fn is_of_service(fact: &Fact) -> bool {
    matches!(
        fact.place,
        Place::Metadata | Place::Service | Place::Paginator | Place::Waiter | Place::EndpointRules
    )
}

fn is_unreached(fact: &Fact) -> bool {
    let alone = fact.uses.iter().all(|one| one.operations.is_empty());
    fact.shape_kind.is_some() && alone && !is_of_names(fact)
}

fn is_of_names(fact: &Fact) -> bool {
    words::is_renaming(fact) || matches!(fact.kind, FactKind::TargetRenamed(_))
}

/// The most moves of endpoints that are shown.
const MOVES: usize = 12;
/// A longer value is for programs.
const READABLE: usize = 2000;

fn entries(comparison: &Comparison, counts: fn(&Fact) -> bool) -> Vec<(String, Tree)> {
    let short = |value: Option<&Value>| -> Tree {
        let tree = Tree::from(value);
        if lay_out(&tree, DEFAULT_WIDTH).len() > READABLE {
            return Tree::text("(long: see the JSON report)");
        }
        tree
    };
    let facts = comparison.facts.iter();
    facts
        .filter(|fact| !fact.documentation && counts(fact))
        .map(|fact| {
            let (old, new) = (fact.old.as_ref(), fact.new.as_ref());
            let tree = match (fact.kind.trait_name(), old, new) {
                _ if fact.kind.is_of_endpoints() => moves(fact),
                (None, None, new) => short(new),
                (None, old, None) => Tree::object(vec![("$removed".to_owned(), short(old))]),
                _ => Tree::from_to(short(old), short(new)),
            };
            (fact.path.to_string(), tree)
        })
        .collect()
}

/// Where endpoints have moved, by setting.
fn moves(fact: &Fact) -> Tree {
    let mut moves = words::moves(fact);
    let shown = moves.by_ref().take(MOVES).map(|(setting, old, new)| {
        let tree = Tree::from_to(Some(old), Some(new));
        (setting.to_owned(), tree)
    });
    let mut shown: Vec<(String, Tree)> = shown.collect();
    if let more @ 1.. = moves.count() {
        let more = format!("{more} more: see the JSON report");
        shown.push(("…".to_owned(), Tree::text(&more)));
    }
    Tree::object(shown)
}

/// What has another name, a line each. Names of shapes do not travel, so that no tree shows them.
pub(crate) fn renames(comparison: &Comparison) -> Vec<String> {
    let facts = comparison.facts.iter().filter(|fact| is_of_names(fact));
    let told = facts.filter_map(|fact| {
        // Of a member the shape is said too; other names stand alone.
        let change = words::change(fact)?;
        Some(match fact.kind {
            FactKind::MemberRenamed { .. } => format!("{}: {change}", words::subject(fact)),
            _ => change,
        })
    });
    let mut lines: Vec<String> = told.collect();
    lines.sort();
    lines.dedup();
    lines
}

/// What the reader of an empty report wonders about.
pub(crate) fn remark(compared: &Compared<'_>) -> Option<&'static str> {
    let comparison = compared.comparison;
    if comparison.is_empty() {
        return Some(if compared.from == compared.to {
            "No changes: both sides are the same."
        } else {
            "No changes: both sides state the same."
        });
    }
    if comparison.is_documentation_only() {
        return Some("No changes but in documentation.");
    }
    None
}

//! Findings in words: what differs, how, and on whose way. Nothing is escaped here but what is
//! quoted as in a path.

use shapewright_diff::{Comparison, Fact, FactKind};
use shapewright_model::{Direction, Path, Step, Value};

use crate::told::Told;

/// A value that is longer than this is for programs.
const SHORT: usize = 48;
/// How many operations are named before the rest is counted.
const NAMED: usize = 3;

/// What a fact is about, as people call it: `Thing.size` for `shapes.Thing.members.size`.
pub(crate) fn subject(fact: &Fact) -> String {
    let steps = fact.path.steps();
    let key = |at: usize| match steps.get(at) {
        Some(Step::Key(key)) => Some(key.as_str()),
        _ => None,
    };
    // The last step of these says once more what differs.
    let last = match fact.kind {
        FactKind::RequiredAdded
        | FactKind::RequiredRemoved
        | FactKind::TargetChanged { .. }
        | FactKind::TargetRenamed(_)
        | FactKind::OperationRenamed { .. }
        | FactKind::OperationNameChanged { .. } => steps.len().saturating_sub(1),
        _ => steps.len(),
    };
    let is_shape = key(0) == Some("shapes");
    let mut short = Path::root();
    for (at, step) in steps.iter().enumerate() {
        let is_told = match at {
            0 => last > 1 && (is_shape || key(0) == Some("operations")),
            2 => is_shape && last > 3 && matches!(key(2), Some("members" | "enum")),
            _ => false,
        };
        match step {
            _ if is_told || at >= last => {}
            Step::Key(key) => short.push_key(key),
            Step::Index(index) => short.push_index(*index),
        }
    }
    match short.to_string() {
        nothing if nothing.is_empty() => "the service".to_owned(),
        short => short,
    }
}

/// What was and what is, if both are short enough to be read in passing.
pub(crate) fn change(fact: &Fact) -> Option<String> {
    if fact.kind.is_of_endpoints() {
        return moved(fact);
    }
    let name = |value: &Option<Value>| {
        let value = value.as_ref()?;
        let name = value.get("shape").unwrap_or(value);
        name.as_str().map(str::to_owned)
    };
    let stated = |value: &Option<Value>| match value {
        None => Some("none".to_owned()),
        Some(value) => Some(value.to_string()),
    };
    let (old, new) = match &fact.kind {
        FactKind::ShapeKindChanged { from, to } => {
            (Some((*from).to_owned()), Some((*to).to_owned()))
        }
        FactKind::OperationRenamed { .. }
        | FactKind::OperationNameChanged { .. }
        | FactKind::MemberRenamed { .. }
        | FactKind::ShapeRenamed
        | FactKind::TargetChanged { .. }
        | FactKind::TargetRenamed(_) => (name(&fact.old), name(&fact.new)),
        kind if kind.trait_name().is_some() => (stated(&fact.old), stated(&fact.new)),
        _ => return None,
    };
    let short = |text: &String| text.chars().count() <= SHORT;
    let (old, new) = (old.filter(short)?, new.filter(short)?);
    Some(format!("{old} → {new}"))
}

/// Endpoints that have moved: each with the setting that leads there, what it was and what it is.
pub(crate) fn moves(fact: &Fact) -> impl Iterator<Item = (&str, &Value, &Value)> {
    let [old, new] = [&fact.old, &fact.new].map(|value| {
        let list = value.as_ref().and_then(Value::as_array);
        list.into_iter().flatten()
    });
    let pairs = old.zip(new);
    pairs.map(|(old, new)| {
        let setting = old["setting"].as_str().unwrap_or_default();
        (setting, &old["endpoint"], &new["endpoint"])
    })
}

/// The first of them in a line, the rest counted.
fn moved(fact: &Fact) -> Option<String> {
    let url = |endpoint: &Value| match endpoint {
        Value::String(url) => url.clone(),
        Value::Null => "no endpoint".to_owned(),
        other => other.to_string(),
    };
    let mut moves = moves(fact);
    let (setting, old, new) = moves.next()?;
    let first = format!("{setting}: {} → {}", url(old), url(new));
    Some(match moves.count() {
        0 => first,
        more => format!("{first}; and {more} more"),
    })
}

/// Whether a fact says that a thing has another name.
pub(crate) fn is_renaming(fact: &Fact) -> bool {
    matches!(
        fact.kind,
        FactKind::OperationRenamed { .. } | FactKind::MemberRenamed { .. } | FactKind::ShapeRenamed
    )
}

/// Whose calls it concerns: `sent by PutThing; received from GetThing, ListThings`. Names are
/// written as `name` gives them.
pub(crate) fn ways(told: &Told<'_>, name: impl Fn(&str) -> String) -> String {
    let ways = told.findings().iter().map(|one| {
        let finding = &one.finding;
        let operations = named(&finding.operations, &name);
        match (finding.direction, operations) {
            (Some(Direction::Send), Some(operations)) => format!("sent by {operations}"),
            (Some(Direction::Receive), Some(operations)) => format!("received from {operations}"),
            (None, Some(operations)) => format!("of {operations}"),
            (_, None) if finding.fact.shape_kind.is_some() => "used by no operation".to_owned(),
            (_, None) => "of the service".to_owned(),
        }
    });
    ways.collect::<Vec<_>>().join("; ")
}

/// Names in a row, the rest counted; none if there is none.
pub(crate) fn named(names: &[String], name: impl Fn(&str) -> String) -> Option<String> {
    // That one is left out takes as much room as its name.
    let shown = if names.len() > NAMED + 1 {
        NAMED
    } else {
        names.len()
    };
    let first: Vec<String> = names[..shown].iter().map(|one| name(one)).collect();
    let first = first.join(", ");
    match names.len() - shown {
        _ if names.is_empty() => None,
        0 => Some(first),
        more => Some(format!("{first} and {more} more")),
    }
}

/// `2 new 1 updated api methods`, as the change page counts them.
pub(crate) fn methods(comparison: &Comparison) -> String {
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

/// A count and what it counts.
pub(crate) fn plural(count: usize, what: &str) -> String {
    let ending = if count == 1 { "" } else { "s" };
    format!("{count} {what}{ending}")
}

/// Words as a sentence.
pub(crate) fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().map(|first| first.to_ascii_uppercase());
    let mut sentence: String = first.into_iter().chain(letters).collect();
    sentence.push('.');
    sentence
}

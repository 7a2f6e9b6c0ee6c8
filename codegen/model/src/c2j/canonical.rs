//! The form in which a file is stored: facts alone, in one order, and the digest of those facts.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt::Write as _;

use sha2::{Digest, Sha256};

use super::{FileKind, Prose, Source};
use crate::check::Checker;
use crate::json::{self, Entries, Json};
use crate::level::{Absent, Form, Key, Level};
use crate::problem::{Problem, Severity};

/// A file without upstream's words.
#[derive(Clone, Debug)]
pub struct Canonical {
    /// The facts as C2J JSON, indented, in an order that makes for small differences.
    pub json: String,
    /// The SHA-256 of the facts, in hexadecimal. The order of declaration does not count, nor do
    /// words: two files have one digest exactly when they state the same.
    pub digest: String,
}

/// Brings a file into the form in which it is stored.
///
/// # Errors
/// All problems of the file, if at least one is an error.
pub fn canonical(source: &Source<'_>) -> Result<Canonical, Vec<Problem>> {
    let mut problems = Vec::new();
    match json::parse(source.name, source.bytes, Prose::Skip, &mut problems) {
        Ok(mut json) => {
            let mut checker = Checker::new(source.name);
            checker.file(source.kind.level(), &mut json);
            problems.extend(checker.into_problems());
            if problems
                .iter()
                .all(|problem| problem.severity() < Severity::Error)
            {
                return Ok(of_tree(source.kind, &json));
            }
        }
        Err(problem) => problems.push(problem),
    }
    json::place_all(source.bytes, &mut problems);
    Err(problems)
}

/// The stored form of a file whose content is as its tables of keys want it.
pub(super) fn of_tree(kind: FileKind, json: &Json<'_>) -> Canonical {
    let level = kind.level();
    let stored = Arrange { sorted: false }.record(level, json.entries(), &[]);
    let compared = Arrange { sorted: true }.record(level, json.entries(), &[]);
    Canonical {
        json: pretty(&stored),
        digest: digest(&compared),
    }
}

/// The SHA-256 of some bytes, in hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(2 * Sha256::output_size());
    for byte in Sha256::digest(bytes) {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

fn pretty(json: &Json<'_>) -> String {
    let mut text = serde_json::to_string_pretty(json).expect("a JSON tree can be written");
    text.push('\n');
    text
}

fn digest(json: &Json<'_>) -> String {
    sha256(&serde_json::to_vec(json).expect("a JSON tree can be written"))
}

/// Rebuilds a tree in canonical order, without prose.
#[derive(Clone, Copy)]
struct Arrange {
    /// Whether to sort also what stands in an order of declaration.
    sorted: bool,
}

impl Arrange {
    /// Known keys in the order of the table, then unknown ones by name. `refers` are the names to
    /// which the conditions above refer; only endpoint rules have such.
    fn record<'a>(
        self,
        level: &'static Level,
        entries: &[(Cow<'a, str>, Json<'a>)],
        refers: &[&str],
    ) -> Json<'a> {
        let mut refers: BTreeSet<&str> = refers.iter().copied().collect();
        for (_, conditions) in entries.iter().filter(|(name, _)| name == "conditions") {
            references(conditions, &mut refers);
        }
        let refers: Vec<&str> = refers.into_iter().take(NAMED_PARAMETERS).collect();
        let order: Vec<&'static Key> = level.iter().collect();
        let place = |name: &str| {
            order
                .iter()
                .position(|key| key.name == name)
                .unwrap_or(order.len())
        };
        let mut arranged: Vec<(usize, Cow<'a, str>, Json<'a>)> = Vec::with_capacity(entries.len());
        for (name, value) in entries {
            let at = place(name);
            let form = order.get(at).map_or(Form::Any, |key| key.form);
            if let Some(value) = self.form(form, value, &refers) {
                arranged.push((at, name.clone(), value));
            }
        }
        // What is taken for empty is stored so.
        for (at, key) in order.iter().enumerate() {
            if key.absent == Absent::Empty && !arranged.iter().any(|(known, ..)| *known == at) {
                arranged.push((at, key.name.into(), Json::Object(Vec::new())));
            }
        }
        arranged.sort_by(|(at, name, _), (other, other_name, _)| {
            at.cmp(other).then_with(|| name.cmp(other_name))
        });
        Json::Object(
            arranged
                .into_iter()
                .map(|(_, name, value)| (name, value))
                .collect(),
        )
    }

    fn form<'a>(self, form: Form, json: &Json<'a>, refers: &[&str]) -> Option<Json<'a>> {
        Some(match (form, json) {
            (Form::Prose, _) | (_, Json::Skipped) => return None,
            (Form::Reworded, _) => Json::String(Cow::Owned(reworded(refers))),
            (Form::Record(level), _) => self.record(level, json.entries(), refers),
            (Form::Records(level), Json::Array(items)) => {
                let items = items.iter();
                Json::Array(
                    items
                        .map(|item| self.record(level, item.entries(), refers))
                        .collect(),
                )
            }
            (Form::RecordSet(level), Json::Array(items)) => {
                let items = items.iter();
                self.set(
                    items
                        .map(|item| self.record(level, item.entries(), refers))
                        .collect(),
                )
            }
            (Form::TextSet, Json::Array(items)) => self.set(items.clone()),
            (Form::Table(level), Json::Object(entries)) => sorted(entries_of(entries, |item| {
                self.record(level, item.entries(), refers)
            })),
            (Form::Members(level), Json::Object(entries)) => {
                let members =
                    entries_of(entries, |item| self.record(level, item.entries(), refers));
                if self.sorted {
                    sorted(members)
                } else {
                    Json::Object(members)
                }
            }
            (Form::Shapes(kinds), Json::Object(entries)) => sorted(entries_of(entries, |shape| {
                let named = shape.get("type").and_then(Json::as_str);
                let level = named.and_then(kinds.level);
                level.map_or_else(
                    || shape.clone(),
                    |level| self.record(level, shape.entries(), refers),
                )
            })),
            (Form::Any, _) => any(json),
            _ => json.clone(),
        })
    }

    fn set(self, mut items: Vec<Json<'_>>) -> Json<'_> {
        if self.sorted {
            items.sort_by_cached_key(|item| serde_json::to_string(item).unwrap_or_default());
        }
        Json::Array(items)
    }
}

fn entries_of<'a>(entries: &Entries<'a>, each: impl Fn(&Json<'a>) -> Json<'a>) -> Entries<'a> {
    entries
        .iter()
        .map(|(name, value)| (name.clone(), each(value)))
        .collect()
}

/// A value of free form: its objects sorted by key.
fn any<'a>(json: &Json<'a>) -> Json<'a> {
    match json {
        Json::Array(items) => Json::Array(items.iter().map(any).collect()),
        Json::Object(entries) => sorted(
            entries
                .iter()
                .map(|(name, value)| (name.clone(), any(value)))
                .collect(),
        ),
        other => other.clone(),
    }
}

fn sorted(mut entries: Entries<'_>) -> Json<'_> {
    entries.sort_by(|(one, _), (other, _)| one.cmp(other));
    Json::Object(entries)
}

/// The names in `{"ref": "…"}` anywhere in the conditions of an endpoint rule.
fn references<'j>(json: &'j Json<'_>, found: &mut BTreeSet<&'j str>) {
    for (name, value) in json.entries() {
        if let ("ref", Json::String(parameter)) = (name.as_ref(), value) {
            found.insert(parameter);
        }
        references(value, found);
    }
    for item in json.items() {
        references(item, found);
    }
}

/// More parameters than any endpoint rule depends on; of a file made to have more, the rest are left
/// out, as each rule below would repeat them all.
const NAMED_PARAMETERS: usize = 256;

/// What stands for upstream's words where an endpoint rule refuses: the parameters that decide.
fn reworded(refers: &[&str]) -> String {
    if refers.is_empty() {
        return "no endpoint for these parameters".to_owned();
    }
    format!("no endpoint for this combination of {}", refers.join(", "))
}

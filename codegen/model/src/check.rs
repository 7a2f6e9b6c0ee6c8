//! Compares a file with the tables of keys: every wrong type, missing, unknown or duplicate key.

use foldhash::{HashSet, HashSetExt as _};
use std::borrow::Cow;

use crate::json::{Entries, Json};
use crate::level::{Absent, Form, Key, Kinds, Level};
use crate::model::Model;
use crate::path::Path;
use crate::problem::{Code, Problem, Severity};

/// Collects the problems of one file, with the path at which the walk stands.
pub(crate) struct Checker<'f> {
    file: &'f str,
    trail: Trail,
    problems: Vec<Problem>,
    errors: Budget,
    warnings: Budget,
}

/// A name stands in every path to what is below it: a few megabytes of one, over a million members,
/// would keep any program busy that looks at those paths. AWS's longest has some 100 bytes.
const LONGEST_NAME: usize = 1_024;

/// How much of the problems of one severity is told. A problem holds the path to it, so that a file
/// made for it, with one long name over many problems, would fill the memory.
struct Budget {
    count: usize,
    bytes: usize,
    untold: usize,
}

impl Budget {
    const fn new() -> Self {
        Self {
            count: 10_000,
            bytes: 64 << 20,
            untold: 0,
        }
    }

    /// Whether one problem more may be told; the first always may.
    fn allows(&mut self, bytes: usize) -> bool {
        let allowed = self.count > 0 && self.bytes > 0;
        if allowed {
            self.count -= 1;
            self.bytes = self.bytes.saturating_sub(bytes);
        } else {
            self.untold += 1;
        }
        allowed
    }
}

/// A path under way. A walk takes each step of a file, and next to none is ever shown: so the keys
/// stand in one text, and a [`Path`] is made of it only for a problem.
#[derive(Default)]
struct Trail {
    keys: String,
    steps: Vec<TrailStep>,
}

enum TrailStep {
    /// A key, which begins here in the text.
    Key(usize),
    Index(usize),
}

impl Trail {
    fn push_key(&mut self, key: &str) {
        self.steps.push(TrailStep::Key(self.keys.len()));
        self.keys.push_str(key);
    }

    fn pop(&mut self) {
        if let Some(TrailStep::Key(start)) = self.steps.pop() {
            self.keys.truncate(start);
        }
    }

    fn path(&self) -> Path {
        let mut path = Path::root();
        for (at, step) in self.steps.iter().enumerate() {
            match step {
                TrailStep::Index(index) => path.push_index(*index),
                TrailStep::Key(start) => {
                    let later = self.steps[at + 1..].iter();
                    let mut starts = later.filter_map(|step| match step {
                        TrailStep::Key(start) => Some(*start),
                        TrailStep::Index(_) => None,
                    });
                    let end = starts.next().unwrap_or(self.keys.len());
                    path.push_key(&self.keys[*start..end]);
                }
            }
        }
        path
    }
}

impl<'f> Checker<'f> {
    pub(crate) fn new(file: &'f str) -> Self {
        Self {
            file,
            trail: Trail::default(),
            problems: Vec::new(),
            errors: Budget::new(),
            warnings: Budget::new(),
        }
    }

    pub(crate) fn into_problems(mut self) -> Vec<Problem> {
        let untold = self.errors.untold + self.warnings.untold;
        if untold > 0 {
            self.warnings = Budget::new();
            self.report(
                Code::MoreProblems,
                format!("the file has {untold} problems more, which are not told one by one"),
                "mend what is told, or fetch the file again, and look at what remains".to_owned(),
            );
        }
        self.problems
    }

    /// Whether what was found so far stands in the way of a model.
    pub(crate) fn has_errors(&self) -> bool {
        let mut problems = self.problems.iter();
        problems.any(|problem| problem.severity() == Severity::Error)
    }

    pub(crate) fn report(&mut self, code: Code, message: String, help: String) {
        let budget = match code.severity() {
            Severity::Error => &mut self.errors,
            Severity::Warning => &mut self.warnings,
        };
        if !budget.allows(self.trail.keys.len() + message.len() + help.len()) {
            return;
        }
        let path = self.trail.path();
        self.problems.push(Problem {
            code,
            file: self.file.to_owned(),
            path,
            place: None,
            message,
            help,
        });
    }

    /// Does something one key further down.
    pub(crate) fn at<R>(&mut self, key: &str, inner: impl FnOnce(&mut Self) -> R) -> R {
        self.trail.push_key(key);
        let result = inner(self);
        self.trail.pop();
        result
    }

    /// Does something at an item of an array.
    pub(crate) fn at_index<R>(&mut self, at: usize, inner: impl FnOnce(&mut Self) -> R) -> R {
        self.trail.steps.push(TrailStep::Index(at));
        let result = inner(self);
        self.trail.pop();
        result
    }

    /// An object whose keys are those of a level.
    /// Refuses a model that is too large to go through, at the key that makes it so.
    pub(crate) fn size(&mut self, model: &Model, key: &str) {
        if let Some(message) = model.is_too_large() {
            let help = "no AWS model comes near; is this a model?".to_owned();
            self.at(key, |this| this.report(Code::TooLarge, message, help));
        }
    }

    /// Compares a file with its keys. Of a key that stands twice the last is left.
    pub(crate) fn file(&mut self, level: &'static Level, json: &mut Json<'_>) {
        self.record(level, json);
        let is_twice = |problem: &Problem| problem.code == Code::DuplicateKey;
        if self.problems.iter().any(is_twice) {
            json.keep_last();
        }
    }

    pub(crate) fn record(&mut self, level: &'static Level, json: &Json<'_>) {
        let Some(entries) = self.object(json) else {
            return;
        };
        for (name, value) in entries {
            match level.key(name) {
                Some(key) => self.at(name, |this| this.form(key.form, value)),
                None => self.at(name, |this| this.unknown(name, value)),
            }
        }
        let is_missing = |key: &&Key| {
            key.absent != Absent::Allowed && !entries.iter().any(|(name, _)| name == key.name)
        };
        for key in level.iter().filter(is_missing) {
            let (code, then) = match key.absent {
                Absent::Empty => (Code::MissingMembers, ", and taken for empty"),
                Absent::Allowed | Absent::Refused => (Code::MissingKey, ""),
            };
            self.report(
                code,
                format!("`{}` is missing{then}", key.name),
                format!("add `{}`; every object of this kind has it", key.name),
            );
        }
    }

    /// An object of which a level lists some keys; the others may be anything.
    fn open(&mut self, level: &'static Level, json: &Json<'_>) {
        for (name, value) in self.object(json).unwrap_or(&Vec::new()) {
            let form = level.key(name).map_or(Form::Any, |key| key.form);
            self.at(name, |this| this.form(form, value));
        }
    }

    fn unknown(&mut self, name: &str, value: &Json<'_>) {
        self.report(
            Code::UnknownKey,
            format!(
                "`{}` is not a key that any known model has here",
                name.escape_debug()
            ),
            "it is kept as an unknown fact; if AWS has added it, teach it to the table of keys"
                .to_owned(),
        );
        self.any(value);
    }

    fn form(&mut self, form: Form, json: &Json<'_>) {
        let expected = match (form, json) {
            (Form::Record(level), _) => return self.record(level, json),
            (Form::Records(level) | Form::RecordSet(level), Json::Array(items)) => {
                for (at, item) in items.iter().enumerate() {
                    self.at_index(at, |this| this.record(level, item));
                }
                return;
            }
            (Form::Table(level) | Form::Members(level), _) => {
                return self.table(json, |this, item| this.record(level, item));
            }
            (Form::Shapes(kinds), _) => {
                return self.table(json, |this, item| this.shape(kinds, item));
            }
            (Form::Open(level), _) => return self.open(level, json),
            (Form::Any, _) => return self.any(json),
            (Form::Flag, Json::Bool(_))
            | (Form::Number, Json::Number(_))
            | (
                Form::Text | Form::TextOrTexts | Form::Prose | Form::Reworded,
                Json::String(_) | Json::Skipped,
            )
            // A service without examples or documentation may say so.
            | (Form::Prose, Json::Object(_) | Json::Null) => return,
            (Form::Integer, Json::Number(number)) if number.is_i64() || number.is_u64() => return,
            (Form::Integer, Json::String(text)) if text.parse::<i64>().is_ok() => return,
            (Form::Number, Json::String(text)) if text.parse::<f64>().is_ok() => return,
            (Form::Texts | Form::TextSet | Form::TextOrTexts, Json::Array(items)) => {
                for (at, item) in items.iter().enumerate() {
                    self.at_index(at, |this| this.form(Form::Text, item));
                }
                return;
            }
            (Form::Records(_) | Form::RecordSet(_), _) => "an array of objects",
            (Form::Flag, _) => "a boolean",
            (Form::Integer, _) => "a whole number",
            (Form::Number, _) => "a number",
            (Form::Text | Form::Prose | Form::Reworded, _) => "a string",
            (Form::Texts | Form::TextSet, _) => "an array of strings",
            (Form::TextOrTexts, _) => "a string or an array of strings",
        };
        self.wrong_type(expected, json);
    }

    fn wrong_type(&mut self, expected: &str, json: &Json<'_>) {
        let found = json.type_name();
        self.report(
            Code::WrongType,
            format!("expected {expected}, found {found}"),
            format!("make it {expected}"),
        );
    }

    fn shape(&mut self, kinds: &Kinds, json: &Json<'_>) {
        let Some(entries) = self.object(json) else {
            return;
        };
        let Some((_, named)) = entries.iter().find(|(name, _)| name == "type") else {
            return self.report(
                Code::MissingKey,
                "the shape has no `type`".to_owned(),
                format!("give it one of {}", kinds.names),
            );
        };
        match named.as_str().map(kinds.level) {
            Some(Some(level)) => self.record(level, json),
            Some(None) => {
                let name = named
                    .as_str()
                    .unwrap_or_default()
                    .escape_debug()
                    .to_string();
                self.at("type", |this| {
                    this.report(
                        Code::UnknownShapeType,
                        format!("`{name}` is not a type of shape"),
                        format!("use one of {}", kinds.names),
                    );
                });
            }
            None => self.at("type", |this| this.wrong_type("a string", named)),
        }
    }

    fn table(&mut self, json: &Json<'_>, mut each: impl FnMut(&mut Self, &Json<'_>)) {
        for (name, value) in self.object(json).unwrap_or(&Vec::new()) {
            self.at(name, |this| {
                if name.len() > LONGEST_NAME {
                    this.report(
                        Code::TooLarge,
                        format!("the name is {} bytes long", name.len()),
                        format!("give it at most {LONGEST_NAME}; no AWS model comes near"),
                    );
                }
                each(this, value);
            });
        }
    }

    fn any(&mut self, json: &Json<'_>) {
        match json {
            Json::Array(items) => {
                for (at, item) in items.iter().enumerate() {
                    self.at_index(at, |this| this.any(item));
                }
            }
            Json::Object(_) => {
                for (name, value) in self.object(json).unwrap_or(&Vec::new()) {
                    self.at(name, |this| this.any(value));
                }
            }
            _ => {}
        }
    }

    /// The entries of what must be an object, each key once.
    fn object<'j, 'a>(&mut self, json: &'j Json<'a>) -> Option<&'j Entries<'a>> {
        let Json::Object(entries) = json else {
            self.wrong_type("an object", json);
            return None;
        };
        for name in duplicates(entries) {
            self.at(&name, |this| {
                this.report(
                    Code::DuplicateKey,
                    format!(
                        "the key `{}` stands twice in this object",
                        name.escape_debug()
                    ),
                    "the last one counts, as it does for upstream's loader; remove the other"
                        .to_owned(),
                );
            });
        }
        Some(entries)
    }
}

/// The keys that stand more than once, in the order in which they do so again.
fn duplicates(entries: &Entries<'_>) -> Vec<String> {
    const FEW: usize = 8;
    let again = |at: usize| {
        let (key, _): &(Cow<'_, str>, _) = &entries[at];
        entries[..at].iter().any(|(earlier, _)| earlier == key)
    };
    let mut found: Vec<String> = Vec::new();
    if entries.len() <= FEW {
        let keys = (1..entries.len()).filter(|at| again(*at));
        found.extend(keys.map(|at| entries[at].0.to_string()));
    } else {
        let mut seen = HashSet::with_capacity(entries.len());
        let keys = entries.iter().filter(|(key, _)| !seen.insert(key.as_ref()));
        found.extend(keys.map(|(key, _)| key.to_string()));
    }
    found.dedup();
    found
}

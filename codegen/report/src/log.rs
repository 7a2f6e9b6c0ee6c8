//! The revisions of a service, newest first, a line each.

use std::fmt::Write as _;

use shapewright_diff::{Counts, Severity, Tally};

use crate::escape;
use crate::findings::Verdict;
use crate::style::{BREAKING, DIM, HEADING, Look, RISK};
use crate::words::plural;

/// One revision.
#[derive(Clone, Debug)]
pub struct Line {
    /// Its name: the day.
    pub revision: String,
    /// The release that brought it.
    pub release: String,
    /// The version of its crate, if one was given.
    pub version: Option<String>,
    /// What it is made of, or what it changed.
    pub content: Content,
    /// The verdict on what it changed; none for the first.
    pub verdict: Option<Verdict>,
}

impl Line {
    /// The version without the revision, which stands beside it.
    fn number(&self) -> &str {
        let version = self.version.as_deref().unwrap_or_default();
        version.split('+').next().unwrap_or_default()
    }

    /// How grave what it changed is, in a word.
    fn word(&self) -> &'static str {
        let worst = self.verdict.and_then(|verdict| verdict.worst);
        worst.map_or("", Severity::as_str)
    }
}

/// What there is to say about a revision.
#[derive(Clone, Copy, Debug)]
pub enum Content {
    /// It is the first.
    First {
        /// Its operations.
        operations: usize,
        /// Its shapes.
        shapes: usize,
        /// The members of its structures and unions.
        members: usize,
    },
    /// What it changed in the one before.
    Changes(Counts),
}

/// The lines in the order given, in columns. `heading` says whose they are.
pub fn render(heading: Option<&str>, lines: &[Line], look: &Look) -> String {
    let column = |of: fn(&Line) -> &str| {
        let widths = lines
            .iter()
            .map(|line| escape::text(of(line)).chars().count());
        widths.max().unwrap_or_default()
    };
    let revisions = column(|line| &line.revision);
    let releases = column(|line| &line.release);
    let versions = column(Line::number);
    let verdicts = column(|line| line.word());
    let mut text = String::new();
    if let Some(heading) = heading {
        text.push_str(&look.paint(HEADING, escape::text(heading)));
        text.push('\n');
    }
    for line in lines {
        let revision = format!("{:revisions$}", escape::text(&line.revision));
        let release = format!("{:releases$}", escape::text(&line.release));
        let content = content(&line.content);
        text.push_str(&look.paint(HEADING, revision));
        text.push_str("  ");
        text.push_str(&look.paint(DIM, release));
        text.push_str("  ");
        if versions > 0 {
            let _ = write!(text, "{:versions$}  ", escape::text(line.number()));
        }
        let word = format!("{:verdicts$}", line.word());
        text.push_str(&match line.verdict.and_then(|verdict| verdict.worst) {
            Some(Severity::Breaking) => look.paint(BREAKING, word),
            Some(Severity::Risk) => look.paint(RISK, word),
            _ => word,
        });
        text.push_str("  ");
        text.push_str(&content);
        text.push('\n');
    }
    text
}

pub(crate) fn content(content: &Content) -> String {
    match content {
        Content::First {
            operations,
            shapes,
            members,
        } => format!(
            "first: {}, {}, {}",
            plural(*operations, "operation"),
            plural(*shapes, "shape"),
            plural(*members, "member"),
        ),
        Content::Changes(counts) => changes(counts),
    }
}

/// The figures of a comparison in one line, such as `+1 operation, +5 shapes`.
pub fn changes(counts: &Counts) -> String {
    let mut said = Vec::new();
    let mut say = |sign: char, count: usize, what: &str| {
        if count > 0 {
            said.push(format!("{sign}{}", plural(count, what)));
        }
    };
    let mut both = |tally: &Tally, changed: usize, what: &str| {
        say('+', tally.added, what);
        say('~', changed, what);
        say('-', tally.removed, what);
    };
    both(&counts.operations, counts.operations_updated, "operation");
    both(&counts.shapes, 0, "shape");
    both(&counts.members, 0, "member");
    both(&counts.enum_values, 0, "enum value");
    both(&counts.required, 0, "requirement");
    both(&counts.errors, 0, "error");
    both(&Tally::default(), counts.types, "type");
    both(&Tally::default(), counts.traits, "trait");
    both(&Tally::default(), counts.service, "service fact");
    if !said.is_empty() {
        said.join(", ")
    } else if counts.documentation > 0 {
        "documentation only".to_owned()
    } else {
        "no changes".to_owned()
    }
}

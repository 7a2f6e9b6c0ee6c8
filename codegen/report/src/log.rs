//! The revisions of a service, newest first, a line each.

use shapewright_diff::{Counts, Tally};

use crate::escape;
use crate::style::{DIM, HEADING, Look};

/// One revision.
#[derive(Clone, Debug)]
pub struct Line {
    /// Its name: the day.
    pub revision: String,
    /// The release that brought it.
    pub release: String,
    /// What it is made of, or what it changed.
    pub content: Content,
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
        text.push_str(&content);
        text.push('\n');
    }
    text
}

fn content(content: &Content) -> String {
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

fn plural(count: usize, what: &str) -> String {
    let ending = if count == 1 { "" } else { "s" };
    format!("{count} {what}{ending}")
}

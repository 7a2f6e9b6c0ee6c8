//! A comparison as Markdown for a comment on a pull request: the verdict, what is breaking or a
//! risk, then each operation folded. What is too long for a comment is counted, and it says so.

use shapewright_diff::Severity;

use crate::compared::{Compared, Side};
use crate::escape::{self, longest_run, markup};
use crate::layout::lay_out;
use crate::sections::{Section, remark, renames, sections, status_word};
use crate::told::{Figures, Told, items};
use crate::words;

/// The most bytes of a report by default. A comment on GitHub ends at 65,536 characters; whoever
/// posts the report may want to say something beside it.
pub const LIMIT: usize = 60_000;
/// The columns of a tree. It scrolls where there are fewer.
const WIDTH: usize = 100;
/// The room for what says that something is left out.
const CLOSING: usize = 1_000;
/// The lines of a list before the rest is counted.
const LISTED: usize = 50;
/// The longest name that is shown: it is AWS's longest, several times.
const NAME: usize = 300;

/// The whole comparison, in at most `limit` bytes where that is at least a few thousand.
pub fn render(compared: &Compared<'_>, limit: usize) -> String {
    let mut paper = Paper {
        text: String::new(),
        limit: limit.saturating_sub(CLOSING),
        left_out: Vec::new(),
    };
    paper.head(compared);
    paper.findings(compared);
    paper.list("Renamed", &renames(compared.comparison));
    paper.list("In the Rust crate", &items(compared.findings));
    paper.sections(&sections(compared.comparison));
    paper.closing(compared)
}

struct Paper {
    text: String,
    limit: usize,
    /// What is not there, in words.
    left_out: Vec<String>,
}

impl Paper {
    fn room(&self) -> usize {
        self.limit.saturating_sub(self.text.len())
    }

    fn head(&mut self, compared: &Compared<'_>) {
        let way = |severity: Option<Severity>| match severity {
            None => "nothing".to_owned(),
            Some(severity) => emphasised(severity),
        };
        let verdict = compared.verdict;
        self.text = format!(
            "## {}: {}\n\n{}, compared with {}\n\n| sending | receiving | Rust |\n|---|---|---|\n\
             | {} | {} | {} |\n",
            plain(compared.title),
            words::methods(compared.comparison),
            side(compared.to),
            side(compared.from),
            way(verdict.wire.send),
            way(verdict.wire.receive),
            verdict.rust,
        );
        if let Some(remark) = remark(compared) {
            self.text.extend(["\n", remark, "\n"]);
        }
    }

    /// What is breaking or a risk one by one, as far as there is room, and figures of the rest.
    fn findings(&mut self, compared: &Compared<'_>) {
        let told = Told::all(compared.findings);
        let grave = told.partition_point(Told::is_grave);
        let (grave, rest) = told.split_at(grave);
        // Half of the room is for the operations.
        let end = self.text.len() + self.room() / 2;
        let mut shown = 0;
        for (at, one) in grave.iter().enumerate() {
            let line = entry(one);
            if self.text.len() + line.len() > end {
                break;
            }
            if at == 0 {
                self.text.push_str("\n### Breaking, or a risk\n\n");
            }
            self.text.push_str(&line);
            shown = at + 1;
        }
        let hidden = &grave[shown..];
        if !hidden.is_empty() {
            let count = words::plural(hidden.len(), "finding");
            self.left_out
                .push(format!("{count} that are breaking or a risk"));
        }
        let figures = [("And", hidden), ("Also", rest)];
        for (word, told) in figures {
            for one in Figures::of(told) {
                let word = if grave.is_empty() { "There are" } else { word };
                self.text.extend(["\n", word, " ", &one.line(), "\n"]);
            }
        }
    }

    fn list(&mut self, title: &str, lines: &[impl AsRef<str>]) {
        if lines.is_empty() {
            return;
        }
        let mut list = format!("\n### {title}\n\n");
        for line in lines.iter().take(LISTED) {
            list.extend(["- ", &name(line.as_ref()), "\n"]);
        }
        let hidden = lines.len().saturating_sub(LISTED);
        if list.len() > self.room() / 2 {
            self.left_out
                .push(format!("{} ({title})", words::plural(lines.len(), "line")));
        } else {
            self.text.push_str(&list);
            if hidden > 0 {
                self.left_out
                    .push(format!("{} ({title})", words::plural(hidden, "line")));
            }
        }
    }

    /// Every operation, folded, in as much detail as there is room for: whole, by name, or counted.
    fn sections(&mut self, sections: &[Section<'_>]) {
        if sections.is_empty() {
            return;
        }
        self.text.push_str("\n### What changed\n\n");
        let names: Vec<String> = sections
            .iter()
            .map(|one| format!("- {}\n", heading(one)))
            .collect();
        let names_alone: usize = names.iter().map(String::len).sum();
        // A name stays for certain; details are bought with what is left beside all names.
        let mut spare = self.room().saturating_sub(names_alone);
        let (mut folded, mut unnamed) = (0, 0);
        for (section, name) in sections.iter().zip(&names) {
            let whole = folding(section);
            if let Some(rest) = (spare + name.len()).checked_sub(whole.len()) {
                spare = rest;
                self.text.push_str(&whole);
            } else if name.len() <= self.room() {
                folded += 1;
                self.text.push_str(name);
            } else {
                unnamed += 1;
            }
        }
        if folded > 0 {
            self.left_out.push(format!(
                "the details of {folded} of {} sections",
                sections.len()
            ));
        }
        if unnamed > 0 {
            self.left_out.push(format!(
                "{unnamed} of {} sections altogether",
                sections.len()
            ));
        }
    }

    fn closing(mut self, compared: &Compared<'_>) -> String {
        if !self.left_out.is_empty() {
            let left_out = self.left_out.join("; ");
            let command = escape::markdown(&command(compared));
            let note = format!(
                "\n**Left out, as this would be too long:** {left_out}. All of it is shown by \
                 {command}.\n"
            );
            self.text.push_str(&note);
        }
        self.text
    }
}

/// The command that shows all of it.
fn command(compared: &Compared<'_>) -> String {
    let side = |side: &Side| {
        let name = match side {
            Side::Revision { name, .. } => name,
            Side::File(path) => path,
        };
        shorten(name)
    };
    let (from, to) = (side(compared.from), side(compared.to));
    match compared.service {
        Some(service) => format!("shapewright diff {} {from} {to}", shorten(service)),
        None => format!("shapewright diff {from} {to}"),
    }
}

fn side(side: &Side) -> String {
    match side {
        Side::Revision {
            name: revision,
            project,
            release,
            ..
        } => format!(
            "{} ({})",
            name(revision),
            name(&format!("{project} {release}"))
        ),
        Side::File(path) => name(path),
    }
}

fn emphasised(severity: Severity) -> String {
    if severity >= Severity::Risk {
        format!("**{severity}**")
    } else {
        severity.to_string()
    }
}

/// What a rule flags at one place.
pub(crate) fn entry(one: &Told<'_>) -> String {
    let fact = one.first().finding.fact;
    let subject = name(&words::subject(fact));
    let mut line = format!(
        "- {}: {subject}, {}",
        emphasised(one.severity()),
        one.rule().flags
    );
    if let Some(change) = words::change(fact) {
        line.extend([": ", &name(&change)]);
    }
    let ways = words::ways(one, name);
    line.extend(["<br>", &ways, "; ", &escape::markdown(one.rule().id)]);
    if let Some(reason) = one.approved() {
        line.extend(["; **approved**: ", &name(reason)]);
    }
    line.push('\n');
    line
}

fn heading(section: &Section<'_>) -> String {
    match section.status {
        Some(status) => format!("{} ({})", name(section.title), status_word(status)),
        // Words of ours.
        None => section.title.to_owned(),
    }
}

/// A section that opens when it is asked for.
fn folding(section: &Section<'_>) -> String {
    // In the line of a tag Markdown is not read.
    let title = markup(&shorten(section.title));
    let title = match section.status {
        Some(status) => format!("<code>{title}</code> ({})", status_word(status)),
        None => title,
    };
    let mut text = format!("<details><summary>{title}</summary>\n\n");
    for part in &section.parts {
        let tree = lay_out(&part.tree, WIDTH);
        let fence = "`".repeat(longest_run(&tree, '`').max(2) + 1);
        if !part.label.is_empty() {
            text.extend([part.label.as_str(), "\n\n"]);
        }
        text.extend([fence.as_str(), "json\n", &tree, "\n", &fence, "\n\n"]);
    }
    text.push_str("</details>\n\n");
    text
}

/// A name of the model or of a file, as code.
pub(crate) fn name(name: &str) -> String {
    escape::markdown(&shorten(name))
}

/// A title of the model: as words if it is nothing else, as code otherwise.
pub(crate) fn plain(title: &str) -> String {
    let is_words = title.chars().all(|c| c.is_ascii_alphanumeric() || c == ' ');
    if is_words && !title.trim().is_empty() {
        shorten(title)
    } else {
        name(title)
    }
}

fn shorten(name: &str) -> String {
    if name.chars().count() <= NAME {
        return name.to_owned();
    }
    let mut short: String = name.chars().take(NAME).collect();
    short.push('…');
    short
}

//! A comparison for a terminal: what matters first, in a line or two each, then the operations that
//! came, went or differ, each with what does.

use shapewright_diff::{Severity, Status};

use crate::compared::Compared;
use crate::escape;
use crate::layout::lay_out;
use crate::sections::{Section, remark, renames, sections, status_word};
use crate::style::{ADDED, BREAKING, CHANGED, DIM, HEADING, Look, REMOVED, RISK};
use crate::told::{Figures, Told, items};
use crate::words;

/// How many entries there are of what matters, and of the crate's items, before the rest is counted.
const ENTRIES: usize = 40;

/// How many lines of a tree there are before the rest is counted.
const LINES: usize = 200;

/// The whole comparison.
pub fn render(compared: &Compared<'_>, look: &Look) -> String {
    let comparison = compared.comparison;
    let title = escape::text(compared.title);
    let to = escape::text(&compared.to.title());
    let from = escape::text(&compared.from.title());
    let head = [
        look.paint(HEADING, title),
        String::new(),
        format!("{to} - {}", words::methods(comparison)),
        look.paint(DIM, format!("compared with {from}")),
    ];
    let mut blocks = vec![head.join("\n")];
    blocks.extend(verdict(compared, look));
    let sections = sections(comparison);
    blocks.extend(sections.iter().map(|one| section(one, look)));
    blocks.extend(listed("Renamed", &renames(comparison), look));
    blocks.extend(listed("In the Rust crate", &items(compared.findings), look));
    blocks.extend(remark(compared).map(str::to_owned));
    let mut text = blocks.join("\n\n");
    text.push('\n');
    text
}

/// The verdict, what is breaking or a risk one by one, and how much there is of the rest.
fn verdict(compared: &Compared<'_>, look: &Look) -> Option<String> {
    if compared.findings.is_empty() {
        return None;
    }
    let told = Told::all(compared.findings);
    let grave = told.partition_point(Told::is_grave);
    let (grave, rest) = told.split_at(grave);
    let (shown, hidden) = grave.split_at(grave.len().min(ENTRIES));
    let mut lines = vec![look.paint(HEADING, compared.verdict.line())];
    lines.extend(shown.iter().map(|one| entry(one, look)));
    let figures = Figures::of(hidden).into_iter();
    lines.extend(figures.map(|one| wrapped("and ", &one.line(), look)));
    let figures = Figures::of(rest).into_iter();
    lines.extend(figures.map(|one| wrapped("", &one.line(), look)));
    Some(lines.join("\n"))
}

/// The columns of the words for a severity, and the space after them.
const MARGIN: usize = 10;

/// What a rule flags at one place, in a line or two.
fn entry(one: &Told<'_>, look: &Look) -> String {
    let finding = &one.first().finding;
    let severity = one.severity();
    let style = match (one.approved(), severity) {
        (Some(_), _) => DIM,
        (None, Severity::Breaking) => BREAKING,
        _ => RISK,
    };
    let word = format!("{:MARGIN$}", severity.as_str());
    let mut what = format!("{}: {}", words::subject(finding.fact), one.rule().flags);
    if let Some(change) = words::change(finding.fact) {
        what.extend([" (", &change, ")"]);
    }
    let mut whose = format!("{} [{}]", words::ways(one, str::to_owned), one.rule().id);
    if let Some(reason) = one.approved() {
        whose.extend(["; approved: ", reason]);
    }
    let margin = " ".repeat(MARGIN);
    let below =
        |text: &str| wrap(&escape::text(text), look.width, MARGIN).join(&format!("\n{margin}"));
    let whose = below(&whose);
    format!(
        "{}{}\n{margin}{}",
        look.paint(style, word),
        below(&what),
        look.paint(DIM, whose)
    )
}

/// A text over as many lines as it takes; all but the first begin after two spaces.
fn wrapped(before: &str, text: &str, look: &Look) -> String {
    let text = format!("{before}{}", escape::text(text));
    wrap(&text, look.width, 2).join("\n  ")
}

/// A text in lines, broken between words so that each fits beside a margin.
fn wrap(text: &str, width: usize, margin: usize) -> Vec<String> {
    // Beside a wide margin there would be a word a line.
    let room = width.saturating_sub(margin).max(30);
    let mut lines = vec![String::new()];
    let mut length = 0;
    for word in text.split(' ') {
        let count = word.chars().count();
        if let Some(line) = lines
            .last_mut()
            .filter(|line| !line.is_empty() && length + 1 + count <= room)
        {
            line.push(' ');
            line.push_str(word);
            length += 1 + count;
        } else if let Some(line) = lines.last_mut().filter(|line| line.is_empty()) {
            line.push_str(word);
            length = count;
        } else {
            lines.push(word.to_owned());
            length = count;
        }
    }
    lines
}

/// Lines under a heading, the rest counted.
fn listed(heading: &str, all: &[impl AsRef<str>], look: &Look) -> Option<String> {
    if all.is_empty() {
        return None;
    }
    let mut lines = vec![look.paint(HEADING, heading)];
    let shown = all.iter().take(ENTRIES);
    lines.extend(shown.map(|line| escape::text(line.as_ref())));
    if all.len() > ENTRIES {
        lines.push(format!("and {} more", all.len() - ENTRIES));
    }
    Some(lines.join("\n"))
}

fn section(section: &Section<'_>, look: &Look) -> String {
    let title = look.paint(HEADING, escape::text(section.title));
    let mut lines = vec![match section.status {
        None => title,
        Some(status) => {
            let style = match status {
                Status::New => ADDED,
                Status::Updated => CHANGED,
                Status::Removed => REMOVED,
            };
            let word = format!("({})", status_word(status));
            format!("{title} {}", look.paint(style, word))
        }
    }];
    for part in &section.parts {
        if !part.label.is_empty() {
            lines.push(look.paint(DIM, &part.label));
        }
        let tree = lay_out(&part.tree, look.width);
        let mut tree = tree.lines();
        lines.extend(tree.by_ref().take(LINES).map(str::to_owned));
        match tree.count() {
            0 => {}
            hidden => lines.push(look.paint(
                DIM,
                format!("and {hidden} more lines, which the HTML report has"),
            )),
        }
    }
    lines.join("\n")
}

//! A comparison as GitHub's workflow commands: what is breaking or a risk as annotations of the model
//! file, the rest as one notice.

use shapewright_diff::Severity;

use crate::compared::Compared;
use crate::escape;
use crate::places::{Places, Sources};
use crate::told::{Figures, Told};
use crate::words;

/// The annotations, the gravest first: GitHub shows the first ten of a level and step.
pub fn render(compared: &Compared<'_>, sources: &Sources) -> String {
    let told = Told::all(compared.findings);
    let counted = |one: &&Told<'_>| one.is_grave() && one.approved().is_none();
    let grave: Vec<&Told<'_>> = told.iter().filter(counted).collect();
    let facts: Vec<_> = grave.iter().map(|one| one.first().finding.fact).collect();
    let places = Places::of(sources, &facts);
    let mut text = String::new();
    for (one, place) in grave.into_iter().zip(places) {
        let level = match one.severity() {
            Severity::Breaking => "error",
            _ => "warning",
        };
        let mut properties = Vec::new();
        // What is gone has no place in the file that the reader has before them, but where it was.
        if let Some(place) = place.new {
            properties.push(format!("file={}", property(&place.file)));
            if let Some((line, column)) = place.start {
                properties.push(format!("line={line},col={column}"));
            }
        }
        let title = format!("{}: {}", one.severity(), one.rule().id);
        properties.push(format!("title={}", property(&title)));
        let message = message(one);
        text.push_str(&command(level, &properties, &message));
    }
    let mut lines = vec![format!("{}: {}", compared.title, compared.verdict.line())];
    let rest = &told[told.partition_point(Told::is_grave)..];
    lines.extend(Figures::of(rest).iter().map(Figures::line));
    match told.iter().filter(|one| one.approved().is_some()).count() {
        0 => {}
        approved => lines.push(format!("{} approved", words::plural(approved, "finding"))),
    }
    let lines: Vec<String> = lines.iter().map(|line| escape::text(line)).collect();
    let title = format!("title={}", property("What changed in the API"));
    text.push_str(&command("notice", &[title], &lines.join("\n")));
    text
}

fn message(one: &Told<'_>) -> String {
    let fact = one.first().finding.fact;
    let mut message = format!("{}: {}", words::subject(fact), one.rule().flags);
    if let Some(change) = words::change(fact) {
        message.extend([" (", &change, ")"]);
    }
    let why = words::sentence(one.rule().why);
    message.extend(["; ", &words::ways(one, str::to_owned), ". ", &why]);
    escape::text(&message)
}

/// A command in a line of its own.
fn command(level: &str, properties: &[String], message: &str) -> String {
    format!("::{level} {}::{}\n", properties.join(","), data(message))
}

/// A message: a line break would end it, and what follows could be another command.
fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// A property's value, which a colon or comma would end, too.
fn property(text: &str) -> String {
    let text = data(&escape::text(text));
    text.replace(':', "%3A").replace(',', "%2C")
}

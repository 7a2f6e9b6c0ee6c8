//! A comparison as one HTML page that needs nothing beside it: no script, no font, no image.

use askama::Template;
use shapewright_diff::Severity;

use crate::compared::Compared;
use crate::escape;
use crate::layout::lay_out;
use crate::sections::{Section, remark, renames, sections, status_word};
use crate::told::{Figures, Told, items};
use crate::words;

/// The columns of a tree.
const WIDTH: usize = 100;

/// The page. The template escapes for HTML whatever stands here; the fields have been made visible
/// before, so that nothing hides or turns text around.
#[derive(Template)]
#[template(path = "change.html")]
struct Page {
    title: String,
    methods: String,
    to: String,
    from: String,
    remark: Option<&'static str>,
    sending: &'static str,
    receiving: &'static str,
    rust: &'static str,
    figures: Vec<(usize, &'static str)>,
    grave: Vec<Row>,
    rest: Vec<Row>,
    sections: Vec<Block>,
    renames: Vec<String>,
    items: Vec<String>,
}

/// A row of a table of findings.
struct Row {
    severity: &'static str,
    approved: Option<String>,
    subject: String,
    flags: &'static str,
    why: &'static str,
    change: Option<String>,
    ways: String,
    rule: &'static str,
    path: String,
}

/// What changed in one operation, or beside them.
struct Block {
    anchor: String,
    title: String,
    status: Option<&'static str>,
    parts: Vec<(String, String)>,
}

/// The whole comparison.
pub fn render(compared: &Compared<'_>) -> String {
    let told = Told::all(compared.findings);
    let grave = told.partition_point(Told::is_grave);
    let way = |severity: Option<Severity>| severity.map_or("nothing", Severity::as_str);
    let visible = |text: &str| escape::text(text);
    let page = Page {
        title: visible(compared.title),
        methods: words::methods(compared.comparison),
        to: visible(&compared.to.title()),
        from: visible(&compared.from.title()),
        remark: remark(compared),
        sending: way(compared.verdict.wire.send),
        receiving: way(compared.verdict.wire.receive),
        rust: compared.verdict.rust.as_str(),
        figures: Figures::of(&told)
            .iter()
            .map(|one| (one.count, one.severity.as_str()))
            .collect(),
        grave: told[..grave].iter().map(row).collect(),
        rest: told[grave..].iter().map(row).collect(),
        sections: sections(compared.comparison)
            .iter()
            .enumerate()
            .map(|(at, one)| block(at, one))
            .collect(),
        renames: renames(compared.comparison)
            .iter()
            .map(|line| visible(line))
            .collect(),
        items: items(compared.findings).into_iter().map(visible).collect(),
    };
    // Rendering into memory cannot fail.
    page.render().unwrap_or_default()
}

fn row(one: &Told<'_>) -> Row {
    let fact = one.first().finding.fact;
    Row {
        severity: one.severity().as_str(),
        approved: one.approved().map(escape::text),
        subject: escape::text(&words::subject(fact)),
        flags: one.rule().flags,
        why: one.rule().why,
        change: words::change(fact).map(|change| escape::text(&change)),
        ways: escape::text(&words::ways(one, str::to_owned)),
        rule: one.rule().id,
        path: escape::text(&fact.path.to_string()),
    }
}

fn block(at: usize, section: &Section<'_>) -> Block {
    let is_plain = |c: char| c.is_ascii_alphanumeric();
    // A link to an operation goes on to lead there when others come and go before it.
    let anchor = if section.status.is_some() && section.title.chars().all(is_plain) {
        format!("operation-{}", section.title)
    } else {
        format!("section-{at}")
    };
    let parts = section.parts.iter();
    Block {
        anchor,
        title: escape::text(section.title),
        status: section.status.map(status_word),
        parts: parts
            .map(|part| (part.label.clone(), lay_out(&part.tree, WIDTH)))
            .collect(),
    }
}

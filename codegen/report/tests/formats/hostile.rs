//! What a model says never acts where a report is shown.

use pulldown_cmark::{Event, Options, Parser, Tag};
use serde_json::Value;

use crate::cases::{self, HOSTILE};
use crate::support::FORMS;
use crate::{schema, xml};

/// The tags that a Markdown report writes itself.
const TAGS: [&str; 7] = [
    "<details>",
    "</details>",
    "<summary>",
    "</summary>",
    "<code>",
    "</code>",
    "<br>",
];

/// Reads a report as a renderer would, and looks for what is no text.
#[track_caller]
pub(crate) fn nothing_acts_in_markdown(report: &str) {
    let mut in_code = false;
    for event in Parser::new_ext(report, Options::all()) {
        match event {
            Event::Start(Tag::CodeBlock(_)) => in_code = true,
            Event::End(pulldown_cmark::TagEnd::CodeBlock) => in_code = false,
            Event::Start(
                tag @ (Tag::Link { .. } | Tag::Image { .. } | Tag::FootnoteDefinition(_)),
            ) => panic!("{tag:?}"),
            Event::Start(Tag::Heading { level, .. }) => assert!(level as usize >= 2, "{level:?}"),
            Event::Html(html) | Event::InlineHtml(html) => nothing_acts_in_html(&html),
            // GitHub makes links of these in what is no code.
            Event::Text(text) if !in_code => {
                let acts = ["@", "#", "://", "www.", "GH-"];
                let acts: Vec<_> = acts.iter().filter(|one| text.contains(**one)).collect();
                assert!(acts.is_empty(), "{acts:?} in {text}");
            }
            _ => {}
        }
    }
}

/// Every tag is one of ours; what is code within may say what it will.
fn nothing_acts_in_html(html: &str) {
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        let tag = TAGS.iter().find(|tag| rest[at..].starts_with(**tag));
        let tag = tag.unwrap_or_else(|| panic!("{}", &rest[at..]));
        if *tag == "<code>" {
            let end = rest[at..].find("</code>").expect("code ends");
            assert!(!rest[at + tag.len()..at + end].contains('<'), "{html}");
        }
        rest = &rest[at + tag.len()..];
    }
}

#[test]
fn no_form_has_characters_that_act_or_hide() {
    let pair = cases::hostile();
    for form in FORMS {
        let report = pair.report(form);
        let acts = |c: char| {
            c.is_control() && c != '\n'
                || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{feff}')
        };
        let found: Vec<char> = report.chars().filter(|c| acts(*c)).collect();
        assert_eq!(found, [], "{form}");
        assert!(report.contains("octocat"), "{form} tells of the names");
    }
}

#[test]
fn nothing_acts_in_a_comment() {
    let report = cases::hostile().report("markdown");
    nothing_acts_in_markdown(&report);
    // The check finds what acts.
    for acts in ["see @octocat", "a <script>x</script>", "[a](b)", "fixes #1"] {
        let found = std::panic::catch_unwind(|| nothing_acts_in_markdown(acts));
        assert!(found.is_err(), "{acts}");
    }
}

#[test]
fn a_page_has_no_tag_but_its_own() {
    let page = cases::hostile().report("html");
    let tags = [
        "a", "body", "br", "caption", "code", "details", "head", "header", "h1", "h2", "h3", "h4",
        "html", "li", "main", "meta", "nav", "p", "pre", "section", "span", "style", "summary",
        "table", "tbody", "td", "th", "thead", "title", "tr", "ul",
    ];
    let page = page.strip_prefix("<!DOCTYPE html>").expect("a page");
    let mut open = Vec::new();
    for tag in page.split('<').skip(1) {
        let (tag, _) = tag.split_once('>').expect("a tag ends");
        let is_end = tag.starts_with('/');
        let name = tag.trim_start_matches('/').split(' ').next().unwrap();
        assert!(tags.contains(&name), "{tag}");
        for attribute in tag
            .split('"')
            .step_by(2)
            .skip(usize::from(!tag.contains('"')))
        {
            assert!(!attribute.trim_start().starts_with("on"), "{tag}");
        }
        if is_end {
            assert_eq!(open.pop(), Some(name), "{tag}");
        } else if !["meta", "br"].contains(&name) {
            open.push(name);
        }
    }
    assert!(open.is_empty(), "{open:?}");
    for from_outside in ["src=", "url(", "@import", "<link"] {
        let quoted = HOSTILE.iter().any(|one| one.contains(from_outside));
        assert!(quoted || !page.contains(from_outside), "{from_outside}");
    }
}

#[test]
fn a_workflow_sees_no_command_but_ours() {
    let report = cases::hostile().report("github");
    for line in report.lines() {
        let (command, _) = line[2..].split_once("::").expect("a command ends");
        let level = command.split(' ').next().unwrap();
        assert!(line.starts_with("::"), "{line}");
        assert!(["error", "warning", "notice"].contains(&level), "{line}");
        for property in command[level.len()..].split(',') {
            let (name, value) = property.trim().split_once('=').expect("a property");
            assert!(["file", "line", "col", "title"].contains(&name), "{line}");
            assert!(!value.contains([':', ',']), "{line}");
        }
    }
}

#[test]
fn xml_and_json_stay_what_they_are() {
    let pair = cases::hostile();
    xml::assert_well_formed(&pair.report("junit"));
    schema::assert_valid(&pair.report("json"));
    let sarif: Value = serde_json::from_str(&pair.report("sarif")).unwrap();
    assert_eq!(sarif["version"], "2.1.0");
}

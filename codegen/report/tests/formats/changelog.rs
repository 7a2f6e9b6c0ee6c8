//! The log of revisions in its forms.

use serde_json::Value;
use shapewright_report::log::{self, Content, Line};
use shapewright_report::style::Look;
use shapewright_report::{changelog, log_json};

use crate::cases;
use crate::hostile::nothing_acts_in_markdown;
use crate::support::Pair;

fn first() -> Line {
    Line {
        revision: "2020-01-01".to_owned(),
        release: "upstream 1.0".to_owned(),
        version: Some("1.0.0+2020-01-01".to_owned()),
        content: Content::First {
            operations: 4,
            shapes: 20,
            members: 40,
        },
        verdict: None,
    }
}

/// The revision that a change led to, and its section.
fn revision(pair: &Pair) -> (Line, String) {
    pair.with(|compared, _| {
        let line = Line {
            revision: "2020-02-02".to_owned(),
            release: "upstream 1.1".to_owned(),
            version: None,
            content: Content::Changes(compared.comparison.counts),
            verdict: Some(compared.verdict),
        };
        let section = changelog::section((&line, Some(compared)));
        (line, section)
    })
}

fn golden(name: &str, text: &str) {
    insta::with_settings!({prepend_module_to_snapshot => false, omit_expression => true}, {
        insta::assert_snapshot!(name, text);
    });
}

#[test]
fn a_changelog_tells_each_revision_in_words() {
    let pairs = [
        cases::added(),
        cases::removed(),
        cases::renamed(),
        cases::required(),
        cases::same(),
    ];
    let mut sections: Vec<String> = pairs.iter().map(|pair| revision(pair).1).collect();
    sections.push(changelog::section((&first(), None)));
    let text = changelog::render("Toy [Service]", &sections);
    nothing_acts_in_markdown(&text.replacen("# ", "## ", 1));
    golden("changelog", &text);
}

#[test]
fn nothing_acts_in_a_changelog() {
    nothing_acts_in_markdown(&revision(&cases::hostile()).1);
}

#[test]
fn a_line_has_the_word_for_how_grave_it_is() {
    let lines = [
        revision(&cases::required()).0,
        revision(&cases::added()).0,
        first(),
    ];
    golden(
        "log.text",
        &log::render(Some("toy"), &lines, &Look::default()),
    );
    let json = log_json::render(&[("toy".to_owned(), lines.to_vec())]);
    golden("log.json", &json);
    let json: Value = serde_json::from_str(&json).unwrap();
    let revisions = &json["services"][0]["revisions"];
    assert_eq!(revisions[0]["verdict"]["severity"], "breaking");
    assert_eq!(revisions[2]["verdict"], Value::Null);
}

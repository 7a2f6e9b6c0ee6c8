//! What is too much to read is counted, and the report says so.

use serde_json::json;
use shapewright_report::markdown;
use shapewright_report::style::Look;
use shapewright_report::text;

use crate::cases;
use crate::hostile::nothing_acts_in_markdown;
use crate::support::{Pair, at, toy};

/// What a comment may have.
pub(crate) const DEFAULT: usize = markdown::LIMIT;

/// A change of very many findings: members of many shapes went, of an operation each.
fn huge() -> Pair {
    let mut old = toy();
    let mut new = toy();
    for number in 0..600 {
        let shape = format!("Request{number}");
        for (json, members) in [(&mut old, 40), (&mut new, 1)] {
            let members = (0..members).map(|at| (format!("member{at}"), json!({"shape": "Size"})));
            let members: serde_json::Map<_, _> = members.collect();
            at(json, "/shapes")[&shape] = json!({"type": "structure", "members": members});
            at(json, "/operations")[format!("Operation{number}")] = json!({
                "name": format!("Operation{number}"),
                "http": {"method": "POST", "requestUri": format!("/{number}")},
                "input": {"shape": shape}, "output": {"shape": shape}});
        }
    }
    Pair::of(&old, &new)
}

#[test]
fn a_comment_keeps_to_its_limit_and_says_what_is_not_there() {
    let pair = huge();
    let mut lengths = Vec::new();
    for limit in [4_000, 10_000, 30_000, DEFAULT, 200_000] {
        let report = pair.with(|compared, _| markdown::render(compared, limit));
        assert!(report.len() <= limit, "{} of {limit}", report.len());
        assert!(report.contains("**Left out"), "{limit}");
        assert!(report.contains("`shapewright diff toy 2020-01-01 2020-02-02`"));
        assert!(report.contains("| **risk** | **breaking** | minor |"));
        nothing_acts_in_markdown(&report);
        lengths.push(report.len());
    }
    assert!(lengths.is_sorted(), "{lengths:?}");
    let whole = pair.with(|compared, _| markdown::render(compared, usize::MAX));
    assert!(!whole.contains("the details of"), "all is there");
}

#[test]
fn a_comment_on_hostile_names_keeps_to_its_limit() {
    for limit in [4_000, 20_000] {
        let pair = cases::hostile();
        let report = pair.with(|compared, _| markdown::render(compared, limit));
        assert!(report.len() <= limit, "{} of {limit}", report.len());
        nothing_acts_in_markdown(&report);
    }
}

#[test]
fn text_tells_the_gravest_and_counts_the_rest() {
    let report = huge().report("text");
    let told = report
        .lines()
        .filter(|line| line.starts_with("breaking"))
        .count();
    assert_eq!(told, 40);
    let counted = format!("and {} breaking: ", 600 * 39 - 40);
    assert!(report.contains(&counted), "{}", &report[..4_000]);
}

#[test]
fn text_ends_a_tree_that_nobody_would_read() {
    let pair = Pair::edited(|json| {
        let members = (0..300).map(|at| (format!("member{at}"), json!({"shape": "Size"})));
        let members: serde_json::Map<_, _> = members.collect();
        at(json, "/shapes")["Wide"] = json!({"type": "structure", "members": members});
        at(json, "/operations/Ping")["output"] = json!({"shape": "Wide"});
    });
    let report = pair.report("text");
    assert!(
        report.contains("\nand 100 more lines, which the HTML report has\n"),
        "{report}"
    );
}

#[test]
fn text_is_as_wide_as_it_is_told_and_coloured_if_it_is_asked_to() {
    let pair = cases::required();
    for width in [60, 80, 200] {
        let look = Look {
            width,
            colour: false,
        };
        let report = pair.with(|compared, _| text::render(compared, &look));
        let widest = report.lines().map(|line| line.chars().count()).max();
        assert!(widest <= Some(width), "{report}");
        assert!(!report.contains('\u{1b}'));
    }
    let look = Look {
        colour: true,
        ..Look::default()
    };
    let report = pair.with(|compared, _| text::render(compared, &look));
    assert!(report.contains("\u{1b}[1m\u{1b}[31mbreaking"), "{report:?}");
}

//! A comparison as JUnit XML, which most build servers show: a test case for what each rule flags at
//! a place, so that one that fails is known again in the next build.

use std::fmt::Write as _;

use shapewright_diff::Severity;

use crate::compared::Compared;
use crate::escape::markup;
use crate::told::Told;
use crate::words;

/// The whole comparison as one suite. What is at least as grave as `fails` is a failure, and what was
/// approved is skipped.
pub fn render(compared: &Compared<'_>, fails: Severity) -> String {
    let told = Told::all(compared.findings);
    let failed = |one: &&Told<'_>| one.approved().is_none() && one.severity() >= fails;
    let failures = told.iter().filter(failed).count();
    let skipped = told.iter().filter(|one| one.approved().is_some()).count();
    let suite = format!(
        "{}: {} compared with {}",
        compared.title,
        compared.to.title(),
        compared.from.title()
    );
    // Some servers take a suite without a case for one that did not run.
    let tests = told.len().max(1);
    let figures = format!("tests=\"{tests}\" failures=\"{failures}\" errors=\"0\"");
    let mut xml = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites {figures}>\n  \
         <testsuite name=\"{}\" {figures} skipped=\"{skipped}\">\n",
        markup(&suite)
    );
    if told.is_empty() {
        xml.push_str("    <testcase classname=\"comparison\" name=\"nothing changed\"/>\n");
    }
    for one in &told {
        case(&mut xml, one, failed(&one));
    }
    xml.push_str("  </testsuite>\n</testsuites>\n");
    xml
}

fn case(xml: &mut String, one: &Told<'_>, failed: bool) {
    let fact = one.first().finding.fact;
    let rule = one.rule();
    let mut message = rule.flags.to_owned();
    if let Some(change) = words::change(fact) {
        message.extend([" (", &change, ")"]);
    }
    let message = markup(&message);
    let class = markup(rule.id);
    let name = markup(&name(one));
    let _ = write!(xml, "    <testcase classname=\"{class}\" name=\"{name}\"");
    if let Some(reason) = one.approved() {
        let reason = markup(&format!("approved: {reason}"));
        let _ = writeln!(xml, "><skipped message=\"{reason}\"/></testcase>");
    } else if failed {
        let ways = markup(&words::ways(one, str::to_owned));
        let why = markup(rule.why);
        let _ = writeln!(
            xml,
            "><failure type=\"{}\" message=\"{message}\">{ways}: {why}</failure></testcase>",
            one.severity()
        );
    } else {
        let _ = writeln!(
            xml,
            "><system-out>{}: {message}</system-out></testcase>",
            one.severity()
        );
    }
}

/// The exact path, and the way where the rule is about one of both: two cases may not have one name.
fn name(one: &Told<'_>) -> String {
    let path = one.first().finding.fact.path.to_string();
    let ways: Vec<&str> = one
        .findings()
        .iter()
        .filter(|one| one.finding.direction.is_some())
        .map(|one| shapewright_diff::direction_word(one.finding.direction))
        .collect();
    if ways.is_empty() {
        path
    } else {
        format!("{path} ({})", ways.join(", "))
    }
}

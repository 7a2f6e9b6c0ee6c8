//! One golden file a change and form.

use crate::cases;
use crate::support::{FORMS, Pair};

fn golden(name: &str, pair: &Pair, forms: &[&str]) {
    for form in forms {
        let report = pair.report(form);
        // Ours changes with every release.
        let report = report.replace(env!("CARGO_PKG_VERSION"), "(version)");
        insta::with_settings!({prepend_module_to_snapshot => false, omit_expression => true}, {
            insta::assert_snapshot!(format!("{name}.{form}"), report);
        });
    }
}

#[test]
fn what_came() {
    golden("added", &cases::added(), &FORMS);
}

#[test]
fn what_went_and_is_partly_approved() {
    golden("removed", &cases::removed(), &FORMS);
}

#[test]
fn what_has_another_name() {
    let forms = ["text", "markdown", "github", "html"];
    golden("renamed", &cases::renamed(), &forms);
}

#[test]
fn what_is_required_and_bound() {
    let forms = ["text", "markdown", "sarif", "github", "junit"];
    golden("required", &cases::required(), &forms);
}

#[test]
fn nothing_at_all() {
    golden(
        "same",
        &cases::same(),
        &["text", "markdown", "github", "junit"],
    );
}

#[test]
fn hostile_names() {
    golden(
        "hostile",
        &cases::hostile(),
        &["text", "markdown", "github"],
    );
}

#[test]
fn every_form_is_the_same_for_the_same_input() {
    for form in FORMS {
        let report = || cases::removed().report(form);
        assert_eq!(report(), report(), "{form}");
    }
}

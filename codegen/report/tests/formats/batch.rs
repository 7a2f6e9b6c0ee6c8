//! Every transition of AWS Batch as text, and in every form well made.

use std::path::PathBuf;

use shapewright_model::c2j::FileKind;
use shapewright_report::places::SourceFile;

use crate::schema::assert_valid;
use crate::support::Pair;
use crate::{hostile, limits, xml};

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../api-spec/batch")
}

/// The names of the revisions, oldest first.
fn revisions() -> Vec<String> {
    let entries = std::fs::read_dir(folder()).unwrap();
    let entries = entries.map(|entry| entry.unwrap());
    let mut names: Vec<String> = entries
        .filter(|entry| entry.path().is_dir())
        .map(|entry| entry.file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

fn load(revision: &str) -> Vec<SourceFile> {
    let files = FileKind::ALL.into_iter().filter_map(|kind| {
        let path = folder().join(revision).join(kind.file_name());
        Some(SourceFile {
            kind,
            label: format!("api-spec/batch/{revision}/{}", kind.file_name()),
            bytes: std::fs::read(path).ok()?,
        })
    });
    files.collect()
}

/// Every revision but the first, each with the one before it.
pub(crate) fn transitions() -> impl Iterator<Item = (String, Pair)> {
    let names = revisions();
    (1..names.len()).map(move |at| {
        let pair = Pair {
            old: load(&names[at - 1]),
            new: load(&names[at]),
            approved: &[],
        };
        (names[at].clone(), pair)
    })
}

#[test]
fn every_transition_reads_as_it_did() {
    for (name, pair) in transitions() {
        insta::with_settings!({prepend_module_to_snapshot => false, omit_expression => true}, {
            insta::assert_snapshot!(format!("batch-{name}"), pair.report("text"));
        });
    }
}

#[test]
fn every_transition_is_well_made_in_every_form() {
    for (name, pair) in transitions() {
        assert_valid(&pair.report("json"));
        hostile::nothing_acts_in_markdown(&pair.report("markdown"));
        xml::assert_well_formed(&pair.report("junit"));
        let sarif: serde_json::Value = serde_json::from_str(&pair.report("sarif")).unwrap();
        let results = sarif["runs"][0]["results"].as_array().unwrap();
        for result in results {
            let region = &result["locations"][0]["physicalLocation"]["region"];
            assert!(region["startLine"].as_u64() >= Some(1), "{name}: {result}");
        }
        assert!(pair.report("markdown").len() <= limits::DEFAULT, "{name}");
    }
}

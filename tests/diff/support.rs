//! Models for the tests: a small one of our own, edited as JSON.

use serde_json::Value;
use shapewright_diff::{Comparison, Finding, Judgement, compare};
use shapewright_model::Model;
use shapewright_model::c2j::{FileKind, Prose, Source, read};
use shapewright_report::compared::{Compared, Side};
use shapewright_report::findings::{Reported, RustEffect, Verdict};
use shapewright_report::style::Look;
use shapewright_report::{json, text};

/// A service with one construct of each kind.
pub(crate) fn toy() -> Value {
    serde_json::from_str(include_str!("toy.json")).unwrap()
}

/// The files of a service as JSON.
#[derive(Clone)]
pub(crate) struct Files {
    pub(crate) service: Value,
    pub(crate) paginators: Option<Value>,
    pub(crate) waiters: Option<Value>,
    pub(crate) endpoint_rules: Option<Value>,
}

impl Files {
    pub(crate) fn toy() -> Self {
        Self {
            service: toy(),
            paginators: None,
            waiters: None,
            endpoint_rules: None,
        }
    }

    pub(crate) fn model(&self) -> Model {
        self.read().unwrap()
    }

    /// The model; none if the files make none.
    pub(crate) fn read(&self) -> Option<Model> {
        let files = [
            (FileKind::Service, Some(&self.service)),
            (FileKind::Paginators, self.paginators.as_ref()),
            (FileKind::Waiters, self.waiters.as_ref()),
            (FileKind::EndpointRules, self.endpoint_rules.as_ref()),
        ];
        let texts: Vec<(FileKind, String)> = files
            .into_iter()
            .filter_map(|(kind, json)| Some((kind, json?.to_string())))
            .collect();
        let sources: Vec<Source<'_>> = texts
            .iter()
            .map(|(kind, text)| Source {
                kind: *kind,
                name: kind.file_name(),
                bytes: text.as_bytes(),
            })
            .collect();
        Some(read(&sources, Prose::Keep).ok()?.model)
    }
}

/// A model from the text of its `service-2.json`; none if that is no model.
pub(crate) fn model(text: &str) -> Option<Model> {
    let source = Source {
        kind: FileKind::Service,
        name: "service-2.json",
        bytes: text.as_bytes(),
    };
    Some(read(&[source], Prose::Keep).ok()?.model)
}

/// The lists of which the order means nothing, by key, in either dialect.
const UNORDERED: [&str; 5] = ["enum", "errors", "operations", "required", "resources"];

/// The JSON with every object's keys, and every list of which the order means nothing, in an order
/// that the seed decides.
pub(crate) fn shuffled(json: &Value, seed: &mut u64, key: &str) -> String {
    let mut parts: Vec<String> = match json {
        Value::Object(entries) => entries
            .iter()
            .map(|(key, value)| {
                format!(
                    "{}:{}",
                    Value::from(key.as_str()),
                    shuffled(value, seed, key)
                )
            })
            .collect(),
        Value::Array(items) => items.iter().map(|item| shuffled(item, seed, "")).collect(),
        other => return other.to_string(),
    };
    if json.is_object() || UNORDERED.contains(&key) {
        for last in (1..parts.len()).rev() {
            // Knuth's generator will do to shuffle.
            *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            let other = usize::try_from(*seed >> 33).unwrap() % (last + 1);
            parts.swap(last, other);
        }
    }
    let parts = parts.join(",");
    if json.is_object() {
        format!("{{{parts}}}")
    } else {
        format!("[{parts}]")
    }
}

/// The JSON value at a pointer, to be edited.
pub(crate) fn at<'v>(json: &'v mut Value, pointer: &str) -> &'v mut Value {
    json.pointer_mut(pointer)
        .unwrap_or_else(|| panic!("nothing at {pointer}"))
}

/// What an edit of the toy's files changes, as text and JSON in one.
pub(crate) fn report(edit: impl FnOnce(&mut Files)) -> String {
    let old = Files::toy();
    let mut new = old.clone();
    edit(&mut new);
    report_on(&old, &new)
}

/// What differs between two states of files, as text and JSON in one.
pub(crate) fn report_on(old: &Files, new: &Files) -> String {
    let (old, new) = (old.model(), new.model());
    let comparison = compare(&old, &new);
    rendered(&new, &comparison)
}

/// A finding as reports have it, without what it does to Rust.
fn reported(finding: Finding<'_>) -> Reported<'_> {
    Reported {
        finding,
        rust: RustEffect::None,
        items: Vec::new(),
        approved: None,
    }
}

pub(crate) fn rendered(new: &Model, comparison: &Comparison) -> String {
    let side = |name: &str, release: &str| Side::Revision {
        name: name.to_owned(),
        project: "upstream".to_owned(),
        release: release.to_owned(),
        version: None,
    };
    let findings = Judgement::default().of(comparison).into_iter();
    let findings: Vec<Reported<'_>> = findings.map(reported).collect();
    let compared = Compared {
        service: Some("toy"),
        title: new.title(),
        from: &side("2020-01-01", "1.0"),
        to: &side("2020-02-02", "1.1"),
        comparison,
        findings: &findings,
        verdict: Verdict::of(&findings, RustEffect::None),
    };
    let text = text::render(&compared, &Look::default());
    let json = json::render(&compared);
    format!("{text}\n{}\n\n{json}", "-".repeat(80))
}

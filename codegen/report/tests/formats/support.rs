//! Two states of a small model, and every form of the report on what differs.

use serde_json::Value;
use shapewright_diff::{Judgement, compare};
use shapewright_model::Model;
use shapewright_model::c2j::{FileKind, Prose, Source, read};
use shapewright_report::compared::{Compared, Side};
use shapewright_report::findings::{Reported, RustEffect, Verdict};
use shapewright_report::places::{SourceFile, Sources};
use shapewright_report::style::Look;
use shapewright_report::{github, html, json, junit, markdown, sarif, text};

/// The small model that the tests of comparisons use, too.
pub(crate) fn toy() -> Value {
    serde_json::from_str(include_str!("../../../../tests/diff/toy.json")).unwrap()
}

/// The JSON value at a pointer, to be edited.
pub(crate) fn at<'v>(json: &'v mut Value, pointer: &str) -> &'v mut Value {
    json.pointer_mut(pointer)
        .unwrap_or_else(|| panic!("nothing at {pointer}"))
}

/// Two states of a service.
pub(crate) struct Pair {
    pub(crate) old: Vec<SourceFile>,
    pub(crate) new: Vec<SourceFile>,
    /// The rules whose findings are approved.
    pub(crate) approved: &'static [&'static str],
}

impl Pair {
    /// Of two JSON values.
    pub(crate) fn of(old: &Value, new: &Value) -> Self {
        let file = |label: &str, json: &Value| {
            let bytes = serde_json::to_vec_pretty(json).unwrap();
            vec![SourceFile {
                kind: FileKind::Service,
                label: label.to_owned(),
                bytes,
            }]
        };
        Self {
            old: file("api-spec/toy/2020-01-01/service-2.json", old),
            new: file("api-spec/toy/2020-02-02/service-2.json", new),
            approved: &[],
        }
    }

    /// What an edit of the toy changes.
    pub(crate) fn edited(edit: impl FnOnce(&mut Value)) -> Self {
        let mut new = toy();
        edit(&mut new);
        Self::of(&toy(), &new)
    }

    /// What a report renders of it.
    pub(crate) fn with<R>(&self, render: impl FnOnce(&Compared<'_>, &Sources) -> R) -> R {
        let (old, new) = (model(&self.old), model(&self.new));
        let comparison = compare(&old, &new);
        let findings = Judgement::default().of(&comparison).into_iter();
        let findings: Vec<Reported<'_>> = findings
            .map(|finding| Reported {
                rust: RustEffect::Minor,
                items: vec![format!("`{}` differs", finding.fact.path)],
                approved: self
                    .approved
                    .contains(&finding.rule.id)
                    .then(|| "nobody | calls it\nany more".to_owned()),
                finding,
            })
            .collect();
        let side = |name: &str, release: &str| Side::Revision {
            name: name.to_owned(),
            project: "upstream".to_owned(),
            release: release.to_owned(),
            version: Some(format!("{release}.0")),
        };
        let compared = Compared {
            service: Some("toy"),
            title: new.title(),
            from: &side("2020-01-01", "1.0"),
            to: &side("2020-02-02", "1.1"),
            comparison: &comparison,
            findings: &findings,
            verdict: Verdict::of(&findings, RustEffect::Minor),
        };
        let sources = Sources {
            old: self.old.clone(),
            new: self.new.clone(),
        };
        render(&compared, &sources)
    }

    /// The report in a form.
    pub(crate) fn report(&self, form: &str) -> String {
        self.with(|compared, sources| match form {
            "text" => text::render(compared, &Look::default()),
            "markdown" => markdown::render(compared, markdown::LIMIT),
            "json" => json::render(compared),
            "sarif" => sarif::render(compared, sources),
            "github" => github::render(compared, sources),
            "junit" => junit::render(compared, shapewright_diff::Severity::Breaking),
            "html" => html::render(compared),
            other => panic!("no form {other}"),
        })
    }
}

/// The model of some files.
pub(crate) fn model(files: &[SourceFile]) -> Model {
    let sources: Vec<Source<'_>> = files
        .iter()
        .map(|file| Source {
            kind: file.kind,
            name: &file.label,
            bytes: &file.bytes,
        })
        .collect();
    read(&sources, Prose::Keep).unwrap().model
}

/// Every form.
pub(crate) const FORMS: [&str; 7] = [
    "text", "markdown", "json", "sarif", "github", "junit", "html",
];

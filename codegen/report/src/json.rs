//! A comparison as JSON for programs: one object whose form `schema` names.

use std::io;

use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};
use serde_json::Value;
use serde_json::ser::{Formatter, PrettyFormatter};
use shapewright_diff::{OperationChange, Severity, Tree, Wire, direction_word};
use shapewright_model::TraitName;

use crate::compared::{Compared, Side};
use crate::escape;
use crate::findings::{Reported, Verdict};
use crate::sections::status_word;

/// The form of the object. It grows by keys; a key that goes or changes makes it another form.
const SCHEMA: u32 = 1;

/// The whole comparison. The order of keys is fixed, so that two reports can be compared as texts.
pub fn render(compared: &Compared<'_>) -> String {
    let report = Report {
        schema: SCHEMA,
        service: compared.service,
        from: SideView::of(compared.from),
        to: SideView::of(compared.to),
        verdict: VerdictView::of(compared.verdict),
        operations: compared.comparison.operations.iter().map(View).collect(),
        findings: compared.findings.iter().map(FindingView::of).collect(),
        version: Versions::of(compared),
    };
    write(&report)
}

/// JSON as every report here writes it: indented, and what would act on a terminal escaped.
pub(crate) fn write(report: &impl Serialize) -> String {
    let mut bytes = Vec::new();
    let mut serializer = serde_json::Serializer::with_formatter(&mut bytes, Safe::default());
    // Writing to memory cannot fail, nor can the types of reports.
    let _ = report.serialize(&mut serializer);
    bytes.push(b'\n');
    String::from_utf8(bytes).unwrap_or_default()
}

#[derive(serde::Serialize)]
struct Report<'a> {
    schema: u32,
    service: Option<&'a str>,
    from: SideView<'a>,
    to: SideView<'a>,
    verdict: VerdictView,
    operations: Vec<View<&'a OperationChange>>,
    findings: Vec<FindingView<'a>>,
    version: Option<Versions<'a>>,
}

/// The versions of both crates.
#[derive(serde::Serialize)]
struct Versions<'a> {
    from: &'a str,
    to: &'a str,
}

impl<'a> Versions<'a> {
    /// None unless both are known.
    fn of(compared: &Compared<'a>) -> Option<Self> {
        Some(Self {
            from: compared.from.version()?,
            to: compared.to.version()?,
        })
    }
}

#[derive(serde::Serialize)]
pub(crate) struct VerdictView {
    severity: Option<&'static str>,
    wire: WireView,
    rust: &'static str,
}

impl VerdictView {
    pub(crate) fn of(verdict: Verdict) -> Self {
        let Verdict { wire, worst, rust } = verdict;
        Self {
            severity: worst.map(Severity::as_str),
            wire: WireView::of(wire),
            rust: rust.as_str(),
        }
    }
}

#[derive(serde::Serialize)]
struct WireView {
    send: Option<&'static str>,
    receive: Option<&'static str>,
}

impl WireView {
    fn of(wire: Wire) -> Self {
        Self {
            send: wire.send.map(Severity::as_str),
            receive: wire.receive.map(Severity::as_str),
        }
    }
}

#[derive(serde::Serialize)]
struct SideView<'a> {
    revision: Option<&'a str>,
    upstream: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<&'a str>,
}

impl<'a> SideView<'a> {
    fn of(side: &'a Side) -> Self {
        match side {
            Side::Revision { name, release, .. } => Self {
                revision: Some(name),
                upstream: Some(release),
                file: None,
            },
            Side::File(path) => Self {
                revision: None,
                upstream: None,
                file: Some(path),
            },
        }
    }
}

#[derive(serde::Serialize)]
struct FindingView<'a> {
    /// The rule.
    id: &'static str,
    /// The kind of the fact that it judges.
    fact: &'static str,
    path: String,
    /// Where the old side has it, if a thing of another name stood there.
    #[serde(rename = "oldPath", skip_serializing_if = "Option::is_none")]
    old_path: Option<String>,
    direction: &'static str,
    severity: &'static str,
    wire: WireView,
    rust: &'static str,
    #[serde(rename = "rustItems", skip_serializing_if = "<[String]>::is_empty")]
    items: &'a [String],
    /// Whether only words for people differ.
    documentation: bool,
    #[serde(rename = "trait", skip_serializing_if = "Option::is_none")]
    trait_name: Option<&'a str>,
    operations: &'a [String],
    old: Option<&'a Value>,
    new: Option<&'a Value>,
    fingerprint: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    approved: Option<&'a str>,
}

impl<'a> FindingView<'a> {
    fn of(one: &'a Reported<'a>) -> Self {
        let finding = &one.finding;
        let fact = finding.fact;
        Self {
            id: finding.rule.id,
            fact: fact.id(),
            path: fact.path.to_string(),
            old_path: fact.old_path.as_ref().map(ToString::to_string),
            direction: direction_word(finding.direction),
            severity: finding.severity.as_str(),
            wire: WireView::of(finding.wire),
            rust: one.rust.as_str(),
            items: &one.items,
            documentation: fact.documentation,
            trait_name: fact.kind.trait_name().map(TraitName::as_str),
            operations: &finding.operations,
            old: fact.old.as_ref(),
            new: fact.new.as_ref(),
            fingerprint: &finding.fingerprint,
            approved: one.approved.as_deref(),
        }
    }
}

/// What the libraries give, as JSON.
struct View<T>(T);

impl Serialize for View<&OperationChange> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let change = self.0;
        let status = status_word(change.status);
        let mut object = serializer.serialize_map(None)?;
        object.serialize_entry("name", &change.name)?;
        object.serialize_entry("status", status)?;
        object.serialize_entry("request", &change.request.as_ref().map(View))?;
        object.serialize_entry("response", &change.response.as_ref().map(View))?;
        object.serialize_entry("errors", &change.errors.as_ref().map(View))?;
        object.serialize_entry("operation", &change.operation.as_ref().map(View))?;
        object.end()
    }
}

impl Serialize for View<&Tree> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Tree::Null => serializer.serialize_unit(),
            Tree::Plain(value) => value.serialize(serializer),
            Tree::Text(text) => serializer.serialize_str(text),
            Tree::List(items) => {
                let mut list = serializer.serialize_seq(Some(items.len()))?;
                for item in &**items {
                    list.serialize_element(&View(item))?;
                }
                list.end()
            }
            Tree::Object(entries) => {
                let mut object = serializer.serialize_map(Some(entries.len()))?;
                for (key, value) in &**entries {
                    object.serialize_entry(key, &View(value))?;
                }
                object.end()
            }
        }
    }
}

/// Indented JSON that is safe to show on a terminal.
#[derive(Default)]
struct Safe<'a>(PrettyFormatter<'a>);

impl Formatter for Safe<'_> {
    fn write_string_fragment<W: ?Sized + io::Write>(
        &mut self,
        writer: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        for (plain, escape) in escape::json_fragments(fragment) {
            writer.write_all(plain.as_bytes())?;
            writer.write_all(escape.as_bytes())?;
        }
        Ok(())
    }

    fn begin_array<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.begin_array(writer)
    }

    fn end_array<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_array(writer)
    }

    fn begin_array_value<W: ?Sized + io::Write>(
        &mut self,
        writer: &mut W,
        first: bool,
    ) -> io::Result<()> {
        self.0.begin_array_value(writer, first)
    }

    fn end_array_value<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_array_value(writer)
    }

    fn begin_object<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.begin_object(writer)
    }

    fn end_object<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_object(writer)
    }

    fn begin_object_key<W: ?Sized + io::Write>(
        &mut self,
        writer: &mut W,
        first: bool,
    ) -> io::Result<()> {
        self.0.begin_object_key(writer, first)
    }

    fn begin_object_value<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.begin_object_value(writer)
    }

    fn end_object_value<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_object_value(writer)
    }
}

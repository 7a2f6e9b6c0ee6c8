//! `approvals.toml`: findings that someone has accepted, and severities that stand in place of the
//! rules' own.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, anyhow, bail, ensure};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use shapewright_diff::{Severity, direction_word, rules};
use shapewright_report::findings::Reported;

use crate::output::{self, Files, Mode};

/// The file's name in the spec folder.
pub(crate) const FILE_NAME: &str = "approvals.toml";

const HEADER: &str = "\
# What may differ: findings that were accepted, each with a reason, and other severities of rules.
# `shapewright diff … --approve FINGERPRINT --reason WORDS` adds an entry; edit as you like.
#
# [severity]
# \"constraint-loosened\" = \"safe\"    # a rule, or the parent of several (see `shapewright rules`)
";

/// What a user has decided.
pub(crate) struct Approvals {
    path: PathBuf,
    /// By the id of a rule or of a parent.
    pub(crate) severities: BTreeMap<String, Severity>,
    approved: Vec<Approval>,
}

/// The file.
#[derive(Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    severity: BTreeMap<String, String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    approved: Vec<Approval>,
}

/// A finding that was accepted.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Approval {
    fingerprint: String,
    /// The service; without it, it holds for any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    service: Option<String>,
    /// The rule, path and direction: for people, and for the message once it is stale.
    #[serde(default)]
    rule: String,
    #[serde(default)]
    path: String,
    #[serde(default)]
    direction: String,
    reason: String,
    /// The last day on which it holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    expires: Option<Date>,
}

impl Approvals {
    /// The decisions in a file; none if it is the default one and is not there.
    pub(crate) fn load(path: &Path, must_exist: bool) -> Result<Self> {
        let text = match std::fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound && !must_exist => {
                String::new()
            }
            Err(error) => return Err(error).with_context(|| path.display().to_string()),
        };
        Self::parse(path.to_path_buf(), &text)
            .with_context(|| format!("{} is wrong", path.display()))
    }

    fn parse(path: PathBuf, text: &str) -> Result<Self> {
        let File { severity, approved } = toml::from_str(text)?;
        let mut severities = BTreeMap::new();
        for (id, word) in severity {
            check_rule(&id)?;
            let severity: Severity = word.parse().map_err(|error: String| anyhow!("{error}"))?;
            severities.insert(id, severity);
        }
        for approval in &approved {
            ensure!(
                !approval.reason.trim().is_empty(),
                "the approval of {} gives no reason",
                approval.fingerprint.escape_debug()
            );
        }
        Ok(Self {
            path,
            severities,
            approved,
        })
    }

    /// Marks what was accepted. Gives back what to tell of approvals that do not hold: those that
    /// have expired, and those that match nothing.
    pub(crate) fn apply(
        &self,
        service: Option<&str>,
        findings: &mut [Reported<'_>],
        today: Date,
    ) -> Vec<String> {
        let mut notes = Vec::new();
        for approval in &self.approved {
            let foreign = approval.service.is_some() && approval.service.as_deref() != service;
            if foreign {
                continue;
            }
            let matching = findings
                .iter_mut()
                .find(|one| one.finding.fingerprint == approval.fingerprint);
            let note = match (matching, approval.expires) {
                (Some(_), Some(day)) if day < today => format!("expired on {day}"),
                (Some(one), _) => {
                    one.approved = Some(approval.reason.clone());
                    continue;
                }
                (None, _) => "matches nothing here; remove it if it has served".to_owned(),
            };
            let Approval {
                fingerprint,
                rule,
                path,
                ..
            } = approval;
            let file = self.path.display();
            notes.push(format!("{file}: {fingerprint} ({rule} at {path}) {note}"));
        }
        notes
    }

    /// Adds entries for findings that have none, and writes the file.
    pub(crate) fn add(
        &self,
        service: Option<&str>,
        findings: &[&Reported<'_>],
        reason: &str,
        expires: Option<Date>,
    ) -> Result<()> {
        let known: BTreeSet<&str> = self
            .approved
            .iter()
            .map(|approval| approval.fingerprint.as_str())
            .collect();
        let approved: Vec<Approval> = findings
            .iter()
            .filter(|one| !known.contains(one.finding.fingerprint.as_str()))
            .map(|one| Approval {
                fingerprint: one.finding.fingerprint.clone(),
                service: service.map(str::to_owned),
                rule: one.finding.rule.id.to_owned(),
                path: one.finding.fact.path.to_string(),
                direction: direction_word(one.finding.direction).to_owned(),
                reason: reason.to_owned(),
                expires,
            })
            .collect();
        if approved.is_empty() {
            return Ok(());
        }
        // What stands there already stays as it is, comments included.
        let mut text = match std::fs::read_to_string(&self.path) {
            Ok(text) => text,
            Err(_) => HEADER.to_owned(),
        };
        if !text.ends_with('\n') {
            text.push('\n');
        }
        let added = File {
            approved,
            ..File::default()
        };
        text.push('\n');
        text.push_str(&toml::to_string(&added)?);
        let folder = self.path.parent().unwrap_or(Path::new(""));
        let name = self.path.file_name().context("a file is needed")?;
        let files = Files::from([(name.to_string_lossy().into_owned(), text.into_bytes())]);
        output::sync(folder, &files, &|_, _| false, Mode::Write)?;
        Ok(())
    }
}

/// Refuses the id of no rule and of no parent of one.
fn check_rule(id: &str) -> Result<()> {
    let mut known = rules::all().flat_map(|(_, rule)| rule.lineage());
    if known.any(|known| known == id) {
        return Ok(());
    }
    bail!(
        "there is no rule `{}`; `shapewright rules` lists them",
        id.escape_debug()
    )
}

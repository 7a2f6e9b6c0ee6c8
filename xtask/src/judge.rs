//! From a comparison to what a report shows: findings as the rules and the user judge them, and
//! what they do to Rust.

use std::collections::{BTreeMap, BTreeSet};
use std::process::ExitCode;

use anyhow::{Result, bail};
use shapewright_diff::{Comparison, Judgement, Severity};
use shapewright_model::Model;
use shapewright_report::findings::{Reported, RustEffect, Verdict};

/// What of a comparison counts, and from where on a command fails.
#[derive(clap::Args, Default)]
pub(crate) struct Judging {
    /// Only what these operations send and receive counts, such as `submit_job,DescribeJobs`
    #[arg(long, value_delimiter = ',', value_name = "OPERATIONS")]
    pub(crate) operations: Vec<String>,
    /// End with exit code 1 if a finding is at least so grave; what was approved does not count
    #[arg(long, value_enum, value_name = "LEVEL")]
    pub(crate) fail_on: Option<FailOn>,
    /// Another order of members and of values is a finding too
    #[arg(long)]
    pub(crate) order: bool,
}

/// From where on a command fails.
#[derive(Clone, Copy, clap::ValueEnum)]
pub(crate) enum FailOn {
    /// What worked stops working on the wire.
    Breaking,
    /// The same, or it depends or cannot be told.
    Risk,
    /// Anything differs, be it words.
    Any,
}

impl FailOn {
    const fn least(self) -> Severity {
        match self {
            Self::Breaking => Severity::Breaking,
            Self::Risk => Severity::Risk,
            Self::Any => Severity::Docs,
        }
    }
}

impl Judging {
    /// Compares two models as the user asked for.
    pub(crate) fn compare(&self, old: &Model, new: &Model) -> Comparison {
        shapewright_diff::compare_with(old, new, self.order)
    }

    /// The exit code of a command that found this.
    pub(crate) fn exit_code(&self, verdict: &Verdict) -> ExitCode {
        let fails = self
            .fail_on
            .is_some_and(|fail_on| verdict.worst >= Some(fail_on.least()));
        ExitCode::from(u8::from(fails))
    }

    /// From where on a report that passes or fails things lets them fail.
    pub(crate) fn fails_from(&self) -> Severity {
        self.fail_on.unwrap_or(FailOn::Breaking).least()
    }

    /// The keys of the operations that were named, in either case style.
    ///
    /// # Errors
    /// If neither model has one of them.
    pub(crate) fn operations(&self, models: [&Model; 2]) -> Result<Option<BTreeSet<String>>> {
        if self.operations.is_empty() {
            return Ok(None);
        }
        let mut keys = BTreeSet::new();
        for name in &self.operations {
            let operations = models.iter().flat_map(|model| &model.operations);
            let mut found = operations.filter(|operation| is_same(&operation.key, name));
            match found.next() {
                Some(operation) => keys.insert(operation.key.clone()),
                None => bail!("there is no operation `{}`", name.escape_debug()),
            };
        }
        Ok(Some(keys))
    }
}

/// Whether a user means this operation, whatever the case style: `submit_job` is `SubmitJob`.
fn is_same(key: &str, named: &str) -> bool {
    let plain = |name: &str| -> String {
        let letters = name.chars().filter(|c| !matches!(c, '_' | '-'));
        letters.flat_map(char::to_lowercase).collect()
    };
    plain(key) == plain(named)
}

/// The findings of a comparison, and the verdict on them.
pub(crate) fn judge<'c>(
    comparison: &'c Comparison,
    severities: BTreeMap<String, Severity>,
    operations: Option<BTreeSet<String>>,
) -> (Vec<Reported<'c>>, Verdict) {
    let judgement = Judgement {
        severities,
        operations,
    };
    let findings = judgement.of(comparison).into_iter();
    let findings: Vec<Reported<'_>> = findings
        .map(|finding| Reported {
            finding,
            rust: RustEffect::None,
            items: Vec::new(),
            approved: None,
        })
        .collect();
    let verdict = Verdict::of(&findings, RustEffect::None);
    (findings, verdict)
}

#[cfg(test)]
mod tests {
    use super::is_same;

    #[test]
    fn operations_are_named_in_either_case_style() {
        for name in ["SubmitJob", "submit_job", "submit-job", "submitJob"] {
            assert!(is_same("SubmitJob", name), "{name}");
        }
        assert!(!is_same("SubmitJob", "submit_jobs"));
    }
}

//! From a comparison to what a report shows: findings as the rules and the user judge them, and
//! what they do to Rust.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Result, bail, ensure};
use jiff::Zoned;
use jiff::civil::Date;
use shapewright_diff::{Comparison, Judgement, Severity};
use shapewright_model::{Model, Thing};
use shapewright_report::findings::{Reported, Verdict};
use shapewright_report::problem::visible;

use crate::approvals::{self, Approvals};
use crate::context::Context;
use crate::effects::Effects;
use crate::things;

/// What of a comparison counts, and from where on a command fails.
#[derive(clap::Args, Default)]
pub(crate) struct Judging {
    /// Only what these operations send and receive counts, such as `submit_job,DescribeJobs`
    #[arg(long, value_delimiter = ',', value_name = "OPERATIONS")]
    operations: Vec<String>,
    /// End with exit code 1 if a finding is at least so grave; what was approved does not count
    #[arg(long, value_enum, value_name = "LEVEL")]
    fail_on: Option<FailOn>,
    /// Another order of members and of values is a finding too
    #[arg(long)]
    order: bool,
    /// What was accepted before, and other severities; without it `approvals.toml` of the spec
    /// folder
    #[arg(long, value_name = "FILE")]
    approvals: Option<PathBuf>,
    /// Accept this finding from now on, by the fingerprint that the JSON report gives; `all` for
    /// every finding that is breaking or a risk
    #[arg(long, value_name = "FINGERPRINT", requires = "reason")]
    approve: Vec<String>,
    /// Why it is accepted
    #[arg(long, value_name = "WORDS", requires = "approve")]
    reason: Option<String>,
    /// The last day on which it is
    #[arg(long, value_name = "YYYY-MM-DD", requires = "approve")]
    expires: Option<Date>,
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

    /// Whether a verdict is at least so grave.
    pub(crate) fn fails(self, verdict: Verdict) -> bool {
        verdict.worst >= Some(self.least())
    }
}

/// A comparison, judged.
pub(crate) struct Judged<'c> {
    pub(crate) findings: Vec<Reported<'c>>,
    pub(crate) verdict: Verdict,
    /// What to tell of approvals that do not hold.
    notes: Vec<String>,
}

impl Judged<'_> {
    /// Tells on stderr which approvals do not hold.
    pub(crate) fn note(&self) {
        for note in &self.notes {
            eprintln!("note: {}", visible(note));
        }
    }
}

impl Judging {
    /// From where on the command fails, if the user says so.
    pub(crate) fn fail_on(&self) -> Option<FailOn> {
        self.fail_on
    }

    /// Compares two models as the user asked for.
    pub(crate) fn compare(&self, old: &Model, new: &Model) -> Result<Comparison> {
        let operations = self.operations([old, new])?;
        let comparison = shapewright_diff::compare_with(old, new, self.order);
        Ok(match operations {
            Some(operations) => comparison.narrowed(&operations),
            None => comparison,
        })
    }

    /// The findings of a comparison, and the verdict on them. Accepts those that the user asked
    /// for.
    pub(crate) fn judge<'c>(
        &self,
        context: &Context,
        service: Option<&str>,
        comparison: &'c Comparison,
        effects: &Effects,
    ) -> Result<Judged<'c>> {
        let approvals = self.load(context)?;
        let judgement = Judgement {
            severities: approvals.severities.clone(),
        };
        let mut findings = reported(&judgement, comparison, effects);
        self.accept(&approvals, service, &mut findings)?;
        let notes = approvals.apply(service, &mut findings, Zoned::now().date());
        let counted = findings.iter().filter(|one| one.approved.is_none());
        let rust = if counted.clone().count() == findings.len() && self.operations.is_empty() {
            effects.worst()
        } else {
            // What was accepted or left out does not count in Rust either.
            counted.map(|one| one.rust).max().unwrap_or_default()
        };
        let verdict = Verdict::of(&findings, rust);
        Ok(Judged {
            findings,
            verdict,
            notes,
        })
    }

    /// The exit code of a command that found this.
    pub(crate) fn exit_code(&self, verdict: Verdict) -> ExitCode {
        let fails = self.fail_on.is_some_and(|level| level.fails(verdict));
        ExitCode::from(u8::from(fails))
    }

    fn load(&self, context: &Context) -> Result<Approvals> {
        match &self.approvals {
            // A file that is about to be made need not be there.
            Some(path) => Approvals::load(path, self.approve.is_empty()),
            None => Approvals::load(&context.spec_folder().join(approvals::FILE_NAME), false),
        }
    }

    fn accept(
        &self,
        approvals: &Approvals,
        service: Option<&str>,
        findings: &mut [Reported<'_>],
    ) -> Result<()> {
        let Some(reason) = &self.reason else {
            return Ok(());
        };
        let all = self.approve.iter().any(|one| one == "all");
        let wanted = |one: &Reported<'_>| {
            let grave = all && one.severity() >= Severity::Risk;
            grave || self.approve.contains(&one.finding.fingerprint)
        };
        for fingerprint in self.approve.iter().filter(|one| *one != "all") {
            let mut known = findings.iter();
            ensure!(
                known.any(|one| one.finding.fingerprint == *fingerprint),
                "no finding has the fingerprint `{}`; `--format json` gives those of all",
                fingerprint.escape_debug()
            );
        }
        let accepted: Vec<&Reported<'_>> = findings.iter().filter(|one| wanted(one)).collect();
        approvals.add(service, &accepted, reason, self.expires)?;
        for one in findings.iter_mut() {
            if wanted(one) {
                one.approved = Some(reason.clone());
            }
        }
        Ok(())
    }

    /// From where on a report that passes or fails things lets them fail.
    pub(crate) fn fails_from(&self) -> Severity {
        self.fail_on.unwrap_or(FailOn::Breaking).least()
    }

    /// The keys of the operations that were named, in either case style.
    ///
    /// # Errors
    /// If neither model has one of them.
    fn operations(&self, models: [&Model; 2]) -> Result<Option<BTreeSet<String>>> {
        if self.operations.is_empty() {
            return Ok(None);
        }
        let mut keys = BTreeSet::new();
        for name in &self.operations {
            let found = models.iter().find_map(|model| Thing::find(model, name));
            match found {
                Some(Thing::Operation(key)) => keys.insert(key.to_owned()),
                Some(_) => bail!("`{}` is no operation", name.escape_debug()),
                None => return Err(things::unknown(models[1], name, "neither side")),
            };
        }
        Ok(Some(keys))
    }
}

/// The findings of a comparison by the rules alone.
pub(crate) fn by_the_rules<'c>(comparison: &'c Comparison, effects: &Effects) -> Judged<'c> {
    let findings = reported(&Judgement::default(), comparison, effects);
    let verdict = Verdict::of(&findings, effects.worst());
    Judged {
        findings,
        verdict,
        notes: Vec::new(),
    }
}

/// The findings, each with what it does to Rust; nothing is accepted yet.
fn reported<'c>(
    judgement: &Judgement,
    comparison: &'c Comparison,
    effects: &Effects,
) -> Vec<Reported<'c>> {
    let findings = judgement.of(comparison).into_iter();
    let reported = findings.map(|finding| {
        let (rust, items) = effects.of_fact(finding.fact);
        Reported {
            finding,
            rust,
            items,
            approved: None,
        }
    });
    reported.collect()
}

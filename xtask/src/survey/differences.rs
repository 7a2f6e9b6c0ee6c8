//! What differs between two sources, or from revision to revision of a clone's whole history.
//!
//! A comparison is dropped once it is counted: memory is that of a few models for each thread.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Result, bail};
use indicatif::ProgressBar;
use rayon::prelude::*;
use shapewright_diff::{self as diff, Comparison, compare};
use shapewright_model::c2j::{Prose, Reading, Source};
use shapewright_model::{Model, Problem, Series, Severity, read_pair};

use crate::problems::{self, Input, Problems};
use crate::source::{self, Address, Found, FoundFile, Hints, Histories};
use crate::terminal;

/// What is counted of comparisons, in the order of the table.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Column {
    /// Revisions that differ from the one before in a fact that is more than words.
    Revisions,
    OperationsNew,
    OperationsUpdated,
    OperationsRemoved,
    /// Facts that are more than words.
    Facts,
    /// Facts that are words alone.
    Words,
    /// Revisions that break something on the wire.
    Breaking,
    /// Revisions that break nothing, but are a risk.
    Risk,
}

impl Column {
    pub(super) const ALL: [Self; 8] = [
        Self::Revisions,
        Self::OperationsNew,
        Self::OperationsUpdated,
        Self::OperationsRemoved,
        Self::Facts,
        Self::Words,
        Self::Breaking,
        Self::Risk,
    ];

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Revisions => "revisions",
            Self::OperationsNew => "new",
            Self::OperationsUpdated => "updated",
            Self::OperationsRemoved => "removed",
            Self::Facts => "facts",
            Self::Words => "words",
            Self::Breaking => "breaking",
            Self::Risk => "risk",
        }
    }

    /// What a comparison counts for, of which this is the gravest fact.
    fn count(self, comparison: &Comparison, worst: Option<diff::Severity>) -> usize {
        let counts = &comparison.counts;
        match self {
            Self::Revisions => usize::from(!comparison.is_documentation_only()),
            Self::OperationsNew => counts.operations.added,
            Self::OperationsUpdated => counts.operations_updated,
            Self::OperationsRemoved => counts.operations.removed,
            Self::Facts => comparison.facts.len() - counts.documentation,
            Self::Words => counts.documentation,
            Self::Breaking => usize::from(worst == Some(diff::Severity::Breaking)),
            Self::Risk => usize::from(worst == Some(diff::Severity::Risk)),
        }
    }
}

/// The counts of some comparisons.
pub(super) type Counts = BTreeMap<Column, u64>;

/// The sum of any number of comparisons. Sums of sums are the same in whatever order they are made.
#[derive(Default)]
pub(super) struct Differences {
    /// The models that differ, each with its counts.
    pub(super) models: BTreeMap<Address, Counts>,
    /// How many pairs were looked at.
    pub(super) pairs: u64,
    /// How many of them are the same, byte for byte.
    pub(super) same: u64,
    /// The models that only the newer source has.
    pub(super) came: Vec<Address>,
    /// The models that only the older source has.
    pub(super) went: Vec<Address>,
    /// What cannot be read, and so not be compared: the first error of each.
    pub(super) unreadable: BTreeMap<Address, String>,
}

impl Differences {
    fn of_same() -> Self {
        Self {
            pairs: 1,
            same: 1,
            ..Self::default()
        }
    }

    fn of_unreadable(address: &Address, problems: &[Problem]) -> Self {
        let is_error = |problem: &&Problem| problem.severity() == Severity::Error;
        let first = problems.iter().find(is_error);
        let first = first.map(ToString::to_string).unwrap_or_default();
        Self {
            unreadable: BTreeMap::from([(address.clone(), first)]),
            ..Self::default()
        }
    }

    /// Compares two models of an address, and adds what differs.
    fn add(&mut self, address: &Address, old: &Model, new: &Model) {
        self.pairs += 1;
        let comparison = compare(old, new);
        if comparison.is_empty() {
            return;
        }
        let worst = comparison.facts.iter().map(diff::severity_of).max();
        let counts = self.models.entry(address.clone()).or_default();
        for column in Column::ALL {
            *counts.entry(column).or_default() += column.count(&comparison, worst) as u64;
        }
    }

    fn and(mut self, other: Self) -> Self {
        self.pairs += other.pairs;
        self.same += other.same;
        for (address, counts) in other.models {
            let sum = self.models.entry(address).or_default();
            for (column, count) in counts {
                *sum.entry(column).or_default() += count;
            }
        }
        for (address, first) in other.unreadable {
            // Whichever comes first in order: the same one, however the work was shared out.
            let known = self.unreadable.entry(address).or_insert(first.clone());
            if first < *known {
                *known = first;
            }
        }
        self
    }

    /// The counts of all models together.
    pub(super) fn total(&self) -> Counts {
        let mut total = Counts::new();
        for (column, count) in self.models.values().flatten() {
            *total.entry(*column).or_default() += count;
        }
        total
    }
}

/// Compares two sources that are a release each, or the history of one that is a clone.
pub(super) fn survey(sources: &[PathBuf], hints: &Hints) -> Result<(Differences, Instant)> {
    let start = Instant::now();
    let differences = match sources {
        [clone] if source::is_history(clone) => of_history(clone, hints),
        [old, new] if !source::is_history(old) && !source::is_history(new) => {
            of_releases([old, new], hints)
        }
        _ => bail!(
            "--diff is for two sources that are a single release each, such as two wheels, or for \
             one git clone, of which each revision is compared with the one before"
        ),
    };
    Ok((differences?, start))
}

fn of_releases(sources: [&Path; 2], hints: &Hints) -> Result<Differences> {
    let pairs = source::pairs(sources, hints)?;
    let progress = progress(pairs.count, sources[1]);
    // One thread at a time reads the next pair, so that no more are at hand than there are threads.
    let differences = pairs
        .each
        .par_bridge()
        .map(|pair| {
            let (address, found) = pair?;
            progress.inc(1);
            of_pair(&address, found)
        })
        .try_reduce(Differences::default, |one, other| Ok(one.and(other)))?;
    progress.finish_and_clear();
    Ok(Differences {
        came: pairs.came,
        went: pairs.went,
        ..differences
    })
}

fn of_pair(address: &Address, found: Option<[Found; 2]>) -> Result<Differences> {
    let Some([old, new]) = found else {
        return Ok(Differences::of_same());
    };
    let mut differences = Differences::default();
    if let Some([old, new]) = at_a_glance([&old.files, &new.files]) {
        differences.add(address, &old.model, &new.model);
        return Ok(differences);
    }
    // What one of them lacks is no reason to be silent about the other.
    let [old, new] = [whole(old.files)?, whole(new.files)?]
        .map(|files| problems::read_with(&files?, Prose::Skip));
    match (old, new) {
        (Ok(old), Ok(new)) => differences.add(address, &old.model, &new.model),
        (Err(problems), _) | (_, Err(problems)) => {
            differences = Differences::of_unreadable(address, &problems);
        }
    }
    Ok(differences)
}

/// What two models have that differ, if neither their files nor the extras are unusual.
fn at_a_glance(files: [&[FoundFile]; 2]) -> Option<[Reading; 2]> {
    let [old, new] = files.map(|files| {
        let spliced = files.iter().map(|file| Some((file, file.spliced()?)));
        spliced.collect::<Option<Vec<_>>>()
    });
    let (old, new) = (old?, new?);
    let [old, new] = [&old, &new].map(|files| -> Vec<Source<'_>> {
        let sources = files.iter().map(|(file, bytes)| Source {
            kind: file.kind,
            name: &file.label,
            bytes,
        });
        sources.collect()
    });
    let [old, new] = read_pair([&old, &new], Prose::Skip);
    Some([old.ok()?, new.ok()?])
}

fn of_history(clone: &Path, hints: &Hints) -> Result<Differences> {
    let histories = Histories::of(clone, &hints.services)?;
    let steps = histories.runs.iter().map(source::Run::steps).sum();
    let progress = progress(steps, clone);
    let runs = histories.runs.par_iter().with_max_len(1);
    let differences = runs
        .map(|run| {
            let mut differences = Differences::default();
            let mut series = Series::new(Prose::Skip);
            let mut before: Option<Model> = None;
            histories.read(run, |file| {
                let whole = file.whole().map(|(file, _)| vec![file]);
                match told(whole.and_then(|files| problems::read_next(&mut series, files)))? {
                    Ok(Reading { model, .. }) => {
                        if let Some(before) = &before {
                            differences.add(&run.address, before, &model);
                            progress.inc(1);
                        }
                        before = Some(model);
                    }
                    // What follows is compared with the last that could be read.
                    Err(problems) => {
                        let unreadable = Differences::of_unreadable(&run.address, &problems);
                        differences = std::mem::take(&mut differences).and(unreadable);
                    }
                }
                Ok(())
            })?;
            anyhow::Ok(differences)
        })
        .try_reduce(Differences::default, |one, other| Ok(one.and(other)))?;
    progress.finish_and_clear();
    Ok(differences)
}

fn progress(steps: usize, source: &Path) -> ProgressBar {
    let progress = terminal::progress(steps);
    progress.set_message(source.display().to_string());
    progress
}

/// The files of a model, extras merged in. The inner error is what is wrong with them, the outer one
/// with the machine.
fn whole(files: Vec<FoundFile>) -> Result<Result<Vec<Input>, Vec<Problem>>> {
    let whole = files.into_iter().map(|file| Ok(file.whole()?.0));
    told(whole.collect())
}

/// Tells what is wrong with a model from what is wrong with the machine.
fn told<T>(outcome: Result<T>) -> Result<Result<T, Vec<Problem>>> {
    match outcome {
        Ok(one) => Ok(Ok(one)),
        Err(error) => Ok(Err(error.downcast::<Problems>()?.problems)),
    }
}

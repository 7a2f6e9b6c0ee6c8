//! What is kept of the models that went by.

use std::collections::{BTreeMap, BTreeSet};

use shapewright_model::{Code, Severity};

use super::phases::{Column, Outcome};

/// The sum of any number of models. Sums of sums are the same in whatever order they are made.
#[derive(Default)]
pub(super) struct Tally {
    pub(super) models: u64,
    pub(super) services: BTreeSet<String>,
    pub(super) counts: BTreeMap<Column, u64>,
    /// By code.
    pub(super) problems: BTreeMap<&'static str, Sort>,
    /// Problems as text, by the number of the model.
    rendered: BTreeMap<usize, String>,
}

/// All problems of one code.
pub(super) struct Sort {
    pub(super) severity: Severity,
    pub(super) count: u64,
    /// The number of the first model that has it.
    number: usize,
    /// The first of them, in one line.
    pub(super) example: String,
}

impl Tally {
    /// One model, which is this one of the source.
    pub(super) fn of(number: usize, outcome: Outcome) -> Self {
        let mut tally = Self {
            models: 1,
            services: BTreeSet::from([outcome.service]),
            counts: outcome.counts,
            ..Self::default()
        };
        for problem in outcome.problems {
            let code: Code = problem.code;
            let sort = tally.problems.entry(code.as_str());
            let sort = sort.or_insert_with(|| Sort {
                severity: code.severity(),
                count: 0,
                number,
                example: format!("{} {}", problem.file, problem.path),
            });
            sort.count += 1;
        }
        if !outcome.rendered.is_empty() {
            tally.rendered.insert(number, outcome.rendered);
        }
        tally
    }

    pub(super) fn and(mut self, other: Self) -> Self {
        self.models += other.models;
        self.services.extend(other.services);
        self.rendered.extend(other.rendered);
        for (column, count) in other.counts {
            *self.counts.entry(column).or_default() += count;
        }
        for (code, sort) in other.problems {
            match self.problems.get_mut(code) {
                Some(known) => {
                    known.count += sort.count;
                    if sort.number < known.number {
                        known.number = sort.number;
                        known.example = sort.example;
                    }
                }
                None => {
                    self.problems.insert(code, sort);
                }
            }
        }
        self
    }

    /// The problems as text, in the order of the source.
    pub(super) fn take_rendered(&mut self) -> impl Iterator<Item = String> + use<> {
        std::mem::take(&mut self.rendered).into_values()
    }
}

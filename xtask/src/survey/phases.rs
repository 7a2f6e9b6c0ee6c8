//! What is done with each model: one function a phase, which adds its counts and its problems.
//!
//! A phase more is a function here, its columns in [`Column`], and its place in [`run`].

use std::collections::BTreeMap;

use anyhow::{Error, Result};
use shapewright_model::c2j::Prose;
use shapewright_model::{Model, Problem, ShapeKind};

use super::crates::Crates;
use crate::problems::{self, Input, Problems};
use crate::source::{Address, Found};

/// A model as it came.
pub(super) struct Subject {
    pub(super) address: Address,
    pub(super) found: Found,
}

/// What is asked for beside reading.
#[derive(Clone, Copy)]
pub(super) struct Wanted<'a> {
    /// The problems as text.
    pub(super) rendered: bool,
    /// A crate of each model.
    pub(super) crates: Option<&'a Crates>,
}

/// What is counted, in the order of the table.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Column {
    Operations,
    Shapes,
    Structures,
    Members,
    Bytes,
    /// Of the crates.
    Files,
    Lines,
}

impl Column {
    /// What reading counts.
    pub(super) const OF_MODELS: [Self; 5] = [
        Self::Operations,
        Self::Shapes,
        Self::Structures,
        Self::Members,
        Self::Bytes,
    ];

    /// What generating counts.
    pub(super) const OF_CRATES: [Self; 2] = [Self::Files, Self::Lines];

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Operations => "operations",
            Self::Shapes => "shapes",
            Self::Structures => "structures",
            Self::Members => "members",
            Self::Bytes => "bytes",
            Self::Files => "files",
            Self::Lines => "lines",
        }
    }
}

/// What the phases have found out about a model.
pub(super) struct Outcome {
    pub(super) service: String,
    pub(super) counts: BTreeMap<Column, u64>,
    pub(super) problems: Vec<Problem>,
    /// The problems as text, each with its line of the file; only if that is asked for.
    pub(super) rendered: String,
}

impl Outcome {
    fn count(&mut self, column: Column, number: usize) {
        *self.counts.entry(column).or_default() += number as u64;
    }

    fn note(&mut self, problems: Vec<Problem>, files: &[Input], render: bool) {
        if render {
            self.rendered.push_str(&problems::render(&problems, files));
        }
        self.problems.extend(problems);
    }
}

/// Takes a model through all phases. A later one is skipped where an earlier one has failed.
///
/// # Errors
/// What is no problem of the model, but of the machine.
pub(super) fn run(subject: Subject, wanted: Wanted<'_>) -> Result<Outcome> {
    let Subject { address, found } = subject;
    let mut outcome = Outcome {
        service: address.service.clone(),
        counts: BTreeMap::new(),
        problems: Vec::new(),
        rendered: String::new(),
    };
    let model = read(found, &mut outcome, wanted.rendered)?;
    if let (Some(model), Some(crates)) = (model, wanted.crates) {
        let size = crates.write(&address, &model)?;
        outcome.count(Column::Files, size.files);
        outcome.count(Column::Lines, size.lines);
    }
    Ok(outcome)
}

/// Reads the files of a model, extras merged in. Gives the model, if it is one.
fn read(found: Found, outcome: &mut Outcome, render: bool) -> Result<Option<Model>> {
    let mut files = Vec::new();
    for file in found.files {
        let extras = file.extras.as_ref().map_or(0, |extras| extras.bytes.len());
        outcome.count(Column::Bytes, file.bytes.len() + extras);
        match file.whole() {
            Ok((file, warnings)) => {
                outcome.note(warnings, &[], render);
                files.push(file);
            }
            Err(error) => return fail(error, outcome, render),
        }
    }
    let reading = match problems::read_with(&files, Prose::Skip) {
        Ok(reading) => reading,
        Err(problems) => {
            outcome.note(problems, &files, render);
            return Ok(None);
        }
    };
    outcome.note(reading.warnings, &files, render);
    let model = reading.model;
    let members = model.shapes().map(|(_, shape)| match &shape.kind {
        ShapeKind::Structure(members) | ShapeKind::Union(members) => members.len(),
        _ => 0,
    });
    outcome.count(Column::Members, members.sum());
    outcome.count(Column::Shapes, model.shapes().count());
    let structures = model
        .shapes()
        .filter(|(_, shape)| matches!(shape.kind, ShapeKind::Structure(_) | ShapeKind::Union(_)));
    outcome.count(Column::Structures, structures.count());
    outcome.count(Column::Operations, model.operations.len());
    Ok(Some(model))
}

/// Takes note of the problems in an error; any other error is given back.
fn fail(error: Error, outcome: &mut Outcome, render: bool) -> Result<Option<Model>> {
    let Problems { problems, files } = error.downcast()?;
    outcome.note(problems, &files, render);
    Ok(None)
}

//! The revisions of every model of a clone, one model after the other, each from its oldest on.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use anyhow::{Context as _, Result};

use super::objects::Objects;
use super::{history, model_file, service_of};
use crate::source::{Address, FoundFile};

/// How many revisions stand in one run: few enough that the longest history does not keep one thread
/// busy when all others are done.
const RUN: usize = 64;

/// The histories of all models of a clone.
pub(crate) struct Histories {
    /// The histories in runs, model by model.
    pub(crate) runs: Vec<Run>,
    path: PathBuf,
    /// Those that nobody reads from at the moment.
    idle: Mutex<Vec<Objects>>,
}

/// Some revisions of one model in a row. The first of them is the last of the run before, if there
/// is one.
pub(crate) struct Run {
    /// Whose revisions they are.
    pub(crate) address: Address,
    /// Object and path of each.
    blobs: Vec<(String, String)>,
}

impl Run {
    /// How many revisions follow another one.
    pub(crate) fn steps(&self) -> usize {
        self.blobs.len() - 1
    }
}

impl Histories {
    /// Lists every distinct `service-2.json` that any commit of a clone has brought; nothing is read.
    pub(crate) fn of(path: &Path, services: &[String]) -> Result<Self> {
        let label = || format!("cannot use {}", path.display());
        history::check_whole(path).with_context(label)?;
        let mut models: BTreeMap<Address, Vec<(String, String)>> = BTreeMap::new();
        // The newest come first.
        for (object, path) in history::blobs(path)?.into_iter().rev() {
            let service = service_of(&path).to_owned();
            if services.is_empty() || services.contains(&service) {
                let api_version = path.split('/').rev().nth(1).map(str::to_owned);
                let address = Address {
                    service,
                    api_version,
                };
                models.entry(address).or_default().push((object, path));
            }
        }
        let runs = models.into_iter().flat_map(|(address, blobs)| {
            let last = blobs.len() - 1;
            let starts = (0..last.max(1)).step_by(RUN);
            let runs = starts.map(|start| Run {
                address: address.clone(),
                blobs: blobs[start..=(start + RUN).min(last)].to_vec(),
            });
            runs.collect::<Vec<_>>()
        });
        Ok(Self {
            runs: runs.collect(),
            path: path.to_path_buf(),
            idle: Mutex::default(),
        })
    }

    /// Reads the revisions of a run, one after the other.
    pub(crate) fn read(
        &self,
        run: &Run,
        mut each: impl FnMut(FoundFile) -> Result<()>,
    ) -> Result<()> {
        let idle = || self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        let known = idle().pop();
        let mut objects = known.map_or_else(|| Objects::of(&self.path), Ok)?;
        let label = self.path.display().to_string();
        for (object, path) in &run.blobs {
            each(model_file(&mut objects, &label, object, path)?)?;
        }
        idle().push(objects);
        Ok(())
    }
}

//! The witnesses of major changes, as the compiler sees them.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use anyhow::Result;

use super::cargo;
use super::crates::{Crates, Side};
use super::transitions::Transition;
use crate::output::Files;

/// What came of the witness of a major change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// It compiles with the older crate, and not with the newer.
    Holds,
    /// No program can be written for the change.
    Absent,
    /// It does not compile with the older crate.
    BrokenBefore,
    /// It compiles with the newer crate, too.
    CompilesAfter,
}

/// The outcome of each major change of a transition.
pub(super) fn check(transition: &Transition, crates: &Crates) -> Result<Vec<Outcome>> {
    let programs = transition.majors.iter().enumerate();
    let programs: BTreeMap<String, &str> = programs
        .filter_map(|(at, (_, program))| Some((name(at), program.as_deref()?)))
        .collect();
    let [old, new] = &transition.sides;
    let before = broken(old, &programs, crates)?;
    let after = broken(new, &programs, crates)?;
    let outcomes = transition
        .majors
        .iter()
        .enumerate()
        .map(|(at, (_, program))| {
            let name = name(at);
            if program.is_none() {
                Outcome::Absent
            } else if before.contains(&name) {
                Outcome::BrokenBefore
            } else if after.contains(&name) {
                Outcome::Holds
            } else {
                Outcome::CompilesAfter
            }
        });
    Ok(outcomes.collect())
}

fn name(at: usize) -> String {
    format!("witness_{at}")
}

/// The programs that do not compile on a side. All are checked at once; what does not compile is
/// taken out and the rest checked again, since the compiler looks at types only once it has found
/// all names.
fn broken(
    side: &Side,
    programs: &BTreeMap<String, &str>,
    crates: &Crates,
) -> Result<BTreeSet<String>> {
    let mut broken = BTreeSet::new();
    loop {
        let rest = programs.iter().filter(|(name, _)| !broken.contains(*name));
        let mut library = "#![allow(warnings)]\n".to_owned();
        let mut files = Files::new();
        for (name, program) in rest {
            let _ = writeln!(library, "mod {name};");
            files.insert(format!("src/{name}.rs"), program.as_bytes().to_vec());
        }
        if files.is_empty() {
            return Ok(broken);
        }
        files.insert("src/lib.rs".to_owned(), library.into_bytes());
        let folder = crates.program(side, &files)?;
        let found = cargo::broken_modules(&folder, &crates.target())?;
        if found.is_empty() {
            return Ok(broken);
        }
        broken.extend(found);
    }
}

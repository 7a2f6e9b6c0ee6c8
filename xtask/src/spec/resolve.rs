//! Which revision a user means: a revision's name, a day, or an upstream release.

use anyhow::{Result, anyhow, bail};
use jiff::civil::Date;

use super::{History, Version};

/// The place among the revisions of what a user named: a revision by its name, or, for a day or a
/// release, the revision then in force.
///
/// # Errors
/// If it is none of them, or lies before the first or after the last release of the index: what
/// was in force then is not known.
pub(crate) fn resolve(history: &History, text: &str) -> Result<usize> {
    if let Some(at) = history
        .revisions
        .iter()
        .position(|revision| revision.name == text)
    {
        return Ok(at);
    }
    let (first, last) = history
        .range()
        .ok_or_else(|| anyhow!("there is no revision"))?;
    let service = &history.service;
    let outside = |side: &str| {
        anyhow!(
            "{text} is {side} what is imported of {service}: {} ({}) to {} ({}); \
             `import` the release to have it",
            first.date,
            first.version,
            last.date,
            last.version
        )
    };
    let in_force = |is_reached: &dyn Fn(usize) -> bool| {
        (0..history.revisions.len())
            .rev()
            .find(|at| is_reached(*at))
    };
    let (found, is_after) = if let Ok(version) = text.parse::<Version>() {
        let found = in_force(&|at| history.revisions[at].first().version <= version);
        (found, version > last.version)
    } else if let Ok(date) = text.parse::<Date>() {
        let found = in_force(&|at| history.revisions[at].first().date <= date);
        (found, date > last.date)
    } else {
        bail!(
            "`{}` names no revision of {service}: give a day such as {}, a revision's name as \
             `log` lists them, or an upstream release such as {}",
            text.escape_debug(),
            last.date,
            last.version
        );
    };
    if is_after {
        return Err(outside("after"));
    }
    found.ok_or_else(|| outside("before"))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::resolve;
    use crate::spec::{History, Release, Revision};

    fn history() -> History {
        let revision = |name: &str, releases: &[(&str, &str)]| Revision {
            name: name.to_owned(),
            facts: String::new(),
            releases: releases
                .iter()
                .map(|(version, date)| Release {
                    version: version.parse().unwrap(),
                    date: date.parse().unwrap(),
                    changed: Vec::new(),
                    reworded: Vec::new(),
                    partial: false,
                    sha256: BTreeMap::new(),
                    facts: BTreeMap::new(),
                })
                .collect(),
        };
        History {
            service: "toy".to_owned(),
            upstream: "botocore".to_owned(),
            revisions: vec![
                revision("2017-04-11", &[("1.5.39", "2017-04-11")]),
                revision("2017-08-14", &[("1.6.1", "2017-08-14")]),
                revision(
                    "2017-08-14.2",
                    &[("1.6.2", "2017-08-14"), ("1.10.0", "2018-01-02")],
                ),
            ],
        }
    }

    #[test]
    fn a_name_means_that_revision() {
        assert_eq!(resolve(&history(), "2017-08-14").unwrap(), 1);
        assert_eq!(resolve(&history(), "2017-08-14.2").unwrap(), 2);
    }

    #[test]
    fn a_day_or_release_means_the_revision_then_in_force() {
        for (text, expected) in [
            ("2017-08-13", 0),
            ("2017-08-15", 2),
            ("2018-01-02", 2),
            ("1.5.39", 0),
            ("1.5.100", 0),
            ("1.6.1", 1),
            ("1.9.3", 2),
            ("1.10", 2),
        ] {
            assert_eq!(resolve(&history(), text).unwrap(), expected, "{text}");
        }
    }

    #[test]
    fn outside_what_is_imported_is_an_error_that_names_the_range() {
        for (text, side) in [
            ("2017-04-10", "before"),
            ("1.5.38", "before"),
            ("2018-01-03", "after"),
            ("1.10.1", "after"),
        ] {
            let error = resolve(&history(), text).unwrap_err().to_string();
            assert!(error.contains(side), "{error}");
            assert!(
                error.contains("2017-04-11 (1.5.39) to 2018-01-02 (1.10.0)"),
                "{error}"
            );
        }
    }

    #[test]
    fn anything_else_is_an_error_that_shows_what_can_be_named() {
        let error = resolve(&history(), "yesterday").unwrap_err().to_string();
        assert!(error.contains("2018-01-02"), "{error}");
        assert!(resolve(&history(), "2017-08-14.3").is_err());
    }
}

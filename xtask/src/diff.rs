//! `diff`: what changed between two revisions of a service, or between two models on disk.

use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context as _, Result, bail, ensure};
use shapewright_model::c2j::{FileKind, Prose};
use shapewright_model::{Model, Problem};
use shapewright_report::compared::{Compared, Side};
use shapewright_report::places::{SourceFile, Sources};
use shapewright_rust::Ledger;
use shapewright_rust::versions::Versions;

use crate::context::Context;
use crate::effects::Effects;
use crate::judge::Judging;
use crate::problems::{self, Input};
use crate::report::Form;
use crate::source::{self, limits};
use crate::spec::{Record, ServiceSpec};

const EXAMPLES: &str = "\
FROM and TO are days or upstream releases; each means the revision then in force. Without FROM
it is the newest change that is told, without TO the newest revision that is compared with.

Examples:
  cargo xtask diff batch                          what the newest revision changed
  cargo xtask diff batch 2017-04-11 2017-08-14    what changed between two days
  cargo xtask diff batch 1.5.39 1.6.1             the same by upstream releases
  cargo xtask diff batch 2024-01-01               what changed since a day
  cargo xtask diff old/service-2.json new/service-2.json.gz
                                                  two models that were never imported
  cargo xtask diff old/batch/2016-08-10 new/batch/2016-08-10
                                                  the same with paginators, waiters, endpoint rules
  cargo xtask diff service-2.json batch.json      the same, one of them a Smithy JSON AST
  cargo xtask diff v1:api/service-2.json api/service-2.json
                                                  a file of a commit, and the same as it is now
  cargo xtask diff batch --format json            the same for programs, with exact paths
  cargo xtask diff batch --format markdown        the same for a comment on a pull request
  cargo xtask diff batch --fail-on breaking --operations submit_job,describe_jobs
                                                  a gate for who calls these two operations

How to read it: names lead down to what changed. What was added shows its type; every other
change is a key that starts with `$`: $removed, $type, $required, $enum, $max and so on.";

/// Tell what changed between two revisions: which operations, in the request or in the response.
#[derive(clap::Args)]
#[command(
    after_help = EXAMPLES,
    override_usage = "shapewright diff [OPTIONS] SERVICE [FROM [TO]]\n       \
                      shapewright diff [OPTIONS] OLD.json NEW.json"
)]
pub(crate) struct Arguments {
    /// The service, or the old model: a file, or a folder with its files.
    #[arg(value_name = "SERVICE|OLD.json")]
    subject: String,
    /// The revision to start from, or the new model.
    #[arg(value_name = "FROM|NEW.json")]
    from: Option<String>,
    /// The revision to end with.
    to: Option<String>,
    #[command(flatten)]
    form: Form,
    #[command(flatten)]
    judging: Judging,
}

/// What is compared.
struct Sides {
    service: Option<String>,
    from: (Side, Model),
    to: (Side, Model),
    /// The names that the crate has; none for files.
    ledger: Ledger,
    /// The files of both, for reports that show places in them.
    sources: Sources,
}

pub(crate) fn run(arguments: &Arguments, context: &Context) -> Result<ExitCode> {
    let Arguments {
        subject, from, to, ..
    } = arguments;
    let sides = match (from.as_deref(), to) {
        (Some(new), None) if is_file(subject) || is_file(new) => files(subject, new)?,
        _ if is_file(subject) => bail!("to compare files, name two: `diff OLD.json NEW.json`"),
        (from, to) => {
            let service = context.spec()?.service(subject)?;
            revisions(&service, from, to.as_deref(), arguments.form.shows_places())?
        }
    };
    let (old, new) = (&sides.from.1, &sides.to.1);
    let comparison = arguments.judging.compare(old, new)?;
    let effects = Effects::of(old, new, sides.ledger);
    let service = sides.service.as_deref();
    let judged = arguments
        .judging
        .judge(context, service, &comparison, &effects)?;
    // Whoever only looks at some revisions does not ask whether others still need an approval.
    if arguments.judging.fail_on().is_some() {
        judged.note();
    }
    let compared = Compared {
        service,
        title: new.title(),
        from: &sides.from.0,
        to: &sides.to.0,
        comparison: &comparison,
        findings: &judged.findings,
        verdict: judged.verdict,
    };
    let least = arguments.judging.fails_from();
    context.print(&arguments.form.render(&compared, &sides.sources, least))?;
    Ok(arguments.judging.exit_code(judged.verdict))
}

/// Whether an argument means a file. No service and no revision has a slash or such an ending.
fn is_file(argument: &str) -> bool {
    let path = Path::new(argument);
    let ends = |end: &str| {
        path.extension()
            .is_some_and(|own| own.eq_ignore_ascii_case(end))
    };
    argument.contains(['/', '\\']) || ends("json") || ends("gz")
}

fn files(old: &str, new: &str) -> Result<Sides> {
    let (from, old_sources) = model(old)?;
    let (to, new_sources) = model(new)?;
    Ok(Sides {
        service: None,
        from: (Side::File(old.to_owned()), from),
        to: (Side::File(new.to_owned()), to),
        ledger: Ledger::default(),
        sources: Sources {
            old: old_sources,
            new: new_sources,
        },
    })
}

/// A model: a folder of its own with all its files, or a file by itself, on disk or of a commit
/// (`REV:PATH`), as what stands beside that may be anyone's.
fn model(path: &str) -> Result<(Model, Vec<SourceFile>)> {
    let mut inputs = Vec::new();
    if Path::new(path).is_dir() {
        for file in source::of_folder(Path::new(path))? {
            let (input, warnings) = file.whole()?;
            warn(&warnings);
            inputs.push(input);
        }
    } else {
        inputs.push(Input {
            kind: FileKind::Service,
            name: path.to_owned(),
            bytes: bytes(path)?,
        });
    }
    let sources = inputs.iter().map(|input| SourceFile {
        kind: input.kind,
        label: input.name.clone(),
        bytes: input.bytes.clone(),
    });
    let sources = sources.collect();
    let reading = problems::read(inputs, Prose::Keep)?;
    warn(&reading.warnings);
    Ok((reading.model, sources))
}

fn warn(warnings: &[Problem]) {
    for warning in warnings {
        eprintln!("{warning}");
    }
}

fn bytes(path: &str) -> Result<Vec<u8>> {
    let on_disk = Path::new(path);
    if !on_disk.exists() && path.contains(':') {
        let found = source::file_at(path).with_context(|| format!("cannot read {path}"))?;
        return found.with_context(|| format!("git knows no file {path}"));
    }
    limits::read_file(on_disk)
}

fn revisions(
    service: &ServiceSpec,
    from: Option<&str>,
    to: Option<&str>,
    places: bool,
) -> Result<Sides> {
    let newest = service.history.revisions.len() - 1;
    let to = to.map_or(Ok(newest), |to| service.resolve(to))?;
    let from = if let Some(from) = from {
        service.resolve(from)?
    } else {
        ensure!(
            newest > 0,
            "{} has one revision only, {}; import another one to compare with",
            service.name,
            service.history.revisions[newest].name
        );
        newest - 1
    };
    let (old, new) = rayon::join(
        || service.load(from, Prose::Skip),
        || service.load(to, Prose::Skip),
    );
    // Most reports show no places, and need no file a second time.
    let sources = if places {
        Sources {
            old: stored(service, from)?,
            new: stored(service, to)?,
        }
    } else {
        Sources::default()
    };
    let record = Record::load(&service.folder)?;
    Ok(Sides {
        service: Some(service.name.clone()),
        from: (side(service, from, &record.versions), old?),
        to: (side(service, to, &record.versions), new?),
        ledger: record.names,
        sources,
    })
}

/// The files of a revision.
fn stored(service: &ServiceSpec, index: usize) -> Result<Vec<SourceFile>> {
    let files = service.files(index)?.into_iter();
    let sources = files.map(|file| SourceFile {
        kind: file.kind,
        label: file.name,
        bytes: file.bytes,
    });
    Ok(sources.collect())
}

/// A revision as the side of a report.
pub(crate) fn side(service: &ServiceSpec, index: usize, versions: &Versions) -> Side {
    let revision = &service.history.revisions[index];
    let given = versions.of(&revision.name);
    Side::Revision {
        name: revision.name.clone(),
        project: service.history.upstream.clone(),
        release: revision.first().version.to_string(),
        version: given.map(|given| given.version.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::is_file;

    #[test]
    fn files_are_told_from_services_and_revisions() {
        for file in ["a.json", "service-2.json.gz", "./batch", "a/b", "X.JSON"] {
            assert!(is_file(file), "{file}");
        }
        for other in [
            "batch",
            "runtime.sagemaker",
            "2017-08-14",
            "2017-08-14.2",
            "1.6.1",
        ] {
            assert!(!is_file(other), "{other}");
        }
    }
}

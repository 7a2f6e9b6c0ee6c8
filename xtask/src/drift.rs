//! `drift`: whether upstream has moved past the imported models, and by what.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Result, bail, ensure};
use jiff::civil::Date;
use shapewright_diff::{Comparison, Status};
use shapewright_model::Model;
use shapewright_model::c2j::Prose;
use shapewright_report::compared::{Compared, Side};
use shapewright_report::findings::Verdict;
use shapewright_report::places::Sources;

use crate::context::Context;
use crate::diff;
use crate::effects::Effects;
use crate::judge::{FailOn, Judging};
use crate::problems::{self, Input, Problems};
use crate::report::{Form, Format};
use crate::source::{self, Found, Hints, Release};
use crate::spec::{Record, ServiceSpec, Spec, Version};
use crate::{generate, import};

const EXAMPLES: &str = "\
Each imported service is compared with what upstream has of it now. Exit codes: 0 if nothing moved,
or nothing as grave as --fail-on names; 1 if it did; 2 if it cannot be told.

Examples:
  cargo xtask drift                               all services, against the newest release
  cargo xtask drift batch --against pypi:botocore==1.44.5
  cargo xtask drift --fail-on breaking --format markdown
                                                  the body of a pull request, failing on a break
  cargo xtask drift --update                      import what moved, and generate the crates anew

A workflow that does this every day is examples/github/drift.yml of the project.";

/// Tell whether upstream has moved past the imported models; with --update, follow it.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// The services; all that were imported without any.
    #[arg(value_name = "SERVICE")]
    services: Vec<String>,
    /// Upstream: whatever `import` takes as a source.
    #[arg(long, value_name = "SOURCE", default_value = "pypi:botocore")]
    against: PathBuf,
    /// The version of upstream's release, for a source that does not tell it.
    #[arg(long, value_name = "VERSION")]
    release: Option<Version>,
    /// The day it was published, likewise.
    #[arg(long, value_name = "YYYY-MM-DD")]
    date: Option<Date>,
    /// Import the release where something moved, and generate the crates of those services.
    #[arg(long)]
    update: bool,
    #[command(flatten)]
    form: Form,
    #[command(flatten)]
    judging: Judging,
}

/// What upstream has of a service.
struct Upstream {
    version: Version,
    date: Option<Date>,
    /// None if upstream has no such service any more.
    found: Option<Found>,
}

/// A service that has moved, or not.
struct Moved {
    report: String,
    verdict: Verdict,
    /// Whether upstream has no such service any more, so that there is nothing to import.
    is_gone: bool,
}

pub(crate) fn run(arguments: &Arguments, context: &Context) -> Result<ExitCode> {
    let format = arguments.form.format;
    ensure!(
        matches!(
            format,
            Format::Text | Format::Markdown | Format::Json | Format::Github
        ),
        "several services make no one report of this form; `drift` tells them as text, markdown, \
         json or github"
    );
    let spec = context.spec()?;
    let services = match arguments.services.as_slice() {
        [] => spec.services()?,
        named => named.to_vec(),
    };
    ensure!(
        !services.is_empty(),
        "{} holds no service yet; `import` brings one in",
        spec.root().display()
    );
    let hints = Hints {
        release: arguments.release.clone(),
        date: arguments.date,
        ..Hints::default()
    };
    let mut releases = source::open(&arguments.against, &hints)?;
    let Some(newest) = releases.last().map(|release| release.version().clone()) else {
        bail!("{} has no release", arguments.against.display());
    };
    let mut moved = Vec::new();
    let mut reports = Vec::new();
    let mut verdict = Verdict::default();
    for name in &services {
        let service = spec.service(name)?;
        refuse_older(&service, &newest, arguments)?;
        let upstream = upstream(&mut releases, name)?;
        let found = compare(arguments, context, &service, upstream)?;
        if let Some(Moved {
            report,
            verdict: one,
            is_gone,
        }) = found
        {
            verdict = worse(verdict, one);
            reports.push(report);
            if !is_gone {
                moved.push(name.clone());
            }
        }
    }
    let report = match format {
        Format::Json => format!("[\n{}]\n", reports.join(",\n")),
        _ if reports.is_empty() => format!(
            "{}: as release {newest} has it, nothing has moved\n",
            services.join(", ")
        ),
        _ => reports.join("\n"),
    };
    context.print(&report)?;
    if arguments.update && !moved.is_empty() {
        update(arguments, context, &spec, &newest, &moved)?;
    }
    let fail_on = arguments.judging.fail_on().unwrap_or(FailOn::Any);
    Ok(ExitCode::from(u8::from(fail_on.fails(verdict))))
}

fn worse(one: Verdict, other: Verdict) -> Verdict {
    Verdict {
        wire: one.wire.max(other.wire),
        worst: one.worst.max(other.worst),
        rust: one.rust.max(other.rust),
    }
}

/// Drift goes forward: an older release says nothing of where upstream has moved.
fn refuse_older(service: &ServiceSpec, newest: &Version, arguments: &Arguments) -> Result<()> {
    let releases = service.history.range();
    if let Some((_, last)) = releases.filter(|(_, last)| last.version > *newest) {
        bail!(
            "{} is older than what is imported of {}: release {newest}, and not {}; \
             give a newer one with --against",
            arguments.against.display(),
            service.name,
            last.version
        );
    }
    Ok(())
}

/// What the newest of the releases that speak of a service has of it.
fn upstream(releases: &mut [Box<dyn Release>], service: &str) -> Result<Upstream> {
    let newest = releases.len() - 1;
    let speaks = releases
        .iter()
        .rposition(|release| release.services().iter().any(|one| one == service));
    let Some(at) = speaks else {
        return Ok(Upstream {
            version: releases[newest].version().clone(),
            date: None,
            found: None,
        });
    };
    let release = &mut releases[at];
    let found = release.read(service)?;
    Ok(Upstream {
        version: release.version().clone(),
        date: found.date,
        found: Some(found),
    })
}

/// Compares the newest revision of a service with upstream; nothing if both state the same.
fn compare(
    arguments: &Arguments,
    context: &Context,
    service: &ServiceSpec,
    upstream: Upstream,
) -> Result<Option<Moved>> {
    let revisions = &service.history.revisions;
    let newest = revisions.len() - 1;
    let old = service.load(newest, Prose::Skip)?;
    let new = upstream
        .found
        .map(|found| read(found, service))
        .transpose()?;
    let record = Record::load(&service.folder)?;
    let from = diff::side(service, newest, &record.versions);
    let (comparison, effects) = if let Some(new) = &new {
        let effects = Effects::of(&old, new, record.names);
        (arguments.judging.compare(&old, new)?, effects)
    } else {
        let comparison = Comparison::of_service(&old, Status::Removed);
        (comparison, Effects::none())
    };
    let name = Some(service.name.as_str());
    let judged = arguments
        .judging
        .judge(context, name, &comparison, &effects)?;
    // Also where nothing has moved: what was accepted before an update has served.
    judged.note();
    if comparison.is_empty() {
        return Ok(None);
    }
    let is_gone = new.is_none();
    let new = new.as_ref().unwrap_or(&old);
    let day = upstream.date.map(|day| day.to_string());
    let to = Side::Revision {
        name: day.unwrap_or_else(|| "upstream".to_owned()),
        project: service.history.upstream.clone(),
        release: upstream.version.to_string(),
        version: None,
    };
    let compared = Compared {
        service: name,
        title: new.title(),
        from: &from,
        to: &to,
        comparison: &comparison,
        findings: &judged.findings,
        verdict: judged.verdict,
    };
    Ok(Some(Moved {
        report: arguments.form.render(
            &compared,
            &Sources::default(),
            arguments.judging.fails_from(),
        ),
        verdict: judged.verdict,
        is_gone,
    }))
}

/// Upstream's model, as it would be read once it is imported: without words. What upstream leaves
/// out of sight is as it is stored.
fn read(found: Found, service: &ServiceSpec) -> Result<Model> {
    let mut files = Vec::new();
    for file in found.files {
        let (file, warnings) = file.whole()?;
        eprint!("{}", problems::render(&warnings, &[]));
        files.push(file);
    }
    let sources: Vec<_> = files.iter().map(Input::source).collect();
    let stored = match shapewright_model::stored(&sources) {
        Ok(stored) => stored.files.into_iter(),
        Err(problems) => return Err(Problems { problems, files }.into()),
    };
    let mut files: Vec<Input> = stored
        .map(|(kind, canonical)| Input {
            kind,
            name: format!("upstream's {}", kind.file_name()),
            bytes: canonical.json.into_bytes(),
        })
        .collect();
    if found.partial {
        let has: Vec<_> = files.iter().map(|file| file.kind).collect();
        let known = service.files(service.history.revisions.len() - 1)?;
        files.extend(known.into_iter().filter(|file| !has.contains(&file.kind)));
    }
    Ok(problems::read(files, Prose::Skip)?.model)
}

/// Imports the release, and generates the crates of what moved. What the two say goes to stderr:
/// stdout has the report.
fn update(
    arguments: &Arguments,
    context: &Context,
    spec: &Spec,
    release: &Version,
    moved: &[String],
) -> Result<()> {
    let asked = arguments.against.to_str();
    // Two fetches of the newest release may give two releases.
    let source = match asked.and_then(|text| text.strip_prefix("pypi:")) {
        Some(package) if !package.contains("==") => {
            PathBuf::from(format!("pypi:{package}=={release}"))
        }
        _ => arguments.against.clone(),
    };
    let imported = import::import(
        &import::Arguments::of(
            source,
            moved.to_vec(),
            arguments.date,
            arguments.release.clone(),
        ),
        context,
    )?;
    eprint!("{imported}");
    for service in moved {
        let made = generate::newest(spec, service)?;
        eprint!("{made}");
    }
    Ok(())
}

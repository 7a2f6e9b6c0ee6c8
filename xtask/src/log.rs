//! `log`: the revisions of a service, newest first.

use std::process::ExitCode;

use anyhow::{Result, bail, ensure};
use jiff::civil::Date;
use rayon::prelude::*;
use shapewright_model::Model;
use shapewright_report::compared::Compared;
use shapewright_report::findings::Verdict;
use shapewright_report::log::{self, Content, Line};
use shapewright_report::{changelog, log_json};

use crate::context::Context;
use crate::diff::side;
use crate::effects::Effects;
use crate::judge::{self, Judged};
use crate::spec::{Record, ServiceSpec, Version};
use crate::terminal;

const EXAMPLES: &str = "\
Each line has the revision's day, the upstream release that brought it, the version of its crate, how
grave what it changed is, and what that is: + for what was added, ~ for what differs, - for what is gone.

Examples:
  cargo xtask log                one service's revisions, or those of all that were imported
  cargo xtask log batch          those of AWS Batch
  cargo xtask log batch | head   the newest ones
  cargo xtask log batch --since 2025-01-01 --format markdown
                                 a changelog
  cargo xtask diff batch 2017-08-13 2017-08-14
                                 what a line of the log stands for";

/// List the revisions of a service, newest first.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// The service; without it, every service that was imported.
    service: Option<String>,
    /// Only revisions of this day or release, and later ones
    #[arg(long, value_name = "DAY|RELEASE")]
    since: Option<String>,
    /// The form of the list.
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

#[derive(Clone, Copy, PartialEq, clap::ValueEnum)]
enum Format {
    /// A line a revision, for a terminal.
    Text,
    /// A changelog: a section a revision.
    Markdown,
    /// One JSON object.
    Json,
}

pub(crate) fn run(arguments: &Arguments, context: &Context) -> Result<ExitCode> {
    let spec = context.spec()?;
    let names = match &arguments.service {
        Some(name) => vec![name.clone()],
        None => spec.services()?,
    };
    ensure!(
        !names.is_empty(),
        "{} holds no service; `import` one",
        spec.root().display()
    );
    let services: Vec<(String, Entries)> = names
        .into_iter()
        .map(|name| {
            let service = spec.service(&name)?;
            let first = since(&service, arguments.since.as_deref())?;
            let entries = entries(&service, first, arguments.format)?;
            Ok((name, entries))
        })
        .collect::<Result<_>>()?;
    let report = match arguments.format {
        Format::Text => {
            let look = terminal::look();
            let several = services.len() > 1;
            let blocks = services.iter().map(|(name, one)| {
                let heading = several.then_some(name.as_str());
                log::render(heading, &one.lines, &look)
            });
            blocks.collect::<Vec<_>>().join("\n")
        }
        Format::Markdown => {
            let blocks = services.iter().map(|(name, one)| {
                let title = one.title.as_deref().unwrap_or(name);
                changelog::render(title, &one.sections)
            });
            blocks.collect::<Vec<_>>().join("\n")
        }
        Format::Json => {
            let services = services.into_iter();
            log_json::render(
                &services
                    .map(|(name, one)| (name, one.lines))
                    .collect::<Vec<_>>(),
            )
        }
    };
    context.print(&report)?;
    Ok(ExitCode::SUCCESS)
}

/// The place of the first revision that a user wants to see; past the last one if there is none.
fn since(service: &ServiceSpec, since: Option<&str>) -> Result<usize> {
    let revisions = &service.history.revisions;
    let Some(text) = since else { return Ok(0) };
    let first = if let Some(named) = revisions.iter().position(|one| one.name == text) {
        named
    } else if let Ok(version) = text.parse::<Version>() {
        revisions.partition_point(|one| one.first().version < version)
    } else if let Ok(day) = text.parse::<Date>() {
        revisions.partition_point(|one| one.first().date < day)
    } else {
        bail!(
            "`{}` is neither a day such as 2025-01-01 nor an upstream release such as {}",
            text.escape_debug(),
            revisions[0].first().version
        );
    };
    Ok(first)
}

/// What there is to tell of a service, newest first.
struct Entries {
    title: Option<String>,
    lines: Vec<Line>,
    /// The sections of a changelog, if one is wanted.
    sections: Vec<String>,
}

fn entries(service: &ServiceSpec, first: usize, format: Format) -> Result<Entries> {
    let count = service.history.revisions.len();
    // Each is compared with the one before it.
    let oldest = first.saturating_sub(1);
    let models = service.load_range(oldest..count)?;
    let record = Record::load(&service.folder)?;
    // A changelog alone says what a revision costs code in Rust.
    let with_effects = format == Format::Markdown;
    let told = (first..count).into_par_iter().rev().map(|index| {
        let new = &models[index - oldest];
        let Some(before) = index.checked_sub(1) else {
            let line = line(service, &record, index, first_content(new), None);
            let section = changelog::section((&line, None));
            return (line, section);
        };
        let old = &models[before - oldest];
        transition(service, &record, index, [old, new], with_effects)
    });
    let (lines, sections) = told.unzip();
    Ok(Entries {
        title: models.last().map(|model| model.title().to_owned()),
        lines,
        sections,
    })
}

/// The line of a revision that changed another, and its section of a changelog, which is wanted if
/// the effects on the crate are.
fn transition(
    service: &ServiceSpec,
    record: &Record,
    index: usize,
    [old, new]: [&Model; 2],
    with_effects: bool,
) -> (Line, String) {
    let comparison = shapewright_diff::compare(old, new);
    let effects = if with_effects {
        Effects::of(old, new, record.names.clone())
    } else {
        Effects::none()
    };
    let Judged {
        findings, verdict, ..
    } = judge::by_the_rules(&comparison, &effects);
    let line = line(
        service,
        record,
        index,
        Content::Changes(comparison.counts),
        Some(verdict),
    );
    if !with_effects {
        return (line, String::new());
    }
    let compared = Compared {
        service: Some(&service.name),
        title: new.title(),
        from: &side(service, index - 1, &record.versions),
        to: &side(service, index, &record.versions),
        comparison: &comparison,
        findings: &findings,
        verdict,
    };
    let section = changelog::section((&line, Some(&compared)));
    (line, section)
}

fn first_content(model: &Model) -> Content {
    let (operations, shapes, members) = model.counts();
    Content::First {
        operations,
        shapes,
        members,
    }
}

fn line(
    service: &ServiceSpec,
    record: &Record,
    index: usize,
    content: Content,
    verdict: Option<Verdict>,
) -> Line {
    let revision = &service.history.revisions[index];
    let given = record.versions.of(&revision.name);
    Line {
        version: given.map(|given| given.version.to_string()),
        revision: revision.name.clone(),
        release: format!("{} {}", service.history.upstream, revision.first().version),
        content,
        verdict,
    }
}

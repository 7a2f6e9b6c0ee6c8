//! `import`: upstream releases in, revisions in the spec folder out.
//!
//! Everything is read and planned before anything is written, so that a refusal leaves the folder
//! as it was.

mod collect;
mod docs;
mod report;
mod store;
mod timeline;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Result, bail, ensure};
use jiff::civil::Date;

use crate::context::Context;
use crate::source::{self, Hints};
use crate::spec::{self, ServiceSpec, Spec, Version};
use collect::Collected;

/// Whose releases are counted. All sources of today are upstream's Python package.
const UPSTREAM: &str = "botocore";

const EXAMPLES: &str = "\
A SOURCE is one of
  botocore-1.43.7-py3-none-any.whl      a wheel; its version and day are in it
  botocore-1.43.7.tar.gz                a source distribution, likewise
  botocore/                             a git clone: every release that changed a service
  pypi:botocore==1.43.7                 a wheel, fetched by your own pip (pypi:botocore: newest)
  site-packages/botocore/data           a folder of models; needs --date
  service-2.json, service-2.json.gz     one model file; needs --date and --release
  batch.json                            a Smithy JSON AST, the same; it is stored as service-2.json

Examples:
  cargo xtask import --service batch pypi:botocore==1.6.1 pypi:botocore
  cargo xtask import downloads/*.whl
  cargo xtask import --service batch ../botocore
  cargo xtask import service-2.json --service batch --release 1.6.1 --date 2017-08-14

Releases may come in any order; importing one again changes nothing. Only facts are stored:
upstream's documentation is left out, or with --keep-docs kept where git ignores it.";

/// Import releases of AWS's models.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// Wheels, source distributions, git clones, data folders, model files, or
    /// pypi:botocore==VERSION.
    #[arg(required = true, value_name = "SOURCE")]
    sources: Vec<PathBuf>,
    /// Import this service; may be repeated. Without it, those that were imported before.
    #[arg(long = "service", value_name = "NAME")]
    services: Vec<String>,
    /// The day the release was published, for a source that does not tell or tells it wrong.
    #[arg(long, value_name = "YYYY-MM-DD")]
    date: Option<Date>,
    /// The release's version, for a source that does not tell it.
    #[arg(long, value_name = "VERSION")]
    release: Option<Version>,
    /// Also keep upstream's files whole, documentation included, in a folder that git ignores.
    #[arg(long)]
    keep_docs: bool,
    /// Also import a revision that lies before ones which have versions: those are then given anew,
    /// from 1.0.0 on, by the next `generate`.
    #[arg(long)]
    renumber: bool,
}

impl Arguments {
    /// What a user would give to import one release of some services.
    pub(crate) fn of(
        source: PathBuf,
        services: Vec<String>,
        date: Option<Date>,
        release: Option<Version>,
    ) -> Self {
        Self {
            sources: vec![source],
            services,
            date,
            release,
            keep_docs: false,
            renumber: false,
        }
    }
}

pub(crate) fn run(arguments: &Arguments, context: &Context) -> Result<ExitCode> {
    context.print(&import(arguments, context)?)?;
    Ok(ExitCode::SUCCESS)
}

/// Imports, and tells in words what came of it.
pub(crate) fn import(arguments: &Arguments, context: &Context) -> Result<String> {
    let one_release = arguments.date.is_some() || arguments.release.is_some();
    ensure!(
        !one_release || arguments.sources.len() == 1,
        "--date and --release speak of one release; import each such source by a call of its own"
    );
    let spec = context.spec_to_write()?;
    let hints = Hints {
        release: arguments.release.clone(),
        date: arguments.date,
        services: arguments.services.clone(),
        ..Hints::default()
    };
    let collected = collect::collect(arguments, &hints, &spec)?;
    let mut report = String::new();
    let mut planned = Vec::new();
    for (service, found) in collected {
        let plan = plan(&spec, &service, found, arguments.keep_docs)?;
        if !arguments.renumber {
            spec::ledger::refuse_late(&spec.root().join(&service), &plan.history)?;
        }
        planned.push((plan, service));
    }
    for (planned, service) in &planned {
        let written = planned.store.write()?;
        spec::ledger::update(&spec.service(service)?, arguments.renumber)?;
        if !planned.originals.is_empty() {
            docs::write(spec.root(), &planned.history, &planned.originals)?;
        }
        report::lines(&mut report, planned, &written);
    }
    Ok(report)
}

/// What will be written of a service, and what to tell of it.
struct Planned {
    before: Option<ServiceSpec>,
    history: spec::History,
    /// The versions that were read, and whether each says anything new.
    read: Vec<(Version, bool)>,
    store: store::Plan,
    originals: docs::Originals,
}

fn plan(spec: &Spec, service: &str, found: Collected, keep_docs: bool) -> Result<Planned> {
    let is_known = spec.services()?.iter().any(|known| known == service);
    let before = if is_known {
        Some(spec.service(service)?)
    } else {
        None
    };
    let mut entries = before
        .as_ref()
        .map(|old| timeline::entries(&old.history))
        .unwrap_or_default();
    let mut read = Vec::new();
    for release in found.releases {
        let known = entries
            .iter()
            .find(|entry| entry.version == release.version);
        // A day that the user states is checked against the index; a time stamp just gives way.
        let date = match (release.date_given, release.date_stated, known) {
            (Some(given), ..) => given,
            (None, _, Some(known)) => known.date,
            (None, Some(stated), None) => stated,
            (None, None, None) => bail!(
                "{} does not tell when release {} was published; give it with --date",
                release.label,
                release.version
            ),
        };
        let version = release.version.clone();
        let entry = timeline::Entry {
            version: release.version,
            date,
            partial: release.partial,
            files: release.files,
        };
        let is_new = timeline::add(&mut entries, service, entry)
            .map_err(|error| error.context(format!("{} is refused", release.label)))?;
        read.push((version, is_new));
    }
    let history = timeline::history(service, UPSTREAM, entries)?;
    let store = store::plan(
        &spec.root().join(service),
        before.as_ref(),
        &history,
        &found.pool,
    )?;
    let mut originals = docs::kept(spec.root(), service)?;
    if keep_docs {
        originals.extend(found.originals);
    }
    Ok(Planned {
        before,
        history,
        read,
        store,
        originals,
    })
}

/// The services to import from a release.
fn wanted(
    release: &dyn source::Release,
    arguments: &Arguments,
    spec: &Spec,
) -> Result<Vec<String>> {
    let has = release.services();
    if arguments.services.is_empty() && !release.is_of_one_service() {
        let known = spec.services()?;
        ensure!(
            !known.is_empty(),
            "nothing was imported into {} yet, so say which services to import, such as \
             --service batch",
            spec.root().display()
        );
        // A service may be younger than the release.
        return Ok(known
            .into_iter()
            .filter(|service| has.contains(service))
            .collect());
    }
    if arguments.services.is_empty() {
        return Ok(has);
    }
    if release.is_step() {
        // Where the source as a whole does not have a service, it has said so.
        let named = has.into_iter();
        return Ok(named
            .filter(|service| arguments.services.contains(service))
            .collect());
    }
    source::check_services(release, &arguments.services)?;
    let mut services = arguments.services.clone();
    services.sort();
    services.dedup();
    Ok(services)
}

//! `generate`: a revision of a service as a Rust crate.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context as _, Result, bail};
use clap::Args;
use shapewright_diff::history::first_seen;
use shapewright_model::Model;
use shapewright_model::c2j::{FileKind, Prose};
use shapewright_report::{log, problem};
use shapewright_rust::{Options, Runtime};

use crate::context::Context;
use crate::output::{self, Files, Mode, Need, Outcome};
use crate::spec::{self, ServiceSpec, Spec};

/// The folder of the generated crates, beside the folder of the models.
const MODELS: &str = "models";
/// The folder among them that holds what they share.
const RUNTIME: &str = "runtime";

/// Turn the newest revision of each imported service into a Rust crate.
#[derive(Args, Default)]
#[command(after_help = "\
The crate of a service goes to `models/<service>` beside the spec folder. Files that differ are
written, files of ours that are no longer part of the crate are removed, others are left alone.

Examples:
  cargo xtask generate              all services, newest revisions
  cargo xtask generate --check      fail if the crates are not what would be generated
  cargo xtask generate --service batch --revision 2017-08-14 --out ../batch-2017
                                    an older revision as a crate of its own
")]
pub(crate) struct Arguments {
    /// Write nothing; fail if anything would be written, and show it
    #[arg(long)]
    check: bool,
    /// Only this service; may be given several times
    #[arg(long, value_name = "SERVICE")]
    service: Vec<String>,
    /// A revision's day or an upstream release; the newest without it
    #[arg(long, value_name = "REVISION")]
    revision: Option<String>,
    /// The folder of the crate, instead of `models/<service>`
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// With upstream's documentation, as far as `import --keep-docs` kept it; needs --out, as what
    /// is generated for the repository holds no words of others
    #[arg(long, requires = "out")]
    docs: bool,
}

pub(crate) fn run(arguments: &Arguments, context: &Context) -> Result<ExitCode> {
    let spec = context.spec()?;
    let services = match arguments.service.as_slice() {
        [] => spec.services()?,
        named => named.to_vec(),
    };
    if services.is_empty() {
        bail!(
            "{} holds no service yet; `import` brings one in",
            spec.root().display()
        );
    }
    if services.len() > 1 && (arguments.out.is_some() || arguments.revision.is_some()) {
        bail!("--out and --revision are for one service; name it with --service");
    }
    let mut differs = false;
    for name in &services {
        let service = spec.service(name)?;
        let made = make(arguments, &spec, &service)?;
        context.print(&made.summary)?;
        differs |= !made.outcome.differences.is_empty();
    }
    if differs {
        // The repository's own commands call it so; what it takes is the same either way.
        eprintln!("to mend it: cargo xtask generate{}", mending(arguments));
        return Ok(ExitCode::from(1));
    }
    Ok(ExitCode::SUCCESS)
}

/// Generates the newest revision of a service, and tells in words what came of it.
pub(crate) fn newest(spec: &Spec, service: &str) -> Result<String> {
    let made = make(&Arguments::default(), spec, &spec.service(service)?)?;
    Ok(made.summary)
}

/// The options of a call that writes what this one checks.
fn mending(arguments: &Arguments) -> String {
    let mut options = String::new();
    for service in &arguments.service {
        let _ = write!(options, " --service {service}");
    }
    if let Some(revision) = &arguments.revision {
        let _ = write!(options, " --revision {revision}");
    }
    if let Some(out) = &arguments.out {
        let _ = write!(options, " --out {}", out.display());
    }
    if arguments.docs {
        options.push_str(" --docs");
    }
    options
}

struct Made {
    summary: String,
    outcome: Outcome,
}

/// Generates one service.
fn make(arguments: &Arguments, spec: &Spec, service: &ServiceSpec) -> Result<Made> {
    let revisions = &service.history.revisions;
    let index = match &arguments.revision {
        Some(text) => service.resolve(text)?,
        None => revisions.len() - 1,
    };
    let mut models = service.load_first(index + 1)?;
    let since = first_seen(revisions.iter().map(|one| one.name.as_str()).zip(&models));
    let mut ledger = spec::ledger::load(&service.folder)?;
    let known = ledger.clone();
    ledger.replay(&models);
    // An older revision alone tells nothing of what the later ones are called.
    let is_whole = index + 1 == revisions.len();
    let ledger_file = (is_whole && ledger != known)
        .then(|| spec::ledger::to_toml(&ledger))
        .transpose()?;
    let changes = changes(service, &models, index);
    let model = if arguments.docs {
        service.load(index, Prose::Keep)?
    } else {
        models.remove(index)
    };

    let models_folder = models_folder(spec)?;
    let out = arguments
        .out
        .clone()
        .unwrap_or_else(|| models_folder.join(&service.name));
    let release = revisions[index].first();
    let plan = shapewright_rust::plan(
        &model,
        &Options {
            service: &service.name,
            revision: &revisions[index].name,
            upstream: &format!("{} {}", service.history.upstream, release.version),
            since: &since,
            ledger: &ledger,
            runtime: runtime(&models_folder, &out)?,
        },
    );
    warn(service, index, &model);
    let files: Files = shapewright_rust::files(&plan)
        .into_iter()
        .map(|(path, text)| (path, text.into_bytes()))
        .collect();
    refuse_foreign_folder(&out, &files)?;
    let mode = if arguments.check {
        Mode::Check
    } else {
        Mode::Write
    };
    let ledger_path = service.folder.join(spec::ledger::FILE_NAME);
    // The names first: whatever is interrupted, no crate has a name that the ledger does not know.
    let ledger_files: Files = ledger_file
        .map(|text| (spec::ledger::FILE_NAME.to_owned(), text.into_bytes()))
        .into_iter()
        .collect();
    let named = output::add(&service.folder, &ledger_files, mode)?;
    let naming = if named.written.is_empty() {
        String::new()
    } else {
        format!("  new names were added to {}\n", ledger_path.display())
    };
    let mut outcome = output::sync(
        &out,
        &files,
        &|_, content| shapewright_rust::is_generated(content),
        mode,
    )?;
    outcome.differences.extend(named.differences);

    let (operations, shapes, members) = model.counts();
    let mut summary = format!(
        "{}: {}, revision {} ({} {}), in {}\n  \
         {operations} operations, {shapes} shapes, {members} members; {} files: {}\n{naming}{changes}",
        service.name,
        model.title().escape_debug(),
        revisions[index].name,
        service.history.upstream,
        release.version,
        out.display(),
        files.len(),
        done(&outcome),
    );
    for difference in &outcome.differences {
        let need = match difference.need {
            Need::Change => "differs from what is generated",
            Need::Creation => "is missing",
            Need::Removal => "is no longer generated",
        };
        let _ = write!(summary, "{} {need}\n{}", difference.path, difference.diff);
    }
    Ok(Made { summary, outcome })
}

/// Tells on stderr what of the model the crate has no code for.
fn warn(service: &ServiceSpec, index: usize, model: &Model) {
    let folder = service.revision_folder(index);
    let label = |kind: FileKind| folder.join(kind.file_name()).display().to_string();
    let problems = shapewright_rust::unsupported(model, label);
    for problem in problems {
        eprintln!("{}", problem::visible(&problem.to_string()));
    }
}

/// What the revision changed in the one before.
fn changes(service: &ServiceSpec, models: &[Model], index: usize) -> String {
    let Some(before) = index.checked_sub(1) else {
        return "  it is the first revision\n".to_owned();
    };
    let comparison = shapewright_diff::compare(&models[before], &models[index]);
    let revisions = &service.history.revisions;
    let (from, to) = (&revisions[before].name, &revisions[index].name);
    format!(
        "  since {from} it changed: {}\n  see: cargo xtask diff {} {from} {to}\n",
        log::changes(&comparison.counts),
        service.name
    )
}

fn done(outcome: &Outcome) -> String {
    let mut said = Vec::new();
    for (count, what) in [
        (outcome.written.len(), "written"),
        (outcome.removed.len(), "removed"),
        (outcome.unchanged, "as they were"),
        (outcome.differences.len(), "not as they should be"),
    ] {
        if count > 0 {
            said.push(format!("{count} {what}"));
        }
    }
    said.join(", ")
}

/// `models`, beside the spec folder.
pub(crate) fn models_folder(spec: &Spec) -> Result<PathBuf> {
    let root = spec.root();
    let named = match root.file_name() {
        Some(_) => root.to_path_buf(),
        // Such as `.` or `..`.
        None => root
            .canonicalize()
            .with_context(|| root.display().to_string())?,
    };
    Ok(named.parent().unwrap_or(Path::new("")).join(MODELS))
}

/// The runtime in the folder of the models, if it is there; else the published one.
pub(crate) fn runtime(models: &Path, out: &Path) -> Result<Runtime> {
    let runtime = models.join(RUNTIME);
    if !runtime.join("Cargo.toml").is_file() {
        return Ok(Runtime::Version);
    }
    let [from, to] = [out, &runtime].map(std::path::absolute);
    let (from, to) = (from?, to?);
    Ok(match pathdiff::diff_paths(to, from) {
        Some(path) => Runtime::Path(path.to_string_lossy().replace('\\', "/")),
        None => Runtime::Version,
    })
}

/// A folder with files of others where ours shall go is not overwritten.
fn refuse_foreign_folder(out: &Path, files: &Files) -> Result<()> {
    let foreign = files.keys().find(|path| {
        std::fs::read(out.join(path)).is_ok_and(|content| !shapewright_rust::is_generated(&content))
    });
    match foreign {
        Some(path) => bail!(
            "{} was not generated, so it is not overwritten; choose another folder with --out, \
             or move the file away",
            out.join(path).display()
        ),
        None => Ok(()),
    }
}

//! `generate`: a revision of a service as a Rust crate, or every revision.

mod crates;
mod notes;
mod workspace;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context as _, Result, bail};
use clap::Args;
use shapewright_model::c2j::Prose;
use shapewright_report::log;
use shapewright_rust::Runtime;

use crate::called;
use crate::context::Context;
use crate::output::{self, Files, Mode, Need, Outcome};
use crate::spec::{self, ServiceSpec, Spec};
use crates::{Crates, Make};

/// The folder of the generated crates, beside the folder of the models.
const MODELS: &str = "models";
/// The folder among them that holds what they share.
const RUNTIME: &str = "runtime";

const EXAMPLES: &str = "\
The crate of a service goes to `models/<service>` beside the spec folder. Files that differ are
written, files of ours that are no longer part of the crate are removed, others are left alone.

Examples:
  cargo xtask generate              all services, newest revisions
  cargo xtask generate --check      fail if the crates are not what would be generated
  cargo xtask generate --service batch --revision 2017-08-14 --out ../batch-2017
                                    an older revision as a crate of its own
  cargo xtask generate --service batch --all-revisions --out ../batch
                                    every revision, as the crates of one workspace

The first crate of a service gives all its revisions their versions, from 1.0.0 on: major, minor or
patch by what a revision does to the public items of the crate. They are written to `ledger.toml` once
and for good. If a new Shapewright changes those items, the newest revision gets another version. The
crate's CHANGELOG.md tells what each version changed.

A program may depend on two revisions; give each crate a name of its own, since Cargo takes no two
packages of one name into a workspace. `runtime::convert` (feature `convert`) turns values of the one
into values of the other:
  cargo xtask generate --service batch --revision 2017-08-14 --name batch-2017 --out crates/batch-2017";

/// Turn the newest revision of each imported service into a Rust crate.
#[derive(Args, Default)]
#[command(after_help = EXAMPLES)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
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
    /// Every revision as a crate, all in one workspace; their names end with the revision
    #[arg(long, requires = "out", conflicts_with_all = ["revision", "docs", "name"])]
    all_revisions: bool,
    /// The name of the crate, instead of `shapewright-<service>`; needs --out
    #[arg(long, requires = "out", value_name = "CRATE")]
    name: Option<String>,
    /// Take all versions back and give them anew, from 1.0.0 on; only if none was published
    #[arg(long, conflicts_with = "revision")]
    renumber: bool,
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
    if let Some(name) = arguments
        .name
        .as_ref()
        .filter(|name| !is_package_name(name))
    {
        bail!(
            "`{}` is no name of a crate: letters, digits, `-` and `_`, beginning with a letter",
            name.escape_debug()
        );
    }
    let mut differs = false;
    for name in &services {
        let service = spec.service(name)?;
        let made = make(arguments, &spec, &service)?;
        context.print(&made.summary)?;
        differs |= !made.outcome.differences.is_empty();
    }
    if differs {
        eprintln!(
            "to mend it: {} generate{}",
            called::name(),
            mending(arguments)
        );
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
    if let Some(name) = &arguments.name {
        let _ = write!(options, " --name {name}");
    }
    for (is_given, option) in [
        (arguments.docs, " --docs"),
        (arguments.all_revisions, " --all-revisions"),
        (arguments.renumber, " --renumber"),
    ] {
        if is_given {
            options.push_str(option);
        }
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
    let crates = Crates::load(service, index, arguments.renumber)?;
    let models_folder = models_folder(spec)?;
    let out = arguments
        .out
        .clone()
        .unwrap_or_else(|| models_folder.join(&service.name));
    let runtime = runtime(&models_folder, &out)?;
    let (files, said) = if arguments.all_revisions {
        let files = workspace::files(service, &crates, &runtime)?;
        (files, format!("{} crates", revisions.len()))
    } else {
        let ours = shapewright_rust::package(&service.name);
        let (files, version) = crates.files(
            index,
            &Make {
                package: arguments.name.as_deref().unwrap_or(&ours),
                runtime,
                prose: if arguments.docs {
                    Prose::Keep
                } else {
                    Prose::Skip
                },
            },
        )?;
        (files, format!("version {version}"))
    };
    refuse_foreign_folder(&out, &files)?;
    let mode = if arguments.check {
        Mode::Check
    } else {
        Mode::Write
    };
    // What was given first: whatever is interrupted, no crate has a name or a version that the ledger
    // does not know.
    let recorded = if index + 1 == revisions.len() {
        crates.record().files()?
    } else {
        Files::new()
    };
    let recorded = output::add(&service.folder, &recorded, mode)?;
    let record = if recorded.written.is_empty() {
        String::new()
    } else {
        let path = service.folder.join(spec::ledger::FILE_NAME);
        format!("  new names or versions were added to {}\n", path.display())
    };
    let mut outcome = output::sync(
        &out,
        &files,
        &|_, content| shapewright_rust::is_generated(content),
        mode,
    )?;
    outcome.differences.extend(recorded.differences);

    let model = crates.model(index);
    let (operations, shapes, members) = model.counts();
    let mut summary = format!(
        "{}: {}, revision {} ({}), {said}, in {}\n  \
         {operations} operations, {shapes} shapes, {members} members; {} files: {}\n{record}{}",
        service.name,
        model.title().escape_debug(),
        revisions[index].name,
        crates::upstream(service, index),
        out.display(),
        files.len(),
        done(&outcome),
        changes(service, &crates, index)
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

/// Whether Cargo takes it for the name of a package.
fn is_package_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "-_".contains(c))
}

/// What the revision changed in the one before.
fn changes(service: &ServiceSpec, crates: &Crates<'_>, index: usize) -> String {
    let Some(before) = index.checked_sub(1) else {
        return "  it is the first revision\n".to_owned();
    };
    let comparison = shapewright_diff::compare(crates.model(before), crates.model(index));
    let revisions = &service.history.revisions;
    let (from, to) = (&revisions[before].name, &revisions[index].name);
    format!(
        "  since {from} it changed: {}\n  see: {} diff {} {from} {to}\n",
        log::changes(&comparison.counts),
        called::name(),
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

//! The step that needs Python and git: the tests in `tests/peers`, with what they need in `.peers`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, bail};

use super::command::Line;
use super::{Ci, endpoints, polling, protocols, wire};

/// Where the tests are, and the list of what they need.
const TESTS: &str = "tests/peers";
const REQUIREMENTS: &str = "tests/peers/requirements.txt";
/// Where that goes; git ignores it.
const ENVIRONMENT: &str = ".peers/venv";
/// The programs in this repository that the tests call: the variable that tells where, the package.
const PROGRAMS: [(&str, &str); 2] = [
    ("SHAPEWRIGHT_JOBS", "shapewright-jobs"),
    ("SHAPEWRIGHT_SIGN", "shapewright-sign"),
];
/// The example that they run: the variable, and its name.
const EXAMPLE: (&str, &str) = ("SHAPEWRIGHT_EXAMPLE", "submit_and_watch");
/// In that folder: what it was made of. It is written last, so that an interrupted installation
/// is begun again.
const STAMP: &str = "shapewright-stamp.txt";
const PYTHONS: [&str; 2] = ["python3", "python"];

pub(super) fn run(ci: &Ci) -> Result<bool> {
    // First what is quick to fail: without it nothing needs to be installed.
    let packages = PROGRAMS.map(|(_, package)| ["--package", package]);
    let programs = Line::cargo(&ci.root, &["build"]).arguments(packages.as_flattened());
    let example = Line::cargo(&ci.root, &["build", "--example", EXAMPLE.1]);
    if !programs.run()? || !example.run()? {
        return Ok(false);
    }
    let mut programs = PROGRAMS
        .map(|(variable, package)| (variable, program(ci, Path::new(package))))
        .to_vec();
    programs.push((
        EXAMPLE.0,
        program(ci, &Path::new("examples").join(EXAMPLE.1)),
    ));
    for (_, program) in &programs {
        if !program.is_file() {
            bail!(
                "{} is not there; call this as `cargo xtask ci`",
                program.display()
            );
        }
    }
    let python = python_with_peers(ci)?;
    let models = models(&python)?;
    let Some(wire) = wire::build(ci, &models)? else {
        return Ok(false);
    };
    let Some(endpoints) = endpoints::build(ci, &models)? else {
        return Ok(false);
    };
    let Some(protocols) = protocols::build(ci, &python)? else {
        return Ok(false);
    };
    let Some(polling) = polling::build(ci, &models)? else {
        return Ok(false);
    };
    let mut tests = Line::new("python", python, &ci.root);
    for (variable, program) in programs {
        tests = tests.variable(variable, program);
    }
    tests
        .arguments(&[
            "-m",
            "unittest",
            "discover",
            "--verbose",
            "--start-directory",
            TESTS,
        ])
        .variable("SHAPEWRIGHT_WIRE", wire)
        .variable("SHAPEWRIGHT_ENDPOINTS", endpoints)
        .variable("SHAPEWRIGHT_POLLING", polling)
        .variable("SHAPEWRIGHT_PROTOCOLS", protocols)
        .variable("SHAPEWRIGHT", &ci.shapewright)
        .variable("PYTHONDONTWRITEBYTECODE", "1")
        .run()
}

/// Where the build puts a program: beside this one, or below.
fn program(ci: &Ci, program: &Path) -> PathBuf {
    let name = format!("{}{}", program.display(), std::env::consts::EXE_SUFFIX);
    ci.shapewright.with_file_name(name)
}

/// The Python that has the peers, which are installed if they are not there yet.
pub(super) fn python_with_peers(ci: &Ci) -> Result<PathBuf> {
    Ok(python_of(&environment(&ci.root)?))
}

/// The folder of the models that botocore brings.
pub(super) fn models(python: &Path) -> Result<String> {
    let answer = Command::new(python)
        .args(["-c", "import botocore; print(botocore.__path__[0])"])
        .output()
        .with_context(|| python.display().to_string())?;
    if !answer.status.success() {
        bail!("there is no botocore in {ENVIRONMENT}; remove that folder and call this again");
    }
    let package = String::from_utf8(answer.stdout).context("the path of botocore")?;
    let folder = Path::new(package.trim()).join("data");
    Ok(folder.to_string_lossy().into_owned())
}

/// The Python environment with the peers, made anew if what it is made of has changed.
fn environment(root: &Path) -> Result<PathBuf> {
    let (python, version) = python()?;
    let requirements = fs::read_to_string(root.join(REQUIREMENTS)).context(REQUIREMENTS)?;
    let wanted = format!("# {version}\n{requirements}");
    let environment = root.join(ENVIRONMENT);
    let stamp = environment.join(STAMP);
    if fs::read_to_string(&stamp).is_ok_and(|present| present == wanted) {
        return Ok(environment);
    }
    // Without pip in it: not every Debian has what would put it there, and the one outside serves.
    let made = Line::new(python, python, root)
        .arguments(&["-m", "venv", "--clear", "--without-pip", ENVIRONMENT])
        .run()?;
    if !made {
        bail!("{python} could not make an environment in {ENVIRONMENT}");
    }
    let installed = Line::new(python, python, root)
        .arguments(&["-m", "pip", "--python", ENVIRONMENT, "install", "--quiet"])
        .arguments(&["--no-input", "--disable-pip-version-check", "--no-deps"])
        .arguments(&["--only-binary", ":all:", "--requirement", REQUIREMENTS])
        .run()?;
    if !installed {
        bail!(
            "pip could not install what {REQUIREMENTS} lists: the peer tests need {python} with \
             pip 22.3 or newer and a package index it can reach; for everything else there is: \
             cargo xtask ci --skip peers --skip crates"
        );
    }
    fs::write(&stamp, wanted).with_context(|| stamp.display().to_string())?;
    Ok(environment)
}

/// The Python of this machine, and its version.
fn python() -> Result<(&'static str, String)> {
    for python in PYTHONS {
        let answer = Command::new(python).arg("--version").output();
        if let Some(answer) = answer.ok().filter(|answer| answer.status.success()) {
            let version = String::from_utf8_lossy(&answer.stdout).trim().to_owned();
            return Ok((python, version));
        }
    }
    bail!(
        "the peer tests need Python 3.11 or newer, and there is neither {}; for everything else \
         there is: cargo xtask ci --skip peers --skip crates",
        PYTHONS.join(" nor ")
    )
}

fn python_of(environment: &Path) -> PathBuf {
    if cfg!(windows) {
        environment.join("Scripts").join("python.exe")
    } else {
        environment.join("bin").join("python")
    }
}

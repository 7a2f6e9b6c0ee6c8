//! The step that packages what users may publish: the runtime and the generated crates. Cargo compiles
//! each package from what is in it alone; that nothing of this machine is in it is checked here.

use std::fs::{self, File};
use std::io::Read as _;
use std::path::Path;

use anyhow::{Context as _, Result, ensure};
use flate2::read::GzDecoder;
use tar::Archive;

use super::Ci;
use super::command::Line;

/// The folder of the crates.
const MODELS: &str = "models";
/// Where the packages go; git ignores it.
const OUT: &str = "target/packages";
/// What each package has beside its code.
const NEEDED: &[&str] = &["Cargo.toml", "README.md", "src/lib.rs"];

pub(super) fn run(ci: &Ci) -> Result<bool> {
    let out = ci.root.join(OUT);
    // What earlier versions left says nothing of this one.
    let _ = fs::remove_dir_all(&out);
    let mut line = Line::cargo(&ci.root, &["package", "--allow-dirty", "--target-dir", OUT]);
    for name in names(&ci.root.join(MODELS))? {
        line = line.arguments(&["--package", &name]);
    }
    if !line.run()? {
        return Ok(false);
    }
    let folder = out.join("package");
    let mut passed = true;
    for entry in folder
        .read_dir()
        .with_context(|| folder.display().to_string())?
    {
        let path = entry?.path();
        if path
            .extension()
            .is_some_and(|extension| extension == "crate")
        {
            for problem in problems(&path, &ci.root)? {
                eprintln!("{}: {problem}", path.display());
                passed = false;
            }
        }
    }
    Ok(passed)
}

/// The names of the packages in a folder of folders.
fn names(folder: &Path) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in folder
        .read_dir()
        .with_context(|| folder.display().to_string())?
    {
        let manifest = entry?.path().join("Cargo.toml");
        let text = fs::read_to_string(&manifest).with_context(|| manifest.display().to_string())?;
        let table: toml::Table = text
            .parse()
            .with_context(|| manifest.display().to_string())?;
        let name = table["package"].get("name").and_then(toml::Value::as_str);
        names.push(name.context("a package without a name")?.to_owned());
    }
    ensure!(!names.is_empty(), "{} holds no crate", folder.display());
    names.sort();
    Ok(names)
}

/// What is wrong with a package.
fn problems(package: &Path, root: &Path) -> Result<Vec<String>> {
    let of_machine = root.display().to_string();
    let mut missing: Vec<&str> = NEEDED.to_vec();
    let mut problems = Vec::new();
    let mut archive = Archive::new(GzDecoder::new(File::open(package)?));
    for entry in archive.entries()? {
        let mut entry = entry?;
        let path = entry.path()?.display().to_string();
        // The first folder is the package's name and version.
        let inside = path.split_once('/').map_or("", |(_, inside)| inside);
        missing.retain(|needed| *needed != inside);
        let mut content = Vec::new();
        entry.read_to_end(&mut content)?;
        let content = String::from_utf8_lossy(&content);
        if content.contains(&of_machine) {
            problems.push(format!("{inside} holds the path {of_machine}"));
        }
        if inside == "Cargo.toml" && content.contains("path = \"..") {
            problems.push(format!("{inside} names a path outside of the package"));
        }
    }
    problems.extend(missing.iter().map(|needed| format!("{needed} is missing")));
    Ok(problems)
}

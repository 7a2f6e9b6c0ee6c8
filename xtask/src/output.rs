//! The one function that writes or checks any output, so that no two commands do it differently.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail, ensure};
use shapewright_report::problem::visible;
use similar::TextDiff;

/// Whether to bring the output about, or only to tell how far from it the folder is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    /// Write what differs.
    Write,
    /// Write nothing, and report what differs.
    Check,
}

/// Files by their path relative to the output folder, with `/` on every machine.
pub(crate) type Files = BTreeMap<String, Vec<u8>>;

/// What a file would need.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Need {
    /// Other content.
    Change,
    /// To be there.
    Creation,
    /// To be gone: it is ours, but no longer part of the output.
    Removal,
}

/// How a file differs from what it should be.
#[derive(Debug)]
pub(crate) struct Difference {
    /// The file, relative to the output folder.
    pub(crate) path: String,
    /// What it needs.
    pub(crate) need: Need,
    /// From what is to what should be, as a unified diff, cut off where it grows long.
    pub(crate) diff: String,
}

/// What was done, or in [`Mode::Check`] found.
#[derive(Debug, Default)]
pub(crate) struct Outcome {
    /// Files that were written.
    pub(crate) written: Vec<String>,
    /// Files that were removed.
    pub(crate) removed: Vec<String>,
    /// How many files are as they should be already.
    pub(crate) unchanged: usize,
    /// In [`Mode::Check`], every file that is not.
    pub(crate) differences: Vec<Difference>,
}

/// Longer unified diffs are cut: who fails a check needs a hint, not the whole output.
const DIFF_LINES: usize = 60;
const DIFF_COLUMNS: usize = 200;
/// What an interrupted run leaves; the next one clears it away.
const TEMPORARY: &str = ".shapewright-";

/// Makes the files under `root` be there; whatever else is there is not looked at.
pub(crate) fn add(root: &Path, files: &Files, mode: Mode) -> Result<Outcome> {
    let mut outcome = Outcome::default();
    for (path, content) in files {
        let target = target(root, path)?;
        let present = present(&target)?;
        if present.as_deref() == Some(content) {
            outcome.unchanged += 1;
            continue;
        }
        match mode {
            Mode::Write => {
                write(&target, content)
                    .with_context(|| format!("cannot write {}", target.display()))?;
                outcome.written.push(path.clone());
            }
            Mode::Check => outcome.differences.push(Difference {
                path: path.clone(),
                need: if present.is_some() {
                    Need::Change
                } else {
                    Need::Creation
                },
                diff: unified(path, &present.unwrap_or_default(), content),
            }),
        }
    }
    Ok(outcome)
}

/// Makes the files under `root` be `files`, and removes those of the others that `is_ours` claims
/// by relative path and content. Each file appears whole or not at all, in order of path. Nothing
/// outside of `root` is touched: a link below it is never followed.
pub(crate) fn sync(
    root: &Path,
    files: &Files,
    is_ours: &dyn Fn(&str, &[u8]) -> bool,
    mode: Mode,
) -> Result<Outcome> {
    let mut outcome = add(root, files, mode)?;
    let mut others = Vec::new();
    list(root, "", &mut others)?;
    for path in others.into_iter().filter(|path| !files.contains_key(path)) {
        let target = root.join(&path);
        let content = fs::read(&target).with_context(|| target.display().to_string())?;
        let name = path.rsplit('/').next().unwrap_or_default();
        if !name.starts_with(TEMPORARY) && !is_ours(&path, &content) {
            continue;
        }
        match mode {
            Mode::Write => {
                remove(root, &target)
                    .with_context(|| format!("cannot remove {}", target.display()))?;
                outcome.removed.push(path);
            }
            Mode::Check => outcome.differences.push(Difference {
                diff: unified(&path, &content, b""),
                need: Need::Removal,
                path,
            }),
        }
    }
    Ok(outcome)
}

/// The file at a relative path, if that leads to a place below `root` and through no link.
fn target(root: &Path, path: &str) -> Result<PathBuf> {
    let mut target = root.to_path_buf();
    let mut steps = path.split('/').peekable();
    while let Some(step) = steps.next() {
        let plain = !matches!(step, "" | "." | "..") && !step.contains(['\\', ':', '\0']);
        ensure!(
            plain,
            "`{}` is no path of an output file",
            path.escape_debug()
        );
        target.push(step);
        if steps.peek().is_some() && target.is_symlink() {
            bail!(
                "{} is a link; it is not followed, put a folder there",
                target.display()
            );
        }
    }
    Ok(target)
}

/// The content of a file; none if there is no file, or a link in its place.
fn present(target: &Path) -> Result<Option<Vec<u8>>> {
    if target.is_symlink() {
        return Ok(None);
    }
    match fs::read(target) {
        Ok(content) => Ok(Some(content)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error).with_context(|| format!("cannot read {}", target.display())),
    }
}

/// Writes beside the file, then renames: whoever looks sees the old content or the new. It is not
/// forced to the disk, which a crate of many files would feel; git or another run mends what a
/// power cut takes.
fn write(target: &Path, content: &[u8]) -> Result<()> {
    let folder = target.parent().context("it has no folder")?;
    fs::create_dir_all(folder)?;
    let mut builder = tempfile::Builder::new();
    builder.prefix(TEMPORARY);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        // Temporary files are private by default, outputs are not; the umask still counts.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    let mut file = builder.tempfile_in(folder)?;
    file.write_all(content)?;
    file.persist(target)?;
    Ok(())
}

/// Removes a file, and the folders below `root` that this empties.
fn remove(root: &Path, target: &Path) -> Result<()> {
    fs::remove_file(target)?;
    let mut folder = target.parent();
    while let Some(emptied) = folder.filter(|folder| *folder != root) {
        if fs::remove_dir(emptied).is_err() {
            break;
        }
        folder = emptied.parent();
    }
    Ok(())
}

/// Every plain file below a folder, by relative path in order; links are passed over, and so are
/// caches such as a build's, which can be large and hold nothing of ours.
fn list(root: &Path, below: &str, found: &mut Vec<String>) -> Result<()> {
    let folder = root.join(below);
    if folder.join("CACHEDIR.TAG").is_file() {
        return Ok(());
    }
    let entries = match fs::read_dir(&folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        entries => entries.with_context(|| folder.display().to_string())?,
    };
    let mut steps = Vec::new();
    for entry in entries {
        let entry = entry.with_context(|| folder.display().to_string())?;
        let kind = entry
            .file_type()
            .with_context(|| folder.display().to_string())?;
        if let Ok(name) = entry.file_name().into_string() {
            steps.push((name, kind));
        }
    }
    steps.sort_by(|(one, _), (other, _)| one.cmp(other));
    for (name, kind) in steps {
        let path = if below.is_empty() {
            name
        } else {
            format!("{below}/{name}")
        };
        if kind.is_dir() {
            list(root, &path, found)?;
        } else if kind.is_file() {
            found.push(path);
        }
    }
    Ok(())
}

fn unified(path: &str, from: &[u8], to: &[u8]) -> String {
    let (from, to) = (String::from_utf8_lossy(from), String::from_utf8_lossy(to));
    let diff = TextDiff::from_lines(from.as_ref(), to.as_ref());
    let whole = diff
        .unified_diff()
        .context_radius(2)
        .header(path, path)
        .to_string();
    let mut text = String::new();
    for line in whole.lines().take(DIFF_LINES) {
        // The file that is there may be anyone's.
        text.extend(visible(line).chars().take(DIFF_COLUMNS));
        text.push('\n');
    }
    let left = whole.lines().count().saturating_sub(DIFF_LINES);
    if left > 0 {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "… and {left} lines more");
    }
    text
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{Files, Mode, Need, sync};

    fn files(files: &[(&str, &str)]) -> Files {
        let owned = files
            .iter()
            .map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec()));
        owned.collect()
    }

    fn is_generated(_: &str, content: &[u8]) -> bool {
        content.starts_with(b"// generated")
    }

    #[test]
    fn writing_twice_writes_once() {
        let root = tempfile::tempdir().unwrap();
        let wanted = files(&[("a.rs", "a"), ("b/c.rs", "c")]);
        let first = sync(root.path(), &wanted, &is_generated, Mode::Write).unwrap();
        assert_eq!(first.written, ["a.rs", "b/c.rs"]);
        let second = sync(root.path(), &wanted, &is_generated, Mode::Write).unwrap();
        assert!(second.written.is_empty());
        assert_eq!(second.unchanged, 2);
    }

    #[test]
    fn stale_files_of_ours_go_and_others_stay() {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir_all(root.path().join("old/deep")).unwrap();
        fs::write(root.path().join("old/deep/x.rs"), "// generated").unwrap();
        fs::write(root.path().join("mine.rs"), "by hand").unwrap();
        let outcome = sync(root.path(), &files(&[]), &is_generated, Mode::Write).unwrap();
        assert_eq!(outcome.removed, ["old/deep/x.rs"]);
        assert!(!root.path().join("old").exists());
        assert!(root.path().join("mine.rs").exists());
    }

    #[test]
    fn checking_reports_every_difference_and_writes_nothing() {
        let root = tempfile::tempdir().unwrap();
        fs::write(root.path().join("changed.rs"), "one\ntwo\n").unwrap();
        fs::write(root.path().join("stale.rs"), "// generated\n").unwrap();
        let wanted = files(&[("changed.rs", "one\n2\n"), ("missing.rs", "new\n")]);
        let outcome = sync(root.path(), &wanted, &is_generated, Mode::Check).unwrap();
        let found: Vec<_> = outcome
            .differences
            .iter()
            .map(|one| (one.path.as_str(), one.need))
            .collect();
        assert_eq!(
            found,
            [
                ("changed.rs", Need::Change),
                ("missing.rs", Need::Creation),
                ("stale.rs", Need::Removal)
            ]
        );
        assert!(
            outcome.differences[0].diff.contains("-two\n+2\n"),
            "{}",
            outcome.differences[0].diff
        );
        assert!(!root.path().join("missing.rs").exists());
        assert!(root.path().join("stale.rs").exists());
    }

    #[test]
    fn a_long_difference_is_cut() {
        let root = tempfile::tempdir().unwrap();
        let long: String = (0..1000).map(|n| n.to_string() + "\n").collect();
        let wanted = files(&[("a", &long)]);
        let outcome = sync(root.path(), &wanted, &is_generated, Mode::Check).unwrap();
        let diff = &outcome.differences[0].diff;
        assert!(
            diff.lines().count() < 100 && diff.ends_with("lines more\n"),
            "{diff}"
        );
    }

    #[test]
    fn a_path_that_leaves_the_folder_is_refused() {
        let root = tempfile::tempdir().unwrap();
        for path in ["../x", "/x", "a/../x", "a//x", "", "a\\x", "C:x"] {
            let wanted = files(&[(path, "")]);
            assert!(
                sync(root.path(), &wanted, &is_generated, Mode::Write).is_err(),
                "{path}"
            );
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_neither_followed_nor_written_through() {
        let root = tempfile::tempdir().unwrap();
        let outside = tempfile::tempdir().unwrap();
        let precious = outside.path().join("precious.rs");
        fs::write(&precious, "// generated").unwrap();
        std::os::unix::fs::symlink(outside.path(), root.path().join("folder")).unwrap();
        std::os::unix::fs::symlink(&precious, root.path().join("file.rs")).unwrap();
        assert!(
            sync(
                root.path(),
                &files(&[("folder/x.rs", "")]),
                &is_generated,
                Mode::Write
            )
            .is_err()
        );
        // A link in a file's place gives way to the file.
        sync(
            root.path(),
            &files(&[("file.rs", "new")]),
            &is_generated,
            Mode::Write,
        )
        .unwrap();
        assert_eq!(fs::read_to_string(&precious).unwrap(), "// generated");
        assert_eq!(
            fs::read_to_string(root.path().join("file.rs")).unwrap(),
            "new"
        );
    }
}

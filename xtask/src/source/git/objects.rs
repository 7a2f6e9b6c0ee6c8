//! The objects of a clone, read through one `git cat-file` that runs as long as they are needed.

use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::{Mutex, MutexGuard, PoisonError};

use anyhow::{Context as _, Result, bail};

use super::super::limits::FILE_LIMIT;
use super::parse;

/// A call of git in a clone, of which neither the environment nor the clone's settings decide.
pub(super) fn git(path: &Path) -> Command {
    let mut command = Command::new("git");
    command
        .arg("-C")
        .arg(path)
        .args([
            "-c",
            "log.showSignature=false",
            "-c",
            "core.quotePath=false",
        ])
        .env("LC_ALL", "C")
        // What a partial clone lacks would be fetched in silence, an object at a time.
        .env("GIT_NO_LAZY_FETCH", "1")
        .stdin(Stdio::null());
    for variable in [
        "GIT_DIR",
        "GIT_WORK_TREE",
        "GIT_INDEX_FILE",
        "GIT_COMMON_DIR",
    ] {
        command.env_remove(variable);
    }
    command
}

/// What a call of git prints.
pub(super) fn output(command: &mut Command) -> Result<Vec<u8>> {
    let output = command.output().map_err(not_run)?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        bail!("git refuses ({}): {}", output.status, said.trim());
    }
    Ok(output.stdout)
}

fn not_run(error: io::Error) -> anyhow::Error {
    if error.kind() == io::ErrorKind::NotFound {
        return anyhow::anyhow!(
            "a clone is read by the program git, which is not there; install it, or import \
             releases from pypi: or as wheels"
        );
    }
    anyhow::Error::new(error).context("cannot run git")
}

/// Whoever panicked while holding this has spoilt no state that is relied upon.
pub(super) fn locked(objects: &Mutex<Objects>) -> MutexGuard<'_, Objects> {
    objects.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A running `git cat-file --batch`.
pub(super) struct Objects {
    child: Child,
    /// Taken at the end, so that git sees that nothing more is asked.
    requests: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
}

impl Objects {
    pub(super) fn of(path: &Path) -> Result<Self> {
        let mut child = git(path)
            .args(["cat-file", "--batch"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(not_run)?;
        let requests = child.stdin.take();
        let answers = child.stdout.take().context("git has no output")?;
        Ok(Self {
            child,
            requests,
            answers: BufReader::new(answers),
        })
    }

    /// The content of an object that must be there.
    pub(super) fn read(&mut self, name: &str) -> Result<Vec<u8>> {
        self.read_if_there(name)?.with_context(|| {
            format!(
                "the clone lacks the object {name}, as partial clones do; fetch it whole: \
                 git fetch --refetch --no-filter"
            )
        })
    }

    /// The content of an object, named as git names objects; of hexadecimal digits and paths that
    /// this program knows, so that no name can pass for another request.
    pub(super) fn read_if_there(&mut self, name: &str) -> Result<Option<Vec<u8>>> {
        let ended = "git ended while it was asked for objects";
        let requests = self.requests.as_mut().context(ended)?;
        writeln!(requests, "{name}").context(ended)?;
        requests.flush().context(ended)?;
        let mut line = String::new();
        self.answers.read_line(&mut line).context(ended)?;
        let Some((_, size)) = parse::header(&line)? else {
            return Ok(None);
        };
        // A line break follows the content.
        let mut content = (&mut self.answers).take(size + 1);
        if size > FILE_LIMIT {
            io::copy(&mut content, &mut io::sink()).context(ended)?;
            bail!("it holds {size} bytes, which no model does; it is not read");
        }
        let mut bytes = Vec::with_capacity(usize::try_from(size)? + 1);
        content.read_to_end(&mut bytes).context(ended)?;
        if bytes.pop() != Some(b'\n') {
            bail!(ended);
        }
        Ok(Some(bytes))
    }
}

impl Drop for Objects {
    fn drop(&mut self) {
        self.requests.take();
        // It ends by itself; how does not matter to what was read.
        let _ = self.child.wait();
    }
}

//! Archives are untrusted: how much may come out of one, which names may stand in it, and what is
//! believed of their metadata.

use std::fs::File;
use std::io::{self, Read};

use anyhow::{Context as _, Result, bail, ensure};
use flate2::read::MultiGzDecoder;

use crate::spec::Version;

/// The most that one file may hold, unpacked. AWS's largest model has a tenth of it.
pub(crate) const FILE_LIMIT: u64 = 64 << 20;
/// The most that is read of one archive: all models of AWS together have a tenth of it.
pub(crate) const ARCHIVE_LIMIT: u64 = 2 << 30;

/// Reads a stream to its end, or fails once it is past a limit, however long it would go on.
pub(crate) fn read_capped(stream: impl Read, limit: u64) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    read_capped_into(stream, limit, &mut bytes)?;
    Ok(bytes)
}

fn read_capped_into(stream: impl Read, limit: u64, bytes: &mut Vec<u8>) -> Result<()> {
    stream.take(limit + 1).read_to_end(bytes)?;
    ensure!(
        bytes.len() as u64 <= limit,
        "it unpacks to more than {} MiB, which no model has; it is not read any further",
        limit >> 20
    );
    Ok(())
}

/// Reads a file that was opened, up to the limit.
pub(crate) fn read_open(file: File) -> Result<Vec<u8>> {
    // Its size is no more than a hint: it may be no plain file, or grow.
    let size = file.metadata().map_or(0, |about| about.len());
    let mut bytes = Vec::with_capacity(usize::try_from(size.min(FILE_LIMIT))? + 1);
    read_capped_into(file, FILE_LIMIT, &mut bytes)?;
    Ok(bytes)
}

/// Unpacks what gzip packed.
pub(crate) fn gunzip(packed: &[u8]) -> Result<Vec<u8>> {
    read_capped(MultiGzDecoder::new(packed), FILE_LIMIT).map_err(|error| {
        if error.is::<io::Error>() {
            error.context("it is no whole gzip file; fetch it again")
        } else {
            error
        }
    })
}

/// Refuses a name in an archive that leads out of the folder into which one would unpack it.
/// Nothing is unpacked to disk here, but whoever made such an archive is not to be trusted.
pub(crate) fn check_entry_name(name: &str) -> Result<()> {
    let leaves = name.starts_with('/')
        || name.contains(['\\', '\0'])
        || name.split('/').any(|step| step == "..")
        || name
            .split('/')
            .next()
            .is_some_and(|first| first.contains(':'));
    if leaves {
        bail!(
            "its entry `{}` leads out of the archive",
            name.escape_debug()
        );
    }
    Ok(())
}

/// The version that the metadata of a package states among its headers.
pub(crate) fn version_in(metadata: &[u8]) -> Result<Version> {
    let text = String::from_utf8_lossy(metadata);
    let mut headers = text.lines().take_while(|line| !line.is_empty());
    let version = headers.find_map(|line| line.strip_prefix("Version:"));
    let version = version.context("it states no version")?.trim();
    version.parse().map_err(anyhow::Error::msg)
}

/// Refuses a service name that would not do as a folder's.
pub(crate) fn check_service_name(name: &str) -> Result<()> {
    ensure!(
        is_service_name(name),
        "`{}` is no name of a service",
        name.escape_debug()
    );
    Ok(())
}

/// Whether a name is like those of AWS's services: `batch`, `runtime.sagemaker`, `iot-data`.
pub(crate) fn is_service_name(name: &str) -> bool {
    let plain =
        |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-._".contains(&byte);
    name.len() <= 100
        && name.bytes().all(plain)
        && name
            .bytes()
            .next()
            .is_some_and(|byte| byte.is_ascii_alphanumeric())
        && !name.ends_with('.')
}

/// Reads a file from disk up to the limit, and unpacks it if its name says that it is packed.
pub(crate) fn read_file(path: &std::path::Path) -> Result<Vec<u8>> {
    let label = || format!("cannot read {}", path.display());
    let file = File::open(path).with_context(label)?;
    let bytes = read_open(file).with_context(label)?;
    let is_packed = path
        .extension()
        .is_some_and(|end| end.eq_ignore_ascii_case("gz"));
    if is_packed {
        gunzip(&bytes).with_context(label)
    } else {
        Ok(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::{check_entry_name, is_service_name};

    #[test]
    fn a_name_that_leaves_the_archive_is_refused() {
        for bad in [
            "../x",
            "a/../../x",
            "/etc/passwd",
            "a\\..\\x",
            "C:/x",
            "a/..",
            "a\0b",
        ] {
            assert!(check_entry_name(bad).is_err(), "{bad}");
        }
        for good in [
            "botocore/data/batch/2016-08-10/service-2.json",
            "a/b..c",
            "a/b:c",
        ] {
            assert!(check_entry_name(good).is_ok(), "{good}");
        }
    }

    #[test]
    fn a_service_name_does_as_a_folder_name() {
        for good in ["batch", "runtime.sagemaker", "iot1click-devices"] {
            assert!(is_service_name(good), "{good}");
        }
        for bad in ["", ".docs", "..", "a/b", "-x", "Batch", "a b", "a\u{202e}"] {
            assert!(!is_service_name(bad), "{bad}");
        }
    }
}

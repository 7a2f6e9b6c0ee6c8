//! Whether files on disk are the same, told in small pieces: what is told by a glance at each need
//! not be held in memory whole.

use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use super::limits::FILE_LIMIT;

/// Compares files on disk, pair after pair.
pub(super) struct Comparer {
    /// A piece of either file.
    buffers: [Vec<u8>; 2],
}

impl Comparer {
    pub(super) fn new() -> Self {
        Self {
            buffers: [vec![0; PIECE], vec![0; PIECE]],
        }
    }

    /// Whether two lists are of files of the same names with the same bytes, each of which can be
    /// read and is not larger than a model may be. Else the reader proper tells.
    pub(super) fn are_same(&mut self, old: &[PathBuf], new: &[PathBuf]) -> bool {
        let mut pairs = old.iter().zip(new);
        old.len() == new.len()
            && pairs.all(|(old, new)| is_same(old, new, &mut self.buffers).is_some_and(|same| same))
    }
}

/// How much of a file is looked at in one go: little enough to stay at hand.
const PIECE: usize = 64 << 10;

fn is_same(old: &Path, new: &Path, buffers: &mut [Vec<u8>; 2]) -> Option<bool> {
    if old.file_name() != new.file_name() {
        return Some(false);
    }
    let [old, new] = [File::open(old).ok()?, File::open(new).ok()?];
    let [size, other] = [&old, &new].map(|file| file.metadata().ok().map(|about| about.len()));
    if size != other || size? > FILE_LIMIT {
        return Some(false);
    }
    // They may grow: not more is read than a reader would take.
    let mut files = [old.take(FILE_LIMIT + 1), new.take(FILE_LIMIT + 1)];
    let mut total = 0;
    loop {
        let [old, new] = &mut files;
        let [one, another] = &mut *buffers;
        let length = fill(old, one)?;
        if fill(new, another)? != length || one[..length] != another[..length] {
            return Some(false);
        }
        total += length as u64;
        if length < PIECE {
            return Some(total <= FILE_LIMIT);
        }
    }
}

/// Fills a buffer, or as much of it as there is left.
fn fill(file: &mut impl std::io::Read, buffer: &mut [u8]) -> Option<usize> {
    let mut length = 0;
    while length < buffer.len() {
        match file.read(&mut buffer[length..]) {
            Ok(0) => break,
            Ok(more) => length += more,
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(_) => return None,
        }
    }
    Some(length)
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::PathBuf;

    use super::{Comparer, PIECE};

    #[test]
    fn files_are_the_same_if_every_byte_and_the_name_is() {
        let mut comparer = Comparer::new();
        let mut are_same = |old: &[PathBuf], new: &[PathBuf]| comparer.are_same(old, new);
        let folder = tempfile::tempdir().unwrap();
        let file = |side: &str, name: &str, bytes: &[u8]| -> PathBuf {
            let folder = folder.path().join(side);
            fs::create_dir_all(&folder).unwrap();
            fs::write(folder.join(name), bytes).unwrap();
            folder.join(name)
        };
        for length in [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE] {
            let mut bytes = vec![b'a'; length];
            let old = file("old", "x.json", &bytes);
            let same = file("same", "x.json", &bytes);
            let named = file("same", "y.json", &bytes);
            bytes.push(b'b');
            let longer = file("longer", "x.json", &bytes);
            bytes.pop();
            if let Some(last) = bytes.last_mut() {
                *last = b'b';
                let other = file("other", "x.json", &bytes);
                assert!(!are_same(std::slice::from_ref(&old), &[other]));
            }
            let old = [old];
            assert!(are_same(&old, &[same]), "{length}");
            assert!(!are_same(&old, &[named]) && !are_same(&old, &[longer]));
            assert!(!are_same(&old, &[]));
            assert!(!are_same(&old, &[folder.path().join("none/x.json")]));
        }
    }
}

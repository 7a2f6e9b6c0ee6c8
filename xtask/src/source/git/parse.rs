//! What git prints, taken apart. Names come from whoever wrote the history, so everything is read
//! in the forms that end each name with a zero byte.

use std::collections::HashSet;
use std::fmt::Write as _;

use anyhow::{Context as _, Result};

/// What stands in a tree.
#[derive(Debug, PartialEq)]
pub(super) struct TreeEntry {
    pub(super) name: String,
    pub(super) is_tree: bool,
    /// Its object's name, in hexadecimal.
    pub(super) object: String,
}

/// The entries of a tree object: `<mode> <name>\0<binary object name>`, over and over. Names that
/// are no text and anything but files and folders are passed by.
pub(super) fn tree(mut bytes: &[u8]) -> Result<Vec<TreeEntry>> {
    // SHA-1; no service can be told from a tree of the other format, which nobody publishes yet.
    const OBJECT: usize = 20;
    let mut entries = Vec::new();
    while !bytes.is_empty() {
        let cut = || "git gave a tree that breaks off";
        let zero = bytes.iter().position(|byte| *byte == 0).with_context(cut)?;
        let (head, rest) = (&bytes[..zero], &bytes[zero + 1..]);
        let object = rest.get(..OBJECT).with_context(cut)?;
        bytes = &rest[OBJECT..];
        let Some((mode, name)) = std::str::from_utf8(head)
            .ok()
            .and_then(|head| head.split_once(' '))
        else {
            continue;
        };
        let is_tree = mode == "40000";
        if is_tree || mode.starts_with("100") {
            entries.push(TreeEntry {
                name: name.to_owned(),
                is_tree,
                object: hexadecimal(object),
            });
        }
    }
    Ok(entries)
}

fn hexadecimal(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(2 * bytes.len());
    for byte in bytes {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

/// The fields of lines that each hold `count` of them, all ended by zero bytes (and, where git
/// itself breaks lines, by those).
pub(super) fn fields(output: &[u8], count: usize) -> Vec<Vec<&str>> {
    let texts = output.split(|byte| *byte == 0).map(|text| {
        let text = text.strip_prefix(b"\n").unwrap_or(text);
        // What is no text names nothing that is looked for.
        std::str::from_utf8(text).unwrap_or_default()
    });
    let texts: Vec<&str> = texts.collect();
    texts.chunks_exact(count).map(<[&str]>::to_vec).collect()
}

/// The header of an answer of `git cat-file --batch`: an object's type and size, or none if it is
/// missing.
pub(super) fn header(line: &str) -> Result<Option<(&str, u64)>> {
    let line = line.trim_end_matches('\n');
    if line.ends_with(" missing") {
        return Ok(None);
    }
    let mut words = line.rsplit(' ');
    let size = words.next().and_then(|size| size.parse().ok());
    let parsed = size.zip(words.next());
    let (size, kind) = parsed
        .with_context(|| format!("git gave an answer unlike any: `{}`", line.escape_debug()))?;
    Ok(Some((kind, size)))
}

/// The distinct files that `git log --raw -z` names, each with one path it had.
pub(super) fn raw(output: &[u8]) -> Vec<(String, String)> {
    let mut seen = HashSet::new();
    let mut files = Vec::new();
    let mut tokens = output
        .split(|byte| *byte == 0)
        .filter(|token| !token.is_empty());
    while let Some(about) = tokens.next() {
        // `:<old mode> <new mode> <old object> <new object> <status>`, then the path.
        let about = String::from_utf8_lossy(about);
        let Some(object) = about
            .strip_prefix(':')
            .and_then(|about| about.split(' ').nth(3))
        else {
            continue;
        };
        let Some(path) = tokens.next() else { break };
        if seen.insert(object.to_owned()) {
            files.push((
                object.to_owned(),
                String::from_utf8_lossy(path).into_owned(),
            ));
        }
    }
    files
}

#[cfg(test)]
mod tests {
    use super::{fields, header, raw, tree};

    #[test]
    fn a_tree_is_its_folders_and_files() {
        let mut bytes = Vec::new();
        for (head, byte) in [
            (&b"40000 batch"[..], 1),
            (b"100644 a name\nwith all\tsorts", 2),
            (b"100644 \xff", 3),
            (b"120000 link", 4),
            (b"160000 module", 5),
        ] {
            bytes.extend_from_slice(head);
            bytes.push(0);
            bytes.extend_from_slice(&[byte; 20]);
        }
        let entries = tree(&bytes).unwrap();
        let names: Vec<&str> = entries.iter().map(|entry| entry.name.as_str()).collect();
        assert_eq!(names, ["batch", "a name\nwith all\tsorts"]);
        assert!(entries[0].is_tree && !entries[1].is_tree);
        assert_eq!(entries[0].object, "01".repeat(20));
        assert!(tree(&bytes[..bytes.len() - 1]).is_err());
        assert!(tree(b"40000 batch").is_err());
    }

    #[test]
    fn fields_end_with_zero_bytes() {
        assert_eq!(
            fields(b"1.0\0aa\0\n1.1\0\0", 2),
            [["1.0", "aa"], ["1.1", ""]]
        );
        assert!(fields(b"", 2).is_empty());
    }

    #[test]
    fn an_answer_states_type_and_size_or_that_the_object_is_missing() {
        assert_eq!(header("abc blob 12\n").unwrap(), Some(("blob", 12)));
        assert_eq!(header("abc:botocore/data missing\n").unwrap(), None);
        assert!(header("\n").is_err());
        assert!(header("abc blob many\n").is_err());
    }

    #[test]
    fn a_file_counts_once_however_often_the_log_names_it() {
        let log = b":000000 100644 00 aa A\0a/1/service-2.json\0\
                    :100644 100644 aa bb M\0a/1/service-2.json\0\0\
                    :000000 100644 00 aa A\0:b \n/1/service-2.json\0";
        let files = raw(log);
        assert_eq!(files.len(), 2);
        assert_eq!(files[1], ("bb".to_owned(), "a/1/service-2.json".to_owned()));
    }
}

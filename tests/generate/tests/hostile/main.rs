//! Models made to break out of the crate that is made of them. The golden crate is compiled, linted
//! and documented with the workspace.
//!
//! After a wanted change: `UPDATE_GOLDEN=1 cargo test -p shapewright-golden-tests`.

mod service;
mod skeleton;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use service::{HOSTILE, Service, crowd, read, service};
use shapewright_rust::Runtime;
use shapewright_tests::{crates, models};
use skeleton::{literals, skeleton};

fn files(service: &Service) -> BTreeMap<String, String> {
    crates::generate(&service.model(), "hostile", Runtime::Version)
}

/// Fails unless every file stays in its folder and can be read as what it is.
#[expect(
    clippy::case_sensitive_file_extension_comparisons,
    reason = "paths are in lower case"
)]
fn check(files: &BTreeMap<String, String>) {
    let mut seen = BTreeSet::new();
    for (path, text) in files {
        let is_plain = |c: char| matches!(c, 'a'..='z' | '0'..='9' | '_' | '/' | '.');
        let is_source =
            path.starts_with("src/") && path.ends_with(".rs") && path.chars().all(is_plain);
        assert!(
            is_source || path == "Cargo.toml" || path == "README.md",
            "{path:?}"
        );
        assert!(!path.contains("..") && path.len() <= 150, "{path:?}");
        assert!(
            seen.insert(path.to_ascii_lowercase()),
            "{path} is there twice"
        );
        let stem = path.rsplit('/').next().unwrap_or_default();
        let stem = stem.trim_end_matches(".rs");
        assert!(
            !["con", "aux", "nul", "prn", "com1", "lpt9"].contains(&stem),
            "{path}"
        );

        let turns = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        let hidden = text
            .chars()
            .find(|c| turns(*c) || c.is_control() && *c != '\n');
        assert_eq!(hidden, None, "{path}");
    }
    check_manifest(&files["Cargo.toml"]);
    let readme = &files["README.md"];
    let (header, rest) = readme.split_once('\n').expect("lines");
    assert!(header.starts_with("<!-- @generated"));
    // What comes from the model stands in code, one line each.
    let mut lines = rest.lines().filter(|line| !line.is_empty());
    let modules = lines.position(|line| line.starts_with("`types` holds"));
    assert_eq!(modules, Some(3), "{readme}");
    assert!(lines.all(str::is_ascii), "{readme}");
}

fn check_manifest(text: &str) {
    let manifest: toml::Table = text.parse().expect("TOML");
    let keys = |table: &toml::Table| table.keys().cloned().collect::<Vec<_>>().join(" ");
    let tables = keys(&manifest).replace("features ", "");
    assert_eq!(tables, "dependencies package", "{text}");
    let package = manifest["package"].as_table().expect("a table");
    assert_eq!(
        keys(package),
        "categories description documentation edition keywords license metadata name readme rust-version version"
    );
    let dependencies = manifest["dependencies"].as_table().expect("a table");
    assert_eq!(keys(dependencies), "serde shapewright-runtime");
}

/// The skeletons of the sources, whatever the files are called.
fn skeletons(files: &BTreeMap<String, String>) -> Vec<String> {
    let sources = files.iter().filter(|(path, _)| path.starts_with("src/"));
    let mut found: Vec<String> = sources.map(|(_, text)| skeleton(text)).collect();
    found.sort();
    found
}

#[test]
fn no_text_in_any_position_adds_or_takes_a_token() {
    let tame = |mark: &'static str| {
        let mut at = 0;
        service(move || {
            at += 1;
            // Sorted, the names come in the order of the numbers, as those below do.
            format!("{mark}{at:03}")
        })
    };
    let expected = skeletons(&files(&tame("x")));
    for text in HOSTILE {
        let mut at = 0;
        let hostile = service(|| {
            at += 1;
            format!("{text}{at:03}{text}")
        });
        let files = files(&hostile);
        check(&files);
        let found = skeletons(&files);
        assert!(
            found == expected,
            "{text:?} changes what the crate is made of"
        );
        let sources = files.iter().filter(|(path, _)| path.starts_with("src/"));
        let literals: BTreeSet<String> = sources.flat_map(|(_, text)| literals(text)).collect();
        for told in &hostile.told {
            assert!(literals.contains(told), "{told:?} is nowhere as it is");
        }
    }
}

#[test]
fn long_texts_make_no_long_names() {
    let mut at = 0;
    let long = "Name".repeat(250);
    let files = files(&service(|| {
        at += 1;
        format!("{long}{at:03}")
    }));
    check(&files);
    skeletons(&files);
}

#[test]
fn hostile_texts_that_meet_make_the_golden_crate() {
    let runtime = Runtime::Path("../../../models/runtime".to_owned());
    let model = read(&crowd().to_string(), None);
    let files = crates::generate(&model, "hostile", runtime);
    check(&files);
    let folder = models::root().join("tests/golden/hostile");
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        let _ = fs::remove_dir_all(&folder);
        crates::write(&folder, &files);
    }
    for (path, text) in &files {
        let golden = fs::read_to_string(folder.join(path)).unwrap_or_default();
        assert!(
            golden == *text,
            "{path} differs; see this test's first lines"
        );
    }
    let count = |folder| fs::read_dir(folder).map_or(0, Iterator::count);
    let types = files.keys().filter(|path| path.starts_with("src/types/"));
    assert_eq!(
        count(folder.join("src/types")),
        types.count(),
        "files that are no longer made"
    );
}

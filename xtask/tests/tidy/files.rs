//! What every file is like.

use crate::{files, none};

/// A file that one cannot read in one sitting is split.
const LINES: usize = 500;

/// Where Rust is written by hand.
const HAND_WRITTEN: [&str; 4] = ["codegen", "models", "tests", "xtask"];

#[test]
fn files_are_read_in_one_sitting() {
    let mut breaches = Vec::new();
    for file in HAND_WRITTEN.into_iter().flat_map(files) {
        let lines = file.text.lines().count();
        if file.is_rust() && !file.is_generated() && lines > LINES {
            breaches.push(format!("{}: {lines} lines", file.path));
        }
    }
    none(&breaches, &format!("no file has more than {LINES} lines"));
}

#[test]
fn modules_say_what_they_are_for() {
    let mut breaches = Vec::new();
    for file in HAND_WRITTEN.into_iter().flat_map(files) {
        // What must not compile is a user's program; its golden message counts its lines.
        let is_witness = file.path.starts_with("tests/compile/fail/");
        let is_module = file.is_rust() && !file.is_generated() && !is_witness;
        if is_module && !file.text.starts_with("//! ") {
            breaches.push(file.path);
        }
    }
    none(&breaches, "every module opens with `//!`");
}

#[test]
fn nothing_is_left_undone_in_secret() {
    // In two parts, so that this file does not name them.
    let marks = [
        ["todo", "!("],
        ["unimplemented", "!("],
        ["#[", "ignore"],
        ["FIX", "ME"],
        ["dbg", "!("],
    ];
    let mut breaches = Vec::new();
    for file in HAND_WRITTEN.into_iter().flat_map(files) {
        if file.is_rust() {
            breaches.extend(marks.iter().flat_map(|mark| file.places_of(&mark.concat())));
        }
    }
    none(&breaches, "what is not done is not there");
}

/// Packages come from whatever index a user's cargo and pip are set to.
#[test]
fn no_registry_is_named() {
    let hosts = [
        ["crates", ".io"],
        ["pypi", ".org"],
        ["pythonhosted", ".org"],
    ];
    let mut breaches = Vec::new();
    for file in files("") {
        // Cargo writes the name of its default registry there.
        if !file.path.ends_with("Cargo.lock") {
            breaches.extend(hosts.iter().flat_map(|host| file.places_of(&host.concat())));
        }
    }
    none(&breaches, "no registry's host is named");
}

//! What a user of a generated crate compiles.

use std::ffi::OsString;
use std::process::Command;

use crate::{none, root};

/// A generated crate and what it needs, as cargo resolves it for this machine: all of it, no more
/// than it, and no test's needs.
fn compiled_with(package: &str) -> Vec<String> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"));
    let tree = Command::new(cargo)
        .current_dir(root())
        .args(["tree", "--locked", "--offline", "--package", package])
        .args(["--edges", "normal,build", "--prefix", "none"])
        .output()
        .expect("cargo runs");
    assert!(
        tree.status.success(),
        "{}",
        String::from_utf8_lossy(&tree.stderr)
    );
    let tree = String::from_utf8(tree.stdout).expect("cargo writes UTF-8");
    tree.lines().map(str::to_owned).collect()
}

#[test]
fn a_generated_crate_needs_no_proc_macro() {
    let compiled = compiled_with("shapewright-batch");
    assert!(compiled.iter().any(|line| line.starts_with("serde ")));
    // cargo marks them in its tree.
    let mut breaches = compiled;
    breaches.retain(|line| line.contains("(proc-macro)") || line.starts_with("syn "));
    none(&breaches, "serde implementations are emitted, not derived");
}

#[test]
fn a_generated_crate_needs_little() {
    let mut names: Vec<String> = compiled_with("shapewright-batch")
        .iter()
        .filter_map(|line| line.split_whitespace().next())
        .map(str::to_owned)
        .collect();
    names.sort();
    names.dedup();
    assert_eq!(
        names,
        [
            "bytes",
            "http",
            "itoa",
            "memchr",
            "serde",
            "serde_core",
            "serde_json",
            "shapewright-batch",
            "shapewright-runtime",
            "zmij",
        ]
    );
}

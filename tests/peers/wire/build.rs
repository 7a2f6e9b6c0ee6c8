//! Lists the generated types and operations, so that no table of them is kept by hand.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() {
    let batch = Path::new("../../../models/batch/src");
    let types = exported(&batch.join("types/mod.rs"));
    // An operation's error is exported beside it.
    let operations = exported(&batch.join("operations/mod.rs"))
        .into_iter()
        .filter(|name| !name.ends_with("Error"))
        .collect::<Vec<_>>();
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    let table = table("TYPES", "Type", "types", &types)
        + &table("OPERATIONS", "Described", "operations", &operations);
    fs::write(out.join("table.rs"), table).expect("OUT_DIR can be written");
}

/// The names that a generated `mod.rs` exports, in its order.
fn exported(file: &Path) -> Vec<String> {
    println!("cargo:rerun-if-changed={}", file.display());
    let source =
        fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    source
        .split(';')
        .filter_map(|item| item.trim().strip_prefix("pub use "))
        .flat_map(|path| {
            let (_, names) = path.rsplit_once("::").expect("a module and its names");
            names.trim_matches(['{', '}']).split(',')
        })
        .map(|name| name.trim().to_owned())
        .filter(|name| !name.is_empty())
        .collect()
}

/// `const NAME: &[Entry] = &[Entry::of::<module::A>("A"), …];`
fn table(name: &str, entry: &str, module: &str, items: &[String]) -> String {
    let mut table = format!("const {name}: &[{entry}] = &[\n");
    for item in items {
        writeln!(table, "    {entry}::of::<{module}::{item}>(\"{item}\"),")
            .expect("a String takes everything");
    }
    table + "];\n"
}

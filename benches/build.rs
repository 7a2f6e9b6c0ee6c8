//! Writes the twins of what DescribeJobs gives, for the newest revision in the spec folder.

#[allow(unreachable_pub, dead_code, reason = "the library shares them")]
#[path = "src/spec.rs"]
mod spec;
#[allow(unreachable_pub, dead_code, reason = "the library shares them")]
#[path = "src/twins.rs"]
mod twins;

use std::path::Path;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo::rerun-if-changed={}", spec::folder().display());
    let model = spec::load(&spec::newest()?)?;
    let operation = model
        .operation("DescribeJobs")
        .ok_or("the model lacks DescribeJobs")?;
    let root = operation.output.as_ref().map(|output| output.target);
    let out = std::env::var_os("OUT_DIR").ok_or("cargo names no OUT_DIR")?;
    for (file, texts) in [
        ("twins.rs", twins::Texts::Owned),
        ("borrowed.rs", twins::Texts::Borrowed),
    ] {
        let source = twins::source(&model, root, texts);
        std::fs::write(Path::new(&out).join(file), source)?;
    }
    Ok(())
}

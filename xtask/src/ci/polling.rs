//! The program through which the peer tests wait for tables of DynamoDB and page through them: Batch
//! has no waiters, and moto gives its pages whole.

use std::path::PathBuf;

use anyhow::{Context as _, Result};

use super::{Ci, wire};

const SERVICE: &str = "dynamodb";
/// The program's crate, and in it the imported models; the crates go beside these, to `models`.
const PROGRAM: &str = ".peers/polling";
const SPEC: &str = ".peers/polling/api-spec";
const SOURCE: &str = "tests/peers/polling/main.rs";

/// Generates the crate and builds the program; its path, if all went well.
pub(super) fn build(ci: &Ci, models: &str) -> Result<Option<PathBuf>> {
    if !wire::generate(ci, &[models], SPEC, &[SERVICE])? {
        return Ok(None);
    }
    let source = std::fs::read_to_string(ci.root.join(SOURCE)).context(SOURCE)?;
    wire::build_program(ci, PROGRAM, DEPENDENCIES, &source)
}

const DEPENDENCIES: &str = "\
api = { package = \"shapewright-dynamodb\", path = \"models/dynamodb\", features = [\"credentials\", \"hyper\", \"ureq\"] }
serde_json = \"1\"
tokio = { version = \"1\", default-features = false, features = [\"net\", \"rt\", \"time\"] }
";

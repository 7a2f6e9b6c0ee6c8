//! What the tests share: models from folders, crates from models, values from shapes.

pub mod crates;
pub mod models;
pub mod values;

//! The things of a model in Rust, for those who know them by their paths in the model.

use std::collections::BTreeMap;

use shapewright_model::Model;

use crate::plan::{self, Options, Value};
use crate::spelling::Types;

/// A thing of a model as its crate has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// The name of the type, field or variant; none for a shape without a type of its own.
    pub name: Option<String>,
    /// The type of what a field or variant holds, or what a shape without a type of its own becomes.
    pub rust_type: Option<String>,
    /// What the model states of it, in sentences: Markdown without line breaks.
    pub facts: Vec<String>,
    /// Upstream's documentation, a block of Markdown each; none for a model without prose.
    pub prose: Vec<String>,
}

/// The operations, shapes, members and enum values of a model, each by its path.
pub fn terms(model: &Model, options: &Options<'_>) -> BTreeMap<String, Term> {
    let terms = plan::terms(model, options).into_iter();
    terms
        .map(|(path, named)| {
            let term = Term {
                name: named.name,
                rust_type: named.value.as_ref().map(type_name),
                facts: named.facts,
                prose: named.prose,
            };
            (path, term)
        })
        .collect()
}

/// The type of a value as a program writes it that has imported what it names.
pub(super) fn type_name(value: &Value) -> String {
    Types::Imported
        .of(value)
        .replace("crate::runtime::", "runtime::")
}

//! The Smithy 2.0 JSON AST: one file that states a service, its paginators, waiters and endpoint
//! rules, as AWS publishes it and as the Smithy build tool writes it.
//!
//! The model that comes out is the one that C2J gives, as far as the two state the same. What
//! Smithy alone states is a trait under its full id, such as `smithy.api#clientOptional`; what has
//! no id of a trait gets one without a namespace, such as `smithy#resources`.

mod ast;
mod check;
mod closure;
mod keys;
mod names;
mod operation;
mod paging;
mod prelude;
mod service;
mod shape;
mod traits;
mod waiting;

use crate::c2j::{Prose, Reading, Source};
use crate::check::Checker;
use crate::json;
use crate::model::Model;
use crate::problem::{Problem, Severity};

/// Reads a service from its JSON AST.
///
/// # Errors
/// All problems of the file, warnings included, if at least one is an error.
pub(crate) fn read(source: &Source<'_>, prose: Prose) -> Result<Reading, Vec<Problem>> {
    let mut problems = Vec::new();
    let mut model = Model::default();
    match json::parse(source.name, source.bytes, prose, &mut problems) {
        Ok(mut json) => {
            let mut checker = Checker::new(source.name);
            checker.file(&keys::FILE, &mut json);
            check::references(&mut checker, &json);
            if !checker.has_errors()
                && let Some(ast) = ast::Ast::new(&mut checker, &json)
            {
                model = service::model(&mut checker, &ast, prose);
                checker.size(&model, "shapes");
            }
            problems.extend(checker.into_problems());
        }
        Err(problem) => problems.push(problem),
    }
    json::place_all(source.bytes, &mut problems);
    problems.sort_by_key(|problem| problem.place.as_ref().map(|place| place.bytes.start));
    let is_error = |problem: &Problem| problem.severity() == Severity::Error;
    if problems.iter().any(is_error) {
        return Err(problems);
    }
    Ok(Reading {
        model,
        warnings: problems,
    })
}

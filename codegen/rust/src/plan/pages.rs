//! How an operation is read in pages: its paginator's expressions as ways through its types.

use std::collections::BTreeMap;

use shapewright_model::{Code, Model, Operation, Path, Problem};

use super::context::Types;
use super::items::Value;
use super::jmespath::{Expression, Segment, parse};
use super::route::{Route, Scalar, Step};

/// How one page leads to the next, and what it holds.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Pages {
    /// The flag that tells whether more follows.
    pub(crate) more: Option<Route>,
    pub(crate) tokens: Vec<Token>,
    /// The items; none where the page is its own.
    pub(crate) items: Option<Route>,
}

/// A field of the input, and from where in the output it is filled.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Token {
    pub(crate) field: String,
    /// The first that is there counts.
    pub(crate) outputs: Vec<Route>,
}

/// How an operation is read in pages, if its paginator is of a form that is known.
pub(super) fn plan(
    model: &Model,
    operation: &Operation,
    [input, output]: [&str; 2],
    types: &Types<'_>,
) -> Option<Pages> {
    let paginator = model.paginators.get(&operation.key)?;
    let [input, output] = [input, output].map(|name| Value::Structure(name.to_owned()));
    let is_paired = paginator.input_token.len() == paginator.output_token.len();
    if !is_paired || paginator.input_token.is_empty() {
        return None;
    }
    let pairs = paginator.input_token.iter().zip(&paginator.output_token);
    let tokens = pairs.map(|(name, expression)| {
        let field = types.field(&input, name)?;
        let outputs = alternatives(parse(expression)?)?;
        let outputs = outputs.iter().map(|path| {
            let route = types.route(&output, path)?;
            (is_one(&route) && is_token(&route) && route.end == field.value).then_some(route)
        });
        Some(Token {
            field: field.name.clone(),
            outputs: outputs.collect::<Option<_>>()?,
        })
    });
    let tokens = tokens.collect::<Option<_>>()?;
    let route = |expression: &String| match parse(expression)? {
        Expression::Path(path) => types.route(&output, &path).filter(is_one),
        _ => None,
    };
    let more = match &paginator.more_results {
        Some(expression) => Some(route(expression).filter(|found| found.end == Value::Boolean)?),
        None => None,
    };
    // The first is what counts as the pages' items, as upstream has it.
    let items = match paginator.result_key.first() {
        Some(expression) => Some(route(expression).filter(has_fields)?),
        None => None,
    };
    Some(Pages {
        more,
        tokens,
        items,
    })
}

/// The paths of `a || b`.
fn alternatives(expression: Expression) -> Option<Vec<Vec<Segment>>> {
    match expression {
        Expression::Path(path) => Some(vec![path]),
        Expression::Or(left, right) => {
            let mut paths = alternatives(*left)?;
            paths.append(&mut alternatives(*right)?);
            Some(paths)
        }
        _ => None,
    }
}

fn is_one(route: &Route) -> bool {
    route.items.is_none()
}

/// Whether it can be told of a value that it is empty, as of a token that is none.
fn is_token(route: &Route) -> bool {
    match route.scalar {
        Some(Scalar::Flag) => false,
        Some(_) => true,
        None => matches!(route.end, Value::Map { .. } | Value::List { .. }),
    }
}

/// Whether a value can be taken out at the end: from fields alone.
fn has_fields(route: &Route) -> bool {
    route
        .steps
        .iter()
        .all(|step| matches!(step, Step::Field(_)))
}

/// The paginators of which no code is made. `file` is the name of their file.
pub(crate) fn problems(model: &Model, operations: &[super::Operation], file: &str) -> Vec<Problem> {
    let planned: BTreeMap<&str, &super::Operation> = operations
        .iter()
        .map(|one| (one.key.as_str(), one))
        .collect();
    let is_missing = |key: &&String| {
        let planned = planned.get(key.as_str());
        planned.is_some_and(|planned| planned.pages.is_none())
    };
    let missing = model.paginators.keys().filter(is_missing);
    let problem = |key: &String| Problem {
        code: Code::PaginatorForm,
        file: file.to_owned(),
        path: Path::of(["pagination", key]),
        place: None,
        message: format!(
            "the paginator of `{}` is of a form that is not known",
            key.escape_debug()
        ),
        help:
            "the crate does not follow its pages: send the tokens by hand, or use a newer generator"
                .to_owned(),
    };
    missing.map(problem).collect()
}

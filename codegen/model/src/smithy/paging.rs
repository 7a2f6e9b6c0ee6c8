//! Paginators, which C2J keeps in a file of their own.

use serde_json::json;

use super::ast::Item;
use crate::json::Json;
use crate::model::Paginator;
use crate::traits::{TraitName as T, Traits};

const PAGINATED: &str = "smithy.api#paginated";

/// The paginator of an operation, which takes from the service what it does not state itself. None
/// if the operation has no pages, or states too little for C2J.
pub(super) fn paginator(service: &Item<'_>, operation: &Item<'_>) -> Option<Paginator> {
    let own = operation.traits.get(PAGINATED)?;
    let common = service.traits.get(PAGINATED);
    let text = |key: &str| {
        let stated = own.get(key).or_else(|| common?.get(key));
        stated.and_then(Json::as_str).map(str::to_owned)
    };
    let input_token = text("inputToken")?;
    let output_token = text("outputToken")?;
    let result_key = text("items");
    let limit_key = text("pageSize");
    let mut traits = Traits::default();
    let facts = [
        (T::InputToken, Some(&input_token)),
        (T::OutputToken, Some(&output_token)),
        (T::ResultKey, result_key.as_ref()),
        (T::LimitKey, limit_key.as_ref()),
    ];
    for (name, value) in facts {
        if let Some(value) = value {
            traits.insert(name, json!(value));
        }
    }
    Some(Paginator {
        input_token: vec![input_token],
        output_token: vec![output_token],
        result_key: result_key.into_iter().collect(),
        limit_key,
        more_results: None,
        traits,
    })
}

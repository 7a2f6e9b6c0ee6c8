//! What came of a call, as JSON.

use std::error::Error as _;
use std::fmt::Debug;

use serde::Serialize;
use serde_json::{Value, json};
use shapewright_batch::runtime::Error;

/// A line that is written.
pub(crate) fn answer<O: Serialize, E: std::error::Error + Debug + 'static>(
    result: Result<O, Error<E>>,
) -> Value {
    match result {
        Ok(output) => json!({ "output": output }),
        Err(error) => json!({ "error": described(&error) }),
    }
}

fn described<E: std::error::Error + Debug + 'static>(error: &Error<E>) -> Value {
    let kind = match error {
        Error::Request(_) => "Request",
        Error::Service(_) => "Service",
        Error::Unreadable(_) => "Unreadable",
        Error::Transport(_) => "Transport",
        Error::Credentials(_) => "Credentials",
        _ => "other",
    };
    // The operation's own error by the name of its variant.
    let modelled = error.service().map(|error| format!("{:?}", error.kind()));
    let modelled = modelled.as_deref().and_then(|text| text.split('(').next());
    json!({
        "kind": kind,
        "variant": modelled,
        "code": error.code(),
        "message": error.message(),
        "request_id": error.request_id(),
        "status": error.status().map(|status| status.as_u16()),
        "retry": error.retry().is_some(),
        "text": error.to_string(),
        "source": error.source().map(ToString::to_string),
    })
}

//! An operation as the change page shows one: request syntax, parameters, response syntax and
//! structure, errors.

use shapewright_model::{Operation, Reference, Thing};

use super::Shown;
use super::page::Page;
use super::structure::{self, beside, prose};
use super::wire::{self, Message};

pub(super) fn show(shown: &Shown<'_>, key: &str, page: &mut Page<'_>) {
    let model = shown.model;
    let Some(operation) = model.operation(key) else {
        return;
    };
    let term = shown.term(Thing::Operation(key));
    page.heading(&operation.key);
    page.paragraph(
        0,
        &format!("{} {}", operation.http_method, operation.http_uri),
    );
    prose(page, term, 0);
    page.sentences(0, &term.facts);
    in_rust(shown, operation, page);

    page.heading("Request syntax: on the wire");
    protocol(shown, page);
    message(&wire::request(model, operation), page);
    if let Some(request) = shown.usage.and_then(|usage| usage.request.as_ref()) {
        page.heading("Request syntax: in Rust");
        page.code(request);
    }
    page.heading("Parameters");
    members(shown, operation.input.as_ref(), page);

    page.heading("Response syntax: on the wire");
    message(&wire::response(model, operation), page);
    if let Some(usage) = shown.usage {
        page.heading("Response syntax: in Rust");
        page.code(&usage.types);
    }
    page.heading("Response structure");
    members(shown, operation.output.as_ref(), page);

    page.heading("Errors");
    errors(shown, operation, page);
}

/// The items that the crate has for the operation.
fn in_rust(shown: &Shown<'_>, operation: &Operation, page: &mut Page<'_>) {
    let Some(name) = &shown.term(Thing::Operation(&operation.key)).name else {
        return;
    };
    let side = |reference: &Option<Reference>| {
        let shape = shown.model.shape(reference.as_ref()?.target);
        let name = shown.term(Thing::Shape(&shape.name)).name.as_ref()?;
        Some(format!("types::{name}"))
    };
    let sends = side(&operation.input).map(|input| format!(", sends {input}"));
    let receives = side(&operation.output).map(|output| format!(", receives {output}"));
    let [sends, receives] = [sends, receives].map(Option::unwrap_or_default);
    page.paragraph(0, &format!("In Rust operations::{name}{sends}{receives}."));
}

fn protocol(shown: &Shown<'_>, page: &mut Page<'_>) {
    if !wire::is_json(shown.model) {
        let protocol = wire::protocol(shown.model);
        page.paragraph(
            0,
            &format!(
                "The service speaks `{protocol}`, which is no JSON: bodies stand here as the JSON \
                 that the crate's types read and write."
            ),
        );
    }
}

fn message(message: &Message, page: &mut Page<'_>) {
    let mut text = message.head.join("\n");
    if let Some(body) = &message.body {
        text.push_str("\n\n");
        text.push_str(body);
    }
    page.code(&text);
}

fn members(shown: &Shown<'_>, reference: Option<&Reference>, page: &mut Page<'_>) {
    page.gap();
    match reference.map(|reference| reference.target) {
        Some(target) if !shown.model.shape(target).members().is_empty() => {
            structure::show(shown, target, page);
        }
        _ => page.paragraph(0, "There are none."),
    }
}

fn errors(shown: &Shown<'_>, operation: &Operation, page: &mut Page<'_>) {
    page.gap();
    if operation.errors.is_empty() {
        page.paragraph(0, "The model lists none.");
    }
    for error in &operation.errors {
        let shape = shown.model.shape(error.target);
        let term = shown.term(Thing::Shape(&shape.name));
        page.item(0, &shape.name, &beside(term));
        prose(page, term, 1);
        page.sentences(1, &term.facts);
    }
}

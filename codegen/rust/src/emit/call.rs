//! How an operation travels: each member put where the codec writes it, taken from where it reads it.

use shapewright_model::TimestampFormat;

use super::source::{Literal, Source, block, line};
use super::value::form;
use crate::plan::{
    Auth, Body, Call, Checksum, ErrorVariant, Named, Operation, OperationError, PayloadKind, Place,
    Travel, Value,
};

/// Makes the compiler leave a function until a program calls it: reading and writing JSON is most of the
/// code, and programs call few operations.
const LAZY: &str = "#[inline]";

/// Whether the file of the operation names forms.
pub(super) fn names_forms(call: &Call) -> bool {
    let has_form = |one: &Named| one.place != Place::Status;
    let of_body = |travel: &Travel| matches!(&travel.body, Body::Payload { kind, .. } if *kind != PayloadKind::Blob);
    let is_sent = |travel: &Travel| of_body(travel) || travel.members.iter().any(has_form);
    let is_received = |travel: &Travel| of_body(travel) || received(travel).any(has_form);
    is_sent(&call.request) || is_received(&call.response) || call.errors.iter().any(is_received)
}

/// `impl Call`.
pub(super) fn implementation(to: &mut Source, operation: &Operation, call: &Call) {
    to.gap();
    block!(
        to,
        ("impl crate::runtime::Call for {}", operation.name),
        |to| {
            line!(to, "type Protocol = crate::runtime::codec::{};", call.codec);
            if let Some(prefix) = &call.host_prefix {
                to.gap();
                line!(
                    to,
                    "const HOST_PREFIX: Option<&'static str> = Some({});",
                    Literal(prefix)
                );
            }
            demands(to, call);
            to.gap();
            to.lines(&[LAZY]);
            encode(to, &call.request);
            to.gap();
            to.lines(&[LAZY]);
            block!(
                to,
                ("fn decode(from: &crate::runtime::codec::Incoming<'_>) -> Result<Self::Output, String>"),
                |to| {
                    if is_body(&call.response) {
                        return to.lines(&["from.json()"]);
                    }
                    decode(to, &call.response, &format!("types::{}", operation.output));
                    to.lines(&["Ok(value)"]);
                }
            );
            if let Some(field) = &call.token {
                to.gap();
                token(to, field);
            }
        }
    );
}

/// The constants of what is otherwise than in most operations.
fn demands(to: &mut Source, call: &Call) {
    let auth = match &call.auth {
        Auth::Sigv4 => None,
        Auth::Sigv4UnsignedPayload => Some("Sigv4UnsignedPayload".to_owned()),
        Auth::None => Some("None".to_owned()),
        Auth::Other(name) => Some(format!("Other({})", Literal(name))),
    };
    if let Some(auth) = auth {
        let of = "crate::runtime::codec::Auth";
        line!(to, "const AUTH: {of} = {of}::{auth};");
    }
    if let Some(checksum) = &call.checksum {
        let of = "crate::runtime::codec::Checksum";
        let value = match checksum {
            Checksum::Md5 => "Md5".to_owned(),
            Checksum::Crc32 { algorithm: None } => "Crc32 { algorithm: None }".to_owned(),
            Checksum::Crc32 {
                algorithm: Some(name),
            } => {
                format!("Crc32 {{ algorithm: Some({}) }}", Literal(name))
            }
        };
        line!(to, "const CHECKSUM: Option<{of}> = Some({of}::{value});");
    }
}

fn encode(to: &mut Source, request: &Travel) {
    let is_used = !request.members.is_empty() || request.body != Body::Empty;
    let (input, target) = if is_used { ("input", "to") } else { ("_", "_") };
    let head = format_args!(
        "fn encode({input}: &Self::Input, {target}: &mut crate::runtime::codec::Outgoing) {{"
    );
    if !is_used {
        line!(to, "{head}}}");
        return;
    }
    to.nested(
        head,
        |to| {
            for member in &request.members {
                encode_member(to, member);
            }
            match &request.body {
                Body::Empty => {}
                Body::Members { without } if without.is_empty() => line!(to, "to.json(input);"),
                Body::Members { without } => to.list(
                    format_args!("to.json_without(input, &["),
                    without.iter().map(|name| Literal(name)),
                    "]);",
                ),
                Body::Payload { field, value, kind } => match kind {
                    PayloadKind::Blob => line!(to, "to.blob_payload(&input.{field});"),
                    PayloadKind::Text => {
                        line!(to, "to.text_payload(&input.{field}, {});", form(value));
                    }
                    PayloadKind::Json { absent } => line!(
                        to,
                        "to.json_payload(&input.{field}, {}, {});",
                        form(value),
                        Literal(absent)
                    ),
                },
            }
        },
        "}",
    );
}

fn encode_member(to: &mut Source, member: &Named) {
    let (field, value) = (&member.field, &member.value);
    let method = match (&member.place, value) {
        (Place::Label(_), _) => "label",
        (Place::Query(_), Value::Map { .. }) => "query_map",
        (Place::Query(_), _) => "query",
        (Place::Header(_), Value::JsonText) => "header_json",
        (Place::Header(_), Value::List { item, .. }) if is_text(item) => "header_texts",
        (Place::Header(_), Value::List { .. }) => "header_list",
        (Place::Header(_), _) => "header",
        (Place::PrefixHeaders(_), _) => "prefix_headers",
        (Place::Status, _) => return,
    };
    let form = form(of_entry(member));
    match &member.place {
        Place::Query(_) if method == "query_map" => {
            line!(to, "to.query_map(&input.{field}, {form});");
        }
        Place::Label(name)
        | Place::Query(name)
        | Place::Header(name)
        | Place::PrefixHeaders(name) => {
            line!(
                to,
                "to.{method}({}, &input.{field}, {form});",
                Literal(name)
            );
        }
        Place::Status => {}
    }
}

fn is_text(value: &Value) -> bool {
    matches!(value, Value::String | Value::Named(_))
}

/// The value whose form is named: of a map, what an entry holds.
fn of_entry(member: &Named) -> &Value {
    match (&member.place, &member.value) {
        (Place::Query(_) | Place::PrefixHeaders(_), Value::Map { value, .. }) => value,
        (_, value) => value,
    }
}

/// Whether a structure is its body, and nothing else.
fn is_body(travel: &Travel) -> bool {
    received(travel).next().is_none() && !matches!(travel.body, Body::Payload { .. })
}

/// The members that an answer has outside of the body.
fn received(travel: &Travel) -> impl Iterator<Item = &Named> {
    let is_received = |one: &&Named| !matches!(one.place, Place::Label(_) | Place::Query(_));
    travel.members.iter().filter(is_received)
}

/// The statements that read a structure of a type into `value`.
fn decode(to: &mut Source, travel: &Travel, of: &str) {
    match &travel.body {
        Body::Payload { field, value, kind } => {
            line!(to, "let mut value = {of}::default();");
            match kind {
                PayloadKind::Blob => line!(to, "from.blob_payload(&mut value.{field});"),
                PayloadKind::Text => {
                    line!(
                        to,
                        "from.text_payload(&mut value.{field}, {})?;",
                        form(value)
                    );
                }
                PayloadKind::Json { .. } => {
                    line!(
                        to,
                        "from.json_payload(&mut value.{field}, {})?;",
                        form(value)
                    );
                }
            }
        }
        _ => line!(to, "let mut value: {of} = from.json()?;"),
    }
    for member in received(travel) {
        decode_member(to, member);
    }
}

fn decode_member(to: &mut Source, member: &Named) {
    let (field, form) = (&member.field, form(of_entry(member)));
    let method = match (&member.place, &member.value) {
        (Place::Header(_), Value::JsonText) => "header_json",
        (Place::Header(_), Value::List { item, .. }) if is_http_date(item) => "header_dates",
        (Place::Header(_), _) => "header",
        (Place::PrefixHeaders(_), _) => "prefix_headers",
        _ => "status",
    };
    match &member.place {
        Place::Header(name) | Place::PrefixHeaders(name) => {
            line!(
                to,
                "from.{method}({}, &mut value.{field}, {form})?;",
                Literal(name)
            );
        }
        _ => line!(to, "from.status(&mut value.{field});"),
    }
}

fn is_http_date(value: &Value) -> bool {
    *value == Value::Timestamp(TimestampFormat::HttpDate)
}

fn token(to: &mut Source, field: &str) {
    to.lines(&[
        "fn with_token(input: &Self::Input, token: fn() -> String) -> Option<Self::Input> {",
    ]);
    line!(to, "    if input.{field}.is_some() {{");
    to.lines(&[
        "        return None;",
        "    }",
        "    let mut filled = input.clone();",
    ]);
    line!(to, "    filled.{field} = Some(token());");
    to.lines(&["    Some(filled)", "}"]);
}

/// `impl OperationError`.
pub(super) fn error(to: &mut Source, error: &OperationError, call: &Call) {
    let name = &error.name;
    to.gap();
    block!(
        to,
        ("impl crate::runtime::OperationError for {name}"),
        |to| {
            let from = if error.variants.is_empty() {
                "_"
            } else {
                "from"
            };
            let head = format_args!(
                "fn decode(fault: &crate::runtime::codec::Fault, {from}: &crate::runtime::codec::Incoming<'_>) -> Result<Self, String>"
            );
            to.lines(&[LAZY]);
            to.block(head, |to| {
                let arms: Vec<(&ErrorVariant, &Travel)> = error
                    .variants
                    .iter()
                    .zip(&call.errors)
                    .filter(|(variant, _)| !variant.codes.is_empty())
                    .collect();
                if arms.is_empty() {
                    to.lines(&["Ok(Self::Other(fault.into()))"]);
                    return;
                }
                block!(to, ("match fault.code.as_str()"), |to| {
                    for (variant, travel) in arms {
                        decode_variant(to, variant, travel);
                    }
                    to.lines(&["_ => Ok(Self::Other(fault.into())),"]);
                });
            });
            retry(to, error);
        }
    );
    to.gap();
    block!(
        to,
        ("impl From<&crate::runtime::codec::Fault> for {name}"),
        |to| {
            to.lines(&[
                "fn from(fault: &crate::runtime::codec::Fault) -> Self {",
                "    Self::Other(fault.into())",
                "}",
            ]);
        }
    );
}

fn decode_variant(to: &mut Source, variant: &ErrorVariant, travel: &Travel) {
    let codes: Vec<String> = variant
        .codes
        .iter()
        .map(|code| Literal(code).to_string())
        .collect();
    let (codes, name) = (codes.join(" | "), &variant.name);
    if is_body(travel) {
        line!(to, "{codes} => from.json().map(Self::{name}),");
        return;
    }
    block!(to, ("{codes} =>"), |to| {
        decode(to, travel, &format!("types::{}", variant.type_name));
        line!(to, "Ok(Self::{name}(value))");
    });
}

/// What the model says of sending again, where it says something.
fn retry(to: &mut Source, error: &OperationError) {
    let retried = |variant: &&ErrorVariant| variant.retry.is_some();
    if !error.variants.iter().any(|variant| retried(&variant)) {
        return;
    }
    to.gap();
    block!(
        to,
        ("fn retry(&self) -> Option<crate::runtime::Retry>"),
        |to| {
            block!(to, ("match self"), |to| {
                for variant in error.variants.iter().filter(retried) {
                    let (name, retry) = (&variant.name, variant.retry.unwrap_or_default());
                    line!(
                        to,
                        "Self::{name}(_) => Some(crate::runtime::Retry::{retry}),"
                    );
                }
                to.lines(&["_ => None,"]);
            });
        }
    );
}

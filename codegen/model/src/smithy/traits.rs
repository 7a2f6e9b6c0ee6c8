//! What each trait of Smithy is in C2J.

use serde_json::{Map, Value, json};

use super::ast::Applied;
use crate::c2j::Prose;
use crate::json::Json;
use crate::traits::{TraitName as T, Traits};

/// What decides how a trait is read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Context<'j> {
    pub(super) protocol: Protocol,
    pub(super) prose: Prose,
    /// The service's namespace in XML.
    pub(super) xml_namespace: Option<&'j str>,
}

/// What goes over the wire, as far as the facts of members depend on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Protocol {
    /// Bodies alone, of JSON, CBOR or an unknown form.
    Rpc,
    /// AWS's query protocol.
    Query,
    /// The same as EC2 has it.
    Ec2,
    /// JSON bodies, and what HTTP has besides.
    RestJson,
    /// XML bodies, and what HTTP has besides.
    RestXml,
}

impl Protocol {
    /// Whether members may travel in the URI and in headers.
    pub(super) const fn is_rest(self) -> bool {
        matches!(self, Self::RestJson | Self::RestXml)
    }

    /// Whether the names and forms of XML count.
    pub(super) const fn is_xml(self) -> bool {
        matches!(self, Self::Query | Self::Ec2 | Self::RestXml)
    }
}

/// Traits that are a flag in C2J: their presence is what counts.
const FLAGS: [(&str, T); 13] = [
    ("smithy.api#box", T::Box),
    ("smithy.api#eventHeader", T::EventHeader),
    ("smithy.api#eventPayload", T::EventPayload),
    ("smithy.api#hostLabel", T::HostLabel),
    ("smithy.api#httpChecksumRequired", T::HttpChecksumRequired),
    ("smithy.api#idempotencyToken", T::IdempotencyToken),
    ("smithy.api#idempotent", T::Idempotent),
    ("smithy.api#readonly", T::ReadOnly),
    ("smithy.api#required", T::Required),
    ("smithy.api#requiresLength", T::RequiresLength),
    ("smithy.api#sensitive", T::Sensitive),
    ("smithy.api#sparse", T::Sparse),
    ("smithy.api#xmlAttribute", T::XmlAttribute),
];

/// Traits whose values C2J has just so.
const SAME: [(&str, T); 9] = [
    ("aws.protocols#httpChecksum", T::HttpChecksum),
    ("smithy.api#documentation", T::Documentation),
    ("smithy.api#endpoint", T::Endpoint),
    ("smithy.api#pattern", T::Pattern),
    ("smithy.api#requestCompression", T::RequestCompression),
    ("smithy.rules#clientContextParams", T::ClientContextParams),
    ("smithy.rules#contextParam", T::ContextParam),
    (
        "smithy.rules#operationContextParams",
        T::OperationContextParams,
    ),
    ("smithy.rules#staticContextParams", T::StaticContextParams),
];

/// Traits that state nothing of an API: words, examples, tests, links, and what the file itself
/// needs.
const NO_FACTS: [&str; 10] = [
    "aws.iam#actionPermissionDescription",
    "smithy.api#examples",
    "smithy.api#externalDocumentation",
    "smithy.api#mixin",
    "smithy.rules#endpointTests",
    "smithy.test#httpMalformedRequestTests",
    "smithy.test#httpRequestTests",
    "smithy.test#httpResponseTests",
    "smithy.test#smokeTests",
    // The kind of the shape says it.
    "smithy.api#enum",
];

/// A trait that does not depend on where it stands.
pub(super) fn add(traits: &mut Traits, id: &str, value: &Json<'_>, context: &Context<'_>) {
    if NO_FACTS.contains(&id) {
        return;
    }
    let named = |table: &[(&str, T)]| {
        let mut entries = table.iter();
        let found = entries.find(|(known, _)| *known == id);
        found.map(|(_, name)| name.clone())
    };
    if let Some(name) = named(&FLAGS) {
        traits.insert(name, Value::Bool(true));
    } else if let Some(name) = named(&SAME) {
        if *value != Json::Skipped {
            traits.insert(name, value.to_value());
        }
    } else {
        match id {
            "smithy.api#deprecated" => deprecated(traits, value, context),
            "smithy.api#length" | "smithy.api#range" => {
                for (key, name) in [("min", T::Min), ("max", T::Max)] {
                    if let Some(bound) = value.get(key) {
                        traits.insert(name, number(bound));
                    }
                }
            }
            _ => unknown(traits, id, value),
        }
    }
}

/// A fact that C2J has no key for, under the id that it has in Smithy.
pub(super) fn unknown(traits: &mut Traits, id: &str, value: &Json<'_>) {
    if *value != Json::Skipped {
        traits.insert(T::Unknown(id.into()), value.to_value());
    }
}

/// A number that may stand as a text.
fn number(json: &Json<'_>) -> Value {
    let text = json.as_str();
    text.and_then(|text| serde_json::from_str(text).ok())
        .filter(Value::is_number)
        .unwrap_or_else(|| json.to_value())
}

fn deprecated(traits: &mut Traits, value: &Json<'_>, context: &Context<'_>) {
    traits.insert(T::Deprecated, Value::Bool(true));
    if let Some(since) = value.get("since") {
        traits.insert(T::DeprecatedSince, since.to_value());
    }
    if let (Some(message), Prose::Keep) = (value.get("message"), context.prose) {
        traits.insert(T::DeprecatedMessage, message.to_value());
    }
}

/// The facts of a member of a structure or union.
pub(super) fn member(name: &str, applied: &Applied<'_>, context: &Context<'_>) -> Traits {
    let protocol = context.protocol;
    let mut traits = Traits::default();
    let mut on_wire = None;
    let mut located = None;
    for (id, value) in applied.iter() {
        let text = || value.as_str().unwrap_or_default();
        match id {
            "smithy.api#default" => traits.insert(T::Default, value.to_value()),
            "smithy.api#jsonName" if protocol == Protocol::RestJson => on_wire = Some(text()),
            "smithy.api#xmlName" if protocol.is_xml() => on_wire = Some(text()),
            "smithy.api#xmlFlattened" if protocol.is_xml() => {
                traits.insert(T::Flattened, Value::Bool(true));
            }
            "smithy.api#xmlNamespace" if protocol.is_xml() => {
                traits.insert(T::XmlNamespace, value.to_value());
            }
            "aws.protocols#ec2QueryName" if protocol == Protocol::Ec2 => {
                traits.insert(T::QueryName, value.to_value());
            }
            "smithy.api#httpLabel" if protocol.is_rest() => located = Some(("uri", Some(name))),
            "smithy.api#httpQuery" if protocol.is_rest() => {
                located = Some(("querystring", Some(text())));
            }
            "smithy.api#httpQueryParams" if protocol.is_rest() => {
                located = Some(("querystring", None));
            }
            "smithy.api#httpHeader" if protocol.is_rest() => {
                located = Some(("header", Some(text())));
            }
            "smithy.api#httpPrefixHeaders" if protocol.is_rest() => {
                located = Some(("headers", Some(text())));
            }
            "smithy.api#httpResponseCode" if protocol.is_rest() => {
                located = Some(("statusCode", None));
            }
            // The structure says which member it is.
            "smithy.api#httpPayload" if protocol.is_rest() => {}
            _ => add(&mut traits, id, value, context),
        }
    }
    if let Some((location, name)) = located {
        traits.insert(T::Location, json!(location));
        on_wire = name;
    }
    if let Some(name) = on_wire {
        traits.insert(T::LocationName, json!(name));
    }
    traits
}

/// The facts of a list's element, a map's key or value.
pub(super) fn part(applied: &Applied<'_>, context: &Context<'_>) -> Traits {
    let mut traits = Traits::default();
    for (id, value) in applied.iter() {
        match id {
            "smithy.api#xmlName" if context.protocol.is_xml() => {
                traits.insert(T::LocationName, value.to_value());
            }
            _ => add(&mut traits, id, value, context),
        }
    }
    traits
}

/// C2J's name of a format of timestamps.
pub(super) fn timestamp_format(format: &str) -> &str {
    match format {
        "date-time" => "iso8601",
        "epoch-seconds" => "unixTimestamp",
        "http-date" => "rfc822",
        other => other,
    }
}

/// The facts of an error: who is at fault, and what goes over the wire.
pub(super) fn error(traits: &mut Traits, applied: &Applied<'_>, context: &Context<'_>) {
    const QUERY_ERROR: &str = "aws.protocols#awsQueryError";
    const HTTP_ERROR: &str = "smithy.api#httpError";
    let protocol = context.protocol;
    let is_query = matches!(protocol, Protocol::Query | Protocol::Ec2);
    let is_server = applied.text("smithy.api#error") == Some("server");
    let query = applied.get(QUERY_ERROR);
    let status = applied.get(HTTP_ERROR);
    let mut error = Map::new();
    if is_query && let Some(query) = query {
        let entries = [("code", "code"), ("httpResponseCode", "httpStatusCode")];
        for (key, name) in entries {
            error.extend(
                query
                    .get(key)
                    .map(|value| (name.to_owned(), value.to_value())),
            );
        }
    } else if let Some(query) = query {
        unknown(traits, QUERY_ERROR, query);
    }
    match status {
        Some(status) if is_query || protocol.is_rest() => {
            let code = || number(status);
            error.entry("httpStatusCode").or_insert_with(code);
        }
        Some(status) => unknown(traits, HTTP_ERROR, status),
        None => {}
    }
    // Upstream's JSON models leave it to the shape to say so.
    if protocol.is_xml() && !is_server && !error.is_empty() {
        error.insert("senderFault".to_owned(), Value::Bool(true));
    }
    if !error.is_empty() {
        traits.insert(T::Error, Value::Object(error));
    }
    traits.insert(T::Exception, Value::Bool(true));
    if is_server {
        traits.insert(T::Fault, Value::Bool(true));
    }
    if let Some(retryable) = applied.get("smithy.api#retryable") {
        let throttling = retryable.get("throttling") == Some(&Json::Bool(true));
        traits.insert(T::Retryable, json!({ "throttling": throttling }));
    }
}

/// The traits that [`error`] reads.
pub(super) const OF_ERRORS: [&str; 4] = [
    "aws.protocols#awsQueryError",
    "smithy.api#error",
    "smithy.api#httpError",
    "smithy.api#retryable",
];

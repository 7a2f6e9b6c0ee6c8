//! The service: its metadata, and everything that hangs on it.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::ast::{Ast, Item};
use super::closure::Closure;
use super::names::{Names, collision, local};
use super::operation::Operations;
use super::traits::{self, Context, Protocol};
use super::{paging, shape, waiting};
use crate::c2j::{FileKind, Prose};
use crate::check::Checker;
use crate::json::Json;
use crate::model::Model;
use crate::problem::Code;
use crate::traits::{TraitName as T, Traits};

/// The most references to errors that operations may have: without a bound a small file could ask
/// for more than any machine holds. AWS's largest model has a hundredth of it.
const MANY: usize = 4 << 20;

/// The protocols, those first that C2J names first, each with C2J's name and its version of JSON.
const PROTOCOLS: [(&str, &str, Option<&str>, Protocol); 7] = [
    (
        "aws.protocols#restJson1",
        "rest-json",
        Some("1.1"),
        Protocol::RestJson,
    ),
    ("aws.protocols#restXml", "rest-xml", None, Protocol::RestXml),
    (
        "aws.protocols#awsJson1_0",
        "json",
        Some("1.0"),
        Protocol::Rpc,
    ),
    (
        "aws.protocols#awsJson1_1",
        "json",
        Some("1.1"),
        Protocol::Rpc,
    ),
    ("aws.protocols#awsQuery", "query", None, Protocol::Query),
    ("aws.protocols#ec2Query", "ec2", None, Protocol::Ec2),
    (
        "smithy.protocols#rpcv2Cbor",
        "smithy-rpc-v2-cbor",
        None,
        Protocol::Rpc,
    ),
];
const DISCOVERY: &str = "aws.api#clientEndpointDiscovery";
const SIGV4: &str = "aws.auth#sigv4";

/// The model of a file's service.
pub(super) fn model(checker: &mut Checker<'_>, ast: &Ast<'_>, prose: Prose) -> Model {
    let Some(service) = ast.item(ast.service) else {
        return Model::default();
    };
    let closure = Closure::of(ast);
    let protocol = PROTOCOLS.iter().find(|(id, ..)| service.traits.has(id));
    let namespace = service.traits.get("smithy.api#xmlNamespace");
    let context = Context {
        protocol: protocol.map_or(Protocol::Rpc, |(.., protocol)| *protocol),
        prose,
        xml_namespace: namespace.and_then(|namespace| namespace.get("uri")?.as_str()),
    };
    if service
        .targets("errors")
        .count()
        .saturating_mul(closure.operations.len())
        > MANY
    {
        checker.at("shapes", |checker| {
            checker.at(ast.service, |checker| {
                let message = "the operations have more errors than any model has".to_owned();
                let help = "list an error at the operations that give it".to_owned();
                checker.at("errors", |checker| {
                    checker.report(Code::TooLarge, message, help);
                });
            });
        });
        return Model::default();
    }
    let names = Names::of(checker, ast, &closure);
    let mut model = shape::model(ast, &closure, &names, &context);
    let auth = auth(service);
    model.metadata = metadata(local(ast.service), service, &auth, &context);
    model.service = facts(ast, service, &closure, &context);
    let discovery = service.traits.get(DISCOVERY);
    let operations = Operations {
        ast,
        names: &names,
        context: &context,
        model: &model,
        auth: &auth,
        discovery: discovery.and_then(|discovery| discovery.get("operation")?.as_str()),
    };
    let mut made = BTreeMap::new();
    for id in &closure.operations {
        if let Some(item) = ast.item(id)
            && let Some((other, _)) = made.insert(local(id), (*id, operations.operation(id, item)))
        {
            collision(checker, id, other, local(id));
        }
    }
    let operations = made.into_values();
    model.operations = operations
        .map(|(_, operation)| Arc::new(operation))
        .collect();
    siblings(&mut model, ast, service, &closure);
    model
}

/// What C2J keeps in files beside the service's.
fn siblings(model: &mut Model, ast: &Ast<'_>, service: &Item<'_>, closure: &Closure<'_>) {
    let paginators = Arc::make_mut(&mut model.paginators);
    let waiters = Arc::make_mut(&mut model.waiters);
    for id in &closure.operations {
        let Some(item) = ast.item(id) else {
            continue;
        };
        if let Some(paginator) = paging::paginator(service, item) {
            paginators.insert(local(id).to_owned(), paginator);
        }
        let waitable = item.traits.get("smithy.waiters#waitable");
        for (name, json) in waitable.map_or(&[][..], Json::entries) {
            let waiter = waiting::waiter(local(id), json);
            waiters.insert(name.to_string(), waiter);
        }
    }
    if !model.paginators.is_empty() {
        let file = FileKind::Paginators.file_name();
        model.siblings.insert(file, Traits::default());
    }
    if !model.waiters.is_empty() {
        let mut facts = Traits::default();
        facts.insert(T::Version, json!(2));
        model.siblings.insert(FileKind::Waiters.file_name(), facts);
    }
    let rules = service.traits.get("smithy.rules#endpointRuleSet");
    model.endpoint_rules = rules.map(|rules| Arc::new(rules.to_value()));
}

/// How requests are signed: as the service says, else by all schemes that it has.
fn auth(service: &Item<'_>) -> Vec<String> {
    const SCHEMES: [&str; 6] = [
        SIGV4,
        "aws.auth#sigv4a",
        "smithy.api#httpApiKeyAuth",
        "smithy.api#httpBasicAuth",
        "smithy.api#httpBearerAuth",
        "smithy.api#httpDigestAuth",
    ];
    if let Some(stated) = service.traits.get("smithy.api#auth") {
        let schemes = stated.items().iter().filter_map(Json::as_str);
        schemes.map(str::to_owned).collect()
    } else {
        let schemes = SCHEMES.iter().filter(|id| service.traits.has(id));
        schemes.map(|id| (*id).to_owned()).collect()
    }
}

fn metadata(
    service_name: &str,
    service: &Item<'_>,
    auth: &[String],
    context: &Context<'_>,
) -> Traits {
    let mut metadata = Traits::default();
    let set = |metadata: &mut Traits, name: T, text: Option<&str>| {
        if let Some(text) = text {
            metadata.insert(name, json!(text));
        }
    };
    let about = service.traits.get("aws.api#service");
    let of = |key: &str| about.and_then(|about| about.get(key)?.as_str());
    let version = service.json.get("version").and_then(Json::as_str);
    let signing = service.traits.get(SIGV4);
    let signing = signing.and_then(|signing| signing.get("name")?.as_str());
    let prefix = of("endpointPrefix")
        .or_else(|| of("arnNamespace"))
        .or(signing);
    set(&mut metadata, T::ApiVersion, version);
    set(&mut metadata, T::ServiceId, of("sdkId"));
    set(
        &mut metadata,
        T::ServiceFullName,
        service.traits.text("smithy.api#title"),
    );
    set(&mut metadata, T::EndpointPrefix, prefix);
    // C2J takes the prefix unless another name is stated.
    set(
        &mut metadata,
        T::SigningName,
        signing.filter(|name| Some(*name) != prefix),
    );
    if let (Some(id), Some(version)) = (of("sdkId"), version) {
        let id = id.to_ascii_lowercase().replace(' ', "-");
        set(&mut metadata, T::Uid, Some(&format!("{id}-{version}")));
    }
    let signature = match auth.first().map(String::as_str) {
        Some(SIGV4) => Some("v4"),
        Some("aws.auth#sigv4a") => Some("v4a"),
        Some("smithy.api#httpBearerAuth") => Some("bearer"),
        _ => None,
    };
    set(&mut metadata, T::SignatureVersion, signature);
    let mut protocols = PROTOCOLS.iter().filter(|(id, ..)| service.traits.has(id));
    let names: Vec<&str> = protocols.clone().map(|(_, name, ..)| *name).collect();
    if let Some((id, name, json_version, _)) = protocols.next() {
        set(&mut metadata, T::Protocol, Some(name));
        set(&mut metadata, T::JsonVersion, *json_version);
        if id.starts_with("aws.protocols#awsJson") {
            set(&mut metadata, T::TargetPrefix, Some(service_name));
        }
        if event_streams(service, id) == Some("h2") {
            metadata.insert(T::ProtocolSettings, json!({ "h2": "eventstream" }));
        }
        metadata.insert(T::Protocols, json!(names));
    }
    if matches!(context.protocol, Protocol::Query | Protocol::Ec2)
        && let Some(uri) = context.xml_namespace
    {
        metadata.insert(T::XmlNamespace, json!(uri));
    }
    if let Some(compatible) = service.traits.get("aws.protocols#awsQueryCompatible") {
        metadata.insert(T::AwsQueryCompatible, compatible.to_value());
    }
    if !auth.is_empty() {
        metadata.insert(T::Auth, json!(auth));
    }
    metadata
}

/// The version of HTTP that event streams go by first.
fn event_streams<'j>(service: &Item<'j>, protocol: &str) -> Option<&'j str> {
    let settings = service.traits.get(protocol)?;
    settings.get("eventStreamHttp")?.items().first()?.as_str()
}

/// Facts of the service that stand beside its metadata.
fn facts(
    ast: &Ast<'_>,
    service: &Item<'_>,
    closure: &Closure<'_>,
    context: &Context<'_>,
) -> Traits {
    // What metadata, the files beside and the operations say.
    const ELSEWHERE: [&str; 8] = [
        "aws.protocols#awsQueryCompatible",
        "smithy.api#auth",
        "smithy.api#paginated",
        "smithy.api#title",
        "smithy.rules#endpointRuleSet",
        SIGV4,
        "smithy.api#httpBearerAuth",
        "aws.auth#sigv4a",
    ];
    let mut traits = Traits::default();
    // The version of C2J, in whose terms the facts are.
    traits.insert(T::Version, json!("2.0"));
    let is_query = matches!(context.protocol, Protocol::Query | Protocol::Ec2);
    for (id, value) in service.traits.iter() {
        let is_protocol = PROTOCOLS.iter().any(|(known, ..)| *known == id);
        // A protocol's settings are facts; that it is one, metadata says.
        let is_said = ELSEWHERE.contains(&id)
            || is_protocol && value.entries().is_empty()
            || id == "smithy.api#xmlNamespace" && is_query;
        if !is_said {
            traits::add(&mut traits, id, value, context);
        }
    }
    let resources = closure.resources.iter().filter_map(|id| {
        let item = ast.item(id)?;
        let entries = item.json.entries().iter();
        let stated = entries.filter(|(key, _)| !matches!(&**key, "type" | "traits"));
        let mut resource: Map<String, Value> = stated
            .map(|(key, value)| (key.to_string(), value.to_value()))
            .collect();
        for (id, value) in item
            .traits
            .iter()
            .filter(|(_, value)| **value != Json::Skipped)
        {
            resource.insert(id.to_owned(), value.to_value());
        }
        Some(((*id).to_owned(), Value::Object(resource)))
    });
    let resources: Map<String, Value> = resources.collect();
    if !resources.is_empty() {
        let name = T::Unknown("smithy#resources".into());
        traits.insert(name, Value::Object(resources));
    }
    traits
}

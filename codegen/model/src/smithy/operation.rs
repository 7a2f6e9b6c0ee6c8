//! Operations.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::ast::{Ast, Item};
use super::names::{Names, local};
use super::prelude;
use super::traits::{self, Context, Protocol};
use crate::json::Json;
use crate::model::{Model, Operation, Reference};
use crate::traits::{TraitName as T, Traits};

/// What operations are made from.
pub(super) struct Operations<'a, 'j> {
    pub(super) ast: &'a Ast<'j>,
    pub(super) names: &'a Names<'j>,
    pub(super) context: &'a Context<'j>,
    pub(super) model: &'a Model,
    /// How the service's requests are signed unless an operation says otherwise.
    pub(super) auth: &'a [String],
    /// The operation that tells the endpoint of others.
    pub(super) discovery: Option<&'j str>,
}

impl<'j> Operations<'_, 'j> {
    /// An operation.
    pub(super) fn operation(&self, id: &str, item: &Item<'j>) -> Operation {
        let name = local(id).to_owned();
        let http = self.http(item);
        let text = |key: &str| {
            http.get(key)
                .and_then(Value::as_str)
                .unwrap_or_default()
                .to_owned()
        };
        let (http_method, http_uri) = (text("method"), text("requestUri"));
        let mut traits = self.facts(id, item);
        traits.insert(T::Http, Value::Object(http));
        Operation {
            input: self.end(item, "input", Self::input_facts),
            output: self.end(item, "output", |this, _| this.output_facts(&name)),
            errors: self.errors(item),
            key: name.clone(),
            name,
            http_method,
            http_uri,
            traits,
        }
    }

    /// How a request travels; by a protocol without paths, all go to one.
    fn http(&self, item: &Item<'j>) -> Map<String, Value> {
        let stated = item.traits.get("smithy.api#http");
        let mut http = Map::new();
        if let (Some(stated), true) = (stated, self.context.protocol.is_rest()) {
            let entries = [("method", "method"), ("uri", "requestUri")];
            for (key, name) in entries {
                let value = stated.get(key).map_or(Value::Null, Json::to_value);
                http.insert(name.to_owned(), value);
            }
            // What is so unless another is stated need not be stated.
            let code = stated.get("code").map(Json::to_value);
            if let Some(code) = code.filter(|code| *code != json!(200)) {
                http.insert("responseCode".to_owned(), code);
            }
        } else {
            http.insert("method".to_owned(), json!("POST"));
            http.insert("requestUri".to_owned(), json!("/"));
        }
        http
    }

    fn facts(&self, id: &str, item: &Item<'j>) -> Traits {
        let mut traits = Traits::default();
        for (id, value) in item.traits.iter() {
            match id {
                // These are said elsewhere.
                "smithy.api#paginated" | "smithy.waiters#waitable" => {}
                "smithy.api#http" if self.context.protocol.is_rest() => {}
                "smithy.api#auth" => self.auth(&mut traits, value),
                "smithy.api#optionalAuth" => traits.insert(T::AuthType, json!("none")),
                "aws.auth#unsignedPayload" => {
                    traits.insert(T::AuthType, json!("v4-unsigned-body"));
                    traits.insert(T::UnsignedPayload, Value::Bool(true));
                }
                "aws.api#clientDiscoveredEndpoint" => {
                    let is_required = value.get("required") == Some(&Json::Bool(true));
                    let required = is_required.then(|| ("required".to_owned(), json!(true)));
                    let discovery = required.into_iter().collect();
                    traits.insert(T::EndpointDiscovery, Value::Object(discovery));
                }
                _ => traits::add(&mut traits, id, value, self.context),
            }
        }
        if self.discovery == Some(id) {
            traits.insert(T::EndpointOperation, Value::Bool(true));
        }
        traits
    }

    fn auth(&self, traits: &mut Traits, value: &Json<'_>) {
        let schemes: Vec<&str> = value.items().iter().filter_map(Json::as_str).collect();
        if schemes.is_empty() {
            traits.insert(T::Auth, json!(["smithy.api#noAuth"]));
            traits.insert(T::AuthType, json!("none"));
        } else if schemes != self.auth {
            traits.insert(T::Auth, json!(schemes));
        }
    }

    /// The input or output, unless it is none.
    fn end(
        &self,
        item: &Item<'j>,
        key: &str,
        facts: impl Fn(&Self, &str) -> Traits,
    ) -> Option<Reference> {
        let id = item.target(key).filter(|id| *id != prelude::UNIT)?;
        Some(Reference {
            target: self.model.shape_id(&self.names.get(id))?,
            traits: facts(self, id),
        })
    }

    /// The element that an XML body is, where no member is the body by itself.
    fn input_facts(&self, id: &str) -> Traits {
        const BOUND: [&str; 6] = [
            "smithy.api#httpHeader",
            "smithy.api#httpLabel",
            "smithy.api#httpPrefixHeaders",
            "smithy.api#httpQuery",
            "smithy.api#httpQueryParams",
            "smithy.api#hostLabel",
        ];
        let mut traits = Traits::default();
        let Some(item) = self.ast.item(id) else {
            return traits;
        };
        let mut parts = item.parts.iter();
        let has_payload = parts.any(|part| part.traits.has("smithy.api#httpPayload"));
        let in_body = item.parts.iter();
        let mut in_body = in_body.filter(|part| !BOUND.iter().any(|id| part.traits.has(id)));
        let is_xml = self.context.protocol == Protocol::RestXml;
        if !is_xml || has_payload || in_body.next().is_none() {
            return traits;
        }
        let stated = item.traits.text("smithy.api#xmlName");
        let name = stated.map_or_else(|| self.names.get(id), str::to_owned);
        traits.insert(T::LocationName, json!(name));
        if let Some(uri) = self.context.xml_namespace {
            traits.insert(T::XmlNamespace, json!({ "uri": uri }));
        }
        traits
    }

    fn output_facts(&self, operation: &str) -> Traits {
        let mut traits = Traits::default();
        if self.context.protocol == Protocol::Query {
            traits.insert(T::ResultWrapper, json!(format!("{operation}Result")));
        }
        traits
    }

    /// The operation's own errors, then those that every operation of the service may give.
    fn errors(&self, item: &Item<'j>) -> Vec<Reference> {
        let service = self.ast.item(self.ast.service);
        let common = service
            .into_iter()
            .flat_map(|service| service.targets("errors"));
        let mut seen = BTreeSet::new();
        let errors = item.targets("errors").chain(common);
        let errors = errors.filter(|id| seen.insert(*id)).filter_map(|id| {
            Some(Reference {
                target: self.model.shape_id(&self.names.get(id))?,
                traits: Traits::default(),
            })
        });
        errors.collect()
    }
}

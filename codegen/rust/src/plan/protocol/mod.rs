//! Protocols: how the operations of a service travel. Each has a file, which says where the members
//! of a structure go; the runtime's codec of the same name does it.

mod aws_json;
mod demands;
mod rest_json;

use std::collections::BTreeMap;

use shapewright_model::{Member, Model, Shape, TraitName};

use super::items::{
    Body, Call, Field, Named, Operation, PayloadKind, Structure, Travel, Type, TypeKind,
};
use crate::unsupported::event_stream;

/// A protocol for which the runtime has a codec.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Protocol {
    RestJson1,
    AwsJson1_0,
    AwsJson1_1,
}

impl Protocol {
    /// The first of the protocols that the service speaks for which there is a codec.
    pub(crate) fn of(model: &Model) -> Option<Self> {
        let json_version = model.metadata.text(&TraitName::JsonVersion);
        let named = |name: &str| match (name, json_version) {
            ("rest-json", _) => Some(Self::RestJson1),
            ("json", Some("1.1")) => Some(Self::AwsJson1_1),
            ("json", _) => Some(Self::AwsJson1_0),
            _ => None,
        };
        let several = model.metadata.get(&TraitName::Protocols);
        let several = several.and_then(|names| names.as_array()).into_iter();
        let mut several = several.flatten().filter_map(|name| name.as_str());
        several
            .find_map(named)
            .or_else(|| named(model.metadata.text(&TraitName::Protocol)?))
    }

    /// The type of the runtime's codec.
    pub(crate) const fn codec(self) -> &'static str {
        match self {
            Self::RestJson1 => "RestJson1",
            Self::AwsJson1_0 => "AwsJson1_0",
            Self::AwsJson1_1 => "AwsJson1_1",
        }
    }

    /// The runtime's feature that has the codec.
    pub(crate) const fn feature(self) -> &'static str {
        match self {
            Self::RestJson1 => "rest-json",
            Self::AwsJson1_0 | Self::AwsJson1_1 => "aws-json",
        }
    }

    fn travel(self, shape: Option<&Shape>, structure: &Structure, types: &Types<'_>) -> Travel {
        match (self, shape) {
            (Self::RestJson1, Some(shape)) => rest_json::travel(shape, structure, types),
            (Self::RestJson1, None) => Travel::default(),
            (Self::AwsJson1_0 | Self::AwsJson1_1, _) => aws_json::travel(),
        }
    }
}

/// The types of a plan by name.
pub(super) type Types<'a> = BTreeMap<&'a str, &'a Type>;

/// How an operation travels; nothing for one that streams events, which no codec can.
pub(super) fn call(
    protocol: Protocol,
    model: &Model,
    operation: &shapewright_model::Operation,
    planned: &Operation,
    types: &Types<'_>,
) -> Option<Call> {
    let streams = |side| event_stream(model, operation, side).is_some();
    if streams("input") || streams("output") {
        return None;
    }
    let shape = |reference: &Option<shapewright_model::Reference>| {
        reference.as_ref().map(|one| model.shape(one.target))
    };
    let (input, output) = (shape(&operation.input), shape(&operation.output));
    let sent = structure(types, &planned.input)?;
    let mut request = protocol.travel(input, sent, types);
    host_labels(input, sent, &mut request);
    let mut response = protocol.travel(output, structure(types, &planned.output)?, types);
    if response.body == Body::Empty {
        // What is no JSON is no answer of the service, also where nothing of it is needed.
        response.body = Body::Members {
            without: Vec::new(),
        };
    }
    let errors = operation
        .errors
        .iter()
        .map(|error| model.shape(error.target));
    let errors = planned.error.variants.iter().map(|variant| {
        let shape = errors.clone().find(|shape| shape.name == variant.shape)?;
        let structure = structure(types, &variant.type_name)?;
        Some(protocol.travel(Some(shape), structure, types))
    });
    let host_prefix = operation.traits.get(&TraitName::Endpoint);
    let host_prefix = host_prefix.and_then(|endpoint| endpoint.get("hostPrefix")?.as_str());
    Some(Call {
        codec: protocol.codec(),
        host_prefix: host_prefix.map(str::to_owned),
        token: token(input, sent),
        auth: demands::auth(model, operation),
        checksum: demands::checksum(model, operation, sent),
        request,
        response,
        errors: errors.collect::<Option<_>>()?,
    })
}

fn structure<'a>(types: &Types<'a>, name: &str) -> Option<&'a Structure> {
    match &types.get(name)?.kind {
        TypeKind::Structure(structure) => Some(structure),
        _ => None,
    }
}

/// A shape's members, each with its field.
fn members<'a>(
    shape: &'a Shape,
    structure: &'a Structure,
) -> impl Iterator<Item = (&'a Member, &'a Field)> {
    shape.members().iter().zip(&structure.fields)
}

/// The field that the client fills in, if it is a text.
fn token(shape: Option<&Shape>, structure: &Structure) -> Option<String> {
    let mut members = members(shape?, structure);
    let is_token = |member: &Member| member.traits.flag(&TraitName::IdempotencyToken);
    let (_, field) =
        members.find(|(member, field)| is_token(member) && field.value == super::Value::String)?;
    Some(field.name.clone())
}

/// Members that stand in the host's prefix; they also travel in their own place.
fn host_labels(shape: Option<&Shape>, structure: &Structure, request: &mut Travel) {
    let Some(shape) = shape else {
        return;
    };
    let labels = members(shape, structure)
        .filter(|(member, _)| member.traits.flag(&TraitName::HostLabel))
        .map(|(member, field)| Named::label(&member.name, field));
    request.members.extend(labels);
}

/// How a member travels that is the whole body.
fn payload(field: &Field, types: &Types<'_>) -> Body {
    use super::Value;
    let kind = match &field.value {
        Value::Blob => PayloadKind::Blob,
        Value::Named(name) => match types.get(name.as_str()).map(|one| &one.kind) {
            Some(TypeKind::Enum(_)) => PayloadKind::Text,
            _ => PayloadKind::Json { absent: "" },
        },
        Value::Structure(_) => PayloadKind::Json { absent: "{}" },
        Value::Document => PayloadKind::Json { absent: "" },
        Value::List { .. } | Value::Map { .. } | Value::Boxed(_) => {
            PayloadKind::Json { absent: "{}" }
        }
        _ => PayloadKind::Text,
    };
    Body::Payload {
        field: field.name.clone(),
        value: field.value.clone(),
        kind,
    }
}

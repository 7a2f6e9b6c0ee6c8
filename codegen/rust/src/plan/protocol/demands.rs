//! What an operation demands of its requests beside its members: a signature, a checksum.

use shapewright_model::{Model, Operation, TraitName};

use super::members;
use crate::plan::items::{Auth, Checksum, Structure};

/// How requests are signed: by the operation, or as the service has it.
pub(super) fn auth(model: &Model, operation: &Operation) -> Auth {
    let unsigned = operation.traits.flag(&TraitName::UnsignedPayload);
    let sigv4 = if unsigned {
        Auth::Sigv4UnsignedPayload
    } else {
        Auth::Sigv4
    };
    match operation.traits.text(&TraitName::AuthType) {
        Some("none") => return Auth::None,
        Some("v4-unsigned-body") => return Auth::Sigv4UnsignedPayload,
        _ => {}
    }
    let schemes = operation.traits.get(&TraitName::Auth);
    let schemes = schemes.or_else(|| model.metadata.get(&TraitName::Auth));
    let schemes = schemes.and_then(|schemes| schemes.as_array());
    let names: Vec<&str> = schemes
        .into_iter()
        .flatten()
        .filter_map(|scheme| scheme.as_str())
        .collect();
    let Some(first) = names.first() else {
        return sigv4;
    };
    if names.contains(&"aws.auth#sigv4") {
        sigv4
    } else if names.contains(&"smithy.api#noAuth") {
        Auth::None
    } else {
        Auth::Other((*first).to_owned())
    }
}

/// The checksum that requests must have.
pub(super) fn checksum(
    model: &Model,
    operation: &Operation,
    input: &Structure,
) -> Option<Checksum> {
    if let Some(checksum) = operation.traits.get(&TraitName::HttpChecksum) {
        let is_required = checksum.get("requestChecksumRequired")?.as_bool()?;
        let member = checksum.get("requestAlgorithmMember");
        let member = member.and_then(|member| member.as_str());
        let shape = model.shape(operation.input.as_ref()?.target);
        let header = members(shape, input)
            .find(|(one, _)| Some(one.name.as_str()) == member)
            .filter(|(one, _)| one.traits.text(&TraitName::Location) == Some("header"))
            .map(|(one, _)| one.wire_name().to_ascii_lowercase());
        return is_required.then_some(Checksum::Crc32 { algorithm: header });
    }
    let is_required = operation.traits.flag(&TraitName::HttpChecksumRequired);
    is_required.then_some(Checksum::Md5)
}

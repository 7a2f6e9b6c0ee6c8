//! restJson1: members by their `location`, one as the whole body (`payload`), or the rest in one.

use shapewright_model::{Member, Shape, TraitName};

use super::{Types, members, payload};
use crate::plan::items::{Body, Field, Named, Place, Structure, Travel, Value};

pub(super) fn travel(shape: &Shape, structure: &Structure, types: &Types<'_>) -> Travel {
    let placed = |member: &Member, field: &Field| {
        Some(Named {
            field: field.name.clone(),
            value: field.value.clone(),
            place: place(member)?,
        })
    };
    let outside = members(shape, structure).filter_map(|(member, field)| placed(member, field));
    let mut outside: Vec<Named> = outside.collect();
    // A map of the query gives way to members with places of their own.
    outside.sort_by_key(|one| {
        matches!(
            (&one.place, &one.value),
            (Place::Query(_), Value::Map { .. })
        )
    });
    Travel {
        members: outside,
        body: body(shape, structure, types),
    }
}

fn place(member: &Member) -> Option<Place> {
    let name = member.wire_name().to_owned();
    let has_name = member.traits.get(&TraitName::LocationName).is_some();
    Some(match member.traits.text(&TraitName::Location)? {
        "uri" => Place::Label(name),
        "querystring" => Place::Query(name),
        "header" => Place::Header(name),
        "headers" if has_name => Place::PrefixHeaders(name),
        "headers" => Place::PrefixHeaders(String::new()),
        "statusCode" => Place::Status,
        _ => return None,
    })
}

fn body(shape: &Shape, structure: &Structure, types: &Types<'_>) -> Body {
    if let Some(name) = shape.traits.text(&TraitName::Payload) {
        let found = members(shape, structure).find(|(member, _)| member.name == name);
        return found.map_or(Body::Empty, |(_, field)| payload(field, types));
    }
    let (without, within): (Vec<_>, Vec<_>) =
        members(shape, structure).partition(|(member, _)| place(member).is_some());
    if within.is_empty() {
        return Body::Empty;
    }
    let without = without.iter().map(|(_, field)| field.wire_name.clone());
    Body::Members {
        without: without.collect(),
    }
}

//! A shape, a member or a value of an enum: what it is, where it stands, which operations send and
//! receive it.

use shapewright_model::{Direction, Member, Model, Reach, Shape, ShapeId, ShapeKind, Thing};

use super::page::Page;
use super::structure::{self, beside, prose};
use super::{Shown, wire};

pub(super) fn show(shown: &Shown<'_>, name: &str, page: &mut Page<'_>) {
    let Some((id, shape)) = found(shown.model, name) else {
        return;
    };
    let term = shown.term(Thing::Shape(name));
    page.heading(name);
    page.paragraph(0, &format!("A shape of the kind {}.", shape.kind.name()));
    prose(page, term, 0);
    page.sentences(0, &term.facts);
    if let Some(name) = &term.name {
        page.paragraph(0, &format!("In Rust types::{name}."));
    } else if let Some(of) = &term.rust_type {
        page.paragraph(0, &format!("In Rust {of}."));
    }
    travels(shown, id, page);

    page.heading("On the wire");
    page.code(&wire::value_of(shown.model, id));
    if let Some(usage) = shown.usage {
        if let Some(request) = &usage.request {
            page.heading("In Rust, to send it");
            page.code(request);
        }
        page.heading("In Rust, the types");
        page.code(&usage.types);
    }
    if !shape.members().is_empty() {
        page.heading("Members");
        page.gap();
        structure::show(shown, id, page);
    }
    if !shape.values().is_empty() {
        page.heading("Values");
        page.gap();
        for value in shape.values() {
            let term = shown.term(Thing::EnumValue(name, &value.value));
            page.item(0, &value.value, &beside(term));
            prose(page, term, 1);
            page.sentences(1, &term.facts);
        }
    }
    used_by(shown.model, id, page);
}

pub(super) fn show_member(shown: &Shown<'_>, shape: &str, member: &str, page: &mut Page<'_>) {
    let found = found(shown.model, shape);
    let Some((id, shape, member)) =
        found.and_then(|(id, shape)| Some((id, shape, shape.member(member)?)))
    else {
        return;
    };
    page.heading(&format!("{}.{}", shape.name, member.name));
    let target = shown.model.shape(member.target);
    page.paragraph(
        0,
        &format!(
            "A member of the {} {}: {} {}.",
            shape.kind.name(),
            shape.name,
            target.kind.name(),
            target.name
        ),
    );
    travels(shown, id, page);
    page.gap();
    structure::show_member(shown, shape, member, page);
    page.heading("On the wire");
    page.code(&wire::member(shown.model, member));
}

pub(super) fn show_value(shown: &Shown<'_>, shape: &str, value: &str, page: &mut Page<'_>) {
    let Some((id, _)) = found(shown.model, shape) else {
        return;
    };
    let term = shown.term(Thing::EnumValue(shape, value));
    page.heading(&format!("{shape}.{value}"));
    page.paragraph(0, &format!("A value of the enum {shape}."));
    prose(page, term, 0);
    page.sentences(0, &term.facts);
    let of = &shown.term(Thing::Shape(shape)).name;
    if let (Some(of), Some(name)) = (of, &term.name) {
        page.paragraph(0, &format!("In Rust types::{of}::{name}."));
    }
    travels(shown, id, page);
    used_by(shown.model, id, page);
}

fn found<'m>(model: &'m Model, name: &str) -> Option<(ShapeId, &'m Shape)> {
    let id = model.shape_id(name)?;
    Some((id, model.shape(id)))
}

/// The operations that send the shape and those that receive it.
fn travels(shown: &Shown<'_>, id: ShapeId, page: &mut Page<'_>) {
    let model = shown.model;
    let reach = Reach::of(model);
    let mut reached = false;
    for (direction, verb) in [
        (Direction::Send, "Sent by"),
        (Direction::Receive, "Received from"),
    ] {
        let operations = reach.operations(model, id, direction);
        let names: Vec<&str> = operations.map(|one| one.key.as_str()).collect();
        if !names.is_empty() {
            reached = true;
            page.paragraph(0, &format!("{verb} {}.", names.join(", ")));
        }
    }
    if !reached {
        page.paragraph(0, "No operation reaches it.");
    }
}

/// The members, lists and maps that are of this shape.
fn used_by(model: &Model, id: ShapeId, page: &mut Page<'_>) {
    let is_of = |part: &&Member| part.target == id;
    let users: Vec<String> = model
        .shapes()
        .flat_map(|(_, shape)| {
            let of_members = |part: &Member| match shape.kind {
                ShapeKind::List(_) | ShapeKind::Map(_) => shape.name.clone(),
                _ => Thing::Member(&shape.name, &part.name).to_string(),
            };
            shape
                .parts()
                .iter()
                .filter(is_of)
                .map(of_members)
                .collect::<Vec<_>>()
        })
        .collect();
    if !users.is_empty() {
        page.heading("Used by");
        page.gap();
        for user in users {
            page.item(0, &user, "");
        }
    }
}

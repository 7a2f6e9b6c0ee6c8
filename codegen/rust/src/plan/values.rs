//! Which Rust type and JSON form a value has.

use std::collections::BTreeSet;

use shapewright_model::{Member, Model, ShapeId, ShapeKind, TraitName};

use super::items::Value;
use crate::ledger::Ledger;

/// What decides on the Rust type of a value.
pub(super) struct Values<'a> {
    pub(super) model: &'a Model,
    pub(super) ledger: &'a Ledger,
    /// Lists and maps for which there is no Rust type.
    pub(super) endless: &'a BTreeSet<ShapeId>,
}

impl Values<'_> {
    /// The value of a member.
    pub(super) fn of(&self, member: &Member, boxed: bool) -> Value {
        self.at(member.traits.text(&TraitName::Location), member, boxed)
    }

    /// The value of a member, or of a part of one, that travels at this place.
    fn at(&self, place: Option<&str>, member: &Member, boxed: bool) -> Value {
        if member.traits.flag(&TraitName::JsonValue) {
            return Value::JsonText;
        }
        if self.endless.contains(&member.target) {
            return Value::Document;
        }
        let shape = self.model.shape(member.target);
        let sparse = shape.traits.flag(&TraitName::Sparse);
        match &shape.kind {
            ShapeKind::Blob => Value::Blob,
            ShapeKind::Boolean => Value::Boolean,
            ShapeKind::Document => Value::Document,
            ShapeKind::Double => Value::Double,
            ShapeKind::Float => Value::Float,
            ShapeKind::Integer => Value::Integer,
            ShapeKind::Long => Value::Long,
            ShapeKind::String => Value::String,
            ShapeKind::Timestamp => Value::Timestamp(self.model.timestamp_format_at(member, place)),
            ShapeKind::Enum(_) | ShapeKind::Structure(_) | ShapeKind::Union(_) => {
                let name = self.ledger.type_of(&shape.name).to_owned();
                match shape.kind {
                    _ if boxed => Value::Boxed(name),
                    // A stream of events is planned as a union.
                    ShapeKind::Structure(_) if !shape.traits.flag(&TraitName::EventStream) => {
                        Value::Structure(name)
                    }
                    _ => Value::Named(name),
                }
            }
            ShapeKind::List(item) => Value::List {
                item: Box::new(self.at(place, item, false)),
                sparse,
            },
            ShapeKind::Map(parts) => Value::Map {
                key: Box::new(self.at(place, &parts[0], false)),
                value: Box::new(self.at(place, &parts[1], false)),
                sparse,
            },
        }
    }
}

impl Value {
    /// The types of this crate that the value is made of.
    pub(crate) fn named(&self) -> Vec<&str> {
        match self {
            Self::Named(name) | Self::Structure(name) | Self::Boxed(name) => vec![name],
            Self::List { item, .. } => item.named(),
            Self::Map { key, value, .. } => [key.named(), value.named()].concat(),
            _ => Vec::new(),
        }
    }

    /// The runtime's features that the value needs.
    pub(super) fn features(&self) -> Vec<&'static str> {
        match self {
            Self::Blob => vec!["blob"],
            Self::JsonText => vec!["jsonvalue"],
            Self::Timestamp(_) => vec!["timestamp"],
            Self::List { item, .. } => item.features(),
            Self::Map { key, value, .. } => [key.features(), value.features()].concat(),
            _ => Vec::new(),
        }
    }
}

//! What rules ask of a fact to tell whether it is theirs.

use std::cmp::Ordering;

use shapewright_model::{Step, TraitName, Value};

use crate::fact::{Fact, FactKind, Part, Place};

/// What became of a trait, or of the key within its value that the fact names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Turn {
    Came,
    Went,
    Changed,
}

impl Fact {
    /// Whether the fact is about one of these traits, and is more than words and not idle.
    pub(super) fn is_of(&self, names: &[TraitName]) -> bool {
        self.names(names) && !self.documentation && !self.is_idle()
    }

    /// Whether the fact is about one of these traits.
    pub(super) fn names(&self, names: &[TraitName]) -> bool {
        // A key that is known elsewhere may stand where no known model has it.
        let name = self.kind.trait_name().map(TraitName::as_str);
        name.is_some_and(|name| names.iter().any(|known| known.as_str() == name))
    }

    /// Whether the fact is about one of these traits of Smithy, for which C2J has no key.
    pub(super) fn is_of_smithy(&self, ids: &[&str]) -> bool {
        let named = self.unknown_id().is_some_and(|id| ids.contains(&id));
        named && !self.documentation && !self.is_idle()
    }

    /// The id of a trait that only Smithy has, or of one that nobody knows.
    pub(super) fn unknown_id(&self) -> Option<&str> {
        match self.kind.trait_name() {
            Some(TraitName::Unknown(id)) => Some(id),
            _ => None,
        }
    }

    /// What became of the trait, or of the key within it.
    pub(super) fn turn(&self) -> Turn {
        let [old, new] = [&self.old, &self.new].map(|value| {
            let stated = value.as_ref().filter(|value| !value.is_null());
            stated.is_some()
        });
        match (old, new) {
            (false, true) => Turn::Came,
            (true, false) => Turn::Went,
            _ => Turn::Changed,
        }
    }

    /// What became of a trait that is a flag: false is as good as absent.
    pub(super) fn flag(&self) -> Turn {
        if self.new == Some(Value::Bool(false)) {
            Turn::Went
        } else if self.old == Some(Value::Bool(false)) {
            Turn::Came
        } else {
            self.turn()
        }
    }

    /// The keys within the trait's value that lead to what differs.
    pub(super) fn within(&self) -> &[Step] {
        let steps = self.path.steps();
        let name = match self.place {
            Place::Service => 0,
            Place::Metadata => 1,
            Place::Operation | Place::Shape | Place::Paginator | Place::Waiter => 2,
            Place::Input | Place::Output | Place::Element | Place::Key | Place::MapValue => 3,
            Place::Error | Place::Member | Place::EnumValue => 4,
            Place::EndpointRules => return steps,
        };
        steps.get(name + 1..).unwrap_or_default()
    }

    /// Whether the path within the trait's value begins with this key; also if the trait came or
    /// went as a whole with that key in it.
    pub(super) fn is_within(&self, key: &str) -> bool {
        match self.within() {
            [] => {
                let values = [&self.old, &self.new];
                let mut values = values.into_iter().flatten();
                values.any(|value| value.get(key).is_some())
            }
            [Step::Key(first), ..] => first == key,
            [Step::Index(_), ..] => false,
        }
    }

    /// Whether the fact says no more than what holds without it: a flag that is false, a wire name
    /// that is the member's own, the status that success has anyway, a length of at least nothing.
    pub(super) fn is_idle(&self) -> bool {
        if self.idle {
            return true;
        }
        let ((None, Some(value)) | (Some(value), None)) = (&self.old, &self.new) else {
            return false;
        };
        let Some(name) = self.kind.trait_name() else {
            return false;
        };
        match name {
            TraitName::Http => {
                matches!(self.within(), [Step::Key(key)] if key == "responseCode")
                    && value.as_u64() == Some(200)
            }
            TraitName::LocationName if self.place == Place::Member => {
                self.member() == value.as_str()
            }
            // It is the structure that names its payload; some old models mark the member too.
            TraitName::Payload => self.place == Place::Member,
            TraitName::Min => {
                let counted = ["blob", "enum", "list", "map", "string"];
                let kind = self.shape_kind.unwrap_or_default();
                self.place == Place::Shape && counted.contains(&kind) && value.as_u64() == Some(0)
            }
            _ => *value == Value::Bool(false),
        }
    }

    /// The member at which the fact stands.
    fn member(&self) -> Option<&str> {
        match self.path.steps() {
            [_, _, _, Step::Key(name), ..] => Some(name),
            _ => None,
        }
    }

    /// Whether what was added or removed is marked so by this flag.
    pub(super) fn has(&self, flag: &TraitName) -> bool {
        let marked = |value: &Value| value.get(flag.as_str()) == Some(&Value::Bool(true));
        self.old.as_ref().is_some_and(marked) || self.new.as_ref().is_some_and(marked)
    }

    /// Whether it stands in a union.
    pub(super) fn is_in_union(&self) -> bool {
        self.shape_kind == Some("union")
    }

    /// How a number changed.
    pub(super) fn moved(&self) -> Option<Ordering> {
        let (Some(Value::Number(old)), Some(Value::Number(new))) = (&self.old, &self.new) else {
            return None;
        };
        match (old.as_i64(), new.as_i64()) {
            (Some(old), Some(new)) => Some(new.cmp(&old)),
            _ => new.as_f64()?.partial_cmp(&old.as_f64()?),
        }
    }

    /// The items of a list on both sides; what is no list has none.
    pub(super) fn items(&self) -> [&[Value]; 2] {
        [&self.old, &self.new].map(|value| {
            let items = value.as_ref().and_then(Value::as_array);
            items.map_or(&[][..], Vec::as_slice)
        })
    }

    /// Whether a list lost an item.
    pub(super) fn loses(&self) -> bool {
        let [old, new] = self.items();
        old.iter().any(|item| !new.contains(item))
    }

    /// Whether a list lost no item and got one.
    pub(super) fn gains(&self) -> bool {
        let [old, new] = self.items();
        !self.loses() && new.iter().any(|item| !old.contains(item))
    }

    /// The kinds of shapes between which a part or shape changed, where the two have nothing in
    /// common.
    pub(super) fn kinds(&self) -> Option<(&'static str, &'static str)> {
        match self.kind {
            FactKind::ShapeKindChanged { from, to } => Some((from, to)),
            FactKind::TargetChanged { from, to, .. } if from != to => Some((from, to)),
            _ => None,
        }
    }

    /// Whether a reference of this sort means a shape that cannot stand for the one before, in a
    /// way that no rule about kinds judges.
    pub(super) fn is_replaced(&self, parts: &[Part]) -> bool {
        match self.kind {
            FactKind::TargetChanged {
                part,
                from,
                to,
                compared,
            } => {
                let known = WIDTHS.contains(&(from, to)) || STRINGS.contains(&(from, to));
                parts.contains(&part) && !known && (from != to || !compared)
            }
            _ => false,
        }
    }
}

/// The kinds of numbers that differ in their width.
pub(super) const WIDTHS: [(&str, &str); 4] = [
    ("integer", "long"),
    ("float", "double"),
    ("long", "integer"),
    ("double", "float"),
];

/// The kinds of texts.
pub(super) const STRINGS: [(&str, &str); 2] = [("string", "enum"), ("enum", "string")];

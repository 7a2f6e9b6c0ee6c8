//! Compares one pair of shapes: kind, traits, enum values and parts, but not what those refer to.

use std::collections::BTreeMap;
use std::mem::discriminant;

use shapewright_model::{EnumValue, Member, Shape, ShapeId, ShapeKind, TraitName, Value};

use crate::fact::{FactKind, Found, Part, Place};
use crate::pairs::{Pairs, PartPair, Spot};
use crate::{traits, values};

/// What comparing a pair gives.
pub(crate) struct Compared<'m> {
    pub(crate) facts: Vec<(Spot, Found)>,
    pub(crate) parts: Vec<PartPair<'m>>,
    pub(crate) mismatch: bool,
}

pub(crate) fn compare<'m>(pairs: &mut Pairs<'m>, old: ShapeId, new: ShapeId) -> Compared<'m> {
    let (before, after) = (pairs.old.shape(old), pairs.new.shape(new));
    if pairs.old.shares_shape(old, pairs.new, new) {
        return shared(pairs, after);
    }
    let mut compared = Compared {
        facts: Vec::new(),
        parts: Vec::new(),
        mismatch: !comparable(&before.kind, &after.kind),
    };
    if compared.mismatch && before.name != after.name {
        // Two different shapes that have nothing to do with each other; whoever now means the one
        // instead of the other says so.
        return compared;
    }
    let mut found = Vec::new();
    if discriminant(&before.kind) != discriminant(&after.kind) {
        let (from, to) = (before.kind.name(), after.kind.name());
        let kind = FactKind::ShapeKindChanged { from, to };
        let (old, new) = (values::text(from), values::text(to));
        found.push(Found::new(kind, Place::Shape, Some(old), Some(new)).at("type"));
    }
    traits::compare(
        &before.traits,
        &after.traits,
        Place::Shape,
        |_| false,
        &mut found,
    );
    enum_values(before, after, &mut found);
    compared.facts = found
        .into_iter()
        .map(|found| (Spot::Shape, found))
        .collect();
    parts(pairs, before, after, &mut compared);
    compared
}

/// A shape that the two models share says the same in both.
fn shared<'m>(pairs: &mut Pairs<'m>, shape: &'m Shape) -> Compared<'m> {
    let parts = shape.parts().iter().map(|part| PartPair {
        old: Some(part),
        new: Some(part),
        // Ids of one place in the two models: what is shared has the same targets.
        pair: Some(pairs.add(part.target, part.target)),
    });
    Compared {
        facts: Vec::new(),
        parts: parts.collect(),
        mismatch: false,
    }
}

/// Whether two kinds have parts, or none, that can stand for each other.
fn comparable(old: &ShapeKind, new: &ShapeKind) -> bool {
    let fields = |kind: &ShapeKind| matches!(kind, ShapeKind::Structure(_) | ShapeKind::Union(_));
    discriminant(old) == discriminant(new) || (fields(old) && fields(new))
}

fn enum_values(old: &Shape, new: &Shape, found: &mut Vec<Found>) {
    let (olds, news) = (listed(old), listed(new));
    if olds == news {
        return;
    }
    let by_value = |values: &'_ [EnumValue]| -> BTreeMap<String, EnumValue> {
        let values = values.iter();
        values.map(|one| (one.value.clone(), one.clone())).collect()
    };
    let (before, after) = (by_value(olds), by_value(news));
    let fact = |kind, old: Option<&EnumValue>, new: Option<&EnumValue>, value: &EnumValue| {
        let json = |one: &EnumValue| {
            if one.traits.is_empty() {
                values::text(&one.value)
            } else {
                values::traits(&one.traits)
            }
        };
        Found::new(kind, Place::EnumValue, old.map(json), new.map(json))
            .at("enum")
            .at(&value.value)
    };
    for value in news {
        match before.get(&value.value) {
            None => found.push(fact(FactKind::EnumValueAdded, None, Some(value), value)),
            Some(one) => {
                let mut inner = Vec::new();
                let place = Place::EnumValue;
                traits::compare(&one.traits, &value.traits, place, |_| false, &mut inner);
                found.extend(inner.into_iter().map(|mut below| {
                    let steps = std::mem::take(&mut below.inner);
                    below = below.at("enum").at(&value.value);
                    below.inner.extend(steps);
                    below
                }));
            }
        }
    }
    for value in olds {
        if !after.contains_key(&value.value) {
            found.push(fact(FactKind::EnumValueRemoved, Some(value), None, value));
        }
    }
}

fn listed(shape: &Shape) -> &[EnumValue] {
    match &shape.kind {
        ShapeKind::Enum(values) => values,
        _ => &[],
    }
}

fn parts<'m>(
    pairs: &mut Pairs<'m>,
    before: &'m Shape,
    after: &'m Shape,
    compared: &mut Compared<'m>,
) {
    let olds = Parts::of(before);
    let news = Parts::of(after);
    for (at, new) in news.all.iter().enumerate() {
        let old = (!compared.mismatch)
            .then(|| olds.find(at, &new.name))
            .flatten();
        let spot = Spot::Part(compared.parts.len());
        let part = part(&after.kind, &new.name);
        let pair = if let Some(old) = old {
            let mut found = Vec::new();
            member(old, new, part.into(), &mut found);
            let named = found.into_iter().map(|found| (spot, found));
            compared.facts.extend(named);
            Some(pairs.add(old.target, new.target))
        } else {
            let value = values::member(pairs.new, new);
            let kind = FactKind::PartAdded(part);
            let found = Found::new(kind, part.into(), None, Some(value));
            compared.facts.push((spot, found));
            None
        };
        let new = Some(new);
        compared.parts.push(PartPair { old, new, pair });
    }
    for (at, old) in olds.all.iter().enumerate() {
        if compared.mismatch || news.find(at, &old.name).is_none() {
            let spot = Spot::Part(compared.parts.len());
            let part = part(&before.kind, &old.name);
            let value = values::member(pairs.old, old);
            let kind = FactKind::PartRemoved(part);
            let found = Found::new(kind, part.into(), Some(value), None);
            compared.facts.push((spot, found));
            compared.parts.push(PartPair {
                old: Some(old),
                new: None,
                pair: None,
            });
        }
    }
}

fn member(old: &Member, new: &Member, place: Place, found: &mut Vec<Found>) {
    let (before, after) = (old.is_required(), new.is_required());
    let toggled = before != after;
    if toggled {
        let kind = if after {
            FactKind::RequiredAdded
        } else {
            FactKind::RequiredRemoved
        };
        let (old, new) = (Value::Bool(before), Value::Bool(after));
        found.push(Found::new(kind, place, Some(old), Some(new)).at("required"));
    }
    let told = |name: &TraitName| toggled && *name == TraitName::Required;
    traits::compare(&old.traits, &new.traits, place, told, found);
}

/// What a part of this name is to a shape of this kind.
pub(crate) fn part(kind: &ShapeKind, name: &str) -> Part {
    match kind {
        ShapeKind::List(_) => Part::Element,
        ShapeKind::Map(_) if name == "key" => Part::Key,
        ShapeKind::Map(_) => Part::MapValue,
        _ => Part::Member,
    }
}

/// The parts of a shape, found by name. Revisions mostly agree on the order, so the place is tried
/// first and the names are sorted only if that fails.
struct Parts<'m> {
    all: &'m [Member],
    by_name: std::cell::OnceCell<BTreeMap<&'m str, &'m Member>>,
}

impl<'m> Parts<'m> {
    fn of(shape: &'m Shape) -> Self {
        Self {
            all: shape.parts(),
            by_name: std::cell::OnceCell::new(),
        }
    }

    fn find(&self, at: usize, name: &str) -> Option<&'m Member> {
        if let Some(member) = self.all.get(at).filter(|member| member.name == name) {
            return Some(member);
        }
        let by_name = self.by_name.get_or_init(|| {
            let named = self.all.iter().map(|member| (member.name.as_str(), member));
            named.collect()
        });
        by_name.get(name).copied()
    }
}

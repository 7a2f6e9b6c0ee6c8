//! Compares one pair of shapes: kind, traits, enum values and parts, but not what those refer to.

use std::collections::{BTreeMap, BTreeSet};
use std::mem::discriminant;

use shapewright_model::{EnumValue, Member, Shape, ShapeId, ShapeKind, TraitName, Value};

use crate::fact::{FactKind, Found, Part, Place};
use crate::pairs::{Pairs, PartPair, Spot};
use crate::{renames, traits, values};

/// What comparing a pair gives.
pub(crate) struct Compared<'m> {
    pub(crate) facts: Vec<(Spot, Found)>,
    pub(crate) parts: Vec<PartPair<'m>>,
    pub(crate) mismatch: bool,
    pub(crate) values_stayed: usize,
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
        values_stayed: 0,
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
    if !compared.mismatch {
        // A text that is no enum any more takes every value, and so no value of it went.
        compared.values_stayed = enum_values(before, after, &mut found);
    }
    if pairs.order {
        found.extend(order(before, after));
    }
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
        values_stayed: shape.values().len(),
    }
}

/// Whether two kinds have parts, or none, that can stand for each other.
fn comparable(old: &ShapeKind, new: &ShapeKind) -> bool {
    let fields = |kind: &ShapeKind| matches!(kind, ShapeKind::Structure(_) | ShapeKind::Union(_));
    discriminant(old) == discriminant(new) || (fields(old) && fields(new))
}

/// What differs in the values of enums. Gives back how many are on both sides.
fn enum_values(old: &Shape, new: &Shape, found: &mut Vec<Found>) -> usize {
    let (olds, news) = (old.values(), new.values());
    if olds == news {
        return olds.len();
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
    let mut stayed = 0;
    for value in news {
        match before.get(&value.value) {
            None => found.push(fact(FactKind::EnumValueAdded, None, Some(value), value)),
            Some(one) => {
                stayed += 1;
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
    stayed
}

/// That members or values which stayed stand in another order.
fn order(old: &Shape, new: &Shape) -> Option<Found> {
    let names = |shape: &Shape| -> Vec<String> {
        let members = shape.members().iter().map(|member| &member.name);
        let values = shape.values().iter().map(|value| &value.value);
        members.chain(values).cloned().collect()
    };
    let (mut before, mut after) = (names(old), names(new));
    let [olds, news] = [&before, &after].map(|names| names.iter().cloned().collect());
    let (olds, news): (BTreeSet<String>, BTreeSet<String>) = (olds, news);
    before.retain(|name| news.contains(name));
    after.retain(|name| olds.contains(name));
    let key = if new.values().is_empty() {
        "members"
    } else {
        "enum"
    };
    (before != after).then(|| {
        let (old, new) = (Value::from(before), Value::from(after));
        Found::new(FactKind::OrderChanged, Place::Shape, Some(old), Some(new)).at(key)
    })
}

fn parts<'m>(
    pairs: &mut Pairs<'m>,
    before: &'m Shape,
    after: &'m Shape,
    compared: &mut Compared<'m>,
) {
    let olds = Parts::of(before);
    let news = Parts::of(after);
    let stayed = |at: usize, name: &str| {
        let kept = (!compared.mismatch).then(|| olds.find(at, name));
        kept.flatten()
    };
    let mut all: Vec<Sides<'m>> = Vec::new();
    for (at, new) in news.all.iter().enumerate() {
        all.push((stayed(at, &new.name), Some(new)));
    }
    for (at, old) in olds.all.iter().enumerate() {
        if compared.mismatch || news.find(at, &old.name).is_none() {
            all.push((Some(old), None));
        }
    }
    if !compared.mismatch {
        join_renamed(pairs, &mut all);
    }
    for (old, new) in all {
        part_pair(pairs, (before, old), (after, new), compared);
    }
}

/// A part, before and after.
type Sides<'m> = (Option<&'m Member>, Option<&'m Member>);

/// Makes one of a member that went and the one that came in its place.
fn join_renamed<'m>(pairs: &Pairs<'m>, all: &mut Vec<Sides<'m>>) {
    let alone = |is: fn(&Sides<'m>) -> Option<&'m Member>| {
        let places = all.iter().enumerate();
        let alone = places.filter_map(|(at, one)| Some((at, is(one)?)));
        alone.unzip::<_, _, Vec<usize>, Vec<&Member>>()
    };
    let (gone_at, gone) = alone(|(old, new)| old.filter(|_| new.is_none()));
    let (came_at, came) = alone(|(old, new)| new.filter(|_| old.is_none()));
    let renamed = renames::members((pairs.old, &gone), (pairs.new, &came));
    let mut told = Vec::new();
    for (went, came) in renamed {
        all[came_at[came]].0 = Some(gone[went]);
        told.push(gone_at[went]);
    }
    let mut at = 0;
    all.retain(|_| {
        at += 1;
        !told.contains(&(at - 1))
    });
}

/// What differs in a part, which may be on one side alone.
fn part_pair<'m>(
    pairs: &mut Pairs<'m>,
    (before, old): (&'m Shape, Option<&'m Member>),
    (after, new): (&'m Shape, Option<&'m Member>),
    compared: &mut Compared<'m>,
) {
    let spot = Spot::Part(compared.parts.len());
    let mut found = Vec::new();
    let mut pair = None;
    match (old, new) {
        (Some(old), Some(new)) => {
            member(old, new, part(&after.kind, &new.name).into(), &mut found);
            pair = Some(pairs.add(old.target, new.target));
        }
        (None, Some(new)) => {
            let part = part(&after.kind, &new.name);
            let value = values::member(pairs.new, new);
            let kind = FactKind::PartAdded(part);
            found.push(Found::new(kind, part.into(), None, Some(value)));
        }
        (Some(old), None) => {
            let part = part(&before.kind, &old.name);
            let value = values::member(pairs.old, old);
            let kind = FactKind::PartRemoved(part);
            found.push(Found::new(kind, part.into(), Some(value), None));
        }
        (None, None) => {}
    }
    let found = found.into_iter().map(|found| (spot, found));
    compared.facts.extend(found);
    compared.parts.push(PartPair { old, new, pair });
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
    let renamed = old.name != new.name;
    if renamed {
        let kind = FactKind::MemberRenamed {
            wire: old.wire_name() != new.wire_name(),
            case: renames::is_case(old.wire_name(), new.wire_name()),
        };
        let (old, new) = (values::text(&old.name), values::text(&new.name));
        found.push(Found::new(kind, place, Some(old), Some(new)));
    }
    let told = |name: &TraitName| {
        (toggled && *name == TraitName::Required) || (renamed && *name == TraitName::LocationName)
    };
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

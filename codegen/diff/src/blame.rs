//! The life of one thing: when it came, what changed of it, whether it went and came back.

use std::collections::{BTreeMap, BTreeSet};

use shapewright_model::{Direction, Model, Path, ShapeId, ShapeKind, Thing};

use crate::comparison::Comparison;
use crate::fact::{Fact, Place};

/// What the life of a thing consists of.
#[derive(Clone, Debug, PartialEq)]
pub enum Event<'c> {
    /// It is there, for the first time or again.
    Came,
    /// It is there no more.
    Went,
    /// A fact of the thing itself, or of the lists, maps and plain shapes that it is made of.
    Changed(&'c Fact),
    /// So many facts, by their ids, of shapes that an operation sends or receives.
    Reached(Direction, BTreeMap<&'static str, usize>),
}

/// The events of a thing's life, each with the place of its revision, oldest first.
///
/// `models` are the revisions, oldest first, and `comparisons` what each but the first changed in
/// the one before. With `side`, every fact of what an operation sends or receives is an event.
pub fn blame<'c>(
    thing: Thing<'_>,
    side: Option<Direction>,
    models: &[Model],
    comparisons: &'c [Comparison],
) -> Vec<(usize, Event<'c>)> {
    let mut events = Vec::new();
    let mut was_there = false;
    for (at, model) in models.iter().enumerate() {
        let is_there = thing.is_in(model);
        match (was_there, is_there) {
            (false, true) => events.push((at, Event::Came)),
            (true, false) => events.push((at, Event::Went)),
            (true, true) => {
                let facts = &comparisons[at - 1].facts;
                let changes = changes(thing, side, [&models[at - 1], model], facts);
                events.extend(changes.into_iter().map(|event| (at, event)));
            }
            (false, false) => {}
        }
        was_there = is_there;
    }
    events
}

/// What one transition changed of a thing that is there before and after.
fn changes<'c>(
    thing: Thing<'_>,
    side: Option<Direction>,
    models: [&Model; 2],
    facts: &'c [Fact],
) -> Vec<Event<'c>> {
    let facts = facts.iter().filter(|fact| !fact.documentation);
    let Thing::Operation(key) = thing else {
        let paths = paths(thing, models);
        // What differs from a shape of another name is no change of this one.
        let concerned = facts.filter(|fact| {
            fact.old_path.is_none() && paths.iter().any(|path| is_below(&fact.path, path))
        });
        return concerned.map(Event::Changed).collect();
    };
    let reaches = |fact: &Fact, direction: Option<Direction>| {
        let mut uses = fact.uses.iter().filter(|one| one.direction == direction);
        uses.any(|one| one.operations.iter().any(|operation| operation == key))
    };
    if side.is_some() {
        let of_side = facts.filter(|fact| fact.updates() && reaches(fact, side));
        return of_side.map(Event::Changed).collect();
    }
    let path = thing.path();
    let mut events = Vec::new();
    let mut sides = [
        (Direction::Send, BTreeMap::new()),
        (Direction::Receive, BTreeMap::new()),
    ];
    for fact in facts {
        let is_own = match fact.place {
            Place::Operation | Place::Input | Place::Output | Place::Error => {
                is_below(&fact.path, &path)
            }
            // Such as its paginator.
            _ => reaches(fact, None),
        };
        if is_own {
            events.push(Event::Changed(fact));
            continue;
        }
        for (direction, ids) in &mut sides {
            if fact.updates() && reaches(fact, Some(*direction)) {
                *ids.entry(fact.id()).or_default() += 1;
            }
        }
    }
    let sides = sides.into_iter().filter(|(_, ids)| !ids.is_empty());
    events.extend(sides.map(|(direction, ids)| Event::Reached(direction, ids)));
    events
}

/// Where facts of a thing stand: at the thing, and at the shapes of which nobody would say that they
/// have a life of their own. A member's type is among them, unless it is a structure or union.
fn paths(thing: Thing<'_>, models: [&Model; 2]) -> BTreeSet<Path> {
    let mut paths = BTreeSet::from([thing.path()]);
    let Thing::Member(shape, member) = thing else {
        return paths;
    };
    for model in models {
        let shape = model.shape_id(shape).map(|id| model.shape(id));
        let member = shape.and_then(|shape| shape.member(member));
        let mut open: Vec<ShapeId> = member.iter().map(|member| member.target).collect();
        let mut seen = BTreeSet::new();
        while let Some(id) = open.pop() {
            let shape = model.shape(id);
            let is_plain = !matches!(shape.kind, ShapeKind::Structure(_) | ShapeKind::Union(_));
            if is_plain && seen.insert(id) {
                paths.insert(Thing::Shape(&shape.name).path());
                open.extend(shape.parts().iter().map(|part| part.target));
            }
        }
    }
    paths
}

/// Whether a path is another or goes on from it.
fn is_below(path: &Path, other: &Path) -> bool {
    path.steps().starts_with(other.steps())
}

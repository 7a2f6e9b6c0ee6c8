//! From what was found to facts: their paths, and the operations that each of them reaches.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use shapewright_model::{Direction, Model, Path, ShapeId};

use crate::fact::{Fact, FactKind, Found, Place, Roles, Use};
use crate::names::Names;
use crate::operation::OperationPair;
use crate::pairs::{PairId, Pairs, PartPair, Spot};
use crate::service::ServiceFact;
use crate::spread::Graph;
use crate::{renames, values};

/// All facts, ordered by group and path.
pub(crate) fn facts(
    service: Vec<ServiceFact>,
    operations: &[OperationPair<'_>],
    pairs: &Pairs<'_>,
    graph: &Graph,
    names: &Names,
) -> Vec<Fact> {
    let mut facts = Vec::new();
    for ServiceFact { found, operation } in service {
        let mut fact = found.into_fact(&Path::root(), None);
        fact.uses = vec![Use {
            direction: None,
            operations: operation.into_iter().collect(),
        }];
        facts.push(fact);
    }
    for operation in operations {
        of_operation(operation, &mut facts);
    }
    let loose = of_pairs(operations, pairs, graph, &mut facts);
    one_sided(pairs, names, graph, loose, &mut facts);
    // The path alone would put `metadata` between operations and shapes, and is not unique where
    // shapes of several names became one.
    facts.sort_by(|one, other| {
        let key = |fact: &Fact| group(fact.place);
        key(one)
            .cmp(&key(other))
            .then_with(|| one.path.cmp(&other.path))
            .then_with(|| one.kind.cmp(&other.kind))
            .then_with(|| one.old_path.cmp(&other.old_path))
    });
    facts
}

fn group(place: Place) -> u8 {
    match place {
        Place::Metadata => 0,
        Place::Service => 1,
        Place::Operation | Place::Input | Place::Output | Place::Error => 2,
        Place::Shape
        | Place::Member
        | Place::Element
        | Place::Key
        | Place::MapValue
        | Place::EnumValue => 3,
        Place::Paginator => 4,
        Place::Waiter => 5,
        Place::EndpointRules => 6,
    }
}

fn of_operation(operation: &OperationPair<'_>, facts: &mut Vec<Fact>) {
    let base = Path::of(["operations", operation.key]);
    let old_base = operation.old.filter(|old| old.key != operation.key);
    let old_base = old_base.map(|old| Path::of(["operations", &old.key]));
    let key: Arc<[String]> = Arc::new([operation.key.to_owned()]);
    for found in &operation.facts {
        let mut fact = found.clone().into_fact(&base, old_base.as_ref());
        let direction = match fact.place {
            Place::Input => Some(Direction::Send),
            Place::Output | Place::Error => Some(Direction::Receive),
            _ => None,
        };
        fact.uses = vec![Use {
            direction,
            operations: key.clone(),
        }];
        facts.push(fact);
    }
}

/// The facts at some places of a list, and the pair that they are about.
type Loose = (Range<usize>, PairId);

/// The facts of pairs of shapes. Gives back those of pairs that no operation reaches as such.
fn of_pairs(
    operations: &[OperationPair<'_>],
    pairs: &Pairs<'_>,
    graph: &Graph,
    facts: &mut Vec<Fact>,
) -> Vec<Loose> {
    let kept: Vec<&OperationPair<'_>> = operations
        .iter()
        .filter(|operation| operation.old.is_some() && operation.new.is_some())
        .collect();
    let keys: Vec<&str> = kept.iter().map(|operation| operation.key).collect();
    let inputs = kept.iter().map(|operation| operation.input.into_iter());
    let answers = kept.iter().map(|operation| {
        let errors = operation.errors.iter().filter_map(|error| error.pair);
        operation.output.into_iter().chain(errors)
    });
    let marked: Vec<bool> = pairs
        .all
        .iter()
        .map(|pair| !pair.facts.is_empty())
        .collect();
    let leads = graph.leading(&marked);
    let sent = graph.reached(&marked, &leads, inputs);
    let received = graph.reached(&marked, &leads, answers);

    let mut loose = Vec::new();
    // Many shapes travel with the same operations.
    let mut sets: BTreeMap<Vec<usize>, Arc<[String]>> = BTreeMap::new();
    let roles = SideRoles::of(pairs.new);
    for (at, pair) in pairs.all.iter().enumerate() {
        if pair.facts.is_empty() {
            continue;
        }
        let mut named = |places: &[usize]| -> Arc<[String]> {
            if let Some(known) = sets.get(places) {
                return Arc::clone(known);
            }
            let names: Arc<[String]> = places.iter().map(|place| keys[*place].to_owned()).collect();
            sets.insert(places.to_vec(), Arc::clone(&names));
            names
        };
        let uses = directed(named(&sent[at]), named(&received[at]));
        let first = facts.len();
        let after = pairs.new.shape(pair.new);
        let before = pairs.old.shape(pair.old);
        let base = Path::of(["shapes", &after.name]);
        let old_base = Path::of(["shapes", &before.name]);
        for (spot, found) in &pair.facts {
            let [was, is] = names_at(&pair.parts, *spot);
            let moved = was != is || !pairs.same_name(pair);
            let mut fact = at_part(is, found).into_fact(&base, None);
            fact.old_path = moved.then(|| at_part(was, found).into_fact(&old_base, None).path);
            fact.shape_kind = Some(after.kind.name());
            fact.roles = roles.of_shape(pair.new);
            fact.uses.clone_from(&uses);
            facts.push(fact);
        }
        if uses.iter().all(|one| one.direction.is_none()) {
            loose.push((first..facts.len(), at));
        }
    }
    loose
}

/// The names of the part at a spot, before and after; one that is on one side alone has one name.
fn names_at<'m>(parts: &[PartPair<'m>], spot: Spot) -> [Option<&'m str>; 2] {
    let Spot::Part(at) = spot else {
        return [None; 2];
    };
    let part = parts.get(at);
    let [old, new] = [
        part.and_then(|part| part.old),
        part.and_then(|part| part.new),
    ];
    [old.or(new), new.or(old)].map(|member| member.map(|member| member.name.as_str()))
}

/// The fact with the steps to the part of this name, if it was found at one.
fn at_part(name: Option<&str>, found: &Found) -> Found {
    let Some(name) = name else {
        return found.clone();
    };
    let keys: &[&str] = match found.place {
        Place::Member => &["members", name],
        _ => &[name],
    };
    crate::operation::under(keys, found.clone())
}

/// The shapes that were added or removed, and the operations of their own side that reach them.
///
/// A shape that stayed may have moved: no operation reaches it as a pair, yet one reaches it before
/// and after. `loose` are the facts of such shapes, and of what stands in them.
fn one_sided(
    pairs: &Pairs<'_>,
    names: &Names,
    graph: &Graph,
    loose: Vec<Loose>,
    facts: &mut Vec<Fact>,
) {
    let Names { added, removed, .. } = names;
    if removed.is_empty() && added.is_empty() && loose.is_empty() {
        return;
    }
    let mut is_loose = vec![false; pairs.all.len()];
    for (_, pair) in &loose {
        is_loose[*pair] = true;
    }
    let leads = graph.leading(&is_loose);
    let leading = (0..leads.len()).filter(|at| leads[*at]);
    let moved: Vec<PairId> = leading
        .filter(|at| pairs.same_name(&pairs.all[*at]))
        .collect();
    let before = moved.iter().map(|pair| pairs.all[*pair].old);
    let old = Side::of(pairs.old, removed.iter().copied().chain(before));
    let after = moved.iter().map(|pair| pairs.all[*pair].new);
    let new = Side::of(pairs.new, added.iter().copied().chain(after));

    let reached = |direction| {
        let mut roots: BTreeMap<&str, Vec<PairId>> = BTreeMap::new();
        for &at in &moved {
            let pair = &pairs.all[at];
            let before = old.reaching(pair.old, direction);
            for operation in before.intersection(&new.reaching(pair.new, direction)) {
                roots.entry(operation).or_default().push(at);
            }
        }
        let (keys, roots): (Vec<&str>, Vec<Vec<PairId>>) = roots.into_iter().unzip();
        let reached = graph.reached(&is_loose, &leads, roots.into_iter().map(Vec::into_iter));
        move |pair: PairId| -> Arc<[String]> {
            let keys = reached[pair].iter().map(|at| keys[*at].to_owned());
            keys.collect()
        }
    };
    let (sent, received) = (reached(Direction::Send), reached(Direction::Receive));
    for (range, pair) in loose {
        let uses = directed(sent(pair), received(pair));
        for fact in &mut facts[range] {
            fact.uses.clone_from(&uses);
        }
    }
    let renamed = renames::shapes(pairs, names);
    let named_anew: BTreeSet<ShapeId> = renamed.values().copied().collect();
    for (&before, &after) in &renamed {
        facts.push(renaming(pairs, &new, before, after));
    }
    for (side, ids, kind) in [
        (&old, removed, FactKind::ShapeRemoved),
        (&new, added, FactKind::ShapeAdded),
    ] {
        for &id in ids {
            let shape = side.model.shape(id);
            let is_renamed = match kind {
                FactKind::ShapeRemoved => renamed.contains_key(&id),
                _ => named_anew.contains(&id),
            };
            if is_renamed {
                continue;
            }
            let value = Some(values::shape(side.model, shape));
            let (old, new) = match kind {
                FactKind::ShapeRemoved => (value, None),
                _ => (None, value),
            };
            let found = Found::new(kind.clone(), Place::Shape, old, new);
            let fact = found.into_fact(&Path::of(["shapes", &shape.name]), None);
            facts.push(side.reached(fact, id));
        }
    }
}

/// A shape that has another name.
fn renaming(pairs: &Pairs<'_>, side: &Side<'_>, before: ShapeId, after: ShapeId) -> Fact {
    let [old, new] = [pairs.old.shape(before), pairs.new.shape(after)].map(|shape| &shape.name);
    let values = [old, new].map(|name| Some(values::text(name)));
    let [from, to] = values;
    let found = Found::new(FactKind::ShapeRenamed, Place::Shape, from, to);
    let old_path = Path::of(["shapes", old]);
    let fact = found.into_fact(&Path::of(["shapes", new]), Some(&old_path));
    side.reached(fact, after)
}

/// One use a direction; one without a direction if no operation reaches the thing.
fn directed(sent: Arc<[String]>, received: Arc<[String]>) -> Vec<Use> {
    let ways = [(Direction::Send, sent), (Direction::Receive, received)];
    let mut uses: Vec<Use> = ways
        .into_iter()
        .filter(|(_, operations)| !operations.is_empty())
        .map(|(direction, operations)| Use {
            direction: Some(direction),
            operations,
        })
        .collect();
    if uses.is_empty() {
        uses.push(Use {
            direction: None,
            operations: Arc::new([]),
        });
    }
    uses
}

/// One model, and which of its operations reach the shapes that are asked for.
struct Side<'m> {
    model: &'m Model,
    roles: SideRoles,
    sent: Vec<Vec<usize>>,
    received: Vec<Vec<usize>>,
}

impl<'m> Side<'m> {
    fn of(model: &'m Model, wanted: impl Iterator<Item = ShapeId>) -> Self {
        let mut marked = vec![false; model.shapes().len()];
        for shape in wanted {
            marked[shape.index()] = true;
        }
        let shapes = model.shapes();
        let graph = Graph::new(shapes.map(|(_, shape)| {
            let parts = shape.parts().iter();
            parts.map(|part| part.target.index())
        }));
        let inputs = model.operations.iter().map(|operation| {
            let input = operation.input.iter();
            input.map(|input| input.target.index())
        });
        let answers = model.operations.iter().map(|operation| {
            let references = operation.output.iter().chain(&operation.errors);
            references.map(|one| one.target.index())
        });
        let leads = graph.leading(&marked);
        Self {
            model,
            roles: SideRoles::of(model),
            sent: graph.reached(&marked, &leads, inputs),
            received: graph.reached(&marked, &leads, answers),
        }
    }

    /// The fact about one of the shapes, with the operations that reach it.
    fn reached(&self, mut fact: Fact, id: ShapeId) -> Fact {
        fact.shape_kind = Some(self.model.shape(id).kind.name());
        fact.roles = self.roles.of_shape(id);
        let all = |direction| {
            let reaching = self.reaching(id, direction);
            reaching.iter().map(ToString::to_string).collect()
        };
        fact.uses = directed(all(Direction::Send), all(Direction::Receive));
        fact
    }

    fn reaching(&self, shape: ShapeId, direction: Direction) -> BTreeSet<&'m str> {
        let reached = match direction {
            Direction::Send => &self.sent,
            Direction::Receive => &self.received,
        };
        let places = reached[shape.index()].iter();
        places
            .map(|place| self.model.operations[*place].key.as_str())
            .collect()
    }
}

/// What each shape of a model is to operations.
struct SideRoles(Vec<Roles>);

impl SideRoles {
    fn of(model: &Model) -> Self {
        let mut roles = vec![Roles::default(); model.shapes().len()];
        for operation in &model.operations {
            if let Some(input) = &operation.input {
                roles[input.target.index()].input = true;
            }
            if let Some(output) = &operation.output {
                roles[output.target.index()].output = true;
            }
            for error in &operation.errors {
                roles[error.target.index()].error = true;
            }
        }
        Self(roles)
    }

    fn of_shape(&self, shape: ShapeId) -> Roles {
        self.0[shape.index()]
    }
}

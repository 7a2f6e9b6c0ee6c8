//! The shapes with what is stated of them elsewhere: by `apply` statements and by mixins.

use std::collections::{BTreeMap, HashMap};

use crate::check::Checker;
use crate::json::Json;
use crate::problem::Code;

/// The most members that mixins may make. AWS's largest model has a hundredth of it; without a
/// bound a small file could ask for more than any machine holds.
const MANY: usize = 4 << 20;

/// The traits of something, by id.
#[derive(Clone, Debug, Default)]
pub(super) struct Applied<'j>(BTreeMap<&'j str, &'j Json<'j>>);

impl<'j> Applied<'j> {
    fn of(json: &'j Json<'j>) -> Self {
        let entries = json.get("traits").map_or(&[][..], Json::entries);
        Self(entries.iter().map(|(id, value)| (&**id, value)).collect())
    }

    pub(super) fn get(&self, id: &str) -> Option<&'j Json<'j>> {
        self.0.get(id).copied()
    }

    pub(super) fn has(&self, id: &str) -> bool {
        self.get(id).is_some()
    }

    pub(super) fn text(&self, id: &str) -> Option<&'j str> {
        self.get(id)?.as_str()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&'j str, &'j Json<'j>)> {
        self.0.iter().map(|(id, value)| (*id, *value))
    }

    /// All but those with some ids.
    pub(super) fn without(&self, ids: &[&str]) -> Self {
        Self(self.iter().filter(|(id, _)| !ids.contains(id)).collect())
    }

    /// Those with some ids.
    pub(super) fn only(&self, ids: &[&str]) -> Self {
        Self(self.iter().filter(|(id, _)| ids.contains(id)).collect())
    }

    /// Adds traits; what is nearer to the shape counts, and comes later.
    fn set_all(&mut self, others: &Self) {
        self.0.extend(others.iter());
    }
}

/// A member, an element, a key or a value.
#[derive(Clone, Debug)]
pub(super) struct Part<'j> {
    pub(super) name: &'j str,
    pub(super) target: &'j str,
    pub(super) traits: Applied<'j>,
}

/// A shape.
#[derive(Clone, Debug)]
pub(super) struct Item<'j> {
    pub(super) kind: &'j str,
    pub(super) json: &'j Json<'j>,
    pub(super) traits: Applied<'j>,
    pub(super) parts: Vec<Part<'j>>,
}

impl<'j> Item<'j> {
    fn of(json: &'j Json<'j>) -> Self {
        let kind = json.get("type").and_then(Json::as_str).unwrap_or_default();
        let part = |name: &'j str, json: &'j Json<'j>| Part {
            name,
            target: target(json),
            traits: Applied::of(json),
        };
        let members = json.get("members").map_or(&[][..], Json::entries);
        let members = members.iter().map(|(name, json)| part(name, json));
        let others = ["member", "key", "value"].into_iter();
        let others = others.filter_map(|name| Some(part(name, json.get(name)?)));
        Self {
            kind,
            json,
            traits: Applied::of(json),
            parts: members.chain(others).collect(),
        }
    }

    /// The targets under a key that holds a list of them.
    pub(super) fn targets(&self, key: &str) -> impl Iterator<Item = &'j str> + use<'j> {
        self.json
            .get(key)
            .map_or(&[][..], Json::items)
            .iter()
            .map(target)
    }

    /// The target under a key that holds one.
    pub(super) fn target(&self, key: &str) -> Option<&'j str> {
        self.json.get(key).map(target)
    }
}

fn target<'j>(json: &'j Json<'j>) -> &'j str {
    json.get("target")
        .and_then(Json::as_str)
        .unwrap_or_default()
}

/// All shapes of a file whose targets are known to be there.
pub(super) struct Ast<'j> {
    pub(super) shapes: BTreeMap<&'j str, Item<'j>>,
    /// The id of the one service.
    pub(super) service: &'j str,
}

impl<'j> Ast<'j> {
    /// Applies what is stated elsewhere. None, with a problem, if that does not end.
    pub(super) fn new(checker: &mut Checker<'_>, json: &'j Json<'j>) -> Option<Self> {
        let entries = json.get("shapes").map_or(&[][..], Json::entries);
        let (applies, defined): (Vec<_>, Vec<_>) = entries
            .iter()
            .map(|(id, json)| (&**id, json))
            .partition(|(_, json)| json.get("type").and_then(Json::as_str) == Some("apply"));
        let mut shapes: BTreeMap<&str, Item<'j>> = defined
            .into_iter()
            .map(|(id, json)| (id, Item::of(json)))
            .collect();
        mix(checker, &mut shapes)?;
        let mut statements: BTreeMap<&str, Vec<(Option<&str>, Applied<'j>)>> = BTreeMap::new();
        for (id, json) in applies {
            let (shape, member) = match id.split_once('$') {
                Some((shape, member)) => (shape, Some(member)),
                None => (id, None),
            };
            let statement = (member, Applied::of(json));
            statements.entry(shape).or_default().push(statement);
        }
        for (shape, statements) in statements {
            if let Some(item) = shapes.get_mut(shape) {
                apply(item, &statements);
            }
        }
        let mut services = shapes.iter().filter(|(_, item)| item.kind == "service");
        let service = *services.next()?.0;
        Some(Self { shapes, service })
    }

    pub(super) fn item(&self, id: &str) -> Option<&Item<'j>> {
        self.shapes.get(id)
    }
}

/// Adds what `apply` statements state of a shape and of its members.
fn apply<'j>(item: &mut Item<'j>, statements: &[(Option<&str>, Applied<'j>)]) {
    let places = item.parts.iter().enumerate();
    let places: HashMap<&str, usize> = places.map(|(at, part)| (part.name, at)).collect();
    for (member, traits) in statements {
        let of_member = |name: &&str| places.get(*name).copied();
        match member.as_ref().map(of_member) {
            None => item.traits.set_all(traits),
            Some(Some(at)) => item.parts[at].traits.set_all(traits),
            // A member that is not there has no facts.
            Some(None) => {}
        }
    }
}

/// Gives every shape the members and traits of its mixins, each mixin before who uses it.
fn mix<'j>(checker: &mut Checker<'_>, shapes: &mut BTreeMap<&'j str, Item<'j>>) -> Option<()> {
    let mut users: HashMap<&str, Vec<&'j str>> = HashMap::new();
    let mut waits: BTreeMap<&'j str, usize> = BTreeMap::new();
    for (id, item) in shapes.iter() {
        for mixin in item.targets("mixins") {
            users.entry(mixin).or_default().push(id);
            *waits.entry(id).or_default() += 1;
        }
    }
    let mut made = 0;
    let mut ready: Vec<&'j str> = shapes
        .keys()
        .filter(|id| !waits.contains_key(*id))
        .copied()
        .collect();
    while let Some(id) = ready.pop() {
        for user in users.remove(id).unwrap_or_default() {
            let Some(count) = waits.get_mut(user) else {
                continue;
            };
            *count -= 1;
            if *count == 0 {
                waits.remove(user);
                let Some(mixed) = mixed(shapes, user, &mut made) else {
                    let message = "mixins make more members than any model has";
                    report(checker, user, Code::TooLarge, message);
                    return None;
                };
                shapes.insert(user, mixed);
                ready.push(user);
            }
        }
    }
    for id in waits.keys() {
        report(
            checker,
            id,
            Code::MixinCycle,
            "the shape is a mixin of itself, or uses one that is",
        );
    }
    waits.is_empty().then_some(())
}

fn report(checker: &mut Checker<'_>, id: &str, code: Code, message: &str) {
    checker.at("shapes", |checker| {
        checker.at(id, |checker| {
            let help = "take a mixin out of `mixins`".to_owned();
            checker.at("mixins", |checker| {
                checker.report(code, message.to_owned(), help);
            });
        });
    });
}

/// A shape with what its mixins give, which come first; its own statements count. None once `made`
/// is past the bound.
fn mixed<'j>(shapes: &BTreeMap<&'j str, Item<'j>>, id: &str, made: &mut usize) -> Option<Item<'j>> {
    const MIXIN: &str = "smithy.api#mixin";
    let own = shapes.get(id)?;
    let mut traits = Applied::default();
    let mut parts: Vec<Part<'j>> = Vec::new();
    let mut places: HashMap<&'j str, usize> = HashMap::new();
    let mut add = |part: &Part<'j>| {
        if let Some(at) = places.get(part.name) {
            let known: &mut Part<'j> = &mut parts[*at];
            known.target = part.target;
            known.traits.set_all(&part.traits);
        } else {
            places.insert(part.name, parts.len());
            parts.push(part.clone());
        }
    };
    for mixin in own.targets("mixins").filter_map(|mixin| shapes.get(mixin)) {
        *made += 1 + mixin.parts.len() + mixin.traits.0.len();
        if *made > MANY {
            return None;
        }
        let local = mixin
            .traits
            .get(MIXIN)
            .and_then(|value| value.get("localTraits"));
        let local = local.map_or(&[][..], Json::items);
        for (id, value) in mixin.traits.iter() {
            if id != MIXIN && !local.iter().any(|one| one.as_str() == Some(id)) {
                traits.0.insert(id, value);
            }
        }
        mixin.parts.iter().for_each(&mut add);
    }
    own.parts.iter().for_each(&mut add);
    traits.set_all(&own.traits);
    Some(Item {
        kind: own.kind,
        json: own.json,
        traits,
        parts,
    })
}

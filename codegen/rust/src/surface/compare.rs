//! What an upgrade from one surface to another costs.
//!
//! Every structure, enum and union is `#[non_exhaustive]`, so that what is new breaks nobody; what is
//! gone or of another type does. The rules are those of Cargo's reference, "SemVer Compatibility".

use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fmt;
use std::mem::discriminant;

use shapewright_model::Path;

use super::item::{Item, ItemKind};
use super::{Surface, krate, operations, types};

/// What a change asks of the next version's number. The greatest of several decides.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Effect {
    /// Nothing.
    #[default]
    None,
    /// Programs compile as they did, and do something else.
    Patch,
    /// Programs compile, perhaps with a new warning.
    Minor,
    /// There are programs that no longer compile.
    Major,
}

impl Effect {
    /// The word for it, as people say it of versions.
    pub const fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        }
    }
}

impl fmt::Display for Effect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// One difference between two surfaces.
#[derive(Clone, Debug, PartialEq)]
pub struct SurfaceChange {
    /// What it costs.
    pub effect: Effect,
    /// What happened.
    pub what: What,
    /// What the item is.
    pub kind: ItemKind,
    /// The item's path in the crate.
    pub path: String,
    /// The item as a declaration: the new one, or the old one of what is gone.
    pub item: String,
    /// What the item came from in the old model; none if it is new.
    pub old_model: Option<Path>,
    /// What the item comes from in the new model; none if it is gone.
    pub new_model: Option<Path>,
}

/// What happened to an item.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// It is new, with all its parts.
    Came,
    /// It is gone, with all its parts.
    Went,
    /// Its type or signature differs.
    TypeChanged {
        /// The one before.
        from: String,
        /// The one now.
        to: String,
    },
    /// Who uses it is warned from now on.
    Deprecated,
    /// Who uses it is no longer warned.
    Undeprecated,
    /// It does something else; absent is what there is nothing to say of.
    BehaviourChanged {
        /// In what, such as `wire name`.
        of: Cow<'static, str>,
        /// What it did.
        from: Option<String>,
        /// What it does.
        to: Option<String>,
    },
}

impl What {
    fn effect(&self, kind: ItemKind) -> Effect {
        let is_requirement = kind == ItemKind::Requirement;
        match self {
            // A new requirement stops callers, one that is dropped stops nobody: the states in a
            // builder's type are hidden.
            Self::Came if is_requirement => Effect::Major,
            Self::Went if !is_requirement => Effect::Major,
            Self::TypeChanged { .. } => Effect::Major,
            Self::Came | Self::Went | Self::Deprecated => Effect::Minor,
            Self::Undeprecated | Self::BehaviourChanged { .. } => Effect::Patch,
        }
    }
}

impl fmt::Display for SurfaceChange {
    /// A line of a changelog.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { item, path, .. } = self;
        match &self.what {
            What::Came => write!(f, "added: {item}"),
            What::Went => write!(f, "removed: {item}"),
            What::TypeChanged { from, .. } => write!(f, "changed: {item}, before {from}"),
            What::Deprecated => write!(f, "deprecated: {item}"),
            What::Undeprecated => write!(f, "no longer deprecated: {item}"),
            What::BehaviourChanged { of, from, to } => {
                let text = |text: &Option<String>| text.clone().unwrap_or_else(|| "-".to_owned());
                write!(f, "{of} of {path}: {}, before {}", text(to), text(from))
            }
        }
    }
}

/// Everything that differs between two surfaces: first in the crate itself, then in operations and
/// types by name.
///
/// What came or went is told once, without its parts, and what happened to a member once, without
/// the methods that are named after it. Words alone are no change. A revision of another name is at
/// least a patch, as the constant `REVISION` says it.
pub fn compare(old: &Surface, new: &Surface) -> Vec<SurfaceChange> {
    let mut changes = Vec::new();
    let (old, new) = (&old.plan, &new.plan);
    items(&krate::items(old), &krate::items(new), &mut changes);
    whole(
        [operations::sorted(old), operations::sorted(new)],
        |one| &one.name,
        operations::item,
        &mut changes,
    );
    whole(
        [types::sorted(old), types::sorted(new)],
        |one| &one.name,
        types::item,
        &mut changes,
    );
    changes
}

/// Everything that differs between the items of two surfaces, of which one may have been read from its
/// listing. What follows from another change is told, too.
pub fn compare_items(old: &[Item], new: &[Item]) -> Vec<SurfaceChange> {
    let mut changes = Vec::new();
    items(old, new, &mut changes);
    changes
}

/// The changes of all operations or types, sorted by name. Items are made only of those that differ.
fn whole<T: PartialEq>(
    [old, new]: [Vec<&T>; 2],
    name: impl Fn(&T) -> &String,
    item: impl Fn(&T) -> Item,
    changes: &mut Vec<SurfaceChange>,
) {
    let (mut old, mut new) = (old.into_iter().peekable(), new.into_iter().peekable());
    loop {
        let order = match (old.peek(), new.peek()) {
            (None, None) => return,
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (Some(old), Some(new)) => name(old).cmp(name(new)),
        };
        let old = old.next_if(|_| order.is_le());
        let new = new.next_if(|_| order.is_ge());
        if old != new {
            one(&[old.map(&item), new.map(&item)], changes);
        }
    }
}

/// The changes of one operation or type.
fn one([old, new]: &[Option<Item>; 2], changes: &mut Vec<SurfaceChange>) {
    let mut found = Vec::new();
    items(old.as_slice(), new.as_slice(), &mut found);
    let event = |change: &SurfaceChange| {
        let model = change.new_model.as_ref().or(change.old_model.as_ref());
        (model.cloned(), discriminant(&change.what))
    };
    let leads =
        |change: &&SurfaceChange| matches!(change.kind, ItemKind::Field | ItemKind::Variant);
    let told: HashSet<_> = found.iter().filter(leads).map(event).collect();
    let follows = |change: &SurfaceChange| {
        matches!(change.kind, ItemKind::Method | ItemKind::Implementation)
            && told.contains(&event(change))
    };
    found.retain(|change| !follows(change));
    changes.append(&mut found);
}

/// The changes of items and, where both are there, of their parts.
fn items(old: &[Item], new: &[Item], changes: &mut Vec<SurfaceChange>) {
    fn by_path(items: &[Item]) -> BTreeMap<(ItemKind, &str), &Item> {
        let keys = items.iter().map(|item| (item.kind, item.path.as_str()));
        keys.zip(items).collect()
    }
    let (old, new) = (by_path(old), by_path(new));
    let keys: BTreeSet<_> = old.keys().chain(new.keys()).collect();
    for key in keys {
        match (old.get(key), new.get(key)) {
            (Some(old), Some(new)) => both(old, new, changes),
            (old, new) => {
                let what = if new.is_some() {
                    What::Came
                } else {
                    What::Went
                };
                changes.extend(change(what, old.copied(), new.copied()));
            }
        }
    }
}

fn both(old: &Item, new: &Item, changes: &mut Vec<SurfaceChange>) {
    let mut push = |what| changes.extend(change(what, Some(old), Some(new)));
    if old.signature != new.signature {
        push(What::TypeChanged {
            from: old.signature.clone(),
            to: new.signature.clone(),
        });
    }
    match (old.is_deprecated, new.is_deprecated) {
        (false, true) => push(What::Deprecated),
        (true, false) => push(What::Undeprecated),
        _ => {}
    }
    // Another type does other things, which need no telling.
    if old.signature == new.signature {
        let [before, now] = [old, new].map(|item| item.behaviour.iter().cloned().collect());
        let (before, now): (BTreeMap<_, _>, BTreeMap<_, _>) = (before, now);
        let names: BTreeSet<_> = before.keys().chain(now.keys()).collect();
        for of in names {
            let (from, to) = (before.get(of).cloned(), now.get(of).cloned());
            if from != to {
                push(What::BehaviourChanged {
                    of: of.clone(),
                    from,
                    to,
                });
            }
        }
    }
    items(&old.parts, &new.parts, changes);
}

fn change(what: What, old: Option<&Item>, new: Option<&Item>) -> Option<SurfaceChange> {
    let item = new.or(old)?;
    Some(SurfaceChange {
        effect: what.effect(item.kind),
        what,
        kind: item.kind,
        path: item.path.clone(),
        item: item.to_string(),
        old_model: old.map(|item| item.model.clone()),
        new_model: new.map(|item| item.model.clone()),
    })
}

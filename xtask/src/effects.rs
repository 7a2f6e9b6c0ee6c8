//! What a comparison does to Rust: the changes of the generated crate's surface, joined to facts by
//! model path.

use std::collections::{BTreeMap, BTreeSet};

use shapewright_diff::Fact;
use shapewright_model::{Model, Path, ShapeKind, Step};
use shapewright_report::findings::RustEffect;
use shapewright_rust::Ledger;
use shapewright_rust::surface::{self, Effect, Surface, SurfaceChange};

/// The changes of a crate's surface.
pub(crate) struct Effects {
    changes: Vec<SurfaceChange>,
    /// Places among the changes, by each path of the model that they come from.
    by_path: BTreeMap<Path, Vec<usize>>,
}

impl Effects {
    /// None: what is compared has no crate, such as a service that is gone.
    pub(crate) fn none() -> Self {
        Self {
            changes: Vec::new(),
            by_path: BTreeMap::new(),
        }
    }

    /// Compares the surfaces that two models have by the names of a ledger. What the ledger lacks
    /// is named anew, the old model's first.
    pub(crate) fn of(old: &Model, new: &Model, mut ledger: Ledger) -> Self {
        ledger.extend(old);
        let before = Surface::of_model(old, "", &ledger);
        ledger.extend(new);
        let after = Surface::of_model(new, "", &ledger);
        let changes = surface::compare(&before, &after);
        let mut by_path: BTreeMap<Path, Vec<usize>> = BTreeMap::new();
        for (at, change) in changes.iter().enumerate() {
            let sides = [(old, &change.old_model), (new, &change.new_model)];
            let mut paths = BTreeSet::new();
            for (model, path) in sides {
                let Some(path) = path else { continue };
                paths.extend(carriers(model, path));
                paths.insert(path.clone());
            }
            for path in paths {
                by_path.entry(path).or_default().push(at);
            }
        }
        Self { changes, by_path }
    }

    /// All changes, in the order in which a surface's are told.
    pub(crate) fn changes(&self) -> &[SurfaceChange] {
        &self.changes
    }

    /// The effect of all changes.
    pub(crate) fn worst(&self) -> RustEffect {
        let effects = self.changes.iter().map(|change| effect(change.effect));
        effects.max().unwrap_or_default()
    }

    /// The changes that a fact brings about: the effect of all, and each in a line.
    pub(crate) fn of_fact(&self, fact: &Fact) -> (RustEffect, Vec<String>) {
        let mut places = BTreeSet::new();
        for path in [Some(&fact.path), fact.old_path.as_ref()]
            .into_iter()
            .flatten()
        {
            places.extend(self.at(path));
        }
        let changes = places.iter().map(|place| &self.changes[*place]);
        let worst = changes.clone().map(|change| effect(change.effect)).max();
        let lines = changes.map(ToString::to_string).collect();
        (worst.unwrap_or_default(), lines)
    }

    /// The changes at a path, at the thing that it leads into, and below it.
    fn at(&self, path: &Path) -> impl Iterator<Item = usize> {
        let thing = thing(path);
        let above = (thing != *path).then(|| self.by_path.get(&thing)).flatten();
        let below = self.by_path.range(path.clone()..);
        let below = below.take_while(|(other, _)| other.steps().starts_with(path.steps()));
        let places = above.into_iter().chain(below.map(|(_, places)| places));
        places.flatten().copied().collect::<Vec<_>>().into_iter()
    }
}

fn effect(effect: Effect) -> RustEffect {
    match effect {
        Effect::None => RustEffect::None,
        Effect::Patch => RustEffect::Patch,
        Effect::Minor => RustEffect::Minor,
        Effect::Major => RustEffect::Major,
    }
}

/// The operation, shape, member, enum value or declared error that a path leads into.
fn thing(path: &Path) -> Path {
    let key = |at: usize| match path.steps().get(at) {
        Some(Step::Key(key)) => key.as_str(),
        _ => "",
    };
    let has_parts = matches!(
        (key(0), key(2)),
        ("shapes", "members" | "enum") | ("operations", "errors")
    );
    // Endpoint rules are one thing: whatever of them differs, another endpoint may come of it.
    let length = match key(0) {
        "endpointRuleSet" => 1,
        _ if has_parts => 4,
        _ => 2,
    };
    Path::of((0..length.min(path.steps().len())).map(key))
}

/// The shapes without a type of their own between a member and the types that it is made of: what
/// differs in a list, a map or a number shows in the types of the fields that hold it.
fn carriers(model: &Model, path: &Path) -> BTreeSet<Path> {
    let mut found = BTreeSet::new();
    let [
        Step::Key(_),
        Step::Key(shape),
        Step::Key(_),
        Step::Key(member),
        ..,
    ] = path.steps()
    else {
        return found;
    };
    let shape = model.shape_id(shape).map(|id| model.shape(id));
    let Some(member) = shape.and_then(|shape| shape.member(member)) else {
        return found;
    };
    let mut open = vec![member.target];
    while let Some(id) = open.pop() {
        let shape = model.shape(id);
        let has_type = matches!(
            shape.kind,
            ShapeKind::Structure(_) | ShapeKind::Union(_) | ShapeKind::Enum(_)
        );
        if !has_type && found.insert(Path::of(["shapes", &shape.name])) {
            open.extend(shape.parts().iter().map(|part| part.target));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path as FilePath;

    use shapewright_model::c2j::Prose;
    use shapewright_report::findings::RustEffect;

    use super::Effects;
    use crate::spec::{Record, Spec};

    #[test]
    fn every_change_of_batchs_surface_is_joined_to_a_fact() {
        let root = FilePath::new(env!("CARGO_MANIFEST_DIR")).join("../api-spec");
        let service = Spec::open(root).unwrap().service("batch").unwrap();
        let names = Record::load(&service.folder).unwrap().names;
        let mut before = service.load(0, Prose::Skip).unwrap();
        for at in 1..service.history.revisions.len() {
            let after = service.load(at, Prose::Skip).unwrap();
            let effects = Effects::of(&before, &after, names.clone());
            let comparison = shapewright_diff::compare(&before, &after);
            let joined: BTreeSet<usize> = comparison
                .facts
                .iter()
                .flat_map(|fact| effects.at(&fact.path))
                .collect();
            let revision = &service.history.revisions[at].name;
            for (place, change) in effects.changes.iter().enumerate() {
                assert!(joined.contains(&place), "{revision}: {change}");
            }
            assert!(effects.worst() < RustEffect::Major, "{revision}");
            before = after;
        }
    }
}

//! Tells where a reference means a shape of another name, once it is known whether that one differs.

use shapewright_model::{Model, ShapeId};

use crate::fact::{FactKind, Found, Part};
use crate::operation::OperationPair;
use crate::pairs::{Pairs, Spot};
use crate::shape::part;
use crate::values;

/// Adds a fact for every reference whose two targets have different names: `differing` tells of
/// each pair whether anything but the name does.
pub(crate) fn add(pairs: &mut Pairs<'_>, operations: &mut [OperationPair<'_>], differing: &[bool]) {
    let (old, new) = (pairs.old, pairs.new);
    let all = pairs.all.iter();
    let targets: Vec<Target> = all
        .zip(differing)
        .map(|(pair, differs)| Target {
            before: pair.old,
            after: pair.new,
            differs: *differs,
            compared: !pair.mismatch,
        })
        .collect();
    let fact = |pair: usize, part: Part| target(old, new, &targets[pair], part);

    for pair in &mut pairs.all {
        for (at, parts) in pair.parts.iter().enumerate() {
            let Some(target) = parts.pair else { continue };
            let Some(member) = parts.new else { continue };
            let part = part(&new.shape(pair.new).kind, &member.name);
            if let Some(found) = fact(target, part) {
                pair.facts.push((Spot::Part(at), found.at("shape")));
            }
        }
    }
    for operation in operations {
        let references = [
            (operation.input, Part::Input, "input"),
            (operation.output, Part::Output, "output"),
        ];
        for (pair, part, key) in references {
            let found = pair.and_then(|pair| fact(pair, part));
            let found = found.map(|found| found.at(key).at("shape"));
            operation.facts.extend(found);
        }
    }
}

/// What a reference means, before and after.
struct Target {
    before: ShapeId,
    after: ShapeId,
    differs: bool,
    compared: bool,
}

fn target(old: &Model, new: &Model, target: &Target, part: Part) -> Option<Found> {
    let (before, after) = (old.shape(target.before), new.shape(target.after));
    if before.name == after.name {
        return None;
    }
    let kind = if target.differs {
        FactKind::TargetChanged {
            part,
            from: before.kind.name(),
            to: after.kind.name(),
            compared: target.compared,
        }
    } else {
        FactKind::TargetRenamed(part)
    };
    let (before, after) = (values::target(before), values::target(after));
    Some(Found::new(kind, part.into(), Some(before), Some(after)))
}

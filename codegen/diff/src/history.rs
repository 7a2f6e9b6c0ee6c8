//! Since when each thing of a service exists.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use shapewright_model::{Model, Thing, TraitName};

/// A thing, or that it is deprecated.
type Key<'m> = (Thing<'m>, bool);

/// The revision in which each thing of the last revision came to be: operations, shapes, members
/// and enum values by path (`operations.X`, `shapes.X`, `shapes.X.members.y`, `shapes.X.enum.V`),
/// and under the same path with `.deprecated` the revision that deprecated it.
///
/// `revisions` are names and models, oldest first. What was removed and came back, and what was
/// taken back and deprecated again, counts from its return.
pub fn first_seen<'m>(
    revisions: impl IntoIterator<Item = (&'m str, &'m Model)>,
) -> BTreeMap<String, String> {
    let mut since: Vec<(Key<'m>, &'m str)> = Vec::new();
    for (revision, model) in revisions {
        since = carry(&since, &things(model), revision);
    }
    since
        .into_iter()
        .map(|(key, revision)| (path(key), revision.to_owned()))
        .collect()
}

/// What is there now, with the revision since which it is. Both lists are ordered.
fn carry<'m>(
    before: &[(Key<'m>, &'m str)],
    now: &[Key<'m>],
    revision: &'m str,
) -> Vec<(Key<'m>, &'m str)> {
    let mut before = before.iter().peekable();
    let mut since = Vec::with_capacity(now.len());
    for key in now {
        let known = loop {
            match before.peek().map(|(known, since)| (known.cmp(key), *since)) {
                Some((Ordering::Less, _)) => before.next(),
                Some((Ordering::Equal, since)) => break Some(since),
                Some((Ordering::Greater, _)) | None => break None,
            };
        };
        since.push((*key, known.unwrap_or(revision)));
    }
    since
}

fn things(model: &Model) -> Vec<Key<'_>> {
    let mut things = Vec::new();
    for (thing, traits) in Thing::all(model) {
        things.push((thing, false));
        if traits.flag(&TraitName::Deprecated) {
            things.push((thing, true));
        }
    }
    things.sort_unstable();
    things.dedup();
    things
}

fn path((thing, deprecated): Key<'_>) -> String {
    let mut path = thing.path();
    if deprecated {
        path.push_key("deprecated");
    }
    path.to_string()
}

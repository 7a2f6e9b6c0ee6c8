//! Compares two sets of traits, and two JSON values down to the key that differs.

use std::cmp::Ordering;

use shapewright_model::{Step, TraitName, Traits, Value};

use crate::fact::{FactKind, Found, Place};

/// Every trait that was added, removed or changed, but for those that `skip` takes.
pub(crate) fn compare(
    old: &Traits,
    new: &Traits,
    place: Place,
    skip: impl Fn(&TraitName) -> bool,
    found: &mut Vec<Found>,
) {
    if old == new {
        return;
    }
    // Both are ordered by key, so that one walk finds what is on one side alone.
    let mut olds = old.iter().peekable();
    let mut news = new.iter().peekable();
    loop {
        let order = match (olds.peek(), news.peek()) {
            (Some((one, _)), Some((other, _))) => one.cmp(other),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => return,
        };
        let before = (order != Ordering::Greater).then(|| olds.next()).flatten();
        let after = (order != Ordering::Less).then(|| news.next()).flatten();
        let Some((name, _)) = before.or(after) else {
            return;
        };
        if !skip(name) {
            one(
                name,
                before.map(|(_, value)| value),
                after.map(|(_, value)| value),
                place,
                found,
            );
        }
    }
}

fn one(
    name: &TraitName,
    old: Option<&Value>,
    new: Option<&Value>,
    place: Place,
    found: &mut Vec<Found>,
) {
    let changes = match (old, new) {
        (Some(old), Some(new)) => return changed(name, old, new, place, found),
        (None, _) => FactKind::TraitAdded(name.clone()),
        (_, None) => FactKind::TraitRemoved(name.clone()),
    };
    let mut fact = Found::new(changes, place, old.cloned(), new.cloned()).at(name.as_str());
    fact.documentation = name.is_prose();
    found.push(fact);
}

fn changed(name: &TraitName, old: &Value, new: &Value, place: Place, found: &mut Vec<Found>) {
    for change in values(old, new) {
        let kind = FactKind::TraitChanged(name.clone());
        let documentation = name.is_prose() || change.is_of_text(is_prose);
        let mut fact = Found::new(kind, place, change.old, change.new).at(name.as_str());
        fact.documentation = documentation;
        fact.inner.extend(change.inner);
        found.push(fact);
    }
}

/// A difference within a JSON value.
#[derive(Debug)]
pub(crate) struct ValueChange {
    pub(crate) inner: Vec<Step>,
    pub(crate) old: Option<Value>,
    pub(crate) new: Option<Value>,
}

impl ValueChange {
    /// Whether the last key is one of these and holds a text, or nothing, on both sides.
    pub(crate) fn is_of_text(&self, key: impl Fn(&Step) -> bool) -> bool {
        let is_text = |value: &Option<Value>| {
            is_nothing(value.as_ref()) || value.as_ref().is_some_and(Value::is_string)
        };
        self.inner.last().is_some_and(key) && is_text(&self.old) && is_text(&self.new)
    }
}

/// The differences of two values: objects are compared by key, arrays by place as long as they hold
/// objects or arrays and are of one length; everything else is compared as a whole.
pub(crate) fn values(old: &Value, new: &Value) -> Vec<ValueChange> {
    let mut found = Vec::new();
    let mut open: Vec<(Vec<Step>, Option<&Value>, Option<&Value>)> =
        vec![(Vec::new(), Some(old), Some(new))];
    while let Some((inner, old, new)) = open.pop() {
        if old == new {
            continue;
        }
        let below = |step| {
            let mut steps = inner.clone();
            steps.push(step);
            steps
        };
        match (old, new) {
            (Some(Value::Object(old)), Some(Value::Object(new))) => {
                let gone = old.keys().filter(|key| !new.contains_key(*key));
                for key in gone.chain(new.keys()) {
                    open.push((below(Step::Key(key.clone())), old.get(key), new.get(key)));
                }
            }
            (Some(Value::Array(old)), Some(Value::Array(new)))
                if old.len() == new.len() && old.iter().chain(new).all(is_composite) =>
            {
                for (at, (old, new)) in old.iter().zip(new).enumerate() {
                    open.push((below(Step::Index(at)), Some(old), Some(new)));
                }
            }
            _ if is_nothing(old) && is_nothing(new) && inner.last().is_some_and(is_prose) => {}
            _ => found.push(ValueChange {
                inner,
                old: old.cloned(),
                new: new.cloned(),
            }),
        }
    }
    found
}

/// Whether a key within a value holds upstream's words, as it does in every model.
pub(crate) fn is_prose(step: &Step) -> bool {
    let prose = ["documentation", "deprecatedMessage", "documentationUrl"];
    matches!(step, Step::Key(key) if prose.contains(&key.as_str()))
}

/// A text that was read past is null, and one that was never there is absent.
fn is_nothing(value: Option<&Value>) -> bool {
    value.is_none_or(Value::is_null)
}

fn is_composite(value: &Value) -> bool {
    value.is_object() || value.is_array()
}

//! What tables of keys are made of: a dialect's keys as data, which reading and checking follow.

use crate::traits::TraitName as T;

/// What a key's value is.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Form {
    /// A boolean.
    Flag,
    /// A whole number; a few old models write it as a string.
    Integer,
    /// A number; a few old models write it as a string.
    Number,
    /// A string.
    Text,
    /// A list of strings whose order counts.
    Texts,
    /// A list of strings whose order is a matter of declaration alone.
    TextSet,
    /// A string or a list of strings.
    TextOrTexts,
    /// Upstream's words for people.
    Prose,
    /// Upstream's words in a place where words must stand; ours replace them in what is stored.
    Reworded,
    /// Anything.
    Any,
    /// An object of this level's keys.
    Record(&'static Level),
    /// A list of such objects, in an order that counts.
    Records(&'static Level),
    /// A list of such objects, in an order of declaration alone.
    RecordSet(&'static Level),
    /// An object of free keys, each an object of this level.
    Table(&'static Level),
    /// The same, in an order of declaration: a structure's members.
    Members(&'static Level),
    /// An object of free keys, each an object whose `type` tells its level.
    Shapes(&'static Kinds),
    /// An object of this level's keys and of any others.
    Open(&'static Level),
}

/// The levels that shapes have by their `type`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Kinds {
    /// The level of a type; none for a type that is not known.
    pub(crate) level: fn(&str) -> Option<&'static Level>,
    /// The types that are known, for a message.
    pub(crate) names: &'static str,
}

/// What it means if a key is not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Absent {
    /// It need not be there.
    Allowed,
    /// It should be. Upstream has shipped models without, and its loader takes an empty object for it.
    Empty,
    /// It must be there.
    Refused,
}

/// A key at a level.
#[derive(Debug)]
pub(crate) struct Key {
    pub(crate) name: &'static str,
    pub(crate) form: Form,
    pub(crate) absent: Absent,
    /// The trait that the value becomes; none for what is the model's own structure.
    pub(crate) becomes: Option<T>,
}

/// The keys of one kind of object, in canonical order. What is never stored, such as documentation,
/// stands where it is found soonest.
#[derive(Debug)]
pub(crate) struct Level {
    pub(crate) keys: &'static [&'static [Key]],
}

impl Level {
    pub(crate) fn key(&self, name: &str) -> Option<&'static Key> {
        // Two keys of one length mostly differ in their first letter: that is quicker to see than
        // to compare texts, of which reading does little else.
        let first = name.as_bytes().first();
        let is_it = |key: &&Key| {
            key.name.len() == name.len() && key.name.as_bytes().first() == first && key.name == name
        };
        self.iter().find(is_it)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &'static Key> + use<> {
        self.keys.iter().flat_map(|keys| keys.iter())
    }
}

/// A key that becomes a trait of the same name.
pub(crate) const fn fact(name: T, form: Form) -> Key {
    Key {
        name: name.key(),
        form,
        absent: Absent::Allowed,
        becomes: Some(name),
    }
}

/// A key that becomes a trait and must be there.
pub(crate) const fn must_fact(name: T, form: Form) -> Key {
    Key {
        name: name.key(),
        form,
        absent: Absent::Refused,
        becomes: Some(name),
    }
}

/// A key that is the model's structure and must be there.
pub(crate) const fn must(name: &'static str, form: Form) -> Key {
    Key {
        name,
        form,
        absent: Absent::Refused,
        becomes: None,
    }
}

/// A key that is the model's structure, an object that is empty if it is not there.
pub(crate) const fn should(name: &'static str, form: Form) -> Key {
    Key {
        name,
        form,
        absent: Absent::Empty,
        becomes: None,
    }
}

/// A key that is the model's structure and may be there.
pub(crate) const fn may(name: &'static str, form: Form) -> Key {
    Key {
        name,
        form,
        absent: Absent::Allowed,
        becomes: None,
    }
}

//! Structures: objects whose keys are the members' wire names.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{DeserializeSeed, Deserializer, MapAccess, Visitor};
use serde::ser::{SerializeMap, Serializer};

use super::member::skip;

/// What generated code says of a structure; the rest is here, once.
pub trait Structure: Default {
    /// The shape's name, for messages.
    const NAME: &'static str;
    /// The members' wire names.
    const MEMBERS: &'static [&'static str];

    /// Reads the value of the member at this place of [`Self::MEMBERS`].
    fn read_member<'de, A: MapAccess<'de>>(
        &mut self,
        member: usize,
        map: &mut A,
    ) -> Result<(), A::Error>;

    /// Writes the members that are there.
    fn write_members<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error>;
}

/// Reads a structure; unknown keys are skipped.
pub fn read_structure<'de, T: Structure, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    deserializer.deserialize_map(StructureVisitor(PhantomData))
}

/// Writes a structure.
pub fn write_structure<T: Structure, S: Serializer>(
    value: &T,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(None)?;
    value.write_members(&mut map)?;
    map.end()
}

struct StructureVisitor<T>(PhantomData<T>);

impl<'de, T: Structure> Visitor<'de> for StructureVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "structure {}", T::NAME)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<T, A::Error> {
        let mut value = T::default();
        let mut next = 0;
        while let Some(member) = map.next_key_seed(MemberKey {
            names: T::MEMBERS,
            next,
        })? {
            match member {
                Some(member) => {
                    value.read_member(member, &mut map)?;
                    next = member + 1;
                }
                None => skip(&mut map)?,
            }
        }
        Ok(value)
    }
}

/// Reads a key to the member's place. Services write members in the model's order, so the search
/// begins after the member before: mostly the first comparison hits.
pub(super) struct MemberKey {
    pub(super) names: &'static [&'static str],
    pub(super) next: usize,
}

impl<'de> DeserializeSeed<'de> for MemberKey {
    type Value = Option<usize>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<usize>, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for MemberKey {
    type Value = Option<usize>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a member's name")
    }

    fn visit_str<E>(self, key: &str) -> Result<Option<usize>, E> {
        let (before, after) = self.names.split_at(self.next);
        let place = after
            .iter()
            .position(|name| *name == key)
            .map(|at| self.next + at);
        Ok(place.or_else(|| before.iter().position(|name| *name == key)))
    }
}

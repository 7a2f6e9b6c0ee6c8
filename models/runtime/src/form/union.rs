//! Unions: objects with exactly one member.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, Visitor};
use serde::ser::{SerializeMap, Serializer};

use super::Format;
use super::member::{Formatted, Nullable, skip};
use crate::UnknownMember;

/// What generated code says of a union; the rest is here, once.
pub trait Union: Sized {
    /// The shape's name, for messages.
    const NAME: &'static str;
    /// The members' wire names.
    const MEMBERS: &'static [&'static str];

    /// Reads the value of the member at this place of [`Self::MEMBERS`]; none if it is null.
    fn read_member<'de, A: MapAccess<'de>>(
        member: usize,
        map: &mut A,
    ) -> Result<Option<Self>, A::Error>;

    /// A member that the model does not list.
    fn unknown(member: UnknownMember) -> Self;

    /// Writes the one member.
    fn write_member<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error>;
}

/// Reads the value of a union's member.
pub fn read_variant<'de, F: Format<T>, T, U, A: MapAccess<'de>>(
    map: &mut A,
    variant: impl FnOnce(T) -> U,
    _: F,
) -> Result<Option<U>, A::Error> {
    Ok(map.next_value_seed(Nullable::<F, T>::NEW)?.map(variant))
}

/// Writes a union's member.
pub fn write_variant<F: Format<T>, T, M: SerializeMap>(
    map: &mut M,
    name: &'static str,
    value: &T,
    _: F,
) -> Result<(), M::Error> {
    map.serialize_entry(name, &Formatted::<F, T>::new(value))
}

/// Reads a union. Members that are null do not count, as some services write all of them.
pub fn read_union<'de, T: Union, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    deserializer.deserialize_map(UnionVisitor(PhantomData))
}

/// Writes a union.
pub fn write_union<T: Union, S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(None)?;
    value.write_member(&mut map)?;
    map.end()
}

impl UnknownMember {
    /// Writes what was read, for generated code.
    #[doc(hidden)]
    pub fn write<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
        match (self.name(), self.value()) {
            (Some(name), Some(value)) => map.serialize_entry(name, value),
            _ => Ok(()),
        }
    }
}

struct UnionVisitor<T>(PhantomData<T>);

impl<'de, T: Union> Visitor<'de> for UnionVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "union {}", T::NAME)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<T, A::Error> {
        let mut found = None;
        let mut unknown = UnknownMember::EMPTY;
        while let Some(key) = map.next_key_seed(UnionKey(T::MEMBERS))? {
            match key {
                Ok(member) => {
                    let value = T::read_member(member, &mut map)?;
                    if value.is_some() && found.is_some() {
                        let message = format!("union {} has more than one member", T::NAME);
                        return Err(A::Error::custom(message));
                    }
                    found = found.or(value);
                }
                // Some services put the shape's name beside the member.
                Err(name) if name == "__type" => skip(&mut map)?,
                Err(name) => {
                    if let Some(value) = map.next_value()? {
                        unknown = UnknownMember::new(name, value);
                    }
                }
            }
        }
        Ok(found.unwrap_or_else(|| T::unknown(unknown)))
    }
}

/// Reads a key to the member's place, or to the name that no member has.
struct UnionKey(&'static [&'static str]);

impl<'de> DeserializeSeed<'de> for UnionKey {
    type Value = Result<usize, String>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for UnionKey {
    type Value = Result<usize, String>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a member's name")
    }

    fn visit_str<E>(self, key: &str) -> Result<Self::Value, E> {
        Ok(self
            .0
            .iter()
            .position(|name| *name == key)
            .ok_or_else(|| key.to_owned()))
    }
}

//! Members: absent, null or there.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, Serializer};

use super::Format;

/// Reads the value of the key just read; null is absent.
pub fn read<'de, F: Format<T>, T, A: MapAccess<'de>>(
    map: &mut A,
    slot: &mut Option<T>,
    _: F,
) -> Result<(), A::Error> {
    *slot = map.next_value_seed(Nullable::<F, T>::NEW)?;
    Ok(())
}

/// Reads past the value of the key just read.
pub fn skip<'de, A: MapAccess<'de>>(map: &mut A) -> Result<(), A::Error> {
    map.next_value::<IgnoredAny>().map(drop)
}

/// Writes a member if it is there.
pub fn write<F: Format<T>, T, M: SerializeMap>(
    map: &mut M,
    name: &'static str,
    value: &Option<T>,
    _: F,
) -> Result<(), M::Error> {
    match value {
        Some(value) => map.serialize_entry(name, &Formatted::<F, T>::new(value)),
        None => Ok(()),
    }
}

/// Reads a value that may be null.
pub(super) struct Nullable<F, T>(PhantomData<(F, T)>);

impl<F, T> Nullable<F, T> {
    pub(super) const NEW: Self = Self(PhantomData);
}

impl<'de, F: Format<T>, T> DeserializeSeed<'de> for Nullable<F, T> {
    type Value = Option<T>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<T>, D::Error> {
        deserializer.deserialize_option(self)
    }
}

impl<'de, F: Format<T>, T> Visitor<'de> for Nullable<F, T> {
    type Value = Option<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value or null")
    }

    fn visit_none<E>(self) -> Result<Option<T>, E> {
        Ok(None)
    }

    fn visit_unit<E>(self) -> Result<Option<T>, E> {
        Ok(None)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<T>, D::Error> {
        F::read(deserializer).map(Some)
    }
}

/// A value that serialises by a format.
pub(super) struct Formatted<'a, F, T>(&'a T, PhantomData<F>);

impl<'a, F, T> Formatted<'a, F, T> {
    pub(super) const fn new(value: &'a T) -> Self {
        Self(value, PhantomData)
    }
}

impl<F: Format<T>, T> Serialize for Formatted<'_, F, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        F::write(self.0, serializer)
    }
}

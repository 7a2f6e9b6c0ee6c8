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
    map.next_value_seed(Slot::<F, T>(slot, PhantomData))
}

/// Reads past the value of the key just read.
pub fn skip<'de, A: MapAccess<'de>>(map: &mut A) -> Result<(), A::Error> {
    map.next_value::<IgnoredAny>().map(drop)
}

/// Where a structure's members are written. It keeps the first error, so that a generated crate
/// need not look for one after each member: a thousand `?` take the compiler a second.
pub struct Writer<'a, M: SerializeMap> {
    map: &'a mut M,
    /// Members that are left out, as they travel elsewhere.
    without: &'static [&'static str],
    result: Result<(), M::Error>,
}

impl<'a, M: SerializeMap> Writer<'a, M> {
    pub(super) fn new(map: &'a mut M, without: &'static [&'static str]) -> Self {
        Self {
            map,
            without,
            result: Ok(()),
        }
    }

    pub(super) fn finish(self) -> Result<(), M::Error> {
        self.result
    }
}

/// Writes a member if it is there.
pub fn write<F: Format<T>, T, M: SerializeMap>(
    to: &mut Writer<'_, M>,
    name: &'static str,
    value: &Option<T>,
    _: F,
) {
    match value {
        Some(value) if to.result.is_ok() && !to.without.contains(&name) => {
            to.result = to.map.serialize_entry(name, &Formatted::<F, T>::new(value));
        }
        _ => {}
    }
}

/// Reads a value that may be null to where it shall be.
struct Slot<'a, F, T>(&'a mut Option<T>, PhantomData<F>);

impl<'de, F: Format<T>, T> DeserializeSeed<'de> for Slot<'_, F, T> {
    type Value = ();

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_option(self)
    }
}

impl<'de, F: Format<T>, T> Visitor<'de> for Slot<'_, F, T> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(EXPECTED)
    }

    fn visit_none<E>(self) -> Result<(), E> {
        *self.0 = None;
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        *self.0 = None;
        Ok(())
    }

    #[inline]
    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        F::read_into(self.0, deserializer)
    }
}

/// Reads a list's item to its end; null adds none.
pub(super) struct Item<'a, F, T>(pub(super) &'a mut Vec<T>, pub(super) PhantomData<F>);

impl<'de, F: Format<T>, T> DeserializeSeed<'de> for Item<'_, F, T> {
    type Value = ();

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_option(self)
    }
}

impl<'de, F: Format<T>, T> Visitor<'de> for Item<'_, F, T> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(EXPECTED)
    }

    fn visit_none<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    #[inline]
    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        F::read_onto(self.0, deserializer)
    }
}

const EXPECTED: &str = "a value or null";

/// Reads a value that may be null.
pub(crate) struct Nullable<F, T>(PhantomData<(F, T)>);

impl<F, T> Nullable<F, T> {
    pub(crate) const NEW: Self = Self(PhantomData);
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
        f.write_str(EXPECTED)
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
pub(crate) struct Formatted<'a, F, T>(&'a T, PhantomData<F>);

impl<'a, F, T> Formatted<'a, F, T> {
    pub(crate) const fn new(value: &'a T) -> Self {
        Self(value, PhantomData)
    }
}

impl<F: Format<T>, T> Serialize for Formatted<'_, F, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        F::write(self.0, serializer)
    }
}

//! The JSON data form: all members under their wire names, the same for every protocol.
//!
//! This module serves generated code, which alone should name it: serde's `Serialize` and
//! `Deserialize` on the generated types are the way in. A [`Format`] is a recipe, so that
//! a list of lists of timestamps needs no code of its own: `Dense(Dense(EpochSeconds))`.

mod collection;
mod enumeration;
mod float;
#[cfg(feature = "jsonvalue")]
mod json_text;
mod member;
mod structure;
#[cfg(feature = "timestamp")]
mod time;
mod union;

pub use collection::{Dense, Sparse};
pub use enumeration::read_enum;
pub use float::Float;
#[cfg(feature = "jsonvalue")]
pub use json_text::JsonText;
#[cfg(feature = "json")]
pub(crate) use member::{Formatted, Nullable};
pub use member::{Writer, read, skip, write};
pub use structure::{Members, Structure, read_structure, write_structure};
#[cfg(feature = "json")]
pub(crate) use structure::{is_same, write_structure_without};
#[cfg(feature = "timestamp")]
pub use time::{DateTime, EpochSeconds, HttpDate};
pub use union::{Union, read_union, read_variant, write_union, write_variant};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// How a `T` is read and written.
pub trait Format<T> {
    /// Reads a value that is not null.
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error>;

    /// Writes a value.
    fn write<S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error>;

    /// Reads a value that is not null to where it shall be: what is large is not moved there.
    #[inline]
    fn read_into<'de, D: Deserializer<'de>>(
        slot: &mut Option<T>,
        deserializer: D,
    ) -> Result<(), D::Error> {
        *slot = Some(Self::read(deserializer)?);
        Ok(())
    }

    /// Reads a value that is not null to the end of a list. After an error the list's end is
    /// undefined.
    #[inline]
    fn read_onto<'de, D: Deserializer<'de>>(
        list: &mut Vec<T>,
        deserializer: D,
    ) -> Result<(), D::Error> {
        list.push(Self::read(deserializer)?);
        Ok(())
    }
}

/// As the type's own serde implementation does it.
pub struct Plain;

impl<T: for<'de> Deserialize<'de> + Serialize> Format<T> for Plain {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
        T::deserialize(deserializer)
    }

    fn write<S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
        value.serialize(serializer)
    }
}

//! Values as text, for labels, queries and headers: the forms of a body, written by a serialiser
//! that knows scalars and lists alone.

use serde::de::value::Error;
use serde::ser::{Error as _, Impossible, Serialize, SerializeSeq, Serializer};

use crate::form::{Format, Formatted};

/// The texts of a value: one of a scalar, one an item of a list.
pub(super) fn texts<F: Format<T>, T>(value: &T) -> Result<Vec<String>, Error> {
    let mut texts = Vec::new();
    Formatted::<F, T>::new(value).serialize(Texts(&mut texts))?;
    Ok(texts)
}

/// The text of a scalar; nothing of a null.
pub(super) fn text<F: Format<T>, T>(value: &T) -> Result<Option<String>, Error> {
    let mut texts = texts::<F, T>(value)?;
    match texts.len() {
        0 | 1 => Ok(texts.pop()),
        _ => Err(Error::custom(
            "a list stands where there is place for one value",
        )),
    }
}

struct Texts<'a>(&'a mut Vec<String>);

fn no_text<T>(what: &str) -> Result<T, Error> {
    Err(Error::custom(format_args!(
        "{what} has no place outside of a body"
    )))
}

type Nothing = Impossible<(), Error>;

impl Texts<'_> {
    fn push(self, text: &impl ToString) {
        self.0.push(text.to_string());
    }
}

impl Serializer for Texts<'_> {
    type Ok = ();
    type Error = Error;
    type SerializeSeq = Self;
    type SerializeTuple = Nothing;
    type SerializeTupleStruct = Nothing;
    type SerializeTupleVariant = Nothing;
    type SerializeMap = Nothing;
    type SerializeStruct = Nothing;
    type SerializeStructVariant = Nothing;

    fn serialize_bool(self, value: bool) -> Result<(), Error> {
        self.push(&value);
        Ok(())
    }

    fn serialize_i8(self, value: i8) -> Result<(), Error> {
        self.serialize_i64(value.into())
    }

    fn serialize_i16(self, value: i16) -> Result<(), Error> {
        self.serialize_i64(value.into())
    }

    fn serialize_i32(self, value: i32) -> Result<(), Error> {
        self.serialize_i64(value.into())
    }

    fn serialize_i64(self, value: i64) -> Result<(), Error> {
        self.push(&value);
        Ok(())
    }

    fn serialize_u8(self, value: u8) -> Result<(), Error> {
        self.serialize_u64(value.into())
    }

    fn serialize_u16(self, value: u16) -> Result<(), Error> {
        self.serialize_u64(value.into())
    }

    fn serialize_u32(self, value: u32) -> Result<(), Error> {
        self.serialize_u64(value.into())
    }

    fn serialize_u64(self, value: u64) -> Result<(), Error> {
        self.push(&value);
        Ok(())
    }

    fn serialize_f32(self, value: f32) -> Result<(), Error> {
        // As Debug writes it, a whole number keeps its point.
        self.push(&format_args!("{value:?}"));
        Ok(())
    }

    fn serialize_f64(self, value: f64) -> Result<(), Error> {
        self.push(&format_args!("{value:?}"));
        Ok(())
    }

    fn serialize_char(self, value: char) -> Result<(), Error> {
        self.push(&value);
        Ok(())
    }

    fn serialize_str(self, value: &str) -> Result<(), Error> {
        self.push(&value);
        Ok(())
    }

    fn serialize_bytes(self, _: &[u8]) -> Result<(), Error> {
        no_text("a value of bytes")
    }

    fn serialize_none(self) -> Result<(), Error> {
        Ok(())
    }

    fn serialize_some<T: ?Sized + Serialize>(self, value: &T) -> Result<(), Error> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), Error> {
        Ok(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Error> {
        Ok(())
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
    ) -> Result<(), Error> {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: ?Sized + Serialize>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<(), Error> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: ?Sized + Serialize>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<(), Error> {
        no_text("a variant with a value")
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Self, Error> {
        Ok(self)
    }

    fn serialize_tuple(self, _: usize) -> Result<Nothing, Error> {
        no_text("a tuple")
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Nothing, Error> {
        no_text("a tuple")
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Nothing, Error> {
        no_text("a tuple")
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Nothing, Error> {
        no_text("a structure or map")
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Nothing, Error> {
        no_text("a structure")
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Nothing, Error> {
        no_text("a structure")
    }
}

impl SerializeSeq for Texts<'_> {
    type Ok = ();
    type Error = Error;

    fn serialize_element<T: ?Sized + Serialize>(&mut self, value: &T) -> Result<(), Error> {
        value.serialize(Texts(self.0))
    }

    fn end(self) -> Result<(), Error> {
        Ok(())
    }
}

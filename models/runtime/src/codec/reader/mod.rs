//! Reads a JSON text of which it knows what serde_json cannot: that all of it is there, that it is
//! UTF-8, and which keys are likely.

mod scanner;
#[cfg(test)]
mod tests;

use serde::de::value::Error;
use serde::de::{DeserializeSeed, Deserializer, IntoDeserializer, MapAccess, SeqAccess, Visitor};
use serde::forward_to_deserialize_any;

use scanner::{Scanner, Text, whole};

/// The value that this text is; an error says where it is.
pub(super) fn read<'de, S: DeserializeSeed<'de>>(
    text: &'de str,
    seed: S,
) -> Result<S::Value, String> {
    let mut scanner = Scanner::new(text);
    seed.deserialize(&mut scanner)
        .and_then(|value| scanner.end().map(|()| value))
        .map_err(|error| scanner.locate(&error))
}

impl<'de> Scanner<'de> {
    /// An object, and the names that are expected in it.
    #[inline]
    fn object<V: Visitor<'de>>(
        &mut self,
        names: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        if self.peek() != Some(b'{') {
            return Err(self.mismatch(&visitor));
        }
        self.open()?;
        let value = visitor.visit_map(Parts::of(self, names))?;
        self.close(b'}')?;
        Ok(value)
    }

    #[inline]
    fn map<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value, Error> {
        self.object(&[], visitor)
    }

    #[inline]
    fn list<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value, Error> {
        if self.peek() != Some(b'[') {
            return Err(self.mismatch(&visitor));
        }
        self.open()?;
        let value = visitor.visit_seq(Parts::of(self, &[]))?;
        self.close(b']')?;
        Ok(value)
    }

    #[inline]
    fn string<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value, Error> {
        if self.peek() != Some(b'"') {
            return Err(self.mismatch(&visitor));
        }
        match self.text()? {
            Text::Plain(text) => visitor.visit_borrowed_str(text),
            Text::Unescaped(text) => visitor.visit_str(text),
        }
    }

    /// An integer, also if it is written as a float: some that answer have floats alone.
    #[inline]
    fn integer<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value, Error> {
        let Some(b'-' | b'0'..=b'9') = self.peek() else {
            return Err(self.mismatch(&visitor));
        };
        let text = self.number()?;
        if let Ok(value) = text.parse() {
            return visitor.visit_u64(value);
        }
        match whole(text) {
            Some(value) => visitor.visit_i64(value),
            None => self.float(text, visitor),
        }
    }

    fn float<V: Visitor<'de>>(&self, text: &str, visitor: V) -> Result<V::Value, Error> {
        match text.parse::<f64>() {
            Ok(value) if value.is_finite() => visitor.visit_f64(value),
            _ => Err(self.wrong("a number is out of range")),
        }
    }
}

macro_rules! read_as {
    ($($of_serde:ident $ours:ident)*) => {$(
        #[inline]
        fn $of_serde<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            self.$ours(visitor)
        }
    )*};
}

impl<'de> Deserializer<'de> for &mut Scanner<'de> {
    type Error = Error;

    read_as! {
        deserialize_i32 integer deserialize_i64 integer
        deserialize_str string deserialize_string string deserialize_identifier string
        deserialize_seq list deserialize_map map
    }

    #[inline]
    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        names: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.object(names, visitor)
    }

    #[inline]
    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.peek() {
            Some(b'n') => self.word("null").and_then(|()| visitor.visit_none()),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.peek() {
            Some(b'{') => self.map(visitor),
            Some(b'[') => self.list(visitor),
            Some(b'"') => self.string(visitor),
            Some(b't') => self.word("true").and_then(|()| visitor.visit_bool(true)),
            Some(b'f') => self.word("false").and_then(|()| visitor.visit_bool(false)),
            Some(b'-' | b'0'..=b'9') => {
                let text = self.number()?;
                match (text.parse(), text.parse()) {
                    (Ok(value), _) => visitor.visit_u64(value),
                    (_, Ok(value @ ..0)) => visitor.visit_i64(value),
                    _ => self.float(text, visitor),
                }
            }
            _ => self.word("null").and_then(|()| visitor.visit_unit()),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.skip()?;
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        bool i8 i16 u8 u16 u32 u64 f32 f64 char bytes byte_buf unit unit_struct newtype_struct tuple tuple_struct enum
    }
}

/// The items of a list, or the members of an object.
struct Parts<'a, 'de> {
    scanner: &'a mut Scanner<'de>,
    is_first: bool,
    /// The names that are expected.
    names: &'static [&'static str],
    /// Which of them comes next if none is absent.
    next: usize,
}

impl<'a, 'de> Parts<'a, 'de> {
    #[inline]
    fn of(scanner: &'a mut Scanner<'de>, names: &'static [&'static str]) -> Self {
        Self {
            scanner,
            is_first: true,
            names,
            next: 0,
        }
    }
}

impl<'de> SeqAccess<'de> for Parts<'_, 'de> {
    type Error = Error;

    #[inline]
    fn next_element_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Error> {
        if !self.scanner.has_next(&mut self.is_first, b']')? {
            return Ok(None);
        }
        seed.deserialize(&mut *self.scanner).map(Some)
    }
}

impl<'de> MapAccess<'de> for Parts<'_, 'de> {
    type Error = Error;

    #[inline]
    fn next_key_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Error> {
        if !self.scanner.has_next(&mut self.is_first, b'}')? {
            return Ok(None);
        }
        if let Some(place) = self.scanner.name(self.names, self.next) {
            self.next = place + 1;
            return seed.deserialize(place.into_deserializer()).map(Some);
        }
        self.scanner.expect_key()?;
        seed.deserialize(&mut *self.scanner).map(Some)
    }

    #[inline]
    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Error> {
        self.scanner.pass(b':', "a colon is missing")?;
        seed.deserialize(&mut *self.scanner)
    }
}

//! Text to values, for headers: a deserialiser that reads the scalar that is asked for, and a list
//! where one is.

use serde::de::value::{Error, SeqDeserializer};
use serde::de::{Deserializer, Error as _, IntoDeserializer, Visitor};
use serde::forward_to_deserialize_any;

/// The text of a header, read as what a form asks for.
#[derive(Clone, Copy)]
pub(super) struct FromText<'a> {
    text: &'a str,
    /// Where a list's text is cut.
    cut: Cut,
}

/// Where the text of a list is cut into items.
#[derive(Clone, Copy)]
pub(super) enum Cut {
    /// At each comma outside of double quotes.
    Comma,
    /// At every second comma: an HTTP date has one itself.
    SecondComma,
}

impl<'a> FromText<'a> {
    pub(super) const fn new(text: &'a str, cut: Cut) -> Self {
        Self { text, cut }
    }
}

impl IntoDeserializer<'_, Error> for FromText<'_> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

/// Reads a number or flag of the type that the visitor takes.
macro_rules! parsed {
    ($($method:ident $visit:ident $of:ty,)+) => { $(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            let parsed: $of = self.text.trim().parse().map_err(|error| {
                Error::custom(format_args!("{:?}: {error}", self.text))
            })?;
            visitor.$visit(parsed)
        }
    )+ };
}

impl<'de> Deserializer<'de> for FromText<'_> {
    type Error = Error;

    parsed! {
        deserialize_bool visit_bool bool,
        deserialize_i8 visit_i8 i8,
        deserialize_i16 visit_i16 i16,
        deserialize_i32 visit_i32 i32,
        deserialize_i64 visit_i64 i64,
        deserialize_u8 visit_u8 u8,
        deserialize_u16 visit_u16 u16,
        deserialize_u32 visit_u32 u32,
        deserialize_u64 visit_u64 u64,
    }

    /// What takes a number or a text, as floats and moments do.
    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let text = self.text.trim();
        let is_number = text.starts_with(|first: char| first.is_ascii_digit() || first == '-')
            && text.ends_with(|last: char| last.is_ascii_digit());
        if let (true, Ok(number)) = (is_number, text.parse::<i64>()) {
            visitor.visit_i64(number)
        } else if let (true, Ok(number)) = (is_number, text.parse::<f64>()) {
            visitor.visit_f64(number)
        } else {
            visitor.visit_str(text)
        }
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_str(self.text)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_str(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_some(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.cut {
            Cut::Comma => {
                let items = quoted(self.text)?;
                let items = items.iter().map(|text| FromText::new(text, Cut::Comma));
                visitor.visit_seq(SeqDeserializer::new(items))
            }
            Cut::SecondComma => {
                let dates = dates(self.text).map(|text| FromText::new(text, Cut::Comma));
                visitor.visit_seq(SeqDeserializer::new(dates))
            }
        }
    }

    forward_to_deserialize_any! {
        f32 f64 char bytes byte_buf unit unit_struct newtype_struct tuple tuple_struct map struct
        enum identifier ignored_any
    }
}

/// The items of a list, quotes taken off.
fn quoted(text: &str) -> Result<Vec<String>, Error> {
    let mut items = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let after = if let Some(open) = rest.strip_prefix('"') {
            let (item, after) = closed(open)
                .ok_or_else(|| Error::custom(format_args!("{text:?} has an open quote")))?;
            items.push(item);
            after
        } else {
            let end = rest.find(',').unwrap_or(rest.len());
            items.push(rest[..end].trim_end().to_owned());
            &rest[end..]
        };
        let after = after.trim_start();
        rest = match after.strip_prefix(',') {
            Some(next) => next.trim_start(),
            None if after.is_empty() => after,
            None => {
                let message = format_args!("{text:?} has text after a quote");
                return Err(Error::custom(message));
            }
        };
    }
    Ok(items)
}

/// A text up to its closing quote, and what follows that.
fn closed(open: &str) -> Option<(String, &str)> {
    let mut item = String::new();
    let mut chars = open.char_indices();
    while let Some((at, char)) = chars.next() {
        match char {
            '"' => return Some((item, &open[at + 1..])),
            '\\' => item.push(chars.next()?.1),
            _ => item.push(char),
        }
    }
    None
}

fn dates(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let whole = rest.trim();
        if whole.is_empty() {
            return None;
        }
        let second = whole.match_indices(',').nth(1).map(|(at, _)| at);
        let (date, after) = match second {
            Some(at) => (&whole[..at], &whole[at + 1..]),
            None => (whole, ""),
        };
        rest = after;
        Some(date.trim())
    })
}

#[cfg(test)]
mod tests {
    use serde::de::value::Error;

    use super::{Cut, FromText, dates, quoted};
    use crate::form::{Dense, Float, Format, Plain};

    fn list(text: &str) -> Result<Vec<String>, Error> {
        Dense::<Plain>::read(FromText::new(text, Cut::Comma))
    }

    #[test]
    fn a_list_is_cut_at_commas_outside_of_quotes() {
        assert_eq!(
            list(r#""b,c", "\"def\"", a ,,"#).unwrap(),
            ["b,c", "\"def\"", "a", ""]
        );
        assert_eq!(list("").unwrap(), [""; 0]);
        assert!(quoted("\"a").is_err());
        assert!(quoted("\"a\" b").is_err());
    }

    #[test]
    fn dates_keep_their_comma() {
        let text = "Mon, 16 Dec 2019 23:48:18 GMT, Tue, 17 Dec 2019 23:48:18 GMT";
        let cut: Vec<&str> = dates(text).collect();
        assert_eq!(
            cut,
            [
                "Mon, 16 Dec 2019 23:48:18 GMT",
                "Tue, 17 Dec 2019 23:48:18 GMT"
            ]
        );
    }

    #[test]
    fn scalars_are_read_as_what_is_asked_for() {
        let read = |text| FromText::new(text, Cut::Comma);
        let number: i32 = Plain::read(read(" 12")).unwrap();
        assert_eq!(number, 12);
        let flag: bool = Plain::read(read("true")).unwrap();
        assert!(flag);
        let text: String = Plain::read(read("12")).unwrap();
        assert_eq!(text, "12");
        let float: f64 = Float::read(read("-1.5")).unwrap();
        assert!((float + 1.5).abs() < f64::EPSILON);
        let infinite: f64 = Float::read(read("Infinity")).unwrap();
        assert!(infinite.is_infinite());
        let refused: Result<i32, Error> = Plain::read(read("1e99"));
        assert!(refused.is_err());
        let refused: Result<f64, Error> = Float::read(read("inf"));
        assert!(refused.is_err());
    }
}

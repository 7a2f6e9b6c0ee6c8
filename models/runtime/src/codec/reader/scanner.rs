//! The tokens of a JSON text, one after the other.

use serde::de::{Error as _, Expected, Unexpected};

use super::error::Error;
use super::number::Number;
use crate::form::is_same;

/// As many objects and lists may be open at once: what reads them recurses.
const DEPTH: u8 = 127;

/// A place in a text.
pub(super) struct Scanner<'de> {
    text: &'de str,
    at: usize,
    /// How many more objects and lists may be opened.
    depth: u8,
    /// The last text that had escapes, without them.
    unescaped: String,
}

/// Where a text is found.
pub(super) enum Text<'de> {
    /// In what is read.
    Plain(&'de str),
    /// In [`Scanner::unescaped`].
    Unescaped,
}

impl<'de> Scanner<'de> {
    pub(super) fn new(text: &'de str) -> Self {
        Self {
            text,
            at: 0,
            depth: DEPTH,
            unescaped: String::new(),
        }
    }

    pub(super) fn unescaped(&self) -> &str {
        &self.unescaped
    }

    /// An error with its place.
    pub(super) fn tell(&self, error: &Error) -> String {
        let before = self.text.as_bytes().get(..self.at).unwrap_or_default();
        let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
        let column = before
            .iter()
            .rev()
            .take_while(|byte| **byte != b'\n')
            .count()
            + 1;
        format!("{error} at line {line} column {column}")
    }

    #[cold]
    pub(super) fn wrong(&self, what: &str) -> Error {
        if self.at >= self.text.len() {
            return Error::custom("it ends too early");
        }
        Error::custom(what)
    }

    #[inline]
    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// The next byte that is no white space.
    #[inline]
    pub(super) fn peek(&mut self) -> Option<u8> {
        loop {
            match self.byte() {
                Some(b' ' | b'\n' | b'\t' | b'\r') => self.at += 1,
                byte => return byte,
            }
        }
    }

    /// Nothing but white space may be left.
    pub(super) fn end(&mut self) -> Result<(), Error> {
        match self.peek() {
            None => Ok(()),
            Some(_) => Err(self.wrong("there is more behind the value")),
        }
    }

    /// Goes into an object or a list.
    #[inline]
    pub(super) fn open(&mut self) -> Result<(), Error> {
        let left = self.depth.checked_sub(1);
        self.depth = left.ok_or_else(|| self.wrong("it is nested too deeply"))?;
        self.at += 1;
        Ok(())
    }

    /// Goes out of it.
    #[inline]
    pub(super) fn close(&mut self, close: u8) -> Result<(), Error> {
        if self.peek() != Some(close) {
            return Err(self.wrong("a value ends too late"));
        }
        self.depth += 1;
        self.at += 1;
        Ok(())
    }

    /// Goes to the next member or item, if there is one.
    #[inline]
    pub(super) fn has_next(&mut self, is_first: &mut bool, close: u8) -> Result<bool, Error> {
        match self.peek() {
            Some(byte) if byte == close => Ok(false),
            _ if std::mem::take(is_first) => Ok(true),
            Some(b',') => {
                self.at += 1;
                if self.peek() == Some(close) {
                    return Err(self.wrong("there is nothing behind a comma"));
                }
                Ok(true)
            }
            _ => Err(self.wrong("a comma or an end is missing")),
        }
    }

    #[inline]
    pub(super) fn colon(&mut self) -> Result<(), Error> {
        if self.peek() != Some(b':') {
            return Err(self.wrong("a colon is missing"));
        }
        self.at += 1;
        Ok(())
    }

    #[inline]
    pub(super) fn word(&mut self, word: &str) -> Result<(), Error> {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        if !rest.starts_with(word.as_bytes()) {
            return Err(self.wrong("a value is missing"));
        }
        self.at += word.len();
        Ok(())
    }

    /// The text whose quote is the next byte.
    #[inline]
    pub(super) fn text(&mut self) -> Result<Text<'de>, Error> {
        let start = self.at + 1;
        let end = plain_end(self.text.as_bytes(), start);
        if self.text.as_bytes().get(end) == Some(&b'"') {
            self.at = end + 1;
            return Ok(Text::Plain(&self.text[start..end]));
        }
        self.unescape(start)?;
        Ok(Text::Unescaped)
    }

    /// Goes past the text whose quote is the next byte if it is one of these names; which. The search
    /// begins with the one that is likely, and compares where the text stands, so that most names
    /// are read once. No name has a character that JSON escapes.
    #[inline]
    pub(super) fn name_of(&mut self, names: &[&str], likely: usize) -> Option<usize> {
        let rest = self.text.as_bytes().get(self.at + 1..)?;
        let is_here = |place: &usize| {
            let name = names[*place].as_bytes();
            rest.get(name.len()) == Some(&b'"') && is_same(name, &rest[..name.len()])
        };
        let place = (likely..names.len())
            .chain(0..likely.min(names.len()))
            .find(is_here)?;
        self.at += names[place].len() + 2;
        Some(place)
    }

    #[cold]
    fn unescape(&mut self, start: usize) -> Result<(), Error> {
        self.at = start;
        self.unescaped.clear();
        loop {
            let start = self.at;
            self.at = plain_end(self.text.as_bytes(), start);
            self.unescaped.push_str(&self.text[start..self.at]);
            if self.quote_or_backslash()? == b'"' {
                return Ok(());
            }
            let unit = self.escape()?;
            let is_first_half = (0xD800..0xDC00).contains(&unit);
            let other = if is_first_half && self.byte() == Some(b'\\') {
                self.at += 1;
                Some(self.escape()?)
            } else {
                None
            };
            match char::decode_utf16([unit].into_iter().chain(other)).next() {
                Some(Ok(character)) => self.unescaped.push(character),
                _ => return Err(self.wrong("half of a character is missing")),
            }
        }
    }

    /// What ends a plain run within a text.
    fn quote_or_backslash(&mut self) -> Result<u8, Error> {
        match self.byte() {
            Some(byte @ (b'"' | b'\\')) => {
                self.at += 1;
                Ok(byte)
            }
            _ => Err(self.wrong("a control character stands in a text")),
        }
    }

    /// The unit of UTF-16 behind a backslash.
    fn escape(&mut self) -> Result<u16, Error> {
        let byte = self.byte();
        self.at += 1;
        Ok(match byte {
            Some(byte @ (b'"' | b'\\' | b'/')) => byte.into(),
            Some(b'b') => 0x08,
            Some(b'f') => 0x0C,
            Some(b'n') => 0x0A,
            Some(b'r') => 0x0D,
            Some(b't') => 0x09,
            Some(b'u') => {
                let digits = self.text.get(self.at..self.at + 4).unwrap_or_default();
                let is_hex = digits.bytes().all(|digit| digit.is_ascii_hexdigit());
                let unit = u16::from_str_radix(digits, 16).ok().filter(|_| is_hex);
                self.at += digits.len();
                unit.ok_or_else(|| self.wrong("an escape has no four digits"))?
            }
            _ => return Err(self.wrong("an escape is unknown")),
        })
    }

    /// The number that begins here.
    pub(super) fn number(&mut self) -> Result<Number<'de>, Error> {
        let start = self.at;
        let is_integer = self.pass_number()?;
        let number = Number::of(&self.text[start..self.at], is_integer);
        number.ok_or_else(|| self.wrong("a number is out of range"))
    }

    /// Goes past a number; whether it has neither point nor exponent.
    fn pass_number(&mut self) -> Result<bool, Error> {
        if self.byte() == Some(b'-') {
            self.at += 1;
        }
        if self.byte() == Some(b'0') {
            self.at += 1;
        } else {
            self.pass_digits()?;
        }
        let end = self.at;
        if self.byte() == Some(b'.') {
            self.at += 1;
            self.pass_digits()?;
        }
        if let Some(b'e' | b'E') = self.byte() {
            self.at += 1;
            if let Some(b'+' | b'-') = self.byte() {
                self.at += 1;
            }
            self.pass_digits()?;
        }
        match self.byte() {
            Some(b'0'..=b'9') => Err(self.wrong("a number begins with zero")),
            _ => Ok(self.at == end),
        }
    }

    fn pass_digits(&mut self) -> Result<(), Error> {
        let start = self.at;
        while let Some(b'0'..=b'9') = self.byte() {
            self.at += 1;
        }
        if self.at == start {
            return Err(self.wrong("a digit is missing"));
        }
        Ok(())
    }

    /// Goes past a value. One that nobody reads may be nested as deeply as it likes.
    pub(super) fn skip(&mut self) -> Result<(), Error> {
        let mut open = Vec::new();
        loop {
            match self.peek() {
                Some(byte @ (b'{' | b'[')) => {
                    self.at += 1;
                    let close = if byte == b'{' { b'}' } else { b']' };
                    open.push((close, true));
                }
                Some(b'"') => self.skip_text()?,
                Some(b'-' | b'0'..=b'9') => drop(self.pass_number()?),
                Some(b't') => self.word("true")?,
                Some(b'f') => self.word("false")?,
                _ => self.word("null")?,
            }
            // To the next value, out of what ends here.
            loop {
                let Some((close, is_first)) = open.last_mut() else {
                    return Ok(());
                };
                if self.has_next(is_first, *close)? {
                    if *close == b'}' {
                        self.skip_key()?;
                    }
                    break;
                }
                self.at += 1;
                open.pop();
            }
        }
    }

    fn skip_key(&mut self) -> Result<(), Error> {
        if self.peek() != Some(b'"') {
            return Err(self.wrong("a key must be a text"));
        }
        self.skip_text()?;
        self.colon()
    }

    fn skip_text(&mut self) -> Result<(), Error> {
        self.at += 1;
        loop {
            self.at = plain_end(self.text.as_bytes(), self.at);
            if self.quote_or_backslash()? == b'"' {
                return Ok(());
            }
            self.escape()?;
        }
    }

    /// The error that the value here is of another type than expected.
    #[cold]
    pub(super) fn mismatch(&mut self, expected: &dyn Expected) -> Error {
        self.found(expected).unwrap_or_else(|error| error)
    }

    fn found(&mut self, expected: &dyn Expected) -> Result<Error, Error> {
        let found = match self.peek() {
            Some(b'{') => Unexpected::Map,
            Some(b'[') => Unexpected::Seq,
            Some(b'"') => Unexpected::Str(match self.text()? {
                Text::Plain(text) => text,
                Text::Unescaped => &self.unescaped,
            }),
            Some(b't') => self.word("true").map(|()| Unexpected::Bool(true))?,
            Some(b'f') => self.word("false").map(|()| Unexpected::Bool(false))?,
            Some(b'-' | b'0'..=b'9') => match self.number()? {
                Number::Positive(value) => Unexpected::Unsigned(value),
                Number::Negative(value) => Unexpected::Signed(value),
                Number::Float(value, _) => Unexpected::Float(value),
            },
            _ => self.word("null").map(|()| Unexpected::Unit)?,
        };
        Ok(Error::invalid_type(found, expected))
    }
}

/// The place of the first byte that is not plain in a text: a quote, a backslash, a control
/// character, or the end. Eight bytes at a time.
#[inline]
fn plain_end(bytes: &[u8], from: usize) -> usize {
    let mut at = from;
    while let Some(word) = bytes.get(at..).and_then(|rest| rest.first_chunk()) {
        let found = not_plain(u64::from_le_bytes(*word));
        if found != 0 {
            return at + (found.trailing_zeros() / 8) as usize;
        }
        at += 8;
    }
    let rest = bytes.get(at..).unwrap_or_default();
    let is_plain = |byte: &&u8| !matches!(byte, b'"' | b'\\' | 0..0x20);
    at + rest.iter().take_while(is_plain).count()
}

/// The high bit of each byte that is not plain. A borrow can also set that of a byte behind such
/// a one, so the first alone counts.
#[inline]
const fn not_plain(word: u64) -> u64 {
    const ONES: u64 = u64::from_ne_bytes([1; 8]);
    const HIGH: u64 = ONES << 7;
    let quote = word ^ (ONES * b'"' as u64);
    let backslash = word ^ (ONES * b'\\' as u64);
    let is_quote = quote.wrapping_sub(ONES) & !quote;
    let is_backslash = backslash.wrapping_sub(ONES) & !backslash;
    let is_control = word.wrapping_sub(ONES * 0x20) & !word;
    (is_quote | is_backslash | is_control) & HIGH
}

//! The tokens of a JSON text, one after the other.

use serde::de::value::Error;
use serde::de::{Error as _, Expected, Unexpected};

use crate::form::is_same;

/// So many objects and lists may be open at once: what reads them recurses.
const DEPTH: u8 = 127;

/// A place in a text.
pub(super) struct Scanner<'de> {
    source: &'de str,
    at: usize,
    /// How many more objects and lists may be opened.
    depth: u8,
    /// The last text that had escapes, without them.
    unescaped: String,
}

/// A text, and where it stands.
pub(super) enum Text<'a, 'de> {
    Plain(&'de str),
    Unescaped(&'a str),
}

impl<'de> Scanner<'de> {
    pub(super) const fn new(source: &'de str) -> Self {
        Self {
            source,
            at: 0,
            depth: DEPTH,
            unescaped: String::new(),
        }
    }

    /// An error's words with its place.
    pub(super) fn locate(&self, error: &Error) -> String {
        let before = &self.source.as_bytes()[..self.at];
        let mut lines = before.split(|byte| *byte == b'\n').rev();
        let column = lines.next().map_or(0, <[u8]>::len) + 1;
        let line = lines.count() + 1;
        format!("{error} at line {line} column {column}")
    }

    #[cold]
    pub(super) fn wrong(&self, what: &str) -> Error {
        let is_cut = self.at >= self.source.len();
        Error::custom(if is_cut { "it ends too early" } else { what })
    }

    #[inline]
    fn byte(&self) -> Option<u8> {
        self.source.as_bytes().get(self.at).copied()
    }

    /// The next byte that is no white space.
    #[inline]
    pub(super) fn peek(&mut self) -> Option<u8> {
        while let Some(b' ' | b'\n' | b'\t' | b'\r') = self.byte() {
            self.at += 1;
        }
        self.byte()
    }

    /// Goes past this byte.
    #[inline]
    pub(super) fn pass(&mut self, byte: u8, otherwise: &str) -> Result<(), Error> {
        if self.peek() != Some(byte) {
            return Err(self.wrong(otherwise));
        }
        self.at += 1;
        Ok(())
    }

    pub(super) fn end(&mut self) -> Result<(), Error> {
        match self.peek() {
            None => Ok(()),
            Some(_) => Err(self.wrong("more stands behind the value")),
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
        self.depth += 1;
        self.pass(close, "more stands in it than is read")
    }

    /// Goes to the next member or item, if there is one.
    #[inline]
    pub(super) fn has_next(&mut self, is_first: &mut bool, close: u8) -> Result<bool, Error> {
        if self.peek() == Some(close) {
            return Ok(false);
        }
        if !std::mem::take(is_first) {
            self.pass(b',', "a comma is missing")?;
            if self.peek() == Some(close) {
                return Err(self.wrong("nothing stands behind a comma"));
            }
        }
        Ok(true)
    }

    #[inline]
    pub(super) fn word(&mut self, word: &str) -> Result<(), Error> {
        if !self.source.as_bytes()[self.at..].starts_with(word.as_bytes()) {
            return Err(self.wrong("a value is missing"));
        }
        self.at += word.len();
        Ok(())
    }

    #[inline]
    pub(super) fn expect_key(&mut self) -> Result<(), Error> {
        match self.peek() {
            Some(b'"') => Ok(()),
            _ => Err(self.wrong("a key is missing")),
        }
    }

    /// Goes past a key that is one of these names, and tells which. The search begins with the one
    /// that is likely, and compares where the key stands, so that mostly it is read but once. No
    /// name may have a character that JSON escapes.
    #[inline]
    pub(super) fn name(&mut self, names: &[&str], likely: usize) -> Option<usize> {
        let (b'"', rest) = self.source.as_bytes().get(self.at..)?.split_first()? else {
            return None;
        };
        let is_here = |place: &usize| {
            let name = names[*place].as_bytes();
            rest.get(name.len()) == Some(&b'"') && is_same(name, &rest[..name.len()])
        };
        let after = (likely..names.len()).find(is_here);
        let place = after.or_else(|| (0..likely.min(names.len())).find(is_here))?;
        self.at += names[place].len() + 2;
        Some(place)
    }

    /// The text whose quote stands here.
    #[inline]
    pub(super) fn text(&mut self) -> Result<Text<'_, 'de>, Error> {
        let start = self.at + 1;
        self.at = plain_end(self.source.as_bytes(), start);
        if self.byte() == Some(b'"') {
            self.at += 1;
            return Ok(Text::Plain(&self.source[start..self.at - 1]));
        }
        self.unescape(start)?;
        Ok(Text::Unescaped(&self.unescaped))
    }

    fn unescape(&mut self, mut start: usize) -> Result<(), Error> {
        self.unescaped.clear();
        loop {
            self.unescaped.push_str(&self.source[start..self.at]);
            if self.ends_text()? {
                return Ok(());
            }
            let unit = self.escape()?;
            let mut low = None;
            if (0xD800..0xDC00).contains(&unit) && self.byte() == Some(b'\\') {
                self.at += 1;
                low = Some(self.escape()?);
            }
            match char::decode_utf16([unit].into_iter().chain(low)).next() {
                Some(Ok(character)) => self.unescaped.push(character),
                _ => return Err(self.wrong("half of a character is missing")),
            }
            start = self.at;
            self.at = plain_end(self.source.as_bytes(), start);
        }
    }

    /// Goes past a text whose quote stands here, and does not look at what its escapes say.
    fn skip_text(&mut self) -> Result<(), Error> {
        self.at += 1;
        loop {
            self.at = plain_end(self.source.as_bytes(), self.at);
            if self.ends_text()? {
                return Ok(());
            }
            self.escape()?;
        }
    }

    /// Goes past what is not plain in a text: its end, or the beginning of an escape.
    fn ends_text(&mut self) -> Result<bool, Error> {
        let Some(byte @ (b'"' | b'\\')) = self.byte() else {
            return Err(self.wrong("a text has a control character"));
        };
        self.at += 1;
        Ok(byte == b'"')
    }

    /// The unit of UTF-16 that stands behind a backslash.
    fn escape(&mut self) -> Result<u16, Error> {
        let byte = self.byte().unwrap_or_default();
        self.at += usize::from(byte.is_ascii_graphic());
        Ok(match byte {
            b'"' | b'\\' | b'/' => byte.into(),
            b'b' => 0x08,
            b'f' => 0x0C,
            b'n' => 0x0A,
            b'r' => 0x0D,
            b't' => 0x09,
            b'u' => {
                let digits = self.source.get(self.at..self.at + 4).unwrap_or_default();
                let is_hex = digits.bytes().all(|digit| digit.is_ascii_hexdigit());
                let unit = u16::from_str_radix(digits, 16).ok().filter(|_| is_hex);
                self.at += digits.len();
                unit.ok_or_else(|| self.wrong("an escape has no four digits"))?
            }
            _ => return Err(self.wrong("an escape is unknown")),
        })
    }

    /// The number that begins here, as it is written.
    pub(super) fn number(&mut self) -> Result<&'de str, Error> {
        let start = self.at;
        self.pass_any(b"-");
        if self.byte() == Some(b'0') {
            self.at += 1;
            if let Some(b'0'..=b'9') = self.byte() {
                return Err(self.wrong("a number begins with zero"));
            }
        } else {
            self.digits()?;
        }
        if self.pass_any(b".") {
            self.digits()?;
        }
        if self.pass_any(b"eE") {
            self.pass_any(b"+-");
            self.digits()?;
        }
        Ok(&self.source[start..self.at])
    }

    #[inline]
    fn pass_any(&mut self, bytes: &[u8]) -> bool {
        let is_any = self.byte().is_some_and(|byte| bytes.contains(&byte));
        self.at += usize::from(is_any);
        is_any
    }

    #[inline]
    fn digits(&mut self) -> Result<(), Error> {
        let start = self.at;
        while let Some(b'0'..=b'9') = self.byte() {
            self.at += 1;
        }
        if self.at == start {
            return Err(self.wrong("a value or a digit is missing"));
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
                    open.push((if byte == b'{' { b'}' } else { b']' }, true));
                }
                Some(b'"') => self.skip_text()?,
                Some(b't') => self.word("true")?,
                Some(b'f') => self.word("false")?,
                Some(b'n') => self.word("null")?,
                _ => drop(self.number()?),
            }
            // Out of what ends here, and to the next value.
            loop {
                let Some((close, is_first)) = open.last_mut() else {
                    return Ok(());
                };
                if self.has_next(is_first, *close)? {
                    if *close == b'}' {
                        self.expect_key()?;
                        self.skip_text()?;
                        self.pass(b':', "a colon is missing")?;
                    }
                    break;
                }
                self.at += 1;
                open.pop();
            }
        }
    }

    /// The error that another type stands here than is expected.
    #[cold]
    pub(super) fn mismatch(&mut self, expected: &dyn Expected) -> Error {
        let found = self.peek();
        let start = self.at;
        let found = match found {
            Some(b'{') => Unexpected::Map,
            Some(b'[') => Unexpected::Seq,
            _ => match self.skip() {
                Ok(()) => Unexpected::Other(&self.source[start..self.at]),
                Err(error) => return error,
            },
        };
        Error::invalid_type(found, expected)
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

/// The integer that a number is, to its last digit, whether it is written as one or not.
pub(super) fn whole(number: &str) -> Option<i64> {
    if let Ok(value) = number.parse() {
        return Some(value);
    }
    let (decimal, exponent) = number.split_once(['e', 'E']).unwrap_or((number, "0"));
    let (ones, fraction) = decimal.split_once('.').unwrap_or((decimal, ""));
    let digits = format!("{ones}{fraction}");
    let significant = digits.trim_end_matches('0');
    let exponent: i64 = exponent.parse().ok()?;
    if matches!(significant, "" | "-") {
        return Some(0);
    }
    let places = i64::try_from(digits.len() - significant.len()).ok()?
        - i64::try_from(fraction.len()).ok()?;
    let zeros = u32::try_from(exponent.checked_add(places)?).ok()?;
    let value: i64 = significant.parse().ok()?;
    value.checked_mul(10_i64.checked_pow(zeros)?)
}

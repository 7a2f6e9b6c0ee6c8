//! Steps over the text of a JSON file without parsing it.

use std::ops::Range;

use memchr::{memchr2, memmem};

/// A place in a file. A step that finds something else than it expects gives none.
pub(super) struct Cursor<'f> {
    pub(super) bytes: &'f [u8],
    pub(super) at: usize,
}

impl<'f> Cursor<'f> {
    /// At the beginning.
    pub(super) fn new(bytes: &'f [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    /// The next byte that is no white space.
    pub(super) fn peek(&mut self) -> Option<u8> {
        loop {
            match *self.bytes.get(self.at)? {
                b'\n' => {
                    self.at += 1;
                    self.pass_indent();
                }
                b' ' | b'\r' | b'\t' => self.at += 1,
                byte => return Some(byte),
            }
        }
    }

    /// Most white space indents lines, by several blanks: they are passed by at once.
    fn pass_indent(&mut self) {
        while let Some(word) = self.bytes[self.at..].first_chunk() {
            let others = u64::from_le_bytes(*word) ^ u64::from_le_bytes([b' '; 8]);
            let blanks = others.trailing_zeros() as usize / 8;
            self.at += blanks;
            if blanks < word.len() {
                return;
            }
        }
    }

    pub(super) fn take(&mut self, byte: u8) -> Option<()> {
        (self.peek()? == byte).then(|| self.at += 1)
    }

    /// A text; gives what stands between its quotes.
    pub(super) fn text(&mut self) -> Option<Range<usize>> {
        self.take(b'"')?;
        self.text_behind_quote()
    }

    fn text_behind_quote(&mut self) -> Option<Range<usize>> {
        let start = self.at;
        loop {
            self.at += quote_or_escape(self.bytes.get(self.at..)?)?;
            if self.bytes[self.at] == b'"' {
                self.at += 1;
                return Some(start..self.at - 1);
            }
            self.at += 2;
        }
    }

    /// An object; a step goes over each value, and is told where the key stands.
    pub(super) fn entries(
        &mut self,
        mut value: impl FnMut(&mut Self, Range<usize>) -> Option<()>,
    ) -> Option<()> {
        self.take(b'{')?;
        if self.take(b'}').is_some() {
            return Some(());
        }
        loop {
            let key = self.text()?;
            self.take(b':')?;
            value(self, key)?;
            if self.take(b',').is_none() {
                return self.take(b'}');
            }
        }
    }

    /// Any value. Which bracket closes which is the parser's to check.
    pub(super) fn value(&mut self) -> Option<()> {
        self.value_with(|_, _| Some(()))
    }

    /// Any value; a step is told where each text in it stands, and may go on from there.
    fn value_with(
        &mut self,
        mut text: impl FnMut(&mut Self, Range<usize>) -> Option<()>,
    ) -> Option<()> {
        let mut depth = 0_usize;
        loop {
            match self.peek()? {
                b'"' => {
                    self.at += 1;
                    let range = self.text_behind_quote()?;
                    text(self, range)?;
                }
                b'{' | b'[' => {
                    depth += 1;
                    self.at += 1;
                }
                b'}' | b']' => {
                    depth = depth.checked_sub(1)?;
                    self.at += 1;
                }
                b',' | b':' if depth > 0 => {
                    self.at += 1;
                    continue;
                }
                b',' | b':' => return None,
                _ => {
                    let is_end = |byte: &u8| b",:]} \n\r\t\"{[".contains(byte);
                    self.at += self.bytes[self.at..].iter().position(is_end)?;
                }
            }
            if depth == 0 {
                return Some(());
            }
        }
    }

    /// Any value in which the key of references and the names to which they refer have their usual
    /// spelling; a step is told where each such name stands.
    pub(super) fn references(&mut self, mut name: impl FnMut(Range<usize>)) -> Option<()> {
        self.value_with(|cursor, text| {
            let text = &cursor.bytes[text];
            if text != REFERENCE {
                return (!hides_reference(text)).then_some(());
            }
            if cursor.peek()? == b':' {
                cursor.at += 1;
                if cursor.peek()? == b'"' {
                    cursor.at += 1;
                    let target = cursor.text_behind_quote()?;
                    (!cursor.bytes[target.clone()].contains(&b'\\')).then_some(())?;
                    name(target);
                }
            }
            Some(())
        })
    }
}

/// The key of references.
const REFERENCE: &[u8] = b"shape";

/// Whether a text may be the key of references, spelled with escapes, which no machine does.
fn hides_reference(text: &[u8]) -> bool {
    // If every letter is an escape.
    const LONGEST: usize = REFERENCE.len() * br"\u0073".len();
    matches!(text.first(), Some(b's' | b'\\'))
        && text.len() <= LONGEST
        && text.contains(&b'\\')
        && memmem::find(text, br"\u00").is_some()
}

/// Where the first quote or escape stands.
fn quote_or_escape(bytes: &[u8]) -> Option<usize> {
    // Most texts are names: looking at a few words here is faster than setting out on a search.
    let mut at = 0;
    while at < 32
        && let Some(word) = bytes[at..].first_chunk()
    {
        let word = u64::from_le_bytes(*word);
        let found = first_of(b'"', word) | first_of(b'\\', word);
        if found != 0 {
            return Some(at + (found.trailing_zeros() / 8) as usize);
        }
        at += 8;
    }
    Some(at + memchr2(b'"', b'\\', &bytes[at..])?)
}

/// Marks the first byte of a word that is this one; what it marks behind that means nothing.
const fn first_of(byte: u8, word: u64) -> u64 {
    let zero = word ^ u64::from_le_bytes([byte; 8]);
    zero.wrapping_sub(u64::from_le_bytes([0x01; 8])) & !zero & u64::from_le_bytes([0x80; 8])
}

#[cfg(test)]
mod tests {
    use std::ops::Range;

    use super::Cursor;

    #[test]
    fn a_text_ends_at_the_first_quote_that_no_escape_stands_before() {
        for length in 0..80 {
            for escape in 0..=length {
                for filling in ["a", "!", "\u{80}", "#", "[", "]"] {
                    let text = filling.repeat(length);
                    let split = escape * filling.len();
                    let text = format!("{}\\\"{}", &text[..split], &text[split..]);
                    let file = format!(" \"{text}\",\"");
                    let mut cursor = Cursor::new(file.as_bytes());
                    assert_eq!(cursor.text(), Some(2..2 + text.len()), "{file}");
                    assert_eq!(cursor.at, 3 + text.len());
                }
            }
        }
    }

    #[test]
    fn white_space_is_passed_by_however_much_there_is() {
        for blanks in 0..20 {
            let file = format!("\n{0}\t\r\n\n{0}x", " ".repeat(blanks));
            let mut cursor = Cursor::new(file.as_bytes());
            assert_eq!(cursor.peek(), Some(b'x'));
            assert_eq!(cursor.at, file.len() - 1);
        }
    }

    #[test]
    fn references_are_told_and_those_that_hide_are_refused() {
        let told = |file: &str| {
            let mut names = Vec::new();
            let name = |range: Range<usize>| names.push(file[range].to_owned());
            Cursor::new(file.as_bytes()).references(name)?;
            Some(names.join(" "))
        };
        let file = r#"{"shape" : "A", "x": ["shape", {"shape":"B"}, "shape"], "shape": {}}"#;
        assert_eq!(told(file).as_deref(), Some("A B"));
        assert_eq!(told(r#"{"\u0073hape":"A"}"#), None);
        assert_eq!(told(r#"{"\u0073\u0068\u0061\u0070\u0065":"A"}"#), None);
        assert_eq!(told(r#"{"shape":"\u0041"}"#), None);
        assert_eq!(told(r#"["\\u0.\\*hape", "x\u0073"]"#).as_deref(), Some(""));
    }
}

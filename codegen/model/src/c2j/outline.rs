//! Where operations and shapes stand in a `service-2.json`, and what of a later one stands in the
//! same bytes. Nothing is parsed here: whoever has the rest parsed learns whether it was JSON.

use std::cell::OnceCell;
use std::ops::Range;

use memchr::memchr2;

/// The tables whose entries are compared, as their keys stand in a file.
const TABLES: [&[u8]; 2] = [b"operations", b"shapes"];

/// The entries of a file's tables: operations, shapes.
#[derive(Debug, Default)]
pub(super) struct Outline([Table; TABLES.len()]);

#[derive(Debug, Default)]
struct Table {
    /// In the order of the file.
    entries: Vec<Entry>,
    /// The places of the entries, ordered by key. Made for the first that is not where it was.
    by_key: OnceCell<Vec<usize>>,
}

/// An entry: its key without quotes, and where its value ends.
#[derive(Clone, Debug)]
struct Entry {
    key: Range<usize>,
    end: usize,
}

impl Entry {
    /// From the key's quote to the end of the value.
    fn bytes<'b>(&self, file: &'b [u8]) -> &'b [u8] {
        &file[self.key.start - 1..self.end]
    }

    fn key<'b>(&self, file: &'b [u8]) -> &'b [u8] {
        &file[self.key.clone()]
    }
}

/// A file, cut along what it has in common with an earlier one.
#[derive(Debug)]
pub(super) struct Cut<'b> {
    /// The file without the entries that stand in the earlier one, too: a file by itself, which is
    /// JSON if and only if the whole is.
    pub(super) rest: Vec<u8>,
    /// The keys of the earlier file's operations whose very entries are not in this one.
    pub(super) operations_gone: Vec<&'b str>,
    /// The same of the shapes.
    pub(super) shapes_gone: Vec<&'b str>,
    /// Where the entries of the whole file stand.
    pub(super) outline: Outline,
}

impl Outline {
    /// The outline of a file that was read; none if it is unlike any that machines write.
    pub(super) fn of(file: &[u8]) -> Option<Self> {
        Some(Self::default().cut(&[], file)?.outline)
    }

    /// Cuts a later file along what it has in common with the file of this outline. None if it has
    /// another form than a model, or an entry twice: a plain read tells what is the matter.
    pub(super) fn cut<'b>(&self, earlier: &'b [u8], file: &[u8]) -> Option<Cut<'b>> {
        let mut walk = Walk {
            file,
            at: 0,
            rest: Vec::new(),
        };
        let mut outline = Self::default();
        let mut kept = [0, 1].map(|at: usize| vec![false; self.0[at].entries.len()]);
        walk.copy(|walk| walk.take(b'{'))?;
        if walk.copy(|walk| walk.take(b'}')).is_none() {
            loop {
                let mut key = 0..0;
                walk.copy(|walk| {
                    key = walk.key()?;
                    walk.take(b':')
                })?;
                match TABLES.iter().position(|table| file[key.clone()] == **table) {
                    Some(table) => {
                        outline.0[table] = walk.table(earlier, &self.0[table], &mut kept[table])?;
                    }
                    None => walk.copy(Walk::value)?,
                }
                if walk.copy(|walk| walk.take(b',')).is_none() {
                    walk.copy(|walk| walk.take(b'}'))?;
                    break;
                }
            }
        }
        walk.rest.extend_from_slice(&file[walk.at..]);
        let mut gone = (0..TABLES.len()).map(|table| {
            let entries = self.0[table].entries.iter().zip(&kept[table]);
            let gone = entries.filter(|(_, kept)| !**kept);
            gone.map(|(entry, _)| std::str::from_utf8(entry.key(earlier)).ok())
                .collect::<Option<Vec<_>>>()
        });
        Some(Cut {
            operations_gone: gone.next()??,
            shapes_gone: gone.next()??,
            rest: walk.rest,
            outline,
        })
    }
}

impl Table {
    /// The place of the entry with a key.
    fn find(&self, file: &[u8], key: &[u8]) -> Option<usize> {
        let by_key = self.by_key.get_or_init(|| {
            let mut places: Vec<usize> = (0..self.entries.len()).collect();
            places.sort_by_key(|at| self.entries[*at].key(file));
            places
        });
        let found = by_key.binary_search_by_key(&key, |at| self.entries[*at].key(file));
        found.ok().map(|at| by_key[at])
    }
}

/// A walk over a file, which copies some of it.
struct Walk<'f> {
    file: &'f [u8],
    at: usize,
    rest: Vec<u8>,
}

impl Walk<'_> {
    /// Takes a step and copies what it went over; goes back if the step fails.
    fn copy(&mut self, step: impl FnOnce(&mut Self) -> Option<()>) -> Option<()> {
        let start = self.at;
        let done = step(self);
        match done {
            Some(()) => self.rest.extend_from_slice(&self.file[start..self.at]),
            None => self.at = start,
        }
        done
    }

    fn peek(&mut self) -> Option<u8> {
        loop {
            match self.file.get(self.at)? {
                b' ' | b'\n' | b'\r' | b'\t' => self.at += 1,
                byte => return Some(*byte),
            }
        }
    }

    fn take(&mut self, byte: u8) -> Option<()> {
        (self.peek()? == byte).then(|| self.at += 1)
    }

    /// A text; gives what stands between its quotes.
    fn text(&mut self) -> Option<Range<usize>> {
        self.take(b'"')?;
        let start = self.at;
        loop {
            self.at += memchr2(b'"', b'\\', self.file.get(self.at..)?)?;
            if self.file[self.at] == b'"' {
                self.at += 1;
                return Some(start..self.at - 1);
            }
            self.at += 2;
        }
    }

    fn key(&mut self) -> Option<Range<usize>> {
        self.text()
    }

    /// Any value. Which bracket closes which is the parser's to check.
    fn value(&mut self) -> Option<()> {
        let mut depth = 0_usize;
        loop {
            match self.peek()? {
                b'"' => {
                    self.text()?;
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
                    self.at += self.file[self.at..].iter().position(is_end)?;
                }
            }
            if depth == 0 {
                return Some(());
            }
        }
    }

    /// A table, of which those entries alone are copied that the earlier file lacks.
    fn table(&mut self, earlier: &[u8], old: &Table, kept: &mut [bool]) -> Option<Table> {
        let mut table = Table::default();
        table.entries.reserve(old.entries.len());
        self.copy(|walk| walk.take(b'{'))?;
        if self.copy(|walk| walk.take(b'}')).is_some() {
            return Some(table);
        }
        let mut is_first = true;
        // Revisions mostly keep the order, so that after an entry comes the one that came then.
        let mut next = 0;
        loop {
            self.peek()?;
            let start = self.at;
            let mut place = Some(next);
            if !self.passes(earlier, old.entries.get(next)) {
                let key = self.key()?;
                place = old.find(earlier, &self.file[key.clone()]);
                self.at = start;
                let entry = place.and_then(|place| old.entries.get(place));
                next = place.unwrap_or(next);
                if !self.passes(earlier, entry) {
                    place = None;
                    if !std::mem::take(&mut is_first) {
                        self.rest.push(b',');
                    }
                    self.copy(|walk| {
                        walk.key()?;
                        walk.take(b':')?;
                        walk.value()
                    })?;
                    let end = self.at;
                    table.entries.push(Entry { key, end });
                    next += usize::from(entry.is_some());
                }
            }
            if let Some(place) = place {
                if std::mem::replace(&mut kept[place], true) {
                    return None;
                }
                let length = old.entries[place].key.len();
                table.entries.push(Entry {
                    key: start + 1..start + 1 + length,
                    end: self.at,
                });
                next = place + 1;
            }
            if self.take(b',').is_none() {
                self.copy(|walk| walk.take(b'}'))?;
                return Some(table);
            }
        }
    }

    /// Passes by an entry of the earlier file, if it stands here.
    fn passes(&mut self, earlier: &[u8], entry: Option<&Entry>) -> bool {
        // A name with an escape has several spellings: such an entry is left to the parser.
        let Some(entry) = entry.filter(|entry| !entry.key(earlier).contains(&b'\\')) else {
            return false;
        };
        let bytes = entry.bytes(earlier);
        let stands_here = self.file[self.at..].starts_with(bytes);
        if stands_here {
            self.at += bytes.len();
        }
        stands_here
    }
}

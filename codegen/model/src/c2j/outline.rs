//! Where operations and shapes stand in a `service-2.json`, and what of a later one stands in the
//! same bytes. Nothing is parsed here: whoever has the rest parsed learns whether it was JSON.

use std::cell::OnceCell;
use std::ops::Range;

use super::cursor::Cursor;

/// The tables whose entries are compared, as their keys stand in a file.
const TABLES: [&[u8]; 2] = [b"operations", b"shapes"];
/// The place of the operations among them.
pub(super) const OPERATIONS: usize = 0;
/// The place of the shapes among them.
pub(super) const SHAPES: usize = 1;

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
#[derive(Debug)]
pub(super) struct Entry {
    key: Range<usize>,
    end: usize,
}

impl Entry {
    /// Where the entry stands: from the key's quote to the end of the value.
    pub(super) fn range(&self) -> Range<usize> {
        self.key.start - 1..self.end
    }

    /// Behind the key.
    pub(super) fn after_key<'b>(&self, file: &'b [u8]) -> Cursor<'b> {
        Cursor {
            bytes: file,
            at: self.key.end + 1,
        }
    }

    pub(super) fn bytes<'b>(&self, file: &'b [u8]) -> &'b [u8] {
        &file[self.range()]
    }

    pub(super) fn key<'b>(&self, file: &'b [u8]) -> &'b [u8] {
        &file[self.key.clone()]
    }
}

/// Which table has a key, if one does. None if the key may have several spellings.
#[expect(
    clippy::option_option,
    reason = "whether it can be told, and what is told"
)]
fn table_of(key: &[u8]) -> Option<Option<usize>> {
    let table = TABLES.iter().position(|table| key == *table);
    (!key.contains(&b'\\')).then_some(table)
}

/// What a file says that an earlier one does not say in the same bytes.
#[derive(Debug)]
pub(crate) struct Rest<'b> {
    /// The file without the entries that stand in the earlier one, too: a file by itself.
    pub(super) text: Vec<u8>,
    /// The keys of the earlier file's operations whose very entries are not in this one.
    pub(super) operations_gone: Vec<&'b str>,
    /// The same of the shapes.
    pub(super) shapes_gone: Vec<&'b str>,
}

impl Outline {
    /// The outline of a file that was read; none if it is unlike any that machines write.
    pub(super) fn of(file: &[u8]) -> Option<Self> {
        Self::with(file, Cursor::value)
    }

    /// The outline of a file, and where the names stand to which its entries refer, in the order of
    /// the file; none also if a reference may be spelled in a way that hides it.
    pub(super) fn with_references(file: &[u8]) -> Option<(Self, Vec<Range<usize>>)> {
        let mut names = Vec::new();
        let outline = Self::with(file, |cursor| cursor.references(|name| names.push(name)))?;
        Some((outline, names))
    }

    /// The outline of a file; a step goes over the value of each entry.
    fn with<'f>(
        file: &'f [u8],
        mut value: impl FnMut(&mut Cursor<'f>) -> Option<()>,
    ) -> Option<Self> {
        let mut outline = Self::default();
        let mut cursor = Cursor::new(file);
        cursor.entries(|cursor, key| {
            let table = table_of(&file[key])?;
            let Some(table) = table else {
                return cursor.value();
            };
            let entries = &mut outline.0[table].entries;
            if !entries.is_empty() {
                return None;
            }
            cursor.entries(|cursor, key| {
                value(cursor)?;
                let end = cursor.at;
                entries.push(Entry { key, end });
                Some(())
            })
        })?;
        Some(outline)
    }

    /// The entries of a table, in the order of the file.
    pub(super) fn entries(&self, table: usize) -> &[Entry] {
        &self.0[table].entries
    }

    /// Cuts a later file along what it has in common with the file of this outline: what is left of
    /// it, which is JSON if and only if the whole is, and its outline. None if it has another form
    /// than a model, or an entry twice: a plain read tells what is the matter.
    pub(super) fn cut<'b>(&self, earlier: &'b [u8], file: &[u8]) -> Option<(Rest<'b>, Self)> {
        let mut walk = Walk {
            cursor: Cursor::new(file),
            rest: Vec::new(),
        };
        let mut outline = Self::default();
        let mut kept = [0, 1].map(|at: usize| vec![false; self.0[at].entries.len()]);
        walk.copy(|walk| walk.take(b'{'))?;
        if walk.copy(|walk| walk.take(b'}')).is_none() {
            loop {
                let mut key = 0..0;
                walk.copy(|walk| {
                    key = walk.text()?;
                    walk.take(b':')
                })?;
                match table_of(&file[key])? {
                    Some(table) => {
                        if !outline.0[table].entries.is_empty() {
                            return None;
                        }
                        outline.0[table] = walk.table(earlier, &self.0[table], &mut kept[table])?;
                    }
                    None => walk.copy(Cursor::value)?,
                }
                if walk.copy(|walk| walk.take(b',')).is_none() {
                    walk.copy(|walk| walk.take(b'}'))?;
                    break;
                }
            }
        }
        walk.rest.extend_from_slice(&file[walk.cursor.at..]);
        let mut gone = (0..TABLES.len()).map(|table| {
            let entries = self.0[table].entries.iter().zip(&kept[table]);
            let gone = entries.filter(|(_, kept)| !**kept);
            gone.map(|(entry, _)| std::str::from_utf8(entry.key(earlier)).ok())
                .collect::<Option<Vec<_>>>()
        });
        let rest = Rest {
            text: walk.rest,
            operations_gone: gone.next()??,
            shapes_gone: gone.next()??,
        };
        Some((rest, outline))
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
    cursor: Cursor<'f>,
    rest: Vec<u8>,
}

impl<'f> Walk<'f> {
    /// Takes a step and copies what it went over; goes back if the step fails.
    fn copy(&mut self, step: impl FnOnce(&mut Cursor<'f>) -> Option<()>) -> Option<()> {
        let start = self.cursor.at;
        let done = step(&mut self.cursor);
        match done {
            Some(()) => self
                .rest
                .extend_from_slice(&self.cursor.bytes[start..self.cursor.at]),
            None => self.cursor.at = start,
        }
        done
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
            self.cursor.peek()?;
            let start = self.cursor.at;
            let mut place = Some(next);
            if !self.passes(earlier, old.entries.get(next)) {
                let key = self.cursor.text()?;
                place = old.find(earlier, &self.cursor.bytes[key.clone()]);
                self.cursor.at = start;
                let entry = place.and_then(|place| old.entries.get(place));
                next = place.unwrap_or(next);
                if !self.passes(earlier, entry) {
                    place = None;
                    if !std::mem::take(&mut is_first) {
                        self.rest.push(b',');
                    }
                    self.copy(|walk| {
                        walk.text()?;
                        walk.take(b':')?;
                        walk.value()
                    })?;
                    let end = self.cursor.at;
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
                    end: self.cursor.at,
                });
                next = place + 1;
            }
            if self.cursor.take(b',').is_none() {
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
        let stands_here = self.cursor.bytes[self.cursor.at..].starts_with(bytes);
        if stands_here {
            self.cursor.at += bytes.len();
        }
        stands_here
    }
}

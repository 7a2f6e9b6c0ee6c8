//! Reduces two files of a service to what a comparison of the two looks at.
//!
//! Of the shapes stay those that differ, what leads to them, and what they, or operations that
//! differ, are made of; of the operations those that differ or reach a shape that does. Other
//! shapes to which these refer become equal stubs. The rest stands in both files in the same bytes:
//! it is neither parsed nor checked.

use std::ops::Range;

use foldhash::{HashMap, HashMapExt as _, HashSet};
use memchr::memchr;

use super::cursor::Cursor;
use super::outline::{Entry, OPERATIONS, Outline, Rest, SHAPES};
use crate::model::are_too_many;

/// Two files, reduced.
#[derive(Debug)]
pub(crate) struct Reduced<'f> {
    /// The old file: a file by itself.
    pub(crate) old: Vec<u8>,
    /// What the new file says besides.
    pub(crate) new: Rest<'f>,
    /// How many shapes and parts of shapes each of the whole files has.
    pub(crate) sizes: [usize; 2],
    /// The shapes to which operations refer that are left out.
    pub(crate) used: HashSet<&'f [u8]>,
}

/// Reduces the old file and the new one. The operations with these keys stay. None if whole files
/// must tell what there is to tell.
pub(crate) fn reduced<'f>([old, new]: [&'f [u8]; 2], keys: &[&[u8]]) -> Option<Reduced<'f>> {
    let files = [old, new];
    let (before, names) = Outline::with_references(old)?;
    let (rest, after) = before.cut(old, new)?;
    let table = |table, gone: &[&str]| {
        let entries = [&before, &after].map(|outline| outline.entries(table));
        Table::of(files, entries, gone)
    };
    let operations = table(OPERATIONS, &rest.operations_gone)?;
    let shapes = table(SHAPES, &rest.shapes_gone)?;

    let uses = operations.references(&names, &shapes)?;
    let parts = shapes.references(&names, &shapes)?;
    let size = |side: usize| shapes.entries[side].len() + shapes.count(&parts, side);
    let sizes = [size(0), size(1)];
    if sizes
        .into_iter()
        .any(|size| are_too_many(operations.differs.len(), size))
    {
        return None;
    }
    let [uses, parts] = [uses, parts].map(|sides| sides.concat());

    let turned = parts.iter().map(|(from, to)| (*to, *from));
    let leading = reached(shapes.differs.clone(), turned);
    let mut operations_stay = stays(&operations.differs);
    let mut in_question = shapes.differs.clone();
    for (operation, shape) in &uses {
        in_question[*shape] |= operations.differs[*operation];
        if leading[*shape] {
            operations_stay[*operation] = Stays::Whole;
        }
    }
    for key in keys {
        if let Some(place) = operations.places.get(key) {
            operations_stay[*place] = Stays::Whole;
        }
    }
    let mut shapes_stay = stays(&leading);
    let below = reached(in_question, parts.iter().copied());
    for (stays, _) in shapes_stay
        .iter_mut()
        .zip(below)
        .filter(|(_, below)| *below)
    {
        *stays = Stays::Whole;
    }
    for (from, to) in parts {
        if shapes_stay[from] == Stays::Whole {
            shapes_stay[to] = shapes_stay[to].max(Stays::Stub);
        }
    }
    let mut is_used = vec![false; shapes.differs.len()];
    for (from, to) in uses {
        if operations_stay[from] == Stays::Whole {
            shapes_stay[to] = shapes_stay[to].max(Stays::Stub);
        } else {
            is_used[to] = true;
        }
    }
    let referred = shapes.entries(1).filter(|(_, place)| is_used[*place]);
    let tables = [(&operations, operations_stay), (&shapes, shapes_stay)];
    Some(Reduced {
        old: text(old, &tables),
        new: rest,
        sizes,
        used: referred.map(|(entry, _)| entry.key(new)).collect(),
    })
}

/// The old file with those entries of its tables that stay.
fn text(file: &[u8], tables: &[(&Table<'_>, Vec<Stays>)]) -> Vec<u8> {
    let mut tables: Vec<_> = tables.iter().collect();
    tables.sort_by_key(|(table, _)| table.entries[0].first().map(|one| one.range().start));
    let mut text = Vec::with_capacity(file.len());
    let mut at = 0;
    for (table, stay) in tables {
        table.write(stay, &mut at, &mut text);
    }
    text.extend_from_slice(&file[at..]);
    text
}

/// All texts of a file, keys included, as they are spelled.
pub(crate) fn texts(file: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut cursor = Cursor::new(file);
    std::iter::from_fn(move || {
        cursor.at += memchr(b'"', &file[cursor.at..])?;
        Some(&file[cursor.text()?])
    })
}

/// What becomes of an entry.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Stays {
    Not,
    Stub,
    Whole,
}

/// What becomes of entries if nothing but these stays.
fn stays(whole: &[bool]) -> Vec<Stays> {
    let stays = |whole: &bool| if *whole { Stays::Whole } else { Stays::Not };
    whole.iter().map(stays).collect()
}

/// The entries of a table in two files. Each key has a place: those of the old file as they stand
/// there, then those that came.
struct Table<'f> {
    files: [&'f [u8]; 2],
    entries: [&'f [Entry]; 2],
    places: HashMap<&'f [u8], usize>,
    /// The places of the new file's entries.
    of_new: Vec<usize>,
    /// Of each place, whether the files do not have the same there.
    differs: Vec<bool>,
}

impl<'f> Table<'f> {
    /// None if a key stands twice in a file, or may do so in several spellings.
    fn of(files: [&'f [u8]; 2], entries: [&'f [Entry]; 2], gone: &[&str]) -> Option<Self> {
        let [old, new] = entries;
        let mut table = Self {
            files,
            entries,
            places: HashMap::with_capacity(old.len()),
            of_new: Vec::with_capacity(new.len()),
            differs: vec![false; old.len()],
        };
        let is_plain = |key: &[u8]| !key.contains(&b'\\');
        for (place, entry) in old.iter().enumerate() {
            let key = entry.key(files[0]);
            let before = table.places.insert(key, place);
            (before.is_none() && is_plain(key)).then_some(())?;
        }
        let mut is_taken = vec![false; old.len()];
        let mut expected = 0;
        for entry in new {
            let key = entry.key(files[1]);
            let next = table.differs.len();
            // Mostly the order stays.
            let is_expected = |entry: &Entry| entry.key(files[0]) == key;
            let place = match old.get(expected) {
                Some(entry) if is_expected(entry) => expected,
                _ => *table.places.entry(key).or_insert(next),
            };
            expected = place + 1;
            if place == next {
                table.differs.push(true);
                is_taken.push(false);
            }
            let is_twice = std::mem::replace(&mut is_taken[place], true);
            (!is_twice && is_plain(key)).then_some(())?;
            table.of_new.push(place);
        }
        for key in gone {
            table.differs[*table.places.get(key.as_bytes())?] = true;
        }
        Some(table)
    }

    /// The entries of a file, each with its place.
    fn entries(&self, side: usize) -> impl Iterator<Item = (&'f Entry, usize)> {
        let place = move |at: usize| if side == 0 { at } else { self.of_new[at] };
        let entries = self.entries[side].iter().enumerate();
        entries.map(move |(at, entry)| (entry, place(at)))
    }

    /// From the places of entries to those of the shapes to which they refer: in the old file, where
    /// these names stand in its entries, and in the new one where it differs. A name that is none of
    /// a shape is the parser's to tell, or nobody's if both files have it in the same bytes. None if
    /// a reference may be hidden.
    fn references(
        &self,
        names: &[Range<usize>],
        shapes: &Table<'_>,
    ) -> Option<[Vec<(usize, usize)>; 2]> {
        let [old, new] = self.files;
        let target = |name: &[u8]| shapes.places.get(name).copied();
        let mut before = Vec::with_capacity(names.len());
        let mut rest = names;
        for (entry, place) in self.entries(0) {
            let Range { start, end } = entry.range();
            rest = &rest[rest.partition_point(|name| name.start < start)..];
            let within = rest.iter().take_while(|name| name.end <= end);
            before.extend(within.filter_map(|name| Some((place, target(&old[name.clone()])?))));
        }
        let mut after = Vec::new();
        for (entry, place) in self.entries(1).filter(|(_, place)| self.differs[*place]) {
            let mut cursor = entry.after_key(new);
            cursor.take(b':')?;
            cursor.references(|name| {
                after.extend(target(&new[name]).map(|target| (place, target)));
            })?;
        }
        Some([before, after])
    }

    /// How many of the references one of the files has.
    fn count(&self, [old, new]: &[Vec<(usize, usize)>; 2], side: usize) -> usize {
        let is_common = |(from, _): &&(usize, usize)| !self.differs[*from];
        match side {
            0 => old.len(),
            _ => old.iter().filter(is_common).count() + new.len(),
        }
    }

    /// Writes the old file from a place to the table's last entry, of which those entries stay.
    fn write(&self, stay: &[Stays], at: &mut usize, text: &mut Vec<u8>) {
        let ([file, _], [entries, _]) = (self.files, self.entries);
        let (Some(first), Some(last)) = (entries.first(), entries.last()) else {
            return;
        };
        text.extend_from_slice(&file[*at..first.range().start]);
        let mut is_first = true;
        for (entry, stay) in entries
            .iter()
            .zip(stay)
            .filter(|(_, stay)| **stay != Stays::Not)
        {
            if !std::mem::take(&mut is_first) {
                text.push(b',');
            }
            if *stay == Stays::Whole {
                text.extend_from_slice(entry.bytes(file));
            } else {
                text.push(b'"');
                text.extend_from_slice(entry.key(file));
                // Operations take nothing else, and whoever else refers to it does not ask.
                text.extend_from_slice(br#"":{"type":"structure","members":{}}"#);
            }
        }
        *at = last.range().end;
    }
}

/// The nodes of a graph that are marked, or reached from one that is.
fn reached(marked: Vec<bool>, edges: impl Iterator<Item = (usize, usize)> + Clone) -> Vec<bool> {
    // By node where its list ends; filling the lists moves that down to where each begins.
    let mut begins = vec![0; marked.len() + 1];
    edges.clone().for_each(|(from, _)| begins[from] += 1);
    let mut end = 0;
    for begin in &mut begins {
        end += *begin;
        *begin = end;
    }
    let mut lists = vec![0; end];
    for (from, to) in edges {
        begins[from] -= 1;
        lists[begins[from]] = to;
    }
    let mut open: Vec<usize> = (0..marked.len()).filter(|node| marked[*node]).collect();
    let mut reached = marked;
    while let Some(node) = open.pop() {
        for next in &lists[begins[node]..begins[node + 1]] {
            if !std::mem::replace(&mut reached[*next], true) {
                open.push(*next);
            }
        }
    }
    reached
}

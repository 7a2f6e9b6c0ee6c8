//! The second pass: paths to places in the file, made only when a problem or a report needs one.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use crate::path::{Path, Step};
use crate::problem::{Code, Place, Problem};

/// The places of these paths in a JSON file: the value's, or, if it has none, that of the deepest
/// value on the way to it. None for a file that is no JSON.
pub fn locate(bytes: &[u8], paths: &[Path]) -> Vec<Option<Place>> {
    let spots = paths
        .iter()
        .map(|path| (path, Spot::Value))
        .collect::<Vec<_>>();
    find(bytes, &spots)
}

/// Gives every problem of this file that has none yet its place.
pub(crate) fn place_all(bytes: &[u8], problems: &mut [Problem]) {
    let open: Vec<usize> = (0..problems.len())
        .filter(|index| problems[*index].place.is_none())
        .collect();
    let spots = open
        .iter()
        .map(|index| (&problems[*index].path, Spot::of(problems[*index].code)));
    let places = find(bytes, &spots.collect::<Vec<_>>());
    for (index, place) in open.into_iter().zip(places) {
        problems[index].place = place;
    }
}

/// What of an entry to point at.
#[derive(Clone, Copy, PartialEq)]
enum Spot {
    Value,
    Key,
    /// The key where it stands for the last time.
    LastKey,
}

impl Spot {
    const fn of(code: Code) -> Self {
        match code {
            Code::UnknownKey | Code::UnknownOperation => Self::Key,
            Code::DuplicateKey => Self::LastKey,
            _ => Self::Value,
        }
    }
}

struct Request<'a> {
    index: usize,
    steps: &'a [Step],
    spot: Spot,
}

fn find(bytes: &[u8], paths: &[(&Path, Spot)]) -> Vec<Option<Place>> {
    // A file without problems, which is what files are, is not gone through a second time.
    if paths.is_empty() {
        return Vec::new();
    }
    let mut ranges = vec![None; paths.len()];
    if let Ok(text) = std::str::from_utf8(bytes)
        && let Ok(root) = serde_json::from_str::<&RawValue>(text.trim_start_matches('\u{feff}'))
    {
        let requests = paths.iter().enumerate();
        let requests = requests.map(|(index, (path, spot))| Request {
            index,
            steps: path.steps(),
            spot: *spot,
        });
        descend(text, root.get(), requests.collect(), &mut ranges);
    }
    let mut order: Vec<usize> = (0..ranges.len()).collect();
    order.sort_by_key(|at| ranges[*at].as_ref().map(|range| range.start));
    let mut places = Places::new(bytes);
    let mut found = vec![None; ranges.len()];
    for at in order {
        found[at] = ranges[at].take().map(|range| places.place(range));
    }
    found
}

/// Answers the requests below one value; each level of the file is parsed at most once.
fn descend(
    text: &str,
    value: &str,
    requests: Vec<Request<'_>>,
    ranges: &mut [Option<Range<usize>>],
) {
    let mut below: BTreeMap<Cow<'_, str>, Vec<Request<'_>>> = BTreeMap::new();
    for request in requests {
        ranges[request.index] = Some(range_in(text, value));
        if let Some((step, steps)) = request.steps.split_first() {
            let step = match step {
                Step::Key(key) => Cow::Borrowed(key.as_str()),
                Step::Index(index) => Cow::Owned(index.to_string()),
            };
            below
                .entry(step)
                .or_default()
                .push(Request { steps, ..request });
        }
    }
    if below.is_empty() {
        return;
    }
    let Ok(Level(entries)) = serde_json::from_str::<Level<'_>>(value) else {
        return;
    };
    for (key, raw) in entries {
        let Some(requests) = below.get_mut(&key) else {
            continue;
        };
        let mut deeper = Vec::new();
        for request in std::mem::take(requests) {
            if request.steps.is_empty() && request.spot != Spot::Value {
                ranges[request.index] = Some(key_before(text, range_in(text, raw.get()).start));
                if request.spot == Spot::LastKey {
                    requests.push(request);
                }
            } else {
                deeper.push(request);
            }
        }
        descend(text, raw.get(), deeper, ranges);
    }
}

/// Where `part`, a slice of `text`, stands in it.
fn range_in(text: &str, part: &str) -> Range<usize> {
    let start = part.as_ptr().addr() - text.as_ptr().addr();
    start..start + part.len()
}

/// The key, quotes included, whose value starts at `value`: back over `:` to the closing quote,
/// then to the opening one, which is the next that no backslash escapes.
fn key_before(text: &str, value: usize) -> Range<usize> {
    let bytes = text.as_bytes();
    let quote_before = |end: usize| bytes[..end].iter().rposition(|byte| *byte == b'"');
    let Some(close) = quote_before(value) else {
        return value..value;
    };
    let mut open = close;
    while let Some(at) = quote_before(open) {
        open = at;
        let escapes = bytes[..at]
            .iter()
            .rev()
            .take_while(|byte| **byte == b'\\')
            .count();
        if escapes % 2 == 0 {
            break;
        }
    }
    open..close + 1
}

/// One level of a JSON value: what an object or array holds, unparsed; array items by their place.
struct Level<'a>(Vec<(Cow<'a, str>, &'a RawValue)>);

impl<'de> Deserialize<'de> for Level<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct LevelVisitor;
        impl<'de> Visitor<'de> for LevelVisitor {
            type Value = Level<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object or array")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Level<'de>, A::Error> {
                let mut entries = Vec::new();
                while let Some((key, value)) = map.next_entry::<String, _>()? {
                    entries.push((Cow::Owned(key), value));
                }
                Ok(Level(entries))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Level<'de>, A::Error> {
                let mut entries = Vec::new();
                while let Some(value) = seq.next_element()? {
                    entries.push((Cow::Owned(entries.len().to_string()), value));
                }
                Ok(Level(entries))
            }
        }
        deserializer.deserialize_any(LevelVisitor)
    }
}

/// The place of one range of bytes.
pub(super) fn place_of(bytes: &[u8], range: Range<usize>) -> Place {
    Places::new(bytes).place(range)
}

/// Turns byte ranges into lines and columns with one table of line starts.
struct Places<'a> {
    bytes: &'a [u8],
    starts: Vec<usize>,
    /// The place that was asked for last, and its column. A file may be one line with a problem at
    /// every step: whoever asks in order counts each character once.
    last: (usize, usize),
}

impl<'a> Places<'a> {
    fn new(bytes: &'a [u8]) -> Self {
        let after_line = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'\n');
        let starts = std::iter::once(0)
            .chain(after_line.map(|(at, _)| at + 1))
            .collect();
        Self {
            bytes,
            starts,
            last: (0, 1),
        }
    }

    fn place(&mut self, range: Range<usize>) -> Place {
        let line = self.starts.partition_point(|start| *start <= range.start);
        let line_start = self.starts[line - 1];
        let (from, counted) = match self.last {
            (at, column) if (line_start..=range.start).contains(&at) => (at, column),
            _ => (line_start, 1),
        };
        let between = &self.bytes[from..range.start];
        let column = counted + String::from_utf8_lossy(between).chars().count();
        self.last = (range.start, column);
        Place {
            bytes: range,
            line,
            column,
        }
    }
}

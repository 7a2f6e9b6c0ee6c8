//! A surface as text, an item a line, and back: what is kept of a crate's public items until there is
//! another to compare with.
//!
//! A line has columns with a tab between them: the item, its signature, then what else is known of it.
//! Parts stand below, two spaces further in.

use std::fmt;

use super::item::{Item, ItemKind};

const SEPARATOR: char = '\t';
const INDENT: &str = "  ";
const DEPRECATED: &str = "deprecated";
/// Between what an item does and how.
const IS: &str = " = ";

/// Each kind of item and its word.
const KINDS: &[(ItemKind, &str)] = &[
    (ItemKind::Module, "mod"),
    (ItemKind::ReExport, "use"),
    (ItemKind::Feature, "feature"),
    (ItemKind::Structure, "struct"),
    (ItemKind::Enum, "enum"),
    (ItemKind::Field, "field"),
    (ItemKind::Variant, "variant"),
    (ItemKind::Method, "fn"),
    (ItemKind::Constant, "const"),
    (ItemKind::AssociatedType, "type"),
    (ItemKind::Implementation, "impl"),
    (ItemKind::Requirement, "required"),
];

/// A line that is none of a listing, by its number from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ListingError(pub usize);

impl fmt::Display for ListingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {} is none of a surface's listing", self.0)
    }
}

impl std::error::Error for ListingError {}

/// The lines of items and their parts.
pub(super) fn write(items: &[Item], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    items.iter().try_for_each(|item| line(item, 0, f))
}

fn line(item: &Item, depth: usize, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let word = KINDS.iter().find(|(kind, _)| *kind == item.kind);
    let word = word.map_or("", |(_, word)| word);
    write!(f, "{}{word} {}", INDENT.repeat(depth), Plain(&item.path))?;
    // A column that is empty holds the place of the next.
    if !item.signature.is_empty() || item.is_deprecated || !item.behaviour.is_empty() {
        write!(f, "{SEPARATOR}{}", Plain(&item.signature))?;
    }
    if item.is_deprecated {
        write!(f, "{SEPARATOR}{DEPRECATED}")?;
    }
    for (what, how) in &item.behaviour {
        write!(f, "{SEPARATOR}{}{IS}{}", Plain(what), Plain(how))?;
    }
    f.write_str("\n")?;
    item.parts
        .iter()
        .try_for_each(|part| line(part, depth + 1, f))
}

/// The items of a listing. What they come from in the model is not in it.
///
/// # Errors
/// If a line is none, or stands further in than a part of the one before may.
pub fn parse(text: &str) -> Result<Vec<Item>, ListingError> {
    // The items that are still open, each a part of the one before; the first holds them all.
    let mut open = vec![Vec::new()];
    for (at, line) in text.lines().enumerate() {
        let wrong = || ListingError(at + 1);
        let content = line.trim_start_matches(' ');
        let depth = (line.len() - content.len()) / INDENT.len();
        while open.len() > depth + 1 {
            close(&mut open);
        }
        // A part's list opens with the first of them.
        if open.len() == depth && open.last().is_some_and(|items| !items.is_empty()) {
            open.push(Vec::new());
        }
        if open.len() != depth + 1 {
            return Err(wrong());
        }
        let item = item(content).ok_or_else(wrong)?;
        open[depth].push(item);
    }
    while open.len() > 1 {
        close(&mut open);
    }
    Ok(open.swap_remove(0))
}

/// Gives the innermost open items to the one that they are parts of.
fn close(open: &mut Vec<Vec<Item>>) {
    let parts = open.pop().unwrap_or_default();
    if let Some(whole) = open.last_mut().and_then(|items| items.last_mut()) {
        whole.parts = parts;
    }
}

fn item(line: &str) -> Option<Item> {
    let mut columns = line.split(SEPARATOR);
    let (word, path) = columns.next()?.split_once(' ')?;
    let (kind, _) = KINDS.iter().find(|(_, known)| *known == word)?;
    let mut item = Item::new(*kind, read(path), &shapewright_model::Path::root());
    item.signature = read(columns.next().unwrap_or_default());
    for column in columns {
        if column == DEPRECATED {
            item.is_deprecated = true;
        } else {
            let (what, how) = column.split_once(IS)?;
            item.behaviour.push((read(what).into(), read(how)));
        }
    }
    Some(item)
}

/// A text without line breaks and tabs of its own.
struct Plain<'a>(&'a str);

impl fmt::Display for Plain<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for c in self.0.chars() {
            match c {
                '\\' => f.write_str("\\\\")?,
                SEPARATOR => f.write_str("\\t")?,
                '\n' => f.write_str("\\n")?,
                '\r' => f.write_str("\\r")?,
                c => write!(f, "{c}")?,
            }
        }
        Ok(())
    }
}

/// What [`Plain`] wrote.
fn read(text: &str) -> String {
    let mut found = String::with_capacity(text.len());
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        found.push(match c {
            '\\' => match rest.next() {
                Some('t') => '\t',
                Some('n') => '\n',
                Some('r') => '\r',
                _ => '\\',
            },
            c => c,
        });
    }
    found
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use shapewright_model::Path;

    use super::{Item, ItemKind, KINDS, ListingError, parse};

    struct Listing(Vec<Item>);

    impl std::fmt::Display for Listing {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            super::write(&self.0, f)
        }
    }

    fn items() -> impl Strategy<Value = Vec<Item>> {
        let text = "[ -~\\t\\n\\r]{0,8}";
        let leaf = (0..KINDS.len(), text, text, any::<bool>(), text, 0..3_usize).prop_map(
            |(kind, path, signature, is_deprecated, how, doing)| Item {
                kind: KINDS[kind].0,
                path,
                signature,
                is_deprecated,
                model: Path::root(),
                behaviour: (0..doing)
                    .map(|at| (format!("what {at}").into(), how.clone()))
                    .collect(),
                parts: Vec::new(),
            },
        );
        let item = leaf.prop_recursive(3, 12, 4, |inner| {
            (inner.clone(), prop::collection::vec(inner, 0..4)).prop_map(|(mut item, parts)| {
                item.parts = parts;
                item
            })
        });
        prop::collection::vec(item, 0..4)
    }

    proptest! {
        #[test]
        fn what_is_listed_is_read_back(items in items()) {
            prop_assert_eq!(parse(&Listing(items.clone()).to_string()), Ok(items));
        }

        #[test]
        fn any_text_is_read_or_refused(text in "([ a-z:\\t=\\\\]|\\n|struct |  ){0,40}") {
            let _ = parse(&text);
        }
    }

    #[test]
    fn a_line_that_is_no_item_is_named() {
        for (text, line) in [
            ("struct A\nclass B\n", 2),
            ("struct A\n    field b\n", 2),
            ("  field b\n", 1),
            ("\n", 1),
            ("struct A\t\tsome\n", 1),
        ] {
            assert_eq!(parse(text), Err(ListingError(line)), "{text:?}");
        }
        assert_eq!(
            parse("struct A\n  field b\n").map(|all| all[0].parts.len()),
            Ok(1)
        );
        assert_eq!(parse("").map(|all| all.len()), Ok(0));
    }

    #[test]
    fn every_kind_has_a_word() {
        let words: std::collections::BTreeSet<_> = KINDS.iter().map(|(_, word)| word).collect();
        assert_eq!(words.len(), KINDS.len());
        assert!(KINDS.iter().any(|(kind, _)| *kind == ItemKind::Requirement));
    }
}

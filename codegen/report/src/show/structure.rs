//! The members of a structure as a nested list: the name, the Rust field and its type, what the
//! model states, what upstream writes.

use shapewright_model::{Member, Model, Shape, ShapeId, ShapeKind, Thing};

use super::page::Page;
use super::{Shown, Term};

/// How deep the list nests at most; a terminal shows less.
const DEPTH: usize = 64;
/// The values of an enum of more than so many are told once.
const VALUES: usize = 20;

/// The list of a structure's members, and of theirs. A structure is told once, as is a long enum, so
/// that the list is no longer than the model, whatever it nests.
pub(super) fn show(shown: &Shown<'_>, root: ShapeId, page: &mut Page<'_>) {
    let mut list = List::new(shown, page);
    list.members(root, 0);
}

/// The entry of one member, and what is below it.
pub(super) fn show_member(shown: &Shown<'_>, shape: &Shape, member: &Member, page: &mut Page<'_>) {
    List::new(shown, page).member(shape, member, 0);
}

struct List<'a, 'l, 'p> {
    shown: &'a Shown<'a>,
    page: &'p mut Page<'l>,
    /// The structures and enums that have been told.
    told: Vec<bool>,
    /// The structures that lead here.
    path: Vec<ShapeId>,
}

impl<'a, 'l, 'p> List<'a, 'l, 'p> {
    fn new(shown: &'a Shown<'a>, page: &'p mut Page<'l>) -> Self {
        Self {
            told: vec![false; shown.model.shapes().len()],
            shown,
            page,
            path: Vec::new(),
        }
    }

    // Recursive, but never deeper than `DEPTH`.
    fn members(&mut self, id: ShapeId, level: usize) {
        let shape = self.shown.model.shape(id);
        if shape.members().is_empty() {
            return;
        }
        if self.path.contains(&id) {
            let note = format!("{} once more: it is recursive.", shape.name);
            return self.page.paragraph(level, &note);
        }
        if self.told[id.index()] {
            return self
                .page
                .paragraph(level, &format!("{}, as above.", shape.name));
        }
        if self.path.len() >= DEPTH {
            let note = format!("{} has members: `show` it by itself.", shape.name);
            return self.page.paragraph(level, &note);
        }
        self.told[id.index()] = true;
        self.path.push(id);
        for member in shape.members() {
            self.member(shape, member, level);
        }
        self.path.pop();
    }

    fn member(&mut self, shape: &Shape, member: &Member, level: usize) {
        let term = self.shown.term(Thing::Member(&shape.name, &member.name));
        self.page.item(level, &member.name, &beside(term));
        prose(self.page, term, level + 1);
        self.page.sentences(level + 1, &term.facts);
        self.value(member.target, level + 1, "One of");
    }

    /// What there is to say of a value: the values of an enum, the bounds of items, the members.
    fn value(&mut self, target: ShapeId, level: usize, one_of: &str) {
        let model = self.shown.model;
        let mut holder = target;
        let mut holders = Vec::new();
        // A list may hold itself through lists alone.
        while !holders.contains(&holder) && holders.len() < DEPTH {
            holders.push(holder);
            let shape = model.shape(holder);
            let parts: &[(&str, &str, &Member)] = match &shape.kind {
                ShapeKind::List(item) => &[("Each", "Each is one of", item)],
                ShapeKind::Map(parts) => &[
                    ("Keys", "Keys are among", &parts[0]),
                    ("Values", "Values are among", &parts[1]),
                ],
                _ => &[],
            };
            let Some((_, _, last)) = parts.last() else {
                break;
            };
            for (who, one_of, part) in parts {
                let item = model.shape(part.target);
                let facts = &self.shown.term(Thing::Shape(&item.name)).facts;
                if !is_named(model, part.target) && !facts.is_empty() {
                    self.page
                        .paragraph(level, &format!("{who}: {}", facts.join(" ")));
                }
                self.values(part.target, level, one_of);
            }
            holder = last.target;
        }
        if holder == target {
            self.values(target, level, one_of);
        }
        let shape = model.shape(holder);
        if !shape.members().is_empty() {
            let term = self.shown.term(Thing::Shape(&shape.name));
            if !self.told[holder.index()] {
                prose(self.page, term, level);
                if matches!(shape.kind, ShapeKind::Union(_)) {
                    self.page.paragraph(level, "Exactly one of these:");
                }
            }
            self.members(holder, level);
        }
    }

    fn values(&mut self, id: ShapeId, level: usize, one_of: &str) {
        let shape = self.shown.model.shape(id);
        let values = shape.values();
        if values.is_empty() {
            return;
        }
        let was_told = std::mem::replace(&mut self.told[id.index()], true);
        if values.len() > VALUES && was_told {
            let note = format!("{one_of} the values of {}, as above.", shape.name);
            self.page.paragraph(level, &note);
        } else {
            let values: Vec<&str> = values.iter().map(|one| one.value.as_str()).collect();
            let note = format!("{one_of} {}.", values.join(", "));
            self.page.paragraph(level, &note);
        }
    }
}

/// Whether a shape has a type of its own, whose facts are told with it.
fn is_named(model: &Model, id: ShapeId) -> bool {
    let kind = &model.shape(id).kind;
    matches!(
        kind,
        ShapeKind::Structure(_) | ShapeKind::Union(_) | ShapeKind::Enum(_)
    )
}

/// ` (log_stream_name: String)`: what it is in Rust.
pub(super) fn beside(term: &Term) -> String {
    match (&term.name, &term.rust_type) {
        (Some(name), Some(of)) => format!(" ({name}: {of})"),
        (Some(name), None) => format!(" ({name})"),
        (None, Some(of)) => format!(" ({of})"),
        (None, None) => String::new(),
    }
}

/// Upstream's documentation, where the model was kept with it.
pub(super) fn prose(page: &mut Page<'_>, term: &Term, level: usize) {
    for paragraph in &term.prose {
        page.paragraph(level, &plain(paragraph));
    }
}

/// Markdown without its escapes, which nobody needs who reads it as it is. Code has none.
fn plain(markdown: &str) -> String {
    let mut text = String::with_capacity(markdown.len());
    let mut fence = 0;
    let mut rest = markdown;
    while let Some(c) = rest.chars().next() {
        let run = rest.len() - rest.trim_start_matches('`').len();
        let after = &rest[c.len_utf8()..];
        if run > 0 {
            fence = match fence {
                0 => run,
                open if open == run => 0,
                open => open,
            };
            text.push_str(&rest[..run]);
            rest = &rest[run..];
        } else if c == '\\' && fence == 0 && after.starts_with(|c: char| c.is_ascii_punctuation()) {
            // What was escaped is taken as it is, so that it opens no code.
            text.push_str(&after[..1]);
            rest = &after[1..];
        } else {
            text.push(c);
            rest = after;
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn escapes_of_markdown_go_but_not_those_in_code() {
        assert_eq!(plain(r"a\_b \`c\` **d** \\"), r"a_b `c` **d** \");
        assert_eq!(plain(r"`a\_b` ``c`\_`` d\_e"), r"`a\_b` ``c`\_`` d_e");
        assert_eq!(plain("\\"), "\\");
    }
}

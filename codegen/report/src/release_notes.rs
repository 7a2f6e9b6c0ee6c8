//! The changelog of a generated crate: a section a version, newest first, with every item of the crate
//! that came, went or changed, and what a break on the wire alone leaves out of the number.

use std::fmt::Write as _;

use crate::findings::{Reported, RustEffect};
use crate::markdown::{entry, name};
use crate::told::Told;
use crate::words::plural;

/// How a change of an item is told, in the order of the sections.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// It is gone.
    Removed,
    /// Its type or signature is another.
    Changed,
    /// It is new.
    Added,
    /// Who uses it is warned from now on, or no longer.
    Deprecated,
    /// It does something else.
    Behaviour,
}

impl Group {
    const fn heading(self) -> &'static str {
        match self {
            Self::Removed => "Removed",
            Self::Changed => "Changed",
            Self::Added => "Added",
            Self::Deprecated => "Deprecated, or no longer",
            Self::Behaviour => "Does something else",
        }
    }
}

/// A change of an item.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ItemChange {
    /// How it is told.
    pub group: Group,
    /// The item with its path in the crate, as a declaration.
    pub item: String,
    /// What of it differs, if not the whole: what it was, and what it is.
    pub detail: Option<String>,
}

/// A version, and what it says that differs from the one before.
#[derive(Clone, Debug)]
pub struct Version<'a> {
    /// The version.
    pub version: &'a str,
    /// The revision's name.
    pub revision: &'a str,
    /// The release that first carried the revision, such as `botocore 1.6.1`.
    pub upstream: &'a str,
}

/// The section of a first version, of that many operations, shapes and members.
pub fn first(version: &Version<'_>, [operations, shapes, members]: [usize; 3]) -> String {
    format!(
        "{}The first revision: {}, {}, {}.\n",
        heading(version),
        plural(operations, "operation"),
        plural(shapes, "shape"),
        plural(members, "member"),
    )
}

/// The section of a revision that changed the one before.
pub fn revision(
    version: &Version<'_>,
    effect: RustEffect,
    changes: &[ItemChange],
    findings: &[Reported<'_>],
) -> String {
    let mut text = heading(version);
    let _ = writeln!(text, "For a Rust program: {effect}.");
    items(&mut text, changes);
    let told = Told::all(findings);
    let grave = &told[..told.partition_point(Told::is_grave)];
    if !grave.is_empty() {
        text.push_str("\n### On the wire\n\n");
        text.extend(grave.iter().map(entry));
    }
    text
}

/// The section of a version that came of a change of the generator.
pub fn generator(version: &Version<'_>, lines: &[String]) -> String {
    let mut text = heading(version);
    text.push_str("The revision is the one before's; the generator has changed.\n\n");
    for line in lines {
        let _ = writeln!(text, "- {}", name(line));
    }
    text
}

/// The whole of it, from its sections, newest first. `first_line` is written before anything else.
pub fn render<'a>(
    first_line: &str,
    krate: &str,
    sections: impl IntoIterator<Item = &'a str>,
) -> String {
    let mut text = format!(
        "{first_line}\n\n# Changelog of {krate}\n\n\
         A version says what an upgrade costs a Rust program: after a major one it may no longer compile,\n\
         after a minor one it does, after a patch it has the same items. What follows the `+` is the\n\
         revision of the model. What breaks on the wire alone does not raise the number; it is told.\n"
    );
    text.extend(sections);
    text
}

/// A text of the model or of Rust, as code.
pub fn code(text: &str) -> String {
    name(text)
}

fn heading(version: &Version<'_>) -> String {
    format!(
        "\n## {}\n\nRevision {} of {}. ",
        version.version,
        name(version.revision),
        name(version.upstream)
    )
}

fn items(text: &mut String, changes: &[ItemChange]) {
    let mut changes: Vec<&ItemChange> = changes.iter().collect();
    // Within a group as they were told.
    changes.sort_by_key(|change| change.group);
    for group in changes.chunk_by(|one, other| one.group == other.group) {
        let _ = write!(text, "\n### {}\n\n", group[0].group.heading());
        for change in group {
            let _ = write!(text, "- {}", name(&change.item));
            if let Some(detail) = &change.detail {
                let _ = write!(text, ": {detail}");
            }
            text.push('\n');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Group, ItemChange, Version, first, generator, render, revision};
    use crate::findings::RustEffect;

    const VERSION: Version<'_> = Version {
        version: "2.0.0+2020-02-02",
        revision: "2020-02-02",
        upstream: "botocore 1.0.0",
    };

    #[test]
    fn what_is_gone_is_told_before_what_is_new() {
        let change = |group, item: &str, detail: Option<&str>| ItemChange {
            group,
            item: item.to_owned(),
            detail: detail.map(str::to_owned),
        };
        let changes = [
            change(Group::Added, "types::Thing", None),
            change(
                Group::Changed,
                "types::Thing::size: Option<i64>",
                Some("was `i32`"),
            ),
            change(Group::Removed, "types::Old", None),
        ];
        let text = revision(&VERSION, RustEffect::Major, &changes, &[]);
        insta::assert_snapshot!(text);
    }

    #[test]
    fn a_changelog_holds_its_sections_in_their_order() {
        let newer = generator(
            &VERSION,
            &["added: fn types::Thing::new() -> Self".to_owned()],
        );
        let older = first(&VERSION, [1, 2, 3]);
        let text = render("<!-- first -->", "toy", [newer.as_str(), older.as_str()]);
        insta::assert_snapshot!(text);
    }
}

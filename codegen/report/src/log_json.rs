//! The revisions of services as JSON for programs.

use serde::Serialize;
use shapewright_diff::Counts;

use crate::json::{self, VerdictView};
use crate::log::{Content, Line};

/// The form of the object, which grows as that of a comparison does.
const SCHEMA: u32 = 1;

/// The services by name, each with its revisions in the order given.
pub fn render(services: &[(String, Vec<Line>)]) -> String {
    let services = services.iter();
    json::write(&Log {
        schema: SCHEMA,
        services: services
            .map(|(name, lines)| Service {
                name,
                revisions: lines.iter().map(Revision::of).collect(),
            })
            .collect(),
    })
}

#[derive(Serialize)]
struct Log<'a> {
    schema: u32,
    services: Vec<Service<'a>>,
}

#[derive(Serialize)]
struct Service<'a> {
    #[serde(rename = "service")]
    name: &'a str,
    revisions: Vec<Revision<'a>>,
}

#[derive(Serialize)]
struct Revision<'a> {
    #[serde(rename = "revision")]
    name: &'a str,
    upstream: &'a str,
    /// The version of its crate; none if none was given.
    version: Option<&'a str>,
    /// None for the first, which changed nothing.
    verdict: Option<VerdictView>,
    operations: Figures,
    shapes: Figures,
    members: Figures,
}

/// How many there are more, less, and of operations changed. Of the first revision all are more.
#[derive(Default, Serialize)]
struct Figures {
    added: usize,
    removed: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    updated: Option<usize>,
}

impl<'a> Revision<'a> {
    fn of(line: &'a Line) -> Self {
        let (operations, shapes, members) = match &line.content {
            Content::First {
                operations,
                shapes,
                members,
            } => {
                let all = |added: usize, updated: Option<usize>| Figures {
                    added,
                    removed: 0,
                    updated,
                };
                (
                    all(*operations, Some(0)),
                    all(*shapes, None),
                    all(*members, None),
                )
            }
            Content::Changes(counts) => figures(counts),
        };
        Self {
            name: &line.revision,
            upstream: &line.release,
            version: line.version.as_deref(),
            verdict: line.verdict.map(VerdictView::of),
            operations,
            shapes,
            members,
        }
    }
}

fn figures(counts: &Counts) -> (Figures, Figures, Figures) {
    let of = |tally: shapewright_diff::Tally, updated: Option<usize>| Figures {
        added: tally.added,
        removed: tally.removed,
        updated,
    };
    (
        of(counts.operations, Some(counts.operations_updated)),
        of(counts.shapes, None),
        of(counts.members, None),
    )
}

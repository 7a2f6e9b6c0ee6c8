//! Where members travel, in words that do not depend on the order of their declaration.

use crate::plan::{Body, Call, Named, PayloadKind, Place, Travel};

/// What of a call no type tells, by name; nothing of what is as in most operations.
pub(super) fn of(call: &Call) -> Vec<(&'static str, String)> {
    let mut found = vec![
        ("sends", text(&call.request)),
        ("receives", text(&call.response)),
    ];
    let errors: Vec<String> = call.errors.iter().map(text).collect();
    if errors.iter().any(|one| *one != text(&Travel::in_body())) {
        found.push(("fails with", errors.join("; ")));
    }
    let optional = [
        ("before the host", call.host_prefix.clone()),
        ("filled in", call.token.clone()),
        (
            "checksum",
            call.checksum.as_ref().map(|one| format!("{one:?}")),
        ),
    ];
    let optional = optional
        .into_iter()
        .filter_map(|(name, how)| Some((name, how?)));
    found.extend(optional);
    found.push(("signed", format!("{:?}", call.auth)));
    found
}

impl Travel {
    /// A structure that is all in the body.
    fn in_body() -> Self {
        Self {
            members: Vec::new(),
            body: Body::Members {
                without: Vec::new(),
            },
        }
    }
}

fn text(travel: &Travel) -> String {
    let mut members: Vec<String> = travel.members.iter().map(member).collect();
    members.sort();
    members.push(match &travel.body {
        Body::Empty => "no body".to_owned(),
        Body::Members { .. } => "the rest as JSON".to_owned(),
        Body::Payload { field, kind, .. } => match kind {
            PayloadKind::Blob => format!("{field} as bytes"),
            PayloadKind::Text => format!("{field} as text"),
            PayloadKind::Json { .. } => format!("{field} as JSON"),
        },
    });
    members.join(", ")
}

fn member(member: &Named) -> String {
    let field = &member.field;
    match &member.place {
        Place::Label(name) => format!("{field} as label {name:?}"),
        Place::Query(name) => format!("{field} in query {name:?}"),
        Place::Header(name) => format!("{field} in header {name:?}"),
        Place::PrefixHeaders(prefix) => format!("{field} in headers {prefix:?}"),
        Place::Status => format!("{field} as status"),
    }
}

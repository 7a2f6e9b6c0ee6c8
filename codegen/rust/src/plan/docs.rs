//! Documentation from the facts: what an item is, its constraints, where it travels, since when.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde_json::Value as Json;
use shapewright_model::{
    Direction, Member, Model, Operation, Path, Reach, Shape, ShapeId, ShapeKind, TraitName, Traits,
};

use super::items::Docs;
use super::prose;
use crate::unsupported::event_stream;

/// Of so many operations the names are told; of more, their number.
const NAMED_OPERATIONS: usize = 4;

/// What documentation is made from.
pub(super) struct Facts<'a> {
    pub(super) model: &'a Model,
    pub(super) reach: Reach,
    /// The revision in which each path of the model first was there.
    pub(super) since: &'a BTreeMap<String, String>,
    /// Whether anything is told but what is deprecated.
    pub(super) is_told: bool,
}

impl Facts<'_> {
    /// A structure, enum or union.
    pub(super) fn shape(&self, id: ShapeId, shape: &Shape) -> Docs {
        if !self.is_told {
            return Docs::new();
        }
        let kind = match shape.kind {
            ShapeKind::Enum(_) => "enum",
            ShapeKind::Union(_) => "union",
            _ if shape.traits.flag(&TraitName::Exception) => "error",
            _ if shape.traits.flag(&TraitName::EventStream) => "stream of events",
            _ => "structure",
        };
        let mut docs = vec![format!(
            "The {kind} {}{}.",
            code(&shape.name),
            self.travels(id)
        )];
        docs.extend(prose::paragraphs(&shape.traits));
        push_sentences(&mut docs, &self.shape_facts(shape));
        docs
    }

    /// What a structure, enum or union is beside its name and parts.
    pub(super) fn shape_facts(&self, shape: &Shape) -> Vec<String> {
        let mut facts = Vec::new();
        if let Some(status) = error_status(&shape.traits) {
            facts.push(format!("HTTP status {status}."));
        }
        if shape.traits.flag(&TraitName::Sensitive) {
            facts.push("Sensitive.".to_owned());
        }
        facts.extend(self.since_and_until(&Path::of(["shapes", &shape.name]), &shape.traits));
        facts
    }

    fn travels(&self, id: ShapeId) -> String {
        let on = |direction| {
            let operations = self.reach.operations(self.model, id, direction);
            (operations.len() > 0).then(|| names(operations.map(|operation| &operation.name)))
        };
        match (on(Direction::Send), on(Direction::Receive)) {
            (Some(sent), Some(received)) => {
                format!(", sent by {sent} and received from {received}")
            }
            (Some(sent), None) => format!(", sent by {sent}"),
            (None, Some(received)) => format!(", received from {received}"),
            (None, None) => ", which no operation reaches".to_owned(),
        }
    }

    /// A member of a structure or union.
    pub(super) fn member(&self, shape: &Shape, member: &Member) -> Docs {
        if !self.is_told {
            return Docs::new();
        }
        let target = self.model.shape(member.target);
        let mut docs = vec![format!("{}: {}.", code(&member.name), self.what(target))];
        docs.extend(prose::paragraphs(&member.traits));
        push_sentences(&mut docs, &self.member_facts(shape, member));
        docs
    }

    /// What holds for a member beside its type.
    pub(super) fn member_facts(&self, shape: &Shape, member: &Member) -> Vec<String> {
        let target = self.model.shape(member.target);
        let mut facts = Vec::new();
        if member.is_required() {
            facts.push("Required.".to_owned());
        }
        if member.traits.flag(&TraitName::IdempotencyToken) {
            facts.push("An idempotency token, which a client may fill in.".to_owned());
        }
        facts.extend(location(member));
        facts.extend(constraints(target));
        facts.extend(pattern(&member.traits).or_else(|| pattern(&target.traits)));
        let path = Path::of(["shapes", &shape.name, "members", &member.name]);
        facts.extend(self.since_and_until(&path, &member.traits));
        facts
    }

    /// A value of an enum.
    pub(super) fn enum_value(&self, shape: &Shape, value: &str, traits: &Traits) -> Docs {
        if !self.is_told {
            return Docs::new();
        }
        let mut docs = vec![format!("{}.", code(value))];
        let path = Path::of(["shapes", &shape.name, "enum", value]);
        push_sentences(&mut docs, &self.since_and_until(&path, traits));
        docs
    }

    /// An operation.
    pub(super) fn operation(&self, operation: &Operation) -> Docs {
        if !self.is_told {
            return Docs::new();
        }
        let request = format!("{} {}", operation.http_method, operation.http_uri);
        let mut docs = vec![format!(
            "The operation {}: {}.",
            code(&operation.name),
            code(&request)
        )];
        docs.extend(prose::paragraphs(&operation.traits));
        push_sentences(&mut docs, &self.operation_facts(operation));
        docs
    }

    /// What holds for an operation beside what it sends and receives.
    pub(super) fn operation_facts(&self, operation: &Operation) -> Vec<String> {
        let mut facts = Vec::new();
        if operation.traits.flag(&TraitName::ReadOnly) {
            facts.push("Changes nothing.".to_owned());
        }
        if operation.traits.flag(&TraitName::Idempotent) {
            facts.push("Idempotent.".to_owned());
        }
        if self.model.paginators.contains_key(&operation.key) {
            facts.push("Answers in pages.".to_owned());
        }
        for (side, verb) in [("input", "Sends"), ("output", "Receives")] {
            if event_stream(self.model, operation, side).is_some() {
                facts.push(format!(
                    "{verb} a stream of events: data here, without transport."
                ));
            }
        }
        let path = Path::of(["operations", &operation.key]);
        facts.extend(self.since_and_until(&path, &operation.traits));
        facts
    }

    /// Since when a thing exists and since when it is deprecated.
    pub(super) fn since_and_until(&self, path: &Path, traits: &Traits) -> Vec<String> {
        let since = self
            .since
            .get(&path.to_string())
            .map(|revision| format!("In the API since {}.", date(revision)));
        since
            .into_iter()
            .chain(self.deprecation(traits, || path.clone()))
            .collect()
    }

    /// The note of `#[deprecated]`, if the model deprecates the thing at this path.
    pub(super) fn deprecation(
        &self,
        traits: &Traits,
        path: impl FnOnce() -> Path,
    ) -> Option<String> {
        if !traits.flag(&TraitName::Deprecated) {
            return None;
        }
        let by_history = || {
            self.since
                .get(&path().join("deprecated").to_string())
                .map(String::as_str)
        };
        Some(
            match traits.text(&TraitName::DeprecatedSince).or_else(by_history) {
                Some(since) => format!("Deprecated in the API since {}.", date(since)),
                None => "Deprecated in the API.".to_owned(),
            },
        )
    }

    /// What a value is, in words.
    fn what(&self, shape: &Shape) -> String {
        match &shape.kind {
            ShapeKind::Blob => "bytes".to_owned(),
            ShapeKind::Boolean => "a boolean".to_owned(),
            ShapeKind::Document => "a document of any form".to_owned(),
            ShapeKind::Double => "a 64-bit float".to_owned(),
            ShapeKind::Enum(_) => format!("one of the values of {}", code(&shape.name)),
            ShapeKind::Float => "a 32-bit float".to_owned(),
            ShapeKind::Integer => "a 32-bit integer".to_owned(),
            ShapeKind::List(member) => {
                let item = self.model.shape(member.target);
                let sparse = if shape.traits.flag(&TraitName::Sparse) {
                    ", with gaps"
                } else {
                    ""
                };
                format!("a list of {}{sparse}", Self::plural(item))
            }
            ShapeKind::Long => "a 64-bit integer".to_owned(),
            ShapeKind::Map(parts) => {
                let [key, value] = [&parts[0], &parts[1]].map(|part| self.model.shape(part.target));
                format!("a map of {} by {}", Self::plural(value), Self::plural(key))
            }
            ShapeKind::String => "a text".to_owned(),
            ShapeKind::Structure(_) => format!("a structure {}", code(&shape.name)),
            ShapeKind::Timestamp => "a moment".to_owned(),
            ShapeKind::Union(_) => format!("a union {}", code(&shape.name)),
        }
    }

    fn plural(shape: &Shape) -> String {
        match &shape.kind {
            ShapeKind::Blob => "bytes".to_owned(),
            ShapeKind::Boolean => "booleans".to_owned(),
            ShapeKind::Document => "documents of any form".to_owned(),
            ShapeKind::Double | ShapeKind::Float => "floats".to_owned(),
            ShapeKind::Integer | ShapeKind::Long => "integers".to_owned(),
            // One level of nesting is told; more, and a list of itself, only counts as lists.
            ShapeKind::List(_) => "lists".to_owned(),
            ShapeKind::Map(_) => "maps".to_owned(),
            ShapeKind::String => "texts".to_owned(),
            ShapeKind::Timestamp => "moments".to_owned(),
            ShapeKind::Enum(_) | ShapeKind::Structure(_) | ShapeKind::Union(_) => code(&shape.name),
        }
    }
}

/// `http.responseCode`'s counterpart of an error.
fn error_status(traits: &Traits) -> Option<i64> {
    traits
        .get(&TraitName::Error)?
        .get("httpStatusCode")
        .and_then(Json::as_i64)
}

/// Where a member travels, unless in the body under its own name.
fn location(member: &Member) -> Option<String> {
    let wire_name = code(member.wire_name());
    match member.traits.text(&TraitName::Location) {
        Some("uri") => Some(format!("Travels in the path, as {wire_name}.")),
        Some("querystring") => Some(format!("Travels in the query, as {wire_name}.")),
        Some("header") => Some(format!("Travels in the header {wire_name}.")),
        Some("headers") => Some(format!(
            "Travels in the headers that begin with {wire_name}."
        )),
        Some("statusCode") => Some("Travels as the HTTP status.".to_owned()),
        _ if member.wire_name() != member.name => Some(format!("On the wire {wire_name}.")),
        _ => None,
    }
}

/// The form of a text.
pub(super) fn pattern(traits: &Traits) -> Option<String> {
    let pattern = traits.text(&TraitName::Pattern)?;
    Some(format!("Matches {}.", code(pattern)))
}

/// The bounds of a value.
pub(super) fn constraints(shape: &Shape) -> Option<String> {
    let bound = |name| shape.traits.get(name).map(ToString::to_string);
    let bounds = match (bound(&TraitName::Min), bound(&TraitName::Max)) {
        (Some(min), Some(max)) if min == max => format!("Exactly {min}"),
        (Some(min), Some(max)) => format!("{min} to {max}"),
        (Some(min), None) => format!("At least {min}"),
        (None, Some(max)) => format!("At most {max}"),
        (None, None) => return None,
    };
    let of = match shape.kind {
        ShapeKind::String | ShapeKind::Enum(_) => " characters",
        ShapeKind::Blob => " bytes",
        ShapeKind::List(_) => " items",
        ShapeKind::Map(_) => " entries",
        _ => "",
    };
    Some(format!("{bounds}{of}."))
}

fn push_sentences(docs: &mut Docs, sentences: &[String]) {
    if !sentences.is_empty() {
        docs.push(sentences.join(" "));
    }
}

/// Names for people; of many, the first ones and the number of the rest.
fn names<'a>(names: impl ExactSizeIterator<Item = &'a String>) -> String {
    let more = names.len().saturating_sub(NAMED_OPERATIONS);
    let listed: Vec<String> = names
        .take(NAMED_OPERATIONS)
        .map(|name| code(name))
        .collect();
    match (more, listed.as_slice()) {
        (0, [first @ .., last]) if !first.is_empty() => format!("{} and {last}", first.join(", ")),
        (0, _) => listed.join(", "),
        (1, _) => format!("{} and one operation more", listed.join(", ")),
        (more, _) => format!("{} and {more} operations more", listed.join(", ")),
    }
}

/// A day or a version as it is; what is neither, as code.
pub(super) fn date(text: &str) -> Cow<'_, str> {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '/' | ' ');
    if text.len() <= 40 && text.chars().all(is_plain) {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(code(text))
    }
}

/// A model's text as code in Markdown: no text, however hostile, leaves the code or the line.
pub(super) fn code(text: &str) -> String {
    const LONGEST: usize = 400;
    let mut shown: String = text
        .chars()
        .take(LONGEST)
        .flat_map(char::escape_debug)
        .collect();
    if text.chars().nth(LONGEST).is_some() {
        shown.push('…');
    }
    // What `escape_debug` does to quotes and backslashes is for Rust's strings, not for people.
    let shown = shown
        .replace("\\\"", "\"")
        .replace("\\'", "'")
        .replace("\\\\", "\\");
    let longest_run = shown
        .split(|c| c != '`')
        .map(str::len)
        .max()
        .unwrap_or_default();
    let fence = "`".repeat(longest_run + 1);
    if shown.starts_with('`') || shown.ends_with('`') || shown.trim().is_empty() {
        format!("{fence} {shown} {fence}")
    } else {
        format!("{fence}{shown}{fence}")
    }
}

#[cfg(test)]
mod tests {
    use super::code;

    #[test]
    fn code_holds_whatever_a_model_says() {
        assert_eq!(code("a"), "`a`");
        assert_eq!(code("a`b``c"), "```a`b``c```");
        assert_eq!(code("`"), "`` ` ``");
        assert_eq!(code("a\n*/\u{202e}"), "`a\\n*/\\u{202e}`");
        assert_eq!(code(r#"^["\w]$"#), r#"`^["\w]$`"#);
    }
}

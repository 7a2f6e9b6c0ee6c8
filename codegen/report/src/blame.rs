//! The life of one thing, a line an event, oldest first.

use std::fmt::Write as _;

use shapewright_diff::{Event, Fact, FactKind, Severity, Tree, severity_of};
use shapewright_model::{Direction, Path, Step, Thing, Value};

use crate::escape;
use crate::layout::lay_out;
use crate::style::{ADDED, CHANGED, DIM, HEADING, Look, REMOVED};

/// Of a value so many characters are shown; reports on the revision have it whole.
const LONGEST: usize = 60;

/// What is told.
#[derive(Clone, Copy, Debug)]
pub struct Life<'a> {
    /// What people call the service.
    pub title: &'a str,
    /// The thing.
    pub thing: Thing<'a>,
    /// The side of an operation that it is about.
    pub side: Option<Direction>,
    /// The revisions, oldest first.
    pub revisions: &'a [Revision],
    /// The events, each with the place of its revision, oldest first.
    pub events: &'a [(usize, Event<'a>)],
}

/// A revision of the service.
#[derive(Clone, Debug)]
pub struct Revision {
    /// Its name: the day.
    pub name: String,
    /// The release that brought it, such as `botocore 1.6.1`.
    pub release: String,
}

/// The life as text for a terminal.
pub fn render(life: &Life<'_>, look: &Look) -> String {
    let side = match life.side {
        Some(Direction::Send) => ", what it sends",
        Some(Direction::Receive) => ", what it receives",
        None => "",
    };
    let name = escape::text(&life.thing.to_string());
    let title = escape::text(life.title);
    let mut text = format!(
        "{}\n",
        look.paint(HEADING, format!("{title}: {name}{side}"))
    );
    text.push_str(&look.paint(DIM, escape::text(&state(life))));
    text.push_str("\n\n");
    let column = |of: fn(&Revision) -> &str| {
        let told = life.events.iter().map(|(at, _)| &life.revisions[*at]);
        let widths = told.map(|one| escape::text(of(one)).chars().count());
        widths.max().unwrap_or_default()
    };
    let days = column(|one| &one.name);
    let releases = column(|one| &one.release);
    let path = life.thing.path();
    for (place, (at, event)) in life.events.iter().enumerate() {
        let Revision { name, release } = &life.revisions[*at];
        let day = look.paint(HEADING, format!("{:days$}", escape::text(name)));
        let release = look.paint(DIM, format!("{:releases$}", escape::text(release)));
        let said = self::event(event, place == 0, &path, look);
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{day}  {release}  {said}");
    }
    text
}

/// Since when it is there, or until when it was.
fn state(life: &Life<'_>) -> String {
    let at = |is: fn(&Event<'_>) -> bool| {
        let mut events = life.events.iter().rev();
        let found = events.find(|(_, event)| is(event));
        found.map(|(at, _)| (*at, &life.revisions[*at]))
    };
    let came = at(|event| *event == Event::Came);
    let went = at(|event| *event == Event::Went);
    match (came, went) {
        (Some((came, since)), went) if went.is_none_or(|(went, _)| went < came) => {
            let first = if came == 0 {
                ", the first that is imported"
            } else {
                ""
            };
            format!("in the API since {} ({}){first}", since.name, since.release)
        }
        (Some((_, since)), Some((_, until))) => format!(
            "no longer in the API: there since {} ({}), gone since {} ({})",
            since.name, since.release, until.name, until.release
        ),
        _ => "never in the API".to_owned(),
    }
}

/// What happened, in one line.
fn event(event: &Event<'_>, is_first: bool, thing: &Path, look: &Look) -> String {
    match event {
        Event::Came if is_first => look.paint(ADDED, "came"),
        Event::Came => look.paint(ADDED, "came back"),
        Event::Went => look.paint(REMOVED, "went"),
        Event::Changed(fact) => changed(fact, thing, look),
        Event::Reached(direction, ids) => {
            let side = match direction {
                Direction::Send => "request",
                Direction::Receive => "response",
            };
            let ids: Vec<String> = ids
                .iter()
                .map(|(id, count)| match count {
                    1 => (*id).to_owned(),
                    count => format!("{count} {id}"),
                })
                .collect();
            format!("{}: {}", look.paint(CHANGED, side), ids.join(", "))
        }
    }
}

fn changed(fact: &Fact, thing: &Path, look: &Look) -> String {
    let severity = match severity_of(fact) {
        Severity::Breaking => format!("{} ", look.paint(REMOVED, Severity::Breaking)),
        Severity::Risk => format!("{} ", look.paint(CHANGED, Severity::Risk)),
        Severity::Safe | Severity::Docs => String::new(),
    };
    let mut said = severity + &look.paint(CHANGED, fact.id());
    let mut place = fact.path.clone();
    if matches!(
        fact.kind,
        FactKind::RequiredAdded | FactKind::RequiredRemoved
    ) {
        // The last step says no more than the fact's name.
        place.pop();
    }
    let place = below(&place, thing);
    if !place.is_empty() {
        said.push(' ');
        said.push_str(&escape::text(&place));
    }
    let value = |value: &Option<Value>| value.as_ref().map(short);
    let values = match (&fact.kind, value(&fact.old), value(&fact.new)) {
        (FactKind::RequiredAdded | FactKind::RequiredRemoved, ..) => String::new(),
        (_, Some(old), Some(new)) => format!(": {old} -> {new}"),
        (FactKind::TraitAdded(_), None, Some(new)) => format!(": {new}"),
        (FactKind::TraitRemoved(_), Some(old), None) => format!(": was {old}"),
        _ => String::new(),
    };
    said + &values
}

/// The path from the thing on, or the whole where it is not below the thing.
fn below(path: &Path, thing: &Path) -> String {
    match path.steps().strip_prefix(thing.steps()) {
        Some(steps) => {
            let mut rest = Path::root();
            for step in steps {
                match step {
                    Step::Key(key) => rest.push_key(key),
                    Step::Index(index) => rest.push_index(*index),
                }
            }
            rest.to_string()
        }
        None => path.to_string(),
    }
}

fn short(value: &Value) -> String {
    let text = lay_out(&Tree::from(value), usize::MAX);
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

//! What one thing of a model is: an operation, a shape, a member or a value of an enum, in JSON as
//! it travels and in Rust.

mod operation;
mod page;
mod shape;
mod structure;
mod wire;

use std::collections::BTreeMap;

use shapewright_model::{Model, Path, Thing};

use crate::compared::Side;
use crate::style::Look;
use page::Page;

/// What is shown.
#[derive(Clone, Copy, Debug)]
pub struct Shown<'a> {
    /// The revision that is shown.
    pub side: &'a Side,
    /// Its model.
    pub model: &'a Model,
    /// The thing in it.
    pub thing: Thing<'a>,
    /// The things of the model in Rust, by path.
    pub terms: &'a BTreeMap<String, Term>,
    /// How a program uses the operation or type; none for what has no type of its own.
    pub usage: Option<&'a Usage>,
}

/// A thing of the model in Rust.
#[derive(Clone, Debug, Default)]
pub struct Term {
    /// The name of the type, field or variant; none for a shape without a type of its own.
    pub name: Option<String>,
    /// The type of what it holds, or what a shape without a type of its own becomes.
    pub rust_type: Option<String>,
    /// What the model states of it, in sentences.
    pub facts: Vec<String>,
    /// Upstream's documentation, a block of Markdown each.
    pub prose: Vec<String>,
}

/// How a program uses a thing.
#[derive(Clone, Debug)]
pub struct Usage {
    /// The statement that builds what is sent.
    pub request: Option<String>,
    /// The definitions of the types that are received, or of which a type consists.
    pub types: String,
}

/// The thing as text for a terminal.
pub fn render(shown: &Shown<'_>, look: &Look) -> String {
    let mut page = Page::new(look);
    page.title(&format!("{}, {}", shown.model.title(), shown.side.title()));
    match shown.thing {
        Thing::Operation(key) => operation::show(shown, key, &mut page),
        Thing::Shape(name) => shape::show(shown, name, &mut page),
        Thing::Member(shape, member) => shape::show_member(shown, shape, member, &mut page),
        Thing::EnumValue(shape, value) => shape::show_value(shown, shape, value, &mut page),
    }
    page.finish()
}

impl Shown<'_> {
    /// The thing in Rust; of nothing that a model has it is unknown.
    fn term(&self, thing: Thing<'_>) -> &Term {
        static UNKNOWN: Term = Term {
            name: None,
            rust_type: None,
            facts: Vec::new(),
            prose: Vec::new(),
        };
        self.terms.get(&path(&thing.path())).unwrap_or(&UNKNOWN)
    }
}

fn path(path: &Path) -> String {
    path.to_string()
}

//! An item of a surface.

use std::borrow::Cow;
use std::fmt;

use shapewright_model::Path;

/// Something public of a crate.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// What it is.
    pub kind: ItemKind,
    /// Its path in the crate, such as `types::JobDetail::status`. An implementation of a trait, and
    /// what is in it, has Rust's own form: `<types::JobDetail as Clone>`.
    pub path: String,
    /// Its type, its generics, or what it takes and gives, in one form whatever the source looks
    /// like; empty if there is nothing to say.
    pub signature: String,
    /// Whether who uses it is warned.
    pub is_deprecated: bool,
    /// What it comes from in the model.
    pub model: Path,
    /// What it does that no type tells, by name: what it is on the wire, what is checked.
    pub behaviour: Vec<(Cow<'static, str>, String)>,
    /// What comes and goes with it.
    pub parts: Vec<Item>,
}

/// What an item is. Their order is that in which changes are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ItemKind {
    /// A module.
    Module,
    /// Another crate under a name of this one.
    ReExport,
    /// A feature of the runtime that the crate switches on, and with it what the runtime then has.
    Feature,
    /// A structure.
    Structure,
    /// An enum, also one with values.
    Enum,
    /// A structure's field.
    Field,
    /// An enum's variant.
    Variant,
    /// A function, of a type or by itself.
    Method,
    /// A constant.
    Constant,
    /// A type of an implementation.
    AssociatedType,
    /// An implementation of a trait.
    Implementation,
    /// What a builder demands before it builds; its path is that of the method that gives it.
    Requirement,
}

impl Item {
    pub(super) fn new(kind: ItemKind, path: impl Into<String>, model: &Path) -> Self {
        Self {
            kind,
            path: path.into(),
            signature: String::new(),
            is_deprecated: false,
            model: model.clone(),
            behaviour: Vec::new(),
            parts: Vec::new(),
        }
    }

    /// An implementation of a trait.
    pub(super) fn implementation(of: &str, name: &str, model: &Path) -> Self {
        Self::new(ItemKind::Implementation, format!("<{of} as {name}>"), model)
    }

    /// The same with a signature.
    pub(super) fn signed(mut self, signature: impl Into<String>) -> Self {
        self.signature = signature.into();
        self
    }

    /// The same, deprecated if there is a note that says so.
    pub(super) fn deprecated(mut self, note: Option<&String>) -> Self {
        self.is_deprecated = note.is_some();
        self
    }

    /// The same with all that it does.
    pub(super) fn doing_all(mut self, all: Vec<(&'static str, String)>) -> Self {
        let all = all.into_iter().map(|(what, how)| (what.into(), how));
        self.behaviour.extend(all);
        self
    }

    /// The same with something that it does.
    pub(super) fn doing(mut self, what: &'static str, how: impl Into<String>) -> Self {
        self.behaviour.push((what.into(), how.into()));
        self
    }
}

impl fmt::Display for Item {
    /// As a declaration, nearly Rust.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            path, signature, ..
        } = self;
        match self.kind {
            ItemKind::Module => write!(f, "mod {path}"),
            ItemKind::ReExport => write!(f, "use {signature} as {path}"),
            ItemKind::Feature => write!(f, "feature {path}"),
            ItemKind::Structure => write!(f, "struct {path}{signature}"),
            ItemKind::Enum => write!(f, "enum {path}"),
            ItemKind::Field => write!(f, "{path}: {signature}"),
            ItemKind::Variant => write!(f, "{path}{signature}"),
            ItemKind::Method => write!(f, "fn {path}{signature}"),
            ItemKind::Constant => write!(f, "const {path}: {signature}"),
            ItemKind::AssociatedType => write!(f, "type {path} = {signature}"),
            ItemKind::Implementation => write!(f, "impl {path}"),
            ItemKind::Requirement => write!(f, "{path} is required"),
        }
    }
}

//! The typed model of one revision of a service, the same for every dialect.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::Value;

use crate::traits::{TraitName, Traits};

/// One revision of a service's API.
///
/// Revisions agree in most of what they say, so models that were read one after the other share it:
/// see [`Series`](crate::Series). A copy of a model shares all.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Model {
    /// Facts of the service: C2J's `metadata` object.
    pub metadata: Traits,
    /// Facts that stand beside `metadata` at the top of the file, such as `clientContextParams`.
    pub service: Traits,
    /// The operations, ordered by key.
    pub operations: Vec<Arc<Operation>>,
    /// The paginators by operation key (`paginators-1.json`).
    pub paginators: Arc<BTreeMap<String, Paginator>>,
    /// The waiters by name (`waiters-2.json`).
    pub waiters: Arc<BTreeMap<String, Waiter>>,
    /// Facts at the top of the files beside, such as their `version`, by file name.
    pub siblings: BTreeMap<&'static str, Traits>,
    /// The endpoint rules (`endpoint-rule-set-1.json`), without prose.
    pub endpoint_rules: Option<Arc<Value>>,
    /// Ordered by name. One that is shared with another model names the same shapes in both.
    shapes: Vec<Arc<Shape>>,
    /// How many shapes and parts are left out: see [`read_pair`](crate::read_pair).
    left_out: usize,
}

impl Model {
    /// A model of these shapes, which are ordered by name; a [`ShapeId`] is a place among them.
    pub fn new(shapes: Vec<Shape>) -> Self {
        Self::of_shared(shapes.into_iter().map(Arc::new).collect())
    }

    /// A model of shapes that another one may have, too: if so, whatever they refer to must have the
    /// same id and the same name in both.
    pub(crate) fn of_shared(shapes: Vec<Arc<Shape>>) -> Self {
        debug_assert!(shapes.is_sorted_by(|one, other| one.name <= other.name));
        Self {
            shapes,
            ..Self::default()
        }
    }

    /// The shape behind an id of this model.
    pub fn shape(&self, id: ShapeId) -> &Shape {
        &self.shapes[id.index()]
    }

    /// The shape behind an id, to be shared with another model.
    pub(crate) fn shared_shape(&self, id: ShapeId) -> &Arc<Shape> {
        &self.shapes[id.index()]
    }

    /// Whether a shape of this model is the very one that another model has: then it says the same
    /// there, and refers to shapes of the same names.
    pub fn shares_shape(&self, id: ShapeId, other: &Self, other_id: ShapeId) -> bool {
        Arc::ptr_eq(&self.shapes[id.index()], &other.shapes[other_id.index()])
    }

    /// The id of the shape with this name.
    pub fn shape_id(&self, name: &str) -> Option<ShapeId> {
        let found = self
            .shapes
            .binary_search_by(|shape| (*shape.name).cmp(name));
        found.ok().map(ShapeId::new)
    }

    /// All shapes, ordered by name.
    pub fn shapes(&self) -> impl ExactSizeIterator<Item = (ShapeId, &Shape)> {
        self.shapes
            .iter()
            .enumerate()
            .map(|(index, shape)| (ShapeId::new(index), &**shape))
    }

    /// The operation with this key.
    pub fn operation(&self, key: &str) -> Option<&Operation> {
        let at = self
            .operations
            .binary_search_by(|one| one.key.as_str().cmp(key))
            .ok()?;
        Some(&self.operations[at])
    }

    /// What people call the service: `serviceAbbreviation`, else `serviceFullName`, else its id.
    pub fn title(&self) -> &str {
        [
            TraitName::ServiceAbbreviation,
            TraitName::ServiceFullName,
            TraitName::ServiceId,
        ]
        .iter()
        .find_map(|name| self.metadata.text(name))
        .unwrap_or("(unnamed service)")
    }

    /// What is too large about the model, if something is: which operation reaches what is asked of
    /// every pair of them, so that a file of a few megabytes could take days and fill the memory.
    pub(crate) fn is_too_large(&self) -> Option<String> {
        let parts = self.size();
        let operations = self.operations.len();
        are_too_many(operations, parts).then(|| {
            format!("{operations} operations with {parts} shapes and members are too many together")
        })
    }

    /// How many shapes and parts of shapes the service has.
    pub fn size(&self) -> usize {
        let parts = self.shapes.iter().map(|shape| 1 + shape.parts().len());
        parts.sum::<usize>() + self.left_out
    }

    /// Says how many shapes and parts the service has, of which this model has some.
    pub(crate) fn set_size(&mut self, size: usize) {
        self.left_out = 0;
        self.left_out = size.saturating_sub(self.size());
    }

    /// Counts for people: operations, shapes, members of structures and unions.
    pub fn counts(&self) -> (usize, usize, usize) {
        let members = self.shapes.iter().map(|shape| shape.members().len()).sum();
        (self.operations.len(), self.shapes.len(), members)
    }
}

/// Whether so many operations, with so many shapes and parts of shapes, are too many together.
pub(crate) fn are_too_many(operations: usize, parts: usize) -> bool {
    // EC2, the largest, has less than a fifth of it.
    const PAIRS: usize = 100_000_000;
    operations.saturating_mul(parts) > PAIRS
}

/// A shape's place in its [`Model`]; of no meaning in another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ShapeId(u32);

impl ShapeId {
    /// The id of the shape at this place.
    ///
    /// # Panics
    /// If there are more than 2³² shapes, which no readable file can hold.
    pub fn new(index: usize) -> Self {
        Self(u32::try_from(index).expect("fewer than 2^32 shapes"))
    }

    /// The place as an index.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// An operation.
#[derive(Clone, Debug, PartialEq)]
pub struct Operation {
    /// The key under `operations`; unique in the model.
    pub key: String,
    /// The name on the wire; nearly always the key.
    pub name: String,
    /// `http.method`, such as `POST`.
    pub http_method: String,
    /// `http.requestUri`, with its `{label}`s.
    pub http_uri: String,
    /// What is sent.
    pub input: Option<Reference>,
    /// What is received.
    pub output: Option<Reference>,
    /// The modelled errors, in declared order.
    pub errors: Vec<Reference>,
    /// Everything else, `http` as a whole included.
    pub traits: Traits,
}

/// A use of a shape, with the facts that hold for this use alone.
#[derive(Clone, Debug, PartialEq)]
pub struct Reference {
    /// The shape that is meant.
    pub target: ShapeId,
    /// The facts of this use.
    pub traits: Traits,
}

/// A member of a structure or union, a list's element, or a map's key or value.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    /// The name in the model: `member` for a list's element, `key` and `value` in a map.
    pub name: String,
    /// The shape of the member.
    pub target: ShapeId,
    /// The facts of this member; [`TraitName::Required`] is one of them.
    pub traits: Traits,
}

impl Member {
    /// Whether the structure lists the member as required.
    pub fn is_required(&self) -> bool {
        self.traits.flag(&TraitName::Required)
    }

    /// The name on the wire: `locationName`, else the member's own.
    pub fn wire_name(&self) -> &str {
        self.traits
            .text(&TraitName::LocationName)
            .unwrap_or(&self.name)
    }
}

/// A named type of the model.
#[derive(Clone, Debug, PartialEq)]
pub struct Shape {
    /// The key under `shapes`.
    pub name: String,
    /// What the shape is made of.
    pub kind: ShapeKind,
    /// Its facts.
    pub traits: Traits,
}

impl Shape {
    /// The members of a structure or union, in declared order; none for any other kind.
    pub fn members(&self) -> &[Member] {
        match &self.kind {
            ShapeKind::Structure(members) | ShapeKind::Union(members) => members,
            _ => &[],
        }
    }

    /// Every shape that this one is made of: members, elements, keys and values.
    pub fn parts(&self) -> &[Member] {
        match &self.kind {
            ShapeKind::Structure(members) | ShapeKind::Union(members) => members,
            ShapeKind::List(member) => std::slice::from_ref(&**member),
            ShapeKind::Map(parts) => &**parts,
            _ => &[],
        }
    }

    /// The listed values of an enum, in declared order; none for any other kind.
    pub fn values(&self) -> &[EnumValue] {
        match &self.kind {
            ShapeKind::Enum(values) => values,
            _ => &[],
        }
    }

    /// The same, to be pointed at the shapes of another model.
    pub(crate) fn parts_mut(&mut self) -> &mut [Member] {
        match &mut self.kind {
            ShapeKind::Structure(members) | ShapeKind::Union(members) => members,
            ShapeKind::List(member) => std::slice::from_mut(&mut **member),
            ShapeKind::Map(parts) => &mut **parts,
            _ => &mut [],
        }
    }

    /// The member with this name.
    pub fn member(&self, name: &str) -> Option<&Member> {
        self.members().iter().find(|member| member.name == name)
    }
}

/// The kinds of shapes.
#[derive(Clone, Debug, PartialEq)]
pub enum ShapeKind {
    /// Bytes.
    Blob,
    /// `true` or `false`.
    Boolean,
    /// A value of any JSON form (C2J: a structure with `document`).
    Document,
    /// A 64-bit float.
    Double,
    /// A string with listed values, in declared order.
    Enum(Vec<EnumValue>),
    /// A 32-bit float.
    Float,
    /// A 32-bit integer.
    Integer,
    /// A list and its element.
    List(Box<Member>),
    /// A 64-bit integer.
    Long,
    /// A map: its key, then its value.
    Map(Box<[Member; 2]>),
    /// Text.
    String,
    /// Members side by side.
    Structure(Vec<Member>),
    /// A moment.
    Timestamp,
    /// Exactly one of its members.
    Union(Vec<Member>),
}

impl ShapeKind {
    /// The kind's name for people: C2J's `type`, but `enum`, `union` and `document` by themselves.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Blob => "blob",
            Self::Boolean => "boolean",
            Self::Document => "document",
            Self::Double => "double",
            Self::Enum(_) => "enum",
            Self::Float => "float",
            Self::Integer => "integer",
            Self::List(_) => "list",
            Self::Long => "long",
            Self::Map(_) => "map",
            Self::String => "string",
            Self::Structure(_) => "structure",
            Self::Timestamp => "timestamp",
            Self::Union(_) => "union",
        }
    }
}

/// One value of an enum.
#[derive(Clone, Debug, PartialEq)]
pub struct EnumValue {
    /// The text on the wire.
    pub value: String,
    /// Its facts; C2J states none.
    pub traits: Traits,
}

/// How an operation's answer is read in pages (`paginators-1.json`).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Paginator {
    /// Where the next request takes the tokens.
    pub input_token: Vec<String>,
    /// Where an answer carries them, as JMESPath expressions.
    pub output_token: Vec<String>,
    /// The members whose items make up the whole, as JMESPath expressions.
    pub result_key: Vec<String>,
    /// The member that bounds a page's size.
    pub limit_key: Option<String>,
    /// The member that tells whether more follows.
    pub more_results: Option<String>,
    /// All keys as they stand, those above included.
    pub traits: Traits,
}

/// How to wait until a resource is in a state (`waiters-2.json`).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Waiter {
    /// The key of the operation that is polled.
    pub operation: String,
    /// Seconds between two polls.
    pub delay: u64,
    /// How often to poll at most.
    pub max_attempts: u64,
    /// What ends the wait, the first that holds first.
    pub acceptors: Vec<Acceptor>,
    /// All keys as they stand, those above included.
    pub traits: Traits,
}

/// A condition that ends a wait, or goes on with it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Acceptor {
    /// `path`, `pathAll`, `pathAny`, `status` or `error`.
    pub matcher: String,
    /// `success`, `failure` or `retry`.
    pub state: String,
    /// What the matcher is to find.
    pub expected: Value,
    /// The JMESPath expression of the path matchers.
    pub argument: Option<String>,
}

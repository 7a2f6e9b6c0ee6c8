//! A fact: one difference between two revisions, where it is, and whom it reaches.

use std::sync::Arc;

use shapewright_model::{Direction, Path, Step, TraitName, Value};

use crate::modelling;

/// One difference between two revisions. It carries what a rule needs to judge it, so that no rule
/// has to look into a model.
#[derive(Clone, Debug, PartialEq)]
pub struct Fact {
    /// What differs.
    pub kind: FactKind,
    /// Where, in the new revision; in the old one for what was removed.
    pub path: Path,
    /// Where it was in the old revision, if a shape of another name stood there.
    pub old_path: Option<Path>,
    /// What the old revision says; none if nothing.
    pub old: Option<Value>,
    /// What the new revision says; none if nothing.
    pub new: Option<Value>,
    /// Whether only words for people differ.
    pub documentation: bool,
    /// Whether it says what holds without it, or what means nothing where it stands: the version
    /// of JSON of a service that speaks XML, a signing name that is the default.
    pub idle: bool,
    /// At what the fact stands.
    pub place: Place,
    /// The kind of the shape at or in which the fact stands, such as `union`.
    pub shape_kind: Option<&'static str>,
    /// What that shape is to operations.
    pub roles: Roles,
    /// The operations that it reaches, by direction; at least one entry.
    pub uses: Vec<Use>,
}

impl Fact {
    /// The stable name of the fact's kind.
    pub fn id(&self) -> &'static str {
        self.kind.id()
    }

    /// Whether an operation that the fact reaches counts as updated by it: not by words or by how
    /// resources are modelled, and not by the name of a shape, which does not travel.
    pub fn updates(&self) -> bool {
        !self.documentation && self.kind.is_structural()
    }
}

/// The operations that a fact reaches on one way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Use {
    /// The way; none for what does not travel, such as a fact of the service.
    pub direction: Option<Direction>,
    /// The keys of the operations, ordered.
    pub operations: Arc<[String]>,
}

/// What a shape is to operations directly, not through another shape.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Roles {
    /// It is an operation's input.
    pub input: bool,
    /// It is an operation's output.
    pub output: bool,
    /// It is an operation's error.
    pub error: bool,
}

/// At what a fact stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Place {
    /// The `metadata` of the service.
    Metadata,
    /// The service, beside its metadata.
    Service,
    /// An operation.
    Operation,
    /// An operation's reference to its input.
    Input,
    /// An operation's reference to its output.
    Output,
    /// An operation's reference to one of its errors.
    Error,
    /// A shape.
    Shape,
    /// A member of a structure or union.
    Member,
    /// A list's element.
    Element,
    /// A map's key.
    Key,
    /// A map's value.
    MapValue,
    /// A value of an enum.
    EnumValue,
    /// A paginator.
    Paginator,
    /// A waiter.
    Waiter,
    /// The endpoint rules.
    EndpointRules,
}

/// A place that refers to a shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Part {
    /// An operation's input.
    Input,
    /// An operation's output.
    Output,
    /// A member of a structure or union.
    Member,
    /// A list's element.
    Element,
    /// A map's key.
    Key,
    /// A map's value.
    MapValue,
}

impl From<Part> for Place {
    fn from(part: Part) -> Self {
        match part {
            Part::Input => Self::Input,
            Part::Output => Self::Output,
            Part::Member => Self::Member,
            Part::Element => Self::Element,
            Part::Key => Self::Key,
            Part::MapValue => Self::MapValue,
        }
    }
}

/// What differs.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FactKind {
    /// There is a service more.
    ServiceAdded,
    /// There is a service less.
    ServiceRemoved,
    /// The service has an operation more.
    OperationAdded,
    /// The service has an operation less.
    OperationRemoved,
    /// An operation of the same key states another name.
    OperationNameChanged {
        /// Whether the protocol sends the name.
        wire: bool,
    },
    /// An operation has another key, as its method and URI or its types tell.
    OperationRenamed {
        /// Whether the protocol sends the name.
        wire: bool,
    },
    /// An operation declares an error more.
    ErrorAdded,
    /// An operation declares an error less.
    ErrorRemoved,
    /// There is a shape more.
    ShapeAdded,
    /// There is a shape less.
    ShapeRemoved,
    /// A shape has another name, as its places and its content tell.
    ShapeRenamed,
    /// Members or enum values that stayed stand in another order.
    OrderChanged,
    /// A shape of the same name is of another kind.
    ShapeKindChanged {
        /// The kind before.
        from: &'static str,
        /// The kind after.
        to: &'static str,
    },
    /// A part more: a member, an operation's input or output, or, where a shape's kind changed, an
    /// element, key or value.
    PartAdded(Part),
    /// A part less.
    PartRemoved(Part),
    /// A member has another name, as its type and the names tell.
    MemberRenamed {
        /// Whether the name on the wire differs.
        wire: bool,
        /// Whether the names differ in upper and lower case alone.
        case: bool,
    },
    /// A reference means another shape, whose content differs.
    TargetChanged {
        /// What refers.
        part: Part,
        /// The kind of the shape before.
        from: &'static str,
        /// The kind of the shape after.
        to: &'static str,
        /// Whether what differs between the two is told by facts of its own.
        compared: bool,
    },
    /// A reference means a shape of another name and the same content.
    TargetRenamed(Part),
    /// What was optional is required.
    RequiredAdded,
    /// What was required is optional.
    RequiredRemoved,
    /// An enum has a value more.
    EnumValueAdded,
    /// An enum has a value less.
    EnumValueRemoved,
    /// There is a paginator more.
    PaginatorAdded,
    /// There is a paginator less.
    PaginatorRemoved,
    /// There is a waiter more.
    WaiterAdded,
    /// There is a waiter less.
    WaiterRemoved,
    /// There are endpoint rules for the first time.
    EndpointRulesAdded,
    /// There are no endpoint rules any more.
    EndpointRulesRemoved,
    /// The endpoint rules differ, below the fact's path.
    EndpointRulesChanged {
        /// Whether what that does to endpoints, if anything, is told by a fact of its own.
        followed: bool,
    },
    /// With some settings there is an endpoint where there was none; told as [`Self::EndpointsMoved`] is.
    EndpointsAdded,
    /// With some settings there is no endpoint any more.
    EndpointsRemoved,
    /// With some settings the endpoint rules lead elsewhere. The fact's values are lists of equal length
    /// with an example of each move: `setting`, such as `us-east-2, UseFIPS`, and `endpoint`, which is its
    /// URL; or an object with `url` and whichever of `properties` and `headers` differ; or null where
    /// there is none.
    EndpointsMoved,
    /// A trait is there that was not.
    TraitAdded(TraitName),
    /// A trait is gone.
    TraitRemoved(TraitName),
    /// A trait differs; the fact's path names the key within its value.
    TraitChanged(TraitName),
}

impl FactKind {
    /// The stable name: rules, suppressions and scripts refer to it.
    pub const fn id(&self) -> &'static str {
        match self {
            Self::ServiceAdded => "service-added",
            Self::ServiceRemoved => "service-removed",
            Self::OperationAdded => "operation-added",
            Self::OperationRemoved => "operation-removed",
            Self::OperationNameChanged { .. } => "operation-name-changed",
            Self::OperationRenamed { .. } => "operation-renamed",
            Self::ErrorAdded => "error-added",
            Self::ErrorRemoved => "error-removed",
            Self::ShapeAdded => "shape-added",
            Self::ShapeRemoved => "shape-removed",
            Self::ShapeRenamed => "shape-renamed",
            Self::OrderChanged => "order-changed",
            Self::ShapeKindChanged { .. } => "shape-kind-changed",
            Self::PartAdded(part) => match part {
                Part::Input => "input-added",
                Part::Output => "output-added",
                Part::Member => "member-added",
                Part::Element => "list-element-added",
                Part::Key => "map-key-added",
                Part::MapValue => "map-value-added",
            },
            Self::PartRemoved(part) => match part {
                Part::Input => "input-removed",
                Part::Output => "output-removed",
                Part::Member => "member-removed",
                Part::Element => "list-element-removed",
                Part::Key => "map-key-removed",
                Part::MapValue => "map-value-removed",
            },
            Self::MemberRenamed { .. } => "member-renamed",
            Self::TargetChanged { part, .. } => match part {
                Part::Input => "input-target-changed",
                Part::Output => "output-target-changed",
                Part::Member => "member-target-changed",
                Part::Element => "list-element-target-changed",
                Part::Key => "map-key-target-changed",
                Part::MapValue => "map-value-target-changed",
            },
            Self::TargetRenamed(part) => match part {
                Part::Input => "input-target-renamed",
                Part::Output => "output-target-renamed",
                Part::Member => "member-target-renamed",
                Part::Element => "list-element-target-renamed",
                Part::Key => "map-key-target-renamed",
                Part::MapValue => "map-value-target-renamed",
            },
            Self::RequiredAdded => "required-added",
            Self::RequiredRemoved => "required-removed",
            Self::EnumValueAdded => "enum-value-added",
            Self::EnumValueRemoved => "enum-value-removed",
            Self::PaginatorAdded => "paginator-added",
            Self::PaginatorRemoved => "paginator-removed",
            Self::WaiterAdded => "waiter-added",
            Self::WaiterRemoved => "waiter-removed",
            Self::EndpointRulesAdded => "endpoint-rules-added",
            Self::EndpointRulesRemoved => "endpoint-rules-removed",
            Self::EndpointRulesChanged { .. } => "endpoint-rules-changed",
            Self::EndpointsAdded => "endpoints-added",
            Self::EndpointsRemoved => "endpoints-removed",
            Self::EndpointsMoved => "endpoints-moved",
            Self::TraitAdded(_) => "trait-added",
            Self::TraitRemoved(_) => "trait-removed",
            Self::TraitChanged(_) => "trait-changed",
        }
    }

    /// The trait that the fact is about.
    pub const fn trait_name(&self) -> Option<&TraitName> {
        match self {
            Self::TraitAdded(name) | Self::TraitRemoved(name) | Self::TraitChanged(name) => {
                Some(name)
            }
            _ => None,
        }
    }

    /// Whether the fact's values are examples of settings that lead to other endpoints than before.
    pub const fn is_of_endpoints(&self) -> bool {
        matches!(
            self,
            Self::EndpointsAdded | Self::EndpointsRemoved | Self::EndpointsMoved
        )
    }

    /// Whether the fact is more than a name, and more than how the service is modelled. That a
    /// shape exists says nothing by itself either: if an operation comes to use it, another fact
    /// says so.
    fn is_structural(&self) -> bool {
        match self {
            Self::TargetRenamed(_)
            | Self::ShapeAdded
            | Self::ShapeRemoved
            | Self::ShapeRenamed
            | Self::OrderChanged => false,
            Self::TraitAdded(name) | Self::TraitRemoved(name) | Self::TraitChanged(name) => {
                !modelling::is_modelling(name) && !modelling::is_words(name)
            }
            _ => true,
        }
    }
}

/// A fact before its path and its operations are known.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    pub(crate) kind: FactKind,
    pub(crate) place: Place,
    /// The steps below the place at which it was found.
    pub(crate) inner: Vec<Step>,
    pub(crate) old: Option<Value>,
    pub(crate) new: Option<Value>,
    pub(crate) documentation: bool,
    pub(crate) idle: bool,
}

impl Found {
    pub(crate) fn new(
        kind: FactKind,
        place: Place,
        old: Option<Value>,
        new: Option<Value>,
    ) -> Self {
        Self {
            kind,
            place,
            inner: Vec::new(),
            old,
            new,
            documentation: false,
            idle: false,
        }
    }

    /// The same fact, one key further down.
    #[must_use]
    pub(crate) fn at(mut self, key: &str) -> Self {
        self.inner.push(Step::Key(key.to_owned()));
        self
    }

    /// Whether an operation that reaches it is updated.
    pub(crate) fn updates(&self) -> bool {
        !self.documentation && self.kind.is_structural()
    }

    /// The fact below a place.
    pub(crate) fn into_fact(self, base: &Path, old_base: Option<&Path>) -> Fact {
        Fact {
            path: below(base, &self.inner),
            old_path: old_base.map(|base| below(base, &self.inner)),
            kind: self.kind,
            old: self.old,
            new: self.new,
            documentation: self.documentation,
            idle: self.idle,
            place: self.place,
            shape_kind: None,
            roles: Roles::default(),
            uses: Vec::new(),
        }
    }
}

fn below(base: &Path, steps: &[Step]) -> Path {
    let mut path = base.clone();
    for step in steps {
        match step {
            Step::Key(key) => path.push_key(key),
            Step::Index(index) => path.push_index(*index),
        }
    }
    path
}

//! What a crate consists of: the plan's data, every name and decision made.

use shapewright_model::endpoint::EndpointRules;
use shapewright_model::{Path, TimestampFormat, TraitName};

use super::context::ContextParameter;
use super::pages::Pages;
use super::protocol::Protocol;
use super::waiters::Waiter;

/// Everything that a generated crate consists of.
#[derive(Clone, Debug)]
pub struct Plan {
    pub(crate) package: Package,
    /// Ordered by module.
    pub(crate) types: Vec<Type>,
    /// Ordered by module.
    pub(crate) operations: Vec<Operation>,
    pub(crate) endpoint: EndpointRules,
    /// Ordered by name.
    pub(crate) waiters: Vec<Waiter>,
}

/// What stands in `Cargo.toml` and at the top of the crate.
#[derive(Clone, Debug)]
pub(crate) struct Package {
    pub(crate) name: String,
    pub(crate) version: String,
    /// What people call the service.
    pub(crate) title: String,
    /// By which SDKs call the service, and the key of the metadata that tells it.
    pub(crate) service_id: (TraitName, String),
    /// By which signatures call it, and the key of the metadata that tells it.
    pub(crate) signing_name: (TraitName, String),
    /// What stands before an operation's name in awsJson.
    pub(crate) target_prefix: Option<String>,
    /// Whether it tells the codes that its errors had in the query protocol.
    pub(crate) query_compatible: bool,
    /// The protocol, if there is a codec for it.
    pub(crate) protocol: Option<Protocol>,
    pub(crate) api_version: String,
    pub(crate) revision: String,
    pub(crate) upstream: String,
    pub(crate) runtime: Runtime,
    /// The runtime's features that the model needs.
    pub(crate) features: Vec<&'static str>,
    /// Paragraphs of the crate's documentation.
    pub(crate) docs: Docs,
}

/// Where a generated crate finds `shapewright-runtime`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Runtime {
    /// In the registry, by version.
    Version,
    /// In a folder, by its path from the crate's folder.
    Path(String),
}

/// Paragraphs of documentation, in Markdown.
pub(crate) type Docs = Vec<String>;

/// A type of the crate.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Type {
    pub(crate) name: String,
    /// What it is in the model.
    pub(crate) path: Path,
    pub(crate) module: String,
    pub(crate) docs: Docs,
    /// The note of `#[deprecated]`.
    pub(crate) deprecated: Option<String>,
    /// Whether `Debug` shows nothing of a value.
    pub(crate) sensitive: bool,
    /// Whether an operation sends it, so that its constraints can be checked.
    pub(crate) validated: bool,
    pub(crate) kind: TypeKind,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum TypeKind {
    Structure(Structure),
    Enum(Vec<EnumVariant>),
    Union(Vec<Field>),
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Structure {
    pub(crate) fields: Vec<Field>,
    /// For what an operation sends; such a structure also has `validate`.
    pub(crate) builder: Option<Builder>,
    /// For what an operation fails with.
    pub(crate) error: Option<ErrorShape>,
}

/// A structure's field, or a union's variant.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Field {
    pub(crate) name: String,
    /// Its name in the model.
    pub(crate) member: String,
    /// The method `with_x` that sets a field, or `as_x` that looks into a union.
    pub(crate) method: String,
    pub(crate) wire_name: String,
    pub(crate) value: Value,
    pub(crate) docs: Docs,
    pub(crate) deprecated: Option<String>,
    /// Whether `Debug` shows nothing of the value.
    pub(crate) sensitive: bool,
    /// Whether the builder demands it.
    pub(crate) required: bool,
    pub(crate) check: Check,
}

/// The Rust type of a value, and with it its JSON form.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value {
    Blob,
    Boolean,
    Document,
    Double,
    Float,
    Integer,
    /// A document as JSON within a string.
    JsonText,
    Long,
    String,
    Timestamp(TimestampFormat),
    /// An enum or union of this crate.
    Named(String),
    /// A structure of this crate.
    Structure(String),
    /// A type of this crate behind a pointer, as it would be infinite otherwise.
    Boxed(String),
    List {
        item: Box<Value>,
        sparse: bool,
    },
    Map {
        key: Box<Value>,
        value: Box<Value>,
        sparse: bool,
    },
}

/// What `validate` checks of a value; nothing if all is empty.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Check {
    /// Least and most length: of a text in characters, of a blob in bytes, of the rest in items.
    pub(crate) length: Option<Bounds<u64>>,
    /// Least and most value of a whole number.
    pub(crate) integer: Option<Bounds<i64>>,
    /// Least and most value of a float.
    pub(crate) float: Option<Bounds<f64>>,
    /// Whether the value is a type that has constraints of its own.
    pub(crate) nested: bool,
    pub(crate) key: Option<Box<Check>>,
    /// Of a list's items or a map's values.
    pub(crate) items: Option<Box<Check>>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Bounds<T> {
    pub(crate) min: Option<T>,
    pub(crate) max: Option<T>,
}

impl Check {
    pub(crate) fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// The builder of a structure.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Builder {
    pub(crate) name: String,
    /// A state for each required field, in the fields' order.
    pub(crate) states: Vec<BuilderState>,
}

/// The state of a required member in a builder's type.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct BuilderState {
    /// The place among the structure's fields.
    pub(crate) field: usize,
    /// The type parameter, and the trait that demands it.
    pub(crate) parameter: String,
    pub(crate) requirement: String,
}

/// What makes a structure an error.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ErrorShape {
    /// The code on the wire.
    pub(crate) code: String,
    /// The field that holds the service's words.
    pub(crate) message: Option<String>,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct EnumVariant {
    pub(crate) name: String,
    pub(crate) value: String,
    pub(crate) docs: Docs,
    pub(crate) deprecated: Option<String>,
}

/// An operation: a type that names it, and its error.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Operation {
    pub(crate) name: String,
    /// By which the model has it.
    pub(crate) key: String,
    pub(crate) module: String,
    /// The clients' method that calls it.
    pub(crate) method_name: String,
    pub(crate) wire_name: String,
    pub(crate) method: String,
    pub(crate) uri: String,
    pub(crate) status: Option<u16>,
    pub(crate) input: String,
    pub(crate) output: String,
    pub(crate) error: OperationError,
    pub(crate) paginator: Option<Paginator>,
    /// How its pages are followed; none where that is not supported.
    pub(crate) pages: Option<Pages>,
    /// How it travels; none where that is not supported.
    pub(crate) call: Option<Call>,
    /// What it tells the endpoint rules.
    pub(crate) context: Vec<ContextParameter>,
    pub(crate) docs: Docs,
    pub(crate) deprecated: Option<String>,
}

/// How an operation travels over HTTP.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Call {
    /// The runtime's codec.
    pub(crate) codec: &'static str,
    /// What stands before the endpoint's host, with labels.
    pub(crate) host_prefix: Option<String>,
    /// The input's field that is filled in if it is absent.
    pub(crate) token: Option<String>,
    pub(crate) auth: Auth,
    pub(crate) checksum: Option<Checksum>,
    pub(crate) request: Travel,
    pub(crate) response: Travel,
    /// How each of the error's variants travels.
    pub(crate) errors: Vec<Travel>,
}

/// How requests are signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Auth {
    Sigv4,
    Sigv4UnsignedPayload,
    None,
    /// In a way that is not supported, by its name in the model.
    Other(String),
}

/// A checksum of the body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Checksum {
    Md5,
    Crc32 {
        /// The header that tells the algorithm.
        algorithm: Option<String>,
    },
}

/// Where the members of a structure travel.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Travel {
    /// Those outside of the body.
    pub(crate) members: Vec<Named>,
    pub(crate) body: Body,
}

/// A member outside of the body.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Named {
    pub(crate) field: String,
    pub(crate) value: Value,
    pub(crate) place: Place,
}

impl Named {
    /// A member whose text stands for a label.
    pub(crate) fn label(name: &str, field: &Field) -> Self {
        Self {
            field: field.name.clone(),
            value: field.value.clone(),
            place: Place::Label(name.to_owned()),
        }
    }
}

/// A place outside of the body, with the name there.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Place {
    /// In the path or in the host's prefix.
    Label(String),
    /// In the query; of a map, each entry under its key.
    Query(String),
    Header(String),
    /// A header an entry, all with this prefix.
    PrefixHeaders(String),
    Status,
}

/// What the body holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) enum Body {
    #[default]
    Empty,
    /// All members but those of these wire names.
    Members { without: Vec<String> },
    /// One member.
    Payload {
        field: String,
        value: Value,
        kind: PayloadKind,
    },
}

/// How a member is written that is the whole body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PayloadKind {
    Blob,
    Text,
    /// As JSON, and what stands for one that is absent.
    Json {
        absent: &'static str,
    },
}

/// The enum of an operation's errors.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct OperationError {
    pub(crate) name: String,
    pub(crate) variants: Vec<ErrorVariant>,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ErrorVariant {
    pub(crate) name: String,
    pub(crate) type_name: String,
    /// The name of the error's shape.
    pub(crate) shape: String,
    /// The codes by which it is known on the wire, of which no variant before has one.
    pub(crate) codes: Vec<String>,
    /// The runtime's word for why sending again may help.
    pub(crate) retry: Option<&'static str>,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Paginator {
    pub(crate) input_token: Vec<String>,
    pub(crate) output_token: Vec<String>,
    pub(crate) result_key: Vec<String>,
    pub(crate) limit_key: Option<String>,
    pub(crate) more_results: Option<String>,
}

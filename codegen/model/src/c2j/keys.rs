//! Every key of AWS's C2J files: where it may stand and what form its value has.
//!
//! This is the census of all AWS models as data. Reading, checking, dropping prose and the
//! canonical form all follow these tables, so that a new key is one line here.

mod siblings;

pub(super) use siblings::{ENDPOINT_RULES, EXTRAS, PAGINATOR, PAGINATORS, WAITER, WAITERS};

use crate::level::{Form, Key, Kinds, Level, fact, may, must, must_fact, should};
use crate::traits::TraitName as T;

const DOCUMENTATION: Key = fact(T::Documentation, Form::Prose);
const DEPRECATED: &[Key] = &[
    fact(T::Deprecated, Form::Flag),
    fact(T::DeprecatedMessage, Form::Prose),
    fact(T::DeprecatedSince, Form::Text),
];

/// `service-2.json` from the top.
pub(super) static SERVICE: Level = Level {
    keys: &[
        &[
            fact(T::Version, Form::Text),
            must("metadata", Form::Record(&METADATA)),
            must("operations", Form::Table(&OPERATION)),
            must("shapes", Form::Shapes(&SHAPES)),
            fact(T::ClientContextParams, Form::Table(&CONTEXT_PARAMETER)),
            fact(T::Authorizers, Form::Any),
            fact(T::Pagination, Form::Any),
            fact(T::XmlNamespace, Form::Any),
            // Empty in every model that has it; what it is for are texts.
            may("examples", Form::Prose),
            DOCUMENTATION,
        ],
        DEPRECATED,
    ],
};

pub(super) static METADATA: Level = Level {
    keys: &[&[
        fact(T::ApiVersion, Form::Text),
        fact(T::Auth, Form::Texts),
        fact(T::AwsQueryCompatible, Form::Any),
        fact(T::ChecksumFormat, Form::Text),
        fact(T::EndpointPrefix, Form::Text),
        fact(T::GlobalEndpoint, Form::Text),
        fact(T::JsonVersion, Form::Text),
        fact(T::Protocol, Form::Text),
        fact(T::ProtocolSettings, Form::Any),
        fact(T::Protocols, Form::Texts),
        fact(T::RipServiceName, Form::Text),
        fact(T::ServiceAbbreviation, Form::Text),
        fact(T::ServiceFullName, Form::Text),
        fact(T::ServiceId, Form::Text),
        fact(T::SignatureVersion, Form::Text),
        fact(T::SigningName, Form::Text),
        fact(T::TargetPrefix, Form::Text),
        fact(T::TimestampFormat, Form::Text),
        fact(T::Uid, Form::Text),
        fact(T::XmlNamespace, Form::Any),
    ]],
};

static CONTEXT_PARAMETER: Level = Level {
    keys: &[&[may("type", Form::Text), may("documentation", Form::Prose)]],
};

pub(super) static OPERATION: Level = Level {
    keys: &[
        &[
            must("name", Form::Text),
            must_fact(T::Http, Form::Record(&HTTP)),
            may("input", Form::Record(&INPUT)),
            may("output", Form::Record(&OUTPUT)),
            may("errors", Form::RecordSet(&ERROR_REFERENCE)),
            fact(T::Alias, Form::Text),
            fact(T::Auth, Form::Texts),
            fact(T::AuthType, Form::Text),
            fact(T::Endpoint, Form::Record(&HOST_PREFIX)),
            fact(T::EndpointDiscovery, Form::Record(&ENDPOINT_DISCOVERY)),
            fact(T::EndpointOperation, Form::Flag),
            fact(T::HttpChecksum, Form::Record(&HTTP_CHECKSUM)),
            fact(T::HttpChecksumRequired, Form::Flag),
            fact(T::Idempotent, Form::Flag),
            fact(T::Internal, Form::Flag),
            fact(T::InternalOnly, Form::Flag),
            fact(T::OperationContextParams, Form::Any),
            fact(T::ReadOnly, Form::Flag),
            fact(T::RequestCompression, Form::Record(&REQUEST_COMPRESSION)),
            fact(T::StaticContextParams, Form::Any),
            fact(T::UnsignedPayload, Form::Flag),
            may("documentationUrl", Form::Prose),
            DOCUMENTATION,
        ],
        DEPRECATED,
    ],
};

static HTTP: Level = Level {
    keys: &[&[
        must("method", Form::Text),
        must("requestUri", Form::Text),
        may("responseCode", Form::Integer),
    ]],
};
static HOST_PREFIX: Level = Level {
    keys: &[&[may("hostPrefix", Form::Text)]],
};
static ENDPOINT_DISCOVERY: Level = Level {
    keys: &[&[may("required", Form::Flag)]],
};
static REQUEST_COMPRESSION: Level = Level {
    keys: &[&[may("encodings", Form::Texts)]],
};
static HTTP_CHECKSUM: Level = Level {
    keys: &[&[
        may("requestAlgorithmMember", Form::Text),
        may("requestChecksumRequired", Form::Flag),
        may("requestValidationModeMember", Form::Text),
        may("responseAlgorithms", Form::Texts),
    ]],
};

const SHAPE_REFERENCE: Key = must("shape", Form::Text);

pub(super) static INPUT: Level = Level {
    keys: &[
        &[
            SHAPE_REFERENCE,
            fact(T::LocationName, Form::Text),
            fact(T::XmlNamespace, Form::Record(&XML_NAMESPACE)),
            DOCUMENTATION,
        ],
        DEPRECATED,
    ],
};
pub(super) static OUTPUT: Level = Level {
    keys: &[
        &[
            SHAPE_REFERENCE,
            fact(T::LocationName, Form::Text),
            fact(T::ResultWrapper, Form::Text),
            fact(T::Wrapper, Form::Flag),
            fact(T::XmlOrder, Form::Texts),
            DOCUMENTATION,
        ],
        DEPRECATED,
    ],
};
pub(super) static ERROR_REFERENCE: Level = Level {
    keys: &[&[
        SHAPE_REFERENCE,
        fact(T::Error, Form::Record(&ERROR)),
        fact(T::Exception, Form::Flag),
        fact(T::Fault, Form::Flag),
        fact(T::XmlOrder, Form::Texts),
        DOCUMENTATION,
    ]],
};
static ERROR: Level = Level {
    keys: &[&[
        may("code", Form::Text),
        may("fault", Form::Flag),
        may("httpStatusCode", Form::Integer),
        may("senderFault", Form::Flag),
    ]],
};
static RETRYABLE: Level = Level {
    keys: &[&[may("throttling", Form::Flag)]],
};
static XML_NAMESPACE: Level = Level {
    keys: &[&[may("prefix", Form::Text), may("uri", Form::Text)]],
};
static CONTEXT_PARAM: Level = Level {
    keys: &[&[may("name", Form::Text)]],
};

/// A member of a structure.
pub(super) static MEMBER: Level = Level {
    keys: &[
        &[
            SHAPE_REFERENCE,
            DOCUMENTATION,
            fact(T::Box, Form::Flag),
            fact(T::ContextParam, Form::Record(&CONTEXT_PARAM)),
            fact(T::Default, Form::Any),
            fact(T::Enum, Form::Texts),
            fact(T::EventHeader, Form::Flag),
            fact(T::EventPayload, Form::Flag),
            fact(T::Flattened, Form::Flag),
            fact(T::HostLabel, Form::Flag),
            fact(T::IdempotencyToken, Form::Flag),
            fact(T::JsonValue, Form::Flag),
            fact(T::Location, Form::Text),
            fact(T::LocationName, Form::Text),
            fact(T::Pattern, Form::Text),
            fact(T::Payload, Form::Flag),
            fact(T::QueryName, Form::Text),
            fact(T::Streaming, Form::Flag),
            fact(T::Tags, Form::Texts),
            fact(T::XmlAttribute, Form::Flag),
            fact(T::XmlNamespace, Form::Record(&XML_NAMESPACE)),
        ],
        DEPRECATED,
    ],
};
/// A list's element, a map's key or value.
pub(super) static PART: Level = Level {
    keys: &[&[
        SHAPE_REFERENCE,
        fact(T::JsonValue, Form::Flag),
        fact(T::LocationName, Form::Text),
        fact(T::Required, Form::Flag),
        DOCUMENTATION,
    ]],
};

const SHAPE: &[Key] = &[
    must("type", Form::Text),
    DOCUMENTATION,
    fact(T::Box, Form::Flag),
    fact(T::Deprecated, Form::Flag),
    fact(T::DeprecatedMessage, Form::Prose),
    fact(T::DeprecatedSince, Form::Text),
];
const SENSITIVE: &[Key] = &[fact(T::Sensitive, Form::Flag)];
const LENGTH: &[Key] = &[fact(T::Max, Form::Integer), fact(T::Min, Form::Integer)];
const COLLECTION: &[Key] = &[
    fact(T::Flattened, Form::Flag),
    fact(T::LocationName, Form::Text),
    fact(T::Sparse, Form::Flag),
];

/// The level of a shape by its `type`; none for a type that is not known.
pub(super) fn shape_level(shape_type: &str) -> Option<&'static Level> {
    Some(match shape_type {
        "blob" => &BLOB,
        "boolean" => &BOOLEAN,
        "double" | "float" | "integer" | "long" => &NUMBER,
        "list" => &LIST,
        "map" => &MAP,
        "string" => &STRING,
        "structure" => &STRUCTURE,
        "timestamp" => &TIMESTAMP,
        _ => return None,
    })
}

static SHAPES: Kinds = Kinds {
    level: shape_level,
    names: "blob, boolean, double, float, integer, list, long, map, string, structure, timestamp",
};

static BLOB: Level = Level {
    keys: &[
        SHAPE,
        LENGTH,
        SENSITIVE,
        &[
            fact(T::RequiresLength, Form::Flag),
            fact(T::Streaming, Form::Flag),
            may("description", Form::Prose),
        ],
    ],
};
static BOOLEAN: Level = Level {
    keys: &[SHAPE, SENSITIVE],
};
static NUMBER: Level = Level {
    keys: &[
        SHAPE,
        SENSITIVE,
        &[fact(T::Max, Form::Number), fact(T::Min, Form::Number)],
    ],
};
static STRING: Level = Level {
    keys: &[
        SHAPE,
        LENGTH,
        SENSITIVE,
        &[fact(T::Pattern, Form::Text), may("enum", Form::TextSet)],
    ],
};
static TIMESTAMP: Level = Level {
    keys: &[SHAPE, SENSITIVE, &[fact(T::TimestampFormat, Form::Text)]],
};
static LIST: Level = Level {
    keys: &[
        SHAPE,
        LENGTH,
        SENSITIVE,
        COLLECTION,
        &[must("member", Form::Record(&PART))],
    ],
};
static MAP: Level = Level {
    keys: &[
        SHAPE,
        LENGTH,
        SENSITIVE,
        COLLECTION,
        &[
            must("key", Form::Record(&PART)),
            must("value", Form::Record(&PART)),
        ],
    ],
};
static STRUCTURE: Level = Level {
    keys: &[
        SHAPE,
        SENSITIVE,
        &[
            may("required", Form::TextSet),
            should("members", Form::Members(&MEMBER)),
            // `document` and `union` decide the shape's kind.
            may("document", Form::Flag),
            may("union", Form::Flag),
            fact(T::Error, Form::Record(&ERROR)),
            fact(T::Event, Form::Flag),
            fact(T::EventStream, Form::Flag),
            fact(T::Exception, Form::Flag),
            fact(T::Fault, Form::Flag),
            fact(T::LocationName, Form::Text),
            fact(T::Payload, Form::Text),
            fact(T::Retryable, Form::Record(&RETRYABLE)),
            fact(T::Synthetic, Form::Flag),
            fact(T::Wrapper, Form::Flag),
            fact(T::XmlNamespace, Form::Record(&XML_NAMESPACE)),
            fact(T::XmlOrder, Form::Texts),
        ],
    ],
};

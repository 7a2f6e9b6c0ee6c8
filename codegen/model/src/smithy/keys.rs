//! The keys of the JSON AST, and the traits whose values are read.

use crate::level::{Form, Kinds, Level, may, must};

/// The file from the top.
pub(super) static FILE: Level = Level {
    keys: &[&[
        must("smithy", Form::Text),
        may("metadata", Form::Open(&ANY)),
        must("shapes", Form::Shapes(&SHAPES)),
    ]],
};

static SHAPES: Kinds = Kinds {
    level,
    names: "blob, boolean, string, enum, byte, short, integer, intEnum, long, float, double, \
            bigInteger, bigDecimal, timestamp, document, list, set, map, structure, union, \
            operation, service, resource, apply",
};

/// The level of a shape by its `type`; none for a type that is not known.
fn level(shape_type: &str) -> Option<&'static Level> {
    Some(match shape_type {
        "blob" | "boolean" | "string" | "byte" | "short" | "integer" | "long" | "float"
        | "double" | "bigInteger" | "bigDecimal" | "timestamp" | "document" => &SIMPLE,
        "enum" | "intEnum" | "structure" | "union" => &STRUCTURE,
        "list" | "set" => &LIST,
        "map" => &MAP,
        "operation" => &OPERATION,
        "service" => &SERVICE,
        "resource" => &RESOURCE,
        "apply" => &APPLY,
        _ => return None,
    })
}

/// Whether shapes of a type are values, which members may be.
pub(super) fn is_data(shape_type: &str) -> bool {
    !matches!(shape_type, "operation" | "service" | "resource" | "apply")
        && level(shape_type).is_some()
}

static ANY: Level = Level { keys: &[] };

const SHAPE: &[crate::level::Key] = &[
    must("type", Form::Text),
    may("traits", Form::Open(&TRAITS)),
    may("mixins", Form::Records(&TARGET)),
];
static SIMPLE: Level = Level { keys: &[SHAPE] };
static APPLY: Level = Level {
    keys: &[&[
        must("type", Form::Text),
        must("traits", Form::Open(&TRAITS)),
    ]],
};
static STRUCTURE: Level = Level {
    keys: &[SHAPE, &[may("members", Form::Members(&TARGET))]],
};
static LIST: Level = Level {
    keys: &[SHAPE, &[may("member", Form::Record(&TARGET))]],
};
static MAP: Level = Level {
    keys: &[
        SHAPE,
        &[
            may("key", Form::Record(&TARGET)),
            may("value", Form::Record(&TARGET)),
        ],
    ],
};
static OPERATION: Level = Level {
    keys: &[
        SHAPE,
        &[
            may("input", Form::Record(&TARGET)),
            may("output", Form::Record(&TARGET)),
            may("errors", Form::Records(&TARGET)),
        ],
    ],
};
static SERVICE: Level = Level {
    keys: &[
        SHAPE,
        &[
            may("version", Form::Text),
            may("operations", Form::Records(&TARGET)),
            may("resources", Form::Records(&TARGET)),
            may("errors", Form::Records(&TARGET)),
            may("rename", Form::Open(&ANY)),
        ],
    ],
};
/// The keys of a resource that mean one operation.
pub(super) const LIFECYCLE: [&str; 6] = ["create", "put", "read", "update", "delete", "list"];
static RESOURCE: Level = Level {
    keys: &[
        SHAPE,
        &[
            may("create", Form::Record(&TARGET)),
            may("put", Form::Record(&TARGET)),
            may("read", Form::Record(&TARGET)),
            may("update", Form::Record(&TARGET)),
            may("delete", Form::Record(&TARGET)),
            may("list", Form::Record(&TARGET)),
            may("operations", Form::Records(&TARGET)),
            may("collectionOperations", Form::Records(&TARGET)),
            may("resources", Form::Records(&TARGET)),
            may("identifiers", Form::Table(&TARGET)),
            may("properties", Form::Table(&TARGET)),
        ],
    ],
};
static TARGET: Level = Level {
    keys: &[&[
        must("target", Form::Text),
        may("traits", Form::Open(&TRAITS)),
    ]],
};

/// The traits whose values are looked into; any other may be anything.
static TRAITS: Level = Level {
    keys: &[&[
        may("aws.api#service", Form::Open(&AWS_SERVICE)),
        may("aws.auth#sigv4", Form::Open(&SIGV4)),
        may("aws.protocols#awsQueryError", Form::Open(&QUERY_ERROR)),
        may("aws.protocols#ec2QueryName", Form::Text),
        may("smithy.api#auth", Form::Texts),
        may("smithy.api#deprecated", Form::Open(&DEPRECATED)),
        may("smithy.api#documentation", Form::Prose),
        may("smithy.api#enum", Form::Records(&ENUM_VALUE)),
        may("smithy.api#error", Form::Text),
        may("smithy.api#http", Form::Open(&HTTP)),
        may("smithy.api#httpError", Form::Integer),
        may("smithy.api#httpHeader", Form::Text),
        may("smithy.api#httpPrefixHeaders", Form::Text),
        may("smithy.api#httpQuery", Form::Text),
        may("smithy.api#jsonName", Form::Text),
        may("smithy.api#length", Form::Open(&LENGTH)),
        may("smithy.api#mediaType", Form::Text),
        may("smithy.api#paginated", Form::Open(&PAGINATED)),
        may("smithy.api#pattern", Form::Text),
        may("smithy.api#range", Form::Open(&RANGE)),
        may("smithy.api#retryable", Form::Open(&RETRYABLE)),
        may("smithy.api#timestampFormat", Form::Text),
        may("smithy.api#title", Form::Text),
        may("smithy.api#xmlName", Form::Text),
        may("smithy.api#xmlNamespace", Form::Open(&XML_NAMESPACE)),
        may("smithy.rules#endpointRuleSet", Form::Open(&ANY)),
        may("smithy.waiters#waitable", Form::Table(&WAITER)),
    ]],
};
static AWS_SERVICE: Level = Level {
    keys: &[&[
        may("arnNamespace", Form::Text),
        may("endpointPrefix", Form::Text),
        may("sdkId", Form::Text),
    ]],
};
static SIGV4: Level = Level {
    keys: &[&[may("name", Form::Text)]],
};
static QUERY_ERROR: Level = Level {
    keys: &[&[
        may("code", Form::Text),
        may("httpResponseCode", Form::Integer),
    ]],
};
static DEPRECATED: Level = Level {
    keys: &[&[may("message", Form::Text), may("since", Form::Text)]],
};
static ENUM_VALUE: Level = Level {
    keys: &[&[
        must("value", Form::Text),
        may("name", Form::Text),
        may("documentation", Form::Prose),
        may("deprecated", Form::Flag),
        may("tags", Form::Texts),
    ]],
};
static HTTP: Level = Level {
    keys: &[&[
        may("method", Form::Text),
        may("uri", Form::Text),
        may("code", Form::Integer),
    ]],
};
static LENGTH: Level = Level {
    keys: &[&[may("min", Form::Integer), may("max", Form::Integer)]],
};
static RANGE: Level = Level {
    keys: &[&[may("min", Form::Number), may("max", Form::Number)]],
};
static PAGINATED: Level = Level {
    keys: &[&[
        may("inputToken", Form::Text),
        may("items", Form::Text),
        may("outputToken", Form::Text),
        may("pageSize", Form::Text),
    ]],
};
static RETRYABLE: Level = Level {
    keys: &[&[may("throttling", Form::Flag)]],
};
static XML_NAMESPACE: Level = Level {
    keys: &[&[may("prefix", Form::Text), may("uri", Form::Text)]],
};
static WAITER: Level = Level {
    keys: &[&[
        must("acceptors", Form::Records(&ACCEPTOR)),
        may("deprecated", Form::Flag),
        may("documentation", Form::Prose),
        // Not Smithy's, but AWS writes it.
        may("description", Form::Prose),
        may("maxDelay", Form::Integer),
        may("minDelay", Form::Integer),
        may("tags", Form::Texts),
    ]],
};
static ACCEPTOR: Level = Level {
    keys: &[&[
        must("state", Form::Text),
        must("matcher", Form::Record(&MATCHER)),
    ]],
};
static MATCHER: Level = Level {
    keys: &[&[
        may("success", Form::Flag),
        may("errorType", Form::Text),
        may("output", Form::Record(&PATH_MATCHER)),
        may("inputOutput", Form::Record(&PATH_MATCHER)),
    ]],
};
static PATH_MATCHER: Level = Level {
    keys: &[&[
        must("path", Form::Text),
        must("expected", Form::Text),
        must("comparator", Form::Text),
    ]],
};

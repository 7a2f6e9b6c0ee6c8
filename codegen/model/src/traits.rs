//! Traits: the facts that a model states about a service, an operation, a shape or a member.

use std::cmp::Ordering;
use std::fmt;
use std::sync::Arc;

use serde_json::Value;

macro_rules! trait_names {
    ($($name:ident = $key:literal,)*) => {
        /// The name of a trait: the key that carries it in AWS's C2J JSON.
        ///
        /// [`TraitName::Unknown`] is any key that the census of all AWS models does not list.
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        pub enum TraitName {
            $(#[doc = concat!("The key `", $key, "`.")] $name,)*
            /// A key that no known model has; kept, so that nothing is dropped silently.
            Unknown(Box<str>),
        }

        impl TraitName {
            /// The key as it stands in the model.
            pub const fn as_str(&self) -> &str {
                match self {
                    $(Self::$name => $key,)*
                    Self::Unknown(key) => key,
                }
            }

            /// The key of a known trait, fit for a constant table; empty for an unknown one.
            pub(crate) const fn key(&self) -> &'static str {
                match self {
                    $(Self::$name => $key,)*
                    Self::Unknown(_) => "",
                }
            }
        }
    };
}

trait_names! {
    Acceptors = "acceptors",
    Alias = "alias",
    ApiVersion = "apiVersion",
    Auth = "auth",
    Authorizers = "authorizers",
    AuthType = "authtype",
    AwsQueryCompatible = "awsQueryCompatible",
    Box = "box",
    ChecksumFormat = "checksumFormat",
    ClientContextParams = "clientContextParams",
    ContextParam = "contextParam",
    Default = "default",
    Delay = "delay",
    Deprecated = "deprecated",
    DeprecatedMessage = "deprecatedMessage",
    DeprecatedSince = "deprecatedSince",
    Document = "document",
    Documentation = "documentation",
    Endpoint = "endpoint",
    EndpointDiscovery = "endpointdiscovery",
    EndpointOperation = "endpointoperation",
    EndpointPrefix = "endpointPrefix",
    Enum = "enum",
    Error = "error",
    Event = "event",
    EventHeader = "eventheader",
    EventPayload = "eventpayload",
    EventStream = "eventstream",
    Exception = "exception",
    Fault = "fault",
    Flattened = "flattened",
    GlobalEndpoint = "globalEndpoint",
    HostLabel = "hostLabel",
    Http = "http",
    HttpChecksum = "httpChecksum",
    HttpChecksumRequired = "httpChecksumRequired",
    Idempotent = "idempotent",
    IdempotencyToken = "idempotencyToken",
    InputToken = "input_token",
    Internal = "internal",
    InternalOnly = "internalonly",
    JsonValue = "jsonvalue",
    JsonVersion = "jsonVersion",
    LimitKey = "limit_key",
    Location = "location",
    LocationName = "locationName",
    Max = "max",
    MaxAttempts = "maxAttempts",
    Min = "min",
    MoreResults = "more_results",
    NonAggregateKeys = "non_aggregate_keys",
    Operation = "operation",
    OperationContextParams = "operationContextParams",
    OutputToken = "output_token",
    Pagination = "pagination",
    Pattern = "pattern",
    Payload = "payload",
    Protocol = "protocol",
    ProtocolSettings = "protocolSettings",
    Protocols = "protocols",
    QueryName = "queryName",
    ReadOnly = "readonly",
    RequestCompression = "requestcompression",
    Required = "required",
    RequiresLength = "requiresLength",
    ResultKey = "result_key",
    ResultWrapper = "resultWrapper",
    Retryable = "retryable",
    RipServiceName = "ripServiceName",
    Sensitive = "sensitive",
    ServiceAbbreviation = "serviceAbbreviation",
    ServiceFullName = "serviceFullName",
    ServiceId = "serviceId",
    SignatureVersion = "signatureVersion",
    SigningName = "signingName",
    Sparse = "sparse",
    StaticContextParams = "staticContextParams",
    Streaming = "streaming",
    Synthetic = "synthetic",
    Tags = "tags",
    TargetPrefix = "targetPrefix",
    TimestampFormat = "timestampFormat",
    Uid = "uid",
    UnsignedPayload = "unsignedPayload",
    Version = "version",
    Wrapper = "wrapper",
    XmlAttribute = "xmlAttribute",
    XmlNamespace = "xmlNamespace",
    XmlOrder = "xmlOrder",
}

impl TraitName {
    /// Whether the trait only documents: text for people, which no program acts on.
    pub const fn is_prose(&self) -> bool {
        matches!(self, Self::Documentation | Self::DeprecatedMessage)
    }
}

impl fmt::Display for TraitName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Ord for TraitName {
    fn cmp(&self, other: &Self) -> Ordering {
        self.as_str().cmp(other.as_str())
    }
}

impl PartialOrd for TraitName {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// A set of traits, ordered by key, each with its value. A copy shares them.
#[derive(Clone, Default)]
pub struct Traits(Option<Arc<Vec<(TraitName, Value)>>>);

impl Traits {
    /// Sets a trait; the last value of a name counts.
    pub fn insert(&mut self, name: TraitName, value: Value) {
        let traits = Arc::make_mut(self.0.get_or_insert_default());
        // What is read in order, a million keys of it, is not moved at every step.
        if traits.last().is_none_or(|(last, _)| *last < name) {
            return traits.push((name, value));
        }
        match traits.binary_search_by(|(known, _)| known.cmp(&name)) {
            Ok(at) => traits[at].1 = value,
            Err(at) => traits.insert(at, (name, value)),
        }
    }

    /// Takes a trait away.
    pub(crate) fn remove(&mut self, name: &TraitName) {
        if self.get(name).is_some() {
            let rest = self.into_iter().filter(|(known, _)| known != name);
            *self = rest.cloned().collect();
        }
    }

    /// The value of a trait, if it is there.
    pub fn get(&self, name: &TraitName) -> Option<&Value> {
        self.iter()
            .find(|(known, _)| *known == name)
            .map(|(_, value)| value)
    }

    /// Whether a trait is there and true; `false` and absence mean the same to every AWS client.
    pub fn flag(&self, name: &TraitName) -> bool {
        self.get(name)
            .is_some_and(|value| *value == Value::Bool(true))
    }

    /// The text of a trait.
    pub fn text(&self, name: &TraitName) -> Option<&str> {
        self.get(name)?.as_str()
    }

    /// The whole number of a trait.
    pub fn integer(&self, name: &TraitName) -> Option<i64> {
        self.get(name)?.as_i64()
    }

    /// All traits, ordered by key.
    pub fn iter(&self) -> impl Iterator<Item = (&TraitName, &Value)> {
        self.into_iter().map(|(name, value)| (name, value))
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_none()
    }
}

impl PartialEq for Traits {
    fn eq(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            (None, None) => true,
            (Some(one), Some(other)) => Arc::ptr_eq(one, other) || one == other,
            _ => false,
        }
    }
}

impl fmt::Debug for Traits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

impl FromIterator<(TraitName, Value)> for Traits {
    fn from_iter<I: IntoIterator<Item = (TraitName, Value)>>(traits: I) -> Self {
        let mut traits: Vec<_> = traits.into_iter().collect();
        // The sort keeps the order of equals, and the last value of a name counts.
        traits.sort_by(|(one, _), (other, _)| one.cmp(other));
        traits.dedup_by(|later, earlier| {
            let same = later.0 == earlier.0;
            if same {
                std::mem::swap(later, earlier);
            }
            same
        });
        Self((!traits.is_empty()).then(|| Arc::new(traits)))
    }
}

impl<'a> IntoIterator for &'a Traits {
    type Item = &'a (TraitName, Value);
    type IntoIter = std::slice::Iter<'a, (TraitName, Value)>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.as_deref().map_or(&[][..], Vec::as_slice).iter()
    }
}

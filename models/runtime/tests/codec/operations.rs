//! Operations in the style of generated code: one with a member in every place, one that carries a
//! blob, one of the other protocol.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::MapAccess;
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use shapewright_runtime::codec::{
    AwsJson1_1, Checksum, Fault, Incoming, Outgoing, Protocol, RestJson1,
};
use shapewright_runtime::endpoint::{Context, Endpoint, EndpointError, Parameters};
use shapewright_runtime::validate::{Checker, Validate};
use shapewright_runtime::{
    Blob, Call, Document, Operation, OperationError, OtherError, Retry, Timestamp, form,
};

#[derive(Debug)]
pub(crate) enum Service {}

impl shapewright_runtime::Service for Service {
    const ID: &'static str = "Things";
    const SIGNING_NAME: &'static str = "things";
    const TARGET_PREFIX: &'static str = "Things_20200202";
    const QUERY_COMPATIBLE: bool = true;

    fn endpoint(_: &Parameters) -> Result<Endpoint, EndpointError> {
        Endpoint::new("https://things.example.com")
    }
}

#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Input {
    pub shelf: Option<String>,
    pub key: Option<String>,
    pub tenant: Option<String>,
    pub extra: Option<BTreeMap<String, Vec<String>>>,
    pub tags: Option<Vec<String>>,
    pub since: Option<Timestamp>,
    pub token: Option<String>,
    pub note: Option<String>,
    pub names: Option<Vec<String>>,
    pub sizes: Option<Vec<i32>>,
    pub labels: Option<BTreeMap<String, String>>,
    pub title: Option<String>,
    pub weight: Option<f64>,
}

impl Validate for Input {
    fn check(&self, checker: &mut Checker) {
        checker.required("shelf", &self.shelf);
        checker.required("key", &self.key);
        checker.required("title", &self.title);
    }
}

#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Output {
    pub status: Option<i32>,
    pub etag: Option<String>,
    pub names: Option<Vec<String>>,
    pub dates: Option<Vec<Timestamp>>,
    pub labels: Option<BTreeMap<String, String>>,
    pub title: Option<String>,
    pub size: Option<i32>,
    pub weight: Option<f64>,
    pub any: Option<Document>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Busy {
    pub message: Option<String>,
    pub wait: Option<i32>,
}

/// Gives a structure its members' names, fields and forms.
macro_rules! structure {
    ($name:ident { $($wire:literal $field:ident $form:expr,)* }) => {
        impl form::Structure for $name {
            const NAME: &'static str = stringify!($name);
            const MEMBERS: &'static [&'static str] = &[$($wire,)*];

            fn read_member<'de, A: MapAccess<'de>>(
                &mut self,
                member: usize,
                map: &mut A,
            ) -> Result<(), A::Error> {
                $(if Self::MEMBERS[member] == $wire {
                    return form::read(map, &mut self.$field, $form);
                })*
                form::skip(map)
            }

            fn write_members<M: SerializeMap>(&self, to: &mut form::Writer<'_, M>) {
                $(form::write(to, $wire, &self.$field, $form);)*
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                form::read_structure(deserializer)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                form::write_structure(self, serializer)
            }
        }
    };
}

structure!(Input {
    "shelf" shelf form::Plain,
    "key" key form::Plain,
    "tenant" tenant form::Plain,
    "extra" extra form::Dense(form::Dense(form::Plain)),
    "tag" tags form::Dense(form::Plain),
    "since" since form::DateTime,
    "token" token form::Plain,
    "x-note" note form::Plain,
    "x-names" names form::Dense(form::Plain),
    "x-sizes" sizes form::Dense(form::Plain),
    "x-label-" labels form::Dense(form::Plain),
    "title" title form::Plain,
    "weight" weight form::Float,
});

structure!(Output {
    "title" title form::Plain,
    "size" size form::Plain,
    "weight" weight form::Float,
    "any" any form::Plain,
});

structure!(Busy {
    "message" message form::Plain,
    "wait" wait form::Plain,
});

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum ThingError {
    Busy(Busy),
    Other(OtherError),
}

impl fmt::Display for ThingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a thing went wrong")
    }
}

impl std::error::Error for ThingError {}

impl From<&Fault> for ThingError {
    fn from(fault: &Fault) -> Self {
        Self::Other(fault.into())
    }
}

impl OperationError for ThingError {
    fn decode(fault: &Fault, from: &Incoming<'_>) -> Result<Self, String> {
        match fault.code.as_str() {
            "BusyException" => {
                let mut value: Busy = from.json()?;
                from.header("x-wait", &mut value.wait, form::Plain)?;
                Ok(Self::Busy(value))
            }
            _ => Ok(Self::Other(fault.into())),
        }
    }

    fn retry(&self) -> Option<Retry> {
        matches!(self, Self::Busy(_)).then_some(Retry::Throttling)
    }
}

/// Makes an operation of these types.
macro_rules! operation {
    ($name:ident $method:literal $uri:literal $input:ty => $output:ty) => {
        #[derive(Debug)]
        pub(crate) struct $name;

        impl Operation for $name {
            type Service = Service;
            type Input = $input;
            type Output = $output;
            type Error = ThingError;

            const NAME: &'static str = stringify!($name);
            const METHOD: &'static str = $method;
            const URI: &'static str = $uri;
        }

        impl Context for $name {}
    };
}

operation!(PutThing "PUT" "/shelves/{shelf}/{key+}?fixed" Input => Output);

impl Call for PutThing {
    type Protocol = RestJson1;

    const HOST_PREFIX: Option<&'static str> = Some("{tenant}.data.");
    const CHECKSUM: Option<Checksum> = Some(Checksum::Md5);

    fn encode(input: &Input, to: &mut Outgoing) {
        to.label("shelf", &input.shelf, form::Plain);
        to.label("key", &input.key, form::Plain);
        to.label("tenant", &input.tenant, form::Plain);
        to.query("tag", &input.tags, form::Dense(form::Plain));
        to.query("since", &input.since, form::DateTime);
        to.query("token", &input.token, form::Plain);
        to.query_map(&input.extra, form::Dense(form::Plain));
        to.header("x-note", &input.note, form::Plain);
        to.header_texts("x-names", &input.names, form::Dense(form::Plain));
        to.header_list("x-sizes", &input.sizes, form::Dense(form::Plain));
        to.prefix_headers("x-label-", &input.labels, form::Plain);
        to.json_without(
            input,
            &[
                "shelf", "key", "tenant", "extra", "tag", "since", "token", "x-note", "x-names",
                "x-sizes", "x-label-",
            ],
        );
    }

    fn decode(from: &Incoming<'_>) -> Result<Output, String> {
        let mut value: Output = from.json()?;
        from.status(&mut value.status);
        from.header("ETag", &mut value.etag, form::Plain)?;
        from.header("X-Names", &mut value.names, form::Dense(form::Plain))?;
        from.header_dates("X-Dates", &mut value.dates, form::Dense(form::HttpDate))?;
        from.prefix_headers("X-Label-", &mut value.labels, form::Plain)?;
        Ok(value)
    }

    fn with_token(input: &Input, token: fn() -> String) -> Option<Input> {
        if input.token.is_some() {
            return None;
        }
        let mut filled = input.clone();
        filled.token = Some(token());
        Some(filled)
    }
}

operation!(FindThing "POST" "/" Input => Output);

impl Call for FindThing {
    type Protocol = AwsJson1_1;

    fn encode(input: &Input, to: &mut Outgoing) {
        to.json(input);
    }

    fn decode(from: &Incoming<'_>) -> Result<Output, String> {
        from.json()
    }
}

/// A member that is the whole body.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Whole<T>(pub(crate) Option<T>);

impl<T> Default for Whole<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<T> Validate for Whole<T> {
    fn check(&self, _: &mut Checker) {}
}

/// Makes an operation whose body is one member on both ways.
macro_rules! whole {
    ($name:ident $of:ty, |$to:ident, $from:ident, $sent:ident, $received:ident| $send:expr, $receive:expr) => {
        operation!($name "POST" "/whole" Whole<$of> => Whole<$of>);

        impl Call for $name {
            type Protocol = RestJson1;

            fn encode($sent: &Whole<$of>, $to: &mut Outgoing) {
                $send;
            }

            fn decode($from: &Incoming<'_>) -> Result<Whole<$of>, String> {
                let mut $received = Whole::default();
                $receive;
                Ok($received)
            }
        }
    };
}

whole!(CarryBlob Blob, |to, from, sent, received| to.blob_payload(&sent.0),
    from.blob_payload(&mut received.0));
whole!(CarryText String, |to, from, sent, received| to.text_payload(&sent.0, form::Plain),
    from.text_payload(&mut received.0, form::Plain)?);
whole!(CarryStructure Busy, |to, from, sent, received|
    to.json_payload(&sent.0, form::Members, "{}"),
    from.json_payload(&mut received.0, form::Members)?);
whole!(CarryDocument Document, |to, from, sent, received|
    to.json_payload(&sent.0, form::Plain, ""),
    from.json_payload(&mut received.0, form::Plain)?);

/// The name of a protocol's fault, for tests that ask for nothing else.
pub(crate) fn code<P: Protocol>(response: &http::Response<bytes::Bytes>) -> String {
    P::fault(response).code
}

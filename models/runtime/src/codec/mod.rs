//! What travels over HTTP, without sending it: an input becomes an `http::Request`, an
//! `http::Response` becomes an output or a typed error. No I/O, no clock.
//!
//! A protocol is a file here that implements [`Protocol`], and a file in the generator. Generated
//! code names the places of members ([`Outgoing`], [`Incoming`]); how a value is written there is
//! its [form](crate::form), the same one as in a body.

#[cfg(feature = "aws-json")]
mod aws_json;
mod call;
#[cfg(feature = "checksum")]
mod checksum;
mod from_text;
mod incoming;
#[cfg_attr(
    not(any(feature = "rest-json", feature = "aws-json")),
    expect(dead_code, reason = "each protocol needs it")
)]
mod json;
mod outgoing;
mod reader;
#[cfg(feature = "rest-json")]
mod rest_json;
mod text;
mod token;
mod uri;

#[cfg(feature = "aws-json")]
pub use aws_json::{AwsJson1_0, AwsJson1_1};
#[doc(hidden)]
pub use call::request_with;
pub use call::{Auth, Call, Checksum, Fault, Protocol};
pub use incoming::Incoming;
pub use outgoing::Outgoing;
#[cfg(feature = "rest-json")]
pub use rest_json::RestJson1;
#[cfg(feature = "__calls")]
pub(crate) use token::random;

//! In which form a moment travels.

use crate::model::{Member, Model};
use crate::traits::TraitName;

/// The form of a moment on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimestampFormat {
    /// RFC 3339, such as `2017-08-14T00:00:00Z`.
    DateTime,
    /// A number of seconds since 1970 began, UTC.
    EpochSeconds,
    /// As in HTTP's headers, such as `Mon, 14 Aug 2017 00:00:00 GMT`.
    HttpDate,
}

impl Model {
    /// A timestamp's format belongs to its use: the member, else the shape, else the place where it
    /// travels, else the protocol says it (Smithy's `timestampFormat` trait and its protocols'
    /// pages).
    pub fn timestamp_format(&self, member: &Member) -> TimestampFormat {
        self.timestamp_format_at(member, member.traits.text(&TraitName::Location))
    }

    /// The same of an item of a list, or a part of a map, that travels at this place.
    pub fn timestamp_format_at(&self, member: &Member, place: Option<&str>) -> TimestampFormat {
        let shape = self.shape(member.target);
        let named = [&member.traits, &shape.traits]
            .into_iter()
            .find_map(|traits| traits.text(&TraitName::TimestampFormat));
        match named {
            Some("iso8601") => return TimestampFormat::DateTime,
            Some("rfc822") => return TimestampFormat::HttpDate,
            Some("unixTimestamp") => return TimestampFormat::EpochSeconds,
            _ => {}
        }
        match place {
            Some("header" | "headers") => return TimestampFormat::HttpDate,
            Some("querystring" | "uri") => return TimestampFormat::DateTime,
            _ => {}
        }
        match self.metadata.text(&TraitName::Protocol) {
            Some("query" | "ec2" | "rest-xml") => TimestampFormat::DateTime,
            _ => TimestampFormat::EpochSeconds,
        }
    }
}

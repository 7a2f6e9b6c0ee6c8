//! The three formats of a timestamp.

use std::fmt;

use serde::de::{Deserializer, Error, Visitor};
use serde::ser::{Error as _, Serializer};

use super::Format;
use crate::{Timestamp, TimestampError};

/// Seconds since 1970, whole or with a fraction (`unixTimestamp`).
pub struct EpochSeconds;

/// An RFC 3339 date and time (`iso8601`).
pub struct DateTime;

/// An HTTP date (`rfc822`).
pub struct HttpDate;

impl Format<Timestamp> for EpochSeconds {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Timestamp, D::Error> {
        deserializer.deserialize_any(EpochVisitor)
    }

    fn write<S: Serializer>(value: &Timestamp, serializer: S) -> Result<S::Ok, S::Error> {
        match value.subsecond_nanoseconds() {
            0 => serializer.serialize_i64(value.epoch_seconds()),
            _ => serializer.serialize_f64(value.to_epoch_f64()),
        }
    }
}

struct EpochVisitor;

impl Visitor<'_> for EpochVisitor {
    type Value = Timestamp;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("seconds since 1970")
    }

    fn visit_i64<E: Error>(self, seconds: i64) -> Result<Timestamp, E> {
        Timestamp::from_epoch(seconds, 0).map_err(E::custom)
    }

    fn visit_u64<E: Error>(self, seconds: u64) -> Result<Timestamp, E> {
        self.visit_i64(i64::try_from(seconds).map_err(E::custom)?)
    }

    fn visit_f64<E: Error>(self, seconds: f64) -> Result<Timestamp, E> {
        Timestamp::from_epoch_f64(seconds).map_err(E::custom)
    }
}

impl Format<Timestamp> for DateTime {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Timestamp, D::Error> {
        deserializer.deserialize_str(TextVisitor(Timestamp::parse_date_time))
    }

    fn write<S: Serializer>(value: &Timestamp, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&value.to_date_time())
    }
}

impl Format<Timestamp> for HttpDate {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Timestamp, D::Error> {
        deserializer.deserialize_str(TextVisitor(Timestamp::parse_http_date))
    }

    fn write<S: Serializer>(value: &Timestamp, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&value.to_http_date().map_err(S::Error::custom)?)
    }
}

struct TextVisitor(fn(&str) -> Result<Timestamp, TimestampError>);

impl Visitor<'_> for TextVisitor {
    type Value = Timestamp;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a date and time")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Timestamp, E> {
        (self.0)(text).map_err(E::custom)
    }
}

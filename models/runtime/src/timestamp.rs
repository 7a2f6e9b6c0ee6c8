//! A moment, which AWS models write in three formats.

use std::fmt;
use std::time::{Duration, SystemTime};

/// A moment, to the nanosecond, from the year -9999 to 9999.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(jiff::Timestamp);

/// A text or number that is no moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimestampError(String);

impl fmt::Display for TimestampError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for TimestampError {}

fn error(error: impl fmt::Display) -> TimestampError {
    TimestampError(error.to_string())
}

impl Timestamp {
    /// The moment this many seconds and nanoseconds after 1970 began, UTC.
    ///
    /// # Errors
    /// If it lies outside the years that are supported.
    pub fn from_epoch(seconds: i64, nanoseconds: i32) -> Result<Self, TimestampError> {
        jiff::Timestamp::new(seconds, nanoseconds)
            .map(Self)
            .map_err(error)
    }

    /// Whole seconds since 1970 began, UTC, rounded down.
    pub fn epoch_seconds(&self) -> i64 {
        self.0
            .as_nanosecond()
            .div_euclid(1_000_000_000)
            .try_into()
            .unwrap_or(self.0.as_second())
    }

    /// Nanoseconds after [`Self::epoch_seconds`].
    pub fn subsecond_nanoseconds(&self) -> u32 {
        self.0
            .as_nanosecond()
            .rem_euclid(1_000_000_000)
            .try_into()
            .unwrap_or_default()
    }

    /// Reads an RFC 3339 date and time with any offset, such as `2017-08-14T10:44:34.5Z`.
    ///
    /// # Errors
    /// If the text is none.
    pub fn parse_date_time(text: &str) -> Result<Self, TimestampError> {
        text.parse().map(Self).map_err(error)
    }

    /// Writes an RFC 3339 date and time in UTC.
    pub fn to_date_time(&self) -> String {
        self.0.to_string()
    }

    /// Reads an HTTP date, such as `Mon, 14 Aug 2017 10:44:34 GMT`.
    ///
    /// # Errors
    /// If the text is none.
    pub fn parse_http_date(text: &str) -> Result<Self, TimestampError> {
        let zoned = jiff::fmt::rfc2822::parse(text).map_err(error)?;
        Ok(Self(zoned.timestamp()))
    }

    /// Writes an HTTP date; what is below a second is lost, as the format has no place for it.
    ///
    /// # Errors
    /// If the year is below 0, which the format cannot write.
    pub fn to_http_date(&self) -> Result<String, TimestampError> {
        jiff::fmt::rfc2822::DateTimePrinter::new()
            .timestamp_to_rfc9110_string(&self.0)
            .map_err(error)
    }

    /// Reads seconds since 1970 with a fraction, to the microsecond, as far as `f64` is exact.
    ///
    /// # Errors
    /// If the number is no moment.
    pub fn from_epoch_f64(seconds: f64) -> Result<Self, TimestampError> {
        const BOUND: f64 = 1e12;
        if !(-BOUND..BOUND).contains(&seconds) {
            return Err(TimestampError(format!(
                "{seconds} seconds since 1970 are out of range"
            )));
        }
        #[expect(clippy::cast_possible_truncation, reason = "bounded just above")]
        let microseconds = (seconds * 1e6).round() as i64;
        jiff::Timestamp::from_microsecond(microseconds)
            .map(Self)
            .map_err(error)
    }
}

impl From<SystemTime> for Timestamp {
    /// A moment outside the supported years becomes the nearest that is supported.
    fn from(time: SystemTime) -> Self {
        Self(
            jiff::Timestamp::try_from(time).unwrap_or(if time < SystemTime::UNIX_EPOCH {
                jiff::Timestamp::MIN
            } else {
                jiff::Timestamp::MAX
            }),
        )
    }
}

impl From<Timestamp> for SystemTime {
    fn from(timestamp: Timestamp) -> Self {
        let nanoseconds = Duration::from_nanos(u64::from(timestamp.subsecond_nanoseconds()));
        let seconds = timestamp.epoch_seconds();
        let whole = Duration::from_secs(seconds.unsigned_abs());
        let base = if seconds < 0 {
            Self::UNIX_EPOCH - whole
        } else {
            Self::UNIX_EPOCH + whole
        };
        base + nanoseconds
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

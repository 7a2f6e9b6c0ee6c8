//! A moment, which AWS models write in three formats.

use std::fmt;
use std::time::{Duration, SystemTime};

use jiff::SignedDuration;
use jiff::civil::DateTime;
use jiff::fmt::temporal::Pieces;

const EPOCH: DateTime = jiff::civil::datetime(1970, 1, 1, 0, 0, 0, 0);
/// IMF-fixdate, to which Smithy adds that there may be a fraction of a second.
const HTTP_DATE: &str = "%a, %d %b %Y %H:%M:%S%.f GMT";

/// A moment, to the nanosecond, from the year -9999 to 9999.
// Date and time in UTC, and not jiff's own moment: that ends a day before the end of the year 9999,
// which services say for "never".
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(DateTime);

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
        let fraction = SignedDuration::from_nanos(nanoseconds.into());
        let whole = EPOCH.checked_add(SignedDuration::from_secs(seconds));
        let moment = whole.and_then(|whole| whole.checked_add(fraction));
        moment.map(Self).map_err(error)
    }

    /// Seconds and nanoseconds since 1970 began, UTC, rounded down.
    fn since_epoch(&self) -> (i64, u32) {
        let since = self.0.duration_since(EPOCH);
        match u32::try_from(since.subsec_nanos()) {
            Ok(nanoseconds) => (since.as_secs(), nanoseconds),
            Err(_) => (
                since.as_secs() - 1,
                1_000_000_000 - since.subsec_nanos().unsigned_abs(),
            ),
        }
    }

    /// Whole seconds since 1970 began, UTC, rounded down.
    pub fn epoch_seconds(&self) -> i64 {
        self.since_epoch().0
    }

    /// Nanoseconds after [`Self::epoch_seconds`].
    pub fn subsecond_nanoseconds(&self) -> u32 {
        self.since_epoch().1
    }

    /// Reads an RFC 3339 date and time with any offset, such as `2017-08-14T10:44:34.5Z`.
    ///
    /// # Errors
    /// If the text is none.
    pub fn parse_date_time(text: &str) -> Result<Self, TimestampError> {
        let pieces = Pieces::parse(text).map_err(error)?;
        let (Some(time), Some(offset)) = (pieces.time(), pieces.to_numeric_offset()) else {
            let problem = format!("{text:?} lacks the time or the offset of a moment");
            return Err(TimestampError(problem));
        };
        let offset = SignedDuration::from_secs(offset.seconds().into());
        let moment = pieces.date().to_datetime(time).checked_sub(offset);
        moment.map(Self).map_err(error)
    }

    /// Writes an RFC 3339 date and time in UTC.
    pub fn to_date_time(&self) -> String {
        self.to_string()
    }

    /// Reads an HTTP date, such as `Mon, 14 Aug 2017 10:44:34 GMT`.
    ///
    /// # Errors
    /// If the text is none.
    pub fn parse_http_date(text: &str) -> Result<Self, TimestampError> {
        if let Ok(moment) = DateTime::strptime(HTTP_DATE, text) {
            return Ok(Self(moment));
        }
        // Also the forms of mail that servers send instead.
        let zoned = jiff::fmt::rfc2822::parse(text).map_err(error)?;
        Self::parse_date_time(&zoned.timestamp().to_string())
    }

    /// Writes an HTTP date; what is below a second is lost, as many a reader takes none.
    ///
    /// # Errors
    /// If the year is below 0, which the format cannot write.
    pub fn to_http_date(&self) -> Result<String, TimestampError> {
        if self.0.year() < 0 {
            let problem = format!("the year of {self} is below 0, which HTTP dates cannot write");
            return Err(TimestampError(problem));
        }
        let whole = self.0.with().subsec_nanosecond(0).build().map_err(error)?;
        Ok(whole.strftime(HTTP_DATE).to_string())
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
        let whole = seconds.floor();
        let microseconds = ((seconds - whole) * 1e6).round();
        #[expect(clippy::cast_possible_truncation, reason = "bounded just above")]
        Self::from_epoch(whole as i64, microseconds as i32 * 1_000)
    }

    /// Writes seconds since 1970 with a fraction, to the microsecond, as far as `f64` is exact.
    #[expect(clippy::cast_precision_loss, reason = "what `f64` has not, is lost")]
    pub fn to_epoch_f64(&self) -> f64 {
        const EXACT: i64 = 1 << f64::MANTISSA_DIGITS;
        let (seconds, nanoseconds) = self.since_epoch();
        let microseconds = nanoseconds / 1_000;
        match seconds.checked_mul(1_000_000) {
            // Rounded once: 1 + 0.003691 as a sum of floats is 1.0036909999999999.
            Some(whole) if whole.abs() < EXACT => (whole + i64::from(microseconds)) as f64 / 1e6,
            _ => seconds as f64 + f64::from(microseconds) / 1e6,
        }
    }
}

impl From<SystemTime> for Timestamp {
    /// A moment outside the supported years becomes the nearest that is supported.
    fn from(time: SystemTime) -> Self {
        let (since, nearest) = match time.duration_since(SystemTime::UNIX_EPOCH) {
            Ok(after) => (SignedDuration::try_from(after), DateTime::MAX),
            Err(before) => {
                let before = SignedDuration::try_from(before.duration());
                (before.map(|before| -before), DateTime::MIN)
            }
        };
        let moment = since.and_then(|since| EPOCH.checked_add(since));
        Self(moment.unwrap_or(nearest))
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
        write!(f, "{}Z", self.0)
    }
}

impl fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

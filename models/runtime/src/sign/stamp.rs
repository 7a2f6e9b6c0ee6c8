//! The time of a signature, such as `20150830T123600Z`.

use std::time::SystemTime;

use super::SigningError;

const DIGITS: &[u8; 10] = b"0123456789";

/// A moment to the second, UTC.
pub(crate) struct Stamp([u8; 16]);

impl Stamp {
    pub(crate) fn of(at: SystemTime) -> Result<Self, SigningError> {
        let since = at.duration_since(SystemTime::UNIX_EPOCH);
        let seconds = since.map_err(|_| SigningError::Time)?.as_secs();
        let (year, month, day) = date(seconds / 86_400).ok_or(SigningError::Time)?;
        let second = seconds % 86_400;
        let mut text = *b"00000000T000000Z";
        for (place, number) in [
            (0, year / 100),
            (2, year % 100),
            (4, month),
            (6, day),
            (9, second / 3_600),
            (11, second / 60 % 60),
            (13, second % 60),
        ] {
            text[place] = DIGITS[(number / 10 % 10) as usize];
            text[place + 1] = DIGITS[(number % 10) as usize];
        }
        Ok(Self(text))
    }

    pub(crate) fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// The day alone, such as `20150830`.
    pub(super) fn day(&self) -> &str {
        self.as_str().get(..8).unwrap_or_default()
    }
}

/// Year, month and day of this many days after 1970 began, up to the year 9999.
fn date(days: u64) -> Option<(u64, u64, u64)> {
    const LAST: u64 = 2_932_896;
    const IN_400_YEARS: u64 = 146_097;
    if days > LAST {
        return None;
    }
    // Years are counted from the first of March, so that the leap day is a year's last; the first
    // of them is that of the year 0.
    let days = days + 719_468;
    let (cycle, in_cycle) = (days / IN_400_YEARS, days % IN_400_YEARS);
    let leap_days = in_cycle / 1_460 - in_cycle / 36_524 + in_cycle / (IN_400_YEARS - 1);
    let year_in_cycle = (in_cycle - leap_days) / 365;
    let in_year = in_cycle - (365 * year_in_cycle + year_in_cycle / 4 - year_in_cycle / 100);
    // From March on, five months in a row always have 153 days.
    let month = (5 * in_year + 2) / 153;
    let day = in_year - (153 * month + 2) / 5 + 1;
    let (year, month) = match month {
        0..10 => (0, month + 3),
        _ => (1, month - 9),
    };
    Some((cycle * 400 + year_in_cycle + year, month, day))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn stamp(seconds: u64) -> Option<String> {
        let at = SystemTime::UNIX_EPOCH.checked_add(Duration::from_secs(seconds))?;
        Stamp::of(at).ok().map(|stamp| stamp.as_str().to_owned())
    }

    #[test]
    fn a_moment_is_written_to_the_second() {
        for (seconds, expected) in [
            (0, "19700101T000000Z"),
            (951_782_399, "20000228T235959Z"),
            (951_782_400, "20000229T000000Z"),
            (951_868_800, "20000301T000000Z"),
            (1_440_938_160, "20150830T123600Z"),
            (4_107_542_399, "21000228T235959Z"),
            (4_107_542_400, "21000301T000000Z"),
            (253_402_300_799, "99991231T235959Z"),
        ] {
            assert_eq!(stamp(seconds).as_deref(), Some(expected));
        }
    }

    #[test]
    fn a_moment_outside_the_years_is_refused() {
        assert_eq!(stamp(253_402_300_800), None);
        let before = SystemTime::UNIX_EPOCH - Duration::from_secs(1);
        assert_eq!(Stamp::of(before).err(), Some(SigningError::Time));
    }
}

//! Numbers: what their digits say.

/// A number as it is handed on.
#[derive(Clone, Copy)]
pub(super) enum Number<'de> {
    /// Zero or more.
    Positive(u64),
    /// Less than zero.
    Negative(i64),
    /// With a point or an exponent, beyond 64 bits, or `-0`; and how it is written.
    Float(f64, &'de str),
}

impl<'de> Number<'de> {
    /// Of a text that is a JSON number; none if no float is that large.
    pub(super) fn of(text: &'de str, is_integer: bool) -> Option<Self> {
        if is_integer {
            if let Ok(value) = text.parse() {
                return Some(Self::Positive(value));
            }
            match text.parse() {
                Ok(0) | Err(_) => {}
                Ok(value) => return Some(Self::Negative(value)),
            }
        }
        let value: f64 = text.parse().ok()?;
        value.is_finite().then_some(Self::Float(value, text))
    }

    /// The same number; as an integer if it is a whole one.
    #[inline]
    pub(super) fn whole(self) -> Self {
        match self {
            Self::Float(_, text) => integer(text).map_or(self, Self::Negative),
            _ => self,
        }
    }
}

/// The integer that is written with a point or an exponent, to its last digit.
#[cold]
fn integer(text: &str) -> Option<i64> {
    let (decimal, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (ones, fraction) = decimal.split_once('.').unwrap_or((decimal, ""));
    let digits = format!("{ones}{fraction}");
    let significant = digits.trim_end_matches('0');
    if matches!(significant, "" | "-") {
        return Some(0);
    }
    let exponent: i64 = exponent.parse().ok()?;
    let zeros = i64::try_from(digits.len() - significant.len()).ok()?;
    let zeros = zeros.checked_add(exponent)? - i64::try_from(fraction.len()).ok()?;
    let factor = 10_i64.checked_pow(u32::try_from(zeros).ok()?)?;
    significant.parse::<i64>().ok()?.checked_mul(factor)
}

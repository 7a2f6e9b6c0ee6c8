//! Versions of upstream releases, compared by number.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A release such as `1.43.7`, which is older than `1.43.13`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub(crate) struct Version {
    text: String,
    numbers: Vec<u64>,
}

impl FromStr for Version {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let numbers = text.split('.').map(|number| {
            let plain = number.bytes().all(|byte| byte.is_ascii_digit());
            number.parse::<u64>().ok().filter(|_| plain)
        });
        match numbers.collect::<Option<Vec<_>>>() {
            Some(mut numbers) => {
                // 1.29 and 1.29.0 are one release.
                while numbers.last() == Some(&0) {
                    numbers.pop();
                }
                Ok(Self {
                    text: text.to_owned(),
                    numbers,
                })
            }
            None => Err(format!(
                "`{}` is no version: write numbers with dots, such as 1.43.7",
                text.escape_debug()
            )),
        }
    }
}

impl TryFrom<String> for Version {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

impl From<Version> for String {
    fn from(version: Version) -> Self {
        version.text
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}

impl Ord for Version {
    fn cmp(&self, other: &Self) -> Ordering {
        self.numbers.cmp(&other.numbers)
    }
}

impl PartialOrd for Version {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Version {
    fn eq(&self, other: &Self) -> bool {
        self.numbers == other.numbers
    }
}

impl Eq for Version {}

#[cfg(test)]
mod tests {
    use super::Version;

    #[test]
    fn versions_compare_by_number() {
        let version = |text: &str| text.parse::<Version>().unwrap();
        assert!(version("1.43.7") < version("1.43.13"));
        assert!(version("1.9.99") < version("1.10"));
        assert_eq!(version("1.29"), version("1.29.0"));
    }

    #[test]
    fn what_has_no_plain_numbers_is_no_version() {
        for text in [
            "",
            "1.",
            "1..2",
            "v1",
            "1.2rc1",
            "+1",
            "99999999999999999999",
        ] {
            assert!(text.parse::<Version>().is_err(), "{text}");
        }
    }
}

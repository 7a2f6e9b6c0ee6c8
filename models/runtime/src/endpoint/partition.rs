//! Partitions: the separate parts of AWS, each with regions and names of hosts of its own.

use super::partitions::PARTITIONS;

/// A part of AWS with regions and names of hosts of its own, such as China's.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Partition {
    /// Its name, which also stands in ARNs.
    pub name: &'static str,
    /// What names of hosts end with.
    pub dns_suffix: &'static str,
    /// What names of hosts end with that are reached by IPv6, too.
    pub dual_stack_dns_suffix: &'static str,
    /// Whether it has endpoints that fulfil FIPS 140.
    pub supports_fips: bool,
    /// Whether it has endpoints that are reached by IPv6, too.
    pub supports_dual_stack: bool,
    /// The region that signs for services without regions.
    pub implicit_global_region: &'static str,
    /// The region that stands for the whole, which no pattern knows.
    pub(super) global: &'static str,
    /// What names of regions begin with. Each goes on with a word and a number, so that a region
    /// need not be known to be found.
    pub(super) areas: &'static [&'static str],
}

impl Partition {
    /// All partitions.
    pub fn all() -> &'static [Self] {
        PARTITIONS
    }

    /// The partition of a region; AWS's first one if no other has such regions.
    pub fn of(region: &str) -> &'static Self {
        let mut partitions = PARTITIONS.iter();
        partitions
            .find(|one| one.has(region))
            .unwrap_or(&PARTITIONS[0])
    }

    fn has(&self, region: &str) -> bool {
        let mut areas = self.areas.iter();
        (region == self.global && !region.is_empty())
            || areas.any(|area| region.strip_prefix(area).is_some_and(is_place))
    }
}

/// Whether it is a word and a number, each after a hyphen: `-east-1`.
fn is_place(rest: &str) -> bool {
    let parts = rest.strip_prefix('-').and_then(|rest| rest.split_once('-'));
    parts.is_some_and(|(word, number)| {
        let is_letter = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
        !word.is_empty()
            && word.bytes().all(is_letter)
            && !number.is_empty()
            && number.bytes().all(|byte| byte.is_ascii_digit())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_region_is_found_by_its_form() {
        for (region, partition) in [
            ("us-east-1", "aws"),
            ("mx-central-77", "aws"),
            ("aws-global", "aws"),
            ("cn-north-1", "aws-cn"),
            ("aws-cn-global", "aws-cn"),
            ("us-gov-west-1", "aws-us-gov"),
            ("us-iso-east-1", "aws-iso"),
            ("us-isob-west-9", "aws-iso-b"),
            ("eusc-de-east-1", "aws-eusc"),
        ] {
            assert_eq!(Partition::of(region).name, partition, "{region}");
        }
    }

    #[test]
    fn what_has_no_form_is_of_the_first_partition() {
        for region in [
            "",
            "-",
            "cn",
            "cn-",
            "cn-north",
            "cn-north-",
            "cn--1",
            "cn-north-1a",
            "cn-é-1",
            "nowhere",
        ] {
            assert_eq!(Partition::of(region).name, "aws", "{region}");
        }
    }
}

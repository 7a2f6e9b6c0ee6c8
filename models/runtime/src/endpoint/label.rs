//! What a name of a host, and what a name of a bucket in such, may be.

use std::net::Ipv4Addr;

/// Whether it can be a label of a name of a host, or, if that is allowed, several with dots between.
pub(super) fn is_host_label(text: &str, allow_subdomains: bool) -> bool {
    if allow_subdomains {
        return text.split('.').all(|label| is_host_label(label, false));
    }
    let is_inner = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    (1..=63).contains(&text.len())
        && text.bytes().all(is_inner)
        && !text.starts_with('-')
        && !text.ends_with('-')
}

/// Whether a bucket of this name can be the first label of a name of a host.
pub(super) fn is_bucket_label(text: &str, allow_subdomains: bool) -> bool {
    (3..=63).contains(&text.len())
        && !text.contains(|c: char| c.is_ascii_uppercase())
        && text.parse::<Ipv4Addr>().is_err()
        && is_host_label(text, allow_subdomains)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_has_letters_digits_and_inner_hyphens() {
        let longest = "a".repeat(63);
        for label in ["a", "A1", "0", "a-b", "a--b", &longest] {
            assert!(is_host_label(label, false), "{label}");
        }
        let too_long = "a".repeat(64);
        for label in [
            "", "-a", "a-", "a.b", "a_b", "ä", "a b", "a/b", "a\n", &too_long,
        ] {
            assert!(!is_host_label(label, false), "{label}");
        }
    }

    #[test]
    fn subdomains_are_labels_each() {
        assert!(is_host_label("a.b-c.d", true));
        for name in ["", ".", "a.", ".a", "a..b", "a.-b"] {
            assert!(!is_host_label(name, true), "{name}");
        }
    }

    #[test]
    fn a_bucket_is_lower_case_of_three_characters_or_more_and_no_address() {
        assert!(is_bucket_label("abc", false));
        assert!(is_bucket_label("a.bc", true));
        for name in ["ab", "Abc", "a.bc", "1.2.3.4"] {
            assert!(!is_bucket_label(name, false), "{name}");
        }
        assert!(!is_bucket_label("192.168.0.1", true));
    }
}

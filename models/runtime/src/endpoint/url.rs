//! A URL taken apart.

use std::net::Ipv4Addr;

/// The parts of an `http` or `https` URL without a query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Url<'a> {
    pub(super) scheme: &'a str,
    /// The host, and the port if there is one.
    pub(super) authority: &'a str,
    /// Empty, or with a slash at its beginning.
    pub(super) path: &'a str,
}

impl<'a> Url<'a> {
    /// The parts of a URL; none if it is none that an endpoint can have.
    pub(super) fn parse(text: &'a str) -> Option<Self> {
        let (scheme, rest) = text.split_once("://")?;
        let is_known = matches!(scheme, "http" | "https");
        if !is_known || rest.contains(['?', '#', '\\']) || rest.contains(char::is_control) {
            return None;
        }
        let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        let (host, port) = host_and_port(authority);
        let has_port = port.is_none_or(|port| port.parse::<u16>().is_ok());
        (!host.is_empty() && has_port).then_some(Self {
            scheme,
            authority,
            path,
        })
    }

    /// Whether the host is an address rather than a name.
    pub(super) fn is_ip(&self) -> bool {
        let (host, _) = host_and_port(self.authority);
        is_ip(host)
    }
}

/// Whether the host of a URL is an address rather than a name.
pub(super) fn is_ip(host: &str) -> bool {
    host.starts_with('[') || host.parse::<Ipv4Addr>().is_ok()
}

fn host_and_port(authority: &str) -> (&str, Option<&str>) {
    // In an address of IPv6, which stands in brackets, colons are no beginning of a port.
    let after_host = authority.rfind(']').unwrap_or(0);
    match authority[after_host..].find(':') {
        Some(colon) => {
            let (host, port) = authority.split_at(after_host + colon);
            (host, Some(&port[1..]))
        }
        None => (authority, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> Option<(&str, &str, &str, bool)> {
        Url::parse(text).map(|url| (url.scheme, url.authority, url.path, url.is_ip()))
    }

    #[test]
    fn a_url_has_a_scheme_an_authority_and_a_path() {
        assert_eq!(parts("https://a.b"), Some(("https", "a.b", "", false)));
        assert_eq!(
            parts("http://a.b:80/c/d"),
            Some(("http", "a.b:80", "/c/d", false))
        );
    }

    #[test]
    fn an_address_is_told_from_a_name() {
        for (url, is_ip) in [
            ("http://127.0.0.1:5000", true),
            ("http://[::1]:80/x", true),
            ("http://[::1]", true),
            ("http://127.0.0.1.example", false),
            ("http://localhost:1", false),
        ] {
            assert_eq!(Url::parse(url).map(|url| url.is_ip()), Some(is_ip), "{url}");
        }
    }

    #[test]
    fn what_no_endpoint_can_have_is_no_url() {
        for text in [
            "",
            "a.b",
            "//a.b",
            "ftp://a.b",
            "https://",
            "https:///a",
            "https://a?b",
            "https://a#b",
            "https://a:b",
            "https://a:70000",
            "https://:80",
            "https://a\n",
            "https://a\\b",
        ] {
            assert_eq!(Url::parse(text), None, "{text}");
        }
    }
}

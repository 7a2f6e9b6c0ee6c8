//! What an endpoint depends on.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

/// What an endpoint depends on: the region and the like, and whatever else the service's rules ask
/// for, by the names that the rules have for it.
///
/// What the rules do not know has no effect. A generated crate lists what they know in
/// `endpoint::PARAMETERS`.
#[derive(Clone, Default, PartialEq)]
pub struct Parameters(BTreeMap<Cow<'static, str>, ParameterValue>);

/// The value of a parameter.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum ParameterValue {
    /// A text.
    Text(String),
    /// Yes or no.
    Flag(bool),
    /// A list of texts.
    Texts(Vec<String>),
}

impl Parameters {
    pub(super) const REGION: &'static str = "Region";
    const FIPS: &'static str = "UseFIPS";
    const DUAL_STACK: &'static str = "UseDualStack";
    const ENDPOINT: &'static str = "Endpoint";

    /// No parameters.
    pub fn new() -> Self {
        Self::default()
    }

    /// The same for a region, such as `us-east-1`.
    #[must_use]
    pub fn with_region(self, region: impl Into<String>) -> Self {
        self.with(Self::REGION, region.into())
    }

    /// The same with endpoints that fulfil FIPS 140, or without.
    #[must_use]
    pub fn with_fips(self, fips: bool) -> Self {
        self.with(Self::FIPS, fips)
    }

    /// The same with endpoints that are reached by IPv6, too, or without.
    #[must_use]
    pub fn with_dual_stack(self, dual_stack: bool) -> Self {
        self.with(Self::DUAL_STACK, dual_stack)
    }

    /// The same with a URL to use instead of the service's own.
    #[must_use]
    pub fn with_endpoint(self, url: impl Into<String>) -> Self {
        self.with(Self::ENDPOINT, url.into())
    }

    /// The same with a parameter by name.
    #[must_use]
    pub fn with(
        mut self,
        name: impl Into<Cow<'static, str>>,
        value: impl Into<ParameterValue>,
    ) -> Self {
        self.set(name, value);
        self
    }

    /// Sets a parameter by name.
    pub fn set(&mut self, name: impl Into<Cow<'static, str>>, value: impl Into<ParameterValue>) {
        self.0.insert(name.into(), value.into());
    }

    /// The region, if it is set.
    pub fn region(&self) -> Option<&str> {
        match self.get(Self::REGION) {
            Some(ParameterValue::Text(region)) => Some(region),
            _ => None,
        }
    }

    /// A parameter by name.
    pub fn get(&self, name: &str) -> Option<&ParameterValue> {
        self.0.get(name)
    }

    /// Whether none is set.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Display for Parameters {
    /// In the order of their names. Credentials in a URL are not shown.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut separator = "";
        for (name, value) in &self.0 {
            write!(f, "{separator}{name} {value}")?;
            separator = ", ";
        }
        Ok(())
    }
}

impl fmt::Debug for Parameters {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Parameters({self})")
    }
}

impl fmt::Display for ParameterValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => match (text.split_once("://"), text.rsplit_once('@')) {
                (Some((scheme, _)), Some((_, host))) => {
                    write!(f, "{:?}", format!("{scheme}://…@{host}"))
                }
                _ => write!(f, "{text:?}"),
            },
            Self::Flag(flag) => write!(f, "{flag}"),
            Self::Texts(texts) => write!(f, "{texts:?}"),
        }
    }
}

impl From<&str> for ParameterValue {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for ParameterValue {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<bool> for ParameterValue {
    fn from(flag: bool) -> Self {
        Self::Flag(flag)
    }
}

impl From<Vec<String>> for ParameterValue {
    fn from(texts: Vec<String>) -> Self {
        Self::Texts(texts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credentials_in_a_url_are_never_shown() {
        let parameters = Parameters::new()
            .with_region("eu-west-1")
            .with_endpoint("https://me:hunter2@localhost");
        let shown = [parameters.to_string(), format!("{parameters:?}")].concat();
        assert!(!shown.contains("hunter2"), "{shown}");
        assert!(shown.contains("localhost"), "{shown}");
        assert!(shown.contains("Region \"eu-west-1\""), "{shown}");
    }

    #[test]
    fn what_is_set_last_counts() {
        let mut parameters = Parameters::new().with_region("a").with_region("b");
        assert_eq!(parameters.region(), Some("b"));
        parameters.set("Region", true);
        assert_eq!(parameters.region(), None);
    }
}

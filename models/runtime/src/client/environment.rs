//! A client as the environment and the profile of the user say.

use std::sync::Arc;

use super::config::{Builder, ConfigError};
use crate::Service;
use crate::credentials::{Cached, DefaultChain, Fetch, Settings, Variables};

impl<S: Service> Builder<S> {
    /// A client as the environment and the profile say, with the credentials of the
    /// [`DefaultChain`], which asks through `fetch`: one over the client's transport is
    /// `fetch_over` or `fetch_over_blocking`. What is called on the builder after this stands above it.
    ///
    /// | variable | or the profile's | sets |
    /// |---|---|---|
    /// | `AWS_REGION`, `AWS_DEFAULT_REGION` | `region` | [`region`](Self::region) |
    /// | `AWS_ENDPOINT_URL_BATCH` (of Batch), `AWS_ENDPOINT_URL` | `endpoint_url` | [`endpoint_url`](Self::endpoint_url) |
    /// | `AWS_USE_FIPS_ENDPOINT` | `use_fips_endpoint` | [`use_fips`](Self::use_fips) |
    /// | `AWS_USE_DUALSTACK_ENDPOINT` | `use_dualstack_endpoint` | [`use_dual_stack`](Self::use_dual_stack) |
    /// | `AWS_MAX_ATTEMPTS` | `max_attempts` | the attempts of [`retries`](Self::retries) |
    ///
    /// `AWS_IGNORE_CONFIGURED_ENDPOINT_URLS`, or `ignore_configured_endpoint_urls`, takes no URL from
    /// there. A profile's section `services` is not read.
    ///
    /// # Errors
    /// If a value is none that its variable can have, or a file of profiles cannot be read. Credentials
    /// are looked for when the first request is signed.
    pub fn from_environment(fetch: Arc<dyn Fetch>) -> Result<Self, ConfigError> {
        Self::from_variables(&Variables::of_process(), fetch)
    }

    /// [`from_environment`](Self::from_environment) with other variables than the process has.
    ///
    /// # Errors
    /// As there.
    pub fn from_variables(
        variables: &Variables,
        fetch: Arc<dyn Fetch>,
    ) -> Result<Self, ConfigError> {
        let settings = Settings::read(variables).map_err(ConfigError::Profile)?;
        let mut builder = Self::new();
        if let Some(region) = settings.region() {
            builder = builder.region(region);
        }
        if let Some(url) = endpoint_url::<S>(&settings)? {
            builder = builder.endpoint_url(url);
        }
        if let Some(fips) = flag(&settings, "AWS_USE_FIPS_ENDPOINT", "use_fips_endpoint")? {
            builder = builder.use_fips(fips);
        }
        let dual_stack = ("AWS_USE_DUALSTACK_ENDPOINT", "use_dualstack_endpoint");
        if let Some(dual_stack) = flag(&settings, dual_stack.0, dual_stack.1)? {
            builder = builder.use_dual_stack(dual_stack);
        }
        let max_attempts = ("AWS_MAX_ATTEMPTS", "max_attempts");
        if let Some(text) = settings.get(max_attempts.0, max_attempts.1) {
            let attempts = text.parse().ok().filter(|attempts| *attempts > 0);
            let wrong = || wrong(max_attempts.0, max_attempts.1, text, "a number above 0");
            builder = builder.max_attempts(attempts.ok_or_else(wrong)?);
        }
        let chain = Cached::new(DefaultChain::new(variables.clone(), fetch));
        Ok(builder.credentials_provider(chain))
    }
}

fn endpoint_url<'s, S: Service>(
    settings: &'s Settings<'_>,
) -> Result<Option<&'s str>, ConfigError> {
    let ignored = (
        "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS",
        "ignore_configured_endpoint_urls",
    );
    if flag(settings, ignored.0, ignored.1)? == Some(true) {
        return Ok(None);
    }
    let of_service = |char: char| match char {
        char if char.is_ascii_alphanumeric() => char.to_ascii_uppercase(),
        _ => '_',
    };
    let of_service: String = S::ID.chars().map(of_service).collect();
    let of_service = settings.variable(&format!("AWS_ENDPOINT_URL_{of_service}"));
    Ok(of_service.or_else(|| settings.get("AWS_ENDPOINT_URL", "endpoint_url")))
}

/// Yes or no. What is neither is an error: whoever mistypes would send elsewhere than is meant.
fn flag(
    settings: &Settings<'_>,
    variable: &'static str,
    key: &'static str,
) -> Result<Option<bool>, ConfigError> {
    match settings.get(variable, key) {
        None => Ok(None),
        Some(text) if text.eq_ignore_ascii_case("true") => Ok(Some(true)),
        Some(text) if text.eq_ignore_ascii_case("false") => Ok(Some(false)),
        Some(text) => Err(wrong(variable, key, text, "true or false")),
    }
}

fn wrong(
    variable: &'static str,
    key: &'static str,
    value: &str,
    expected: &'static str,
) -> ConfigError {
    ConfigError::Setting {
        variable,
        key,
        value: value.to_owned(),
        expected,
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::sync::Arc;

    use bytes::Bytes;
    use http::Request;

    use super::{Builder, ConfigError};
    use crate::credentials::{FetchError, Variables};
    use crate::endpoint::{Endpoint, EndpointError, Parameters};

    enum AutoScaling {}

    impl crate::Service for AutoScaling {
        const ID: &'static str = "Auto Scaling";
        const SIGNING_NAME: &'static str = "autoscaling";
        const API_VERSION: &'static str = "2011-01-01";

        fn endpoint(_: &Parameters) -> Result<Endpoint, EndpointError> {
            Endpoint::new("https://localhost")
        }
    }

    /// What the builder shows of itself, with these variables and this profile.
    fn told(config: &str, variables: &[(&str, &str)]) -> Result<String, ConfigError> {
        let home = tempfile::tempdir().unwrap();
        let file = home.path().join("config");
        fs::write(&file, config).unwrap();
        let file = file.to_str().unwrap();
        let nowhere = home.path().join("none");
        let files = [
            ("AWS_CONFIG_FILE", file),
            ("AWS_SHARED_CREDENTIALS_FILE", nowhere.to_str().unwrap()),
        ];
        let variables: Variables = files.iter().chain(variables).copied().collect();
        let nobody = |_: Request<Bytes>| Err(FetchError::from("nobody is there"));
        let builder = Builder::<AutoScaling>::from_variables(&variables, Arc::new(nobody))?;
        Ok(format!("{builder:?}"))
    }

    #[test]
    fn variables_stand_above_the_profile_and_a_services_own_above_all() {
        let profile = "[default]\nregion = eu-west-1\nendpoint_url = http://localhost:1\n\
            use_fips_endpoint = true\nuse_dualstack_endpoint = TRUE\nmax_attempts = 5\n";
        let alone = told(profile, &[]).unwrap();
        for part in [
            "Endpoint \"http://localhost:1\"",
            "Region \"eu-west-1\"",
            "UseDualStack true",
            "UseFIPS true",
            "max_attempts: 5",
        ] {
            assert!(alone.contains(part), "{part} is not in {alone}");
        }
        let variables = [
            ("AWS_REGION", "us-east-2"),
            ("AWS_ENDPOINT_URL", "http://localhost:2"),
            ("AWS_ENDPOINT_URL_AUTO_SCALING", "http://localhost:3"),
            ("AWS_USE_FIPS_ENDPOINT", "false"),
            ("AWS_MAX_ATTEMPTS", "7"),
        ];
        let both = told(profile, &variables).unwrap();
        for part in [
            "Endpoint \"http://localhost:3\"",
            "Region \"us-east-2\"",
            "UseFIPS false",
            "max_attempts: 7",
        ] {
            assert!(both.contains(part), "{part} is not in {both}");
        }
    }

    #[test]
    fn configured_urls_are_ignored_if_that_is_told() {
        let variables = [
            ("AWS_ENDPOINT_URL", "http://localhost:2"),
            ("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true"),
        ];
        assert!(!told("", &variables).unwrap().contains("localhost:2"));
    }

    #[test]
    fn a_value_that_makes_no_sense_is_an_error_that_names_it() {
        for (name, value) in [
            ("AWS_USE_FIPS_ENDPOINT", "yes"),
            ("AWS_USE_DUALSTACK_ENDPOINT", "1"),
            ("AWS_MAX_ATTEMPTS", "0"),
            ("AWS_MAX_ATTEMPTS", "many"),
        ] {
            let error = told("", &[(name, value)]).unwrap_err().to_string();
            assert!(error.contains(name) && error.contains(value), "{error}");
        }
    }
}

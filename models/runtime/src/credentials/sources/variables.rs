//! The variables of a process, as data.

use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;

/// Variables by name. An empty one counts as not set.
#[derive(Clone, Default)]
pub struct Variables(BTreeMap<String, String>);

impl Variables {
    /// Those of this process that have to do with AWS, as they are now.
    pub fn of_process() -> Self {
        let all = std::env::vars_os();
        let texts = all.filter_map(|(name, value)| {
            Some((name.into_string().ok()?, value.into_string().ok()?))
        });
        texts
            .filter(|(name, _)| name.starts_with("AWS_") || HOMES.contains(&name.as_str()))
            .collect()
    }

    /// A variable that is set and not empty.
    pub fn get(&self, name: &str) -> Option<&str> {
        let value = self.0.get(name)?;
        Some(value.as_str()).filter(|value| !value.is_empty())
    }

    /// Where a service of a region is: as the variable says, or else where AWS has it.
    pub(super) fn endpoint(&self, variable: &str, host: &str, region: &str) -> String {
        let suffix = if region.starts_with("cn-") { ".cn" } else { "" };
        let usual = || format!("https://{host}.{region}.amazonaws.com{suffix}");
        let given = self.get(variable).map(|url| url.trim_end_matches('/'));
        given.map_or_else(usual, str::to_owned)
    }

    /// The user's folder.
    pub(super) fn home(&self) -> Option<PathBuf> {
        let home = HOMES.into_iter().find_map(|name| self.get(name));
        home.map(PathBuf::from)
    }

    /// A path that the variable names, or else one within the user's folder.
    pub(super) fn path(&self, name: &str, within_home: &str) -> Option<PathBuf> {
        match self.get(name) {
            Some(path) => match path.strip_prefix("~/") {
                Some(rest) => Some(self.home()?.join(rest)),
                None => Some(path.into()),
            },
            None => Some(self.home()?.join(within_home)),
        }
    }
}

const HOMES: [&str; 2] = ["HOME", "USERPROFILE"];

impl<N: Into<String>, V: Into<String>> FromIterator<(N, V)> for Variables {
    fn from_iter<I: IntoIterator<Item = (N, V)>>(variables: I) -> Self {
        let variables = variables.into_iter();
        Self(
            variables
                .map(|(name, value)| (name.into(), value.into()))
                .collect(),
        )
    }
}

impl fmt::Debug for Variables {
    /// The names alone: some values are secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}

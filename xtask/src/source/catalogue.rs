//! The layout that wheels and data folders share: `<service>/<api version>/service-2.json[.gz]`.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result};
use shapewright_model::c2j::FileKind;

use super::limits::is_service_name;

/// The model files of a release, by service and API version.
#[derive(Debug, Default)]
pub(super) struct Catalogue {
    services: BTreeMap<String, BTreeMap<String, BTreeMap<FileKind, Entry>>>,
}

/// A model file in a release.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    /// Its path, as it was listed.
    pub(super) path: String,
    /// Whether gzip packed it.
    pub(super) is_packed: bool,
}

impl Catalogue {
    /// Takes note of a file if it is one of a model: its path is `path`, of which `steps` lie
    /// below the data folder.
    pub(super) fn add(&mut self, path: &str, steps: &[&str]) {
        let [service, api_version, name] = steps else {
            return;
        };
        let plain = name.strip_suffix(".gz");
        let Some(kind) = FileKind::of_file_name(plain.unwrap_or(name)) else {
            return;
        };
        if !is_service_name(service) {
            return;
        }
        let versions = self.services.entry((*service).to_owned()).or_default();
        let files = versions.entry((*api_version).to_owned()).or_default();
        let entry = Entry {
            path: path.to_owned(),
            is_packed: plain.is_some(),
        };
        // Where a file is there plain and packed, upstream's own loader takes the plain one.
        if !(entry.is_packed && files.contains_key(&kind)) {
            files.insert(kind, entry);
        }
    }

    /// The services that have a model.
    pub(super) fn services(&self) -> Vec<String> {
        let with_model = self
            .services
            .keys()
            .filter(|name| self.newest(name).is_some());
        with_model.cloned().collect()
    }

    /// The files of a service, of its newest API version that has a model.
    pub(super) fn files(&self, service: &str) -> Result<Vec<(FileKind, Entry)>> {
        let files = self
            .newest(service)
            .with_context(|| format!("it has no service {service}"))?;
        Ok(files
            .iter()
            .map(|(kind, entry)| (*kind, entry.clone()))
            .collect())
    }

    fn newest(&self, service: &str) -> Option<&BTreeMap<FileKind, Entry>> {
        let versions = self.services.get(service)?.values().rev();
        versions
            .into_iter()
            .find(|files| files.contains_key(&FileKind::Service))
    }
}

#[cfg(test)]
mod tests {
    use super::Catalogue;

    fn catalogue(paths: &[&str]) -> Catalogue {
        let mut catalogue = Catalogue::default();
        for path in paths {
            catalogue.add(path, &path.split('/').collect::<Vec<_>>());
        }
        catalogue
    }

    #[test]
    fn the_newest_api_version_with_a_model_counts() {
        let catalogue = catalogue(&[
            "a/2016-01-01/service-2.json",
            "a/2017-01-01/service-2.json.gz",
            "a/2018-01-01/paginators-1.json",
            "b/2018-01-01/paginators-1.json",
            "c/2018-01-01/examples-1.json",
            "C/2018-01-01/service-2.json",
        ]);
        assert_eq!(catalogue.services(), ["a"]);
        let files = catalogue.files("a").unwrap();
        assert_eq!(files.len(), 1);
        assert_eq!(files[0].1.path, "a/2017-01-01/service-2.json.gz");
        assert!(files[0].1.is_packed);
    }

    #[test]
    fn a_plain_file_goes_before_a_packed_one() {
        for paths in [
            ["a/1/service-2.json", "a/1/service-2.json.gz"],
            ["a/1/service-2.json.gz", "a/1/service-2.json"],
        ] {
            assert!(!catalogue(&paths).files("a").unwrap()[0].1.is_packed);
        }
    }
}

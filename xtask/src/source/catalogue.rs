//! The layout that all of upstream's sources share: `<service>/<api version>/service-2.json[.gz]`.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result};
use jiff::civil::Date;
use shapewright_model::c2j::FileKind;

use super::limits::{self, is_service_name};
use super::{Address, Found, FoundExtras, FoundFile};

/// The model files of a release, by service and API version.
#[derive(Debug, Default)]
pub(super) struct Catalogue {
    services: BTreeMap<String, BTreeMap<String, Files>>,
}

/// The files of one API version of a service.
#[derive(Clone, Debug, Default)]
pub(super) struct Files {
    models: BTreeMap<FileKind, Entry>,
    extras: BTreeMap<FileKind, Entry>,
}

/// A model file in a release.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    /// Its path, as it was listed.
    pub(super) path: String,
    /// Whether gzip packed it.
    is_packed: bool,
}

impl Catalogue {
    /// Takes note of a file if it is one of a model: its path is `path`, of which `steps` lie
    /// below the data folder. Gives whether it is.
    pub(super) fn add(&mut self, path: &str, steps: &[&str]) -> bool {
        let [service, api_version, name] = steps else {
            return false;
        };
        let plain = name.strip_suffix(".gz");
        let name = plain.unwrap_or(name);
        let (kind, is_extra) = match (FileKind::of_file_name(name), FileKind::of_extras_name(name))
        {
            (Some(kind), _) => (kind, false),
            (None, Some(kind)) => (kind, true),
            (None, None) => return false,
        };
        if !is_service_name(service) {
            return false;
        }
        let versions = self.services.entry((*service).to_owned()).or_default();
        let files = versions.entry((*api_version).to_owned()).or_default();
        let entry = Entry {
            path: path.to_owned(),
            is_packed: plain.is_some(),
        };
        let entries = if is_extra {
            &mut files.extras
        } else {
            &mut files.models
        };
        // Where a file is there plain and packed, upstream's own loader takes the plain one.
        if !(entry.is_packed && entries.contains_key(&kind)) {
            entries.insert(kind, entry);
        }
        true
    }

    /// The services that have a model.
    pub(super) fn services(&self) -> Vec<String> {
        let with_model = self
            .services
            .keys()
            .filter(|name| self.newest(name).is_some());
        with_model.cloned().collect()
    }

    /// The models of all services and API versions.
    pub(super) fn models(&self) -> Vec<Address> {
        let mut models = Vec::new();
        for (service, versions) in &self.services {
            let with_model = versions.iter().filter(|(_, files)| files.has_model());
            models.extend(with_model.map(|(api_version, _)| Address {
                service: service.clone(),
                api_version: Some(api_version.clone()),
            }));
        }
        models
    }

    /// The files of a service; without an API version, of the newest that has a model.
    pub(super) fn files(&self, service: &str, api_version: Option<&str>) -> Result<Files> {
        let files = match api_version {
            Some(api_version) => self
                .services
                .get(service)
                .and_then(|versions| versions.get(api_version)),
            None => self.newest(service),
        };
        files
            .cloned()
            .with_context(|| format!("it has no service {service}"))
    }

    fn newest(&self, service: &str) -> Option<&Files> {
        let mut versions = self.services.get(service)?.values().rev();
        versions.find(|files| files.has_model())
    }
}

impl Files {
    fn has_model(&self) -> bool {
        self.models.contains_key(&FileKind::Service)
    }

    /// The paths of the files, if gzip packed none of them.
    pub(super) fn plain(&self) -> Option<impl Iterator<Item = &str>> {
        let all = || self.models.values().chain(self.extras.values());
        let is_plain = all().all(|entry| !entry.is_packed);
        is_plain.then(|| all().map(|entry| entry.path.as_str()))
    }

    /// Reads the files: `label` is what messages call one, `read` gives what is stored of it, and
    /// the day that the source states for it.
    pub(super) fn read(
        &self,
        label: impl Fn(&Entry) -> String,
        mut read: impl FnMut(&Entry) -> Result<(Vec<u8>, Option<Date>)>,
    ) -> Result<Found> {
        let mut found = Found {
            date: None,
            files: Vec::new(),
            partial: false,
        };
        let mut unpacked = |entry: &Entry| {
            let label = label(entry);
            let (bytes, date) = read(entry).with_context(|| label.clone())?;
            let bytes = if entry.is_packed {
                limits::gunzip(&bytes).with_context(|| label.clone())?
            } else {
                bytes
            };
            anyhow::Ok((label, bytes, date))
        };
        for (kind, entry) in &self.models {
            let (label, bytes, date) = unpacked(entry)?;
            if *kind == FileKind::Service {
                found.date = date;
            }
            let extras = match self.extras.get(kind) {
                Some(entry) => {
                    let (label, bytes, _) = unpacked(entry)?;
                    Some(FoundExtras { label, bytes })
                }
                None => None,
            };
            found.files.push(FoundFile {
                kind: *kind,
                label,
                bytes,
                extras,
            });
        }
        Ok(found)
    }
}

#[cfg(test)]
mod tests {
    use shapewright_model::c2j::FileKind;

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
        let files = catalogue.files("a", None).unwrap();
        assert_eq!(files.models.len(), 1);
        let entry = &files.models[&FileKind::Service];
        assert_eq!(entry.path, "a/2017-01-01/service-2.json.gz");
        assert!(entry.is_packed);
        assert_eq!(catalogue.models().len(), 2);
        let files = catalogue.files("a", Some("2016-01-01")).unwrap();
        assert!(!files.models[&FileKind::Service].is_packed);
    }

    #[test]
    fn a_plain_file_goes_before_a_packed_one() {
        for paths in [
            ["a/1/service-2.json", "a/1/service-2.json.gz"],
            ["a/1/service-2.json.gz", "a/1/service-2.json"],
        ] {
            let files = catalogue(&paths).files("a", None).unwrap();
            assert!(!files.models[&FileKind::Service].is_packed);
        }
    }

    #[test]
    fn extras_stand_beside_their_file() {
        let catalogue = catalogue(&[
            "a/1/service-2.json.gz",
            "a/1/service-2.sdk-extras.json",
            "a/1/paginators-1.json",
        ]);
        let files = catalogue.files("a", None).unwrap();
        assert!(files.extras.contains_key(&FileKind::Service));
        assert_eq!((files.models.len(), files.extras.len()), (2, 1));
    }
}

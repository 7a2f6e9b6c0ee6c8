//! An answer: where each member of an output is.

use std::collections::BTreeMap;

use bytes::Bytes;
use http::Response;
use serde::Deserialize;

use super::from_text::{Cut, FromText};
use super::json;
use crate::form::Format;

/// An answer that generated code reads members from.
pub struct Incoming<'a> {
    response: &'a Response<Bytes>,
}

/// Why an answer cannot be read, in words.
pub(super) type Unread = String;

impl<'a> Incoming<'a> {
    /// What an answer holds.
    pub const fn new(response: &'a Response<Bytes>) -> Self {
        Self { response }
    }

    pub(super) const fn response(&self) -> &'a Response<Bytes> {
        self.response
    }

    /// The members in the body; none if it is empty.
    pub fn json<T: for<'de> Deserialize<'de> + Default>(&self) -> Result<T, Unread> {
        json::read(self.response.body())
    }

    /// A member that is the whole body.
    pub fn json_payload<F: Format<T>, T>(&self, slot: &mut Option<T>, _: F) -> Result<(), Unread> {
        *slot = json::read_form::<F, T>(self.response.body())?;
        Ok(())
    }

    /// A member that is the whole body: a text, as it is.
    pub fn text_payload<F: Format<T>, T>(&self, slot: &mut Option<T>, _: F) -> Result<(), Unread> {
        let text = json::text(self.response.body())?;
        if !text.is_empty() {
            let read = F::read(FromText::new(text, Cut::Comma));
            *slot = Some(read.map_err(|error| format!("the body: {error}"))?);
        }
        Ok(())
    }

    /// A member that is the whole body: bytes, as they are; none of an empty one, as Smithy has it.
    #[cfg(feature = "blob")]
    pub fn blob_payload(&self, slot: &mut Option<crate::Blob>) {
        let body = self.response.body();
        if !body.is_empty() {
            *slot = Some(body.to_vec().into());
        }
    }

    /// The HTTP status.
    pub fn status(&self, slot: &mut Option<i32>) {
        *slot = Some(self.response.status().as_u16().into());
    }

    /// A header; of a list, its items.
    pub fn header<F: Format<T>, T>(
        &self,
        name: &str,
        slot: &mut Option<T>,
        _: F,
    ) -> Result<(), Unread> {
        self.read_header::<F, T>(name, slot, Cut::Comma)
    }

    /// A header of several HTTP dates, each of which has a comma itself.
    pub fn header_dates<F: Format<T>, T>(
        &self,
        name: &str,
        slot: &mut Option<T>,
        _: F,
    ) -> Result<(), Unread> {
        self.read_header::<F, T>(name, slot, Cut::SecondComma)
    }

    /// A header of JSON in Base64.
    #[cfg(feature = "jsonvalue")]
    pub fn header_json<F: Format<T>, T>(
        &self,
        name: &str,
        slot: &mut Option<T>,
        _: F,
    ) -> Result<(), Unread> {
        if let Some(text) = self.header_text(name)? {
            let json = json::from_base64(&text).map_err(|error| format!("{name}: {error}"))?;
            let read = F::read(FromText::new(&json, Cut::Comma));
            *slot = Some(read.map_err(|error| format!("{name}: {error}"))?);
        }
        Ok(())
    }

    fn read_header<F: Format<T>, T>(
        &self,
        name: &str,
        slot: &mut Option<T>,
        cut: Cut,
    ) -> Result<(), Unread> {
        if let Some(text) = self.header_text(name)? {
            let read = F::read(FromText::new(&text, cut));
            *slot = Some(read.map_err(|error| format!("header {name}: {error}"))?);
        }
        Ok(())
    }

    /// The text of a header; that of several, joined.
    fn header_text(&self, name: &str) -> Result<Option<String>, Unread> {
        let mut joined: Option<String> = None;
        for value in self.response.headers().get_all(name) {
            let text = std::str::from_utf8(value.as_bytes())
                .map_err(|error| format!("header {name}: {error}"))?;
            match &mut joined {
                None => joined = Some(text.to_owned()),
                Some(joined) => {
                    joined.push_str(", ");
                    joined.push_str(text);
                }
            }
        }
        Ok(joined)
    }

    /// The headers with a prefix, by what follows it, in lower case as HTTP has them.
    pub fn prefix_headers<F: Format<V>, K: for<'k> From<&'k str> + Ord, V>(
        &self,
        prefix: &str,
        slot: &mut Option<BTreeMap<K, V>>,
        _: F,
    ) -> Result<(), Unread> {
        let prefix = prefix.to_ascii_lowercase();
        let mut entries = BTreeMap::new();
        for name in self.response.headers().keys() {
            if let Some(key) = name.as_str().strip_prefix(&prefix) {
                let mut value = None;
                self.read_header::<F, V>(name.as_str(), &mut value, Cut::Comma)?;
                entries.extend(value.map(|value| (K::from(key), value)));
            }
        }
        if !entries.is_empty() {
            *slot = Some(entries);
        }
        Ok(())
    }
}

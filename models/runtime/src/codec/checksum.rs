//! Checksums of a body, where an operation demands one.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::header::{HeaderName, HeaderValue};
use md5::{Digest, Md5};

use super::{Checksum, Outgoing};

impl Outgoing {
    /// Adds the checksum that is demanded, unless the input brings one.
    pub(super) fn check(&mut self, checksum: Option<Checksum>) {
        match checksum {
            None => {}
            Some(Checksum::Md5) => {
                let digest = STANDARD.encode(Md5::digest(self.body()));
                self.default_text(HeaderName::from_static("content-md5"), &digest);
            }
            Some(Checksum::Crc32 { algorithm }) => {
                if self.has_header_starting("x-amz-checksum-") {
                    return;
                }
                let digest = STANDARD.encode(crc32fast::hash(self.body()).to_be_bytes());
                self.default_text(HeaderName::from_static("x-amz-checksum-crc32"), &digest);
                let algorithm = algorithm.and_then(|name| HeaderName::try_from(name).ok());
                if let Some(name) = algorithm {
                    self.default_text(name, "CRC32");
                }
            }
        }
    }

    fn default_text(&mut self, name: HeaderName, text: &str) {
        if let Ok(value) = HeaderValue::try_from(text) {
            self.default_header(name, value);
        }
    }
}

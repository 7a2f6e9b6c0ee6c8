//! For what a signature holds, and how the service wants it made.

/// For which region and service a signature holds, and what the service wants otherwise than most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Scope<'a> {
    /// The region, such as `us-east-1`.
    pub region: &'a str,
    /// The service by the name that signatures have for it, such as `batch`.
    pub service: &'a str,
    /// Whether the escapes in the path are escaped once more: everywhere but in S3.
    pub double_encoding: bool,
    /// Whether `//`, `.` and `..` are taken out of the path: everywhere but in S3.
    pub path_normalization: bool,
    /// Whether the header `x-amz-content-sha256` is sent in any case: in S3 and what is like it.
    pub content_sha256: bool,
}

impl<'a> Scope<'a> {
    /// What nearly every service wants.
    pub const fn new(region: &'a str, service: &'a str) -> Self {
        Self {
            region,
            service,
            double_encoding: true,
            path_normalization: true,
            content_sha256: false,
        }
    }

    /// What S3 and services like it want.
    pub const fn s3(region: &'a str, service: &'a str) -> Self {
        Self {
            region,
            service,
            double_encoding: false,
            path_normalization: false,
            content_sha256: true,
        }
    }
}

/// Whether the signature covers the body.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Payload {
    /// It does.
    #[default]
    Signed,
    /// It does not, which few operations allow, and then only over TLS.
    Unsigned,
}

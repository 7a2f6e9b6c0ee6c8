//! Whom TLS trusts unless told otherwise: whom the operating system trusts.

use std::sync::OnceLock;

use rustls::pki_types::CertificateDer;

/// The certificates that the operating system trusts, read at first need and kept.
///
/// `SSL_CERT_FILE` and `SSL_CERT_DIR` name others. None at all leaves nobody trusted, and so every
/// connection with TLS fails.
pub(super) fn system_roots() -> &'static [CertificateDer<'static>] {
    static ROOTS: OnceLock<Vec<CertificateDer<'static>>> = OnceLock::new();
    ROOTS.get_or_init(|| rustls_native_certs::load_native_certs().certs)
}

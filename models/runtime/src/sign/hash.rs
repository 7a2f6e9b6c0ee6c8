//! SHA-256 and its HMAC, and SHA-1 for names: by ring where TLS has brought it, and else by the smaller `sha2` and
//! `sha1`.

#[cfg(feature = "credentials")]
pub(crate) use by::sha1;
pub(super) use by::{Keyed, sha256};

#[cfg(any(feature = "hyper", feature = "ureq"))]
mod by {
    use ring::{digest, hmac};

    /// A key of HMAC, taken in: what is left to do for a text.
    pub(in super::super) struct Keyed(hmac::Key);

    impl Keyed {
        pub(in super::super) fn new(key: &[u8]) -> Self {
            Self(hmac::Key::new(hmac::HMAC_SHA256, key))
        }

        /// The code of a text.
        pub(in super::super) fn code(&self, text: &[u8]) -> [u8; 32] {
            bytes(hmac::sign(&self.0, text).as_ref())
        }
    }

    pub(in super::super) fn sha256(text: &[u8]) -> [u8; 32] {
        bytes(digest::digest(&digest::SHA256, text).as_ref())
    }

    #[cfg(feature = "credentials")]
    pub(crate) fn sha1(text: &[u8]) -> [u8; 20] {
        bytes(digest::digest(&digest::SHA1_FOR_LEGACY_USE_ONLY, text).as_ref())
    }

    fn bytes<const SIZE: usize>(digest: &[u8]) -> [u8; SIZE] {
        digest
            .try_into()
            .expect("a digest has the size of its algorithm")
    }
}

#[cfg(not(any(feature = "hyper", feature = "ureq")))]
mod by {
    use hmac::{Hmac, KeyInit as _, Mac as _};
    use sha2::{Digest as _, Sha256};

    /// A key of HMAC, taken in: what is left to do for a text.
    pub(in super::super) struct Keyed(Hmac<Sha256>);

    impl Keyed {
        pub(in super::super) fn new(key: &[u8]) -> Self {
            Self(Hmac::new_from_slice(key).expect("HMAC takes keys of any length"))
        }

        /// The code of a text.
        pub(in super::super) fn code(&self, text: &[u8]) -> [u8; 32] {
            let mut keyed = self.0.clone();
            keyed.update(text);
            keyed.finalize().into_bytes().into()
        }
    }

    pub(in super::super) fn sha256(text: &[u8]) -> [u8; 32] {
        Sha256::digest(text).into()
    }

    #[cfg(feature = "credentials")]
    pub(crate) fn sha1(text: &[u8]) -> [u8; 20] {
        sha1::Sha1::digest(text).into()
    }
}

#[cfg(test)]
mod tests {
    use super::super::key::Hex;
    use super::{Keyed, sha256};

    /// Test case 2 of RFC 4231, and the digests of FIPS 180's shortest example.
    #[test]
    fn digests_are_those_of_the_standards() {
        let code = Keyed::new(b"Jefe").code(b"what do ya want for nothing?");
        assert_eq!(
            Hex::of(&code).as_str(),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        );
        assert_eq!(
            Hex::of(&sha256(b"abc")).as_str(),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
        #[cfg(feature = "credentials")]
        assert_eq!(
            super::sha1(b"abc"),
            [
                0xa9, 0x99, 0x3e, 0x36, 0x47, 0x06, 0x81, 0x6a, 0xba, 0x3e, 0x25, 0x71, 0x78, 0x50,
                0xc2, 0x6c, 0x9c, 0xd0, 0xd8, 0x9d
            ]
        );
    }
}

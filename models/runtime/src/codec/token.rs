//! Idempotency tokens: random UUIDs, so that a request that is sent twice is done once.

use std::cell::Cell;
use std::hash::{BuildHasher, Hasher, RandomState};

/// A random 64-bit number: the operating system's randomness, as the standard library keys its hash
/// maps with it, hashed with a number of its own each time. Not for secrets.
pub(crate) fn random() -> u64 {
    thread_local! {
        static STATE: RandomState = RandomState::new();
        static COUNT: Cell<u64> = const { Cell::new(0) };
    }
    let count = COUNT.get();
    COUNT.set(count.wrapping_add(1));
    STATE.with(|state| {
        let mut hasher = state.build_hasher();
        hasher.write_u64(count);
        hasher.finish()
    })
}

/// A UUID of version 4.
pub(crate) fn uuid() -> String {
    let (high, low) = (random(), random());
    let version = (high & 0x0fff) | 0x4000;
    let variant = (low >> 48 & 0x3fff) | 0x8000;
    format!(
        "{:08x}-{:04x}-{version:04x}-{variant:04x}-{:012x}",
        high >> 32,
        high >> 16 & 0xffff,
        low & 0xffff_ffff_ffff
    )
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::uuid;

    #[test]
    fn tokens_are_uuids_of_version_four_and_all_differ() {
        let tokens: BTreeSet<String> = (0..1_000).map(|_| uuid()).collect();
        assert_eq!(tokens.len(), 1_000);
        for token in tokens {
            let groups: Vec<usize> = token.split('-').map(str::len).collect();
            assert_eq!(groups, [8, 4, 4, 4, 12], "{token}");
            assert_eq!(token.as_bytes()[14], b'4', "{token}");
            assert!(
                matches!(token.as_bytes()[19], b'8' | b'9' | b'a' | b'b'),
                "{token}"
            );
        }
    }
}

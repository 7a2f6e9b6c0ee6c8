//! Any two models compare, and a model with itself shows nothing.
#![no_main]

use arbitrary::Unstructured;
use libfuzzer_sys::fuzz_target;
use shapewright_diff::compare;
use shapewright_fuzz::{model, service};

fuzz_target!(|bytes: &[u8]| {
    let from = &mut Unstructured::new(bytes);
    let (Ok(old), Ok(new)) = (service(from), service(from)) else {
        return;
    };
    let (Some(old), Some(new)) = (model(&old), model(&new)) else {
        return;
    };
    assert!(compare(&old, &old).is_empty());
    for comparison in [compare(&old, &new), compare(&new, &old)] {
        for fact in &comparison.facts {
            assert!(!fact.path.to_string().chars().any(char::is_control));
        }
    }
});

//! Any two models compare, a model with itself shows nothing, and one rule judges each fact.
#![no_main]

use arbitrary::Unstructured;
use libfuzzer_sys::fuzz_target;
use shapewright_diff::{Judgement, compare, rules};
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
            for one in &fact.uses {
                let travels = one.direction.is_some() || fact.shape_kind.is_none();
                assert!(!travels || rules::claiming(fact, one.direction).count() <= 1);
            }
        }
        let findings = Judgement::default().of(&comparison);
        assert_eq!(findings.is_empty(), comparison.is_empty());
    }
});

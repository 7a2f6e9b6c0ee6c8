//! Witnesses: who has one. That they hold is the compiler's to say: `xtask/tests/semver`.

use serde_json::Value;
use shapewright_rust::Ledger;
use shapewright_rust::surface::{Effect, Surface, Witnesses, compare};

use crate::changes::{CASES, TOY};
use crate::hostile::read;

#[test]
fn whatever_breaks_somebody_has_a_witness_and_nothing_else_has() {
    let toy: Value = serde_json::from_str(TOY).expect("JSON");
    let mut wrong = Vec::new();
    for (name, _, _, edit) in CASES {
        let mut edited = toy.clone();
        edit(&mut edited);
        let [one, other] = [&toy, &edited].map(|model| read(&model.to_string(), None));
        for [old, new] in [[&one, &other], [&other, &one]] {
            let mut ledger = Ledger::default();
            ledger.extend(old);
            let before = Surface::of_model(old, "", &ledger);
            ledger.extend(new);
            let after = Surface::of_model(new, "", &ledger);
            let witnesses = Witnesses::of(&before);
            for change in compare(&before, &after) {
                let has_witness = witnesses.program(&change).is_some();
                if has_witness != (change.effect == Effect::Major) {
                    wrong.push(format!("{name}: {change}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_new_requirement_is_witnessed_by_who_gives_all_the_others() {
    let old: Value = serde_json::from_str(TOY).expect("JSON");
    let mut new = old.clone();
    new["shapes"]["PutThingRequest"]["members"]["token"] = serde_json::json!({"shape": "String"});
    let [old, new] = [old, new].map(|model| read(&model.to_string(), None));
    let ledger = Ledger::default();
    let [old, new] = [old, new].map(|model| Surface::of_model(&model, "", &ledger));
    let witnesses = Witnesses::of(&old);
    let programs = compare(&old, &new)
        .iter()
        .filter_map(|change| witnesses.program(change))
        .collect::<Vec<_>>();
    assert_eq!(
        programs,
        ["\
use service::{Service, builders, endpoint, operations, runtime, types};
use std::collections::BTreeMap;

/// A value of whatever type; nobody runs this.
fn any<T>() -> T {
    loop {}
}

pub fn witness() -> types::PutThingRequest {
    types::PutThingRequest::builder().r#type(any::<types::ThingType>())\
.shape(any::<types::OptionShape>()).thing_id(any::<String>()).build()
}
"]
    );
}

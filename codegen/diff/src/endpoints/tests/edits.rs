//! What is told of random edits of real rules holds for random settings.

use proptest::prelude::*;
use serde_json::Value;

use super::super::compare;
use super::{batch, in_region, url, with_rules};

/// Regions that exist, and some that do not.
const REGIONS: [&str; 12] = [
    "us-east-1",
    "us-east-2",
    "eu-west-3",
    "ap-southeast-4",
    "cn-north-1",
    "cn-northwest-1",
    "us-gov-west-1",
    "us-gov-east-1",
    "us-iso-east-1",
    "us-isob-east-1",
    "eusc-de-east-1",
    "mars-1",
];

/// An edit anywhere in Batch's rules: two rules change places, a condition goes, a text is another.
fn edited(mut rules: Value, picks: &[usize]) -> Value {
    for pick in picks {
        let mut places = Vec::new();
        collect(&rules["rules"], "/rules".to_owned(), &mut places);
        let place = &places[pick % places.len()];
        let value = rules.pointer_mut(place).expect("a place");
        match value {
            Value::Array(items) if items.len() > 1 => items.rotate_left(1),
            Value::Array(items) => items.clear(),
            Value::Bool(flag) => *flag = !*flag,
            Value::String(text) if place.ends_with("url") => text.push('x'),
            Value::String(text) if text.starts_with("us-") => *text = "us-east-1".to_owned(),
            _ => {}
        }
    }
    rules
}

fn collect(value: &Value, place: String, places: &mut Vec<String>) {
    match value {
        Value::Array(items) => {
            for (at, item) in items.iter().enumerate() {
                collect(item, format!("{place}/{at}"), places);
            }
        }
        Value::Object(entries) => {
            for (key, value) in entries {
                collect(value, format!("{place}/{key}"), places);
            }
        }
        _ => {}
    }
    places.push(place);
}

proptest! {
    #[test]
    fn what_is_told_to_lead_as_before_does(
        picks in prop::collection::vec(any::<usize>(), 1..4),
        settings in prop::collection::vec((0..REGIONS.len(), any::<bool>(), any::<bool>(), any::<bool>()), 40),
    ) {
        let [old, new] = [batch(), edited(batch(), &picks)].map(|rules| with_rules(&rules));
        let led = compare(&old, &new);
        prop_assume!(led.is_all && led.moves.is_empty());
        for (region, fips, dual_stack, own) in settings {
            let mut parameters = in_region(REGIONS[region], fips, dual_stack);
            if own {
                parameters = parameters.with_endpoint("http://localhost:1");
            }
            let [before, after] = [&old, &new].map(|model| url(model, &parameters));
            let is_error = |url: &String| url.starts_with("error: ");
            prop_assert!(before == after || [&before, &after].into_iter().all(is_error),
                "{parameters}: {before} → {after}");
        }
    }
}

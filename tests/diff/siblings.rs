//! Whatever is edited in a file beside the service's is found at its path, too.

use serde_json::{Value, json};
use shapewright_diff::{Judgement, compare};
use shapewright_model::c2j::FileKind;

use crate::batch;
use crate::cases::siblings;
use crate::properties::related;
use crate::support::Files;

/// A step from a value to one within it.
#[derive(Clone, Debug)]
enum Step {
    Key(String),
    Index(usize),
}

/// Every edit that can be made to a value: where it is made, and the file then.
fn edits(file: &Value) -> Vec<(Vec<Step>, Value)> {
    let mut places = Vec::new();
    walk(file, &[], &mut places);
    let mut edits = Vec::new();
    for place in places {
        let changes: [fn(&mut Value, &Step) -> Option<()>; 2] = [change, remove];
        let Some((last, above)) = place.split_last() else {
            continue;
        };
        for make in changes {
            let mut edited = file.clone();
            if make(at(&mut edited, above), last).is_some() {
                edits.push((place.clone(), edited));
            }
        }
        let mut edited = file.clone();
        if let Some(entries) = at(&mut edited, &place).as_object_mut() {
            entries.insert("somethingNew".to_owned(), json!("value"));
            let mut place = place.clone();
            place.push(Step::Key("somethingNew".to_owned()));
            edits.push((place, edited));
        }
    }
    edits
}

fn walk(value: &Value, place: &[Step], places: &mut Vec<Vec<Step>>) {
    places.push(place.to_vec());
    let below = |step| [place, &[step]].concat();
    match value {
        Value::Object(entries) => {
            // Words of upstream's are never compared.
            for (key, value) in entries.iter().filter(|(key, _)| *key != "documentation") {
                walk(value, &below(Step::Key(key.clone())), places);
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                walk(item, &below(Step::Index(index)), places);
            }
        }
        _ => {}
    }
}

fn at<'v>(value: &'v mut Value, place: &[Step]) -> &'v mut Value {
    place.iter().fold(value, |value, step| match step {
        Step::Key(key) => &mut value[key],
        Step::Index(index) => &mut value[*index],
    })
}

/// Puts another value of the same type there, if there is a plain one.
fn change(above: &mut Value, last: &Step) -> Option<()> {
    let value = at(above, std::slice::from_ref(last));
    *value = match &*value {
        Value::Bool(flag) => json!(!flag),
        Value::Number(number) => json!(number.as_i64()? + 1),
        Value::String(text) => json!(format!("{text}x")),
        _ => return None,
    };
    Some(())
}

fn remove(above: &mut Value, last: &Step) -> Option<()> {
    match last {
        Step::Key(key) => above.as_object_mut()?.remove(key).map(|_| ()),
        Step::Index(index) => above.as_array_mut().map(|items| {
            items.remove(*index);
        }),
    }
}

/// The path of a place in a file; of what stands in a list, that of the list.
fn path(kind: FileKind, place: &[Step]) -> Vec<String> {
    let keys = place.iter().map_while(|step| match step {
        Step::Key(key) => Some(key.as_str()),
        Step::Index(_) => None,
    });
    let keys: Vec<&str> = keys.collect();
    let root = match (kind, keys.first()) {
        (FileKind::EndpointRules, _) => Some("endpointRuleSet"),
        (_, Some(&("pagination" | "waiters"))) => None,
        _ => Some(kind.file_name()),
    };
    let path = root.into_iter().chain(keys);
    path.map(str::to_owned).collect()
}

/// Makes every edit of a file, and gives how many left a model.
fn all_are_told(old: &Files, kind: FileKind) -> usize {
    fn file(files: &mut Files, kind: FileKind) -> &mut Value {
        let file = match kind {
            FileKind::Service => None,
            FileKind::Paginators => files.paginators.as_mut(),
            FileKind::Waiters => files.waiters.as_mut(),
            FileKind::EndpointRules => files.endpoint_rules.as_mut(),
        };
        file.expect("such a file")
    }
    let before = old.model();
    let mut told = 0;
    for (place, edited) in edits(file(&mut old.clone(), kind)) {
        let mut new = old.clone();
        *file(&mut new, kind) = edited;
        let Some(after) = new.read() else { continue };
        let comparison = compare(&before, &after);
        let findings = Judgement::default().of(&comparison);
        let paths = findings.iter().map(|finding| finding.fact.path.to_string());
        let paths: Vec<String> = paths.collect();
        let path = path(kind, &place);
        let is_told = paths.iter().any(|fact| related(fact, &path));
        assert!(is_told, "{place:?} of {kind:?} gives {paths:?}");
        told += 1;
    }
    told
}

#[test]
fn every_edit_of_the_files_beside_a_real_model_is_told_at_its_path() {
    let newest = batch::revisions().pop().unwrap();
    let mut files = Files::toy();
    for (kind, bytes) in batch::files(&newest) {
        let json = serde_json::from_slice(&bytes).unwrap();
        match kind {
            FileKind::Service => files.service = json,
            FileKind::Paginators => files.paginators = Some(json),
            FileKind::Waiters => files.waiters = Some(json),
            FileKind::EndpointRules => files.endpoint_rules = Some(json),
        }
    }
    assert!(all_are_told(&files, FileKind::Paginators) > 90);
    assert!(all_are_told(&files, FileKind::EndpointRules) > 200);
}

#[test]
fn every_edit_of_waiters_is_told_at_its_path() {
    let mut files = Files::toy();
    siblings(&mut files);
    assert!(all_are_told(&files, FileKind::Waiters) > 15);
}

//! Whatever is edited in a model is found at its path; whatever is merely reordered is not.

use proptest::prelude::*;
use serde_json::{Value, json};
use shapewright_diff::{Judgement, Severity, compare, rules};
use shapewright_model::Model;

use crate::batch;
use crate::support::{model, shuffled, toy};

/// An edit of a model's JSON, and the path under which a fact must name it.
#[derive(Clone, Debug)]
pub(crate) struct Edit {
    pointer: String,
    action: Action,
    path: Vec<String>,
}

#[derive(Clone, Debug)]
pub(crate) enum Action {
    /// Another value of the same type.
    Change,
    /// The entry or item is gone.
    Remove,
    /// An entry more in the object.
    Add(&'static str, Value),
    /// An item more in the array.
    Push(Value),
}

/// Every edit that can be made to a value. Those that leave no model are dropped by who makes them.
pub(crate) fn edits(json: &Value) -> Vec<Edit> {
    let mut edits = Vec::new();
    for top in ["metadata", "operations", "shapes"] {
        walk(
            &json[top],
            &format!("/{top}"),
            &[top.to_owned()],
            &mut edits,
        );
    }
    edits
}

fn walk(value: &Value, pointer: &str, path: &[String], edits: &mut Vec<Edit>) {
    let mut edit = |pointer: String, action, path: Vec<String>| {
        edits.push(Edit {
            pointer,
            action,
            path,
        });
    };
    match value {
        Value::Object(entries) => {
            let added = match path.last().map(String::as_str) {
                Some("members") => json!({"shape": "String"}),
                Some("shapes") => json!({"type": "boolean"}),
                Some("operations") => {
                    json!({"name": "X", "http": {"method": "GET", "requestUri": "/"}})
                }
                _ => json!("value"),
            };
            let key = "somethingNew";
            edit(
                pointer.to_owned(),
                Action::Add(key, added),
                below(path, key),
            );
            for (key, value) in entries {
                let pointer = format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1"));
                let whole = whole_path(path, key);
                let path = fact_path(path, key);
                // A structure that lists no members says what one with an empty list says.
                if key != "members" || *value != json!({}) {
                    edits.push(Edit {
                        pointer: pointer.clone(),
                        action: Action::Remove,
                        path: whole,
                    });
                }
                walk(value, &pointer, &path, edits);
            }
        }
        Value::Array(items) => {
            let list = path.last().map(String::as_str).unwrap_or_default();
            for (at, item) in items.iter().enumerate() {
                let path = match (list, item) {
                    ("required", Value::String(name)) => required(path, name),
                    ("enum", Value::String(value)) => below(path, value),
                    ("errors", error) => below(path, error["shape"].as_str().unwrap()),
                    _ => path.to_vec(),
                };
                edit(format!("{pointer}/{at}"), Action::Remove, path);
            }
            let (item, path) = match list {
                "errors" => (json!({"shape": "Lonely"}), below(path, "Lonely")),
                "enum" => (json!("another"), below(path, "another")),
                _ => return,
            };
            edit(pointer.to_owned(), Action::Push(item), path);
        }
        _ => edit(pointer.to_owned(), Action::Change, path.to_vec()),
    }
}

fn below(path: &[String], key: &str) -> Vec<String> {
    let mut path = path.to_vec();
    path.push(key.to_owned());
    path
}

/// Where facts say that a member is required.
fn required(path: &[String], member: &str) -> Vec<String> {
    let mut path = path[..path.len() - 1].to_vec();
    path.extend(["members", member, "required"].map(str::to_owned));
    path
}

/// The path of what stands under a key; a shape's kind has one path, whatever key decides it.
fn fact_path(path: &[String], key: &str) -> Vec<String> {
    match (path, key) {
        ([shapes, _], "union" | "document") if shapes == "shapes" => below(path, "type"),
        // A list of what is required is told member by member.
        ([shapes, _], "required") if shapes == "shapes" => below(path, "members"),
        _ => below(path, key),
    }
}

/// The path of what is told if a key goes: without its values an enum is of another kind.
fn whole_path(path: &[String], key: &str) -> Vec<String> {
    match (path, key) {
        ([shapes, _], "enum") if shapes == "shapes" => below(path, "type"),
        _ => fact_path(path, key),
    }
}

/// Makes an edit; none if there is nothing to change it to.
pub(crate) fn make(json: &mut Value, edit: &Edit) -> Option<()> {
    if let Action::Remove = edit.action {
        let (parent, key) = edit.pointer.rsplit_once('/')?;
        match json.pointer_mut(parent)? {
            Value::Object(entries) => {
                entries.remove(&key.replace("~1", "/").replace("~0", "~"))?;
            }
            Value::Array(items) => {
                // An edit before this one may have taken an item.
                let at = key.parse().ok().filter(|at| *at < items.len())?;
                items.remove(at);
            }
            _ => return None,
        }
        return Some(());
    }
    let value = json.pointer_mut(&edit.pointer)?;
    match &edit.action {
        Action::Add(key, added) => value[*key] = added.clone(),
        Action::Push(item) => value.as_array_mut()?.push(item.clone()),
        Action::Change | Action::Remove => {
            *value = match &*value {
                Value::Bool(flag) => json!(!flag),
                Value::Number(number) => json!(number.as_i64()? + 1),
                Value::String(text) if edit.pointer.ends_with("/shape") => {
                    json!(if text == "Lonely" { "Tag" } else { "Lonely" })
                }
                Value::String(text) if edit.pointer.ends_with("/type") => {
                    json!(if text == "string" { "long" } else { "string" })
                }
                Value::String(text) => json!(format!("{text}x")),
                _ => return None,
            }
        }
    }
    Some(())
}

/// Whether one path leads to or through the other.
pub(crate) fn related(fact: &str, path: &[String]) -> bool {
    let path = shapewright_model::Path::of(path.iter().map(String::as_str)).to_string();
    let under = |one: &str, other: &str| {
        one.strip_prefix(other)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
    };
    under(fact, &path) || under(&path, fact)
}

/// Whether two edits stand in different objects and arrays, none within the other.
fn are_apart(one: &Edit, other: &Edit) -> bool {
    let parent = |edit: &Edit| edit.pointer.rsplit_once('/').unwrap().0.to_owned();
    let (first, second) = (parent(one), parent(other));
    !one.pointer.starts_with(&second) && !other.pointer.starts_with(&first)
}

/// The paths of what is found, where it was on the old side included; each fact is judged by one
/// rule on each way.
fn found(old: &Model, new: &Model) -> Result<Vec<String>, TestCaseError> {
    let comparison = compare(old, new);
    for fact in &comparison.facts {
        prop_assert!(!fact.uses.is_empty(), "{fact:?}");
        for one in &fact.uses {
            let travels = one.direction.is_some() || fact.shape_kind.is_none();
            let rules: Vec<_> = rules::claiming(fact, one.direction).collect();
            prop_assert!(!travels || rules.len() <= 1, "{rules:?} on {fact:?}");
        }
    }
    let findings = Judgement::default().of(&comparison);
    let facts = findings.iter().map(|finding| finding.fact);
    let paths = facts.flat_map(|fact| [Some(&fact.path), fact.old_path.as_ref()]);
    Ok(paths.flatten().map(ToString::to_string).collect())
}

fn check(old: &Value, edit: &Edit) -> Result<(), TestCaseError> {
    let mut new = old.clone();
    let made = make(&mut new, edit);
    prop_assume!(made.is_some());
    let new = model(&new.to_string());
    prop_assume!(new.is_some());
    let (old, new) = (model(&old.to_string()).unwrap(), new.unwrap());
    let paths = found(&old, &new)?;
    prop_assert!(
        paths.iter().any(|fact| related(fact, &edit.path)),
        "{edit:?} gives {paths:?}"
    );
    Ok(())
}

#[test]
fn every_single_edit_is_told_at_its_path() {
    let mut told = 0;
    let toy = toy();
    for edit in edits(&toy) {
        match check(&toy, &edit) {
            Ok(()) => told += 1,
            Err(TestCaseError::Reject(_)) => {}
            Err(TestCaseError::Fail(why)) => panic!("{why}"),
        }
    }
    assert!(told > 250, "only {told} edits leave a model");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn several_edits_in_any_order_of_declaration_are_told(
        chosen in prop::collection::vec(any::<prop::sample::Index>(), 1..5),
        seed in any::<u64>(),
    ) {
        let old = toy();
        let all = edits(&old);
        let mut new = old.clone();
        let mut made = Vec::new();
        for index in chosen {
            let edit = index.get(&all);
            let before = new.clone();
            // An edit is kept if it leaves a model and touches nothing that another one did.
            let apart = made.iter().all(|other: &Edit| are_apart(other, edit));
            let kept = apart
                && make(&mut new, edit).is_some()
                && model(&new.to_string()).is_some();
            if kept {
                made.push(edit.clone());
            } else {
                new = before;
            }
        }
        prop_assume!(!made.is_empty());
        let text = shuffled(&new, &mut seed.clone(), "");
        let (old, new) = (model(&old.to_string()).unwrap(), model(&text).unwrap());
        let paths = found(&old, &new)?;
        for edit in &made {
            let told = paths.iter().any(|fact| related(fact, &edit.path));
            prop_assert!(told, "{edit:?} of {made:?} gives {paths:?}");
        }
    }

    #[test]
    fn an_edit_anywhere_in_a_real_model_is_told_at_its_path(
        revision in any::<prop::sample::Index>(),
        edit in any::<prop::sample::Index>(),
    ) {
        let names = batch::revisions();
        let json = batch::json(revision.get::<String>(&names));
        let edits = edits(&json);
        check(&json, edit.get(&edits))?;
    }

    #[test]
    fn words_and_order_anywhere_in_a_real_model_are_no_finding_above_docs(
        revision in any::<prop::sample::Index>(),
        chosen in prop::collection::vec(any::<prop::sample::Index>(), 1..5),
        seed in any::<u64>(),
    ) {
        let names = batch::revisions();
        let old = batch::json(revision.get::<String>(&names));
        let mut new = old.clone();
        for index in &chosen {
            let shapes = new["shapes"].as_object_mut().unwrap();
            let names: Vec<String> = shapes.keys().cloned().collect();
            shapes[index.get(&names)]["documentation"] = json!(format!("Words {seed}."));
        }
        let text = shuffled(&new, &mut seed.clone(), "");
        let comparison = compare(&model(&old.to_string()).unwrap(), &model(&text).unwrap());
        for finding in Judgement::default().of(&comparison) {
            prop_assert_eq!(finding.severity, Severity::Docs, "{:?}", finding);
        }
        prop_assert!(comparison.is_documentation_only());
        prop_assert!(comparison.operations.is_empty());
    }

    #[test]
    fn an_order_of_declaration_is_no_fact(seed in any::<u64>()) {
        let json = toy();
        let (old, new) = (json.to_string(), shuffled(&json, &mut seed.clone(), ""));
        let comparison = compare(&model(&old).unwrap(), &model(&new).unwrap());
        prop_assert!(comparison.is_empty(), "{:?}", comparison.facts);
        prop_assert!(comparison.operations.is_empty());
    }
}

//! The version of each revision's crate, and what gives one another.

use std::fs;

use serde_json::{Value, json};
use shapewright_model::Model;
use shapewright_model::c2j::sha256;
use shapewright_rust::Ledger;
use shapewright_rust::surface::Surface;
use shapewright_rust::versions::{Revision, VersionError, Versions, give};
use shapewright_tests::models;

/// The first revisions of AWS Batch.
fn batch(count: usize) -> Vec<(String, Model)> {
    let mut names = models::batch_revisions();
    names.truncate(count);
    let models = names.iter().map(|name| models::model(&models::batch(name)));
    let models: Vec<Model> = models.collect();
    names.into_iter().zip(models).collect()
}

fn history(models: &[(String, Model)]) -> Vec<Revision<'_>> {
    let history = models.iter().map(|(name, model)| Revision { name, model });
    history.collect()
}

fn names(models: &[(String, Model)]) -> Ledger {
    let mut names = Ledger::default();
    names.replay(models.iter().map(|(_, model)| model));
    names
}

/// The versions of a history that had none, and the listing of its last surface.
fn given(models: &[(String, Model)]) -> (Versions, String) {
    let mut versions = Versions::default();
    let listing = go_on(&mut versions, None, models);
    (versions, listing.expect("versions"))
}

/// Gives versions to what has none, as `generate` does.
fn go_on(
    versions: &mut Versions,
    listing: Option<&str>,
    models: &[(String, Model)],
) -> Result<String, VersionError> {
    give(versions, listing, &history(models), &names(models))
}

fn numbers(versions: &Versions) -> Vec<String> {
    versions.iter().map(|one| one.version.to_string()).collect()
}

/// The versions as they would be if the crate of the last had had another surface.
fn as_if_listed(versions: &Versions, listing: &str) -> Versions {
    let mut json = serde_json::to_value(versions).expect("JSON");
    let last = json.as_array_mut().and_then(|all| all.last_mut());
    last.expect("a version")["surface"] = json!(&sha256(listing.as_bytes())[..16]);
    serde_json::from_value(json).expect("versions")
}

#[test]
fn batch_counts_its_revisions_from_1_0_0_on() {
    let models = batch(usize::MAX);
    let (versions, listing) = given(&models);
    let numbers = numbers(&versions);
    assert_eq!(numbers.len(), models.len());
    assert_eq!(
        numbers[..4],
        [
            "1.0.0+2016-12-14",
            "1.1.0+2017-03-28",
            "1.2.0+2017-04-11",
            "1.3.0+2017-08-14",
        ]
    );
    assert!(numbers.contains(&"1.47.1+2026-05-26".to_owned()));
    assert!(numbers.contains(&"1.48.0+2026-06-18".to_owned()));
    let kept = models::root().join("api-spec/batch/surface.txt");
    assert_eq!(fs::read_to_string(kept).expect("a listing"), listing);
}

#[test]
fn a_revision_more_gets_the_next_version_and_changes_no_other() {
    let models = batch(6);
    let (all, _) = given(&models);
    let (mut versions, listing) = given(&models[..4]);
    let before = numbers(&versions);
    go_on(&mut versions, Some(&listing), &models).expect("versions");
    assert_eq!(versions, all);
    assert_eq!(numbers(&versions)[..4], before);
}

#[test]
fn nothing_new_gives_no_version() {
    let models = batch(3);
    let (versions, listing) = given(&models);
    let mut again = versions.clone();
    for kept in [Some(listing.as_str()), None] {
        let now = go_on(&mut again, kept, &models);
        assert_eq!(now.as_ref(), Ok(&listing));
        assert_eq!(again, versions);
    }
}

#[test]
fn another_generator_gives_the_newest_revision_another_version_by_what_it_changed() {
    let models = batch(3);
    let (versions, listing) = given(&models);
    let line = listing
        .lines()
        .position(|line| line.starts_with("struct types::"));
    let line = line.expect("a type") + 1;
    let mut lines: Vec<&str> = listing.lines().collect();
    let mut without = lines.clone();
    without.remove(line);
    lines.insert(line, "  field types::gone\tOption<bool>");
    let moved = listing.replacen("\tvalue = \"2017-04-11\"", "\tvalue = \"was other\"", 1);
    for (name, before, expected) in [
        ("has more", without.join("\n") + "\n", "1.3.0+2017-04-11"),
        ("has less", lines.join("\n") + "\n", "2.0.0+2017-04-11"),
        ("says something else", moved, "1.2.1+2017-04-11"),
    ] {
        let mut versions = as_if_listed(&versions, &before);
        go_on(&mut versions, Some(&before), &models).expect(name);
        assert_eq!(
            numbers(&versions)[2..],
            ["1.2.0+2017-04-11", expected],
            "{name}"
        );
        let newest = versions.of("2017-04-11").expect("a version");
        assert_eq!(newest.version.to_string(), expected, "{name}");
        assert_eq!(newest.generator.len(), 1, "{name}: {:?}", newest.generator);
        // It is written down, so that it is not given a second time.
        let once = versions.clone();
        let again = go_on(&mut versions, Some(&listing), &models);
        assert_eq!(again.as_ref(), Ok(&listing), "{name}");
        assert_eq!(versions, once, "{name}");
    }
}

#[test]
fn items_listed_in_another_order_give_no_version() {
    let models = batch(3);
    let (versions, listing) = given(&models);
    let mut lines: Vec<&str> = listing.lines().collect();
    lines.swap(0, 1);
    let before = lines.join("\n") + "\n";
    let mut versions = as_if_listed(&versions, &before);
    go_on(&mut versions, Some(&before), &models).expect("versions");
    assert_eq!(versions, given(&models).0);
}

#[test]
fn an_older_revision_with_another_surface_comes_before_what_has_its_number() {
    let models = batch(3);
    let (versions, _) = given(&models);
    let (name, model) = &models[1];
    let given = versions.of(name).expect("a version");
    let of_the_time = names(&models).of_the_time(models[..2].iter().map(|(_, model)| model));
    let surface = Surface::of_model(model, name, &of_the_time);
    assert_eq!(given.version_of(&surface), given.version);
    let other = Surface::of_model(&models[2].1, name, &names(&models));
    let regenerated = given.version_of(&other);
    assert_eq!(regenerated.to_string(), "1.1.0-regenerated+2017-03-28");
    assert!(regenerated < given.version);
}

#[test]
fn what_cannot_be_numbered_is_refused_and_changes_nothing() {
    let models = batch(4);
    let late: Vec<(String, Model)> = [0, 1, 3].map(|at| models[at].clone()).into();
    let (versions, listing) = given(&late);
    let refused = |versions: &Versions, listing: Option<&str>, models: &[(String, Model)]| {
        let mut tried = versions.clone();
        let error = go_on(&mut tried, listing, models);
        assert_eq!(tried, *versions);
        error.expect_err("refused")
    };
    let found_late = VersionError::FoundLate {
        revision: "2017-04-11".to_owned(),
        later: "2017-08-14".to_owned(),
    };
    assert_eq!(refused(&versions, Some(&listing), &models), found_late);
    let no_revision = VersionError::NoRevision {
        revision: "2017-08-14".to_owned(),
    };
    assert_eq!(
        refused(&versions, Some(&listing), &models[..2]),
        no_revision
    );
    let other = as_if_listed(&versions, "mod other\n");
    for listing in [None, Some(listing.as_str())] {
        let error = refused(&other, listing, &late);
        assert!(matches!(error, VersionError::NoListing { .. }), "{error}");
    }
    let broken = as_if_listed(&versions, "class A\n");
    let error = refused(&broken, Some("class A\n"), &late);
    assert!(matches!(error, VersionError::Listing(_)), "{error}");
}

#[test]
fn versions_are_read_as_they_were_written() {
    let (versions, _) = given(&batch(3));
    let json: Value = serde_json::to_value(&versions).expect("JSON");
    assert_eq!(
        serde_json::from_value::<Versions>(json).ok(),
        Some(versions)
    );
    let broken = json!([{"version": "1.0", "revision": "2020-02-02", "surface": ""}]);
    assert!(serde_json::from_value::<Versions>(broken).is_err());
}

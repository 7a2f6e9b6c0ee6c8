//! The public surface: that it is true of the generated source, and what a change of it costs.

mod batch;
mod changes;
#[path = "../hostile/service.rs"]
#[expect(dead_code, reason = "the other tests use the rest")]
mod hostile;
mod source;
mod witness;

use std::collections::BTreeSet;

use shapewright_model::Model;
use shapewright_rust::surface::{Item, Surface};
use shapewright_rust::{Ledger, Runtime};
use shapewright_tests::{crates, models};

/// The items and their parts, a line each.
fn lines(items: &[Item]) -> Vec<String> {
    let lines = items.iter().flat_map(|item| {
        let own = source::line(&item.to_string(), item.is_deprecated);
        [vec![own], lines(&item.parts)].concat()
    });
    lines.collect()
}

/// Fails unless the source of a model's crate has what the surface has, and nothing else.
fn check(model: &Model) {
    let plan = crates::plan(model, "some", Runtime::Version);
    let told = lines(&Surface::of(&plan).items());
    let surface: BTreeSet<&String> = told.iter().collect();
    assert_eq!(surface.len(), told.len(), "an item is told twice");
    let read = source::items(&shapewright_rust::files(&plan));
    let source: BTreeSet<&String> = read.iter().collect();
    assert_eq!(source.len(), read.len(), "an item is there twice");
    let lacking: Vec<_> = source.difference(&surface).collect();
    assert!(lacking.is_empty(), "the surface lacks {lacking:#?}");
    let made_up: Vec<_> = surface.difference(&source).collect();
    assert!(made_up.is_empty(), "the source lacks {made_up:#?}");
}

#[test]
fn the_toy_is_made_of_what_its_surface_says() {
    check(&models::model("tests/generate/toy"));
}

#[test]
fn the_hostile_crate_is_made_of_what_its_surface_says() {
    check(&hostile::read(&hostile::crowd().to_string(), None));
}

#[test]
fn batch_is_made_of_what_its_surface_says() {
    check(&models::model(&models::newest_batch()));
}

#[test]
fn a_surface_needs_no_documentation() {
    let model = models::model("tests/generate/toy");
    let plan = crates::plan(&model, "toy", Runtime::Version);
    let quick = Surface::of_model(&model, "2020-02-02", &Ledger::default());
    assert_eq!(Surface::of(&plan).to_string(), quick.to_string());
}

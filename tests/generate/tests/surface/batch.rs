//! What each upgrade of AWS Batch costs, from its first revision to the newest.

use std::fmt::Write as _;

use shapewright_rust::Ledger;
use shapewright_rust::surface::{Effect, Surface, compare};
use shapewright_tests::models;

/// The surfaces of all revisions, oldest first, each with the ledger of its time.
fn surfaces() -> Vec<(String, Surface)> {
    let mut ledger = Ledger::default();
    let surfaces = models::batch_revisions().into_iter().map(|name| {
        let model = models::model(&models::batch(&name));
        ledger.extend(&model);
        let surface = Surface::of_model(&model, &name, &ledger);
        (name, surface)
    });
    surfaces.collect()
}

#[test]
fn no_upgrade_of_batch_is_a_major_one() {
    let surfaces = surfaces();
    let mut told = String::new();
    let mut minor = 0;
    for pair in surfaces.windows(2) {
        let [(_, old), (name, new)] = pair else {
            unreachable!("windows of two")
        };
        let changes = compare(old, new);
        let effect = changes.iter().map(|change| change.effect).max();
        let effect = effect.unwrap_or_default();
        if effect != Effect::Minor {
            let _ = writeln!(told, "{name}: {effect}");
            for change in changes.iter().filter(|change| change.effect == effect) {
                let _ = writeln!(told, "  {change}");
            }
        } else if name.as_str() <= "2026-06-18" {
            minor += 1;
        }
    }
    // In the first of them only signatures of requests changed, which the crate knows nothing of.
    let patches = "\
2024-06-17: patch
  value of REVISION: \"2024-06-17\", before \"2024-06-03\"
2026-05-26: patch
  value of REVISION: \"2026-05-26\", before \"2026-04-22\"
  validated of types::UpdatePolicy::job_execution_timeout_minutes: value 1..=7200, before value 1..=360
";
    assert_eq!(told, patches);
    assert_eq!(minor, 48);
}

#[test]
fn a_surface_does_not_differ_from_itself() {
    for (name, surface) in surfaces() {
        assert_eq!(compare(&surface, &surface.clone()), [], "{name}");
    }
}

//! What stands at the top of a crate.

use shapewright_model::Path;

use super::item::{Item, ItemKind};
use crate::plan::Plan;

/// The modules, the runtime with its features, the constants.
pub(super) fn items(plan: &Plan) -> Vec<Item> {
    let root = Path::root();
    let constant =
        |name: &str, model: &Path| Item::new(ItemKind::Constant, name, model).signed("&str");
    let mut items: Vec<Item> = ["builders", "operations", "types"]
        .map(|name| Item::new(ItemKind::Module, name, &root))
        .into();
    items.push(Item::new(ItemKind::ReExport, "runtime", &root).signed("shapewright_runtime"));
    let features = plan.package.features.iter();
    items.extend(
        features.map(|name| Item::new(ItemKind::Feature, format!("runtime/{name}"), &root)),
    );
    let version = constant("API_VERSION", &Path::of(["metadata", "apiVersion"]));
    let revision = constant("REVISION", &root);
    items.extend([
        version.doing("value", format!("{:?}", plan.package.api_version)),
        revision.doing("value", format!("{:?}", plan.package.revision)),
        // What it says changes with the revision.
        constant("UPSTREAM", &root),
    ]);
    items
}

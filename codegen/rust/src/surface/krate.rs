//! What stands at the top of a crate.

use shapewright_model::{Path, TraitName};

use super::item::{Item, ItemKind};
use super::{client, polling};
use crate::plan::Plan;

/// The modules, the runtime with its features, the constants, the endpoint.
pub(super) fn items(plan: &Plan) -> Vec<Item> {
    let root = Path::root();
    let constant =
        |name: &str, model: &Path| Item::new(ItemKind::Constant, name, model).signed("&str");
    let mut items: Vec<Item> = ["builders", "endpoint", "operations", "types"]
        .map(|name| Item::new(ItemKind::Module, name, &root))
        .into();
    items.push(
        Item::new(ItemKind::ReExport, "runtime", &root).signed(format!(
            "shapewright_runtime {}",
            crate::emit::runtime_series()
        )),
    );
    let features = plan.package.features.iter();
    items.extend(
        features.map(|name| Item::new(ItemKind::Feature, format!("runtime/{name}"), &root)),
    );
    let own = crate::emit::features(plan.package.protocol.is_some());
    items.extend(own.map(|(name, _)| Item::new(ItemKind::Feature, name, &root)));
    let version = constant("API_VERSION", &Path::of(["metadata", "apiVersion"]));
    let revision = constant("REVISION", &root);
    items.extend([
        version.doing("value", format!("{:?}", plan.package.api_version)),
        revision.doing("value", format!("{:?}", plan.package.revision)),
        // What it says changes with the revision.
        constant("UPSTREAM", &root),
    ]);
    items.extend(endpoint(plan));
    items.push(service(plan));
    items.extend(client::items(plan));
    items.extend(polling::waiters(plan));
    items
}

/// The type that names the service.
fn service(plan: &Plan) -> Item {
    let root = Path::root();
    let package = &plan.package;
    let mut item = Item::new(ItemKind::Enum, "Service", &root);
    item.parts = ["Clone", "Copy", "Debug"]
        .map(|name| Item::implementation("Service", name, &root))
        .into();
    let mut names = Item::implementation("Service", "runtime::Service", &root);
    let constant = |name: &str, (key, value): (&str, &str)| {
        Item::new(
            ItemKind::Constant,
            format!("{}::{name}", names.path),
            &Path::of(["metadata", key]),
        )
        .signed("&'static str")
        .doing("value", format!("{value:?}"))
    };
    let target_prefix = package.target_prefix.as_deref().unwrap_or_default();
    names.parts = vec![
        constant("ID", told(&package.service_id)),
        constant("SIGNING_NAME", told(&package.signing_name)),
        constant("TARGET_PREFIX", ("targetPrefix", target_prefix)),
    ];
    item.parts.push(names);
    item
}

/// A name with the key of the metadata that tells it.
fn told((key, name): &(TraitName, String)) -> (&str, &str) {
    (key.as_str(), name)
}

/// What tells where the service is.
fn endpoint(plan: &Plan) -> [Item; 2] {
    let model = Path::of(["endpointRuleSet"]);
    let function = Item::new(ItemKind::Method, "endpoint::endpoint", &model).signed(
        "(&runtime::endpoint::Parameters) \
         -> Result<runtime::endpoint::Endpoint, runtime::endpoint::EndpointError>",
    );
    let parameters = Item::new(ItemKind::Constant, "endpoint::PARAMETERS", &model);
    let names = plan.endpoint.parameters.iter().map(|one| &one.name);
    let names: Vec<_> = names.collect();
    [
        function.doing("rules", fingerprint(&format!("{:?}", plan.endpoint.rules))),
        parameters
            .signed("&[runtime::endpoint::Parameter]")
            .doing("value", format!("{names:?}")),
    ]
}

/// A short text for a long one (FNV-1a): whether rules are the same is asked, not what they say.
fn fingerprint(text: &str) -> String {
    let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3)
    });
    format!("{hash:016x}")
}

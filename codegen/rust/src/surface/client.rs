//! The clients: a method an operation.

use shapewright_model::Path;

use super::item::{Item, ItemKind};
use crate::plan::{Operation, Plan};

/// In what the two clients differ.
struct Way {
    module: &'static str,
    /// Whether its methods give a future.
    is_async: bool,
}

const WAYS: [Way; 2] = [
    Way {
        module: "client",
        is_async: true,
    },
    Way {
        module: "blocking",
        is_async: false,
    },
];

/// What a crate has whose operations can be called.
pub(super) fn items(plan: &Plan) -> Vec<Item> {
    let root = Path::root();
    if plan.package.protocol.is_none() {
        return Vec::new();
    }
    let mut items = vec![Item::new(ItemKind::ReExport, "Client", &root).signed("client::Client")];
    items.extend(WAYS.map(|way| Item::new(ItemKind::Module, way.module, &root)));
    items.extend(WAYS.iter().map(client));
    items
}

fn client(way: &Way) -> Item {
    let root = Path::root();
    let path = format!("{}::Client", way.module);
    let method = |name: &str, signature: String| {
        Item::new(ItemKind::Method, format!("{path}::{name}"), &root).signed(signature)
    };
    let mut item = Item::new(ItemKind::Structure, &path, &root).signed("<T>");
    item.parts = ["Clone", "Debug", "std::ops::Deref"]
        .map(|name| Item::implementation(&generic(&path, name), name, &root))
        .into();
    let builder = "runtime::client::Builder<Service>";
    let made = "() -> Result<Self, runtime::client::ConfigError>";
    item.parts.push(method("from_environment", made.to_owned()));
    item.parts
        .push(method("builder", format!("() -> {builder}")));
    let result = "Result<Self, runtime::client::ConfigError>";
    let takes = format!("({builder}, T) -> {result}");
    item.parts.push(method("new", takes));
    item
}

/// Derived traits are told of the type without its parameter, others with it.
fn generic(path: &str, name: &str) -> String {
    if name.contains("::") {
        format!("{path}<T>")
    } else {
        path.to_owned()
    }
}

/// The methods that call an operation.
pub(super) fn methods(operation: &Operation, model: &Path) -> Vec<Item> {
    if operation.call.is_none() {
        return Vec::new();
    }
    let method = |way: &Way| {
        let path = format!("{}::Client::{}", way.module, operation.method_name);
        let result = format!(
            "Result<types::{}, runtime::Error<operations::{}>>",
            operation.output, operation.error.name
        );
        let gives = if way.is_async {
            format!("impl Future<Output = {result}>")
        } else {
            result
        };
        let signature = format!("(&self, &types::{}) -> {gives}", operation.input);
        Item::new(ItemKind::Method, path, model)
            .signed(signature)
            .deprecated(operation.deprecated.as_ref())
    };
    WAYS.iter().map(method).collect()
}

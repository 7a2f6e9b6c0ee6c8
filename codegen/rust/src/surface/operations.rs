//! An operation's items: the type that names it, its constants, its errors.

use std::fmt::Write as _;

use shapewright_model::Path;

use super::item::{Item, ItemKind};
use super::{client, polling, travel};
use crate::plan::{Call, Operation, Paginator, Plan};

/// A plan's operations by name.
pub(super) fn sorted(plan: &Plan) -> Vec<&Operation> {
    let mut operations: Vec<&Operation> = plan.operations.iter().collect();
    operations.sort_by(|one, other| one.name.cmp(&other.name));
    operations
}

/// The item of an operation, with all that belongs to it.
pub(super) fn item(operation: &Operation) -> Item {
    let model = Path::of(["operations", &operation.key]);
    let path = format!("operations::{}", operation.name);
    let mut item =
        Item::new(ItemKind::Structure, &path, &model).deprecated(operation.deprecated.as_ref());
    item.parts = ["Clone", "Debug"]
        .map(|name| Item::implementation(&path, name, &model))
        .into();
    item.parts.push(implementation(operation, &path, &model));
    item.parts.push(context(operation, &path, &model));
    item.parts.push(error(operation, &model));
    if let Some(pages) = &operation.pages {
        item.parts
            .push(polling::pages(pages, &path, &operation.key));
    }
    if let Some(call) = &operation.call {
        item.parts.push(self::call(call, &path, &model));
        item.parts.extend(client::methods(operation, &model));
    }
    item
}

/// How the operation travels.
fn call(call: &Call, path: &str, model: &Path) -> Item {
    let mut item = Item::implementation(path, "runtime::Call", model).doing_all(travel::of(call));
    let protocol = format!("{}::Protocol", item.path);
    item.parts = vec![
        Item::new(ItemKind::AssociatedType, protocol, model)
            .signed(format!("runtime::codec::{}", call.codec)),
    ];
    item
}

/// What the runtime asks of every operation.
fn implementation(operation: &Operation, path: &str, model: &Path) -> Item {
    let mut item = Item::implementation(path, "runtime::Operation", model);
    let within = item.path.clone();
    let associated = |name: &str, of: String, model: &Path| {
        Item::new(ItemKind::AssociatedType, format!("{within}::{name}"), model).signed(of)
    };
    let constant = |name: &str, of: &str, value: String, model: &Path| {
        Item::new(ItemKind::Constant, format!("{within}::{name}"), model)
            .signed(of)
            .doing("value", value)
    };
    let text = |text: &str| format!("{text:?}");
    let http = |key| model.join("http").join(key);
    let status = operation.status.unwrap_or(200).to_string();
    let paginator = operation.paginator.as_ref();
    let paginator = paginator.map_or_else(|| "none".to_owned(), paginator_text);
    item.parts = vec![
        associated("Service", "Service".to_owned(), &Path::root()),
        associated(
            "Input",
            format!("types::{}", operation.input),
            &model.join("input"),
        ),
        associated(
            "Output",
            format!("types::{}", operation.output),
            &model.join("output"),
        ),
        associated(
            "Error",
            format!("operations::{}", operation.error.name),
            model,
        ),
        constant(
            "NAME",
            "&'static str",
            text(&operation.wire_name),
            &model.join("name"),
        ),
        constant(
            "METHOD",
            "&'static str",
            text(&operation.method),
            &http("method"),
        ),
        constant(
            "URI",
            "&'static str",
            text(&operation.uri),
            &http("requestUri"),
        ),
        constant("STATUS", "u16", status, &http("responseCode")),
        constant(
            "PAGINATOR",
            "Option<runtime::Paginator>",
            paginator,
            &Path::of(["pagination", &operation.key]),
        ),
    ];
    item
}

/// What the operation tells the endpoint rules.
fn context(operation: &Operation, path: &str, model: &Path) -> Item {
    let mut item = Item::implementation(path, "runtime::endpoint::Context", model);
    for parameter in &operation.context {
        let told = format!("{} from {:?}", parameter.name, parameter.source);
        item = item.doing("sets", told);
    }
    item
}

fn paginator_text(paginator: &Paginator) -> String {
    let mut text = format!(
        "from {:?} to {:?}, of {:?}",
        paginator.output_token, paginator.input_token, paginator.result_key
    );
    if let Some(key) = &paginator.limit_key {
        let _ = write!(text, ", at most {key:?}");
    }
    if let Some(key) = &paginator.more_results {
        let _ = write!(text, ", more if {key:?}");
    }
    text
}

fn error(operation: &Operation, model: &Path) -> Item {
    let path = format!("operations::{}", operation.error.name);
    let mut item = Item::new(ItemKind::Enum, &path, model);
    for variant in &operation.error.variants {
        let of = format!("types::{}", variant.type_name);
        let model = Path::of(["operations", &operation.key, "errors", &variant.shape]);
        let own = format!("{path}::{}", variant.name);
        item.parts.extend([
            Item::new(ItemKind::Variant, own, &model).signed(format!("({of})")),
            Item::implementation(&path, &format!("From<{of}>"), &model),
        ]);
    }
    let other = Item::new(ItemKind::Variant, format!("{path}::Other"), model);
    item.parts.push(other.signed("(runtime::OtherError)"));
    if operation.call.is_some() {
        item.parts.extend(
            ["From<&runtime::codec::Fault>", "runtime::OperationError"]
                .map(|name| Item::implementation(&path, name, model)),
        );
    }
    let traits = ["Clone", "Debug", "Display", "Error", "PartialEq"];
    item.parts
        .extend(traits.map(|name| Item::implementation(&path, name, model)));
    item
}

//! Pages and waiters: what follows an answer.

use shapewright_model::Path;

use super::item::{Item, ItemKind};
use crate::emit::page_item;
use crate::plan::Plan;
use crate::plan::routes::{Pages, Waiter};

/// How an operation is read in pages.
pub(super) fn pages(pages: &Pages, path: &str, operation: &str) -> Item {
    let model = Path::of(["pagination", operation]);
    let mut item = Item::implementation(path, "runtime::Paginated", &model)
        .doing("follows", format!("{:?} {:?}", pages.more, pages.tokens))
        .doing("holds", format!("{:?}", pages.items));
    let name = format!("{}::Item", item.path);
    item.parts = vec![Item::new(ItemKind::AssociatedType, name, &model).signed(page_item(pages))];
    item
}

/// The waiters, if there are any.
pub(super) fn waiters(plan: &Plan) -> Vec<Item> {
    if plan.waiters.is_empty() {
        return Vec::new();
    }
    let module = Item::new(ItemKind::Module, "waiters", &Path::root());
    [module]
        .into_iter()
        .chain(plan.waiters.iter().map(waiter))
        .collect()
}

fn waiter(waiter: &Waiter) -> Item {
    let model = Path::of(["waiters", &waiter.key]);
    let path = format!("waiters::{}", waiter.name);
    let mut item = Item::new(ItemKind::Structure, &path, &model);
    item.parts = ["Clone", "Debug"]
        .map(|name| Item::implementation(&path, name, &model))
        .into();
    let mut wait = Item::implementation(&path, "runtime::Wait", &model)
        .doing("every", format!("{} s", waiter.delay))
        .doing("at most", format!("{} times", waiter.max_attempts))
        .doing("accepts", format!("{:?}", waiter.acceptors));
    let name = format!("{}::Operation", wait.path);
    let operation = format!("operations::{}", waiter.operation);
    wait.parts = vec![Item::new(ItemKind::AssociatedType, name, &model).signed(operation)];
    item.parts.push(wait);
    item
}

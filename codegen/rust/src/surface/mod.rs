//! The public surface of a crate: what a program that depends on it can name, each item with what
//! it comes from in the model.
//!
//! It is read off the plan, never from source text; a test reads the generated source back and finds
//! the same items. Not in it are what is hidden (the states of a builder) and all documentation.

mod behaviour;
mod client;
mod compare;
mod item;
mod krate;
mod listing;
mod operations;
mod polling;
mod signature;
mod travel;
mod types;
mod witness;

use std::fmt;

use shapewright_model::Model;

pub use compare::{Effect, SurfaceChange, What, compare, compare_items};
pub use item::{Item, ItemKind};
pub use listing::{ListingError, parse};
pub use witness::Witnesses;

use crate::ledger::Ledger;
use crate::plan::{self, Plan};

/// The public items of a crate.
///
/// It holds the plan; items are made when asked for, so that two surfaces which are alike are
/// compared without any.
#[derive(Clone, Debug)]
pub struct Surface {
    plan: Plan,
}

impl Surface {
    /// The surface of the crate of this plan.
    pub fn of(plan: &Plan) -> Self {
        Self { plan: plan.clone() }
    }

    /// The surface of the crate that a model would have with these names. It costs a fraction of
    /// the plan of a whole crate, most of which is documentation.
    ///
    /// `revision` is its name, empty for a model that is none. For the surface of an older revision,
    /// the ledger is that of its time: a later one may put a member behind a `Box` that was not
    /// there yet.
    pub fn of_model(model: &Model, revision: &str, ledger: &Ledger) -> Self {
        Self {
            plan: plan::outline(model, revision, ledger),
        }
    }

    /// Every item, those of types and operations as their parts: first the crate's own, then the
    /// operations and the types, by name.
    pub fn items(&self) -> Vec<Item> {
        let mut items = krate::items(&self.plan);
        items.extend(
            operations::sorted(&self.plan)
                .into_iter()
                .map(operations::item),
        );
        items.extend(types::sorted(&self.plan).into_iter().map(types::item));
        items
    }
}

impl fmt::Display for Surface {
    /// Its listing: an item a line, its parts below it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        listing::write(&self.items(), f)
    }
}

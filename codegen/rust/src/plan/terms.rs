//! What the things of a model are called in its crate, by their paths in the model.

use std::collections::BTreeMap;

use shapewright_model::{Member, Model, Path, Reach, Shape, ShapeId, Thing, Traits};

use super::docs::{self, Facts};
use super::endless::endless;
use super::items::Value;
use super::values::Values;
use super::{Options, prose};
use crate::ledger::{Form, form};

/// A thing of the model in Rust.
#[derive(Clone, Debug)]
pub(crate) struct Named {
    /// The name of the type, field or variant; none for a shape without a type of its own.
    pub(crate) name: Option<String>,
    /// What a field or variant holds, or what such a shape becomes.
    pub(crate) value: Option<Value>,
    /// What the model states of it, in sentences.
    pub(crate) facts: Vec<String>,
    /// Upstream's documentation in Markdown, a paragraph each; none for a model without prose.
    pub(crate) prose: Vec<String>,
}

/// The things of a model by path.
pub(crate) fn terms(model: &Model, options: &Options<'_>) -> BTreeMap<String, Named> {
    let mut ledger = options.ledger.clone();
    ledger.extend(model);
    let endless = endless(model);
    let values = Values {
        model,
        ledger: &ledger,
        endless: &endless,
    };
    let facts = Facts {
        model,
        reach: Reach::of(model),
        since: options.since,
        is_told: true,
    };
    let mut terms = BTreeMap::new();
    let mut add = |path: Path, name: Option<&str>, value, facts, traits: &Traits| {
        let named = Named {
            name: name.map(str::to_owned),
            value,
            facts,
            prose: prose::paragraphs(traits),
        };
        terms.insert(path.to_string(), named);
    };
    for operation in &model.operations {
        let path = Thing::Operation(&operation.key).path();
        let name = ledger.operation(&operation.key);
        let stated = facts.operation_facts(operation);
        add(path, Some(name), None, stated, &operation.traits);
    }
    for (id, shape) in model.shapes() {
        let path = Thing::Shape(&shape.name).path();
        let Some(form) = form(shape) else {
            let stated = docs::constraints(shape).into_iter();
            let stated = stated.chain(docs::pattern(&shape.traits)).collect();
            let value = values.of(&alone(id, shape), false);
            add(path, None, Some(value), stated, &shape.traits);
            continue;
        };
        let name = ledger.type_of(&shape.name);
        add(
            path,
            Some(name),
            None,
            facts.shape_facts(shape),
            &shape.traits,
        );
        for member in shape.members() {
            let name = match form {
                Form::Union => ledger.variant(&shape.name, &member.name),
                _ => ledger.field(&shape.name, &member.name),
            };
            let path = Thing::Member(&shape.name, &member.name).path();
            let value = values.of(member, ledger.is_boxed(&shape.name, &member.name));
            let stated = facts.member_facts(shape, member);
            add(path, Some(name), Some(value), stated, &member.traits);
        }
        for value in shape.values() {
            let name = ledger.variant(&shape.name, &value.value);
            let path = Thing::EnumValue(&shape.name, &value.value).path();
            let stated = facts.since_and_until(&path, &value.traits);
            add(path, Some(name), None, stated, &value.traits);
        }
    }
    terms
}

/// A use of a shape of which nothing special is said.
fn alone(target: ShapeId, shape: &Shape) -> Member {
    Member {
        name: shape.name.clone(),
        target,
        traits: Traits::default(),
    }
}

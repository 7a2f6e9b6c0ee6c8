//! Shapes to types: structures with their builders, enums, unions.

use std::collections::{BTreeMap, BTreeSet};

use shapewright_model::{Direction, Member, Model, Path, Shape, ShapeId, ShapeKind, TraitName};

use super::checks::Checks;
use super::docs::{Facts, code};
use super::endless::endless;
use super::items::{
    Builder, BuilderState, EnumVariant, ErrorShape, Field, Structure, Type, TypeKind, Value,
};
use super::values::Values;
use crate::ledger::{Form, Ledger, Side, form};
use crate::names::{self, Scope};

/// All types, ordered by module.
pub(super) fn plan(model: &Model, facts: &Facts<'_>, ledger: &Ledger) -> Vec<Type> {
    let endless = endless(model);
    let planner = Planner {
        model,
        ledger,
        values: Values {
            model,
            ledger,
            endless: &endless,
        },
        facts,
        checks: Checks::of(model, &endless),
        sensitive: sensitive(model),
        failures: failures(model),
    };
    let mut types: Vec<Type> = model
        .shapes()
        .filter_map(|(id, shape)| Some(planner.plan(id, form(shape)?)))
        .collect();
    for operation in &model.operations {
        let empty = Side::without_shape(operation);
        types.extend(empty.map(|side| empty_type(&operation.key, side, ledger)));
    }
    // A type may be named as a module would be: `_2`. Both stand in one namespace.
    let mut modules = Scope::default();
    modules.take(types.iter().map(|one| one.name.clone()));
    types.sort_by(|one, other| one.name.cmp(&other.name));
    for one in &mut types {
        one.module = modules.claim(names::module(&one.name));
    }
    types.sort_by(|one, other| one.module.cmp(&other.module));
    types
}

/// A structure without members, for the side of an operation that has no shape: one that may get
/// members later must be a type of its own from the beginning.
fn empty_type(operation: &str, side: Side, ledger: &Ledger) -> Type {
    let name = ledger.empty(operation, side).to_owned();
    let (text, sent) = match side {
        Side::Input => ("input", true),
        Side::Output => ("output", false),
    };
    Type {
        path: Path::of(["operations", operation, text]),
        docs: vec![format!(
            "The {text} of {}, which is empty.",
            code(operation)
        )],
        module: String::new(),
        deprecated: None,
        sensitive: false,
        validated: sent,
        kind: TypeKind::Structure(Structure {
            fields: Vec::new(),
            builder: sent.then(|| builder(&name, &[])),
            error: None,
        }),
        name,
    }
}

/// The shapes of which `Debug` shows nothing: sensitive ones, and lists and maps of such.
fn sensitive(model: &Model) -> BTreeSet<ShapeId> {
    let mut holders: Vec<Vec<ShapeId>> = vec![Vec::new(); model.shapes().len()];
    let mut open = Vec::new();
    for (id, shape) in model.shapes() {
        if matches!(shape.kind, ShapeKind::List(_) | ShapeKind::Map(_)) {
            for part in shape.parts() {
                holders[part.target.index()].push(id);
            }
        }
        if shape.traits.flag(&TraitName::Sensitive) {
            open.push(id);
        }
    }
    let mut found = BTreeSet::new();
    while let Some(id) = open.pop() {
        if found.insert(id) {
            open.append(&mut holders[id.index()]);
        }
    }
    found
}

struct Planner<'a> {
    model: &'a Model,
    ledger: &'a Ledger,
    values: Values<'a>,
    facts: &'a Facts<'a>,
    checks: Checks<'a>,
    sensitive: BTreeSet<ShapeId>,
    /// What operations fail with.
    failures: BTreeSet<ShapeId>,
}

/// What operations list as their errors: the enum of those shows each, marked as an error or not.
fn failures(model: &Model) -> BTreeSet<ShapeId> {
    let errors = model.operations.iter().flat_map(|one| &one.errors);
    errors.map(|error| error.target).collect()
}

impl Planner<'_> {
    fn plan(&self, id: ShapeId, form: Form) -> Type {
        let shape = self.model.shape(id);
        let name = self.ledger.type_of(&shape.name);
        let path = Path::of(["shapes", &shape.name]);
        let kind = match form {
            Form::Enum => TypeKind::Enum(self.variants(shape)),
            Form::Union => TypeKind::Union(self.union(shape)),
            Form::Structure => TypeKind::Structure(self.structure(id, shape, name)),
        };
        Type {
            name: name.to_owned(),
            docs: self.facts.shape(id, shape),
            deprecated: self.facts.deprecation(&shape.traits, || path.clone()),
            path,
            module: String::new(),
            sensitive: self.sensitive.contains(&id),
            validated: self.facts.reach.travels(id, Direction::Send),
            kind,
        }
    }

    fn structure(&self, id: ShapeId, shape: &Shape, name: &str) -> Structure {
        let members = shape.members().iter().zip(wire_names(shape));
        let fields: Vec<Field> = members
            .map(|(member, wire_name)| {
                let field = self.ledger.field(&shape.name, &member.name);
                self.field(shape, member, field, names::setter(field), wire_name)
            })
            .collect();
        let sent = self.facts.reach.travels(id, Direction::Send);
        let builder = sent.then(|| builder(name, &fields));
        let fails = shape.traits.flag(&TraitName::Exception) || self.failures.contains(&id);
        let error = fails.then(|| error(shape, &fields));
        Structure {
            fields,
            builder,
            error,
        }
    }

    fn union(&self, shape: &Shape) -> Vec<Field> {
        let members = shape.members().iter().zip(wire_names(shape));
        let variants = members.map(|(member, wire_name)| {
            let variant = self.ledger.variant(&shape.name, &member.name);
            self.field(shape, member, variant, names::getter(variant), wire_name)
        });
        variants.collect()
    }

    fn field(
        &self,
        shape: &Shape,
        member: &Member,
        name: &str,
        method: String,
        wire_name: String,
    ) -> Field {
        let path = || Path::of(["shapes", &shape.name, "members", &member.name]);
        let filled_in = member.traits.flag(&TraitName::IdempotencyToken);
        Field {
            name: name.to_owned(),
            member: member.name.clone(),
            method,
            wire_name,
            value: self
                .values
                .of(member, self.ledger.is_boxed(&shape.name, &member.name)),
            docs: self.facts.member(shape, member),
            deprecated: self.facts.deprecation(&member.traits, path),
            sensitive: self.sensitive.contains(&member.target),
            required: member.is_required() && !filled_in,
            check: self.checks.member(member),
        }
    }

    fn variants(&self, shape: &Shape) -> Vec<EnumVariant> {
        let ShapeKind::Enum(values) = &shape.kind else {
            return Vec::new();
        };
        let mut seen = BTreeSet::new();
        let once = values.iter().filter(|one| seen.insert(&one.value));
        let variants = once.map(|one| {
            let path = || Path::of(["shapes", &shape.name, "enum", &one.value]);
            EnumVariant {
                name: self.ledger.variant(&shape.name, &one.value).to_owned(),
                value: one.value.clone(),
                docs: self.facts.enum_value(shape, &one.value, &one.traits),
                deprecated: self.facts.deprecation(&one.traits, path),
            }
        });
        variants.collect()
    }
}

/// The key of each member in the JSON data form: the wire name for what travels in the body, the
/// member's own name for the rest, as a header's name is no key; and never one key twice.
fn wire_names(shape: &Shape) -> Vec<String> {
    let in_body = |member: &&Member| member.traits.get(&TraitName::Location).is_none();
    let body: BTreeSet<&str> = shape
        .members()
        .iter()
        .filter(in_body)
        .map(Member::wire_name)
        .collect();
    let mut taken = BTreeSet::new();
    let mut numbers = BTreeMap::new();
    let names = shape.members().iter().map(|member| {
        let mut name = if in_body(&member) {
            member.wire_name()
        } else {
            &member.name
        }
        .to_owned();
        let is_free = |name: &str, taken: &BTreeSet<String>| {
            !taken.contains(name) && (in_body(&member) || !body.contains(name))
        };
        if !is_free(&name, &taken) {
            // A million members of one name need not each try a million.
            let number = numbers.entry(name.clone()).or_insert(1_usize);
            let base = format!("{name}_");
            name.clone_from(&base);
            while !is_free(&name, &taken) {
                *number += 1;
                name = format!("{base}{number}");
            }
        }
        taken.insert(name.clone());
        name
    });
    names.collect()
}

/// A builder demands so many members at compile time; `validate` sees the rest. Each setter names
/// the states of all: of a thousand they would fill megabytes. No AWS shape comes near.
const STATES: usize = 100;

fn builder(name: &str, fields: &[Field]) -> Builder {
    let mut scope = Scope::default();
    let required = fields
        .iter()
        .enumerate()
        .filter(|(_, field)| field.required)
        .take(STATES);
    let states = required.map(|(field, planned)| {
        let member = names::type_name(&planned.name);
        BuilderState {
            field,
            parameter: scope.claim(format!("{member}State")),
            requirement: scope.claim(format!("{member}Given")),
        }
    });
    Builder {
        name: names::builder(name),
        states: states.collect(),
    }
}

fn error(shape: &Shape, fields: &[Field]) -> ErrorShape {
    let code = shape
        .traits
        .get(&TraitName::Error)
        .and_then(|error| error.get("code"));
    let message = fields.iter().find(|field| {
        field.value == Value::String && field.wire_name.eq_ignore_ascii_case("message")
    });
    ErrorShape {
        code: code
            .and_then(|code| code.as_str())
            .unwrap_or(&shape.name)
            .to_owned(),
        message: message.map(|field| field.name.clone()),
    }
}

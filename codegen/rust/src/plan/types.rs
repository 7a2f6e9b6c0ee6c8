//! Shapes to types: structures with their builders, enums, unions.

use std::collections::{BTreeMap, BTreeSet};

use shapewright_model::{
    Direction, EnumValue, Member, Model, Path, Shape, ShapeId, ShapeKind, TraitName,
};

use super::checks::Checks;
use super::cycle;
use super::docs::{Facts, code};
use super::items::{
    Builder, BuilderState, EnumVariant, ErrorShape, Field, Structure, Type, TypeKind, Value,
};
use super::values::{TypeNames, Values};
use crate::names::{self, Scope};

/// The names of a crate's types, given before anything refers to them.
pub(super) struct Types<'a> {
    model: &'a Model,
    names: TypeNames,
    taken: Scope,
    /// Types that an operation needs and no shape gives: an input or output without a shape.
    empty: Vec<Type>,
}

impl<'a> Types<'a> {
    /// Names every shape that becomes a type of its own.
    pub(super) fn name(model: &'a Model) -> Self {
        let mut taken = Scope::default();
        let named = model.shapes().filter(|(_, shape)| {
            matches!(
                shape.kind,
                ShapeKind::Structure(_) | ShapeKind::Union(_) | ShapeKind::Enum(_)
            )
        });
        let given = named.map(|(id, shape)| (id, taken.claim(names::type_name(&shape.name))));
        Self {
            model,
            names: given.collect(),
            taken,
            empty: Vec::new(),
        }
    }

    /// The type of a shape; for a shape that none has, the model is not one that was read.
    pub(super) fn type_of(&self, shape: ShapeId) -> String {
        self.names.get(&shape).cloned().unwrap_or_default()
    }

    /// A structure without members, for the side of an operation that has no shape: one that may
    /// get members later must be a type of its own from the beginning.
    pub(super) fn empty(&mut self, operation: &str, side: &str) -> String {
        let name = self
            .taken
            .claim(names::type_name(&format!("{operation}{side}")));
        let sent = side == "Input";
        self.empty.push(Type {
            docs: vec![format!(
                "The {} of {}, which is empty.",
                side.to_lowercase(),
                code(operation)
            )],
            module: String::new(),
            deprecated: None,
            sensitive: false,
            validated: sent,
            kind: TypeKind::Structure(Structure {
                fields: Vec::new(),
                builder: sent.then(|| Builder {
                    name: format!("{name}Builder"),
                    module: String::new(),
                    states: Vec::new(),
                }),
                error: None,
            }),
            name: name.clone(),
        });
        name
    }

    /// All types, ordered by module.
    pub(super) fn plan(self, facts: &Facts<'_>) -> Vec<Type> {
        let endless = cycle::endless(self.model);
        let planner = Planner {
            model: self.model,
            values: Values {
                model: self.model,
                names: &self.names,
                endless: &endless,
            },
            facts,
            cuts: cycle::cuts(self.model),
            checks: Checks::new(self.model, &endless),
            sensitive: sensitive(self.model),
        };
        let mut types: Vec<Type> = self
            .names
            .iter()
            .map(|(id, name)| planner.plan(*id, name))
            .collect();
        types.extend(self.empty);

        let mut modules = Scope::default();
        let mut builders = Scope::default();
        let mut builder_modules = Scope::default();
        for one in &mut types {
            one.module = modules.claim(names::module(&one.name));
            if let TypeKind::Structure(Structure {
                builder: Some(builder),
                ..
            }) = &mut one.kind
            {
                builder.name = builders.claim(builder.name.clone());
                builder.module = builder_modules.claim(one.module.clone());
            }
        }
        types.sort_by(|one, other| one.module.cmp(&other.module));
        types
    }
}

/// The shapes of which `Debug` shows nothing: sensitive ones, and lists and maps of such.
fn sensitive(model: &Model) -> BTreeSet<ShapeId> {
    let marked =
        |(id, shape): (ShapeId, &Shape)| shape.traits.flag(&TraitName::Sensitive).then_some(id);
    let mut found: BTreeSet<ShapeId> = model.shapes().filter_map(marked).collect();
    loop {
        let before = found.len();
        for (id, shape) in model.shapes() {
            let collection = matches!(shape.kind, ShapeKind::List(_) | ShapeKind::Map(_));
            if collection
                && shape
                    .parts()
                    .iter()
                    .any(|part| found.contains(&part.target))
            {
                found.insert(id);
            }
        }
        if found.len() == before {
            return found;
        }
    }
}

struct Planner<'a> {
    model: &'a Model,
    values: Values<'a>,
    facts: &'a Facts<'a>,
    cuts: BTreeSet<(ShapeId, usize)>,
    checks: Checks<'a>,
    sensitive: BTreeSet<ShapeId>,
}

impl Planner<'_> {
    fn plan(&self, id: ShapeId, name: &str) -> Type {
        let shape = self.model.shape(id);
        let kind = match &shape.kind {
            ShapeKind::Enum(values) => TypeKind::Enum(self.variants(shape, values)),
            ShapeKind::Union(members) => TypeKind::Union(self.union(id, shape, members)),
            // C2J marks a stream of events where Smithy has a union.
            _ if shape.traits.flag(&TraitName::EventStream) => {
                TypeKind::Union(self.union(id, shape, shape.members()))
            }
            _ => TypeKind::Structure(self.structure(id, shape, name)),
        };
        Type {
            name: name.to_owned(),
            module: String::new(),
            docs: self.facts.shape(id, shape),
            deprecated: self
                .facts
                .deprecation(&Path::of(["shapes", &shape.name]), &shape.traits),
            sensitive: self.sensitive.contains(&id),
            validated: self.facts.reach.travels(id, Direction::Send),
            kind,
        }
    }

    fn structure(&self, id: ShapeId, shape: &Shape, name: &str) -> Structure {
        let mut scope = Scope::reserving(names::METHODS);
        let mut by_name: Vec<&Member> = shape.members().iter().collect();
        by_name.sort_by(|one, other| one.name.cmp(&other.name));
        let given: BTreeMap<&str, String> = by_name
            .iter()
            .map(|one| (&*one.name, scope.claim(names::field(&one.name))))
            .collect();
        let wire_names = wire_names(shape);
        let fields: Vec<Field> = shape
            .members()
            .iter()
            .enumerate()
            .map(|(at, member)| {
                let field = given[member.name.as_str()].clone();
                let plain = field.trim_start_matches("r#");
                // A setter can collide with a getter alone: of members `x` and `withX`.
                let setter = scope.claim(format!("with_{plain}"));
                self.field(id, at, member, field, setter, wire_names[at].clone())
            })
            .collect();
        let sent = self.facts.reach.travels(id, Direction::Send);
        let builder = sent.then(|| builder(name, &fields));
        let error = shape
            .traits
            .flag(&TraitName::Exception)
            .then(|| error(shape, &fields));
        Structure {
            fields,
            builder,
            error,
        }
    }

    fn union(&self, id: ShapeId, shape: &Shape, members: &[Member]) -> Vec<Field> {
        let mut scope = Scope::reserving(&["Unknown"]);
        let mut methods = Scope::reserving(names::METHODS);
        let wire_names = wire_names(shape);
        let named = members.iter().enumerate().map(|(at, member)| {
            let variant = scope.claim(variant_name(&member.name));
            let plain = names::field(&member.name);
            let method = methods.claim(format!("as_{}", plain.trim_start_matches("r#")));
            self.field(id, at, member, variant, method, wire_names[at].clone())
        });
        named.collect()
    }

    fn field(
        &self,
        id: ShapeId,
        at: usize,
        member: &Member,
        name: String,
        method: String,
        wire_name: String,
    ) -> Field {
        let shape = self.model.shape(id);
        let path = Path::of(["shapes", &shape.name, "members", &member.name]);
        let filled_in = member.traits.flag(&TraitName::IdempotencyToken);
        Field {
            name,
            method,
            wire_name,
            value: self.values.of(member, self.cuts.contains(&(id, at))),
            docs: self.facts.member(shape, member),
            deprecated: self.facts.deprecation(&path, &member.traits),
            sensitive: self.sensitive.contains(&member.target),
            required: member.is_required() && !filled_in,
            check: self.checks.of(member),
        }
    }

    fn variants(&self, shape: &Shape, values: &[EnumValue]) -> Vec<EnumVariant> {
        let mut scope = Scope::reserving(&["Unknown"]);
        let mut seen = BTreeSet::new();
        let mut once: Vec<&EnumValue> = values
            .iter()
            .filter(|one| seen.insert(one.value.as_str()))
            .collect();
        let mut by_value = once.clone();
        by_value.sort_by(|one, other| one.value.cmp(&other.value));
        let given: BTreeMap<&str, String> = by_value
            .iter()
            .map(|one| (one.value.as_str(), scope.claim(variant_name(&one.value))))
            .collect();
        let variants = once.drain(..).map(|one| {
            let path = Path::of(["shapes", &shape.name, "enum", &one.value]);
            EnumVariant {
                name: given[one.value.as_str()].clone(),
                value: one.value.clone(),
                docs: self.facts.enum_value(shape, &one.value, &one.traits),
                deprecated: self.facts.deprecation(&path, &one.traits),
            }
        });
        variants.collect()
    }
}

/// A value called `UNKNOWN` is not the variant for unknown values.
fn variant_name(value: &str) -> String {
    match names::variant(value) {
        name if name == "Unknown" => "UnknownValue".to_owned(),
        name => name,
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
    let names = shape.members().iter().map(|member| {
        let mut name = if in_body(&member) {
            member.wire_name()
        } else {
            &member.name
        }
        .to_owned();
        while (!in_body(&member) && body.contains(name.as_str())) || !taken.insert(name.clone()) {
            name.push('_');
        }
        name
    });
    names.collect()
}

fn builder(name: &str, fields: &[Field]) -> Builder {
    let mut scope = Scope::default();
    let required = fields
        .iter()
        .enumerate()
        .filter(|(_, field)| field.required);
    let states = required.map(|(field, planned)| {
        let member = names::type_name(&planned.name);
        BuilderState {
            field,
            parameter: scope.claim(format!("{member}State")),
            requirement: scope.claim(format!("{member}Given")),
        }
    });
    Builder {
        name: format!("{name}Builder"),
        module: String::new(),
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

//! A type's items: its fields or variants, methods, implementations, and its builder.

use std::collections::BTreeSet;

use shapewright_model::Path;

use super::behaviour;
use super::item::{Item, ItemKind};
use crate::plan::{Builder, EnumVariant, Field, Plan, Structure, Type, TypeKind};
use crate::spelling::Types;

/// What the text of an enum's value can be made from and turned into, and how such values compare.
const ENUM: &[&str] = &[
    "AsRef<str>",
    "Display",
    "Eq",
    "From<&str>",
    "From<String>",
    "Hash",
    "Ord",
    "PartialOrd",
];

/// A plan's types by name.
pub(super) fn sorted(plan: &Plan) -> Vec<&Type> {
    let mut types: Vec<&Type> = plan.types.iter().collect();
    types.sort_by(|one, other| one.name.cmp(&other.name));
    types
}

/// The item of a type, with all that belongs to it.
pub(super) fn item(one: &Type) -> Item {
    let scope = Scope {
        path: format!("types::{}", one.name),
        one,
    };
    let kind = match &one.kind {
        TypeKind::Structure(_) => ItemKind::Structure,
        TypeKind::Enum(_) | TypeKind::Union(_) => ItemKind::Enum,
    };
    let mut item = Item::new(kind, &scope.path, &one.path).deprecated(one.deprecated.as_ref());
    if one.sensitive {
        item = item.doing("in Debug", "redacted");
    }
    // `Debug` is there whether derived or not.
    let mut traits = vec!["Clone", "Debug", "Deserialize", "PartialEq", "Serialize"];
    match &one.kind {
        TypeKind::Structure(structure) => {
            traits.extend(["Default", "runtime::form::Structure"]);
            if let Some(error) = &structure.error {
                traits.extend(["Display", "Error"]);
                item = item.doing("code", format!("{:?}", error.code));
            }
            item.parts = scope.structure(structure);
        }
        TypeKind::Enum(variants) => {
            traits.extend(ENUM);
            item.parts = scope.variants(variants);
        }
        TypeKind::Union(members) => {
            traits.push("runtime::form::Union");
            item.parts = scope.union(members);
        }
    }
    // Whoever holds an enum's value checks it.
    if one.validated && !matches!(one.kind, TypeKind::Enum(_)) {
        traits.push("runtime::validate::Validate");
    }
    traits.sort_unstable();
    let traits = traits.into_iter();
    item.parts
        .extend(traits.map(|name| Item::implementation(&scope.path, name, &one.path)));
    item
}

/// A type, and where its items are.
struct Scope<'a> {
    path: String,
    one: &'a Type,
}

impl Scope<'_> {
    fn structure(&self, structure: &Structure) -> Vec<Item> {
        let mut items = Vec::new();
        let states = structure.builder.iter().flat_map(|builder| &builder.states);
        let demanded: BTreeSet<usize> = states.map(|state| state.field).collect();
        for (at, field) in structure.fields.iter().enumerate() {
            let model = self.member(field);
            let of = Types::Public.of(&field.value);
            let mut item = self.part(ItemKind::Field, &field.name, &model);
            item = item
                .signed(format!("Option<{of}>"))
                .doing_all(behaviour::of(field, self.one.validated));
            // A builder demands a hundred at most.
            if field.required && self.one.validated && !demanded.contains(&at) {
                item = item.doing("required", "by validate");
            }
            let argument = Types::Public.argument(&field.value);
            let gives = Types::Public.getter(&field.value);
            let all = [
                item,
                self.method(&field.method, format!("(self, {argument}) -> Self"), &model),
                self.method(&field.name, format!("(&self) -> {gives}"), &model),
            ];
            items.extend(all.map(|item| item.deprecated(field.deprecated.as_ref())));
        }
        if let Some(builder) = &structure.builder {
            let model = &self.one.path;
            let of = format!("() -> builders::{}", builder.name);
            let checks = "(&self) -> Result<(), runtime::Invalid>";
            items.extend([
                self.method("builder", of, model),
                self.method("validate", checks.to_owned(), model),
                self.builder(structure, builder),
            ]);
        }
        items
    }

    /// A builder's type parameter and its states are hidden, so that a setter gives the builder
    /// itself; what a state demands is an item of its own.
    fn builder(&self, structure: &Structure, builder: &Builder) -> Item {
        let path = format!("builders::{}", builder.name);
        let model = &self.one.path;
        let mut item = Item::new(ItemKind::Structure, &path, model)
            .signed("<State>")
            .deprecated(self.one.deprecated.as_ref());
        for (at, field) in structure.fields.iter().enumerate() {
            let model = self.member(field);
            let path = format!("{path}::{}", field.name);
            if builder.states.iter().any(|state| state.field == at) {
                let model = model.join("required");
                let requirement = Item::new(ItemKind::Requirement, &path, &model);
                item.parts.push(requirement);
            }
            let argument = Types::Public.argument(&field.value);
            let setter = Item::new(ItemKind::Method, path, &model)
                .signed(format!("(self, {argument}) -> Self"))
                .deprecated(field.deprecated.as_ref());
            item.parts.push(setter);
        }
        let build = Item::new(ItemKind::Method, format!("{path}::build"), model)
            .signed(format!("(self) -> {}", self.path));
        item.parts.push(build);
        let traits = ["Clone", "Debug"];
        item.parts
            .extend(traits.map(|name| Item::implementation(&path, name, model)));
        item
    }

    fn variants(&self, variants: &[EnumVariant]) -> Vec<Item> {
        let model = &self.one.path;
        let mut items: Vec<Item> = variants
            .iter()
            .map(|variant| {
                let model = model.join("enum").join(&variant.value);
                self.part(ItemKind::Variant, &variant.name, &model)
                    .deprecated(variant.deprecated.as_ref())
                    .doing("wire value", format!("{:?}", variant.value))
            })
            .collect();
        let unknown = self.part(ItemKind::Variant, "Unknown", model);
        let values = self.part(ItemKind::Constant, "VALUES", model);
        items.extend([
            unknown.signed("(runtime::UnknownValue)"),
            values.signed("&'static [&'static str]"),
            self.method("as_str", "(&self) -> &str".to_owned(), model),
        ]);
        items
    }

    fn union(&self, members: &[Field]) -> Vec<Item> {
        let mut items = Vec::new();
        for member in members {
            let model = self.member(member);
            let of = Types::Public.of(&member.value);
            let mut item = self.part(ItemKind::Variant, &member.name, &model);
            item = item
                .signed(format!("({of})"))
                .doing_all(behaviour::of(member, self.one.validated));
            let gives = Types::Public.variant_getter(&member.value);
            let getter = self.method(&member.method, format!("(&self) -> {gives}"), &model);
            items.extend([item, getter].map(|item| item.deprecated(member.deprecated.as_ref())));
        }
        let unknown = self.part(ItemKind::Variant, "Unknown", &self.one.path);
        items.push(unknown.signed("(runtime::UnknownMember)"));
        items
    }

    fn member(&self, field: &Field) -> Path {
        self.one.path.join("members").join(&field.member)
    }

    fn part(&self, kind: ItemKind, name: &str, model: &Path) -> Item {
        Item::new(kind, format!("{}::{name}", self.path), model)
    }

    fn method(&self, name: &str, signature: String, model: &Path) -> Item {
        self.part(ItemKind::Method, name, model).signed(signature)
    }
}

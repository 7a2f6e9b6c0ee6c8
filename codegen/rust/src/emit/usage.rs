//! How a program uses a crate: the expression that builds a request, with every member that there
//! is, and the definitions of the types that an answer is made of.

use std::collections::{BTreeMap, BTreeSet};

use super::example::Example;
use super::terms::type_name;
use crate::plan::{EnumVariant, Field, Plan, Type, TypeKind};

/// So wide is a line of imports or of variants.
const WIDTH: usize = 76;

/// How a program uses an operation or a type. Rust alone: no word of a model is in it that is not
/// a name of the crate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Usage {
    /// The imports and the statement that build what is sent; none of what nobody sends.
    pub request: Option<String>,
    /// The types that are received, or of which the type consists, itself first.
    pub types: String,
}

/// The types of a plan, to be found by name.
pub(super) type ByName<'p> = BTreeMap<&'p str, &'p Type>;

impl Plan {
    /// The use of the operation whose type has this name.
    pub fn usage_of_operation(&self, name: &str) -> Option<Usage> {
        let operation = self.operations.iter().find(|one| one.name == name)?;
        let types = self.types();
        Some(Usage {
            request: request(self, &types, &operation.input, "request"),
            types: definitions(&types, &operation.output),
        })
    }

    /// The use of the structure, union or enum of this name.
    pub fn usage_of_type(&self, name: &str) -> Option<Usage> {
        let types = self.types();
        types.get(name)?;
        Some(Usage {
            request: request(self, &types, name, "value"),
            types: definitions(&types, name),
        })
    }

    fn types(&self) -> ByName<'_> {
        let types = self.types.iter();
        types.map(|one| (one.name.as_str(), one)).collect()
    }
}

fn request(plan: &Plan, types: &ByName<'_>, name: &str, variable: &str) -> Option<String> {
    types.get(name).filter(|one| one.validated)?;
    let mut example = Example::new(types);
    let value = example.value_of(name)?;
    let library = plan.package.name.replace('-', "_");
    let mut lines = Vec::new();
    if example.uses_runtime {
        lines.push(format!("use {library}::runtime;"));
    }
    lines.extend(import(&format!("{library}::types"), &example.used));
    lines.push(String::new());
    lines.extend(value.statement(variable));
    Some(lines.join("\n"))
}

fn import(module: &str, names: &BTreeSet<&str>) -> Vec<String> {
    let names: Vec<&str> = names.iter().copied().collect();
    if let [name] = names.as_slice() {
        return vec![format!("use {module}::{name};")];
    }
    let line = format!("use {module}::{{{}}};", names.join(", "));
    if line.len() <= WIDTH {
        return vec![line];
    }
    let mut lines = vec![format!("use {module}::{{")];
    lines.extend(filled(&names));
    lines.push("};".to_owned());
    lines
}

/// Names parted by commas, as many a line as fit, one level deep.
fn filled(names: &[&str]) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for name in names {
        match lines.last_mut() {
            Some(line) if line.len() + name.len() + 2 <= WIDTH => {
                line.push(' ');
                line.push_str(name);
                line.push(',');
            }
            _ => lines.push(format!("    {name},")),
        }
    }
    lines
}

/// The definition of a type and of those that it is made of, each once, in order of appearance.
fn definitions(types: &ByName<'_>, name: &str) -> String {
    let mut seen = BTreeSet::from([name]);
    let mut open = vec![name];
    let mut blocks = Vec::new();
    while let Some(one) = open.pop().and_then(|name| types.get(name)) {
        let fields = fields(one);
        blocks.push(definition(one).join("\n"));
        let named = fields.iter().flat_map(|field| field.value.named());
        let mut new: Vec<&str> = named.filter(|name| seen.insert(name)).collect();
        new.reverse();
        open.append(&mut new);
    }
    blocks.join("\n\n")
}

fn fields(one: &Type) -> &[Field] {
    match &one.kind {
        TypeKind::Structure(structure) => &structure.fields,
        TypeKind::Union(members) => members,
        TypeKind::Enum(_) => &[],
    }
}

fn definition(one: &Type) -> Vec<String> {
    let name = &one.name;
    let (head, body) = match &one.kind {
        TypeKind::Structure(structure) => {
            let fields = structure.fields.iter();
            let fields = fields
                .map(|one| format!("    pub {}: Option<{}>,", one.name, type_name(&one.value)));
            (format!("pub struct {name}"), fields.collect())
        }
        TypeKind::Union(members) => {
            let members = members.iter();
            let mut lines: Vec<String> = members
                .map(|one| format!("    {}({}),", one.name, type_name(&one.value)))
                .collect();
            lines.push("    Unknown(…),".to_owned());
            (format!("pub enum {name}"), lines)
        }
        TypeKind::Enum(variants) => (format!("pub enum {name}"), listed(variants)),
    };
    if body.is_empty() {
        return vec![format!("{head} {{}}")];
    }
    let mut lines = vec![format!("{head} {{")];
    lines.extend(body);
    lines.push("}".to_owned());
    lines
}

fn listed(variants: &[EnumVariant]) -> Vec<String> {
    let names = variants.iter().map(|one| one.name.as_str());
    filled(&names.chain(["Unknown(…)"]).collect::<Vec<_>>())
}

//! What an operation and its input tell of where it is to be sent.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value as Json;
use shapewright_model::{Code, Model, Operation, Path, Problem, TraitName};

use super::items::{Field, Type, TypeKind, Value};
use super::jmespath::{self, Expression, Segment};

/// A parameter of the endpoint rules that an operation sets.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ContextParameter {
    pub(crate) name: String,
    pub(crate) source: Source,
}

/// Where the value of a parameter is from.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Source {
    /// It is always this.
    Text(String),
    Flag(bool),
    Texts(Vec<String>),
    /// It is in the input.
    Input(Way),
}

/// A way through values.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Way {
    /// It ends at a text.
    Text,
    /// At an enum.
    Enum,
    /// At a flag.
    Flag,
    /// At each key of a map with texts as keys.
    Keys,
    /// Into a field.
    Field(String, Box<Way>),
    /// Into each item of a list.
    Items { sparse: bool, way: Box<Way> },
    /// Several ways, one after the other.
    All(Vec<Way>),
}

impl Way {
    /// Whether it ends at any number of values.
    pub(crate) fn is_many(&self) -> bool {
        match self {
            Self::Text | Self::Enum | Self::Flag => false,
            Self::Keys | Self::Items { .. } | Self::All(_) => true,
            Self::Field(_, way) => way.is_many(),
        }
    }

    /// Whether it ends at flags.
    fn ends_at_flags(&self) -> bool {
        match self {
            Self::Flag => true,
            Self::Text | Self::Enum | Self::Keys => false,
            Self::Field(_, way) | Self::Items { way, .. } => way.ends_at_flags(),
            Self::All(ways) => ways.iter().any(Self::ends_at_flags),
        }
    }
}

/// The types of a crate, by name once one is asked for: few services do.
pub(super) struct Types<'a> {
    types: &'a [Type],
    index: OnceCell<Index<'a>>,
}

struct Index<'a> {
    enums: BTreeSet<&'a str>,
    /// By the names of the structure and of the member.
    fields: BTreeMap<(&'a str, &'a str), &'a Field>,
}

impl<'a> Types<'a> {
    pub(super) fn of(types: &'a [Type]) -> Self {
        let index = OnceCell::new();
        Self { types, index }
    }

    fn index(&self) -> &Index<'a> {
        self.index.get_or_init(|| {
            let mut index = Index {
                enums: BTreeSet::new(),
                fields: BTreeMap::new(),
            };
            for one in self.types {
                let name = one.name.as_str();
                match &one.kind {
                    TypeKind::Enum(_) => {
                        index.enums.insert(name);
                    }
                    TypeKind::Structure(structure) => {
                        let fields = structure.fields.iter();
                        let fields = fields.map(|field| ((name, field.member.as_str()), field));
                        index.fields.extend(fields);
                    }
                    TypeKind::Union(_) => {}
                }
            }
            index
        })
    }

    pub(super) fn is_enum(&self, name: &str) -> bool {
        self.index().enums.contains(name)
    }

    pub(super) fn field(&self, of: &Value, member: &str) -> Option<&'a Field> {
        let (Value::Structure(name) | Value::Boxed(name)) = of else {
            return None;
        };
        self.index().fields.get(&(name.as_str(), member)).copied()
    }

    /// The way through a value of this type that the segments tell, if there is one.
    fn way(&self, of: &Value, segments: &[Segment]) -> Option<Way> {
        let Some((first, rest)) = segments.split_first() else {
            return match of {
                Value::String => Some(Way::Text),
                Value::Boolean => Some(Way::Flag),
                Value::Named(name) => self.is_enum(name).then_some(Way::Enum),
                _ => None,
            };
        };
        match first {
            Segment::Member(member) => {
                let field = self.field(of, member)?;
                let way = self.way(&field.value, rest)?;
                Some(Way::Field(field.name.clone(), Box::new(way)))
            }
            Segment::Items => match of {
                Value::List { item, sparse } => Some(Way::Items {
                    sparse: *sparse,
                    way: Box::new(self.way(item, rest)?),
                }),
                _ => None,
            },
            Segment::Keys => match of {
                Value::Map { key, .. } => {
                    (**key == Value::String && rest.is_empty()).then_some(Way::Keys)
                }
                _ => None,
            },
            Segment::All(paths) if rest.is_empty() => {
                let ways = paths.iter().map(|path| self.way(of, path));
                ways.collect::<Option<_>>().map(Way::All)
            }
            Segment::All(_) | Segment::Last | Segment::Values | Segment::Filter(_) => None,
        }
    }
}

/// The most problems that are told.
const MOST_PROBLEMS: usize = 100;

/// Whether an operation tells the endpoint rules anything.
pub(super) fn is_told(model: &Model) -> bool {
    let mut operations = model.operations.iter();
    operations.any(|operation| !told(model, operation).is_empty())
}

/// The parameters that an operation sets, a later one in the place of an earlier one of its name.
/// `input` is the type of its input. What has no form that is known is left out: see [`problems`].
pub(super) fn plan(
    model: &Model,
    operation: &Operation,
    input: &str,
    types: &Types<'_>,
) -> Vec<ContextParameter> {
    let input = Value::Structure(input.to_owned());
    let told = told(model, operation).into_iter();
    let planned = told.filter_map(|told| {
        let source = match told.told {
            Told::Static(value) => fixed(value)?,
            Told::Input(path) => {
                let way = types.way(&input, &path?)?;
                // A list of flags is no parameter.
                if way.is_many() && way.ends_at_flags() {
                    return None;
                }
                Source::Input(way)
            }
        };
        Some(ContextParameter {
            name: told.name.to_owned(),
            source,
        })
    });
    planned.collect()
}

/// What of the operations' parameters the crate does not set. `file` is the name of the model's file.
pub(crate) fn problems(model: &Model, operations: &[super::Operation], file: &str) -> Vec<Problem> {
    let planned: BTreeMap<&str, &super::Operation> = operations
        .iter()
        .map(|one| (one.key.as_str(), one))
        .collect();
    let mut problems = Vec::new();
    for operation in &model.operations {
        let Some(planned) = planned.get(operation.key.as_str()) else {
            continue;
        };
        let set: BTreeSet<&str> = planned
            .context
            .iter()
            .map(|one| one.name.as_str())
            .collect();
        for told in told(model, operation) {
            if set.contains(told.name) || problems.len() == MOST_PROBLEMS {
                continue;
            }
            problems.push(Problem {
                code: Code::EndpointRules,
                file: file.to_owned(),
                path: told.path,
                place: None,
                message: format!(
                    "the endpoint's parameter `{}` is of a form that is not known",
                    told.name.escape_debug()
                ),
                help: "the crate does not set it: set it by hand, or use a newer generator"
                    .to_owned(),
            });
        }
    }
    problems
}

/// A parameter as the model tells it.
struct ToldParameter<'m> {
    name: &'m str,
    path: Path,
    told: Told<'m>,
}

enum Told<'m> {
    Static(&'m Json),
    Input(Option<Vec<Segment>>),
}

/// The segments of a path; none if it is of no form that is known.
fn context_path(text: &str) -> Option<Vec<Segment>> {
    match jmespath::parse(text)? {
        Expression::Path(segments) => Some(segments),
        _ => None,
    }
}

/// Every parameter that a model tells of an operation; what counts more comes later.
fn told<'m>(model: &'m Model, operation: &'m Operation) -> Vec<ToldParameter<'m>> {
    let mut found = Vec::new();
    if let Some(input) = &operation.input {
        let shape = model.shape(input.target);
        for member in shape.members() {
            let context = member.traits.get(&TraitName::ContextParam);
            let name = context.and_then(|context| context.get("name")?.as_str());
            found.extend(name.map(|name| ToldParameter {
                name,
                path: Path::of(["shapes", &shape.name, "members", &member.name]),
                told: Told::Input(Some(vec![Segment::Member(member.name.clone())])),
            }));
        }
    }
    for name in [
        TraitName::OperationContextParams,
        TraitName::StaticContextParams,
    ] {
        let parameters = operation.traits.get(&name).and_then(Json::as_object);
        let within = Path::of(["operations", &operation.key, name.as_str()]);
        found.extend(parameters.into_iter().flatten().map(|(key, value)| {
            let told = if name == TraitName::StaticContextParams {
                Told::Static(value.get("value").unwrap_or(&Json::Null))
            } else {
                let path = value.get("path").and_then(Json::as_str);
                Told::Input(path.and_then(context_path))
            };
            ToldParameter {
                name: key,
                path: within.join(key),
                told,
            }
        }));
    }
    found
}

fn fixed(value: &Json) -> Option<Source> {
    match value {
        Json::String(text) => Some(Source::Text(text.clone())),
        Json::Bool(flag) => Some(Source::Flag(*flag)),
        Json::Array(items) => {
            let texts = items.iter().map(|item| item.as_str().map(str::to_owned));
            texts.collect::<Option<_>>().map(Source::Texts)
        }
        _ => None,
    }
}

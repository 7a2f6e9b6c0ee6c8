//! The things of a model that people name: operations, shapes, members, values of enums.

use std::fmt;

use crate::model::Model;
use crate::path::Path;
use crate::traits::Traits;

/// A thing of a model, by name. Orders as the paths do, without writing any.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Thing<'m> {
    /// An operation, by its key.
    Operation(&'m str),
    /// A shape.
    Shape(&'m str),
    /// A member of a structure or union: the shape, then the member.
    Member(&'m str, &'m str),
    /// A value of an enum: the shape, then the text on the wire.
    EnumValue(&'m str, &'m str),
}

impl<'m> Thing<'m> {
    /// All things of a model, each with its traits: operations first, then each shape with what it
    /// has.
    pub fn all(model: &'m Model) -> Vec<(Self, &'m Traits)> {
        let operations = model.operations.iter();
        let mut all: Vec<_> = operations
            .map(|one| (Self::Operation(&one.key), &one.traits))
            .collect();
        for (_, shape) in model.shapes() {
            all.push((Self::Shape(&shape.name), &shape.traits));
            let members = shape.members().iter();
            all.extend(members.map(|one| (Self::Member(&shape.name, &one.name), &one.traits)));
            let values = shape.values().iter();
            all.extend(values.map(|one| (Self::EnumValue(&shape.name, &one.value), &one.traits)));
        }
        all
    }

    /// What a person means by a name: `DescribeJobs`, `JobDetail`, `JobDetail.status`,
    /// `JobStatus.FAILED`, or a path as reports print it. Where nothing has the very name, case and
    /// underscores do not count: `describe_jobs`.
    pub fn find(model: &'m Model, name: &str) -> Option<Self> {
        let all = Self::all(model);
        let find = |is: &dyn Fn(&Self) -> bool| {
            let mut things = all.iter().map(|(thing, _)| *thing);
            things.find(is)
        };
        find(&|thing| thing.to_string() == name || thing.path().to_string() == name).or_else(|| {
            let folded = folded(name);
            find(&|thing| self::folded(&thing.to_string()) == folded)
        })
    }

    /// Whether a model has a thing of this name.
    pub fn is_in(self, model: &Model) -> bool {
        let shape = |name| model.shape_id(name).map(|id| model.shape(id));
        match self {
            Self::Operation(key) => model.operation(key).is_some(),
            Self::Shape(name) => shape(name).is_some(),
            Self::Member(name, member) => {
                shape(name).is_some_and(|one| one.member(member).is_some())
            }
            Self::EnumValue(name, value) => {
                shape(name).is_some_and(|one| one.values().iter().any(|one| one.value == value))
            }
        }
    }

    /// Where it stands in the model.
    pub fn path(self) -> Path {
        match self {
            Self::Operation(name) => Path::of(["operations", name]),
            Self::Shape(name) => Path::of(["shapes", name]),
            Self::Member(shape, name) => Path::of(["shapes", shape, "members", name]),
            Self::EnumValue(shape, value) => Path::of(["shapes", shape, "enum", value]),
        }
    }
}

impl fmt::Display for Thing<'_> {
    /// The name as a person writes it; as the model has it, so not fit for a terminal.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Operation(name) | Self::Shape(name) => f.write_str(name),
            Self::Member(shape, name) | Self::EnumValue(shape, name) => {
                write!(f, "{shape}.{name}")
            }
        }
    }
}

/// A name without what tells one case style from another.
fn folded(name: &str) -> String {
    name.chars()
        .filter(|c| !matches!(c, '_' | '-'))
        .flat_map(char::to_lowercase)
        .collect()
}

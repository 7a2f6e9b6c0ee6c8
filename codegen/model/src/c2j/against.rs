//! Reads a revision against the one before it: what both say in the same bytes is shared, and the
//! rest alone is parsed.
//!
//! The rest is a file by itself, so that parser, checks and builder are those of a plain read. The
//! attempt is given up wherever anything is unusual, a problem first of all: a plain read then tells.

use std::cell::OnceCell;
use std::sync::Arc;

use super::outline::{Outline, Rest};
use super::read::{self, Names, entries_of, is_structure};
use super::{FileKind, Prose, Source, siblings};
use crate::check::Checker;
use crate::json::Json;
use crate::model::{Model, Operation, Shape, ShapeId, ShapeKind};
use crate::traits::TraitName;

/// A revision that was read without any problem, and the files that it was read from.
#[derive(Debug)]
pub(crate) struct Revision {
    model: Model,
    service: Vec<u8>,
    siblings: Vec<(FileKind, Vec<u8>)>,
    outline: Known,
}

/// The outline of a service's file; none within if it has no such form. Made when another revision
/// follows.
type Known = OnceCell<Option<Outline>>;

impl Revision {
    /// None if a kind of file is there twice, or none of the service is.
    pub(crate) fn new(files: &[Source<'_>], model: &Model) -> Option<Self> {
        let service = one(files, FileKind::Service)?;
        let mut siblings = Vec::new();
        for source in files.iter().filter(|one| one.kind != FileKind::Service) {
            one(files, source.kind)?;
            siblings.push((source.kind, source.bytes.to_vec()));
        }
        Some(Self {
            model: model.clone(),
            service: service.bytes.to_vec(),
            siblings,
            outline: OnceCell::new(),
        })
    }

    /// The revision of these files, to be read against in its turn.
    pub(crate) fn next(&self, files: &[Source<'_>], prose: Prose) -> Option<(Model, Self)> {
        let (model, outline) = self.read(files, prose)?;
        let mut next = Self::new(files, &model)?;
        next.outline = outline;
        Some((model, next))
    }

    /// The model of these files, exactly as a plain read gives it; none if that must tell.
    fn read(&self, files: &[Source<'_>], prose: Prose) -> Option<(Model, Known)> {
        let service = one(files, FileKind::Service)?;
        let outline = OnceCell::new();
        let mut model = if service.bytes == self.service {
            self.model.clone()
        } else {
            let known = self.outline.get_or_init(|| Outline::of(&self.service));
            let (rest, cut) = known.as_ref()?.cut(&self.service, service.bytes)?;
            // Only this cell is new, and nothing else can have filled it.
            let _ = outline.set(Some(cut));
            read_rest(&self.model, &rest, service.name, prose)?
        };
        self.add_siblings(&mut model, files, prose)?;
        Some((model, outline))
    }

    /// Adds what the files beside the service's say to a model that may have it from this revision.
    fn add_siblings(&self, model: &mut Model, files: &[Source<'_>], prose: Prose) -> Option<()> {
        siblings::clear(model);
        for kind in FileKind::ALL {
            let Some(source) = one(files, kind).filter(|_| kind != FileKind::Service) else {
                continue;
            };
            let before = self.siblings.iter().find(|(known, _)| *known == kind);
            if before.is_some_and(|(_, bytes)| bytes == source.bytes) {
                siblings::share(model, kind, &self.model)?;
            } else {
                read_sibling(model, source, prose)?;
            }
        }
        Some(())
    }
}

/// The model of a service's file, exactly as a plain read gives it, from its rest and from the model
/// of the file that it is the rest against; none if a plain read must tell.
pub(crate) fn read_rest(
    before: &Model,
    rest: &Rest<'_>,
    name: &str,
    prose: Prose,
) -> Option<Model> {
    let shapes = left(&rest.shapes_gone, before.shapes().len(), |name| {
        before.shape_id(name).map(ShapeId::index)
    })?;
    let operations = left(&rest.operations_gone, before.operations.len(), |key| {
        let operations = &before.operations;
        let found = operations.binary_search_by(|one| one.key.as_str().cmp(key));
        found.ok()
    })?;
    let source = Source {
        kind: FileKind::Service,
        name,
        bytes: &rest.text,
    };
    let mut made = None;
    let problems = read::file(&source, prose, |checker, json| {
        made = merged(before, &shapes, &operations, checker, json);
    });
    problems.is_empty().then_some(made)?
}

/// Adds what a file beside the service's says to its model; none if a plain read must tell.
pub(crate) fn read_sibling(model: &mut Model, source: &Source<'_>, prose: Prose) -> Option<()> {
    let problems = read::file(source, prose, |checker, json| {
        siblings::add(model, source.kind, checker, json);
    });
    problems.is_empty().then_some(())
}

/// The one file of a kind.
fn one<'s, 'a>(files: &'s [Source<'a>], kind: FileKind) -> Option<&'s Source<'a>> {
    let mut files = files.iter().filter(|source| source.kind == kind);
    let file = files.next();
    files.next().is_none().then_some(file)?
}

/// Which of so many things are left after those with these names went.
fn left(gone: &[&str], count: usize, place: impl Fn(&str) -> Option<usize>) -> Option<Vec<bool>> {
    let mut left = vec![true; count];
    for name in gone {
        left[place(name)?] = false;
    }
    Some(left)
}

/// Where a shape comes from.
enum From<'j, 'a> {
    Before(ShapeId),
    File(&'a Json<'j>),
}

/// What is left of the model before, and what the rest of the file says. None if the two do not make
/// a model together.
fn merged(
    before: &Model,
    shapes_left: &[bool],
    operations_left: &[bool],
    checker: &mut Checker<'_>,
    json: &Json<'_>,
) -> Option<Model> {
    let mut new: Vec<_> = entries_of(json, "shapes").iter().collect();
    new.sort_by(|(one, _), (other, _)| one.cmp(other));
    let mut new = new.into_iter().peekable();
    let mut all = Vec::with_capacity(shapes_left.len() + new.len());
    // By the id that a shape had, the one that it has now.
    let mut ids = vec![None; shapes_left.len()];
    for (id, shape) in before.shapes().filter(|(id, _)| shapes_left[id.index()]) {
        while let Some((name, json)) = new.next_if(|(name, _)| **name < *shape.name) {
            all.push((&**name, From::File(json)));
        }
        if new.peek().is_some_and(|(name, _)| **name == *shape.name) {
            return None;
        }
        ids[id.index()] = Some(ShapeId::new(all.len()));
        all.push((shape.name.as_str(), From::Before(id)));
    }
    all.extend(new.map(|(name, json)| (&**name, From::File(json))));
    for (at, (name, from)) in all.iter().enumerate() {
        if matches!(from, From::File(_))
            && let Some(id) = before.shape_id(name)
        {
            ids[id.index()] = Some(ShapeId::new(at));
        }
    }
    let names = Names::of(all.iter().map(|(name, from)| match from {
        From::Before(id) => (*name, was_structure(before.shape(*id))),
        From::File(json) => (*name, is_structure(json)),
    }));

    let shapes = checker.at("shapes", |checker| {
        let shapes = all.iter().map(|(name, from)| match from {
            From::Before(id) => moved_shape(before.shared_shape(*id), &ids),
            From::File(json) => {
                let read = checker.at(name, |checker| names.shape(checker, name, json));
                Some(Arc::new(read))
            }
        });
        shapes.collect::<Option<Vec<_>>>()
    })?;
    let mut operations = names.operations(checker, json);
    for (operation, left) in before.operations.iter().zip(operations_left) {
        if *left {
            operations.push(moved_operation(operation, &ids, &names)?);
        }
    }
    operations.sort_by(|one, other| one.key.cmp(&other.key));
    if operations.windows(2).any(|pair| pair[0].key == pair[1].key) {
        return None;
    }
    let mut model = Model::of_shared(shapes);
    model.operations = operations;
    read::rest(checker, &mut model, json);
    Some(model)
}

/// A shape whose targets have these ids now: the very one, if they are as they were. None if one of
/// them is gone.
fn moved_shape(shape: &Arc<Shape>, ids: &[Option<ShapeId>]) -> Option<Arc<Shape>> {
    let mut targets = shape.parts().iter().map(|part| part.target);
    if targets.all(|target| ids[target.index()] == Some(target)) {
        return Some(Arc::clone(shape));
    }
    let mut moved = Shape::clone(shape);
    for part in moved.parts_mut() {
        part.target = ids[part.target.index()]?;
    }
    Some(Arc::new(moved))
}

/// The same of an operation, which may refer to structures alone.
fn moved_operation(
    operation: &Arc<Operation>,
    ids: &[Option<ShapeId>],
    names: &Names<'_>,
) -> Option<Arc<Operation>> {
    let mut is_same = true;
    let sides = operation.input.iter().chain(&operation.output);
    for reference in sides.chain(&operation.errors) {
        let id = ids[reference.target.index()].filter(|id| names.is_structure(*id))?;
        is_same &= id == reference.target;
    }
    if is_same {
        return Some(Arc::clone(operation));
    }
    let mut moved = Operation::clone(operation);
    let Operation {
        input,
        output,
        errors,
        ..
    } = &mut moved;
    for reference in input.iter_mut().chain(output).chain(errors) {
        reference.target = ids[reference.target.index()]?;
    }
    Some(Arc::new(moved))
}

/// What [`is_structure`] says of a shape's JSON.
fn was_structure(shape: &Shape) -> bool {
    matches!(shape.kind, ShapeKind::Structure(_)) && !shape.traits.flag(&TraitName::EventStream)
}

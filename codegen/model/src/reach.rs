//! Which operations reach a shape, and on which way it then travels.

use std::collections::BTreeSet;

use crate::model::{Model, Operation, ShapeId};

/// The way on which a shape travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Direction {
    /// From the client, in an operation's input.
    Send,
    /// To the client, in an operation's output or in one of its errors.
    Receive,
}

/// For every shape of a model, the operations that send it and those that receive it.
#[derive(Clone, Debug)]
pub struct Reach {
    // Indices into `Model::operations`, by shape.
    sent: Vec<BTreeSet<usize>>,
    received: Vec<BTreeSet<usize>>,
}

impl Reach {
    /// Walks from every operation.
    pub fn of(model: &Model) -> Self {
        let none = vec![BTreeSet::new(); model.shapes().len()];
        let mut reach = Self {
            sent: none.clone(),
            received: none,
        };
        for (index, operation) in model.operations.iter().enumerate() {
            for shape in closure(model, operation.input.iter().map(|input| input.target)) {
                reach.sent[shape.index()].insert(index);
            }
            let answers = operation.output.iter().chain(&operation.errors);
            for shape in closure(model, answers.map(|answer| answer.target)) {
                reach.received[shape.index()].insert(index);
            }
        }
        reach
    }

    /// The operations whose input, or whose output and errors, reach the shape; ordered by key.
    pub fn operations<'a>(
        &'a self,
        model: &'a Model,
        shape: ShapeId,
        direction: Direction,
    ) -> impl ExactSizeIterator<Item = &'a Operation> {
        self.on(direction)[shape.index()]
            .iter()
            .map(|index| &model.operations[*index])
    }

    /// Whether any operation reaches the shape on this way.
    pub fn travels(&self, shape: ShapeId, direction: Direction) -> bool {
        !self.on(direction)[shape.index()].is_empty()
    }

    fn on(&self, direction: Direction) -> &[BTreeSet<usize>] {
        match direction {
            Direction::Send => &self.sent,
            Direction::Receive => &self.received,
        }
    }
}

/// The shapes that these are made of, themselves included, each once.
fn closure(model: &Model, roots: impl Iterator<Item = ShapeId>) -> Vec<ShapeId> {
    let mut seen = vec![false; model.shapes().len()];
    let mut found = Vec::new();
    let mut open: Vec<ShapeId> = roots.collect();
    while let Some(shape) = open.pop() {
        if !std::mem::replace(&mut seen[shape.index()], true) {
            found.push(shape);
            open.extend(model.shape(shape).parts().iter().map(|part| part.target));
        }
    }
    found
}

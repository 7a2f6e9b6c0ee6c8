//! Which operations reach a shape, and on which way it then travels.

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
    // Indices into `Model::operations`, by shape, in order.
    sent: Vec<Vec<u32>>,
    received: Vec<Vec<u32>>,
}

impl Reach {
    /// Walks from every operation.
    pub fn of(model: &Model) -> Self {
        let none = vec![Vec::new(); model.shapes().len()];
        let mut closure = Closure::of(model);
        let mut reach = Self {
            sent: none.clone(),
            received: none,
        };
        for (index, operation) in (0_u32..).zip(&model.operations) {
            let sent = operation.input.iter().map(|input| input.target);
            closure.walk(sent, |shape| reach.sent[shape.index()].push(index));
            let answers = operation.output.iter().chain(&operation.errors);
            let received = answers.map(|answer| answer.target);
            closure.walk(received, |shape| reach.received[shape.index()].push(index));
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
            .map(|index| &*model.operations[*index as usize])
    }

    /// Whether any operation reaches the shape on this way.
    pub fn travels(&self, shape: ShapeId, direction: Direction) -> bool {
        !self.on(direction)[shape.index()].is_empty()
    }

    fn on(&self, direction: Direction) -> &[Vec<u32>] {
        match direction {
            Direction::Send => &self.sent,
            Direction::Receive => &self.received,
        }
    }
}

/// Walks to the shapes that others are made of, again and again.
struct Closure<'m> {
    model: &'m Model,
    /// The last walk that came by, by shape: so that none has to begin with a clean table.
    seen: Vec<usize>,
    walk: usize,
    open: Vec<ShapeId>,
}

impl<'m> Closure<'m> {
    fn of(model: &'m Model) -> Self {
        Self {
            model,
            seen: vec![0; model.shapes().len()],
            walk: 0,
            open: Vec::new(),
        }
    }

    /// Visits the shapes that these are made of, themselves included, each once.
    fn walk(&mut self, roots: impl Iterator<Item = ShapeId>, mut visit: impl FnMut(ShapeId)) {
        self.walk += 1;
        self.open.extend(roots);
        while let Some(shape) = self.open.pop() {
            if std::mem::replace(&mut self.seen[shape.index()], self.walk) != self.walk {
                visit(shape);
                let parts = self.model.shape(shape).parts();
                self.open.extend(parts.iter().map(|part| part.target));
            }
        }
    }
}

//! Where a type would hold itself, directly or through others, and so be infinite.

use shapewright_model::{Model, Shape, ShapeId};

use super::{Form, form};

/// So many steps may be walked in search of cycles. No AWS model comes near; in one made to take
/// long, every member that could be in a cycle is then cut, which is always right.
const STEPS: usize = 20_000_000;

/// A member that holds another structure or union by value.
#[derive(Clone, Copy)]
struct Edge<'m> {
    from: ShapeId,
    member: &'m str,
    to: ShapeId,
}

/// The members of a model that must newly be behind a pointer, as shape and member.
///
/// Lists and maps are pointers already. Members that were there before come first, so that a cycle
/// is cut on its newest member, and among equals on the last by name.
pub(super) fn boxes<'m>(
    model: &'m Model,
    is_known: impl Fn(&str, &str) -> bool,
    is_boxed: impl Fn(&str, &str) -> bool,
) -> Vec<(&'m str, &'m str)> {
    let mut edges = Vec::new();
    for (from, shape) in model.shapes().filter(|(_, shape)| holds_by_value(shape)) {
        let held = shape.members().iter().filter(|member| {
            holds_by_value(model.shape(member.target)) && !is_boxed(&shape.name, &member.name)
        });
        edges.extend(held.map(|member| Edge {
            from,
            member: &member.name,
            to: member.target,
        }));
    }
    let name = |edge: &Edge<'m>| model.shape(edge.from).name.as_str();
    let mut edges = core(edges, model.shapes().len());
    edges.sort_by_key(|edge| (!is_known(name(edge), edge.member), edge.from, edge.member));

    let mut graph = Graph::new(model.shapes().len());
    let closing = edges.iter().filter(|edge| {
        let closes = graph.leads(edge.to, edge.from);
        if !closes {
            graph.next[edge.from.index()].push(edge.to);
        }
        closes
    });
    closing.map(|edge| (name(edge), edge.member)).collect()
}

fn holds_by_value(shape: &Shape) -> bool {
    matches!(form(shape), Some(Form::Structure | Form::Union))
}

/// The edges that can be part of a cycle: what remains after taking away, again and again, those
/// that lead to where none goes on.
fn core(edges: Vec<Edge<'_>>, shapes: usize) -> Vec<Edge<'_>> {
    let mut leaving = vec![0_usize; shapes];
    let mut arriving: Vec<Vec<ShapeId>> = vec![Vec::new(); shapes];
    for edge in &edges {
        leaving[edge.from.index()] += 1;
        arriving[edge.to.index()].push(edge.from);
    }
    let mut ends: Vec<usize> = (0..shapes).filter(|shape| leaving[*shape] == 0).collect();
    while let Some(end) = ends.pop() {
        for from in std::mem::take(&mut arriving[end]) {
            leaving[from.index()] -= 1;
            if leaving[from.index()] == 0 {
                ends.push(from.index());
            }
        }
    }
    let goes_on = |edge: &Edge<'_>| leaving[edge.to.index()] > 0;
    edges.into_iter().filter(goes_on).collect()
}

/// A graph without cycles, as far as it is built.
struct Graph {
    next: Vec<Vec<ShapeId>>,
    /// The last search that saw each shape.
    seen: Vec<usize>,
    search: usize,
    steps: usize,
}

impl Graph {
    fn new(shapes: usize) -> Self {
        Self {
            next: vec![Vec::new(); shapes],
            seen: vec![0; shapes],
            search: 0,
            steps: 0,
        }
    }

    /// Whether one shape holds the other, or none knows within the steps that are left.
    fn leads(&mut self, from: ShapeId, to: ShapeId) -> bool {
        self.search += 1;
        let mut open = vec![from];
        while let Some(shape) = open.pop() {
            if shape == to || self.steps > STEPS {
                return true;
            }
            if std::mem::replace(&mut self.seen[shape.index()], self.search) != self.search {
                self.steps += 1 + self.next[shape.index()].len();
                open.extend(&self.next[shape.index()]);
            }
        }
        false
    }
}

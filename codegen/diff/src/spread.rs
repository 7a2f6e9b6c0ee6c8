//! Carries marks through a graph of shapes: which nodes lead to a marked one, and from which roots
//! a marked one is reached.

use std::cell::OnceCell;

/// A directed graph: for every node the nodes that it is made of, one list after the other.
pub(crate) struct Graph {
    edges: Edges,
    /// The same edges turned round. Made for the first mark.
    parents: OnceCell<Edges>,
}

struct Edges {
    /// Where a node's children begin; those of the last node end with the list.
    begins: Vec<usize>,
    children: Vec<usize>,
}

impl Graph {
    /// The graph of nodes that each have these children.
    pub(crate) fn new(nodes: impl Iterator<Item = impl Iterator<Item = usize>>) -> Self {
        let mut edges = Edges {
            begins: Vec::new(),
            children: Vec::new(),
        };
        for children in nodes {
            edges.begins.push(edges.children.len());
            edges.children.extend(children);
        }
        Self {
            edges,
            parents: OnceCell::new(),
        }
    }

    /// The nodes that are marked or lead to a marked one.
    pub(crate) fn leading(&self, marked: &[bool]) -> Vec<bool> {
        let mut leads = marked.to_vec();
        let mut open: Vec<usize> = (0..marked.len()).filter(|node| marked[*node]).collect();
        if open.is_empty() {
            return leads;
        }
        let parents = self.parents.get_or_init(|| self.edges.reversed());
        while let Some(node) = open.pop() {
            for parent in parents.children(node) {
                if !std::mem::replace(&mut leads[*parent], true) {
                    open.push(*parent);
                }
            }
        }
        leads
    }

    /// For every marked node the places of the roots from which it is reached, in order; a root is
    /// a set of nodes. Only what leads to a mark (see [`Graph::leading`]) is walked, so few marks
    /// cost little.
    pub(crate) fn reached(
        &self,
        marked: &[bool],
        leads: &[bool],
        roots: impl Iterator<Item = impl Iterator<Item = usize>>,
    ) -> Vec<Vec<usize>> {
        let mut reached: Vec<Vec<usize>> = vec![Vec::new(); marked.len()];
        // The root that last visited a node: saves clearing a set for every root.
        let mut visitor = vec![usize::MAX; marked.len()];
        let mut open: Vec<usize> = Vec::new();
        for (root, nodes) in roots.enumerate() {
            open.extend(nodes);
            while let Some(node) = open.pop() {
                if !leads[node] || visitor[node] == root {
                    continue;
                }
                visitor[node] = root;
                if marked[node] {
                    reached[node].push(root);
                }
                open.extend(self.edges.children(node));
            }
        }
        reached
    }
}

impl Edges {
    fn len(&self) -> usize {
        self.begins.len()
    }

    fn children(&self, node: usize) -> &[usize] {
        let end = self.begins.get(node + 1);
        &self.children[self.begins[node]..end.copied().unwrap_or(self.children.len())]
    }

    /// The same nodes with every edge turned round.
    fn reversed(&self) -> Self {
        let mut begins = vec![0; self.len()];
        for child in &self.children {
            begins[*child] += 1;
        }
        let mut end = 0;
        for begin in &mut begins {
            // First where the node's list ends: filling it moves that down to its beginning.
            end += *begin;
            *begin = end;
        }
        let mut children = vec![0; self.children.len()];
        for node in 0..self.len() {
            for child in self.children(node) {
                begins[*child] -= 1;
                children[begins[*child]] = node;
            }
        }
        Self { begins, children }
    }
}

#[cfg(test)]
mod tests {
    use super::Graph;

    #[test]
    fn marks_are_carried_through_cycles() {
        // 0 → 1 ⇄ 2 → 3, and 4 apart.
        let nodes = [vec![1], vec![2], vec![1, 3], vec![], vec![]];
        let graph = Graph::new(nodes.into_iter().map(IntoIterator::into_iter));
        let marked = [false, false, false, true, true];
        assert_eq!(graph.leading(&marked), [true, true, true, true, true]);
        let leads = graph.leading(&marked);
        let roots = [vec![0], vec![4], vec![3, 4]].into_iter();
        let reached = graph.reached(&marked, &leads, roots.map(IntoIterator::into_iter));
        assert_eq!(reached[3], [0, 2]);
        assert_eq!(reached[4], [1, 2]);
        assert!(reached[0].is_empty());
    }
}

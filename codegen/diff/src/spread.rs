//! Carries marks through a graph of shapes: which nodes lead to a marked one, and from which roots
//! a marked one is reached.

/// A directed graph: for every node the nodes that it is made of.
pub(crate) struct Graph {
    children: Vec<Vec<usize>>,
}

impl Graph {
    pub(crate) fn new(children: Vec<Vec<usize>>) -> Self {
        Self { children }
    }

    pub(crate) fn len(&self) -> usize {
        self.children.len()
    }

    /// The nodes that are marked or lead to a marked one.
    pub(crate) fn leading(&self, marked: &[bool]) -> Vec<bool> {
        let mut parents: Vec<Vec<usize>> = vec![Vec::new(); self.len()];
        for (node, children) in self.children.iter().enumerate() {
            for child in children {
                parents[*child].push(node);
            }
        }
        let mut leads = marked.to_vec();
        let mut open: Vec<usize> = (0..self.len()).filter(|node| marked[*node]).collect();
        while let Some(node) = open.pop() {
            for parent in &parents[node] {
                if !std::mem::replace(&mut leads[*parent], true) {
                    open.push(*parent);
                }
            }
        }
        leads
    }

    /// For every marked node the places of the roots from which it is reached, in order; a root is
    /// a set of nodes. Only what leads to a mark is walked, so few marks cost little.
    pub(crate) fn reached(&self, marked: &[bool], roots: &[Vec<usize>]) -> Vec<Vec<usize>> {
        let leads = self.leading(marked);
        let mut reached: Vec<Vec<usize>> = vec![Vec::new(); self.len()];
        // The root that last visited a node: saves clearing a set for every root.
        let mut visitor = vec![usize::MAX; self.len()];
        let mut open: Vec<usize> = Vec::new();
        for (root, nodes) in roots.iter().enumerate() {
            open.extend(nodes);
            while let Some(node) = open.pop() {
                if !leads[node] || visitor[node] == root {
                    continue;
                }
                visitor[node] = root;
                if marked[node] {
                    reached[node].push(root);
                }
                open.extend(&self.children[node]);
            }
        }
        reached
    }
}

#[cfg(test)]
mod tests {
    use super::Graph;

    #[test]
    fn marks_are_carried_through_cycles() {
        // 0 → 1 ⇄ 2 → 3, and 4 apart.
        let graph = Graph::new(vec![vec![1], vec![2], vec![1, 3], vec![], vec![]]);
        let marked = [false, false, false, true, true];
        assert_eq!(graph.leading(&marked), [true, true, true, true, true]);
        let reached = graph.reached(&marked, &[vec![0], vec![4], vec![3, 4]]);
        assert_eq!(reached[3], [0, 2]);
        assert_eq!(reached[4], [1, 2]);
        assert!(reached[0].is_empty());
    }
}

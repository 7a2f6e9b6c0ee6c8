//! Lays out a tree as JSON that a person reads: what fits stays on one line, the rest is aligned
//! below its beginning.

use serde_json::Value;
use shapewright_diff::Tree;

use crate::escape::json_string;

/// The tree as valid JSON, lines no longer than `width` where that can be.
pub(crate) fn lay_out(tree: &Tree, width: usize) -> String {
    let mut layout = Layout {
        text: String::new(),
        width,
    };
    layout.tree(tree, 0, 0);
    layout.text
}

struct Layout {
    text: String,
    width: usize,
}

impl Layout {
    /// Writes a tree that begins at `column` and after which `closing` more characters follow on
    /// its last line. Recursive, but trees have a bounded depth.
    fn tree(&mut self, tree: &Tree, column: usize, closing: usize) {
        let room = self.width.saturating_sub(column + closing);
        let mut flat = Flat {
            text: String::new(),
            left: room,
        };
        let is_leaf = !matches!(tree, Tree::Object(entries) if !entries.is_empty())
            && !matches!(tree, Tree::List(items) if !items.is_empty());
        if flat.tree(tree) {
            self.text.push_str(&flat.text);
        } else if is_leaf {
            self.text.push_str(&leaf(tree));
        } else {
            self.composite(tree, column, closing);
        }
    }

    fn composite(&mut self, tree: &Tree, column: usize, closing: usize) {
        match tree {
            Tree::Object(entries) => {
                self.text.push('{');
                for (at, (key, value)) in entries.iter().enumerate() {
                    let last = at + 1 == entries.len();
                    let closing = if last { closing + 1 } else { 1 };
                    if at > 0 {
                        self.next_line(column + 1);
                    }
                    self.entry(key, value, column + 1, closing);
                    if !last {
                        self.text.push(',');
                    }
                }
                self.text.push('}');
            }
            Tree::List(items) => {
                self.text.push('[');
                for (at, item) in items.iter().enumerate() {
                    let last = at + 1 == items.len();
                    let closing = if last { closing + 1 } else { 1 };
                    if at > 0 {
                        self.next_line(column + 1);
                    }
                    self.tree(item, column + 1, closing);
                    if !last {
                        self.text.push(',');
                    }
                }
                self.text.push(']');
            }
            other => self.text.push_str(&leaf(other)),
        }
    }

    fn entry(&mut self, key: &str, value: &Tree, column: usize, closing: usize) {
        let key = json_string(key);
        let beside = column + key.chars().count() + 2;
        self.text.push_str(&key);
        self.text.push(':');
        let mut flat = Flat {
            text: String::new(),
            left: self.width.saturating_sub(beside + closing),
        };
        let composite = matches!(value, Tree::Object(_) | Tree::List(_));
        if composite && beside > self.width / 2 && !flat.tree(value) {
            // Long names one after the other would push everything out of sight on the right.
            self.next_line(column + 2);
            self.tree(value, column + 2, closing);
        } else {
            self.text.push(' ');
            self.tree(value, beside, closing);
        }
    }

    fn next_line(&mut self, column: usize) {
        self.text.push('\n');
        self.text.extend(std::iter::repeat_n(' ', column));
    }
}

/// A tree on one line, given up as soon as it does not fit.
struct Flat {
    text: String,
    left: usize,
}

impl Flat {
    fn push(&mut self, text: &str) -> bool {
        let count = text.chars().count();
        let fits = count <= self.left;
        self.left = self.left.saturating_sub(count);
        self.text.push_str(text);
        fits
    }

    fn tree(&mut self, tree: &Tree) -> bool {
        match tree {
            Tree::Object(entries) => {
                self.push("{")
                    && entries.iter().enumerate().all(|(at, (key, value))| {
                        (at == 0 || self.push(", "))
                            && self.push(&json_string(key))
                            && self.push(": ")
                            && self.tree(value)
                    })
                    && self.push("}")
            }
            Tree::List(items) => {
                self.push("[")
                    && items
                        .iter()
                        .enumerate()
                        .all(|(at, item)| (at == 0 || self.push(", ")) && self.tree(item))
                    && self.push("]")
            }
            other => self.push(&leaf(other)),
        }
    }
}

fn leaf(tree: &Tree) -> String {
    match tree {
        Tree::Null => "null".to_owned(),
        Tree::Text(text) => json_string(text),
        Tree::Plain(Value::String(text)) => json_string(text),
        Tree::Plain(value) => value.to_string(),
        Tree::List(_) => "[]".to_owned(),
        Tree::Object(_) => "{}".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use shapewright_diff::Tree;

    use super::lay_out;

    #[test]
    fn what_fits_is_on_one_line_and_the_rest_is_aligned() {
        let tree = Tree::from(&json!({"jobs": {
            "attempts": {"container": {"logStreamName": "string"}},
            "container": {"logStreamName": "string"},
        }}));
        let expected = r#"{"jobs": {"attempts": {"container": {"logStreamName": "string"}},
          "container": {"logStreamName": "string"}}}"#;
        assert_eq!(lay_out(&tree, 80), expected);
        assert_eq!(lay_out(&tree, 200).lines().count(), 1);
    }

    #[test]
    fn narrow_or_not_it_is_the_same_json() {
        let value = json!({"a long name": {"another long name": [{"x": 1, "y": null}, {}, []],
            "z": true}, "empty": {}});
        for width in [0, 1, 10, 20, 40, 79] {
            let text = lay_out(&Tree::from(&value), width);
            assert_eq!(
                serde_json::from_str::<serde_json::Value>(&text).unwrap(),
                value
            );
        }
    }
}

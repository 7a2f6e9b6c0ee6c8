//! Breaks a line of Rust that is too long at a bracket: an item a line, and so on inside.

/// How many columns a line may have.
pub(super) const WIDTH: usize = 100;

/// How many columns a level is indented.
pub(super) const INDENT: usize = 4;

/// Ends the line that begins at `start` and is indented by `depth` levels, broken if it is too long.
pub(super) fn end_line(text: &mut String, start: usize, depth: usize) {
    let line = &text[start..];
    let is_short = line.len() <= WIDTH || line.chars().count() <= WIDTH;
    if !is_short && !line.trim_start().starts_with("//") {
        let line = text.split_off(start);
        write(text, line.trim_start(), depth);
    }
    text.push('\n');
}

/// Writes a line without its end.
fn write(to: &mut String, line: &str, depth: usize) {
    indent(to, depth);
    let broken = if depth * INDENT + line.chars().count() > WIDTH {
        bracket(line)
    } else {
        None
    };
    let Some((open, close)) = broken else {
        to.push_str(line);
        return;
    };
    to.push_str(&line[..open]);
    to.push('\n');
    let items = items(&line[open..close]);
    // Imports are many and short: as many in a line as there is room for.
    if line.starts_with("use ") {
        fill(to, &items, depth + 1);
    } else {
        for item in items {
            write(to, item, depth + 1);
            to.push_str(",\n");
        }
    }
    write(to, &line[close..], depth);
}

fn fill(to: &mut String, items: &[&str], depth: usize) {
    let mut column = WIDTH;
    for item in items {
        if column + 2 + item.len() > WIDTH {
            if column < WIDTH {
                to.push('\n');
            }
            indent(to, depth);
            column = depth * INDENT;
        } else {
            to.push(' ');
            column += 1;
        }
        to.push_str(item);
        to.push(',');
        column += item.len() + 1;
    }
    to.push('\n');
}

fn indent(to: &mut String, depth: usize) {
    to.extend(std::iter::repeat_n(' ', depth * INDENT));
}

/// Where the content of the bracket to break begins and ends: the first parentheses that have one
/// and are closed in the line, else the first bracket of another kind. A bracket around nothing but
/// another one leaves it to that one.
fn bracket(line: &str) -> Option<(usize, usize)> {
    let mut scan = Scan::new(line);
    let mut open = None;
    let mut found = None;
    while let Some((at, mark)) = scan.next() {
        match mark {
            Mark::Open if scan.depth == 1 => open = Some(at + 1),
            Mark::Close if scan.depth == 0 => {
                let Some(begin) = open.take() else { continue };
                if line[begin..at].trim().is_empty() {
                    continue;
                }
                if line.as_bytes()[begin - 1] == b'(' {
                    return Some(innermost(line, begin, at));
                }
                found = found.or(Some((begin, at)));
            }
            _ => {}
        }
    }
    found.map(|(begin, end)| innermost(line, begin, end))
}

fn innermost(line: &str, begin: usize, end: usize) -> (usize, usize) {
    match bracket(&line[begin..end]) {
        Some((1, inner)) if begin + inner + 1 == end => (begin + 1, begin + inner),
        _ => (begin, end),
    }
}

/// The parts between commas that stand in no bracket.
fn items(content: &str) -> Vec<&str> {
    let mut items = Vec::new();
    let mut begin = 0;
    let mut scan = Scan::new(content);
    while let Some((at, mark)) = scan.next() {
        if mark == Mark::Comma && scan.depth == 0 {
            items.push(content[begin..at].trim());
            begin = at + 1;
        }
    }
    items.push(content[begin..].trim());
    items.retain(|item| !item.is_empty());
    items
}

#[derive(Clone, Copy, PartialEq)]
enum Mark {
    Open,
    Close,
    Comma,
}

/// The brackets and commas of a line, those in string literals left out. A closure's bars count as
/// brackets, so that its parameters stay together.
struct Scan<'a> {
    bytes: &'a [u8],
    at: usize,
    depth: usize,
    in_bars: bool,
}

impl<'a> Scan<'a> {
    fn new(line: &'a str) -> Self {
        Self {
            bytes: line.as_bytes(),
            at: 0,
            depth: 0,
            in_bars: false,
        }
    }

    /// The place of the next mark; `depth` is then the one after it.
    fn next(&mut self) -> Option<(usize, Mark)> {
        while let Some(&byte) = self.bytes.get(self.at) {
            let at = self.at;
            self.at += 1;
            match byte {
                b'"' => self.skip_literal(),
                b'(' | b'[' | b'{' | b'<' => {
                    self.depth += 1;
                    return Some((at, Mark::Open));
                }
                b'>' if at > 0 && matches!(self.bytes[at - 1], b'-' | b'=') => {}
                b')' | b']' | b'}' | b'>' => {
                    self.depth = self.depth.saturating_sub(1);
                    return Some((at, Mark::Close));
                }
                b'|' => {
                    self.in_bars = !self.in_bars;
                    if self.in_bars {
                        self.depth += 1;
                    } else {
                        self.depth = self.depth.saturating_sub(1);
                    }
                }
                b',' => return Some((at, Mark::Comma)),
                _ => {}
            }
        }
        None
    }

    fn skip_literal(&mut self) {
        while let Some(&byte) = self.bytes.get(self.at) {
            self.at += 1;
            match byte {
                b'\\' => self.at += 1,
                b'"' => return,
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrapped(line: &str) -> String {
        let mut text = line.to_owned();
        end_line(&mut text, 0, 0);
        text
    }

    #[test]
    fn a_short_line_stays_as_it_is() {
        assert_eq!(
            wrapped("fn short(a: A, b: B) {}"),
            "fn short(a: A, b: B) {}\n"
        );
    }

    #[test]
    fn a_long_signature_has_a_parameter_a_line() {
        let long = "a".repeat(90);
        assert_eq!(
            wrapped(&format!(
                "pub fn {long}(mut self, value: impl Into<(A, B)>) -> Self {{"
            )),
            format!("pub fn {long}(\n    mut self,\n    value: impl Into<(A, B)>,\n) -> Self {{\n")
        );
    }

    #[test]
    fn what_follows_a_broken_bracket_is_broken_too_if_it_must() {
        let long = "A".repeat(60);
        assert_eq!(
            wrapped(&format!("fn f(self) -> B<({long}, {long}, Set)> {{")),
            format!("fn f(\n    self,\n) -> B<(\n    {long},\n    {long},\n    Set,\n)> {{\n")
        );
    }

    #[test]
    fn commas_in_texts_and_closures_part_nothing() {
        let long = "a, b".repeat(25);
        assert_eq!(
            wrapped(&format!(
                "call(|key, value| f(key, value), \"{long}\\\", (\");"
            )),
            format!("call(\n    |key, value| f(key, value),\n    \"{long}\\\", (\",\n);\n")
        );
    }

    #[test]
    fn imports_fill_their_lines() {
        let names = ["Name"; 30].join(", ");
        let text = wrapped(&format!("use super::{{{names}}};"));
        assert!(text.lines().all(|line| line.len() <= WIDTH), "{text}");
        assert_eq!(text.lines().count(), 4, "{text}");
    }
}

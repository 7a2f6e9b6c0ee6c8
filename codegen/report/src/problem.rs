//! Problems as text for a terminal: each with its line of the file and a mark under the place.

use std::borrow::Cow;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use shapewright_model::{Place, Problem, Severity};

/// How wide a line of the file may get. A model may be one line; the renderer cuts it around the
/// place.
const WIDTH: usize = 140;
/// How many characters of the place to mark: the value may be half of the file.
const MARKED: usize = 60;
/// More bytes than `WIDTH` characters have, so enough to fill a line from either side.
const NEAR: usize = 4 * WIDTH;

/// A problem as text, with the place in `bytes`, which is the file's content as it was read. For a
/// file that could not be read, pass none.
///
/// What comes from the file appears without control and other invisible characters, so that it can
/// neither steer a terminal nor pass for text of ours.
pub fn render(problem: &Problem, bytes: &[u8], colour: bool) -> String {
    let level = match problem.severity() {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let message = visible(&problem.message);
    let file = visible(&problem.file);
    let title = level.primary_title(message).id(problem.code.as_str());
    let path = problem.path.to_string();
    let line = problem
        .place
        .as_ref()
        .and_then(|place| line_of(bytes, place));
    let group: Group<'_> = match (&problem.place, line) {
        (Some(place), Some((line, mark))) => {
            let mark = AnnotationKind::Primary.span(mark);
            let mark = if path.is_empty() {
                mark
            } else {
                mark.label(path)
            };
            let snippet = Snippet::source(line).line_start(place.line);
            title.element(snippet.path(file).annotation(mark))
        }
        (place, _) => {
            let mut origin = Origin::path(file);
            if let Some(place) = place {
                origin = origin.line(place.line).char_column(place.column);
            }
            let group = title.element(origin);
            if path.is_empty() {
                group
            } else {
                group.element(Level::NOTE.message(format!("at {path}")))
            }
        }
    };
    let group = group.element(Level::HELP.message(visible(&problem.help)));
    let renderer = if colour {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let mut text = renderer.term_width(WIDTH).render(&[group]);
    text.push('\n');
    text
}

/// The line of a place, made visible, and the place in it. None if there is no such place.
///
/// The renderer shows little of a long line but counts its columns, so what is too far from the
/// place to be shown is not looked at: filler stands for it on the left, and nothing on the right.
fn line_of(bytes: &[u8], place: &Place) -> Option<(String, Range<usize>)> {
    let Range { start, end } = place.bytes;
    let (before, rest) = bytes.split_at_checked(start)?;
    let marked = rest.get(..end.checked_sub(start)?)?;
    let line_start = before
        .iter()
        .rposition(|byte| *byte == b'\n')
        .map_or(0, |at| at + 1);
    let line_end = rest
        .iter()
        .position(|byte| *byte == b'\n')
        .unwrap_or(rest.len());
    // A value over several lines is marked on its first.
    let marked = &marked[..marked.len().min(line_end)];

    let near = &before[line_start.max(start.saturating_sub(NEAR))..];
    let near = visible_lossy(near);
    let far = (place.column - 1).saturating_sub(near.chars().count());
    let mut line = ".".repeat(far);
    line.push_str(&near);
    let from = line.len();
    let right = visible_lossy(&rest[..line_end.min(NEAR)]);
    let length = visible_lossy(&marked[..marked.len().min(NEAR)])
        .chars()
        .take(MARKED)
        .map(char::len_utf8)
        .sum::<usize>();
    line.push_str(right.trim_end());
    // At the end of a line there is nothing, and the mark stands after it.
    let to = (from + length).min(line.len());
    Some((line, from..to))
}

fn visible_lossy(bytes: &[u8]) -> String {
    visible(&String::from_utf8_lossy(bytes)).into_owned()
}

/// The text with a visible stand-in for each character that is none: control characters, those
/// that turn the direction of text, and those without width.
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.contains(is_invisible) {
        return Cow::Borrowed(text);
    }
    let stand_in = |character: char| match character {
        '\t' => ' ',
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(character)).unwrap_or('�'),
        '\u{7f}' => '\u{2421}',
        character if is_invisible(character) => '�',
        character => character,
    };
    Cow::Owned(text.chars().map(stand_in).collect())
}

fn is_invisible(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{ad}'
                | '\u{61c}'
                | '\u{180e}'
                | '\u{200b}'..='\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{feff}'
                | '\u{fff9}'..='\u{fffb}'
                | '\u{e0000}'..='\u{e0fff}'
        )
}

#[cfg(test)]
mod tests {
    use shapewright_model::c2j::{self, FileKind, Prose, Source};

    use super::{render, visible};

    fn rendered(bytes: &[u8]) -> String {
        let source = Source {
            kind: FileKind::Service,
            name: "toy/service-2.json",
            bytes,
        };
        let problems = c2j::read(&[source], Prose::Skip).unwrap_err();
        problems
            .iter()
            .map(|problem| render(problem, bytes, false))
            .collect()
    }

    fn service(shapes: &str) -> String {
        format!(r#"{{"metadata": {{}}, "operations": {{}}, "shapes": {{{shapes}}}}}"#)
    }

    #[test]
    fn the_place_is_marked_under_its_line() {
        let text = rendered(b"{\n  \"metadata\": 1,\n  \"operations\": {},\n  \"shapes\": {}\n}\n");
        insta::assert_snapshot!(text);
    }

    #[test]
    fn a_line_that_never_ends_is_cut_around_the_place() {
        let shapes = |letter: char| -> String {
            let shape = |n| format!(r#""{letter}{n}": {{"type": "string"}}, "#);
            (0..20_000).map(shape).collect()
        };
        let bad = r#""Bad": {"type": "strung"}, "#;
        let last = r#""Z": {"type": "string"}"#;
        let file = service(&format!("{}{bad}{}{last}", shapes('S'), shapes('T')));
        let text = rendered(file.as_bytes());
        let place = text
            .lines()
            .find(|line| line.contains("strung") && line.contains('|'))
            .unwrap();
        assert!(place.contains("...") && place.ends_with("..."), "{place}");
        assert!(
            text.lines().all(|line| line.chars().count() < 250),
            "{text}"
        );
    }

    #[test]
    fn an_empty_file_has_no_line_to_show() {
        insta::assert_snapshot!(rendered(b" \n"));
    }

    #[test]
    fn what_steers_a_terminal_is_made_visible() {
        let file = service("\"A\": {\"type\": \"\\u001b[31m\u{202e}\u{200b}\"}");
        let text = rendered(file.as_bytes());
        assert!(
            !text.contains(['\u{1b}', '\u{202e}', '\u{200b}']),
            "{text:?}"
        );
        assert_eq!(visible("a\u{1b}\u{7f}\u{9b}\u{2066}z"), "a␛␡��z");
    }

    #[test]
    fn colour_comes_only_when_asked_for() {
        let source = Source {
            kind: FileKind::Service,
            name: "x",
            bytes: b"[",
        };
        let problems = c2j::read(&[source], Prose::Skip).unwrap_err();
        assert!(!render(&problems[0], b"[", false).contains('\u{1b}'));
        assert!(render(&problems[0], b"[", true).contains('\u{1b}'));
    }
}

//! Upstream's documentation, where a model was kept with it: HTML to Markdown.
//!
//! Rustdoc shows raw HTML, follows any link, and runs as a test what is fenced or indented. So this
//! reads HTML in one pass, however broken, and what it writes is safe by its form: a block a line,
//! none indented, each character that Markdown knows escaped. Converters that build a tree overflow
//! the stack where elements nest deep.

use std::fmt::Write as _;

use shapewright_model::{TraitName, Traits};

use super::docs::code;

/// The paragraphs of a thing's upstream documentation; none for a model without prose.
pub(super) fn paragraphs(traits: &Traits) -> Vec<String> {
    traits
        .text(&TraitName::Documentation)
        .map(markdown)
        .unwrap_or_default()
}

fn markdown(html: &str) -> Vec<String> {
    let mut writer = Writer::default();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        writer.text(&rest[..at]);
        rest = &rest[at..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
            continue;
        }
        // A tag that never ends, or in which another begins, is none but text.
        let end = rest[1..].find(['<', '>']).map(|end| end + 1);
        let is_whole = |end: &usize| rest.as_bytes()[*end] == b'>' && is_tag(&rest[1..*end]);
        if let Some(end) = end.filter(is_whole) {
            writer.tag(&rest[1..end]);
            rest = &rest[end + 1..];
        } else {
            writer.text("<");
            rest = &rest[1..];
        }
    }
    writer.text(rest);
    writer.flush();
    writer.blocks
}

fn is_tag(tag: &str) -> bool {
    let name = tag.strip_prefix('/').unwrap_or(tag);
    name.starts_with(|first: char| first.is_ascii_alphabetic())
}

/// What a text is inside of.
#[derive(Default, PartialEq)]
enum Inside {
    #[default]
    Text,
    Code,
    Preformatted,
}

#[derive(Default)]
struct Writer {
    blocks: Vec<String>,
    /// The block in the making, in Markdown.
    line: String,
    /// The code in the making, as it is.
    code: String,
    inside: Inside,
    link: Option<String>,
    /// What the next block begins with.
    mark: &'static str,
    is_ordered: bool,
}

impl Writer {
    fn tag(&mut self, tag: &str) {
        let (closes, tag) = tag
            .strip_prefix('/')
            .map_or((false, tag), |tag| (true, tag));
        let end = tag.find(|c: char| !c.is_ascii_alphanumeric());
        let (name, attributes) = tag.split_at(end.unwrap_or(tag.len()));
        match (name.to_ascii_lowercase().as_str(), closes) {
            ("pre", false) => {
                self.flush();
                self.inside = Inside::Preformatted;
            }
            ("pre", true) => self.flush(),
            _ if self.inside == Inside::Preformatted => {}
            ("code", false) if self.inside == Inside::Text => self.inside = Inside::Code,
            ("code", true) => self.end_code(),
            ("a", false) => {
                self.end_link();
                if let Some(address) = address(attributes) {
                    self.link = Some(address);
                    self.line.push('[');
                }
            }
            ("a", true) => self.end_link(),
            ("ol", closes) => {
                self.flush();
                self.is_ordered = !closes;
            }
            ("ul", _) => {
                self.flush();
                self.is_ordered = false;
            }
            ("li", false) => {
                self.flush();
                self.mark = if self.is_ordered { "1. " } else { "- " };
            }
            ("br" | "td" | "th", _) => self.text(" "),
            ("b" | "i" | "em" | "strong" | "span" | "u" | "code" | "sup" | "sub" | "small", _) => {}
            _ => self.flush(),
        }
    }

    fn text(&mut self, text: &str) {
        match self.inside {
            Inside::Text => decode(text, |c| {
                if !c.is_whitespace() {
                    if c.is_ascii_punctuation() && "\\`*_[]<>#|~&$^{}".contains(c) {
                        self.line.push('\\');
                    }
                    self.line.push(tame(c));
                } else if !self.line.is_empty() && !self.line.ends_with([' ', '[']) {
                    self.line.push(' ');
                }
            }),
            Inside::Code | Inside::Preformatted => decode(text, |c| self.code.push(c)),
        }
    }

    fn end_code(&mut self) {
        if self.inside == Inside::Code {
            self.inside = Inside::Text;
            let text = std::mem::take(&mut self.code);
            let words: Vec<&str> = text.split_whitespace().collect();
            if !words.is_empty() {
                // Two codes in a row would be one with other fences.
                if self.line.ends_with('`') {
                    self.line.push(' ');
                }
                self.line.push_str(&code(&words.join(" ")));
            }
        }
    }

    fn end_link(&mut self) {
        self.end_code();
        if let Some(address) = self.link.take() {
            let _ = write!(self.line, "]({address})");
        }
    }

    /// Ends the block.
    fn flush(&mut self) {
        if self.inside == Inside::Preformatted {
            self.inside = Inside::Text;
            let text = std::mem::take(&mut self.code);
            self.blocks.push(fenced(&text));
            return;
        }
        self.end_link();
        let line = std::mem::take(&mut self.line);
        let line = line.trim();
        if !line.is_empty() {
            let escape = if opens_block(line) { "\\" } else { "" };
            let mark = std::mem::take(&mut self.mark);
            // A number's dot is what makes it a list's.
            let digits = line.bytes().take_while(u8::is_ascii_digit).count();
            let (number, rest) = line.split_at(if escape.is_empty() { 0 } else { digits });
            self.blocks.push(format!("{mark}{number}{escape}{rest}"));
        }
    }
}

/// Whether Markdown would take the beginning of a line for that of a list, a rule or a heading.
fn opens_block(line: &str) -> bool {
    let after = line.trim_start_matches(|c: char| c.is_ascii_digit());
    if after.len() < line.len() {
        after.starts_with(['.', ')'])
    } else {
        line.starts_with(['-', '+', '='])
    }
}

/// Text in a block of its own, which is no test of the crate.
fn fenced(text: &str) -> String {
    let runs = text.split(|c| c != '`').map(str::len);
    let fence = "`".repeat(runs.max().unwrap_or_default().max(2) + 1);
    let text: String = text.chars().map(tame).collect();
    format!("{fence}text\n{}\n{fence}", text.trim_matches('\n'))
}

/// Where a link leads, if that is a page.
fn address(attributes: &str) -> Option<String> {
    let (_, value) = attributes.split_once("href=")?;
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let (address, _) = value[1..].split_once(quote)?;
    let is_page = address.starts_with("https://") || address.starts_with("http://");
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-._~:/?#@!$'*+,;=%&".contains(c);
    (is_page && address.chars().all(is_plain)).then(|| address.to_owned())
}

/// The characters of a text of HTML. Of the names only those are known that stand for what HTML
/// itself uses; others stay as they are written.
fn decode(text: &str, mut each: impl FnMut(char)) {
    const LONGEST: usize = 10;
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let entity = rest.strip_prefix('&').and_then(|name| {
            let end = name.bytes().take(LONGEST).position(|byte| byte == b';')?;
            Some((named(&name[..end])?, &name[end + 1..]))
        });
        let (c, after) = entity.unwrap_or((c, &rest[c.len_utf8()..]));
        each(c);
        rest = after;
    }
}

fn named(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let hexadecimal = number.strip_prefix(['x', 'X']);
        let number = match hexadecimal {
            Some(digits) => u32::from_str_radix(digits, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(number);
    }
    Some(match name {
        "amp" => '&',
        "apos" => '\'',
        "gt" => '>',
        "hellip" => '…',
        "ldquo" => '“',
        "lsquo" => '‘',
        "lt" => '<',
        "mdash" => '—',
        "nbsp" => ' ',
        "ndash" => '–',
        "quot" => '"',
        "rdquo" => '”',
        "rsquo" => '’',
        _ => return None,
    })
}

/// Without what could turn a comment around or end its line; the compiler refuses such, too.
fn tame(c: char) -> char {
    let direction = matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    if direction || (c.is_control() && c != '\n') {
        '\u{fffd}'
    } else {
        c
    }
}

#[cfg(test)]
mod tests {
    use super::markdown;

    #[track_caller]
    fn becomes(html: &str, blocks: &[&str]) {
        assert_eq!(markdown(html), blocks);
    }

    #[test]
    fn what_documentation_is_made_of_is_kept() {
        becomes(
            "<p>The <code>name</code> of\n a <a href=\"https://a.b/c_d\">job&rsquo;s</a> <i>queue</i>.</p>\
             <ul><li><p>One</p></li><li>Two</li></ul><ol><li>First</ol><pre>a\n  b</pre>",
            &[
                "The `name` of a [job’s](https://a.b/c_d) queue.",
                "- One",
                "- Two",
                "1. First",
                "```text\na\n  b\n```",
            ],
        );
    }

    #[test]
    fn no_markup_and_no_code_comes_through() {
        becomes(
            "</script><script>alert(1)</script>&lt;script&gt; a < b <!-- c",
            &["alert(1)", "\\<script\\> a \\< b"],
        );
        becomes(
            "<a href=\"javascript:x()\">j</a> [x](javascript:y) ![i](z) <a href='https://a)b'>k</a>",
            &["j \\[x\\](javascript:y) !\\[i\\](z) k"],
        );
        becomes("    ```\n```\npanic!()", &["\\`\\`\\` \\`\\`\\` panic!()"]);
        becomes(
            "<p>~~~rust</p><p>1) x</p><p>- y</p>",
            &["\\~\\~\\~rust", "1\\) x", "\\- y"],
        );
        becomes(
            "<pre>```\npanic!()\n```</pre>",
            &["````text\n```\npanic!()\n```\n````"],
        );
        becomes("<code>a`</code><code>b</code>", &["`` a` `` `b`"]);
    }

    #[test]
    fn deep_and_broken_html_is_read_in_one_pass() {
        for part in [
            "<div>", "<b>", "<a<", "&lt", "<!--", "<ul><li>", "<pre>", "<code>",
        ] {
            let blocks = markdown(&part.repeat(200_000));
            assert!(
                blocks.iter().map(String::len).sum::<usize>() < 4_000_000,
                "{part}"
            );
        }
    }
}

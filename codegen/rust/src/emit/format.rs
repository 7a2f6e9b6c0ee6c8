//! Tokens to the text of a file: prettyplease, and the blank lines that it leaves out.

use proc_macro2::TokenStream;

use super::HEADER;

/// The text of a Rust file with these items.
///
/// # Panics
/// If the tokens are no Rust file, which is a defect of the emission.
pub(super) fn file(tokens: TokenStream) -> String {
    let file = syn::parse2(tokens).expect("emission makes whole items");
    format!("// {HEADER}\n\n{}", spaced(&prettyplease::unparse(&file)))
}

/// With a blank line after each item, and after each function of an `impl`, but the last.
fn spaced(text: &str) -> String {
    let mut spaced = String::with_capacity(text.len() + text.len() / 16);
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        spaced.push_str(line);
        spaced.push('\n');
        let body = line.trim_start();
        let indent = line.len() - body.len();
        let import = indent == 0 && body.starts_with("use ");
        let Some(next) = lines.peek() else { break };
        let next_body = next.trim_start();
        let same_level = next.len() - next_body.len() == indent && !next_body.starts_with('}');
        let constant =
            indent == 4 && body.starts_with("const ") && !next_body.starts_with("const ");
        let ends_item = constant
            || (indent <= 4 && body.starts_with('}'))
            || (indent == 0 && body.ends_with(';'));
        let list = |line: &str| line.starts_with("mod ") || line.starts_with("pub use ");
        let together = (import && next.starts_with("use "))
            || (list(line) && list(next) && line.starts_with("mod ") == next.starts_with("mod "));
        // A function of an `impl` ends at its brace, a block within a free function does, too: the
        // emission makes no free functions.
        if same_level && ends_item && !together && !next_body.is_empty() {
            spaced.push('\n');
        }
    }
    spaced
}

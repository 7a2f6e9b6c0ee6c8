//! What a file of Rust is made of, without what is named in it.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::ToTokens;

/// The tokens of a file, each name and literal as one letter. What doc comments say is left out, and
/// a comma at an end, which comes with a broken line.
pub(crate) fn skeleton(text: &str) -> String {
    let file = syn::parse_file(text).unwrap_or_else(|error| panic!("{error}:\n{text}"));
    let mut skeleton = String::new();
    write(file.to_token_stream(), &mut skeleton);
    skeleton
}

fn write(tokens: TokenStream, to: &mut String) {
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Ident(_) => to.push('i'),
            TokenTree::Literal(_) => to.push('l'),
            TokenTree::Punct(punct) if punct.as_char() == '#' => {
                // `#[doc = "…"]` and `#![doc = "…"]`.
                let is_doc = |token: &TokenTree| matches!(token, TokenTree::Group(group) if group.stream().to_string().starts_with("doc ="));
                let inner = tokens.next_if(|next| matches!(next, TokenTree::Punct(_)));
                if tokens.next_if(is_doc).is_none() {
                    to.push('#');
                    to.extend(inner.map(|_| '!'));
                }
            }
            TokenTree::Punct(punct) if punct.as_char() == ',' => {
                let ends = |next: &TokenTree| matches!(next, TokenTree::Punct(next) if next.as_char() == '>');
                if tokens.peek().is_some_and(|next| !ends(next)) {
                    to.push(',');
                }
            }
            TokenTree::Punct(punct) => to.push(punct.as_char()),
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ('(', ')'),
                    Delimiter::Brace => ('{', '}'),
                    Delimiter::Bracket | Delimiter::None => ('[', ']'),
                };
                to.push(open);
                write(group.stream(), to);
                to.push(close);
            }
        }
    }
}

/// The string literals of a file, decoded; doc comments are such, too.
pub(crate) fn literals(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let file = syn::parse_file(text).expect("a file that parses");
    collect(file.to_token_stream(), &mut found);
    found
}

fn collect(tokens: TokenStream, found: &mut Vec<String>) {
    for token in tokens {
        match token {
            TokenTree::Group(group) => collect(group.stream(), found),
            TokenTree::Literal(literal) => {
                let literal: syn::Lit = syn::parse_quote!(#literal);
                if let syn::Lit::Str(text) = literal {
                    found.push(text.value());
                }
            }
            _ => {}
        }
    }
}

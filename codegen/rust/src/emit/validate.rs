//! The checks of what a model states: required members, lengths, ranges.

use proc_macro2::TokenStream;
use quote::quote;

use super::ident;
use crate::plan::{Bounds, Check, Field, Structure, Type, Value};

/// `Validate` of a structure.
pub(super) fn structure(one: &Type, structure: &Structure) -> TokenStream {
    let checks: Vec<TokenStream> = structure
        .fields
        .iter()
        .flat_map(|field| {
            let (name, wire_name) = (ident(&field.name), &field.wire_name);
            let required =
                field.required.then(|| quote!(checker.required(#wire_name, &self.#name);));
            let inner = (!field.check.is_empty()).then(|| {
                let inner = body(&field.check, &field.value);
                quote!(checker.member(#wire_name, self.#name.as_ref(), |value, checker| { #inner });)
            });
            [required, inner]
        })
        .flatten()
        .collect();
    implementation(one, &checks, quote!(#(#checks)*))
}

/// `Validate` of a union.
pub(super) fn union(one: &Type, members: &[Field]) -> TokenStream {
    let checks: Vec<TokenStream> = members
        .iter()
        .filter(|member| !member.check.is_empty())
        .map(|member| {
            let (variant, wire_name) = (ident(&member.name), &member.wire_name);
            let inner = body(&member.check, &member.value);
            quote! {
                Self::#variant(value) => {
                    checker.member(#wire_name, Some(value), |value, checker| { #inner });
                }
            }
        })
        .collect();
    implementation(one, &checks, quote!(match self { #(#checks)* _ => {} }))
}

fn implementation(one: &Type, checks: &[TokenStream], body: TokenStream) -> TokenStream {
    let name = ident(&one.name);
    let (checker, body) = match checks {
        [] => (quote!(_), TokenStream::new()),
        _ => (quote!(checker), body),
    };
    quote! {
        impl crate::runtime::validate::Validate for #name {
            fn check(&self, #checker: &mut crate::runtime::validate::Checker) {
                #body
            }
        }
    }
}

/// The checks of `value`, a reference.
fn body(check: &Check, of: &Value) -> TokenStream {
    let length = check.length.map(|bounds| {
        let (min, max) = sizes(bounds);
        let length = match of {
            Value::String => quote!(value.chars().count()),
            Value::Blob => quote!(value.as_slice().len()),
            Value::Named(_) => quote!(value.as_str().chars().count()),
            _ => quote!(value.len()),
        };
        quote!(checker.length(#length, #min, #max);)
    });
    let integer = check.integer.map(|bounds| {
        let [min, max] = [bounds.min, bounds.max].map(option);
        let number = if *of == Value::Integer {
            quote!(i64::from(*value))
        } else {
            quote!(*value)
        };
        quote!(checker.range(#number, #min, #max);)
    });
    let float = check.float.map(|bounds| {
        let [min, max] = [bounds.min, bounds.max].map(option);
        let number = if *of == Value::Float {
            quote!(f64::from(*value))
        } else {
            quote!(*value)
        };
        quote!(checker.range(#number, #min, #max);)
    });
    let nested = check
        .nested
        .then(|| quote!(crate::runtime::validate::Validate::check(value, checker);));
    let parts = match of {
        Value::List { item, sparse } => check.items.as_deref().map(|check| {
            let inner = body(check, item);
            let items = if *sparse {
                quote!(value.iter().flatten())
            } else {
                quote!(value)
            };
            quote!(checker.items(#items, |value, checker| { #inner });)
        }),
        Value::Map { key, value, sparse } => entries(check, key, value, *sparse),
        _ => None,
    };
    quote!(#length #integer #float #nested #parts)
}

fn entries(check: &Check, key: &Value, value: &Value, sparse: bool) -> Option<TokenStream> {
    if check.key.is_none() && check.items.is_none() {
        return None;
    }
    let closure = |check: Option<&Check>, of: &Value, sparse: bool| match check {
        None => quote!(|_, _| {}),
        Some(check) => {
            let inner = body(check, of);
            if sparse {
                quote!(|value, checker| if let Some(value) = value { #inner })
            } else {
                quote!(|value, checker| { #inner })
            }
        }
    };
    let key = closure(check.key.as_deref(), key, false);
    let value = closure(check.items.as_deref(), value, sparse);
    Some(quote!(checker.entries(value, #key, #value);))
}

fn sizes(bounds: Bounds<u64>) -> (TokenStream, TokenStream) {
    // A bound beyond what this machine can count holds by itself.
    let size = |bound: Option<u64>| option(bound.and_then(|bound| usize::try_from(bound).ok()));
    (size(bounds.min), size(bounds.max))
}

fn option<T: quote::ToTokens>(value: Option<T>) -> TokenStream {
    value.map_or(quote!(None), |value| quote!(Some(#value)))
}

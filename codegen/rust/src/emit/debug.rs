//! `Debug` where something must not be shown.

use proc_macro2::TokenStream;
use quote::quote;

use super::ident;
use crate::plan::{Field, Type};

/// Of a structure with sensitive members, or one that is sensitive as a whole.
pub(super) fn structure(one: &Type, fields: &[Field]) -> TokenStream {
    let (name, text) = (ident(&one.name), &one.name);
    if one.sensitive {
        return whole(one);
    }
    let shown = fields.iter().map(|field| {
        let (name, text) = (ident(&field.name), field.name.trim_start_matches("r#"));
        if field.sensitive {
            quote!(.field(#text, &crate::runtime::Redacted::option(&self.#name)))
        } else {
            quote!(.field(#text, &self.#name))
        }
    });
    quote! {
        impl std::fmt::Debug for #name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.debug_struct(#text)#(#shown)*.finish()
            }
        }
    }
}

/// Of a union with sensitive members.
pub(super) fn union(one: &Type, members: &[Field]) -> TokenStream {
    if one.sensitive {
        return whole(one);
    }
    let name = ident(&one.name);
    let arms = members.iter().map(|member| {
        let (variant, text) = (ident(&member.name), &member.name);
        if member.sensitive {
            quote!(Self::#variant(_) => f.debug_tuple(#text).field(&crate::runtime::Redacted).finish(),)
        } else {
            quote!(Self::#variant(value) => f.debug_tuple(#text).field(value).finish(),)
        }
    });
    quote! {
        impl std::fmt::Debug for #name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                match self {
                    #(#arms)*
                    Self::Unknown(member) => f.debug_tuple("Unknown").field(member).finish(),
                }
            }
        }
    }
}

/// Of a type that is sensitive as a whole.
pub(super) fn whole(one: &Type) -> TokenStream {
    let (name, text) = (ident(&one.name), &one.name);
    quote! {
        impl std::fmt::Debug for #name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.debug_tuple(#text).field(&crate::runtime::Redacted).finish()
            }
        }
    }
}

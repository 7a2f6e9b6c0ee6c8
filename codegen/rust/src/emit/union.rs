//! A union: an open enum of its members.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::structure::imports;
use super::value::{Types, form};
use super::{debug, deprecated, docs, ident, validate};
use crate::plan::{Field, Type, Value};

pub(super) fn tokens(one: &Type, members: &[Field]) -> TokenStream {
    let (name, text) = (ident(&one.name), &one.name);
    let imports = imports(one, members, false);
    let (docs_, deprecated_) = (docs(&one.docs), deprecated(one.deprecated.as_ref()));
    let redacts = one.sensitive || members.iter().any(|member| member.sensitive);
    let derives = if redacts {
        quote!(#[derive(Clone, PartialEq)])
    } else {
        quote!(#[derive(Clone, Debug, PartialEq)])
    };
    let debug = redacts.then(|| debug::union(one, members));
    let variants = members.iter().map(|member| {
        let (docs, deprecated) = (docs(&member.docs), deprecated(member.deprecated.as_ref()));
        let (name, of) = (ident(&member.name), Types::Imported.of(&member.value));
        quote!(#docs #deprecated #name(#of),)
    });
    let getters = members.iter().map(|member| {
        let (variant, method) = (ident(&member.name), ident(&member.method));
        // A box is how the value is held; who reads it need not know.
        let of = match &member.value {
            Value::Boxed(name) => Types::Imported.of(&Value::Named(name.clone())),
            value => Types::Imported.of(value),
        };
        let deprecated = deprecated(member.deprecated.as_ref());
        let doc = format!(
            " The value, if it is [`{}`](Self::{}).",
            member.name, member.name
        );
        quote! {
            #[doc = #doc]
            #deprecated
            #[inline]
            pub fn #method(&self) -> Option<&#of> {
                match self {
                    Self::#variant(value) => Some(value),
                    _ => None,
                }
            }
        }
    });
    let wire_names = members.iter().map(|member| &member.wire_name);
    let reads = members.iter().enumerate().map(|(at, member)| {
        let (variant, form) = (ident(&member.name), form(&member.value));
        let at = Literal::usize_unsuffixed(at);
        quote!(#at => form::read_variant(map, Self::#variant, #form),)
    });
    let writes = members.iter().map(|member| {
        let (variant, form) = (ident(&member.name), form(&member.value));
        let wire_name = &member.wire_name;
        quote! {
            Self::#variant(value) => form::write_variant(map, #wire_name, value, #form),
        }
    });
    // A union without members does not look at which one it is.
    let (read_member, read) = if members.is_empty() {
        (quote!(_), quote!(form::skip(map).map(|()| None)))
    } else {
        let read = quote!(match member { #(#reads)* _ => form::skip(map).map(|()| None) });
        (quote!(member), read)
    };
    let inherent = (!members.is_empty()).then(|| quote!(impl #name { #(#getters)* }));
    let validate = one.validated.then(|| validate::union(one, members));
    quote! {
        #imports

        #docs_
        #deprecated_
        #derives
        #[non_exhaustive]
        pub enum #name {
            #(#variants)*
            /// A member that this revision of the API does not list, or none; sent back as it came.
            Unknown(crate::runtime::UnknownMember),
        }

        #inherent
        #debug
        #validate

        impl form::Union for #name {
            const NAME: &'static str = #text;
            const MEMBERS: &'static [&'static str] = &[#(#wire_names),*];

            fn read_member<'de, A: MapAccess<'de>>(
                #read_member: usize,
                map: &mut A,
            ) -> Result<Option<Self>, A::Error> {
                #read
            }

            fn unknown(member: crate::runtime::UnknownMember) -> Self {
                Self::Unknown(member)
            }

            fn write_member<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
                match self {
                    #(#writes)*
                    Self::Unknown(member) => member.write(map),
                }
            }
        }

        impl<'de> Deserialize<'de> for #name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                form::read_union(deserializer)
            }
        }

        impl Serialize for #name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                form::write_union(self, serializer)
            }
        }
    }
}

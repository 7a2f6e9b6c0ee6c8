//! A structure: its type, setters, getters and JSON form.

use std::collections::BTreeSet;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::value::{Types, converted, form, has_map};
use super::{debug, deprecated, docs, ident, validate};
use crate::plan::{ErrorShape, Field, Structure, Type, Value};

pub(super) fn tokens(one: &Type, structure: &Structure) -> TokenStream {
    let name = ident(&one.name);
    let fields = structure.fields.iter().map(|field| {
        let (docs, deprecated) = (docs(&field.docs), deprecated(field.deprecated.as_ref()));
        let (name, of) = (ident(&field.name), Types::Imported.of(&field.value));
        quote!(#docs #deprecated pub #name: Option<#of>,)
    });
    let redacts = one.sensitive || structure.fields.iter().any(|field| field.sensitive);
    let derives = if redacts {
        quote!(#[derive(Clone, Default, PartialEq)])
    } else {
        quote!(#[derive(Clone, Debug, Default, PartialEq)])
    };
    let debug = redacts.then(|| debug::structure(one, &structure.fields));
    let methods = structure.fields.iter().map(methods);
    let builder = structure.builder.as_ref().map(|builder| {
        let (module, of) = (ident(&builder.module), ident(&builder.name));
        let states = builder
            .states
            .iter()
            .map(|_| quote!(crate::runtime::Unset,));
        quote! {
            /// A builder, whose `build` compiles once every required member has been given.
            #[inline]
            pub fn builder() -> builders::#module::#of<(#(#states)*)> {
                builders::#module::#of::new()
            }

            /// Checks required members, lengths and ranges, as far as this revision states them.
            ///
            /// # Errors
            /// Everything that is broken, at once.
            pub fn validate(&self) -> Result<(), crate::runtime::Invalid> {
                crate::runtime::validate::validate(self)
            }
        }
    });
    let inherent = (!structure.fields.is_empty() || builder.is_some())
        .then(|| quote!(impl #name { #builder #(#methods)* }));
    let validate = one.validated.then(|| validate::structure(one, structure));
    let error = structure
        .error
        .as_ref()
        .map(|error| error_tokens(one, error));
    let imports = imports(one, &structure.fields, structure.builder.is_some());
    let form = form_tokens(one, &structure.fields);
    let (docs, deprecated) = (docs(&one.docs), deprecated(one.deprecated.as_ref()));
    quote! {
        #imports

        #docs
        #deprecated
        #derives
        #[non_exhaustive]
        pub struct #name { #(#fields)* }

        #inherent
        #debug
        #error
        #validate
        #form
    }
}

/// The setter and getter of a field.
fn methods(field: &Field) -> TokenStream {
    let (name, setter) = (ident(&field.name), ident(&field.method));
    let deprecated = deprecated(field.deprecated.as_ref());
    let argument = Types::Imported.argument(&field.value);
    let converted = converted(&field.value);
    let (gives, getter) = Types::Imported.getter(&field.value, &quote!(self.#name));
    let plain = field.name.trim_start_matches("r#");
    let setter_doc = format!(" Sets [`{plain}`](Self#structfield.{plain}).");
    let absent = match field.value {
        Value::List { .. } | Value::Map { .. } => "empty if it is absent",
        _ => "if it is there",
    };
    let getter_doc = format!(" The value of [`{plain}`](Self#structfield.{plain}), {absent}.");
    quote! {
        #[doc = #setter_doc]
        #deprecated
        #[must_use]
        #[inline]
        pub fn #setter(mut self, value: #argument) -> Self {
            self.#name = Some(#converted);
            self
        }

        #[doc = #getter_doc]
        #deprecated
        #[must_use]
        #[inline]
        pub fn #name(&self) -> #gives {
            #getter
        }
    }
}

/// `Serialize`, `Deserialize`, and what the runtime needs for both.
fn form_tokens(one: &Type, fields: &[Field]) -> TokenStream {
    let name = ident(&one.name);
    let text = &one.name;
    let wire_names = fields.iter().map(|field| &field.wire_name);
    let reads = fields.iter().enumerate().map(|(at, field)| {
        let (name, form) = (ident(&field.name), form(&field.value));
        let at = Literal::usize_unsuffixed(at);
        quote!(#at => form::read(map, &mut self.#name, #form),)
    });
    let writes = fields.iter().map(|field| {
        let (name, form, wire_name) = (ident(&field.name), form(&field.value), &field.wire_name);
        quote!(form::write(to, #wire_name, &self.#name, #form);)
    });
    // A structure without members uses neither.
    let (member, to) = match fields {
        [] => (quote!(_), quote!(_)),
        _ => (quote!(member), quote!(to)),
    };
    let read = if fields.is_empty() {
        quote!(form::skip(map))
    } else {
        quote!(match member { #(#reads)* _ => form::skip(map) })
    };
    quote! {
        impl form::Structure for #name {
            const NAME: &'static str = #text;
            const MEMBERS: &'static [&'static str] = &[#(#wire_names),*];

            fn read_member<'de, A: MapAccess<'de>>(
                &mut self,
                #member: usize,
                map: &mut A,
            ) -> Result<(), A::Error> {
                #read
            }

            fn write_members<M: SerializeMap>(&self, #to: &mut form::Writer<'_, M>) {
                #(#writes)*
            }
        }

        impl<'de> Deserialize<'de> for #name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                form::read_structure(deserializer)
            }
        }

        impl Serialize for #name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                form::write_structure(self, serializer)
            }
        }
    }
}

fn error_tokens(one: &Type, error: &ErrorShape) -> TokenStream {
    let name = ident(&one.name);
    let code = &error.code;
    let message = if let Some(message) = &error.message {
        let message = ident(message);
        quote!(self.#message.as_deref())
    } else {
        quote!(None)
    };
    quote! {
        impl std::fmt::Display for #name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                crate::runtime::write_error(f, #code, #message)
            }
        }

        impl std::error::Error for #name {}
    }
}

/// What a file of a structure or union refers to.
pub(super) fn imports(one: &Type, fields: &[Field], builder: bool) -> TokenStream {
    let named: BTreeSet<&str> = fields
        .iter()
        .flat_map(|field| field.value.named())
        .collect();
    let named: Vec<_> = named
        .into_iter()
        .filter(|name| *name != one.name)
        .map(ident)
        .collect();
    let named = match named.as_slice() {
        [] => TokenStream::new(),
        [name] => quote!(use super::#name;),
        several => quote!(use super::{#(#several),*};),
    };
    let map = fields.iter().any(|field| has_map(&field.value));
    let map = map.then(|| {
        quote!(
            use std::collections::BTreeMap;
        )
    });
    let builders = builder.then(|| {
        quote!(
            use crate::builders;
        )
    });
    quote! {
        #map
        use serde::de::MapAccess;
        use serde::ser::SerializeMap;
        use serde::{Deserialize, Deserializer, Serialize, Serializer};
        #named
        #builders
        use crate::runtime::form;
    }
}

//! A builder: one type parameter, a tuple with the state of each required member.

use proc_macro2::TokenStream;
use quote::quote;

use super::value::{Types, has_map};
use super::{deprecated, ident};
use crate::plan::{Builder, BuilderState, Field, Structure, Type};

pub(super) fn tokens(one: &Type, structure: &Structure, builder: &Builder) -> TokenStream {
    let (name, of) = (ident(&builder.name), ident(&one.name));
    let text = &one.name;
    let parameters: Vec<_> = builder
        .states
        .iter()
        .map(|state| ident(&state.parameter))
        .collect();
    let unset = builder
        .states
        .iter()
        .map(|_| quote!(crate::runtime::Unset,));
    let setters = structure.fields.iter().enumerate().map(|(at, field)| {
        let state = builder.states.iter().position(|state| state.field == at);
        setter(&name, &parameters, field, state)
    });
    let demands = builder.states.iter().map(|state| {
        let (parameter, requirement) = (ident(&state.parameter), ident(&state.requirement));
        quote!(#parameter: required::#requirement,)
    });
    let demands = (!builder.states.is_empty()).then(|| quote!(where #(#demands)*));
    let required = required(one, structure, builder);
    let map = structure
        .fields
        .iter()
        .any(|field| has_map(&field.value) && argument_has_map(field));
    let map = map.then(|| {
        quote!(
            use std::collections::BTreeMap;
        )
    });
    let deprecated = deprecated(one.deprecated.as_ref());
    let doc = format!(" Builds a [`{text}`](types::{text}).");
    quote! {
        use std::marker::PhantomData;
        #map

        use crate::types;

        #[doc = #doc]
        #deprecated
        #[derive(Clone, Debug)]
        #[must_use = "a builder does nothing before `build`"]
        pub struct #name<State> {
            value: types::#of,
            state: PhantomData<State>,
        }

        impl #name<(#(#unset)*)> {
            #[inline]
            pub(crate) fn new() -> Self {
                Self { value: types::#of::default(), state: PhantomData }
            }
        }

        impl<#(#parameters),*> #name<(#(#parameters,)*)> {
            #(#setters)*

            /// The whole; compiles once every required member has been given.
            #[inline]
            pub fn build(self) -> types::#of #demands {
                self.value
            }
        }

        #required
    }
}

/// Whether a setter's argument names `BTreeMap`: a map itself comes as an iterator.
fn argument_has_map(field: &Field) -> bool {
    Types::Qualified
        .argument(&field.value)
        .to_string()
        .contains("BTreeMap")
}

fn setter(
    builder: &proc_macro2::Ident,
    parameters: &[proc_macro2::Ident],
    field: &Field,
    state: Option<usize>,
) -> TokenStream {
    let (name, with) = (ident(&field.name), ident(&field.method));
    let argument = Types::Qualified.argument(&field.value);
    let deprecated = deprecated(field.deprecated.as_ref());
    let doc = match field.docs.as_slice() {
        [first, ..] if field.required => format!(" {first} Required."),
        [first, ..] => format!(" {first}"),
        [] => String::new(),
    };
    match state {
        None => quote! {
            #[doc = #doc]
            #deprecated
            #[inline]
            pub fn #name(mut self, value: #argument) -> Self {
                self.value = self.value.#with(value);
                self
            }
        },
        Some(set) => {
            let states = parameters.iter().enumerate().map(|(at, parameter)| {
                if at == set {
                    quote!(crate::runtime::Set,)
                } else {
                    quote!(#parameter,)
                }
            });
            quote! {
                #[doc = #doc]
                #deprecated
                #[inline]
                pub fn #name(self, value: #argument) -> #builder<(#(#states)*)> {
                    #builder { value: self.value.#with(value), state: PhantomData }
                }
            }
        }
    }
}

/// A trait for each required member, so that the compiler names the one that is missing.
fn required(one: &Type, structure: &Structure, builder: &Builder) -> Option<TokenStream> {
    if builder.states.is_empty() {
        return None;
    }
    let traits = builder.states.iter().map(|state: &BuilderState| {
        let field = structure.fields[state.field].name.trim_start_matches("r#");
        let requirement = ident(&state.requirement);
        let message = format!("`{}` lacks its required member `{field}`", one.name);
        let label = format!("call `.{field}(…)` before this");
        quote! {
            #[diagnostic::on_unimplemented(message = #message, label = #label)]
            pub trait #requirement {}

            impl #requirement for crate::runtime::Set {}
        }
    });
    Some(quote! {
        /// What `build` demands: the states of the required members.
        #[doc(hidden)]
        pub mod required {
            #(#traits)*
        }
    })
}

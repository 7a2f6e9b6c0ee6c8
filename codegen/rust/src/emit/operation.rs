//! An operation: a type that names it, and the enum of its errors.

use proc_macro2::TokenStream;
use quote::quote;

use super::{deprecated, docs, ident};
use crate::plan::{Operation, OperationError, Paginator};

pub(super) fn tokens(operation: &Operation) -> TokenStream {
    let name = ident(&operation.name);
    let (docs, deprecated) = (
        docs(&operation.docs),
        deprecated(operation.deprecated.as_ref()),
    );
    let (input, output) = (ident(&operation.input), ident(&operation.output));
    let error = ident(&operation.error.name);
    let (wire_name, method, uri) = (&operation.wire_name, &operation.method, &operation.uri);
    let status = operation
        .status
        .map(|status| quote!(const STATUS: u16 = #status;));
    let paginator = operation.paginator.as_ref().map(paginator);
    let error_tokens = error_tokens(operation, &operation.error);
    quote! {
        use crate::types;

        #docs
        #deprecated
        #[derive(Clone, Debug)]
        #[non_exhaustive]
        pub struct #name;

        impl crate::runtime::Operation for #name {
            type Input = types::#input;
            type Output = types::#output;
            type Error = #error;

            const NAME: &'static str = #wire_name;
            const METHOD: &'static str = #method;
            const URI: &'static str = #uri;
            #status
            #paginator
        }

        #error_tokens
    }
}

fn paginator(paginator: &Paginator) -> TokenStream {
    let Paginator {
        input_token,
        output_token,
        result_key,
        ..
    } = paginator;
    let limit = paginator
        .limit_key
        .as_ref()
        .map(|key| quote!(.with_limit_key(#key)));
    let more = paginator
        .more_results
        .as_ref()
        .map(|key| quote!(.with_more_results(#key)));
    quote! {
        const PAGINATOR: Option<crate::runtime::Paginator> = Some(
            crate::runtime::Paginator::new(&[#(#input_token),*], &[#(#output_token),*], &[#(#result_key),*])
                #limit #more
        );
    }
}

fn error_tokens(operation: &Operation, error: &OperationError) -> TokenStream {
    let name = ident(&error.name);
    let doc = format!(" What [`{}`] can fail with.", operation.name);
    let variants = error.variants.iter().map(|variant| {
        let (name, of) = (ident(&variant.name), ident(&variant.type_name));
        let doc = format!(" See [`{0}`](types::{0}).", variant.type_name);
        quote!(#[doc = #doc] #name(types::#of),)
    });
    let shown = error.variants.iter().map(|variant| {
        let name = ident(&variant.name);
        quote!(Self::#name(error) => std::fmt::Display::fmt(error, f),)
    });
    let conversions = error.variants.iter().map(|variant| {
        let (variant, of) = (ident(&variant.name), ident(&variant.type_name));
        quote! {
            impl From<types::#of> for #name {
                fn from(error: types::#of) -> Self {
                    Self::#variant(error)
                }
            }
        }
    });
    quote! {
        #[doc = #doc]
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants)*
            /// An error that this revision of the API does not list for the operation.
            Other(crate::runtime::OtherError),
        }

        impl std::fmt::Display for #name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                match self {
                    #(#shown)*
                    Self::Other(error) => std::fmt::Display::fmt(error, f),
                }
            }
        }

        impl std::error::Error for #name {}

        #(#conversions)*
    }
}

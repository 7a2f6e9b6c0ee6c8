//! What holds the items together: `Cargo.toml`, `README.md`, `lib.rs` and the modules' lists.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;

use super::{HEADER, format, ident};
use crate::plan::{Package, Plan, Runtime, Structure, TypeKind};

/// The generated crates state the version of the runtime with which they were generated.
const RUNTIME_VERSION: &str = env!("CARGO_PKG_VERSION");

pub(super) fn files(plan: &Plan) -> BTreeMap<String, String> {
    BTreeMap::from([
        ("Cargo.toml".to_owned(), manifest(&plan.package)),
        ("README.md".to_owned(), readme(plan)),
        (
            "src/lib.rs".to_owned(),
            format::file(library(&plan.package)),
        ),
        ("src/types/mod.rs".to_owned(), format::file(types(plan))),
        (
            "src/builders/mod.rs".to_owned(),
            format::file(builders(plan)),
        ),
        (
            "src/operations/mod.rs".to_owned(),
            format::file(operations(plan)),
        ),
    ])
}

fn manifest(package: &Package) -> String {
    let runtime = match &package.runtime {
        Runtime::Version => String::new(),
        Runtime::Path(path) => format!(", path = {}", toml_string(path)),
    };
    let features = match package.features.as_slice() {
        [] => String::new(),
        features => {
            let features: Vec<String> = features.iter().map(|name| format!("\"{name}\"")).collect();
            format!(", features = [{}]", features.join(", "))
        }
    };
    let name = &package.name;
    let description = toml_string(&format!("Types and operations of {}", package.title));
    let [api_version, revision, upstream] =
        [&package.api_version, &package.revision, &package.upstream].map(|text| toml_string(text));
    format!(
        "# {HEADER}\n\n\
         [package]\n\
         name = \"{name}\"\n\
         description = {description}\n\
         version = \"0.1.0\"\n\
         edition = \"2024\"\n\
         rust-version = \"1.85\"\n\
         license = \"MIT OR Apache-2.0\"\n\n\
         [package.metadata.shapewright]\n\
         api-version = {api_version}\n\
         revision = {revision}\n\
         upstream = {upstream}\n\n\
         [dependencies]\n\
         serde = {{ version = \"1\", default-features = false, features = [\"std\"] }}\n\
         shapewright-runtime = {{ version = \"{RUNTIME_VERSION}\"{runtime}{features} }}\n"
    )
}

/// A TOML string of any text: JSON's escapes are TOML's, too.
fn toml_string(text: &str) -> String {
    serde_json::Value::from(text)
        .to_string()
        .replace('\u{7f}', "\\u007f")
}

fn readme(plan: &Plan) -> String {
    let Package { name, docs, .. } = &plan.package;
    let docs = docs.join("\n\n");
    format!(
        "<!-- {HEADER} -->\n\n# {name}\n\n{docs}\n\n\
         `types` holds the shapes, `operations` the operations, `builders` what builds requests.\n\
         It does no I/O: send the JSON of a request with the HTTP client that you have.\n"
    )
}

fn library(package: &Package) -> TokenStream {
    let paragraphs = package.docs.iter().enumerate().flat_map(|(at, paragraph)| {
        let gap = (at > 0).then(String::new);
        gap.into_iter()
            .chain(std::iter::once(format!(" {paragraph}")))
    });
    let Package {
        api_version,
        revision,
        upstream,
        ..
    } = package;
    quote! {
        #(#![doc = #paragraphs])*

        #![allow(deprecated, reason = "read and written all the same")]
        #![allow(
            clippy::enum_variant_names,
            clippy::large_enum_variant,
            clippy::match_single_binding,
            clippy::module_inception,
            clippy::should_implement_trait,
            clippy::upper_case_acronyms,
            clippy::wrong_self_convention,
            reason = "names and sizes are the model's"
        )]
        #![deny(missing_docs)]

        #[rustfmt::skip]
        pub mod builders;
        #[rustfmt::skip]
        pub mod operations;
        #[rustfmt::skip]
        pub mod types;

        pub use shapewright_runtime as runtime;

        /// The version of the service's API (`metadata.apiVersion`).
        pub const API_VERSION: &str = #api_version;
        /// The revision of the model, by the day on which it was published.
        pub const REVISION: &str = #revision;
        /// The release that first carried the revision.
        pub const UPSTREAM: &str = #upstream;
    }
}

fn types(plan: &Plan) -> TokenStream {
    let modules = plan.types.iter().map(|one| ident(&one.module));
    let named = plan
        .types
        .iter()
        .map(|one| (ident(&one.module), ident(&one.name)));
    let uses = named.map(|(module, name)| quote!(pub use #module::#name;));
    quote! {
        #![doc = " The shapes: structures, enums and unions."]
        #(mod #modules;)*
        #(#uses)*
    }
}

fn builders(plan: &Plan) -> TokenStream {
    let modules = plan.types.iter().filter_map(|one| match &one.kind {
        TypeKind::Structure(Structure {
            builder: Some(builder),
            ..
        }) => {
            let (module, doc) = (ident(&builder.module), format!(" Builds `{}`.", one.name));
            Some(quote!(#[doc = #doc] pub mod #module;))
        }
        _ => None,
    });
    quote! {
        #![doc = " Builders of what operations send: what is required and missing does not compile."]
        #(#modules)*
    }
}

fn operations(plan: &Plan) -> TokenStream {
    let modules = plan
        .operations
        .iter()
        .map(|operation| ident(&operation.module));
    let uses = plan.operations.iter().map(|operation| {
        let module = ident(&operation.module);
        let (name, error) = (ident(&operation.name), ident(&operation.error.name));
        quote!(pub use #module::{#name, #error};)
    });
    quote! {
        #![doc = " The operations, a type each, and their errors."]
        #(mod #modules;)*
        #(#uses)*
    }
}

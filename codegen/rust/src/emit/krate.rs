//! What holds the items together: `Cargo.toml`, `README.md`, `lib.rs` and the modules' lists.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use semver::Version;

use super::source::{Literal, Source, block, line};
use super::{HEADER, endpoint};
use crate::plan::{Package, Plan, Runtime, TypeKind};

/// The version of the runtime that generated crates ask for: that of `models/runtime`.
const RUNTIME_VERSION: Version = Version::new(0, 1, 0);

/// The part of the runtime's version that another must share to be compatible. Its types are part of what
/// a crate offers.
pub(crate) fn runtime_series() -> String {
    match RUNTIME_VERSION.major {
        0 => format!("0.{}", RUNTIME_VERSION.minor),
        major => major.to_string(),
    }
}

pub(super) fn files(plan: &Plan) -> BTreeMap<String, String> {
    BTreeMap::from([
        ("Cargo.toml".to_owned(), manifest(&plan.package)),
        ("README.md".to_owned(), readme(plan)),
        ("src/lib.rs".to_owned(), library(plan)),
        ("src/endpoint.rs".to_owned(), endpoint::file(&plan.endpoint)),
        ("src/types/mod.rs".to_owned(), types(plan)),
        ("src/builders/mod.rs".to_owned(), builders(plan)),
        ("src/operations/mod.rs".to_owned(), operations(plan)),
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
    let switches = switches(package.protocol.is_some());
    let name = &package.name;
    // Cargo hands it to the compiler in the environment, which holds no NUL.
    let title: String = package.title.chars().take(200).collect();
    let title = title.replace(char::is_control, " ");
    let description = toml_string(&format!("Types and operations of {title}"));
    let [version, api_version, revision, upstream] = [
        &package.version,
        &package.api_version,
        &package.revision,
        &package.upstream,
    ]
    .map(|text| toml_string(text));
    format!(
        "# {HEADER}\n\n\
         [package]\n\
         name = \"{name}\"\n\
         description = {description}\n\
         version = {version}\n\
         edition = \"2024\"\n\
         rust-version = \"1.85\"\n\
         license = \"MIT OR Apache-2.0\"\n\
         readme = \"README.md\"\n\
         documentation = \"https://docs.rs/{name}\"\n\
         keywords = [\"aws\", \"client\", \"sdk\"]\n\
         categories = [\"api-bindings\", \"web-programming::http-client\"]\n\n\
         [package.metadata.docs.rs]\n\
         all-features = true\n\n\
         [package.metadata.shapewright]\n\
         api-version = {api_version}\n\
         revision = {revision}\n\
         upstream = {upstream}\n\n\
         {switches}\
         [dependencies]\n\
         serde = {{ version = \"1\", default-features = false, features = [\"std\"] }}\n\
         shapewright-runtime = {{ version = \"{RUNTIME_VERSION}\"{runtime}{features} }}\n"
    )
}

/// The features of a crate, each the runtime's of that name and what it brings: of one that can call, or
/// of one that only has types.
pub(crate) fn features(
    can_call: bool,
) -> impl Iterator<Item = (&'static str, &'static [&'static str])> {
    let calling = if can_call { CALLING } else { &[] };
    calling.iter().copied().chain([("convert", &[][..])])
}

const CALLING: &[(&str, &[&str])] = &[
    ("client", &["__client"]),
    ("hyper", &["__client"]),
    ("tower", &["__client"]),
    ("stream", &[]),
    ("blocking", &["__blocking"]),
    ("ureq", &["__blocking"]),
    ("credentials", &[]),
    ("sign", &[]),
    ("tracing", &[]),
];

/// What several features share: the module of a client. Nobody is to name them.
const SHARED: &[&str] = &["__client", "__blocking"];

fn switches(can_call: bool) -> String {
    let mut text = "[features]\n".to_owned();
    for (name, brings) in features(can_call) {
        let brings = brings.iter().copied().map(str::to_owned);
        let all: Vec<String> = brings
            .chain([format!("shapewright-runtime/{name}")])
            .collect();
        let _ = writeln!(text, "{name} = [\"{}\"]", all.join("\", \""));
    }
    for name in SHARED.iter().filter(|_| can_call) {
        let _ = writeln!(text, "{name} = []");
    }
    text.push('\n');
    text
}

/// A TOML string of any text: JSON's escapes are TOML's, too.
fn toml_string(text: &str) -> String {
    let json = serde_json::Value::from(text).to_string();
    // JSON lets stand what TOML forbids, or what turns the direction of the text around it.
    let is_plain = |c: char| matches!(c, '"' | '\'' | '\\') || c.escape_debug().len() == 1;
    let mut safe = String::with_capacity(json.len());
    for c in json.chars() {
        if is_plain(c) {
            safe.push(c);
        } else {
            let _ = write!(safe, "\\U{:08x}", u32::from(c));
        }
    }
    safe
}

fn readme(plan: &Plan) -> String {
    let Package { name, docs, .. } = &plan.package;
    let docs = docs.join("\n\n");
    let calls = match plan.package.protocol {
        Some(_) => CALLS,
        None => NO_CALLS,
    };
    format!(
        "<!-- {HEADER} -->\n\n# {name}\n\n{docs}\n\n\
         `types` holds the shapes, `operations` the operations, `builders` what builds requests, \
         `endpoint` tells where the service is.\n\n{calls}"
    )
}

/// What the README says of a crate whose operations can be called: its features.
const CALLS: &str = "\
Without features it does no I/O: an operation makes an `http::Request` of its input, and reads an
`http::Response` (`runtime::Call`). Features bring the rest:

| feature | what it brings |
|---|---|
| `hyper` | `Client`, which does not block, over hyper, Tokio and rustls |
| `ureq` | `blocking::Client`, over ureq and rustls |
| `client`, `blocking` | the same clients over a transport of your own |
| `tower` | a transport of any `tower` service |
| `credentials` | credentials from the environment, profiles, containers and instances |
| `sign` | signatures alone, for requests that you send by yourself |
| `tracing` | a span for each call |
| `convert` | values of one revision's types as those of another's |
";

const NO_CALLS: &str = "\
It does no I/O, and knows no codec for the service's protocol: types and operations are data. The feature
`convert` turns values of one revision's types into those of another's.
";

fn library(plan: &Plan) -> String {
    let package = &plan.package;
    let mut to = Source::new();
    to.module_docs(&package.docs);
    to.lines(&[
        "#![allow(deprecated, reason = \"read and written all the same\")]",
        "#![allow(",
        "    clippy::enum_variant_names,",
        "    clippy::large_enum_variant,",
        "    clippy::match_single_binding,",
        "    clippy::module_inception,",
        "    clippy::should_implement_trait,",
        "    clippy::upper_case_acronyms,",
        "    clippy::wrong_self_convention,",
        "    reason = \"names and sizes are the model's\"",
        ")]",
        "#![deny(missing_docs)]",
        "",
    ]);
    for module in ["builders", "endpoint", "operations", "types"] {
        to.lines(&["#[rustfmt::skip]"]);
        line!(to, "pub mod {module};");
    }
    if package.protocol.is_some() {
        for (feature, module) in [("__client", "client"), ("__blocking", "blocking")] {
            line!(to, "#[cfg(feature = {})]", Literal(feature));
            to.lines(&["#[rustfmt::skip]"]);
            line!(to, "pub mod {module};");
        }
    }
    if !plan.waiters.is_empty() {
        to.lines(&["#[rustfmt::skip]", "pub mod waiters;"]);
    }
    to.gap();
    if package.protocol.is_some() {
        to.lines(&["#[cfg(feature = \"__client\")]", "pub use client::Client;"]);
    }
    to.lines(&["pub use shapewright_runtime as runtime;"]);
    to.gap();
    service(&mut to, plan);
    let constants = [
        (
            "The version of the service's API (`metadata.apiVersion`).",
            "API_VERSION",
            &package.api_version,
        ),
        (
            "The revision of the model, by the day on which it was published.",
            "REVISION",
            &package.revision,
        ),
        (
            "The release that first carried the revision.",
            "UPSTREAM",
            &package.upstream,
        ),
    ];
    for (doc, name, value) in constants {
        to.gap();
        line!(to, "/// {doc}");
        line!(to, "pub const {name}: &str = {};", Literal(value));
    }
    to.finish()
}

/// The type that names the service.
fn service(to: &mut Source, plan: &Plan) {
    let package = &plan.package;
    to.gap();
    line!(to, "/// The service, by the names that it has on the wire.");
    to.lines(&["#[derive(Clone, Copy, Debug)]", "pub enum Service {}"]);
    to.gap();
    block!(to, ("impl runtime::Service for Service"), |to| {
        line!(
            to,
            "const ID: &'static str = {};",
            Literal(&package.service_id.1)
        );
        line!(
            to,
            "const SIGNING_NAME: &'static str = {};",
            Literal(&package.signing_name.1)
        );
        if let Some(prefix) = &package.target_prefix {
            line!(
                to,
                "const TARGET_PREFIX: &'static str = {};",
                Literal(prefix)
            );
        }
        if package.query_compatible {
            to.lines(&["const QUERY_COMPATIBLE: bool = true;"]);
        }
        line!(to, "const API_VERSION: &'static str = API_VERSION;");
        if plan.operations.iter().any(|one| !one.context.is_empty()) {
            to.lines(&["const ENDPOINT_BY_INPUT: bool = true;"]);
        }
        to.gap();
        to.lines(&[
            "fn endpoint(",
            "    parameters: &runtime::endpoint::Parameters,",
            ") -> Result<runtime::endpoint::Endpoint, runtime::endpoint::EndpointError> {",
            "    endpoint::endpoint(parameters)",
            "}",
        ]);
    });
}

fn types(plan: &Plan) -> String {
    let mut to = Source::new();
    to.lines(&["//! The shapes: structures, enums and unions.", ""]);
    for one in &plan.types {
        line!(to, "mod {};", one.module);
    }
    to.gap();
    for one in &plan.types {
        line!(to, "pub use {}::{};", one.module, one.name);
    }
    to.finish()
}

fn builders(plan: &Plan) -> String {
    let mut to = Source::new();
    to.lines(&[
        "//! Builders of what operations send: what is required and missing does not compile.",
        "",
    ]);
    for (module, _) in built(plan) {
        line!(to, "mod {module};");
    }
    to.gap();
    for (module, builder) in built(plan) {
        line!(to, "pub use {module}::{builder};");
    }
    to.finish()
}

/// The module and name of each builder.
fn built(plan: &Plan) -> impl Iterator<Item = (&str, &str)> {
    plan.types.iter().filter_map(|one| match &one.kind {
        TypeKind::Structure(structure) => {
            let builder = structure.builder.as_ref()?;
            Some((one.module.as_str(), builder.name.as_str()))
        }
        _ => None,
    })
}

fn operations(plan: &Plan) -> String {
    let mut to = Source::new();
    to.lines(&["//! The operations, a type each, and their errors.", ""]);
    for operation in &plan.operations {
        line!(to, "mod {};", operation.module);
    }
    to.gap();
    for operation in &plan.operations {
        let (module, name, error) = (&operation.module, &operation.name, &operation.error.name);
        line!(to, "pub use {module}::{{{name}, {error}}};");
    }
    to.finish()
}

#[cfg(test)]
mod tests {
    use super::RUNTIME_VERSION;

    #[test]
    fn crates_ask_for_the_runtime_that_is_here() {
        let manifest = include_str!("../../../../models/runtime/Cargo.toml");
        assert!(manifest.contains(&format!("\nversion = \"{RUNTIME_VERSION}\"\n")));
    }
}

//! Programs that a change breaks: each compiles against the older crate and not against the newer.

use std::collections::BTreeMap;

use super::item::{Item, ItemKind};
use super::signature::{Signature, concrete};
use super::{Surface, SurfaceChange, What};

/// With what every program begins. The crate is an extern crate of the name `service`, and what a
/// program names at the top of it is there in every crate, so that a signature can stand as it is.
const PRELUDE: &str = "\
use service::{Service, builders, endpoint, operations, runtime, types};
use std::collections::BTreeMap;

/// A value of whatever type; nobody runs this.
fn any<T>() -> T {
    loop {}
}

";

/// What a program needs to know of the older crate beside the change: its signatures.
#[derive(Clone, Debug)]
pub struct Witnesses {
    signatures: BTreeMap<(ItemKind, String), String>,
}

impl Witnesses {
    /// The witnesses of changes of this surface.
    pub fn of(old: &Surface) -> Self {
        fn collect(items: Vec<Item>, found: &mut BTreeMap<(ItemKind, String), String>) {
            for item in items {
                collect(item.parts, found);
                found.insert((item.kind, item.path), item.signature);
            }
        }
        let mut signatures = BTreeMap::new();
        collect(old.items(), &mut signatures);
        Self { signatures }
    }

    /// A program that compiles against the older crate, and not after this change. There is none for
    /// a change that breaks nobody, nor for a feature of the crate itself: a manifest names that.
    pub fn program(&self, change: &SurfaceChange) -> Option<String> {
        let path = change.path.as_str();
        let function = match (&change.what, change.kind) {
            (What::Came, ItemKind::Requirement) => self.without_requirement(path)?,
            (What::Went | What::TypeChanged { .. }, kind) => {
                let signature = self.signatures.get(&(kind, path.to_owned()))?;
                of_item(kind, path, signature)?
            }
            _ => return None,
        };
        Some(format!("{PRELUDE}{function}"))
    }

    /// Builds with everything that was demanded.
    fn without_requirement(&self, path: &str) -> Option<String> {
        let (builder, _) = path.rsplit_once("::")?;
        let build = (ItemKind::Method, format!("{builder}::build"));
        let of = Signature::parse(self.signatures.get(&build)?)?.gives;
        let mut body = format!("{of}::builder()");
        let begin = (ItemKind::Requirement, format!("{builder}::"));
        let demanded = self.signatures.range(begin.clone()..).map(|(key, _)| key);
        for (_, path) in demanded.take_while(|key| key.0 == begin.0 && key.1.starts_with(&begin.1))
        {
            let setter = self.signatures.get(&(ItemKind::Method, path.clone()))?;
            body.push_str(&call(path, &Signature::parse(setter)?)?);
        }
        Some(format!(
            "pub fn witness() -> {of} {{\n    {body}.build()\n}}\n"
        ))
    }
}

/// A function that uses an item as the older crate has it.
fn of_item(kind: ItemKind, path: &str, signature: &str) -> Option<String> {
    // Not every crate has waiters.
    let path = &path.replace("<waiters::", "<service::waiters::");
    let within = path.rsplit_once("::");
    Some(match kind {
        ItemKind::Module | ItemKind::ReExport => format!("pub use service::{path} as witness;\n"),
        ItemKind::Feature => {
            let of = of_feature(path.strip_prefix("runtime/")?)?;
            format!("pub use service::runtime::{of} as witness;\n")
        }
        // An enum of the same name has no fields, and a structure no variants.
        ItemKind::Structure => format!(
            "pub fn witness{signature}(value: service::{path}{signature}) {{\n    \
             let service::{path} {{ .. }} = value;\n}}\n"
        ),
        ItemKind::Enum => {
            let variant = if path.starts_with("types::") {
                "Unknown"
            } else {
                "Other"
            };
            format!(
                "pub fn witness(value: {path}) {{\n    \
                 if let {path}::{variant}(_) = value {{}}\n}}\n"
            )
        }
        ItemKind::Field => {
            let (of, name) = within?;
            format!("pub fn witness(value: {of}) -> {signature} {{\n    value.{name}\n}}\n")
        }
        ItemKind::Variant => {
            let (of, _) = within?;
            let holds = signature
                .strip_prefix('(')
                .and_then(|s| s.strip_suffix(')'));
            match holds {
                Some(holds) => format!(
                    "pub fn witness(value: {of}) -> Option<{holds}> {{\n    match value {{\n        \
                     {path}(value) => Some(value),\n        _ => None,\n    }}\n}}\n"
                ),
                None => format!(
                    "pub fn witness(value: {of}) -> bool {{\n    matches!(value, {path})\n}}\n"
                ),
            }
        }
        ItemKind::Method => of_method(path, signature)?,
        ItemKind::Constant => format!("pub fn witness() -> {signature} {{\n    {path}\n}}\n"),
        ItemKind::AssociatedType => {
            let (of, _) = within?;
            let is = signature.replace("crate::", "");
            // Pages are of the type's own output.
            let own = of.trim_start_matches('<').split(" as ").next()?;
            let is = is.replace("Self::", &format!("<{own} as runtime::Operation>::"));
            format!("pub fn witness(value: {path}) -> {is} {{\n    value\n}}\n")
        }
        ItemKind::Implementation => {
            let (of, name) = path
                .strip_prefix('<')?
                .strip_suffix('>')?
                .split_once(" as ")?;
            format!(
                "fn is<T: {}>() {{}}\n\npub fn witness() {{\n    is::<{of}>();\n}}\n",
                bound(name)
            )
        }
        ItemKind::Requirement => return None,
    })
}

/// A call of a method or function, which gives what it gave.
fn of_method(path: &str, signature: &str) -> Option<String> {
    let (of, _) = path.rsplit_once("::")?;
    let signature = Signature::parse(signature)?;
    let client = match of {
        "client::Client" => Some("Transport"),
        "blocking::Client" => Some("BlockingTransport"),
        _ => None,
    };
    let future = signature.gives.strip_prefix("impl Future<Output = ");
    let future = future.and_then(|gives| gives.strip_suffix('>'));
    let (way, waits) = match future {
        Some(_) => ("pub async fn", ".await"),
        None => ("pub fn", ""),
    };
    let gives = future.unwrap_or(&signature.gives);
    let (parameters, value) = match (signature.takes.first().map(String::as_str), client) {
        (Some("&self"), Some(transport)) => (
            format!("<T: runtime::client::transport::{transport}>(value: &service::{of}<T>)"),
            "value",
        ),
        (Some("self"), None) => (format!("(value: {of})"), "value"),
        (Some("&self"), None) => (format!("(value: &{of})"), "value"),
        (_, None) => ("()".to_owned(), of),
        // What sets a client up is in every one.
        _ => return None,
    };
    // A builder's type has a parameter that nobody is to name.
    let gives = if gives.starts_with("builders::") {
        String::new()
    } else {
        format!(" -> {}", gives.replace("Self", of))
    };
    let end = if gives.is_empty() { ";" } else { "" };
    let called = call(path, &signature)?;
    let called = if value == of {
        called.replacen('.', "::", 1)
    } else {
        called
    };
    Some(format!(
        "{way} witness{parameters}{gives} {{\n    {value}{called}{waits}{end}\n}}\n"
    ))
}

/// The call of a method: its name with arguments of the types that it takes.
fn call(path: &str, signature: &Signature) -> Option<String> {
    let (_, name) = path.rsplit_once("::")?;
    let takes = signature.takes.iter().filter(|one| !one.ends_with("self"));
    let arguments: Vec<String> = takes
        .map(|of| format!("any::<{}>()", concrete(of)))
        .collect();
    Some(format!(".{name}({})", arguments.join(", ")))
}

/// A trait as a bound.
fn bound(name: &str) -> String {
    let name = match name {
        "Debug" | "Display" => format!("std::fmt::{name}"),
        "Error" => "std::error::Error".to_owned(),
        "Hash" => "std::hash::Hash".to_owned(),
        "Serialize" => "serde::Serialize".to_owned(),
        "Deserialize" => return "for<'a> serde::Deserialize<'a>".to_owned(),
        name => name.to_owned(),
    };
    if name.contains('&') {
        format!("for<'a> {}", name.replace('&', "&'a "))
    } else {
        name
    }
}

/// What the runtime has with a feature alone.
fn of_feature(name: &str) -> Option<&'static str> {
    Some(match name {
        "aws-json" => "codec::AwsJson1_1",
        "blob" => "Blob",
        "endpoint" => "endpoint",
        "jsonvalue" => "form::JsonText",
        "rest-json" => "codec::RestJson1",
        "timestamp" => "Timestamp",
        // Checksums add nothing that has a name.
        _ => return None,
    })
}

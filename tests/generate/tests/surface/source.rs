//! Reads the public items back from generated source, each as the line that the surface has for it.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::{
    Attribute, Fields, FnArg, GenericArgument, ImplItem, Item, ItemImpl, PathArguments, ReturnType,
    Signature, Type, UseTree, Visibility, WherePredicate,
};

/// An item without spaces, which source and surface set in different ways.
pub(crate) fn line(item: &str, is_deprecated: bool) -> String {
    let deprecated = if is_deprecated { ", deprecated" } else { "" };
    let text = format!("{item}{deprecated}").replace(char::is_whitespace, "");
    // Where a line was broken, a comma stands before the bracket that ends the list.
    text.replace(",>", ">")
}

/// The public items of a crate.
pub(crate) fn items(files: &BTreeMap<String, String>) -> Vec<String> {
    let mut found = Vec::new();
    for feature in features(&files["Cargo.toml"]) {
        found.push(line(&format!("feature {feature}"), false));
    }
    for item in parse(&files["src/lib.rs"]).items {
        match item {
            Item::Mod(one) if is_public(&one.vis) => {
                found.push(line(&format!("mod {}", one.ident), false));
                match one.ident.to_string().as_str() {
                    "endpoint" => endpoint(&files["src/endpoint.rs"], &mut found),
                    name @ ("client" | "blocking") => flat(files, name, false, &mut found),
                    "waiters" => flat(files, "waiters", true, &mut found),
                    name => module(files, name, &mut found),
                }
            }
            Item::Use(one) if is_public(&one.vis) => {
                let text = match one.tree {
                    UseTree::Rename(one) => {
                        let series = series(&files["Cargo.toml"]);
                        format!("use {} {series} as {}", one.ident, one.rename)
                    }
                    tree => {
                        let path = tree.to_token_stream().to_string();
                        let name = path.rsplit(' ').next().expect("a name").to_owned();
                        format!("use {path} as {name}")
                    }
                };
                found.push(line(&text, false));
            }
            // The service, with its names on the wire.
            one @ (Item::Enum(_) | Item::Impl(_)) => root_item(&one, &mut found),
            Item::Const(one) if is_public(&one.vis) => {
                let of = one.ty.to_token_stream();
                found.push(line(&format!("const {}: {of}", one.ident), false));
            }
            other => unknown(&other),
        }
    }
    found
}

/// Ends the test at what no crate of ours has had so far.
fn unknown(item: &dyn ToTokens) -> ! {
    panic!("what is this?\n{}", item.to_token_stream())
}

fn parse(text: &str) -> syn::File {
    syn::parse_file(text).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

/// The part of the runtime's version that says what is compatible; it is 0 point something so far.
fn series(manifest: &str) -> String {
    let manifest: toml::Table = manifest.parse().expect("TOML");
    let runtime = &manifest["dependencies"]["shapewright-runtime"];
    let version = runtime["version"].as_str().expect("a version");
    let (series, _) = version.rsplit_once('.').expect("three numbers");
    assert!(series.starts_with("0."), "{version}");
    series.to_owned()
}

fn features(manifest: &str) -> Vec<String> {
    let manifest: toml::Table = manifest.parse().expect("TOML");
    let own = manifest.get("features").and_then(toml::Value::as_table);
    let own = own.into_iter().flat_map(toml::Table::keys).cloned();
    let own = own.filter(|name| !name.starts_with("__"));
    let features = manifest["dependencies"]["shapewright-runtime"].get("features");
    let features = features
        .and_then(toml::Value::as_array)
        .into_iter()
        .flatten();
    let features = features.map(|name| format!("runtime/{}", name.as_str().expect("a name")));
    own.chain(features).collect()
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

fn is_deprecated(attributes: &[Attribute]) -> bool {
    attributes
        .iter()
        .any(|one| one.path().is_ident("deprecated"))
}

/// An item at the top of the crate.
fn root_item(item: &Item, found: &mut Vec<String>) {
    let scope = Scope {
        module: "",
        names: &BTreeSet::new(),
    };
    match item {
        Item::Enum(one) => {
            assert!(is_public(&one.vis) && one.variants.is_empty());
            found.push(line(&format!("enum {}", one.ident), false));
            scope.derived(&one.attrs, &one.ident.to_string(), false, found);
        }
        Item::Impl(one) => match &one.trait_ {
            Some((path, _)) => scope.implementation(one, path, found),
            None => unknown(one),
        },
        other => unknown(other),
    }
}

/// A module of one file: a client or the waiters.
fn flat(files: &BTreeMap<String, String>, module: &str, grows: bool, found: &mut Vec<String>) {
    let file = parse(&files[&format!("src/{module}.rs")]);
    let structs = file.items.iter().filter_map(|item| match item {
        Item::Struct(one) => Some(one.ident.to_string()),
        _ => None,
    });
    let names = structs.collect();
    let scope = Scope {
        module,
        names: &names,
    };
    for item in file.items {
        match &item {
            Item::Use(one) => assert!(!is_public(&one.vis)),
            Item::Struct(one) => {
                let path = format!("{module}::{}", one.ident);
                let generics = one.generics.to_token_stream();
                found.push(line(&format!("struct {path}{generics}"), false));
                scope.derived(&one.attrs, &path, grows, found);
                assert!(!one.fields.iter().any(|field| is_public(&field.vis)));
            }
            Item::Impl(_) => scope.item(&item, found),
            other => unknown(other),
        }
    }
}

/// What tells where the service is: a function and a constant, and the rules, which are private.
fn endpoint(text: &str, found: &mut Vec<String>) {
    // What it has is the runtime's.
    let names = ["Endpoint", "EndpointError", "Parameter", "Parameters"];
    let scope = Scope {
        module: "runtime::endpoint",
        names: &names.map(str::to_owned).into(),
    };
    for item in parse(text).items {
        match item {
            Item::Fn(one) if is_public(&one.vis) => {
                let signature = scope.signature("", &one.sig);
                let text = format!("fn endpoint::{}{signature}", one.sig.ident);
                found.push(line(&text, false));
            }
            Item::Const(one) if is_public(&one.vis) => {
                let of = scope.text(&one.ty);
                found.push(line(&format!("const endpoint::{}: {of}", one.ident), false));
            }
            Item::Use(one) => assert!(!is_public(&one.vis)),
            Item::Static(one) => assert!(!is_public(&one.vis)),
            other => unknown(&other),
        }
    }
}

/// The items that a module of private files exports.
fn module(files: &BTreeMap<String, String>, name: &str, found: &mut Vec<String>) {
    let mut exported: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut private = BTreeSet::new();
    for item in parse(&files[&format!("src/{name}/mod.rs")]).items {
        match item {
            Item::Mod(one) => {
                assert!(!is_public(&one.vis), "a public module below {name}");
                private.insert(one.ident.to_string());
            }
            Item::Use(one) if is_public(&one.vis) => {
                let UseTree::Path(path) = one.tree else {
                    panic!("a re-export of a module");
                };
                let names = match *path.tree {
                    UseTree::Name(one) => vec![one.ident.to_string()],
                    UseTree::Group(group) => group
                        .items
                        .iter()
                        .map(|item| item.to_token_stream().to_string())
                        .collect(),
                    other => unknown(&other),
                };
                let of = exported.entry(path.ident.to_string()).or_default();
                of.extend(names);
            }
            other => unknown(&other),
        }
    }
    assert!(
        exported.keys().eq(&private),
        "a module that exports nothing"
    );
    let names = exported.values().flatten().cloned().collect();
    for (file, names_of_file) in &exported {
        let text = &files[&format!("src/{name}/{file}.rs")];
        let scope = Scope {
            module: name,
            names: &names,
        };
        let file = parse(text);
        for exported in names_of_file {
            let declared = |item: &&Item| match item {
                Item::Struct(one) => one.ident == exported,
                Item::Enum(one) => one.ident == exported,
                _ => false,
            };
            assert_eq!(file.items.iter().filter(declared).count(), 1, "{exported}");
        }
        file.items.iter().for_each(|item| scope.item(item, found));
    }
}

/// A module whose items can be named without it in its files.
struct Scope<'a> {
    module: &'a str,
    names: &'a BTreeSet<String>,
}

impl Scope<'_> {
    /// The text of a type or path, every item of the crate by its public path.
    fn text(&self, tokens: &dyn ToTokens) -> String {
        let mut text = String::new();
        self.write(tokens.to_token_stream(), &mut text);
        text.replace("crate::", "")
    }

    fn write(&self, tokens: TokenStream, to: &mut String) {
        for token in tokens {
            match token {
                TokenTree::Group(group) => {
                    let open = group.to_string();
                    let (first, last) = (open.chars().next(), open.chars().last());
                    to.extend(first);
                    self.write(group.stream(), to);
                    to.extend(last);
                }
                TokenTree::Ident(ident) => {
                    let name = ident.to_string();
                    if self.names.contains(&name) && !to.ends_with("::") {
                        to.push_str(self.module);
                        to.push_str("::");
                    }
                    to.push_str(&name);
                }
                other => to.push_str(&other.to_string()),
            }
        }
    }

    fn item(&self, item: &Item, found: &mut Vec<String>) {
        let module = self.module;
        match item {
            Item::Use(one) => assert!(!is_public(&one.vis)),
            // What a builder demands: the methods that give it are asked instead.
            Item::Mod(one) => {
                assert!(one.ident == "required" && module == "builders");
                assert!(one.attrs.iter().any(|one| one.path().is_ident("doc")));
            }
            Item::Struct(one) => {
                assert!(is_public(&one.vis) && self.names.contains(&one.ident.to_string()));
                let path = format!("{module}::{}", one.ident);
                let generics = one.generics.to_token_stream();
                let deprecated = is_deprecated(&one.attrs);
                found.push(line(&format!("struct {path}{generics}"), deprecated));
                self.derived(&one.attrs, &path, module != "builders", found);
                for field in one.fields.iter().filter(|field| is_public(&field.vis)) {
                    let name = field.ident.as_ref().expect("a name");
                    let text = format!("{path}::{name}: {}", self.text(&field.ty));
                    found.push(line(&text, is_deprecated(&field.attrs)));
                }
            }
            Item::Enum(one) => {
                assert!(is_public(&one.vis) && self.names.contains(&one.ident.to_string()));
                let path = format!("{module}::{}", one.ident);
                found.push(line(&format!("enum {path}"), is_deprecated(&one.attrs)));
                self.derived(&one.attrs, &path, true, found);
                for variant in &one.variants {
                    let value = match &variant.fields {
                        Fields::Named(_) => panic!("a variant with fields"),
                        fields => self.text(fields),
                    };
                    let text = format!("{path}::{}{value}", variant.ident);
                    found.push(line(&text, is_deprecated(&variant.attrs)));
                }
            }
            Item::Impl(one) => match &one.trait_ {
                None => self.methods(one, found),
                Some((path, _)) => self.implementation(one, path, found),
            },
            other => unknown(other),
        }
    }

    /// The implementations that are derived; and whether the type may grow, as all but builders do.
    fn derived(&self, attributes: &[Attribute], path: &str, grows: bool, found: &mut Vec<String>) {
        let has = |name| attributes.iter().any(|one| one.path().is_ident(name));
        assert_eq!(has("non_exhaustive"), grows, "{path}");
        for attribute in attributes
            .iter()
            .filter(|one| one.path().is_ident("derive"))
        {
            attribute
                .parse_nested_meta(|meta| {
                    let name = self.text(&meta.path);
                    found.push(line(&format!("impl <{path} as {name}>"), false));
                    Ok(())
                })
                .expect("names");
        }
    }

    fn implementation(&self, one: &ItemImpl, name: &syn::Path, found: &mut Vec<String>) {
        let of = self.text(&one.self_ty);
        let name = self.text(name);
        let name = match name.strip_prefix("form::") {
            Some(form) => format!("runtime::form::{form}"),
            // Rust's own, and serde's, by name.
            None => ["std::fmt::", "std::error::", "fmt::"]
                .iter()
                .find_map(|prefix| name.strip_prefix(prefix))
                .unwrap_or(&name)
                .replace("<'de>", ""),
        };
        let path = format!("<{of} as {name}>");
        found.push(line(&format!("impl {path}"), false));
        if ["runtime::Call", "runtime::Paginated", "runtime::Wait"].contains(&name.as_str()) {
            // How it travels and what follows is what it does, and not what can be named.
            let is_type = |item: &&ImplItem| matches!(item, ImplItem::Type(_));
            for item in one.items.iter().filter(is_type) {
                self.associated(item, &path, found);
            }
            return;
        }
        if name == "runtime::Service" {
            for constant in ["ID", "SIGNING_NAME", "TARGET_PREFIX"] {
                let text = format!("const {path}::{constant}: &'static str");
                found.push(line(&text, false));
            }
            return;
        }
        if name != "runtime::Operation" {
            // What the runtime's other traits have stays between the crate and the runtime.
            return;
        }
        let mut constants = BTreeSet::new();
        for item in &one.items {
            match item {
                ImplItem::Type(_) => self.associated(item, &path, found),
                ImplItem::Const(one) => {
                    constants.insert(one.ident.to_string());
                    let text = format!("const {path}::{}: {}", one.ident, self.text(&one.ty));
                    found.push(line(&text, false));
                }
                other => unknown(other),
            }
        }
        // The trait gives these where the operation does not.
        for (name, of) in [
            ("STATUS", "u16"),
            ("PAGINATOR", "Option<runtime::Paginator>"),
        ] {
            if !constants.contains(name) {
                found.push(line(&format!("const {path}::{name}: {of}"), false));
            }
        }
    }

    fn associated(&self, item: &ImplItem, path: &str, found: &mut Vec<String>) {
        if let ImplItem::Type(one) = item {
            let text = format!("type {path}::{} = {}", one.ident, self.text(&one.ty));
            found.push(line(&text, false));
        }
    }

    fn methods(&self, one: &ItemImpl, found: &mut Vec<String>) {
        let (path, states) = self.without_states(&one.self_ty);
        let mut given = BTreeMap::new();
        let mut demanded = BTreeSet::new();
        for item in &one.items {
            match item {
                ImplItem::Fn(method) if is_public(&method.vis) => {
                    let name = method.sig.ident.to_string();
                    let text = format!("fn {path}::{name}{}", self.signature(&path, &method.sig));
                    found.push(line(&text, is_deprecated(&method.attrs)));
                    if let Some(state) = self.sets(&method.sig, &states) {
                        given.insert(state, name);
                    }
                    demanded.extend(self.demands(&method.sig));
                }
                ImplItem::Fn(_) => {}
                ImplItem::Const(one) if is_public(&one.vis) => {
                    let text = format!("const {path}::{}: {}", one.ident, self.text(&one.ty));
                    found.push(line(&text, false));
                }
                other => unknown(other),
            }
        }
        for state in demanded {
            let text = format!("{path}::{} is required", given[&state]);
            found.push(line(&text, false));
        }
    }

    /// What a function takes and gives; the names of its parameters bind nobody.
    fn signature(&self, path: &str, signature: &Signature) -> String {
        let takes: Vec<String> = signature
            .inputs
            .iter()
            .map(|input| match input {
                FnArg::Receiver(one) => self.text(one).replace("mut", ""),
                FnArg::Typed(one) => self.text(&one.ty),
            })
            .collect();
        let gives = match &signature.output {
            ReturnType::Default => "()".to_owned(),
            ReturnType::Type(_, of) => match self.without_states(of) {
                (of, states) if !states.is_empty() && of == path => "Self".to_owned(),
                (of, _) if of.starts_with("builders::") => of,
                _ => self.text(of),
            },
        };
        let gives = match signature.asyncness {
            Some(_) => format!("impl Future<Output = {gives}>"),
            None => gives,
        };
        format!("({}) -> {gives}", takes.join(", "))
    }

    /// The path of a type, and the states if it is a builder with such.
    fn without_states(&self, of: &Type) -> (String, Vec<String>) {
        let Type::Path(path) = of else {
            return (self.text(of), Vec::new());
        };
        let mut path = path.path.clone();
        let arguments = path.segments.last_mut().expect("a segment");
        let arguments = std::mem::replace(&mut arguments.arguments, PathArguments::None);
        let states = match arguments {
            PathArguments::AngleBracketed(arguments) => match arguments.args.first() {
                Some(GenericArgument::Type(Type::Tuple(tuple))) => {
                    tuple.elems.iter().map(|one| self.text(one)).collect()
                }
                _ => Vec::new(),
            },
            _ => Vec::new(),
        };
        (self.text(&path), states)
    }

    /// The state that a method sets.
    fn sets(&self, signature: &Signature, states: &[String]) -> Option<String> {
        let ReturnType::Type(_, of) = &signature.output else {
            return None;
        };
        let (_, after) = self.without_states(of);
        let at = after.iter().position(|state| state == "runtime::Set")?;
        Some(states[at].clone())
    }

    /// The states that a method demands to be set.
    fn demands(&self, signature: &Signature) -> Vec<String> {
        let Some(clause) = &signature.generics.where_clause else {
            return Vec::new();
        };
        let demanded = clause.predicates.iter().map(|one| match one {
            WherePredicate::Type(one) => {
                let bounds = self.text(&one.bounds);
                assert!(bounds.starts_with("required::"), "{bounds}");
                self.text(&one.bounded_ty)
            }
            other => unknown(other),
        });
        demanded.collect()
    }
}

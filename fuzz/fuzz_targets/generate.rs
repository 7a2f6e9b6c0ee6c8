//! Any model gives a crate that parses, whose files stay in its folder and hold nothing hidden.
#![no_main]

use std::collections::{BTreeMap, BTreeSet};

use arbitrary::Unstructured;
use libfuzzer_sys::fuzz_target;
use shapewright_fuzz::{is_clean, model, service};
use shapewright_rust::{Ledger, Options, Runtime, files, plan};

fuzz_target!(|bytes: &[u8]| {
    let Ok(service) = service(&mut Unstructured::new(bytes)) else {
        return;
    };
    let Some(model) = model(&service) else {
        return;
    };
    let since = BTreeMap::new();
    let options = Options {
        package: "shapewright-fuzz",
        version: "1.0.0",
        revision: "2020-02-02",
        upstream: "fuzz 1.0",
        since: &since,
        ledger: &Ledger::default(),
        runtime: Runtime::Version,
    };
    let mut seen = BTreeSet::new();
    for (path, text) in files(&plan(&model, &options)) {
        let is_plain = |c: char| matches!(c, 'a'..='z' | '0'..='9' | '_' | '/' | '.');
        let in_crate = path == "Cargo.toml" || path == "README.md" || path.starts_with("src/") && path.chars().all(is_plain);
        assert!(in_crate && !path.contains("..") && path.len() < 160, "{path:?}");
        assert!(seen.insert(path.to_ascii_lowercase()), "{path}");
        assert!(is_clean(&text), "{path}\n{text:?}");
        if path.ends_with(".rs") {
            let file = syn::parse_file(&text);
            assert!(file.is_ok(), "{path}: {:?}\n{text}\n{service}", file.err());
            let file = file.expect("it parses");
            for item in &file.items {
                assert!(!matches!(item, syn::Item::Macro(_) | syn::Item::ExternCrate(_) | syn::Item::Static(_) | syn::Item::Fn(_)), "{path}\n{text}");
            }
        }
    }
});

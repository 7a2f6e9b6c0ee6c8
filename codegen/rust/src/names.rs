//! The one place that turns model names into Rust identifiers.
//!
//! An identifier is always legal, whatever the model says, and a [`Scope`] never gives one twice.

use std::collections::{BTreeMap, BTreeSet};

use heck::{ToSnakeCase, ToUpperCamelCase};

/// The identifiers taken at one level: a module's types, a structure's fields.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scope {
    taken: BTreeSet<String>,
    /// The number to try next, by the name that it is put to: who asks for one name ten thousand
    /// times need not try ten thousand numbers each time.
    numbers: BTreeMap<String, usize>,
}

impl Scope {
    /// A scope in which these are taken.
    pub(crate) fn reserving(names: &[&str]) -> Self {
        Self {
            taken: names.iter().map(|name| (*name).to_owned()).collect(),
            numbers: BTreeMap::new(),
        }
    }

    /// Takes identifiers that were given before.
    pub(crate) fn take(&mut self, names: impl IntoIterator<Item = String>) {
        self.taken.extend(names);
    }

    /// Takes the wanted identifier, or, if it is taken, the first free one of `x_2`,
    /// `x_3`, …, or `X2`, `X3`, ….
    pub(crate) fn claim(&mut self, wanted: String) -> String {
        self.claim_with(wanted, |_| Vec::new())
    }

    /// Like [`Scope::claim`], but takes other identifiers with it, which must be free, too: that of
    /// a method named after a field.
    pub(crate) fn claim_with(
        &mut self,
        wanted: String,
        companions: impl Fn(&str) -> Vec<String>,
    ) -> String {
        let base = wanted.trim_start_matches("r#").to_owned();
        let mut number = self.numbers.get(&base).copied().unwrap_or(2);
        let mut given = wanted;
        loop {
            let beside = companions(&given);
            let is_free = !self.taken.contains(&given)
                && !beside.iter().any(|name| self.taken.contains(name));
            if is_free {
                self.taken.extend(beside);
                self.taken.insert(given.clone());
                self.numbers.insert(base, number);
                return given;
            }
            // Rust's own lint wants no `_` in a camel-case name.
            let camel = base.starts_with(|first: char| first.is_ascii_uppercase());
            given = if camel {
                format!("{}{number}", base.trim_end_matches('_'))
            } else if base.ends_with('_') {
                format!("{base}{number}")
            } else {
                format!("{base}_{number}")
            };
            number += 1;
        }
    }
}

/// Names that generated code itself uses unqualified, or that a type of that name would hide.
const PRELUDE_TYPES: &[&str] = &[
    "AsRef",
    "BTreeMap",
    "Box",
    "Clone",
    "Copy",
    "Debug",
    "Default",
    "Drop",
    "Eq",
    "Deserialize",
    "Deserializer",
    "Err",
    "Fn",
    "FnMut",
    "FnOnce",
    "From",
    "Hash",
    "Hasher",
    "Into",
    "IntoIterator",
    "Iterator",
    "MapAccess",
    "None",
    "Ok",
    "Option",
    "Ord",
    "Ordering",
    "PartialEq",
    "PartialOrd",
    "Result",
    "Self",
    "Send",
    "Serialize",
    "SerializeMap",
    "Serializer",
    "Some",
    "String",
    "Sync",
    "ToOwned",
    "ToString",
    "Vec",
];

/// A structure's methods that a field's getter must not replace or hide.
pub(crate) const METHODS: &[&str] = &[
    "as_ref",
    "borrow",
    "build",
    "builder",
    "clone",
    "clone_from",
    "clone_into",
    "cmp",
    "default",
    "deserialize",
    "eq",
    "fmt",
    "from",
    "hash",
    "into",
    "ne",
    "new",
    "partial_cmp",
    "serialize",
    "to_owned",
    "to_string",
    "try_from",
    "try_into",
    "type_id",
    "validate",
];

/// What an enum's values must not be called.
pub(crate) const ENUM_NAMES: &[&str] = &["Unknown", "VALUES"];

/// What a union's variants, and the methods that look into them, must not be called.
pub(crate) const UNION_NAMES: &[&str] = &["Unknown", "as_ref"];

/// A type: the shape's own name where Rust allows it.
pub(crate) fn type_name(shape: &str) -> String {
    let plain = shape.starts_with(|first: char| first.is_ascii_uppercase())
        && shape.chars().all(|c| c.is_ascii_alphanumeric());
    let name = if plain {
        legal(shape.to_owned())
    } else {
        upper_camel(shape)
    };
    if PRELUDE_TYPES.contains(&name.as_str()) {
        format!("{name}Shape")
    } else {
        name
    }
}

/// A field, and the getter and setters named after it.
pub(crate) fn field(member: &str) -> String {
    value_name(&snake(member))
}

/// A module, which is also a file's name: a keyword gets `_`, as `r#` is no part of a file name.
pub(crate) fn module(name: &str) -> String {
    let name = snake(name);
    if is_keyword(&name) || name == "lib" || is_device(&name) {
        format!("{name}_")
    } else {
        name
    }
}

/// Whether Windows keeps the name, with any ending, for a device: no file there has it.
fn is_device(name: &str) -> bool {
    let port = name.strip_prefix("com").or(name.strip_prefix("lpt"));
    let is_port = port.is_some_and(|port| port.len() == 1 && port != "0");
    is_port && name.ends_with(|last: char| last.is_ascii_digit())
        || matches!(name, "aux" | "con" | "nul" | "prn")
}

/// An enum's or union's variant.
pub(crate) fn variant(value: &str) -> String {
    match upper_camel(value).as_str() {
        // `Self` is the only keyword that is written in this case.
        "Self" => "Self_".to_owned(),
        // Not the variant for what the model does not list.
        "Unknown" => "UnknownValue".to_owned(),
        name => name.to_owned(),
    }
}

/// The type of an operation's errors.
pub(crate) fn error_type(operation: &str) -> String {
    format!("{operation}Error")
}

/// The builder of a type.
pub(crate) fn builder(name: &str) -> String {
    format!("{name}Builder")
}

/// The method of a client that calls an operation, by the operation's type.
pub(crate) fn method(operation: &str) -> String {
    let name = snake(operation);
    if is_keyword(&name) || CLIENT_METHODS.contains(&name.as_str()) {
        format!("{name}_")
    } else {
        name
    }
}

/// What a client has that no operation must replace.
const CLIENT_METHODS: &[&str] = &["builder", "deref", "from_environment", "new"];

/// The method that sets a field and gives the structure back.
pub(crate) fn setter(field: &str) -> String {
    // Rust's own lint wants no `__` in a name: `_2x` is set by `with_2x`.
    format!(
        "with_{}",
        field.trim_start_matches("r#").trim_start_matches('_')
    )
}

/// The method that looks into a union's variant.
pub(crate) fn getter(variant: &str) -> String {
    // Not cut: of long variants that differ at their ends alone, each has a method of its own.
    let method = words(variant).to_snake_case();
    format!("as_{}", method.trim_start_matches('_'))
}

/// Whether a name is what this module gives out.
pub(crate) fn is_identifier(name: &str) -> bool {
    let (plain, is_raw) = match name.strip_prefix("r#") {
        Some(plain) => (plain, true),
        None => (name, false),
    };
    let begins = plain.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_');
    let goes_on = plain.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    // Of some keywords there is no raw form.
    let is_free = match plain {
        "_" | "self" | "Self" | "super" | "crate" => false,
        _ => is_raw || !is_keyword(plain),
    };
    begins && goes_on && is_free
}

/// The package of a service's crate, from the service's folder name.
pub fn package(service: &str) -> String {
    format!("shapewright-{}", snake(service).replace('_', "-"))
}

/// An identifier of a value: a keyword becomes a raw one, or gets `_` where none exists.
fn value_name(name: &str) -> String {
    match name {
        "self" | "super" | "crate" | "_" => format!("{name}_"),
        _ if is_keyword(name) => format!("r#{name}"),
        _ => name.to_owned(),
    }
}

/// Whether edition 2024 keeps the word for itself.
fn is_keyword(name: &str) -> bool {
    KEYWORDS.contains(&name)
}

/// The words that edition 2024 uses or reserves (Rust reference, "Keywords").
#[rustfmt::skip]
const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate",
    "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl",
    "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref",
    "return", "self", "Self", "static", "struct", "super", "trait", "true", "try", "type",
    "typeof", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

fn snake(name: &str) -> String {
    legal(words(name).to_snake_case())
}

fn upper_camel(name: &str) -> String {
    legal(words(name).to_upper_camel_case())
}

/// The name with ASCII letters and digits alone; heck parts the words at what is dropped.
fn words(name: &str) -> String {
    let ascii: String = name
        .replace("IPv", "Ipv")
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { ' ' })
        .collect();
    if ascii.trim().is_empty() {
        symbols(name)
    } else {
        ascii
    }
}

/// A name of nothing but symbols, spelt out.
fn symbols(name: &str) -> String {
    let words: Vec<String> = name
        .chars()
        .take(16)
        .map(|c| match c {
            ' ' => "space".to_owned(),
            '!' => "bang".to_owned(),
            '#' => "hash".to_owned(),
            '$' => "dollar".to_owned(),
            '%' => "percent".to_owned(),
            '&' => "and".to_owned(),
            '*' => "star".to_owned(),
            '+' => "plus".to_owned(),
            ',' => "comma".to_owned(),
            '-' => "minus".to_owned(),
            '.' => "dot".to_owned(),
            '/' => "slash".to_owned(),
            ':' => "colon".to_owned(),
            '<' => "less".to_owned(),
            '=' => "equals".to_owned(),
            '>' => "greater".to_owned(),
            '?' => "question".to_owned(),
            '@' => "at".to_owned(),
            '_' => "underscore".to_owned(),
            '|' => "or".to_owned(),
            '~' => "tilde".to_owned(),
            other => format!("u{:x}", u32::from(other)),
        })
        .collect();
    if words.is_empty() {
        "empty".to_owned()
    } else {
        words.join(" ")
    }
}

/// An identifier may not begin with a digit, nor be so long that tools or file systems refuse it.
fn legal(mut name: String) -> String {
    const LONGEST: usize = 120;
    name.truncate(LONGEST);
    if name.starts_with(|first: char| first.is_ascii_digit()) {
        format!("_{name}")
    } else {
        name
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn shapes_keep_their_names_where_rust_allows_it() {
        assert_eq!(type_name("AWSLambdaConfig"), "AWSLambdaConfig");
        assert_eq!(type_name("__listOfThings"), "ListOfThings");
        assert_eq!(type_name("Option"), "OptionShape");
        assert_eq!(type_name("Error"), "Error");
    }

    #[test]
    fn members_and_values_read_as_rust() {
        assert_eq!(field("computeEnvironmentName"), "compute_environment_name");
        assert_eq!(field("type"), "r#type");
        assert_eq!(field("self"), "self_");
        assert_eq!(field("assignIPv6Address"), "assign_ipv6_address");
        assert_eq!(variant("c5.2xlarge"), "C52xlarge");
        assert_eq!(variant("2x"), "_2x");
        assert_eq!(variant("*"), "Star");
        assert_eq!(variant(""), "Empty");
        assert_eq!(variant("self"), "Self_");
        assert_eq!(module("Move"), "move_");
        assert_eq!(module("Mod"), "mod_");
        assert_eq!(
            ["Con", "COM1", "com", "com12"].map(module),
            ["con_", "com1_", "com", "com12"]
        );
    }

    proptest! {
        #[test]
        fn every_name_is_a_legal_identifier_and_none_is_given_twice(
            names in prop::collection::vec(any::<String>(), 1..20)
        ) {
            for form in [type_name, field, module, variant] {
                let mut scope = Scope::reserving(METHODS);
                let mut given = BTreeSet::new();
                for name in &names {
                    let name = scope.claim(form(name));
                    prop_assert!(syn::parse_str::<syn::Ident>(&name).is_ok(), "{name}");
                    prop_assert!(name != "gen");
                    prop_assert!(given.insert(name));
                }
            }
        }

        #[test]
        fn names_that_differ_in_symbols_alone_stay_apart(word in "[a-z]{1,8}") {
            let mut scope = Scope::default();
            let one = scope.claim(variant(&format!("{word}+")));
            let other = scope.claim(variant(&format!("{word}-")));
            prop_assert_ne!(one, other);
        }
    }
}

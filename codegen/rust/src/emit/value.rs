//! Values in tokens: their types, their JSON forms, how to take and to give them.

use proc_macro2::TokenStream;
use quote::quote;

use super::ident;
use crate::plan::{TimestampFormat, Value};

/// Where the types of the crate are, seen from a file.
#[derive(Clone, Copy)]
pub(super) enum Types {
    /// Imported by name.
    Imported,
    /// In the module `types`.
    Qualified,
}

impl Types {
    fn path(self, name: &str) -> TokenStream {
        let name = ident(name);
        match self {
            Self::Imported => quote!(#name),
            Self::Qualified => quote!(types::#name),
        }
    }

    /// The Rust type of a value.
    pub(super) fn of(self, value: &Value) -> TokenStream {
        match value {
            Value::Blob => quote!(crate::runtime::Blob),
            Value::Boolean => quote!(bool),
            Value::Document | Value::JsonText => quote!(crate::runtime::Document),
            Value::Double => quote!(f64),
            Value::Float => quote!(f32),
            Value::Integer => quote!(i32),
            Value::Long => quote!(i64),
            Value::String => quote!(String),
            Value::Timestamp(_) => quote!(crate::runtime::Timestamp),
            Value::Named(name) | Value::Structure(name) => self.path(name),
            Value::Boxed(name) => {
                let name = self.path(name);
                quote!(Box<#name>)
            }
            Value::List { item, sparse } => {
                let item = self.item(item, *sparse);
                quote!(Vec<#item>)
            }
            Value::Map { key, value, sparse } => {
                let key = self.of(key);
                let value = self.item(value, *sparse);
                quote!(BTreeMap<#key, #value>)
            }
        }
    }

    fn item(self, value: &Value, sparse: bool) -> TokenStream {
        let value = self.of(value);
        if sparse {
            quote!(Option<#value>)
        } else {
            value
        }
    }

    /// What a setter takes: whatever turns into the value.
    pub(super) fn argument(self, value: &Value) -> TokenStream {
        match value {
            Value::List { item, sparse } => {
                let item = if *sparse {
                    self.item(item, true)
                } else {
                    self.part(item)
                };
                quote!(impl IntoIterator<Item = #item>)
            }
            Value::Map { key, value, sparse } => {
                let key = self.part(key);
                let value = if *sparse {
                    self.item(value, true)
                } else {
                    self.part(value)
                };
                quote!(impl IntoIterator<Item = (#key, #value)>)
            }
            Value::Blob | Value::Document | Value::JsonText | Value::Boxed(_) => {
                let value = self.of(value);
                quote!(impl Into<#value>)
            }
            _ => self.part(value),
        }
    }

    /// What a setter takes, alone or as a part of a list or map: texts may come in any form.
    fn part(self, value: &Value) -> TokenStream {
        let of = self.of(value);
        if *value == Value::String {
            quote!(impl Into<#of>)
        } else {
            of
        }
    }

    /// What a getter gives, and how, from `self`'s field.
    pub(super) fn getter(self, value: &Value, field: &TokenStream) -> (TokenStream, TokenStream) {
        match value {
            Value::String => (quote!(Option<&str>), quote!(#field.as_deref())),
            Value::Boolean | Value::Integer | Value::Long | Value::Float | Value::Double => {
                let of = self.of(value);
                (quote!(Option<#of>), quote!(#field))
            }
            Value::Boxed(name) => {
                let name = self.path(name);
                (quote!(Option<&#name>), quote!(#field.as_deref()))
            }
            Value::List { item, sparse } => {
                let item = self.item(item, *sparse);
                (
                    quote!(&[#item]),
                    quote!(#field.as_deref().unwrap_or_default()),
                )
            }
            Value::Map { .. } => {
                let of = self.of(value);
                (
                    quote!(&#of),
                    quote!(#field.as_ref().unwrap_or(crate::runtime::empty_map())),
                )
            }
            _ => {
                let of = self.of(value);
                (quote!(Option<&#of>), quote!(#field.as_ref()))
            }
        }
    }
}

/// The expression that turns a setter's argument `value` into the field's value.
pub(super) fn converted(value: &Value) -> TokenStream {
    let text = |value: &Value| *value == Value::String;
    match value {
        Value::String | Value::Blob | Value::Document | Value::JsonText | Value::Boxed(_) => {
            quote!(value.into())
        }
        Value::List {
            item,
            sparse: false,
        } if text(item) => {
            quote!(value.into_iter().map(Into::into).collect())
        }
        Value::Map { key, value, sparse } if text(key) || (text(value) && !sparse) => {
            let key = if text(key) {
                quote!(key.into())
            } else {
                quote!(key)
            };
            let value = if text(value) && !sparse {
                quote!(value.into())
            } else {
                quote!(value)
            };
            quote!(value.into_iter().map(|(key, value)| (#key, #value)).collect())
        }
        Value::List { .. } | Value::Map { .. } => quote!(value.into_iter().collect()),
        _ => quote!(value),
    }
}

/// The recipe by which a value is read and written.
pub(super) fn form(value: &Value) -> TokenStream {
    match value {
        Value::Double | Value::Float => quote!(form::Float),
        Value::JsonText => quote!(form::JsonText),
        Value::Structure(_) => quote!(form::Members),
        Value::Timestamp(TimestampFormat::DateTime) => quote!(form::DateTime),
        Value::Timestamp(TimestampFormat::EpochSeconds) => quote!(form::EpochSeconds),
        Value::Timestamp(TimestampFormat::HttpDate) => quote!(form::HttpDate),
        Value::List { item, sparse } => collection(item, *sparse),
        Value::Map { value, sparse, .. } => collection(value, *sparse),
        _ => quote!(form::Plain),
    }
}

fn collection(part: &Value, sparse: bool) -> TokenStream {
    let part = form(part);
    if sparse {
        quote!(form::Sparse(#part))
    } else {
        quote!(form::Dense(#part))
    }
}

/// Whether the type of the value names `BTreeMap`.
pub(super) fn has_map(value: &Value) -> bool {
    match value {
        Value::Map { .. } => true,
        Value::List { item, .. } => has_map(item),
        _ => false,
    }
}

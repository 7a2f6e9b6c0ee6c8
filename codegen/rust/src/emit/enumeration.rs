//! An enum: open, compared and ordered by the text on the wire.

use proc_macro2::TokenStream;
use quote::quote;

use super::{debug, deprecated, docs, ident};
use crate::plan::{EnumVariant, Type};

pub(super) fn tokens(one: &Type, variants: &[EnumVariant]) -> TokenStream {
    let name = ident(&one.name);
    let (docs_, deprecated_) = (docs(&one.docs), deprecated(one.deprecated.as_ref()));
    let derives = if one.sensitive {
        quote!(#[derive(Clone, PartialEq, Eq)])
    } else {
        quote!(#[derive(Clone, Debug, PartialEq, Eq)])
    };
    let debug = one.sensitive.then(|| debug::whole(one));
    let declared = variants.iter().map(|variant| {
        let (docs, deprecated) = (docs(&variant.docs), deprecated(variant.deprecated.as_ref()));
        let name = ident(&variant.name);
        quote!(#docs #deprecated #name,)
    });
    let texts = variants.iter().map(|variant| &variant.value);
    let to_text = variants.iter().map(|variant| {
        let (name, value) = (ident(&variant.name), &variant.value);
        quote!(Self::#name => #value,)
    });
    let from_text = variants.iter().map(|variant| {
        let (name, value) = (ident(&variant.name), &variant.value);
        quote!(#value => Self::#name,)
    });
    quote! {
        use std::cmp::Ordering;
        use std::fmt;
        use std::hash::{Hash, Hasher};

        use serde::{Deserialize, Deserializer, Serialize, Serializer};

        use crate::runtime::form;

        #docs_
        #deprecated_
        #derives
        #[non_exhaustive]
        pub enum #name {
            #(#declared)*
            /// A value that this revision of the API does not list; sent back as it came.
            Unknown(crate::runtime::UnknownValue),
        }

        impl #name {
            /// The listed values, as texts.
            pub const VALUES: &'static [&'static str] = &[#(#texts),*];

            /// The value as text.
            pub fn as_str(&self) -> &str {
                match self {
                    #(#to_text)*
                    Self::Unknown(value) => value.as_str(),
                }
            }
        }

        impl From<&str> for #name {
            fn from(value: &str) -> Self {
                match value {
                    #(#from_text)*
                    other => Self::Unknown(crate::runtime::UnknownValue::new(other)),
                }
            }
        }

        impl From<String> for #name {
            fn from(value: String) -> Self {
                Self::from(value.as_str())
            }
        }

        impl AsRef<str> for #name {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl fmt::Display for #name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }

        #debug

        impl Ord for #name {
            fn cmp(&self, other: &Self) -> Ordering {
                self.as_str().cmp(other.as_str())
            }
        }

        impl PartialOrd for #name {
            fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
                Some(self.cmp(other))
            }
        }

        impl Hash for #name {
            fn hash<H: Hasher>(&self, state: &mut H) {
                self.as_str().hash(state);
            }
        }

        impl<'de> Deserialize<'de> for #name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                form::read_enum(deserializer)
            }
        }

        impl Serialize for #name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }
    }
}

//! Traits about how a service is modelled: its resources, policies, consoles and examples. None of
//! them has an effect on the wire.

use shapewright_model::TraitName;

/// Namespaces of Smithy traits that are about resources, policies and consoles.
const NAMESPACES: [&str; 5] = [
    "aws.api#",
    "aws.cloudformation#",
    "aws.iam#",
    "aws.tagging#",
    "smithy.test#",
];

/// Traits of Smithy's own that are about modelling, and the resources of a service.
const MODELLING: [&str; 17] = [
    "smithy#resources",
    "smithy.api#cors",
    "smithy.api#endpointTests",
    "smithy.api#idRef",
    "smithy.api#mixin",
    "smithy.api#nestedProperties",
    "smithy.api#noReplace",
    "smithy.api#notProperty",
    "smithy.api#output",
    "smithy.api#paginated",
    "smithy.api#property",
    "smithy.api#recommended",
    "smithy.api#references",
    "smithy.api#resourceIdentifier",
    "smithy.api#suppress",
    "smithy.api#tags",
    "smithy.api#title",
];

/// Traits that are for people, though not all of their values are texts.
const WORDS: [&str; 2] = ["smithy.api#examples", "smithy.api#externalDocumentation"];

/// Whether the trait is about modelling.
pub(crate) fn is_modelling(name: &TraitName) -> bool {
    let of_id = match name {
        TraitName::Unknown(id) => {
            let mut namespaces = NAMESPACES.iter();
            namespaces.any(|namespace| id.starts_with(namespace)) || MODELLING.contains(&&**id)
        }
        _ => false,
    };
    // A key that is known elsewhere may stand where no known model has it.
    let known = [TraitName::Tags, TraitName::Alias];
    of_id || known.iter().any(|known| known.as_str() == name.as_str())
}

/// Whether the trait is for people.
pub(crate) fn is_words(name: &TraitName) -> bool {
    matches!(name, TraitName::Unknown(id) if WORDS.contains(&&**id))
}

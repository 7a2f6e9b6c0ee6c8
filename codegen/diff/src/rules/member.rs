//! Members of structures: which there are, what they require, and how they travel.

use shapewright_model::{TraitName as T, Value};

use super::claims::Turn;
use super::{BREAKING, RISK, Rule, SAFE, Witness};
use crate::fact::{Fact, FactKind, Part, Place};

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "member-added-optional",
        flags: "a member that may be left out",
        why: "what is sent without it is taken, and what is received with it can be read past",
        send: SAFE,
        receive: SAFE,
        claims: |fact| is_added(fact) && !demands(fact),
        mirror: "member-removed-in",
        witness: Witness {
            before: "{}",
            after: r#"{"shapes": {"Thing": {"members": {"weight": {"shape": "Size"}}}}}"#,
        },
    },
    Rule {
        id: "member-added-required-in",
        flags: "a member that must be sent, and has no default",
        why: "what is sent without it is refused",
        send: BREAKING,
        receive: None,
        claims: |fact| is_added(fact) && demands(fact),
        mirror: "member-removed-in",
        witness: REQUIRED_MEMBER_ADDED,
    },
    Rule {
        id: "member-added-required-out",
        flags: "a member that is always received",
        why: "what is received with it can be read past",
        send: None,
        receive: SAFE,
        claims: |fact| is_added(fact) && demands(fact),
        mirror: "member-removed-out",
        witness: REQUIRED_MEMBER_ADDED,
    },
    Rule {
        id: "member-removed-in",
        flags: "a member that cannot be sent any more",
        why: "the service reads past it or refuses it, and code that names it does not compile",
        send: RISK,
        receive: None,
        claims: is_removed,
        mirror: "member-added-optional",
        witness: MEMBER_REMOVED,
    },
    Rule {
        id: "member-removed-out",
        flags: "a member that is not received any more",
        why: "what was read from it is not there",
        send: None,
        receive: BREAKING,
        claims: is_removed,
        mirror: "member-added-optional",
        witness: MEMBER_REMOVED,
    },
    Rule {
        id: "member-renamed.wire",
        flags: "a member under another name, which goes over the wire",
        why: "neither side knows the name that the other writes",
        send: BREAKING,
        receive: BREAKING,
        claims: |fact| is_renamed(fact, |wire, letters| wire && !letters),
        mirror: "member-renamed.wire",
        witness: Witness {
            before: "{}",
            after: r#"{"shapes": {"Thing": {"members": {
                "madeAt": null, "createdAt": {"shape": "Moment"}}}}}"#,
        },
    },
    Rule {
        id: "member-renamed.case",
        flags: "a member whose name on the wire differs in upper and lower case alone",
        why: "names are compared letter by letter, so that neither side knows the other's",
        send: BREAKING,
        receive: BREAKING,
        claims: |fact| is_renamed(fact, |wire, letters| wire && letters),
        mirror: "member-renamed.case",
        witness: Witness {
            before: "{}",
            after: r#"{"shapes": {"Thing": {"members": {
                "madeAt": null, "MadeAt": {"shape": "Moment"}}}}}"#,
        },
    },
    Rule {
        id: "member-renamed.name-only",
        flags: "a member under another name, which goes over the wire under the one that it had",
        why: "only code which names it must change",
        send: SAFE,
        receive: SAFE,
        claims: |fact| is_renamed(fact, |wire, _| !wire),
        mirror: "member-renamed.name-only",
        witness: Witness {
            before: "{}",
            after: r#"{"shapes": {"Thing": {"members": {
                "madeAt": null, "createdAt": {"shape": "Moment", "locationName": "madeAt"}}}}}"#,
        },
    },
    Rule {
        id: "member-became-required-in",
        flags: "a member that must be sent, and could be left out",
        why: "what is sent without it is refused",
        send: BREAKING,
        receive: None,
        claims: |fact| fact.kind == FactKind::RequiredAdded,
        mirror: "member-became-optional-in",
        witness: MEMBER_BECAME_REQUIRED,
    },
    Rule {
        id: "member-became-required-out",
        flags: "a member that is always received, and could be absent",
        why: "who expects that it may be absent is right all the same",
        send: None,
        receive: SAFE,
        claims: |fact| fact.kind == FactKind::RequiredAdded,
        mirror: "member-became-optional-out",
        witness: MEMBER_BECAME_REQUIRED,
    },
    Rule {
        id: "member-became-optional-in",
        flags: "a member that may be left out, and had to be sent",
        why: "what is sent with it is taken as before",
        send: SAFE,
        receive: None,
        claims: |fact| fact.kind == FactKind::RequiredRemoved,
        mirror: "member-became-required-in",
        witness: MEMBER_BECAME_OPTIONAL,
    },
    Rule {
        id: "member-became-optional-out",
        flags: "a member that may be absent, and was always received",
        // AWS asks its clients to expect that any member of an answer may be absent, and its own
        // models drop such promises: Batch six times in ten years, and no client broke.
        why: "code that takes it for granted fails, which no client of AWS's own does",
        send: None,
        receive: RISK,
        claims: |fact| fact.kind == FactKind::RequiredRemoved,
        mirror: "member-became-required-out",
        witness: MEMBER_BECAME_OPTIONAL,
    },
    Rule {
        id: "member-type-changed",
        flags: "a member of another kind, or of a shape too different to be compared",
        why: "its values have another form on the wire",
        send: BREAKING,
        receive: BREAKING,
        claims: |fact| fact.is_replaced(&[Part::Member, Part::Input, Part::Output]),
        mirror: "member-type-changed",
        witness: Witness {
            before: "{}",
            after: r#"{"shapes": {"Thing": {"members": {"madeAt": {"shape": "Text"}}}}}"#,
        },
    },
    Rule {
        id: "member-type-renamed-only",
        flags: "a member, element, key or value whose shape has another name and the same content",
        why: "names of shapes do not go over the wire, but Rust code may name them",
        send: SAFE,
        receive: SAFE,
        claims: |fact| match fact.kind {
            FactKind::TargetRenamed(part) => !matches!(part, Part::Input | Part::Output),
            _ => false,
        },
        mirror: "member-type-renamed-only",
        witness: Witness {
            before: r#"{"shapes": {"Word": {"type": "string"}}}"#,
            after: r#"{"shapes": {"Word": {"type": "string"},
                "Thing": {"members": {"label": {"shape": "Word"}}}}}"#,
        },
    },
    Rule {
        id: "target-replaced",
        flags: "a reference that means another shape of the same kind",
        why: "what differs between the two shapes is told by findings of its own",
        send: SAFE,
        receive: SAFE,
        claims: |fact| match fact.kind {
            FactKind::TargetChanged {
                from, to, compared, ..
            } => from == to && compared,
            _ => false,
        },
        mirror: "target-replaced",
        witness: Witness {
            before: r#"{"shapes": {"Word": {"type": "string", "max": 9}}}"#,
            after: r#"{"shapes": {"Word": {"type": "string", "max": 9},
                "Thing": {"members": {"label": {"shape": "Word"}}}}}"#,
        },
    },
    Rule {
        id: "member-location-changed",
        flags: "a member that travels in another place: in the URI, a header, the status or the body",
        why: "neither side looks for it where the other writes it",
        send: BREAKING,
        receive: BREAKING,
        claims: |fact| fact.is_of(&[T::Location]),
        mirror: "member-location-changed",
        witness: Witness {
            before: "{}",
            after: r#"{"shapes": {"ListThingsRequest": {"members": {
                "pageSize": {"location": "header"}}}}}"#,
        },
    },
    Rule {
        id: "member-wire-name-changed",
        flags: "another name of a member on the wire",
        why: "neither side knows the name that the other writes",
        send: BREAKING,
        receive: BREAKING,
        claims: |fact| {
            let names = [T::LocationName, T::QueryName];
            let ids = ["smithy.api#jsonName", "smithy.api#xmlName"];
            fact.place == Place::Member && (fact.is_of(&names) || fact.is_of_smithy(&ids))
        },
        mirror: "member-wire-name-changed",
        witness: Witness {
            before: "{}",
            after: r#"{"shapes": {"Thing": {"members": {"label": {"locationName": "l"}}}}}"#,
        },
    },
    Rule {
        id: "payload-binding-changed",
        flags: "another member, or none, is the whole body; or the body is of another media type",
        why: "the body has another form",
        send: BREAKING,
        receive: BREAKING,
        claims: |fact| fact.is_of(&[T::Payload]) || fact.is_of_smithy(&["smithy.api#mediaType"]),
        mirror: "payload-binding-changed",
        witness: Witness {
            before: "{}",
            after: r#"{"shapes": {"PutThingRequest": {"payload": "thing"}}}"#,
        },
    },
    Rule {
        id: "xml-encoding-changed",
        flags: "a member is an attribute in XML where it was an element, or flattened, or the reverse",
        why: "neither side finds it where the other writes it",
        send: BREAKING,
        receive: BREAKING,
        claims: |fact| {
            let flattened = fact.place == Place::Member && fact.is_of(&[T::Flattened]);
            let ids = ["smithy.api#xmlAttribute", "smithy.api#xmlFlattened"];
            flattened || fact.is_of(&[T::XmlAttribute]) || fact.is_of_smithy(&ids)
        },
        mirror: "xml-encoding-changed",
        witness: Witness {
            before: "{}",
            after: r#"{"shapes": {"Thing": {"members": {"label": {"xmlAttribute": true}}}}}"#,
        },
    },
    Rule {
        id: "jsonvalue-changed",
        flags: "a text holds JSON, or does not any more",
        why: "in a header it is encoded in another way",
        send: BREAKING,
        receive: BREAKING,
        claims: |fact| fact.is_of(&[T::JsonValue]),
        mirror: "jsonvalue-changed",
        witness: Witness {
            before: "{}",
            after: r#"{"shapes": {"Thing": {"members": {"label": {"jsonvalue": true}}}}}"#,
        },
    },
    Rule {
        id: "event-binding-changed",
        flags: "an event's header or payload, or what is an event, differs",
        why: "neither side finds it where the other writes it",
        send: BREAKING,
        receive: BREAKING,
        claims: |fact| fact.is_of(&[T::Event, T::EventHeader, T::EventPayload]),
        mirror: "event-binding-changed",
        witness: Witness {
            before: "{}",
            after: r#"{"shapes": {"Thing": {"members": {"label": {"eventheader": true}}}}}"#,
        },
    },
    Rule {
        id: "default-changed.added",
        flags: "a value that holds where none is stated",
        why: "a call that leaves it out means something else than before",
        send: RISK,
        receive: SAFE,
        claims: |fact| is_default(fact) && fact.turn() == Turn::Came,
        mirror: "default-changed.removed",
        witness: Witness {
            before: "{}",
            after: r#"{"shapes": {"Thing": {"members": {"size": {"default": 1}}}}}"#,
        },
    },
    Rule {
        id: "default-changed.removed",
        flags: "a value no longer holds where none is stated, or another one does",
        why: "a call that leaves it out means something else than before",
        send: RISK,
        receive: RISK,
        claims: |fact| is_default(fact) && fact.turn() != Turn::Came,
        mirror: "default-changed.added",
        witness: Witness {
            before: r#"{"shapes": {"Thing": {"members": {"size": {"default": 1}}}}}"#,
            after: "{}",
        },
    },
    Rule {
        id: "idempotency-token-changed.added",
        flags: "clients fill this member by themselves where it is absent",
        why: "what is sent with it is taken as before",
        send: SAFE,
        receive: None,
        claims: |fact| is_token(fact) && fact.flag() == Turn::Came,
        mirror: "idempotency-token-changed.removed",
        witness: Witness {
            before: "{}",
            after: r#"{"shapes": {"Thing": {"members": {"label": {"idempotencyToken": true}}}}}"#,
        },
    },
    Rule {
        id: "idempotency-token-changed.removed",
        flags: "clients no longer fill this member by themselves",
        why: "a call that is repeated may do its work twice",
        send: RISK,
        receive: None,
        claims: |fact| is_token(fact) && fact.flag() != Turn::Came,
        mirror: "idempotency-token-changed.added",
        witness: Witness {
            before: r#"{"shapes": {"Thing": {"members": {"label": {"idempotencyToken": true}}}}}"#,
            after: "{}",
        },
    },
    Rule {
        id: "declaration-order-changed",
        flags: "members or values of an enum stand in another order",
        why: "no protocol of AWS goes by it, but documents and generated code may show it",
        send: SAFE,
        receive: SAFE,
        claims: |fact| fact.kind == FactKind::OrderChanged,
        mirror: "declaration-order-changed",
        witness: Witness {
            before: "{}",
            after: r#"{"shapes": {"Colour": {"enum": ["GREEN", "RED"]}}}"#,
        },
    },
];

// Edits that are flagged on each way by a rule of its own.

const REQUIRED_MEMBER_ADDED: Witness = Witness {
    before: "{}",
    after: r#"{"shapes": {"Thing": {
        "members": {"weight": {"shape": "Size"}}, "required": ["label", "weight"]}}}"#,
};
const MEMBER_REMOVED: Witness = Witness {
    before: "{}",
    after: r#"{"shapes": {"Thing": {"members": {"madeAt": null}}}}"#,
};
const MEMBER_BECAME_REQUIRED: Witness = Witness {
    before: "{}",
    after: r#"{"shapes": {"Thing": {"required": ["label", "size"]}}}"#,
};
const MEMBER_BECAME_OPTIONAL: Witness = Witness {
    before: "{}",
    after: r#"{"shapes": {"Thing": {"required": []}}}"#,
};

fn is_added(fact: &Fact) -> bool {
    fact.kind == FactKind::PartAdded(Part::Member) && !fact.is_in_union()
}

fn is_removed(fact: &Fact) -> bool {
    fact.kind == FactKind::PartRemoved(Part::Member) && !fact.is_in_union()
}

/// Whether a member that came must be there, and does not come by itself.
fn demands(fact: &Fact) -> bool {
    let default = fact.new.as_ref().and_then(|new| new.get("default"));
    fact.has(&T::Required) && default.is_none_or(Value::is_null)
}

fn is_renamed(fact: &Fact, is: fn(wire: bool, letters: bool) -> bool) -> bool {
    match fact.kind {
        FactKind::MemberRenamed { wire, case } => is(wire, case),
        _ => false,
    }
}

fn is_default(fact: &Fact) -> bool {
    fact.names(&[T::Default]) && !fact.documentation
}

fn is_token(fact: &Fact) -> bool {
    fact.is_of(&[T::IdempotencyToken])
}

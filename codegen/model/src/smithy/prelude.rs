//! The shapes that every Smithy model has without defining them.

/// A shape of the prelude.
#[derive(Clone, Copy, Debug)]
pub(super) struct Prelude {
    /// Its `type`.
    pub(super) kind: &'static str,
    /// Whether its absence differs from zero; C2J says `box`.
    pub(super) is_boxed: bool,
}

/// The shape of the prelude with this id.
pub(super) fn shape(id: &str) -> Option<Prelude> {
    let boxed = |kind| (kind, true);
    let plain = |kind| (kind, false);
    let (kind, is_boxed) = match id.strip_prefix("smithy.api#")? {
        "Blob" => plain("blob"),
        "Boolean" => boxed("boolean"),
        "String" => plain("string"),
        "Byte" => boxed("byte"),
        "Short" => boxed("short"),
        "Integer" => boxed("integer"),
        "Long" => boxed("long"),
        "Float" => boxed("float"),
        "Double" => boxed("double"),
        "BigInteger" => plain("bigInteger"),
        "BigDecimal" => plain("bigDecimal"),
        "Timestamp" => plain("timestamp"),
        "Document" => plain("document"),
        "Unit" => plain("structure"),
        "PrimitiveBoolean" => plain("boolean"),
        "PrimitiveByte" => plain("byte"),
        "PrimitiveShort" => plain("short"),
        "PrimitiveInteger" => plain("integer"),
        "PrimitiveLong" => plain("long"),
        "PrimitiveFloat" => plain("float"),
        "PrimitiveDouble" => plain("double"),
        _ => return None,
    };
    Some(Prelude { kind, is_boxed })
}

/// The shape without members: an operation that has it for its input has none.
pub(super) const UNIT: &str = "smithy.api#Unit";

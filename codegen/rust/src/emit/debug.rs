//! `Debug` where something must not be shown.

use super::source::{Literal, Source, block, line};
use crate::plan::{Field, Type};

/// Of a structure with sensitive members, or one that is sensitive as a whole.
pub(super) fn structure(to: &mut Source, one: &Type, fields: &[Field]) {
    if one.sensitive {
        return whole(to, one);
    }
    implementation(to, one, |to| {
        line!(to, "f.debug_struct({})", Literal(&one.name));
        for field in fields {
            let (name, text) = (&field.name, Literal(field.name.trim_start_matches("r#")));
            if field.sensitive {
                line!(
                    to,
                    "    .field({text}, &crate::runtime::Redacted::option(&self.{name}))"
                );
            } else {
                line!(to, "    .field({text}, &self.{name})");
            }
        }
        line!(to, "    .finish()");
    });
}

/// Of a union with sensitive members, or one that is sensitive as a whole.
pub(super) fn union(to: &mut Source, one: &Type, members: &[Field]) {
    if one.sensitive {
        return whole(to, one);
    }
    implementation(to, one, |to| {
        block!(to, ("match self"), |to| {
            for member in members {
                let (name, text) = (&member.name, Literal(&member.name));
                let (bound, shown) = if member.sensitive {
                    ("_", "&crate::runtime::Redacted")
                } else {
                    ("value", "value")
                };
                line!(
                    to,
                    "Self::{name}({bound}) => f.debug_tuple({text}).field({shown}).finish(),"
                );
            }
            to.lines(&[
                "Self::Unknown(member) => f.debug_tuple(\"Unknown\").field(member).finish(),",
            ]);
        });
    });
}

/// Of a type that is sensitive as a whole.
pub(super) fn whole(to: &mut Source, one: &Type) {
    implementation(to, one, |to| {
        line!(
            to,
            "f.debug_tuple({}).field(&crate::runtime::Redacted).finish()",
            Literal(&one.name)
        );
    });
}

fn implementation(to: &mut Source, one: &Type, body: impl FnOnce(&mut Source)) {
    to.gap();
    block!(to, ("impl std::fmt::Debug for {}", one.name), |to| {
        let head =
            format_args!("fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result");
        to.block(head, body);
    });
}

//! What a model has that a generated crate has no code for, told clearly rather than left out.

use shapewright_model::c2j::FileKind;
use shapewright_model::{Code, Member, Model, Operation, Path, Problem, TraitName};

use crate::plan::{self, Protocol};

/// The protocol that no codec speaks; the operations that stream events, whose types are generated, as
/// data, but nothing that frames and sends events; and which endpoint rules, paginators and waiters are of
/// no form that is known. `file` gives the name of each of the model's files, for the problems.
pub fn unsupported(model: &Model, file: impl Fn(FileKind) -> String) -> Vec<Problem> {
    let service = file(FileKind::Service);
    let mut problems: Vec<Problem> = protocol(model, &service).into_iter().collect();
    problems.extend(streams(model, &service));
    problems.extend(plan::endpoint_problems(model, &file));
    problems.extend(plan::poll_problems(model, &file));
    problems
}

/// The protocol, if no codec speaks it.
fn protocol(model: &Model, file: &str) -> Option<Problem> {
    if Protocol::of(model).is_some() || model.operations.is_empty() {
        return None;
    }
    let name = model.metadata.text(&TraitName::Protocol);
    Some(Problem {
        code: Code::ProtocolTransport,
        file: file.to_owned(),
        path: Path::of(["metadata", "protocol"]),
        place: None,
        message: format!(
            "the protocol `{}` is not supported, so that no operation can be called",
            name.unwrap_or("(none)").escape_debug()
        ),
        help:
            "types and operations are generated: write and read what travels with code of your own"
                .to_owned(),
    })
}

fn streams(model: &Model, file: &str) -> Vec<Problem> {
    let mut problems = Vec::new();
    for operation in &model.operations {
        for (side, verb) in [("input", "sends"), ("output", "receives")] {
            if let Some(member) = event_stream(model, operation, side) {
                problems.push(Problem {
                    code: Code::EventStreamTransport,
                    file: file.to_owned(),
                    path: Path::of(["operations", &operation.key, side]),
                    place: None,
                    message: format!(
                        "`{}` {verb} a stream of events in `{}`, whose transport is not supported",
                        operation.key.escape_debug(),
                        member.name.escape_debug()
                    ),
                    help: "the events are generated as data: frame them with a client of your own"
                        .to_owned(),
                });
            }
        }
    }
    problems
}

/// The member of an operation's side that is a stream of events.
pub(crate) fn event_stream<'m>(
    model: &'m Model,
    operation: &Operation,
    side: &str,
) -> Option<&'m Member> {
    let reference = match side {
        "input" => operation.input.as_ref(),
        _ => operation.output.as_ref(),
    };
    let members = model.shape(reference?.target).members();
    members.iter().find(|member| {
        let shape = model.shape(member.target);
        shape.traits.flag(&TraitName::EventStream)
    })
}

//! What a model has that a generated crate has no code for, told clearly rather than left out.

use shapewright_model::c2j::FileKind;
use shapewright_model::{Code, Member, Model, Operation, Path, Problem, TraitName};

use crate::plan;

/// The operations that stream events, whose types are generated, as data, but nothing that frames
/// and sends events; what of the endpoint rules is of no form that is known, and which paginators and
/// waiters are. `file` gives the
/// name of each of the model's files, for the problems.
pub fn unsupported(model: &Model, file: impl Fn(FileKind) -> String) -> Vec<Problem> {
    let mut problems = streams(model, &file(FileKind::Service));
    problems.extend(plan::endpoint_problems(model, &file));
    problems.extend(plan::poll_problems(model, &file));
    problems
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

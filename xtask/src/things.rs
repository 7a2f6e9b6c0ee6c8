//! Which thing of a model a user means.

use anyhow::{Result, anyhow};
use shapewright_model::{Direction, Model, Thing};

use crate::nearest::nearest;

/// A thing, or a side of an operation.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Meant<'m> {
    pub(crate) thing: Thing<'m>,
    /// What the operation sends, or what it receives.
    pub(crate) side: Option<Direction>,
}

/// How things are named, for the help of commands.
pub(crate) const NAMES: &str = "\
NAME is an operation, a shape, a member or a value of an enum: DescribeJobs, JobDetail,
JobDetail.status, JobStatus.FAILED. SubmitJob.input and SubmitJob.output are what an operation
sends and receives. Case and underscores do not count: describe_jobs. A path that a report prints
does too: shapes.JobDetail.members.status.";

/// The thing that a name means in a model.
pub(crate) fn find<'m>(model: &'m Model, name: &str) -> Option<Meant<'m>> {
    if let Some(thing) = Thing::find(model, name) {
        return Some(Meant { thing, side: None });
    }
    let (operation, side) = name.rsplit_once('.')?;
    let side = match side {
        "input" | "request" => Direction::Send,
        "output" | "response" => Direction::Receive,
        _ => return None,
    };
    match Thing::find(model, operation)? {
        thing @ Thing::Operation(_) => Some(Meant {
            thing,
            side: Some(side),
        }),
        _ => None,
    }
}

/// What to say of a name that means nothing. `place` is where it was looked for.
pub(crate) fn unknown(model: &Model, name: &str, place: &str) -> anyhow::Error {
    let all = Thing::all(model).into_iter();
    let names: Vec<String> = all.map(|(thing, _)| thing.to_string()).collect();
    let near: Vec<String> = nearest(&names, name)
        .into_iter()
        .map(|name| name.escape_debug().to_string())
        .collect();
    let help = match near.as_slice() {
        [] => "name an operation such as SubmitJob, a shape, `Shape.member` or `Enum.VALUE`; \
               `diff` and `log` tell what there is"
            .to_owned(),
        near => format!("near to it are {}", near.join(", ")),
    };
    anyhow!(
        "{place} has nothing named `{}`; {help}",
        name.escape_debug()
    )
}

/// The thing that a name means in a model, which must have it.
pub(crate) fn get<'m>(model: &'m Model, name: &str, place: &str) -> Result<Meant<'m>> {
    find(model, name).ok_or_else(|| unknown(model, name, place))
}

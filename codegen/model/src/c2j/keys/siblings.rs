//! The keys of the files beside `service-2.json`.

use crate::level::{Form, Level, fact, may, must, must_fact};
use crate::traits::TraitName as T;

/// The extras of any file, such as `service-2.sdk-extras.json`, from the top. What is merged is
/// checked as a part of the file into which it is merged.
pub(in crate::c2j) static EXTRAS: Level = Level {
    keys: &[&[may("version", Form::Any), may("merge", Form::Any)]],
};

/// `paginators-1.json` from the top.
pub(in crate::c2j) static PAGINATORS: Level = Level {
    keys: &[&[
        fact(T::Version, Form::Text),
        must("pagination", Form::Table(&PAGINATOR)),
    ]],
};
pub(in crate::c2j) static PAGINATOR: Level = Level {
    keys: &[&[
        fact(T::InputToken, Form::TextOrTexts),
        fact(T::LimitKey, Form::Text),
        fact(T::MoreResults, Form::Text),
        fact(T::NonAggregateKeys, Form::TextOrTexts),
        fact(T::OutputToken, Form::TextOrTexts),
        fact(T::ResultKey, Form::TextOrTexts),
    ]],
};

/// `waiters-2.json` from the top.
pub(in crate::c2j) static WAITERS: Level = Level {
    keys: &[&[
        fact(T::Version, Form::Any),
        must("waiters", Form::Table(&WAITER)),
    ]],
};
pub(in crate::c2j) static WAITER: Level = Level {
    keys: &[&[
        must_fact(T::Operation, Form::Text),
        must_fact(T::Delay, Form::Integer),
        must_fact(T::MaxAttempts, Form::Integer),
        must_fact(T::Acceptors, Form::Records(&ACCEPTOR)),
        may("description", Form::Prose),
    ]],
};
static ACCEPTOR: Level = Level {
    keys: &[&[
        may("argument", Form::Text),
        must("expected", Form::Any),
        must("matcher", Form::Text),
        must("state", Form::Text),
    ]],
};

/// `endpoint-rule-set-1.json` from the top.
pub(in crate::c2j) static ENDPOINT_RULES: Level = Level {
    keys: &[&[
        may("version", Form::Text),
        must("parameters", Form::Table(&ENDPOINT_PARAMETER)),
        must("rules", Form::Records(&ENDPOINT_RULE)),
    ]],
};
static ENDPOINT_PARAMETER: Level = Level {
    keys: &[&[
        may("builtIn", Form::Text),
        may("default", Form::Any),
        may("deprecated", Form::Any),
        may("required", Form::Flag),
        may("type", Form::Text),
        may("documentation", Form::Prose),
    ]],
};
static ENDPOINT_RULE: Level = Level {
    keys: &[&[
        may("conditions", Form::Any),
        may("endpoint", Form::Any),
        may("error", Form::Reworded),
        may("rules", Form::Records(&ENDPOINT_RULE)),
        may("type", Form::Text),
        may("documentation", Form::Prose),
    ]],
};

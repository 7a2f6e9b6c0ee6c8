//! `rules`: the catalogue of change rules, and what there is to say of one.

use std::fmt::Write as _;
use std::process::ExitCode;

use anyhow::{Result, bail};
use shapewright_diff::Severity;
use shapewright_diff::rules::{self, Rule};

use crate::context::Context;

/// List the rules that judge a difference, or explain one.
#[derive(clap::Args)]
#[command(after_help = "\
Each rule has a severity for what a client sends and one for what it receives:
  breaking   what worked stops working
  risk       it depends on the service or on the client, or cannot be told
  safe       what worked goes on working
  docs       nothing that a program acts on

Examples:
  cargo xtask rules                        all rules
  cargo xtask rules member-removed-out     what it flags, why, and an edit that it flags
  cargo xtask rules idempotency-changed    the same of all its children

A severity is set otherwise in approvals.toml of the spec folder; a parent stands for its children.")]
pub(crate) struct Arguments {
    /// A rule, or the parent of several; all without it.
    id: Option<String>,
}

pub(crate) fn run(arguments: &Arguments, context: &Context) -> Result<ExitCode> {
    let text = match &arguments.id {
        None => list(),
        Some(id) => explain(id)?,
    };
    context.print(&text)?;
    Ok(ExitCode::SUCCESS)
}

fn word(severity: Option<Severity>) -> &'static str {
    severity.map_or("-", Severity::as_str)
}

fn list() -> String {
    let width = rules::all().map(|(_, rule)| rule.id.len()).max();
    let width = width.unwrap_or_default();
    let mut text = format!("{:width$}  {:8}  {:8}\n", "rule", "send", "receive");
    let mut group = "";
    for (of, rule) in rules::all() {
        if of != group {
            group = of;
            let _ = write!(text, "\n{group}\n");
        }
        let (send, receive) = (word(rule.send), word(rule.receive));
        let _ = writeln!(
            text,
            "{:width$}  {send:8}  {receive:8}  {}",
            rule.id, rule.flags
        );
    }
    text
}

fn explain(id: &str) -> Result<String> {
    let asked = |rule: &&Rule| rule.lineage().any(|known| known == id);
    let found = rules::all().map(|(_, rule)| rule).filter(asked);
    let texts: Vec<String> = found.map(one).collect();
    if texts.is_empty() {
        bail!(
            "there is no rule `{}`; `rules` lists them",
            id.escape_debug()
        );
    }
    Ok(texts.join("\n"))
}

fn one(rule: &Rule) -> String {
    format!(
        "{}\n  flags     {}\n  why       {}\n  send      {}\n  receive   {}\n  reverse   {}\n  \
         for example, from\n    {}\n  to\n    {}\n",
        rule.id,
        rule.flags,
        rule.why,
        word(rule.send),
        word(rule.receive),
        rule.mirror,
        one_line(rule.witness.before),
        one_line(rule.witness.after),
    )
}

fn one_line(json: &str) -> String {
    json.split_whitespace().collect::<Vec<_>>().join(" ")
}

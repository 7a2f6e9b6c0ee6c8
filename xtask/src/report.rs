//! The forms in which what differs is told, the same for every command that compares.

use shapewright_diff::Severity;
use shapewright_report::compared::Compared;
use shapewright_report::places::Sources;
use shapewright_report::{github, html, json, junit, markdown, sarif, text};

use crate::terminal;

/// In which form to tell what differs.
#[derive(clap::Args)]
pub(crate) struct Form {
    /// The form of the report.
    #[arg(long, value_enum, default_value = "text")]
    pub(crate) format: Format,
    /// The most bytes of a Markdown report; what is longer is counted
    #[arg(long, value_name = "BYTES", default_value_t = markdown::LIMIT)]
    limit: usize,
}

/// A form.
#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Format {
    /// For a terminal.
    Text,
    /// For a comment on a pull request.
    Markdown,
    /// One JSON object.
    Json,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// Annotations in a workflow of GitHub.
    Github,
    /// JUnit XML, for build servers.
    Junit,
    /// One page.
    Html,
}

impl Form {
    /// Whether the report shows places in the files, and so needs their bytes.
    pub(crate) fn shows_places(&self) -> bool {
        matches!(self.format, Format::Sarif | Format::Github)
    }

    /// The report. `least` is the severity from which on a thing fails where the form says so.
    pub(crate) fn render(
        &self,
        compared: &Compared<'_>,
        sources: &Sources,
        least: Severity,
    ) -> String {
        match self.format {
            Format::Text => text::render(compared, &terminal::look()),
            Format::Markdown => markdown::render(compared, self.limit),
            Format::Json => json::render(compared),
            Format::Sarif => sarif::render(compared, sources),
            Format::Github => github::render(compared, sources),
            Format::Junit => junit::render(compared, least),
            Format::Html => html::render(compared),
        }
    }
}

//! The tables that a survey prints.

use std::fmt::Write as _;
use std::time::Duration;

use shapewright_model::Severity;
use shapewright_report::problem::visible;

use super::crates::Compiled;
use super::differences::{self, Counts, Differences};
use super::phases::Column;
use super::tally::Tally;

/// What is known of each source: its name, the sum of its models, and how long they took.
pub(super) fn render(sources: &[(String, Tally, Duration)], crates: bool) -> String {
    let mut columns = Column::OF_MODELS.to_vec();
    if crates {
        columns.extend(Column::OF_CRATES);
    }
    let mut text = String::new();
    let mut header = vec!["services".to_owned(), "models".to_owned()];
    header.extend(columns.iter().map(|column| column.name().to_owned()));
    header.extend(["seconds".to_owned(), "source".to_owned()]);
    let mut rows = vec![header];
    rows.extend(sources.iter().map(|(label, tally, took)| {
        let counts = columns
            .iter()
            .map(|column| tally.counts.get(column).copied());
        let mut row = vec![tally.services.len().to_string(), tally.models.to_string()];
        row.extend(counts.map(|count| count.unwrap_or_default().to_string()));
        row.extend([
            format!("{:.2}", took.as_secs_f64()),
            visible(label).into_owned(),
        ]);
        row
    }));
    lines(&mut text, &rows, Align::Right);
    let problems = sources.iter().flat_map(|(_, tally, _)| &tally.problems);
    let problems = problems.map(|(code, sort)| {
        let severity = match sort.severity {
            Severity::Warning => "warning",
            Severity::Error => "error",
        };
        let count = sort.count.to_string();
        vec![
            (*code).to_owned(),
            severity.to_owned(),
            count,
            visible(&sort.example).into_owned(),
        ]
    });
    let problems: Vec<Vec<String>> = problems.collect();
    if problems.is_empty() {
        text.push_str("\nno problems\n");
        return text;
    }
    text.push('\n');
    let header = ["problem", "severity", "count", "the first of them"];
    let mut rows = vec![header.map(str::to_owned).to_vec()];
    rows.extend(problems);
    lines(&mut text, &rows, Align::Left);
    text
}

/// What differs: a line for each model that does, the sum of all, and what is on one side alone.
pub(super) fn differences(differences: &Differences, took: Duration) -> String {
    let row = |counts: &Counts, label: String| {
        let count = |column| counts.get(&column).copied().unwrap_or_default();
        let cells = differences::Column::ALL.map(|column| count(column).to_string());
        cells.into_iter().chain([label]).collect::<Vec<_>>()
    };
    let header = differences::Column::ALL.map(|column| column.name().to_owned());
    let mut rows = vec![header.into_iter().chain(["model".to_owned()]).collect()];
    let models = differences.models.iter();
    rows.extend(models.map(|(address, counts)| row(counts, address.to_string())));
    rows.push(row(&differences.total(), "all".to_owned()));
    let mut text = String::new();
    lines(&mut text, &rows, Align::Right);
    // Writing to a string cannot fail.
    let _ = writeln!(
        text,
        "\n{} pairs in {:.2} seconds: {} the same byte for byte, {} models differ",
        differences.pairs,
        took.as_secs_f64(),
        differences.same,
        differences.models.len()
    );
    for (what, models) in [("came", &differences.came), ("went", &differences.went)] {
        for address in models {
            let _ = writeln!(text, "{what}: {}", visible(&address.to_string()));
        }
    }
    for (address, problem) in &differences.unreadable {
        let _ = writeln!(
            text,
            "cannot be read: {}: {}",
            visible(&address.to_string()),
            visible(problem)
        );
    }
    text
}

/// What the compiler said of the crates.
pub(super) fn compiled(crates: u64, compiled: &Compiled, took: Duration) -> String {
    let mut text = format!(
        "\n{crates} crates checked in {:.2} seconds: {} warnings, {} errors\n",
        took.as_secs_f64(),
        compiled.warnings.values().sum::<u64>(),
        compiled.errors.len()
    );
    for (package, count) in &compiled.warnings {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "  {package}: {count} warnings");
    }
    for error in &compiled.errors {
        let _ = writeln!(text, "\n{error}");
    }
    text
}

#[derive(Clone, Copy)]
pub(super) enum Align {
    Left,
    Right,
}

/// Rows in columns as wide as their widest cell; the last one stands at the left and ends a line.
pub(super) fn lines(text: &mut String, rows: &[Vec<String>], align: Align) {
    let columns = rows.first().map_or(0, Vec::len);
    let width = |at: usize| rows.iter().map(|row| row[at].chars().count()).max();
    let widths: Vec<usize> = (0..columns)
        .map(|at| width(at).unwrap_or_default())
        .collect();
    for row in rows {
        for (at, cell) in row.iter().enumerate() {
            let width = widths[at];
            // Writing to a string cannot fail.
            let _ = match align {
                _ if at + 1 == columns => writeln!(text, "{cell}"),
                Align::Left => write!(text, "{cell:<width$}  "),
                Align::Right => write!(text, "{cell:>width$}  "),
            };
        }
    }
}

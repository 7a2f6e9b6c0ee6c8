//! How the tool was called, so that the commands that it names can be typed as they stand: in a clone
//! of the project it is `cargo xtask`, elsewhere it is installed.

use std::env;

use clap::Command;

/// What the texts of help call the tool.
const IN_A_CLONE: &str = "cargo xtask";

/// What calls the tool.
pub(crate) fn name() -> &'static str {
    let own = env!("CARGO_PKG_NAME");
    // Cargo tells what it runs which package that is of.
    if env::var_os("CARGO_PKG_NAME").is_some_and(|package| package == own) {
        IN_A_CLONE
    } else {
        own
    }
}

/// A command whose help, and that of all below it, calls the tool by this name.
pub(crate) fn taught(mut command: Command, name: &str) -> Command {
    if let Some(help) = command.get_after_help() {
        let help = help.to_string().replace(IN_A_CLONE, name);
        command = command.after_help(help);
    }
    command.mut_subcommands(|below| taught(below, name))
}

#[cfg(test)]
mod tests {
    use clap::{Command, CommandFactory as _};

    use super::{IN_A_CLONE, taught};
    use crate::Arguments;

    #[test]
    fn every_example_can_be_typed_as_it_stands() {
        fn helps(command: &mut Command, name: &str) -> usize {
            let help = command.render_long_help().to_string();
            assert!(!help.contains(IN_A_CLONE), "{help}");
            let below = command.get_subcommands_mut();
            let below: usize = below.map(|below| helps(below, name)).sum();
            help.lines()
                .filter(|line| line.trim_start().starts_with(name))
                .count()
                + below
        }
        let mut command = taught(Arguments::command(), "some-name");
        assert!(helps(&mut command, "some-name ") > 30);
    }
}

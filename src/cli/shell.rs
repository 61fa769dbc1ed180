//! `rvtsim completions` and `rvtsim man`: what a shell and a manual know of the command line.

use std::io;

use clap::CommandFactory;
use clap_mangen::Man;

use super::argument::Arguments;
use super::terminal::{note, say};
use super::{CompletionsArguments, ManArguments, Problem};
use crate::report::write_all;
use crate::scenario::{Said, said};

/// Writes the completions of a shell to standard output.
pub(super) fn completions(arguments: &CompletionsArguments) -> Result<(), Problem> {
    let mut bytes = Vec::new();
    let mut command = Arguments::command();
    clap_complete::generate(arguments.shell, &mut command, "rvtsim", &mut bytes);
    say(&String::from_utf8_lossy(&bytes))
}

/// Writes a page for the program and for each command.
pub(super) fn man(arguments: &ManArguments) -> Result<(), Problem> {
    let mut command = Arguments::command().disable_help_subcommand(true);
    command.build();
    let commands = command.get_subcommands().cloned().collect::<Vec<_>>();
    let pages: io::Result<Vec<_>> = commands
        .into_iter()
        .chain([command])
        .map(|command| {
            let (man, mut bytes) = (Man::new(command), Vec::new());
            man.render(&mut bytes)?;
            Ok((man.get_filename(), bytes))
        })
        .collect();
    let pages = pages.map_err(|error| Problem::world(Said::of(&error)))?;
    write_all(&arguments.folder, &pages)?;
    note(&said!("\nwritten to {}", arguments.folder.display()));
    Ok(())
}

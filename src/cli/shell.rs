//! `rvtsim completions` and `rvtsim man`: what a shell and a manual know of the command line.

use clap::Args;
use clap_complete::Shell;
use std::io;
use std::path::PathBuf;

use clap_mangen::Man;

use super::Problem;
use super::terminal::{note, say};
use crate::report::write_all;
use crate::scenario::{Said, said};

pub(super) const EXAMPLES: &str = "\
Examples:
  rvtsim completions bash > ~/.local/share/bash-completion/completions/rvtsim
  rvtsim completions fish > ~/.config/fish/completions/rvtsim.fish";

/// What `rvtsim completions` is told.
#[derive(Clone, PartialEq, Debug, Args)]
pub struct CompletionsArguments {
    /// The shell
    pub shell: Shell,
}

/// What `rvtsim man` is told.
#[derive(Clone, PartialEq, Debug, Args)]
pub struct ManArguments {
    /// Folder for the pages; pages that are there are replaced
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
}

/// Writes the completions of a shell to standard output.
pub(super) fn completions(
    arguments: &CompletionsArguments,
    mut command: clap::Command,
) -> Result<(), Problem> {
    let mut bytes = Vec::new();
    clap_complete::generate(arguments.shell, &mut command, "rvtsim", &mut bytes);
    say(&String::from_utf8_lossy(&bytes))
}

/// Writes a page for the program and for each command.
pub(super) fn man(arguments: &ManArguments, command: clap::Command) -> Result<(), Problem> {
    let mut command = command.disable_help_subcommand(true);
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

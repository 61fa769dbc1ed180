//! The help of the command line in Dutch: what `dutch.toml` says in place of the English.

use std::collections::HashMap;
use std::sync::LazyLock;

use clap::builder::Resettable;
use clap::{Arg, Command};
use serde::Deserialize;

use super::tongue::tongue;
use crate::report::{Lang, ledger_columns};
use crate::study::question_list;

static DUTCH: LazyLock<Dutch> =
    LazyLock::new(|| toml::from_str(include_str!("dutch.toml")).expect("a table of texts"));

/// Clap's own page, with its word for usage in Dutch.
const PAGE: &str = "{before-help}{about-with-newline}\nGebruik: {usage}\n\n{all-args}{after-help}";

/// The texts of commands by their names, and those of arguments by the English.
#[derive(Deserialize)]
struct Dutch {
    command: HashMap<String, Texts>,
    argument: HashMap<String, String>,
}

/// The help of one command: in a line, in full, and below the arguments.
#[derive(Deserialize)]
struct Texts {
    about: String,
    long_about: Option<String>,
    after_help: Option<String>,
}

/// The command line with help in the language of this program's messages.
pub(super) fn in_tongue(command: Command) -> Command {
    match tongue() {
        Lang::Nl => in_dutch(command),
        Lang::En => command,
    }
}

fn in_dutch(mut command: Command) -> Command {
    command.build();
    translated(command, "rvtsim")
}

fn translated(command: Command, name: &str) -> Command {
    let Some(own) = DUTCH.command.get(name) else {
        return command;
    };
    let list = match name {
        "trace" => question_list(),
        "evidence" => ledger_columns(),
        _ => String::new(),
    };
    let mut command = command
        .about(&own.about)
        .help_template(PAGE)
        .subcommand_help_heading("Opdrachten")
        .mut_args(argument);
    if let Some(text) = &own.long_about {
        command = command.long_about(text.trim_end());
    }
    if let Some(text) = &own.after_help {
        command = command.after_help(format!("{text}{list}").trim_end().to_owned());
    }
    command.mut_subcommands(|step| match (name, step.get_name()) {
        (_, "help") => step.about("Toont deze hulp, of die van een opdracht"),
        ("rvtsim", own) => {
            let name = own.to_owned();
            translated(step, &name)
        }
        (of, own) => {
            let name = format!("{of} {own}");
            translated(step, &name)
        }
    })
}

fn argument(argument: Arg) -> Arg {
    let english = argument.get_help().map(ToString::to_string);
    let english = english.unwrap_or_default();
    let mut text = DUTCH.argument.get(&english).unwrap_or(&english).clone();
    let heading = match argument.is_positional() {
        true => "Argumenten",
        false => "Opties",
    };
    if argument.get_action().takes_values() {
        let usual = argument.get_default_values().iter();
        let usual: Vec<_> = usual.map(|one| one.to_string_lossy()).collect();
        let choice = argument.get_possible_values();
        let choice: Vec<_> = choice.iter().map(|one| one.get_name()).collect();
        if !usual.is_empty() {
            text += &format!(" [standaard: {}]", usual.join(", "));
        }
        if !choice.is_empty() {
            text += &format!(" [keuze: {}]", choice.join(", "));
        }
    }
    let argument = argument
        .help(text)
        .long_help(Resettable::Reset)
        .help_heading(heading);
    argument.hide_default_value(true).hide_possible_values(true)
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::super::Arguments;
    use super::*;

    /// What is seen of the help of a command and its steps, each with its name.
    fn pages(command: &mut Command) -> Vec<(String, String)> {
        let name = command.get_name().to_owned();
        let mut found = vec![(name.clone(), command.render_long_help().to_string())];
        for step in command.get_subcommands_mut() {
            if step.get_name() != "help" {
                let steps = pages(step).into_iter();
                found.extend(steps.map(|(own, page)| (format!("{name} {own}"), page)));
            }
        }
        found
    }

    #[test]
    fn every_page_of_help_is_in_dutch() {
        let mut english = Arguments::command();
        english.build();
        let english = pages(&mut english);
        let dutch = pages(&mut in_dutch(Arguments::command()));
        assert!(dutch.len() > 20);
        for ((name, en), (_, nl)) in english.iter().zip(&dutch) {
            for word in [
                "Usage:",
                "Options:",
                "Arguments:",
                "Print ",
                "[default",
                "[possible",
            ] {
                assert!(!nl.contains(word), "{name}: {word}\n{nl}");
            }
            for line in en
                .lines()
                .map(str::trim)
                .filter(|line| line.split(' ').count() > 6)
            {
                let is_list = name == "rvtsim trace" || name == "rvtsim evidence";
                assert!(
                    is_list || line.contains("rvtsim ") || !nl.contains(line),
                    "{name}: {line}"
                );
            }
        }
    }

    #[test]
    fn the_catalogue_has_every_argument_and_command_and_no_other() {
        let mut english = Arguments::command();
        english.build();
        let mut helps = Vec::new();
        let mut names = Vec::new();
        let mut open = vec![(english, String::new())];
        while let Some((command, of)) = open.pop() {
            let name = format!("{of}{}", command.get_name());
            helps.extend(
                command
                    .get_arguments()
                    .filter_map(|one| one.get_help())
                    .map(ToString::to_string),
            );
            let below = match &*name {
                "rvtsim" => String::new(),
                name => format!("{name} "),
            };
            let steps = command
                .get_subcommands()
                .filter(|step| step.get_name() != "help");
            open.extend(steps.map(|step| (step.clone(), below.clone())));
            names.push(name);
        }
        let sorted = |mut texts: Vec<String>| {
            texts.sort();
            texts.dedup();
            texts
        };
        assert_eq!(
            sorted(DUTCH.argument.keys().cloned().collect()),
            sorted(helps)
        );
        assert_eq!(
            sorted(DUTCH.command.keys().cloned().collect()),
            sorted(names)
        );
    }
}

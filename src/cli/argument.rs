//! What can be typed, and the help that says so.

use clap::error::ErrorKind;
use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};

use super::best::{self, BestArguments};
use super::log::{self, LogArguments};
use super::mistake::mistake;
use super::sweep::{self, SweepArguments};
use super::{
    Problem, RunArguments, attribute, calibrate, check, compare, dutch, evidence, hours, monitor,
    new, report, run, shell, trace, value, weigh,
};
use crate::report::Lang;

const ABOUT: &str = "\
Simulates families in the Dutch child-and-family protection chain, the same families under
every form of organisation: today's estafettemodel and the proposed variants of a
Regionaal Veiligheidsteam. For each form it measures waiting, handovers, measures, unsafe
days and the load of professionals, and how sure those numbers are.";

const EXAMPLES: &str = "\
Begin with:
  rvtsim run scenarios/referentie.toml      two small regions, all forms, done in seconds
  rvtsim new                                a scenario of your own, to change
  rvtsim help run                           what can be changed, and what is written";

/// Compares the estafettemodel with ways to organise a Regionaal Veiligheidsteam
#[derive(Clone, PartialEq, Debug, Parser)]
#[command(name = "rvtsim", version, long_about = ABOUT, after_help = EXAMPLES)]
pub struct Arguments {
    /// Language of errors and help, instead of that of the system
    #[arg(long, global = true, value_parser = value::lang())]
    pub lang: Option<Lang>,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// A thing that the program does.
#[derive(Clone, PartialEq, Debug, Subcommand)]
pub enum Command {
    /// Writes a scenario to begin with
    #[command(long_about = new::ABOUT, after_help = new::EXAMPLES)]
    New(new::NewArguments),
    /// Tells what files mean and what a run will take, without running anything
    #[command(long_about = check::ABOUT, after_help = check::EXAMPLES)]
    Check(check::CheckArguments),
    /// Simulates a scenario and writes its results to a folder
    #[command(long_about = run::ABOUT, after_help = run::EXAMPLES)]
    Run(RunArguments),
    /// Counts simulated families as the proeftuin monitor counted its own
    #[command(long_about = monitor::ABOUT, after_help = monitor::EXAMPLES)]
    Monitor(RunArguments),
    /// Weighs the forms of a finished run by a framework of criteria
    #[command(long_about = weigh::ABOUT, after_help = weigh::EXAMPLES)]
    Weigh(weigh::WeighArguments),
    /// Puts finished runs side by side, and says what differs in their inputs
    #[command(long_about = compare::ABOUT, after_help = compare::EXAMPLES)]
    Compare(compare::CompareArguments),
    /// Tells what differences between forms are made of
    #[command(long_about = attribute::ABOUT, after_help = attribute::EXAMPLES)]
    Attribute(attribute::AttributeArguments),
    /// Tells how many hours each form needs for a service
    #[command(long_about = hours::ABOUT, after_help = hours::EXAMPLES)]
    Hours(hours::HoursArguments),
    /// Tells the life of one household under every form
    #[command(long_about = trace::ABOUT, after_help = trace::examples())]
    Trace(trace::TraceArguments),
    /// Writes what happened to families as an event log, for programs that mine processes
    #[command(long_about = log::ABOUT, after_help = log::EXAMPLES)]
    Log(LogArguments),
    /// Fits parameters that nobody has measured to what is known of the country
    #[command(long_about = calibrate::ABOUT, after_help = calibrate::EXAMPLES)]
    Calibrate(calibrate::CalibrateArguments),
    /// Makes the page for a board from the folder of a run
    #[command(long_about = report::ABOUT, after_help = report::EXAMPLES)]
    Report(report::ReportArguments),
    /// Runs a scenario at many points of what is assumed, and writes tables of all of them
    #[command(long_about = sweep::ABOUT, after_help = sweep::EXAMPLES)]
    Sweep(SweepArguments),
    /// Finds the form that is the best on a KPI, with no more replications than that takes
    #[command(long_about = best::ABOUT, after_help = best::EXAMPLES)]
    Best(BestArguments),
    /// Lists the parameters with their values, ranges, grades and sources
    #[command(long_about = evidence::ABOUT, after_help = evidence::examples())]
    Evidence(evidence::EvidenceArguments),
    /// Writes what a shell needs to complete a command line
    #[command(after_help = shell::EXAMPLES)]
    Completions(shell::CompletionsArguments),
    /// Writes manual pages to a folder
    Man(shell::ManArguments),
}

impl Command {
    /// What the command line asks for. Ends the program with help, where that is all there is to do.
    ///
    /// # Errors
    ///
    /// With what is wrong with it.
    pub fn from_arguments() -> Result<Self, Problem> {
        let matches = dutch::in_tongue(Arguments::command()).try_get_matches();
        let found = matches.and_then(|matches| Arguments::from_arg_matches(&matches));
        let found = found.map_err(|error| match error.kind() {
            ErrorKind::DisplayHelp
            | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand
            | ErrorKind::DisplayVersion => error.exit(),
            _ => Problem::request(mistake(&error)),
        });
        Ok(found?.command)
    }

    /// Does it.
    ///
    /// # Errors
    ///
    /// With what the user should be told.
    pub fn execute(&self) -> Result<(), Problem> {
        match self {
            Command::New(arguments) => new::new(arguments),
            Command::Check(arguments) => check::check(arguments),
            Command::Run(arguments) => run::run(arguments),
            Command::Monitor(arguments) => monitor::monitor(arguments),
            Command::Weigh(arguments) => weigh::weigh(arguments),
            Command::Compare(arguments) => compare::compare(arguments),
            Command::Attribute(arguments) => attribute::attribute(arguments),
            Command::Hours(arguments) => hours::hours(arguments),
            Command::Trace(arguments) => trace::trace(arguments),
            Command::Log(arguments) => log::log(arguments),
            Command::Calibrate(arguments) => calibrate::calibrate(arguments),
            Command::Report(arguments) => report::report(arguments),
            Command::Sweep(arguments) => sweep::sweep(arguments),
            Command::Best(arguments) => best::best(arguments),
            Command::Evidence(arguments) => evidence::evidence(arguments),
            Command::Completions(arguments) => shell::completions(arguments, Arguments::command()),
            Command::Man(arguments) => shell::man(arguments, Arguments::command()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{Family, Grade};

    fn parsed(line: &str) -> Result<Command, clap::Error> {
        Arguments::try_parse_from(line.split(' ')).map(|arguments| arguments.command)
    }

    #[test]
    fn the_command_line_contradicts_itself_nowhere() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn regions_come_with_commas() {
        let Ok(Command::Run(run)) = parsed("rvtsim run a.toml --regions Zeeland,Drenthe") else {
            panic!("a run");
        };
        assert_eq!(run.regions, Some(vec!["Zeeland".into(), "Drenthe".into()]));
        assert_eq!(run.lang, Lang::Nl);
    }

    #[test]
    fn grades_and_families_come_by_their_words() {
        let line = "rvtsim evidence staff term --grade D,A° --family capacity";
        let Ok(Command::Evidence(evidence)) = parsed(line) else {
            panic!("evidence");
        };
        assert_eq!(evidence.keys, ["staff", "term"]);
        assert_eq!(evidence.grade, [Grade::D, Grade::ADegree]);
        assert_eq!(evidence.family, [Family::Capacity]);
    }

    #[test]
    fn numbers_that_make_no_sense_are_refused() {
        for line in [
            "rvtsim run a.toml --replications 0",
            "rvtsim run a.toml --threads 0",
            "rvtsim run a.toml --seed -1",
            "rvtsim run a.toml --lang fr",
            "rvtsim trace a.toml --region Zeeland --household 1 --replication 0",
            "rvtsim trace a.toml --region Zeeland",
            "rvtsim trace a.toml --household 1",
            "rvtsim trace a.toml --region Zeeland --household stock:1",
            "rvtsim trace a.toml --region Zeeland --household 1 --find wait>1",
            "rvtsim trace a.toml --find wait>1 --number 0",
            "rvtsim run",
            "rvtsim evidence --grade E",
            "rvtsim evidence --family weather",
        ] {
            let error = parsed(line).expect_err(line);
            assert_eq!(error.exit_code(), 2, "{line}");
        }
    }
}

//! What can be typed, and the help that says so.

use std::path::PathBuf;

use clap::error::ErrorKind;
use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand};
use clap_complete::Shell;

use super::best::{self, BestArguments};
use super::log::{self, LogArguments};
use super::mistake::mistake;
use super::setting::SettingArguments;
use super::sweep::{self, SweepArguments};
use super::value::MAX_REPLICATION;
use super::{
    Problem, RunArguments, attribute, calibrate, check, compare, dutch, evidence, hours, monitor,
    new, report, run, shell, trace, value, weigh,
};
use crate::model::HouseholdName;
use crate::report::{Earlier, Lang, ledger_columns, question_list};
use crate::scenario::{Family, Grade};

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

const NEW_ABOUT: &str = "\
Writes a scenario of some twenty lines to begin with: it runs as it is, and says behind
every line what it means. A name without a folder is put in scenarios/; a file that is there
already is left alone.";

const NEW_EXAMPLES: &str = "\
Examples:
  rvtsim new                       scenarios/mijn_scenario.toml
  rvtsim new noorden               scenarios/noorden.toml
  rvtsim new --lang en             scenarios/my_scenario.toml, in English";

const CHECK_ABOUT: &str = "\
Tells what files mean, without running anything: forms, regions, dates, replications, beliefs,
every value that a file gives with what would hold without it, and about how long a run will
take and how much memory it needs. Says everything that is wrong with all of the files at once.

Takes scenarios, and forms, belief sets and evidence too.";

const CHECK_EXAMPLES: &str = "\
Examples:
  rvtsim check scenarios/mijn_scenario.toml
  rvtsim check scenarios/*.toml scenarios/forms/*.toml";

const COMPLETIONS_EXAMPLES: &str = "\
Examples:
  rvtsim completions bash > ~/.local/share/bash-completion/completions/rvtsim
  rvtsim completions fish > ~/.config/fish/completions/rvtsim.fish";

const MONITOR_ABOUT: &str = "\
Counts simulated families as the proeftuin monitor counted its own: families supported
since its first day, and the forced measures taken for them. Ends with what the monitor
counted, what the same rule counts under the scenario's forms in several groups of
families, and how not to read either.

Runs the scenario and writes everything that `rvtsim run` writes, with monitor.csv and
monitor_observed.csv. The scenario has a section [monitor] with the monitor's counts.";

const MONITOR_EXAMPLES: &str = "\
Examples:
  rvtsim monitor scenarios/proeftuinmonitor.toml
      the estafettemodel, so without any RVT";

const TRACE_ABOUT: &str = "\
Tells the life of one household, event by event, under every form of the scenario: the
same family, the same incidents ahead of it, another organisation. A table says what each
life comes down to and when each has what they have in common; sentences follow where
there is room for them, or with --list.

Households of a region are numbered from 0 in order of their coming; those that did not
come by a melding are own_intake:N and jeugdreclassering:N. --find looks for one instead:
among all that come for the first time while it is measured it takes the first, or the
K-th, whose life under the baseline fits every condition, and says how many there are.";

const TRACE_EXAMPLES: &str = "\
Examples:
  rvtsim trace scenarios/vergelijking.toml --region Zeeland --household 12
  rvtsim trace scenarios/vergelijking.toml --region Zeeland --household 12 --forms v4
      the baseline and one other form, side by side in sentences
  rvtsim trace scenarios/vergelijking.toml --find 'measure=ondertoezichtstelling children=yes wait>180'
      in all regions: a family with children, an OTS, and half a year of waiting
  rvtsim trace scenarios/vergelijking.toml --region Drenthe --find 'crises>=1 handovers>=3' --number 2

Conditions of --find, with spaces between: a key, = or !=, and a word; or a key, one of
= != < <= > >=, and a whole number.";

const CALIBRATE_ABOUT: &str = "\
Fits the free parameters of a scenario's section [calibration] to what is known of the
country, by an ensemble of runs that moves towards it, and tests the outcome on targets that
the fit has not seen. Starts from evidence.toml alone: values fitted before are left out.

Writes to results/NAME, besides the tables of an ordinary run with the chosen values:
targets.csv, parameters.csv, waves.csv, runs.csv, draws.csv, fit_columns.csv (what their
columns mean) and calibrated.toml, which is to be copied beside evidence.toml. May be
interrupted and resumed as `rvtsim run`.";

const CALIBRATE_EXAMPLES: &str = "\
Examples:
  rvtsim calibrate scenarios/ijking.toml
      the shipped baseline; takes forty minutes on two free cores
  rvtsim calibrate scenarios/ijking.toml --waves 2 --points 40 --replications 2 --out results/proef
      a quick look at how it goes; its values are worth nothing";

const REPORT_ABOUT: &str = "\
Makes report.html, one file that a board can open, send and print, and its figures in
charts/, from the folder of a run alone: no scenario is read and nothing is simulated.
`rvtsim run` does so by itself at the end.

With --geometry the map is drawn with the borders of a file, which has a polygon for every
region of the run with its code, VR01 to VR25, in a property such as statcode, as the files of
CBS and PDOK have. Areas of other kinds in it, such as GM0344 and PV26, are left out; borders of
several years, or of several layers, are refused. The borders are kept in the folder as geometry.json, at the size of the
page, so that the folder alone gives the same page again; without that file there are tiles.";

const REPORT_EXAMPLES: &str = "\
Examples:
  rvtsim report results/vergelijking
      makes the page again, say after the program has changed
  rvtsim report results/vergelijking --geometry veiligheidsregio_2025.topojson
      with borders instead of tiles";

const EVIDENCE_ABOUT: &str = "\
Lists the parameters of the model: the value that a scenario runs with, how far it may be
off, how well it is known, where it comes from and which file gave it. The weakest grade
comes first, because what is assumed is what to ask about. One parameter gets a card with
its definition and its whole source.";

const EVIDENCE_EXAMPLES: &str = "\
Examples:
  rvtsim evidence                              every parameter
  rvtsim evidence staff.turnover               one of them, with its whole source
  rvtsim evidence help 'staff.fte*'            a group, and all whose key begins so
  rvtsim evidence --grade A,B --lang en        what is best known
  rvtsim evidence --family capacity --csv      as a table for other programs

Columns of --csv, a row for every parameter:";

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
    #[command(long_about = NEW_ABOUT, after_help = NEW_EXAMPLES)]
    New(NewArguments),
    /// Tells what files mean and what a run will take, without running anything
    #[command(long_about = CHECK_ABOUT, after_help = CHECK_EXAMPLES)]
    Check(CheckArguments),
    /// Simulates a scenario and writes its results to a folder
    #[command(long_about = run::ABOUT, after_help = run::EXAMPLES)]
    Run(RunArguments),
    /// Counts simulated families as the proeftuin monitor counted its own
    #[command(long_about = MONITOR_ABOUT, after_help = MONITOR_EXAMPLES)]
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
    #[command(long_about = TRACE_ABOUT, after_help = trace_examples())]
    Trace(TraceArguments),
    /// Writes what happened to families as an event log, for programs that mine processes
    #[command(long_about = log::ABOUT, after_help = log::EXAMPLES)]
    Log(LogArguments),
    /// Fits parameters that nobody has measured to what is known of the country
    #[command(long_about = CALIBRATE_ABOUT, after_help = CALIBRATE_EXAMPLES)]
    Calibrate(CalibrateArguments),
    /// Makes the page for a board from the folder of a run
    #[command(long_about = REPORT_ABOUT, after_help = REPORT_EXAMPLES)]
    Report(ReportArguments),
    /// Runs a scenario at many points of what is assumed, and writes tables of all of them
    #[command(long_about = sweep::ABOUT, after_help = sweep::EXAMPLES)]
    Sweep(SweepArguments),
    /// Finds the form that is the best on a KPI, with no more replications than that takes
    #[command(long_about = best::ABOUT, after_help = best::EXAMPLES)]
    Best(BestArguments),
    /// Lists the parameters with their values, ranges, grades and sources
    #[command(long_about = EVIDENCE_ABOUT, after_help = evidence_examples())]
    Evidence(EvidenceArguments),
    /// Writes what a shell needs to complete a command line
    #[command(after_help = COMPLETIONS_EXAMPLES)]
    Completions(CompletionsArguments),
    /// Writes manual pages to a folder
    Man(ManArguments),
}

/// What `rvtsim new` is told.
#[derive(Clone, PartialEq, Debug, Args)]
pub struct NewArguments {
    /// The scenario, instead of scenarios/mijn_scenario.toml
    #[arg(value_name = "FILE")]
    pub file: Option<PathBuf>,
    /// Language of its comments
    #[arg(long, default_value = "nl", value_parser = value::lang())]
    pub lang: Lang,
}

/// What `rvtsim check` is told.
#[derive(Clone, PartialEq, Debug, Args)]
pub struct CheckArguments {
    /// Scenarios, forms, belief sets, evidence
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<PathBuf>,
    /// Threads that a run would use, instead of one for each core
    #[arg(long, value_name = "N", value_parser = value::whole::<u16>(1..=1024))]
    pub threads: Option<u16>,
    /// Characters in a line, instead of as many as the terminal has
    #[arg(long, value_name = "N")]
    pub width: Option<usize>,
    /// Language of what is told
    #[arg(long, default_value = "nl", value_parser = value::lang())]
    pub lang: Lang,
}

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

/// What a command is told about earlier work in its folder.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Args)]
pub struct EarlierArguments {
    /// Go on with a run that was interrupted, from the passes that it has finished
    #[arg(long)]
    pub resume: bool,
    /// Replace an earlier run of the same scenario that is in the folder, finished or not
    #[arg(long)]
    pub replace: bool,
}

impl EarlierArguments {
    /// The same for whoever writes the folder.
    pub(super) fn allowed(self) -> Earlier {
        Earlier {
            is_resumed: self.resume,
            is_replaced: self.replace,
        }
    }
}

/// What `rvtsim calibrate` is told.
#[derive(Clone, PartialEq, Debug, Args)]
pub struct CalibrateArguments {
    /// A scenario with a section `[calibration]`, such as scenarios/ijking.toml
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Folder for the results, instead of results/NAME
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Begins at the fitted values that there are (calibrated.toml) instead of the whole prior
    #[arg(long)]
    pub from_fitted: bool,
    /// Waves in the sample of regions, instead of what the file says
    #[arg(long, value_name = "N", value_parser = value::whole::<u32>(1..=20))]
    pub waves: Option<u32>,
    /// Points of a wave, instead of what the file says
    #[arg(long, value_name = "N", value_parser = value::whole::<u32>(10..=10_000))]
    pub points: Option<u32>,
    /// Replications of the run with the chosen values, instead of what the file says
    #[arg(long, value_name = "N", value_parser = value::whole::<u32>(1..=MAX_REPLICATION))]
    pub replications: Option<u32>,
    /// Number from which all chance follows, instead of what the file says
    #[arg(long, value_name = "S")]
    pub seed: Option<u64>,
    /// Threads to use, instead of one for each core; no effect on results
    #[arg(long, value_name = "N", value_parser = value::whole::<u16>(1..=1024))]
    pub threads: Option<u16>,
    /// What may be done with earlier work.
    #[command(flatten)]
    pub earlier: EarlierArguments,
    /// Language of the report
    #[arg(long, default_value = "nl", value_parser = value::lang())]
    pub lang: Lang,
}

/// What `rvtsim trace` is told.
#[derive(Clone, PartialEq, Debug, Args)]
pub struct TraceArguments {
    /// The scenario, such as scenarios/vergelijking.toml
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// The household's veiligheidsregio; a search without it looks in all of the scenario's
    #[arg(long, value_name = "R", required_unless_present = "find")]
    pub region: Option<String>,
    /// The household's number
    #[arg(
        long,
        value_name = "N",
        required_unless_present = "find",
        conflicts_with = "find",
        value_parser = value::household
    )]
    pub household: Option<HouseholdName>,
    /// Which setting of the scenario.
    #[command(flatten)]
    pub setting: SettingArguments,
    /// Looks for a household whose life under the baseline fits all conditions
    #[arg(long, value_name = "KEY=VALUE ...")]
    pub find: Option<String>,
    /// Which of the households that fit, in the order of regions and of their coming
    #[arg(
        long,
        value_name = "K",
        default_value_t = 1,
        requires = "find",
        value_parser = value::whole::<u32>(1..=u32::MAX.into())
    )]
    pub number: u32,
    /// Only these forms and the baseline, with commas between; a beginning such as v4 will do
    #[arg(long, value_name = "A,B", value_delimiter = ',')]
    pub forms: Option<Vec<String>>,
    /// Tells one life after the other, however wide the line
    #[arg(long)]
    pub list: bool,
    /// The replication in which it lives
    #[arg(
        long,
        value_name = "K",
        default_value_t = 1,
        value_parser = value::whole::<u32>(1..=MAX_REPLICATION)
    )]
    pub replication: u32,
    /// Number from which all chance follows, instead of what the file says
    #[arg(long, value_name = "S")]
    pub seed: Option<u64>,
    /// Characters in a line, instead of as many as the terminal has, or else 100
    #[arg(long, value_name = "N")]
    pub width: Option<usize>,
    /// Language of the story
    #[arg(long, default_value = "nl", value_parser = value::lang())]
    pub lang: Lang,
}

/// What `rvtsim report` is told.
#[derive(Clone, PartialEq, Eq, Debug, Args)]
pub struct ReportArguments {
    /// The folder of a run, such as results/vergelijking
    #[arg(value_name = "RUN")]
    pub folder: PathBuf,
    /// Borders of the veiligheidsregio's for the map, instead of tiles: GeoJSON or TopoJSON, WGS84 or RD
    #[arg(long, value_name = "FILE")]
    pub geometry: Option<PathBuf>,
}

/// What `rvtsim evidence` is told.
#[derive(Clone, PartialEq, Debug, Args)]
pub struct EvidenceArguments {
    /// A parameter (staff.turnover), a group (staff), or a beginning with a star ('staff.fte*')
    #[arg(value_name = "KEY")]
    pub keys: Vec<String>,
    /// The scenario whose values are shown, instead of scenarios/vergelijking.toml
    #[arg(long, value_name = "FILE")]
    pub scenario: Option<PathBuf>,
    /// Which setting of the scenario.
    #[command(flatten)]
    pub setting: SettingArguments,
    /// Only these grades, with commas between
    #[arg(
        long,
        value_name = "D,C",
        value_delimiter = ',',
        value_parser = value::word(Grade::ALL, Grade::key)
    )]
    pub grade: Vec<Grade>,
    /// Only these families of effects, with commas between
    #[arg(
        long,
        value_name = "A,B",
        value_delimiter = ',',
        value_parser = value::word(Family::ALL, Family::key)
    )]
    pub family: Vec<Family>,
    /// Writes a table for other programs, with every source in full
    #[arg(long)]
    pub csv: bool,
    /// Characters in a line, instead of as many as the terminal has
    #[arg(long, value_name = "N")]
    pub width: Option<usize>,
    /// Language of the list; a table for other programs is in English
    #[arg(long, default_value = "nl", value_parser = value::lang())]
    pub lang: Lang,
}

fn trace_examples() -> String {
    format!("{TRACE_EXAMPLES}\n{}", question_list())
}

fn evidence_examples() -> String {
    format!("{EVIDENCE_EXAMPLES}\n{}", ledger_columns())
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
            Command::Completions(arguments) => shell::completions(arguments),
            Command::Man(arguments) => shell::man(arguments),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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

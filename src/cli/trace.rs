//! `rvtsim trace`.

use super::Problem;
use super::progress::Display;
use super::setting::SettingArguments;
use super::setting::{Other, one_of};
use super::terminal::{command, has_color, note, say, width};
use super::tongue::tongue;
use super::value::{self, MAX_REPLICATION};
use crate::experiment::PassFailure;
use crate::model::{Condition, HouseholdName};
use crate::report::Lang;
use crate::scenario::{self, Changes, Diagnostics, Scenario, said};
use crate::study::{self, question_list};
use crate::study::{Layout, Lives};
use clap::Args;
use std::path::PathBuf;

pub(super) const ABOUT: &str = "\
Tells the life of one household, event by event, under every form of the scenario: the
same family, the same incidents ahead of it, another organisation. A table says what each
life comes down to and when each has what they have in common; sentences follow where
there is room for them, or with --list.

Households of a region are numbered from 0 in order of their coming; those that did not
come by a melding are own_intake:N and jeugdreclassering:N. --find looks for one instead:
among all that come for the first time while it is measured it takes the first, or the
K-th, whose life under the baseline fits every condition, and says how many there are.";

pub(super) const EXAMPLES: &str = "\
Examples:
  rvtsim trace scenarios/vergelijking.toml --region Zeeland --household 12
  rvtsim trace scenarios/vergelijking.toml --region Zeeland --household 12 --forms v4
      the baseline and one other form, side by side in sentences
  rvtsim trace scenarios/vergelijking.toml --find 'measure=ondertoezichtstelling children=yes wait>180'
      in all regions: a family with children, an OTS, and half a year of waiting
  rvtsim trace scenarios/vergelijking.toml --region Drenthe --find 'crises>=1 handovers>=3' --number 2

Conditions of --find, with spaces between: a key, = or !=, and a word; or a key, one of
= != < <= > >=, and a whole number.";

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

pub(super) fn examples() -> String {
    format!("{EXAMPLES}\n{}", question_list())
}

/// Reads, looks for a household where none is named, follows it, tells.
pub(super) fn trace(arguments: &TraceArguments) -> Result<(), Problem> {
    let Request {
        scenario,
        cases,
        conditions,
    } = read(arguments)?;
    let (region, household, page) = match (&conditions, arguments.household) {
        (Some(conditions), _) => find(arguments, &scenario, conditions)?,
        (None, Some(household)) => (0, household, String::new()),
        (None, None) => {
            return Err(Problem::request(said!(
                "name a household, or say what to --find"
            )));
        }
    };
    let replication = arguments.replication;
    let lives = study::follow(&scenario, &cases, region, household, replication)
        .map_err(|failure| bug(arguments, &failure))?
        .ok_or_else(|| nobody(&scenario, region, household, replication))?;
    say(&(page + &tell(arguments, &scenario, &lives)))
}

/// What is asked, without doubts.
struct Request {
    scenario: Scenario,
    /// Forms, the baseline first.
    cases: Vec<usize>,
    /// What is looked for, unless a household is named.
    conditions: Option<Vec<Condition>>,
}

/// Everything that is wrong with file and arguments is told in one go.
fn read(arguments: &TraceArguments) -> Result<Request, Problem> {
    let changes = Changes {
        replications: None,
        seed: arguments.seed,
        regions: arguments
            .region
            .as_ref()
            .map(|region| vec![region.trim().to_owned()]),
        ..Changes::default()
    };
    let changes = arguments.setting.and(changes);
    let mut wrong: Vec<Diagnostics> = Vec::new();
    let mut keep = |log| wrong.push(log);
    let conditions = arguments.find.as_deref().map(scenario::conditions);
    let conditions = conditions.transpose().map_err(&mut keep);
    let scenario = scenario::load(&arguments.file, &changes).map_err(&mut keep);
    let forms = arguments.forms.as_deref().unwrap_or_default();
    let cases = scenario
        .as_ref()
        .ok()
        .map(|scenario| scenario::cases_named(scenario, forms));
    let cases = cases.transpose().map_err(&mut keep);
    let (Ok(conditions), Ok(scenario), Ok(Some(cases))) = (conditions, scenario, cases) else {
        let wrong = wrong.iter().map(|log| log.render(has_color(), tongue()));
        return Err(Problem::Request(wrong.collect::<Vec<_>>().join("\n\n")));
    };
    if arguments.household.is_some() && scenario.regions.len() != 1 {
        return Err(Problem::request(said!(
            "a household lives in one region: name one"
        )));
    }
    Ok(Request {
        scenario: one_of(scenario, Other::ByOption),
        cases,
        conditions,
    })
}

/// The household that fits, its region, and what is told of the search.
fn find(
    arguments: &TraceArguments,
    scenario: &Scenario,
    conditions: &[Condition],
) -> Result<(usize, HouseholdName, String), Problem> {
    let (number, replication) = (arguments.number, arguments.replication);
    let wanted = number as usize;
    let finding = study::search(scenario, conditions, wanted, replication, &Display::new())
        .map_err(|error| Problem::of_run(&error, |_| again(arguments)))?;
    let numbers = (number, replication);
    let page = study::finding(scenario, conditions, &finding, numbers, arguments.lang);
    match finding.found.get(wanted - 1) {
        Some(&(region, household)) => Ok((region, household, page + "\n")),
        None => Err(Problem::Request(page.trim_end().to_owned())),
    }
}

fn tell(arguments: &TraceArguments, scenario: &Scenario, lives: &Lives) -> String {
    let layout = Layout {
        width: arguments.width.or_else(width),
        is_list: arguments.list,
    };
    if !layout.has_sentences(lives.lives.len()) {
        note(&said!(
            "in sentences: --list, or fewer forms beside each other, such as --forms v4"
        ));
    }
    study::story(scenario, lives, layout, arguments.lang)
}

fn nobody(
    scenario: &Scenario,
    region: usize,
    household: HouseholdName,
    replication: u32,
) -> Problem {
    Problem::request(said!(
        "no household {} came in {} in replication {}\n\
         households are numbered from 0 in order of their coming: try a smaller number",
        household,
        scenario.regions[region].name,
        replication
    ))
}

fn bug(arguments: &TraceArguments, failure: &PassFailure) -> Problem {
    Problem::bug(failure, &again(arguments))
}

/// The command itself.
fn again(arguments: &TraceArguments) -> String {
    let number = arguments.find.as_ref().map(|_| arguments.number);
    let options = [
        ("region", arguments.region.clone()),
        (
            "household",
            arguments.household.map(|name| name.to_string()),
        ),
        ("find", arguments.find.clone()),
        ("number", number.map(|number| number.to_string())),
        (
            "forms",
            arguments.forms.as_ref().map(|forms| forms.join(",")),
        ),
        ("replication", Some(arguments.replication.to_string())),
        ("seed", arguments.seed.map(|seed| seed.to_string())),
    ];
    let options = options.into_iter().chain(arguments.setting.options());
    command("trace", &arguments.file, &options.collect::<Vec<_>>())
}

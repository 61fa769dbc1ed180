//! `rvtsim trace`.

use super::progress::Display;
use super::setting::{Other, one_of};
use super::terminal::{command, has_color, note, say, width};
use super::tongue::tongue;
use super::{Problem, TraceArguments};
use crate::experiment::{self, Lives, PassFailure};
use crate::model::{Condition, HouseholdName};
use crate::report::{self, Layout};
use crate::scenario::{self, Changes, Diagnostics, Scenario, said};

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
    let lives = experiment::follow(&scenario, &cases, region, household, replication)
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
    let finding = experiment::search(scenario, conditions, wanted, replication, &Display::new())
        .map_err(|error| Problem::of_run(&error, |_| again(arguments)))?;
    let numbers = (number, replication);
    let page = report::finding(scenario, conditions, &finding, numbers, arguments.lang);
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
    report::story(scenario, lives, layout, arguments.lang)
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

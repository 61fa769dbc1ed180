//! Whose hours are where, as a table: what was found where hours are divided by work.

use super::column::{Column, FORM, REGION, TEAM, column};
use super::table::Row;
use crate::experiment::{Outcome, TEAM_FIGURES};
use crate::model::Scale;
use crate::report::words::number::significant;
use crate::scenario::Scenario;

/// Columns of staffing.csv.
pub(crate) const COLUMNS: &[Column] = &[
    FORM,
    REGION,
    TEAM,
    column(
        "division",
        "",
        "How hours are divided over the form's teams: by_work, or as_assigned by the shares of today's organisations.",
        "verdeling van uren",
    ),
    column(
        "offered_hours_per_week",
        "hours",
        "Hours a week that the team would be busy if nobody waited, found in a pass of its own with plenty of staff; empty where hours are not divided by work.",
        "werk in uren per week",
    ),
    column(
        "planned_hours_per_week",
        "hours",
        "Hours a week that it was given, vacancies counted as they are on average; empty where hours are not divided by work.",
        "toegedeelde uren per week",
    ),
    column(
        "people",
        "count",
        "Professionals that it was given; empty where hours are not divided by work.",
        "professionals",
    ),
    column(
        "planned_load_percent",
        "percent",
        "The work as a share of the hours that it was given.",
        "voorziene belasting (%)",
    ),
    column(
        "load_percent",
        "percent",
        "Hours reserved as a share of hours available in the measured part, mean over replications.",
        "belasting (%)",
    ),
    column(
        "available_hours_per_week",
        "hours",
        "Hours a week that its professionals had for families in the measured part, mean over replications.",
        "beschikbare uren per week",
    ),
    column(
        "beta",
        "",
        "Professionals above the work, in square roots of the work by pool: one number for all teams of a form in a region; empty where there were fewer hours than work, and for all regions together.",
        "ruimte boven het werk (bèta)",
    ),
];

/// Rows of staffing.csv: every team in the chain, in every region and in all together.
pub(crate) fn rows<'a>(
    scenario: &'a Scenario,
    outcome: &'a Outcome,
) -> impl Iterator<Item = Row> + 'a {
    let figure = |key: &str| {
        let row = TEAM_FIGURES.iter().position(|figure| figure.key == key);
        row.expect("a figure of a team")
    };
    let (load, available) = (figure("load_percent"), figure("available_hours_per_week"));
    let places = 0..outcome.places().len();
    let cases = 0..scenario.cases.len();
    let spots = cases.flat_map(move |case| places.clone().map(move |place| (case, place)));
    spots.flat_map(move |(case, place)| {
        let one = &scenario.cases[case];
        let teams = one.form.teams.iter().enumerate();
        let staffed = teams.filter(|(_, team)| team.scale != Scale::External);
        staffed.map(move |(number, team)| {
            let plan = outcome.team_plan(case, place, number);
            let means = outcome.team_means(case, place, number);
            let percent = plan.map(|plan| 100.0 * plan.offered_hours / plan.hours);
            vec![
                one.form.key.clone(),
                outcome.places()[place].clone(),
                team.key.clone(),
                one.division.key().to_owned(),
                significant(plan.map(|plan| plan.offered_hours)),
                significant(plan.map(|plan| plan.hours)),
                plan.map_or(String::new(), |plan| plan.n_people.to_string()),
                significant(percent.filter(|one| one.is_finite())),
                significant(means[load]),
                significant(means[available]),
                significant(outcome.plan(case, place).and_then(|plan| plan.beta)),
            ]
        })
    })
}

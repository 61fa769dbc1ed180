//! Whose hours are where, as a table: what was found where hours are divided by work.

use super::column::{FORM, REGION, TEAM};
use super::row::record;
use crate::experiment::{Outcome, TEAM_FIGURES};
use crate::model::Scale;
use crate::scenario::Scenario;

record! {
    /// A row of staffing.csv.
    pub(crate) struct StaffingRow<'a> in "staffing" {
        form: &'a str = FORM;
        region: &'a str = REGION;
        team: &'a str = TEAM;
        /// How hours are divided over the form's teams: by_work, or as_assigned by the shares of today's organisations.
        division: &'a str = ("", "verdeling van uren");
        /// Hours a week that the team would be busy if nobody waited, found in a pass of its own with plenty of staff; empty where hours are not divided by work.
        offered_hours_per_week: Option<f64> = ("hours", "werk in uren per week");
        /// Hours a week that it was given, vacancies counted as they are on average; empty where hours are not divided by work.
        planned_hours_per_week: Option<f64> = ("hours", "toegedeelde uren per week");
        /// Professionals that it was given; empty where hours are not divided by work.
        people: Option<u32> = ("count", "professionals");
        /// The work as a share of the hours that it was given.
        planned_load_percent: Option<f64> = ("percent", "voorziene belasting (%)");
        /// Hours reserved as a share of hours available in the measured part, mean over replications.
        load_percent: Option<f64> = ("percent", "belasting (%)");
        /// Hours a week that its professionals had for families in the measured part, mean over replications.
        available_hours_per_week: Option<f64> = ("hours", "beschikbare uren per week");
        /// Professionals above the work, in square roots of the work by pool: one number for all teams of a form in a region; empty where there were fewer hours than work, and for all regions together.
        beta: Option<f64> = ("", "ruimte boven het werk (bèta)");
    }
}

/// Rows of staffing.csv: every team in the chain, in every region and in all together.
pub(crate) fn rows<'a>(
    scenario: &'a Scenario,
    outcome: &'a Outcome,
) -> impl Iterator<Item = StaffingRow<'a>> + 'a {
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
            StaffingRow {
                form: &one.form.key,
                region: &outcome.places()[place],
                team: &team.key,
                division: one.division.key(),
                offered_hours_per_week: plan.map(|plan| plan.offered_hours),
                planned_hours_per_week: plan.map(|plan| plan.hours),
                people: plan.map(|plan| plan.n_people),
                planned_load_percent: plan.map(|plan| 100.0 * plan.offered_hours / plan.hours),
                load_percent: means[load],
                available_hours_per_week: means[available],
                beta: outcome.plan(case, place).and_then(|plan| plan.beta),
            }
        })
    })
}

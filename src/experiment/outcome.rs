//! What all passes have brought, each in its place.

use std::sync::Arc;

use super::change_over::{JUDGED, judged};
use super::design::{Design, PassKey};
use super::queue::QUEUE_FIGURES;
use super::team::TEAM_FIGURES;
use crate::engine::MINUTES_PER_DAY;
use crate::model::{
    Flows, KPIS, Observations, Plan, Quantity, Quarter, ReadingObservations, Route, Scale, Team,
    TeamObservations, TeamPlan,
};
use crate::scenario::Case;

/// Veiligheidsregio's in the country.
const N_REGIONS_OF_THE_COUNTRY: usize = 25;

/// What one form showed in one place in one replication.
#[derive(Clone, PartialEq, Debug)]
pub struct Sample {
    /// Values by the number of the row in [`KPIS`]; `None` where nothing was
    /// observed that the KPI could be about.
    pub kpis: Vec<Option<f64>>,
    /// Teams, in the order of the form.
    pub teams: Vec<TeamSample>,
    /// Queues by [`Function`](crate::model::Function) number, each with values by the number of the row in [`QUEUE_FIGURES`].
    pub queues: Vec<Vec<Option<f64>>>,
    /// Closed cases a year, by [`Route`] number.
    pub routes: [f64; Route::ALL.len()],
    /// Share of families in each class of a quantity or a later one, by [`Quantity`] number.
    pub shares: [Option<Vec<f64>>; Quantity::COUNT],
    /// From which step to which families went.
    pub flows: Flows,
    /// By quarter of the run, its warm-up included, what a change-over is judged by ([`JUDGED`]).
    pub(crate) judged: Vec<[Option<f64>; JUDGED.len()]>,
    /// Length of what was measured \[years\].
    pub years: f64,
    /// Events handled.
    pub n_events: u64,
    /// Readings of the proeftuin monitor, where the scenario asks for them.
    pub readings: Vec<ReadingObservations>,
}

/// What one team showed in one place in one replication.
#[derive(Clone, PartialEq, Debug)]
pub struct TeamSample {
    /// Values by the number of the row in [`TEAM_FIGURES`].
    pub figures: Vec<Option<f64>>,
    /// Time spent waiting in the queue \[family-days\].
    pub waiting_days: f64,
    /// Of that, as far as one can tell, by families whose wait ended, one way or another \[family-days\].
    pub waited_days: f64,
}

impl Sample {
    /// The values that follow from observations.
    pub fn of(seen: &Observations, n_events: u64) -> Self {
        let team = |team| TeamSample::of(team, seen.years);
        let queue = |queue| {
            let value = |figure: &super::queue::QueueFigure| figure.value(queue, seen.years);
            QUEUE_FIGURES.iter().map(value).collect()
        };
        Sample {
            kpis: KPIS.iter().map(|kpi| kpi.value(seen)).collect(),
            teams: seen.teams.iter().map(team).collect(),
            queues: seen.queues.iter().map(queue).collect(),
            routes: seen.routes.map(|n| n as f64 / seen.years),
            shares: Quantity::ALL.map(|quantity| seen.shares_from(quantity)),
            flows: seen.flows.clone(),
            judged: seen.quarters.iter().map(judged).collect(),
            years: seen.years,
            n_events,
            readings: seen.readings.clone(),
        }
    }
}

/// What all regions of one form's replication showed together.
pub(crate) struct Whole {
    sample: Sample,
    quarters: Vec<Quarter>,
}

impl Whole {
    /// What follows from the observations of all regions.
    pub(crate) fn of(seen: Observations) -> Self {
        Whole {
            sample: Sample::of(&seen, 0),
            quarters: seen.quarters,
        }
    }
}

/// How far each team of a form can stretch its hours, as a factor of them.
fn stretch_of(case: &Case) -> Vec<f64> {
    let teams = case.form.teams.iter();
    let stretch = |team: &Team| match team.scale {
        Scale::External => 1.0,
        _ => case.parameters.staff.urgent_limit.max(1.0),
    };
    teams.map(stretch).collect()
}

impl TeamSample {
    fn of(team: &TeamObservations, years: f64) -> Self {
        let value = |figure: &super::team::TeamFigure| figure.value(team, years);
        TeamSample {
            figures: TEAM_FIGURES.iter().map(value).collect(),
            waiting_days: team.waiting_days,
            waited_days: team.waited_minutes as f64 / f64::from(MINUTES_PER_DAY),
        }
    }
}

/// Everything that a run has brought.
///
/// A place is a region, by its number in the scenario, or all regions
/// together: [`Outcome::merged`].
#[derive(Clone, PartialEq, Debug)]
pub struct Outcome {
    places: Vec<String>,
    n_replications: u32,
    /// In how many worlds the replications ran, one after another and then from the first again; none if all ran in that of
    /// the values as they are given.
    pub(crate) n_worlds: usize,
    /// By form, replication and place.
    pub(super) samples: Vec<Sample>,
    /// By form and replication, all regions together.
    quarters: Vec<Vec<Quarter>>,
    /// By form and team: how far hours can be stretched, as a factor of them.
    pub(crate) stretch: Vec<Vec<f64>>,
    /// By form and region: hours divided by work, where they are.
    plans: Vec<Option<Arc<Plan>>>,
    /// By form and place: whether every queue is at rest.
    pub(crate) at_rest: Vec<bool>,
}

impl Outcome {
    /// Puts samples, which come in any order, in their places.
    pub(crate) fn new(
        design: &Design,
        mut samples: Vec<(PassKey, Sample)>,
        merged: impl Iterator<Item = Option<Whole>>,
    ) -> Self {
        let scenario = design.scenario();
        let n_regions = scenario.regions.len();
        let is_country = n_regions == N_REGIONS_OF_THE_COUNTRY;
        let regions = scenario.regions.iter().map(|region| region.name.clone());
        let together = if is_country { "NL" } else { "totaal" };
        samples.sort_by_key(|(key, _)| (design.group_of(*key), key.region));
        let mut passes = samples.into_iter().map(|(_, sample)| sample);
        let mut placed = Vec::with_capacity(design.n_passes() + design.n_groups());
        let mut quarters = Vec::with_capacity(design.n_groups());
        for all in merged.flatten() {
            let first = placed.len();
            placed.extend(passes.by_ref().take(n_regions));
            let n_events = placed[first..].iter().map(|one: &Sample| one.n_events);
            let n_events = n_events.sum();
            placed.push(Sample {
                n_events,
                ..all.sample
            });
            quarters.push(all.quarters);
        }
        let mut outcome = Outcome {
            places: regions.chain([together.to_owned()]).collect(),
            n_replications: scenario.replications,
            n_worlds: scenario.cases[0].worlds.len(),
            samples: placed,
            quarters,
            stretch: scenario.cases.iter().map(stretch_of).collect(),
            plans: (0..scenario.cases.len())
                .flat_map(|case| (0..n_regions).map(move |region| design.plan_of(case, region)))
                .collect(),
            at_rest: Vec::new(),
        };
        let sizes = scenario.regions.iter();
        let sizes: Vec<f64> = sizes.map(|region| region.meldingen_per_year).collect();
        outcome.at_rest = outcome.rest_of_all(&sizes);
        outcome
    }

    /// Names of the places: every region, and last all together, which is `NL`
    /// only if no region is left out.
    pub fn places(&self) -> &[String] {
        &self.places
    }

    /// The place that is all regions together.
    pub fn merged(&self) -> usize {
        self.places.len() - 1
    }

    /// The number of replications.
    pub fn n_replications(&self) -> u32 {
        self.n_replications
    }

    /// The number of forms.
    pub fn n_cases(&self) -> usize {
        self.samples.len() / self.places.len() / self.n_replications as usize
    }

    /// What a form showed in a place, by replication.
    pub fn samples(&self, case: usize, place: usize) -> impl Iterator<Item = &Sample> {
        (1..=self.n_replications).map(move |replication| self.sample(case, replication, place))
    }

    /// What a form showed in a place in one replication.
    ///
    /// # Panics
    ///
    /// When there is no such form, replication or place in the run.
    pub fn sample(&self, case: usize, replication: u32, place: usize) -> &Sample {
        assert!(place < self.places.len(), "a place of the run");
        let group = case * self.n_replications as usize + (replication - 1) as usize;
        &self.samples[group * self.places.len() + place]
    }

    /// What a form showed in every quarter of a replication, all regions together.
    pub(crate) fn quarters(&self, case: usize, replication: u32) -> &[Quarter] {
        &self.quarters[case * self.n_replications as usize + (replication - 1) as usize]
    }

    /// By which plan a form's hours are divided in a region; `None` where they are not divided by work, and for all
    /// regions together.
    pub fn plan(&self, case: usize, place: usize) -> Option<&Plan> {
        let n_regions = self.merged();
        let plan = (place < n_regions).then(|| &self.plans[case * n_regions + place])?;
        plan.as_deref()
    }

    /// What was planned for a team of a form in a place; of all regions together the sum.
    pub fn team_plan(&self, case: usize, place: usize, team: usize) -> Option<TeamPlan> {
        let of_region = |region: usize| self.plan(case, region)?.teams[team];
        if place < self.merged() {
            return of_region(place);
        }
        let plans: Option<Vec<TeamPlan>> = (0..self.merged()).map(of_region).collect();
        plans?.into_iter().reduce(|sum, one| TeamPlan {
            offered_hours: sum.offered_hours + one.offered_hours,
            hours: sum.hours + one.hours,
            n_people: sum.n_people + one.n_people,
        })
    }

    /// Whole quarters in the run, its warm-up included.
    pub fn n_quarters(&self) -> usize {
        self.quarters.first().map_or(0, Vec::len)
    }

    /// Events handled in the whole run.
    pub fn n_events(&self) -> u64 {
        let all = self.samples.iter().skip(self.merged());
        all.step_by(self.places.len())
            .map(|sample| sample.n_events)
            .sum()
    }
}

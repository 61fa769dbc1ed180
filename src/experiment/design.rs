//! Which passes a scenario asks for, and in which order they start.

use super::staffing::{self, Plans};
use crate::model::{Change, FixedRoute, Form, Local, Setting, Structure, structure};
use crate::scenario::{Case, Moment, Scenario, chance_of_law};

/// One pass: a form through one replication in one region.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct PassKey {
    /// Index in [`Scenario::cases`].
    pub case: usize,
    /// Place of the replication among those of the design, from 1.
    pub replication: u32,
    /// Index in [`Scenario::regions`].
    pub region: usize,
    /// Place of the region among all of them, the largest first.
    pub rank: usize,
}

/// Every pass of a scenario.
#[derive(Clone, Debug)]
pub struct Design<'a> {
    scenario: &'a Scenario,
    /// Replications that come before those of the design.
    n_before: u32,
    /// Indices of the regions, the largest first.
    largest_first: Vec<usize>,
    /// Hours that are divided by work, as far as they were asked for.
    plans: Plans,
}

impl<'a> Design<'a> {
    /// The design of a scenario: every form in every replication and region.
    pub fn new(scenario: &'a Scenario) -> Self {
        let size = |&region: &usize| scenario.regions[region].meldingen_per_year;
        let mut largest_first: Vec<usize> = (0..scenario.regions.len()).collect();
        // Stable: regions of one size stay in the order of the scenario.
        largest_first.sort_by(|a, b| size(b).total_cmp(&size(a)));
        Design {
            scenario,
            n_before: 0,
            largest_first,
            plans: Plans::default(),
        }
    }

    /// The same for as many replications, those that come after the first `n_before`.
    pub fn after(self, n_before: u32) -> Self {
        Design { n_before, ..self }
    }

    /// The region with the most meldingen.
    pub fn largest_region(&self) -> usize {
        self.largest_first[0]
    }

    /// The number of a pass's replication, from 1: by it its families and their chance are known.
    pub fn replication_of(&self, key: PassKey) -> u32 {
        self.n_before + key.replication
    }

    /// The scenario that it is the design of.
    pub fn scenario(&self) -> &'a Scenario {
        self.scenario
    }

    /// The number of passes that are measured.
    pub fn n_passes(&self) -> usize {
        self.n_groups() * self.largest_first.len()
    }

    /// The number of passes in which only the work is found that hours are divided by.
    pub fn n_pilots(&self) -> usize {
        self.n_pilots_of_region() * self.largest_first.len()
    }

    fn n_pilots_of_region(&self) -> usize {
        staffing::n_pilots(self.scenario)
    }

    /// Hours that are divided by work, as far as they were asked for.
    pub(crate) fn plans(&self) -> &Plans {
        &self.plans
    }

    /// The number of passes that are merged into one country, or less than one.
    pub fn n_groups(&self) -> usize {
        self.scenario.cases.len() * self.scenario.replications as usize
    }

    /// The group to which a pass belongs: all regions of a form's replication.
    pub fn group_of(&self, key: PassKey) -> usize {
        key.case * self.scenario.replications as usize + (key.replication - 1) as usize
    }

    /// Every pass, the longest first, so that no thread is left with a large
    /// region when the others have finished (longest processing time first;
    /// R. L. Graham, SIAM Journal on Applied Mathematics 17 (1969)).
    ///
    /// The length of a pass is taken to go with its region's meldingen.
    pub fn in_starting_order(&self) -> impl Iterator<Item = PassKey> + '_ {
        let replications = 1..=self.scenario.replications;
        let places = self.largest_first.iter().copied().enumerate();
        places.flat_map(move |(rank, region)| {
            replications.clone().flat_map(move |replication| {
                (0..self.scenario.cases.len()).map(move |case| PassKey {
                    case,
                    replication,
                    region,
                    rank,
                })
            })
        })
    }

    /// How much work a pass is, in a measure that only serves to compare
    /// \[meldingen a year\].
    pub fn work_of(&self, key: PassKey) -> u64 {
        work_of(self.scenario, key.region)
    }

    /// How much work all passes are \[meldingen a year\].
    pub fn total_work(&self) -> u64 {
        let regions = 0..self.scenario.regions.len();
        let once: u64 = regions.map(|region| work_of(self.scenario, region)).sum();
        once * (self.n_groups() + self.n_pilots_of_region()) as u64
    }

    /// The passes in their order, those together that share a past: in a scenario with paths all forms of one
    /// replication in one region, the one first that changes first.
    pub fn by_past(&self) -> impl Iterator<Item = Vec<PassKey>> + '_ {
        let cases = &self.scenario.cases;
        let has_paths = cases.iter().any(|case| case.course.is_some());
        let n_together = if has_paths { cases.len() } else { 1 };
        let mut passes = self.in_starting_order();
        std::iter::from_fn(move || {
            let mut together: Vec<PassKey> = passes.by_ref().take(n_together).collect();
            together.sort_by_key(|key| {
                let case = &cases[key.case];
                let stages = case.stages_in(key.region, Some(self.chance_of_law(*key)));
                let change = stages.first().map(|(moment, _)| moment.day);
                (&case.start().key, change.unwrap_or(u32::MAX), key.case)
            });
            (!together.is_empty()).then_some(together)
        })
    }

    /// What the model is given for a pass, with the hours of its teams as they are assigned.
    pub fn unstaffed(&self, key: PassKey) -> Setting {
        let case = &self.scenario.cases[key.case];
        let replication = self.replication_of(key);
        Setting {
            form: case.start().clone(),
            parameters: *case.parameters_in(replication),
            region: self.scenario.regions[key.region].clone(),
            period: self.scenario.period,
            roster: None,
            changes: changes(case, key.region, replication, self.chance_of_law(key)),
            local: Vec::new(),
            counted: (self.scenario.counted.as_ref())
                .map(|counted| counted.places[key.region].clone()),
            readings: self
                .scenario
                .monitor
                .as_ref()
                .map(|monitor| monitor.readings(&self.scenario.period))
                .unwrap_or_default(),
        }
    }

    /// The number between 0 and 1 by which the laws of a pass's replication come.
    fn chance_of_law(&self, key: PassKey) -> f64 {
        chance_of_law(self.scenario.seed, self.replication_of(key))
    }

    /// What a form costs a family on each of the fixed routes, with the values of a case.
    pub fn structure(&self, case: usize, form: &Form) -> [Structure; FixedRoute::ALL.len()] {
        let key = PassKey {
            case,
            replication: 1,
            region: 0,
            rank: 0,
        };
        let mut setting = self.unstaffed(key).unchanged();
        setting.form = form.clone();
        FixedRoute::ALL.map(|route| structure(setting.clone(), route))
    }
}

/// The forms that come into force in a region. One that does in places of it leaves the region's own where it is, and
/// one that does in all of it ends those of its places.
fn changes(case: &Case, region: usize, replication: u32, chance_of_law: f64) -> Vec<Change> {
    let mut changes: Vec<Change> = Vec::new();
    let mut in_force = Change {
        day: 0,
        form: case.start().clone(),
        parameters: *case.parameters_in(replication),
        local: Vec::new(),
        roster: None,
        n_before: 0,
    };
    for (moment, stage) in case.stages_in(region, Some(chance_of_law)) {
        let Moment {
            day,
            n_before,
            places,
        } = moment;
        (in_force.day, in_force.n_before) = (day, n_before);
        in_force
            .local
            .retain(|one| !places.is_empty() && !places.contains(&one.place));
        if places.is_empty() {
            in_force.form = stage.form.clone();
            in_force.parameters = *stage.parameters_in(replication);
        } else if stage.form.key != in_force.form.key {
            let form = &stage.form;
            let local = places.into_iter().map(|place| Local {
                place,
                form: form.clone(),
            });
            in_force.local.extend(local);
        }
        // What comes into force on one day is one change.
        changes.retain(|before| before.day != day);
        changes.push(in_force.clone());
    }
    changes
}

fn work_of(scenario: &Scenario, region: usize) -> u64 {
    scenario.regions[region].meldingen_per_year.max(1.0) as u64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::fixture::scenario;

    #[test]
    fn the_largest_region_starts_first_and_every_pass_starts_once() {
        let scenario = scenario(2);
        let design = Design::new(&scenario);
        let order: Vec<PassKey> = design.in_starting_order().collect();
        assert_eq!(order.len(), design.n_passes());
        let sizes: Vec<f64> = order
            .iter()
            .map(|key| scenario.regions[key.region].meldingen_per_year)
            .collect();
        assert!(sizes.is_sorted_by(|one, next| one >= next), "{sizes:?}");
        // Gooi en Vechtstreek comes before Zeeland by number, after it by size.
        assert_eq!(scenario.regions[0].name, "Gooi en Vechtstreek");
        assert_eq!((order[0].region, order[0].rank), (1, 0));
        let mut places: Vec<_> = order
            .iter()
            .map(|&key| (design.group_of(key), key.region))
            .collect();
        places.sort_unstable();
        places.dedup();
        assert_eq!(places.len(), design.n_passes());
        let work: u64 = order.iter().map(|&key| design.work_of(key)).sum();
        assert_eq!(work, design.total_work());
    }
}

//! Finds a household whose life is like this, and says how many are.

use std::cmp::Ordering;

use super::life::facts_of_measured;
use crate::experiment::executor::Executor;
use crate::experiment::{Design, PassKey, Progress, RunError, Watcher};
use crate::model::{Answer, Condition, Facts, HouseholdName};
use crate::scenario::Scenario;

/// What a search found among the households that came for the first time while
/// it was measured, in all regions of the scenario, under the baseline.
#[derive(Clone, PartialEq, Debug)]
pub struct Finding {
    /// Households looked at.
    pub n_looked: usize,
    /// Of these, those that fit every condition.
    pub n_fitting: usize,
    /// The most conditions that any of them fits, and how many fit so many.
    pub most: (usize, usize),
    /// Of these, those that fit each condition, whatever the others say.
    pub n_alone: Vec<usize>,
    /// Of these, those that fit all conditions but this one.
    pub n_without: Vec<usize>,
    /// The least and the most of what each condition asks; `None` where it asks for a word.
    pub ranges: Vec<Option<(f64, f64)>>,
    /// The first that fit, up to the number asked for: by region, then by their
    /// coming. Region as an index in [`Scenario::regions`].
    pub found: Vec<(usize, HouseholdName)>,
}

/// Looks for households whose life under the baseline fits all conditions, and
/// names the first `n_wanted` of them.
///
/// # Errors
///
/// When an assertion fails in a pass, or there are no threads to be had.
pub fn search(
    scenario: &Scenario,
    conditions: &[Condition],
    n_wanted: usize,
    replication: u32,
    watcher: &dyn Watcher,
) -> Result<Finding, RunError> {
    let design = Design::new(scenario);
    let keys = || {
        design
            .in_starting_order()
            .filter(|key| key.case == scenario.baseline && key.replication == 1)
            .map(|key| PassKey { replication, ..key })
    };
    let executor = Executor::new(None)?;
    watcher.tell(Progress::Planned {
        n_passes: keys().count(),
        work: keys().map(|key| design.work_of(key)).sum(),
        n_threads: executor.n_threads(),
    });
    let look = |key: PassKey| -> Result<(usize, Finding), RunError> {
        let (facts, n_events) = facts_of_measured(&design, key)?;
        let mut finding = Finding::none(conditions);
        for life in &facts {
            finding.look_at(life, conditions, n_wanted, key.region);
        }
        watcher.tell(Progress::PassMade {
            work: design.work_of(key),
            n_events,
        });
        Ok((key.region, finding))
    };
    let findings = executor.make_all(keys(), look);
    watcher.tell(Progress::Ended);
    let mut findings = findings?;
    findings.sort_by_key(|&(region, _)| region);
    let mut all = Finding::none(conditions);
    for (_, finding) in findings {
        all.add(finding);
    }
    all.found.truncate(n_wanted);
    Ok(all)
}

impl Finding {
    fn none(conditions: &[Condition]) -> Self {
        let nothing_yet = (f64::INFINITY, f64::NEG_INFINITY);
        let is_number = |one: &Condition| matches!(one.question.answer, Answer::Number { .. });
        Finding {
            n_looked: 0,
            n_fitting: 0,
            most: (0, 0),
            n_alone: vec![0; conditions.len()],
            n_without: vec![0; conditions.len()],
            ranges: conditions
                .iter()
                .map(|one| is_number(one).then_some(nothing_yet))
                .collect(),
            found: Vec::new(),
        }
    }

    fn look_at(&mut self, life: &Facts, conditions: &[Condition], n_wanted: usize, region: usize) {
        let fits: Vec<bool> = conditions.iter().map(|one| one.fits(life)).collect();
        let n_fits = fits.iter().filter(|&&fits| fits).count();
        let n_faults = fits.len() - n_fits;
        self.n_looked += 1;
        self.n_fitting += usize::from(n_faults == 0);
        self.add_most((n_fits, 1));
        for (number, &fits) in fits.iter().enumerate() {
            self.n_alone[number] += usize::from(fits);
            self.n_without[number] += usize::from(n_faults == usize::from(!fits));
            if let (Answer::Number { of, .. }, Some((least, most))) = (
                &conditions[number].question.answer,
                &mut self.ranges[number],
            ) {
                let value = of(life);
                (*least, *most) = (least.min(value), most.max(value));
            }
        }
        if n_faults == 0 && self.found.len() < n_wanted {
            self.found.push((region, life.family.name));
        }
    }

    fn add_most(&mut self, (n_fits, n): (usize, usize)) {
        self.most = match n_fits.cmp(&self.most.0) {
            Ordering::Less => self.most,
            Ordering::Equal => (n_fits, self.most.1 + n),
            Ordering::Greater => (n_fits, n),
        };
    }

    fn add(&mut self, other: Finding) {
        self.n_looked += other.n_looked;
        self.n_fitting += other.n_fitting;
        self.add_most(other.most);
        for (sum, more) in self.n_alone.iter_mut().zip(other.n_alone) {
            *sum += more;
        }
        for (sum, more) in self.n_without.iter_mut().zip(other.n_without) {
            *sum += more;
        }
        for (range, more) in self.ranges.iter_mut().zip(other.ranges) {
            if let (Some(range), Some(more)) = (range, more) {
                *range = (range.0.min(more.0), range.1.max(more.1));
            }
        }
        self.found.extend(other.found);
    }
}

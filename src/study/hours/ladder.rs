//! How many hours each form needs for a service that is asked for.
//!
//! The scenario is run with less and with more of today's staff, on a ladder of factors that are the same for every
//! organisation, with the same families and chance on every rung. A form needs the least hours at which its queues are at
//! rest and every target is met.
//!
//! Service rises with hours but for chance, so the course of each KPI along the ladder is first replaced by the nearest one
//! that does so ([`rising`](crate::stats::rising)); between the last rung on which a target is missed and the first on which it is met hours are
//! taken in proportion. Rungs on which a queue grows without end are left out, with those below them: what is seen there depends
//! on how long the run is, and rest is either there or not. Where rest decides, the rung itself is the answer.
//!
//! The answer follows from the means over replications, as people read them in a table. How far it may be off follows from
//! the answers of the single replications, which have the rungs at rest in common: in one world the answer ± t · s / √n, in
//! as many worlds as replications the interval in which one more world's answer lies. An end that lies beyond the ladder is
//! not there.

use std::iter::once;

use super::need::{Course, Need};
use crate::experiment::{CONFIDENCE, Cost, Outcome, RunError};
use crate::model::{Roster, hours_per_fte};
use crate::scenario::{Case, Doubt, Scenario, ServiceTarget};
use crate::stats::{Estimate, of_each};

/// The ladder, unless another is asked for: times today's hours.
pub const FACTORS: [f64; 8] = [0.9, 0.95, 1.0, 1.05, 1.1, 1.2, 1.3, 1.5];

/// Which hours are tried, and for which service.
#[derive(Clone, PartialEq, Debug)]
pub struct Ladder<'a> {
    scenario: &'a Scenario,
    targets: Vec<ServiceTarget>,
    factors: Vec<f64>,
}

/// What a service costs in hours.
#[derive(Clone, PartialEq, Debug)]
pub struct Hours {
    /// What is asked for.
    pub targets: Vec<ServiceTarget>,
    /// What an fte costs in a year \[euros\], if that was said.
    pub euros_per_fte: Option<f64>,
    /// By form.
    pub forms: Vec<FormHours>,
}

/// What it costs under one form, all regions together.
#[derive(Clone, PartialEq, Debug)]
pub struct FormHours {
    /// What was seen, with the fewest hours first.
    pub rungs: Vec<Rung>,
    /// What it needs.
    pub need: Need,
    /// Hours a week for families today, vacancies not taken off.
    pub hours_today: f64,
    /// The fte that have them.
    pub fte_today: f64,
    /// Hours a week that it needs; none where that is beyond the ladder.
    pub hours: Option<Amount>,
    /// Fte that it needs.
    pub fte: Option<Amount>,
    /// Hours a week that it needs more than the baseline.
    pub more_hours: Option<Amount>,
    /// Fte that it needs more than the baseline.
    pub more_fte: Option<Amount>,
    /// Replications.
    pub n: usize,
    /// Those of which the own answer lies on the ladder.
    pub n_within: usize,
}

/// What was seen with so many hours.
#[derive(Clone, PartialEq, Debug)]
pub struct Rung {
    /// Times today's hours.
    pub factor: f64,
    /// Whether every queue came to rest.
    pub is_at_rest: bool,
    /// By target.
    pub services: Vec<Service>,
}

/// A targeted KPI with so many hours.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Service {
    /// As it was seen.
    pub estimate: Option<Estimate>,
    /// On the course that never falls; none where that does not stand.
    pub fitted: Option<f64>,
}

/// A number with its interval of 95 %, as far as that is known.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Amount {
    /// The number.
    pub value: f64,
    /// Lower end of the interval.
    pub low: Option<f64>,
    /// Upper end of the interval.
    pub high: Option<f64>,
}

impl<'a> Ladder<'a> {
    /// A ladder of factors in any order, all above nought.
    ///
    /// # Panics
    ///
    /// When there are none.
    pub fn new(scenario: &'a Scenario, targets: Vec<ServiceTarget>, mut factors: Vec<f64>) -> Self {
        assert!(!factors.is_empty(), "a ladder has a rung");
        factors.sort_by(f64::total_cmp);
        factors.dedup();
        Ladder {
            scenario,
            targets,
            factors,
        }
    }

    /// The number of runs: today's hours too, if they are not on it.
    pub fn n_runs(&self) -> usize {
        1 + self.others().count()
    }

    /// What the runs will take.
    pub fn cost(&self, n_threads: usize) -> Cost {
        let others = self.others().map(|factor| self.at(factor));
        let runs = once(self.scenario.clone()).chain(others);
        Cost::of_runs(runs, n_threads).expect("today's hours are run")
    }

    fn others(&self) -> impl Iterator<Item = f64> {
        self.factors.iter().copied().filter(|&factor| factor != 1.0)
    }

    /// The scenario with so many times today's hours.
    fn at(&self, factor: f64) -> Scenario {
        let cases = self.scenario.cases.iter();
        Scenario {
            cases: cases.map(|case| case.with_staff(factor)).collect(),
            ..self.scenario.clone()
        }
    }

    /// Runs every rung, and says what each form needs; and what came out with today's hours.
    ///
    /// # Errors
    ///
    /// What `run` says.
    pub fn run(
        &self,
        run: impl Fn(&Scenario) -> Result<Outcome, RunError>,
    ) -> Result<(Hours, Outcome), RunError> {
        let today = run(self.scenario)?;
        let seen = |factor: &f64| -> Result<Vec<Seen>, RunError> {
            match *factor == 1.0 {
                true => Ok(self.seen(&today)),
                false => Ok(self.seen(&run(&self.at(*factor))?)),
            }
        };
        let rungs: Vec<Vec<Seen>> = self.factors.iter().map(seen).collect::<Result<_, _>>()?;
        let forms = 0..self.scenario.cases.len();
        let answers: Vec<Answers> = forms
            .clone()
            .map(|form| self.answers(form, &rungs))
            .collect();
        let baseline = &answers[self.scenario.baseline];
        let form = |form: usize| self.form(&answers[form], baseline, form, &rungs);
        let hours = Hours {
            targets: self.targets.clone(),
            euros_per_fte: None,
            forms: forms.map(form).collect(),
        };
        Ok((hours, today))
    }

    /// What every form showed.
    fn seen(&self, outcome: &Outcome) -> Vec<Seen> {
        let place = outcome.merged();
        let of_form = |form: usize| Seen {
            is_at_rest: outcome.is_at_rest(form, place),
            estimates: (self.targets.iter())
                .map(|target| outcome.estimate(form, place, target.kpi))
                .collect(),
            values: (self.targets.iter())
                .map(|target| {
                    let samples = outcome.samples(form, place);
                    samples.map(|sample| sample.kpis[target.kpi]).collect()
                })
                .collect(),
        };
        (0..outcome.n_cases()).map(of_form).collect()
    }

    /// The course of what is left of every target, given its value on a rung.
    fn course(&self, rest: &[bool], value: impl Fn(usize, usize) -> Option<f64>) -> Course {
        let targets = self.targets.iter().enumerate();
        let margins = targets.map(|(number, target)| {
            let rungs = 0..self.factors.len();
            rungs
                .map(|rung| Some(target.margin(value(number, rung)?)))
                .collect()
        });
        Course::of(rest, &margins.collect::<Vec<_>>())
    }

    fn answers(&self, form: usize, rungs: &[Vec<Seen>]) -> Answers {
        let rest: Vec<bool> = rungs.iter().map(|rung| rung[form].is_at_rest).collect();
        let mean = |target: usize, rung: usize| {
            let estimate: Option<Estimate> = rungs[rung][form].estimates[target];
            estimate.map(|one| one.mean)
        };
        let course = self.course(&rest, mean);
        let need = course.need(&self.factors);
        let replications = 1..=self.scenario.replications;
        let of_one = |replication: u32| {
            let nth = (replication - 1) as usize;
            let value = |target: usize, rung: usize| rungs[rung][form].values[target][nth];
            self.course(&rest, value).need(&self.factors)
        };
        let today = |replication| today(&self.scenario.cases[form], self.scenario, replication);
        Answers {
            course,
            need,
            ends: [self.factors[0], self.factors[self.factors.len() - 1]],
            of_each: replications.clone().map(of_one).collect(),
            today: replications.map(today).collect(),
            has_worlds: self.scenario.doubt != Doubt::None,
        }
    }

    fn form(
        &self,
        own: &Answers,
        baseline: &Answers,
        form: usize,
        rungs: &[Vec<Seen>],
    ) -> FormHours {
        let is_baseline = form == self.scenario.baseline;
        let level = of_each(
            CONFIDENCE,
            self.scenario.cases.len().saturating_sub(1).max(1),
        );
        let more = |which| match is_baseline {
            true => None,
            false => own.more_than(baseline, which, level),
        };
        let rung = |(number, seen): (usize, &Vec<Seen>)| Rung {
            factor: self.factors[number],
            is_at_rest: seen[form].is_at_rest,
            services: (self.targets.iter().enumerate())
                .map(|(at, target)| Service {
                    estimate: seen[form].estimates[at],
                    fitted: (own.course.margin(at, number)).map(|margin| target.value_at(margin)),
                })
                .collect(),
        };
        FormHours {
            rungs: rungs.iter().enumerate().map(rung).collect(),
            need: own.need,
            hours_today: own.mean_today(HOURS),
            fte_today: own.mean_today(FTE),
            hours: own.amount(HOURS),
            fte: own.amount(FTE),
            more_hours: more(HOURS),
            more_fte: more(FTE),
            n: own.of_each.len(),
            n_within: own
                .of_each
                .iter()
                .filter(|need| need.factor().is_some())
                .count(),
        }
    }
}

/// What one form showed on one rung, all regions together.
struct Seen {
    is_at_rest: bool,
    /// By target.
    estimates: Vec<Option<Estimate>>,
    /// By target and replication.
    values: Vec<Vec<Option<f64>>>,
}

/// Hours a week and fte.
type Staff = [f64; 2];
const HOURS: usize = 0;
const FTE: usize = 1;

/// What a form has today in the world of a replication.
fn today(case: &Case, scenario: &Scenario, replication: u32) -> Staff {
    let parameters = case.parameters_in(replication);
    let regions = scenario.regions.iter();
    let hours: f64 = regions
        .map(|region| Roster::as_assigned(&case.form, parameters, region).hours())
        .sum();
    let fte = hours / hours_per_fte(parameters);
    [hours, if fte.is_finite() { fte } else { 0.0 }]
}

/// What follows for one form: from the means, and from every replication.
struct Answers {
    course: Course,
    need: Need,
    /// The lowest factor and the highest.
    ends: [f64; 2],
    of_each: Vec<Need>,
    today: Vec<Staff>,
    has_worlds: bool,
}

impl Answers {
    fn mean_today(&self, which: usize) -> f64 {
        let sum: f64 = self.today.iter().map(|staff| staff[which]).sum();
        sum / self.today.len() as f64
    }

    /// What is needed by every replication; at the end of the ladder where it lies beyond.
    fn values(&self, which: usize) -> Vec<f64> {
        let each = self.of_each.iter().zip(&self.today);
        let value = |(need, today): (&Need, &Staff)| {
            let factor = match need {
                Need::Below => self.ends[0],
                Need::Within(factor, _) => *factor,
                Need::Beyond(_) => self.ends[1],
            };
            factor * today[which]
        };
        each.map(value).collect()
    }

    /// What is needed.
    fn amount(&self, which: usize) -> Option<Amount> {
        let value = self.need.factor()? * self.mean_today(which);
        let amount = self.around(value, &self.values(which), CONFIDENCE);
        // So many answers lie outside the interval on either side; of a mean none is left out.
        let n = self.of_each.len() as f64;
        let outside = match self.has_worlds {
            true => (0.5 * (1.0 - CONFIDENCE) * (n + 1.0) + 1e-9)
                .floor()
                .max(1.0) as usize,
            false => 1,
        };
        let count = |is_it: fn(&Need) -> bool| self.of_each.iter().filter(|one| is_it(one)).count();
        let n_below = count(|need| matches!(need, Need::Below));
        let n_beyond = count(|need| matches!(need, Need::Beyond(_)));
        Some(Amount {
            low: amount.low.filter(|_| n_below < outside),
            high: amount.high.filter(|_| n_beyond < outside),
            ..amount
        })
    }

    /// What is needed more than another form needs; without an interval unless both know it in every replication.
    fn more_than(&self, other: &Answers, which: usize, level: f64) -> Option<Amount> {
        let value = self.amount(which)?.value - other.amount(which)?.value;
        let (here, there) = (self.values(which), other.values(which));
        let differences: Vec<f64> = here.iter().zip(there).map(|(a, b)| a - b).collect();
        let amount = self.around(value, &differences, level);
        let mut answers = self.of_each.iter().chain(&other.of_each);
        let is_known = answers.all(|need| need.factor().is_some());
        Some(Amount {
            low: amount.low.filter(|_| is_known),
            high: amount.high.filter(|_| is_known),
            ..amount
        })
    }

    /// A number with the interval of what every replication says of it.
    fn around(&self, value: f64, of_each: &[f64], level: f64) -> Amount {
        let (estimate, moved) = match self.has_worlds {
            true => (Estimate::of_next(of_each, CONFIDENCE), 0.0),
            false => {
                let estimate = Estimate::of(of_each, level);
                (estimate, estimate.map_or(0.0, |one| value - one.mean))
            }
        };
        let estimate = estimate.filter(Estimate::has_interval);
        Amount {
            value,
            low: estimate.map(|one| one.low + moved),
            high: estimate.map(|one| one.high + moved),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::need::Decider;
    use super::*;
    use crate::experiment::fixture::{handovers, on_threads, scenario};
    use crate::experiment::runner::run_with;
    use crate::model::{KPIS, Pass, Setting};

    /// Hours for so many handovers at most, given a model of them by form, factor and replication, and from which factor on
    /// there is rest.
    fn hours(
        at_most: f64,
        rest_from: f64,
        model: impl Fn(&str, f64, u32) -> f64 + Sync,
    ) -> (Scenario, Hours) {
        let scenario = scenario(3);
        let kpi = KPIS.iter().position(|kpi| kpi.key == "handovers_per_case");
        let target = ServiceTarget {
            kpi: kpi.unwrap(),
            is_at_least: false,
            bound: at_most,
        };
        let fte = scenario.cases[0].parameters.staff.fte_rvdk;
        let pass = |setting: &Setting, _: u64, replication: u32| -> Pass {
            let factor = setting.parameters.staff.fte_rvdk / fte;
            let mut pass = handovers(setting, model(&setting.form.key, factor, replication));
            let team = &mut pass.observations.teams[0];
            team.available_hours = 100.0;
            team.reserved_hours = if factor < rest_from { 990.0 } else { 50.0 };
            pass
        };
        let ladder = Ladder::new(&scenario, vec![target], FACTORS.to_vec());
        let run = |scenario: &Scenario| run_with(scenario, &on_threads(1), pass);
        let found = ladder.run(run).expect("the model does not fail").0;
        (scenario, found)
    }

    fn near(one: f64, other: f64) -> bool {
        (one - other).abs() < 1e-9 * other.abs().max(1.0)
    }

    #[test]
    fn hours_of_a_known_course_are_those_by_hand() {
        // 10 − 5 f, half a handover apart in each replication: 4.2 at 1.06, 1.16 and 1.26; one less under another form.
        let (scenario, found) = hours(4.2, 0.0, |form, factor, replication| {
            let more = if form == "v0_estafette" { 10.0 } else { 9.0 };
            more - 5.0 * factor + 0.5 * (f64::from(replication) - 2.0)
        });
        let (base, other) = (&found.forms[scenario.baseline], &found.forms[1]);
        let Need::Within(factor, decider) = base.need else {
            panic!("{:?}", base.need);
        };
        assert!(near(factor, 1.16), "{factor}");
        assert_eq!(decider, Decider::Target(0));
        let amount = base.hours.unwrap();
        assert!(near(amount.value, 1.16 * base.hours_today));
        // t of two degrees of freedom is 4.302653; the answers have a standard deviation of 0.1.
        let half = 4.302_652_729_911_275 * 0.1 / 3.0_f64.sqrt() * base.hours_today;
        let [low, high] = [amount.low, amount.high].map(Option::unwrap);
        assert!(
            (amount.value - low - half).abs() < 1e-6 * half,
            "{amount:?}"
        );
        assert!(
            (high - amount.value - half).abs() < 1e-6 * half,
            "{amount:?}"
        );
        assert_eq!((base.n, base.n_within), (3, 3));
        // 9 − 5 f is 4.2 at 0.96; in the first replication at 0.86, below the ladder.
        assert!(near(other.need.factor().unwrap(), 0.96));
        assert_eq!((other.n_within, other.hours.unwrap().low), (2, None));
        let more = other.more_hours.unwrap();
        assert!(near(more.value, -0.2 * base.hours_today), "{more:?}");
        assert_eq!((more.low, base.more_hours), (None, None));
        // Fte are hours by what one of them has.
        let each = hours_per_fte(&scenario.cases[0].parameters);
        assert!(near(base.fte.unwrap().value * each, amount.value));
        // What is seen on a rung stands there.
        let rung = &base.rungs[4];
        assert!((rung.factor, rung.is_at_rest) == (1.1, true));
        assert!(near(rung.services[0].estimate.unwrap().mean, 4.5));
    }

    #[test]
    fn a_difference_is_paired_by_replication() {
        let (_, found) = hours(4.2, 0.0, |form, factor, replication| {
            let more = if form == "v0_estafette" { 10.0 } else { 9.8 };
            more - 5.0 * factor + 0.2 * (f64::from(replication) - 2.0)
        });
        let (base, other) = (&found.forms[0], &found.forms[1]);
        let more = other.more_hours.unwrap();
        assert!(near(more.value, -0.04 * base.hours_today));
        // All replications agree about it, though not about the hours themselves.
        assert!((more.high.unwrap() - more.low.unwrap()).abs() < 1e-6 * base.hours_today);
        let hours = other.hours.unwrap();
        assert!(hours.high.unwrap() - hours.low.unwrap() > 0.1 * base.hours_today);
    }

    #[test]
    fn what_the_ladder_does_not_hold_is_said_and_not_guessed() {
        let need = |at_most, rest_from| {
            let (_, found) = hours(at_most, rest_from, |_, factor, _| 10.0 - 5.0 * factor);
            let form = &found.forms[1];
            assert_eq!(form.hours.is_some(), form.need.factor().is_some());
            (form.need, form.more_hours)
        };
        assert_eq!(need(9.0, 0.0), (Need::Below, None));
        assert_eq!(need(1.0, 0.0), (Need::Beyond(Decider::Target(0)), None));
        assert_eq!(need(9.0, 2.0), (Need::Beyond(Decider::Rest), None));
        // At rest from 1.1 on, where the target is long met: nobody knows what lies between the rungs.
        assert_eq!(need(9.0, 1.06).0, Need::Within(1.1, Decider::Rest));
        // Targets are read on rungs at rest alone: 10 − 5 f is 4.2 at 1.16.
        let Need::Within(factor, Decider::Target(0)) = need(4.2, 1.06).0 else {
            panic!("a target asks for it");
        };
        assert!(near(factor, 1.16));
    }
}

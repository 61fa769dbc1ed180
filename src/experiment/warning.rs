//! What a reader should doubt: it travels with every number.

use super::comparison::excludes_zero;
use super::outcome::Outcome;
use super::proeftuin::MonitorDoubt;
use super::settling::{FEWEST_QUARTERS, Unsettled, unsettled};
use crate::model::{KPIS, Parameters};
use crate::scenario::{Diagnostic, Doubt, Grade, Scenario};
use crate::stats::Estimate;

/// From this half-width on, as a share of the mean, an interval is too wide.
pub const WIDE_INTERVAL: f64 = 0.2;
/// Below this number of replications an interval says little.
pub const TOO_FEW_REPLICATIONS: u32 = 3;

/// A team that has no rest in some regions.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct UnstableTeam {
    /// Index of the team in the form.
    pub team: usize,
    /// The regions.
    pub regions: Vec<String>,
}

/// A reason to doubt.
#[derive(Clone, PartialEq, Debug)]
pub enum Warning {
    /// Teams of a form have more work than they can do, or a queue that grows:
    /// waits then depend on how long the run is.
    UnstableQueue {
        /// Index of the form.
        case: usize,
        /// The teams of the form in which it is so somewhere.
        teams: Vec<UnstableTeam>,
        /// Regions in the run.
        n_regions: usize,
    },
    /// Series that still move while they are measured, or that need a longer
    /// warm-up: what is said of them belongs to this period.
    WarmUp {
        /// The series.
        series: Vec<Unsettled>,
        /// Series of a form that do not settle by the rule but hardly move.
        n_others: usize,
    },
    /// The run is too short to say whether its warm-up was long enough.
    ShortRun {
        /// Whole quarters in the run.
        n_quarters: usize,
    },
    /// Intervals of headline KPIs are too wide.
    WideInterval {
        /// Index of the form, and numbers of the rows in [`KPIS`].
        forms: Vec<(usize, Vec<usize>)>,
        /// Headline KPIs.
        n_kpis: usize,
    },
    /// There are too few replications for intervals that say something.
    FewReplications {
        /// Replications in the run.
        n: u32,
    },
    /// What the scenario layer had to say.
    Scenario(Diagnostic),
    /// Forms in the run are proposals of this project.
    Proposal {
        /// Indices of the forms.
        cases: Vec<usize>,
    },
    /// Counts of the proeftuin monitor are easily misread.
    Monitor(MonitorDoubt),
    /// Parameters are assumptions.
    Assumption {
        /// Parameters of grade D.
        n: usize,
        /// All parameters.
        n_parameters: usize,
    },
    /// Assumed effects of behaviour, or of a change-over, are on or off.
    Behaviour {
        /// Whether any is on.
        is_on: bool,
    },
    /// Of many comparisons some exclude zero by chance.
    Chance {
        /// Comparisons in the table.
        n: usize,
        /// Of those, with an interval that excludes zero.
        n_excluding_zero: usize,
        /// Share of their squared spread that is chance, in the middle one; none where no world was run twice.
        share: Option<f64>,
    },
}

/// Everything that a reader of this outcome should doubt, the gravest first.
pub fn warnings(scenario: &Scenario, outcome: &Outcome) -> Vec<Warning> {
    let mut warnings = Vec::new();
    let doubts = MonitorDoubt::of(scenario).iter();
    warnings.extend(doubts.copied().map(Warning::Monitor));
    if scenario.replications < TOO_FEW_REPLICATIONS {
        let n = scenario.replications;
        warnings.push(Warning::FewReplications { n });
    }
    let unstable = |case| unstable_queues(scenario, outcome, case);
    warnings.extend((0..scenario.cases.len()).filter_map(unstable));
    warnings.extend(not_at_rest(scenario, outcome));
    // That worlds differ is what their interval says; more of them do not make it narrower.
    if scenario.doubt == Doubt::None {
        warnings.extend(wide_intervals(scenario, outcome));
    }
    warnings.extend(scenario.warnings.iter().cloned().map(Warning::Scenario));
    warnings.extend(proposals(scenario));
    warnings.push(assumptions(scenario));
    warnings.push(behaviour(scenario));
    warnings.extend(chance(scenario, outcome));
    warnings
}

fn unstable_queues(scenario: &Scenario, outcome: &Outcome, case: usize) -> Option<Warning> {
    let regions_of = |team| -> Vec<String> {
        let regions = scenario.regions.iter().enumerate();
        let unstable = regions.filter(|&(region, _)| outcome.is_unstable(case, region, team));
        unstable.map(|(_, region)| region.name.clone()).collect()
    };
    let teams: Vec<UnstableTeam> = (0..scenario.cases[case].form.teams.len())
        .map(|team| UnstableTeam {
            team,
            regions: regions_of(team),
        })
        .filter(|unstable| !unstable.regions.is_empty())
        .collect();
    let n_regions = scenario.regions.len();
    (!teams.is_empty()).then_some(Warning::UnstableQueue {
        case,
        teams,
        n_regions,
    })
}

fn not_at_rest(scenario: &Scenario, outcome: &Outcome) -> Option<Warning> {
    let n_quarters = outcome.n_quarters();
    if n_quarters < FEWEST_QUARTERS {
        return Some(Warning::ShortRun { n_quarters });
    }
    let (series, n_others) = unsettled(scenario, outcome);
    (!series.is_empty()).then_some(Warning::WarmUp { series, n_others })
}

fn wide_intervals(scenario: &Scenario, outcome: &Outcome) -> Option<Warning> {
    let is_wide_of = |case, kpi| {
        let estimate = outcome.estimate(case, outcome.merged(), kpi);
        let estimate = estimate.filter(|_| !outcome.grows(case, outcome.merged(), kpi));
        estimate.is_some_and(|estimate| estimate.has_interval() && is_wide(&estimate))
    };
    let forms: Vec<(usize, Vec<usize>)> = (0..scenario.cases.len())
        .map(|case| {
            (
                case,
                headlines().filter(|&kpi| is_wide_of(case, kpi)).collect(),
            )
        })
        .filter(|(_, kpis): &(usize, Vec<usize>)| !kpis.is_empty())
        .collect();
    let n_kpis = headlines().count();
    (!forms.is_empty()).then_some(Warning::WideInterval { forms, n_kpis })
}

fn proposals(scenario: &Scenario) -> Option<Warning> {
    let cases = scenario.cases.iter().enumerate();
    let cases: Vec<usize> = cases
        .filter_map(|(index, case)| case.form.is_proposal.then_some(index))
        .collect();
    (!cases.is_empty()).then_some(Warning::Proposal { cases })
}

fn assumptions(scenario: &Scenario) -> Warning {
    let entries = scenario.ledger.iter();
    Warning::Assumption {
        n: entries.filter(|entry| entry.grade == Grade::D).count(),
        n_parameters: scenario.ledger.len(),
    }
}

fn behaviour(scenario: &Scenario) -> Warning {
    let none = Parameters::from_values(|_| 0.0);
    let is_on = scenario.cases.iter().any(|case| {
        let p = &case.parameters;
        p.behaviour != none.behaviour || p.transition != none.transition
    });
    Warning::Behaviour { is_on }
}

fn chance(scenario: &Scenario, outcome: &Outcome) -> Option<Warning> {
    let cases = (0..scenario.cases.len()).filter(|&case| case != scenario.baseline);
    let pairs = cases.flat_map(|case| headlines().map(move |kpi| (case, kpi)));
    // What grows without end is not compared.
    let (baseline, merged) = (scenario.baseline, outcome.merged());
    let pairs = pairs.filter(|&(case, kpi)| !outcome.difference_grows(case, baseline, merged, kpi));
    let (mut n, mut n_excluding_zero) = (0, 0);
    let mut shares = Vec::new();
    for (case, kpi) in pairs {
        let paired = outcome.paired(case, scenario.baseline, outcome.merged(), kpi);
        if let Some(paired) = paired.filter(|paired| paired.difference.has_interval()) {
            n += 1;
            n_excluding_zero += usize::from(excludes_zero(&paired.difference));
            shares.extend(outcome.chance_share_of_difference(case, baseline, merged, kpi));
        }
    }
    shares.sort_by(f64::total_cmp);
    let middle = shares.get(shares.len() / 2).copied();
    (n > 0).then_some(Warning::Chance {
        n,
        n_excluding_zero,
        share: middle.filter(|_| scenario.doubt != Doubt::None),
    })
}

/// Whether an interval is too wide to build on.
pub fn is_wide(estimate: &Estimate) -> bool {
    estimate.high - estimate.mean > WIDE_INTERVAL * estimate.mean.abs()
}

/// Numbers of the headline rows in [`KPIS`].
pub fn headlines() -> impl Iterator<Item = usize> {
    let rows = KPIS.iter().enumerate();
    rows.filter_map(|(row, kpi)| kpi.is_headline.then_some(row))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::fixture::{growing_outcome, outcome, scenario};

    #[test]
    fn a_full_team_is_named_with_its_region() {
        let scenario = scenario(2);
        let outcome = growing_outcome(&scenario, "v0_estafette");
        let warnings = warnings(&scenario, &outcome);
        let unstable = warnings.iter().find_map(|warning| match warning {
            Warning::UnstableQueue { case: 0, teams, .. } => Some(teams.as_slice()),
            _ => None,
        });
        let expected = UnstableTeam {
            team: 0,
            regions: vec!["Zeeland".to_owned()],
        };
        assert_eq!(unstable, Some(&[expected][..]));
        assert_eq!(warnings[0], Warning::FewReplications { n: 2 });
    }

    #[test]
    fn proposals_assumptions_and_behaviour_are_always_told() {
        let scenario = scenario(3);
        let warnings = warnings(&scenario, &outcome(&scenario));
        assert!(warnings.contains(&Warning::Proposal {
            cases: vec![1, 2, 3, 4, 5]
        }));
        assert!(warnings.contains(&Warning::Behaviour { is_on: false }));
        for switch_on in [
            |p: &mut Parameters| p.behaviour.travel_hours = 1.0,
            |p: &mut Parameters| p.transition.productivity_dip = 0.1,
        ] {
            let mut other = scenario.clone();
            switch_on(&mut other.cases[1].parameters);
            assert_eq!(behaviour(&other), Warning::Behaviour { is_on: true });
        }
        // Load, what is counted for each closed case, and stocks have values in this model: 7 KPIs, 5 forms.
        let compared = |warning: &Warning| matches!(warning, Warning::Chance { n: 35, .. });
        assert!(warnings.iter().any(compared), "{warnings:?}");
        let few = |warning: &Warning| matches!(warning, Warning::FewReplications { .. });
        assert!(!warnings.iter().any(few));
    }
}

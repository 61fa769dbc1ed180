//! Forms weighed by a framework, for every profile.

use super::information::{Information, information};
use super::outranking::net_flows;
use super::rank::{Ranking, is_best, ranking};
use super::tipping::{Tipping, tippings};
use super::value::{Judge, Values, Worth};
use super::weight::weights;
use super::world::Worlds;
use crate::experiment::{Figures, SweepFigures};
use crate::scenario::Framework;

/// How often everything that is uncertain is drawn unless somebody says otherwise: a share of a half is off by 0.01 at most, in
/// 95 of 100 cases.
pub const N_DRAWS: usize = 10_000;
/// How many of the draws are kept one by one, for whoever tries weights of their own.
const N_WORLDS: usize = 200;
/// Ends of the interval of a value.
const ENDS: [f64; 2] = [0.025, 0.975];

/// Which criteria count.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Scope {
    /// Those of which something is known, for every form.
    Known,
    /// All; a form may have any value on a criterion of which nothing is known.
    All,
}

impl Scope {
    /// Both.
    pub const BOTH: [Scope; 2] = [Scope::Known, Scope::All];

    /// Its name in tables.
    pub fn key(self) -> &'static str {
        match self {
            Scope::Known => "known",
            Scope::All => "all",
        }
    }
}

/// Forms weighed by a framework.
#[derive(Clone, PartialEq, Debug)]
pub struct Weighing {
    /// By criterion: whether something is known of it, for every form.
    pub is_known: Vec<bool>,
    /// By form and criterion.
    pub criteria: Vec<Vec<CriterionValue>>,
    /// By profile.
    pub profiles: Vec<ProfileWeighing>,
    /// What forms are worth in some of the draws, by draw, form and criterion; no number on a
    /// criterion of which nothing is known.
    pub worlds: Vec<Vec<Vec<f64>>>,
    /// By form and other form: the share of worlds in which it is nowhere worth less and somewhere
    /// more, on what is known.
    pub dominates: Vec<Vec<f64>>,
    /// The number of points of the sweep; 0 without one.
    pub n_points: usize,
    /// How often everything was drawn.
    pub n_draws: usize,
}

/// What a form is worth on a criterion.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct CriterionValue {
    /// Mean over draws, 0 to 1.
    pub mean: f64,
    /// Lower end of 95 % of the draws.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// What a profile makes of the forms.
#[derive(Clone, PartialEq, Debug)]
pub struct ProfileWeighing {
    /// By [`Scope`].
    pub scopes: [ScopeWeighing; 2],
    /// Where weights tip the choice, on what is known.
    pub tippings: Vec<Tipping>,
    /// What it would be worth to know each parameter of the sweep, on what is known.
    pub information: Vec<Option<Information>>,
    /// The same for all of them at once: an upper bound, the chance of the replications included.
    pub all_information: f64,
}

/// What a profile makes of the forms on some criteria.
#[derive(Clone, PartialEq, Debug)]
pub struct ScopeWeighing {
    /// Ranks by the additive value.
    pub ranking: Ranking,
    /// Mean weights, as shares of what counts.
    pub weights: Vec<f64>,
    /// By form.
    pub forms: Vec<FormWeighing>,
}

/// What a profile makes of a form.
#[derive(Clone, PartialEq, Debug)]
pub struct FormWeighing {
    /// What it is worth in all.
    pub value: CriterionValue,
    /// Mean of the weights with which it is first; `None` if it never is.
    pub central: Option<Vec<f64>>,
    /// Share of worlds in which it is first with those weights.
    pub confidence: Option<f64>,
    /// Mean net flow of PROMETHEE II.
    pub net_flow: f64,
    /// Share of draws in which it is first by net flow.
    pub first_by_flow: f64,
}

/// Weighs the forms of a run; parameters are as uncertain as the sweep, where there is one.
pub fn weigh(
    framework: &Framework,
    figures: &Figures,
    sweep: Option<&SweepFigures>,
    n_draws: usize,
    seed: u64,
) -> Weighing {
    let worlds = Worlds::of(framework, figures, sweep);
    let judge = Judge::of(
        framework,
        &figures.forms,
        figures.baseline,
        &worlds.means(None),
    );
    let drawn: Vec<Values> = (0..n_draws)
        .map(|number| judge.values(&worlds.draw(seed, number), seed, number))
        .collect();
    let n_criteria = framework.criteria.len();
    let is_known: Vec<bool> = (0..n_criteria).map(|one| judge.is_known(one)).collect();
    let n_points = sweep.map_or(0, |sweep| sweep.points.len());
    let points: Vec<Worth> = (0..n_points)
        .map(|point| judge.middle(&worlds.means(Some(point))).known)
        .collect();
    let center = match n_points {
        0 => judge.middle(&worlds.means(None)).known,
        _ => mean_of(&points),
    };
    let weigher = Weigher {
        framework,
        drawn: &drawn,
        is_known: &is_known,
        n_forms: figures.forms.len(),
    };
    // Profiles that say the same give the same.
    let mut profiles: Vec<ProfileWeighing> = Vec::new();
    for (number, profile) in framework.profiles.iter().enumerate() {
        let before = framework.profiles[..number].iter();
        let same = before.zip(&profiles);
        let same = same.filter(|(other, _)| other.conditions == profile.conditions);
        if let Some((_, found)) = same.into_iter().next() {
            let found = found.clone();
            profiles.push(found);
            continue;
        }
        let weights = weights(profile, n_criteria, n_draws, seed);
        let scopes = Scope::BOTH.map(|scope| weigher.scope(scope, &weights));
        let known = &scopes[Scope::Known as usize].weights;
        let benefits: Vec<Vec<f64>> = points.iter().map(|point| totals(point, known)).collect();
        let parameters = sweep.map_or(&[][..], |sweep| &sweep.parameters);
        let information = (0..parameters.len()).map(|parameter| {
            let points = sweep.into_iter().flat_map(|sweep| &sweep.points);
            let values: Vec<f64> = points.map(|point| point.factors[parameter]).collect();
            information(&values, &benefits, seed)
        });
        profiles.push(ProfileWeighing {
            tippings: tippings(framework, &center, known),
            information: information.collect(),
            all_information: all_information(&benefits),
            scopes,
        });
    }
    let worlds = drawn.iter().take(N_WORLDS);
    Weighing {
        worlds: worlds.map(|values| values.known.clone()).collect(),
        criteria: weigher.criteria(),
        dominates: weigher.dominates(),
        is_known,
        profiles,
        n_points,
        n_draws,
    }
}

/// What each form is worth in all.
fn totals(worth: &Worth, weights: &[f64]) -> Vec<f64> {
    let total = |form: &Vec<f64>| {
        let parts = form.iter().zip(weights);
        // What does not count may be no number.
        let parts = parts.filter(|(_, weight)| **weight > 0.0);
        parts.map(|(value, weight)| value * weight).sum()
    };
    worth.iter().map(total).collect()
}

fn mean_of(points: &[Worth]) -> Worth {
    let mut mean = points[0].clone();
    for (form, row) in mean.iter_mut().enumerate() {
        for (criterion, value) in row.iter_mut().enumerate() {
            let all = points.iter().map(|point| point[form][criterion]);
            *value = all.sum::<f64>() / points.len() as f64;
        }
    }
    mean
}

/// E max − max E over the points.
fn all_information(benefits: &[Vec<f64>]) -> f64 {
    let n = benefits.len() as f64;
    let Some(first) = benefits.first() else {
        return 0.0;
    };
    let highest = |values: &[f64]| values.iter().copied().fold(f64::MIN, f64::max);
    let with: f64 = benefits.iter().map(|one| highest(one) / n).sum();
    let mean = |form: usize| benefits.iter().map(|one| one[form] / n).sum();
    let means: Vec<f64> = (0..first.len()).map(mean).collect();
    (with - highest(&means)).max(0.0)
}

/// The mean of some values and the ends of 95 % of them.
fn summary(mut values: Vec<f64>) -> CriterionValue {
    let mean = values.iter().sum::<f64>() / values.len() as f64;
    values.sort_by(f64::total_cmp);
    let end = |share: f64| values[(share * (values.len() - 1) as f64).round() as usize];
    CriterionValue {
        mean,
        low: end(ENDS[0]),
        high: end(ENDS[1]),
    }
}

struct Weigher<'a> {
    framework: &'a Framework,
    drawn: &'a [Values],
    is_known: &'a [bool],
    n_forms: usize,
}

impl Weigher<'_> {
    fn worth<'b>(&self, values: &'b Values, scope: Scope) -> &'b Worth {
        match scope {
            Scope::Known => &values.known,
            Scope::All => &values.all,
        }
    }

    /// Weights as shares of what counts.
    fn counted(&self, weights: &[f64], scope: Scope) -> Vec<f64> {
        let counts = |one: usize| scope == Scope::All || self.is_known[one];
        let own = |one: usize| if counts(one) { weights[one] } else { 0.0 };
        let own: Vec<f64> = (0..weights.len()).map(own).collect();
        let sum: f64 = own.iter().sum();
        own.iter()
            .map(|weight| weight / sum.max(f64::MIN_POSITIVE))
            .collect()
    }

    fn scope(&self, scope: Scope, weights: &[Vec<f64>]) -> ScopeWeighing {
        let n_criteria = self.framework.criteria.len();
        let weights: Vec<Vec<f64>> = weights.iter().map(|one| self.counted(one, scope)).collect();
        let worths = || self.drawn.iter().map(|values| self.worth(values, scope));
        let values: Vec<Vec<f64>> = worths()
            .zip(&weights)
            .map(|(worth, weights)| totals(worth, weights))
            .collect();
        let flows: Vec<Vec<f64>> = worths()
            .zip(&weights)
            .map(|(worth, weights)| net_flows(worth, weights))
            .collect();
        let mean_weights = |chosen: &dyn Fn(usize) -> bool| {
            let own: Vec<&Vec<f64>> = (0..weights.len())
                .filter(|&draw| chosen(draw))
                .map(|draw| &weights[draw])
                .collect();
            let mean = |one: usize| own.iter().map(|w| w[one]).sum::<f64>() / own.len() as f64;
            (!own.is_empty()).then(|| (0..n_criteria).map(mean).collect::<Vec<f64>>())
        };
        let flow_ranking = ranking(self.n_forms, flows.iter().cloned());
        let forms = (0..self.n_forms).map(|form| {
            let central = mean_weights(&|draw| is_best(&values[draw], form));
            let confidence = central.as_ref().map(|central| {
                let fixed = worths().map(|worth| totals(worth, central));
                ranking(self.n_forms, fixed).acceptability[form][0]
            });
            FormWeighing {
                value: summary(values.iter().map(|draw| draw[form]).collect()),
                central,
                confidence,
                net_flow: flow_ranking.mean[form],
                first_by_flow: flow_ranking.acceptability[form][0],
            }
        });
        ScopeWeighing {
            ranking: ranking(self.n_forms, values.iter().cloned()),
            weights: mean_weights(&|_| true).unwrap_or_default(),
            forms: forms.collect(),
        }
    }

    /// What forms are worth on each criterion: by what is known, where anything is.
    fn criteria(&self) -> Vec<Vec<CriterionValue>> {
        let value = |form: usize, criterion: usize| {
            let scope = match self.is_known[criterion] {
                true => Scope::Known,
                false => Scope::All,
            };
            let drawn = self.drawn.iter();
            summary(
                drawn
                    .map(|values| self.worth(values, scope)[form][criterion])
                    .collect(),
            )
        };
        let criteria = 0..self.framework.criteria.len();
        (0..self.n_forms)
            .map(|form| criteria.clone().map(|one| value(form, one)).collect())
            .collect()
    }

    fn dominates(&self) -> Vec<Vec<f64>> {
        let known: Vec<usize> = (0..self.is_known.len())
            .filter(|&one| self.is_known[one])
            .collect();
        let does = |one: usize, other: usize, worth: &Worth| {
            let gaps = || known.iter().map(|&c| worth[one][c] - worth[other][c]);
            gaps().all(|gap| gap >= 0.0) && gaps().any(|gap| gap > 0.0)
        };
        let share = |one: usize, other: usize| {
            let n = self
                .drawn
                .iter()
                .filter(|values| does(one, other, &values.known))
                .count();
            n as f64 / self.drawn.len() as f64
        };
        (0..self.n_forms)
            .map(|one| (0..self.n_forms).map(|other| share(one, other)).collect())
            .collect()
    }
}

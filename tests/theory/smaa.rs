//! A published table of SMAA, made again by the weighing.
//!
//! Heparin or enoxaparin after an injury: two alternatives, three criteria, each the share of
//! patients with an event in one trial. The counts, and the ranges that are worth 0 and 1, are those of
//! `examples/thrombolytics.json` of MCDA elicitation web (drugis, University of Groningen). What the R
//! package `smaa` 0.3 (G. van Valkenhoef) makes of 10,000 draws of them stands in its manual, and as output in
//! `tests/Examples/smaa-Ex.Rout.save`: ranks, central weights, confidence factors, and ranks under fixed weights.
//!
//! The draws of that table are known by their distributions alone, so agreement is that of two samples: within
//! four standard errors of a difference, which one number misses by chance once in sixteen thousand times.

use rvtsim::experiment::{Figures, SweepFigures, SweepPoint};

use rvtsim::model::{KPIS, Label};
use rvtsim::random::Chance;
use rvtsim::scenario::{
    Criterion, CriterionKind, Framework, Group, Measure, Profile, ValueFunction,
};
use rvtsim::stats::beta_i_inverse;
use rvtsim::study::{Scope, ScopeWeighing, Weighing, weigh};

/// Draws of the published table.
const N_PUBLISHED: f64 = 10_000.0;
/// Worlds that are drawn here, and draws of these with weights.
const N_WORLDS: usize = 20_000;
const N_DRAWS: usize = 20_000;

/// Patients with an event, and without: heparin, then enoxaparin.
const EVENTS: [[(f64, f64); 3]; 2] = [
    [(20.0, 116.0), (40.0, 96.0), (1.0, 135.0)],
    [(8.0, 121.0), (32.0, 97.0), (5.0, 124.0)],
];
/// Shares that are worth 1 and 0: thrombosis above the knee, below the knee, major bleeding.
const RANGES: [(f64, f64); 3] = [(0.0, 0.25), (0.15, 0.4), (0.0, 0.1)];

/// Share of draws in which each is first.
const FIRST: [f64; 2] = [0.3504, 0.6496];
const CENTRAL: [[f64; 3]; 2] = [
    [0.186_509_7, 0.277_220_5, 0.536_269_8],
    [0.407_310_0, 0.364_147_7, 0.228_542_3],
];
/// Share of worlds in which each is first with its own central weights.
const CONFIDENCE: [f64; 2] = [0.6682, 0.8956];
/// Weights that the manual tries besides, and the share of worlds in which each is then first.
const FIXED: [f64; 3] = [0.5, 0.2, 0.3];
const FIRST_IF_FIXED: [f64; 2] = [0.1279, 0.8721];

fn label() -> Label {
    let text = || "thrombolytics".to_owned();
    Label {
        nl: text(),
        en: text(),
    }
}

/// What a share is worth, on a third of the published scale: it goes on beyond 0 and 1, and worth does not. A scale that
/// all criteria have in common changes no order.
fn worth(criterion: usize) -> ValueFunction {
    let (best, worst) = RANGES[criterion];
    let width = worst - best;
    ValueFunction::Piecewise(vec![(best - width, 1.0), (worst + width, 0.0)])
}

/// A criterion for each column, or one of all of them with fixed weights.
fn framework(fixed: Option<[f64; 3]>) -> Framework {
    let measure = |kpi: usize| Measure {
        kpi,
        share: fixed.map_or(1.0, |weights| weights[kpi]),
        is_relative: false,
        is_between_regions: false,
        function: worth(kpi),
        source: String::new(),
    };
    let criterion = |measures: Vec<Measure>| Criterion {
        key: format!("c{}", measures[0].kpi),
        label: label(),
        definition: label(),
        group: 0,
        kind: CriterionKind::Measured,
        measures,
        not_yet: None,
        expert_share: 0.0,
        beside: None,
        scores: Vec::new(),
    };
    let measures = (0..3).map(measure);
    Framework {
        label: label(),
        source: String::new(),
        groups: vec![Group {
            key: "all".to_owned(),
            label: label(),
            parent: None,
        }],
        criteria: match fixed {
            None => measures.map(|one| criterion(vec![one])).collect(),
            Some(_) => vec![criterion(measures.collect())],
        },
        profiles: vec![Profile {
            key: "any".to_owned(),
            label: label(),
            source: String::new(),
            is_unknown: true,
            conditions: Vec::new(),
        }],
        warnings: Vec::new(),
        inputs: Vec::new(),
    }
}

/// The weighing takes measurements as the points of a sweep: here each point is a draw of all six shares.
fn weighed(fixed: Option<[f64; 3]>) -> Weighing {
    let kpis = |own: [f64; 3]| {
        let mut kpis = vec![None; KPIS.len()];
        (0..3).for_each(|kpi| kpis[kpi] = Some(own[kpi]));
        vec![kpis]
    };
    let point = |number: usize| {
        let draws = Chance::new(1, number as u32, 0).of(0);
        let share = |form: usize, criterion: usize| {
            let uniform = draws.uniform(form as u16, criterion as u32);
            let (events, none) = EVENTS[form][criterion];
            beta_i_inverse(events, none, uniform)
        };
        SweepPoint {
            factors: Vec::new(),
            together: (0..2)
                .map(|form| kpis([0, 1, 2].map(|criterion| share(form, criterion))))
                .collect(),
        }
    };
    let sweep = SweepFigures {
        parameters: Vec::new(),
        points: (0..N_WORLDS).map(point).collect(),
    };
    let means = |form: usize| EVENTS[form].map(|(events, none)| events / (events + none));
    let figures = Figures {
        forms: vec!["heparin".to_owned(), "enoxaparin".to_owned()],
        baseline: 0,
        together: vec![kpis(means(0)), kpis(means(1))],
        by_region: vec![vec![Vec::new()]; 2],
    };
    weigh(&framework(fixed), &figures, Some(&sweep), N_DRAWS, 1)
}

fn known(weighing: &Weighing) -> &ScopeWeighing {
    &weighing.profiles[0].scopes[Scope::Known as usize]
}

/// Fails where a mean of draws differs from a published one by more than chance explains; both are
/// over this share of all draws.
fn assert_same(found: f64, published: f64, deviation: f64, share: f64, what: &str) {
    let draws = [N_PUBLISHED, N_WORLDS as f64, N_DRAWS as f64];
    let variance: f64 = draws
        .iter()
        .map(|n| deviation * deviation / (share * n))
        .sum();
    let z = (found - published) / variance.sqrt();
    assert!(
        z.abs() < 4.0,
        "{what}: {found}, published {published}, z = {z:.1}"
    );
}

fn assert_same_share(found: f64, published: f64, what: &str) {
    let deviation = (published * (1.0 - published)).sqrt();
    assert_same(found, published, deviation, 1.0, what);
}

#[test]
fn ranks_and_central_weights_of_a_published_table_are_found_again() {
    let weighing = weighed(None);
    let found = known(&weighing);
    for form in 0..2 {
        let acceptability = &found.ranking.acceptability[form];
        assert_same_share(acceptability[0], FIRST[form], "first");
        assert_same_share(acceptability[1], FIRST[1 - form], "second");
        assert_same_share(found.ranking.wins[form][1 - form], FIRST[form], "wins");
        let central = found.forms[form].central.as_ref().expect("it is first");
        for (weight, published) in central.iter().zip(CENTRAL[form]) {
            // The standard deviation of a weight among those with which a form is first is 0.24 at most.
            assert_same(*weight, published, 0.24, FIRST[form], "central weight");
        }
    }
}

#[test]
fn published_weights_give_the_published_confidence() {
    for (weights, form, published) in [
        (CENTRAL[0], 0, CONFIDENCE[0]),
        (CENTRAL[1], 1, CONFIDENCE[1]),
        (FIXED, 0, FIRST_IF_FIXED[0]),
        (FIXED, 1, FIRST_IF_FIXED[1]),
    ] {
        let weighing = weighed(Some(weights));
        let first = known(&weighing).ranking.acceptability[form][0];
        assert_same_share(first, published, "confidence");
    }
}

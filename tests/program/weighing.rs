//! Weighing: against cases computed by hand, for what must not matter, and as its users meet it.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::desk::Desk;
use crate::weighing_page::at_rest;

use rvtsim::experiment::Figures;

use rvtsim::model::{KPIS, Label};
use rvtsim::scenario::{
    Criterion, CriterionKind, Framework, Grade, Group, Measure, Profile, Score, ValueFunction,
};
use rvtsim::stats::Bounds;
use rvtsim::study::{ProfileWeighing, Scope, ScopeWeighing, Weighing, weigh};

const N_DRAWS: usize = 10_000;
/// Four standard errors of a share of a half: off by more once in sixteen thousand times.
const CLOSE: f64 = 0.02;

fn label(text: &str) -> Label {
    Label {
        nl: text.to_owned(),
        en: text.to_owned(),
    }
}

/// A criterion that is worth what its KPI is.
fn criterion(number: usize) -> Criterion {
    Criterion {
        key: format!("c{number}"),
        label: label("c"),
        definition: label("c"),
        group: 0,
        kind: CriterionKind::Measured,
        measures: vec![Measure {
            kpi: number,
            share: 1.0,
            is_relative: false,
            is_between_regions: false,
            function: ValueFunction::Piecewise(vec![(0.0, 0.0), (1.0, 1.0)]),
            source: String::new(),
        }],
        not_yet: None,
        expert_share: 0.0,
        beside: None,
        scores: Vec::new(),
    }
}

fn profile(conditions: Vec<Bounds>) -> Profile {
    Profile {
        key: "p".to_owned(),
        label: label("p"),
        source: String::new(),
        is_unknown: conditions.is_empty(),
        conditions,
    }
}

fn framework(n_criteria: usize) -> Framework {
    Framework {
        label: label("f"),
        source: String::new(),
        groups: vec![Group {
            key: "all".to_owned(),
            label: label("all"),
            parent: None,
        }],
        criteria: (0..n_criteria).map(criterion).collect(),
        profiles: vec![profile(Vec::new())],
        warnings: Vec::new(),
        inputs: Vec::new(),
    }
}

/// Forms of which every replication has these values, by form, replication and KPI.
fn figures(values: &[Vec<Vec<f64>>]) -> Figures {
    let kpis = |own: &Vec<f64>| {
        let mut kpis = vec![None; KPIS.len()];
        for (kpi, value) in own.iter().enumerate() {
            kpis[kpi] = Some(*value);
        }
        kpis
    };
    Figures {
        forms: (0..values.len()).map(|form| format!("f{form}")).collect(),
        baseline: 0,
        together: values
            .iter()
            .map(|form| form.iter().map(kpis).collect())
            .collect(),
        by_region: vec![vec![Vec::new(); values[0].len()]; values.len()],
    }
}

/// The same without any noise: one replication.
fn certain(values: &[&[f64]]) -> Figures {
    let one = |form: &&[f64]| vec![form.to_vec()];
    figures(&values.iter().map(one).collect::<Vec<_>>())
}

fn known(weighing: &Weighing) -> &ScopeWeighing {
    &weighing.profiles[0].scopes[Scope::Known as usize]
}

fn assert_close(found: f64, expected: f64, what: &str) {
    let is_close = (found - expected).abs() < CLOSE;
    assert!(is_close, "{what}: {found} instead of {expected}");
}

#[test]
fn shares_and_central_weights_are_areas_and_centres_of_the_triangle_of_weights() {
    // Each form is first in a polygon of the triangle of weights; areas and centres of these, as
    // shares of the triangle, by clipping it along the lines where two forms are worth the same.
    let figures = certain(&[&[0.9, 0.1, 0.4], &[0.3, 0.8, 0.5], &[0.5, 0.5, 0.6]]);
    let weighing = weigh(&framework(3), &figures, None, N_DRAWS, 1);
    let found = known(&weighing);
    let first = [140.0 / 429.0, 251.0 / 572.0, 31.0 / 132.0];
    let centers = [
        [0.613542, 0.160773, 0.225685],
        [0.191560, 0.553611, 0.254829],
        [0.208863, 0.161535, 0.629602],
    ];
    for form in 0..3 {
        assert_close(found.ranking.acceptability[form][0], first[form], "first");
        let central = found.forms[form].central.as_ref().expect("it is first");
        for (found, expected) in central.iter().zip(centers[form]) {
            assert_close(*found, expected, "central weight");
        }
        // Nothing else is uncertain, so with its own weights each is certainly first.
        assert_eq!(found.forms[form].confidence, Some(1.0));
    }
    for (one, other, share) in [(0, 1, 36.0 / 91.0), (0, 2, 1.0 / 3.0), (1, 2, 9.0 / 20.0)] {
        assert_close(found.ranking.wins[one][other], share, "wins");
        assert_close(found.ranking.wins[other][one], 1.0 - share, "wins");
    }
    assert!(
        weighing
            .dominates
            .iter()
            .flatten()
            .all(|&share| share == 0.0)
    );
}

#[test]
fn forms_that_are_best_in_one_thing_each_have_the_central_weights_that_are_known() {
    // The mean of weights of which the first is the largest of three: 11/18, 7/36, 7/36.
    let figures = certain(&[&[1.0, 0.0, 0.0], &[0.0, 1.0, 0.0], &[0.0, 0.0, 1.0]]);
    let weighing = weigh(&framework(3), &figures, None, N_DRAWS, 2);
    let found = known(&weighing);
    for form in 0..3 {
        let central = found.forms[form].central.as_ref().expect("it is first");
        for (criterion, weight) in central.iter().enumerate() {
            let is_own = criterion == form;
            let expected = if is_own { 11.0 / 18.0 } else { 7.0 / 36.0 };
            assert_close(*weight, expected, "central weight");
            let rank = found.ranking.acceptability[form][criterion];
            assert_close(rank, 1.0 / 3.0, "rank");
        }
    }
}

#[test]
fn an_uncertain_outcome_is_a_probability_and_shared_luck_is_none() {
    // One criterion: the form's lead over the baseline is 0.1 on average with deviations of ±0.1
    // and 0: t = 0.1 / (0.1 / √3) = √3 with 2 degrees of freedom, of which the distribution is
    // ½ + ½ t / √(2 + t²).
    let apart = figures(&[
        vec![vec![0.4], vec![0.4], vec![0.4]],
        vec![vec![0.4], vec![0.5], vec![0.6]],
    ]);
    let weighing = weigh(&framework(1), &apart, None, N_DRAWS, 3);
    let wins = known(&weighing).ranking.wins[1][0];
    assert_close(wins, 0.5 + 0.5 * (3.0_f64 / 5.0).sqrt(), "wins");
    // The same luck in both: the lead is certain, whatever the level.
    let together = figures(&[
        vec![vec![0.2], vec![0.4], vec![0.6]],
        vec![vec![0.25], vec![0.45], vec![0.65]],
    ]);
    let mut wide = framework(1);
    wide.criteria[0].measures[0].function =
        ValueFunction::Piecewise(vec![(0.0, 0.0), (1000.0, 1.0)]);
    let weighing = weigh(&wide, &together, None, N_DRAWS, 3);
    let wins = known(&weighing).ranking.wins[1][0];
    // Only where the level is drawn below zero, which no KPI can be, is it a tie.
    assert!(wins > 0.95, "{wins}");
}

/// Three forms on three criteria, with noise.
fn noisy() -> Vec<Vec<Vec<f64>>> {
    let base = [[0.6, 0.3, 0.5], [0.5, 0.5, 0.4], [0.4, 0.4, 0.6]];
    let form = |form: &[f64; 3]| {
        let replication = |r: usize| {
            let value = |(k, x): (usize, &f64)| x + 0.02 * ((r * 7 + k * 5) % 4) as f64;
            form.iter().enumerate().map(value).collect()
        };
        (0..4).map(replication).collect()
    };
    base.iter().map(form).collect()
}

#[test]
fn scaling_a_criterion_with_its_value_function_changes_nothing() {
    let before = weigh(&framework(3), &figures(&noisy()), None, 2_000, 4);
    let mut scaled = noisy();
    let values = scaled.iter_mut().flatten();
    values.for_each(|kpis| kpis[1] *= 1024.0);
    let mut other = framework(3);
    other.criteria[1].measures[0].function =
        ValueFunction::Piecewise(vec![(0.0, 0.0), (1024.0, 1.0)]);
    let after = weigh(&other, &figures(&scaled), None, 2_000, 4);
    assert_eq!(
        known(&before).ranking.acceptability,
        known(&after).ranking.acceptability
    );
    assert_eq!(known(&before).ranking.wins, known(&after).ranking.wins);
}

#[test]
fn a_dominated_form_does_not_change_how_the_others_compare() {
    let before = weigh(&framework(3), &figures(&noisy()), None, 2_000, 5);
    let mut with = noisy();
    let worse = with[0]
        .iter()
        .map(|kpis| kpis.iter().map(|x| x - 0.05).collect());
    with.push(worse.collect());
    let after = weigh(&framework(3), &figures(&with), None, 2_000, 5);
    let (before, found) = (known(&before), known(&after));
    for one in 0..3 {
        assert_eq!(before.ranking.wins[one], found.ranking.wins[one][..3]);
        let (then, now) = (
            &before.ranking.acceptability[one],
            &found.ranking.acceptability[one],
        );
        assert_eq!(then[0], now[0], "it is first as often");
    }
    assert_eq!(after.dominates[0][3], 1.0);
    assert_eq!(found.ranking.acceptability[3][0], 0.0);
    assert_eq!(found.forms[3].central, None);
}

#[test]
fn equal_forms_have_equal_ranks() {
    let mut with = noisy();
    with.push(with[1].clone());
    let weighing = weigh(&framework(3), &figures(&with), None, 2_000, 6);
    let ranking = &known(&weighing).ranking;
    assert_eq!(ranking.acceptability[1], ranking.acceptability[3]);
    assert_eq!(ranking.wins[1][3], 0.5);
    assert_eq!(weighing.dominates[1][3], 0.0);
}

#[test]
fn what_nobody_knows_is_anything_and_what_somebody_says_is_its_range() {
    let mut framework = framework(2);
    framework.criteria[1].kind = CriterionKind::Expert;
    framework.criteria[1].measures.clear();
    framework.criteria[1].expert_share = 1.0;
    let figures = certain(&[&[0.2], &[0.8]]);
    let all = |weighing: &Weighing| -> ProfileWeighing { weighing.profiles[0].clone() };
    let nobody = weigh(&framework, &figures, None, N_DRAWS, 7);
    assert_eq!(nobody.is_known, [true, false]);
    assert_eq!(known(&nobody).ranking.acceptability[1][0], 1.0);
    let value = nobody.criteria[0][1];
    assert!(value.low < 0.04 && value.high > 0.96, "{value:?}");
    let scopes = all(&nobody).scopes;
    let share = scopes[Scope::All as usize].ranking.acceptability[1][0];
    // First when 0.6 w ≥ (1 − w) d, d the difference of two uniform numbers: ¾ and more.
    assert!((0.75..0.95).contains(&share), "{share}");
    let score = |low: f64, high: f64| Score {
        low,
        high,
        grade: Grade::D,
        reason: "test".to_owned(),
    };
    let scored = [("f0", 4.0, 5.0), ("f1", 1.0, 2.0)];
    framework.criteria[1].scores = scored
        .map(|(form, low, high)| (form.to_owned(), score(low, high)))
        .to_vec();
    let somebody = weigh(&framework, &figures, None, N_DRAWS, 7);
    assert_eq!(somebody.is_known, [true, true]);
    let value = somebody.criteria[0][1];
    assert!((0.75..=1.0).contains(&value.low) && (value.mean - 0.875).abs() < 0.01);
    // One score missing, and nothing is known of every form.
    framework.criteria[1].scores.pop();
    assert_eq!(
        weigh(&framework, &figures, None, 100, 7).is_known,
        [true, false]
    );
}

#[test]
fn weights_keep_to_what_a_profile_says() {
    let mut framework = framework(3);
    let low = Bounds {
        coefficients: vec![0.0, 0.0, 1.0],
        low: 0.9,
        high: 1.0,
    };
    framework.profiles = vec![profile(vec![low])];
    let figures = certain(&[&[0.9, 0.9, 0.1], &[0.1, 0.1, 0.9]]);
    let weighing = weigh(&framework, &figures, None, 2_000, 8);
    assert_eq!(known(&weighing).ranking.acceptability[1][0], 1.0);
    assert!(known(&weighing).weights[2] > 0.9);
    // Below a half of the weight the other is first.
    let tips = &weighing.profiles[0].tippings;
    let third = tips.iter().find(|one| one.key == "c2").expect("it can tip");
    let below = third.below.expect("below");
    assert!((below.weight - 0.5).abs() < 1e-9 && below.form == 0);
    assert_eq!(third.above, None);
}

#[test]
fn what_may_be_read_beside_another_only_is_unknown_where_that_is() {
    let mut framework = framework(2);
    framework.criteria[1].beside = Some(0);
    let seen = certain(&[&[0.2, 0.9], &[0.8, 0.1]]);
    assert_eq!(weigh(&framework, &seen, None, 100, 9).is_known, [true; 2]);
    let mut half = seen.clone();
    half.together[1][0][0] = None;
    let weighing = weigh(&framework, &half, None, 100, 9);
    assert_eq!(weighing.is_known, [false; 2]);
    // So it may be worth anything, and nothing is counted in the drawn worlds.
    assert!(weighing.criteria[0][1].high - weighing.criteria[0][1].low > 0.9);
    assert!(
        weighing
            .worlds
            .iter()
            .flatten()
            .flatten()
            .all(|worth| worth.is_nan())
    );
}

/// A small run in which every queue is at rest, made once, in a folder of its own: by what grows without end nothing is
/// ranked.
fn run_folder(home: &Path) -> std::path::PathBuf {
    static RUN: std::sync::LazyLock<Desk> = std::sync::LazyLock::new(at_rest);
    let run = home.join("run");
    fs::create_dir_all(&run).unwrap();
    for entry in fs::read_dir(RUN.at("results/proef")).unwrap() {
        let path = entry.unwrap().path();
        // The figures are in a folder of their own, and not weighed.
        if path.is_file() {
            fs::copy(&path, run.join(path.file_name().unwrap())).unwrap();
        }
    }
    run
}

fn weigh_folder(run: &Path, more: &[&str]) -> std::process::Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rvtsim"));
    command.arg("weigh").arg(run).args(["--draws", "500"]);
    command.args(more).output().unwrap()
}

/// What the safety of children is judged by.
const OF_SAFETY: [&str; 3] = [
    "unsafe_days_per_family_year",
    "hermelding_12_months_percent",
    "crises_per_100_cases",
];

/// A sweep of 60 points in which the safety of the second form, mostly the first in rank, follows one parameter, and nothing
/// follows the other.
fn write_sweep(folder: &Path, forms: &[String]) {
    fs::create_dir(folder).unwrap();
    let mut design = "point,danger.rate_structureel,staff.turnover\n".to_owned();
    let mut results = "point,form,replication,kpi,value\n".to_owned();
    for point in 1..=60 {
        let x = f64::from(point) / 60.0;
        design += &format!("{point},{x},{}\n", f64::from(point * 37 % 60));
        for form in forms {
            let is_varied = Some(form) == forms.get(1);
            let days = if is_varied { 60.0 * x } else { 30.0 };
            for replication in 1..=2 {
                for kpi in OF_SAFETY {
                    results += &format!("{point},{form},{replication},{kpi},{days}\n");
                }
            }
        }
    }
    fs::write(folder.join("design.csv"), design).unwrap();
    fs::write(folder.join("results.csv"), results).unwrap();
}

#[test]
fn a_finished_run_is_weighed_beside_itself_and_a_sweep_says_what_to_find_out() {
    let home = tempfile::tempdir().unwrap();
    let run = run_folder(home.path());
    let before = fs::read(run.join("manifest.json")).unwrap();
    let first = weigh_folder(&run, &["--lang", "en"]);
    let said = String::from_utf8(first.stdout).unwrap();
    assert!(
        first.status.success(),
        "{}",
        String::from_utf8_lossy(&first.stderr)
    );
    assert!(said.contains("Force, with safety beside it"), "{said}");
    let folder = run.join("weighing");
    let ranks = fs::read(folder.join("ranks.csv")).unwrap();
    assert!(!folder.join("evppi.csv").exists());
    assert!(
        said.lines().all(|line| line.chars().count() <= 120),
        "{said}"
    );
    // Again, in place of the first: the same bytes, and the run is as it was.
    assert!(weigh_folder(&run, &["--lang", "en"]).status.success());
    assert_eq!(fs::read(folder.join("ranks.csv")).unwrap(), ranks);
    assert_eq!(fs::read(run.join("manifest.json")).unwrap(), before);
    assert!(!run.join("weighing.new").exists());

    let text = String::from_utf8(before).unwrap();
    let manifest: serde_json::Value = serde_json::from_str(&text).unwrap();
    let forms = manifest["forms"].as_array().unwrap().iter();
    let forms: Vec<String> = forms
        .map(|one| one["key"].as_str().unwrap().to_owned())
        .collect();
    let sweep = home.path().join("sweep");
    write_sweep(&sweep, &forms);
    let output = weigh_folder(&run, &["--sweep", sweep.to_str().unwrap()]);
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let table = fs::read_to_string(folder.join("evppi.csv")).unwrap();
    // The profile in which safety weighs most.
    let row = |parameter: &str| -> Vec<f64> {
        let start = format!("veiligheid_voorop,{parameter},");
        let line = table.lines().find(|line| line.starts_with(&start)).unwrap();
        let fields = line.split(',').skip(3);
        fields.map(|field| field.parse().unwrap()).collect()
    };
    let [value, by_chance, changed] = row("danger.rate_structureel")[..] else {
        panic!("three numbers");
    };
    assert!(
        value > by_chance && (0.1..0.9).contains(&changed),
        "{table}"
    );
    assert!(row("staff.turnover")[0] < 0.2 * value, "{table}");
    for (table, columns) in [("ranks", 5), ("evppi", 6), ("columns", 6)] {
        let text = fs::read_to_string(folder.join(format!("{table}.csv"))).unwrap();
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        assert!(
            reader.records().all(|row| row.unwrap().len() == columns),
            "{table}"
        );
    }
}

#[test]
fn what_is_no_run_is_told_and_left_alone() {
    let home = tempfile::tempdir().unwrap();
    let output = weigh_folder(home.path(), &[]);
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(
        said.contains("name a folder that `rvtsim run` wrote"),
        "{said}"
    );
    let run = run_folder(home.path());
    fs::write(run.join("replications.csv"), "a,b\n1,2\n").unwrap();
    let output = weigh_folder(&run, &[]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("replications.csv: it has 1 rows"), "{said}");
    assert!(!run.join("weighing").exists());
    let run = run_folder(&home.path().join("again"));
    let output = weigh_folder(&run, &["--sweep", home.path().to_str().unwrap()]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(
        said.contains("name a folder that `rvtsim sweep` wrote"),
        "{said}"
    );
}

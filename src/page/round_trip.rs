//! Whatever a run brings can be written, read back, drawn and weighed: tiny runs, in which what is
//! rare is seen in some replications and not in others.

use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use super::board::Board;
use super::document::page;
use super::publication::write_weighing;
use crate::experiment::Execution;
use crate::report::record::name::MANIFEST;
use crate::report::{Lang, Manifest, Renewal, Run, Table, summary, tables};
use crate::scenario::{Changes, Framework, Scenario, load};
use crate::study::{
    WeighingFiles, WeighingPage, attribution_tables, weighing_page, weighing_tables, with_journeys,
};
use crate::{experiment, study};

/// A run of a few families.
#[derive(Clone, Debug)]
struct Small {
    seed: u64,
    replications: u32,
    /// Which of the six forms come after the baseline.
    forms: Vec<usize>,
    regions: Vec<&'static str>,
    /// How large its regions are beside the true ones.
    size: f64,
    warm_up_days: u32,
    measured_days: u32,
    is_attributed: bool,
}

fn small() -> impl Strategy<Value = Small> {
    let forms = prop::sample::subsequence(vec![1, 2, 3, 4, 5], 0..3);
    let regions = prop::sample::subsequence(vec!["Zeeland", "Gooi en Vechtstreek"], 1..3);
    let days = (0..40_u32, 1..120_u32);
    (
        (any::<u32>(), 1..4_u32),
        (forms, regions),
        (0.1..0.6),
        (days, 0..6_u32),
    )
        .prop_map(
            |((seed, replications), (forms, regions), size, (days, part))| Small {
                seed: seed.into(),
                replications,
                forms,
                regions,
                size,
                warm_up_days: days.0,
                measured_days: days.1,
                is_attributed: part == 0,
            },
        )
}

impl Small {
    fn scenario(&self) -> Scenario {
        let changes = Changes {
            replications: Some(self.replications),
            seed: Some(self.seed),
            regions: Some(self.regions.iter().map(|&name| name.to_owned()).collect()),
            ..Changes::default()
        };
        let mut scenario = load(&shipped("referentie.toml"), &changes).expect("it can be read");
        scenario.period.warm_up_days = self.warm_up_days;
        scenario.period.measured_days = self.measured_days;
        let cases = std::mem::take(&mut scenario.cases).into_iter().enumerate();
        let cases = cases.filter(|(number, _)| *number == 0 || self.forms.contains(number));
        scenario.cases = cases.map(|(_, case)| case).collect();
        scenario.baseline = 0;
        for region in &mut scenario.regions {
            *region = region.times(self.size);
        }
        scenario
    }
}

fn shipped(file: &str) -> PathBuf {
    let home = Path::new(env!("CARGO_MANIFEST_DIR"));
    home.join("scenarios").join(file)
}

/// A number that a spreadsheet with a decimal comma takes for thousands.
fn is_misread(field: &str) -> bool {
    let (number, _) = field.split_once(['e', 'E']).unwrap_or((field, ""));
    let number = number.strip_prefix('-').unwrap_or(number);
    let are_digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    number.split_once('.').is_some_and(|(whole, fraction)| {
        are_digits(whole) && whole.len() <= 3 && are_digits(fraction) && fraction.len() == 3
    })
}

/// A table as it is written, every number in which means the same in every country.
fn text_of(table: Table) -> String {
    let (name, columns) = (table.name, table.columns.clone());
    let text = table.to_csv();
    let mut rows = csv::Reader::from_reader(text.as_bytes());
    for row in rows.records() {
        let row = row.unwrap();
        let wrong = row
            .iter()
            .zip(&columns)
            .find(|(field, _)| is_misread(field));
        let wrong = wrong.map(|(field, column)| (column.name, field));
        assert_eq!(wrong, None, "{name}");
    }
    text
}

/// Runs it, writes all that `rvtsim run`, `attribute` and `weigh` write, and reads it back.
fn goes_round(small: &Small) {
    let scenario = small.scenario();
    let execution = Execution {
        n_threads: Some(1),
        ..Execution::default()
    };
    let run = |scenario: &Scenario| experiment::run(scenario, &execution);
    let outcome = run(&scenario).expect("a small run is a run");
    let warnings = experiment::warnings(&scenario, &outcome);
    let manifest = Manifest::of(&scenario, &outcome, &warnings);
    let journeys = study::journeys(&scenario, &execution).unwrap();
    let home = tempfile::tempdir().unwrap();
    let folder = home.path();
    let write = |table: Table| {
        let file = folder.join(format!("{}.csv", table.name));
        fs::write(file, text_of(table)).unwrap();
    };
    for table in with_journeys(tables(&scenario, &outcome), &scenario, &journeys) {
        write(table);
    }
    if small.is_attributed && scenario.cases.len() > 1 {
        let scenarios = [scenario.clone()];
        let attributions = study::attribute(&scenarios, run).unwrap();
        for table in attribution_tables(&scenarios, &attributions) {
            write(table);
        }
    }
    fs::write(folder.join(MANIFEST), manifest.to_json()).unwrap();
    let read = Run::read(folder).unwrap_or_else(|error| panic!("{error}"));
    let kpis = 0..crate::model::KPIS.len();
    for (form, kpi) in
        (0..scenario.cases.len()).flat_map(|form| kpis.clone().map(move |kpi| (form, kpi)))
    {
        let (told, known) = (
            read.estimate(form, read.merged(), kpi),
            outcome.estimate(form, outcome.merged(), kpi),
        );
        // What grows without end is not told.
        let is_same = |told: crate::stats::Estimate| known.is_some_and(|one| one.n == told.n);
        assert!(told.is_none_or(is_same));
    }
    for lang in [Lang::Nl, Lang::En] {
        summary(&scenario, &outcome, &warnings, lang);
    }
    weigh(folder);
    let read = Board::read(folder).unwrap_or_else(|error| panic!("{error}"));
    // The page holds every figure in both languages.
    let html = page(&read);
    for word in ["NaN", "inf "] {
        assert!(!html.contains(word), "{word}");
    }
    for word in [
        "1 herhalingen",
        "1 weken",
        "1 dagen",
        "1 replications",
        "1 weeks",
        "1 days",
    ] {
        // 21 weken are more than one.
        let mut before = html.match_indices(word).map(|(place, _)| &html[..place]);
        let is_number =
            |text: &str| text.ends_with(|c: char| c.is_ascii_digit() || ".,".contains(c));
        assert!(before.all(is_number), "{word}");
    }
}

fn weigh(folder: &Path) {
    let renewal = Renewal::begin(folder).unwrap();
    let run = Run::read(folder).unwrap();
    let figures = run.figures().unwrap();
    let Ok(framework) = Framework::load(&shipped("afwegingskader.toml"), &figures.forms) else {
        return;
    };
    let weighing = study::weigh(&framework, &figures, None, 100, run.seed());
    let page = weighing_page(&WeighingPage {
        framework: &framework,
        run: &run,
        figures: &figures,
        weighing: &weighing,
        parameters: &[],
        others: &[],
        lang: Lang::Nl,
    });
    for table in weighing_tables(&framework, &figures, &weighing, &[], &run, &[]) {
        text_of(table);
    }
    let tables = weighing_tables(&framework, &figures, &weighing, &[], &run, &[]);
    let files = WeighingFiles {
        framework: &framework,
        sweep: None,
        weighing: &weighing,
        tables,
        page: &page,
    };
    write_weighing(renewal, run, files).unwrap();
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 8,
        rng_seed: RngSeed::Fixed(16),
        failure_persistence: None,
        max_shrink_iters: 4,
        ..ProptestConfig::default()
    })]

    #[test]
    fn whatever_a_run_brings_can_be_written_read_back_and_drawn(small in small()) {
        goes_round(&small);
    }
}

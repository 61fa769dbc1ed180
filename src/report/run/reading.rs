//! A run folder, read back: what a run wrote, as tables with types.
//!
//! Reading refuses what a reader of the page could not know to be missing: a folder of
//! something else, a table that was cut off, a form or region without its rows.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;
use std::path::Path;

use super::rest;
use crate::engine::Date;
use crate::experiment::SERIES;
use crate::experiment::change_over::ChangeOver;
use crate::model::{KPIS, QUARTER_DAYS};
use crate::report::check::ledger::Parameter;
use crate::report::folder::manifest::{Form, Manifest};
use crate::report::folder::sealed::must_be_as_written;
use crate::report::geometry::Outlines;
use crate::report::record::distribution_table::Shares;
use crate::report::record::field::{KpiNumber, Mean, SeriesNumber};
use crate::report::record::flow_table::ReadFlow;
use crate::report::record::kpi_table::{EstimateRow, PairedRow};
use crate::report::record::reading::{Line, ReadingError, Records};
use crate::report::record::series_table::{QuarterRow, WarmUpRow};
use crate::report::record::stage_table::StageLine;
use crate::report::record::team_table::TeamLine;
use crate::report::record::{change_over, flow_table, stage_table, team_table};
use crate::report::words::parameter_name::{by_influence, dutch_meaning};
use crate::report::words::phrase::phrase;
use crate::report::{Lang, geometry};
use crate::scenario::{Folder, Grade, said};
use crate::stats::Estimate;

/// What a run folder says.
#[derive(Clone, Debug)]
pub struct Run {
    /// Where it stands.
    pub(crate) folder: Folder,
    pub(crate) manifest: Manifest,
    /// The regions, and last all together.
    pub(crate) places: Vec<String>,
    estimates: Grid,
    differences: Grid,
    /// Forms and places in which a queue does not come to rest.
    pub(crate) growing: BTreeSet<(usize, usize)>,
    pub(crate) courses: Vec<Course>,
    pub(crate) parameters: Vec<Parameter>,
    /// What its change-overs come to, if a form comes into force in it.
    pub(crate) changes: Option<Vec<ChangeOver>>,
    /// The forms that follow each other in paths.
    pub(crate) stages: Vec<StageLine>,
    pub(crate) shares: Shares,
    pub(crate) flows: Vec<ReadFlow>,
    pub(crate) teams: Vec<TeamLine>,
    /// Shapes of its regions, if somebody has brought them.
    pub(crate) outlines: Option<Outlines>,
}

/// Estimates by form, place and row of [`KPIS`].
type Grid = BTreeMap<(usize, usize, usize), Estimate>;

/// A series of a form, quarter by quarter.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Course {
    /// Number of the form.
    pub form: usize,
    /// Number of the team in the form; none for all together.
    pub team: Option<usize>,
    /// Number of the row in [`SERIES`].
    pub row: usize,
    /// Last days of quarters \[days since the first day of the run\], with what was seen.
    pub quarters: Vec<(u32, Option<Estimate>)>,
    /// Warm-up after which it is at rest \[weeks\]; none if it does not come to rest.
    pub at_rest_after_weeks: Option<u32>,
}

impl Parameter {
    /// What it is.
    pub(crate) fn meaning(&self, lang: Lang) -> &str {
        let nl = dutch_meaning(&self.key).filter(|_| lang == Lang::Nl);
        nl.unwrap_or(&self.definition)
    }
}

impl Run {
    /// Reads a run folder.
    ///
    /// # Errors
    ///
    /// When it holds no run, or not the whole of one.
    pub fn read(folder: &Path) -> Result<Self, ReadingError> {
        Run::read_in(&Folder::on_disk(folder))
    }

    /// The same of a folder that need not be on disk.
    ///
    /// # Errors
    ///
    /// As [`Run::read`].
    pub fn read_in(folder: &Folder) -> Result<Self, ReadingError> {
        let manifest = Manifest::read(folder)?;
        must_be_as_written(folder, &manifest.tables)?;
        let keys = manifest.form_keys();
        let mut names = manifest.regions.clone();
        let means = Records::read::<EstimateRow>(folder)?;
        names.push(merged(&means, &names)?);
        let places: Vec<&str> = names.iter().map(String::as_str).collect();
        let confidence = manifest.confidence;
        let estimates = grid(&means, &keys, &places, confidence, |line| {
            let row: EstimateRow = line.read()?;
            Ok((row.form, row.region, row.kpi, row.mean))
        })?;
        means.must_be_whole(&estimates.1, &keys, &places, None)?;
        let paired = Records::read::<PairedRow>(folder)?;
        let differences = grid(&paired, &keys, &places, confidence, |line| {
            let row: PairedRow = line.read()?;
            Ok((row.form, row.region, row.kpi, row.difference))
        })?;
        paired.must_be_whole(
            &differences.1,
            &keys,
            &places,
            Some(manifest.baseline_row()),
        )?;
        let courses = courses(folder, &manifest, &keys)?;
        let parameters = parameters(folder)?;
        let shares = Shares::read(folder, &keys, &places, confidence)?;
        let together = places[places.len() - 1];
        let teams: Vec<_> = manifest.forms.iter().map(Form::team_keys).collect();
        let flows = flow_table::read(folder, &keys, &teams, together, confidence)?;
        Ok(Run {
            teams: team_table::read(folder, &keys, &teams, &places)?,
            outlines: geometry::kept(folder)?,
            folder: folder.clone(),
            changes: change_over::read(folder, &keys, &places, confidence)?,
            stages: stage_table::read(folder, &keys)?,
            shares,
            flows,
            growing: rest::growing(&means, &keys, &places)?,
            estimates: estimates.0,
            differences: differences.0,
            courses,
            parameters,
            places: names,
            manifest,
        })
    }

    /// Where its chance comes from.
    pub fn seed(&self) -> u64 {
        self.manifest.seed
    }

    pub(crate) fn form_keys(&self) -> Vec<&str> {
        self.manifest.form_keys()
    }

    /// Number of the place that is all regions together.
    pub(crate) fn merged(&self) -> usize {
        self.places.len() - 1
    }

    pub(crate) fn forms(&self) -> &[Form] {
        &self.manifest.forms
    }

    /// Number of the form with which the others are compared.
    pub(crate) fn baseline(&self) -> usize {
        self.manifest.baseline_row()
    }

    /// Forms other than the baseline.
    pub(crate) fn variants(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.forms().len()).filter(|&form| form != self.baseline())
    }

    /// Mean and interval of a KPI as they stand in its table, also where it grows without end.
    pub(crate) fn as_written(&self, form: usize, place: usize, kpi: usize) -> Option<Estimate> {
        self.estimates.get(&(form, place, kpi)).copied()
    }

    /// Mean and interval of a KPI; the interval ends where no value can lie. None where it grows without end.
    pub(crate) fn estimate(&self, form: usize, place: usize, kpi: usize) -> Option<Estimate> {
        let found = self.as_written(form, place, kpi);
        let found = found.filter(|_| !self.grows(form, place, kpi));
        found.map(|one| possible(one, &KPIS[kpi].range()))
    }

    /// Difference of a KPI from the baseline; none where either grows without end.
    pub(crate) fn difference(&self, form: usize, place: usize, kpi: usize) -> Option<Estimate> {
        let found = self.differences.get(&(form, place, kpi)).copied();
        found.filter(|_| !self.difference_grows(form, place, kpi))
    }

    /// Where the scenario of a run is, as seen from the folder with the scenarios in it.
    pub(crate) fn scenario_file(&self) -> String {
        let manifest = &self.manifest;
        let usual = || format!("{}.toml", manifest.scenario.key);
        let file = manifest.scenario_input().map_or_else(usual, str::to_owned);
        format!("scenarios/{file}")
    }

    /// Its parameters, those on which differences were seen to rest most first.
    pub(crate) fn by_influence(&self) -> Vec<&Parameter> {
        let mut sorted: Vec<&Parameter> = self.parameters.iter().collect();
        sorted.sort_by_key(|one| by_influence(&one.key));
        sorted
    }

    /// The teams of a form in a place.
    pub(crate) fn teams_of(&self, form: usize, place: usize) -> impl Iterator<Item = &TeamLine> {
        let teams = self.teams.iter();
        teams.filter(move |one| (one.form, one.place) == (form, place))
    }

    /// Parameters of a grade.
    pub(crate) fn n_of_grade(&self, grade: Grade) -> usize {
        let parameters = self.parameters.iter();
        parameters.filter(|one| one.grade == grade).count()
    }

    /// The series of a form, of one team or of all together.
    pub(crate) fn course(&self, form: usize, team: Option<usize>, row: usize) -> Option<&Course> {
        let mut courses = self.courses.iter();
        courses.find(|one| (one.form, one.team, one.row) == (form, team, row))
    }
}

impl Manifest {
    fn form_keys(&self) -> Vec<&str> {
        let forms = self.forms.iter();
        forms.map(|form| form.named.key.as_str()).collect()
    }

    fn baseline_row(&self) -> usize {
        let mut forms = self.forms.iter();
        let row = forms.position(|form| form.named.key == self.baseline);
        row.expect("looked at when it was read")
    }
}

impl Form {
    /// Keys of its teams.
    pub(crate) fn team_keys(&self) -> Vec<&str> {
        self.teams.iter().map(|team| team.key.as_str()).collect()
    }

    /// The same without saying whether it is a proposal.
    pub(crate) fn short_name(&self, lang: Lang) -> &str {
        let label = lang.pick(&self.named.nl, &self.named.en).trim();
        label.strip_suffix(tag(lang)).unwrap_or(label).trim_end()
    }
}

/// An estimate without the part of its interval in which no value can lie. With few
/// replications the interval of a wait reaches below zero: true, and of no use to a reader.
fn possible(one: Estimate, range: &RangeInclusive<f64>) -> Estimate {
    if !one.has_interval() {
        return one;
    }
    Estimate {
        low: one.low.max(range.start().min(one.mean)),
        high: one.high.min(range.end().max(one.mean)),
        ..one
    }
}

fn tag(lang: Lang) -> &'static str {
    phrase("run_proposed_variant", lang)
}

/// The name of all regions together: the one that is no region of the run.
fn merged(sheet: &Records, regions: &[String]) -> Result<String, ReadingError> {
    for line in sheet.rows() {
        let row: EstimateRow = line.read()?;
        if !regions.iter().any(|region| region == row.region) {
            return Ok(row.region.to_owned());
        }
    }
    Err(sheet.broken(said!("there are no rows of all regions together")))
}

type Seen = BTreeMap<(usize, usize), Vec<usize>>;

fn grid<'a>(
    sheet: &'a Records,
    forms: &[&str],
    places: &[&str],
    confidence: f64,
    read: impl Fn(Line<'a>) -> Result<(&'a str, &'a str, KpiNumber, Mean), ReadingError>,
) -> Result<(Grid, Seen), ReadingError> {
    let (mut grid, mut seen) = (Grid::new(), Seen::new());
    for line in sheet.rows() {
        let (form, region, KpiNumber(kpi), mean) = read(line)?;
        let form = line.among("form", form, forms)?;
        let place = line.among("region", region, places)?;
        let here = seen.entry((form, place)).or_default();
        if here.contains(&kpi) {
            return Err(line.broken(said!("this row is twice there")));
        }
        here.push(kpi);
        if let Some(estimate) = line.estimate(mean, confidence)? {
            grid.insert((form, place, kpi), estimate);
        }
    }
    Ok((grid, seen))
}

fn courses(
    folder: &Folder,
    manifest: &Manifest,
    forms: &[&str],
) -> Result<Vec<Course>, ReadingError> {
    let sheet = Records::read::<QuarterRow>(folder)?;
    let start: Date = (manifest.period.start.parse())
        .map_err(|_| sheet.broken(said!("{} is no date", manifest.period.start)))?;
    let first_day = start.plus_days(-(manifest.period.warm_up_days as i32));
    let track = |line: Line, form: &str, team: Option<&str>, series: SeriesNumber| {
        let form = line.among("form", form, forms)?;
        let keys = manifest.forms[form].team_keys();
        let team = team.map(|team| line.among("team", team, &keys));
        Ok((form, team.transpose()?, series.0))
    };
    let mut quarters: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for line in sheet.rows() {
        let row: QuarterRow = line.read()?;
        let day = row.date.day_number() - first_day.day_number();
        let day = u32::try_from(day).map_err(|_| line.broken(said!("a date before the run")))?;
        let estimate = line.estimate(row.mean, manifest.confidence)?;
        let estimate = estimate.map(|one| possible(one, &(0.0..=f64::INFINITY)));
        let track = track(line, row.form, row.team, row.series)?;
        let course = quarters.entry(track).or_default();
        if course.last().is_some_and(|&(last, _)| last >= day) {
            return Err(line.broken(said!("this quarter is twice there, or comes too late")));
        }
        course.push((day, estimate));
    }
    let n_days = manifest.period.warm_up_days + manifest.period.measured_days;
    let n_quarters = quarters.values().map(Vec::len).max().unwrap_or(0);
    for (form, key) in forms.iter().enumerate() {
        let is_whole = |track| quarters.get(&track).map_or(0, Vec::len) == n_quarters;
        let teams = 0..manifest.forms[form].teams.len();
        let are_whole = (0..SERIES.len()).all(|row| {
            let mut teams = teams.clone().filter(|_| SERIES[row].is_of_team());
            is_whole((form, None, row)) && teams.all(|team| is_whole((form, Some(team), row)))
        });
        if !are_whole || (n_quarters == 0 && n_days >= QUARTER_DAYS) {
            return Err(sheet.broken(said!("quarters of {} are missing", key)));
        }
    }
    let mut rest = BTreeMap::new();
    for line in Records::read::<WarmUpRow>(folder)?.rows() {
        let row: WarmUpRow = line.read()?;
        let weeks = row.needed_weeks.filter(|_| row.settles == Some(true));
        rest.insert(track(line, row.form, row.team, row.series)?, weeks);
    }
    let course = |((form, team, row), quarters)| Course {
        form,
        team,
        row,
        quarters,
        at_rest_after_weeks: rest.get(&(form, team, row)).copied().flatten(),
    };
    Ok(quarters.into_iter().map(course).collect())
}

fn parameters(folder: &Folder) -> Result<Vec<Parameter>, ReadingError> {
    let sheet = Records::read::<Parameter>(folder)?;
    let rows = sheet.rows().map(Line::read);
    let parameters: Vec<Parameter> = rows.collect::<Result<_, _>>()?;
    if parameters.is_empty() {
        return Err(sheet.broken(said!("there are no parameters in it")));
    }
    let mut seen = BTreeSet::new();
    if let Some(one) = parameters.iter().find(|one| !seen.insert(&one.key)) {
        return Err(sheet.broken(said!("{} is twice there", one.key)));
    }
    Ok(parameters)
}

#[cfg(test)]
pub(crate) mod tests {
    use std::fs;
    use std::path::PathBuf;

    use tempfile::TempDir;

    use super::*;
    use crate::experiment::fixture::{outcome, scenario};
    use crate::experiment::{Outcome, warnings};
    use crate::report::record::name::MANIFEST;
    use crate::report::tables;
    use crate::scenario::Scenario;

    /// A folder with a run of the invented model, of which nothing has been drawn yet.
    pub(crate) fn written(scenario: &Scenario) -> (TempDir, PathBuf) {
        written_of(scenario, &outcome(scenario))
    }

    /// The same of an outcome.
    pub(crate) fn written_of(scenario: &Scenario, outcome: &Outcome) -> (TempDir, PathBuf) {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("run");
        let manifest = Manifest::of(scenario, outcome, &warnings(scenario, outcome));
        fs::create_dir(&path).unwrap();
        for table in tables(scenario, outcome) {
            let file = path.join(format!("{}.csv", table.name));
            fs::write(file, table.to_csv()).unwrap();
        }
        fs::write(path.join(MANIFEST), manifest.to_json()).unwrap();
        (home, path)
    }

    #[test]
    fn what_is_read_is_what_was_written() {
        let scenario = scenario(3);
        let (_home, path) = written(&scenario);
        let run = Run::read(&path).unwrap();
        assert_eq!(run.places, ["Gooi en Vechtstreek", "Zeeland", "totaal"]);
        assert_eq!((run.forms().len(), run.baseline()), (6, 0));
        let kpi = KPIS.iter().position(|kpi| kpi.key == "handovers_per_case");
        let difference = run.difference(1, 0, kpi.unwrap()).unwrap();
        assert_eq!((difference.mean, difference.n), (2.0, 3));
        assert_eq!((difference.low, difference.high), (-13.1604, 17.1604));
        assert_eq!(run.difference(0, 0, kpi.unwrap()), None);
        assert_eq!(run.parameters.len(), scenario.ledger.len());
        assert!(run.course(0, None, 0).is_some());
        let form = &run.forms()[1];
        assert_eq!(form.short_name(Lang::Nl), "Expertnetwerk");
    }

    #[test]
    fn an_interval_ends_where_no_value_can_lie() {
        let wide = Estimate::of(&[1.0, 99.0, 80.0], 0.95).unwrap();
        assert!(wide.low < 0.0 && wide.high > 100.0);
        let share = possible(wide, &KPIS[row("hermelding_12_months_percent")].range());
        assert_eq!((share.low, share.mean, share.high), (0.0, 60.0, 100.0));
        let load = possible(wide, &KPIS[row("load_percent")].range());
        assert_eq!((load.low, load.high), (0.0, wide.high));
        let change = KPIS.iter().find(|kpi| kpi.is_change()).unwrap();
        assert_eq!(possible(wide, &change.range()), wide);
        let one = Estimate::of(&[5.0], 0.95).unwrap();
        assert!(!possible(one, &(0.0..=100.0)).has_interval());
    }

    fn row(key: &str) -> usize {
        KPIS.iter().position(|kpi| kpi.key == key).unwrap()
    }

    #[test]
    fn one_replication_has_numbers_and_no_intervals() {
        let (_home, path) = written(&scenario(1));
        let run = Run::read(&path).unwrap();
        let kpi = KPIS.iter().position(|kpi| kpi.key == "handovers_per_case");
        let estimate = run.estimate(1, 0, kpi.unwrap()).unwrap();
        assert!(!estimate.has_interval());
    }

    #[test]
    fn a_folder_of_something_else_is_no_run() {
        let home = tempfile::tempdir().unwrap();
        for manifest in [
            None,
            Some("{}"),
            Some("[1]"),
            Some("{\"program\": \"other\"}"),
            Some("{\"program\": \"rvtsim\", \"design\": \"morris\"}"),
        ] {
            if let Some(text) = manifest {
                fs::write(home.path().join(MANIFEST), text).unwrap();
            }
            let error = Run::read(home.path()).unwrap_err();
            assert!(matches!(error, ReadingError::Foreign(_)), "{error}");
        }
        let error = Run::read(&home.path().join("nowhere")).unwrap_err();
        assert!(matches!(error, ReadingError::Foreign(_)), "{error}");
    }

    #[test]
    fn rows_that_are_twice_there_are_refused_even_without_a_hash() {
        for (name, says) in [
            ("kpis", "twice there"),
            ("paired", "twice there"),
            ("series", "twice there"),
            ("evidence", "twice there"),
            ("replications", "twice there"),
        ] {
            let (_home, path) = written(&scenario(3));
            let file = path.join(format!("{name}.csv"));
            let text = fs::read_to_string(&file).unwrap();
            let doubled: Vec<&str> = text
                .lines()
                .take(1)
                .chain(text.lines().skip(1).flat_map(|line| [line, line]))
                .collect();
            fs::write(&file, doubled.join("\n")).unwrap();
            let found = Run::read(&path).and_then(|run| run.figures());
            let told = found.unwrap_err().to_string();
            assert!(told.contains(name) && told.contains(says), "{told}");
        }
    }

    #[test]
    fn what_is_missing_or_cut_off_is_said_with_its_file() {
        type Change<'a> = &'a dyn Fn(&str) -> String;
        let half = |text: &str| text[..text.len() / 2].to_owned();
        let without_last = |text: &str| {
            let lines: Vec<&str> = text.lines().collect();
            lines[..lines.len() - 1].join("\n")
        };
        let cases: [(&str, Change); 9] = [
            (MANIFEST, &half),
            ("kpis.csv", &half),
            ("kpis.csv", &without_last),
            ("kpis.csv", &|text| {
                text.replace("v1_expertnetwerk", "v9_nieuw")
            }),
            ("kpis.csv", &|text| text.replacen("ci_low", "low", 1)),
            ("paired.csv", &without_last),
            ("paired.csv", &|text| text.replacen(",3,", ",drie,", 1)),
            ("series.csv", &without_last),
            ("evidence.csv", &|text| {
                text.lines().next().unwrap().to_owned()
            }),
        ];
        for (number, (name, change)) in cases.into_iter().enumerate() {
            let (_home, path) = written(&scenario(3));
            let file = path.join(name);
            let text = fs::read_to_string(&file).unwrap();
            fs::write(&file, change(&text)).unwrap();
            let error = Run::read(&path).unwrap_err();
            assert!(
                matches!(error, ReadingError::Broken { .. }),
                "{number}: {error}"
            );
            assert!(error.to_string().contains(name), "{number}: {error}");
        }
        for name in [
            "kpis.csv",
            "paired.csv",
            "series.csv",
            "warm_up.csv",
            "evidence.csv",
        ] {
            let (_home, path) = written(&scenario(1));
            fs::remove_file(path.join(name)).unwrap();
            let said = Run::read(&path).unwrap_err().to_string();
            assert!(said.contains(name) && said.contains("missing"), "{said}");
        }
    }
}

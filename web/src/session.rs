//! One scenario and what is known of its run.

use std::collections::BTreeMap;

use rvtsim::experiment::{self, Cost, Design, Execution, PassKey, make_pass};
use rvtsim::model::Organisation;
use rvtsim::page::RunFiles;
use rvtsim::report::{self, File, Manifest, dutch_meaning};
use rvtsim::scenario::{Changes, Entry, Scenario, load_from};
use rvtsim::study;
use serde::Serialize;

use crate::form::{self, Choice, Later, Parts, Task, Trait};
use crate::question::Remark;
use crate::shelf::Shelf;
use crate::{archive, library};

/// The scenario of which the page shows what there is to choose from.
const STARTING_POINT: &str = "vergelijking";
/// A file by which nothing but what there is to choose from is looked up.
const LOOK: &str = "pagina.toml";

/// A scenario, the passes that are known of it, and the run that was last made of them.
#[derive(Default)]
pub(crate) struct Session {
    scenario: Option<Scenario>,
    shelf: Shelf,
    run: Option<RunFiles>,
}

/// What there is to choose from.
#[derive(Serialize)]
pub(crate) struct About {
    version: &'static str,
    regions: Vec<String>,
    forms: Vec<Parts>,
    tasks: Vec<Task>,
    /// What a form says as a whole.
    traits: Vec<Trait>,
    organisations: Vec<&'static str>,
    beliefs: Vec<Choice>,
    parameters: Vec<Parameter>,
}

/// A parameter with what is known of it.
#[derive(Serialize)]
struct Parameter {
    key: &'static str,
    nl: String,
    en: String,
    value: f64,
    low: f64,
    high: f64,
    unit: &'static str,
    grade: &'static str,
    source: String,
}

impl Parameter {
    fn of(entry: &Entry) -> Self {
        let key = entry.spec.key;
        let en = entry.spec.definition;
        Parameter {
            key,
            nl: dutch_meaning(key).unwrap_or(en).to_owned(),
            en: en.to_owned(),
            value: entry.value_in_effect,
            low: entry.low,
            high: entry.high,
            unit: entry.spec.unit.key(),
            grade: entry.grade.key(),
            source: entry.source.clone(),
        }
    }
}

/// What a scenario means, or what is wrong with it.
#[derive(Serialize)]
pub(crate) struct Checked {
    remarks: Vec<Remark>,
    plan: Option<Plan>,
}

/// What a run of it takes.
#[derive(Serialize)]
struct Plan {
    label: Choice,
    replications: u32,
    regions: Vec<String>,
    /// Forms and paths.
    columns: Vec<Column>,
    /// Forms, also those that paths name.
    forms: Vec<PlannedForm>,
    baseline: String,
    belief: String,
    warm_up_days: u32,
    measured_days: u32,
    start: String,
    seed: u64,
    /// Belief sets, with and without each variant: this one and those that are to be run beside it.
    settings: Vec<String>,
    /// The value of every parameter.
    values: BTreeMap<&'static str, f64>,
    /// Seconds on one core of a computer, as a program, about.
    seconds: f64,
    /// Every pass, one replication after the other.
    passes: Vec<PassPlan>,
}

/// A form that is run, or a path with the forms that come into force in it.
#[derive(Serialize)]
struct Column {
    #[serde(flatten)]
    name: Choice,
    /// The form of the first day, where it is a path.
    start: Option<Choice>,
    later: Vec<Later>,
}

/// A form with what a family goes through in it on each of the fixed routes.
#[derive(Serialize)]
struct PlannedForm {
    #[serde(flatten)]
    parts: Parts,
    counts: Vec<[u16; 3]>,
}

#[derive(Serialize)]
struct PassPlan {
    form: String,
    region: String,
    replication: u32,
    /// Passes of one group need the same hours to be found; who has made one knows them.
    group: usize,
    work: u64,
}

impl Session {
    /// What there is to choose from.
    pub(crate) fn about() -> Result<About, String> {
        let mut beliefs = Vec::new();
        for key in library::names("beliefs") {
            let changes = Changes {
                belief: Some(key.to_owned()),
                ..Changes::default()
            };
            let scenario = looked_up("", &changes)?;
            beliefs.push(Choice::of(&scenario.belief.key, &scenario.belief.label));
        }
        // A form that needs more than a name beside the others cannot be chosen here.
        let mut forms = Vec::new();
        for key in library::names("forms") {
            let text = format!("[scenario]\nforms = [\"{key}\"]\nbaseline = \"{key}\"\n");
            if let Ok(found) = looked_up(&text, &Changes::default()) {
                let cases = found.cases.iter();
                forms.extend(cases.map(|case| Parts::of(&case.form, case.division)));
            }
        }
        let scenario = looked_up("", &Changes::default())?;
        let regions = scenario.regions.iter();
        Ok(About {
            version: env!("CARGO_PKG_VERSION"),
            regions: regions.map(|region| region.name.clone()).collect(),
            forms,
            tasks: form::tasks(),
            traits: form::traits(scenario.cases[0].start()),
            organisations: Organisation::ALL.map(Organisation::key).into(),
            beliefs,
            parameters: scenario.ledger.iter().map(Parameter::of).collect(),
        })
    }

    /// Takes a scenario in one of its settings; nothing is known of its run.
    pub(crate) fn check(
        &mut self,
        own: &[(String, String)],
        scenario: &str,
        setting: Option<&str>,
    ) -> Checked {
        *self = Session::default();
        let path = library::place(scenario);
        let setting = setting.map(|one| one.split_once('+').unwrap_or((one, "")));
        let changes = Changes {
            belief: setting.map(|(belief, _)| belief.to_owned()),
            variant: setting.and_then(|(_, one)| (!one.is_empty()).then(|| one.to_owned())),
            ..Changes::default()
        };
        match load_from(&path, &library::with(own), &changes) {
            Err(wrong) => Checked {
                remarks: wrong.iter().map(Remark::of).collect(),
                plan: None,
            },
            Ok(found) => {
                let remarks = found.warnings.iter().map(Remark::of).collect();
                let plan = Plan::of(&found);
                self.scenario = Some(Scenario {
                    precision: None,
                    ..found.alone()
                });
                Checked {
                    remarks,
                    plan: Some(plan),
                }
            }
        }
    }

    fn scenario(&self) -> Result<&Scenario, String> {
        self.scenario.as_ref().ok_or("there is no scenario".into())
    }

    fn execution(&self) -> Execution<'_> {
        Execution {
            store: &self.shelf,
            ..Execution::default()
        }
    }

    /// Makes a pass, and gives it with those that it took.
    pub(crate) fn pass(&self, number: usize) -> Result<Vec<u8>, String> {
        let design = Design::new(self.scenario()?);
        let keys = in_order(&design);
        let key = *keys.get(number).ok_or("there is no pass of that number")?;
        make_pass(&design, key, &self.execution()).map_err(|error| error.to_string())?;
        Ok(self.shelf.take_made())
    }

    /// Keeps passes, and says how many are known.
    pub(crate) fn keep(&self, passes: &[u8]) -> Result<usize, String> {
        self.shelf.put(passes)?;
        Ok(self.shelf.n_passes())
    }

    /// The page of the first so many replications.
    pub(crate) fn page(&mut self, replications: u32, journeys: bool) -> Result<Vec<u8>, String> {
        let scenario = Scenario {
            replications,
            ..self.scenario()?.clone()
        };
        let execution = self.execution();
        let outcome = experiment::run(&scenario, &execution).map_err(|error| error.to_string())?;
        let warnings = experiment::warnings(&scenario, &outcome);
        let manifest = Manifest::of(&scenario, &outcome, &warnings);
        let found;
        let mut tables = report::tables(&scenario, &outcome);
        if journeys {
            found = study::journeys(&scenario, &execution).map_err(|error| error.to_string())?;
            tables = study::with_journeys(tables, &scenario, &found);
        }
        let run = RunFiles::of(&manifest, &scenario.to_toml(), tables);
        let page = run.page().map_err(|error| error.to_string())?;
        self.run = Some(run);
        Ok(page.into_bytes())
    }

    fn run(&self) -> Result<&RunFiles, String> {
        self.run.as_ref().ok_or("no page has been made".into())
    }

    /// What the run is made of, as bytes.
    pub(crate) fn tables(&self) -> Result<Vec<u8>, String> {
        let files = self.run()?.files().iter();
        let files: Vec<_> = files.map(|file| (&file.name, &file.contents)).collect();
        postcard::to_stdvec(&files).map_err(|error| error.to_string())
    }

    /// The page of earlier runs and this one side by side.
    pub(crate) fn beside(
        &self,
        earlier: &[(String, usize)],
        later: &str,
        tables: &[u8],
    ) -> Result<Vec<u8>, String> {
        page_of(&self.after(&named(earlier, tables)?, later)?)
    }

    /// Earlier runs and this one.
    fn after<'a>(
        &'a self,
        before: &'a [(&str, RunFiles)],
        later: &'a str,
    ) -> Result<Vec<(&'a str, &'a RunFiles)>, String> {
        let before = before.iter().map(|(name, run)| (*name, run));
        Ok(before.chain([(later, self.run()?)]).collect())
    }

    fn files(&self) -> Result<Vec<File>, String> {
        files(self.run()?)
    }

    /// Every file of the run as one; of several runs each has its folder, and the page of all stands beside them.
    pub(crate) fn archive(
        &self,
        earlier: &[(String, usize)],
        later: &str,
        tables: &[u8],
    ) -> Result<Vec<u8>, String> {
        let before = named(earlier, tables)?;
        if before.is_empty() {
            return archive::packed(self.files()?);
        }
        let runs = self.after(&before, later)?;
        let mut all = vec![File {
            name: "report.html".to_owned(),
            contents: page_of(&runs)?,
        }];
        for (folder, run) in runs {
            all.extend(files(run)?.into_iter().map(|file| File {
                name: format!("{folder}/{}", file.name),
                ..file
            }));
        }
        archive::packed(all)
    }

    /// One file of the run.
    pub(crate) fn file(&self, name: &str) -> Result<Vec<u8>, String> {
        let found = self.files()?.into_iter().find(|file| file.name == name);
        let found = found.map(|file| file.contents);
        found.ok_or_else(|| format!("there is no {name}"))
    }
}

impl Plan {
    fn of(scenario: &Scenario) -> Self {
        let cost = Cost::of_run(scenario, 1);
        let mut settings = vec![scenario.setting()];
        settings.extend(scenario.beside());
        let design = Design::new(scenario);
        let pass = |key: PassKey| PassPlan {
            form: scenario.cases[key.case].form.key.clone(),
            region: scenario.regions[key.region].name.clone(),
            replication: key.replication,
            group: key.case * scenario.regions.len() + key.region,
            work: design.work_of(key),
        };
        let keys = in_order(&design);
        let columns = scenario.cases.iter().map(|case| Column {
            name: Choice::of(&case.form.key, &case.form.label),
            start: (case.course.as_ref())
                .map(|course| Choice::of(&course.start.key, &course.start.label)),
            later: form::later(case, scenario.period.first_day()),
        });
        let forms = form::forms(scenario)
            .into_iter()
            .map(|(number, form, division)| PlannedForm {
                parts: Parts::of(form, division),
                counts: (design.structure(number, form))
                    .map(|one| [one.handovers, one.retells, one.assessments])
                    .into(),
            });
        let regions = scenario.regions.iter();
        let values = scenario.ledger.iter();
        let values = values.map(|entry| (entry.spec.key, entry.value_in_effect));
        Plan {
            label: Choice::of(&scenario.key, &scenario.label),
            replications: scenario.replications,
            regions: regions.map(|region| region.name.clone()).collect(),
            columns: columns.collect(),
            forms: forms.collect(),
            baseline: scenario.cases[scenario.baseline].form.key.clone(),
            belief: scenario.belief.key.clone(),
            warm_up_days: scenario.period.warm_up_days,
            measured_days: scenario.period.measured_days,
            start: scenario.period.start.to_string(),
            seed: scenario.seed,
            settings,
            values: values.collect(),
            seconds: cost.seconds,
            passes: keys.iter().copied().map(pass).collect(),
        }
    }
}

/// Every pass, one replication after the other, so that something can be seen after each.
fn in_order(design: &Design) -> Vec<PassKey> {
    let mut keys: Vec<PassKey> = design.in_starting_order().collect();
    keys.sort_by_key(|key| key.replication);
    keys
}

/// Runs of which the tables follow one after the other, with what each is called and how many bytes they are.
fn named<'a>(
    runs: &'a [(String, usize)],
    tables: &[u8],
) -> Result<Vec<(&'a str, RunFiles)>, String> {
    let mut rest = tables;
    let mut found = Vec::new();
    for (name, length) in runs {
        let (own, others) = (rest.split_at_checked(*length)).ok_or("tables are cut off")?;
        rest = others;
        let files: Vec<(String, Vec<u8>)> =
            postcard::from_bytes(own).map_err(|error| error.to_string())?;
        let files = files.into_iter();
        let files = files.map(|(name, contents)| File { name, contents });
        found.push((name.as_str(), RunFiles::from(files.collect::<Vec<_>>())));
    }
    Ok(found)
}

/// The page of runs side by side.
fn page_of(runs: &[(&str, &RunFiles)]) -> Result<Vec<u8>, String> {
    let page = RunFiles::side_by_side(runs).map_err(|error| error.to_string())?;
    Ok(page.into_bytes())
}

fn files(run: &RunFiles) -> Result<Vec<File>, String> {
    run.clone().all().map_err(|error| error.to_string())
}

/// The comparison that ships, with a few lines more.
fn looked_up(lines: &str, changes: &Changes) -> Result<Scenario, String> {
    let text = format!("extends = \"{STARTING_POINT}.toml\"\n{lines}");
    let files = library::with(&[(LOOK.to_owned(), text)]);
    load_from(&library::place(LOOK), &files, changes).map_err(|wrong| wrong.to_string())
}

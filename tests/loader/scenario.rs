//! The scenarios that ship, and the order in which values override each other.

use crate::shipped;
use std::fs;
use std::path::Path;

use crate::library::Library;
use rvtsim::model::{Division, Function, Mode, Organisation, Parameters, Task};
use rvtsim::scenario::{
    Changes, Diagnostics, Doubt, FRAMEWORK, Lang, Level, Scenario, load, load_given,
};

fn sound(result: Result<Scenario, Diagnostics>) -> Scenario {
    result.unwrap_or_else(|log| panic!("{log}"))
}

#[test]
fn every_shipped_scenario_loads() {
    let (mut n_scenarios, mut n_sweeps) = (0, 0);
    for file in shipped::files().filter(|file| file.ends_with(".toml")) {
        let (folder, name) = file.rsplit_once('/').unwrap_or(("", file));
        let is_other = [FRAMEWORK, "evidence.toml", "calibrated.toml"].contains(&name);
        if is_other || !["", "voorbeelden", "studies"].contains(&folder) {
            continue;
        }
        let scenario = sound(load(&shipped::at(file), &Changes::default()));
        assert_eq!(scenario.ledger.len(), Parameters::TABLE.len(), "{name}");
        assert_eq!(scenario.sweep.is_some(), folder == "studies", "{name}");
        n_scenarios += 1;
        n_sweeps += usize::from(scenario.sweep.is_some());
    }
    assert!(n_scenarios > 6, "{n_scenarios}");
    assert!(n_sweeps > 2, "{n_sweeps}");
}

#[test]
fn more_or_less_is_said_of_what_earlier_files_decide() {
    let library = Library::new();
    library.write("calibrated.toml", "[evidence]\nwork.rechter_days = 20\n");
    library.write(
        "top.toml",
        "extends = \"base.toml\"\n[evidence]\nwork.rechter_days = \"10 % more\"\nwork.cv = \"50 % minder\"\n",
    );
    let base = library.folder().join("base.toml");
    let text = fs::read_to_string(&base).unwrap();
    fs::write(
        &base,
        text + "\n[evidence]\nwork.rechter_days = \"50 % less\"\n",
    )
    .unwrap();
    let scenario = sound(library.load("top.toml", &Changes::default()));
    let found = scenario.cases[0].parameters.work;
    let entry = |key: &str| {
        let mut entries = scenario.ledger.iter();
        entries.find(|entry| entry.spec.key == key).unwrap()
    };
    assert!((found.rechter_days - 11.0).abs() < 1e-9);
    assert_eq!(found.cv, 0.5 * entry("work.cv").value);
    assert_eq!(
        entry("work.rechter_days").value_in_effect,
        found.rechter_days
    );
    // A share of more than one is nobody's intention.
    library.write(
        "share.toml",
        "extends = \"base.toml\"\n[evidence]\nhelp.acceptance_probability = \"900 % more\"\n",
    );
    let log = library.load("share.toml", &Changes::default()).unwrap_err();
    assert!(
        log.to_string().contains("is not a share"),
        "{}",
        log.to_string()
    );
}

#[test]
fn the_last_file_that_names_a_value_decides() {
    let library = Library::new();
    library.write("calibrated.toml", "");
    let layers = [
        ("calibrated.toml", 0.26),
        ("beliefs/neutraal.toml", 0.3),
        ("forms/v0.toml", 0.4),
        ("forms/v1.toml", 0.5),
        ("base.toml", 0.6),
        ("top.toml", 0.7),
    ];
    // Every layer leaves one key less to the next, so that each has the last word once.
    let keys = [
        "work.rechter_days",
        "work.cv",
        "work.nazorg_weeks",
        "work.toets_days",
        "work.advies_hours",
        "help.effect_measure",
    ];
    library.write(
        "forms/v1.toml",
        "extends = \"v0\"\n[form]\nlabel = { nl = \"Een\", en = \"One\" }\n",
    );
    library.write(
        "top.toml",
        "extends = \"base.toml\"\n[scenario]\nforms = [\"v0\", \"v1\"]\n",
    );
    for (number, (file, value)) in layers.iter().enumerate() {
        let path = library.folder().join(file);
        let mut text = fs::read_to_string(&path).unwrap() + "\n[evidence]\n";
        for key in &keys[number..] {
            text += &format!("\"{key}\" = {value}\n");
        }
        fs::write(path, text).unwrap();
    }
    let scenario = sound(library.load("top.toml", &Changes::default()));
    let one = scenario.cases[1].parameters;
    let found = [
        one.work.rechter_days,
        one.work.cv,
        one.work.nazorg_weeks,
        one.work.toets_days,
        one.work.advies_hours,
        one.help.effect_measure,
        one.measure.voogdij_years,
    ];
    assert_eq!(found, [0.26, 0.3, 0.4, 0.5, 0.6, 0.7, 0.5]);
    assert_eq!(scenario.cases[0].parameters.work.toets_days, 0.4);
    // The ledger holds the scenario's values, without those of a single form.
    let entry = |key: &str| {
        scenario
            .ledger
            .iter()
            .find(|entry| entry.spec.key == key)
            .unwrap()
    };
    assert_eq!(entry("work.toets_days").value_in_effect, 0.3);
    assert_eq!(entry("work.toets_days").value, 0.5);
    let files = [
        "calibrated.toml",
        "beliefs/neutraal.toml",
        "base.toml",
        "top.toml",
    ];
    assert_eq!(entry("help.effect_measure").overridden_by, files);
    assert_eq!(entry("measure.voogdij_years").overridden_by, [""; 0]);
    // Whoever fits anew begins with what was held before.
    let is_prior = Changes {
        is_prior: true,
        ..Changes::default()
    };
    let prior = sound(library.load("top.toml", &is_prior));
    assert_eq!(prior.cases[1].parameters.work.rechter_days, 0.5);
    assert_eq!(prior.cases[1].parameters.work.cv, 0.3);
}

#[test]
fn a_form_that_extends_says_only_what_differs() {
    let library = Library::new();
    library.write(
        "forms/v1.toml",
        "extends = \"v0\"\n[form]\nlabel = { nl = \"Een\", en = \"One\" }\nstays = [\"keten\"]\n\
         [teams]\nlokaal = false\n[teams.keten]\ngeneralist_share = 1\nstaff_from.lokaal_team = 1\n\
         staff_from.veilig_thuis = 1\nstaff_from.rvdk = 1\nstaff_from.gi_jeugdbescherming = 1\n\
         staff_from.gi_jeugdreclassering = 1\n[functions]\ndrang = false\nnazorg.team = \"keten\"\n\
         vrijwillige_hulp = { team = \"keten\" }\n",
    );
    library.write(
        "top.toml",
        "extends = \"base.toml\"\nscenario.forms = [\"v1\", \"v0\"]\n",
    );
    let scenario = sound(library.load("top.toml", &Changes::default()));
    let form = &scenario.cases[0].form;
    let teams: Vec<_> = form.teams.iter().map(|team| team.key.as_str()).collect();
    assert_eq!(teams, ["keten", "buiten"]);
    assert_eq!(form.teams[0].label.en, "Chain");
    assert_eq!(form.teams[0].generalist_share, 1.0);
    assert_eq!(form.teams[0].staff_from[0], (Organisation::LokaalTeam, 1.0));
    assert!(form.stays.has(0) && !form.stays.has(1));
    assert_eq!(form.task(Function::Drang), None);
    assert_eq!(
        form.task(Function::Nazorg),
        Some(Task {
            team: 0,
            mode: Mode::TakeOver
        })
    );
    assert!(scenario.cases[1].form.task(Function::Drang).is_some());
}

#[test]
fn a_scenario_leaves_nothing_open() {
    let library = Library::new();
    library.write(
        "Mijn Scenario.toml",
        "\u{feff}extends = \"base.toml\"\r\n[scenario]\r\nstart = \"2024-02-29\"\r\n\
         regions = [25, \"FRYSLAN\", \"drenthe\"]\r\n",
    );
    let scenario = sound(library.load("Mijn Scenario.toml", &Changes::default()));
    assert_eq!(scenario.key, "mijn-scenario");
    assert_eq!(scenario.label.en, "Base");
    assert_eq!(scenario.period.start.to_string(), "2024-02-29");
    assert_eq!(
        (scenario.period.warm_up_days, scenario.period.measured_days),
        (366, 182)
    );
    assert_eq!(
        (scenario.replications, scenario.seed, scenario.baseline),
        (10, 1, 0)
    );
    let numbers: Vec<_> = scenario
        .regions
        .iter()
        .map(|region| region.number)
        .collect();
    assert_eq!(numbers, [2, 3, 25]);
    assert!(
        scenario
            .regions
            .iter()
            .all(|region| region.share_of_meldingen == 1.0 / 25.0)
    );
    let paths: Vec<_> = scenario
        .inputs
        .iter()
        .map(|input| input.path.as_str())
        .collect();
    let files = [
        "Mijn Scenario.toml",
        "base.toml",
        "beliefs/neutraal.toml",
        "evidence.toml",
        "forms/v0.toml",
        "regions.csv",
    ];
    assert_eq!(paths, files);
    assert!(scenario.inputs.iter().all(|input| input.sha256.len() == 64));
}

#[test]
fn the_command_line_has_the_last_word() {
    let library = Library::new();
    let regions = Some(vec!["Drenthe".to_owned(), "1".to_owned()]);
    let changes = Changes {
        replications: Some(3),
        seed: Some(u64::MAX),
        regions,
        ..Changes::default()
    };
    let scenario = sound(library.load("base.toml", &changes));
    assert_eq!(
        (scenario.replications, scenario.seed, scenario.regions.len()),
        (3, u64::MAX, 2)
    );
    let all = Changes {
        regions: Some(vec!["all".to_owned()]),
        ..Changes::default()
    };
    assert_eq!(sound(library.load("base.toml", &all)).regions.len(), 25);
}

#[test]
fn a_scenario_below_the_library_finds_it() {
    let library = Library::new();
    library.write("mijn/eigen.toml", "extends = \"../base.toml\"\n");
    let scenario = sound(library.load("mijn/eigen.toml", &Changes::default()));
    assert!(
        scenario
            .inputs
            .iter()
            .any(|input| input.path == "mijn/eigen.toml")
    );
}

#[test]
fn what_is_exported_loads_as_the_same_scenario() {
    let library = Library::new();
    library.write(
        "forms/v1.toml",
        "extends = \"v0\"\n[form]\nlabel = { nl = \"Een \\\"twee\\\"\", en = \"One\" }\n\
         [evidence]\nwork.cv = 0.3\n\"work.toets_days\" = 0.3\n",
    );
    library.write(
        "top.toml",
        "extends = \"base.toml\"\n[scenario]\nlabel = { nl = \"a\\\\\\\"'\\n\", en = \"b\" }\n\
         forms = [\"v1\", \"v0\"]\nbaseline = \"v0\"\nregions = [2, 3]\n\
         [evidence]\nwork.cv = 0.7\nwork.drang_weeks = \"35 days\"\n",
    );
    let scenario = sound(library.load("top.toml", &Changes::default()));
    let text = scenario.to_toml();
    assert_eq!(
        text,
        sound(library.load("top.toml", &Changes::default())).to_toml()
    );
    library.write("again.toml", &text);
    let again = sound(library.load("again.toml", &Changes::default()));
    assert_eq!(again.cases, scenario.cases);
    assert_eq!(again.cases[0].differences.len(), 1);
    assert_eq!(
        (
            again.label,
            again.period,
            again.regions,
            again.baseline,
            again.belief
        ),
        (
            scenario.label,
            scenario.period,
            scenario.regions,
            scenario.baseline,
            scenario.belief
        )
    );
    let v1 = scenario
        .inputs
        .iter()
        .find(|input| input.path == "forms/v1.toml")
        .unwrap();
    assert!(text.contains(&v1.sha256), "{text}");
}

#[test]
fn the_counts_of_the_monitor_are_read_and_written_whole() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/proeftuinmonitor.toml");
    let scenario = sound(load(&file, &Changes::default()));
    let monitor = scenario.monitor.as_ref().unwrap();
    let last = monitor.counts.last().unwrap();
    let kinds = last.kinds.unwrap().pairs();
    assert_eq!(kinds.iter().map(|(_, n)| n).sum::<u32>(), last.measures);
    // 31 January, 28 February, 31 March; 273 days to 30 September; 2023 to 2026, with leap year 2024.
    let readings = monitor.readings(&scenario.period);
    let days: Vec<_> = readings
        .iter()
        .map(|one| (one.families_before_day, one.measures_before_day))
        .collect();
    assert_eq!(days, [(90, 90), (273, 273), (273, 1461)]);
    let copy = tempfile::tempdir().unwrap();
    shipped::copy_to(copy.path());
    fs::write(copy.path().join("again.toml"), scenario.to_toml()).unwrap();
    let again = sound(load(&copy.path().join("again.toml"), &Changes::default()));
    assert_eq!(again.monitor, scenario.monitor);
}

#[test]
fn a_minus_sign_and_a_space_as_this_program_prints_them_are_read() {
    let library = Library::new();
    library.write(
        "top.toml",
        "extends = \"base.toml\"\n[evidence]\ndemand.growth_per_year = \"\u{2212}3\u{a0}%\"\n",
    );
    let scenario = sound(library.load("top.toml", &Changes::default()));
    assert_eq!(scenario.cases[0].parameters.demand.growth_per_year, -0.03);
}

#[test]
fn a_region_may_be_named_by_the_code_that_maps_use() {
    let library = Library::new();
    let named = |word: &str| {
        let changes = Changes {
            regions: Some(vec![word.to_owned()]),
            ..Changes::default()
        };
        sound(library.load("base.toml", &changes)).regions[0].number
    };
    for word in ["VR03", "vr3", "3", "drenthe", "VR 03"] {
        assert_eq!(named(word), 3, "{word}");
    }
}

#[test]
fn what_a_shared_file_says_is_told_where_ones_own_file_makes_it_wrong() {
    let library = Library::new();
    library.write("forms/v1.toml", include_str!("library/v0.toml"));
    library.write(
        "shared.toml",
        "extends = \"base.toml\"\n[scenario]\nbaseline = \"v0\"\n",
    );
    for (own, code) in [
        ("forms = [\"v1\"]", "S023"),
        ("start = 1900-01-02", "S024"),
        ("start = 2200-12-01", "S024"),
    ] {
        let text = format!("extends = \"shared.toml\"\n[scenario]\n{own}\n");
        library.write("own.toml", text);
        let log = library.load("own.toml", &Changes::default()).unwrap_err();
        let told: Vec<_> = log.errors().collect();
        assert_eq!((told.len(), told[0].code), (1, code), "{log}");
        let place = told[0].place.as_ref().unwrap();
        assert!(
            place.path().ends_with("own.toml") && place.line() == 3,
            "{log}"
        );
    }
}

/// The faults of a sweep over a list of points, or over ranges.
fn faults_of_sweep(sweep: &str, points: &str) -> Vec<(String, Option<usize>)> {
    let library = Library::new();
    library.write("points.csv", points);
    library.write(
        "top.toml",
        format!("extends = \"base.toml\"\n[sweep]\nkpis = [\"ots_per_year\"]\n{sweep}"),
    );
    let found = library.load("top.toml", &Changes::default());
    let faults = found.map_or_else(|log| log.iter().cloned().collect(), |_| Vec::new());
    let line = |one: &rvtsim::scenario::Diagnostic| one.place.as_ref().map(|place| place.line());
    let faults = faults.iter().filter(|one| one.level == Level::Error);
    faults
        .map(|one| {
            (
                format!("{}: {}", one.code, one.message.text(Lang::En)),
                line(one),
            )
        })
        .collect()
}

#[test]
fn what_is_named_twice_in_a_list_of_points_is_refused_and_no_value_is_lost() {
    let list = "design = \"list\"\nlist = \"points.csv\"\n";
    let wide = "point,staff.turnover,work.rechter_days\n1,0.3,20\n2,,21\n";
    assert_eq!(faults_of_sweep(list, wide), []);
    let long = "draw,parameter,value\n0,staff.turnover,0.3\n1,staff.turnover,0.4\n";
    assert_eq!(faults_of_sweep(list, long), []);
    for (points, said, line) in [
        (
            "staff.turnover,staff.turnover\n0.3,0.4\n",
            "S017: `staff.turnover` is named twice",
            1,
        ),
        (
            "staff.turnover, staff.turnover\n0.3,0.3\n",
            "S017: `staff.turnover` is named twice",
            1,
        ),
        (
            "point,point,staff.turnover\n1,2,0.3\n",
            "S017: `point` is named twice",
            1,
        ),
        (
            "v0.teams.lokaal.generalist_share,*.teams.lokaal.generalist_share\n0.3,0.4\n",
            "S017: `v0.teams.lokaal.generalist_share` and `*.teams.lokaal.generalist_share` move the same thing",
            1,
        ),
        (
            "draw,parameter,value\n0,staff.turnover,0.3\n0,work.rechter_days,9\n0,staff.turnover,0.4\n",
            "S017: `staff.turnover` is named twice in draw 0",
            4,
        ),
    ] {
        assert_eq!(
            faults_of_sweep(list, points),
            [(said.to_owned(), Some(line))]
        );
    }
}

#[test]
fn points_outside_the_evidence_are_told_once_for_each_parameter() {
    let library = Library::new();
    library.write(
        "points.csv",
        "work.cv,staff.turnover\n0.5,0.5\n2,0.5\n3,0.4\n",
    );
    library.write(
        "top.toml",
        "extends = \"base.toml\"\n[sweep]\ndesign = \"list\"\nlist = \"points.csv\"\n",
    );
    let scenario = sound(library.load("top.toml", &Changes::default()));
    let told = scenario
        .warnings
        .iter()
        .map(|one| (one.code, one.message.text(Lang::En)));
    let fact = "`work.cv` varies outside its evidence: 0.25 to 1";
    assert_eq!(told.collect::<Vec<_>>(), [("S035", fact.to_owned())]);
    assert_eq!(
        scenario.warnings[0].place.as_ref().map(|at| at.line()),
        Some(3)
    );
}

#[test]
fn what_is_named_twice_among_ranges_or_levels_is_refused() {
    let ranges = |text: &str| format!("design = \"grid\"\npoints = 2\n[sweep.ranges]\n{text}");
    let one = "\"v0.teams.lokaal.generalist_share\" = { low = 0.1, high = 0.2 }\n";
    assert_eq!(faults_of_sweep(&ranges(one), ""), []);
    let other = "\"*.teams.lokaal.generalist_share\" = { low = 0.1, high = 0.9 }\n";
    let said = faults_of_sweep(&ranges(&format!("{one}{other}")), "");
    assert!(said[0].0.contains("move the same thing"), "{said:?}");
    let levels = "\"staff.turnover\" = { levels = [0.1, 0.2, 0.1] }\n";
    let said = faults_of_sweep(&ranges(levels), "");
    assert!(said[0].0.contains("a level stands twice"), "{said:?}");
}

#[test]
fn a_value_that_changes_nothing_without_another_is_told() {
    let library = Library::new();
    let told = |evidence: &str| -> Vec<String> {
        let text = format!("extends = \"base.toml\"\n[evidence]\n{evidence}\n");
        library.write("top.toml", &text);
        let scenario = sound(library.load("top.toml", &Changes::default()));
        let warnings = scenario.warnings.iter().filter(|one| one.code == "S039");
        let messages = warnings.map(|one| one.message.text(Lang::En));
        messages
            .filter(|one| one.contains("changes nothing"))
            .collect()
    };
    let dip = "transition.productivity_dip = 0.3\ntransition.recovery_weeks =";
    assert_eq!(
        told(&format!("{dip} 0")),
        ["`transition.productivity_dip` changes nothing while `transition.recovery_weeks` is 0"]
    );
    assert!(told(&format!("{dip} 0.5")).is_empty());
    let weak = "behaviour.stall_in_weak_area = 0\nbehaviour.weak_area_share = 0.3";
    assert_eq!(told(weak).len(), 1);
    assert!(told("transition.recovery_weeks = 0.5").is_empty());
}

#[test]
fn a_scenario_may_be_given_as_text() {
    let library = Library::new();
    let folder = library.folder();
    let given = |name: &str, text: &str| {
        let changed = "extends = \"base.toml\"\n[evidence]\nwork.cv = 0.25\n";
        let texts = [("changed.toml", changed), (name, text)];
        let texts = texts.map(|(name, text)| (folder.join(name), text.to_owned()));
        load_given(&folder.join(name), &texts.into(), &Changes::default())
    };
    let scenario = sound(given("Given.toml", "extends = \"changed.toml\"\n"));
    assert_eq!(scenario.key, "given");
    assert_eq!(scenario.bases, ["base.toml", "changed.toml"]);
    assert_eq!(scenario.cases[0].parameters.work.cv, 0.25);
    // The same as from disk, the hashes of the files included.
    library.write(
        "changed.toml",
        "extends = \"base.toml\"\n[evidence]\nwork.cv = 0.25\n",
    );
    library.write("Given.toml", "extends = \"changed.toml\"\n");
    assert_eq!(
        sound(library.load("Given.toml", &Changes::default())),
        scenario
    );
    let log = given(
        "wrong.toml",
        "extends = \"base.toml\"\n[evidence]\nwork.cvv = 1\n",
    )
    .unwrap_err();
    let fault = log.errors().next().unwrap();
    let place = fault.place.as_ref().unwrap();
    assert_eq!(
        (place.line(), place.path().ends_with("wrong.toml")),
        (3, true)
    );
}

const WORLDS: &str = "draw,parameter,value\n1,work.cv,0.3\n1,work.rechter_days,20\n2,work.cv,0.4\n2,work.rechter_days,25\n";

#[test]
fn each_replication_runs_in_a_world_of_its_own_and_what_is_said_later_holds_in_all() {
    let library = Library::new();
    library.write("calibrated_draws.csv", WORLDS);
    library.write(
        "top.toml",
        "extends = \"base.toml\"\n[doubt]\nparameters = \"posterior\"\n[evidence]\nwork.cv = \"100 % more\"\n",
    );
    let scenario = sound(library.load("top.toml", &Changes::default()));
    assert_eq!(scenario.doubt, Doubt::Posterior);
    let work = |replication| scenario.cases[0].parameters_in(replication).work;
    assert_eq!([work(1).rechter_days, work(2).rechter_days], [20.0, 25.0]);
    assert_eq!([work(1).cv, work(2).cv], [0.6, 0.8]);
    // After the last world comes the first.
    assert_eq!(work(3), work(1));
    // Where a world shall have a twin, the last replications run in the first worlds again.
    let doubt = "[doubt]\nparameters = \"posterior\"\ntwins = 7\n";
    let text = format!("extends = \"base.toml\"\n{doubt}[scenario]\nreplications = 3\n");
    library.write("twins.toml", &text);
    let twins = sound(library.load("twins.toml", &Changes::default()));
    let days = |replication| twins.cases[0].parameters_in(replication).work.rechter_days;
    assert_eq!(
        [1, 2, 3].map(days),
        [20.0, 25.0, 20.0],
        "at most half are twins"
    );
    library.write("own.toml", twins.to_toml());
    let own = sound(library.load("own.toml", &Changes::default()));
    assert_eq!(own.twins, 7);
    // A run's own file says what each world says, and not more.
    library.write("again.toml", scenario.to_toml());
    let again = sound(library.load("again.toml", &Changes::default()));
    assert_eq!(again.cases[0].parameters_in(2).work.rechter_days, 25.0);
    assert_eq!(again.doubt, Doubt::Posterior);
    // Calibrations look for worlds, and run in none.
    let prior = Changes {
        is_prior: true,
        ..Changes::default()
    };
    let prior = sound(library.load("top.toml", &prior));
    assert!(prior.doubt == Doubt::None && prior.cases[0].worlds.is_empty());
}

#[test]
fn worlds_before_the_fit_leave_alone_what_is_assumed_of_people() {
    let library = Library::new();
    library.write(
        "top.toml",
        "extends = \"base.toml\"\n[doubt]\nparameters = \"prior\"\n",
    );
    let scenario = sound(library.load("top.toml", &Changes::default()));
    let case = &scenario.cases[0];
    assert!(case.worlds.len() >= 100);
    let drawn = |key: &str| {
        let row = scenario
            .ledger
            .iter()
            .position(|entry| entry.spec.key == key)
            .unwrap();
        let values = case.worlds.iter().map(|world| world.values()[row]);
        let mut values: Vec<f64> = values.collect();
        let entry = &scenario.ledger[row];
        assert!(
            values
                .iter()
                .all(|value| (entry.low..=entry.high).contains(value)),
            "{key}"
        );
        values.dedup();
        values.len() > 1
    };
    assert!(drawn("work.cv"));
    let assumed = scenario.ledger.iter().filter(|entry| entry.claim.is_some());
    for entry in assumed {
        assert!(!drawn(entry.spec.key), "{}", entry.spec.key);
    }
}

#[test]
fn worlds_that_are_not_there_or_no_worlds_are_told() {
    let library = Library::new();
    library.write(
        "top.toml",
        "extends = \"base.toml\"\n[doubt]\nparameters = \"posterior\"\n",
    );
    let told = || {
        let found = library.load("top.toml", &Changes::default());
        found.unwrap_err().to_string()
    };
    assert!(
        told().contains("there is no calibrated_draws.csv"),
        "{}",
        told()
    );
    library.write(
        "calibrated_draws.csv",
        "draw,parameter,value\n1,v0.functions.advies.mode,consult\n",
    );
    assert!(told().contains("no parameter"), "{}", told());
    library.write(
        "calibrated_draws.csv",
        "draw,parameter,value\n1,work.cvs,1\n",
    );
    assert!(told().contains("work.cvs"), "{}", told());
}

const KNOWN: &str = "target,label_nl,label_en,regions,use,value,low,high,simulated_mean\n\
one,een,one,,fit,10,8,12,11\n\
two,twee,two,Zeeland,validation,10,8,12,13\n\
three,drie,three,Groningen; Zeeland,validation,10,8,12,\n";

#[test]
fn what_is_known_of_a_region_comes_with_how_the_fitted_model_shows_it() {
    let library = Library::new();
    library.write("top.toml", "extends = \"base.toml\"\n");
    assert!(
        sound(library.load("top.toml", &Changes::default()))
            .known
            .is_empty()
    );
    library.write("calibrated_targets.csv", KNOWN);
    let known = sound(library.load("top.toml", &Changes::default())).known;
    let inside: Vec<bool> = known.iter().map(|one| one.is_inside()).collect();
    assert_eq!(
        inside,
        [true, false, false],
        "what no run shows fits nothing"
    );
    let tests: Vec<bool> = known.iter().map(|one| one.is_test()).collect();
    assert_eq!(tests, [false, true, true]);
    let of = |region: &str| {
        let is = known
            .iter()
            .map(|one| (one.is_of(region), one.touches(region)));
        is.collect::<Vec<_>>()
    };
    assert_eq!(of("Zeeland"), [(false, false), (true, true), (false, true)]);
    assert_eq!(of("Gron"), [(false, false); 3]);
    library.write("calibrated_targets.csv", "target,value\none,ten\n");
    let told = library.load("top.toml", &Changes::default());
    let told = told.unwrap_err().to_string();
    assert!(
        told.contains("calibrated_targets.csv") && told.contains("not what a calibration writes"),
        "{told}"
    );
}

#[test]
fn a_form_says_of_its_hours_what_holds_before_the_scenario() {
    let library = Library::new();
    let form = include_str!("library/v0.toml");
    let own = format!("{form}\n[staffing]\ndivision = \"as_assigned\"\n");
    library.write("forms/own.toml", own);
    library.write(
        "top.toml",
        "extends = \"base.toml\"\n[scenario]\nforms = [\"v0\", \"own\"]\n[staffing]\ndivision = \"by_work\"\n",
    );
    let scenario = sound(library.load("top.toml", &Changes::default()));
    let divisions = scenario.cases.iter().map(|case| case.division);
    let divisions: Vec<Division> = divisions.collect();
    assert_eq!(divisions, [Division::ByWork, Division::AsAssigned]);
    library.write("again.toml", scenario.to_toml());
    let again = sound(library.load("again.toml", &Changes::default()));
    assert_eq!(again.cases[0].division, Division::ByWork);
    let plain = sound(library.load("base.toml", &Changes::default()));
    assert_eq!(plain.cases[0].division, Division::AsAssigned);
}

//! What several test files need: settings from the shipped scenario files.
// Every test file is a program of its own and uses a part of this.
#![allow(dead_code)]

use std::path::Path;

use rvtsim::model::{Division, Setting};
use rvtsim::scenario::{Changes, Scenario, load};

/// The shipped forms.
pub const FORMS: [&str; 6] = [
    "v0_estafette",
    "v1_expertnetwerk",
    "v2_rnvt",
    "v3_voorkantfusie",
    "v4_openbaar_lichaam",
    "v5_integraal_landelijk",
];

/// The shipped comparison, in these regions.
pub fn comparison(regions: &[&str]) -> Scenario {
    let changes = Changes {
        regions: Some(regions.iter().map(|name| name.to_string()).collect()),
        // The laws that are tested hold for any values; these do not move with a new fit.
        is_prior: true,
        ..Changes::default()
    };
    match load(Path::new("scenarios/vergelijking.toml"), &changes) {
        Ok(mut scenario) => {
            // Settings that are made of it have no roster either.
            for case in &mut scenario.cases {
                case.division = Division::AsAssigned;
            }
            scenario
        }
        Err(diagnostics) => panic!("{diagnostics}"),
    }
}

/// One shipped form in one region, through the shipped period.
pub fn setting(form: &str, region: &str) -> Setting {
    let scenario = comparison(&[region]);
    let case = scenario
        .cases
        .iter()
        .find(|case| case.form.key == form)
        .expect("the form is in the comparison");
    Setting {
        form: case.form.clone(),
        parameters: case.parameters,
        region: scenario.regions[0].clone(),
        period: scenario.period,
        roster: None,
        changes: Vec::new(),
        local: Vec::new(),
        counted: None,
        readings: Vec::new(),
    }
}

/// One shipped form in one region through so many days, with so long a warm-up
/// before them.
pub fn short_setting(form: &str, region: &str, warm_up_days: u32, measured_days: u32) -> Setting {
    let mut setting = setting(form, region);
    setting.period.warm_up_days = warm_up_days;
    setting.period.measured_days = measured_days;
    setting
}

//! What several test files need: settings from the shipped scenario files.

use std::path::Path;

use rvtsim::model::Setting;
use rvtsim::scenario::{Changes, Scenario, load};

/// The shipped comparison, in these regions.
pub fn comparison(regions: &[&str]) -> Scenario {
    let changes = Changes {
        regions: Some(regions.iter().map(|name| name.to_string()).collect()),
        ..Changes::default()
    };
    match load(Path::new("scenarios/vergelijking.toml"), &changes) {
        Ok(scenario) => scenario,
        Err(diagnostics) => panic!("{}", diagnostics.render(false)),
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
    }
}

//! A rule of your own: a form is a value, so it can be changed in code as well as in a file.
//!
//! Today's relay, in which whoever assessed at Veilig Thuis stays with an unsafe family when
//! another takes over, beside the relay as it is: what do handovers and hours do?
//!
//! ```sh
//! cargo run --release --example own_rule
//! ```

use std::path::Path;

use rvtsim::experiment::{Execution, run};
use rvtsim::model::{Function, Kpi};
use rvtsim::scenario::{Changes, load};

fn main() {
    let changes = Changes {
        regions: Some(vec!["Zeeland".into()]),
        ..Changes::default()
    };
    let mut scenario =
        load(Path::new("scenarios/referentie.toml"), &changes).expect("the shipped scenario loads");
    let relay = scenario.cases[scenario.baseline].clone();
    let mut staying = relay.clone();
    staying.form.key = "relay_whose_assessor_stays".into();
    let assessor = staying
        .form
        .task(Function::Veiligheidsbeoordeling)
        .expect("every form assesses")
        .team;
    staying.form.stays.insert(assessor);
    (scenario.cases, scenario.baseline) = (vec![relay, staying], 0);

    let outcome = run(&scenario, &Execution::default()).expect("no pass fails");
    for key in [
        "handovers_per_case",
        "wait_first_help_mean_days",
        "unsafe_days_per_family_year",
        "staff_load_percent",
    ] {
        let number = rvtsim::model::KPIS
            .iter()
            .position(|kpi| Kpi::from_key(key) == Some(kpi))
            .expect("a row of the table");
        let mean = |case| outcome.estimate(case, outcome.merged(), number);
        let (Some(relay), Some(staying)) = (mean(0), mean(1)) else {
            continue;
        };
        println!("{key:<30} {:>8.2} {:>8.2}", relay.mean, staying.mean);
    }
}

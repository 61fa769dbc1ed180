//! From which step to which families go, as a table, and read back.

use super::column::{CI_HIGH, CI_LOW, Column, FORM, REGION, column};
use super::reading::{Columns, ReadingError, Records};
use super::table::{Row, fields_of};
use crate::experiment::{Outcome, YearlyFlow};
use crate::model::{Form, Step};
use crate::scenario::{Folder, Scenario, said};
use crate::stats::Estimate;

/// Columns of flows.csv.
pub(crate) const COLUMNS: &[Column] = &[
    FORM,
    REGION,
    column(
        "from",
        "",
        "Step of the family's way that had begun last, or how it came in: eerste_melding, hermelding, eigen_instroom of a lokaal team, instroom_jeugdreclassering, voorraad (there when the run began).",
        "van",
    ),
    column(
        "from_team",
        "",
        "Key of the team that does that step in the form; empty where none does. In mode consult the family's lead does it, advised by this team.",
        "team van die stap",
    ),
    column(
        "to",
        "",
        "Step that begins next, or afgesloten. The step itself is counted when it begins, all cases together, those of the stock and of jeugdreclassering included.",
        "naar",
    ),
    column(
        "to_team",
        "",
        "Key of the team that does that step in the form; empty for the end.",
        "team van die stap",
    ),
    column(
        "families_per_year",
        "per year",
        "Families that went from the one to the other, a year, mean over replications; a family that goes twice counts twice.",
        "gezinnen per jaar",
    ),
    CI_LOW.in_unit("per year"),
    CI_HIGH.in_unit("per year"),
    column("n", "count", "Replications.", "aantal herhalingen"),
    column(
        "handovers_per_year",
        "per year",
        "Of those, families that were handed over to another team with it, a year, mean over replications.",
        "overdrachten per jaar",
    ),
    Column {
        name: "handovers_ci_low",
        ..CI_LOW.in_unit("per year")
    },
    Column {
        name: "handovers_ci_high",
        ..CI_HIGH.in_unit("per year")
    },
];

/// Where the families of a flow stand in a row.
const FAMILIES: [&str; 4] = ["families_per_year", "ci_low", "ci_high", "n"];

/// Rows of flows.csv.
pub(crate) fn rows<'a>(
    scenario: &'a Scenario,
    outcome: &'a Outcome,
) -> impl Iterator<Item = Row> + 'a {
    let places = outcome.places().len();
    (0..scenario.cases.len()).flat_map(move |case| {
        let form = &scenario.cases[case].form;
        (0..places).flat_map(move |place| {
            let flows = outcome.flows(case, place).into_iter();
            flows.map(move |flow| row(form, &outcome.places()[place], &flow))
        })
    })
}

fn row(form: &Form, place: &str, flow: &YearlyFlow) -> Row {
    let team = |step: Step| {
        let task = step.function().and_then(|function| form.task(function));
        task.map_or(String::new(), |task| form.teams[task.team].key.clone())
    };
    let mut row = vec![
        form.key.clone(),
        place.to_owned(),
        flow.from.key().to_owned(),
        team(flow.from),
        flow.to.key().to_owned(),
        team(flow.to),
    ];
    row.extend(fields_of(Some(flow.families)));
    let [mean, low, high, _] = fields_of(Some(flow.handovers));
    row.extend([mean, low, high]);
    row
}

/// A flow of a run that was read back, all regions together.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) struct ReadFlow {
    /// Number of the form.
    pub form: usize,
    /// The step that was left.
    pub from: Step,
    /// Number of its team in the form.
    pub from_team: Option<usize>,
    /// The step that began.
    pub to: Step,
    /// Number of its team in the form.
    pub to_team: Option<usize>,
    /// Families a year.
    pub families: Estimate,
    /// Of those, handed over to another team, a year.
    pub handovers: f64,
}

/// Reads the flows of all regions together; `teams` are the keys of every form's teams.
pub(crate) fn read(
    folder: &Folder,
    forms: &[&str],
    teams: &[Vec<&str>],
    together: &str,
    confidence: f64,
) -> Result<Vec<ReadFlow>, ReadingError> {
    let sheet = Records::read(folder, "flows", Columns::Known(COLUMNS))?;
    let steps: Vec<Step> = Step::all().collect();
    let keys: Vec<&str> = steps.iter().map(|step| step.key()).collect();
    let mut flows = Vec::new();
    for line in sheet.rows().filter(|line| line.text("region") == together) {
        let form = line.among("form", forms)?;
        let team = |column: &str| match line.text(column) {
            "" => Ok(None),
            _ => line.among(column, &teams[form]).map(Some),
        };
        let families = line.estimate(FAMILIES, confidence)?;
        flows.push(ReadFlow {
            form,
            from: steps[line.among("from", &keys)?],
            from_team: team("from_team")?,
            to: steps[line.among("to", &keys)?],
            to_team: team("to_team")?,
            families: families.ok_or_else(|| line.broken(said!("families_per_year is empty")))?,
            handovers: line.needed("handovers_per_year")?,
        });
    }
    Ok(flows)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::fixture::{outcome, scenario};
    use crate::model::{Entrance, Function};
    use crate::report::run::reading::tests::written;

    #[test]
    fn a_flow_names_both_steps_and_who_does_them() {
        let scenario = scenario(3);
        let rows: Vec<Row> = rows(&scenario, &outcome(&scenario)).collect();
        let first = rows[0][..7].join(",");
        let expected =
            "v0_estafette,Gooi en Vechtstreek,eerste_melding,,vrijwillige_hulp,lokaal_team,0.5";
        assert_eq!(first, expected);
        let second = rows[1][..7].join(",");
        let expected =
            "v0_estafette,Gooi en Vechtstreek,vrijwillige_hulp,lokaal_team,afgesloten,,0.5";
        assert_eq!(second, expected);
    }

    #[test]
    fn what_is_read_is_what_was_written() {
        let scenario = scenario(3);
        let (_home, path) = written(&scenario);
        let cases = &scenario.cases;
        let forms: Vec<&str> = cases.iter().map(|case| case.form.key.as_str()).collect();
        let keys = |case: &crate::scenario::Case| {
            let teams = case.form.teams.iter();
            teams.map(|team| team.key.clone()).collect()
        };
        let keys: Vec<Vec<String>> = cases.iter().map(keys).collect();
        let teams: Vec<Vec<&str>> = keys
            .iter()
            .map(|keys| keys.iter().map(String::as_str).collect())
            .collect();
        let flows = read(&Folder::on_disk(&path), &forms, &teams, "totaal", 0.95).unwrap();
        assert_eq!(flows.len(), 6 * 2);
        let flow = flows[0];
        assert_eq!(flow.from, Step::Came(Entrance::FirstMelding));
        assert_eq!(flow.to, Step::At(Function::VrijwilligeHulp));
        assert_eq!((flow.from_team, flow.to_team), (None, Some(0)));
        assert_eq!((flow.families.mean, flow.handovers), (1.0, 0.0));
    }
}

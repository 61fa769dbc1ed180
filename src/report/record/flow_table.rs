//! From which step to which families go, as a table, and read back.

use super::column::{CI_HIGH, CI_LOW, FORM, N, REGION, column};
use super::field::{Ends, Mean, with_ends};
use super::reading::{ReadingError, Records};
use super::row::record;
use crate::experiment::{Outcome, YearlyFlow};
use crate::model::{Form, Step};
use crate::scenario::{Folder, Scenario};
use crate::stats::Estimate;

record! {
    /// A row of flows.csv.
    pub(crate) struct FlowRow<'a> in "flows" {
        form: &'a str = FORM;
        region: &'a str = REGION;
        /// Step of the family's way that had begun last, or how it came in: eerste_melding, hermelding, eigen_instroom of a lokaal team, instroom_jeugdreclassering, voorraad (there when the run began).
        from: Step = ("", "van");
        /// Key of the team that does that step in the form; empty where none does. In mode consult the family's lead does it, advised by this team.
        from_team: Option<&'a str> = ("", "team van die stap");
        /// Step that begins next, or afgesloten. The step itself is counted when it begins, all cases together, those of the stock and of jeugdreclassering included.
        to: Step = ("", "naar");
        /// Key of the team that does that step in the form; empty for the end.
        to_team: Option<&'a str> = ("", "team van die stap");
        families: Mean = [
            column("families_per_year", "per year", "Families that went from the one to the other, a year, mean over replications; a family that goes twice counts twice.", "gezinnen per jaar"),
            CI_LOW.in_unit("per year"),
            CI_HIGH.in_unit("per year"),
            N.meaning("Replications."),
        ];
        handovers: Ends = [
            column("handovers_per_year", "per year", "Of those, families that were handed over to another team with it, a year, mean over replications.", "overdrachten per jaar"),
            CI_LOW.in_unit("per year").named("handovers_ci_low"),
            CI_HIGH.in_unit("per year").named("handovers_ci_high"),
        ];
    }
}

/// Rows of flows.csv.
pub(crate) fn rows<'a>(
    scenario: &'a Scenario,
    outcome: &'a Outcome,
) -> impl Iterator<Item = FlowRow<'a>> + 'a {
    let places = outcome.places().len();
    (0..scenario.cases.len()).flat_map(move |case| {
        let form = &scenario.cases[case].form;
        (0..places).flat_map(move |place| {
            let flows = outcome.flows(case, place).into_iter();
            flows.map(move |flow| row(form, &outcome.places()[place], &flow))
        })
    })
}

fn row<'a>(form: &'a Form, region: &'a str, flow: &YearlyFlow) -> FlowRow<'a> {
    let team = |step: Step| {
        let task = step.function().and_then(|function| form.task(function));
        task.map(|task| form.teams[task.team].key.as_str())
    };
    FlowRow {
        form: &form.key,
        region,
        from: flow.from,
        from_team: team(flow.from),
        to: flow.to,
        to_team: team(flow.to),
        families: flow.families.into(),
        handovers: with_ends(Some(flow.handovers)),
    }
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
    let sheet = Records::read::<FlowRow>(folder)?;
    let mut flows = Vec::new();
    for line in sheet.rows() {
        let row: FlowRow = line.read()?;
        if row.region != together {
            continue;
        }
        let form = line.among("form", row.form, forms)?;
        let team = |column: &str, key: Option<&str>| {
            let team = key.map(|key| line.among(column, key, &teams[form]));
            team.transpose()
        };
        let families = line.estimate(row.families, confidence)?;
        flows.push(ReadFlow {
            form,
            from: row.from,
            from_team: team("from_team", row.from_team)?,
            to: row.to,
            to_team: team("to_team", row.to_team)?,
            families: line.needed("families_per_year", families)?,
            handovers: line.needed("handovers_per_year", row.handovers[0])?,
        });
    }
    Ok(flows)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::fixture::{outcome, scenario};
    use crate::model::{Entrance, Function};
    use crate::report::record::row::Record;
    use crate::report::record::table::Row;
    use crate::report::run::reading::tests::written;

    #[test]
    fn a_flow_names_both_steps_and_who_does_them() {
        let scenario = scenario(3);
        let outcome = outcome(&scenario);
        let rows: Vec<Row> = rows(&scenario, &outcome).map(FlowRow::write).collect();
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

//! What every replication of a run, and of a point of a sweep, has shown, read back.

use std::collections::BTreeMap;

use super::reading::Run;
use crate::experiment::Figures;
use crate::model::KPIS;
use crate::report::record::kpi_table::ReplicationRow;
use crate::report::record::reading::{Line, ReadingError, Records};
use crate::report::record::row::Record;
use crate::scenario::said;

/// Values of the KPIs, by their row in [`KPIS`].
pub(crate) type Kpis = Vec<Option<f64>>;

/// Values out of a long table, by the form and two numbers more.
#[derive(Default)]
pub(crate) struct Shown(BTreeMap<(usize, u32, u32), Kpis>);

impl Shown {
    /// Takes the value in a line. A KPI that this program does not know says nothing.
    pub(crate) fn take(
        &mut self,
        at: (usize, u32, u32),
        kpi: &str,
        value: Option<f64>,
        line: Line,
    ) -> Result<(), ReadingError> {
        let Some(kpi) = KPIS.iter().position(|one| one.key == kpi) else {
            return Ok(());
        };
        let empty = || vec![None; KPIS.len()];
        let known = &mut self.0.entry(at).or_insert_with(empty)[kpi];
        if known.is_some() {
            return Err(line.broken(said!("this row is twice there")));
        }
        *known = value;
        Ok(())
    }

    fn at(&self, at: (usize, u32, u32)) -> Option<&Kpis> {
        self.0.get(&at)
    }

    /// Everything under a form and a number.
    pub(crate) fn under(&self, form: usize, number: u32) -> Vec<Kpis> {
        let own = self.0.range((form, number, 0)..=(form, number, u32::MAX));
        own.map(|(_, kpis)| kpis.clone()).collect()
    }
}

impl Run {
    /// What its replications have shown, one by one; nothing of what grows without end, so that nothing is ranked by it.
    ///
    /// # Errors
    ///
    /// When the table of replications is not whole.
    pub fn figures(&self) -> Result<Figures, ReadingError> {
        let forms: Vec<&str> = self.form_keys();
        let places: Vec<&str> = self.places.iter().map(String::as_str).collect();
        let replications = 1..=self.manifest.replications;
        let mut shown = Shown::default();
        let take = |line: Line| {
            let row: ReplicationRow = line.read()?;
            let place = line.among("region", row.region, &places)? as u32;
            let form = line.among("form", row.form, &forms)?;
            if !replications.contains(&row.replication) {
                return Err(line.broken(said!("the run has no replication {}", row.replication)));
            }
            shown.take((form, row.replication, place), row.kpi, row.value, line)
        };
        Records::each::<ReplicationRow>(&self.folder, take)?;
        let kpis = |form: usize, replication: u32, place: usize| {
            let found = shown.at((form, replication, place as u32));
            let standing = |kpis: &Kpis| -> Kpis {
                let all = kpis.iter().enumerate();
                all.map(|(kpi, value)| value.filter(|_| !self.grows(form, place, kpi)))
                    .collect()
            };
            found.map(standing).ok_or_else(|| {
                let (form, place) = (forms[form], places[place]);
                ReadingError::Broken {
                    path: self
                        .folder
                        .join(ReplicationRow::TABLE)
                        .with_extension("csv"),
                    fact: said!(
                        "replication {} of {} in {} is missing",
                        replication,
                        form,
                        place
                    ),
                }
            })
        };
        let of_form = |form: usize| {
            let own = replications.clone();
            own.map(|replication| kpis(form, replication, self.merged()))
                .collect()
        };
        let by_region = |form: usize| {
            let of = |replication: u32| {
                let regions = 0..self.merged();
                regions
                    .map(|place| kpis(form, replication, place))
                    .collect()
            };
            replications.clone().map(of).collect()
        };
        Ok(Figures {
            baseline: self.baseline(),
            together: (0..forms.len()).map(of_form).collect::<Result<_, _>>()?,
            by_region: (0..forms.len()).map(by_region).collect::<Result<_, _>>()?,
            forms: forms.iter().map(|&key| key.to_owned()).collect(),
        })
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::experiment::fixture::scenario;
    use crate::report::run::reading::tests::written;

    #[test]
    fn replications_are_read_as_they_were_written() {
        let (_home, path) = written(&scenario(3));
        let figures = Run::read(&path).unwrap().figures().unwrap();
        assert_eq!((figures.forms.len(), figures.baseline), (6, 0));
        assert_eq!((figures.n_replications(), figures.n_regions()), (3, 2));
        let kpi = KPIS.iter().position(|kpi| kpi.key == "handovers_per_case");
        let kpi = kpi.unwrap();
        let all = |form: usize| -> Vec<f64> {
            let own = figures.together[form].iter();
            own.map(|kpis| kpis[kpi].unwrap()).collect()
        };
        let first = |form: usize| -> Vec<f64> {
            let own = figures.by_region[form].iter();
            own.map(|regions| regions[0][kpi].unwrap()).collect()
        };
        // As the invented model has it; Zeeland has three times the cases, and ten more in each.
        assert_eq!(first(0), [0.0, 2.0, 1.0]);
        assert_eq!(first(1), [1.0, 2.0, 6.0]);
        assert_eq!(all(0), [7.5, 9.5, 8.5]);
        assert_eq!(all(1), [8.5, 9.5, 13.5]);
    }

    #[test]
    fn a_replication_that_is_missing_is_told() {
        let (_home, path) = written(&scenario(3));
        let file = path.join("replications.csv");
        let text = fs::read_to_string(&file).unwrap();
        let lines = text.lines();
        let lines: Vec<&str> = lines
            .filter(|line| !line.starts_with("v1_expertnetwerk,2,Zeeland,"))
            .collect();
        fs::write(&file, lines.join("\n")).unwrap();
        let error = Run::read(&path).unwrap().figures().unwrap_err();
        let said = error.to_string();
        assert!(
            said.contains("replication 2 of v1_expertnetwerk in Zeeland is missing"),
            "{said}"
        );
    }
}

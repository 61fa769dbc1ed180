//! The parameters that somebody asked for: what is known about each, and who gave its value.

use std::cmp::Reverse;

use super::{card, listing};
use crate::report::Lang;
use crate::report::record::field::Exact;
use crate::report::record::row::{Record, record};
use crate::report::record::table::Table;
use crate::scenario::{Entry, Family, Grade, Scenario};

/// Some parameters of a scenario, the weakest grade first and then by key.
#[derive(Clone, Debug)]
pub struct Ledger<'a> {
    scenario: &'a Scenario,
    /// Rows of the scenario's ledger.
    rows: Vec<usize>,
}

impl<'a> Ledger<'a> {
    /// Every parameter of a scenario.
    pub fn whole(scenario: &'a Scenario) -> Self {
        Ledger::of(scenario, (0..scenario.ledger.len()).collect(), &[], &[])
    }

    /// The parameters in these rows of the scenario's ledger that have one of
    /// these grades and belong to one of these families; an empty list of
    /// grades or families stands for all.
    pub fn of(
        scenario: &'a Scenario,
        rows: Vec<usize>,
        grades: &[Grade],
        families: &[Family],
    ) -> Self {
        let is_wanted = |row: &usize| {
            let entry = &scenario.ledger[*row];
            (grades.is_empty() || grades.contains(&entry.grade))
                && (families.is_empty() || families.contains(&entry.family))
        };
        let mut rows: Vec<usize> = rows.into_iter().filter(is_wanted).collect();
        rows.sort_by_key(|&row| {
            let entry = &scenario.ledger[row];
            (Reverse(entry.grade), entry.spec.key)
        });
        Ledger { scenario, rows }
    }

    /// What a terminal of that width shows: a card for one parameter, a list of more.
    pub fn text(&self, width: usize, lang: Lang) -> String {
        match self.rows[..] {
            [row] => card::card(self, row, width, lang),
            _ => listing::listing(self, width, lang),
        }
    }

    /// A row for every parameter, with everything that is known.
    pub fn table<'t>(&self) -> Table<'t> {
        let rows = self.rows.iter().map(|&row| self.fields(row));
        Table::of(rows.collect::<Vec<Parameter>>())
    }

    pub(crate) fn scenario(&self) -> &'a Scenario {
        self.scenario
    }

    pub(crate) fn rows(&self) -> &[usize] {
        &self.rows
    }

    pub(crate) fn entries(&self) -> impl Iterator<Item = &'a Entry> {
        let ledger = &self.scenario.ledger;
        self.rows.iter().map(|&row| &ledger[row])
    }

    /// The forms that give a parameter another value than the scenario does.
    pub(crate) fn forms(&self, row: usize) -> impl Iterator<Item = (&'a str, f64)> {
        self.scenario.cases.iter().flat_map(move |case| {
            let own = case.differences.iter().filter(move |own| own.0 == row);
            own.map(|&(_, value)| (case.form.key.as_str(), value))
        })
    }

    /// Whether a file other than evidence.toml gives the parameter a value.
    pub(crate) fn is_overridden(&self, row: usize) -> bool {
        !self.scenario.ledger[row].overridden_by.is_empty() || self.forms(row).next().is_some()
    }

    /// Whether some form runs with another value than that of evidence.toml.
    pub(crate) fn is_changed(&self, row: usize) -> bool {
        let entry = &self.scenario.ledger[row];
        entry.value_in_effect != entry.value || self.forms(row).next().is_some()
    }

    fn fields(&self, row: usize) -> Parameter {
        let entry = &self.scenario.ledger[row];
        let forms = self
            .forms(row)
            .map(|(form, value)| format!("{form}={value}"));
        Parameter {
            key: entry.spec.key.to_owned(),
            grade: entry.grade,
            family: entry.family.key().to_owned(),
            value: Exact(entry.value_in_effect),
            low: Exact(entry.low),
            high: Exact(entry.high),
            distribution: entry.distribution.key().to_owned(),
            unit: entry.spec.unit.key().to_owned(),
            evidence_value: Exact(entry.value),
            overridden_by: entry.overridden_by.join(";"),
            form_values: forms.collect::<Vec<_>>().join(";"),
            definition: entry.spec.definition.to_owned(),
            source: entry.source.clone(),
        }
    }
}

record! {
    /// A row of evidence.csv in a run folder and of `rvtsim evidence --csv`, for
    /// which `rvtsim help evidence` is the dictionary: a parameter as a run used it.
    #[derive(Clone, PartialEq, Debug)]
    pub(crate) struct Parameter in "evidence" {
        /// Group and name, as in evidence.toml.
        key: String = ("", "parameter");
        /// How well it is known: A, A°, B, C or D.
        grade: Grade = ("", "graad");
        /// Kind of effect: structure, capacity, behaviour, transition or context.
        family: String = ("", "familie");
        /// Value in effect, before what one form says.
        value: Exact = ("of the parameter", "waarde");
        /// Lowest plausible value.
        low: Exact = ("of the parameter", "laag");
        /// Highest plausible value.
        high: Exact = ("of the parameter", "hoog");
        /// Shape of the doubt over the range.
        distribution: String = ("", "verdeling");
        /// Unit of all values in the row.
        unit: String = ("", "eenheid");
        /// Value of evidence.toml.
        evidence_value: Exact = ("of the parameter", "waarde in evidence.toml");
        /// Files that gave another value, the last one decides; `;` between.
        overridden_by: String = ("", "gegeven door");
        /// Forms that run with a value of their own, form=value; `;` between.
        form_values: String = ("of the parameter", "eigen waarde van vormen");
        /// What it is.
        definition: String = ("", "omschrijving");
        /// Where it comes from, in full.
        source: String = ("", "bron");
    }
}

/// What the columns of the table of parameters mean, a line for each.
pub fn ledger_columns() -> String {
    let columns = Parameter::columns().into_iter();
    let lines = columns.map(|one| format!("  {:<15} {}", one.name, one.definition));
    lines.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::experiment::fixture::scenario;
    use crate::scenario::Distribution;

    /// Everything that can be said of a parameter, said of the first one; the second is of grade D.
    pub(crate) fn overridden() -> Scenario {
        let mut scenario = scenario(1);
        let entry = &mut scenario.ledger[0];
        (entry.value, entry.low, entry.high) = (0.5, 0.25, 1234.5);
        entry.value_in_effect = 0.125;
        entry.overridden_by = vec!["beliefs/x.toml".to_owned(), "proef.toml".to_owned()];
        (entry.grade, entry.distribution) = (Grade::A, Distribution::Normal);
        scenario.cases[1].differences = vec![(0, 0.75)];
        scenario.ledger[1].grade = Grade::D;
        scenario
    }

    fn all(scenario: &Scenario) -> Vec<usize> {
        (0..scenario.ledger.len()).collect()
    }

    #[test]
    fn the_weakest_grade_comes_first_and_then_the_key() {
        let scenario = scenario(1);
        let ledger = Ledger::of(&scenario, all(&scenario), &[], &[]);
        let order: Vec<_> = ledger
            .entries()
            .map(|entry| (Reverse(entry.grade), entry.spec.key))
            .collect();
        assert!(order.is_sorted());
        assert_eq!(order.len(), scenario.ledger.len());
        assert_eq!(order[0].0, Reverse(Grade::D));
    }

    #[test]
    fn grades_and_families_narrow_the_choice_down() {
        let scenario = scenario(1);
        let n = |grades: &[Grade], families: &[Family]| {
            let ledger = Ledger::of(&scenario, all(&scenario), grades, families);
            let fits = |entry: &Entry| {
                (grades.is_empty() || grades.contains(&entry.grade))
                    && (families.is_empty() || families.contains(&entry.family))
            };
            assert!(ledger.entries().all(fits));
            ledger.rows().len()
        };
        let by_grade: usize = Grade::ALL.iter().map(|&grade| n(&[grade], &[])).sum();
        assert_eq!(by_grade, scenario.ledger.len());
        assert_eq!(
            n(&[Grade::C, Grade::D], &[Family::Capacity]),
            n(&[Grade::C], &[Family::Capacity]) + n(&[Grade::D], &[Family::Capacity])
        );
    }

    #[test]
    fn a_row_tells_who_gave_the_value_and_what_forms_make_of_it() {
        let scenario = overridden();
        let ledger = Ledger::of(&scenario, vec![0], &[], &[]);
        let row = &ledger.fields(0).write();
        assert_eq!(row.len(), Parameter::columns().len());
        let entry = &scenario.ledger[0];
        assert_eq!(row[0], entry.spec.key);
        assert_eq!(row[3..6].join(" "), "0.1250 0.25 1234.5");
        assert_eq!(
            row[8..11].join(" "),
            "0.5 beliefs/x.toml;proef.toml v1_expertnetwerk=0.75"
        );
        assert_eq!(row[12], entry.source);
        assert!(ledger.is_overridden(0) && ledger.is_changed(0));
        let shipped = crate::experiment::fixture::scenario(1);
        let ledger = Ledger::of(&shipped, vec![0], &[], &[]);
        assert!(!ledger.is_overridden(0) && !ledger.is_changed(0));
    }
}

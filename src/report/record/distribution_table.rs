//! Families by class of wait and of handovers, as a table, and read back.

use std::collections::BTreeMap;

use super::column::{CI_HIGH, CI_LOW, FORM, N, REGION, column};
use super::field::{Ends, Mean, with_ends};
use super::reading::{ReadingError, Records};
use super::row::record;
use crate::experiment::{Outcome, Part};
use crate::model::Quantity;
use crate::scenario::{Folder, Scenario, said};
use crate::stats::{Estimate, of_each};

record! {
    /// A row of distributions.csv.
    pub(crate) struct ClassRow<'a> in "distributions" {
        form: &'a str = FORM;
        region: &'a str = REGION;
        /// wait_assessment, from the opening of the case to the end of its veiligheidsbeoordeling; wait_first_help, to the first help; wait_measure, from the request for a measure to the start of executing it. Of families whose wait began in the measured period; who still waits, or went another way, counts up to then (Kaplan and Meier). handovers_per_case, of cases that were closed in it.
        quantity: Quantity = ("", "grootheid");
        /// Unit of from and to: days (of 24 hours), or count.
        unit: &'a str = ("", "eenheid");
        /// Begin of the class. A wait of exactly so many days is in the class before, a number of handovers in this one.
        from: u32 = ("of the quantity", "vanaf");
        /// End of the class, which belongs to it; empty for the last, which is open.
        to: Option<u32> = ("of the quantity", "tot en met");
        share: Mean = [
            column("share_percent", "percent", "Families in the class as a share of all of whom the quantity was seen, mean over replications. An end of a class of a wait may be off by a 64th of it.", "aandeel"),
            CI_LOW.in_unit("percent"),
            CI_HIGH.in_unit("percent"),
            N,
        ];
        beyond: Ends = [
            column("beyond_percent", "percent", "Families in this class or a later one, mean over replications: 100 for the first class. For a wait the share that waited longer than from.", "aandeel vanaf hier"),
            CI_LOW.in_unit("percent").named("beyond_ci_low"),
            CI_HIGH.in_unit("percent").named("beyond_ci_high"),
        ];
        difference: Mean = [
            column("difference_percent", "percent points", "Mean over replications of beyond_percent less that of the baseline in the same replication; empty for the baseline.", "verschil"),
            column("difference_ci_low", "percent points", "Lower end of its interval; the intervals of all forms that are compared hold at once with 95 % (Bonferroni). Empty with fewer than two values.", "ondergrens"),
            column("difference_ci_high", "percent points", "Upper end of that interval.", "bovengrens"),
            column("difference_n", "count", "Replications in which both the form and the baseline have a value.", "aantal herhalingen van het verschil"),
        ];
    }
}

/// Rows of distributions.csv.
pub(crate) fn rows<'a>(
    scenario: &'a Scenario,
    outcome: &'a Outcome,
) -> impl Iterator<Item = ClassRow<'a>> + 'a {
    let places = outcome.places().len();
    (0..scenario.cases.len()).flat_map(move |case| {
        (0..places).flat_map(move |place| {
            Quantity::ALL.into_iter().flat_map(move |quantity| {
                (0..quantity.n_classes())
                    .map(move |class| row(scenario, outcome, (case, place), (quantity, class)))
            })
        })
    })
}

fn row<'a>(
    scenario: &'a Scenario,
    outcome: &'a Outcome,
    (case, place): (usize, usize),
    (quantity, class): (Quantity, usize),
) -> ClassRow<'a> {
    let (from, to) = ends(quantity, class);
    let share = |part: Part| outcome.share(case, place, quantity, part);
    let (beyond, baseline) = (Part::From(class), scenario.baseline);
    let paired = (case != baseline)
        .then(|| outcome.share_paired((case, baseline), place, quantity, beyond))
        .flatten();
    ClassRow {
        form: &scenario.cases[case].form.key,
        region: &outcome.places()[place],
        quantity,
        unit: if quantity.is_wait() { "days" } else { "count" },
        from,
        to,
        share: share(Part::In(class)).into(),
        beyond: with_ends(share(beyond)),
        difference: paired.map(|paired| paired.difference).into(),
    }
}

/// Begin and end of a class, as they stand in the table.
fn ends(quantity: Quantity, class: usize) -> (u32, Option<u32>) {
    let ends = quantity.ends();
    let from = match class.checked_sub(1).map(|before| ends[before]) {
        Some(end) if quantity.is_wait() => end,
        Some(end) => end + 1,
        None => 0,
    };
    (from, ends.get(class).copied())
}

/// Shares by class of a run that was read back.
#[derive(Clone, PartialEq, Debug, Default)]
pub(crate) struct Shares(BTreeMap<(usize, usize, usize), Vec<ClassShare>>);

/// What is known of a class.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) struct ClassShare {
    /// Begin of the class [days, or a number].
    pub from: u32,
    /// Its end; none if it is open.
    pub to: Option<u32>,
    /// Families in it \[percent\].
    pub inside: Option<Estimate>,
    /// Families in it or a later one \[percent\].
    pub beyond: Option<Estimate>,
    /// Difference of those beyond from the baseline [percent points].
    pub difference: Option<Estimate>,
}

impl Shares {
    /// Reads distributions.csv of a run of these forms and places.
    pub(crate) fn read(
        folder: &Folder,
        forms: &[&str],
        places: &[&str],
        confidence: f64,
    ) -> Result<Self, ReadingError> {
        let sheet = Records::read::<ClassRow>(folder)?;
        let of_difference = of_each(confidence, forms.len().max(2) - 1);
        let mut shares = Shares::default();
        for line in sheet.rows() {
            let row: ClassRow = line.read()?;
            let form = line.among("form", row.form, forms)?;
            let place = line.among("region", row.region, places)?;
            let quantity = row.quantity;
            let classes = shares.0.entry((form, place, quantity as usize));
            let classes = classes.or_default();
            let beyond = Mean::of(row.beyond, row.share.n);
            let class = ClassShare {
                from: row.from,
                to: row.to,
                inside: line.estimate(row.share, confidence)?,
                beyond: line.estimate(beyond, confidence)?,
                difference: line.estimate(row.difference, of_difference)?,
            };
            let is_one = classes.len() < quantity.n_classes();
            let expected = is_one.then(|| ends(quantity, classes.len()));
            if expected != Some((class.from, class.to)) {
                return Err(line.broken(said!("not the class that comes here")));
            }
            classes.push(class);
        }
        for (form, key) in forms.iter().enumerate() {
            for (place, name) in places.iter().enumerate() {
                for (number, quantity) in Quantity::ALL.iter().enumerate() {
                    let classes = shares.0.get(&(form, place, number)).map_or(0, Vec::len);
                    if classes != quantity.n_classes() {
                        let fact = said!("classes of {} in {} are missing", key, name);
                        return Err(sheet.broken(fact));
                    }
                }
            }
        }
        Ok(shares)
    }

    /// The classes of a quantity, from the lowest.
    pub(crate) fn of(&self, form: usize, place: usize, quantity: Quantity) -> &[ClassShare] {
        let found = self.0.get(&(form, place, quantity as usize));
        found.map_or(&[], Vec::as_slice)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::fixture::{invented, outcome, outcome_of, scenario};
    use crate::model::{Pass, Setting};
    use crate::report::Table;
    use crate::report::record::row::Record;
    use crate::report::record::table::Row;
    use crate::report::run::reading::tests::written;

    #[test]
    fn shares_of_a_form_in_a_place_add_up_to_a_hundred() {
        let scenario = scenario(3);
        let outcome = outcome(&scenario);
        let rows = rows(&scenario, &outcome);
        let rows: Vec<Row> = rows.map(ClassRow::write).collect();
        let n_classes: usize = Quantity::ALL.iter().map(|one| one.n_classes()).sum();
        assert_eq!(rows.len(), 6 * 3 * n_classes);
        let handovers = rows
            .iter()
            .filter(|row| row[..3].join(" ") == "v0_estafette totaal handovers_per_case");
        let shares: Vec<f64> = handovers.map(|row| row[6].parse().unwrap()).collect();
        assert_eq!(shares.len(), 7);
        assert!(
            (shares.iter().sum::<f64>() - 100.0).abs() < 1e-3,
            "{shares:?}"
        );
    }

    #[test]
    fn classes_of_a_wait_begin_where_the_one_before_ends_and_numbers_stand_alone() {
        assert_eq!(ends(Quantity::WaitAssessment, 0), (0, Some(3)));
        assert_eq!(ends(Quantity::WaitAssessment, 1), (3, Some(7)));
        assert_eq!(ends(Quantity::WaitAssessment, 8), (91, None));
        assert_eq!(ends(Quantity::Handovers, 1), (1, Some(1)));
        assert_eq!(ends(Quantity::Handovers, 6), (6, None));
    }

    #[test]
    fn what_is_read_is_what_was_written_and_a_class_that_is_missing_is_noticed() {
        let (_home, path) = written(&scenario(3));
        let forms: Vec<String> = scenario(3)
            .cases
            .iter()
            .map(|case| case.form.key.clone())
            .collect();
        let forms: Vec<&str> = forms.iter().map(String::as_str).collect();
        let places = ["Gooi en Vechtstreek", "Zeeland", "totaal"];
        let read = || Shares::read(&Folder::on_disk(&path), &forms, &places, 0.95);
        let shares = read().unwrap();
        let classes = shares.of(1, 0, Quantity::Handovers);
        // One handover, two, and six in the three replications.
        let inside = classes[1].inside.unwrap();
        assert!((inside.mean - 100.0 / 3.0).abs() < 1e-3 && inside.n == 3);
        assert_eq!(classes[1].beyond.unwrap().mean, 100.0);
        assert!(classes[2].difference.is_some());
        assert_eq!(shares.of(0, 0, Quantity::Handovers)[2].difference, None);
        let file = path.join("distributions.csv");
        let text = std::fs::read_to_string(&file).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        std::fs::write(&file, lines[..lines.len() - 1].join("\n")).unwrap();
        assert!(
            read()
                .unwrap_err()
                .to_string()
                .contains("distributions.csv")
        );
    }

    /// The baseline closes no case in the second of two replications.
    fn rare(setting: &Setting, seed: u64, replication: u32) -> Pass {
        let mut pass = invented(setting, seed, replication);
        if setting.form.key == "v0_estafette" && replication == 2 {
            pass.observations.handovers = Default::default();
        }
        pass
    }

    #[test]
    fn a_difference_rests_on_fewer_replications_than_the_form_itself() {
        let scenario = scenario(2);
        let outcome = outcome_of(&scenario, rare);
        let home = tempfile::tempdir().unwrap();
        let table = Table::of(rows(&scenario, &outcome));
        std::fs::write(home.path().join("distributions.csv"), table.to_csv()).unwrap();
        let forms = scenario.cases.iter().map(|case| case.form.key.as_str());
        let forms: Vec<&str> = forms.collect();
        let places: Vec<&str> = outcome.places().iter().map(String::as_str).collect();
        let shares = Shares::read(&Folder::on_disk(home.path()), &forms, &places, 0.95).unwrap();
        let class = shares.of(1, 2, Quantity::Handovers)[3];
        assert_eq!(class.beyond.map(|one| one.n), Some(2));
        let difference = class.difference.unwrap();
        assert!(difference.n == 1 && !difference.has_interval());
    }
}

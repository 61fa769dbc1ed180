//! Households as a table: what each life comes down to.

use super::csv::COLUMNS;
use super::line::Case;
use crate::model::{Answer, Facts, QUESTIONS, Question};
use crate::report::record::column::column;
use crate::report::{Column, Kind, Table, significant};
use crate::scenario::Scenario;
use crate::study::lives::life::Life;

/// Columns of an event that say whose it is: the first of its table.
const N_NAMES: usize = 4;

fn asked(question: &'static Question) -> Column {
    let (unit, kind) = match question.answer {
        Answer::Word { words, .. } if words() == ["yes", "no"] => ("", Kind::Truth),
        Answer::Word { .. } => ("", Kind::Text),
        Answer::Number { unit, .. } => (unit, Kind::Number),
    };
    Column {
        kind,
        ..column(question.key, unit, question.definition, "")
    }
}

/// The answer; of yes and no as a truth, and where several words hold with `;` between.
fn answer(question: &Question, facts: &Facts) -> String {
    match question.answer {
        Answer::Number { of, .. } => significant(Some(of(facts))),
        Answer::Word { words, holds } => {
            let words = words();
            let held = (0..words.len()).filter(|&word| holds(facts, word));
            let held: Vec<&str> = held.map(|word| words[word]).collect();
            match (&words[..], &held[..]) {
                (["yes", "no"], [word]) => (*word == "yes").to_string(),
                _ => held.join(";"),
            }
        }
    }
}

/// Some lives in a region as a table: a row for each household, with the answer to all that may be asked.
pub fn household_table<'a>(scenario: &'a Scenario, region: usize, lives: &'a [Life]) -> Table<'a> {
    let names = COLUMNS[..N_NAMES].iter().copied();
    let columns: Vec<Column> = names.chain(QUESTIONS.iter().map(asked)).collect();
    let rows = lives.iter().map(move |life| {
        let case = Case::of(scenario, region, life);
        let names = [case.id, case.form, case.region, case.household];
        let answers = QUESTIONS
            .iter()
            .map(|question| answer(question, &life.facts));
        names.into_iter().chain(answers).collect()
    });
    Table::new("households", columns, rows)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::fixture;
    use crate::report::Cells;
    use crate::study::{event_table, lives_of};

    #[test]
    fn households_and_events_are_tables_with_types() {
        let scenario = fixture::scenario(1);
        let lives = lives_of(&scenario, 0, 0, 1).unwrap();
        let typed = household_table(&scenario, 0, &lives).typed();
        let cells = |name: &str| {
            &typed
                .iter()
                .find(|(column, _)| column.name == name)
                .unwrap()
                .1
        };
        let handovers: f64 = lives
            .iter()
            .map(|life| f64::from(life.facts.n_handovers))
            .sum();
        let Cells::Number(found) = cells("handovers") else {
            panic!("handovers are numbers");
        };
        assert_eq!(found.iter().sum::<f64>(), handovers);
        let Cells::Truth(children) = cells("children") else {
            panic!("whether there are children is a truth");
        };
        let n = lives
            .iter()
            .filter(|life| life.facts.family.has_children)
            .count();
        assert_eq!(children.iter().filter(|&&one| one == 1).count(), n);
        let Cells::Words(starts) = cells("start") else {
            panic!("how it came first is a word");
        };
        assert!(
            starts
                .words
                .iter()
                .all(|word| ["melding", "own_intake", "jeugdreclassering"].contains(&&**word))
        );
        let events = event_table(&scenario, 0, &lives).typed();
        let n_events: usize = lives.iter().map(|life| life.journal.entries.len()).sum();
        let Cells::Words(activities) = &events[4].1 else {
            panic!("an activity is a word");
        };
        assert_eq!(activities.rows.len(), n_events);
    }
}

//! One household's life under every form.

use std::collections::BTreeMap;

use super::Lang;
use super::sentence::sentence;
use super::text::{hang, length, wrap};
use crate::engine::{Date, MINUTES_PER_DAY};
use crate::experiment::{Life, LifeSums};
use crate::scenario::Scenario;

/// Characters in a line when lives stand one after the other.
const WIDTH: usize = 100;
/// Characters of a date and the space after it.
const DATE_WIDTH: usize = 12;
/// Characters that a column needs to be read.
const MIN_COLUMN_WIDTH: usize = 32;

/// The lives of one household under every form: as columns if a line of
/// `width` has room for them, otherwise one after the other.
pub fn story(scenario: &Scenario, lives: &[Life], width: Option<usize>, lang: Lang) -> String {
    let columns = width.and_then(|width| {
        let column = width.saturating_sub(DATE_WIDTH) / lives.len().max(1);
        (column >= MIN_COLUMN_WIDTH).then_some(column)
    });
    let start = scenario.period.start;
    let start = match lang {
        Lang::Nl => format!(
            "Wat vóór {} gebeurt is het inlopen en telt niet mee.",
            lang.date(start)
        ),
        Lang::En => format!(
            "What happens before {} is warm-up and is not counted.",
            lang.date(start)
        ),
    };
    let lives = match columns {
        Some(column) => side_by_side(scenario, lives, column, lang),
        None => one_after_the_other(scenario, lives, lang),
    };
    format!("{start}\n{lives}")
}

fn one_after_the_other(scenario: &Scenario, lives: &[Life], lang: Lang) -> String {
    let mut text = String::new();
    for life in lives {
        text.push_str(&format!("\n{}\n\n", title(scenario, life, lang)));
        for (date, sentence) in told(scenario, life, lang) {
            text.push_str(&hang(&format!("{date}  "), &sentence, WIDTH));
        }
        let lead = format!("{:<DATE_WIDTH$}", lang.pick("Samen", "In all"));
        text.push_str(&hang(&lead, &sums(life.sums(), lang), WIDTH));
    }
    text
}

fn side_by_side(scenario: &Scenario, lives: &[Life], column: usize, lang: Lang) -> String {
    let mut days: BTreeMap<Date, Vec<Vec<String>>> = BTreeMap::new();
    for (number, life) in lives.iter().enumerate() {
        for (date, sentence) in told(scenario, life, lang) {
            let cells = days
                .entry(date)
                .or_insert_with(|| vec![Vec::new(); lives.len()]);
            cells[number].extend(wrap(&sentence, column - 2));
        }
    }
    let cells = |of: &dyn Fn(&Life) -> String| -> Vec<Vec<String>> {
        lives
            .iter()
            .map(|life| wrap(&of(life), column - 2))
            .collect()
    };
    let head = cells(&|life| title(scenario, life, lang));
    let foot = cells(&|life| sums(life.sums(), lang));
    let mut text = format!("\n{}\n", row("", &head, column));
    for (date, cells) in &days {
        text.push_str(&row(&date.to_string(), cells, column));
    }
    text + "\n" + &row(lang.pick("Samen", "In all"), &foot, column)
}

/// Cells beside each other, as high as the highest.
fn row(lead: &str, cells: &[Vec<String>], column: usize) -> String {
    let n_lines = cells.iter().map(Vec::len).max().unwrap_or(0);
    let line = |number: usize| {
        let lead = if number == 0 { lead } else { "" };
        let mut line = format!("{lead:<DATE_WIDTH$}");
        for cell in cells {
            let part = cell.get(number).map_or("", String::as_str);
            line.push_str(part);
            line.push_str(&" ".repeat(column.saturating_sub(length(part))));
        }
        line.trim_end().to_owned() + "\n"
    };
    (0..n_lines).map(line).collect()
}

fn title(scenario: &Scenario, life: &Life, lang: Lang) -> String {
    let form = &scenario.cases[life.case].form;
    format!("{}: {}", form.key, lang.label(&form.label))
}

/// Every sentence of a life with its date.
fn told(scenario: &Scenario, life: &Life, lang: Lang) -> Vec<(Date, String)> {
    let form = &scenario.cases[life.case].form;
    let first_day = scenario.period.first_day();
    let entries = life.entries.iter();
    entries
        .map(|entry| {
            let date = first_day.plus_days(entry.at.day() as i32);
            (date, sentence(&entry.happening, form, lang))
        })
        .collect()
}

fn sums(sums: LifeSums, lang: Lang) -> String {
    let days = sums.waited / u64::from(MINUTES_PER_DAY);
    let parts: [(u64, [&str; 2], [&str; 2]); 7] = [
        (
            sums.n_meldingen as u64,
            ["melding", "meldingen"],
            ["melding", "meldingen"],
        ),
        (
            sums.n_incidents as u64,
            ["incident", "incidenten"],
            ["incident", "incidents"],
        ),
        (
            sums.n_handovers as u64,
            ["overdracht", "overdrachten"],
            ["handover", "handovers"],
        ),
        (
            sums.n_retells as u64,
            ["hervertelling", "hervertellingen"],
            ["re-tell", "re-tells"],
        ),
        (
            sums.n_assessments as u64,
            ["beoordeling", "beoordelingen"],
            ["assessment", "assessments"],
        ),
        (
            sums.n_professionals as u64,
            ["professional", "professionals"],
            ["professional", "professionals"],
        ),
        (
            days,
            ["wachtdag", "wachtdagen"],
            ["day of waiting", "days of waiting"],
        ),
    ];
    let parts = parts.map(|(n, nl, en)| {
        let words = if lang == Lang::Nl { nl } else { en };
        format!("{n} {}", words[usize::from(n != 1)])
    });
    format!("{}.", lang.list(&parts))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Time;
    use crate::experiment::fixture::scenario;
    use crate::model::{Entrance, Entry, Function, Happening, Mode, Severity};

    fn lives(n: usize) -> Vec<Life> {
        let function = Function::Veiligheidsbeoordeling;
        let happenings = [
            Happening::Came {
                entrance: Entrance::FirstMelding,
                severity: Severity::LichteZorgen,
            },
            Happening::Started {
                function,
                team: 1,
                mode: Mode::TakeOver,
                professional: Some(12),
                waited: 3 * MINUTES_PER_DAY,
                is_handover: false,
                is_retell: true,
                is_assessment: true,
            },
            Happening::Closed,
        ];
        let days = [730, 733, 800];
        let entries: Vec<Entry> = days
            .into_iter()
            .zip(happenings)
            .map(|(day, happening)| Entry {
                at: Time::from_days(day),
                happening,
            })
            .collect();
        (0..n)
            .map(|case| Life {
                case,
                entries: entries.clone(),
            })
            .collect()
    }

    #[test]
    fn a_life_reads_as_a_story() {
        let told = story(&scenario(1), &lives(1), None, Lang::Nl);
        let expected = "\
v0_estafette: Estafettemodel

2025-12-31  Eerste melding over het gezin; thuis zijn er lichte zorgen.
2026-01-03  Veilig Thuis (professional 12) begint met de veiligheidsbeoordeling, na 3 dagen wachten.
            Dat is een hervertelling en een beoordeling.
2026-03-11  De zaak wordt gesloten.
Samen       1 melding, 0 incidenten, 0 overdrachten, 1 hervertelling, 1 beoordeling, 1 professional
            en 3 wachtdagen.
";
        assert!(told.ends_with(expected), "{told}");
    }

    #[test]
    fn lives_stand_side_by_side_where_there_is_room() {
        let told = story(&scenario(1), &lives(2), Some(80), Lang::En);
        let line = told
            .lines()
            .find(|line| line.starts_with("2026-03-11"))
            .unwrap();
        assert_eq!(line.matches("The case is closed.").count(), 2, "{told}");
        assert!(told.lines().all(|line| length(line) <= 80), "{told}");
        let narrow = story(&scenario(1), &lives(2), Some(70), Lang::En);
        assert_eq!(narrow.matches("v0_estafette").count(), 1);
        assert!(
            narrow.find("v1_expertnetwerk") > narrow.find("In all"),
            "{narrow}"
        );
    }
}

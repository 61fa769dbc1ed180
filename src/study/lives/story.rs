//! One household's life under several forms.

use std::collections::BTreeMap;

use super::life::{Life, Lives};
use super::life_table;
use crate::engine::Date;
use crate::model::{Entrance, Entry, Function, Happening, Kind, Standing};
use crate::report::Lang;
use crate::report::words::phrase::{phrase, told};
use crate::report::words::sentence::{bare, capital, home, sentence};
use crate::report::words::text::{hang, length, wrap};
use crate::report::words::wording::step;
use crate::scenario::{Scenario, chance_of_law};

/// Characters in a line where nothing says how many there are.
const WIDTH: usize = 100;
/// Characters of a date and the space after it.
const DATE_WIDTH: usize = 12;
/// Characters that a column of sentences needs to be read.
const MIN_COLUMN_WIDTH: usize = 32;

/// How a story is laid out.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Layout {
    /// Characters in a line, if that is known.
    pub width: Option<usize>,
    /// Whether one life comes after the other, however wide the line.
    pub is_list: bool,
}

/// How the sentences of some lives stand.
enum Sentences {
    LeftOut,
    InColumnsOf(usize),
    InAList,
}

impl Layout {
    fn width(self) -> usize {
        self.width.unwrap_or(WIDTH)
    }

    fn has_table(self, n_lives: usize) -> bool {
        life_table::width(n_lives) <= self.width()
    }

    fn sentences(self, n_lives: usize) -> Sentences {
        let column = self.width().saturating_sub(DATE_WIDTH) / n_lives;
        if self.is_list || n_lives == 1 || !self.has_table(n_lives) {
            Sentences::InAList
        } else if column >= MIN_COLUMN_WIDTH {
            Sentences::InColumnsOf(column)
        } else {
            Sentences::LeftOut
        }
    }

    /// Whether so many lives are told in sentences, and not by a table alone.
    pub fn has_sentences(self, n_lives: usize) -> bool {
        !matches!(self.sentences(n_lives), Sentences::LeftOut)
    }
}

/// The lives of one household: a table of what they come down to and of what they
/// have in common, and then in sentences. Those stand in columns if a line has
/// room for them; one life after the other if there is one, if that was asked
/// for, or if a line has not even room for the table; otherwise they are left out.
pub fn story(scenario: &Scenario, lives: &Lives, layout: Layout, lang: Lang) -> String {
    let n = lives.lives.len();
    let line = layout.width().min(WIDTH);
    let mut text = heading(scenario, lives, line, lang);
    if layout.has_table(n) {
        text.push('\n');
        text.push_str(&life_table::table(scenario, lives, line, lang));
    }
    text + &match layout.sentences(n) {
        Sentences::LeftOut => String::new(),
        Sentences::InColumnsOf(column) => side_by_side(scenario, lives, column, lang),
        Sentences::InAList => one_after_the_other(scenario, lives, line, lang),
    }
}

/// Who it is, and from when to when.
fn heading(scenario: &Scenario, lives: &Lives, width: usize, lang: Lang) -> String {
    let family = lives.family;
    let region = &scenario.regions[lives.region].name;
    let with = |is_so: bool, what: &str| {
        let with = match is_so {
            true => phrase("story_with", lang),
            false => phrase("story_without", lang),
        };
        format!("{with} {}", phrase(what, lang))
    };
    let period = scenario.period;
    let last_day = period.last_day();
    let (name, replication) = (family.name, lives.replication);
    let title = told(
        "story_title",
        lang,
        &[
            ("name", &name.to_string()),
            ("region", region),
            ("replication", &replication.to_string()),
        ],
    );
    let mut facts = format!(
        "{}, {}; {} {}. ",
        with(family.has_children, "story_children"),
        with(family.has_partner_violence, "story_partner_violence"),
        home(lives.lives[0].facts.severity, lang),
        phrase("story_when_it_comes", lang),
    );
    facts = capital(&facts);
    facts += &told("story_followed", lang, &[("date", &lang.date(last_day))]);
    let came_on = period
        .first_day()
        .plus_days(lives.lives[0].facts.came_at.day() as i32);
    if came_on < period.start {
        let date = lang.date(period.start);
        facts += &told("story_in_warm_up", lang, &[("date", &date)]);
    }
    format!("{title}\n{}", hang("", &facts, width))
}

fn one_after_the_other(scenario: &Scenario, lives: &Lives, width: usize, lang: Lang) -> String {
    let mut text = String::new();
    for life in &lives.lives {
        let title = hang("", &title(scenario, life, lang), width);
        text.push_str(&format!("\n{title}\n"));
        for (date, sentence) in dated(scenario, lives, life, lang) {
            text.push_str(&hang(&format!("{date}  "), &sentence, width));
        }
    }
    text
}

fn side_by_side(scenario: &Scenario, lives: &Lives, column: usize, lang: Lang) -> String {
    let n = lives.lives.len();
    let mut days: BTreeMap<Date, Vec<Vec<String>>> = BTreeMap::new();
    for (number, life) in lives.lives.iter().enumerate() {
        for (date, sentence) in dated(scenario, lives, life, lang) {
            let cells = days.entry(date).or_insert_with(|| vec![Vec::new(); n]);
            cells[number].extend(wrap(&sentence, column - 2));
        }
    }
    let head = lives.lives.iter();
    let head: Vec<Vec<String>> = head
        .map(|life| wrap(&title(scenario, life, lang), column - 2))
        .collect();
    let mut text = format!("\n{}\n", row("", &head, column));
    for (date, cells) in &days {
        text.push_str(&row(&date.to_string(), cells, column));
    }
    text
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
fn dated(scenario: &Scenario, lives: &Lives, life: &Life, lang: Lang) -> Vec<(Date, String)> {
    let form = &scenario.cases[life.case].form;
    let first_day = scenario.period.first_day();
    let date = |entry: &Entry| first_day.plus_days(entry.at.day() as i32);
    let entries = &life.journal.entries;
    let mut told = Vec::new();
    let mut n_incidents = 0;
    for (number, entry) in entries.iter().enumerate() {
        let is_told = !is_obvious(entry, &entries[..number], &entries[number + 1..]);
        let Some(mut sentence) = sentence(&entry.happening, form, lang) else {
            continue;
        };
        if let Happening::Incident { .. } = entry.happening {
            sentence = format!(
                "{}: {sentence}",
                shift(lives, life, entry, n_incidents, scenario, lang)
            );
            n_incidents += 1;
        }
        if let Happening::Reorganised { .. } = entry.happening {
            sentence = format!(
                "{}: {sentence}",
                new_form(scenario, lives, life, entry, lang)
            );
        }
        if is_told {
            told.push((date(entry), sentence));
        }
    }
    if life.facts.standing == Standing::Open {
        let last_day = scenario.period.last_day();
        let mut end = phrase("story_stops", lang).to_owned();
        let awaited = Function::ALL.into_iter();
        let awaited = awaited.filter(|&function| life.facts.waits_for.has(function));
        let awaited = awaited.map(|function| bare(step(function, Kind::Regular, lang)).to_owned());
        let awaited: Vec<String> = awaited.collect();
        if !awaited.is_empty() {
            let waits = phrase("story_and_waits", lang);
            end += &format!(" {waits} {}", lang.list(&awaited));
        }
        end.push('.');
        told.push((last_day, end));
    }
    told
}

/// The form that comes into force on that day.
fn new_form(scenario: &Scenario, lives: &Lives, life: &Life, entry: &Entry, lang: Lang) -> String {
    let stages = scenario.cases[life.case].stages_in(
        lives.region,
        Some(chance_of_law(scenario.seed, lives.replication)),
    );
    let stage = stages.iter().find(|(one, _)| one.day == entry.at.day());
    let name = stage.map_or("?", |(_, case)| lang.label(&case.form.label));
    format!("{} ({name})", phrase("story_another_form", lang))
}

/// Whether the sentences around it say it already: a melding of the incident that
/// was just told, a request that is met the same day.
fn is_obvious(entry: &Entry, before: &[Entry], after: &[Entry]) -> bool {
    match entry.happening {
        Happening::Came {
            entrance: Entrance::Vervolgmelding,
            ..
        } => before.iter().rev().take(2).any(|one| {
            one.at == entry.at
                && matches!(
                    one.happening,
                    Happening::Incident {
                        is_reported: true,
                        ..
                    }
                )
        }),
        Happening::Asked {
            function: asked, ..
        } => {
            let mut same_day = after
                .iter()
                .take_while(|one| one.at.day() == entry.at.day());
            same_day.any(|one| {
                matches!(one.happening, Happening::Started { function, .. } if function == asked)
            })
        }
        _ => false,
    }
}

/// The number of an incident, and how its day differs from the same one in the first life.
fn shift(
    lives: &Lives,
    life: &Life,
    entry: &Entry,
    n_before: usize,
    scenario: &Scenario,
    lang: Lang,
) -> String {
    let first = &lives.lives[0];
    let name = format!("Incident {}", n_before + 1);
    if first.case == life.case {
        return name;
    }
    let key = &scenario.cases[first.case].form.key;
    let incidents = first.journal.entries.iter();
    let mut incidents = incidents.filter(|one| matches!(one.happening, Happening::Incident { .. }));
    let Some(there) = incidents.nth(n_before) else {
        return told("story_not_in", lang, &[("name", &name), ("key", key)]);
    };
    let days = i64::from(entry.at.day()) - i64::from(there.at.day());
    let size = lang.days(days.unsigned_abs() as u32);
    let parts = [("name", &*name), ("size", &size), ("key", key)];
    match days {
        0 => name,
        ..0 => told("story_sooner", lang, &parts),
        _ => told("story_later", lang, &parts),
    }
}

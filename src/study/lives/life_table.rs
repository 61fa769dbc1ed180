//! One household's lives as a table: what each comes down to, and when each has
//! what they have in common.

use super::life::{Life, Lives};
use super::milestone::{Milestone, MilestoneRow};
use crate::engine::{Date, MINUTES_PER_DAY};
use crate::model::{Entrance, Entry, Facts, Function, Happening, Judge, Kind, Standing};
use crate::report::Lang;
use crate::report::words::phrase::{phrase, told};
use crate::report::words::sentence::bare;
use crate::report::words::text::{cut, hang, pad_left, pad_right, wrap};
use crate::report::words::wording::{measure, step};
use crate::scenario::Scenario;

/// Characters of the names of the rows.
const NAME_WIDTH: usize = 34;
/// Characters of a life: a date and a space.
const CELL_WIDTH: usize = 11;

/// Characters that the table of so many lives takes.
pub(crate) fn width(n_lives: usize) -> usize {
    NAME_WIDTH + CELL_WIDTH * n_lives
}

/// The table; what is said above and below it takes lines of so many characters.
pub(crate) fn table(scenario: &Scenario, lives: &Lives, line: usize, lang: Lang) -> String {
    let sheet = Sheet {
        scenario,
        lives: &lives.lives,
        line,
        lang,
    };
    let mut text = sheet.forms() + "\n" + &sheet.header();
    for (name, fact) in FACTS {
        text.push_str(&sheet.row(phrase(name, lang), |life, _| fact(&life.facts, lang)));
    }
    text.push('\n');
    for row in lives.milestones() {
        let name = sheet.name_of(&row);
        text.push_str(&sheet.row(&name, |_, number| sheet.cell(&row, number)));
    }
    text + "\n" + &sheet.legend()
}

/// What a life comes down to: the phrase that names it, and how it is written.
type FactRow = (&'static str, fn(&Facts, Lang) -> String);

const FACTS: [FactRow; 10] = [
    ("life_fact_days_waited", |facts, _| days(facts.waited)),
    ("life_fact_unsafe_days", |facts, _| {
        days(facts.unsafe_minutes)
    }),
    ("life_fact_handovers", |facts, _| {
        facts.n_handovers.to_string()
    }),
    ("life_fact_re_tells", |facts, _| facts.n_retells.to_string()),
    ("life_fact_assessments", |facts, _| {
        facts.n_assessments.to_string()
    }),
    ("life_fact_professionals_met", |facts, _| {
        facts.n_professionals.to_string()
    }),
    ("life_fact_meldingen", |facts, _| {
        facts.n_meldingen.to_string()
    }),
    ("life_fact_incidents", |facts, _| {
        facts.n_incidents.to_string()
    }),
    ("life_fact_measures_begun", |facts, _| {
        facts.n_measures().to_string()
    }),
    ("life_fact_at_the_end", |facts, lang| {
        standing(facts.standing, lang).to_owned()
    }),
];

fn days(minutes: u64) -> String {
    let day = u64::from(MINUTES_PER_DAY);
    ((minutes + day / 2) / day).to_string()
}

fn standing(standing: Standing, lang: Lang) -> &'static str {
    match standing {
        Standing::Open => phrase("life_standing_open", lang),
        Standing::Safe => phrase("life_standing_safe", lang),
        Standing::Concerns => phrase("life_standing_concerns", lang),
        Standing::Unsafe => phrase("life_standing_unsafe", lang),
    }
}

struct Sheet<'a> {
    scenario: &'a Scenario,
    lives: &'a [Life],
    line: usize,
    lang: Lang,
}

impl Sheet<'_> {
    fn row(&self, name: &str, cell: impl Fn(&Life, usize) -> String) -> String {
        let mut line = pad_right(&cut(name, NAME_WIDTH), NAME_WIDTH);
        for (number, life) in self.lives.iter().enumerate() {
            line.push_str(&pad_left(&cell(life, number), CELL_WIDTH));
        }
        line.trim_end().to_owned() + "\n"
    }

    /// What each form is called.
    fn forms(&self) -> String {
        let line = |life: &Life| {
            let form = &self.scenario.cases[life.case].form;
            let key = pad_right(&form.key, 24);
            hang(&key, self.lang.label(&form.label), self.line)
        };
        self.lives.iter().map(line).collect()
    }

    /// Names of the forms above their columns, broken at the underscores.
    fn header(&self) -> String {
        let name_of = |life: &Life| {
            let key = self.scenario.cases[life.case].form.key.replace('_', " ");
            wrap(&key, CELL_WIDTH - 1)
        };
        let names: Vec<Vec<String>> = self.lives.iter().map(name_of).collect();
        let n_lines = names.iter().map(Vec::len).max().unwrap_or(0);
        let line = |line: usize| {
            self.row("", |_, number| {
                let part = names[number].get(line).map_or("", String::as_str);
                cut(part, CELL_WIDTH - 1)
            })
        };
        let lines: String = (0..n_lines).map(line).collect();
        format!("{lines}{}\n", "─".repeat(width(self.lives.len())))
    }

    /// The date in the first life; in another how much sooner or later it is
    /// \[days\], or its date where the first life does not have it.
    fn cell(&self, row: &MilestoneRow, number: usize) -> String {
        match (row.entries[0], row.entries[number]) {
            (_, None) => "–".to_owned(),
            (Some(first), Some(_)) if number == 0 => self.date(first).to_string(),
            (None, Some(here)) => self.date(here).to_string(),
            (Some(first), Some(here)) => {
                match i64::from(here.at.day()) - i64::from(first.at.day()) {
                    0 => "=".to_owned(),
                    days if days < 0 => format!("−{}", -days),
                    days => format!("+{days}"),
                }
            }
        }
    }

    fn date(&self, entry: Entry) -> Date {
        let first_day = self.scenario.period.first_day();
        first_day.plus_days(entry.at.day() as i32)
    }

    fn name_of(&self, row: &MilestoneRow) -> String {
        let first = row.entries.iter().flatten().next();
        let happening = first.map(|entry| entry.happening);
        let lang = self.lang;
        if let Some(Happening::Incident {
            is_reported,
            is_crisis,
            ..
        }) = happening
        {
            let kind = match (is_crisis, is_reported) {
                (true, _) => phrase("life_row_crisis", lang),
                (false, true) => phrase("life_row_reported", lang),
                (false, false) => phrase("life_row_not_reported", lang),
            };
            return format!("! incident {}, {kind}", row.n_before + 1);
        }
        let name = name(row.milestone, lang);
        match row.n_before {
            0 => name,
            n => format!("{name} ({})", n + 1),
        }
    }

    fn legend(&self) -> String {
        let key = &self.scenario.cases[self.lives[0].case].form.key;
        if self.lives.len() == 1 {
            return String::new();
        }
        let legend = told("life_legend", self.lang, &[("key", key)]);
        hang("", &legend, self.line)
    }
}

/// What a milestone is, in few words.
fn name(milestone: Milestone, lang: Lang) -> String {
    let text = match milestone {
        Milestone::Came(entrance) => match entrance {
            Entrance::FirstMelding => phrase("life_row_first_melding", lang),
            Entrance::Hermelding => "hermelding",
            Entrance::Vervolgmelding => "vervolgmelding",
            Entrance::OwnIntake => phrase("life_row_own_intake", lang),
            Entrance::Jeugdreclassering => phrase("life_row_jeugdreclassering", lang),
            Entrance::Stock => phrase("life_row_stock", lang),
        },
        Milestone::Began(Function::Veiligheidsbeoordeling, Kind::FollowUp) => {
            phrase("life_row_follow_up", lang)
        }
        Milestone::Began(Function::Rechter, Kind::Extension) => phrase("life_row_extension", lang),
        Milestone::Began(Function::Rechter, Kind::Spoed) => phrase("life_row_spoed", lang),
        Milestone::Began(Function::Rechter, Kind::Gezag) => "kinderrechter, gezag",
        Milestone::Began(Function::Rechter, _) => "kinderrechter",
        Milestone::Began(Function::UitvoeringMaatregel, Kind::Spoed) => {
            "uitvoering voorlopige maatregel"
        }
        Milestone::Began(function, Kind::Gezag) => {
            return format!("{}, gezag", bare(step(function, Kind::Regular, lang)));
        }
        Milestone::Began(function, kind) => bare(step(function, kind, lang)),
        Milestone::Failed(function) => {
            let name = bare(step(function, Kind::Regular, lang));
            return format!("{name} {}", phrase("life_row_fails", lang));
        }
        Milestone::Incident => "incident",
        Milestone::Refused(judge) => match judge {
            Judge::Requester => phrase("life_row_requester_against", lang),
            Judge::Check => phrase("life_row_check_against", lang),
            Judge::Rechter => phrase("life_row_rechter_against", lang),
        },
        Milestone::Ordered(begun) => return format!("► {}", measure(begun)),
        Milestone::Lifted(ended) => {
            return format!("◄ {} {}", phrase("life_row_end_of", lang), measure(ended));
        }
        Milestone::Safe => phrase("life_row_safe", lang),
        Milestone::Closed => phrase("journey_sign_closed", lang),
    };
    text.to_owned()
}

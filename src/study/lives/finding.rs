//! What a search among lives found, in sentences.

use super::search::Finding;
use crate::model::{Answer, Condition, QUESTIONS};
use crate::report::words::phrase::{phrase, told};
use crate::report::words::text::{hang, length, pad_left, pad_right};
use crate::report::{Lang, counted, local};
use crate::scenario::Scenario;

/// Characters in a line.
const WIDTH: usize = 100;
/// Characters of a number in the table of conditions.
const NUMBER_WIDTH: usize = 12;

/// What was looked for and where, how many households fit, and, if so many were
/// not found, how many fit each condition alone and each but one.
pub fn finding(
    scenario: &Scenario,
    conditions: &[Condition],
    finding: &Finding,
    (number, replication): (u32, u32),
    lang: Lang,
) -> String {
    let asked: Vec<&str> = conditions.iter().map(|one| one.text.as_str()).collect();
    let asked = asked.join("  ");
    let mut text = hang(phrase("story_looked_for", lang), &asked, WIDTH);
    text.push_str(&hang(
        "",
        &fitting(scenario, finding, replication, lang),
        WIDTH,
    ));
    match finding.found.get(number as usize - 1) {
        Some(&(region, household)) => {
            let region = &scenario.regions[region].name;
            let which = told(
                "story_this_one",
                lang,
                &[
                    ("number", &number.to_string()),
                    ("household", &household.to_string()),
                    ("region", region),
                ],
            );
            text.push_str(&hang("", &which, WIDTH));
        }
        None if finding.n_fitting > 0 => {
            let n = finding.n_fitting;
            let fault = told(
                "story_no_such_number",
                lang,
                &[("number", &number.to_string()), ("n", &n.to_string())],
            );
            text.push_str(&hang("", &fault, WIDTH));
        }
        None => text.push_str(&near(conditions, finding, lang)),
    }
    text
}

/// What may be asked of a life: a line for each question, and for its words.
pub fn question_list() -> String {
    let mut text = String::new();
    for question in &QUESTIONS {
        let meant = match question.answer {
            Answer::Word { words, .. } => {
                format!("{}: {}", question.definition, words().join(", "))
            }
            Answer::Number { unit, .. } => format!("{} [{unit}]", question.definition),
        };
        let lead = format!("  {}", pad_right(question.key, 18));
        text.push_str(&hang(&lead, &meant, WIDTH));
    }
    text.trim_end().to_owned()
}

/// How many households of how many fit.
fn fitting(scenario: &Scenario, finding: &Finding, replication: u32, lang: Lang) -> String {
    let number = |n: usize| local(n as f64, 0, lang);
    let share = 100.0 * finding.n_fitting as f64 / finding.n_looked.max(1) as f64;
    let decimals = if share >= 9.95 || finding.n_fitting == 0 {
        0
    } else {
        1
    };
    let share = match finding.n_fitting > 0 && share < 0.05 {
        true => format!("<{}", local(0.1, 1, lang)),
        false => local(share, decimals, lang),
    };
    let (fit, looked) = (number(finding.n_fitting), number(finding.n_looked));
    let period = scenario.period;
    let last_day = period.last_day();
    let (from, to) = (lang.date(period.start), lang.date(last_day));
    let place = match &scenario.regions[..] {
        [one] => one.name.clone(),
        regions => counted(regions.len(), "region", lang),
    };
    let key = &scenario.cases[scenario.baseline].form.key;
    let key_of = match finding.n_fitting {
        1 => "story_one_fits",
        _ => "story_so_many_fit",
    };
    let parts = [
        ("fit", &*fit),
        ("looked", &looked),
        ("share", &share),
        ("form", key),
        ("replication", &replication.to_string()),
        ("place", &place),
        ("from", &from),
        ("to", &to),
    ];
    told(key_of, lang, &parts)
}

/// Which condition is in the way.
fn near(conditions: &[Condition], finding: &Finding, lang: Lang) -> String {
    let names = conditions.iter().map(|one| length(&one.text));
    let name_width = names.max().unwrap_or(0).max(12) + 2;
    let row = |name: &str, cells: &[String]| {
        let cells = cells.iter().map(|cell| pad_left(cell, NUMBER_WIDTH));
        let line = pad_right(name, name_width) + &cells.collect::<String>();
        line.trim_end().to_owned() + "\n"
    };
    let heads = [
        phrase("story_families", lang),
        phrase("story_on_the_rest", lang),
        phrase("block_values", lang),
    ];
    let heads = heads.map(str::to_owned);
    let mut text = String::from("\n") + &row(phrase("story_condition", lang), &heads);
    for (number, condition) in conditions.iter().enumerate() {
        let counts = [finding.n_alone[number], finding.n_without[number]];
        let mut cells = counts.map(|n| local(n as f64, 0, lang)).to_vec();
        let range = finding.ranges[number].filter(|(least, most)| least <= most);
        cells
            .extend(range.map(|(least, most)| {
                format!("{}–{}", local(least, 0, lang), local(most, 0, lang))
            }));
        text.push_str(&row(&condition.text, &cells));
    }
    let (n_fits, n) = finding.most;
    let n = counted(n, "family", lang);
    let all = counted(conditions.len(), "condition", lang);
    let nearest = told(
        "story_nearest",
        lang,
        &[("n", &n), ("n_fits", &n_fits.to_string()), ("all", &all)],
    );
    text + &hang("", &nearest, WIDTH)
}

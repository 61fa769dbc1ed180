//! The page for the board: one file that holds everything, from a run folder alone.
//!
//! `main.html` is written out twice, in Dutch and in English: a first screen, and views behind a menu; `page.js` shows
//! one language and one view, and a region in all of them. Tables and figures are drawn here and stand on the page
//! without any script, which only answers choosers, from the numbers in `data`.

use super::board::Board;
use super::{belief, beside, change, data, first, grid, known, provenance, region, staff};
use crate::engine::Date;
use crate::model::Quantity;
use crate::report::chart::escaped;
use crate::report::figure::picture::row;
use crate::report::figure::{map, picture, share, stream, timeline};
use crate::report::finding::changed::changed_html;
use crate::report::finding::warning_title::titles;
use crate::report::words::board_kpi::{SAFETY, STAFF, WAITING};
use crate::report::words::phrase::{PAGE_MARKS, fill, phrase, told};
use crate::report::words::text::cut;
use crate::report::{Lang, Run, counted};
use crate::study::attribution::{block_section, effect_section};
use crate::study::hours::section as hours;
use crate::study::lives::journey_section;
use crate::study::weighing::section as weighing;

pub(crate) const PAGE: &str = include_str!("page.html");
const MAIN: &str = include_str!("main.html");
const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");
const WEIGHING_SCRIPT: &str = include_str!("../study/weighing/section.js");
/// Characters of a name that a heading has room for.
pub(crate) const HEADING_LENGTH: usize = 160;

/// The page of a run.
pub(crate) fn page(run: &Board) -> String {
    let title = |lang: Lang| {
        let label = &run.manifest.scenario;
        let label = cut(lang.pick(&label.nl, &label.en), HEADING_LENGTH);
        escaped(&format!("{label} – {}", phrase("title", lang)))
    };
    let data = data::json(run);
    let script = format!("{}\n{}", SCRIPT.trim(), WEIGHING_SCRIPT.trim());
    whole(&Whole {
        version: &run.manifest.version,
        data: &format!("<script type=\"application/json\" id=\"data\">{data}</script>\n"),
        script: &script,
        title: &title,
        main: &|lang| main(run, lang),
    })
}

/// What differs between one page and another.
pub(crate) struct Whole<'a> {
    /// Of the program that made what it shows.
    pub version: &'a str,
    /// What its script works with, as an element; nothing if it works with nothing.
    pub data: &'a str,
    /// The script.
    pub script: &'a str,
    /// The title in a language, in which nothing is markup.
    pub title: &'a dyn Fn(Lang) -> String,
    /// All below the bar, in a language.
    pub main: &'a dyn Fn(Lang) -> String,
}

/// A page: one file that holds everything, in both languages.
pub(crate) fn whole(page: &Whole) -> String {
    fill(PAGE, PAGE_MARKS, |slot| match slot {
        "version" => escaped(page.version),
        "style" => STYLE.trim().to_owned(),
        "title" => (page.title)(Lang::Nl),
        "title_en" => (page.title)(Lang::En),
        "nl" => (page.main)(Lang::Nl),
        "en" => (page.main)(Lang::En),
        "data" => page.data.to_owned(),
        "script" => page.script.to_owned(),
        _ => unreachable!("page.html has no other slots"),
    })
}

/// The views behind the menu, each with the phrase that is its name there; of some a run may have nothing.
const VIEWS: [(&str, &str); 14] = [
    ("first", "menu_first"),
    ("beside", "menu_beside"),
    ("change", "menu_change"),
    ("waiting", "waiting_title"),
    ("safety", "safety_title"),
    ("regions", "regions_title"),
    ("staff", "staff_title"),
    ("hours", "menu_hours"),
    ("weighing", "menu_weighing"),
    ("attribution", "menu_attribution"),
    ("blocks", "menu_blocks"),
    ("journeys", "menu_journeys"),
    ("assumptions", "ledger_title"),
    ("technical", "technical_title"),
];

/// Everything between the bar and the end, in one language.
fn main(run: &Board, lang: Lang) -> String {
    let key = lang.key();
    let drawn = |figure: crate::report::chart::Figure| figure.to_html(key, 3);
    fill(MAIN, PAGE_MARKS, |slot| match slot {
        "lang" => key.to_owned(),
        "menu" => menu(run, lang),
        "label" => {
            let label = &run.manifest.scenario;
            escaped(&cut(lang.pick(&label.nl, &label.en), HEADING_LENGTH))
        }
        "changed" => changed_html(&run.manifest.changed, lang),
        "place" => escaped(&picture::place(run, lang)),
        "facts" => escaped(&facts(run, lang)),
        "what" => escaped(&first::what(run, lang)),
        "alarm" => first::alarm(run, lang),
        "beliefs" => first::beliefs(run, lang),
        "buttons" => first::buttons(lang),
        "first" => first::table(run, lang),
        "first_legend" => first::legend(run, lang),
        "waiting" => grid::grid(run, "", WAITING, lang),
        "safety" => grid::grid(run, "", SAFETY, lang),
        "staff" => grid::grid(run, "", STAFF, lang),
        "grid_legend" => belief::elsewhere(run, lang) + &grid::legend(run, lang),
        "warnings" => warnings(run, lang),
        "measures" => drawn(picture::of_kpi(run, row("ots_per_100_cases"), lang)),
        "shares" => drawn(share::figure(run, Quantity::WaitFirstHelp, lang)),
        "flows" => stream::figures(run, lang).map(drawn).collect(),
        "flow_options" => flow_options(run, lang),
        "teams" => staff::table(run, lang),
        "queues" => drawn(timeline::queues(run, lang)),
        "warm_up" => drawn(timeline::warm_up(run, lang)),
        "journeys" => journey_section::journeys(run, run.journeys.as_deref(), lang),
        "map" => drawn(map::map(run, lang)),
        "known" => known::table(run, lang),
        "known_sentences" => known::sentences(run, lang),
        "region_table" => region::table(run, lang),
        "ledger" => {
            let grade_d = picture::grade_d(run, lang);
            escaped(&told("ledger_intro", lang, &[("grade_d", &grade_d)]))
        }
        "ledger_show" => {
            let n = run.parameters.len().to_string();
            escaped(&told(slot, lang, &[("n", &n)]))
        }
        "grades" => provenance::grades(run, lang),
        "grade_options" => provenance::grade_options(),
        "parameters" => provenance::parameters(run, lang),
        "weighing" => of(&run.weighed, &|found| weighing::section(run, found, lang)),
        "attribution" => of(&run.attributed, &|found| {
            effect_section::section(run, found, lang)
        }),
        "blocks" => of(&run.blocks, &|found| {
            block_section::section(run, found, lang)
        }),
        "beside" => beside::section(run, lang),
        "hours" => of(&run.hours, &|found| hours::section(run, found, lang)),
        "change" => change::section(run, lang),
        "again" => {
            let version = &run.manifest.version;
            escaped(&told("again_intro", lang, &[("version", version)]))
        }
        "command" => escaped(&provenance::command(run)),
        "inputs" => provenance::inputs(run),
        "form_sources" => provenance::form_sources(run),
        word => escaped(phrase(word, lang)),
    })
}

/// A section of what there may be, or nothing.
fn of<T>(found: &Option<T>, section: &dyn Fn(&T) -> String) -> String {
    found.as_ref().map(section).unwrap_or_default()
}

fn menu(run: &Board, lang: Lang) -> String {
    let key = lang.key();
    let is_there = |view: &str| match view {
        "beside" => run.beside.is_some(),
        "hours" => run.hours.is_some(),
        "change" => run.changes.is_some() || !run.stages.is_empty(),
        "weighing" => run.weighed.is_some(),
        "attribution" => run.attributed.is_some(),
        "blocks" => run.blocks.is_some(),
        _ => true,
    };
    let views = VIEWS.iter().filter(|(view, _)| is_there(view));
    let line = |(view, name): &(&str, &str)| {
        let name = escaped(phrase(name, lang));
        format!("<li><a href=\"#{key}-{view}\">{name}</a></li>\n")
    };
    views.map(line).collect()
}

/// The forms whose way through the chain can be chosen.
fn flow_options(run: &Run, lang: Lang) -> String {
    let forms = stream::shown(run).into_iter().enumerate();
    let option = |(number, form): (usize, usize)| {
        let name = escaped(&cut(&run.heading(form, lang), HEADING_LENGTH));
        format!("<option value=\"{number}\">{name}</option>")
    };
    forms.map(option).collect()
}

/// What was run, and when it plays.
pub(crate) fn facts(run: &Run, lang: Lang) -> String {
    let (manifest, place) = (&run.manifest, picture::place(run, lang));
    let period = &manifest.period;
    let replications = counted(manifest.replications as usize, "replication", lang);
    let start: Option<Date> = period.start.parse().ok();
    let date = |days: i32| {
        start.map_or(period.start.clone(), |start| {
            lang.date(start.plus_days(days))
        })
    };
    let belief = cut(
        lang.pick(&manifest.belief.nl, &manifest.belief.en),
        HEADING_LENGTH,
    );
    let parts = [
        ("place", &*place),
        ("replications", &replications),
        ("start", &date(0)),
        ("end", &date(period.measured_days as i32 - 1)),
        ("warm_up", &lang.span(period.warm_up_days)),
        ("belief", &belief),
    ];
    told("facts", lang, &parts)
}

/// Warnings by kind, the gravest first.
fn warnings(run: &Run, lang: Lang) -> String {
    let kind = |(title, texts): (String, Vec<&str>)| {
        let texts: String = texts
            .iter()
            .map(|text| format!("<p>{}</p>", escaped(text)))
            .collect();
        format!(
            "<details class=\"warning\"><summary>{}</summary>{texts}</details>\n",
            escaped(&title)
        )
    };
    titles(run, lang).into_iter().map(kind).collect()
}

//! The page for the board: one file that holds everything, from a run folder alone.
//!
//! `main.html` is written out twice, in Dutch and in English; `page.js` shows one of them.
//! Figures are drawn here and stand on the page without any script. The script only
//! answers choosers, from the numbers in `data`.

mod answer;
mod attribution;
mod beside;
mod block;
mod data;
mod hours;
mod journey;
mod provenance;
mod weighing;

use super::chart::escaped;
use super::phrase::{counted, fill, phrase, told};
use super::picture::{self, GROUPS, MEASURES};
use super::reading::Run;
use super::text::cut;
use super::{Lang, changed, manifest::Manifest, map, share, stream, timeline};
use crate::engine::Date;
use crate::experiment::headlines;
use crate::model::KPIS;

pub(super) use provenance::scenario_file;

const PAGE: &str = include_str!("page.html");
const MAIN: &str = include_str!("main.html");
pub(super) const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");
const WEIGHING_SCRIPT: &str = include_str!("weighing.js");
const MARKS: (&str, &str) = ("[[", "]]");
/// Characters of a name that a heading has room for.
const HEADING_LENGTH: usize = 160;

/// The page of a run.
pub(super) fn page(run: &Run) -> String {
    let title = |lang: Lang| {
        let label = &run.manifest.scenario;
        let label = cut(lang.pick(&label.nl, &label.en), HEADING_LENGTH);
        escaped(&format!("{label} – {}", phrase("title", lang)))
    };
    fill(PAGE, MARKS, |slot| match slot {
        "version" => escaped(&run.manifest.version),
        "style" => STYLE.trim().to_owned(),
        "script" => format!("{}\n{}", SCRIPT.trim(), WEIGHING_SCRIPT.trim()),
        "title" => title(Lang::Nl),
        "title_en" => title(Lang::En),
        "nl" => main(run, Lang::Nl),
        "en" => main(run, Lang::En),
        "data" => data::json(run),
        _ => unreachable!("page.html has no other slots"),
    })
}

/// Everything between the bar and the end, in one language.
fn main(run: &Run, lang: Lang) -> String {
    let key = lang.pick("nl", "en");
    let drawn = |figure: super::chart::Figure, level| figure.to_html(key, level);
    fill(MAIN, MARKS, |slot| match slot {
        "lang" => key.to_owned(),
        "label" => {
            let label = &run.manifest.scenario;
            escaped(&cut(lang.pick(&label.nl, &label.en), HEADING_LENGTH))
        }
        "facts" => escaped(&facts(&run.manifest, &picture::place(run, lang), lang)),
        "changed" => changed::for_page(&run.manifest.changed, lang),
        "n_warnings" => {
            let n = run.manifest.warnings.len().to_string();
            escaped(&told("warnings_intro", lang, &[("n", &n)]))
        }
        "warnings" => warnings(&run.manifest, lang),
        "question" => escaped(&answer::question(run, lang)),
        "answer" => items(&answer::answer(run, lang)),
        "forms" => forms(run, lang),
        "kpis" => (GROUPS.iter().filter(|group| **group != MEASURES))
            .map(|group| of_group(run, group, lang))
            .collect(),
        "measures" => figures_of(run, MEASURES, 3, lang).collect(),
        "shares" => share::figures(run, lang)
            .map(|figure| drawn(figure, 3))
            .collect(),
        "guide_bars" => escaped(&share::guide_of(run, lang)),
        "flows" => stream::figures(run, lang)
            .map(|figure| drawn(figure, 3))
            .collect(),
        "flow_options" => flow_options(run, lang),
        "queues" => drawn(timeline::queues(run, lang), 3),
        "teams" => (0..run.forms().len())
            .map(|form| drawn(timeline::teams(run, form, lang), 4))
            .collect(),
        "warm_up" => drawn(timeline::warm_up(run, lang), 4),
        "journeys" => journey::journeys(run, lang),
        "map" => drawn(map::map(run, lang), 3),
        "guide_dots" | "guide_lines" | "guide_streams" => escaped(&picture::guide(run, slot, lang)),
        "map_guide" => escaped(&picture::guide(run, map::map_guide(run), lang)),
        "answer_note" => escaped(phrase(&run.manifest.of_spread(slot), lang)),
        "grade_d" => escaped(&picture::grade_d(run, lang)),
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
        "weighing" => weighing::section(run, lang),
        "weighing_link" => weighing::link(run, lang),
        "attribution" => attribution::section(run, lang),
        "attribution_link" => attribution::link(run, lang),
        "blocks" => block::section(run, lang),
        "beside" => beside::section(run, lang),
        "beside_link" => beside::link(run, lang),
        "blocks_link" => block::link(run, lang),
        "hours" => hours::section(run, lang),
        "hours_link" => hours::link(run, lang),
        "again" => {
            let version = &run.manifest.version;
            escaped(&told("again_intro", lang, &[("version", version)]))
        }
        "command" => escaped(&provenance::command(run)),
        "inputs" => provenance::inputs(run),
        word => escaped(phrase(word, lang)),
    })
}

/// The forms whose way through the chain can be chosen.
fn flow_options(run: &Run, lang: Lang) -> String {
    let forms = stream::shown(run).into_iter().enumerate();
    let option = |(number, form): (usize, usize)| {
        let name = escaped(&cut(&run.forms()[form].name(lang), HEADING_LENGTH));
        format!("<option value=\"{number}\">{name}</option>")
    };
    forms.map(option).collect()
}

fn items(texts: &[String]) -> String {
    texts
        .iter()
        .map(|text| format!("<li>{}</li>\n", escaped(text)))
        .collect()
}

/// What was run, and when it plays.
fn facts(manifest: &Manifest, place: &str, lang: Lang) -> String {
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
        ("place", place),
        ("replications", &replications),
        ("start", &date(0)),
        ("end", &date(period.measured_days as i32 - 1)),
        ("warm_up", &lang.span(period.warm_up_days)),
        ("belief", &belief),
    ];
    told("facts", lang, &parts)
}

/// Warnings by kind, in the order of the manifest, the gravest first.
fn warnings(manifest: &Manifest, lang: Lang) -> String {
    let known = super::phrase::phrases("warning_", lang);
    let name = |code: &str| *known.get(code).unwrap_or(&known["other"]);
    let mut kinds: Vec<(&str, Vec<&str>)> = Vec::new();
    for warning in &manifest.warnings {
        let text = lang.pick(&warning.nl, &warning.en);
        let name = name(&warning.code);
        match kinds.iter_mut().find(|kind| kind.0 == name) {
            Some(kind) => kind.1.push(text),
            None => kinds.push((name, vec![text])),
        }
    }
    let kind = |(name, texts): (&str, Vec<&str>)| {
        let n = if texts.len() > 1 {
            format!(" ({})", texts.len())
        } else {
            String::new()
        };
        let texts: String = texts
            .iter()
            .map(|text| format!("<p>{}</p>", escaped(text)))
            .collect();
        format!(
            "<details><summary>{}{n}</summary>{texts}</details>\n",
            escaped(name)
        )
    };
    kinds.into_iter().map(kind).collect()
}

fn forms(run: &Run, lang: Lang) -> String {
    let form = |(number, form): (usize, &super::manifest::Form)| {
        let name = escaped(&cut(form.short_name(lang), HEADING_LENGTH));
        let mut tags = String::new();
        if number == run.baseline() {
            tags += &format!(
                " <span class=\"tag\">{}</span>",
                phrase("form_baseline", lang)
            );
        }
        if form.is_proposal {
            tags += &format!(
                " <span class=\"tag\">{}</span>",
                phrase("form_proposal", lang)
            );
        }
        let (key, source) = (escaped(&form.named.key), escaped(&form.source));
        let summary = phrase("form_source", lang);
        format!(
            "<li><strong>{name}</strong>{tags} <code>{key}</code>\
             <details><summary>{summary}</summary><p lang=\"en\">{source}</p></details></li>\n"
        )
    };
    run.forms().iter().enumerate().map(form).collect()
}

fn of_group(run: &Run, group: &str, lang: Lang) -> String {
    let figures: String = figures_of(run, group, 4, lang).collect();
    format!("<h3>{}</h3>\n{figures}", phrase(group, lang))
}

fn figures_of(run: &Run, group: &str, level: u8, lang: Lang) -> impl Iterator<Item = String> {
    let kpis = headlines().filter(move |&kpi| picture::group(&KPIS[kpi]) == group);
    kpis.map(move |kpi| picture::of_kpi(run, kpi, lang).to_html(lang.pick("nl", "en"), level))
}

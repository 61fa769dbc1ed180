//! One family of some kinds under every form.

use super::journey_figure::{WIDTHS, command, notes, panel, title, usual};
use super::journey_table::ToldJourney;
use crate::report::chart::escaped;
use crate::report::words::phrase::phrase;
use crate::report::{Lang, Run};

/// The figures, or why there are none. Each is drawn twice, for a wide screen and for a phone; the
/// style shows one of them.
pub(crate) fn journeys(run: &Run, told: Option<&[ToldJourney]>, lang: Lang) -> String {
    match told {
        None => format!("<p>{}</p>", escaped(phrase("journey_none", lang))),
        Some(journeys) => journeys.iter().map(|one| html(run, one, lang)).collect(),
    }
}

fn html(run: &Run, journey: &ToldJourney, lang: Lang) -> String {
    let (language, key) = (lang.key(), journey.key);
    let heading = escaped(&title(run, journey, lang));
    if journey.household.is_none() {
        let why = escaped(&usual(run, journey, lang));
        return format!("<h3>{heading}</h3>\n<p>{why}</p>\n");
    }
    let drawn: String = (WIDTHS.iter().zip(["wide", "narrow"]))
        .map(|(width, class)| {
            let (sheet, words) = panel(run, journey, *width, lang);
            let id = format!("{language}-journey_{key}-{class}");
            let svg = sheet.to_svg(&id, &title(run, journey, lang), &words);
            format!("<div class=\"{class}\">{svg}</div>\n")
        })
        .collect();
    // What it is not stands before it; how it was chosen, behind it.
    let [before, after] = notes(run, journey, lang).map(|notes| -> String {
        let notes = notes.iter();
        notes
            .map(|note| format!("<p>{}</p>", escaped(note)))
            .collect()
    });
    let (full, command) = (
        escaped(phrase("journey_full", lang)),
        escaped(&command(run, journey)),
    );
    format!(
        "<figure class=\"journey\" id=\"{language}-journey_{key}\"><h3>{heading}</h3>\n{before}{drawn}\
         <figcaption>{after}</figcaption></figure>\n<p class=\"fine\">{full}</p>\n\
         <pre><code>{command}</code></pre>\n"
    )
}

//! What is known of a region, beside what the fitted model shows of it.

use crate::report::chart::escaped;
use crate::report::words::known::of_region;
use crate::report::words::number::decimals_for;
use crate::report::words::phrase::phrase;
use crate::report::{Lang, Run, local};
use crate::scenario::Known;

/// For each region a sentence that says how well the model fits it, which the script shows where it is chosen.
pub(crate) fn sentences(run: &Run, lang: Lang) -> String {
    if run.manifest.known.is_empty() {
        return String::new();
    }
    let regions = run.places[..run.merged()].iter().enumerate();
    let sentence = |(place, region): (usize, &String)| {
        let text = escaped(&of_region(&run.manifest.known, region, lang));
        format!("<p class=\"fine\" data-known=\"{place}\" hidden>{text}</p>\n")
    };
    regions.map(sentence).collect()
}

/// Everything that is known of the run's regions, in a table.
pub(crate) fn table(run: &Run, lang: Lang) -> String {
    let known = &run.manifest.known;
    if known.is_empty() {
        return String::new();
    }
    let row = |one: &Known| {
        let numbers = [
            Some(one.value),
            Some(one.low),
            Some(one.high),
            one.simulated_mean,
        ];
        let n = decimals_for(one.value.abs());
        let [value, low, high, mean] =
            numbers.map(|number| number.map_or("–".to_owned(), |number| local(number, n, lang)));
        let places = run.places[..run.merged()].iter().enumerate();
        let places = places.filter(|(_, region)| one.touches(region));
        let places: Vec<String> = places.map(|(place, _)| place.to_string()).collect();
        let label = escaped(lang.pick(&one.label_nl, &one.label_en));
        let [inside, role] = [
            if one.is_inside() {
                "known_inside"
            } else {
                "known_outside"
            },
            if one.is_test() {
                "known_test"
            } else {
                "known_input"
            },
        ]
        .map(|key| escaped(phrase(key, lang)));
        let places = places.join(" ");
        format!(
            "<tr data-known-of=\"{places}\"><th scope=\"row\">{label}</th><td>{value} ({low}–{high})</td><td>{mean}</td><td>{inside}</td><td>{role}</td></tr>\n"
        )
    };
    let rows: String = known.iter().map(row).collect();
    let [title, intro, what, known, model, fits, role] = [
        "known_title",
        "known_intro",
        "known_what",
        "known_known",
        "known_model",
        "known_fits",
        "known_role",
    ]
    .map(|key| escaped(phrase(key, lang)));
    format!(
        "<h3>{title}</h3>\n<p>{intro}</p>\n<table class=\"known\">\n<thead><tr><th scope=\"col\">{what}</th><th scope=\"col\">{known}</th>\
         <th scope=\"col\">{model}</th><th scope=\"col\">{fits}</th><th scope=\"col\">{role}</th></tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n"
    )
}

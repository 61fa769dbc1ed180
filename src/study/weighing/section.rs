//! The forms weighed: what a weighing shows, and weights to try.

use serde_json::{Value, json};

use super::reading::Weighed;
use super::standing::{Standing, equal_weights, leaders, pairs, standings};
use super::weigh::Scope;
use super::{belief, figure, finding};
use crate::report::chart::{Figure, escaped, items};
use crate::report::words::phrase::{PAGE_MARKS, fill, phrase, told};
use crate::report::{Lang, Run, local, significant};

const SECTION: &str = include_str!("section.html");
/// The highest that a slider can stand, and where it begins.
const SLIDER: [u8; 2] = [10, 5];
/// From this share of worlds on a form is said to be first.
const CLEAR: f64 = 0.95;

/// The section of the page.
pub(crate) fn section(run: &Run, weighed: &Weighed, lang: Lang) -> String {
    let key = lang.key();
    let weights = equal_weights(weighed);
    let standings = standings(weighed, &weights);
    let drawn = |figure: fn(&Run, &Weighed, Lang) -> Figure| match weighed.known.is_empty() {
        true => String::new(),
        false => figure(run, weighed, lang).to_html(key, 3),
    };
    fill(SECTION, PAGE_MARKS, |slot| match slot {
        "lang" => key.to_owned(),
        "caveat" => escaped(&caveat(run, weighed, lang)),
        "beliefs" => beliefs(run, weighed, lang),
        "leaders" => leading(run, weighed, lang),
        "first" => drawn(figure::first),
        "ranks" => ranks(&drawn(figure::ranks), weighed, lang),
        "unknown" => {
            let unknown = finding::unknown(run, weighed, lang);
            escaped(
                unknown
                    .as_deref()
                    .unwrap_or(phrase("weighing_no_gaps", lang)),
            )
        }
        "gaps" => items(&finding::gaps(weighed, lang)),
        "tips_intro" => {
            let voice = weighed.voices.first();
            let profile = voice.map_or("", |one| lang.pick(&one.profile.nl, &one.profile.en));
            escaped(&told("weighing_tips_intro", lang, &[("profile", profile)]))
        }
        "tips" => items(&finding::tips(run, weighed, lang)),
        "sliders" => sliders(weighed, &weights, lang),
        "summary" => escaped(&summary(run, weighed, &standings, lang)),
        "standing_caption" => {
            let n = weighed.worlds.len().to_string();
            escaped(&told("weighing_standing_caption", lang, &[("n", &n)]))
        }
        "weighing_criteria_caption" => {
            let baseline = run.forms()[run.baseline()].short_name(lang);
            escaped(&told(slot, lang, &[("baseline", baseline)]))
        }
        "standings" => (standings.iter().enumerate())
            .map(|(place, one)| standing(run, weighed, place, one, lang))
            .collect(),
        "form_heads" => (run.forms().iter())
            .map(|form| format!("<th scope=\"col\">{}</th>", escaped(form.short_name(lang))))
            .collect(),
        "criteria" => criteria(run, weighed, lang),
        "profiles" => profiles(weighed, lang),
        word => escaped(phrase(word, lang)),
    })
}

/// What a share of draws is not.
fn caveat(run: &Run, weighed: &Weighed, lang: Lang) -> String {
    match weighed.beliefs.len() {
        0 => figure::caveat(run, weighed, lang),
        n => told("weighing_caveat_sets", lang, &[("n", &n.to_string())]),
    }
}

/// Whether who is first hangs on the belief set, and how often each form is under each; of which the rest tells.
fn beliefs(run: &Run, weighed: &Weighed, lang: Lang) -> String {
    let Some(first) = weighed.beliefs.first() else {
        return String::new();
    };
    let profiles = weighed.voices.iter();
    let profiles: Vec<&str> = profiles
        .map(|one| lang.pick(&one.profile.nl, &one.profile.en))
        .collect();
    let verdict = belief::verdict(run, &weighed.beliefs, &profiles, lang);
    let verdict: String = verdict
        .iter()
        .map(|one| format!("<p><strong>{}</strong></p>\n", escaped(one)))
        .collect();
    let rest = told("weighing_sets_rest", lang, &[("belief", first.name(lang))]);
    let title = escaped(phrase("weighing_sets_title", lang));
    let table = belief::table(run, &weighed.beliefs, lang);
    format!(
        "<h3>{title}</h3>\n{verdict}{table}<p>{}</p>\n",
        escaped(&rest)
    )
}

/// Every rank, folded, with what the two figures show; nothing where there is no figure.
fn ranks(figure: &str, weighed: &Weighed, lang: Lang) -> String {
    if figure.is_empty() {
        return String::new();
    }
    let told = [
        &*intro(weighed, lang),
        phrase("weighing_guide_first", lang),
        phrase("weighing_guide_ranks", lang),
    ];
    let told = told
        .map(|one| format!("<p>{}</p>\n", escaped(one)))
        .concat();
    let title = escaped(phrase("weighing_ranks_show", lang));
    format!("<details><summary>{title}</summary>\n{told}{figure}</details>\n")
}

/// What the forms are that are first most often, so that it is read with the draws in which they are.
fn leading(run: &Run, weighed: &Weighed, lang: Lang) -> String {
    let voice = weighed.voices.first();
    let forms = voice.map_or(Vec::new(), |voice| voice.most_often(Scope::Known));
    let line = |form: usize| {
        let form = &run.forms()[form];
        let what = form.what.as_ref()?;
        let (name, what) = (form.short_name(lang), lang.pick(&what.nl, &what.en));
        Some(format!(
            "<p><strong>{}</strong>: {}</p>\n",
            escaped(name),
            escaped(what)
        ))
    };
    match weighed.known.is_empty() {
        true => String::new(),
        false => forms.into_iter().filter_map(line).collect(),
    }
}

fn intro(weighed: &Weighed, lang: Lang) -> String {
    let (all, known) = (weighed.manifest.criteria.len(), weighed.known.len());
    let label = &weighed.manifest.label;
    let parts = [
        ("framework", lang.pick(&label.nl, &label.en)),
        ("known", &*known.to_string()),
        ("all", &all.to_string()),
        ("unknown", &(all - known).to_string()),
        ("draws", &local(weighed.manifest.draws as f64, 0, lang)),
    ];
    told("weighing_intro", lang, &parts)
}

/// A slider for every principle of which something is known, and folded in it one for each
/// criterion.
fn sliders(weighed: &Weighed, weights: &[f64], lang: Lang) -> String {
    let key = lang.key();
    let mut html = String::new();
    for (group, named) in groups(weighed).into_iter().enumerate() {
        let name = escaped(lang.pick(&named.nl, &named.en));
        let own = |place: &usize| weighed.leaf(weighed.known[*place]).group == named.key;
        let places: Vec<usize> = (0..weighed.known.len()).filter(own).collect();
        let sum: f64 = places.iter().map(|&place| weights[place]).sum();
        let all = slider(
            &format!("{key}-group-{group}"),
            &name,
            "data-group",
            group,
            sum,
            lang,
        );
        let inside: String = in_pairs(weighed, places)
            .into_iter()
            .map(|place| {
                let leaf = weighed.leaf(weighed.known[place]);
                let mut name = escaped(lang.pick(&leaf.named.nl, &leaf.named.en));
                if let Some(note) = beside(weighed, weighed.known[place], lang) {
                    name += &format!(" <small>{}</small>", escaped(&note));
                }
                let id = format!("{key}-criterion-{place}");
                slider(&id, &name, "data-criterion", place, weights[place], lang)
            })
            .collect();
        let within = escaped(&told(
            "weighing_within",
            lang,
            &[("name", lang.pick(&named.nl, &named.en))],
        ));
        html += &format!(
            "<fieldset><legend>{name}</legend>\n{all}<details><summary>{within}</summary>\n{inside}</details></fieldset>\n"
        );
    }
    html
}

fn slider(id: &str, label: &str, what: &str, number: usize, weight: f64, lang: Lang) -> String {
    let [most, begin] = SLIDER;
    let share = lang.percent(weight);
    format!(
        "<div class=\"slide\"><label for=\"{id}\">{label}</label>\
         <input type=\"range\" id=\"{id}\" {what}=\"{number}\" min=\"0\" max=\"{most}\" step=\"1\" value=\"{begin}\">\
         <span data-share>{share}</span></div>\n"
    )
}

/// Principles of which something is known, in the order of the framework.
fn groups(weighed: &Weighed) -> Vec<&crate::report::folder::manifest::Named> {
    let is_there = |key: &str| {
        let mut known = weighed.known.iter();
        known.any(|&one| weighed.leaf(one).group == key)
    };
    let groups = weighed.manifest.groups.iter();
    groups.filter(|group| is_there(&group.key)).collect()
}

/// Places, each that may not be read alone right after the one beside which it may.
fn in_pairs(weighed: &Weighed, mut places: Vec<usize>) -> Vec<usize> {
    let pairs = pairs(weighed);
    let after = |place: usize| pairs.iter().find(|pair| pair.0 == place).map(|pair| pair.1);
    places.sort_by_key(|&place| after(place).map_or((place, 0), |other| (other, 1)));
    places
}

/// That a criterion may be read beside another only.
fn beside(weighed: &Weighed, criterion: usize, lang: Lang) -> Option<String> {
    let other = &weighed.leaf(weighed.beside(criterion)?).named;
    let name = lang.pick(&other.nl, &other.en);
    Some(told("weighing_beside", lang, &[("name", name)]))
}

/// Who is first under these weights, no more certain than the worlds are.
fn summary(run: &Run, weighed: &Weighed, standings: &[Standing], lang: Lang) -> String {
    let Some(first) = standings.first() else {
        return finding::no_rank(run, lang);
    };
    let n = weighed.worlds.len();
    let leaders = leaders(standings);
    let key = match (leaders.len(), first.n_first >= CLEAR * n as f64) {
        (1, true) => "script_standing_clear",
        (1, false) => "script_standing_open",
        _ => "script_standing_level",
    };
    let names = leaders.iter().map(|&form| run.heading(form, lang));
    let parts = [
        ("form", &*lang.list(&names.collect::<Vec<_>>())),
        ("n", &local(first.n_told(), 0, lang)),
        ("all", &n.to_string()),
    ];
    told(key, lang, &parts)
}

fn standing(run: &Run, weighed: &Weighed, place: usize, one: &Standing, lang: Lang) -> String {
    let [mean, low, high] = [one.mean, one.low, one.high].map(|worth| 100.0 * worth);
    let n_first = told(
        "script_standing_first",
        lang,
        &[
            ("n", &local(one.n_told(), 0, lang)),
            ("all", &weighed.worlds.len().to_string()),
        ],
    );
    format!(
        "<tr data-form=\"{form}\"><td data-rank>{rank}</td><th scope=\"row\">{name}</th>\
         <td><span class=\"range\" aria-hidden=\"true\"><i style=\"left:{low:.1}%;width:{width:.1}%\"></i><b style=\"left:{mean:.1}%\"></b></span>\
         <span data-worth>{worth}</span></td><td data-first>{n_first}</td></tr>\n",
        form = one.form,
        rank = place + 1,
        name = escaped(&run.heading(one.form, lang)),
        width = high - low,
        worth = worth([one.mean, one.low, one.high], lang),
    )
}

/// A worth of 0 to 100 with its range.
fn worth(ends: [f64; 3], lang: Lang) -> String {
    let [mean, low, high] = ends.map(|worth| local(100.0 * worth, 0, lang));
    format!("{mean} ({low} {} {high})", phrase("to", lang))
}

fn criteria(run: &Run, weighed: &Weighed, lang: Lang) -> String {
    let row = |criterion: usize| {
        let leaf = weighed.leaf(criterion);
        let name = escaped(lang.pick(&leaf.named.nl, &leaf.named.en));
        let note = beside(weighed, criterion, lang);
        let note = note.unwrap_or_else(|| {
            lang.pick(&leaf.definition.nl, &leaf.definition.en)
                .to_owned()
        });
        let cell = |form: usize| {
            let value = &weighed.criteria[form][criterion];
            let label = escaped(&run.heading(form, lang));
            let worth = worth([value.mean, value.low, value.high], lang);
            format!("<td data-label=\"{label}\">{worth}</td>")
        };
        let cells: String = (0..run.forms().len()).map(cell).collect();
        let note = escaped(&note);
        format!("<tr><th scope=\"row\">{name}<small>{note}</small></th>{cells}</tr>\n")
    };
    let known = weighed.in_order(weighed.known.clone());
    known.into_iter().map(row).collect()
}

/// What every profile says, and which say the same.
fn profiles(weighed: &Weighed, lang: Lang) -> String {
    let profiles = &weighed.manifest.profiles;
    let line = |one: &super::manifest::Voice| {
        let name = escaped(lang.pick(&one.named.nl, &one.named.en));
        let same = one.echo_of.as_ref().and_then(|key| {
            let first = profiles.iter().find(|other| other.named.key == *key)?;
            let name = lang.pick(&first.named.nl, &first.named.en);
            Some(told("weighing_same_as", lang, &[("name", name)]))
        });
        let (same, source) = (escaped(&same.unwrap_or_default()), escaped(&one.source));
        format!("<li><strong>{name}</strong> {same} <span lang=\"en\">{source}</span></li>\n")
    };
    profiles.iter().map(line).collect()
}

/// The numbers behind the sliders; worth in ten thousandths.
pub(crate) fn json(weighed: &Weighed) -> Value {
    // Where nothing is known there is nothing to rank by, and no slider.
    if weighed.known.is_empty() {
        return Value::Null;
    }
    let groups = groups(weighed);
    let group_of = |criterion: &usize| {
        let own = &weighed.leaf(*criterion).group;
        groups.iter().position(|group| group.key == *own)
    };
    let short = |worth: f64| significant(Some(worth)).parse::<f64>().ok();
    let means = weighed.criteria.iter().map(|form| {
        let known = weighed.known.iter();
        known
            .map(|&one| json!(short(form[one].mean)))
            .collect::<Value>()
    });
    let whole = |worth: &f64| json!((1e4 * worth).round() as i64);
    let worlds = weighed.worlds.iter().map(|world| {
        let forms = world.iter();
        forms
            .map(|form| form.iter().map(whole).collect::<Value>())
            .collect::<Value>()
    });
    json!({
        "groups": groups.iter().map(|group| json!({ "nl": group.nl, "en": group.en })).collect::<Value>(),
        "group_of": weighed.known.iter().map(group_of).collect::<Vec<_>>(),
        "beside": pairs(weighed),
        "means": means.collect::<Value>(),
        "worlds": worlds.collect::<Value>(),
        "clear": CLEAR,
    })
}

//! What a weighing shows, in the sentences of the page.

use super::super::phrase::{phrase, told};
use super::super::reading::Run;
use super::super::verdict::names;
use super::super::{Lang, local};
use super::reading::{Tipped, Voiced, Weighed};
use crate::experiment::Scope;

/// Weights that are named, the nearest first.
const MOST_TIPS: usize = 6;

/// A share of draws as so many of a hundred; what is not quite all or nothing never looks like it.
pub(in super::super) fn of_hundred(share: f64, lang: Lang) -> String {
    let percent = 100.0 * share;
    if share < 1.0 && percent > 99.0 {
        phrase("weighing_almost_all", lang).to_owned()
    } else if share > 0.0 && percent < 1.0 {
        phrase("weighing_almost_none", lang).to_owned()
    } else {
        local(percent, 0, lang)
    }
}

fn name(run: &Run, form: usize, lang: Lang) -> String {
    names(run, &[form], lang, |_| String::new())
}

/// That forms have no rank, and why.
pub(in super::super) fn no_rank(run: &Run, lang: Lang) -> String {
    let growing = run.growing_forms();
    match growing.is_empty() {
        true => phrase("weighing_no_rank", lang).to_owned(),
        false => {
            let forms = names(run, &growing, lang, |_| String::new());
            told("weighing_no_rank_growing", lang, &[("forms", &forms)])
        }
    }
}

/// Who is first most often under the profiles.
pub(in super::super) fn first(run: &Run, weighed: &Weighed, lang: Lang) -> String {
    if weighed.known.is_empty() {
        return no_rank(run, lang);
    }
    let voices = &weighed.voices;
    let form = voices
        .first()
        .map_or(0, |voice| voice.most_often(Scope::Known));
    let is_one = |voice: &Voiced| voice.most_often(Scope::Known) == form;
    if !voices.iter().all(is_one) {
        let mut forms: Vec<usize> = Vec::new();
        for voice in voices {
            let form = voice.most_often(Scope::Known);
            if !forms.contains(&form) {
                forms.push(form);
            }
        }
        let one = |form: usize| {
            let own = voices
                .iter()
                .filter(|voice| voice.most_often(Scope::Known) == form);
            let own: Vec<&Voiced> = own.collect();
            let quoted = own.iter().map(|voice| {
                let name = lang.pick(&voice.profile.nl, &voice.profile.en);
                format!("‘{name}’")
            });
            let parts = [
                ("form", &*name(run, form, lang)),
                ("profiles", &lang.list(&quoted.collect::<Vec<_>>())),
                ("n", &between(&own, Scope::Known, form, lang)),
            ];
            told("weighing_first_of", lang, &parts)
        };
        let list: Vec<String> = forms.into_iter().map(one).collect();
        return told("weighing_first_other", lang, &[("list", &list.join("; "))]);
    }
    let all: Vec<&Voiced> = voices.iter().collect();
    let parts = [
        ("form", &*name(run, form, lang)),
        ("known", &between(&all, Scope::Known, form, lang)),
        ("all", &between(&all, Scope::All, form, lang)),
    ];
    told("weighing_first_same", lang, &parts)
}

/// How often a form is first under some profiles, from the least often to the most.
fn between(voices: &[&Voiced], scope: Scope, form: usize, lang: Lang) -> String {
    let shares = voices.iter().map(|voice| voice.first(scope, form));
    let low = of_hundred(shares.clone().fold(1.0, f64::min), lang);
    let high = of_hundred(shares.fold(0.0, f64::max), lang);
    match low == high {
        true => low,
        false => format!("{low} {} {high}", phrase("to", lang)),
    }
}

/// A weight as so many of a hundred; a small one with a decimal.
fn weight(share: f64, lang: Lang) -> String {
    let percent = 100.0 * share;
    local(percent, usize::from(percent < 2.0), lang)
}

/// Who is first and who is last most often under one profile.
pub(in super::super) fn ranks(run: &Run, weighed: &Weighed, voice: &Voiced, lang: Lang) -> String {
    if weighed.known.is_empty() {
        return no_rank(run, lang);
    }
    let first = voice.most_often(Scope::Known);
    let ranks = &voice.ranks[Scope::Known as usize];
    let at_end = |form: &usize| ranks[*form].last().copied().unwrap_or(0.0);
    let last = (0..ranks.len()).max_by(|one, other| at_end(one).total_cmp(&at_end(other)));
    let last = last.unwrap_or(0);
    let parts = [
        ("profile", lang.pick(&voice.profile.nl, &voice.profile.en)),
        ("first", &*name(run, first, lang)),
        ("n_first", &of_hundred(ranks[first][0], lang)),
        ("last", &name(run, last, lang)),
        ("n_last", &of_hundred(at_end(&last), lang)),
    ];
    told("weighing_ranks", lang, &parts)
}

/// What the criteria of which nothing is known could still do.
pub(in super::super) fn unknown(run: &Run, weighed: &Weighed, lang: Lang) -> Option<String> {
    let all = weighed.manifest.criteria.len();
    let unknown: Vec<usize> = (0..all)
        .filter(|one| !weighed.known.contains(one))
        .collect();
    if weighed.known.is_empty() {
        return Some(no_rank(run, lang));
    }
    let voice = weighed.voices.first().filter(|_| !unknown.is_empty())?;
    let weights = &voice.weights[Scope::All as usize];
    let weight: f64 = unknown.iter().map(|&one| weights[one]).sum();
    let form = voice.most_often(Scope::Known);
    let parts = [
        ("n", &*unknown.len().to_string()),
        ("weight", &local(100.0 * weight, 0, lang)),
        ("profile", lang.pick(&voice.profile.nl, &voice.profile.en)),
        ("form", &name(run, form, lang)),
        ("share", &of_hundred(voice.first(Scope::Known, form), lang)),
        ("left", &of_hundred(voice.first(Scope::All, form), lang)),
    ];
    Some(told("weighing_unknown", lang, &parts))
}

/// Criteria of which nothing is known, each with why.
pub(in super::super) fn gaps(weighed: &Weighed, lang: Lang) -> Vec<String> {
    let leaves = weighed.manifest.criteria.iter().enumerate();
    let unknown = leaves.filter(|(number, _)| !weighed.known.contains(number));
    let line = |(number, leaf): (usize, &super::manifest::Leaf)| {
        let other = weighed.beside(number);
        let other = other.filter(|other| !weighed.known.contains(other));
        let why = match (&leaf.not_yet, other) {
            (Some(why), _) => lang.pick(&why.nl, &why.en).to_owned(),
            (None, Some(other)) => {
                let name = &weighed.leaf(other).named;
                let name = lang.pick(&name.nl, &name.en);
                told("weighing_alone", lang, &[("name", name)])
            }
            (None, None) if leaf.kpis.is_empty() => phrase("weighing_unasked", lang).to_owned(),
            (None, None) => phrase("weighing_unseen", lang).to_owned(),
        };
        let name = lang.pick(&leaf.named.nl, &leaf.named.en);
        told("weighing_gap", lang, &[("name", name), ("why", &why)])
    };
    unknown.map(line).collect()
}

/// Weights at which another form comes first, under the first profile; the nearest first.
pub(in super::super) fn tips(run: &Run, weighed: &Weighed, lang: Lang) -> Vec<String> {
    let Some(voice) = weighed.voices.first() else {
        return Vec::new();
    };
    let mut tips: Vec<&Tipped> = voice.tips.iter().collect();
    let far = |tip: &Tipped| (tip.at - tip.weight).abs();
    tips.sort_by(|one, other| far(one).total_cmp(&far(other)));
    if tips.is_empty() {
        return vec![phrase("weighing_tip_none", lang).to_owned()];
    }
    let line = |tip: &&Tipped| tip_line(run, weighed, voice, tip, lang);
    tips.iter().take(MOST_TIPS).map(line).collect()
}

fn tip_line(run: &Run, weighed: &Weighed, voice: &Voiced, tip: &Tipped, lang: Lang) -> String {
    let leaves = &weighed.manifest.criteria;
    let number = leaves.iter().position(|leaf| leaf.named.key == tip.of);
    let groups = weighed.manifest.groups.iter();
    let named = groups.chain(leaves.iter().map(|leaf| &leaf.named));
    let named = named.into_iter().find(|named| named.key == tip.of);
    let of = named.map_or(&*tip.of, |named| lang.pick(&named.nl, &named.en));
    let key = match tip.at > tip.weight {
        true => "weighing_tip_up",
        false => "weighing_tip_down",
    };
    let parts = [
        ("of", of),
        ("at", &*weight(tip.at, lang)),
        ("now", &weight(tip.weight, lang)),
        ("form", &name(run, tip.form, lang)),
    ];
    let line = told(key, lang, &parts);
    // What may be read beside another only is not said without that.
    let Some(other) = number.and_then(|number| weighed.beside(number)) else {
        return line;
    };
    let then = voice.weights[Scope::Known as usize][other];
    let then = then * (1.0 - tip.at) / (1.0 - tip.weight);
    let other = &leaves[other].named;
    let parts = [
        ("of", lang.pick(&other.nl, &other.en)),
        ("weight", &weight(then, lang)),
    ];
    line + " " + &told("weighing_tip_beside", lang, &parts)
}

//! What a weighing shows, in the sentences of the page.

use super::reading::{Tipped, Voiced, Weighed};
use super::weigh::Scope;
use crate::report::finding::verdict::names;
use crate::report::words::phrase::{phrase, told};
use crate::report::{Lang, Run, local};

/// Weights that are named, the nearest first.
const MOST_TIPS: usize = 6;

/// A share of draws as so many of a hundred; what is not quite all or nothing never looks like it.
pub(crate) fn of_hundred(share: f64, lang: Lang) -> String {
    let percent = 100.0 * share;
    if share < 1.0 && percent > 99.0 {
        phrase("weighing_almost_all", lang).to_owned()
    } else if share > 0.0 && percent < 1.0 {
        phrase("weighing_almost_none", lang).to_owned()
    } else {
        local(percent, 0, lang)
    }
}

/// The places of the largest shares: all that look the same as so many of a hundred.
pub(crate) fn most(shares: impl Iterator<Item = f64>) -> Vec<usize> {
    let shares: Vec<f64> = shares.map(|share| (100.0 * share).round()).collect();
    let most = shares.iter().copied().fold(0.0, f64::max);
    let places = shares.iter().enumerate();
    let places = places.filter(|(_, share)| **share == most);
    places.map(|(place, _)| place).collect()
}

fn name(run: &Run, forms: &[usize], lang: Lang) -> String {
    names(run, forms, lang)
}

/// That forms have no rank, and why.
pub(crate) fn no_rank(run: &Run, lang: Lang) -> String {
    let growing = run.growing_forms();
    match growing.is_empty() {
        true => phrase("weighing_no_rank", lang).to_owned(),
        false => {
            let forms = names(run, &growing, lang);
            told("weighing_no_rank_growing", lang, &[("forms", &forms)])
        }
    }
}

/// Who is first most often under the profiles.
pub(crate) fn first(run: &Run, weighed: &Weighed, lang: Lang) -> String {
    if weighed.known.is_empty() {
        return no_rank(run, lang);
    }
    let voices = &weighed.voices;
    let mut firsts: Vec<(Vec<usize>, Vec<&Voiced>)> = Vec::new();
    for voice in voices {
        let forms = voice.most_often(Scope::Known);
        match firsts.iter_mut().find(|(others, _)| *others == forms) {
            Some((_, own)) => own.push(voice),
            None => firsts.push((forms, vec![voice])),
        }
    }
    if let [(forms, all)] = &firsts[..] {
        let parts = [
            ("form", &*name(run, forms, lang)),
            ("known", &between(all, Scope::Known, forms[0], lang)),
            ("all", &between(all, Scope::All, forms[0], lang)),
        ];
        let key = match forms.len() {
            1 => "weighing_first_same",
            _ => "weighing_first_level",
        };
        return told(key, lang, &parts);
    }
    let one = |(forms, own): &(Vec<usize>, Vec<&Voiced>)| {
        let quoted = own.iter().map(|voice| {
            let name = lang.pick(&voice.profile.nl, &voice.profile.en);
            format!("‘{name}’")
        });
        let names = match forms.len() {
            1 => name(run, forms, lang),
            _ => told("weighing_level", lang, &[("form", &name(run, forms, lang))]),
        };
        let parts = [
            ("form", &*names),
            ("profiles", &lang.list(&quoted.collect::<Vec<_>>())),
            ("n", &between(own, Scope::Known, forms[0], lang)),
        ];
        told("weighing_first_of", lang, &parts)
    };
    let list: Vec<String> = firsts.iter().map(one).collect();
    told("weighing_first_other", lang, &[("list", &list.join("; "))])
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
pub(crate) fn ranks(run: &Run, weighed: &Weighed, voice: &Voiced, lang: Lang) -> String {
    if weighed.known.is_empty() {
        return no_rank(run, lang);
    }
    let first = voice.most_often(Scope::Known);
    let ranks = &voice.ranks[Scope::Known as usize];
    let at_end = |form: usize| ranks[form].last().copied().unwrap_or(0.0);
    let last = most((0..ranks.len()).map(at_end));
    let parts = [
        ("profile", lang.pick(&voice.profile.nl, &voice.profile.en)),
        ("first", &*name(run, &first, lang)),
        ("n_first", &of_hundred(ranks[first[0]][0], lang)),
        ("last", &name(run, &last, lang)),
        ("n_last", &of_hundred(at_end(last[0]), lang)),
    ];
    let key = match first == last {
        true => "weighing_ranks_level",
        false => "weighing_ranks",
    };
    told(key, lang, &parts)
}

/// What the criteria of which nothing is known could still do.
pub(crate) fn unknown(run: &Run, weighed: &Weighed, lang: Lang) -> Option<String> {
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
    let of_form = |form: usize| {
        let [share, left] = Scope::BOTH.map(|scope| of_hundred(voice.first(scope, form), lang));
        let parts = [
            ("form", &*name(run, &[form], lang)),
            ("share", &share),
            ("left", &left),
        ];
        told("weighing_unknown_form", lang, &parts)
    };
    let forms = voice.most_often(Scope::Known).into_iter();
    let parts = [
        ("n", &*unknown.len().to_string()),
        ("weight", &local(100.0 * weight, 0, lang)),
        ("profile", lang.pick(&voice.profile.nl, &voice.profile.en)),
        ("list", &forms.map(of_form).collect::<Vec<_>>().join("; ")),
    ];
    Some(told("weighing_unknown", lang, &parts))
}

/// Forms that are worth the same as this one on all that is known, itself among them.
fn alike(weighed: &Weighed, form: usize) -> Vec<usize> {
    let is_same = |other: &usize| {
        let mut known = weighed.known.iter();
        known.all(|&one| weighed.criteria[form][one] == weighed.criteria[*other][one])
    };
    (0..weighed.criteria.len()).filter(is_same).collect()
}

/// Criteria of which nothing is known, each with why.
pub(crate) fn gaps(weighed: &Weighed, lang: Lang) -> Vec<String> {
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
pub(crate) fn tips(run: &Run, weighed: &Weighed, lang: Lang) -> Vec<String> {
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
        ("form", &name(run, &alike(weighed, tip.form), lang)),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_looks_level_in_numbers_is_level_in_words() {
        assert_eq!(most([0.5, 0.5].into_iter()), [0, 1]);
        assert_eq!(most([0.334, 0.332, 0.333, 0.001].into_iter()), [0, 1, 2]);
        assert_eq!(most([0.2, 0.8].into_iter()), [1]);
    }
}

//! What a weighing comes down to, in sentences: what is robust, what hangs on a weight, what on
//! what nobody knows.

use super::finding::most;
use super::terminal::{WIDTH, WeighingPage};
use super::tipping::{Tip, Tipping};
use super::weigh::{ProfileWeighing, Scope};
use crate::report::words::phrase::{phrase, told};
use crate::report::words::text::hang;
use crate::report::{counted, local};
use crate::scenario::Grade;

/// From this share of draws on a form is said to be first.
const SURE: f64 = 0.8;
/// Up to this share it is said not to be.
const HARDLY: f64 = 0.05;
/// Fewer replications than this say little of their own spread.
const FEW_REPLICATIONS: usize = 5;
/// Parameters that are named.
const MOST_NAMED: usize = 5;

pub(crate) fn verdict(page: &WeighingPage) -> String {
    let title = phrase("weigh_conclusion", page.lang);
    let own = match page.weighing.is_known.contains(&true) {
        false => vec![growing(page), Some(nothing(page))],
        true => vec![
            growing(page),
            choice(page),
            never(page),
            dominated(page),
            unknown(page),
            tips(page),
            method(page),
            parameters(page),
        ],
    };
    let beliefs = page.of_beliefs().into_iter();
    let sentences = beliefs
        .chain(own.into_iter().flatten())
        .chain([caveat(page)]);
    let lines: String = sentences.map(|one| hang("  - ", &one, WIDTH)).collect();
    format!("\n{title}\n{lines}")
}

/// The forms that are first most often, more than one where they look level, and how often.
fn first_of(found: &ProfileWeighing, scope: Scope) -> (Vec<usize>, f64) {
    let ranking = &found.scopes[scope as usize].ranking;
    let shares = || ranking.acceptability.iter().map(|ranks| ranks[0]);
    (most(shares()), shares().fold(0.0, f64::max))
}

/// Keys of forms in a sentence.
fn keys(page: &WeighingPage, forms: &[usize]) -> String {
    let keys = forms.iter().map(|&form| page.figures.forms[form].clone());
    page.lang.list(&keys.collect::<Vec<_>>())
}

/// Forms of which a queue grows without end.
fn growing(page: &WeighingPage) -> Option<String> {
    let forms = page.run.growing_forms();
    let keys: Vec<String> = forms
        .iter()
        .map(|&form| page.figures.forms[form].clone())
        .collect();
    let list = page.lang.list(&keys);
    (!keys.is_empty()).then(|| told("weigh_growing", page.lang, &[("list", &list)]))
}

/// That nothing is known by which forms could be ranked.
fn nothing(page: &WeighingPage) -> String {
    phrase("weighing_no_rank", page.lang).to_owned()
}

/// Who is first, and whether that holds whatever the weights.
fn choice(page: &WeighingPage) -> Option<String> {
    let voices = page.voices();
    let firsts: Vec<(&str, (Vec<usize>, f64))> = voices
        .iter()
        .map(|(name, found)| (*name, first_of(found, Scope::Known)))
        .collect();
    let forms = &firsts.first()?.1.0;
    let least = firsts.iter().map(|one| one.1.1).fold(1.0, f64::min);
    let is_one = firsts.iter().all(|one| one.1.0 == *forms);
    let (key, percent) = (keys(page, forms), page.percent(least));
    let parts = [("forms", &*key), ("percent", &percent)];
    if is_one {
        let key = match (forms.len() > 1, least >= SURE) {
            (true, _) => "weigh_first_together",
            (false, true) => "weigh_first",
            (false, false) => "weigh_first_mostly",
        };
        return Some(told(key, page.lang, &parts));
    }
    let of_profile = |(name, (forms, share)): &(&str, (Vec<usize>, f64))| {
        let (keys, share) = (keys(page, forms), page.percent(*share));
        let each = match forms.len() > 1 {
            true => phrase("weigh_each", page.lang),
            false => "",
        };
        format!("{name} {keys} ({each}{share} %)")
    };
    let list: Vec<String> = firsts.iter().map(of_profile).collect();
    let head = phrase("weigh_by_profile", page.lang);
    Some(format!("{head} {}.", list.join("; ")))
}

/// Forms that are first nowhere.
fn never(page: &WeighingPage) -> Option<String> {
    let voices = page.voices();
    let hardly = |form: &usize| {
        let most = voices
            .iter()
            .map(|(_, found)| found.scopes[Scope::Known as usize].ranking.acceptability[*form][0]);
        most.fold(0.0, f64::max) <= HARDLY
    };
    let forms = &page.figures.forms;
    let none: Vec<String> = (0..forms.len())
        .filter(hardly)
        .map(|form| forms[form].clone())
        .collect();
    let (list, percent) = (page.lang.list(&none), page.percent(HARDLY));
    (!none.is_empty()).then(|| {
        told(
            "weigh_never_first",
            page.lang,
            &[("percent", &percent), ("list", &list)],
        )
    })
}

/// Forms that are nowhere better than another.
fn dominated(page: &WeighingPage) -> Option<String> {
    let forms = &page.figures.forms;
    let mut pairs = Vec::new();
    for (one, row) in page.weighing.dominates.iter().enumerate() {
        for (other, &share) in row.iter().enumerate() {
            if share >= SURE {
                let pair = [("other", &*forms[other]), ("one", &*forms[one])];
                pairs.push(told("weigh_nowhere_better", page.lang, &pair));
            }
        }
    }
    pairs.extend(same(page));
    Some(match pairs.is_empty() {
        true => phrase("weigh_none_dominated", page.lang).to_owned(),
        false => {
            let head = phrase("weigh_dominated", page.lang);
            format!("{head} {}.", pairs.join("; "))
        }
    })
}

/// Whether two forms are worth the same on all that is known.
fn is_same(page: &WeighingPage, one: usize, other: usize) -> bool {
    let weighing = page.weighing;
    let mut known = (0..weighing.is_known.len()).filter(|&criterion| weighing.is_known[criterion]);
    known.all(|criterion| weighing.criteria[one][criterion] == weighing.criteria[other][criterion])
}

/// Pairs of forms that are worth the same on all that is known.
fn same(page: &WeighingPage) -> Vec<String> {
    let forms = &page.figures.forms;
    let pairs =
        (0..forms.len()).flat_map(|one| (one + 1..forms.len()).map(move |other| (one, other)));
    let pairs = pairs.filter(|&(one, other)| is_same(page, one, other));
    let pair = |(one, other): (usize, usize)| {
        let pair = [("other", &*forms[other]), ("one", &*forms[one])];
        told("weigh_same", page.lang, &pair)
    };
    pairs.map(pair).collect()
}

/// What the unknown criteria could still do.
fn unknown(page: &WeighingPage) -> Option<String> {
    let n = page
        .weighing
        .is_known
        .iter()
        .filter(|known| !**known)
        .count();
    let voices = page.voices();
    let (name, found) = voices.first().filter(|_| n > 0)?;
    let weights = &found.scopes[Scope::All as usize].weights;
    let unknown = (0..weights.len()).filter(|&one| !page.weighing.is_known[one]);
    let weight: f64 = unknown.map(|one| weights[one]).sum();
    let weight = page.percent(weight);
    let of_form = |form: usize| {
        let share = |scope: Scope| {
            let ranking = &found.scopes[scope as usize].ranking;
            page.percent(ranking.acceptability[form][0])
        };
        let (share, left) = (share(Scope::Known), share(Scope::All));
        let key = &page.figures.forms[form];
        told(
            "weigh_share_left",
            page.lang,
            &[("key", key), ("share", &share), ("left", &left)],
        )
    };
    let (forms, _) = first_of(found, Scope::Known);
    let list = forms
        .into_iter()
        .map(of_form)
        .collect::<Vec<_>>()
        .join(", ");
    let all = counted(n, "criterion", page.lang);
    let they = match n {
        1 => phrase("weigh_it_weighs", page.lang),
        _ => phrase("weigh_they_weigh", page.lang),
    };
    Some(told(
        "weigh_unknown",
        page.lang,
        &[
            ("all", &all),
            ("they", they),
            ("weight", &weight),
            ("name", name),
            ("list", &list),
        ],
    ))
}

/// The nearest weight at which the choice tips.
fn tips(page: &WeighingPage) -> Option<String> {
    let voices = page.voices();
    let (name, found) = voices.first()?;
    let both = |one: &Tipping| {
        [one.below, one.above]
            .into_iter()
            .flatten()
            .collect::<Vec<Tip>>()
    };
    let mut all: Vec<(&Tipping, Tip)> = Vec::new();
    for tipping in &found.tippings {
        all.extend(both(tipping).into_iter().map(|tip| (tipping, tip)));
    }
    let far = |one: &(&Tipping, Tip)| (one.1.weight - one.0.weight).abs();
    all.sort_by(|one, other| far(one).total_cmp(&far(other)));
    let of_tip = |(tipping, tip): &(&Tipping, Tip)| {
        let parts = [
            ("criterion", &*tipping.key),
            ("now", &page.percent(tipping.weight)),
            ("then", &page.percent(tip.weight)),
            ("form", &keys(page, &alike(page, tip.form))),
        ];
        told("weigh_tip", page.lang, &parts)
    };
    let list: Vec<String> = all.iter().take(3).map(of_tip).collect();
    let parts = [("name", *name), ("list", &list.join("; "))];
    let key = match list.is_empty() {
        true => "weigh_no_tip",
        false => "weigh_tips",
    };
    Some(told(key, page.lang, &parts))
}

/// Forms that are worth the same as this one on all that is known, itself among them.
fn alike(page: &WeighingPage, form: usize) -> Vec<usize> {
    let is_same = |other: &usize| is_same(page, form, *other);
    (0..page.figures.forms.len()).filter(is_same).collect()
}

/// Whether another method says another thing.
fn method(page: &WeighingPage) -> Option<String> {
    let other = |found: &ProfileWeighing| {
        let forms = found.scopes[Scope::Known as usize].forms.iter();
        most(forms.map(|form| form.first_by_flow))
    };
    let voices = page.voices();
    let differs = voices.iter().filter_map(|(name, found)| {
        let (own, other) = (first_of(found, Scope::Known).0, other(found));
        (own != other).then(|| format!("{name}: {}", keys(page, &other)))
    });
    let differs: Vec<String> = differs.collect();
    Some(match differs.is_empty() {
        true => phrase("weigh_method_same", page.lang).to_owned(),
        false => told(
            "weigh_method_matters",
            page.lang,
            &[("list", &differs.join("; "))],
        ),
    })
}

/// Which assumptions are worth knowing.
fn parameters(page: &WeighingPage) -> Option<String> {
    let voices = page.voices();
    let (_, found) = voices.first()?;
    if page.weighing.n_points == 0 {
        return Some(phrase("weigh_no_sweep", page.lang).to_owned());
    }
    let mut worth: Vec<(&str, f64)> = Vec::new();
    for ((key, entry), information) in page.parameters.iter().zip(&found.information) {
        let is_assumed = entry.is_some_and(|entry| entry.grade == Grade::D);
        let real = information.filter(|one| is_assumed && one.value > one.by_chance);
        worth.extend(real.map(|one| (key.as_str(), one.value)));
    }
    worth.sort_by(|one, other| other.1.total_cmp(&one.1));
    let gain = |one: &(&str, f64)| format!("{} ({})", one.0, local(100.0 * one.1, 2, page.lang));
    let list: Vec<String> = worth.iter().take(MOST_NAMED).map(gain).collect();
    Some(match list.is_empty() {
        true => phrase("weigh_no_research", page.lang).to_owned(),
        false => told("weigh_research", page.lang, &[("list", &list.join(", "))]),
    })
}

/// What a reader should keep in mind.
fn caveat(page: &WeighingPage) -> String {
    let n = page.figures.n_replications();
    let replications = counted(n, "replication", page.lang);
    let few = match n < FEW_REPLICATIONS {
        true => told("weigh_few", page.lang, &[("replications", &replications)]),
        false => String::new(),
    };
    let doubts = match page.run.manifest.warnings.len() {
        0 => String::new(),
        n => {
            let warnings = counted(n, "warning", page.lang);
            told("weigh_doubts", page.lang, &[("warnings", &warnings)])
        }
    };
    let n = 1 + page.others.len();
    let beliefs = match n {
        1 => phrase("weigh_one_belief", page.lang).to_owned(),
        _ => told("weigh_beliefs", page.lang, &[("n", &n.to_string())]),
    };
    let scope = told("weigh_scope", page.lang, &[("beliefs", &beliefs)]);
    scope + &few + &doubts
}

//! What a service takes in hours, in sentences: for a terminal and for the page.

use super::ladder::{Amount, FormHours, Hours, Rung};
use super::need::{Decider, Need};
use crate::report::words::number::{decimals_for, local_exact, signed};
use crate::report::words::phrase::{phrase, told};
use crate::report::words::sentence::capital;
use crate::report::words::text::hang;
use crate::report::{Lang, local};
use crate::scenario::{Scenario, ServiceTarget};

/// Characters in a line.
const WIDTH: usize = 120;
const MILLION: f64 = 1e6;

/// What each form needs.
pub fn hours_page(scenario: &Scenario, hours: &Hours, lang: Lang) -> String {
    let baseline = &scenario.cases[scenario.baseline].form.key;
    let mut text = format!("\n{}\n", phrase("hours_title", lang));
    text += &hang("", &intro(hours, lang), WIDTH);
    for (case, form) in scenario.cases.iter().zip(&hours.forms) {
        let lead = format!("{}: ", case.form.key);
        let sentence = sentence(hours, form, baseline, lang);
        text += &format!("\n{}", hang("", &format!("{lead}{sentence}"), WIDTH));
    }
    text + "\n" + &hang("", phrase("hours_legend", lang), WIDTH)
}

/// What was asked, and how it was answered.
pub(crate) fn intro(hours: &Hours, lang: Lang) -> String {
    let asked = hours.targets.iter().map(|target| {
        let kpi = lang.kpi_alone(target.kpi);
        format!("{kpi}: {}", asked(target, lang))
    });
    let factors = hours.forms.iter().flat_map(|form| &form.rungs);
    let factors = factors.map(|rung| rung.factor);
    let end = |of: fn(f64, f64) -> f64| {
        let end = factors.clone().reduce(of).unwrap_or(1.0);
        local_exact(end, lang)
    };
    let parts = [
        ("targets", &*asked.collect::<Vec<_>>().join("; ")),
        ("low", &end(f64::min)),
        ("high", &end(f64::max)),
    ];
    told("hours_intro", lang, &parts)
}

/// A target without its KPI.
pub(crate) fn asked(target: &ServiceTarget, lang: Lang) -> String {
    let key = match target.is_at_least {
        true => "hours_at_least",
        false => "hours_at_most",
    };
    told(key, lang, &[("bound", &local_exact(target.bound, lang))])
}

/// What a form needs.
pub(crate) fn sentence(hours: &Hours, form: &FormHours, baseline: &str, lang: Lang) -> String {
    let decider = |decider: Decider| match decider {
        Decider::Rest => phrase("hours_rest", lang).to_owned(),
        Decider::Target(number) => lang.kpi_alone(hours.targets[number].kpi),
    };
    let at = |rung: Option<&Rung>| rung.map_or(1.0, |rung| rung.factor);
    let (first, last) = (at(form.rungs.first()), at(form.rungs.last()));
    let so_many = |factor: f64| {
        [
            local_exact(factor, lang),
            size(factor * form.hours_today, 0, lang),
            size(factor * form.fte_today, 1, lang),
        ]
    };
    let mut text = match form.need {
        Need::Within(factor, by) => {
            let parts = [
                ("hours", &*amount(form.hours, 0, lang)),
                ("fte", &amount(form.fte, 1, lang)),
                ("change", &signed(100.0 * (factor - 1.0), 1, lang)),
                ("decider", &decider(by)),
            ];
            told("hours_within", lang, &parts)
        }
        Need::Below => {
            let [factor, hours, fte] = so_many(first);
            let parts = [("factor", &*factor), ("hours", &hours), ("fte", &fte)];
            told("hours_below", lang, &parts)
        }
        Need::Beyond(by) => {
            let [factor, n_hours, fte] = so_many(last);
            let decider = reached(hours, form, by, lang).unwrap_or_else(|| decider(by));
            let parts = [
                ("factor", &*factor),
                ("hours", &n_hours),
                ("fte", &fte),
                ("decider", &decider),
            ];
            told("hours_beyond", lang, &parts)
        }
    };
    if let Some((price, fte)) = hours.euros_per_fte.zip(form.fte) {
        let millions = price * fte.value / MILLION;
        let parts = [
            ("euros", &*local(millions, decimals_for(millions), lang)),
            ("price", &local_exact(price, lang)),
        ];
        text += &told("hours_euros", lang, &parts);
    }
    if form.more_hours.is_some() {
        let parts = [
            ("baseline", baseline),
            ("hours", &difference(form.more_hours, 0, lang)),
            ("fte", &difference(form.more_fte, 1, lang)),
        ];
        text += &told("hours_more", lang, &parts);
    }
    if form.hours.is_some() && form.n_within < form.n {
        let parts = [
            ("n_within", &*form.n_within.to_string()),
            ("n", &form.n.to_string()),
        ];
        text += &told("hours_open", lang, &parts);
    }
    text
}

/// What the most hours bring of a target that they do not meet, and what those on the rung below: whether more would help.
fn reached(hours: &Hours, form: &FormHours, by: Decider, lang: Lang) -> Option<String> {
    let Decider::Target(number) = by else {
        return None;
    };
    let mut rungs = form.rungs.iter().rev();
    let mut value = || rungs.next()?.services[number].fitted;
    let (most, before) = (value()?, value()?);
    let [most, before] = [most, before].map(|value| local(value, decimals_for(value), lang));
    let parts = [
        ("kpi", &*lang.kpi_alone(hours.targets[number].kpi)),
        ("most", &most),
        ("before", &before),
    ];
    Some(told("hours_reached", lang, &parts))
}

fn size(value: f64, decimals: usize, lang: Lang) -> String {
    local(value, decimals_for(value).min(decimals), lang)
}

fn amount(amount: Option<Amount>, decimals: usize, lang: Lang) -> String {
    with_interval(amount, lang, |value| size(value, decimals, lang))
}

fn difference(amount: Option<Amount>, decimals: usize, lang: Lang) -> String {
    let number = |value: f64| signed(value, decimals_for(value).min(decimals), lang);
    with_interval(amount, lang, number)
}

/// A number with what is known of its interval: `103 (95 tot 111)`, `103 (95 of meer)`.
fn with_interval(amount: Option<Amount>, lang: Lang, number: impl Fn(f64) -> String) -> String {
    let Some(amount) = amount else {
        return "–".to_owned();
    };
    let value = number(amount.value);
    let words = match (amount.low.map(&number), amount.high.map(&number)) {
        (Some(low), Some(high)) => format!("{low} {} {high}", phrase("to", lang)),
        (Some(low), None) => told("hours_and_more", lang, &[("low", &low)]),
        (None, Some(high)) => told("hours_and_less", lang, &[("high", &high)]),
        (None, None) => return value,
    };
    format!("{value} ({words})")
}

/// The KPI of a target as a heading.
pub(crate) fn heading(target: &ServiceTarget, lang: Lang) -> String {
    capital(&lang.kpi_alone(target.kpi))
}

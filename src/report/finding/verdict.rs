//! What the numbers of a run allow to be said, and no more.

use crate::experiment::excludes_zero;
use crate::report::Lang;
use crate::report::run::reading::Run;
use crate::report::words::number::{decimals_for, local, signed};
use crate::report::words::phrase::{phrase, told};
use crate::report::words::sentence::capital;
use crate::stats::Estimate;

/// Decimals that an end of an interval gets at most; tables have six digits.
const MOST_DECIMALS: usize = 6;

/// What a difference from the baseline shows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Verdict {
    /// The interval lies below zero.
    Lower,
    /// The interval lies above zero.
    Higher,
    /// The interval holds zero.
    NotShown,
    /// There is no interval, or nothing was observed.
    Unknown,
    /// A queue behind it grows without end.
    Grows,
}

impl Verdict {
    /// Every one of them, in the order in which they are told.
    pub(crate) const ALL: [Verdict; 5] = [
        Verdict::Lower,
        Verdict::Higher,
        Verdict::NotShown,
        Verdict::Unknown,
        Verdict::Grows,
    ];

    /// What the difference of a KPI from the baseline shows.
    pub(crate) fn of_kpi(run: &Run, form: usize, place: usize, kpi: usize) -> Self {
        match run.difference_grows(form, place, kpi) {
            true => Verdict::Grows,
            false => Verdict::of(run.difference(form, place, kpi)),
        }
    }

    /// What a difference shows that stands.
    pub(crate) fn of(difference: Option<Estimate>) -> Self {
        match difference {
            Some(one) if !one.has_interval() => Verdict::Unknown,
            Some(one) if !excludes_zero(&one) => Verdict::NotShown,
            Some(one) if one.mean < 0.0 => Verdict::Lower,
            Some(_) => Verdict::Higher,
            None => Verdict::Unknown,
        }
    }

    /// Its word in a table.
    pub(crate) fn word(self) -> &'static str {
        self.key().strip_prefix("finding_").unwrap_or_default()
    }

    /// Its sign, which needs no colour.
    pub(crate) fn sign(self) -> &'static str {
        match self {
            Verdict::Lower => "▼",
            Verdict::Higher => "▲",
            Verdict::NotShown => "=",
            Verdict::Unknown => "?",
            Verdict::Grows => "∞",
        }
    }

    /// What it says, in a word or two.
    pub(crate) fn words(self, lang: Lang) -> &'static str {
        let key = match self {
            Verdict::Lower => "script_lower",
            Verdict::Higher => "script_higher",
            Verdict::NotShown => "script_not_shown",
            Verdict::Unknown => "script_unknown",
            Verdict::Grows => "script_grows",
        };
        phrase(key, lang)
    }

    fn key(self) -> &'static str {
        match self {
            Verdict::Lower => "finding_lower",
            Verdict::Higher => "finding_higher",
            Verdict::NotShown => "finding_not_shown",
            Verdict::Unknown => "finding_unknown",
            Verdict::Grows => "finding_grows",
        }
    }
}

/// Characters of a title that fit on a line.
const TITLE_LENGTH: usize = 100;

/// What a KPI shows of the variants, all regions together, in a line without numbers.
pub(crate) fn finding(run: &Run, kpi: usize, lang: Lang) -> String {
    let name = capital(&lang.kpi_alone(kpi));
    let verdict = |form| Verdict::of_kpi(run, form, run.merged(), kpi);
    match clauses_of(
        run,
        lang,
        verdict,
        TITLE_LENGTH.saturating_sub(name.chars().count()),
    ) {
        None => name,
        Some(clauses) => told("finding", lang, &[("kpi", &name), ("clauses", &clauses)]),
    }
}

/// Which variants are lower, higher, or not shown to differ: by name where that is no longer than so many letters,
/// else by number.
pub(crate) fn clauses_of(
    run: &Run,
    lang: Lang,
    verdict: impl Fn(usize) -> Verdict,
    length: usize,
) -> Option<String> {
    let of = |told_of: Verdict| -> Vec<usize> {
        run.variants()
            .filter(|&form| verdict(form) == told_of)
            .collect()
    };
    let told_by = |names: &dyn Fn(&[usize]) -> String| {
        let clauses = Verdict::ALL.into_iter().map(|one| (one, of(one)));
        let clauses = clauses.filter(|(_, forms)| !forms.is_empty());
        let clauses =
            clauses.map(|(one, forms)| told(one.key(), lang, &[("forms", &names(&forms))]));
        clauses.collect::<Vec<_>>().join("; ")
    };
    run.variants().next()?;
    let by_name = told_by(&|forms| names(run, forms, lang));
    match by_name.chars().count() <= length {
        true => Some(by_name),
        false => {
            let by_number = told_by(&|forms| forms.len().to_string());
            Some(format!("{by_number} {}", phrase("of_forms", lang)))
        }
    }
}

/// Names of forms in a sentence.
pub(crate) fn names(run: &Run, forms: &[usize], lang: Lang) -> String {
    let name = |&form: &usize| {
        let name = run.forms()[form].short_name(lang);
        // A name with a comma in it would seem two.
        match name.contains([',', ';']) {
            true => format!("‘{name}’"),
            false => name.to_owned(),
        }
    };
    lang.list(&forms.iter().map(name).collect::<Vec<_>>())
}

/// Its difference from the baseline, or that one of both grows without end.
pub(crate) fn difference(run: &Run, form: usize, kpi: usize, lang: Lang) -> String {
    match run.difference_grows(form, run.merged(), kpi) {
        true => phrase("grows", lang).to_owned(),
        false => change(run.difference(form, run.merged(), kpi), lang),
    }
}

/// A mean with its interval: `103 (95 tot 111)`.
pub(crate) fn numbers(estimate: Option<Estimate>, decimals: usize, lang: Lang) -> String {
    let Some(one) = estimate else {
        return "–".to_owned();
    };
    let mean = local(one.mean, decimals, lang);
    if !one.has_interval() {
        return mean;
    }
    let to = phrase("to", lang);
    format!(
        "{mean} ({} {to} {})",
        local(one.low, decimals, lang),
        local(one.high, decimals, lang)
    )
}

/// A difference with its interval: `−19,0 (−25,1 tot −12,9)`.
pub(crate) fn change(estimate: Option<Estimate>, lang: Lang) -> String {
    let Some(one) = estimate else {
        return "–".to_owned();
    };
    if !one.has_interval() {
        return signed(one.mean, decimals_for(one.mean), lang);
    }
    let decimals = decimals_for(one.low.abs().max(one.high.abs()));
    let is_zero = |value, decimals| local(value, decimals, lang) == local(0.0, decimals, lang);
    let number = |value| {
        // Where the interval leaves out zero, none of its ends looks like it.
        let enough = (decimals..=MOST_DECIMALS).find(|&decimals| !is_zero(value, decimals));
        let enough = enough.filter(|_| excludes_zero(&one));
        signed(value, enough.unwrap_or(decimals), lang)
    };
    let to = phrase("to", lang);
    format!(
        "{} ({} {to} {})",
        number(one.mean),
        number(one.low),
        number(one.high)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn estimate(values: &[f64]) -> Option<Estimate> {
        Estimate::of(values, 0.95)
    }

    #[test]
    fn nothing_is_said_that_the_interval_does_not_allow() {
        for (values, verdict) in [
            (&[-21.0, -20.0, -19.0][..], Verdict::Lower),
            (&[19.0, 20.0, 21.0], Verdict::Higher),
            (&[1.0, 2.0, 3.0], Verdict::NotShown),
            (&[-500.0], Verdict::Unknown),
            (&[], Verdict::Unknown),
        ] {
            assert_eq!(Verdict::of(estimate(values)), verdict, "{values:?}");
        }
    }

    #[test]
    fn numbers_are_those_that_the_country_reads() {
        let values = estimate(&[-21.0, -20.0, -19.0]);
        assert_eq!(change(values, Lang::Nl), "−20,0 (−22,5 tot −17,5)");
        assert_eq!(change(estimate(&[0.5]), Lang::En), "+0.500");
        let close = Estimate {
            high: -0.0004,
            ..values.unwrap()
        };
        assert_eq!(change(Some(close), Lang::Nl), "−20,0 (−22,5 tot −0,0004)");
        assert_eq!(
            numbers(estimate(&[1.0, 2.0, 3.0]), 2, Lang::En),
            "2.00 (−0.48 to 4.48)"
        );
        assert_eq!(numbers(None, 0, Lang::Nl), "–");
    }
}

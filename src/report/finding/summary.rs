//! The end of a run, as a terminal shows it: one table, and what to doubt.

use crate::experiment::{Outcome, Warning, excludes_zero, headlines, is_wide, warm_up};
use crate::model::{Better, KPIS};
use crate::report::Lang;
use crate::report::record::change_over::change_over_page;
use crate::report::words::number::{decimals_for, local, signed};
use crate::report::words::phrase::{counted, of_spread, phrase, told};
use crate::report::words::sentence::capital;
use crate::report::words::text::{cut, hang, header, length, pad_left, pad_right};
use crate::report::words::warning::warm_up_in_short;
use crate::report::words::{changed, warning};
use crate::scenario::{Doubt, Scenario};
use crate::stats::Estimate;

/// Characters in a line.
const WIDTH: usize = 120;
/// Characters of the names of the rows.
const NAME_WIDTH: usize = 40;
/// Characters that a line has for a difference and its interval.
const MIN_DIFFERENCE_WIDTH: usize = 16;
/// Characters that a line has for a mean.
const MIN_MEAN_WIDTH: usize = 13;

/// The headline KPIs of every form, their differences from the baseline, and
/// the warnings, in lines of at most 120 characters.
pub fn summary(scenario: &Scenario, outcome: &Outcome, warnings: &[Warning], lang: Lang) -> String {
    let page = Page {
        scenario,
        outcome,
        lang,
    };
    let mut text = heading(scenario, outcome, lang);
    text.push_str(&page.means());
    text.push_str(&page.differences());
    text.push_str(&change_over_page(scenario, outcome, lang));
    text.push_str(&warning::list(warnings, scenario, lang, WIDTH));
    text
}

struct Page<'a> {
    scenario: &'a Scenario,
    outcome: &'a Outcome,
    lang: Lang,
}

impl Page<'_> {
    fn means(&self) -> String {
        let cases: Vec<usize> = (0..self.scenario.cases.len()).collect();
        let title = phrase("finding_mean", self.lang);
        let estimate = |case, kpi| self.outcome.estimate(case, self.outcome.merged(), kpi);
        // One number of decimals in a row, so that its numbers can be compared.
        let decimals = |kpi| {
            let first = cases.iter().find_map(|&case| estimate(case, kpi));
            decimals_for(first.map_or(0.0, |estimate| estimate.mean))
        };
        let grows = |case| !self.outcome.is_at_rest(case, self.outcome.merged());
        let grows: Vec<bool> = cases.iter().map(|&case| grows(case)).collect();
        let width = self.width_of(MIN_MEAN_WIDTH, grows.contains(&true));
        self.blocks(title, &cases, width, |case, kpi| {
            match grows[case] && KPIS[kpi].rests_on_queues() {
                true => self.growing(),
                false => mean_cell(estimate(case, kpi), decimals(kpi), self.lang),
            }
        })
    }

    fn differences(&self) -> String {
        let baseline = self.scenario.baseline;
        let cases: Vec<usize> = (0..self.scenario.cases.len())
            .filter(|&case| case != baseline)
            .collect();
        let key = &self.scenario.cases[baseline].form.key;
        let title = told("finding_difference", self.lang, &[("key", key)]);
        let is_at_rest = |case| self.outcome.is_at_rest(case, self.outcome.merged());
        let grows = |case| !is_at_rest(case) || !is_at_rest(baseline);
        let grows: Vec<bool> = (0..self.scenario.cases.len()).map(grows).collect();
        let width = self.width_of(MIN_DIFFERENCE_WIDTH, grows.contains(&true));
        let table = self.blocks(&title, &cases, width, |case, kpi| {
            if grows[case] && KPIS[kpi].rests_on_queues() {
                return self.growing();
            }
            let paired = self
                .outcome
                .paired(case, baseline, self.outcome.merged(), kpi);
            difference_cell(paired.map(|paired| paired.difference), self.lang)
        });
        let legend = format!(
            "{} {} {}",
            phrase("legend_means", self.lang),
            phrase(
                &of_spread(
                    "legend_differences",
                    self.scenario.replications,
                    self.scenario.doubt != Doubt::None,
                ),
                self.lang
            ),
            phrase("legend_grows", self.lang)
        );
        format!("{table}\n{}", hang("", &legend, WIDTH))
    }

    /// What stands in the cell of a figure that has no value of its own.
    fn growing(&self) -> String {
        format!("{}  ", phrase("grows", self.lang))
    }

    /// Characters that a line has for a form.
    fn width_of(&self, least: usize, is_growing: bool) -> usize {
        match is_growing {
            true => least.max(length(&self.growing()) + 1),
            false => least,
        }
    }

    /// A table, cut into blocks of as many forms as fit a line.
    fn blocks(
        &self,
        title: &str,
        cases: &[usize],
        min_width: usize,
        cell: impl Fn(usize, usize) -> String,
    ) -> String {
        let n_fitting = (WIDTH - NAME_WIDTH) / min_width;
        let mut text = String::new();
        for cases in cases.chunks(n_fitting) {
            text.push('\n');
            let keys = cases
                .iter()
                .map(|&case| self.scenario.cases[case].form.key.as_str());
            text.push_str(&header(title, keys, [NAME_WIDTH, min_width]));
            for kpi in headlines() {
                let mut line = pad_right(&self.name_of(kpi), NAME_WIDTH);
                for &case in cases {
                    line.push_str(&pad_left(&cell(case, kpi), min_width));
                }
                text.push_str(line.trim_end());
                text.push('\n');
            }
        }
        text
    }

    fn name_of(&self, kpi: usize) -> String {
        let arrow = match KPIS[kpi].better {
            Better::Lower => "↓",
            Better::Higher => "↑",
            Better::Neither => " ",
        };
        format!("{arrow} {}", cut(self.lang.kpi(&KPIS[kpi]), NAME_WIDTH - 2))
    }
}

/// What was run: label, place, period, forms.
pub(crate) fn heading(scenario: &Scenario, outcome: &Outcome, lang: Lang) -> String {
    let found = warm_up_in_short(&warm_up(scenario, outcome), lang);
    let period = scenario.period;
    let place = match &scenario.regions[..] {
        [one] => one.name.clone(),
        regions => told("place_some", lang, &[("n", &regions.len().to_string())]),
    };
    let replications = counted(scenario.replications as usize, "replication", lang);
    let last_day = period.last_day();
    let mut text = format!("\n{}\n", lang.label(&scenario.label));
    let parts = [
        ("from", &*lang.date(period.start)),
        ("to", &lang.date(last_day)),
        ("warm_up", &lang.span(period.warm_up_days)),
    ];
    let when = told("finding_period", lang, &parts);
    let belief = lang.label(&scenario.belief.label);
    let facts = format!("{place} · {replications} · {when} · {belief}");
    text.push_str(&hang("", &facts, WIDTH));
    text.push_str(&hang("", &capital(&found), WIDTH));
    text.push_str(&changed::for_terminal(scenario, lang, WIDTH));
    text.push('\n');
    for case in &scenario.cases {
        let key = format!("{:<24}", case.form.key);
        text.push_str(&hang(&key, lang.label(&case.form.label), WIDTH));
    }
    text
}

fn mean_cell(estimate: Option<Estimate>, decimals: usize, lang: Lang) -> String {
    let Some(estimate) = estimate else {
        return "–  ".to_owned();
    };
    let is_doubtful = estimate.has_interval() && is_wide(&estimate);
    let mark = if is_doubtful { "~" } else { " " };
    format!("{} {mark}", local(estimate.mean, decimals, lang))
}

fn difference_cell(difference: Option<Estimate>, lang: Lang) -> String {
    let Some(difference) = difference else {
        return "–  ".to_owned();
    };
    let half_width = difference.high - difference.mean;
    let has_interval = difference.has_interval();
    let size = if has_interval {
        half_width.max(difference.mean.abs())
    } else {
        difference.mean
    };
    let decimals = decimals_for(size);
    let number = signed(difference.mean, decimals, lang);
    if !has_interval {
        return format!("{number}  ");
    }
    let mark = if excludes_zero(&difference) { "*" } else { " " };
    format!("{number} ±{} {mark}", local(half_width, decimals, lang))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::fixture::{growing_outcome, outcome, scenario};
    use crate::experiment::warnings;

    fn estimate(values: &[f64]) -> Option<Estimate> {
        Estimate::of(values, 0.95)
    }

    #[test]
    fn a_difference_that_excludes_zero_is_marked() {
        // Mean 2, standard deviation 1, t of 2 degrees of freedom 4.303: 2 ± 2.48.
        let cell = difference_cell(estimate(&[1.0, 2.0, 3.0]), Lang::Nl);
        assert_eq!(cell, "+2,00 ±2,48  ");
        // Mean -20 ± 2.48.
        let cell = difference_cell(estimate(&[-21.0, -20.0, -19.0]), Lang::Nl);
        assert_eq!(cell, "−20,0 ±2,5 *");
    }

    #[test]
    fn one_replication_has_no_interval_and_none_no_number() {
        assert_eq!(difference_cell(estimate(&[0.5]), Lang::En), "+0.500  ");
        assert_eq!(mean_cell(estimate(&[0.5]), 3, Lang::En), "0.500  ");
        assert_eq!(mean_cell(None, 3, Lang::En), "–  ");
    }

    #[test]
    fn a_mean_with_a_wide_interval_is_marked() {
        assert_eq!(mean_cell(estimate(&[1.0, 2.0, 3.0]), 2, Lang::Nl), "2,00 ~");
        assert_eq!(
            mean_cell(estimate(&[19.9, 20.0, 20.1]), 1, Lang::Nl),
            "20,0  "
        );
    }

    #[test]
    fn what_grows_without_end_has_words_for_a_number_and_no_star() {
        let scenario = scenario(3);
        let outcome = growing_outcome(&scenario, "v0_estafette");
        for (lang, words) in [
            (Lang::Nl, "groeit zonder einde"),
            (Lang::En, "grows without end"),
        ] {
            let text = summary(&scenario, &outcome, &[], lang);
            let rows: Vec<&str> = text
                .lines()
                .filter(|line| line.contains(" per zaak ") || line.contains(" per case "))
                .collect();
            // The mean of the one form, and all five differences from it.
            let n: usize = rows.iter().map(|row| row.matches(words).count()).sum();
            assert_eq!(n, 4 * (1 + 5), "{text}");
            let starred = rows.iter().find(|row| row.trim_end().ends_with('*'));
            assert_eq!(starred, None);
            let too_long = text.lines().find(|line| length(line) > WIDTH);
            assert_eq!(too_long, None);
        }
    }

    #[test]
    fn six_forms_fit_120_characters_in_both_languages() {
        let scenario = scenario(3);
        let outcome = outcome(&scenario);
        let warnings = warnings(&scenario, &outcome);
        for lang in [Lang::Nl, Lang::En] {
            let text = summary(&scenario, &outcome, &warnings, lang);
            let too_long = text.lines().find(|line| length(line) > WIDTH);
            assert_eq!(too_long, None);
            let n_rows = text
                .lines()
                .filter(|line| line.contains(" per zaak ") || line.contains(" per case "))
                .count();
            assert_eq!(n_rows, 2 * 4, "{text}");
        }
    }
}

//! Simulated families beside those of the proeftuin monitor: two tables and a page.

use std::cmp::Ordering;

use crate::engine::Date;
use crate::experiment::{
    Counted, INTAKES, Observed, Outcome, SUPPORT_GROUPS, Supported, Warning, comparable,
};
use crate::model::MONITORED;
use crate::report::Lang;
use crate::report::finding::summary::heading;
use crate::report::record::column::{CI_HIGH, CI_LOW, Column, FORM, N, column};
use crate::report::record::field::Mean;
use crate::report::record::row::record;
use crate::report::words::number::local;
use crate::report::words::phrase::{phrase, told};
use crate::report::words::text::{cut, hang, pad_left, pad_right, wrap};
use crate::report::words::warning;
use crate::report::words::wording;
use crate::scenario::{Grade, Monitor, MonitorCount, Scenario};
use crate::stats::Estimate;

/// Characters in a line.
const WIDTH: usize = 120;
/// Characters of the names of the rows.
const NAME_WIDTH: usize = 36;

/// Families and measures of a reading are counted up to and including these days.
fn last_days(scenario: &Scenario, monitor: &Monitor) -> Vec<(Date, Date)> {
    let start = scenario.period.start;
    let day = |days: u32| start.plus_days(days as i32 - 1);
    let readings = monitor.readings(&scenario.period);
    let days = readings.iter().map(|reading| {
        (
            day(reading.families_before_day),
            day(reading.measures_before_day),
        )
    });
    days.collect()
}

/// Every reading of every form, by intake and group.
fn supported(scenario: &Scenario, n_readings: usize) -> impl Iterator<Item = Supported<'static>> {
    let cases = 0..scenario.cases.len();
    cases.flat_map(move |case| {
        (0..n_readings).flat_map(move |reading| {
            INTAKES.iter().flat_map(move |intake| {
                SUPPORT_GROUPS.iter().map(move |group| Supported {
                    case,
                    reading,
                    intake,
                    group,
                })
            })
        })
    })
}

const COUNTED: Column = column(
    "counted",
    "",
    "What is counted: measures, all that the monitor counts and the model has; measures_without_voorlopige_ots; protection, OTS, voorlopige OTS and gezagsbeeindigingen; bans, huisverboden and contactverboden; a kind by its own name; families_with_measure, families with one or more. Of the monitor, measures are all with reclassering.",
    "wat er is geteld",
);

record! {
    /// A row of monitor.csv.
    pub(crate) struct MonitorRow<'a> in "monitor" {
        form: &'a str = FORM;
        /// Last day on which support of a counted family began.
        families_until: Date = ("date", "gezinnen tot en met");
        /// Last day on which a counted measure was ordered; it was ordered after support began.
        measures_until: Date = ("date", "maatregelen tot en met");
        /// When support begins, each family once: help_begun, when voluntary help or drang begins after the first measured day; help_begun_or_running, also where it ran on that day; case_opened, when a melding or own intake opens a case.
        intake: &'a str = ("", "begin van de steun");
        /// Families by what they were when support began: all; light, light concerns and no drang; children; unsafe, structurally or acutely; unsafe_children; acute.
        group: &'a str = ("", "groep gezinnen");
        /// Families of the group, all regions together, mean over replications.
        families: Option<f64> = ("count", "gezinnen");
        /// Mean time from the beginning of support to measures_until.
        followed_days: Option<f64> = ("days", "dagen gevolgd");
        /// Share of families about whom only advice was asked, 0 to 1, for whom families of the group light stand.
        consult_share: f64 = ("share", "aandeel alleen advies");
        counted: &'a str = COUNTED;
        per_100: Mean = [
            column("per_100", "per 100 families", "What is counted per 100 families, consult_share included, mean over replications.", "per 100 gezinnen"),
            CI_LOW.in_unit("per 100 families"),
            CI_HIGH.in_unit("per 100 families"),
            N,
        ];
    }
}

record! {
    /// A row of monitor_observed.csv.
    pub(crate) struct ObservedRow<'a> in "monitor_observed" {
        /// Date of the monitor.
        until: Date = ("date", "peildatum");
        /// Families supported since the first day.
        families: u32 = ("count", "gezinnen");
        /// Of those, families whose support had ended; empty where it is not known.
        ended: Option<u32> = ("count", "steun gestopt");
        counted: &'a str = COUNTED;
        /// Number counted.
        number: u32 = ("count", "aantal");
        per_100: [f64; 3] = [
            column("per_100", "per 100 families", "Number per 100 families.", "per 100 gezinnen"),
            column("ci_low", "per 100 families", "Lower end of the exact 95 % interval (Clopper and Pearson), each measure taken for another family.", "ondergrens"),
            column("ci_high", "per 100 families", "Upper end of the exact 95 % interval (Clopper and Pearson), each measure taken for another family.", "bovengrens"),
        ];
        /// How well the count is known: A an official document.
        grade: Grade = ("", "graad");
    }
}

/// Rows of monitor.csv.
pub(crate) fn rows<'a>(
    scenario: &'a Scenario,
    outcome: &'a Outcome,
    monitor: &'a Monitor,
) -> impl Iterator<Item = MonitorRow<'a>> + 'a {
    let days = last_days(scenario, monitor);
    supported(scenario, days.len()).flat_map(move |one| {
        let (families_until, measures_until) = days[one.reading];
        let mean = |estimate: Option<Estimate>| estimate.map(|one| one.mean);
        let (families, followed_days) = (one.families(outcome), one.followed_days(outcome));
        monitor.consult_shares.iter().flat_map(move |&consult| {
            Counted::all().map(move |counted| MonitorRow {
                form: &scenario.cases[one.case].form.key,
                families_until,
                measures_until,
                intake: one.intake.key,
                group: one.group.key,
                families: mean(families),
                followed_days: mean(followed_days),
                consult_share: consult,
                counted: counted.key(),
                per_100: one.per_100(outcome, counted, consult).into(),
            })
        })
    })
}

/// What the monitor counted, named as in monitor.csv, and what the model does not have.
fn observed(count: &MonitorCount) -> Vec<(&'static str, u32)> {
    let named = Counted::all().filter_map(|one| Some((one.key(), one.of_monitor(count)?)));
    let mut rows: Vec<_> = named.collect();
    if let Some(kinds) = count.kinds {
        rows.push(("reclassering", kinds.reclassering));
        rows.push(("measures_without_reclassering", comparable(count)));
    }
    rows
}

/// Rows of monitor_observed.csv.
pub(crate) fn rows_observed(monitor: &Monitor) -> impl Iterator<Item = ObservedRow<'_>> {
    monitor.counts.iter().flat_map(|count| {
        observed(count).into_iter().map(|(key, n)| {
            let observed = Observed::of(n, count.families);
            ObservedRow {
                until: count.date,
                families: count.families,
                ended: count.ended,
                counted: key,
                number: n,
                per_100: [observed.per_100, observed.low, observed.high],
                grade: monitor.grade,
            }
        })
    })
}

/// What the monitor counted, what the same rule counts in every form, and how not
/// to read it; nothing where the scenario has no monitor.
pub fn monitor(scenario: &Scenario, outcome: &Outcome, warnings: &[Warning], lang: Lang) -> String {
    let Some(page) = Page::of(scenario, outcome, lang) else {
        return String::new();
    };
    let mut text = heading(scenario, outcome, lang);
    text.push_str(&page.observed());
    for case in 0..scenario.cases.len() {
        text.push_str(&page.readings(case));
        text.push_str(&page.range(case));
        text.push_str(&page.kinds(case));
    }
    text.push_str(&warning::list(warnings, scenario, lang, WIDTH));
    text
}

/// Between what the count runs under another belief set, or in another variant, in a sentence for each form.
pub fn monitor_beside(scenario: &Scenario, outcome: &Outcome, lang: Lang) -> String {
    let Some(page) = Page::of(scenario, outcome, lang) else {
        return String::new();
    };
    let of = |case: usize| {
        let title = format!(
            "\n{}, {}\n",
            scenario.setting(),
            scenario.cases[case].form.key
        );
        title + page.range(case).trim_start()
    };
    (0..scenario.cases.len()).map(of).collect()
}

struct Page<'a> {
    scenario: &'a Scenario,
    outcome: &'a Outcome,
    monitor: &'a Monitor,
    lang: Lang,
}

impl<'a> Page<'a> {
    /// None where the scenario has no monitor.
    fn of(scenario: &'a Scenario, outcome: &'a Outcome, lang: Lang) -> Option<Self> {
        let monitor = scenario.monitor.as_ref()?;
        Some(Page {
            scenario,
            outcome,
            monitor,
            lang,
        })
    }

    fn observed(&self) -> String {
        let lang = self.lang;
        let heads = [
            phrase("monitor_families", lang),
            phrase("monitor_measures", lang),
            phrase("monitor_per_100", lang),
        ];
        let title = phrase("monitor_title", lang);
        let mut text = "\n".to_owned() + &line(title, &heads, 26);
        text.push_str(&rule(3 * 26));
        for count in &self.monitor.counts {
            let families = local(count.families.into(), 0, lang);
            let mut row = |name: &str, families: &str, n: u32| {
                let observed = Observed::of(n, count.families);
                let number = |value| local(value, 1, lang);
                let (low, high) = (number(observed.low), number(observed.high));
                let per_100 = format!("{} ({low}–{high})", number(observed.per_100));
                text.push_str(&line(name, &[families, &n.to_string(), &per_100], 26));
            };
            row(&lang.date(count.date), &families, count.measures);
            if let Some(kinds) = count.kinds {
                let without = phrase("monitor_without_reclassering", lang);
                row(without, "", comparable(count));
                let orders = kinds.ondertoezichtstelling + kinds.gezagsbeeindiging;
                row(phrase("monitor_orders", lang), "", orders);
                let bans = kinds.huisverbod + kinds.contactverbod;
                row(phrase("monitor_bans", lang), "", bans);
            }
        }
        let source = phrase("ledger_source", lang);
        let source = format!(
            "{source} ({}): {}.",
            self.monitor.grade.key(),
            self.monitor.source
        );
        text + &hang("", &source, WIDTH)
    }

    /// Measures per 100 families at every reading, and at the last date with some
    /// families about whom only advice was asked.
    fn readings(&self, case: usize) -> String {
        let lang = self.lang;
        let last = self.monitor.counts.len() - 1;
        let first_share = self.monitor.consult_shares[0];
        let mut columns: Vec<(usize, f64, String)> = last_days(self.scenario, self.monitor)
            .into_iter()
            .enumerate()
            .map(|(reading, (families, measures))| {
                let name = if families == measures {
                    lang.date(measures)
                } else {
                    let same = phrase("monitor_same_until", lang);
                    format!("{same} {}", lang.date(measures))
                };
                (reading, first_share, name)
            })
            .collect();
        for &share in &self.monitor.consult_shares[1..] {
            let percent = local(100.0 * share, 0, lang);
            let date = lang.date(self.monitor.counts[last].date);
            let advice = phrase("monitor_advice_only", lang);
            columns.push((last, share, format!("{date}, {percent} % {advice}")));
        }
        let width = ((WIDTH - NAME_WIDTH) / columns.len()).min(17);
        let names: Vec<&str> = columns.iter().map(|(_, _, name)| name.as_str()).collect();
        let title = phrase("monitor_the_same_count", lang);
        let title = format!("{title} {}", self.scenario.cases[case].form.key);
        let mut text = header(&title, &names, width);
        text.push_str(&self.rows(|intake, group| {
            let cell = |&(reading, share, _): &(usize, f64, String)| {
                let one = Supported {
                    case,
                    reading,
                    intake: &INTAKES[intake],
                    group: &SUPPORT_GROUPS[group],
                };
                let estimate = one.per_100(self.outcome, Counted::Measures, share);
                let count = self.monitor.counts.get(reading);
                cell(estimate, count, lang)
            };
            columns
                .iter()
                .map(|column| pad_left(&cell(column), width))
                .collect()
        }));
        let legend = phrase("monitor_legend", lang);
        text + &hang("", legend, WIDTH)
    }

    /// The lowest and the highest of all that might be compared with the last count.
    fn range(&self, case: usize) -> String {
        let lang = self.lang;
        let reading = self.monitor.counts.len() - 1;
        let count = &self.monitor.counts[reading];
        let ends = |counted| {
            let rows = supported(self.scenario, reading + 1);
            let rows = rows
                .filter(|one| one.case == case && one.reading == reading && !one.group.is_consult);
            let means: Vec<f64> = rows
                .flat_map(|one| {
                    let shares = self.monitor.consult_shares.iter();
                    shares.filter_map(move |&share| one.per_100(self.outcome, counted, share))
                })
                .map(|estimate| estimate.mean)
                .collect();
            let low = means.iter().copied().reduce(f64::min)?;
            Some((low, means.iter().copied().reduce(f64::max)?))
        };
        let (Some((low, high)), Some((fewest, most))) =
            (ends(Counted::Measures), ends(Counted::Families))
        else {
            return String::new();
        };
        let number = |value: f64| local(value, 1, lang);
        let (families, n, all) = (count.families, comparable(count), count.measures);
        let measures = |per_100: f64| local(per_100 / 100.0 * f64::from(families), 0, lang);
        let (low_n, high_n) = (measures(low), measures(high));
        let (date, low, high) = (lang.date(count.date), number(low), number(high));
        let (without_low, without_high) = (number(100.0 - most), number(100.0 - fewest));
        let sentence = told(
            "monitor_range",
            lang,
            &[
                ("date", &date),
                ("low", &low),
                ("high", &high),
                ("low_n", &low_n),
                ("high_n", &high_n),
                ("families", &families.to_string()),
                ("n", &n.to_string()),
                ("all", &all.to_string()),
                ("without_low", &without_low),
                ("without_high", &without_high),
            ],
        );
        "\n".to_owned() + &hang("", &sentence, WIDTH)
    }

    /// Kinds of measures, families with any and the time followed, at the last date.
    fn kinds(&self, case: usize) -> String {
        let lang = self.lang;
        const COLUMN: usize = 12;
        let reading = self.monitor.counts.len() - 1;
        let short = |name: &str| {
            let name = name.replace("ondertoezichtstelling", "OTS");
            name.replace("gezagsb", "gezags- b")
                .replace("contactv", "contact- v")
        };
        let mut names: Vec<String> = MONITORED
            .map(|measure| short(wording::measure(measure)))
            .to_vec();
        names.push(phrase("monitor_any", lang).to_owned());
        names.push(phrase("monitor_days_followed", lang).to_owned());
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let title = phrase("monitor_kinds", lang);
        let title = format!("{title} {}", lang.date(self.monitor.counts[reading].date));
        let text = header(&title, &names, COLUMN);
        text + &self.rows(|intake, group| {
            let one = Supported {
                case,
                reading,
                intake: &INTAKES[intake],
                group: &SUPPORT_GROUPS[group],
            };
            let counted = MONITORED
                .into_iter()
                .map(Counted::Kind)
                .chain([Counted::Families]);
            let number = |estimate: Option<Estimate>, decimals| {
                let text = estimate.map(|estimate| local(estimate.mean, decimals, lang));
                pad_left(&text.unwrap_or_else(|| "–".to_owned()), COLUMN)
            };
            let cells = counted.map(|counted| number(one.per_100(self.outcome, counted, 0.0), 2));
            cells.collect::<String>() + &number(one.followed_days(self.outcome), 0)
        })
    }

    /// A line for every intake, and under it one for every group.
    fn rows(&self, cells: impl Fn(usize, usize) -> String) -> String {
        let lang = self.lang;
        let mut text = String::new();
        for (number, intake) in INTAKES.iter().enumerate() {
            text.push_str(lang.pick(intake.nl, intake.en));
            text.push('\n');
            for (row, group) in SUPPORT_GROUPS.iter().enumerate() {
                let name = format!("  {}", lang.pick(group.nl, group.en));
                let row = pad_right(&name, NAME_WIDTH) + &cells(number, row);
                text.push_str(row.trim_end());
                text.push('\n');
            }
        }
        text
    }
}

/// A number with its interval, and where it lies beside the monitor's.
fn cell(estimate: Option<Estimate>, count: Option<&MonitorCount>, lang: Lang) -> String {
    let Some(estimate) = estimate else {
        return "–  ".to_owned();
    };
    let mark = count.map_or(" ", |count| {
        let observed = Observed::of(comparable(count), count.families);
        match observed.beside(&estimate) {
            Ordering::Less => "<",
            Ordering::Equal => "=",
            Ordering::Greater => ">",
        }
    });
    let mean = local(estimate.mean, 2, lang);
    if !estimate.has_interval() {
        return format!("{mean} {mark}");
    }
    let half = local(estimate.high - estimate.mean, 2, lang);
    format!("{mean} ±{half} {mark}")
}

fn line(name: &str, cells: &[&str], width: usize) -> String {
    let cells: String = cells.iter().map(|cell| pad_left(cell, width)).collect();
    let line = pad_right(name, NAME_WIDTH) + &cells;
    line.trim_end().to_owned() + "\n"
}

fn rule(width: usize) -> String {
    "─".repeat(NAME_WIDTH + width) + "\n"
}

/// Names above columns, broken at their spaces, and a rule.
fn header(title: &str, names: &[&str], width: usize) -> String {
    let names: Vec<Vec<String>> = names.iter().map(|name| wrap(name, width - 1)).collect();
    let n_lines = names.iter().map(Vec::len).max().unwrap_or(0);
    let mut text = "\n".to_owned();
    for number in 0..n_lines {
        let part = |name: &Vec<String>| cut(name.get(number).map_or("", String::as_str), width - 1);
        let parts: Vec<String> = names.iter().map(part).collect();
        let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
        text.push_str(&line(if number == 0 { title } else { "" }, &parts, width));
    }
    text + &rule(width * names.len())
}

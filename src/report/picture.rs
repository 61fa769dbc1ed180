//! The pictures of a run folder.

use super::chart::{Chart, Line, Panel, Sign};
use super::sentence::capital;
use super::{File, Lang, caution};
use crate::engine::Date;
use crate::experiment::{Outcome, SERIES, Track, warm_up as warm_up_of};
use crate::model::QUARTER_DAYS;
use crate::scenario::Scenario;

/// Panels beside each other.
const N_COLUMNS: usize = 3;
/// Years that are named on an axis, at most.
const MOST_YEARS: i32 = 6;

/// Every picture of a run folder.
pub fn pictures(scenario: &Scenario, outcome: &Outcome, lang: Lang) -> Vec<File> {
    vec![File {
        name: "warm_up.svg",
        text: warm_up(scenario, outcome, lang).to_svg(),
    }]
}

/// The course of the main series through the warm-up and what is measured.
fn warm_up(scenario: &Scenario, outcome: &Outcome, lang: Lang) -> Chart {
    let period = scenario.period;
    let rows = SERIES
        .iter()
        .enumerate()
        .filter(|(_, series)| series.is_main);
    let panels = rows.map(|(row, _)| panel(scenario, outcome, row, lang));
    let last_day = f64::from(period.total_days());
    Chart {
        title: format!(
            "{}: {}",
            lang.pick("Inlooptijd en meetperiode", "Warm-up and measured period"),
            lang.label(&scenario.label)
        ),
        description: description(scenario, outcome, lang),
        legend: legend(scenario, lang),
        n_columns: N_COLUMNS,
        panels: panels.collect(),
        range: (0.0, last_day),
        ticks: years(period.first_day(), period.total_days()),
        divide: Some(f64::from(period.warm_up_days)),
        lang,
    }
}

/// One series under every form, the baseline with its interval.
fn panel(scenario: &Scenario, outcome: &Outcome, row: usize, lang: Lang) -> Panel {
    let track = Track { row, team: None };
    let line = |case: usize| {
        let quarters = outcome.series(case, track).into_iter().enumerate();
        let known = quarters.filter_map(|(number, estimate)| Some((end_of(number), estimate?)));
        let known: Vec<_> = known.collect();
        let with_interval = known.iter().filter(|(_, one)| one.has_interval());
        let band = with_interval.map(|(x, one)| (*x, one.low, one.high));
        Line {
            color: case,
            points: known.iter().map(|(x, one)| (*x, one.mean)).collect(),
            band: band.filter(|_| case == scenario.baseline).collect(),
        }
    };
    let mut cases: Vec<usize> = (0..scenario.cases.len()).collect();
    cases.sort_by_key(|&case| case != scenario.baseline);
    let lines: Vec<Line> = cases.into_iter().map(line).collect();
    let settling = outcome.settling(&scenario.period, scenario.baseline, track);
    let needed = settling.needed_weeks.filter(|_| settling.settles());
    let mark = needed.and_then(|weeks| {
        let rest = f64::from(weeks * 7);
        let before = lines[0].points.iter().rfind(|&&(x, _)| x <= rest);
        let &(_, y) = before.or(lines[0].points.first())?;
        Some((rest, y))
    });
    Panel {
        title: capital(lang.series(row)),
        dots: mark
            .map(|place| (scenario.baseline, place))
            .into_iter()
            .collect(),
        lines,
    }
}

fn legend(scenario: &Scenario, lang: Lang) -> [Vec<(Sign, String)>; 2] {
    let baseline = scenario.baseline;
    let label = |case: usize| lang.label(&scenario.cases[case].form.label);
    let forms = 0..scenario.cases.len();
    let forms = forms.map(|case| (Sign::Line(case), label(case).to_owned()));
    let start = lang.date(scenario.period.start);
    let name = label(baseline);
    let (band, dot, divide) = match lang {
        Lang::Nl => (
            format!("{name}: 95 %-interval over herhalingen"),
            format!("{name}: vanaf hier in rust (MSER); geen stip: niet in rust"),
            format!("begin van de meetperiode: {start}"),
        ),
        Lang::En => (
            format!("{name}: 95 % interval over replications"),
            format!("{name}: at rest from here on (MSER); no dot: not at rest"),
            format!("start of the measured period: {start}"),
        ),
    };
    let others = [
        (Sign::Band(baseline), band),
        (Sign::Dot(baseline), dot),
        (Sign::Divide, divide),
    ];
    [forms.collect(), others.into()]
}

fn description(scenario: &Scenario, outcome: &Outcome, lang: Lang) -> String {
    let rows = (0..SERIES.len()).filter(|&row| SERIES[row].is_main);
    let names: Vec<String> = rows.map(|row| lang.series(row).to_owned()).collect();
    let names = lang.list(&names);
    let (n_forms, n) = (scenario.cases.len(), scenario.replications);
    let what = match lang {
        Lang::Nl => format!(
            "Lijnen per kwartaal van {n_forms} vormen, alle regio's samen, gemiddeld over {n} herhalingen: {names}."
        ),
        Lang::En => format!(
            "Lines by quarter of {n_forms} forms, all regions together, mean of {n} replications: {names}."
        ),
    };
    let found = caution::warm_up_in_short(&warm_up_of(scenario, outcome), lang);
    format!("{what} {}.", capital(&found))
}

/// Where on the axis a quarter ends \[days since the first\].
fn end_of(quarter: usize) -> f64 {
    f64::from((quarter as u32 + 1) * QUARTER_DAYS)
}

/// First days of years, every so many that a reader can tell them apart.
fn years(first_day: Date, n_days: u32) -> Vec<(f64, String)> {
    let last_day = first_day.plus_days(n_days as i32);
    let n_years = last_day.year() - first_day.year();
    let step = (n_years + MOST_YEARS - 1) / MOST_YEARS;
    let years = (first_day.year()..=last_day.year()).filter(|year| year % step.max(1) == 0);
    years
        .filter_map(|year| {
            let day = Date::new(year, 1, 1).ok()?;
            let since = day.day_number() - first_day.day_number();
            let is_inside = (0..=n_days as i32).contains(&since);
            is_inside.then(|| (f64::from(since), year.to_string()))
        })
        .collect()
}

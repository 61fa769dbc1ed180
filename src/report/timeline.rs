//! Figures of what goes on through time, the warm-up included.

use super::Lang;
use super::chart::{Axis, Drawn, Figure, Line, LinePanel, Sign, legend};
use super::phrase::{phrase, told};
use super::picture::{guide, source};
use super::reading::{Course, Run};
use super::sentence::capital;
use super::verdict::numbers;
use crate::engine::Date;
use crate::experiment::SERIES;
use crate::stats::Estimate;

/// Years that are named on an axis, at most.
const MOST_YEARS: i32 = 6;

/// Load and queue of all teams of the chain together, under every form.
pub(super) fn queues(run: &Run, lang: Lang) -> Figure {
    let last = |form: usize| last_of(run.course(form, None, series("queue_mean"))?);
    let ends = by_baseline(run).filter_map(|form| Some((last(form)?, form)));
    let mut ends: Vec<(Estimate, usize)> = ends.collect();
    ends.sort_by(|a, b| a.0.mean.total_cmp(&b.0.mean).then(a.1.cmp(&b.1)));
    let name = |form: usize| run.forms()[form].name(lang);
    let number = |one| numbers(Some(one), lang);
    let title = match (ends.first(), ends.last()) {
        (Some(low), Some(high)) if low.1 != high.1 => {
            let parts = [
                ("low", &*number(low.0)),
                ("low_form", &name(low.1)),
                ("high", &number(high.0)),
                ("high_form", &name(high.1)),
            ];
            told("queue_title", lang, &parts)
        }
        _ => phrase("staff_title", lang).to_owned(),
    };
    Lines::of_forms(run, lang).load_and_queue("queues", title)
}

/// Load and queue of the teams of one form.
pub(super) fn teams(run: &Run, form: usize, lang: Lang) -> Figure {
    let load = |team| run.course(form, Some(team), series("load_percent"));
    let teams = run.forms()[form].teams.iter().enumerate();
    let tracks = teams.filter(|&(team, _)| load(team).is_some());
    let tracks = tracks.map(|(team, label)| Track {
        form,
        team: Some(team),
        name: capital(lang.pick(&label.nl, &label.en)),
    });
    let lines = Lines {
        run,
        tracks: tracks.collect(),
        is_marked: false,
        lang,
    };
    let loads = lines.tracks.iter().filter_map(|track| {
        let load = last_of(load(track.team?)?)?;
        Some((load, &track.name))
    });
    let most = loads.max_by(|a, b| a.0.mean.total_cmp(&b.0.mean));
    let name = run.forms()[form].name(lang);
    let title = match most {
        Some((load, team)) => {
            let load = numbers(Some(load), lang);
            let parts = [("form", &*name), ("team", team), ("load", &load)];
            told("team_title", lang, &parts)
        }
        None => told("team_title_plain", lang, &[("form", &name)]),
    };
    lines.load_and_queue(&format!("teams_{form}"), title)
}

/// The course of the main series through the warm-up and what is measured.
pub(super) fn warm_up(run: &Run, lang: Lang) -> Figure {
    let lines = Lines {
        is_marked: true,
        ..Lines::of_forms(run, lang)
    };
    let rows = (0..SERIES.len()).filter(|&row| SERIES[row].is_main);
    let settled = &run.manifest.warm_up;
    let title = capital(lang.pick(&settled.nl, &settled.en));
    let notes = vec![
        phrase("warm_up_note", lang).to_owned(),
        source(run, "series.csv, warm_up.csv", lang),
    ];
    lines.figure("warm_up", title, rows, notes)
}

/// Whose series are drawn: those of a form, or of one of its teams.
struct Track {
    form: usize,
    team: Option<usize>,
    name: String,
}

/// Lines beside each other, one for each track; the first with its interval.
struct Lines<'a> {
    run: &'a Run,
    tracks: Vec<Track>,
    /// Whether it is marked where the first comes to rest.
    is_marked: bool,
    lang: Lang,
}

impl<'a> Lines<'a> {
    fn of_forms(run: &'a Run, lang: Lang) -> Self {
        let track = |form| Track {
            form,
            team: None,
            name: run.forms()[form].name(lang),
        };
        Lines {
            run,
            tracks: by_baseline(run).map(track).collect(),
            is_marked: false,
            lang,
        }
    }

    fn load_and_queue(&self, key: &str, title: String) -> Figure {
        let rows = ["load_percent", "queue_mean"].map(series);
        let notes = vec![
            phrase("load_note", self.lang).to_owned(),
            source(self.run, "series.csv", self.lang),
        ];
        self.figure(key, title, rows.into_iter(), notes)
    }

    fn figure(
        &self,
        key: &str,
        title: String,
        rows: impl Iterator<Item = usize>,
        notes: Vec<String>,
    ) -> Figure {
        let mut panels: Vec<Drawn> = rows.map(|row| self.panel(row)).collect();
        panels.push(self.legend());
        Figure {
            key: key.to_owned(),
            title,
            n_columns: 3,
            panels,
            guide: guide(self.run, "guide_lines", self.lang),
            notes,
        }
    }

    fn panel(&self, row: usize) -> Drawn {
        let (run, lang) = (self.run, self.lang);
        let title = match SERIES[row].key {
            "load_percent" => phrase("load_panel", lang).to_owned(),
            "queue_mean" => phrase("queue_panel", lang).to_owned(),
            _ => capital(lang.series(row)),
        };
        let value = |track: &Track| {
            let value = last_of(run.course(track.form, track.team, row)?)?;
            Some(format!("{} {}", track.name, numbers(Some(value), lang)))
        };
        let values: Vec<String> = self.tracks.iter().filter_map(value).collect();
        let parts = [("names", &*title), ("values", &values.join("; "))];
        let words = told("lines_alt", lang, &parts);
        let period = &run.manifest.period;
        let n_days = period.warm_up_days + period.measured_days;
        let panel = LinePanel {
            title,
            lines: (0..self.tracks.len())
                .filter_map(|number| self.line(number, row))
                .collect(),
            level: Axis {
                low: 0.0,
                high: f64::from(n_days),
                ticks: first_day(run).map_or(Vec::new(), |first| years(first, n_days)),
            },
            divide: (period.warm_up_days > 0).then(|| f64::from(period.warm_up_days)),
            lang,
        };
        (panel.draw(), words)
    }

    fn line(&self, number: usize, row: usize) -> Option<Line> {
        let track = &self.tracks[number];
        let course = self.run.course(track.form, track.team, row)?;
        let quarters = course.quarters.iter();
        let known = quarters.filter_map(|(day, one)| Some((f64::from(*day), (*one)?)));
        let known: Vec<_> = known.collect();
        let points: Vec<(f64, f64)> = known.iter().map(|(day, one)| (*day, one.mean)).collect();
        let is_first = number == 0;
        let band = known
            .iter()
            .filter(|(_, one)| is_first && one.has_interval());
        let rest = course.at_rest_after_weeks;
        let mark = rest
            .filter(|_| self.is_marked && is_first)
            .and_then(|weeks| {
                let day = f64::from(weeks * 7);
                let before = points.iter().rfind(|point| point.0 <= day);
                Some((day, before.or(points.first())?.1))
            });
        Some(Line {
            sign: number,
            band: band.map(|(day, one)| (*day, one.low, one.high)).collect(),
            mark,
            points,
        })
    }

    fn legend(&self) -> Drawn {
        let lang = self.lang;
        let names = self.tracks.iter().enumerate();
        let names = names.map(|(number, track)| (Sign::Line(number), track.name.clone()));
        let mut signs: Vec<(Sign, String)> = names.collect();
        if let Some(Track { name, .. }) = self.tracks.first() {
            if self.run.manifest.replications > 1 {
                signs.push((Sign::Band(0), told("legend_band", lang, &[("name", name)])));
            }
            if self.is_marked {
                signs.push((Sign::Mark, told("legend_mark", lang, &[("name", name)])));
            }
        }
        let start: Result<Date, _> = self.run.manifest.period.start.parse();
        if let Ok(start) = start {
            let date = lang.date(start);
            let words = told("legend_divide", lang, &[("date", &date)]);
            signs.push((Sign::Divide, words));
        }
        (legend(&signs), phrase("legend_panel", lang).to_owned())
    }
}

/// The baseline, then the others.
fn by_baseline(run: &Run) -> impl Iterator<Item = usize> + '_ {
    std::iter::once(run.baseline()).chain(run.variants())
}

fn series(key: &str) -> usize {
    let found = SERIES.iter().position(|series| series.key == key);
    found.expect("a series of the table")
}

fn last_of(course: &Course) -> Option<Estimate> {
    let mut quarters = course.quarters.iter().rev();
    quarters.find_map(|(_, one)| *one)
}

fn first_day(run: &Run) -> Option<Date> {
    let start: Date = run.manifest.period.start.parse().ok()?;
    Some(start.plus_days(-(run.manifest.period.warm_up_days as i32)))
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

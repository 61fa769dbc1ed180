//! Figures of what goes on through time, the warm-up included.

use super::picture::{guide, source};
use crate::engine::{DAYS_PER_YEAR, Date};
use crate::experiment::SERIES;
use crate::report::Lang;
use crate::report::chart::{Axis, Drawn, Figure, Line, LinePanel, team_ink};
use crate::report::finding::verdict::numbers;
use crate::report::run::reading::{Course, Run};
use crate::report::words::number::{decimals_for, local};
use crate::report::words::phrase::{phrase, told};
use crate::report::words::sentence::capital;
use crate::stats::Estimate;

/// Years that are named on an axis, at most.
const MOST_YEARS: i32 = 6;

/// Load and queue of all teams of the chain together, under every form.
pub(crate) fn queues(run: &Run, lang: Lang) -> Figure {
    let last = |form: usize| last_of(run.course(form, None, series("queue_mean"))?);
    let ends = by_baseline(run).filter_map(|form| Some((last(form)?, form)));
    let mut ends: Vec<(Estimate, usize)> = ends.collect();
    ends.sort_by(|a, b| a.0.mean.total_cmp(&b.0.mean).then(a.1.cmp(&b.1)));
    let name = |form: usize| run.heading(form, lang);
    let decimals = ends.last().map_or(0, |end| decimals_for(end.0.mean));
    let number = |one| numbers(Some(one), decimals, lang);
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
pub(crate) fn teams(run: &Run, form: usize, lang: Lang) -> Figure {
    let load = |team| run.course(form, Some(team), series("load_percent"));
    let teams = run.forms()[form].teams.iter().enumerate();
    let tracks = teams.filter(|&(team, _)| load(team).is_some());
    let tracks = tracks.map(|(team, label)| Track {
        form,
        team: Some(team),
        name: capital(lang.pick(&label.nl, &label.en)),
        ink: Some(team_ink(run.team_number(&label.key))),
    });
    let lines = Lines {
        run,
        tracks: tracks.collect(),
        is_marked: false,
        is_dated: false,
        lang,
    };
    let loads = lines.tracks.iter().filter_map(|track| {
        let load = last_of(load(track.team?)?)?;
        Some((load, &track.name))
    });
    let most = loads.max_by(|a, b| a.0.mean.total_cmp(&b.0.mean));
    let name = run.heading(form, lang);
    let title = match most {
        Some((load, team)) => {
            let load = numbers(Some(load), 0, lang);
            let parts = [("form", &*name), ("team", team), ("load", &load)];
            told("team_title", lang, &parts)
        }
        None => told("team_title_plain", lang, &[("form", &name)]),
    };
    lines.load_and_queue(&format!("teams_{form}"), title)
}

/// The course of the main series through the warm-up and what is measured.
pub(crate) fn warm_up(run: &Run, lang: Lang) -> Figure {
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

/// The course of what a change-over moves, of every path.
pub(crate) fn change_over(run: &Run, lang: Lang) -> Figure {
    let rows = [
        "unsafe_stock",
        "lead_changes_per_year",
        "waiting_stock",
        "wait_first_help_mean_days",
        "wait_raad_mean_days",
        "ots_stock",
    ];
    let notes = vec![source(run, "series.csv, changes_by_quarter.csv", lang)];
    let title = phrase("change_figure", lang).to_owned();
    let lines = Lines {
        is_dated: true,
        ..Lines::of_forms(run, lang)
    };
    lines.figure("change_over", title, rows.map(series).into_iter(), notes)
}

/// Whose series are drawn: those of a form, or of one of its teams.
struct Track {
    form: usize,
    team: Option<usize>,
    name: String,
    /// Its colour, where it is a team.
    ink: Option<&'static str>,
}

/// Lines beside each other, one for each track; the first with its interval.
struct Lines<'a> {
    run: &'a Run,
    tracks: Vec<Track>,
    /// Whether it is marked where the first comes to rest.
    is_marked: bool,
    /// Whether its time is that of the calendar, where something happens on a date.
    is_dated: bool,
    lang: Lang,
}

impl<'a> Lines<'a> {
    fn of_forms(run: &'a Run, lang: Lang) -> Self {
        let track = |form| Track {
            form,
            team: None,
            name: run.forms()[form].short_name(lang).to_owned(),
            ink: None,
        };
        Lines {
            run,
            tracks: by_baseline(run).map(track).collect(),
            is_marked: false,
            is_dated: false,
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
        let panels: Vec<Drawn> = rows.map(|row| self.panel(row)).collect();
        Figure {
            key: key.to_owned(),
            title,
            n_columns: 2,
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
            let value = numbers(Some(value), decimals_for(value.mean), lang);
            Some(format!("{} {value}", track.name))
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
                ticks: match self.is_dated {
                    true => calendar_years(run),
                    false => years(period.warm_up_days, n_days, lang),
                },
            },
            divide: (period.warm_up_days > 0).then(|| f64::from(period.warm_up_days)),
            least: self.least(row),
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
            name: track.name.clone(),
            ink: track.ink,
            sign: number,
            band: band.map(|(day, one)| (*day, one.low, one.high)).collect(),
            mark,
            points,
        })
    }

    /// The highest point of a series of teams in any form: figures of forms are compared.
    fn least(&self, row: usize) -> f64 {
        let is_of_teams = self.tracks.iter().any(|track| track.team.is_some());
        let courses = self.run.courses.iter();
        let courses = courses.filter(|one| is_of_teams && one.row == row && one.team.is_some());
        let points = courses.flat_map(|one| one.quarters.iter().filter_map(|(_, one)| *one));
        points.map(|one| one.mean).fold(0.0, f64::max)
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

/// Years from the first that is measured, which is 0, every so many that a reader can tell them apart.
fn years(warm_up_days: u32, n_days: u32, lang: Lang) -> Vec<(f64, String)> {
    let day = |year: i32| f64::from(warm_up_days) + f64::from(year) * DAYS_PER_YEAR;
    let first = -(f64::from(warm_up_days) / DAYS_PER_YEAR).floor() as i32;
    let last = (f64::from(n_days - warm_up_days) / DAYS_PER_YEAR + 0.01).floor() as i32;
    let step = ((last - first) / MOST_YEARS + 1).max(1);
    let years = (first..=last).filter(|year| year % step == 0);
    years
        .map(|year| (day(year), local(f64::from(year), 0, lang)))
        .collect()
}

/// The first days of years, every so many that a reader can tell them apart.
fn calendar_years(run: &Run) -> Vec<(f64, String)> {
    let period = &run.manifest.period;
    let Ok(start) = period.start.parse::<Date>() else {
        return Vec::new();
    };
    let first = start.plus_days(-(period.warm_up_days as i32));
    let last = start.plus_days(period.measured_days as i32);
    let step = (last.year() - first.year()) / MOST_YEARS + 1;
    let years = (first.year()..=last.year()).filter(|year| (year - start.year()) % step == 0);
    let ticks = years.filter_map(|year| {
        let day = Date::new(year, 1, 1).ok()?.day_number() - first.day_number();
        (day >= 0 && day <= last.day_number() - first.day_number())
            .then(|| (f64::from(day), year.to_string()))
    });
    ticks.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_warm_up_is_told_in_years_before_what_is_measured_and_not_as_years_that_were() {
        let told = |warm_up, measured| {
            let ticks = years(warm_up, warm_up + measured, Lang::Nl);
            ticks
                .into_iter()
                .map(|(_, words)| words)
                .collect::<Vec<_>>()
                .join(" ")
        };
        assert_eq!(told(2192, 1096), "−6 −4 −2 0 2");
        assert_eq!(told(731, 730), "−2 −1 0 1 2");
        assert_eq!(told(0, 91), "0");
    }
}

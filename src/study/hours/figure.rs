//! Figures of a service against hours: a line for every form.

use super::ladder::{FormHours, Hours};
use super::terminal::{asked, heading};
use crate::model::KPIS;
use crate::report::chart::Axis;
use crate::report::chart::Figure;
use crate::report::chart::{Line, LinePanel};
use crate::report::figure::picture::source;
use crate::report::words::phrase::{phrase, told};
use crate::report::{Lang, Run, local};

/// Numbers on the level axis.
const MOST_TICKS: usize = 5;
/// The grey line, which is that of what is asked.
const ASKED: usize = 6;

/// A figure for every target.
pub(crate) fn figures(run: &Run, hours: &Hours, lang: Lang) -> Vec<Figure> {
    let targets = 0..hours.targets.len();
    targets
        .map(|target| of_target(run, hours, target, lang))
        .collect()
}

/// The line of a form, with the grey one left out.
fn sign(form: usize) -> usize {
    form + form / ASKED
}

fn of_target(run: &Run, hours: &Hours, number: usize, lang: Lang) -> Figure {
    let target = &hours.targets[number];
    let kpi = heading(target, lang);
    let asked = asked(target, lang);
    let all = hours.forms.iter().flat_map(|form| {
        let rungs = form.rungs.iter();
        rungs.map(|rung| rung.factor * form.hours_today)
    });
    let low = all.clone().fold(f64::INFINITY, f64::min);
    let high = all.fold(0.0, f64::max);
    let level = Axis::over(low, high, MOST_TICKS, lang);
    let names = run.forms().iter().zip(&hours.forms);
    let names: Vec<String> = names
        .map(|(form, of_form)| {
            let hours = of_form.hours.map(|one| local(one.value, 0, lang));
            format!(
                "{}: {}",
                form.short_name(lang),
                hours.as_deref().unwrap_or("–")
            )
        })
        .collect();
    let title = told("hours_finding", lang, &[("kpi", &kpi), ("asked", &asked)]);
    let words = format!("{title}. {}.", names.join("; "));
    let mut lines: Vec<Line> = (hours.forms.iter().zip(names).enumerate())
        .map(|(form, (of_form, name))| line(of_form, number, sign(form), name))
        .collect();
    lines.push(Line {
        name: phrase("hours_asked", lang).to_owned(),
        ink: None,
        sign: ASKED,
        points: vec![(level.low, target.bound), (level.high, target.bound)],
        band: Vec::new(),
        mark: None,
    });
    let panel = LinePanel {
        title: phrase("hours_panel", lang).to_owned(),
        lines,
        level,
        divide: None,
        least: 0.0,
        lang,
    };
    Figure {
        key: format!("hours_{}", KPIS[target.kpi].key),
        title,
        panels: vec![(panel.draw(), words)],
        n_columns: 1,
        guide: phrase("hours_guide", lang).to_owned(),
        notes: vec![
            told("hours_dot", lang, &[("mark", phrase("hours_mark", lang))]),
            source(run, "hours.csv, hours_needed.csv", lang),
        ],
    }
}

/// A form where its service stands, and the hours that it needs.
fn line(form: &FormHours, target: usize, sign: usize, name: String) -> Line {
    let points = form.rungs.iter().filter_map(|rung| {
        let fitted = rung.services[target].fitted?;
        Some((rung.factor * form.hours_today, fitted))
    });
    let points: Vec<(f64, f64)> = points.collect();
    let at = |hours: f64| {
        let after = points.iter().position(|point| point.0 >= hours)?;
        let (x1, y1) = points[after];
        let (x0, y0) = points[after.saturating_sub(1)];
        let share = if x1 > x0 {
            (hours - x0) / (x1 - x0)
        } else {
            0.0
        };
        Some((hours, y0 + share * (y1 - y0)))
    };
    Line {
        name,
        ink: None,
        sign,
        mark: form.hours.and_then(|one| at(one.value)),
        points,
        band: Vec::new(),
    }
}

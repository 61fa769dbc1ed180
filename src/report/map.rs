//! The regions on a map of tiles, and the classes of its shades.

use super::chart::{Figure, SHADES, Shape, ShapeMap, Sheet, Tile, TileMap};
use super::number::decimals_for;
use super::phrase::{phrase, told};
use super::picture::{guide, row, source};
use super::reading::Run;
use super::sentence::capital;
use super::verdict::numbers;
use super::{Lang, local};

/// The KPI of the map as it stands before somebody chooses.
pub(super) const FIRST_ON_MAP: &str = "wait_first_help_mean_days";

/// A KPI of the baseline in every region.
pub(super) fn map(run: &Run, lang: Lang) -> Figure {
    let (form, kpi) = (run.baseline(), row(FIRST_ON_MAP));
    let regions = 0..run.merged();
    let known = regions.filter_map(|place| Some((place, run.estimate(form, place, kpi)?)));
    let mut known: Vec<_> = known.collect();
    let decimals = map_decimals(run, kpi);
    let number = |value: f64| local(value, decimals, lang);
    let breaks = breaks(run, kpi);
    let growing = (0..run.merged()).filter(|&place| run.grows(form, place, kpi));
    let growing = growing.map(|place| Tile {
        region: run.places[place].clone(),
        number: "∞".to_owned(),
        shade: 0,
        hint: format!("{}: {}", run.places[place], phrase("grows", lang)),
    });
    let tiles: Vec<Tile> = known
        .iter()
        .map(|(place, one)| Tile {
            region: run.places[*place].clone(),
            number: number(one.mean),
            shade: shade(one.mean, &breaks),
            hint: format!("{}: {}", run.places[*place], numbers(Some(*one), lang)),
        })
        .chain(growing)
        .collect();
    let hints: Vec<&str> = tiles.iter().map(|tile| tile.hint.as_str()).collect();
    let words = told("map_alt", lang, &[("values", &hints.join("; "))]);
    known.sort_by(|a, b| a.1.mean.total_cmp(&b.1.mean));
    let (name, kpi_name) = (run.forms()[form].name(lang), capital(&lang.kpi_alone(kpi)));
    let title = match (known.first(), known.last()) {
        (Some(low), Some(high)) if low.0 != high.0 => told(
            "map_title",
            lang,
            &[
                ("kpi", &kpi_name),
                ("form", &name),
                ("low", &number(low.1.mean)),
                ("low_region", &run.places[low.0]),
                ("high", &number(high.1.mean)),
                ("high_region", &run.places[high.0]),
            ],
        ),
        _ => told(
            "map_title_plain",
            lang,
            &[("kpi", &kpi_name), ("form", &name)],
        ),
    };
    let map = TileMap {
        title: kpi_name,
        nothing: phrase("map_nothing", lang).to_owned(),
        tiles,
        legend: legend(&breaks, decimals, lang),
    };
    let mut notes = vec![source(run, "kpis.csv", lang)];
    if let Some(outlines) = &run.outlines {
        let parts = [("file", &*outlines.source)];
        notes.push(told("map_borders", lang, &parts));
    }
    Figure {
        key: "map".to_owned(),
        title,
        panels: vec![(drawn(run, map), words)],
        n_columns: 1,
        guide: guide(run, map_guide(run), lang),
        notes,
    }
}

/// Tiles, or shapes where the run folder has them.
fn drawn(run: &Run, map: TileMap) -> Sheet {
    let Some(outlines) = &run.outlines else {
        return map.draw();
    };
    let shape = |one: &super::geometry::Outline| Shape {
        region: one.region.clone(),
        rings: one.rings.clone(),
        middle: one.middle,
    };
    let map = ShapeMap {
        title: map.title,
        nothing: map.nothing,
        tiles: map.tiles,
        legend: map.legend,
        shapes: outlines.regions.iter().map(shape).collect(),
        size: (outlines.width, outlines.height),
    };
    map.draw()
}

/// The phrase that says how to read the map.
pub(super) fn map_guide(run: &Run) -> &'static str {
    match run.outlines {
        Some(_) => "map_guide_shapes",
        None => "map_guide",
    }
}

/// Decimals of a KPI's numbers on the map: one number of them for all forms and regions.
pub(super) fn map_decimals(run: &Run, kpi: usize) -> usize {
    let all = means(run, kpi).into_iter().map(f64::abs);
    decimals_for(all.fold(0.0, f64::max)).min(2)
}

/// Ends of the classes of a KPI, with as many means of forms and regions in each.
pub(super) fn breaks(run: &Run, kpi: usize) -> Vec<f64> {
    let mut means = means(run, kpi);
    means.sort_by(f64::total_cmp);
    let ends = (1..SHADES.len()).map(|class| class * means.len() / SHADES.len());
    ends.filter_map(|end| means.get(end).copied()).collect()
}

/// The classes, from the lowest; page.js writes them likewise.
fn legend(breaks: &[f64], decimals: usize, lang: Lang) -> Vec<String> {
    let end = |number: usize| local(breaks[number], decimals, lang);
    let class = |number: usize| match number {
        0 => format!("< {}", end(0)),
        last if last == breaks.len() => format!("≥ {}", end(last - 1)),
        _ => format!("{} – {}", end(number - 1), end(number)),
    };
    let n = if breaks.is_empty() {
        0
    } else {
        breaks.len() + 1
    };
    (0..n).map(class).collect()
}

fn means(run: &Run, kpi: usize) -> Vec<f64> {
    let forms = 0..run.forms().len();
    let spots = forms.flat_map(|form| (0..run.merged()).map(move |place| (form, place)));
    spots
        .filter_map(|(form, place)| Some(run.estimate(form, place, kpi)?.mean))
        .collect()
}

fn shade(mean: f64, breaks: &[f64]) -> usize {
    breaks.iter().filter(|&&end| mean >= end).count()
}

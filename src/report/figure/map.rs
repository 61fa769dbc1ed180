//! The regions on a map of tiles, and the classes of its shades.

use super::picture::{guide, row, source};
use crate::report::Lang;
use crate::report::chart::{Figure, SHADES, Shape, ShapeMap, Sheet, Tile, TileMap};
use crate::report::finding::verdict::numbers;
use crate::report::run::reading::Run;
use crate::report::words::number::{decimals_for, local};
use crate::report::words::phrase::{phrase, told};
use crate::report::words::sentence::capital;

/// The KPI of the map as it stands before somebody chooses.
pub(crate) const FIRST_ON_MAP: &str = "wait_first_help_p50_days";

/// A KPI of the baseline in every region.
pub(crate) fn map(run: &Run, lang: Lang) -> Figure {
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
            hint: format!(
                "{}: {}",
                run.places[*place],
                numbers(Some(*one), decimals, lang)
            ),
        })
        .chain(growing)
        .collect();
    let hints: Vec<&str> = tiles.iter().map(|tile| tile.hint.as_str()).collect();
    let words = told("map_alt", lang, &[("values", &hints.join("; "))]);
    known.sort_by(|a, b| a.1.mean.total_cmp(&b.1.mean));
    let (name, kpi_name) = (run.heading(form, lang), capital(&lang.kpi_alone(kpi)));
    let title = match (known.first(), known.last()) {
        (Some(low), Some(high)) if low.0 != high.0 => {
            let [low, high] = [low, high].map(|one| number(one.1.mean));
            // Regions that look the same in numbers are the same in words.
            let at = |end: &str| {
                let regions = known.iter().filter(|(_, one)| number(one.mean) == end);
                let regions = regions.map(|(place, _)| run.places[*place].clone());
                lang.list(&regions.collect::<Vec<_>>())
            };
            let (kpi, form) = (("kpi", &*kpi_name), ("form", &*name));
            match low == high {
                true => told("map_title_same", lang, &[kpi, form, ("low", &low)]),
                false => {
                    let (low_region, high_region) = (at(&low), at(&high));
                    let parts = [
                        kpi,
                        form,
                        ("low", &low),
                        ("low_region", &low_region),
                        ("high", &high),
                        ("high_region", &high_region),
                    ];
                    told("map_title", lang, &parts)
                }
            }
        }
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
        legend: legend(run, kpi, &breaks, lang),
    };
    let mut notes = vec![source(run, "kpis.csv, paired.csv", lang)];
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
    let shape = |one: &crate::report::geometry::Outline| Shape {
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
pub(crate) fn map_guide(run: &Run) -> &'static str {
    match run.outlines {
        Some(_) => "map_guide_shapes",
        None => "map_guide",
    }
}

/// Decimals of a KPI's numbers on the map: one number of them for all forms and regions.
pub(crate) fn map_decimals(run: &Run, kpi: usize) -> usize {
    let all = means(run, kpi).into_iter().map(f64::abs);
    decimals_for(all.fold(0.0, f64::max)).min(2)
}

/// Ends of the classes of a KPI, with about as many means of forms and regions in each; no class
/// is empty, and none looks like another.
pub(crate) fn breaks(run: &Run, kpi: usize) -> Vec<f64> {
    breaks_of(means(run, kpi), map_decimals(run, kpi))
}

fn breaks_of(mut means: Vec<f64>, decimals: usize) -> Vec<f64> {
    means.sort_by(f64::total_cmp);
    let look = |value: f64| local(value, decimals, Lang::En);
    let Some(mut last) = means.first().map(|&lowest| look(lowest)) else {
        return Vec::new();
    };
    let mut breaks = Vec::new();
    for class in 1..SHADES.len() {
        let end = means[class * means.len() / SHADES.len()];
        if look(end) != last {
            last = look(end);
            breaks.push(end);
        }
    }
    breaks
}

/// The classes, from the lowest; a single one is told by its number.
pub(crate) fn legend(run: &Run, kpi: usize, breaks: &[f64], lang: Lang) -> Vec<String> {
    let decimals = map_decimals(run, kpi);
    let only = means(run, kpi)
        .first()
        .map(|&one| local(one, decimals, lang));
    let end = |number: usize| local(breaks[number], decimals, lang);
    let class = |number: usize| match number {
        0 => format!("< {}", end(0)),
        last if last == breaks.len() => format!("≥ {}", end(last - 1)),
        _ => format!("{} – {}", end(number - 1), end(number)),
    };
    match breaks.is_empty() {
        true => only.into_iter().collect(),
        false => (0..=breaks.len()).map(class).collect(),
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_class_is_empty_or_looks_like_another() {
        for same in [vec![32.0], vec![32.01, 32.04, 31.98], Vec::new()] {
            assert!(breaks_of(same, 1).is_empty());
        }
        assert_eq!(breaks_of(vec![3.0, 1.0], 1), [3.0]);
        let many: Vec<f64> = (0..25).map(f64::from).collect();
        assert_eq!(breaks_of(many, 0), [5.0, 10.0, 15.0, 20.0]);
    }
}

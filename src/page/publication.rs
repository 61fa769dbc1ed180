//! What a board opens, made of a run folder: the page, and its figures as files.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use super::board::Board;
use super::document::page;
use super::figure::figures;
use super::slide::slides;
use super::workbook::{workbook, workbook_name};
use crate::report::geometry::GEOMETRY;
use crate::report::record::name::WEIGHING;
use crate::report::{File, FolderError, GeometryError, Lang, Outlines, Renewal, Run, geometry};
use crate::scenario::Folder;
use crate::study::WeighingFiles;
use crate::study::weighing::folder::stage_weighing;

/// Name of the page in a run folder.
const PAGE: &str = "report.html";
/// Name of the folder with the figures.
const CHARTS: &str = "charts";

/// Who is told how many figures have been drawn, and of how many.
pub type Drawing<'a> = &'a (dyn Fn(usize, usize) + Sync);

/// Nobody is told.
pub const UNSEEN: Drawing = &|_, _| {};

/// Draws page and figures of a run from what can be read back of it, so that they can be drawn again from the folder
/// alone.
pub fn drawn_from(drawing: Drawing<'_>) -> impl Fn(&Path) -> Result<Vec<File>, FolderError> + '_ {
    move |folder| Ok(publication(&Board::read(folder)?, drawing))
}

/// The page of a run and its figures, as files of its folder.
pub(crate) fn publication(run: &Board, drawing: Drawing) -> Vec<File> {
    let charts = [Lang::Nl, Lang::En].into_iter().flat_map(|lang| {
        let figures = figures(run, lang).into_iter();
        let figures = figures.map(|one| (one.to_file(), one.words(), one.title, one.key));
        let slides = slides(run, lang).into_iter();
        let slides = slides.map(|one| (one.to_file(), one.words(), one.title, one.key));
        let all = figures.chain(slides);
        all.map(move |drawn| (lang.key(), drawn))
    });
    let charts: Vec<(&str, Drawn)> = charts.collect();
    let (n_drawn, n_all) = (AtomicUsize::new(0), charts.len());
    drawing(0, n_all);
    let mut files = drawn(charts, &|| {
        drawing(n_drawn.fetch_add(1, Ordering::Relaxed) + 1, n_all);
    });
    files.extend([Lang::Nl, Lang::En].map(|lang| File {
        name: workbook_name(lang).to_owned(),
        contents: workbook(run, lang),
    }));
    files.push(File {
        name: PAGE.to_owned(),
        contents: page(run).into_bytes(),
    });
    files
}

/// An SVG, its words, its title and its key.
type Drawn = (String, String, String, String);

/// Every figure, by the folder of its language, as SVG and as PNG.
#[cfg(feature = "raster")]
fn drawn(charts: Vec<(&str, Drawn)>, one_more: &(dyn Fn() + Sync)) -> Vec<File> {
    use rayon::prelude::*;

    use crate::report::figure::raster::png;

    // A PNG takes a hundred times as long as all that is written in words.
    let drawn = charts
        .into_par_iter()
        .flat_map_iter(|(folder, (svg, words, title, key))| {
            let png = png(&svg, &title, &words);
            one_more();
            [("svg", svg.into_bytes()), ("png", png)].map(|(ending, contents)| File {
                name: format!("{CHARTS}/{folder}/{key}.{ending}"),
                contents,
            })
        });
    drawn.collect()
}

/// Every figure, by the folder of its language, as SVG.
#[cfg(not(feature = "raster"))]
fn drawn(charts: Vec<(&str, Drawn)>, one_more: &(dyn Fn() + Sync)) -> Vec<File> {
    let drawn = charts.into_iter();
    let drawn = drawn.map(|(folder, (svg, _, _, key))| {
        one_more();
        File {
            name: format!("{CHARTS}/{folder}/{key}.svg"),
            contents: svg.into_bytes(),
        }
    });
    drawn.collect()
}

/// Where the page of a run folder is.
pub fn page_of(folder: &Path) -> PathBuf {
    folder.join(PAGE)
}

/// Makes `report.html` and `charts/` in a run folder anew, from what is in it. Nothing
/// else is looked at, so the same folder gives the same bytes. Says where the page is.
///
/// # Errors
///
/// When the folder holds no whole run, or nothing can be written to it.
pub fn publish(folder: &Path) -> Result<PathBuf, FolderError> {
    let renewal = Renewal::begin(folder)?;
    publish_anew(renewal, &Board::read(folder)?)
}

/// The same with borders from a file for the map instead of its tiles. They are kept in the folder, as
/// large as they are drawn, so that from then on it gives the same page without the file.
///
/// # Errors
///
/// When the borders cannot be drawn, and nothing is written; or as [`publish`].
pub fn publish_with(folder: &Path, borders: &Path) -> Result<PathBuf, PublishError> {
    let renewal = Renewal::begin(folder)?;
    let mut board = Board::read(folder).map_err(FolderError::from)?;
    let outlines = Outlines::read(borders, &board.manifest.regions)?;
    renewal.staging().write(GEOMETRY, outlines.to_json())?;
    board.run.outlines =
        geometry::kept(&Folder::on_disk(renewal.staging().path())).map_err(FolderError::from)?;
    Ok(publish_anew(renewal, &board)?)
}

/// Puts a weighing into the folder `weighing` of its run, in place of an earlier one, and a page with it on it: all of
/// it or nothing. Nothing else of the run is touched. Says where the weighing and the page are.
///
/// # Errors
///
/// When the disk fails, or the run or the sweep is no longer what was weighed. Then everything is as it was.
pub fn write_weighing(
    renewal: Renewal,
    run: Run,
    files: WeighingFiles,
) -> Result<[PathBuf; 2], FolderError> {
    let weighed = stage_weighing(&renewal, &run, files)?;
    let path = run.folder.join(WEIGHING);
    let board = Board {
        weighed,
        ..Board::unweighed(run)?
    };
    Ok([path, publish_anew(renewal, &board)?])
}

/// Writes page and figures of a run beside what else of it is made anew, and puts all of it in its place.
pub(crate) fn publish_anew(renewal: Renewal, run: &Board) -> Result<PathBuf, FolderError> {
    for file in publication(run, UNSEEN) {
        renewal.staging().write(&file.name, &file.contents)?;
    }
    let page = page_of(renewal.folder());
    renewal.place()?;
    Ok(page)
}

/// Why there is no page with borders.
#[derive(Debug, thiserror::Error)]
pub enum PublishError {
    /// The borders cannot be drawn.
    #[error(transparent)]
    Geometry(#[from] GeometryError),
    /// The folder is not what it should be.
    #[error(transparent)]
    Folder(#[from] FolderError),
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::experiment::fixture::{growing_outcome, scenario};
    use crate::experiment::headlines;
    use crate::model::{KPIS, Label};
    use crate::report::chart::escaped;
    use crate::report::figure::picture::row;
    use crate::report::figure::raster::png;
    use crate::report::run::reading::tests::{written, written_of};
    use crate::report::words::board_kpi::{FIRST, SAFETY, STAFF, WAITING};

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        let mut names: Vec<String> = entries
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    /// The texts of elements of one kind, as a parser would find them.
    fn elements<'a>(html: &'a str, begin: &str, end: &str) -> Vec<&'a str> {
        let parts = html.split(begin).skip(1);
        parts.map(|part| part.split_once(end).unwrap().0).collect()
    }

    #[test]
    fn a_folder_alone_gives_the_same_page_each_time() {
        let (_home, path) = written(&scenario(3));
        publish(&path).unwrap();
        let charts = names(&path.join(CHARTS).join("nl"));
        assert_eq!(charts, names(&path.join(CHARTS).join("en")));
        let bytes = || {
            let (nl, en) = (path.join(CHARTS).join("nl"), path.join(CHARTS).join("en"));
            let svgs = [nl, en].into_iter().flat_map(|folder| {
                let names = names(&folder).into_iter();
                names.map(move |name| fs::read(folder.join(name)).unwrap())
            });
            let others = [PAGE, "tabellen.xlsx", "tables.xlsx"];
            let others = others.map(|name| fs::read(path.join(name)).unwrap());
            svgs.chain(others).collect::<Vec<_>>()
        };
        let by_the_run = bytes();
        fs::remove_dir_all(path.join(CHARTS)).unwrap();
        fs::write(path.join(PAGE), "half").unwrap();
        assert_eq!(publish(&path).unwrap(), path.join(PAGE));
        assert_eq!(bytes(), by_the_run);
        assert!(charts.contains(&"unsafe_days_per_family_year.svg".to_owned()));
        assert!(!names(&path).iter().any(|name| name.contains("new-")));
    }

    #[test]
    fn the_page_is_one_file_that_asks_nothing_of_a_network() {
        let (_home, path) = written(&scenario(3));
        let html = page(&Board::read(&path).unwrap());
        assert!(html.len() < 5_000_000, "{}", html.len());
        for word in [
            "<img", "<iframe", "<object", "@import", "url(", "src=", "fetch(", "<base",
        ] {
            assert!(!html.contains(word), "{word}");
        }
        // What is linked to is on the page, or stands beside it in the folder; or it is the empty picture of the tab.
        let beside = [
            "tabellen.xlsx",
            "tables.xlsx",
            "charts/nl/",
            "charts/en/",
            "data:,",
        ];
        for target in elements(&html, "href=\"", "\"") {
            assert!(
                target.starts_with('#') || beside.contains(&target),
                "{target}"
            );
        }
        let ids = elements(&html, " id=\"", "\"");
        let unique: std::collections::BTreeSet<&&str> = ids.iter().collect();
        assert_eq!(unique.len(), ids.len(), "an id is there twice");
    }

    #[test]
    fn the_first_screen_says_what_this_is_and_how_broadly_each_verdict_holds() {
        let scenario = scenario(3);
        let (_home, path) = written(&scenario);
        let html = page(&Board::read(&path).unwrap());
        let first = elements(&html, "id=\"nl-first\"", "</section>")[0];
        assert!(first.contains("verzonnen gezinnen") && first.contains("voorgestelde varianten"));
        assert!(
            first.contains("Zoals het nu gaat (estafettemodel)"),
            "{first}"
        );
        for case in &scenario.cases {
            assert!(first.contains(&*escaped(&case.form.what.as_ref().unwrap().nl)));
        }
        assert!(first.contains("tegen het besluit van 24 april 2024"));
        for key in FIRST {
            let cells = first.matches(&format!("data-k=\"{}\"", row(key))).count();
            assert_eq!(cells, scenario.cases.len(), "{key}");
        }
        let told = first.matches("aria-label=\"lager in ").count();
        assert_eq!(told, FIRST.len() * (scenario.cases.len() - 1));
        // Handovers 1, 2, 6 against 0, 2, 1: no interval leaves out zero.
        assert!(!first.contains("class=\"good\"") || !first.contains("class=\"bad\""));
    }

    #[test]
    fn a_form_that_gets_stuck_says_so_at_its_head_and_looks_good_nowhere() {
        let scenario = scenario(3);
        let growing = growing_outcome(&scenario, "v1_expertnetwerk");
        let (_home, path) = written_of(&scenario, &growing);
        let html = page(&Board::read(&path).unwrap());
        assert!(
            html.contains(
                "wachtrij groeit in 1 van 2 regio's"
                    .replace('\'', "&apos;")
                    .as_str()
            )
        );
        let n = scenario.cases.len();
        assert!(html.contains(&format!(
            "In 1 van de {n} vormen groeit ergens een wachtrij"
        )));
        for view in ["nl-first", "nl-safety"] {
            let view = elements(&html, &format!("id=\"{view}\""), "</section>")[0];
            for key in [
                "ots_per_100_cases",
                "measures_missed_per_100_cases",
                "safe_after_18_months_percent",
                "unsafe_days_per_family_year",
            ] {
                let cell = format!("data-f=\"1\" data-k=\"{}\"", row(key));
                let cell = elements(view, &cell, "</td>")[0];
                assert!(cell.contains('∞') && cell.starts_with('>'), "{key}: {cell}");
            }
        }
    }

    #[test]
    fn every_headline_stands_in_a_table_of_the_page() {
        let shown = || [FIRST, WAITING, SAFETY, STAFF].into_iter().flatten();
        for kpi in headlines() {
            let key = KPIS[kpi].key;
            let middle = key.replace("_mean_days", "_p50_days");
            assert!(shown().any(|one| *one == key || *one == middle), "{key}");
        }
    }

    #[test]
    fn a_measure_never_stands_without_safety() {
        let (_home, path) = written(&scenario(3));
        let html = page(&Board::read(&path).unwrap());
        let figure = &elements(&html, "<figure id=\"nl-ots_per_100_cases\">", "</figure>")[0];
        for beside in [
            "Gemiste maatregelen per 100 zaken: verschil",
            "Onveilige dagen per gezin per jaar: verschil",
            "Veilig na anderhalf jaar (%): verschil",
        ] {
            assert!(figure.contains(beside), "{beside}");
        }
    }

    #[test]
    fn a_proposal_is_said_to_be_one_once_in_every_figure_file() {
        let (_home, path) = written(&scenario(3));
        let run = Board::read(&path).unwrap();
        for figure in figures(&run, Lang::Nl) {
            let n = figure.to_file().matches("oorgestelde variant").count();
            assert!((1..=2).contains(&n), "{}: {n}", figure.key);
        }
        let page = page(&run);
        let n = page.matches("oorgestelde variant").count();
        assert!(n < 40, "{n} times on the page");
    }

    #[test]
    fn hostile_names_are_text_and_harm_nothing() {
        let tricks = [
            "</script><script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "\" onmouseover=\"alert(1)",
            "'); alert(1); ('",
            "=cmd|' /C calc'!A0",
            "../../x",
            "[[data]] {kpi} ]]>",
            "\u{2028}\u{0}\u{202e}",
        ];
        let long = "woord<b>".repeat(1250);
        for trick in tricks.into_iter().chain([long.as_str()]) {
            let mut hostile = scenario(2);
            let label = Label {
                nl: trick.to_owned(),
                en: trick.to_owned(),
            };
            hostile.label = label.clone();
            hostile.belief.label = label.clone();
            hostile.cases[1].form.label = label.clone();
            hostile.cases[1].form.what = Some(label.clone());
            hostile.cases[1].form.source = trick.to_owned();
            hostile.cases[1].form.teams[0].label = label;
            hostile.ledger[0].source = trick.to_owned();
            hostile.ledger[0].overridden_by = vec![trick.to_owned()];
            hostile.inputs[0].path = trick.to_owned();
            let (home, path) = written(&hostile);
            let html = page(&Board::read(&path).unwrap());
            // The page's own two scripts and no other; no element or attribute of ours.
            assert_eq!(html.matches("<script").count(), 2, "{trick}");
            assert_eq!(html.matches("</script").count(), 2, "{trick}");
            for word in ["<img", "<b>w", "onmouseover=\"", "onerror=alert(1)>"] {
                assert!(!html.contains(word), "{trick}: {word}");
            }
            assert!(!html.contains(['\u{0}', '\u{2028}', '\u{202e}']), "{trick}");
            let data = elements(&html, "id=\"data\">", "</script>")[0];
            serde_json::from_str::<serde_json::Value>(data).unwrap();
            // As a spreadsheet reads it, no field begins a formula.
            for table in ["evidence", "kpis", "series", "columns"] {
                let mut rows = csv::Reader::from_path(path.join(format!("{table}.csv"))).unwrap();
                for row in rows.records() {
                    let row = row.unwrap();
                    let formula = row.iter().find(|field| {
                        field.starts_with(['=', '+', '-', '@']) && field.parse::<f64>().is_err()
                    });
                    assert_eq!(formula, None, "{table}");
                }
            }
            assert_eq!(names(home.path()), ["run"], "{trick}");
            assert!(html.len() < 5_000_000);
            for figure in figures(&Board::read(&path).unwrap(), Lang::Nl) {
                let svg = figure.to_file();
                assert!(!svg.contains("<script") && !svg.contains("<img"), "{trick}");
                // An SVG that is no XML would panic here.
                if figure.key.starts_with("flows") {
                    png(&svg, &figure.title, &figure.words());
                }
            }
        }
    }
}

//! What a board opens, made of a run folder: the page, and its figures as files.

use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::Lang;
use super::chart::Figure;
use super::folder::File;
use super::folder_error::FolderError;
use super::geometry::{self, GEOMETRY, GeometryError, Outlines};
use super::page::page;
use super::picture::figures;
use super::raster::png;
use super::reading::Run;
use super::renewal::Renewal;

/// Name of the page in a run folder.
const PAGE: &str = "report.html";
/// Name of the folder with the figures.
const CHARTS: &str = "charts";

/// The page of a run and its figures, as files of its folder.
pub(super) fn publication(run: &Run) -> Vec<File> {
    let charts = [Lang::Nl, Lang::En].into_iter().flat_map(|lang| {
        let figures = figures(run, lang).into_iter();
        figures.map(move |figure| (lang.pick("nl", "en"), figure))
    });
    let charts: Vec<(&str, Figure)> = charts.collect();
    // A PNG takes a hundred times as long as all that is written in words.
    let drawn = charts.par_iter().flat_map_iter(|(folder, figure)| {
        let svg = figure.to_file();
        let png = png(&svg, &figure.title, &figure.words());
        [("svg", svg.into_bytes()), ("png", png)].map(|(ending, contents)| File {
            name: format!("{CHARTS}/{folder}/{}.{ending}", figure.key),
            contents,
        })
    });
    let mut files: Vec<File> = drawn.collect();
    files.push(File {
        name: PAGE.to_owned(),
        contents: page(run).into_bytes(),
    });
    files
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
    publish_anew(renewal, &Run::read(folder)?)
}

/// The same with borders from a file for the map instead of its tiles. They are kept in the folder, as
/// large as they are drawn, so that from then on it gives the same page without the file.
///
/// # Errors
///
/// When the borders cannot be drawn, and nothing is written; or as [`publish`].
pub fn publish_with(folder: &Path, borders: &Path) -> Result<PathBuf, PublishError> {
    let renewal = Renewal::begin(folder)?;
    let mut run = Run::read(folder).map_err(FolderError::from)?;
    let outlines = Outlines::read(borders, &run.manifest.regions)?;
    renewal.staging().write(GEOMETRY, outlines.to_json())?;
    run.outlines = geometry::kept(renewal.staging().path()).map_err(FolderError::from)?;
    Ok(publish_anew(renewal, &run)?)
}

/// Writes page and figures of a run beside what else of it is made anew, and puts all of it in its place.
pub(super) fn publish_anew(renewal: Renewal, run: &Run) -> Result<PathBuf, FolderError> {
    for file in publication(run) {
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

    use super::super::reading::tests::written;
    use super::*;
    use crate::experiment::fixture::scenario;
    use crate::experiment::headlines;
    use crate::model::{KPIS, Label};
    use crate::report::picture::{GROUPS, group};

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
            let page = fs::read(path.join(PAGE)).unwrap();
            svgs.chain([page]).collect::<Vec<_>>()
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
        let html = page(&Run::read(&path).unwrap());
        assert!(html.len() < 5_000_000, "{}", html.len());
        for word in [
            "<img", "<iframe", "<object", "@import", "url(", "src=", "fetch(", "<base",
        ] {
            assert!(!html.contains(word), "{word}");
        }
        // What is linked to is on the page, or the empty picture of the tab.
        for target in elements(&html, "href=\"", "\"") {
            assert!(target.starts_with('#') || target == "data:,", "{target}");
        }
        let ids = elements(&html, " id=\"", "\"");
        let unique: std::collections::BTreeSet<&&str> = ids.iter().collect();
        assert_eq!(unique.len(), ids.len(), "an id is there twice");
    }

    #[test]
    fn five_sentences_answer_and_every_variant_is_said_to_be_a_proposal() {
        let scenario = scenario(3);
        let (_home, path) = written(&scenario);
        let html = page(&Run::read(&path).unwrap());
        let answers = elements(&html, "<ol class=\"answer\">", "</ol>");
        assert_eq!(answers.len(), 2);
        assert!(
            answers
                .iter()
                .all(|answer| answer.matches("<li>").count() == 5)
        );
        // Handovers 1, 2, 6 against 0, 2, 1: no interval leaves out zero.
        assert!(
            answers[0]
                .contains("geen verschil aangetoond bij voorgestelde varianten Expertnetwerk")
        );
        assert!(!answers[0].contains("lager bij"), "{}", answers[0]);
        let figure = &elements(&html, "<figure id=\"nl-handovers_per_case\">", "</figure>")[0];
        let proposals = scenario
            .cases
            .iter()
            .filter(|case| case.form.is_proposal)
            .count();
        assert!(figure.matches("(voorgestelde variant)</text>").count() >= 2 * proposals);
        assert!(figure.contains("aannames (graad D)"));
    }

    #[test]
    fn a_measure_never_stands_without_safety() {
        let (_home, path) = written(&scenario(3));
        let html = page(&Run::read(&path).unwrap());
        let measures: Vec<_> = headlines()
            .filter(|&kpi| KPIS[kpi].key.ends_with("_per_100_cases"))
            .collect();
        assert!(measures.len() >= 5);
        for kpi in measures {
            let begin = format!("<figure id=\"nl-{}\">", KPIS[kpi].key);
            let figure = &elements(&html, &begin, "</figure>")[0];
            assert!(figure.contains("Onveilige dagen per gezin per jaar: verschil"));
            assert!(figure.contains("Hermelding binnen 12 maanden (%): verschil"));
        }
    }

    #[test]
    fn every_headline_stands_in_one_group_that_is_shown() {
        for kpi in headlines() {
            assert!(GROUPS.contains(&group(&KPIS[kpi])), "{}", KPIS[kpi].key);
        }
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
            hostile.cases[1].form.source = trick.to_owned();
            hostile.cases[1].form.teams[0].label = label;
            hostile.ledger[0].source = trick.to_owned();
            hostile.ledger[0].overridden_by = vec![trick.to_owned()];
            hostile.inputs[0].path = trick.to_owned();
            let (home, path) = written(&hostile);
            let html = page(&Run::read(&path).unwrap());
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
            for figure in figures(&Run::read(&path).unwrap(), Lang::Nl) {
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

//! The main figures as slides: as large as a screen in a meeting room, every text to be read from its back.

use crate::report::chart::Slide;
use crate::report::figure::picture::{differences, name, place, row, values};
use crate::report::finding::verdict::finding;
use crate::report::words::board_kpi::FIRST;
use crate::report::words::phrase::{phrase, told};
use crate::report::{Lang, Run};

/// More forms than these do not fit on a slide.
const MOST_FORMS: usize = 8;
/// KPIs that are no slide of their own, with that beside which they stand.
const TOGETHER: (&str, &str) = ("ots_per_100_cases", "measures_missed_per_100_cases");

/// A slide of each KPI that a board reads first.
pub(crate) fn slides(run: &Run, lang: Lang) -> Vec<Slide> {
    if run.forms().len() > MOST_FORMS {
        return Vec::new();
    }
    let own = FIRST.iter().filter(|key| **key != TOGETHER.1);
    own.map(|key| of_kpi(run, key, lang)).collect()
}

fn of_kpi(run: &Run, key: &str, lang: Lang) -> Slide {
    let kpi = row(key);
    let mut panels = vec![values(run, kpi, name(kpi, lang), lang)];
    if key == TOGETHER.0 {
        let other = row(TOGETHER.1);
        panels.push(values(run, other, name(other, lang), lang));
    } else if run.variants().next().is_some() {
        let baseline = run.forms()[run.baseline()].short_name(lang);
        let title = told("differences", lang, &[("baseline", baseline)]);
        panels.push(differences(run, kpi, title, lang));
    }
    let parts = [
        ("place", &*place(run, lang)),
        ("seed", &run.manifest.seed.to_string()),
        ("run", &run.manifest.scenario.key),
    ];
    Slide {
        key: format!("slide_{key}"),
        title: finding(run, kpi, lang),
        panels,
        notes: vec![
            told("slide_note", lang, &parts),
            phrase("proposals_note", lang).to_owned(),
        ],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::fixture::scenario;
    use crate::report::run::reading::tests::written;

    #[test]
    fn a_slide_is_as_large_as_a_screen_and_no_text_on_it_is_below_fourteen_points() {
        let (_home, path) = written(&scenario(3));
        let run = Run::read(&path).unwrap();
        let slides = slides(&run, Lang::Nl);
        assert_eq!(slides.len(), FIRST.len() - 1);
        for one in &slides {
            let svg = one.to_file();
            let svg = roxmltree::Document::parse(&svg).unwrap();
            let root = svg.root_element();
            assert_eq!(
                (root.attribute("width"), root.attribute("height")),
                (Some("1280"), Some("720"))
            );
            for text in svg.descendants().filter(|node| node.has_tag_name("text")) {
                let scale: f64 = (text.ancestors())
                    .filter_map(|node| {
                        node.attribute("transform")?
                            .split_once("scale(")?
                            .1
                            .trim_end_matches(')')
                            .parse::<f64>()
                            .ok()
                    })
                    .product();
                let size: f64 = text.attribute("font-size").unwrap().parse().unwrap();
                // 14 points are 18.67 pixels.
                assert!(
                    size * scale >= 18.6,
                    "{}: {size} × {scale}: {:?}",
                    one.key,
                    text.text()
                );
            }
        }
        let measures = &slides[slides.len() - 1];
        assert!(
            measures.key.contains("ots") && measures.panels[1].1.contains("emiste maatregelen")
        );
    }
}

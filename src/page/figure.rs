//! Every figure of a run, those of its studies among them.

use super::board::Board;
use crate::report::Lang;
use crate::report::chart::Figure;
use crate::report::figure::picture::{of_kpi, row};
use crate::report::figure::{map, share, stream, timeline};
use crate::report::words::board_kpi::FIRST;
use crate::report::words::phrase::phrase;
use crate::study::attribution::{block_figure, effect_figure};
use crate::study::hours;
use crate::study::lives::journey_figure;
use crate::study::weighing;

/// Every figure of a run.
pub(crate) fn figures(run: &Board, lang: Lang) -> Vec<Figure> {
    let mut figures: Vec<Figure> = FIRST
        .iter()
        .map(|key| of_kpi(run, row(key), lang))
        .collect();
    figures.extend(share::figures(run, lang));
    figures.extend(stream::figures(run, lang));
    figures.push(timeline::queues(run, lang));
    figures.extend((0..run.forms().len()).map(|form| timeline::teams(run, form, lang)));
    figures.push(timeline::warm_up(run, lang));
    figures.push(map::map(run, lang));
    let weighed = run.weighed.iter();
    figures.extend(weighed.flat_map(|weighed| weighing::figure::figures(run, weighed, lang)));
    let attributed = run.attributed.iter();
    figures.extend(attributed.flat_map(|found| effect_figure::figures(run, found, lang)));
    let blocks = run.blocks.iter();
    figures.extend(blocks.flat_map(|parts| block_figure::figures(run, parts, lang)));
    let hours = run.hours.iter();
    figures.extend(hours.flat_map(|hours| hours::figure::figures(run, hours, lang)));
    figures.extend(run.changes.iter().map(|_| timeline::change_over(run, lang)));
    let journeys = run.journeys.as_deref().unwrap_or_default();
    figures.extend(journey_figure::figures(run, journeys, lang));
    // A file says it by itself; the page says it once for all of them.
    if run.forms().iter().any(|form| form.is_proposal) {
        for figure in &mut figures {
            figure
                .notes
                .insert(0, phrase("proposals_note", lang).to_owned());
        }
    }
    figures
}

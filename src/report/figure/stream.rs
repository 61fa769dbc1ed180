//! Figures of how families go through the chain, beside those of the baseline.

use super::picture::{guide, row, source};
use crate::model::{Entrance, Function, Step};
use crate::report::Lang;
use crate::report::chart::{Drawn, Figure, Stream, StreamPanel, StreamStep, team_ink};
use crate::report::figure::picture::decimals;
use crate::report::finding::verdict::{Verdict, numbers};
use crate::report::record::flow_table::ReadFlow;
use crate::report::run::reading::Run;
use crate::report::words::number::local;
use crate::report::words::phrase::{phrase, told};
use crate::report::words::sentence::capital;
use crate::report::words::wording;

/// The steps that have a row, from above; some are drawn as one.
const ROWS: [&[Step]; 15] = [
    &[
        Step::Came(Entrance::FirstMelding),
        Step::Came(Entrance::Hermelding),
    ],
    &[Step::At(Function::Veiligheidsbeoordeling)],
    &[Step::FollowUp],
    &[Step::At(Function::Crisis)],
    &[Step::At(Function::Onderzoek)],
    &[Step::At(Function::VoorwaardenEnVervolg)],
    &[Step::Came(Entrance::OwnIntake)],
    &[Step::At(Function::VrijwilligeHulp)],
    &[Step::At(Function::Drang)],
    &[Step::At(Function::Jeugdbeschermingstafel)],
    &[Step::At(Function::Beschermingsonderzoek)],
    &[Step::At(Function::ToetsEnVerzoek)],
    &[Step::At(Function::Rechter)],
    &[Step::At(Function::UitvoeringMaatregel)],
    &[Step::At(Function::Nazorg)],
];
/// Ink of an entrance.
const ENTRANCE: &str = "#555555";
/// A stream is drawn from this share of all that comes in.
const LEAST_SHARE: f64 = 0.0005;
/// Streams that are told in words.
const N_TOLD: usize = 10;

/// A figure of every variant beside the baseline, or of the only form.
pub(crate) fn figures(run: &Run, lang: Lang) -> impl Iterator<Item = Figure> {
    shown(run)
        .into_iter()
        .map(move |form| figure(run, form, lang))
}

/// The forms that have a figure.
pub(crate) fn shown(run: &Run) -> Vec<usize> {
    let variants: Vec<usize> = run.variants().collect();
    match variants.is_empty() {
        true => vec![run.baseline()],
        false => variants,
    }
}

/// The figure of a form, beside the baseline.
pub(crate) fn figure(run: &Run, form: usize, lang: Lang) -> Figure {
    let mut forms = vec![run.baseline()];
    if form != run.baseline() {
        forms.push(form);
    }
    // The same families are as broad in every figure of the run.
    let breadths = (0..run.forms().len()).map(|form| {
        let (steps, streams) = drawn(run, form, lang);
        StreamPanel::breadth(&steps, &streams)
    });
    let per_pixel = StreamPanel::per_pixel(breadths.fold(0.0, f64::max));
    let left_out = LEAST_SHARE * coming(run);
    let meldingen = |key: &str| {
        let estimate = run.estimate(run.baseline(), run.merged(), row(key));
        estimate.map_or("–".to_owned(), |one| local(one.mean, 0, lang))
    };
    let parts = [
        ("n", &*local(left_out, 0, lang)),
        ("again", &meldingen("vervolgmeldingen_per_year")),
        ("all", &meldingen("meldingen_per_year")),
    ];
    Figure {
        key: format!("flows_{form}"),
        title: title(run, form, lang),
        n_columns: 2,
        guide: guide(run, "guide_streams", lang),
        notes: vec![
            told("stream_note", lang, &parts),
            source(run, "flows.csv", lang),
        ],
        panels: forms
            .into_iter()
            .map(|form| panel(run, form, per_pixel, lang))
            .collect(),
    }
}

fn flows_of(run: &Run, form: usize) -> impl Iterator<Item = &ReadFlow> {
    run.flows.iter().filter(move |flow| flow.form == form)
}

/// Families that come in a year under the baseline.
fn coming(run: &Run) -> f64 {
    let came = flows_of(run, run.baseline());
    let came = came.filter(|flow| row_of(flow.from).is_some_and(is_entrance));
    came.map(|flow| flow.families.mean).sum()
}

fn row_of(step: Step) -> Option<usize> {
    ROWS.iter().position(|steps| steps.contains(&step))
}

fn is_entrance(row: usize) -> bool {
    matches!(ROWS[row][0], Step::Came(_))
}

fn title(run: &Run, form: usize, lang: Lang) -> String {
    let kpi = row("handovers_per_case");
    let value = |form| {
        numbers(
            run.estimate(form, run.merged(), kpi),
            decimals(run, kpi),
            lang,
        )
    };
    let (here, there) = (value(form), value(run.baseline()));
    let name = run.heading(form, lang);
    if form == run.baseline() {
        let parts = [("form", &*name), ("value", &here)];
        return told("stream_title_alone", lang, &parts);
    }
    let verdict = Verdict::of_kpi(run, form, run.merged(), kpi);
    if verdict == Verdict::Grows {
        return told("stream_title_grows", lang, &[("form", &*name)]);
    }
    let verdict = match verdict {
        Verdict::Lower => "stream_lower",
        Verdict::Higher => "stream_higher",
        Verdict::NotShown => "stream_not_shown",
        Verdict::Unknown | Verdict::Grows => "stream_unknown",
    };
    let parts = [
        ("form", &*name),
        ("value", &here),
        ("level", &there),
        ("verdict", phrase(verdict, lang)),
    ];
    told("stream_title", lang, &parts)
}

fn panel(run: &Run, form: usize, per_pixel: f64, lang: Lang) -> Drawn {
    let (steps, streams) = drawn(run, form, lang);
    let title = run.heading(form, lang);
    let parts = [("form", &*title), ("values", &in_words(run, form, lang))];
    let words = told("stream_alt", lang, &parts);
    let legend = ["stream_kept", "stream_handed", "stream_stop"];
    let panel = StreamPanel {
        title,
        legend: legend.map(|key| phrase(key, lang).to_owned()),
        steps,
        streams,
        per_pixel,
    };
    (panel.draw(), words)
}

/// Steps and streams of a form as they are drawn.
fn drawn(run: &Run, form: usize, lang: Lang) -> (Vec<StreamStep>, Vec<Stream>) {
    let least = LEAST_SHARE * coming(run);
    let mut streams: Vec<Stream> = Vec::new();
    let mut numbers = [[0.0; 3]; ROWS.len()];
    let mut teams = [None; ROWS.len()];
    for flow in flows_of(run, form) {
        let Some(from) = row_of(flow.from) else {
            continue;
        };
        let families = flow.families.mean;
        teams[from] = teams[from].or(flow.from_team);
        numbers[from][1] += families;
        if flow.to == Step::Closed {
            numbers[from][2] += families;
        }
        let Some(to) = row_of(flow.to) else {
            continue;
        };
        teams[to] = teams[to].or(flow.to_team);
        numbers[to][0] += families;
        match streams
            .iter_mut()
            .find(|one| (one.from, one.to) == (from, to))
        {
            Some(stream) => {
                stream.families += families;
                stream.handovers += flow.handovers;
            }
            None => streams.push(Stream {
                from,
                to,
                families,
                handovers: flow.handovers,
            }),
        }
    }
    streams.retain(|stream| stream.families >= least);
    let step = |row: usize| {
        let [came, went, ended] = numbers[row];
        let number = local(if is_entrance(row) { went } else { came }, 0, lang);
        let is_there = came + went > 0.0;
        let parts = [("n", &*number), ("ended", &local(ended, 0, lang))];
        let key = match (is_there, ended >= least && !is_entrance(row)) {
            (false, _) => "stream_absent",
            (true, false) => "stream_number",
            (true, true) => "stream_number_ended",
        };
        let label = teams[row].map(|team: usize| &run.forms()[form].teams[team]);
        StreamStep {
            name: capital(&name(ROWS[row][0], lang)),
            team: match label {
                Some(label) => lang.pick(&label.nl, &label.en).to_owned(),
                None => String::new(),
            },
            numbers: told(key, lang, &parts),
            ink: is_there.then(|| ink(run, label.map(|label| label.key.as_str()))),
            families: came.max(went),
            ended,
        }
    };
    ((0..ROWS.len()).map(step).collect(), streams)
}

/// The ink of a team, the same in every form that has one of that key.
fn ink(run: &Run, team: Option<&str>) -> &'static str {
    team.map_or(ENTRANCE, |key| team_ink(run.team_number(key)))
}

/// What a step is called.
fn name(step: Step, lang: Lang) -> String {
    match step {
        Step::Came(entrance) => phrase(
            match entrance {
                Entrance::OwnIntake => "step_own_intake",
                Entrance::Jeugdreclassering => "step_jeugdreclassering",
                Entrance::Stock => "step_stock",
                _ => "step_melding",
            },
            lang,
        )
        .to_owned(),
        Step::FollowUp => phrase("step_follow_up", lang).to_owned(),
        Step::Closed => phrase("step_closed", lang).to_owned(),
        Step::At(Function::Rechter) => "kinderrechter".to_owned(),
        Step::At(function) => wording::bare_function(function).to_owned(),
    }
}

/// The largest streams, the largest first.
fn in_words(run: &Run, form: usize, lang: Lang) -> String {
    let mut flows: Vec<&ReadFlow> = flows_of(run, form).collect();
    flows.sort_by(|a, b| b.families.mean.total_cmp(&a.families.mean));
    let team = |number: Option<usize>| {
        number.map_or(String::new(), |number| {
            let label = &run.forms()[form].teams[number];
            format!(" ({})", lang.pick(&label.nl, &label.en))
        })
    };
    let one = |flow: &&ReadFlow| {
        let from = name(flow.from, lang) + &team(flow.from_team);
        let to = name(flow.to, lang) + &team(flow.to_team);
        let handovers = local(flow.handovers, 0, lang);
        let families = local(flow.families.mean, 0, lang);
        let parts = [
            ("from", &*from),
            ("to", &to),
            ("families", &families),
            ("handovers", &handovers),
        ];
        told("stream_words", lang, &parts)
    };
    let told = flows.iter().take(N_TOLD).map(one).collect::<Vec<_>>();
    told.join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::fixture::scenario;
    use crate::report::run::reading::tests::written;

    #[test]
    fn a_variant_stands_beside_the_baseline_and_its_largest_streams_are_told() {
        let (_home, path) = written(&scenario(3));
        let run = Run::read(&path).unwrap();
        assert_eq!(shown(&run).len(), run.forms().len() - 1);
        let figure = figure(&run, 1, Lang::Nl);
        assert_eq!(figure.panels.len(), 2);
        let (sheet, words) = &figure.panels[1];
        assert!(
            words.contains("melding naar vrijwillige hulp (Lokaal team)"),
            "{words}"
        );
        let svg = sheet.to_svg("x", "", "");
        assert!(
            svg.contains("Vrijwillige hulp</text>") && !svg.contains("NaN"),
            "{svg}"
        );
        assert!(
            figure.title.contains("geen verschil aangetoond"),
            "{}",
            figure.title
        );
    }

    #[test]
    fn every_step_of_the_way_has_one_row_but_those_that_stand_apart() {
        for step in Step::all() {
            let n = ROWS.iter().filter(|steps| steps.contains(&step)).count();
            let stands_apart = matches!(
                step,
                Step::Closed
                    | Step::Came(
                        Entrance::Stock | Entrance::Jeugdreclassering | Entrance::Vervolgmelding
                    )
                    | Step::At(
                        Function::Jeugdreclassering
                            | Function::Advies
                            | Function::SpecialistischeHulp
                    )
            );
            assert_eq!(n, usize::from(!stands_apart), "{step:?}");
        }
    }
}

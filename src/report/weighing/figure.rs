//! The figures of a weighing.

use super::super::Lang;
use super::super::chart::{Drawn, Figure, RankPanel, SharePanel};
use super::super::phrase::{phrase, told};
use super::super::picture::source;
use super::super::reading::Run;
use super::finding::{self, of_hundred};
use super::reading::{Voiced, Weighed};
use crate::experiment::Scope;

/// Every figure of a weighing.
pub(in super::super) fn figures(run: &Run, weighed: &Weighed, lang: Lang) -> Vec<Figure> {
    vec![first(run, weighed, lang), ranks(run, weighed, lang)]
}

/// How often each form is first under each profile.
pub(in super::super) fn first(run: &Run, weighed: &Weighed, lang: Lang) -> Figure {
    let voices = weighed.voices.iter();
    Figure {
        key: "weighing_first".to_owned(),
        title: finding::first(run, weighed, lang),
        panels: voices.map(|voice| first_of(run, voice, lang)).collect(),
        n_columns: 2,
        guide: phrase("weighing_guide_first", lang).to_owned(),
        notes: notes(run, weighed, "weighing/ranks.csv", lang),
    }
}

fn first_of(run: &Run, voice: &Voiced, lang: Lang) -> Drawn {
    let title = lang.pick(&voice.profile.nl, &voice.profile.en);
    let row = |form: usize| {
        let shares = Scope::BOTH.map(|scope| voice.first(scope, form));
        let [known, all] = shares.map(|share| of_hundred(share, lang));
        let name = run.heading(form, lang);
        (name, shares, format!("{known} · {all}"))
    };
    let rows: Vec<_> = (0..run.forms().len()).map(row).collect();
    let words = rows.iter().map(|(name, _, numbers)| {
        let (known, all) = numbers.split_once(" · ").expect("two numbers");
        let parts = [("name", &**name), ("known", known), ("all", all)];
        told("weighing_alt_first", lang, &parts)
    });
    let words = format!("{title}. {}.", words.collect::<Vec<_>>().join("; "));
    let panel = SharePanel {
        title: title.to_owned(),
        columns: phrase("weighing_columns", lang).to_owned(),
        rows,
        lang,
    };
    (panel.draw(), words)
}

/// How often each form has each rank, under the first profile.
pub(in super::super) fn ranks(run: &Run, weighed: &Weighed, lang: Lang) -> Figure {
    let voice = weighed.voices.first();
    let panels = voice.into_iter().flat_map(|voice| {
        let panel = |scope: Scope| ranks_on(run, voice, scope, lang);
        Scope::BOTH.map(panel)
    });
    Figure {
        key: "weighing_ranks".to_owned(),
        title: voice.map_or_else(String::new, |voice| {
            finding::ranks(run, weighed, voice, lang)
        }),
        panels: panels.collect(),
        n_columns: 2,
        guide: phrase("weighing_guide_ranks", lang).to_owned(),
        notes: notes(run, weighed, "weighing/ranks.csv", lang),
    }
}

fn ranks_on(run: &Run, voice: &Voiced, scope: Scope, lang: Lang) -> Drawn {
    let title = phrase(
        match scope {
            Scope::Known => "weighing_on_known",
            Scope::All => "weighing_on_all",
        },
        lang,
    );
    let forms = 0..run.forms().len();
    let ranks = &voice.ranks[scope as usize];
    let row = |form: usize| (run.heading(form, lang), ranks[form].clone());
    let panel = RankPanel {
        title: title.to_owned(),
        rows: forms.clone().map(row).collect(),
        ends: ["weighing_rank_first", "weighing_rank_last"].map(|key| phrase(key, lang).to_owned()),
    };
    let words = forms.map(|form| {
        let shares = ranks[form].iter().map(|share| of_hundred(*share, lang));
        let shares = shares.collect::<Vec<_>>().join(", ");
        format!("{} {shares}", run.heading(form, lang))
    });
    let words = words.collect::<Vec<_>>().join("; ");
    let words = told("weighing_alt_ranks", lang, &[("values", &words)]);
    (panel.draw(), format!("{title}. {words}"))
}

fn notes(run: &Run, weighed: &Weighed, files: &str, lang: Lang) -> Vec<String> {
    vec![caveat(run, weighed, lang), source(run, files, lang)]
}

/// What a share of draws is not.
pub(in super::super) fn caveat(run: &Run, weighed: &Weighed, lang: Lang) -> String {
    let belief = &run.manifest.belief;
    let belief = super::super::text::cut(lang.pick(&belief.nl, &belief.en), 160);
    let caveat = told("weighing_caveat", lang, &[("belief", &belief)]);
    match weighed.manifest.points {
        0 => caveat,
        n => {
            let points = told("weighing_points", lang, &[("n", &n.to_string())]);
            format!("{caveat} {points}")
        }
    }
}

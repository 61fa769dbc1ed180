//! The figures of a weighing.

use super::finding::{self, of_hundred};
use super::reading::{Voiced, Weighed};
use super::weigh::Scope;
use crate::report::chart::{Drawn, Figure};
use crate::report::chart::{RankPanel, SharePanel};
use crate::report::figure::picture::source;
use crate::report::words::phrase::{phrase, told};
use crate::report::{Lang, Run};

/// Profiles under which no form is first more than this share of draws more or less often look alike.
const ALIKE: f64 = 0.1;

/// Every figure of a weighing, to be read by itself; none where nothing is known to rank by.
pub(crate) fn figures(run: &Run, weighed: &Weighed, lang: Lang) -> Vec<Figure> {
    if weighed.known.is_empty() {
        return Vec::new();
    }
    let mut figures = vec![first(run, weighed, lang), ranks(run, weighed, lang)];
    for figure in &mut figures {
        figure.notes.insert(0, caveat(run, weighed, lang));
    }
    figures
}

/// How often each form is first: a panel for the first profile, and for each that looks like none before it.
pub(crate) fn first(run: &Run, weighed: &Weighed, lang: Lang) -> Figure {
    // Each begins with the one that is drawn.
    let mut groups: Vec<Vec<&Voiced>> = Vec::new();
    for voice in &weighed.voices {
        match groups.iter_mut().find(|group| looks_like(voice, group[0])) {
            Some(group) => group.push(voice),
            None => groups.push(vec![voice]),
        }
    }
    let name = |voice: &&Voiced| format!("‘{}’", lang.pick(&voice.profile.nl, &voice.profile.en));
    let not_drawn = groups.iter().filter(|group| group.len() > 1).map(|group| {
        let alike: Vec<String> = group[1..].iter().map(name).collect();
        let parts = [
            ("profiles", &*lang.list(&alike)),
            ("shown", &name(&group[0])),
        ];
        told("weighing_alike", lang, &parts)
    });
    Figure {
        key: "weighing_first".to_owned(),
        title: finding::first(run, weighed, lang),
        notes: not_drawn
            .chain([source(run, "weighing/ranks.csv", lang)])
            .collect(),
        panels: groups
            .iter()
            .map(|group| first_of(run, group[0], lang))
            .collect(),
        n_columns: 2,
        guide: phrase("weighing_guide_first", lang).to_owned(),
    }
}

/// Whether two profiles have the same form first, and every form about as often.
fn looks_like(one: &Voiced, other: &Voiced) -> bool {
    let n_forms = one.ranks[0].len();
    let is_near = |scope: Scope| {
        (0..n_forms).all(|form| (one.first(scope, form) - other.first(scope, form)).abs() <= ALIKE)
    };
    Scope::BOTH
        .into_iter()
        .all(|scope| one.most_often(scope) == other.most_often(scope) && is_near(scope))
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
pub(crate) fn ranks(run: &Run, weighed: &Weighed, lang: Lang) -> Figure {
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
        notes: vec![source(run, "weighing/ranks.csv", lang)],
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

/// What a share of draws is not.
pub(crate) fn caveat(run: &Run, weighed: &Weighed, lang: Lang) -> String {
    let belief = &run.manifest.belief;
    let belief = crate::report::words::text::cut(lang.pick(&belief.nl, &belief.en), 160);
    let caveat = told("weighing_caveat", lang, &[("belief", &belief)]);
    match weighed.manifest.points {
        0 => caveat,
        n => {
            let points = told("weighing_points", lang, &[("n", &n.to_string())]);
            format!("{caveat} {points}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::folder::manifest::Named;

    fn voice(firsts: [f64; 3]) -> Voiced {
        let ranks = firsts.map(|first| vec![first, 1.0 - first]).to_vec();
        let [key, nl, en] = ["", "", ""].map(str::to_owned);
        Voiced {
            profile: Named { key, nl, en },
            ranks: [ranks.clone(), ranks],
            weights: [Vec::new(), Vec::new()],
            tips: Vec::new(),
        }
    }

    #[test]
    fn profiles_look_alike_if_no_form_is_much_more_often_first() {
        let one = voice([0.7, 0.2, 0.1]);
        assert!(looks_like(&one, &voice([0.65, 0.25, 0.1])));
        assert!(!looks_like(&one, &voice([0.55, 0.35, 0.1])));
        // However near: who is first is what is asked.
        assert!(!looks_like(
            &voice([0.5, 0.45, 0.05]),
            &voice([0.45, 0.5, 0.05])
        ));
    }
}

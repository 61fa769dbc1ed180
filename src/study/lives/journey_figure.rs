//! One family under every form on one line of time.

use super::journey_table::{ToldJourney, ToldLane, ToldStretch};
use crate::model::{Function, Kind, Measure, Standing};
use crate::report::chart::{
    Axis, Bar, Drawn, Figure, Ground, Lane, LaneMark, LanePanel, LaneSign, Mark, Shelf,
};
use crate::report::figure::picture::source;
use crate::report::words::number::decimals_for;
use crate::report::words::phrase::{phrase, told};
use crate::report::words::sentence::{bare, capital};
use crate::report::words::text::cut;
use crate::report::words::wording::{measure, step};
use crate::report::{Lang, Run, local, quoted};

/// Pixels of a panel on a screen, on paper and in a file; and on a phone.
pub(crate) const WIDTHS: [f64; 2] = [880.0, 380.0];
const MOST_TICKS: usize = 6;
/// Families of which none can be called typical.
const FEW: u32 = 10;
/// Characters of a team's name that the legend has room for.
const TEAM_LENGTH: usize = 38;
/// Characters of a team's name in what a pointer is told, and in words.
const HINT_LENGTH: usize = 80;
/// Characters of a key that is an abbreviation.
const ABBREVIATION: usize = 4;

/// Every journey of a run, as files have them.
pub(crate) fn figures(run: &Run, told: &[ToldJourney], lang: Lang) -> Vec<Figure> {
    let journeys = told.iter().filter(|one| one.household.is_some());
    journeys.map(|one| figure(run, one, lang)).collect()
}

/// A journey as a figure of one wide panel.
pub(crate) fn figure(run: &Run, journey: &ToldJourney, lang: Lang) -> Figure {
    Figure {
        key: format!("journey_{}", journey.key),
        title: title(run, journey, lang),
        panels: vec![panel(run, journey, WIDTHS[0], lang)],
        n_columns: 1,
        guide: phrase("journey_guide", lang).to_owned(),
        notes: notes(run, journey, lang).concat(),
    }
}

/// What kind of family it is.
pub(crate) fn title(run: &Run, journey: &ToldJourney, lang: Lang) -> String {
    let baseline = run.forms()[run.baseline()].short_name(lang);
    let key = format!("journey_title_{}", journey.key);
    told(&key, lang, &[("baseline", baseline)])
}

/// How usual it is and what that means for the other forms; and how it was chosen.
pub(crate) fn notes(run: &Run, journey: &ToldJourney, lang: Lang) -> [Vec<String>; 2] {
    [
        vec![usual(run, journey, lang), others(run, journey, lang)],
        vec![
            middle(run, journey, lang),
            source(run, "journeys.csv, journey_types.csv", lang),
        ],
    ]
}

/// Of how many families how many live like that under the baseline.
pub(crate) fn usual(run: &Run, journey: &ToldJourney, lang: Lang) -> String {
    let lane = &journey.lanes[run.baseline()];
    let share = 100.0 * f64::from(lane.n_like_that) / f64::from(lane.n_families.max(1));
    let parts = [
        ("n", &*lane.n_like_that.to_string()),
        ("all", &local(lane.n_families.into(), 0, lang)),
        ("percent", &local(share, decimals_for(share).min(1), lang)),
        ("region", &journey.region),
        ("baseline", run.forms()[run.baseline()].short_name(lang)),
    ];
    let key = match lane.n_like_that {
        0 => "journey_nobody",
        1 => "journey_usual_one",
        _ => "journey_usual",
    };
    let few = match lane.n_like_that {
        1..FEW => phrase("journey_few", lang),
        _ => "",
    };
    told(key, lang, &parts) + few
}

/// The facts of the family beside the medians of those that live like it.
fn middle(run: &Run, journey: &ToldJourney, lang: Lang) -> String {
    let lane = &journey.lanes[run.baseline()];
    let [waited, handovers, retells, unsafe_days] = [0, 1, 2, 3].map(|fact| {
        let number = |value: Option<f64>| {
            value.map_or("–".to_owned(), |value| {
                let decimals = usize::from(value != value.round() && value < 10.0);
                local(value, decimals, lang)
            })
        };
        let parts = [
            ("own", &*number(lane.values[fact].map(f64::round))),
            ("middle", &number(lane.medians[fact])),
        ];
        told("journey_fact", lang, &parts)
    });
    let parts = [
        ("baseline", run.forms()[run.baseline()].short_name(lang)),
        ("waited", &waited),
        ("handovers", &handovers),
        ("retells", &retells),
        ("unsafe_days", &unsafe_days),
    ];
    told("journey_middle", lang, &parts)
}

/// How many live like that under the other forms.
fn others(run: &Run, journey: &ToldJourney, lang: Lang) -> String {
    let one = |form: usize| {
        let name = run.forms()[form].short_name(lang);
        format!("{name} {}", journey.lanes[form].n_like_that)
    };
    let others: Vec<String> = run.variants().map(one).collect();
    if others.is_empty() {
        return phrase("journey_alone", lang).to_owned();
    }
    let parts = [
        ("baseline", run.forms()[run.baseline()].short_name(lang)),
        ("others", &*lang.list(&others)),
    ];
    told("journey_others", lang, &parts)
}

/// The command that tells the same family in full.
pub(crate) fn command(run: &Run, journey: &ToldJourney) -> String {
    let household = journey.household.as_deref().unwrap_or("0");
    let variant = run.manifest.variant.as_ref();
    let variant = variant.map(|one| format!(" --variant {}", quoted(&one.key)));
    format!(
        "rvtsim trace {} --region {} --household {} --replication {} --seed {} --belief {}{}",
        quoted(&run.scenario_file()),
        quoted(&journey.region),
        quoted(household),
        journey.replication,
        run.manifest.seed,
        quoted(&run.manifest.belief.key),
        variant.unwrap_or_default(),
    )
}

/// The lanes of all forms, the baseline first.
pub(crate) fn panel(run: &Run, journey: &ToldJourney, width: f64, lang: Lang) -> Drawn {
    let forms: Vec<usize> = std::iter::once(run.baseline())
        .chain(run.variants())
        .collect();
    let stretches = journey.lanes.iter().flat_map(|lane| &lane.stretches);
    let known = stretches.filter(|one| one.kind != "run_ended");
    let last = known.map(|one| one.to).fold(1.0, f64::max);
    let lanes: Vec<Lane> = forms
        .iter()
        .map(|&form| Telling { run, form, lang }.lane(&journey.lanes[form]))
        .collect();
    let words: Vec<String> = (forms.iter().zip(&lanes))
        .map(|(&form, lane)| {
            let telling = Telling { run, form, lang };
            let leads = telling.leads(&journey.lanes[form]);
            format!("{}: {}. {leads}", lane.name, lane.numbers)
        })
        .collect();
    let panel = LanePanel {
        title: phrase("journey_axis", lang).to_owned(),
        axis: until(last, lang),
        legend: legend(run, journey, lang),
        lanes,
    };
    let words = told("journey_alt", lang, &[("lanes", &words.join(" "))]);
    (panel.draw(width), words)
}

/// An axis that ends where the last life does, which need not be at a tick.
fn until(last: f64, lang: Lang) -> Axis {
    let mut axis = Axis::over(0.0, last, MOST_TICKS, lang);
    axis.ticks.retain(|(day, _)| *day <= last);
    axis.high = last;
    axis
}

/// Grounds of the teams that are there, and the signs.
fn legend(run: &Run, journey: &ToldJourney, lang: Lang) -> Vec<(LaneSign, String)> {
    let mut legend = Vec::new();
    for (number, (key, label)) in teams(run, lang).into_iter().enumerate() {
        let is_there = |form: usize, one: &ToldStretch| {
            let team = one.team.map(|team| &run.forms()[form].teams[team].key);
            ["lead", "joined"].contains(&&*one.kind) && team == Some(&key)
        };
        let mut lanes = journey.lanes.iter().enumerate();
        if lanes.any(|(form, lane)| lane.stretches.iter().any(|one| is_there(form, one))) {
            legend.push((LaneSign::Bar(Ground::Of(number)), legend_name(&key, &label)));
        }
    }
    let joined = Ground::Plain;
    let signs = [
        (LaneSign::Thin(joined), "joined"),
        (LaneSign::Thin(Ground::Empty), "wait"),
        (LaneSign::Thin(Ground::Heavy), "measure"),
        (LaneSign::Mark(Mark::Triangle), "handover"),
        (LaneSign::Mark(Mark::Circle), "retell"),
        (LaneSign::Mark(Mark::Cross), "incident"),
        (LaneSign::Mark(Mark::BoxedCross), "crisis"),
        (LaneSign::Mark(Mark::Tick), "came"),
        (LaneSign::Mark(Mark::House), "safe"),
        (LaneSign::Mark(Mark::End), "closed"),
        (LaneSign::Mark(Mark::GoesOn), "open"),
    ];
    let sign = |(sign, key): (LaneSign, &str)| {
        let words = phrase(&format!("journey_sign_{key}"), lang);
        (sign, words.to_owned())
    };
    legend.extend(signs.map(sign));
    legend
}

/// Every team of any form once, with what it is called.
fn teams(run: &Run, lang: Lang) -> Vec<(String, String)> {
    let mut teams: Vec<(String, String)> = Vec::new();
    for team in run.forms().iter().flat_map(|form| &form.teams) {
        if !teams.iter().any(|(key, _)| *key == team.key) {
            let label = lang.pick(&team.nl, &team.en);
            teams.push((team.key.clone(), label.to_owned()));
        }
    }
    teams
}

fn legend_name(key: &str, label: &str) -> String {
    let before = label.split(',').next().unwrap_or(label);
    let name = if key.len() <= ABBREVIATION {
        format!("{}: {before}", key.to_uppercase())
    } else {
        capital(label)
    };
    match name.chars().count() {
        ..=TEAM_LENGTH => name,
        _ => capital(&key.replace('_', " ")),
    }
}

/// Names of a team that fit in a bar, the longest first.
fn names_in_bar(key: &str, label: &str) -> Vec<String> {
    let before = label.split(',').next().unwrap_or(label);
    let short = match key.len() {
        ..=ABBREVIATION => key.to_uppercase(),
        _ => key.replace('_', " "),
    };
    let initials: String = key
        .split('_')
        .filter_map(|word| word.chars().next())
        .collect();
    let mut names = vec![capital(before), capital(&short)];
    if initials.len() > 1 {
        names.push(initials.to_uppercase());
    }
    names
}

/// What is told of a life under one form.
struct Telling<'a> {
    run: &'a Run,
    form: usize,
    lang: Lang,
}

impl Telling<'_> {
    fn lane(&self, lane: &ToldLane) -> Lane {
        let bars = lane.stretches.iter().filter_map(|one| self.bar(one));
        let mut marks: Vec<LaneMark> = lane
            .stretches
            .iter()
            .filter_map(|one| self.mark(one))
            .collect();
        let is_open = lane.standing.map(|one| Standing::ALL[one]) == Some(Standing::Open);
        if let (true, Some(last)) = (is_open, lane.stretches.last()) {
            marks.push(LaneMark {
                at: last.to,
                mark: Mark::GoesOn,
                hint: phrase("journey_sign_open", self.lang).to_owned(),
            });
        }
        Lane {
            name: self.run.heading(self.form, self.lang),
            numbers: self.numbers(lane),
            bars: bars.collect(),
            marks,
        }
    }

    fn numbers(&self, lane: &ToldLane) -> String {
        let number = |fact: usize| lane.values[fact].unwrap_or(0.0).round();
        let texts = [0, 1, 2, 3].map(|fact| local(number(fact), 0, self.lang));
        let standing = lane.standing.map_or("open", |one| Standing::ALL[one].key());
        let standing = phrase(&format!("journey_standing_{standing}"), self.lang);
        let handovers = told("journey_handovers", self.lang, &[("n", &texts[1])]);
        let parts = [
            ("waited", &*texts[0]),
            ("handovers", &handovers),
            ("retells", &texts[2]),
            ("unsafe_days", &texts[3]),
            ("standing", standing),
        ];
        told("journey_numbers", self.lang, &parts)
    }

    /// Who holds the family from day to day, in words.
    fn leads(&self, lane: &ToldLane) -> String {
        let leads = lane.stretches.iter().filter(|one| one.kind == "lead");
        let leads = leads.map(|one| {
            let (_, label) = self.team(one);
            let parts = [
                ("team", &*label),
                ("from", &self.day(one.from)),
                ("to", &self.day(one.to)),
            ];
            told("journey_lead_alt", self.lang, &parts)
        });
        leads.collect::<Vec<_>>().join("; ") + "."
    }

    fn day(&self, days: f64) -> String {
        local(days.round(), 0, self.lang)
    }

    /// Key and name of the team of a stretch.
    fn team(&self, one: &ToldStretch) -> (String, String) {
        let team = one
            .team
            .map(|team| &self.run.forms()[self.form].teams[team]);
        team.map_or_else(Default::default, |team| {
            (
                team.key.clone(),
                cut(self.lang.pick(&team.nl, &team.en), HINT_LENGTH),
            )
        })
    }

    fn ground_of(&self, key: &str) -> Ground {
        let teams = teams(self.run, self.lang);
        let number = teams.iter().position(|(other, _)| other == key);
        Ground::Of(number.unwrap_or(0))
    }

    fn bar(&self, one: &ToldStretch) -> Option<Bar> {
        let (key, label) = self.team(one);
        let days = local((one.to - one.from).round(), 0, self.lang);
        let (shelf, ground, labels, what) = match &*one.kind {
            "lead" => (
                Shelf::Main,
                self.ground_of(&key),
                names_in_bar(&key, &label),
                label,
            ),
            "joined" => (
                Shelf::Beside,
                self.ground_of(&key),
                names_in_bar(&key, &label),
                format!("{label}, {}", self.step(&one.detail)),
            ),
            "wait" => {
                let parts = [("days", &*days), ("step", &self.step(&one.detail))];
                let labels = ["journey_wait_long", "journey_wait", "journey_wait_short"];
                (
                    Shelf::Below,
                    Ground::Empty,
                    labels.map(|key| told(key, self.lang, &parts)).to_vec(),
                    told("journey_wait_hint", self.lang, &parts),
                )
            }
            "measure" => {
                let known = Measure::ALL.iter().find(|one_| one_.key() == one.detail);
                let name = known.map_or(&*one.detail, |known| measure(*known));
                let names = vec![name.to_owned(), short(name).to_owned()];
                (Shelf::Last, Ground::Heavy, names, name.to_owned())
            }
            _ => return None,
        };
        let parts = [
            ("what", &*what),
            ("from", &self.day(one.from)),
            ("to", &self.day(one.to)),
        ];
        Some(Bar {
            from: one.from,
            to: one.to,
            shelf,
            ground,
            labels,
            hint: told("journey_hint", self.lang, &parts),
        })
    }

    fn step(&self, key: &str) -> String {
        let function = Function::from_key(key);
        function.map_or(key.to_owned(), |function| {
            bare(step(function, Kind::Regular, self.lang)).to_owned()
        })
    }

    fn mark(&self, one: &ToldStretch) -> Option<LaneMark> {
        let (mark, key) = match (&*one.kind, &*one.detail) {
            ("handover", _) => (Mark::Triangle, "handover"),
            ("retell", _) => (Mark::Circle, "retell"),
            ("incident", "crisis") => (Mark::BoxedCross, "crisis"),
            ("incident", _) => (Mark::Cross, "incident"),
            ("came", "hermelding") => (Mark::Tick, "came"),
            ("safe", _) => (Mark::House, "safe"),
            ("closed", _) => (Mark::End, "closed"),
            _ => return None,
        };
        let sign = phrase(&format!("journey_sign_{key}"), self.lang);
        let (_, label) = self.team(one);
        let what = match label.is_empty() {
            true => sign.to_owned(),
            false => format!("{sign} ({label})"),
        };
        let parts = [("what", &*what), ("day", &self.day(one.from))];
        Some(LaneMark {
            at: one.from,
            mark,
            hint: told("journey_moment", self.lang, &parts),
        })
    }
}

/// What a measure is called in a small place.
fn short(name: &str) -> &str {
    match name {
        "ondertoezichtstelling" => "OTS",
        "voorlopige ondertoezichtstelling" => "VOTS",
        "machtiging uithuisplaatsing" => "UHP",
        "tijdelijk huisverbod" => "huisverbod",
        other => other,
    }
}

//! Warnings as sentences.

use crate::experiment::{
    FEWEST_QUARTERS, FULL_LOAD, MOVING, QUARTER_WEEKS, SERIES, Settling, TOO_FEW_REPLICATIONS,
    Unsettled, UnstableTeam, WIDE_INTERVAL, WarmUp, Warning,
};
use crate::report::Lang;
use crate::report::words::doubt;
use crate::report::words::number::{local, signed};
use crate::report::words::phrase::{counted, of_spread, phrase, told};
use crate::report::words::text::hang;
use crate::scenario::{Doubt, Scenario};

/// Regions that a sentence names; of more it says how many.
const MAX_NAMED: usize = 5;

/// The name of a warning in a manifest.
pub(crate) fn code(warning: &Warning) -> &str {
    match warning {
        Warning::UnstableQueue { .. } => "unstable_queue",
        Warning::WarmUp { .. } => "warm_up",
        Warning::ShortRun { .. } => "short_run",
        Warning::WideInterval { .. } => "wide_interval",
        Warning::FewReplications { .. } => "few_replications",
        Warning::Scenario(diagnostic) => diagnostic.code,
        Warning::Proposal { .. } => "proposal",
        Warning::Monitor(one) => doubt::code(*one),
        Warning::Assumption { .. } => "assumption",
        Warning::Behaviour { .. } => "behaviour",
        Warning::Chance { .. } => "chance",
    }
}

/// All warnings under one heading, in lines of at most so many characters.
pub(crate) fn list(warnings: &[Warning], scenario: &Scenario, lang: Lang, width: usize) -> String {
    let sentences = warnings.iter().map(|one| sentence(one, scenario, lang));
    let lines = sentences.map(|sentence| hang("! ", &sentence, width));
    phrase("warned_heading", lang).to_owned() + &lines.collect::<String>()
}

/// What a warning tells a reader.
pub(crate) fn sentence(warning: &Warning, scenario: &Scenario, lang: Lang) -> String {
    let form = |case: usize| scenario.cases[case].form.key.as_str();
    match warning {
        Warning::UnstableQueue {
            case,
            teams,
            n_regions,
        } => unstable_queue(scenario, *case, teams, *n_regions, lang),
        Warning::WarmUp { series, n_others } => warm_up(scenario, series, *n_others, lang),
        Warning::ShortRun { n_quarters } => short_run(*n_quarters, lang),
        Warning::WideInterval { forms, n_kpis } => {
            let part = |(case, kpis): &(usize, Vec<usize>)| {
                let parts = [("n", &*kpis.len().to_string()), ("form", form(*case))];
                told("warned_wide_form", lang, &parts)
            };
            let parts: Vec<String> = forms.iter().map(part).collect();
            wide_interval(&lang.list(&parts), *n_kpis, lang)
        }
        Warning::FewReplications { n } => few_replications(*n, lang),
        Warning::Scenario(diagnostic) => {
            let help = diagnostic.help.as_ref();
            let help = help.map(|help| format!(" ({})", help.text(lang)));
            let message = diagnostic.message.text(lang);
            format!("{}: {message}{}", diagnostic.code, help.unwrap_or_default())
        }
        Warning::Proposal { cases } => {
            let forms: Vec<String> = cases.iter().map(|&case| form(case).to_owned()).collect();
            proposal(&lang.list(&forms), lang)
        }
        Warning::Monitor(one) => doubt::sentence(*one, scenario, lang).to_owned(),
        Warning::Assumption { n, n_parameters } => assumption(*n, *n_parameters, lang),
        Warning::Behaviour { is_on } => behaviour(*is_on, &scenario.belief.key, lang),
        Warning::Chance {
            n,
            n_excluding_zero,
            share,
        } => chance(scenario, (*n, *n_excluding_zero), *share, lang),
    }
}

fn unstable_queue(
    scenario: &Scenario,
    case: usize,
    teams: &[UnstableTeam],
    n_regions: usize,
    lang: Lang,
) -> String {
    let form = &scenario.cases[case].form;
    let team = |unstable: &UnstableTeam| {
        let parts = [
            ("team", &*form.teams[unstable.team].key),
            ("n", &unstable.regions.len().to_string()),
            ("all", &counted(n_regions, "region", lang)),
            ("names", &some_of(&unstable.regions, lang)),
        ];
        told("warned_no_rest_at", lang, &parts)
    };
    let teams: Vec<String> = teams.iter().map(team).collect();
    let (form, teams) = (&form.key, teams.join("; "));
    let full = FULL_LOAD.to_string();
    told(
        "warned_no_rest",
        lang,
        &[("form", form), ("full", &full), ("teams", &teams)],
    )
}

/// The first of them, and how many more there are.
fn some_of(names: &[String], lang: Lang) -> String {
    if names.len() <= MAX_NAMED {
        return lang.list(names);
    }
    let shown = names[..MAX_NAMED].join(", ");
    let n_left = names.len() - MAX_NAMED;
    let parts = [("shown", &*shown), ("n", &n_left.to_string())];
    told("warned_and_more", lang, &parts)
}

fn warm_up(scenario: &Scenario, series: &[Unsettled], n_others: usize, lang: Lang) -> String {
    let moving: Vec<String> = (series.iter())
        .filter_map(|one| moving(scenario, one, lang))
        .collect();
    let late: Vec<String> = (series.iter())
        .filter_map(|one| late(scenario, one, lang))
        .collect();
    let mut text = String::new();
    if !moving.is_empty() {
        let list = moving.join("; ");
        text.push_str(&told("warned_moving", lang, &[("list", &list)]));
    }
    if !late.is_empty() {
        let list = late.join("; ");
        text.push_str(&told("warned_late", lang, &[("list", &list)]));
    }
    if n_others > 0 {
        let (moving, lines) = (MOVING.to_string(), counted(n_others, "line", lang));
        let others = [("moving", &*moving), ("lines", &lines)];
        text.push_str(&told("warned_others_without_rest", lang, &others));
    }
    text.push_str(phrase("warned_see_figure", lang));
    text.trim_start().to_owned()
}

/// How long the warm-up was and how long it should have been, in one line.
pub(crate) fn warm_up_in_short(warm_up: &WarmUp, lang: Lang) -> String {
    let weeks = |n: u32| counted(n as usize, "week", lang);
    let given = weeks(warm_up.given_weeks);
    let given = format!("{} {given}", phrase("run_warm_up", lang));
    if !warm_up.is_known {
        let unknown = phrase("warm_up_unknown", lang);
        return format!("{given}; {unknown}");
    }
    let needed = match warm_up.needed_weeks {
        Some(n) => format!("{} {}", phrase("warm_up_needed", lang), weeks(n)),
        None => phrase("warm_up_no_rest", lang).to_owned(),
    };
    let (n, n_all) = (warm_up.unsettled.len(), SERIES.len());
    let names = warm_up
        .unsettled
        .iter()
        .map(|&row| lang.series(row).to_owned());
    let names = some_of(&names.collect::<Vec<_>>(), lang);
    let parts = [
        ("given", &*given),
        ("needed", &needed),
        ("n", &n.to_string()),
        ("all", &n_all.to_string()),
        ("names", &names),
    ];
    match n {
        0 => told("warm_up_settles", lang, &parts),
        _ => told("warm_up_does_not_settle", lang, &parts),
    }
}

/// A series that moves: by how much, and in which forms.
fn moving(scenario: &Scenario, series: &Unsettled, lang: Lang) -> Option<String> {
    let moving: Vec<(usize, f64)> = (series.forms.iter())
        .filter(|(_, one)| one.is_moving())
        .filter_map(|(case, one)| Some((*case, one.change?.mean)))
        .collect();
    let low = moving.iter().map(|&(_, change)| change).reduce(f64::min)?;
    let high = moving.iter().map(|&(_, change)| change).reduce(f64::max)?;
    let (from, to) = (signed(low, 0, lang), signed(high, 0, lang));
    let range = if from == to {
        format!("{from} %")
    } else {
        format!("{from} {} {to} %", phrase("script_to", lang))
    };
    let name = lang.series(series.row);
    let forms = forms_of(scenario, moving.iter().map(|&(case, _)| case), lang);
    Some(format!("{name} {range} ({forms})"))
}

/// A series that needs a longer warm-up: how long, and in which forms.
fn late(scenario: &Scenario, series: &Unsettled, lang: Lang) -> Option<String> {
    let given = scenario.period.warm_up_days / 7;
    let needed = |one: &Settling| one.needed_weeks.filter(|&weeks| weeks > given);
    let late: Vec<(usize, u32)> = (series.forms.iter())
        .filter_map(|(case, one)| Some((*case, needed(one)?)))
        .collect();
    let most = late.iter().map(|&(_, weeks)| weeks).max()?;
    let name = lang.series(series.row);
    let weeks = counted(most as usize, "week", lang);
    let forms = forms_of(scenario, late.iter().map(|&(case, _)| case), lang);
    Some(format!("{name}, {weeks} ({forms})"))
}

/// Keys of forms, or that it is all of them.
fn forms_of(scenario: &Scenario, cases: impl Iterator<Item = usize>, lang: Lang) -> String {
    let keys: Vec<String> = cases
        .map(|case| scenario.cases[case].form.key.clone())
        .collect();
    if keys.len() == scenario.cases.len() && keys.len() > 1 {
        phrase("warned_all_forms", lang).to_owned()
    } else {
        lang.list(&keys)
    }
}

fn short_run(n_quarters: usize, lang: Lang) -> String {
    let weeks = FEWEST_QUARTERS as u32 * QUARTER_WEEKS;
    let quarters = counted(n_quarters, "quarter", lang);
    told(
        "warned_short_run",
        lang,
        &[("quarters", &quarters), ("weeks", &weeks.to_string())],
    )
}

fn wide_interval(forms: &str, n_kpis: usize, lang: Lang) -> String {
    let percent = 100.0 * WIDE_INTERVAL;
    told(
        "warned_wide_interval",
        lang,
        &[
            ("percent", &percent.to_string()),
            ("n_kpis", &n_kpis.to_string()),
            ("forms", forms),
        ],
    )
}

fn few_replications(n: u32, lang: Lang) -> String {
    let fewest = TOO_FEW_REPLICATIONS.to_string();
    let parts = [("n", &*n.to_string()), ("fewest", &fewest)];
    match n {
        1 => told("warned_one_replication", lang, &parts),
        _ => told("warned_few_replications", lang, &parts),
    }
}

fn proposal(forms: &str, lang: Lang) -> String {
    told("warned_proposal", lang, &[("forms", forms)])
}

fn assumption(n: usize, n_parameters: usize, lang: Lang) -> String {
    let (n, all) = (n.to_string(), n_parameters.to_string());
    told("warned_assumptions", lang, &[("n", &n), ("all", &all)])
}

fn behaviour(is_on: bool, belief: &str, lang: Lang) -> String {
    let key = match is_on {
        true => "warned_behaviour_on",
        false => "warned_behaviour_off",
    };
    told(key, lang, &[("belief", belief)])
}

fn chance(
    scenario: &Scenario,
    (n, n_excluding_zero): (usize, usize),
    share: Option<f64>,
    lang: Lang,
) -> String {
    let n_at_once = scenario.cases.len() - 1;
    // Of a KPI's comparisons together one in twenty does, so of each by itself fewer.
    let expected = n as f64 / 20.0 / n_at_once as f64;
    let expected = match expected < 0.5 {
        true => phrase("fewer_than_one", lang).to_owned(),
        false => local(expected, 0, lang),
    };
    let parts = [
        ("all", &*counted(n, "comparison", lang)),
        ("found", &n_excluding_zero.to_string()),
        ("chance", &expected),
    ];
    let has_worlds = scenario.doubt != Doubt::None;
    let key = of_spread("chance_told", scenario.replications, has_worlds);
    let found = told(&key, lang, &parts);
    match share {
        Some(share) => {
            let percent = local(100.0 * share, 0, lang);
            found + " " + &told("chance_share_told", lang, &[("percent", &percent)])
        }
        None => found,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::Track;
    use crate::experiment::fixture::scenario;
    use crate::stats::Estimate;

    fn settling(needed_weeks: Option<u32>, changes: &[f64]) -> Settling {
        Settling {
            track: Track { row: 3, team: None },
            needed_weeks,
            change: Estimate::of(changes, 0.95),
            level: 100.0,
        }
    }

    #[test]
    fn a_warm_up_warning_names_series_and_forms() {
        let scenario = scenario(3);
        let falls = settling(None, &[-7.0, -8.0, -9.0]);
        let everywhere = Unsettled {
            row: 3,
            forms: (0..6).map(|case| (case, falls)).collect(),
        };
        let late = Unsettled {
            row: 5,
            forms: vec![(1, settling(Some(117), &[0.0, 0.0]))],
        };
        let warning = Warning::WarmUp {
            series: vec![everywhere, late],
            n_others: 0,
        };
        let text = sentence(&warning, &scenario, Lang::Nl);
        let (moving, rest) = text.split_once(". ").expect("two sentences or more");
        assert!(
            moving.ends_with("gezinnen onder voogdij −8 % (alle vormen)"),
            "{text}"
        );
        let name = SERIES[5].nl;
        let expected = format!("te kort voor: {name}, 117 weken (v1_expertnetwerk). ");
        assert!(rest.contains(&expected), "{text}");
        assert!(!text.contains("lijnen"), "{text}");
    }

    #[test]
    fn one_line_says_how_long_the_warm_up_should_have_been() {
        let line = |needed_weeks, unsettled: &[usize], is_known| {
            let warm_up = WarmUp {
                given_weeks: 313,
                needed_weeks,
                unsettled: unsettled.to_vec(),
                is_known,
            };
            warm_up_in_short(&warm_up, Lang::Nl)
        };
        assert_eq!(
            line(Some(104), &[3], true),
            "inlooptijd 313 weken; nodig: 104 weken; 1 van de 16 reeksen komt niet in elke vorm tot rust: gezinnen onder voogdij"
        );
        assert_eq!(
            line(Some(0), &[], true),
            "inlooptijd 313 weken; nodig: 0 weken (alle 16 reeksen)"
        );
        assert!(line(None, &[], false).ends_with("te kort om te zeggen of dat genoeg is"));
    }
}

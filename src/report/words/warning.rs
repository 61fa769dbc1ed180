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
    lang.pick("\nLet op\n", "\nMind\n").to_owned() + &lines.collect::<String>()
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
                format!(
                    "{} {}",
                    kpis.len(),
                    lang.pick("bij ", "for ").to_owned() + form(*case)
                )
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
        Warning::Monitor(one) => doubt::sentence(*one, lang).to_owned(),
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
        let n = unstable.regions.len();
        let of = lang.pick("van", "of");
        let all = counted(n_regions, "region", lang);
        let names = some_of(&unstable.regions, lang);
        let key = &form.teams[unstable.team].key;
        format!("{key} {} {n} {of} {all} ({names})", lang.pick("in", "in"))
    };
    let teams: Vec<String> = teams.iter().map(team).collect();
    let (form, teams) = (&form.key, teams.join("; "));
    match lang {
        Lang::Nl => format!(
            "{form}: de wachtrij komt niet tot rust (belasting vanaf {FULL_LOAD} % van wat het team met overuren kan, of groei) bij {teams}. Hoe langer de run, hoe langer de wachttijden daar."
        ),
        Lang::En => format!(
            "{form}: the queue finds no rest (load from {FULL_LOAD} % on of what the team can do with overtime, or growth) at {teams}. The longer the run, the longer the waits there."
        ),
    }
}

/// The first of them, and how many more there are.
fn some_of(names: &[String], lang: Lang) -> String {
    if names.len() <= MAX_NAMED {
        return lang.list(names);
    }
    let shown = names[..MAX_NAMED].join(", ");
    let n_left = names.len() - MAX_NAMED;
    format!("{shown} {} {n_left}", lang.pick("en nog", "and another"))
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
        text.push_str(&match lang {
            Lang::Nl => format!("Nog niet in rust in de gemeten periode, verandering per jaar als deel van het gemiddelde: {list}. Zulke cijfers horen bij deze periode en schuiven op met een langere run."),
            Lang::En => format!("Not at rest yet in the measured period, change a year as a share of the mean: {list}. Such figures belong to this period and shift with a longer run."),
        });
    }
    if !late.is_empty() {
        let list = late.join("; ");
        text.push_str(&match lang {
            Lang::Nl => format!(" De inlooptijd is te kort voor: {list}."),
            Lang::En => format!(" The warm-up is too short for: {list}."),
        });
    }
    if n_others > 0 {
        text.push_str(&match lang {
            Lang::Nl => format!(" Zonder rustpunt, maar met een verandering van minder dan {MOVING} % per jaar of niet meer dan door toeval kan, zijn nog {} (reeks en vorm).", counted(n_others, "line", lang)),
            Lang::En => format!(" Without rest, but with a change of less than {MOVING} % a year or no more than by chance, are another {} (series and form).", counted(n_others, "line", lang)),
        });
    }
    text.push_str(lang.pick(
        " Zie charts/nl/warm_up.svg en warm_up.csv.",
        " See charts/en/warm_up.svg and warm_up.csv.",
    ));
    text.trim_start().to_owned()
}

/// How long the warm-up was and how long it should have been, in one line.
pub(crate) fn warm_up_in_short(warm_up: &WarmUp, lang: Lang) -> String {
    let weeks = |n: u32| counted(n as usize, "week", lang);
    let given = weeks(warm_up.given_weeks);
    let given = format!("{} {given}", lang.pick("inlooptijd", "warm-up"));
    if !warm_up.is_known {
        let unknown = lang.pick(
            "de run is te kort om te zeggen of dat genoeg is",
            "the run is too short to say whether that is enough",
        );
        return format!("{given}; {unknown}");
    }
    let needed = match warm_up.needed_weeks {
        Some(n) => format!("{} {}", lang.pick("nodig:", "needed:"), weeks(n)),
        None => lang
            .pick("geen reeks komt tot rust", "no series comes to rest")
            .to_owned(),
    };
    let (n, n_all) = (warm_up.unsettled.len(), SERIES.len());
    let names = warm_up
        .unsettled
        .iter()
        .map(|&row| lang.series(row).to_owned());
    let names = some_of(&names.collect::<Vec<_>>(), lang);
    match (lang, n) {
        (Lang::Nl, 0) => format!("{given}; {needed} (alle {n_all} reeksen)"),
        (Lang::En, 0) => format!("{given}; {needed} (all {n_all} series)"),
        (Lang::Nl, _) => format!(
            "{given}; {needed}; {n} van de {n_all} reeksen {} niet in elke vorm tot rust: {names}",
            if n == 1 { "komt" } else { "komen" }
        ),
        (Lang::En, _) => format!(
            "{given}; {needed}; {n} of {n_all} series {} not come to rest in every form: {names}",
            if n == 1 { "does" } else { "do" }
        ),
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
        format!("{from} {} {to} %", lang.pick("tot", "to"))
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
        lang.pick("alle vormen", "all forms").to_owned()
    } else {
        lang.list(&keys)
    }
}

fn short_run(n_quarters: usize, lang: Lang) -> String {
    let weeks = FEWEST_QUARTERS as u32 * QUARTER_WEEKS;
    let quarters = counted(n_quarters, "quarter", lang);
    match lang {
        Lang::Nl => format!(
            "De run is met {quarters} te kort om te zeggen of de inlooptijd lang genoeg is; daar zijn {weeks} weken voor nodig."
        ),
        Lang::En => format!(
            "With {quarters} the run is too short to say whether its warm-up is long enough; that takes {weeks} weeks."
        ),
    }
}

fn wide_interval(forms: &str, n_kpis: usize, lang: Lang) -> String {
    let percent = 100.0 * WIDE_INTERVAL;
    match lang {
        Lang::Nl => format!(
            "Het 95 %-interval is breder dan ± {percent} % van het gemiddelde (~ in de tabel) bij een deel van de {n_kpis} kernindicatoren: {forms}. Meer herhalingen maken het smaller."
        ),
        Lang::En => format!(
            "The 95 % interval is wider than ± {percent} % of the mean (~ in the table) for part of the {n_kpis} headline KPIs: {forms}. More replications make it narrower."
        ),
    }
}

fn few_replications(n: u32, lang: Lang) -> String {
    match (lang, n) {
        (Lang::Nl, 1) => format!(
            "Er is maar 1 herhaling, dus geen enkel interval. Neem er minstens {TOO_FEW_REPLICATIONS}, liefst 10 (--replications 10)."
        ),
        (Lang::Nl, _) => format!(
            "Er zijn maar {n} herhalingen, de intervallen zeggen weinig. Neem er minstens {TOO_FEW_REPLICATIONS}, liefst 10 (--replications 10)."
        ),
        (Lang::En, 1) => format!(
            "There is only 1 replication, so there are no intervals. Take at least {TOO_FEW_REPLICATIONS}, preferably 10 (--replications 10)."
        ),
        (Lang::En, _) => format!(
            "There are only {n} replications, the intervals say little. Take at least {TOO_FEW_REPLICATIONS}, preferably 10 (--replications 10)."
        ),
    }
}

fn proposal(forms: &str, lang: Lang) -> String {
    match lang {
        Lang::Nl => format!(
            "Voorgestelde variant, een voorstel van dit project: {forms}. Het rapport met de vijf officiële varianten kon niet worden gelezen."
        ),
        Lang::En => format!(
            "Proposed variant (voorgestelde variant), a proposal of this project: {forms}. The report with the five official variants could not be read."
        ),
    }
}

fn assumption(n: usize, n_parameters: usize, lang: Lang) -> String {
    let (nl, en) = if n == 1 {
        ("is", "is")
    } else {
        ("zijn", "are")
    };
    match lang {
        Lang::Nl => format!(
            "{n} van de {n_parameters} parameters {nl} een aanname (graad D), geen waarde uit een bron."
        ),
        Lang::En => format!(
            "{n} of the {n_parameters} parameters {en} an assumption (grade D), not a value from a source."
        ),
    }
}

fn behaviour(is_on: bool, belief: &str, lang: Lang) -> String {
    match (lang, is_on) {
        (Lang::Nl, false) => format!(
            "Effecten van gedrag en overgang staan uit (aannameset {belief}): wat verschilt, volgt uit opzet en uren."
        ),
        (Lang::Nl, true) => format!(
            "Effecten van gedrag of overgang staan aan (aannameset {belief}): een deel van de verschillen is zo aangenomen en niet gevonden."
        ),
        (Lang::En, false) => format!(
            "Effects of behaviour and transition are off (belief set {belief}): what differs follows from structure and hours."
        ),
        (Lang::En, true) => format!(
            "Effects of behaviour or transition are on (belief set {belief}): part of the differences is thereby assumed and not found."
        ),
    }
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

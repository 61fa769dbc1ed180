//! Warnings as sentences.

use super::{Lang, local};
use crate::experiment::{FULL_LOAD, TOO_FEW_REPLICATIONS, UnstableTeam, WIDE_INTERVAL, Warning};
use crate::scenario::Scenario;

/// Regions that a sentence names; of more it says how many.
const MAX_NAMED: usize = 5;

/// The name of a warning in a manifest.
pub(super) fn code(warning: &Warning) -> &str {
    match warning {
        Warning::UnstableQueue { .. } => "unstable_queue",
        Warning::WideInterval { .. } => "wide_interval",
        Warning::FewReplications { .. } => "few_replications",
        Warning::Scenario(diagnostic) => diagnostic.code,
        Warning::Proposal { .. } => "proposal",
        Warning::Assumption { .. } => "assumption",
        Warning::Behaviour { .. } => "behaviour",
        Warning::Chance { .. } => "chance",
    }
}

/// What a warning tells a reader.
pub(super) fn sentence(warning: &Warning, scenario: &Scenario, lang: Lang) -> String {
    let form = |case: usize| scenario.cases[case].form.key.as_str();
    match warning {
        Warning::UnstableQueue {
            case,
            teams,
            n_regions,
        } => unstable_queue(scenario, *case, teams, *n_regions, lang),
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
            let help = help.map(|help| format!(" ({help})")).unwrap_or_default();
            format!("{}: {}{help}", diagnostic.code, diagnostic.message)
        }
        Warning::Proposal { cases } => {
            let forms: Vec<String> = cases.iter().map(|&case| form(case).to_owned()).collect();
            proposal(&lang.list(&forms), lang)
        }
        Warning::Assumption { n, n_parameters } => assumption(*n, *n_parameters, lang),
        Warning::Behaviour { is_on } => behaviour(*is_on, &scenario.belief.key, lang),
        Warning::Chance {
            n,
            n_excluding_zero,
        } => chance(*n, *n_excluding_zero, lang),
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
        let unit = if n_regions == 1 {
            lang.pick("regio", "region")
        } else {
            lang.pick("regio's", "regions")
        };
        let names = some_of(&unstable.regions, lang);
        let key = &form.teams[unstable.team].key;
        format!(
            "{key} {} {n} {of} {n_regions} {unit} ({names})",
            lang.pick("in", "in")
        )
    };
    let teams: Vec<String> = teams.iter().map(team).collect();
    let (form, teams) = (&form.key, teams.join("; "));
    match lang {
        Lang::Nl => format!(
            "{form}: de wachtrij komt niet tot rust (belasting vanaf {FULL_LOAD} %, of groei) bij {teams}. Hoe langer de run, hoe langer de wachttijden daar."
        ),
        Lang::En => format!(
            "{form}: the queue finds no rest (load from {FULL_LOAD} % on, or growth) at {teams}. The longer the run, the longer the waits there."
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
    match lang {
        Lang::Nl => format!(
            "{n} van de {n_parameters} parameters zijn een aanname (graad D), geen waarde uit een bron."
        ),
        Lang::En => format!(
            "{n} of the {n_parameters} parameters are an assumption (grade D), not a value from a source."
        ),
    }
}

fn behaviour(is_on: bool, belief: &str, lang: Lang) -> String {
    match (lang, is_on) {
        (Lang::Nl, false) => format!(
            "Effecten van gedrag en overgang staan uit (opvattingenset {belief}): wat verschilt, volgt uit opzet en uren."
        ),
        (Lang::Nl, true) => format!(
            "Effecten van gedrag of overgang staan aan (opvattingenset {belief}): een deel van de verschillen is zo aangenomen en niet gevonden."
        ),
        (Lang::En, false) => format!(
            "Effects of behaviour and transition are off (belief set {belief}): what differs follows from structure and hours."
        ),
        (Lang::En, true) => format!(
            "Effects of behaviour or transition are on (belief set {belief}): part of the differences is thereby assumed and not found."
        ),
    }
}

fn chance(n: usize, n_excluding_zero: usize, lang: Lang) -> String {
    let expected = local((n as f64 / 20.0).ceil(), 0, lang);
    match lang {
        Lang::Nl => format!(
            "Van {n} vergelijkingen sluiten er {n_excluding_zero} de nul uit (*). Van elke 20 doet er bij 95 % ongeveer 1 dat door toeval, hier dus ongeveer {expected}."
        ),
        Lang::En => format!(
            "Of {n} comparisons {n_excluding_zero} exclude zero (*). Of every 20, at 95 %, about 1 does so by chance: here about {expected}."
        ),
    }
}

//! What happens to a household, as a sentence.

use super::wording::{measure, step};
use crate::engine::MINUTES_PER_DAY;
use crate::model::{Entrance, Form, Happening, Judge, Kind, Mode, Severity};
use crate::report::Lang;
use crate::report::words::phrase::{phrase, told};

/// A happening under a form, as a sentence; `None` for what a reader sees from
/// the sentences around it.
pub(crate) fn sentence(happening: &Happening, form: &Form, lang: Lang) -> Option<String> {
    let team = |team: u8| {
        form.teams
            .get(usize::from(team))
            .map_or("?", |team| lang.label(&team.label))
    };
    let sentence = match *happening {
        Happening::Came { entrance, severity } => {
            format!("{}; {}.", came(entrance, lang), home(severity, lang))
        }
        Happening::Asked {
            function,
            kind,
            team: number,
        } => asked_for(step(function, kind, lang), team(number), lang),
        Happening::Started { team: number, .. } => started(happening, team(number), lang),
        Happening::Beside { team: number, .. } => beside(happening, team(number), lang),
        Happening::Ended {
            kind: Kind::Vervolgmelding | Kind::Extension,
            ..
        } => return None,
        Happening::Ended {
            function,
            kind,
            is_success,
        } => ended_with(step(function, kind, lang), is_success, lang),
        Happening::BrokenOff { function, kind } => format!(
            "{}: {}.",
            capital(bare(step(function, kind, lang))),
            phrase("life_broken_off", lang)
        ),
        Happening::Incident {
            is_reported,
            is_crisis,
            severity,
        } => incident(is_reported, is_crisis, severity, lang),
        Happening::Judged { judge, is_for } => judged(judge, is_for, lang).to_owned(),
        Happening::Ordered(ordered) => {
            format!(
                "{}: {}.",
                phrase("life_measure_begins", lang),
                measure(ordered)
            )
        }
        Happening::Lifted(lifted) => {
            format!(
                "{}: {}.",
                phrase("life_measure_ends", lang),
                measure(lifted)
            )
        }
        Happening::Held {
            team: number,
            professional,
            is_retell,
        } => held(team(number), professional, is_retell, lang),
        Happening::Reorganised { lead, from, to } => {
            reorganised(lead, team(from), to.map(team), lang)
        }
        Happening::PersonLeft { team: number } => left(team(number), lang),
        Happening::Protected(_) => return None,
        Happening::Safe => phrase("life_becomes_safe", lang).to_owned(),
        Happening::Closed { severity, .. } => {
            format!("{}; {}.", phrase("life_closed", lang), home(severity, lang))
        }
        Happening::Departed => phrase("life_departs", lang).to_owned(),
    };
    Some(sentence)
}

fn came(entrance: Entrance, lang: Lang) -> &'static str {
    match entrance {
        Entrance::FirstMelding => phrase("life_came_first_melding", lang),
        Entrance::Hermelding => phrase("life_came_hermelding", lang),
        Entrance::Vervolgmelding => phrase("life_came_vervolgmelding", lang),
        Entrance::OwnIntake => phrase("life_came_own_intake", lang),
        Entrance::Jeugdreclassering => phrase("life_came_jeugdreclassering", lang),
        Entrance::Stock => phrase("life_came_stock", lang),
    }
}

/// How it is at home.
pub(crate) fn home(severity: Severity, lang: Lang) -> String {
    match severity {
        Severity::LichteZorgen => phrase("life_home_concerns", lang).to_owned(),
        _ => told("life_home", lang, &[("severity", lang.severity(severity))]),
    }
}

fn asked_for(step: &str, team: &str, lang: Lang) -> String {
    told("life_asked", lang, &[("team", team), ("step", bare(step))])
}

fn held(team: &str, professional: u32, is_retell: bool, lang: Lang) -> String {
    let marks = marks(&[(is_retell, phrase("life_retell", lang))], lang);
    told(
        "life_held",
        lang,
        &[
            ("team", team),
            ("professional", &professional.to_string()),
            ("marks", &marks),
        ],
    )
}

/// Something beside the family's way.
fn beside(happening: &Happening, team: &str, lang: Lang) -> String {
    let &Happening::Beside {
        function,
        kind,
        professional,
        waited,
        ..
    } = happening
    else {
        return String::new();
    };
    let who = who(team, professional);
    let name = bare(step(function, kind, lang));
    let wait = wait(waited, lang);
    told(
        "life_beside",
        lang,
        &[("who", &who), ("name", name), ("wait", &wait)],
    )
}

fn who(team: &str, professional: Option<u32>) -> String {
    match professional {
        Some(number) => format!("{team} (professional {number})"),
        None => team.to_owned(),
    }
}

fn wait(minutes: u32, lang: Lang) -> String {
    match minutes / MINUTES_PER_DAY {
        0 => phrase("life_within_a_day", lang).to_owned(),
        n => told("life_after_waiting", lang, &[("days", &lang.days(n))]),
    }
}

/// `Dat is een hervertelling en een beoordeling.`, as far as it is so.
fn marks(marks: &[(bool, &str)], lang: Lang) -> String {
    let marks = marks.iter().filter(|(is_so, _)| *is_so);
    let marks: Vec<String> = marks.map(|(_, mark)| (*mark).to_owned()).collect();
    match marks.is_empty() {
        true => String::new(),
        false => format!(" {} {}.", phrase("life_that_is", lang), lang.list(&marks)),
    }
}

fn started(happening: &Happening, team: &str, lang: Lang) -> String {
    let &Happening::Started {
        function,
        kind,
        mode,
        professional,
        waited,
        is_handover,
        is_retell,
        is_assessment,
        ..
    } = happening
    else {
        return String::new();
    };
    let deed = match mode {
        _ if professional.is_none() => phrase("life_deed_turn", lang),
        Mode::TakeOver => phrase("life_deed_take_over", lang),
        Mode::Join => phrase("life_deed_join", lang),
        Mode::Consult => phrase("life_deed_consult", lang),
        Mode::Check => phrase("life_deed_check", lang),
    };
    let step = step(function, kind, lang);
    let name = match lang {
        Lang::Nl if professional.is_some() && matches!(mode, Mode::TakeOver | Mode::Join) => step,
        _ => bare(step),
    };
    let marks = marks(
        &[
            (is_handover, phrase("life_handover", lang)),
            (is_retell, phrase("life_retell", lang)),
            (is_assessment, phrase("life_assessment", lang)),
        ],
        lang,
    );
    let (who, wait) = (who(team, professional), wait(waited, lang));
    format!("{who} {deed} {name}, {wait}.{marks}")
}

fn ended_with(step: &str, is_success: bool, lang: Lang) -> String {
    let end = if is_success {
        phrase("life_finished", lang)
    } else {
        phrase("life_stopped", lang)
    };
    format!("{}: {end}.", capital(bare(step)))
}

fn incident(is_reported: bool, is_crisis: bool, severity: Severity, lang: Lang) -> String {
    let report = match (is_crisis, is_reported) {
        (true, _) => phrase("life_incident_crisis", lang),
        (false, true) => phrase("life_incident_reported", lang),
        (false, false) => phrase("life_incident_not_reported", lang),
    };
    format!("{report}; {}.", home(severity, lang))
}

fn judged(judge: Judge, is_for: bool, lang: Lang) -> &'static str {
    match (judge, is_for) {
        (Judge::Requester, true) => phrase("life_requester_for", lang),
        (Judge::Requester, false) => phrase("life_requester_against", lang),
        (Judge::Check, true) => phrase("life_check_for", lang),
        (Judge::Check, false) => phrase("life_check_against", lang),
        (Judge::Rechter, true) => phrase("life_rechter_for", lang),
        (Judge::Rechter, false) => phrase("life_rechter_against", lang),
    }
}

fn left(team: &str, lang: Lang) -> String {
    told("life_person_left", lang, &[("team", team)])
}

/// Who keeps a family when another form comes into force.
fn reorganised(lead: Option<u32>, from: &str, to: Option<&str>, lang: Lang) -> String {
    let who = lead.map(|number| format!("professional ({number})"));
    let key = match (&who, to) {
        (Some(_), Some(to)) if to == from => "life_stays_with_lead",
        (Some(_), Some(_)) => "life_moves_with_lead",
        (Some(_), None) => "life_loses_lead",
        (None, Some(_)) => "life_waits_on",
        (None, None) => "life_waits_no_more",
    };
    let who = who.unwrap_or_default();
    told(
        key,
        lang,
        &[
            ("who", &who),
            ("from", from),
            ("to", to.unwrap_or_default()),
        ],
    )
}

/// The name of a function without its article.
pub(crate) fn bare(name: &str) -> &str {
    let articles = ["de ", "het ", "een ", "a "];
    let bare = articles
        .iter()
        .find_map(|article| name.strip_prefix(article));
    bare.unwrap_or(name)
}

/// A text that begins a sentence.
pub(crate) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters
        .next()
        .map(|letter| letter.to_uppercase().to_string());
    first.unwrap_or_default() + letters.as_str()
}

//! What happens to a household, as a sentence.

use super::wording::{measure, step};
use crate::engine::MINUTES_PER_DAY;
use crate::model::{Entrance, Form, Happening, Judge, Kind, Mode, Severity};
use crate::report::Lang;

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
            lang.pick("afgebroken", "broken off")
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
                lang.pick("Begin van een maatregel", "A measure begins"),
                measure(ordered)
            )
        }
        Happening::Lifted(lifted) => {
            format!(
                "{}: {}.",
                lang.pick("Einde van een maatregel", "A measure ends"),
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
        Happening::Safe => lang
            .pick("Thuis is het veilig geworden.", "The home has become safe.")
            .to_owned(),
        Happening::Closed { severity, .. } => format!(
            "{}; {}.",
            lang.pick("De zaak wordt gesloten", "The case is closed"),
            home(severity, lang)
        ),
        Happening::Departed => lang
            .pick(
                "Het gezin gaat uit het zicht van de simulatie.",
                "The family goes out of sight of the simulation.",
            )
            .to_owned(),
    };
    Some(sentence)
}

fn came(entrance: Entrance, lang: Lang) -> &'static str {
    match entrance {
        Entrance::FirstMelding => lang.pick(
            "Eerste melding over het gezin",
            "First melding about the family",
        ),
        Entrance::Hermelding => lang.pick(
            "Opnieuw een melding, na een afgesloten zaak (hermelding)",
            "A melding again, after a closed case (hermelding)",
        ),
        Entrance::Vervolgmelding => lang.pick(
            "Nog een melding, terwijl het gezin in de keten is (vervolgmelding)",
            "Another melding while the family is in the chain (vervolgmelding)",
        ),
        Entrance::OwnIntake => lang.pick(
            "Het lokaal team leert het gezin zelf kennen",
            "The lokaal team meets the family by itself",
        ),
        Entrance::Jeugdreclassering => lang.pick(
            "Een jongere komt vanuit het strafrecht bij de jeugdreclassering",
            "A young person enters jeugdreclassering from the criminal side",
        ),
        Entrance::Stock => lang.pick(
            "Het gezin is al in de keten als de simulatie begint",
            "The family is in the chain when the simulation begins",
        ),
    }
}

/// How it is at home.
pub(crate) fn home(severity: Severity, lang: Lang) -> String {
    match (lang, severity) {
        (Lang::Nl, Severity::LichteZorgen) => "thuis zijn er lichte zorgen".to_owned(),
        (Lang::Nl, _) => format!("thuis is het {}", lang.severity(severity)),
        (Lang::En, Severity::LichteZorgen) => "there are light concerns at home".to_owned(),
        (Lang::En, _) => format!("the home is {}", lang.severity(severity)),
    }
}

fn asked_for(step: &str, team: &str, lang: Lang) -> String {
    match lang {
        Lang::Nl => format!("Gevraagd aan {team}: {}. Het gezin wacht.", bare(step)),
        Lang::En => format!("Asked of {team}: {}. The family waits.", bare(step)),
    }
}

fn held(team: &str, professional: u32, is_retell: bool, lang: Lang) -> String {
    let marks = marks(
        &[(is_retell, lang.pick("een hervertelling", "a re-tell"))],
        lang,
    );
    match lang {
        Lang::Nl => {
            format!("{team} (professional {professional}) houdt het gezin vanaf nu.{marks}")
        }
        Lang::En => {
            format!("{team} (professional {professional}) holds the family from now on.{marks}")
        }
    }
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
    match lang {
        Lang::Nl => format!("{who}, naast wat al loopt: {name}, {}.", wait(waited, lang)),
        Lang::En => format!("{who}, beside what runs: {name}, {}.", wait(waited, lang)),
    }
}

fn who(team: &str, professional: Option<u32>) -> String {
    match professional {
        Some(number) => format!("{team} (professional {number})"),
        None => team.to_owned(),
    }
}

fn wait(minutes: u32, lang: Lang) -> String {
    match (minutes / MINUTES_PER_DAY, lang) {
        (0, Lang::Nl) => "binnen een dag".to_owned(),
        (0, Lang::En) => "within a day".to_owned(),
        (n, Lang::Nl) => format!("na {} wachten", lang.days(n)),
        (n, Lang::En) => format!("after waiting {}", lang.days(n)),
    }
}

/// `Dat is een hervertelling en een beoordeling.`, as far as it is so.
fn marks(marks: &[(bool, &str)], lang: Lang) -> String {
    let marks = marks.iter().filter(|(is_so, _)| *is_so);
    let marks: Vec<String> = marks.map(|(_, mark)| (*mark).to_owned()).collect();
    match marks.is_empty() {
        true => String::new(),
        false => format!(" {} {}.", lang.pick("Dat is", "That is"), lang.list(&marks)),
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
        _ if professional.is_none() => lang.pick("is aan zet:", "takes its turn:"),
        Mode::TakeOver => lang.pick("begint met", "starts"),
        Mode::Join => lang.pick("komt erbij voor", "joins for"),
        Mode::Consult => lang.pick("doet zelf, met advies:", "does, with advice:"),
        Mode::Check => lang.pick("kijkt er opnieuw naar:", "looks at it anew:"),
    };
    let step = step(function, kind, lang);
    let name = match lang {
        Lang::Nl if professional.is_some() && matches!(mode, Mode::TakeOver | Mode::Join) => step,
        _ => bare(step),
    };
    let marks = marks(
        &[
            (is_handover, lang.pick("een overdracht", "a handover")),
            (is_retell, lang.pick("een hervertelling", "a re-tell")),
            (is_assessment, lang.pick("een beoordeling", "an assessment")),
        ],
        lang,
    );
    let (who, wait) = (who(team, professional), wait(waited, lang));
    format!("{who} {deed} {name}, {wait}.{marks}")
}

fn ended_with(step: &str, is_success: bool, lang: Lang) -> String {
    let end = if is_success {
        lang.pick("afgerond", "finished")
    } else {
        lang.pick("gestopt, doel niet bereikt", "stopped, aim not reached")
    };
    format!("{}: {end}.", capital(bare(step)))
}

fn incident(is_reported: bool, is_crisis: bool, severity: Severity, lang: Lang) -> String {
    let report = match (is_crisis, is_reported) {
        (true, _) => lang.pick("een crisis", "a crisis"),
        (false, true) => lang.pick("het wordt gemeld", "it is reported"),
        (false, false) => lang.pick("niemand meldt het", "nobody reports it"),
    };
    format!("{report}; {}.", home(severity, lang))
}

fn judged(judge: Judge, is_for: bool, lang: Lang) -> &'static str {
    match (judge, is_for) {
        (Judge::Requester, true) => lang.pick(
            "De professional vindt een maatregel nodig.",
            "The professional sees need for a measure.",
        ),
        (Judge::Requester, false) => lang.pick(
            "De professional vindt geen maatregel nodig.",
            "The professional sees no need for a measure.",
        ),
        (Judge::Check, true) => lang.pick(
            "De toets steunt het verzoek om een maatregel.",
            "The check supports the request for a measure.",
        ),
        (Judge::Check, false) => lang.pick(
            "De toets steunt het verzoek om een maatregel niet.",
            "The check does not support the request for a measure.",
        ),
        (Judge::Rechter, true) => lang.pick(
            "De kinderrechter wijst het verzoek toe.",
            "The kinderrechter grants the request.",
        ),
        (Judge::Rechter, false) => lang.pick(
            "De kinderrechter wijst het verzoek af.",
            "The kinderrechter denies the request.",
        ),
    }
}

fn left(team: &str, lang: Lang) -> String {
    match lang {
        Lang::Nl => format!("De professional van {team} vertrekt; het gezin krijgt een ander."),
        Lang::En => format!("The professional of {team} leaves; the family gets another."),
    }
}

/// Who keeps a family when another form comes into force.
fn reorganised(lead: Option<u32>, from: &str, to: Option<&str>, lang: Lang) -> String {
    let who = |number| format!("professional ({number})");
    match (lead.map(who), to, lang) {
        (Some(who), Some(to), Lang::Nl) if to == from => {
            format!("het gezin blijft met zijn {who} bij {to}.")
        }
        (Some(who), Some(to), Lang::En) if to == from => {
            format!("the family stays with its {who} at {to}.")
        }
        (Some(who), Some(to), Lang::Nl) => {
            format!("het gezin gaat met zijn {who} over van {from} naar {to}.")
        }
        (Some(who), Some(to), Lang::En) => {
            format!("the family goes over with its {who} from {from} to {to}.")
        }
        (Some(who), None, Lang::Nl) => {
            format!("voor zijn {who} van {from} is er geen plaats meer.")
        }
        (Some(who), None, Lang::En) => {
            format!("there is no place any more for its {who} of {from}.")
        }
        (None, Some(to), Lang::Nl) => format!("het gezin wacht verder, vanaf nu op {to}."),
        (None, Some(to), Lang::En) => format!("the family waits on, from now on for {to}."),
        (None, None, Lang::Nl) => "de stap waarop het gezin wacht, is er niet meer.".to_owned(),
        (None, None, Lang::En) => "the step for which the family waits is no more.".to_owned(),
    }
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

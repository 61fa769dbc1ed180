//! What happens to a household, as a sentence.

use super::Lang;
use super::wording::{function, measure};
use crate::engine::MINUTES_PER_DAY;
use crate::model::{Entrance, Form, Function, Happening, Judge, Mode, Severity};

/// A happening under a form, as a sentence.
pub(super) fn sentence(happening: &Happening, form: &Form, lang: Lang) -> String {
    let team = |team: usize| {
        form.teams
            .get(team)
            .map_or("?", |team| lang.label(&team.label))
    };
    match *happening {
        Happening::Came { entrance, severity } => {
            format!("{}; {}.", came(entrance, lang), home(severity, lang))
        }
        Happening::Asked {
            function: asked,
            team: number,
        } => asked_for(function(asked), team(number), lang),
        Happening::Started { team: number, .. } => started(happening, team(number), lang),
        Happening::Ended {
            function: ended,
            is_success,
        } => ended_with(ended, is_success, lang),
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
        } => held(team(number), professional, lang),
        Happening::PersonLeft { team: number } => left(team(number), lang),
        Happening::Safe => lang
            .pick("Thuis is het veilig geworden.", "The home has become safe.")
            .to_owned(),
        Happening::Closed => lang
            .pick("De zaak wordt gesloten.", "The case is closed.")
            .to_owned(),
    }
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

fn home(severity: Severity, lang: Lang) -> String {
    match (lang, severity) {
        (Lang::Nl, Severity::LichteZorgen) => "thuis zijn er lichte zorgen".to_owned(),
        (Lang::Nl, _) => format!("thuis is het {}", lang.severity(severity)),
        (Lang::En, Severity::LichteZorgen) => "there are light concerns at home".to_owned(),
        (Lang::En, _) => format!("the home is {}", lang.severity(severity)),
    }
}

fn asked_for(function: &str, team: &str, lang: Lang) -> String {
    match lang {
        Lang::Nl => format!("Gevraagd aan {team}: {}. Het gezin wacht.", bare(function)),
        Lang::En => format!("Asked of {team}: {}. The family waits.", bare(function)),
    }
}

fn held(team: &str, professional: u32, lang: Lang) -> String {
    match lang {
        Lang::Nl => format!(
            "{team} (professional {professional}) houdt het gezin vanaf nu. Dat is een hervertelling."
        ),
        Lang::En => format!(
            "{team} (professional {professional}) holds the family from now on. That is a re-tell."
        ),
    }
}

fn started(happening: &Happening, team: &str, lang: Lang) -> String {
    let &Happening::Started {
        function: started,
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
    let who = match professional {
        Some(number) => format!("{team} (professional {number})"),
        None => team.to_owned(),
    };
    let deed = match mode {
        _ if professional.is_none() => lang.pick("is aan zet:", "takes its turn:"),
        Mode::TakeOver => lang.pick("begint met", "starts"),
        Mode::Join => lang.pick("komt erbij voor", "joins for"),
        Mode::Consult => lang.pick("denkt mee:", "advises:"),
        Mode::Check => lang.pick("kijkt er opnieuw naar:", "looks at it anew:"),
    };
    let name = match lang {
        Lang::Nl if professional.is_some() && matches!(mode, Mode::TakeOver | Mode::Join) => {
            function(started)
        }
        _ => bare(function(started)),
    };
    let wait = match (waited / MINUTES_PER_DAY, lang) {
        (0, Lang::Nl) => "binnen een dag".to_owned(),
        (0, Lang::En) => "within a day".to_owned(),
        (n, Lang::Nl) => format!("na {} wachten", lang.days(n)),
        (n, Lang::En) => format!("after waiting {}", lang.days(n)),
    };
    let marks = [
        (is_handover, lang.pick("een overdracht", "a handover")),
        (is_retell, lang.pick("een hervertelling", "a re-tell")),
        (is_assessment, lang.pick("een beoordeling", "an assessment")),
    ];
    let marks = marks.iter().filter(|(is_so, _)| *is_so);
    let marks: Vec<String> = marks.map(|(_, mark)| (*mark).to_owned()).collect();
    let marks = match marks.is_empty() {
        true => String::new(),
        false => format!(" {} {}.", lang.pick("Dat is", "That is"), lang.list(&marks)),
    };
    format!("{who} {deed} {name}, {wait}.{marks}")
}

fn ended_with(ended: Function, is_success: bool, lang: Lang) -> String {
    let name = bare(function(ended));
    let end = if is_success {
        lang.pick("afgerond", "finished")
    } else {
        lang.pick("gestopt, doel niet bereikt", "stopped, aim not reached")
    };
    format!("{}: {end}.", capital(name))
}

fn incident(is_reported: bool, is_crisis: bool, severity: Severity, lang: Lang) -> String {
    let what = match is_crisis {
        true => lang.pick("Incident thuis, een crisis", "Incident at home, a crisis"),
        false => lang.pick("Incident thuis", "Incident at home"),
    };
    let report = match is_reported {
        true => lang.pick("het wordt gemeld", "it is reported"),
        false => lang.pick("niemand meldt het", "nobody reports it"),
    };
    format!("{what}; {report}; {}.", home(severity, lang))
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

/// The name of a function without its article.
fn bare(name: &str) -> &str {
    let bare = name
        .strip_prefix("de ")
        .or_else(|| name.strip_prefix("het "));
    bare.unwrap_or(name)
}

/// With a small first letter, to go on in a sentence.
pub(super) fn small(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters
        .next()
        .map(|letter| letter.to_lowercase().to_string());
    first.unwrap_or_default() + letters.as_str()
}

/// A text that begins a sentence.
pub(super) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters
        .next()
        .map(|letter| letter.to_uppercase().to_string());
    first.unwrap_or_default() + letters.as_str()
}

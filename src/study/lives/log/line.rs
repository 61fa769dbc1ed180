//! What a log says of an event, whatever its format.

use crate::engine::{MINUTES_PER_DAY, MINUTES_PER_HOUR, Time};
use crate::model::{Entrance, Entry, Function, Happening, Judge, Kind};
use crate::report::significant;
use crate::scenario::Scenario;
use crate::study::lives::life::Life;

/// One household under one form.
pub(crate) struct Case {
    pub id: String,
    pub form: String,
    pub region: String,
    pub household: String,
    pub has_children: bool,
    pub has_partner_violence: bool,
}

impl Case {
    pub fn of(scenario: &Scenario, region: usize, life: &Life) -> Self {
        let form = scenario.cases[life.case].form.key.clone();
        let region = &scenario.regions[region];
        let family = &life.journal.family;
        Case {
            id: format!("{form}/{}/{}", region.number, family.name),
            form,
            region: region.name.clone(),
            household: family.name.to_string(),
            has_children: family.has_children,
            has_partner_violence: family.has_partner_violence,
        }
    }
}

/// Something that is known of some events.
#[derive(Clone, PartialEq, Debug)]
pub(crate) enum Detail {
    Text(&'static str),
    Days(f64),
    Flag(bool),
}

impl Detail {
    pub fn text(&self) -> String {
        match self {
            Detail::Text(text) => (*text).to_owned(),
            Detail::Days(days) => significant(Some(*days)),
            Detail::Flag(flag) => flag.to_string(),
        }
    }
}

/// What may be known of an event, beside what is known of all.
pub(crate) const DETAILS: [&str; 13] = [
    "kind",
    "mode",
    "waited_days",
    "is_handover",
    "is_retell",
    "is_assessment",
    "is_success",
    "severity",
    "is_reported",
    "is_crisis",
    "is_for",
    "route",
    "protection",
];

/// An event.
pub(crate) struct Line {
    pub activity: &'static str,
    pub transition: &'static str,
    /// In Dutch winter time.
    pub at: String,
    pub team: Option<String>,
    pub professional: Option<u32>,
    /// Some of [`DETAILS`].
    pub details: Vec<(&'static str, Detail)>,
}

impl Line {
    /// What a line of a journal says.
    pub fn of(scenario: &Scenario, case: usize, entry: &Entry) -> Self {
        let teams = &scenario.cases[case].form.teams;
        let team = |team: u8| Some(teams[usize::from(team)].key.clone());
        let moment = |activity, details| Line {
            activity,
            transition: "complete",
            at: timestamp(scenario, entry.at),
            team: None,
            professional: None,
            details,
        };
        let work = |function: Function, kind: Kind, transition, mut details: Vec<_>| {
            details.insert(0, ("kind", Detail::Text(word_of(kind))));
            Line {
                transition,
                ..moment(function.key(), details)
            }
        };
        let flag = |name, flag| (name, Detail::Flag(flag));
        let waited = |minutes: u32| {
            let days = f64::from(minutes) / f64::from(MINUTES_PER_DAY);
            ("waited_days", Detail::Days(days))
        };
        match entry.happening {
            Happening::Came { entrance, severity } => moment(
                coming(entrance),
                vec![("severity", Detail::Text(severity.key()))],
            ),
            Happening::Asked {
                function,
                kind,
                team: number,
            } => Line {
                team: team(number),
                ..work(function, kind, "schedule", Vec::new())
            },
            Happening::Started {
                function,
                kind,
                team: number,
                mode,
                professional,
                waited: minutes,
                is_handover,
                is_retell,
                is_assessment,
            } => {
                let details = vec![
                    ("mode", Detail::Text(mode.key())),
                    waited(minutes),
                    flag("is_handover", is_handover),
                    flag("is_retell", is_retell),
                    flag("is_assessment", is_assessment),
                ];
                Line {
                    team: team(number),
                    professional,
                    ..work(function, kind, "start", details)
                }
            }
            Happening::Beside {
                function,
                kind,
                team: number,
                professional,
                waited: minutes,
            } => Line {
                team: team(number),
                professional,
                ..work(function, kind, "start", vec![waited(minutes)])
            },
            Happening::Ended {
                function,
                kind,
                is_success,
            } => work(
                function,
                kind,
                "complete",
                vec![flag("is_success", is_success)],
            ),
            Happening::BrokenOff { function, kind } => work(function, kind, "pi_abort", Vec::new()),
            Happening::Incident {
                is_reported,
                is_crisis,
                severity,
            } => moment(
                "incident",
                vec![
                    ("severity", Detail::Text(severity.key())),
                    flag("is_reported", is_reported),
                    flag("is_crisis", is_crisis),
                ],
            ),
            Happening::Judged { judge, is_for } => {
                let activity = match judge {
                    Judge::Requester => "judgement_of_requester",
                    Judge::Check => "judgement_of_check",
                    Judge::Rechter => "judgement_of_rechter",
                };
                moment(activity, vec![flag("is_for", is_for)])
            }
            Happening::Ordered(measure) => Line {
                transition: "start",
                ..moment(measure.key(), Vec::new())
            },
            Happening::Lifted(measure) => moment(measure.key(), Vec::new()),
            Happening::Held {
                team: number,
                professional,
                is_retell,
            } => Line {
                team: team(number),
                professional: Some(professional),
                ..moment("held", vec![flag("is_retell", is_retell)])
            },
            Happening::Reorganised { lead, from, to } => Line {
                team: team(to.unwrap_or(from)),
                professional: lead,
                ..moment("form_changed", Vec::new())
            },
            Happening::PersonLeft { team: number } => Line {
                team: team(number),
                ..moment("professional_left", Vec::new())
            },
            Happening::Protected(protection) => moment(
                "protection_changed",
                vec![("protection", Detail::Text(protection.key()))],
            ),
            Happening::Safe => moment("home_is_safe", Vec::new()),
            Happening::Closed { route, severity } => moment(
                "closed",
                vec![
                    ("severity", Detail::Text(severity.key())),
                    ("route", Detail::Text(route.key())),
                ],
            ),
            Happening::Departed => moment("out_of_sight", Vec::new()),
        }
    }
}

fn coming(entrance: Entrance) -> &'static str {
    match entrance {
        Entrance::FirstMelding => "first_melding",
        Entrance::Hermelding => "hermelding",
        Entrance::Vervolgmelding => "vervolgmelding",
        Entrance::OwnIntake => "own_intake",
        Entrance::Jeugdreclassering => "referral_to_jeugdreclassering",
        Entrance::Stock => "known_at_the_start",
    }
}

fn word_of(kind: Kind) -> &'static str {
    match kind {
        Kind::Regular => "regular",
        Kind::Vervolgmelding => "vervolgmelding",
        Kind::FollowUp => "follow_up",
        Kind::Spoed => "spoed",
        Kind::Gezag => "gezag",
        Kind::Extension => "extension",
        Kind::Consult => "consult",
    }
}

fn timestamp(scenario: &Scenario, at: Time) -> String {
    let date = scenario.period.first_day().plus_days(at.day() as i32);
    let minute = at.minute_of_day();
    let (hour, minute) = (minute / MINUTES_PER_HOUR, minute % MINUTES_PER_HOUR);
    format!("{date}T{hour:02}:{minute:02}:00+01:00")
}

//! What is written down of households is what happened; and what is found among
//! them is so, and all that is so.

use crate::common;
use std::collections::BTreeSet;

use crate::common::{FORMS, comparison, short_setting};
use rvtsim::engine::{MINUTES_PER_DAY, Time};
use rvtsim::experiment::{Progress, Watcher};
use rvtsim::model::{
    Entrance, Entry, Facts, Function, Happening, Journal, Measure, Protection, Severity, Tally,
    journals, simulate,
};
use rvtsim::scenario::{Scenario, conditions};
use rvtsim::study::{follow, search};

struct Silence;

impl Watcher for Silence {
    fn tell(&self, _: Progress) {}
}

/// Two small regions through a year and a half, a third of it warm-up.
fn scenario() -> Scenario {
    let mut scenario = comparison(&["Zeeland", "Gooi en Vechtstreek"]);
    scenario.period.warm_up_days = 180;
    scenario.period.measured_days = 360;
    for case in &mut scenario.cases {
        // So many measures that there is something to find.
        case.parameters.decision.request_threshold = 1.0;
        case.parameters.decision.spoed_threshold = 1.0;
        case.parameters.decision.check_threshold = 0.0;
    }
    scenario
}

fn count(lives: &[Journal], is_it: impl Fn(&Happening) -> bool, from: Time) -> f64 {
    let entries = lives.iter().flat_map(|life| &life.entries);
    entries
        .filter(|entry| entry.at > from && is_it(&entry.happening))
        .count() as f64
}

/// Minutes waited from a moment on for steps of the way, without cases of which a part lies elsewhere; and how many
/// wait in the end.
fn waited(lives: &[Journal], from: Time) -> (u64, usize) {
    let (mut sum, mut n_waiting) = (0, 0);
    for life in lives {
        let mut asked: Vec<(Function, Time)> = Vec::new();
        let mut is_partial = false;
        let mut end = |asked: &mut Vec<(Function, Time)>,
                       function: Option<Function>,
                       at: Time,
                       is_partial: bool| {
            asked.retain(|&(one, since)| {
                let is_over = function == Some(one) || function.is_none();
                if is_over && !is_partial && at > from {
                    sum += u64::from(at.since(since.max(from)));
                }
                !is_over
            });
        };
        for entry in &life.entries {
            match entry.happening {
                Happening::Came { entrance, .. } if entrance != Entrance::Vervolgmelding => {
                    is_partial = matches!(entrance, Entrance::Jeugdreclassering | Entrance::Stock);
                }
                Happening::Asked { function, .. } => asked.push((function, entry.at)),
                Happening::Started { function, .. } | Happening::BrokenOff { function, .. } => {
                    end(&mut asked, Some(function), entry.at, is_partial);
                }
                _ => {}
            }
        }
        n_waiting += asked.len();
        end(&mut asked, None, life.until, is_partial);
    }
    (sum, n_waiting)
}

/// Sums over closed cases: handovers, re-tells, assessments.
fn sums_of_closed_cases(lives: &[Journal], from: Time) -> [u64; 3] {
    let mut all = [0; 3];
    for life in lives {
        let mut case = [0; 3];
        let mut asked: Vec<(Function, Time)> = Vec::new();
        let mut is_partial = false;
        for entry in &life.entries {
            match entry.happening {
                Happening::Came { entrance, .. } if entrance != Entrance::Vervolgmelding => {
                    (case, is_partial) = ([0; 3], entrance == Entrance::Jeugdreclassering);
                }
                Happening::Asked { function, .. } => asked.push((function, entry.at)),
                Happening::Started {
                    function,
                    is_handover,
                    is_retell,
                    is_assessment,
                    ..
                } => {
                    let marks = [is_handover, is_retell, is_assessment];
                    for (sum, is_so) in case.iter_mut().zip(marks) {
                        *sum += u64::from(is_so);
                    }
                    asked.retain(|&(one, _)| one != function);
                }
                Happening::Held { is_retell, .. } => case[1] += u64::from(is_retell),
                Happening::BrokenOff { function, .. } => asked.retain(|&(one, _)| one != function),
                Happening::Closed { .. } => {
                    assert!(asked.is_empty(), "a closed case waits for {asked:?}");
                    if entry.at > from && !is_partial {
                        all.iter_mut()
                            .zip(case)
                            .for_each(|(sum, more)| *sum += more);
                    }
                }
                _ => {}
            }
        }
    }
    all
}

#[test]
fn the_journals_of_all_households_add_up_to_what_the_pass_observed() {
    for form in FORMS {
        let mut setting = short_setting(form, "Gooi en Vechtstreek", 120, 500);
        // Who was in a case before the run has half a case, and none is watched from its start.
        let stock = &mut setting.parameters.stock;
        for of_kind in [
            &mut stock.ots_children,
            &mut stock.voogdij_children,
            &mut stock.jeugdreclassering,
            &mut stock.vrijwillige_hulp,
        ] {
            *of_kind = 0.0;
        }
        setting.parameters.decision.spoed_threshold = 1.0;
        setting.parameters.staff.turnover = 1.0;
        let pass = simulate(&setting, 3, 1);
        let (lives, n_events) = journals(&setting, 3, 1, Time::ZERO);
        assert_eq!(n_events, pass.n_events, "{form}: watching changes nothing");
        for life in &lives {
            let in_order = |pair: &[Entry]| pair[0].at <= pair[1].at;
            assert!(life.entries.windows(2).all(in_order), "{form}: {life:?}");
        }
        let from = Time::from_days(setting.period.warm_up_days);
        let seen = |tally: Tally| pass.observations.tally(tally);
        let n = |is_it: &dyn Fn(&Happening) -> bool| count(&lives, is_it, from);
        let came = |wanted: Entrance| {
            n(&|one| matches!(one, Happening::Came { entrance, .. } if *entrance == wanted))
        };
        let ordered = |wanted| n(&|one| *one == Happening::Ordered(wanted));
        for (here, tally) in [
            (came(Entrance::FirstMelding), Tally::FirstMeldingen),
            (came(Entrance::Hermelding), Tally::Hermeldingen),
            (came(Entrance::Vervolgmelding), Tally::Vervolgmeldingen),
            (
                n(&|one| matches!(one, Happening::Incident { .. })),
                Tally::Incidents,
            ),
            (
                ordered(Measure::Ondertoezichtstelling),
                Tally::Ondertoezichtstelling,
            ),
            (
                ordered(Measure::VoorlopigeOndertoezichtstelling),
                Tally::VoorlopigeOndertoezichtstelling,
            ),
            (ordered(Measure::Huisverbod), Tally::Huisverbod),
            (
                ordered(Measure::Jeugdreclassering),
                Tally::Jeugdreclassering,
            ),
        ] {
            assert_eq!(here, seen(tally), "{form}, {tally:?}");
            assert!(here > 0.0, "{form}: there is no {tally:?} to compare");
        }
        let [handovers, retells, assessments] = sums_of_closed_cases(&lives, from);
        assert_eq!(handovers as f64, seen(Tally::Handovers), "{form}");
        assert_eq!(retells as f64, seen(Tally::Retells), "{form}");
        assert_eq!(assessments as f64, seen(Tally::Assessments), "{form}");
        let (minutes, n_waiting) = waited(&lives, from);
        assert_eq!(minutes as f64, seen(Tally::WaitingMinutes), "{form}");
        assert_eq!(n_waiting as f64, seen(Tally::StandingQueue), "{form}");
    }
}

#[test]
fn unsafe_days_of_all_lives_are_those_of_the_pass() {
    for form in FORMS {
        let mut setting = short_setting(form, "Gooi en Vechtstreek", 0, 400);
        setting.parameters.stock.ots_children = 0.0;
        setting.parameters.stock.voogdij_children = 0.0;
        let pass = simulate(&setting, 4, 1).observations;
        let (lives, _) = journals(&setting, 4, 1, Time::ZERO);
        let minutes: u64 = lives
            .iter()
            .map(|life| Facts::of(life).unsafe_minutes)
            .sum();
        let days = minutes as f64 / f64::from(MINUTES_PER_DAY);
        let seen = pass.tally(Tally::UnsafeDays);
        assert!(
            seen > 1000.0 && (days - seen).abs() < 1e-3,
            "{form}: {days}, {seen}"
        );
    }
}

/// Something that is asked, and the same looked up in the journal by hand.
type Asked = (&'static str, fn(&Journal) -> bool);

fn any(life: &Journal, is_it: fn(&Happening) -> bool) -> bool {
    n(life, is_it) > 0
}

fn n(life: &Journal, is_it: fn(&Happening) -> bool) -> usize {
    let happenings = life.entries.iter().map(|entry| &entry.happening);
    happenings.filter(|one| is_it(one)).count()
}

/// The first entrance and class.
fn start(life: &Journal) -> (Entrance, Severity) {
    match life.entries[0].happening {
        Happening::Came { entrance, severity } => (entrance, severity),
        other => panic!("a life begins with {other:?}"),
    }
}

/// Minutes of each wait: up to the beginning, the end of the case or of the run.
fn waits(life: &Journal) -> Vec<u64> {
    let mut waits = Vec::new();
    for (number, entry) in life.entries.iter().enumerate() {
        let Happening::Asked {
            function: asked, ..
        } = entry.happening
        else {
            continue;
        };
        let end = life.entries[number + 1..]
            .iter()
            .find(|one| match one.happening {
                Happening::Started { function, .. } | Happening::BrokenOff { function, .. } => {
                    function == asked
                }
                Happening::Closed { .. } => true,
                _ => false,
            });
        let end = end.map_or(life.until, |one| one.at);
        waits.push(u64::from(end.since(entry.at)));
    }
    waits
}

const DAY: u64 = MINUTES_PER_DAY as u64;

const ASKED: &[Asked] = &[
    ("start=melding", |life| {
        start(life).0 == Entrance::FirstMelding
    }),
    ("start=own_intake", |life| {
        start(life).0 == Entrance::OwnIntake
    }),
    ("start=jeugdreclassering", |life| {
        start(life).0 == Entrance::Jeugdreclassering
    }),
    ("severity=acuut_onveilig", |life| {
        start(life).1 == Severity::AcuutOnveilig
    }),
    ("children=yes", |life| life.family.has_children),
    ("children!=yes", |life| !life.family.has_children),
    ("partner_violence=no", |life| {
        !life.family.has_partner_violence
    }),
    ("measure=ondertoezichtstelling", |life| {
        any(life, |one| {
            *one == Happening::Ordered(Measure::Ondertoezichtstelling)
        })
    }),
    ("measure=huisverbod", |life| {
        any(life, |one| *one == Happening::Ordered(Measure::Huisverbod))
    }),
    ("measure!=voorlopige_ondertoezichtstelling", |life| {
        !any(life, |one| {
            *one == Happening::Ordered(Measure::VoorlopigeOndertoezichtstelling)
        })
    }),
    ("step=drang", |life| {
        any(life, |one| {
            matches!(
                one,
                Happening::Started {
                    function: Function::Drang,
                    ..
                }
            )
        })
    }),
    ("route=beoordeling_hulp", |life| {
        any(
            life,
            |one| matches!(one, Happening::Closed { route, .. } if route.key() == "beoordeling_hulp"),
        )
    }),
    ("outcome=open", |life| {
        let came_or_closed = |entry: &&Entry| {
            matches!(
                entry.happening,
                Happening::Came { .. } | Happening::Closed { .. }
            )
        };
        let last = life.entries.iter().rfind(came_or_closed);
        matches!(last.unwrap().happening, Happening::Came { .. })
    }),
    ("wait>90", |life| waits(life).iter().sum::<u64>() > 90 * DAY),
    ("wait<=10", |life| {
        waits(life).iter().sum::<u64>() <= 10 * DAY
    }),
    ("longest_wait>=60", |life| {
        waits(life).into_iter().max() >= Some(60 * DAY)
    }),
    ("unsafe_days=0", |life| {
        let mut is_seen = false;
        let (mut severity, mut protection) = (Severity::Veilig, Protection::None);
        let mut since = Time::ZERO;
        let end = Entry {
            at: life.until,
            happening: Happening::Safe,
        };
        for entry in life.entries.iter().chain([&end]) {
            is_seen |=
                severity.is_unsafe() && protection < Protection::Conditions && entry.at > since;
            since = entry.at;
            match entry.happening {
                Happening::Came { severity: now, .. }
                | Happening::Incident { severity: now, .. }
                | Happening::Closed { severity: now, .. } => severity = now,
                Happening::Safe | Happening::Departed => severity = Severity::Veilig,
                Happening::Protected(now) => protection = now,
                _ => {}
            }
        }
        !is_seen
    }),
    ("handovers>=2", |life| {
        n(life, |one| {
            matches!(
                one,
                Happening::Started {
                    is_handover: true,
                    ..
                }
            )
        }) >= 2
    }),
    ("retells=1", |life| {
        n(life, |one| {
            matches!(
                one,
                Happening::Started {
                    is_retell: true,
                    ..
                } | Happening::Held {
                    is_retell: true,
                    ..
                }
            )
        }) == 1
    }),
    ("assessments>2", |life| {
        n(life, |one| {
            matches!(
                one,
                Happening::Started {
                    is_assessment: true,
                    ..
                }
            )
        }) > 2
    }),
    ("professionals<2", |life| {
        let mut met = BTreeSet::new();
        let mut n_outside = 0;
        for entry in &life.entries {
            match entry.happening {
                Happening::Started { professional, .. }
                | Happening::Beside { professional, .. } => match professional {
                    Some(number) => _ = met.insert(number),
                    None => n_outside += 1,
                },
                Happening::Held { professional, .. } => _ = met.insert(professional),
                _ => {}
            }
        }
        met.len() + n_outside < 2
    }),
    ("meldingen≥3", |life| {
        n(life, |one| {
            matches!(
                one,
                Happening::Came {
                    entrance: Entrance::FirstMelding
                        | Entrance::Hermelding
                        | Entrance::Vervolgmelding,
                    ..
                }
            )
        }) >= 3
    }),
    ("cases>1", |life| {
        n(life, |one| matches!(one, Happening::Closed { .. })) > 1
            || any(life, |one| {
                matches!(
                    one,
                    Happening::Came {
                        entrance: Entrance::Hermelding,
                        ..
                    }
                )
            })
    }),
    ("incidents!=0", |life| {
        any(life, |one| matches!(one, Happening::Incident { .. }))
    }),
    ("crises>0", |life| {
        any(life, |one| {
            matches!(
                one,
                Happening::Incident {
                    is_crisis: true,
                    ..
                }
            )
        })
    }),
    ("measures>=2", |life| {
        n(life, |one| matches!(one, Happening::Ordered(_))) >= 2
    }),
];

#[test]
fn a_search_finds_what_a_look_at_every_journal_finds() {
    let scenario = scenario();
    let case = &scenario.cases[scenario.baseline];
    let from = Time::from_days(scenario.period.warm_up_days);
    let lives: Vec<Vec<Journal>> = scenario
        .regions
        .iter()
        .map(|region| {
            let mut setting = common::setting(&case.form.key, &region.name);
            (setting.period, setting.parameters) = (scenario.period, case.parameters);
            journals(&setting, scenario.seed, 2, from).0
        })
        .collect();
    let n_looked: usize = lives.iter().map(Vec::len).sum();
    assert!(n_looked > 500, "{n_looked} households");

    let alone: Vec<Vec<Asked>> = ASKED.iter().map(|&one| vec![one]).collect();
    let pairs = ASKED.iter().zip(ASKED.iter().skip(7));
    let pairs = pairs.map(|(&one, &other)| vec![one, other]);
    for asked in alone.into_iter().chain(pairs) {
        let text: Vec<&str> = asked.iter().map(|(text, _)| *text).collect();
        let text = text.join(" ");
        let fits = |life: &Journal| asked.iter().all(|(_, fits)| fits(life));
        let fitting: Vec<(usize, &Journal)> = (0..lives.len())
            .flat_map(|region| lives[region].iter().map(move |life| (region, life)))
            .filter(|(_, life)| fits(life))
            .collect();
        let conditions = conditions(&text).unwrap();
        let found = search(&scenario, &conditions, 3, 2, &Silence).unwrap();
        assert_eq!(found.n_looked, n_looked, "{text}");
        assert_eq!(found.n_fitting, fitting.len(), "{text}");
        for (number, (_, fits)) in asked.iter().enumerate() {
            let n = lives.iter().flatten().filter(|life| fits(life)).count();
            assert_eq!(found.n_alone[number], n, "{text}");
        }
        let first: Vec<_> = fitting
            .iter()
            .map(|(region, life)| (*region, life.family.name))
            .take(3)
            .collect();
        assert_eq!(found.found, first, "{text}");
        if asked.len() == 1 {
            assert!(
                (1..n_looked).contains(&fitting.len()),
                "{text}: a question that divides"
            );
        }
    }
}

#[test]
fn the_household_that_is_found_lives_in_its_own_journal_as_asked() {
    let scenario = scenario();
    let cases: Vec<usize> = (0..scenario.cases.len()).collect();
    for &(text, fits) in ASKED {
        let conditions = conditions(text).unwrap();
        let finding = search(&scenario, &conditions, 2, 1, &Silence).unwrap();
        let &(region, household) = finding.found.last().expect(text);
        let cases = match text {
            "measure=ondertoezichtstelling" => &cases[..],
            _ => &cases[..1],
        };
        let lives = follow(&scenario, cases, region, household, 1).unwrap();
        let lives = lives.expect("it came before and comes again").lives;
        assert!(fits(&lives[0].journal), "{text}");
        assert!(conditions[0].fits(&lives[0].facts), "{text}");
        let from = Time::from_days(scenario.period.warm_up_days);
        for life in &lives {
            let came = life.journal.entries[0];
            assert!(
                came.at > from,
                "it comes for the first time while it is measured"
            );
            assert_eq!(came, lives[0].journal.entries[0], "the same in every form");
        }
    }
}

#[test]
fn without_a_warm_up_the_stock_is_not_looked_at() {
    let mut scenario = scenario();
    scenario.period.warm_up_days = 0;
    scenario.period.measured_days = 60;
    let conditions = conditions("wait>=0").unwrap();
    let finding = search(&scenario, &conditions, usize::MAX, 1, &Silence).unwrap();
    let is_of_stock = |name: &String| name.starts_with("stock");
    let names = finding.found.iter().map(|(_, name)| name.to_string());
    assert!((100..10_000).contains(&finding.n_looked), "{finding:?}");
    assert_eq!(names.filter(is_of_stock).count(), 0);
}

#[test]
fn every_question_is_looked_up_by_hand_once() {
    let keys: BTreeSet<&str> = ASKED
        .iter()
        .map(|(text, _)| conditions(text).unwrap()[0].question.key)
        .collect();
    let all: BTreeSet<&str> = rvtsim::model::QUESTIONS.iter().map(|one| one.key).collect();
    assert_eq!(keys, all);
}

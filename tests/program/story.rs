//! A story reads as it was: one family under some forms, made by hand so that no
//! number of the model can change it. RVTSIM_BLESS=1 writes tests/story anew.

use std::fs;
use std::path::Path;

use rvtsim::engine::{MINUTES_PER_DAY, Time};
use rvtsim::model::{
    Entrance, Entry, Facts, Family, Form, Function, Happening, HouseholdName, Journal, Judge, Kind,
    Measure, Mode, Protection, Route, Severity,
};
use rvtsim::report::Lang;
use rvtsim::scenario::{Changes, Scenario, conditions, load};
use rvtsim::study::{Finding, Layout, Life, Lives, finding, story};

/// Days of the run, which begins two years before what is measured.
fn scenario() -> Scenario {
    load(Path::new("scenarios/referentie.toml"), &Changes::default()).unwrap()
}

/// A journal that is being written, under the form of that number.
struct Book {
    entries: Vec<Entry>,
    case: usize,
    form: Form,
}

impl Book {
    fn on(&mut self, day: u32, happening: Happening) -> &mut Self {
        let at = Time::from_minutes(day * MINUTES_PER_DAY + 600);
        self.entries.push(Entry { at, happening });
        self
    }

    /// The team that does it under the form.
    fn team(&self, function: Function) -> u8 {
        self.form.task(function).unwrap().team as u8
    }

    fn asked(&mut self, day: u32, function: Function, kind: Kind) -> &mut Self {
        let team = self.team(function);
        let asked = Happening::Asked {
            function,
            kind,
            team,
        };
        self.on(day, asked)
    }

    /// Asked on one day, started on another.
    fn step(
        &mut self,
        (asked, started): (u32, u32),
        (function, kind): (Function, Kind),
        (mode, professional): (Mode, Option<u32>),
        [is_handover, is_retell, is_assessment]: [bool; 3],
    ) -> &mut Self {
        let team = self.team(function);
        self.asked(asked, function, kind).on(
            started,
            Happening::Started {
                function,
                kind,
                team,
                mode,
                professional,
                waited: (started - asked) * MINUTES_PER_DAY,
                is_handover,
                is_retell,
                is_assessment,
            },
        )
    }

    fn ended(&mut self, day: u32, function: Function, kind: Kind, is_success: bool) -> &mut Self {
        let ended = Happening::Ended {
            function,
            kind,
            is_success,
        };
        self.on(day, ended)
    }

    fn incident(&mut self, day: u32, is_reported: bool, is_crisis: bool) -> &mut Self {
        let severity = Severity::AcuutOnveilig;
        self.on(
            day,
            Happening::Incident {
                is_reported,
                is_crisis,
                severity,
            },
        );
        if is_reported {
            let entrance = Entrance::Vervolgmelding;
            self.on(day, Happening::Came { entrance, severity });
        }
        self
    }

    fn closed(&mut self, day: u32, route: Route, severity: Severity) -> &mut Self {
        self.on(day, Happening::Closed { route, severity })
    }

    /// Beside the way.
    fn beside(
        &mut self,
        day: u32,
        (function, kind): (Function, Kind),
        professional: Option<u32>,
        n_days: u32,
    ) -> &mut Self {
        let beside = Happening::Beside {
            function,
            kind,
            team: self.team(function),
            professional,
            waited: n_days * MINUTES_PER_DAY,
        };
        self.on(day, beside)
    }

    fn life(mut self) -> Life {
        self.entries.sort_by_key(|entry| entry.at);
        let journal = Journal {
            family: family(),
            entries: self.entries,
            until: Time::from_days(4 * 365 + 1),
        };
        Life {
            case: self.case,
            facts: Facts::of(&journal),
            journal,
        }
    }
}

fn family() -> Family {
    Family {
        name: HouseholdName::of_melding(12),
        has_children: true,
        has_partner_violence: false,
    }
}

fn begun(case: usize) -> Book {
    let mut book = Book {
        entries: Vec::new(),
        case,
        form: scenario().cases[case].form.clone(),
    };
    let (entrance, severity) = (Entrance::FirstMelding, Severity::StructureelOnveilig);
    book.on(740, Happening::Came { entrance, severity });
    book
}

const ALL: [bool; 3] = [true, true, true];
const NEW: [bool; 3] = [false, true, true];
const NONE: [bool; 3] = [false; 3];
const REGULAR: Kind = Kind::Regular;

/// The relay: every step another team, to an ondertoezichtstelling.
fn relay() -> Life {
    let beoordeling = Function::Veiligheidsbeoordeling;
    let hulp = Function::VrijwilligeHulp;
    let mut book = begun(0);
    let helpers = book.team(hulp);
    book.step(
        (740, 780),
        (beoordeling, REGULAR),
        (Mode::TakeOver, Some(12)),
        NEW,
    )
    .on(780, Happening::Protected(Protection::SightOnly))
    .ended(784, beoordeling, REGULAR, true)
    .step(
        (784, 820),
        (beoordeling, Kind::FollowUp),
        (Mode::TakeOver, Some(14)),
        [false, true, false],
    )
    .incident(830, true, false)
    .beside(850, (beoordeling, Kind::Vervolgmelding), Some(12), 20)
    .ended(853, beoordeling, Kind::Vervolgmelding, true)
    .ended(860, beoordeling, Kind::FollowUp, true)
    .step((860, 890), (hulp, REGULAR), (Mode::TakeOver, Some(30)), ALL)
    .on(890, Happening::Protected(Protection::Help))
    .incident(920, false, false)
    .on(930, Happening::PersonLeft { team: helpers })
    .asked(930, hulp, REGULAR)
    .on(
        940,
        Happening::Started {
            function: hulp,
            kind: REGULAR,
            team: helpers,
            mode: Mode::TakeOver,
            professional: Some(31),
            waited: 10 * MINUTES_PER_DAY,
            is_handover: false,
            is_retell: true,
            is_assessment: false,
        },
    )
    .incident(1000, true, true)
    .beside(1000, (Function::Crisis, REGULAR), Some(15), 0)
    .ended(1003, Function::Crisis, REGULAR, true)
    .on(1003, Happening::Ordered(Measure::Contactverbod))
    .on(
        1003,
        Happening::Judged {
            judge: Judge::Requester,
            is_for: true,
        },
    )
    .on(
        1003,
        Happening::BrokenOff {
            function: hulp,
            kind: REGULAR,
        },
    )
    .step(
        (1003, 1003),
        (Function::ToetsEnVerzoek, Kind::Spoed),
        (Mode::TakeOver, Some(60)),
        [true, true, false],
    )
    .ended(1004, Function::ToetsEnVerzoek, Kind::Spoed, true)
    .on(
        1004,
        Happening::Judged {
            judge: Judge::Check,
            is_for: true,
        },
    )
    .step(
        (1004, 1004),
        (Function::Rechter, Kind::Spoed),
        (Mode::Check, None),
        NONE,
    )
    .ended(1005, Function::Rechter, Kind::Spoed, true)
    .on(
        1005,
        Happening::Judged {
            judge: Judge::Rechter,
            is_for: true,
        },
    )
    .on(
        1005,
        Happening::Ordered(Measure::VoorlopigeOndertoezichtstelling),
    )
    .asked(1005, Function::UitvoeringMaatregel, Kind::Spoed);
    book.life()
}

/// The lokaal team holds the family and it becomes safe.
fn neighbourhood() -> Life {
    let beoordeling = Function::Veiligheidsbeoordeling;
    let hulp = Function::VrijwilligeHulp;
    let mut book = begun(2);
    let team = book.team(hulp);
    book.on(
        740,
        Happening::Held {
            team,
            professional: 30,
            is_retell: true,
        },
    )
    .on(740, Happening::Protected(Protection::SightOnly))
    .step(
        (740, 741),
        (beoordeling, REGULAR),
        (Mode::Join, Some(12)),
        NEW,
    )
    .ended(745, beoordeling, REGULAR, true)
    .step(
        (745, 746),
        (hulp, REGULAR),
        (Mode::TakeOver, Some(30)),
        NONE,
    )
    .on(746, Happening::Protected(Protection::Help))
    .beside(800, (Function::SpecialistischeHulp, REGULAR), None, 54)
    .incident(900, true, false)
    .on(980, Happening::Safe)
    .ended(980, hulp, REGULAR, true)
    .closed(980, Route::AssessedHelp, Severity::Veilig)
    .on(1400, Happening::Departed);
    book.life()
}

/// A long wait, and then need is not seen.
fn region() -> Life {
    let beoordeling = Function::Veiligheidsbeoordeling;
    let mut book = begun(4);
    book.incident(825, true, false)
        .incident(880, false, false)
        .step(
            (740, 900),
            (beoordeling, REGULAR),
            (Mode::TakeOver, Some(12)),
            NEW,
        )
        .ended(904, beoordeling, REGULAR, true)
        .incident(940, true, true)
        .step(
            (941, 950),
            (Function::Drang, REGULAR),
            (Mode::Consult, Some(12)),
            NONE,
        )
        .ended(1100, Function::Drang, REGULAR, false)
        .on(
            1100,
            Happening::Judged {
                judge: Judge::Requester,
                is_for: false,
            },
        )
        .closed(1100, Route::Drang, Severity::AcuutOnveilig);
    book.life()
}

fn lives(of: Vec<Life>) -> Lives {
    Lives {
        region: 1,
        replication: 1,
        family: family(),
        lives: of,
    }
}

fn check(name: &str, text: &str) {
    let path = Path::new("tests/story").join(name);
    if std::env::var_os("RVTSIM_BLESS").is_some() {
        fs::write(path, text).unwrap();
    } else {
        let before = fs::read_to_string(path).unwrap();
        assert!(before == text, "{name} should be\n{text}");
    }
}

fn told(of: Vec<Life>, is_list: bool, lang: Lang) -> String {
    let layout = Layout {
        width: Some(100),
        is_list,
    };
    let text = story(&scenario(), &lives(of), layout, lang);
    let longest = text.lines().map(|line| line.chars().count()).max();
    assert!(longest <= Some(100), "{text}");
    text
}

#[test]
fn more_lives_than_fit_a_line_are_a_table() {
    check(
        "table_nl.txt",
        &told(vec![relay(), neighbourhood(), region()], false, Lang::Nl),
    );
}

#[test]
fn two_lives_stand_side_by_side() {
    check(
        "columns_en.txt",
        &told(vec![relay(), neighbourhood()], false, Lang::En),
    );
}

#[test]
fn a_list_tells_one_life_after_the_other() {
    check(
        "list_nl.txt",
        &told(vec![relay(), neighbourhood(), region()], true, Lang::Nl),
    );
}

#[test]
fn a_narrow_line_has_no_table() {
    let layout = Layout {
        width: Some(60),
        is_list: false,
    };
    let text = story(
        &scenario(),
        &lives(vec![relay(), region(), neighbourhood()]),
        layout,
        Lang::Nl,
    );
    assert!(
        !text.contains('─') && text.contains("kort vervolg"),
        "{text}"
    );
    assert!(
        text.lines().all(|line| line.chars().count() <= 60),
        "{text}"
    );
    assert!(layout.has_sentences(3));
}

#[test]
fn a_search_says_how_typical_its_find_is() {
    let scenario = scenario();
    let conditions = conditions("measure=huisverbod wait>1000").unwrap();
    let mut found = Finding {
        n_looked: 12_040,
        n_fitting: 7,
        most: (2, 7),
        n_alone: vec![310, 9],
        n_without: vec![9, 310],
        ranges: vec![None, Some((0.0, 1200.25))],
        found: vec![(1, HouseholdName::of_melding(12))],
    };
    let mut text = String::new();
    for lang in [Lang::Nl, Lang::En] {
        text += &finding(&scenario, &conditions, &found, (1, 3), lang);
        text += "\n";
        text += &finding(&scenario, &conditions, &found, (9, 3), lang);
        text += "\n";
    }
    (found.n_fitting, found.most) = (0, (1, 319));
    found.found.clear();
    for lang in [Lang::Nl, Lang::En] {
        text += &finding(&scenario, &conditions, &found, (1, 3), lang);
        text += "\n";
    }
    assert!(
        text.lines().all(|line| line.chars().count() <= 100),
        "{text}"
    );
    check("search.txt", &text);
}

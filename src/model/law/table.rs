//! The law as a table: situations, and what follows.

use super::Question as Q;
use super::{Answers, Kind, Known, Moment, OrderKind, Question, Track, follows};
use crate::model::Function::*;
use crate::model::{Entrance, Function, Severity};

/// What a form says that has drang and a table, or neither.
const fn in_form(has_both: bool) -> Answers {
    let mut answers = Answers::NONE;
    answers.keep(Question::HasDrang, has_both);
    answers.keep(Question::HasTable, has_both);
    answers
}

/// A family with children in a structurally unsafe home, on no step, in a form with drang and a table.
const UNSAFE: Known = Known {
    severity: Severity::StructureelOnveilig,
    has_children: true,
    is_helped: false,
    n_failed: 0,
    main: None,
    has_side: false,
    order: None,
    last_order: None,
    is_out_of_home: false,
    is_out_for_long: false,
    is_fixed_route: false,
    answers: in_form(true),
};
const ACUTE: Known = Known {
    severity: Severity::AcuutOnveilig,
    ..UNSAFE
};
const LIGHT: Known = Known {
    severity: Severity::LichteZorgen,
    ..UNSAFE
};
const CHILDLESS: Known = Known {
    has_children: false,
    ..UNSAFE
};
const WITHOUT_DRANG_AND_TABLE: Known = Known {
    answers: in_form(false),
    ..UNSAFE
};
const UNDER_OTS: Known = Known {
    order: Some(OrderKind::Ots),
    main: Some((UitvoeringMaatregel, Kind::Regular)),
    ..UNSAFE
};
const PLACED: Known = Known {
    is_out_of_home: true,
    is_out_for_long: true,
    ..UNDER_OTS
};
const IN_HELP: Known = Known {
    main: Some((VrijwilligeHulp, Kind::Regular)),
    ..UNSAFE
};

fn failed(n_failed: u8) -> Known {
    Known { n_failed, ..UNSAFE }
}

fn after(last_order: OrderKind) -> Known {
    Known {
        last_order: Some(last_order),
        ..UNSAFE
    }
}

fn ended(function: Function, kind: Kind, track: Track, is_success: bool) -> Moment {
    Moment::Ended {
        function,
        kind,
        track,
        is_success,
    }
}

fn done(function: Function) -> Moment {
    ended(function, Kind::Regular, Track::Main, true)
}

fn stalled(function: Function) -> Moment {
    ended(function, Kind::Regular, Track::Main, false)
}

fn spoed(function: Function) -> Moment {
    ended(function, Kind::Spoed, Track::Main, true)
}

fn side(function: Function, kind: Kind) -> Moment {
    ended(function, kind, Track::Side, true)
}

fn aside(function: Function) -> Moment {
    ended(function, Kind::Regular, Track::Aside, true)
}

fn came(entrance: Entrance, is_crisis: bool) -> Moment {
    Moment::Came {
        entrance,
        is_crisis,
    }
}

/// What the law says where these questions are answered with yes and all others with no.
fn said(moment: Moment, mut known: Known, yes: &[Question]) -> String {
    loop {
        match follows(moment, &known) {
            Ok(following) => {
                let all: Vec<String> = following.iter().map(|next| next.to_string()).collect();
                return all.join(", ");
            }
            Err(question) => known.answers.keep(question, yes.contains(&question)),
        }
    }
}

#[test]
fn every_arrow_of_the_pathway_is_a_row() {
    let melding = Entrance::FirstMelding;
    let (vb, vv, bo) = (
        Veiligheidsbeoordeling,
        VoorwaardenEnVervolg,
        Beschermingsonderzoek,
    );
    let follow_up = ended(vb, Kind::FollowUp, Track::Main, true);
    let vervolgmelding = Moment::Reported { is_crisis: false };
    let in_assessment = Known {
        main: Some((vb, Kind::Regular)),
        ..ACUTE
    };
    let at_vots = Known {
        order: Some(OrderKind::Voorlopig),
        has_side: true,
        ..UNSAFE
    };
    let with_inquiry = Known {
        has_side: true,
        ..after(OrderKind::Voorlopig)
    };
    let helped = Known {
        severity: Severity::Veilig,
        ..after(OrderKind::Ots)
    };
    #[rustfmt::skip]
    let rows: &[(Moment, Known, &[Question], &str)] = &[
        // Coming in.
        (came(melding, false), UNSAFE, &[], "ask veiligheidsbeoordeling Urgent"),
        (came(melding, false), ACUTE, &[], "ask veiligheidsbeoordeling Crisis"),
        (came(Entrance::Hermelding, true), LIGHT, &[], "ask crisis Crisis"),
        (came(Entrance::OwnIntake, false), ACUTE, &[], "ask vrijwillige_hulp"),
        (came(Entrance::Jeugdreclassering, false), LIGHT, &[], "ask jeugdreclassering"),
        (came(Entrance::Stock, false), UNSAFE, &[], ""),
        // A vervolgmelding.
        (Moment::Reported { is_crisis: true }, IN_HELP, &[], "ask crisis Crisis Aside"),
        (vervolgmelding, IN_HELP, &[], "ask veiligheidsbeoordeling Vervolgmelding Aside"),
        (vervolgmelding, in_assessment, &[], "Hasten"),
        (aside(vb), UNDER_OTS, &[Q::Escalation], ""),
        (aside(vb), IN_HELP, &[], ""),
        (aside(vb), IN_HELP, &[Q::Escalation], "StopWay, request, ask jeugdbeschermingstafel"),
        // Veilig Thuis: nothing, an overdracht, or it keeps the family.
        (done(vb), UNSAFE, &[Q::NothingFollows, Q::Kept], "Close"),
        (done(vb), UNSAFE, &[], "ask vrijwillige_hulp"),
        (done(vb), ACUTE, &[], "ask vrijwillige_hulp Urgent"),
        (done(vb), UNSAFE, &[Q::HelpElsewhere], "HelpElsewhere, Close"),
        (done(vb), UNSAFE, &[Q::ToDrang], "ask drang"),
        (done(vb), CHILDLESS, &[Q::ToDrang], "ask vrijwillige_hulp"),
        (done(vb), WITHOUT_DRANG_AND_TABLE, &[Q::ToDrang], "ask vrijwillige_hulp"),
        (done(vb), UNSAFE, &[Q::Evident], "request, ask jeugdbeschermingstafel"),
        (done(vb), LIGHT, &[Q::Evident], "ask vrijwillige_hulp"),
        (done(vb), UNSAFE, &[Q::Kept, Q::Evident], "request, ask jeugdbeschermingstafel"),
        (done(vb), UNSAFE, &[Q::Kept, Q::Onderzoek], "ask onderzoek"),
        (done(vb), UNSAFE, &[Q::Kept, Q::Voorwaarden], "ask voorwaarden_en_vervolg"),
        (done(vb), UNSAFE, &[Q::Kept], "ask veiligheidsbeoordeling FollowUp"),
        (follow_up, UNSAFE, &[Q::FollowUpHelps], "ask vrijwillige_hulp"),
        (follow_up, UNSAFE, &[], "Close"),
        (done(Onderzoek), UNSAFE, &[], "Close"),
        (done(Onderzoek), UNSAFE, &[Q::OnderzoekHelps], "ask vrijwillige_hulp"),
        (done(Onderzoek), WITHOUT_DRANG_AND_TABLE, &[Q::OnderzoekHelps, Q::Request], "request, ask beschermingsonderzoek"),
        (done(vv), UNSAFE, &[Q::ConditionsKept, Q::Request], "ask vrijwillige_hulp"),
        (done(vv), UNSAFE, &[Q::Request], "request, ask jeugdbeschermingstafel"),
        // Help and drang.
        (done(VrijwilligeHulp), UNSAFE, &[], "Close"),
        (stalled(VrijwilligeHulp), CHILDLESS, &[], "Close"),
        (stalled(VrijwilligeHulp), UNSAFE, &[], "fail vrijwillige_hulp"),
        (Moment::Failed(VrijwilligeHulp), failed(1), &[], "ask drang"),
        (Moment::Failed(VrijwilligeHulp), failed(1), &[Q::Evident], "request, ask jeugdbeschermingstafel"),
        (Moment::Failed(VrijwilligeHulp), failed(2), &[], "GiveUpRequest, Close"),
        (Moment::Failed(VrijwilligeHulp), WITHOUT_DRANG_AND_TABLE, &[], "GiveUpRequest, ask vrijwillige_hulp"),
        (aside(SpecialistischeHulp), IN_HELP, &[], "HelpOn"),
        (done(Drang), UNSAFE, &[], "ask vrijwillige_hulp"),
        (done(Drang), helped, &[], "ask nazorg"),
        (stalled(Drang), UNSAFE, &[], "fail drang"),
        (Moment::Failed(Drang), failed(2), &[Q::Request], "request, ask jeugdbeschermingstafel"),
        (Moment::Dropped(Drang), UNSAFE, &[], "GiveUpRequest, ask vrijwillige_hulp"),
        (done(Nazorg), UNSAFE, &[], "Close"),
        (done(Jeugdreclassering), LIGHT, &[], "Close"),
        // A crisis, and the short way to a measure.
        (done(Crisis), UNSAFE, &[], "ask voorwaarden_en_vervolg"),
        (done(Crisis), UNSAFE, &[Q::Onderzoek], "ask onderzoek"),
        (aside(Crisis), IN_HELP, &[], ""),
        (aside(Crisis), UNDER_OTS, &[Q::Spoed], ""),
        (aside(Crisis), IN_HELP, &[Q::Spoed], "StopWay, request Spoed, ask toets_en_verzoek Spoed Crisis"),
        (spoed(ToetsEnVerzoek), UNSAFE, &[Q::Check], "ask rechter Spoed Crisis"),
        (spoed(Rechter), UNSAFE, &[Q::Granted], 
             "order Voorlopig, ask uitvoering_maatregel Spoed Urgent, ask beschermingsonderzoek Urgent Side"),
        // The way to a measure.
        (done(Jeugdbeschermingstafel), UNSAFE, &[Q::TableSeesNeed], "ask beschermingsonderzoek"),
        (done(Jeugdbeschermingstafel), LIGHT, &[], "GiveUpRequest, Close"),
        (Moment::Dropped(Jeugdbeschermingstafel), UNSAFE, &[], "ask beschermingsonderzoek"),
        (done(bo), UNSAFE, &[], "ask toets_en_verzoek Urgent"),
        (done(ToetsEnVerzoek), UNSAFE, &[Q::Check], "ask rechter"),
        (done(ToetsEnVerzoek), UNSAFE, &[], "GiveUpRequest, ask vrijwillige_hulp"),
        (done(Rechter), UNSAFE, &[Q::Granted], "order Ots, ask uitvoering_maatregel Urgent"),
        (done(Rechter), failed(2), &[], "GiveUpRequest, Close"),
        // Beside a measure.
        (side(bo, Kind::Regular), at_vots, &[], "ask toets_en_verzoek Urgent Side"),
        (side(ToetsEnVerzoek, Kind::Regular), at_vots, &[Q::Check], "ask rechter Side"),
        (side(Rechter, Kind::Regular), at_vots, &[Q::Granted], "order Ots, ExecuteAnew"),
        (side(Rechter, Kind::Gezag), UNDER_OTS, &[Q::Granted], "order Voogdij, ExecuteAnew"),
        (side(Rechter, Kind::Gezag), helped, &[Q::Granted], ""),
        (side(Rechter, Kind::Gezag), UNDER_OTS, &[], ""),
        (side(Rechter, Kind::Regular), UNSAFE, &[], "GiveUpRequest, ask vrijwillige_hulp"),
        // The terms of an order, and its end.
        (Moment::TermOver, UNDER_OTS, &[Q::Extended], "ask rechter Extension Aside, Extend"),
        (Moment::TermOver, UNDER_OTS, &[], "Lift"),
        (Moment::TermOver, at_vots, &[Q::Extended], "Lift"),
        (Moment::TermOver, PLACED, &[Q::Extended, Q::GoesHome], "GoHome, ask rechter Extension Aside, Extend"),
        (Moment::TermOver, PLACED, &[Q::Extended, Q::Gezag], "ask beschermingsonderzoek Gezag Side, ask rechter Extension Aside, Extend"),
        (done(UitvoeringMaatregel), after(OrderKind::Ots), &[], "ask vrijwillige_hulp"),
        (done(UitvoeringMaatregel), helped, &[], "ask nazorg"),
        (done(UitvoeringMaatregel), after(OrderKind::Voogdij), &[], "Close"),
        (done(UitvoeringMaatregel), with_inquiry, &[], ""),
        (done(UitvoeringMaatregel), after(OrderKind::Voorlopig), &[], "GiveUpRequest, ask vrijwillige_hulp"),
    ];
    for &(moment, known, yes, follows) in rows {
        assert_eq!(
            said(moment, known, yes),
            follows,
            "{moment:?}, {known:?}, {yes:?}"
        );
    }
}

/// An OTS that a family is not under does not end in voogdij, and no parental authority ends while help works.
#[test]
fn parental_authority_ends_only_after_a_long_placement_that_help_does_not_end() {
    for known in [
        Known {
            is_helped: true,
            ..PLACED
        },
        Known {
            is_out_for_long: false,
            ..PLACED
        },
        Known {
            has_side: true,
            ..PLACED
        },
        UNDER_OTS,
    ] {
        let follows = said(Moment::TermOver, known, &[Q::Extended, Q::Gezag]);
        assert_eq!(follows, "ask rechter Extension Aside, Extend", "{known:?}");
    }
}

//! The way through the chain: what follows what. The law is here; who does it
//! is the form's.

use super::activity::Ask;
use super::household::{Case, NOBODY};
use super::purpose::Purpose;
use super::work::Kind;
use super::{Activity, Chain, Track};
use crate::engine::{MINUTES_PER_YEAR, Urgency};
use crate::model::observation::wait::{Wait, WaitEnd};
use crate::model::{
    Entrance, Function, Happening, Intake, Measure, Mode, Route, Severity, Start, Step, Tally,
};
use crate::random::choose;

impl Chain {
    // ---- coming in ------------------------------------------------------------

    /// A case is opened: the family comes, or comes back.
    pub(crate) fn open_case(&mut self, household: u32, entrance: Entrance, is_crisis: bool) {
        let now = self.now;
        let home = self.household(household);
        home.counts.cases += 1;
        home.case = Case {
            is_open: true,
            opened_at: now,
            is_own_intake: entrance == Entrance::OwnIntake,
            is_partial: matches!(entrance, Entrance::Stock | Entrance::Jeugdreclassering),
            step: Some(Step::Came(entrance)),
            ..Case::default()
        };
        let severity = home.severity;
        self.n_cases += 1;
        if !std::mem::replace(&mut self.household(household).is_listed, true) {
            self.maybe_open.push(household);
        }
        self.note(household, Happening::Came { entrance, severity });
        match entrance {
            Entrance::Jeugdreclassering => {
                self.count(household, Tally::Jeugdreclassering);
                self.note(household, Happening::Ordered(Measure::Jeugdreclassering));
            }
            Entrance::Stock => {}
            _ => {
                self.n_measured_cases += u64::from(self.is_measuring);
                self.count(household, Tally::CasesOpened);
            }
        }
        if !self.households[household as usize].case.is_partial {
            self.start_support(household, Start::Case, false);
        }
        self.protect(household);
        if let Some(ask) = self.next_in_script(household) {
            self.hold_at_intake(household, ask.function);
            self.ask(ask);
            return;
        }
        let next = Ask::next(household, Function::Veiligheidsbeoordeling);
        match entrance {
            Entrance::Jeugdreclassering => {
                self.ask(Ask::next(household, Function::Jeugdreclassering));
            }
            Entrance::OwnIntake => self.ask(Ask::next(household, Function::VrijwilligeHulp)),
            Entrance::Stock => {}
            _ if is_crisis => {
                self.hold_at_intake(household, Function::Crisis);
                self.ask(Ask::next(household, Function::Crisis).urgency(Urgency::Crisis));
            }
            _ => {
                self.hold_at_intake(household, Function::Veiligheidsbeoordeling);
                // The law: acute at once, otherwise within five working days.
                self.ask(if severity == Severity::AcuutOnveilig {
                    next.urgency(Urgency::Crisis)
                } else {
                    next.urgent()
                });
            }
        }
    }

    /// Where the form says so, the lokaal team holds the family from the melding on.
    fn hold_at_intake(&mut self, household: u32, first: Function) {
        let is_melding = matches!(first, Function::Veiligheidsbeoordeling | Function::Crisis);
        if self.form_of(household).intake == Intake::LokaalTeam && is_melding {
            let help = Function::VrijwilligeHulp;
            let team = self.team_of(household, help);
            // Who comes in to assess hears the family with who holds it: one story.
            let is_joint = self.mode(household, first) == Mode::Join;
            self.household(household).case.is_joint_intake = is_joint;
            self.assign_lead(household, team, help);
            self.protect(household);
        }
    }

    pub(crate) fn main_activity(&self, household: u32) -> Option<&Activity> {
        let main = self.households[household as usize].main?;
        Some(&self.activities[main as usize])
    }

    // ---- going on -------------------------------------------------------------

    /// A step of the way is over: what follows?
    pub(crate) fn advance(&mut self, done: &Activity) {
        let household = done.household;
        self.note_end(done);
        self.observe_end_of(done);
        if let Some(ask) = self.next_in_script(household) {
            self.ask(ask);
            return;
        }
        match done.function {
            Function::Veiligheidsbeoordeling if done.kind == Kind::FollowUp => {
                self.after_follow_up(household);
            }
            Function::Veiligheidsbeoordeling => self.after_assessment(household),
            Function::Crisis => self.after_crisis(household, false),
            Function::Onderzoek => self.after_onderzoek(household),
            Function::VoorwaardenEnVervolg => self.after_conditions(household),
            Function::VrijwilligeHulp => self.after_help(household, done.is_success),
            Function::Drang => self.after_drang(household, done.is_success),
            Function::Jeugdbeschermingstafel => self.after_tafel(household),
            Function::Beschermingsonderzoek => {
                self.ask(self.petition(household, done.kind).urgent());
            }
            Function::ToetsEnVerzoek => self.after_check(done),
            Function::Rechter => self.after_judge(done),
            Function::UitvoeringMaatregel => self.after_order(household),
            Function::Nazorg => {
                self.make_safe(household);
                self.close(household);
            }
            Function::Jeugdreclassering => {
                self.note(household, Happening::Lifted(Measure::Jeugdreclassering));
                self.close(household);
            }
            Function::Advies | Function::SpecialistischeHulp => {}
        }
    }

    fn note_end(&mut self, done: &Activity) {
        let &Activity {
            function,
            kind,
            is_success,
            ..
        } = done;
        self.note(
            done.household,
            Happening::Ended {
                function,
                kind,
                is_success,
            },
        );
    }

    /// An inquiry beside a running measure goes on.
    pub(crate) fn advance_side(&mut self, done: &Activity) {
        let household = done.household;
        let side = |ask: Ask| ask.track(Track::Side);
        self.note_end(done);
        self.observe_end_of(done);
        match done.function {
            Function::Beschermingsonderzoek => {
                self.ask(side(self.petition(household, done.kind).urgent()));
            }
            Function::ToetsEnVerzoek if self.passes_check(done) => {
                self.ask(side(
                    Ask::next(household, Function::Rechter).kind(done.kind),
                ));
            }
            Function::Rechter if self.is_granted(household) => self.impose(household, done.kind),
            _ => {
                if done.kind != Kind::Gezag {
                    self.decide_against(household);
                }
                if self.households[household as usize].main.is_none() {
                    self.back_to_help(household);
                }
            }
        }
        if self.households[household as usize].side.is_none() {
            self.dismiss_others(
                household,
                self.team_of(household, Function::UitvoeringMaatregel),
                NOBODY,
            );
        }
    }

    /// Something beside the way is over.
    pub(crate) fn follow_aside(&mut self, done: &Activity) {
        let household = done.household;
        if done.kind == Kind::Consult {
            return;
        }
        self.note_end(done);
        match done.function {
            Function::Crisis => self.after_crisis(household, true),
            Function::SpecialistischeHulp => self.after_specialist(household),
            Function::Veiligheidsbeoordeling => {
                let severity = self.households[household as usize].severity;
                self.hasten(household, severity);
                self.escalate_help(household);
            }
            _ => {}
        }
    }

    /// A vervolgmelding before any request may lead to one.
    fn escalate_help(&mut self, household: u32) {
        let home = &self.households[household as usize];
        let is_on_the_way = self.main_activity(household).is_some_and(|activity| {
            matches!(
                activity.function,
                Function::VoorwaardenEnVervolg
                    | Function::VrijwilligeHulp
                    | Function::Drang
                    | Function::Nazorg
            )
        });
        let may_escalate = home.has_children && home.severity.is_unsafe() && home.order.is_none();
        let threshold =
            self.parameters().decision.escalation_threshold + self.alternative(household);
        if is_on_the_way && may_escalate && self.judge(household, threshold) {
            self.stop_way(household);
            self.request(household);
        }
    }

    /// Ends the step that the household is in, to go another way.
    pub(crate) fn stop_way(&mut self, household: u32) {
        if let Some(main) = self.households[household as usize].main {
            self.break_off(main);
        }
    }

    fn after_assessment(&mut self, household: u32) {
        let now = self.now;
        let case = self.counts_of_cases(household);
        self.household(household).case.assessed_at = now;
        self.find_unsafe(household);
        let closed = self.closed_share(household);
        let kept = self.kept_share(household);
        // The higher the draw, the longer Veilig Thuis stays with the family.
        let u = self.uniform(household, Purpose::Triage, case);
        self.count(household, Tally::Assessed);
        if u < closed {
            self.close(household);
        } else if u < 1.0 - kept {
            self.transfer(household);
        } else {
            self.count(household, Tally::Kept);
            if self.is_evident(household) {
                self.request(household);
            } else {
                self.keep(household, true);
            }
        }
    }

    /// Whoever has looked finds an unsafe home with children: from now on the family waits for
    /// help or a measure, unless it has either.
    pub(crate) fn find_unsafe(&mut self, household: u32) {
        let now = self.now;
        let home = self.household(household);
        let has_either = home.case.is_help_welcome || home.case.has_measure;
        if home.severity.is_unsafe() && home.has_children && !has_either {
            home.case.found_unsafe_at.get_or_insert(now);
        }
    }

    /// Help that is accepted, drang or the execution of a measure begins.
    pub(crate) fn answer_unsafe(&mut self, household: u32) {
        let case = &mut self.household(household).case;
        if let Some(found_at) = case.found_unsafe_at.take() {
            self.observe_wait(household, Wait::UnsafeFound, found_at, WaitEnd::Met);
        }
    }

    /// Shares of first meldingen here that are structurally and acutely unsafe.
    fn unsafe_shares(&self) -> (f64, f64) {
        (self.setting.region).unsafe_shares(&self.parameters().household)
    }

    /// Chance to leave the chain where it is `share` over the classes of first meldingen: the less
    /// safe the home, the smaller.
    fn leaving_share(&self, household: u32, share: f64) -> f64 {
        let t = &self.parameters().triage;
        let (structureel, acuut) = self.unsafe_shares();
        let mean_factor = 1.0 - structureel - acuut
            + structureel * t.leave_factor_structureel
            + acuut * t.leave_factor_acuut;
        let factor = match self.households[household as usize].severity {
            Severity::AcuutOnveilig => t.leave_factor_acuut,
            Severity::StructureelOnveilig => t.leave_factor_structureel,
            _ => 1.0,
        };
        (share * factor / mean_factor.max(f64::EPSILON)).min(1.0)
    }

    /// Chance that no next steps follow in the chain.
    fn closed_share(&self, household: u32) -> f64 {
        let t = &self.parameters().triage;
        self.leaving_share(household, t.nothing_share + t.other_share)
    }

    /// Chance that Veilig Thuis keeps this family, such that the region's share
    /// comes out over the classes of first meldingen.
    fn kept_share(&self, household: u32) -> f64 {
        let t = &self.parameters().triage;
        let (structureel, acuut) = self.unsafe_shares();
        let share = self.setting.region.kept_share.unwrap_or(t.kept_share);
        let mean_factor = (1.0 - structureel - acuut) * t.kept_factor_lichte_zorgen
            + structureel
            + acuut * t.kept_factor_acuut;
        let factor = match self.households[household as usize].severity {
            Severity::AcuutOnveilig => t.kept_factor_acuut,
            Severity::StructureelOnveilig => 1.0,
            _ => t.kept_factor_lichte_zorgen,
        };
        (share * factor / mean_factor).min(1.0 - self.closed_share(household))
    }

    /// Veilig Thuis goes on: an onderzoek, conditions, or a short follow-up.
    pub(crate) fn keep(&mut self, household: u32, may_be_short: bool) {
        let t = self.parameters().triage;
        let case = self.counts_of_cases(household);
        let u = self.uniform(household, Purpose::NextStep, case);
        let next = |function| Ask::next(household, function);
        // Who keeps more families keeps more for a short follow-up: onderzoeken and conditions
        // are as many for the meldingen.
        let here = self.setting.region.kept_share.filter(|_| may_be_short);
        let more = here.map_or(1.0, |here| t.kept_share / here.max(f64::EPSILON));
        self.ask(if u < t.onderzoek_share * more {
            next(Function::Onderzoek)
        } else if u < (t.onderzoek_share + t.voorwaarden_share) * more || !may_be_short {
            next(Function::VoorwaardenEnVervolg)
        } else {
            next(Function::Veiligheidsbeoordeling).kind(Kind::FollowUp)
        });
    }

    /// An overdracht: to help elsewhere, to drang, to the Raad, or to the lokaal team.
    fn transfer(&mut self, household: u32) {
        let t = self.parameters().triage;
        let case = self.counts_of_cases(household);
        let u = self.uniform(household, Purpose::NextStep, case);
        let elsewhere = self.leaving_share(household, t.transfer_to_existing_help_share);
        let has_children = self.households[household as usize].has_children;
        if self.is_evident(household) {
            self.request(household);
        } else if u < elsewhere {
            self.help_elsewhere(household);
            self.close(household);
        } else if u > 1.0 - t.transfer_to_drang_share
            && has_children
            && self.form_of(household).task(Function::Drang).is_some()
        {
            self.ask(Ask::next(household, Function::Drang));
        } else {
            self.ask_help(household);
        }
    }

    pub(crate) fn ask_help(&mut self, household: u32) {
        let ask = Ask::next(household, Function::VrijwilligeHulp);
        let severity = self.households[household as usize].severity;
        self.ask(if severity == Severity::AcuutOnveilig {
            ask.urgent()
        } else {
            ask
        });
    }

    fn after_follow_up(&mut self, household: u32) {
        let case = self.counts_of_cases(household);
        let share = self.parameters().triage.follow_up_to_help_share;
        let share = 1.0 - self.leaving_share(household, 1.0 - share);
        if choose(self.uniform(household, Purpose::FollowUp, case), share) {
            self.ask_help(household);
        } else {
            self.close(household);
        }
    }

    fn after_onderzoek(&mut self, household: u32) {
        let case = self.counts_of_cases(household);
        let share = self.parameters().help.onderzoek_to_help_share;
        let share = 1.0 - self.leaving_share(household, 1.0 - share);
        let goes_on = choose(
            self.uniform(household, Purpose::OnderzoekOutcome, case),
            share,
        );
        if !goes_on {
            self.close(household);
        } else if self.would_request(household) {
            self.request(household);
        } else {
            self.ask_help(household);
        }
    }

    fn after_conditions(&mut self, household: u32) {
        let case = self.counts_of_cases(household);
        let share = self.parameters().help.conditions_kept_probability;
        let is_kept = choose(
            self.uniform(household, Purpose::ConditionsKept, case),
            share,
        );
        if !is_kept && self.would_request(household) {
            self.request(household);
        } else {
            self.ask_help(household);
        }
    }

    fn after_help(&mut self, household: u32, is_success: bool) {
        let home = &self.households[household as usize];
        if is_success {
            self.make_safe(household);
            self.close(household);
        } else if !(home.severity.is_unsafe() && home.has_children) {
            self.close(household);
        } else {
            self.fail(household);
            let n_failed = self.households[household as usize].case.n_failed;
            if self.is_evident(household) {
                self.request(household);
            } else if self.form_of(household).task(Function::Drang).is_some() && n_failed == 1 {
                self.ask(Ask::next(household, Function::Drang));
            } else {
                self.decide(household);
            }
        }
    }

    /// Drang that works goes back to the lokaal team: for nazorg, or for the
    /// rest of the help.
    fn after_drang(&mut self, household: u32, is_success: bool) {
        if is_success {
            self.make_safe(household);
            let home = self.household(household);
            home.case.is_help_welcome = true;
            if home.severity.is_unsafe() {
                self.ask_help(household);
            } else {
                self.ask(Ask::next(household, Function::Nazorg));
            }
        } else {
            self.fail(household);
            self.decide(household);
        }
    }

    /// Voluntary help or drang has failed.
    fn fail(&mut self, household: u32) {
        let more = self.parameters().decision.need_per_failed_help;
        let home = self.household(household);
        home.case.n_failed += 1;
        home.case.is_help_welcome = false;
        home.add_need(more);
    }

    /// The home is safe if the family has had the help that it needs.
    pub(crate) fn make_safe(&mut self, household: u32) {
        let eases = self.parameters().decision.need_lost_when_safe;
        let home = self.household(household);
        if home.is_helped() && home.severity != Severity::Veilig {
            home.become_safe(eases);
            self.note(household, Happening::Safe);
        }
    }

    // ---- leaving --------------------------------------------------------------

    /// The case is closed: everybody goes.
    pub(crate) fn close(&mut self, household: u32) {
        let now = self.now;
        let home = &self.households[household as usize];
        for id in [home.main, home.side, home.specialist]
            .into_iter()
            .flatten()
        {
            self.break_off(id);
        }
        self.observe_unmet_of_case(household, WaitEnd::Left);
        self.dismiss_all(household);
        let severity = self.households[household as usize].severity;
        let route = self.route(household);
        self.note(household, Happening::Closed { route, severity });
        self.flow_out(household);
        if self.is_measuring {
            self.observe_case(household);
            if self.is_followed(now) {
                self.count(household, Tally::FollowedTwelveMonths);
            }
        }
        let home = self.household(household);
        home.lead_helps_on = false;
        home.case.is_open = false;
        home.closed_at = Some(now);
        self.depart(household);
    }

    /// Whether a case that closed then can be followed for twelve months.
    pub(crate) fn is_followed(&self, closed_at: crate::engine::Time) -> bool {
        closed_at >= self.measuring_from && closed_at.after(MINUTES_PER_YEAR) <= self.horizon
    }

    fn counts_of_cases(&self, household: u32) -> u16 {
        self.households[household as usize].counts.cases
    }

    /// The way that the case has gone.
    pub(crate) fn route(&self, household: u32) -> Route {
        let case = &self.households[household as usize].case;
        let visited = |function| case.visited.has(function);
        if visited(Function::Jeugdreclassering) {
            Route::Jeugdreclassering
        } else if case.is_spoed && case.has_measure {
            Route::Spoed
        } else if case.has_measure {
            Route::Measure
        } else if visited(Function::Beschermingsonderzoek) || case.is_requested {
            Route::RequestOnly
        } else if visited(Function::Drang) {
            Route::Drang
        } else if visited(Function::Onderzoek) {
            Route::Onderzoek
        } else if visited(Function::VoorwaardenEnVervolg) {
            Route::Voorwaarden
        } else if case.is_own_intake {
            Route::OwnIntake
        } else if visited(Function::VrijwilligeHulp) {
            Route::AssessedHelp
        } else if case.has_follow_up {
            Route::FollowUp
        } else {
            Route::AssessedOnly
        }
    }
}

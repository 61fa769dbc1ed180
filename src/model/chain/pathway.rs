//! The way through the chain: what the law says is done here, and nowhere else. Who does it is the form's.

use super::household::{Case, NOBODY};
use super::{Activity, Chain, HouseholdId};
use crate::engine::{MINUTES_PER_WEEK, MINUTES_PER_YEAR};
use crate::model::law::{self, Answers, Following, Kind, Known, Moment, Next, Track};
use crate::model::observation::wait::{Wait, WaitEnd};
use crate::model::{
    Entrance, Function, Happening, Intake, Measure, Mode, Route, Severity, Start, Step, Tally,
};

impl Chain {
    // ---- coming in ------------------------------------------------------------

    /// A case is opened: the family comes, or comes back.
    pub(crate) fn open_case(
        &mut self,
        household: HouseholdId,
        entrance: Entrance,
        is_crisis: bool,
    ) {
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
        self.households.open_case(household);
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
        if !self.households[household].case.is_partial {
            self.start_support(household, Start::Case, false);
        }
        self.protect(household);
        let following = match self.next_in_script() {
            Some(ask) => Next::from(ask).into(),
            None => {
                let moment = Moment::Came {
                    entrance,
                    is_crisis,
                };
                self.what_follows(household, moment, NOBODY)
            }
        };
        for next in following.iter() {
            if let Next::Ask(first) = next {
                self.hold_at_intake(household, first.function);
            }
            self.apply(household, next);
        }
    }

    /// Where the form says so, the lokaal team holds the family from the melding on.
    fn hold_at_intake(&mut self, household: HouseholdId, first: Function) {
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

    pub(crate) fn main_activity(&self, household: HouseholdId) -> Option<&Activity> {
        let main = self.households[household].main?;
        Some(&self.activities[main])
    }

    // ---- going on -------------------------------------------------------------

    /// A step, or something beside the way, is over: what it brings is booked, and what follows is done.
    pub(crate) fn advance(&mut self, done: &Activity) {
        let &Activity {
            household,
            function,
            kind,
            track,
            is_success,
            ..
        } = done;
        if kind == Kind::Consult {
            return;
        }
        self.note(
            household,
            Happening::Ended {
                function,
                kind,
                is_success,
            },
        );
        if track != Track::Aside {
            self.observe_end_of(done);
        }
        if track == Track::Main
            && let Some(ask) = self.next_in_script()
        {
            self.ask(household, ask);
            return;
        }
        self.settle(done);
        let moment = Moment::Ended {
            function,
            kind,
            track,
            is_success,
        };
        self.go_on(household, moment, done.professional);
        if track == Track::Side && self.households[household].side.is_none() {
            let execution = self.team_of(household, Function::UitvoeringMaatregel);
            self.dismiss_others(household, execution, NOBODY);
        }
    }

    /// What the end of a step brings, whatever follows it.
    fn settle(&mut self, done: &Activity) {
        let (now, household) = (self.now, done.household);
        match (done.function, done.track) {
            (Function::Veiligheidsbeoordeling, Track::Main) if done.kind != Kind::FollowUp => {
                self.household(household).case.assessed_at = now;
                self.find_unsafe(household);
                self.count(household, Tally::Assessed);
            }
            (Function::Crisis, track) => {
                self.count(household, Tally::Crises);
                self.ban(household);
                self.find_unsafe(household);
                if track == Track::Main {
                    self.household(household).case.assessed_at = now;
                }
            }
            (Function::VrijwilligeHulp | Function::Drang, _) if done.is_success => {
                self.make_safe(household);
                self.household(household).case.is_help_welcome = true;
            }
            (Function::Nazorg, _) => self.make_safe(household),
            (Function::Jeugdreclassering, _) => {
                self.note(household, Happening::Lifted(Measure::Jeugdreclassering));
            }
            _ => {}
        }
    }

    /// Does what follows a moment in the life of a family; `by` did the step that has ended, if one has.
    pub(crate) fn go_on(&mut self, household: HouseholdId, moment: Moment, by: u32) {
        for next in self.what_follows(household, moment, by).iter() {
            self.apply(household, next);
        }
    }

    /// Asks the law what follows, and answers what it must know for that.
    fn what_follows(&mut self, household: HouseholdId, moment: Moment, by: u32) -> Following {
        let mut known = self.known(household);
        loop {
            match law::follows(moment, &known) {
                Ok(following) => return following,
                Err(question) => {
                    self.answer(household, question, (moment, by), &mut known.answers);
                }
            }
        }
    }

    /// What is known of a case now.
    fn known(&self, household: HouseholdId) -> Known {
        let home = &self.households[household];
        let uhp_since = home.order.and_then(|order| order.uhp_since);
        let weeks = |since| f64::from(self.now.since(since)) / f64::from(MINUTES_PER_WEEK);
        let enough = self.parameters().measure.gezagsbeeindiging_after_weeks;
        Known {
            severity: home.severity,
            has_children: home.has_children,
            is_helped: home.is_helped(),
            n_failed: home.case.n_failed,
            main: (self.main_activity(household)).map(|main| (main.function, main.kind)),
            has_side: home.side.is_some(),
            order: home.order.map(|order| order.kind),
            last_order: home.last_order,
            is_out_of_home: uhp_since.is_some(),
            is_out_for_long: uhp_since.is_some_and(|since| weeks(since) >= enough),
            is_fixed_route: self.script.is_some(),
            answers: Answers::NONE,
        }
    }

    /// What a consequence does to a family: here, and nowhere else.
    fn apply(&mut self, household: HouseholdId, next: Next) {
        match next {
            Next::Ask(ask) => self.ask(household, ask),
            Next::StopWay => self.stop_way(household),
            Next::Hasten => self.hasten(household),
            Next::Request { is_spoed } => self.mark_request(household, is_spoed),
            Next::GiveUpRequest => self.give_up_request(household, WaitEnd::Left),
            Next::Order(order) => self.impose(household, order),
            Next::ExecuteAnew => self.execute_anew(household),
            Next::Extend => self.extend(household),
            Next::GoHome => self.go_home(household),
            Next::Lift => self.lift(household),
            Next::HelpOn => self.after_specialist(household),
            Next::Fail(function) => {
                self.fail(household);
                self.go_on(household, Moment::Failed(function), NOBODY);
            }
            Next::HelpElsewhere => self.help_elsewhere(household),
            Next::Close => self.close(household),
        }
    }

    /// Ends the step that the household is in, to go another way.
    fn stop_way(&mut self, household: HouseholdId) {
        if let Some(main) = self.households[household].main {
            self.break_off(main);
        }
    }

    /// From here on whoever comes in was not there before the request.
    fn mark_request(&mut self, household: HouseholdId, is_spoed: bool) {
        let now = self.now;
        let home = self.household(household);
        home.case.is_spoed |= is_spoed;
        home.case.is_requested = true;
        home.case.before_request = home.case.involved;
        if !home.case.is_executed {
            home.case.requested_at.get_or_insert(now);
        }
        for involved in &mut home.circle {
            involved.is_before_request = true;
        }
    }

    /// Whoever has looked finds an unsafe home with children: from now on the family waits for
    /// help or a measure, unless it has either.
    pub(crate) fn find_unsafe(&mut self, household: HouseholdId) {
        let now = self.now;
        let home = self.household(household);
        let has_either = home.case.is_help_welcome || home.case.has_measure;
        if home.severity.is_unsafe() && home.has_children && !has_either {
            home.case.found_unsafe_at.get_or_insert(now);
        }
    }

    /// Help that is accepted, drang or the execution of a measure begins.
    pub(crate) fn answer_unsafe(&mut self, household: HouseholdId) {
        let case = &mut self.household(household).case;
        if let Some(found_at) = case.found_unsafe_at.take() {
            self.observe_wait(household, Wait::UnsafeFound, found_at, WaitEnd::Met);
        }
    }

    /// Voluntary help or drang has failed.
    fn fail(&mut self, household: HouseholdId) {
        let more = self.parameters().decision.need_per_failed_help;
        let home = self.household(household);
        home.case.n_failed += 1;
        home.case.is_help_welcome = false;
        home.add_need(more);
    }

    /// The home is safe if the family has had the help that it needs.
    pub(crate) fn make_safe(&mut self, household: HouseholdId) {
        let eases = self.parameters().decision.need_lost_when_safe;
        let home = self.household(household);
        if home.is_helped() && home.severity != Severity::Veilig {
            home.become_safe(eases);
            self.note(household, Happening::Safe);
        }
    }

    // ---- leaving --------------------------------------------------------------

    /// The case is closed: everybody goes.
    pub(crate) fn close(&mut self, household: HouseholdId) {
        let now = self.now;
        let home = &self.households[household];
        for id in [home.main, home.side, home.specialist]
            .into_iter()
            .flatten()
        {
            self.break_off(id);
        }
        self.observe_unmet_of_case(household, WaitEnd::Left);
        self.dismiss_all(household);
        let severity = self.households[household].severity;
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

    /// The way that the case has gone.
    pub(crate) fn route(&self, household: HouseholdId) -> Route {
        let case = &self.households[household].case;
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

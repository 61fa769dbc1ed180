//! Towards a measure: the request, the table, the check, the judge; and the
//! short way after a crisis.

use super::activity::Ask;
use super::work::Kind;
use super::{Activity, Chain};
use crate::engine::Urgency;
use crate::model::observation::wait::WaitEnd;
use crate::model::{Function, Tally};

impl Chain {
    /// Whether a measure is asked for; not to ask is a decision too.
    pub(crate) fn would_request(&mut self, household: u32) -> bool {
        let threshold = self.parameters().decision.request_threshold + self.alternative(household);
        if !self.households[household as usize].has_children {
            return false;
        }
        let is_for = self.judge(household, threshold);
        if !is_for {
            self.decide_against(household);
        }
        is_for
    }

    pub(crate) fn decide(&mut self, household: u32) {
        if self.would_request(household) {
            self.request(household);
        } else {
            self.back_to_help(household);
        }
    }

    /// A measure is asked for: first at the table, if there is one, then of the Raad.
    pub(crate) fn request(&mut self, household: u32) {
        self.mark_request(household);
        let first = match self
            .form_of(household)
            .task(Function::Jeugdbeschermingstafel)
        {
            Some(_) => Function::Jeugdbeschermingstafel,
            None => Function::Beschermingsonderzoek,
        };
        self.ask(Ask::next(household, first));
    }

    /// From here on whoever comes in was not there before the request.
    fn mark_request(&mut self, household: u32) {
        let now = self.now;
        let home = self.household(household);
        home.case.is_requested = true;
        home.case.before_request = home.case.involved;
        if !home.case.is_executed {
            home.case.requested_at.get_or_insert(now);
        }
        for involved in &mut home.circle {
            involved.is_before_request = true;
        }
    }

    pub(crate) fn after_tafel(&mut self, household: u32) {
        if self.table_sees_need(household) {
            self.ask(Ask::next(household, Function::Beschermingsonderzoek));
        } else {
            self.decide_against(household);
            self.back_to_help(household);
        }
    }

    pub(crate) fn petition(&self, household: u32, kind: Kind) -> Ask {
        Ask::next(household, Function::ToetsEnVerzoek).kind(kind)
    }

    pub(crate) fn passes_check(&mut self, done: &Activity) -> bool {
        let d = self.parameters().decision;
        let threshold = match done.kind {
            Kind::Spoed => d.spoed_threshold,
            _ => d.check_threshold,
        };
        let passes = self.check(done.household, threshold, done.professional);
        if done.kind != Kind::Spoed {
            self.count(done.household, Tally::Beschermingsonderzoeken);
            if passes {
                self.count(done.household, Tally::Petitions);
            }
        }
        passes
    }

    pub(crate) fn after_check(&mut self, done: &Activity) {
        let household = done.household;
        if self.passes_check(done) {
            let ask = Ask::next(household, Function::Rechter).kind(done.kind);
            self.ask(if done.kind == Kind::Spoed {
                ask.urgency(Urgency::Crisis)
            } else {
                ask
            });
        } else {
            self.decide_against(household);
            self.back_to_help(household);
        }
    }

    pub(crate) fn after_judge(&mut self, done: &Activity) {
        if self.is_granted(done.household) {
            self.impose(done.household, done.kind);
        } else {
            self.decide_against(done.household);
            self.back_to_help(done.household);
        }
    }

    /// No measure: help goes on, unless it has failed twice already.
    pub(crate) fn back_to_help(&mut self, household: u32) {
        self.give_up_request(household, WaitEnd::Left);
        let home = &self.households[household as usize];
        if home.case.n_failed >= 2 || !home.severity.is_unsafe() {
            self.close(household);
        } else {
            self.ask_help(household);
        }
    }

    /// After a crisis: a ban on the violent partner, a voorlopige OTS, or what
    /// comes after any melding that Veilig Thuis keeps.
    pub(crate) fn after_crisis(&mut self, household: u32, is_aside: bool) {
        self.count(household, Tally::Crises);
        let crisis = self.household(household).counts.crises;
        self.household(household).counts.crises += 1;
        self.ban(household, crisis);
        self.find_unsafe(household);
        let home = &self.households[household as usize];
        let is_in_spoed = home.side.is_some()
            || self
                .main_activity(household)
                .is_some_and(|activity| activity.kind == Kind::Spoed);
        let may_order = home.has_children && home.order.is_none() && !is_in_spoed;
        let threshold = self.parameters().decision.spoed_threshold;
        if may_order && self.judge(household, threshold) {
            self.stop_way(household);
            self.mark_request(household);
            self.household(household).case.is_spoed = true;
            self.ask(
                self.petition(household, Kind::Spoed)
                    .urgency(Urgency::Crisis),
            );
        } else if !is_aside {
            self.household(household).case.assessed_at = self.now;
            self.keep(household, false);
        }
    }
}

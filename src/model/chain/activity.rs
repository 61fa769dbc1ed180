//! Activities: asked for, waited for, begun, ended.
//!
//! Office work is taken up and ended in office hours; crisis work is round the
//! clock. What comes after an activity is the pathway's to say.

use super::household::{Involvement, NOBODY, Role};
use super::purpose::Purpose;
use super::work::Work;
use super::{Activity, ActivityId, Chain, Event, HouseholdId};
use crate::engine::{
    Answer, MINUTES_PER_HOUR, MINUTES_PER_WEEK, Member, Pool, Priority, Request, Urgency, Wish,
};
use crate::model::law::{Ask, Kind, Track};
use crate::model::observation::wait::WaitEnd;
use crate::model::{Form, Function, Happening, Mode, Scale};
use crate::random::Draws;

/// More than this one crisis never takes, however its effort was drawn [minutes a week]: ten people
/// round the clock.
const MOST_IN_CRISIS: f64 = 10.0 * MINUTES_PER_WEEK as f64;

fn team_in(form: &Form, function: Function) -> usize {
    let task = form.task(function);
    task.expect("a function that is asked for has a team").team
}

impl Chain {
    /// The pool of a team for an area.
    pub(crate) fn pool_of(&self, team: usize, area: u8) -> u16 {
        match self.form().teams[team].scale {
            Scale::Area => self.first_pool[team] + u16::from(area),
            Scale::Region | Scale::External => self.first_pool[team],
        }
    }

    /// Asks for a function to be done for a household.
    pub(crate) fn ask(&mut self, household: HouseholdId, ask: Ask) {
        let Ask {
            function,
            kind,
            track,
            ..
        } = ask;
        let team = self.team_of(household, function);
        let mode = self.mode(household, function);
        let home = self.household(household);
        let lead = home.lead().copied();
        if track == Track::Main {
            home.lead_helps_on = mode == Mode::Join && lead.is_some() && home.case.is_help_welcome;
        }
        if let (Mode::Consult, Some(lead)) = (mode, lead)
            && track != Track::Aside
        {
            self.consult(household, ask.kind(Kind::Consult));
            self.let_lead_do(household, ask, lead);
            return;
        }
        if track != Track::Aside {
            let team = team as u8;
            self.note(
                household,
                Happening::Asked {
                    function,
                    kind,
                    team,
                },
            );
        }
        let id = self.add_for_household(household, ask, team);
        self.rest_lead(household);
        self.send(id);
    }

    /// Somebody outside the chain asks for advice.
    pub(crate) fn advise_outsider(&mut self, entity: u32) {
        let ask = Ask::next(Function::Advies).track(Track::Aside);
        let draws = self.chance.of(entity);
        let area = self.areas.at(draws.uniform(Purpose::Area as u16, 0));
        let team = team_in(self.form_in(area), Function::Advies);
        let id = self.add_activity(HouseholdId::NOBODY, ask, team, area, (draws, 0));
        self.send(id);
    }

    /// The lead asks the advisers about an unsafe family, where the form says so.
    pub(crate) fn consult_at(&mut self, household: HouseholdId, function: Function) {
        let home = &self.households[household];
        if self.form_of(household).consults.has(function) && home.severity.is_unsafe() {
            self.consult(household, Ask::next(Function::Advies));
        }
    }

    fn consult(&mut self, household: HouseholdId, ask: Ask) {
        self.ask_beside(household, ask.track(Track::Aside));
    }

    /// Asks for something beside the household's way; says which activity it is.
    pub(crate) fn ask_beside(&mut self, household: HouseholdId, ask: Ask) -> ActivityId {
        let id = self.add_for_household(household, ask, self.team_of(household, ask.function));
        self.send(id);
        id
    }

    /// Under `consult` the lead does the work themselves, advised.
    fn let_lead_do(&mut self, household: HouseholdId, ask: Ask, lead: Involvement) {
        let id = self.add_for_household(household, ask, lead.team.into());
        let professional = &self.professionals[lead.professional as usize];
        let (pool, member) = (professional.pool, professional.member);
        let activity = &mut self.activities[id];
        activity.pool = pool;
        let amount = activity.amount;
        self.pools[usize::from(pool)].force(self.now, member, amount);
        self.begin(id, lead.professional);
    }

    /// The team that does a function for a household.
    pub(crate) fn team_of(&self, household: HouseholdId, function: Function) -> usize {
        team_in(self.form_of(household), function)
    }

    fn add_for_household(&mut self, household: HouseholdId, ask: Ask, team: usize) -> ActivityId {
        let draws = self.draws(household);
        // Advice is counted as advice: a form that asks for it must not move
        // the draws of the work itself.
        let counted = match ask.kind {
            Kind::Consult => Function::Advies,
            _ => ask.function,
        };
        let counts = &mut self.household(household).counts;
        // What is done beside the way has its own numbers, so that it does not
        // move the draws of the steps.
        let (n_before, range) = match ask.track {
            Track::Aside => (&mut counts.work_aside[counted as usize], 1 << 16),
            Track::Main | Track::Side => (&mut counts.work[counted as usize], 0),
        };
        let index = range + u32::from(*n_before);
        *n_before += 1;
        let area = self.households[household].area;
        self.add_activity(household, ask, team, area, (draws, index))
    }

    fn add_activity(
        &mut self,
        household: HouseholdId,
        ask: Ask,
        team: usize,
        area: u8,
        chance: (Draws, u32),
    ) -> ActivityId {
        let Ask {
            function,
            kind,
            track,
            urgency,
        } = ask;
        let mut work = Work::draw(self.parameters(), function, kind, self.spread, chance);
        work.per_week *= self.intensity(household, function);
        let is_external = self.form().teams[team].scale == Scale::External;
        let case = match household {
            HouseholdId::NOBODY => 0,
            _ => self.households[household].counts.cases,
        };
        let mut activity = Activity {
            household,
            case,
            function,
            kind,
            track,
            team: team as u8,
            pool: self.pool_of(team, area),
            urgency,
            asked_at: self.now,
            ticket: None,
            handle: None,
            due: self.now,
            professional: NOBODY,
            tenure: 0,
            amount: 1,
            per_week: work.per_week,
            entry_minutes: 0.0,
            duration: 0,
            is_success: true,
            is_running: false,
            is_resumed: false,
            is_assessed_anew: false,
        };
        if is_external {
            activity.duration = work.duration.round() as u32;
        } else {
            if track != Track::Aside {
                let hours = self.entry_hours(&activity);
                activity.entry_minutes = hours * f64::from(MINUTES_PER_HOUR);
            }
            self.fit(&mut activity, work);
        }
        let id = self.activities.add(activity);
        match track {
            Track::Main => self.household(household).main = Some(id),
            Track::Side => self.household(household).side = Some(id),
            Track::Aside if household == HouseholdId::NOBODY => {}
            Track::Aside => self.households.expect(household),
        }
        id
    }

    /// Sets what an activity reserves and how long it lasts, such that it takes
    /// no more than the largest share of one professional that it may take.
    ///
    /// A crisis is not: whoever does it drops other work.
    fn fit(&self, activity: &mut Activity, work: Work) {
        let mut minutes = work.duration;
        if minutes == 0.0 {
            (activity.per_week, minutes) = self.steady(activity, work);
        }
        let per_week = activity.spread_over(minutes);
        let largest = match activity.urgency {
            Urgency::Crisis => MOST_IN_CRISIS,
            _ => self.parameters().staff.largest_activity_share * self.full_minutes(),
        };
        // Where nobody has any hours it waits, and has a length all the same.
        let stretch = (per_week / largest.max(1.0)).max(1.0);
        activity.amount = ((per_week / stretch).round() as u32).max(1);
        activity.duration = (work.duration * stretch).round() as u32;
    }

    /// Effort [minutes a week] and expected duration \[minutes\] of work whose end
    /// is the family's or the order's to say.
    fn steady(&self, activity: &Activity, work: Work) -> (f64, f64) {
        let home = &self.households[activity.household];
        match home.order {
            Some(order) if activity.function == Function::UitvoeringMaatregel => {
                let minutes = self.length(activity.household, order.kind);
                (
                    self.order_effort(activity.household, order),
                    f64::from(minutes),
                )
            }
            _ => {
                let plan_weeks = self.parameters().work.plan_weeks_own_assessment;
                let plan = plan_weeks * f64::from(MINUTES_PER_WEEK);
                (work.per_week, home.help_needed - home.helped + plan)
            }
        }
    }

    /// Sends a request to its pool now, or when the office opens.
    pub(crate) fn send(&mut self, id: ActivityId) {
        let activity = self.activities[id];
        let opens = if activity.function == Function::SpecialistischeHulp {
            let weeks = self.parameters().external.specialist_intake_weeks;
            self.now.after((weeks * f64::from(MINUTES_PER_WEEK)) as u32)
        } else if activity.urgency == Urgency::Crisis {
            self.now
        } else {
            self.working.next_open(self.now)
        };
        if opens == self.now {
            self.line_up(id);
        } else {
            let handle = self
                .calendar
                .schedule(opens, Priority::Seize, Event::Opens(id));
            self.activities[id].handle = Some(handle);
        }
    }

    /// Asks the pool; begins at once or waits there.
    pub(crate) fn line_up(&mut self, id: ActivityId) {
        self.activities[id].handle = None;
        let activity = self.activities[id];
        if activity.function == Function::Jeugdbeschermingstafel {
            self.tafel.line_up(id);
            return;
        }
        let now = self.now;
        let wish = self.wish(&activity);
        let is_crisis = activity.urgency == Urgency::Crisis;
        // Who asks for advice has an answer between other work, up to a limit.
        let is_short = activity.function == Function::Advies || activity.kind == Kind::Consult;
        let limit = self.parameters().staff.advice_limit;
        let request = Request {
            case: id.0,
            skill: activity.function as u8,
            urgency: match is_short {
                true => activity.urgency.min(Urgency::Urgent),
                false => activity.urgency,
            },
            amount: activity.amount,
            wish,
        };
        let pool = &mut self.pools[usize::from(activity.pool)];
        let has_room = |pool: &Pool, member: Member| {
            let filled = f64::from(pool.reserved_of(member) + request.amount);
            filled <= limit * f64::from(pool.capacity_of(member))
        };
        let at_once = (is_crisis || is_short)
            .then(|| pool.roomiest(request.skill, wish))
            .flatten()
            .filter(|&member| is_crisis || has_room(pool, member));
        if let Some(member) = at_once {
            pool.force(now, member, activity.amount);
            self.begin(id, self.professional_at(activity.pool, member));
            return;
        }
        match pool.ask(now, request) {
            Answer::Started(member) => {
                self.begin(id, self.professional_at(activity.pool, member));
            }
            Answer::Waiting(ticket) => self.activities[id].ticket = Some(ticket),
        }
    }

    /// Whom the household would rather have, or must not have: a check is done
    /// by somebody who neither holds it nor joined.
    pub(crate) fn wish(&self, activity: &Activity) -> Wish {
        if activity.household == HouseholdId::NOBODY {
            return Wish::Any;
        }
        let home = &self.households[activity.household];
        let task = self.form_of(activity.household).task(activity.function);
        let is_check = task.map(|task| task.mode) == Some(Mode::Check);
        let is_here = |involved: &&Involvement| {
            self.professionals[involved.professional as usize].pool == activity.pool
        };
        // A check excludes one member: the lead before anybody else.
        let lead = home.lead().filter(|_| is_check).filter(is_here);
        let Some(involved) = lead.or_else(|| home.circle.iter().find(is_here)) else {
            return Wish::Any;
        };
        let member = self.professionals[involved.professional as usize].member;
        if is_check && activity.track != Track::Aside && involved.role != Role::Checker {
            Wish::Not(member)
        } else {
            Wish::Rather(member)
        }
    }

    /// A professional, or a place outside the chain, begins.
    pub(crate) fn begin(&mut self, id: ActivityId, professional: u32) {
        let now = self.now;
        let tenure = match professional {
            NOBODY => 0,
            _ => self.professionals[professional as usize].tenure,
        };
        let activity = &mut self.activities[id];
        (activity.ticket, activity.handle) = (None, None);
        (activity.professional, activity.tenure) = (professional, tenure);
        activity.is_running = true;
        let activity = *activity;
        let waited = now.since(activity.asked_at);
        if self.is_measuring {
            let is_counted = self.is_counted(activity.household);
            self.seen.starts[activity.function as usize] +=
                u64::from(!activity.is_resumed && is_counted);
        }
        self.observe_queue(&activity, WaitEnd::Met);
        if activity.household != HouseholdId::NOBODY {
            self.count_time(activity.household);
            if activity.track == Track::Aside {
                self.meet(&activity, waited);
                self.observe_start_aside(&activity);
                if activity.function.is_external() {
                    self.household(activity.household)
                        .running
                        .insert(activity.function);
                }
            } else {
                self.begin_step(id, waited);
            }
        }
        if activity.is_resumed && activity.function == Function::UitvoeringMaatregel {
            // The term of an order runs on while its jeugdbeschermer is replaced.
            let left = activity.due.minutes().saturating_sub(now.minutes());
            self.activities[id].duration = left;
            self.set_order_effort(id);
        }
        let minutes = self.activities[id].duration;
        let minutes = self.stretched(activity.function, professional, minutes);
        self.schedule_end(id, minutes);
        if activity.household != HouseholdId::NOBODY {
            self.protect(activity.household);
        }
    }

    /// What the beginning of an activity means for the household's way.
    fn begin_step(&mut self, id: ActivityId, waited: u32) {
        let Activity {
            household,
            function,
            team,
            professional,
            is_resumed,
            ..
        } = self.activities[id];
        let home = self.household(household);
        home.running.insert(function);
        home.case.visited.insert(function);
        let n_handovers = home.case.n_handovers;
        self.dismiss_others(household, team.into(), professional);
        if professional != NOBODY {
            self.come_in(id, waited);
        } else {
            self.visit_outside(id, waited);
        }
        if !is_resumed {
            if self.activities[id].track == Track::Main {
                let is_handover = self.households[household].case.n_handovers > n_handovers;
                self.flow_on(id, is_handover);
            }
            self.consult_at(household, function);
            self.observe_start(id);
            self.set_course(id);
        }
    }

    /// Puts the end of an activity in the calendar; office work ends in office hours.
    pub(crate) fn schedule_end(&mut self, id: ActivityId, minutes: u32) {
        let end = self.now.after(minutes.max(1));
        let is_past_run = end > self.horizon;
        let activity = &mut self.activities[id];
        activity.due = match activity.urgency {
            Urgency::Crisis => end,
            _ if is_past_run => end,
            _ => self.working.next_open(end),
        };
        activity.handle = (!is_past_run).then(|| {
            self.calendar
                .schedule(activity.due, Priority::Release, Event::Finished(id))
        });
    }

    /// An activity ends; what follows is the pathway's.
    pub(crate) fn finish_activity(&mut self, id: ActivityId) {
        self.activities[id].handle = None;
        let activity = self.activities[id];
        let household = activity.household;
        if household == HouseholdId::NOBODY {
            self.stop(id);
            return;
        }
        self.count_time(household);
        if !self.goes_on(id) {
            let was_main = self.households[household].main == Some(id);
            self.stop(id);
            let home = &self.households[household];
            let is_of_case = home.case.is_open && home.counts.cases == activity.case;
            if is_of_case && (was_main || activity.track != Track::Main) {
                self.advance(&activity);
            }
        }
        self.protect(household);
    }

    /// Gives up an activity because something else goes before.
    pub(crate) fn break_off(&mut self, id: ActivityId) {
        let Activity {
            household,
            function,
            kind,
            ..
        } = self.activities[id];
        self.note(household, Happening::BrokenOff { function, kind });
        let activity = self.activities[id];
        self.observe_unmet(&activity, WaitEnd::Left);
        self.stop(id);
    }

    /// Ends a running activity, or withdraws a waiting one, and frees what it
    /// holds; what follows is not looked at.
    pub(crate) fn stop(&mut self, id: ActivityId) {
        let activity = self.activities[id];
        let household = activity.household;
        if let Some(ticket) = activity.ticket {
            self.pools[usize::from(activity.pool)].withdraw(self.now, ticket);
            self.turns.move_queue(activity.pool);
        } else if activity.function == Function::Jeugdbeschermingstafel {
            self.tafel.withdraw(id);
        }
        if let Some(handle) = activity.handle {
            self.calendar.cancel(handle);
        }
        if activity.is_running {
            self.give_back(id);
        }
        if household != HouseholdId::NOBODY {
            let home = self.household(household);
            for step in [&mut home.main, &mut home.side, &mut home.specialist] {
                if *step == Some(id) {
                    *step = None;
                }
            }
            if activity.track == Track::Aside {
                self.households.has_come(household);
            }
        }
        self.activities.remove(id);
    }

    /// Gives back what a running activity has reserved.
    fn give_back(&mut self, id: ActivityId) {
        let activity = self.activities[id];
        let Activity {
            household,
            function,
            pool,
            amount,
            professional,
            ..
        } = activity;
        let is_felt = function.is_external() || function == Function::Crisis;
        if is_felt || activity.track != Track::Aside {
            // A crisis or a hearing beside the way may end while one on it runs.
            let home = &self.households[household];
            let runs_elsewhere = [home.main, home.side].into_iter().flatten().any(|other| {
                let step = &self.activities[other];
                other != id && step.is_running && step.function == function
            });
            if !runs_elsewhere {
                self.household(household).running.remove(function);
            }
        }
        if function.is_external() {
            if function != Function::Jeugdbeschermingstafel {
                self.release(pool, Member(0), amount);
            }
        } else if activity.track == Track::Aside {
            // Whoever has left has given back all that they held; a colleague
            // finishes what was beside the family's way.
            let holder = &self.professionals[professional as usize];
            if holder.tenure == activity.tenure {
                self.release(pool, holder.member, amount);
            }
        } else {
            self.rest(household, id);
        }
    }
}

//! Waits: from which moment to which, and what is seen of those that have not ended.
//!
//! A wait is one of a cohort: of those that began in the measured part. Whoever still waits when the run ends has waited
//! at least so long, and so has who went another way: its case was closed, or something else went before. Both count up
//! to there ([`Survival`]): what is estimated is how long one waits who keeps waiting, not how quick those were who got
//! there (J. D. Kalbfleisch & R. L. Prentice, The Statistical Analysis of Failure Time Data (2002), chapter 8: to leave is
//! a competing end, and taken for censoring it leaves the rate of beginning as it was seen). Were those who left or wait
//! left out, fewer staff would look quicker.

use serde::{Deserialize, Serialize};

use crate::engine::{MINUTES_PER_DAY, MINUTES_PER_WEEK, MINUTES_PER_YEAR, Time};
use crate::model::chain::{Activity, Chain, HouseholdId};
use crate::model::law::{Kind, Track};
use crate::model::{Function, Tally};
use crate::stats::{Histogram, Survival};

/// Up to here a wait counts in a mean, and where that is shorter up to the length of what is measured \[years\].
pub const WAIT_HORIZON_YEARS: f64 = 2.0;

/// A wait of a family, from one moment to another.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum Wait {
    /// From a melding that opens a case to the end of its veiligheidsbeoordeling.
    Assessment,
    /// From there to the end of the onderzoek, for whom has one.
    Onderzoek,
    /// From the opening of the case to the first help.
    FirstHelp,
    /// From the opening of the case to a plan.
    Plan,
    /// From the first request for a measure to the start of executing one.
    Measure,
    /// From asking the Raad, after the table where there is one, to the start of the
    /// beschermingsonderzoek; not of an inquiry beside a measure.
    Raad,
    /// From the petition to the decision of the judge, first requests.
    Rechter,
    /// From asking for specialist help to its start.
    Specialist,
    /// From asking for voluntary help to its start.
    Hulp,
    /// From the judge's order to a jeugdbeschermer.
    Jeugdbeschermer,
    /// From the start of help or a measure to its plan.
    PlanFromStart,
    /// Of families with children: from finding an unsafe home to help that they accept, drang, or the start of
    /// executing a measure.
    UnsafeFound,
}

impl Wait {
    /// The number of waits.
    pub const COUNT: usize = 12;
}

/// How a wait ended, as far as it was seen.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum WaitEnd {
    /// With what was waited for.
    Met,
    /// The family went another way before.
    Left,
    /// It had not ended with the run.
    Open,
}

/// Observations of one wait.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct WaitObservations {
    /// Waits that ended with what was waited for \[minutes\].
    met: Histogram,
    /// What was seen of all others \[minutes\].
    unmet: Histogram,
    /// Of those, waits that had not ended with the run.
    n_open: u64,
    /// Of the waits whose term ended within what was seen, those that kept it, and all others.
    n_in_term: u64,
    n_late: u64,
}

impl WaitObservations {
    /// Records a wait, and whether it kept its term, where that was seen.
    pub fn record(&mut self, minutes: u32, end: WaitEnd, is_in_term: Option<bool>) {
        match end {
            WaitEnd::Met => self.met.record(minutes),
            WaitEnd::Left | WaitEnd::Open => self.unmet.record(minutes),
        }
        self.n_open += u64::from(end == WaitEnd::Open);
        self.n_in_term += u64::from(is_in_term == Some(true));
        self.n_late += u64::from(is_in_term == Some(false));
    }

    /// Waits that began in the measured part.
    pub fn n(&self) -> u64 {
        self.met.n() + self.unmet.n()
    }

    /// Of those, waits that ended with what was waited for.
    pub fn n_met(&self) -> u64 {
        self.met.n()
    }

    /// Of those, waits that had not ended with the run.
    pub fn n_open(&self) -> u64 {
        self.n_open
    }

    /// How long one waits \[minutes\]; `None` if nobody did.
    pub fn survival(&self) -> Option<Survival> {
        Survival::of(&self.met, &self.unmet)
    }

    /// Share of the waits whose term ended within what was seen that kept it; `None` if there are none. Who went
    /// another way before that is not one of them.
    pub fn share_in_term(&self) -> Option<f64> {
        let n = self.n_in_term + self.n_late;
        (n > 0).then(|| self.n_in_term as f64 / n as f64)
    }

    /// Adds what was seen elsewhere in the same time.
    pub(crate) fn merge(&mut self, other: &Self) {
        self.met.merge(&other.met);
        self.unmet.merge(&other.unmet);
        self.n_open += other.n_open;
        self.n_in_term += other.n_in_term;
        self.n_late += other.n_late;
    }
}

/// The longest wait that counts in a mean, of something that was measured for so many years \[minutes\].
pub fn wait_horizon(years: f64) -> f64 {
    years.min(WAIT_HORIZON_YEARS) * f64::from(MINUTES_PER_YEAR)
}

impl Chain {
    /// Records a wait that began at `since` and ends now, or of which no more is seen; and in its quarter, if it ended
    /// with what was waited for.
    pub(crate) fn observe_wait(
        &mut self,
        household: HouseholdId,
        wait: Wait,
        since: Time,
        end: WaitEnd,
    ) {
        self.observe_wait_until(household, wait, since, self.now, end);
    }

    /// The same of a wait whose end is known before it comes.
    pub(crate) fn observe_wait_until(
        &mut self,
        household: HouseholdId,
        wait: Wait,
        since: Time,
        at: Time,
        end: WaitEnd,
    ) {
        if !self.is_counted(household) {
            return;
        }
        if end == WaitEnd::Met {
            self.quarter.record(wait, at.since(since));
        }
        if !self.is_measuring || since < self.measuring_from {
            return;
        }
        let (end, at) = if at > self.horizon {
            (WaitEnd::Open, self.horizon)
        } else {
            (end, at)
        };
        let is_in_term = match self.due(wait, since) {
            Some(due) if due <= self.horizon => match end {
                WaitEnd::Met => Some(at <= due),
                // Who has waited beyond a term is late, whatever comes of it.
                WaitEnd::Left | WaitEnd::Open => (at > due).then_some(false),
            },
            _ => None,
        };
        self.seen.waits[wait as usize].record(at.since(since), end, is_in_term);
    }

    /// The end of the term of a wait, if it has one.
    fn due(&self, wait: Wait, since: Time) -> Option<Time> {
        let term = &self.parameters().term;
        let working_days = |days: f64| self.working.after_working_days(since, days as u32);
        let minutes = |minutes: f64| since.after(minutes as u32);
        match wait {
            Wait::Assessment => Some(working_days(term.beoordeling_working_days)),
            Wait::Jeugdbeschermer => Some(working_days(term.jeugdbeschermer_working_days)),
            Wait::Raad => Some(minutes(term.raad_start_days * f64::from(MINUTES_PER_DAY))),
            Wait::Onderzoek => Some(minutes(term.onderzoek_weeks * f64::from(MINUTES_PER_WEEK))),
            Wait::Rechter => Some(minutes(term.rechter_weeks * f64::from(MINUTES_PER_WEEK))),
            Wait::PlanFromStart => Some(minutes(term.plan_weeks * f64::from(MINUTES_PER_WEEK))),
            Wait::FirstHelp
            | Wait::Plan
            | Wait::Measure
            | Wait::Specialist
            | Wait::Hulp
            | Wait::UnsafeFound => None,
        }
    }

    /// A request is no longer in a queue, or no more is seen of it.
    pub(crate) fn observe_queue(&mut self, activity: &Activity, end: WaitEnd) {
        if !self.is_measuring {
            return;
        }
        let (now, asked_at) = (self.now, activity.asked_at);
        let in_measured = now.since(asked_at.max(self.measuring_from));
        let is_counted = self.is_counted(activity.household);
        let team = &mut self.seen.teams[usize::from(activity.team)];
        if end != WaitEnd::Open {
            team.waited_minutes += u64::from(now.since(asked_at));
        }
        if asked_at >= self.measuring_from {
            let waited = now.since(asked_at);
            team.wait.record(waited, end, None);
            if is_counted {
                self.seen.queues[activity.function as usize].record(waited, end, None);
            }
        }
        if activity.household == HouseholdId::NOBODY || activity.track == Track::Aside {
            return;
        }
        if !self.households[activity.household].case.is_partial {
            self.add(
                activity.household,
                Tally::WaitingMinutes,
                f64::from(in_measured),
            );
        }
        if end == WaitEnd::Open {
            self.count(activity.household, Tally::StandingQueue);
        }
    }

    /// A step, or something beside the way, ends before it has brought what it is for, or no more is seen of it.
    pub(crate) fn observe_unmet(&mut self, activity: &Activity, end: WaitEnd) {
        if !activity.is_running {
            self.observe_queue(activity, end);
        }
        if activity.household == HouseholdId::NOBODY {
            return;
        }
        let case = &self.households[activity.household].case;
        let is_awaited = !activity.is_running && !activity.is_resumed;
        let is_regular = activity.kind == Kind::Regular;
        let (is_main, is_aside) = (
            activity.track == Track::Main,
            activity.track == Track::Aside,
        );
        let wait = match activity.function {
            Function::Veiligheidsbeoordeling if is_regular && !is_aside => {
                Some((Wait::Assessment, case.opened_at))
            }
            Function::Onderzoek if !is_aside => Some((Wait::Onderzoek, case.assessed_at)),
            Function::Rechter if is_regular && !is_aside => {
                Some((Wait::Rechter, activity.asked_at))
            }
            Function::Beschermingsonderzoek if is_main && is_awaited => {
                Some((Wait::Raad, activity.asked_at))
            }
            Function::VrijwilligeHulp if !is_aside && is_awaited && !case.is_partial => {
                Some((Wait::Hulp, activity.asked_at))
            }
            Function::UitvoeringMaatregel if !is_aside && is_awaited => {
                Some((Wait::Jeugdbeschermer, activity.asked_at))
            }
            Function::SpecialistischeHulp if is_regular && is_awaited => {
                Some((Wait::Specialist, activity.asked_at))
            }
            _ => None,
        };
        if let Some((wait, since)) = wait {
            self.observe_wait(activity.household, wait, since, end);
        }
    }

    /// A case is closed, or no more is seen of it: what it waited for has not come.
    pub(crate) fn observe_unmet_of_case(&mut self, household: HouseholdId, end: WaitEnd) {
        self.give_up_request(household, end);
        if let Some(since) = self.household(household).case.found_unsafe_at.take() {
            self.observe_wait(household, Wait::UnsafeFound, since, end);
        }
        let case = self.households[household].case;
        if case.is_partial || !case.is_open {
            return;
        }
        if !case.has_first_help {
            self.observe_wait(household, Wait::FirstHelp, case.opened_at, end);
        }
        if !case.has_plan {
            self.observe_wait(household, Wait::Plan, case.opened_at, end);
        }
    }

    /// A measure that was asked for does not come, or not yet.
    pub(crate) fn give_up_request(&mut self, household: HouseholdId, end: WaitEnd) {
        if let Some(since) = self.household(household).case.requested_at.take() {
            self.observe_wait(household, Wait::Measure, since, end);
        }
    }

    /// What still waits on the last day.
    pub(crate) fn observe_waiting(&mut self) {
        for id in self.activities.live() {
            let activity = self.activities[id];
            self.observe_unmet(&activity, WaitEnd::Open);
        }
        for household in self.households.ids() {
            if !self.households[household].has_left {
                self.observe_unmet_of_case(household, WaitEnd::Open);
            }
        }
    }
}

//! The course of a run: what was seen in every quarter, the warm-up included.
//!
//! The sums in [`Observations`](crate::model::Observations) begin after the warm-up.
//! Whether that warm-up was long enough can only be seen in it; so quarters
//! have small sums of their own, from the first day on.

use serde::{Deserialize, Serialize};

use super::wait::Wait;
use crate::engine::{MINUTES_PER_DAY, MINUTES_PER_YEAR};
use crate::model::chain::Chain;
use crate::model::chain::danger::Protection;
use crate::model::chain::household::Household;
use crate::model::law::OrderKind;
use crate::model::{Function, FunctionSet, Scale, Tally};

/// Length of a quarter: thirteen weeks \[days\].
pub const QUARTER_DAYS: u32 = 13 * 7;

/// Quarters in a year of 365.25 days.
pub const QUARTERS_PER_YEAR: f64 =
    MINUTES_PER_YEAR as f64 / (QUARTER_DAYS * MINUTES_PER_DAY) as f64;

/// What was seen in one quarter: stocks at its last moment, and what happened in it.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Quarter {
    /// Families under an OTS or voorlopige OTS, at the end.
    pub ots_stock: u64,
    /// Families under voogdij, at the end.
    pub voogdij_stock: u64,
    /// Young people in jeugdreclassering, at the end.
    pub jeugdreclassering_stock: u64,
    /// Families with running voluntary help, at the end.
    pub hulp_stock: u64,
    /// Open cases, at the end.
    pub open_cases: u64,
    /// Families with an open case that are unsafe and that nobody protects, at the end.
    pub unsafe_stock: u64,
    /// Families with an open case for whom nothing is done but waiting, at the end.
    pub waiting_stock: u64,
    /// How often a family that had a lead got another.
    pub lead_changes: u64,
    /// Meldingen of every kind.
    pub meldingen: u64,
    /// Families with a new ondertoezichtstelling.
    pub new_ots: u64,
    /// Waits that ended, by [`Wait`] number.
    pub waits: [WaitSum; Wait::COUNT],
    /// Teams, in the order of the form.
    pub teams: Vec<TeamQuarter>,
}

/// Waits that ended in a quarter.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct WaitSum {
    /// Their sum \[minutes\].
    pub minutes: u64,
    /// Their number.
    pub n: u64,
}

/// What was seen of one team in a quarter, over all its pools.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct TeamQuarter {
    /// Whether it stands outside the chain; its hours are then those of places.
    pub is_external: bool,
    /// Waiting requests, integrated [request-minutes].
    pub waiting: i128,
    /// Reserved minutes a week, integrated over minutes.
    pub reserved: i128,
    /// Available minutes a week, integrated over minutes.
    pub available: i128,
}

impl Quarter {
    /// A quarter of a form with so many teams, in which nothing was seen yet.
    pub fn new(n_teams: usize) -> Self {
        Quarter {
            teams: vec![TeamQuarter::default(); n_teams],
            ..Quarter::default()
        }
    }

    /// Adds one to what is counted by the quarter, if this is.
    pub(crate) fn count(&mut self, tally: Tally) {
        match tally {
            Tally::Meldingen => self.meldingen += 1,
            Tally::Ondertoezichtstelling => self.new_ots += 1,
            _ => {}
        }
    }

    /// Records a wait that ended.
    pub(crate) fn record(&mut self, wait: Wait, minutes: u32) {
        let sum = &mut self.waits[wait as usize];
        sum.minutes += u64::from(minutes);
        sum.n += 1;
    }

    /// Adds a household to the stocks that it is in.
    pub(crate) fn take_stock(&mut self, home: &Household) {
        match home.order.map(|order| order.kind) {
            Some(OrderKind::Ots | OrderKind::Voorlopig) => self.ots_stock += 1,
            Some(OrderKind::Voogdij) => self.voogdij_stock += 1,
            None => {}
        }
        let runs = |function| u64::from(home.running.has(function));
        self.jeugdreclassering_stock += runs(Function::Jeugdreclassering);
        self.hulp_stock += runs(Function::VrijwilligeHulp);
        self.open_cases += u64::from(home.case.is_open);
        let is_unsafe = home.severity.is_unsafe() && home.protection < Protection::Conditions;
        self.unsafe_stock += u64::from(home.case.is_open && is_unsafe);
        let is_waiting = home.running == FunctionSet::default() && !home.lead_helps_on;
        self.waiting_stock += u64::from(home.case.is_open && is_waiting);
    }

    /// Adds what was seen elsewhere in the same quarter: another region's families.
    pub(crate) fn merge(&mut self, other: &Quarter) {
        self.ots_stock += other.ots_stock;
        self.voogdij_stock += other.voogdij_stock;
        self.jeugdreclassering_stock += other.jeugdreclassering_stock;
        self.hulp_stock += other.hulp_stock;
        self.open_cases += other.open_cases;
        self.unsafe_stock += other.unsafe_stock;
        self.waiting_stock += other.waiting_stock;
        self.lead_changes += other.lead_changes;
        self.meldingen += other.meldingen;
        self.new_ots += other.new_ots;
        for (sum, more) in self.waits.iter_mut().zip(&other.waits) {
            sum.minutes += more.minutes;
            sum.n += more.n;
        }
        for (team, more) in self.teams.iter_mut().zip(&other.teams) {
            team.merge(more);
        }
    }
}

impl TeamQuarter {
    /// Adds what was seen in the same quarter of other pools.
    pub fn merge(&mut self, other: &TeamQuarter) {
        self.is_external |= other.is_external;
        self.waiting += other.waiting;
        self.reserved += other.reserved;
        self.available += other.available;
    }
}

impl Chain {
    /// At the end of a week: if a quarter has passed, it is written down and the
    /// next begins. A quarter that the run does not finish is never written down.
    pub(crate) fn observe_quarter(&mut self) {
        if !self.now.day().is_multiple_of(QUARTER_DAYS) {
            return;
        }
        self.carry_integrals(1);
        let next = Quarter::new(self.first_pool.len());
        let mut quarter = std::mem::replace(&mut self.quarter, next);
        // A closed case is in no stock.
        self.households.look_through_open(|home| {
            if self.counted_in[usize::from(home.area)] {
                quarter.take_stock(home);
            }
        });
        self.seen.quarters.push(quarter);
        self.carry_integrals(-1);
    }

    /// Adds the pools' integrals up to now to the running quarter. With −1 it
    /// takes them off: from there on they count anew. Whoever restarts the
    /// pools' tallies within a quarter carries them over first.
    pub(crate) fn carry_integrals(&mut self, sign: i128) {
        let now = self.now.into();
        for team in 0..self.first_pool.len() {
            let is_external = self.form().teams[team].scale == Scale::External;
            for index in self.pools_of(team) {
                let pool = &self.pools[index];
                let sums = &mut self.quarter.teams[team];
                sums.is_external = is_external;
                sums.waiting += sign * pool.waiting().integral(now);
                sums.reserved += sign * pool.reserved().integral(now);
                sums.available += sign * pool.capacity().integral(now);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn team(waiting: i128, reserved: i128, available: i128) -> TeamQuarter {
        TeamQuarter {
            is_external: false,
            waiting,
            reserved,
            available,
        }
    }

    #[test]
    fn regions_add_up() {
        let mut here = Quarter::new(2);
        here.ots_stock = 3;
        here.voogdij_stock = 1;
        here.count(Tally::Meldingen);
        here.count(Tally::Meldingen);
        here.count(Tally::Hermeldingen);
        here.count(Tally::Handovers);
        here.record(Wait::Raad, 100);
        here.teams[1] = team(10, 20, 40);
        let mut there = Quarter::new(2);
        there.ots_stock = 4;
        there.open_cases = 5;
        there.count(Tally::Meldingen);
        there.count(Tally::Ondertoezichtstelling);
        there.record(Wait::Raad, 50);
        there.record(Wait::FirstHelp, 7);
        there.teams[1] = team(1, 2, 4);
        here.merge(&there);
        assert_eq!(
            (here.ots_stock, here.voogdij_stock, here.open_cases),
            (7, 1, 5)
        );
        assert_eq!((here.meldingen, here.new_ots), (3, 1));
        let wait = |minutes, n| WaitSum { minutes, n };
        assert_eq!(here.waits[Wait::Raad as usize], wait(150, 2));
        assert_eq!(here.waits[Wait::FirstHelp as usize], wait(7, 1));
        assert_eq!(here.teams, [TeamQuarter::default(), team(11, 22, 44)]);
    }
}

//! What a change-over costs: hours and people, in teams whose staff comes from
//! several organisations, from the first measured day until it has worn off.
//!
//! Every form is in force throughout a run. What is here is the shock of a
//! change and not the change: no family changes hands, and nothing runs double.

use super::chain::Chain;
use crate::engine::MINUTES_PER_WEEK;

impl Chain {
    /// How much of the shock a team still feels: 1 on the first measured day,
    /// then evenly less, 0 in a team of one organisation.
    fn shock(&self, team: usize) -> f64 {
        let minutes = self.parameters().transition.recovery_weeks * f64::from(MINUTES_PER_WEEK);
        if !self.is_measuring || minutes <= 0.0 || !self.form().teams[team].is_mixed() {
            return 0.0;
        }
        let passed = f64::from(self.now.since(self.measuring_from));
        (1.0 - passed / minutes).max(0.0)
    }

    /// Share of its hours for families that a team keeps now.
    pub(super) fn productivity(&self, team: usize) -> f64 {
        1.0 - self.parameters().transition.productivity_dip * self.shock(team)
    }

    /// Multiplies the chance to leave now.
    pub(super) fn unrest(&self, team: usize) -> f64 {
        1.0 + self.parameters().transition.turnover_shock * self.shock(team)
    }

    /// The most that unrest can be in a run.
    pub(super) fn most_unrest(&self, team: usize) -> f64 {
        let t = &self.parameters().transition;
        if t.recovery_weeks > 0.0 && self.form().teams[team].is_mixed() {
            1.0 + t.turnover_shock
        } else {
            1.0
        }
    }

    /// Sets the hours of everybody by how far the change-over has worn off.
    pub(super) fn wear_off(&mut self) {
        if self.parameters().transition.productivity_dip <= 0.0 || !self.is_measuring {
            return;
        }
        for professional in 0..self.professionals.len() as u32 {
            if !self.professionals[professional as usize].is_vacant {
                self.set_to_work(professional);
            }
        }
    }
}

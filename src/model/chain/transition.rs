//! What a change-over costs: hours and people, in teams whose staff comes from several organisations, from the day on
//! which a form comes into force until it has worn off. Nothing unless a scenario says so.
//!
//! Where other regions went before, less is lost: each of them takes off the same share of what is left.

use super::{Chain, ChangeOver};
use crate::engine::MINUTES_PER_WEEK;
use crate::model::Tally;

impl Chain {
    /// Minutes since the last change-over, if the team feels it: its staff comes from several organisations.
    fn since_change(&self, team: usize) -> Option<(f64, ChangeOver)> {
        let changed = self.changed?;
        let is_felt = self.forms().any(|form| form.teams[team].is_mixed());
        is_felt.then(|| (f64::from(self.now.since(changed.at)), changed))
    }

    /// How much of the shock a team still feels: 1 on the day of the change, then evenly less; less from the first
    /// where other regions went before.
    fn shock(&self, team: usize) -> f64 {
        let t = &self.parameters().transition;
        let minutes = t.recovery_weeks * f64::from(MINUTES_PER_WEEK);
        match self.since_change(team) {
            Some((passed, changed)) if minutes > 0.0 => {
                let learned = libm::pow(1.0 - t.learning_per_region, changed.n_before.into());
                learned * (1.0 - passed / minutes).max(0.0)
            }
            _ => 0.0,
        }
    }

    /// Share of the hours for families that go into keeping the old organisation running beside the new.
    fn double_running(&self, team: usize) -> f64 {
        let t = &self.parameters().transition;
        let minutes = t.double_running_weeks * f64::from(MINUTES_PER_WEEK);
        match self.since_change(team) {
            Some((passed, _)) if passed < minutes => t.double_running_share,
            _ => 0.0,
        }
    }

    /// Share of its hours for families that a team keeps now.
    pub(crate) fn productivity(&self, team: usize) -> f64 {
        let lost = self.parameters().transition.productivity_dip * self.shock(team);
        (1.0 - lost - self.double_running(team)).max(0.0)
    }

    /// How much likelier it is that somebody leaves now.
    pub(crate) fn unrest(&self, team: usize) -> f64 {
        self.parameters().transition.turnover_shock * self.shock(team)
    }

    /// The most that this is after a change-over.
    pub(crate) fn most_unrest(&self) -> f64 {
        self.parameters().transition.turnover_shock
    }

    /// Whether more may leave than otherwise would: somewhere a change-over is still felt.
    pub(crate) fn is_unrest_felt(&self) -> bool {
        let t = &self.parameters().transition;
        let minutes = t.recovery_weeks * f64::from(MINUTES_PER_WEEK);
        let is_recent = |one: ChangeOver| f64::from(self.now.since(one.at)) < minutes;
        t.turnover_shock > 0.0 && self.changed.is_some_and(is_recent)
    }

    /// Whoever has come to another team costs something once, and finds their way there, as newcomers do.
    pub(crate) fn welcome(&mut self, newcomers: &[u32]) {
        self.pay_moves(newcomers.len());
        self.start_teams_up(newcomers);
    }

    fn pay_moves(&mut self, n_people: usize) {
        if self.is_measuring {
            let euros = self.parameters().money.euros_per_move * n_people as f64;
            self.seen.add(Tally::ChangeEuros, euros);
        }
    }

    /// Those who are still newcomers go on as such.
    fn start_teams_up(&mut self, newcomers: &[u32]) {
        let part = self.parameters().transition.team_start_up;
        for &professional in newcomers {
            let person = &self.professionals[professional as usize];
            if part > 0.0 && !person.is_vacant && person.starting_up.is_none() {
                self.start_up(professional, part);
            }
        }
    }

    /// Sets the hours of everybody by how far the change-over has worn off.
    pub(crate) fn wear_off(&mut self) {
        let t = &self.parameters().transition;
        let costs_hours = t.productivity_dip > 0.0 || t.double_running_share > 0.0;
        if !costs_hours || self.changed.is_none() {
            return;
        }
        for professional in 0..self.professionals.len() as u32 {
            let person = &self.professionals[professional as usize];
            if !person.is_vacant && !person.is_gone {
                self.set_to_work(professional);
            }
        }
    }
}

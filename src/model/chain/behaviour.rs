//! Assumed effects of a form on what people do.
//!
//! Every effect is a parameter of the group `behaviour`: zero in the belief set
//! `neutraal`, and then without any effect. The estafettemodel has been
//! observed, whatever one believes of the variants; so what is assumed is a
//! difference from today, and a form that does as today is left as it is. Only
//! turnover by overload (`staff`) moves the estafettemodel as well.

use super::household::{Case, NOBODY, Role};
use super::purpose::Purpose;
use super::{AREAS, Chain, HouseholdId};
use crate::engine::MINUTES_PER_HOUR;
use crate::model::{Form, Function, FunctionSet, Mode, Organisation, Scale};
use crate::random::choose;

impl Case {
    /// A step of the family's way begins: follows who would hold it today, where
    /// each organisation takes over for what it does.
    pub fn pass_the_baton(&mut self, function: Function) {
        let next = Organisation::of(function);
        let is_handover = self.relay_holder.is_some() && next != self.relay_holder;
        self.n_relay_handovers += u16::from(is_handover);
        self.relay_holder = next.or(self.relay_holder);
    }

    /// Handovers more than the relay brings on the same way; fewer are below zero.
    fn more_handovers(&self) -> f64 {
        f64::from(self.n_handovers) - f64::from(self.n_relay_handovers)
    }
}

impl Form {
    /// How many pools an organisation has in a region today, for each pool that
    /// the team has in this form, counted by the staff that it brings in.
    fn pools_today(&self, team: usize, n_areas: u8) -> f64 {
        let n_pools = |scale: Scale| f64::from(scale.n_pools(n_areas));
        let team = &self.teams[team];
        let today = |&(organisation, share): &(Organisation, f64)| {
            share * n_pools(organisation.scale()) / n_pools(team.scale)
        };
        team.staff_from.iter().map(today).sum()
    }
}

impl Chain {
    // ---- the family -----------------------------------------------------------

    /// Chance that the family accepts the voluntary help that begins.
    pub(crate) fn acceptance(&self, household: HouseholdId) -> f64 {
        let (p, home) = (self.parameters(), &self.households[household]);
        let forcing = FunctionSet::of(&[Function::Drang, Function::UitvoeringMaatregel]);
        let is_beside_force = home.circle.iter().any(|involved| {
            let functions = self.form_of(household).functions_of(involved.team.into());
            functions.and(forcing) != FunctionSet::default()
        });
        let beside_force = if is_beside_force {
            p.behaviour.acceptance_beside_force
        } else {
            0.0
        };
        p.help.acceptance_probability
            + p.behaviour.acceptance_per_handover * home.case.more_handovers()
            + beside_force
    }

    /// What a weak lokaal team adds to the chance that the help that begins stalls.
    pub(crate) fn stall_of_weak_team(&self, household: HouseholdId) -> f64 {
        let b = &self.parameters().behaviour;
        let home = &self.households[household];
        let is_advised = self
            .form_of(household)
            .consults
            .has(Function::VrijwilligeHulp);
        let is_relied_on = self.is_joined(household) || is_advised && home.severity.is_unsafe();
        let area = self.chance.of(AREAS + u32::from(home.area));
        let u = area.uniform(Purpose::WeakArea as u16, 0);
        if is_relied_on && choose(u, b.weak_area_share) {
            b.stall_in_weak_area
        } else {
            0.0
        }
    }

    /// Whether professionals of two teams are with the family; who only checks does not count.
    fn is_joined(&self, household: HouseholdId) -> bool {
        let circle = &self.households[household].circle;
        let mut teams = circle
            .iter()
            .filter(|involved| involved.role != Role::Checker)
            .map(|involved| involved.team);
        let first = teams.next();
        teams.any(|team| Some(team) != first)
    }

    // ---- judgement ------------------------------------------------------------

    /// Error of a judgement about a family (standard deviation).
    pub(crate) fn sigma(&self, household: HouseholdId, who: u32) -> f64 {
        let (p, home) = (self.parameters(), &self.households[household]);
        let is_diluted = who != NOBODY && {
            let person = &self.professionals[who as usize];
            person.is_generalist
                && self.form_of(household).teams[usize::from(person.team)].is_mixed()
        };
        let diluted = if is_diluted {
            p.behaviour.sigma_generalist
        } else {
            0.0
        };
        let lost = p.behaviour.sigma_per_handover * home.case.more_handovers();
        (p.decision.sigma + lost + diluted).max(0.0)
    }

    /// How far alternatives to a measure, which two professionals may find where
    /// one would not, shift the threshold for a request.
    pub(crate) fn alternative(&self, household: HouseholdId) -> f64 {
        let b = &self.parameters().behaviour;
        if self.is_joined(household) {
            b.threshold_if_joined * (1.0 - b.gain_lost_at_scale)
        } else {
            0.0
        }
    }

    /// How far thresholds spread where a form is in force (standard deviation).
    pub(crate) fn spread_of_areas(&self, form: &Form) -> f64 {
        let p = self.parameters();
        let today = p.decision.local_room_today;
        let followed = p.behaviour.local_room_followed * (form.local_room - today);
        p.decision.area_spread * (today + followed)
    }

    // ---- hours ----------------------------------------------------------------

    /// Hours more that a team needs to begin an activity of a family's way than
    /// today's organisation would.
    pub(crate) fn assumed_entry_hours(
        &self,
        household: HouseholdId,
        team: usize,
        function: Function,
    ) -> f64 {
        let b = &self.parameters().behaviour;
        let team = &self.form_of(household).teams[team];
        let is_regional = |scale| f64::from(u8::from(scale == Scale::Region));
        let today = Organisation::of(function).map_or(team.scale, Organisation::scale);
        let further = is_regional(team.scale) - is_regional(today);
        let mixed = if team.is_mixed() {
            b.mixed_team_hours
        } else {
            0.0
        };
        mixed + b.travel_hours * further
    }

    /// Multiplies the weekly effort of help, drang and execution for a family
    /// with whom somebody of another team is, or will be once the step has begun.
    pub(crate) fn intensity(&self, household: HouseholdId, function: Function) -> f64 {
        let is_guidance = matches!(
            function,
            Function::VrijwilligeHulp | Function::Drang | Function::UitvoeringMaatregel
        );
        if household == HouseholdId::NOBODY || !is_guidance {
            return 1.0;
        }
        let team = self.team_of(household, function);
        let is_join = self.mode(household, function) == Mode::Join;
        let circle = &self.households[household].circle;
        let has_company = circle.iter().any(|involved| {
            let other = usize::from(involved.team);
            let remains = match involved.role {
                Role::Checker => false,
                Role::Lead if is_join => true,
                Role::Lead | Role::Partner => self.stays(household, other),
            };
            other != team && remains
        });
        if has_company {
            1.0 + self.parameters().behaviour.intensity_if_joined
        } else {
            1.0
        }
    }

    /// Takes from each pool what cover costs it more than its staff spends on it
    /// today, or gives back what it costs less.
    pub(crate) fn cover_pools(&mut self) {
        let cover = self.parameters().behaviour.cover_hours_per_pool * f64::from(MINUTES_PER_HOUR);
        let teams = 0..self.first_pool.len();
        let pools =
            teams.flat_map(|team| self.pools_of(team).enumerate().map(move |at| (team, at)));
        for (team, (at, pool)) in pools.collect::<Vec<_>>() {
            let members = self.places[pool].clone();
            if members.is_empty() || members[0] == NOBODY {
                continue;
            }
            let today = self.form_at(team, at).pools_today(team, self.areas.n());
            let more = cover * (1.0 - today);
            let person = |&index: &u32| &self.professionals[index as usize];
            let minutes: f64 = members.iter().map(|one| f64::from(person(one).full)).sum();
            let kept = (1.0 - more / minutes).max(0.0);
            for index in members {
                let person = &mut self.professionals[index as usize];
                person.full = (f64::from(person.full) * kept).round() as u32;
                self.set_to_work(index);
            }
        }
    }
}

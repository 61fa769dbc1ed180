//! Professionals: who they are, where they stand, when they leave.
//!
//! A professional is a staff number of one of today's organisations; a form
//! only says in which team they stand. Their chances of leaving are keyed to that
//! number, the same in every form.

use super::arrival::Stream;
use super::household::{NOBODY, Role};
use super::{ActivityId, Chain, Event, HouseholdId, PROFESSIONALS};
use crate::engine::{
    Handle, Limit, MINUTES_PER_HOUR, MINUTES_PER_WEEK, Member, Pool, Priority, Urgency, Wish,
};
use crate::model::area::next_pool;
use crate::model::law::Track;
use crate::model::{Function, FunctionSet, Happening, Organisation, Parameters, Region, Scale};

/// Numbers for professionals of one organisation in a region.
pub(crate) const PER_ORGANISATION: u32 = 1 << 20;

/// One place for a professional, and who fills it now.
#[derive(Clone, Debug)]
pub(crate) struct Professional {
    /// The number in the address of their draws; the same in every form.
    pub(crate) entity: u32,
    pub organisation: Organisation,
    pub pool: u16,
    pub member: Member,
    pub team: u8,
    pub is_generalist: bool,
    /// What they do in a week when they have started up \[minutes\].
    pub full: u32,
    /// How many have left this place.
    pub tenure: u16,
    /// How often a day of leaving has been drawn for it.
    pub(crate) n_candidate_days: u32,
    /// Whether such a day is still to come.
    pub(crate) may_leave: bool,
    /// The same number for leaving because of a change-over.
    pub(crate) n_unrest_days: u32,
    /// Whether the next of those is still to come.
    pub(crate) may_be_unsettled: bool,
    pub(crate) starting_up: Option<Handle>,
    /// How much of a newcomer's start-up that is.
    start_up: f64,
    /// Whether nobody has taken the place of the last leaver yet.
    pub is_vacant: bool,
    /// Whether the place is no more: another form has fewer.
    pub is_gone: bool,
    /// The households that they are with.
    pub cases: Vec<HouseholdId>,
    /// Which part each of them gets of what is reserved for it.
    pub pace: f64,
}

impl Professional {
    /// He is no longer with the household.
    pub fn forget(&mut self, household: HouseholdId) {
        if let Some(index) = self.cases.iter().position(|&case| case == household) {
            self.cases.swap_remove(index);
        }
    }
}

/// Weekly minutes for families of one professional.
pub(crate) fn full_minutes(parameters: &Parameters) -> f64 {
    let s = &parameters.staff;
    s.contract_hours_per_week * s.client_share * (1.0 - s.sick_share) * f64::from(MINUTES_PER_HOUR)
}

/// Weekly minutes for families of an organisation's staff in a region.
pub(crate) fn regional_minutes(
    organisation: Organisation,
    parameters: &Parameters,
    region: &Region,
) -> f64 {
    let s = &parameters.staff;
    let (fte, share) = match organisation {
        Organisation::LokaalTeam => (s.fte_lokaal_team, share_of_lokaal_team(parameters, region)),
        Organisation::VeiligThuis => (
            s.fte_veilig_thuis,
            share_of_veilig_thuis(parameters, region),
        ),
        Organisation::Rvdk => (s.fte_rvdk, region.share_of_unsafety),
        Organisation::GiJeugdbescherming => (s.fte_gi_jeugdbescherming, region.share_of_unsafety),
        Organisation::GiJeugdreclassering => {
            (s.fte_gi_jeugdreclassering, region.share_of_inhabitants)
        }
    };
    fte * share * full_minutes(parameters) * s.fte_hours_per_week / s.contract_hours_per_week
}

/// Professionals of an organisation in a region, before they are rounded.
pub(crate) fn people(organisation: Organisation, parameters: &Parameters, region: &Region) -> f64 {
    let people = regional_minutes(organisation, parameters, region) / full_minutes(parameters);
    // Where nobody has hours for families there is nobody.
    if people.is_finite() { people } else { 0.0 }
}

/// The region's share of the work of lokale teams, and so of their staff: of the cases that meldingen open, and of
/// the families whom they meet themselves.
fn share_of_lokaal_team(parameters: &Parameters, region: &Region) -> f64 {
    let demand = &parameters.demand;
    let by_meldingen = region.country.meldingen_per_year * (1.0 - demand.vervolgmelding_share);
    let own = Stream::OwnIntake.per_year(parameters, region) / region.share_of_unsafety;
    let everywhere = by_meldingen + own;
    match everywhere > 0.0 {
        true => {
            (by_meldingen * region.share_of_meldingen + own * region.share_of_unsafety) / everywhere
        }
        false => region.share_of_meldingen,
    }
}

/// The region's share of the work of Veilig Thuis, and so of its staff: of its
/// assessments, of what stays there after them, and of its adviezen.
///
/// Regions differ in all three; staff divided by meldingen alone would leave
/// those that keep most, or advise most, with a queue that nobody there has seen.
/// Where none of it takes any hours it is divided by meldingen.
fn share_of_veilig_thuis(parameters: &Parameters, region: &Region) -> f64 {
    let (w, t) = (&parameters.work, &parameters.triage);
    let opening = 1.0 - parameters.demand.vervolgmelding_share;
    // Onderzoeken and conditions follow the meldingen, short follow-ups what is kept.
    let onderzoek = t.kept_share * t.onderzoek_share;
    let voorwaarden = t.kept_share * t.voorwaarden_share;
    let kept_hours = |kept: f64| {
        let onderzoek = onderzoek.min(kept);
        let voorwaarden = voorwaarden.min(kept - onderzoek);
        onderzoek * w.onderzoek_hours
            + voorwaarden * w.voorwaarden_hours
            + (kept - onderzoek - voorwaarden) * w.follow_up_hours
    };
    let hours = |meldingen: f64, kept_share: f64, adviezen: f64| {
        meldingen * opening * (w.retell_hours + w.beoordeling_hours + kept_hours(kept_share))
            + meldingen * (1.0 - opening) * w.vervolgmelding_hours
            + adviezen * w.advies_hours
    };
    let country = region.country;
    let here = hours(
        region.meldingen_per_year,
        region.kept_share.unwrap_or(t.kept_share),
        region.adviezen_per_year,
    );
    let everywhere = hours(
        country.meldingen_per_year,
        country.kept_share(t.kept_share),
        country.adviezen_per_year,
    );
    match everywhere > 0.0 {
        true => here / everywhere,
        false => region.share_of_meldingen,
    }
}

impl Chain {
    /// Weekly minutes for families of one professional.
    pub(crate) fn full_minutes(&self) -> f64 {
        full_minutes(self.parameters())
    }

    pub(crate) fn professional_at(&self, pool: u16, member: Member) -> u32 {
        self.places[usize::from(pool)][member.0 as usize]
    }

    /// How far the members of a team may be filled; places outside the chain no further than there are.
    pub(crate) fn limit_of(&self, scale: Scale) -> Limit {
        let urgent = (self.parameters().staff.urgent_limit * 1000.0).round() as u32;
        match scale {
            Scale::External => Limit::FULL,
            Scale::Area | Scale::Region => Limit([u32::MAX, urgent, 1000]),
        }
    }

    /// Opens the pools of every team: one per region or one per area.
    pub(crate) fn open_pools(&mut self) {
        for team in 0..self.form().teams.len() {
            let scale = self.form().teams[team].scale;
            self.first_pool.push(self.pools.len() as u16);
            for _ in 0..scale.n_pools(self.areas.n()) {
                let limit = self.limit_of(scale);
                self.pools.push(Pool::new(Function::COUNT, limit));
                self.places.push(Vec::new());
            }
            if scale == Scale::External {
                self.add_places_outside(team);
            }
        }
    }

    /// A team outside the chain is a pool of one member with as many places as it has capacity for.
    pub(crate) fn add_places_outside(&mut self, team: usize) {
        let (parameters, region) = (self.parameters(), &self.setting.region);
        let external = &parameters.external;
        let (places, share) = if self.functions_at(team, 0).has(Function::Rechter) {
            (external.rechter_places, region.share_of_unsafety)
        } else {
            let share = share_of_lokaal_team(parameters, region);
            (external.specialist_places, share)
        };
        let thousands = region.country.thousands_of_meldingen() * share;
        let capacity = ((places * thousands).round() as u32).max(1);
        let pool = usize::from(self.first_pool[team]);
        let member = self.pools[pool].add_place(u32::MAX);
        self.pools[pool].arrive(self.now, member, capacity);
        self.places[pool].push(NOBODY);
    }

    /// Fills the pools with the professionals of the roster; without one, with today's staff as the form divides it.
    pub(crate) fn hire(&mut self) {
        let setting = std::sync::Arc::clone(&self.setting);
        let mut n_of = [0; Organisation::COUNT];
        for desk in setting.roster().0 {
            for _ in 0..desk.n_people {
                let number = &mut n_of[desk.organisation as usize];
                self.appoint(desk.organisation, *number, desk.team, desk.minutes);
                *number += 1;
            }
        }
        self.ensure_every_function();
        self.cover_pools();
    }

    /// Gives a staff number their place: the teams' pools are filled in turn, by the size of their areas, and
    /// generalists are spread evenly over them.
    pub(crate) fn appoint(
        &mut self,
        organisation: Organisation,
        number: u32,
        team_index: usize,
        full: u32,
    ) {
        let pools = self.pools_of(team_index);
        let n_people: Vec<usize> = pools.clone().map(|pool| self.places[pool].len()).collect();
        let at = next_pool(&self.pool_weights[team_index], &n_people);
        let pool = pools.start + at;
        let (is_generalist, skills) = self.skills_of(organisation, team_index, at, n_people[at]);
        let member = self.pools[pool].add_place(skills.0);
        self.pools[pool].arrive(self.now, member, full);
        let index = self.professionals.len() as u32;
        self.places[pool].push(index);
        self.professionals.push(Professional {
            entity: PROFESSIONALS + organisation as u32 * PER_ORGANISATION + number,
            organisation,
            pool: pool as u16,
            member,
            team: team_index as u8,
            is_generalist,
            full,
            tenure: 0,
            n_candidate_days: 0,
            may_leave: false,
            n_unrest_days: 0,
            may_be_unsettled: false,
            starting_up: None,
            start_up: 1.0,
            is_vacant: false,
            is_gone: false,
            cases: Vec::new(),
            pace: 1.0,
        });
        self.schedule_leaving(index);
    }

    /// Whether somebody is a generalist who comes to the at-th pool of a team as the one after so many, and what they
    /// can do.
    pub(crate) fn skills_of(
        &self,
        organisation: Organisation,
        team: usize,
        at: usize,
        n_in_pool: usize,
    ) -> (bool, FunctionSet) {
        let share = self.form_at(team, at).teams[team].generalist_share;
        let n_before = n_in_pool as f64;
        let is_next = (share * (n_before + 1.0)).floor() > (share * n_before).floor();
        let functions = self.functions_at(team, at);
        let own = organisation.functions().and(functions);
        // Whose own work is not done here learns the team's: no hours are lost.
        let is_generalist = is_next || own == FunctionSet::default();
        (is_generalist, if is_generalist { functions } else { own })
    }

    /// In a small pool no specialist may be left for a function: its first
    /// professional then does everything, so that no family waits for nobody.
    pub(crate) fn ensure_every_function(&mut self) {
        for team in 0..self.form().teams.len() {
            if self.form().teams[team].scale == Scale::External {
                continue;
            }
            for (at, pool) in self.pools_of(team).enumerate() {
                let functions = self.functions_at(team, at);
                let is_lacking = Function::ALL.into_iter().any(|function| {
                    functions.has(function)
                        && self.pools[pool]
                            .roomiest(function as u8, Wish::Any)
                            .is_none()
                });
                if is_lacking && !self.places[pool].is_empty() {
                    self.pools[pool].set_skills(Member(0), functions.0);
                    let first = self.places[pool][0];
                    self.professionals[first as usize].is_generalist = true;
                }
            }
        }
    }

    pub(crate) fn lose_professional(&mut self, household: HouseholdId, professional: u32) {
        self.count_time(household);
        let home = self.household(household);
        let Some(index) = home.find(professional) else {
            return;
        };
        let lost = home.circle.remove(index);
        self.note(household, Happening::PersonLeft { team: lost.team });
        if lost.role == Role::Lead {
            self.lose_lead(household);
        }
        match lost.activity {
            Some(id) => self.interrupt(id),
            None if lost.role == Role::Lead => self.find_lead(household, lost.team.into()),
            None => {}
        }
        self.rest_lead(household);
        self.protect(household);
    }

    /// Another professional of a team holds the family from now on; where the team does nothing any more, one of those
    /// who help.
    pub(crate) fn find_lead(&mut self, household: HouseholdId, team: usize) {
        let team = match self.form_of(household).functions_of(team) == FunctionSet::default() {
            true => self.team_of(household, Function::VrijwilligeHulp),
            false => team,
        };
        let skill = self.last_step_of(household, team);
        self.assign_lead(household, team, skill);
    }

    /// The latest step on the pathway that a team has done for this family; its
    /// first function if there was none yet.
    fn last_step_of(&self, household: HouseholdId, team: usize) -> Function {
        let functions = self.form_of(household).functions_of(team);
        let visited = self.households[household].case.visited;
        let done = |function: &Function| functions.and(visited).has(*function);
        Function::ALL
            .into_iter()
            .rfind(done)
            .or_else(|| {
                Function::ALL
                    .into_iter()
                    .find(|&function| functions.has(function))
            })
            .expect("a team whose professional left does something")
    }

    /// The rest of an activity waits for another professional, before regular work.
    pub(crate) fn interrupt(&mut self, id: ActivityId) {
        let now = self.now;
        let activity = &mut self.activities[id];
        if let Some(handle) = activity.handle.take() {
            self.calendar.cancel(handle);
        }
        let activity = &mut self.activities[id];
        activity.duration = activity.due.max(now).since(now).max(1);
        activity.is_running = false;
        activity.is_resumed = true;
        activity.asked_at = now;
        activity.urgency = activity.urgency.min(Urgency::Urgent);
        let (household, function) = (activity.household, activity.function);
        if self.form_of(household).task(function).is_none() {
            self.household(household).running.remove(function);
            self.drop_step(id);
            return;
        }
        // What a lead did by consultation is no skill of their own team.
        let team = self.team_of(household, function);
        let pool = self.pool_of(team, self.households[household].area);
        let activity = &mut self.activities[id];
        (activity.team, activity.pool) = (team as u8, pool);
        let (kind, team) = (activity.kind, activity.team);
        debug_assert!(
            activity.track != Track::Aside,
            "asides are no part of a circle"
        );
        self.household(household).running.remove(function);
        self.note(
            household,
            Happening::Asked {
                function,
                kind,
                team,
            },
        );
        self.send(id);
    }

    /// Divides anew what professionals can do over the families for whom more is reserved of them.
    ///
    /// At fixed times and not when work comes or goes, so that no family's moment of coming says how
    /// long its help takes.
    pub(crate) fn divide_hours(&mut self) {
        let price = self.parameters().staff.overtime_price;
        if price <= 0.0 {
            return;
        }
        for index in 0..self.professionals.len() {
            let person = &self.professionals[index];
            if person.is_gone {
                continue;
            }
            let pool = &self.pools[usize::from(person.pool)];
            let capacity = f64::from(pool.capacity_of(person.member));
            let reserved = f64::from(pool.reserved_of(person.member));
            let pace = match reserved > capacity && capacity > 0.0 {
                true => 1.0 - price * (1.0 - capacity / reserved),
                false => 1.0,
            };
            // A hundredth is no difference, and not worth the events.
            if (pace - person.pace).abs() < 0.01 && (pace < 1.0 || person.pace == 1.0) {
                continue;
            }
            self.professionals[index].pace = pace;
            for at in 0..self.professionals[index].cases.len() {
                let household = self.professionals[index].cases[at];
                self.count_time(household);
                self.protect(household);
            }
        }
    }

    /// How long a step takes for whoever does it, which takes so many minutes of a professional
    /// with time enough; help and orders end by themselves, and a crisis cannot wait.
    pub(crate) fn stretched(&self, function: Function, professional: u32, minutes: u32) -> u32 {
        let is_other = professional == NOBODY
            || matches!(
                function,
                Function::VrijwilligeHulp
                    | Function::UitvoeringMaatregel
                    | Function::Jeugdreclassering
                    | Function::Crisis
            );
        let pace = match is_other {
            true => 1.0,
            false => self.professionals[professional as usize].pace,
        };
        match pace < 1.0 {
            true => (f64::from(minutes) / pace) as u32,
            false => minutes,
        }
    }

    /// Somebody takes a leaver's place and starts up.
    pub(crate) fn replace(&mut self, professional: u32) {
        if self.professionals[professional as usize].is_gone {
            return;
        }
        self.professionals[professional as usize].is_vacant = false;
        self.start_up(professional, 1.0);
        self.set_to_work(professional);
        self.schedule_leaving(professional);
    }

    /// Somebody begins in a team, and goes through so much of what a newcomer goes through.
    pub(crate) fn start_up(&mut self, professional: u32, part: f64) {
        let weeks = self.parameters().staff.start_up_weeks;
        let at = (self.now).after((weeks * f64::from(MINUTES_PER_WEEK)) as u32);
        let handle =
            (self.calendar).schedule(at, Priority::Release, Event::StartedUp(professional));
        let person = &mut self.professionals[professional as usize];
        (person.starting_up, person.start_up) = (Some(handle), part);
    }

    /// A new professional has started up.
    pub(crate) fn work_fully(&mut self, professional: u32) {
        let person = &mut self.professionals[professional as usize];
        person.starting_up = None;
        if !person.is_gone {
            self.set_to_work(professional);
        }
    }

    /// Sets what a professional does in a week from now on: less while they start
    /// up, or while a change-over is felt.
    pub(crate) fn set_to_work(&mut self, professional: u32) {
        let person = &self.professionals[professional as usize];
        let (pool, member) = (person.pool, person.member);
        let started = match person.starting_up {
            Some(_) => {
                let least = self.parameters().staff.start_up_productivity;
                least + (1.0 - least) * (1.0 - person.start_up)
            }
            None => 1.0,
        };
        let productivity = self.productivity(person.team.into());
        let minutes = (f64::from(person.full) * started * productivity).round() as u32;
        if minutes != self.pools[usize::from(pool)].capacity_of(member) {
            self.pools[usize::from(pool)].arrive(self.now, member, minutes);
            self.turns.come_free(pool, member);
        }
    }
}

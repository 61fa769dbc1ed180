//! A change-over: another form comes into force while families are in the chain.
//!
//! What moves, and how, is said here and nowhere else:
//!
//! * **People** go with their hours to the team that gets them ([`Roster`]): who can stay in their team stays, then
//!   those of the same organisation move, then others. Between pools of a team they go to the area where most of
//!   their families live. Who leaves later does so on the day on which they would have left.
//! * **Families** keep the professionals who are with them, and so are held by the team to which those went: that is
//!   no handover, and no new story. What a team that is no more knew goes to the team that got most of its people.
//! * **Running work** ends as it was begun, by whoever does it.
//! * **Work that waits** goes to the team that does it now, and keeps its place by age; the hours that were reserved
//!   for it stay as they were asked for. A step that the form does not have is over: a family that waited for the
//!   jeugdbeschermingstafel goes on to the Raad, and one that waited for drang to the decision that would follow it.
//! * **Orders, terms and the families' own lives** go on.

use std::sync::Arc;

use super::arrival::Stream;
use super::household::{Involvement, NOBODY, Role};
use super::{Activity, ActivityId, Chain, ChangeOver, HouseholdId};
use crate::engine::{Member, Queued, Request, Time};
use crate::model::area::next_pool;
use crate::model::law::{Ask, Kind, Moment, Track};
use crate::model::{
    Change, Function, Happening, Mode, Organisation, Roster, Scale, Setting, TeamSet, WaitEnd,
};

/// A place in a team that somebody gets.
struct Slot {
    organisation: Organisation,
    team: usize,
    minutes: u32,
}

impl Setting {
    /// The same where nothing changes.
    pub fn unchanged(&self) -> Setting {
        Setting {
            changes: Vec::new(),
            ..self.clone()
        }
    }

    /// Who works where on the first day.
    pub(crate) fn roster(&self) -> Roster {
        let as_assigned = || Roster::of(self);
        self.roster.clone().unwrap_or_else(as_assigned)
    }
}

impl Change {
    /// The first moment at which it is in force.
    pub(crate) fn at(&self) -> Time {
        Time::from_days(self.day)
    }
}

impl Chain {
    /// When the next form comes into force, if one is still to come.
    pub(crate) fn next_change(&self) -> Option<Time> {
        let next = self.setting.changes.get(self.n_changes)?;
        Some(next.at())
    }

    /// Lets the next form come into force, now.
    pub(crate) fn change_form(&mut self) {
        let change = self.setting.changes[self.n_changes].clone();
        self.n_changes += 1;
        self.in_sight(Chain::count_time);
        let is_still = Stream::ALL.map(|stream| self.per_year(stream) <= 0.0);
        let is_other_form = change.form != self.setting.form || change.local != self.setting.local;
        let former = self.forms_by_area();
        self.setting = Arc::new(Setting {
            form: change.form,
            parameters: change.parameters,
            local: change.local,
            roster: change.roster,
            ..Setting::clone(&self.setting)
        });
        // Where only values change, nobody is reorganised.
        if is_other_form {
            self.changed = Some(ChangeOver {
                at: self.now,
                n_before: change.n_before,
            });
        }
        self.take_parameters();
        self.take_forms();
        // What comes plans what comes after it; a stream that brought nothing is begun.
        for stream in Stream::ALL {
            if is_still[stream as usize] {
                self.schedule_arrival(stream);
            }
        }
        self.draw_area_shifts();
        let (queued, former_areas) = self.clear_pools();
        let heirs = self.move_people();
        self.note_change(&former);
        let lost = self.part(&heirs);
        self.reserve_again();
        self.move_knowledge(&heirs);
        let mut dropped = self.queue_again(queued, &former_areas);
        self.send_elsewhere(&former_areas, &mut dropped);
        dropped.into_iter().for_each(|id| self.drop_step(id));
        lost.into_iter().for_each(|one| self.replace_lost(one));
        self.convene_tafel();
        self.in_sight(Chain::protect);
        for person in 0..self.professionals.len() as u32 {
            self.schedule_unrest(person);
        }
        for pool in 0..self.pools.len() as u16 {
            self.turns.move_queue(pool);
        }
        self.serve_waiting();
        self.households.give_up_records(&self.notebook.watched);
    }

    /// Keys of the forms in force.
    fn forms_by_area(&self) -> Vec<String> {
        let areas = 0..self.in_force.len() as u8;
        areas.map(|area| self.form_in(area).key.clone()).collect()
    }

    /// Tells families that are watched who has them from now on, where another form came into force; before anybody
    /// parts from them.
    fn note_change(&mut self, former: &[String]) {
        let watched = self.notebook.watched.clone();
        let n_households = self.households.n_records();
        let numbers = watched.start.min(n_households)..watched.end.min(n_households);
        for household in numbers.map(HouseholdId) {
            let home = &self.households[household];
            let is_there = !home.has_left && home.case.is_open;
            if !is_there || former[usize::from(home.area)] == self.form_in(home.area).key {
                continue;
            }
            let waits_for = home.main.map(|id| self.activities[id]);
            let told = match (home.lead(), waits_for) {
                (Some(lead), _) => {
                    let person = &self.professionals[lead.professional as usize];
                    Happening::Reorganised {
                        lead: Some(lead.professional),
                        from: lead.team,
                        to: (!person.is_gone).then_some(person.team),
                    }
                }
                (None, Some(waits)) if !waits.is_running => {
                    let task = self.form_in(home.area).task(waits.function);
                    Happening::Reorganised {
                        lead: None,
                        from: waits.team,
                        to: task.map(|task| task.team as u8),
                    }
                }
                (None, _) => continue,
            };
            self.note(household, told);
        }
    }

    /// Does something for every household that is in sight.
    fn in_sight(&mut self, what: impl Fn(&mut Chain, HouseholdId)) {
        for household in self.households.ids() {
            if !self.households[household].has_left {
                what(self, household);
            }
        }
    }

    /// Empties all pools; who waited, the longest first, and the area of each pool's team.
    fn clear_pools(&mut self) -> (Vec<Queued>, Vec<u8>) {
        let mut queued = Vec::new();
        for team in 0..self.first_pool.len() {
            let limit = self.limit_of(self.form().teams[team].scale);
            for pool in self.pools_of(team) {
                queued.extend(self.pools[pool].clear(self.now, limit));
            }
        }
        // Of equal age those of the first pool come first.
        queued.sort_by_key(|one| one.since);
        let mut areas = vec![0; self.pools.len()];
        for team in 0..self.first_pool.len() {
            for (area, pool) in self.pools_of(team).enumerate() {
                areas[pool] = area as u8;
            }
        }
        self.places.iter_mut().for_each(Vec::clear);
        for team in 0..self.first_pool.len() {
            if self.form().teams[team].scale == Scale::External {
                self.add_places_outside(team);
            }
        }
        (queued, areas)
    }

    /// Gives everybody their place in the form that is now in force. By team: which team got most of those whom it
    /// had, itself if it goes on.
    fn move_people(&mut self) -> Vec<u8> {
        let n_teams = self.form().teams.len();
        let slots = self.slots();
        let chosen = self.choose_slots(&slots);
        let mut newcomers = Vec::new();
        let mut moved = vec![vec![0u32; n_teams]; n_teams];
        for (index, &slot) in chosen.iter().enumerate() {
            let before = usize::from(self.professionals[index].team);
            if let Some(slot) = slot {
                moved[before][slots[slot].team] += 1;
                if slots[slot].team != before {
                    newcomers.push(index as u32);
                }
            }
        }
        let places = self.choose_pools(&slots, &chosen);
        let mut n_in_pool = vec![0; self.pools.len()];
        for (index, &slot) in chosen.iter().enumerate() {
            match slot {
                Some(slot) => {
                    let (slot, pool) = (&slots[slot], places[index]);
                    let n_before = n_in_pool[usize::from(pool)];
                    n_in_pool[usize::from(pool)] += 1;
                    let at = usize::from(pool) - self.pools_of(slot.team).start;
                    let (is_generalist, skills) =
                        self.skills_of(slot.organisation, slot.team, at, n_before);
                    let member = self.pools[usize::from(pool)].add_place(skills.0);
                    self.pools[usize::from(pool)].arrive(self.now, member, slot.minutes);
                    self.places[usize::from(pool)].push(index as u32);
                    let person = &mut self.professionals[index];
                    person.organisation = slot.organisation;
                    (person.pool, person.member) = (pool, member);
                    (person.team, person.full) = (slot.team as u8, slot.minutes);
                    person.is_generalist = is_generalist;
                }
                None => self.professionals[index].is_gone = true,
            }
        }
        self.welcome(&newcomers);
        self.hire_more(&slots, &chosen);
        self.ensure_every_function();
        self.cover_pools();
        for person in 0..self.professionals.len() as u32 {
            let one = &self.professionals[person as usize];
            let (pool, member) = (usize::from(one.pool), one.member);
            match (one.is_gone, one.is_vacant) {
                (true, _) => {}
                (false, true) => self.pools[pool].arrive(self.now, member, 0),
                (false, false) => self.set_to_work(person),
            }
        }
        let heir = |(team, to): (usize, &Vec<u32>)| {
            let goes_on = self.forms().any(|form| form.teams[team].is_there());
            let most = (0..n_teams).max_by_key(|&other| (to[other], usize::MAX - other));
            match goes_on || to.iter().all(|&n| n == 0) {
                true => team as u8,
                false => most.unwrap_or(team) as u8,
            }
        };
        moved.iter().enumerate().map(heir).collect()
    }

    /// The places of the form that is now in force, in the order of its roster.
    fn slots(&self) -> Vec<Slot> {
        let desks = self.setting.roster().0;
        let each = desks.iter().flat_map(|desk| {
            (0..desk.n_people).map(|_| Slot {
                organisation: desk.organisation,
                team: desk.team,
                minutes: desk.minutes,
            })
        });
        each.collect()
    }

    /// How many people each pool gets, if a team gets so many.
    fn room(&self, n_people: &[usize]) -> Vec<usize> {
        let mut room = vec![0; self.pools.len()];
        for (team, &n) in n_people.iter().enumerate() {
            let room = &mut room[self.pools_of(team)];
            for _ in 0..n {
                room[next_pool(&self.pool_weights[team], room)] += 1;
            }
        }
        room
    }

    /// Which place everybody gets; none where there are fewer places than people. Those whose pool keeps room stay
    /// before others of their team.
    fn choose_slots(&self, slots: &[Slot]) -> Vec<Option<usize>> {
        let mut chosen: Vec<Option<usize>> = vec![None; self.professionals.len()];
        let mut is_taken = vec![false; slots.len()];
        let mut n_slots = vec![0; self.form().teams.len()];
        slots.iter().for_each(|slot| n_slots[slot.team] += 1);
        let mut room = self.room(&n_slots);
        for (same_organisation, same_team, same_pool) in [
            (true, true, true),
            (true, true, false),
            (true, false, false),
            (false, true, false),
            (false, false, false),
        ] {
            // Whoever comes first gets the first place that suits, and so does the next: a place that did
            // not suit the one before, of the same team and organisation, does not suit this one either.
            let mut from = std::collections::HashMap::new();
            for (person, choice) in self.professionals.iter().zip(&mut chosen) {
                let room = &mut room[usize::from(person.pool)];
                if choice.is_some() || person.is_gone || same_pool && *room == 0 {
                    continue;
                }
                let from = from.entry((person.organisation, person.team)).or_insert(0);
                let suits = |slot: &Slot| {
                    (!same_organisation || slot.organisation == person.organisation)
                        && (!same_team || slot.team == usize::from(person.team))
                };
                let next = (*from..slots.len()).find(|&at| !is_taken[at] && suits(&slots[at]));
                *from = next.map_or(slots.len(), |at| at + 1);
                if let Some(at) = next {
                    is_taken[at] = true;
                    *choice = Some(at);
                    *room = room.saturating_sub(usize::from(same_pool));
                }
            }
        }
        chosen
    }

    /// The pool that everybody gets: their own if their team has it, else where most of their families live among
    /// those that have fewer people than the others.
    fn choose_pools(&self, slots: &[Slot], chosen: &[Option<usize>]) -> Vec<u16> {
        let n_teams = self.form().teams.len();
        let mut n_people = vec![0usize; n_teams];
        for slot in chosen.iter().flatten() {
            n_people[slots[*slot].team] += 1;
        }
        let mut room = self.room(&n_people);
        let mut pools = vec![u16::MAX; chosen.len()];
        let people = || {
            chosen
                .iter()
                .enumerate()
                .filter_map(|(i, s)| Some((i, (*s)?)))
        };
        for (index, slot) in people() {
            let person = &self.professionals[index];
            let is_same = usize::from(person.team) == slots[slot].team;
            if is_same && room[usize::from(person.pool)] > 0 {
                room[usize::from(person.pool)] -= 1;
                pools[index] = person.pool;
            }
        }
        for (index, slot) in people() {
            if pools[index] != u16::MAX {
                continue;
            }
            let of_team = self.pools_of(slots[slot].team);
            let mut n_families = vec![0usize; of_team.len()];
            for &household in &self.professionals[index].cases {
                let area = usize::from(self.households[household].area);
                n_families[area % of_team.len()] += 1;
            }
            let open = of_team.clone().filter(|&pool| room[pool] > 0);
            let first = of_team.start;
            let pool = open
                .max_by_key(|&pool| (n_families[pool - first], room[pool], usize::MAX - pool))
                .expect("there is room for all people of a team");
            room[pool] -= 1;
            pools[index] = pool as u16;
        }
        pools
    }

    /// Where the form has more places than there are people, others come.
    fn hire_more(&mut self, slots: &[Slot], chosen: &[Option<usize>]) {
        let mut is_taken = vec![false; slots.len()];
        for slot in chosen.iter().flatten() {
            is_taken[*slot] = true;
        }
        let free = slots.iter().zip(is_taken).filter(|(_, taken)| !taken);
        for (slot, _) in free {
            // More than there are professionals no organisation has numbers given out.
            let number = self.professionals.len() as u32;
            self.appoint(slot.organisation, number, slot.team, slot.minutes);
        }
    }

    /// Reserves anew what everybody holds, and puts families and running work under the team to which those went
    /// who are with them.
    fn reserve_again(&mut self) {
        let now = self.now;
        for home in self.households.iter_mut() {
            for one in &mut home.circle {
                let person = &self.professionals[one.professional as usize];
                let is_lead = one.role == Role::Lead;
                one.team = person.team;
                home.case.involved.insert(one.team.into());
                if is_lead {
                    home.case.lead_team = Some(one.team);
                }
                self.pools[usize::from(person.pool)].force(now, person.member, one.amount);
            }
        }
        for id in self.activities.live() {
            let activity = &mut self.activities[id];
            if !activity.is_running {
                continue;
            }
            if activity.professional == NOBODY {
                if activity.function != Function::Jeugdbeschermingstafel {
                    let pool = &mut self.pools[usize::from(activity.pool)];
                    pool.force(now, Member(0), activity.amount);
                }
                continue;
            }
            let person = &self.professionals[activity.professional as usize];
            if person.tenure != activity.tenure || person.is_gone {
                continue;
            }
            (activity.team, activity.pool) = (person.team, person.pool);
            if activity.track == Track::Aside {
                self.pools[usize::from(person.pool)].force(now, person.member, activity.amount);
            }
        }
    }

    /// Whoever got no place is with no family any more: what they were to each, under the team that goes on.
    fn part(&mut self, heirs: &[u8]) -> Vec<(HouseholdId, Involvement)> {
        for one in &mut self.professionals {
            if one.is_gone {
                one.tenure += u16::from(!one.is_vacant);
                one.is_vacant = true;
                one.cases.clear();
            }
        }
        let mut lost = Vec::new();
        for household in self.households.ids() {
            let mut index = 0;
            while let Some(&one) = self.households[household].circle.get(index) {
                if !self.professionals[one.professional as usize].is_gone {
                    index += 1;
                    continue;
                }
                self.household(household).circle.remove(index);
                let team = heirs[usize::from(one.team)];
                lost.push((household, Involvement { team, ..one }));
                self.note(household, Happening::PersonLeft { team });
            }
        }
        lost
    }

    /// Somebody else takes the part of a professional who got no place, unless the family's way went on without.
    fn replace_lost(&mut self, (household, lost): (HouseholdId, Involvement)) {
        self.count_time(household);
        let home = &self.households[household];
        let is_lead = lost.role == Role::Lead && home.lead().is_none() && home.case.is_open;
        let is_still_theirs = |id: &ActivityId| {
            let activity = &self.activities[*id];
            (home.main == Some(*id) || home.side == Some(*id))
                && activity.is_running
                && activity.professional == lost.professional
        };
        let activity = lost.activity.filter(is_still_theirs);
        if is_lead {
            self.lose_lead(household);
        }
        match activity {
            Some(id) => self.interrupt(id),
            None if is_lead => self.find_lead(household, lost.team.into()),
            None => {}
        }
        self.rest_lead(household);
    }

    /// What a team knew that is no more is known to its heir.
    fn move_knowledge(&mut self, heirs: &[u8]) {
        let inherited = |set: TeamSet| {
            let mut moved = TeamSet::default();
            let teams = (0..heirs.len()).filter(|&team| set.has(team));
            teams.for_each(|team| moved.insert(heirs[team].into()));
            moved
        };
        for home in self.households.iter_mut() {
            let case = &mut home.case;
            case.involved = inherited(case.involved);
            case.before_request = inherited(case.before_request);
            for team in [&mut case.last_assessor, &mut case.lead_team] {
                *team = team.map(|team| heirs[usize::from(team)]);
            }
        }
    }

    /// Queues again whoever waited, at the team that now does what they wait for; those who wait for nothing any more.
    fn queue_again(&mut self, queued: Vec<Queued>, former_areas: &[u8]) -> Vec<ActivityId> {
        let mut dropped = Vec::new();
        for one in queued {
            let id = ActivityId(one.case);
            let activity = self.activities[id];
            let area = former_areas[usize::from(activity.pool)];
            self.activities[id].ticket = None;
            if !self.reassign(id, area) {
                dropped.push(id);
                continue;
            }
            let activity = self.activities[id];
            let request = Request {
                case: one.case,
                skill: activity.function as u8,
                urgency: one.urgency,
                amount: activity.amount,
                wish: self.wish(&activity),
            };
            let pool = &mut self.pools[usize::from(activity.pool)];
            let ticket = pool.queue_again(self.now, &request, one.since);
            self.activities[id].ticket = Some(ticket);
        }
        dropped
    }

    /// The same for what waits for the office to open, or for the table.
    fn send_elsewhere(&mut self, former_areas: &[u8], dropped: &mut Vec<ActivityId>) {
        for id in self.activities.live() {
            let activity = self.activities[id];
            if activity.is_running || activity.ticket.is_some() {
                continue;
            }
            if !self.reassign(id, former_areas[usize::from(activity.pool)]) {
                dropped.push(id);
            }
        }
    }

    /// Gives a waiting activity to the team that now does it; whether there is one, and somebody other than the
    /// lead.
    fn reassign(&mut self, id: ActivityId, former_area: u8) -> bool {
        let activity = self.activities[id];
        let household = activity.household;

        let area = match household {
            HouseholdId::NOBODY => former_area,
            _ => self.households[household].area,
        };
        let Some(task) = self.form_in(area).task(activity.function) else {
            return false;
        };
        let pool = self.pool_of(task.team, area);
        let one = &mut self.activities[id];
        (one.team, one.pool) = (task.team as u8, pool);
        if household == HouseholdId::NOBODY
            || activity.track != Track::Main
            || activity.kind == Kind::Consult
        {
            return true;
        }
        let mode = self.mode(household, activity.function);
        let home = self.household(household);
        let has_lead = home.lead().is_some();
        let helps_on = mode == Mode::Join && has_lead && home.case.is_help_welcome;
        if std::mem::replace(&mut home.lead_helps_on, helps_on) != helps_on {
            self.rest_lead(household);
        }
        mode != Mode::Consult || !has_lead
    }

    /// A step that waited, and that this form does not have, gives way to what follows it; one in which the lead is
    /// now advised is begun.
    pub(crate) fn drop_step(&mut self, id: ActivityId) {
        let Activity {
            household,
            function,
            kind,
            track,
            urgency,
            ..
        } = self.activities[id];
        self.count_time(household);
        if self.form_of(household).task(function).is_some() {
            let activity = self.activities[id];
            self.observe_queue(&activity, WaitEnd::Met);
            self.stop(id);
            let again = Ask {
                function,
                kind,
                track,
                urgency,
            };
            self.ask(household, again);
        } else {
            self.break_off(id);
            self.go_on(household, Moment::Dropped(function), NOBODY);
        }
        self.protect(household);
    }
}

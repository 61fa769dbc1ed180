//! Who is with a family: the lead, those who joined, those who check.
//!
//! What a handover, a re-tell and an assessment are is decided here, from the
//! mode alone; `docs/decisions/0002-structure.md` says how the modes and the
//! table of routes were reconciled.

use super::household::{Case, Involvement, NOBODY, Role};
use super::{Activity, ActivityId, Chain, HouseholdId};
use crate::engine::{MINUTES_PER_DAY, MINUTES_PER_HOUR, MINUTES_PER_WEEK, Time, Wish};
use crate::model::law::{Kind, Track};
use crate::model::{Assessment, Function, Happening, Independence, Mode, Tally};

impl Case {
    /// Counts the days of a lead who stops, or of one who stays when the case closes.
    fn end_lead(&mut self, now: Time) {
        let minutes = u64::from(now.since(self.lead_since));
        self.involved_minutes += minutes;
        self.longest_lead_minutes = self.longest_lead_minutes.max(minutes);
    }
}

impl Chain {
    /// Whether this comes with an own assessment of the family.
    ///
    /// Some functions always are one; others only where the one who does them is
    /// new to the family and does not share the dossier of who assessed last. A
    /// check is an own assessment, but in an emergency the inquiry follows the
    /// measure and the check sees the papers and hears the family.
    fn is_assessed_anew(
        &self,
        household: HouseholdId,
        ask: &Activity,
        mode: Mode,
        is_known: bool,
    ) -> bool {
        if mode == Mode::Consult || ask.kind == Kind::FollowUp || ask.is_resumed {
            return false;
        }
        let by_mode = mode == Mode::Check
            && ask.function == Function::ToetsEnVerzoek
            && ask.kind != Kind::Spoed
            && !is_known;
        by_mode
            || match ask.function.assessment() {
                Assessment::Always => true,
                Assessment::Never => false,
                Assessment::UnlessShared => {
                    let last = self.households[household].case.last_assessor;
                    !is_known
                        && !last.is_some_and(|last| {
                            self.form_of(household)
                                .shares_dossier(last.into(), ask.team.into())
                        })
                }
            }
    }

    /// Hours that it will cost whoever comes in: getting to know the family,
    /// assessing it anew, and what the form itself asks.
    pub(crate) fn entry_hours(&self, ask: &Activity) -> f64 {
        let p = self.parameters();
        let team = usize::from(ask.team);
        let is_known = {
            let circle = &self.households[ask.household].circle;
            circle.iter().any(|involved| involved.team == ask.team)
        };
        let mode = self.mode(ask.household, ask.function);
        let mut hours = self.form_of(ask.household).hours_on_top(team);
        hours += self.assumed_entry_hours(ask.household, team, ask.function);
        if !is_known && mode != Mode::Consult {
            hours += p.work.retell_hours;
        }
        let is_extra = ask.function.assessment() != Assessment::Always
            && self.is_assessed_anew(ask.household, ask, mode, is_known);
        if is_extra {
            hours += p.work.own_assessment_hours;
        }
        hours
    }

    /// A professional comes in to do an activity of the household's way.
    pub(crate) fn come_in(&mut self, id: ActivityId, waited: u32) {
        let activity = self.activities[id];
        let Activity {
            household,
            function,
            kind,
            team,
            professional,
            ..
        } = activity;
        let mode = match self.mode(household, function) {
            // Who executes a measure holds the family while an inquiry runs beside it.
            Mode::TakeOver if activity.track == Track::Side => Mode::Check,
            mode => mode,
        };
        let home = &self.households[household];
        let is_known = home.find(professional).is_some();
        let lead = home.lead().copied();
        let is_handover =
            mode == Mode::TakeOver && home.case.lead_team.is_some_and(|holder| holder != team);
        let is_retell = !is_known && mode != Mode::Consult;
        let is_assessment = self.is_assessed_anew(household, &activity, mode, is_known);
        let becomes_lead = match (mode, lead) {
            (Mode::TakeOver | Mode::Consult, _) => true,
            // An inquiry beside a measure never holds the family, not even
            // while the jeugdbeschermer is being replaced.
            (Mode::Join | Mode::Check, None) => activity.track != Track::Side,
            (Mode::Join | Mode::Check, Some(_)) => false,
        };

        let case = &mut self.household(household).case;
        case.n_handovers += u16::from(is_handover);
        if activity.track == Track::Main {
            case.pass_the_baton(function);
        }
        case.n_retells += u16::from(is_retell);
        case.n_professionals += u16::from(!is_known);
        case.n_assessments += u16::from(is_assessment);
        if is_assessment {
            case.last_assessor = Some(team);
        }
        self.note_involved(household, team, function);
        self.activities[id].is_assessed_anew = is_assessment;
        self.involve(household, professional, id);
        if becomes_lead {
            self.make_lead(household, professional);
        } else if mode == Mode::Join {
            // From here on the lead comes along.
            self.rest_lead(household);
            self.hear_together(household, &activity);
        } else if mode == Mode::Check && !is_known {
            let index = self.index_of(household, professional);
            self.household(household).circle[index].role = Role::Checker;
        }
        self.note(
            household,
            Happening::Started {
                function,
                kind,
                team,
                mode,
                professional: Some(professional),
                waited,
                is_handover,
                is_retell,
                is_assessment,
            },
        );
    }

    /// Something beside the way brings the family another face: who takes in a
    /// vervolgmelding or a crisis, or a specialist.
    pub(crate) fn meet(&mut self, activity: &Activity, waited: u32) {
        let is_contact = matches!(
            activity.function,
            Function::Veiligheidsbeoordeling | Function::Crisis | Function::SpecialistischeHulp
        );
        let home = self.household(activity.household);
        if is_contact && home.find(activity.professional).is_none() {
            home.case.n_professionals += 1;
        }
        let &Activity {
            function,
            kind,
            team,
            professional,
            ..
        } = activity;
        if kind != Kind::Consult && function != Function::Advies {
            self.note(
                activity.household,
                Happening::Beside {
                    function,
                    kind,
                    team,
                    professional: (professional != NOBODY).then_some(professional),
                    waited,
                },
            );
        }
    }

    /// A step outside the chain begins: the table at which the family tells its
    /// story, or the judge, whose hearing is no intake.
    pub(crate) fn visit_outside(&mut self, id: ActivityId, waited: u32) {
        let Activity {
            household,
            function,
            kind,
            team,
            ..
        } = self.activities[id];
        let is_retell = function == Function::Jeugdbeschermingstafel;
        let case = &mut self.household(household).case;
        case.n_retells += u16::from(is_retell);
        case.n_professionals += 1;
        self.note(
            household,
            Happening::Started {
                function,
                kind,
                team,
                mode: Mode::Check,
                professional: None,
                waited,
                is_handover: false,
                is_retell,
                is_assessment: false,
            },
        );
    }

    fn index_of(&self, household: HouseholdId, professional: u32) -> usize {
        let home = &self.households[household];
        home.find(professional).expect("they have just come in")
    }

    /// Puts a professional, whose pool has reserved the activity's amount, in the
    /// circle; who does two things at once stands in it twice.
    fn involve(&mut self, household: HouseholdId, professional: u32, id: ActivityId) {
        let activity = self.activities[id];
        let is_idle = |involved: &Involvement| {
            involved.professional == professional && involved.activity.is_none()
        };
        match self.households[household].circle.iter().position(is_idle) {
            Some(index) => {
                let involved = &mut self.household(household).circle[index];
                let before = std::mem::replace(&mut involved.amount, activity.amount);
                involved.activity = Some(id);
                let holder = &self.professionals[professional as usize];
                self.release(holder.pool, holder.member, before);
            }
            None => {
                let involved = Involvement {
                    professional,
                    role: Role::Partner,
                    team: activity.team,
                    amount: activity.amount,
                    activity: Some(id),
                    is_before_request: false,
                };
                self.household(household).circle.push(involved);
                self.professionals[professional as usize]
                    .cases
                    .push(household);
            }
        }
    }

    /// Makes one of the circle the lead. The old lead stops; where their team
    /// stays with the family they go on alongside.
    pub(crate) fn make_lead(&mut self, household: HouseholdId, professional: u32) {
        let now = self.now;
        let new = self.index_of(household, professional);
        let home = self.household(household);
        if home.circle[new].role == Role::Lead {
            return;
        }
        let (team, area) = (home.circle[new].team, home.area);
        home.circle[new].role = Role::Lead;
        let old = (0..home.circle.len())
            .find(|&index| index != new && home.circle[index].role == Role::Lead);
        if old.is_some() {
            home.case.end_lead(now);
        }
        let is_same_team = home.case.lead_team == Some(team);
        let is_another = home.case.lead_team.is_some();
        home.case.n_person_changes += u16::from(is_same_team);
        home.case.lead_team = Some(team);
        home.case.lead_since = now;
        self.quarter.lead_changes += u64::from(is_another && self.counted_in[usize::from(area)]);
        if let Some(old) = old {
            let Involvement { team, activity, .. } = self.households[household].circle[old];
            let old_team = usize::from(team);
            if activity.is_some() {
                // They finish what they are doing beside the new lead's work.
                self.household(household).circle[old].role = Role::Partner;
            } else if self.stays(household, old_team) && !is_same_team {
                self.household(household).circle[old].role = Role::Partner;
                self.set_to_rest(household, old);
            } else {
                self.dismiss(household, old);
            }
        }
    }

    /// Whether a professional of this team stays with the family when another
    /// takes over or their own step is done: where the form says so, and the
    /// family is unsafe.
    pub(crate) fn stays(&self, household: HouseholdId, team: usize) -> bool {
        self.form_of(household).stays.has(team) && self.households[household].severity.is_unsafe()
    }

    /// The lead is gone without a successor.
    pub(crate) fn lose_lead(&mut self, household: HouseholdId) {
        let now = self.now;
        self.household(household).case.end_lead(now);
    }

    /// When a step begins, those who only came for an earlier step go; of a team
    /// that stays with the family, one professional does.
    pub(crate) fn dismiss_others(&mut self, household: HouseholdId, team: usize, beginner: u32) {
        let mut index = 0;
        while index < self.households[household].circle.len() {
            let involved = self.households[household].circle[index];
            let is_passing = involved.activity.is_none()
                && involved.role != Role::Lead
                && involved.professional != beginner
                && (usize::from(involved.team) == team
                    || !self.stays(household, involved.team.into()));
            if is_passing {
                self.dismiss(household, index);
            } else {
                index += 1;
            }
        }
    }

    fn dismiss(&mut self, household: HouseholdId, index: usize) {
        let involved = self.household(household).circle.remove(index);
        let holder = &mut self.professionals[involved.professional as usize];
        holder.forget(household);
        let (pool, member) = (holder.pool, holder.member);
        self.release(pool, member, involved.amount);
    }

    /// Everybody goes: the case is closed.
    pub(crate) fn dismiss_all(&mut self, household: HouseholdId) {
        if self.households[household].lead().is_some() {
            self.lose_lead(household);
        }
        while !self.households[household].circle.is_empty() {
            self.dismiss(household, 0);
        }
    }

    /// An activity of the household's way is over; who did it keeps sight.
    pub(crate) fn rest(&mut self, household: HouseholdId, id: ActivityId) {
        let home = &self.households[household];
        if let Some(index) = home.circle.iter().position(|one| one.activity == Some(id)) {
            let professional = home.circle[index].professional;
            let does_more = home
                .circle
                .iter()
                .filter(|one| one.professional == professional);
            if does_more.count() > 1 {
                self.household(household).circle[index].activity = None;
                self.keep_role(household, index);
                self.dismiss(household, index);
            } else {
                self.household(household).circle[index].activity = None;
                self.set_to_rest(household, index);
            }
        }
    }

    /// Who stops one of two things that they do keeps the part that they had.
    fn keep_role(&mut self, household: HouseholdId, index: usize) {
        let circle = &mut self.household(household).circle;
        let Involvement {
            professional,
            role,
            is_before_request,
            ..
        } = circle[index];
        let other = circle
            .iter()
            .enumerate()
            .position(|(at, one)| at != index && one.professional == professional);
        if let Some(other) = other {
            if role == Role::Lead {
                circle[other].role = Role::Lead;
            }
            circle[other].is_before_request |= is_before_request;
        }
    }

    /// Gives a lead without an activity of their own the hours that their part takes now.
    pub(crate) fn rest_lead(&mut self, household: HouseholdId) {
        let home = &self.households[household];
        let lead = home.circle.iter().position(|one| one.role == Role::Lead);
        if let Some(index) = lead
            && home.circle[index].activity.is_none()
        {
            self.set_to_rest(household, index);
        }
    }

    /// The first talks with a family that is held since its melding are of two: the lead gives the
    /// hours of a first talk too, while who joined is at work.
    fn hear_together(&mut self, household: HouseholdId, joined: &Activity) {
        let minutes = self.parameters().work.retell_hours * f64::from(MINUTES_PER_HOUR);
        let home = self.household(household);
        if !std::mem::replace(&mut home.case.is_joint_intake, false) {
            return;
        }
        let Some(lead) = (home.circle.iter_mut()).find(|one| one.role == Role::Lead) else {
            return;
        };
        let weeks = f64::from(joined.duration) / f64::from(MINUTES_PER_WEEK);
        let before = lead.amount;
        lead.amount += (minutes / weeks.max(1.0 / 7.0)).round() as u32;
        let (professional, amount) = (lead.professional, lead.amount);
        self.reserve_instead(professional, before, amount);
    }

    /// Reserves what somebody takes who has no activity: sight, or what a lead gives who goes on
    /// helping, or who comes along with whoever has joined.
    fn set_to_rest(&mut self, household: HouseholdId, index: usize) {
        let w = &self.setting.parameters.work;
        let home = &mut self.households[household];
        let is_duo = home.lead_helps_on
            || (home.circle.iter()).any(|one| one.role == Role::Partner && one.activity.is_some());
        let involved = &mut home.circle[index];
        let hours = match involved.role {
            Role::Lead if is_duo => w.partner_hours_per_week,
            Role::Lead => w.sight_hours_per_week,
            Role::Partner | Role::Checker => w.alongside_hours_per_week,
        };
        let amount = (hours * f64::from(MINUTES_PER_HOUR)).round() as u32;
        let before = std::mem::replace(&mut involved.amount, amount);
        let professional = involved.professional;
        self.reserve_instead(professional, before, amount);
    }

    /// Reserves of a professional another amount for the same household
    /// [minutes a week], whatever their room.
    fn reserve_instead(&mut self, professional: u32, before: u32, amount: u32) {
        let holder = &self.professionals[professional as usize];
        let (pool, member) = (holder.pool, holder.member);
        self.pools[usize::from(pool)].change(self.now, member, before, amount);
        self.turns.come_free(pool, member);
    }

    /// Changes what a running step reserves [minutes a week].
    pub(crate) fn set_amount(&mut self, id: ActivityId, amount: u32) {
        let household = self.activities[id].household;
        let circle = &mut self.households[household].circle;
        if let Some(involved) = circle.iter_mut().find(|one| one.activity == Some(id)) {
            let before = std::mem::replace(&mut involved.amount, amount);
            let professional = involved.professional;
            self.reserve_instead(professional, before, amount);
            // Whoever takes it over from a leaver takes over as much.
            self.activities[id].amount = amount;
        }
    }

    /// The team's roomiest professional holds the household from now on, without
    /// any activity yet.
    pub(crate) fn assign_lead(&mut self, household: HouseholdId, team: usize, skill: Function) {
        let area = self.households[household].area;
        let pool = self.pool_of(team, area);
        let Some(member) = self.pools[usize::from(pool)].roomiest(skill as u8, Wish::Any) else {
            return;
        };
        let professional = self.professional_at(pool, member);
        self.note_involved(household, team as u8, skill);
        let home = &self.households[household];
        let is_new = home.find(professional).is_none();
        let is_retell = is_new && !home.case.is_joint_intake;
        self.note(
            household,
            Happening::Held {
                team: team as u8,
                professional,
                is_retell,
            },
        );
        if !is_new {
            self.make_lead(household, professional);
            self.rest_lead(household);
            return;
        }
        let home = self.household(household);
        home.case.n_retells += u16::from(is_retell);
        home.case.n_professionals += 1;
        home.circle.push(Involvement {
            professional,
            role: Role::Partner,
            team: team as u8,
            amount: 0,
            activity: None,
            is_before_request: false,
        });
        self.professionals[professional as usize]
            .cases
            .push(household);
        self.make_lead(household, professional);
        let index = self.index_of(household, professional);
        self.set_to_rest(household, index);
    }

    /// Whether the check is being done by somebody who was not there before the request, and of an organisation that
    /// was not: a colleague of those who asked for the measure is no independent check. The organisation is the team of
    /// the form, and where the form checks within the organisation that asks, nobody is independent.
    pub(crate) fn is_checked_independently(
        &self,
        household: HouseholdId,
        check: &Activity,
    ) -> bool {
        let home = &self.households[household];
        let is_new = home
            .find(check.professional)
            .is_some_and(|index| !home.circle[index].is_before_request);
        is_new
            && self.form_of(household).check == Independence::Extern
            && !home.case.before_request.has(check.team.into())
    }

    /// A team does something for the family that is no look at whether a measure is needed.
    fn note_involved(&mut self, household: HouseholdId, team: u8, function: Function) {
        let is_look = matches!(
            function,
            Function::Beschermingsonderzoek | Function::ToetsEnVerzoek
        );
        if !is_look {
            self.household(household).case.involved.insert(team.into());
        }
    }

    /// Adds what a closed case was like to the sums per case, where that is measured.
    pub(crate) fn observe_case(&mut self, household: HouseholdId) {
        let case = self.households[household].case;
        if !self.is_counted(household) {
            return;
        }
        self.seen.routes[self.route(household) as usize] += 1;
        if case.is_partial {
            return;
        }
        let days = |minutes: u64| minutes as f64 / f64::from(MINUTES_PER_DAY);
        self.seen.count(Tally::CasesClosed);
        self.seen.handovers.record(case.n_handovers.into());
        for (tally, value) in [
            (Tally::Handovers, case.n_handovers.into()),
            (Tally::PersonChanges, case.n_person_changes.into()),
            (Tally::Professionals, case.n_professionals.into()),
            (Tally::Retells, case.n_retells.into()),
            (Tally::Assessments, case.n_assessments.into()),
            (Tally::InvolvedDays, days(case.involved_minutes)),
            (Tally::FixedFaceDays, days(case.longest_lead_minutes)),
            (Tally::DrangDays, days(case.drang_minutes)),
        ] {
            self.seen.add(tally, value);
        }
    }
}

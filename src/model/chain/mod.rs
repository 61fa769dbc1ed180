//! The state of one pass, and what each event does to it.

pub(crate) mod activity;
pub(crate) mod answer;
pub(crate) mod arrival;
pub(crate) mod audit;
pub(crate) mod behaviour;
pub(crate) mod change;
pub(crate) mod circle;
pub(crate) mod danger;
pub(crate) mod decision;
pub(crate) mod exposure;
pub(crate) mod foresight;
pub(crate) mod help;
pub(crate) mod household;
pub(crate) mod leaving;
pub(crate) mod measure;
pub(crate) mod melding;
pub(crate) mod observe;
pub(crate) mod pathway;
pub(crate) mod purpose;
pub(crate) mod register;
pub(crate) mod staff;
pub(crate) mod stock;
pub(crate) mod tafel;
pub(crate) mod transition;
pub(crate) mod turn;
pub(crate) mod work;

use std::sync::Arc;

pub(crate) use register::HouseholdId;
pub(crate) use work::{Activity, ActivityId};

use super::area::Areas;
use super::{Form, Function, Happening, Mode, Observations, Parameters, Quarter, Setting, Tally};
use crate::engine::{
    Calendar, MINUTES_PER_HOUR, MINUTES_PER_WEEK, Model, OfficeHours, Pool, Priority, Time,
    WorkingCalendar,
};
use crate::model::chain::arrival::{PER_STREAM, Stream};
use crate::model::chain::household::{Household, NOBODY};
use crate::model::chain::purpose::Purpose;
use crate::model::chain::register::Households;
use crate::model::chain::staff::Professional;
use crate::model::chain::tafel::Tafel;
use crate::model::chain::turn::Turns;
use crate::model::chain::work::Activities;
use crate::model::life::journal::Notebook;
use crate::model::observation::flow::FlowCounts;
use crate::random::{Chance, Draws, LogNormal};

/// What can happen.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Event {
    /// The next of a stream comes from outside.
    Arrival(Stream),
    /// The office opens for work that was asked for outside its hours.
    Opens(ActivityId),
    /// An activity ends.
    Finished(ActivityId),
    /// The hazard of a household has added up to an incident.
    Incident(HouseholdId),
    /// Somebody reports again what has been reported of a household.
    Repeat(HouseholdId),
    /// A household goes out of sight.
    Departs(HouseholdId),
    /// A year and a half after its first melding a household is looked at again.
    LookBack(HouseholdId),
    /// A professional may leave.
    Leaves(u32),
    /// A professional may leave because of a change-over.
    Unsettled(u32),
    /// Somebody takes a leaver's place.
    Replaced(u32),
    /// A new professional has started up.
    StartedUp(u32),
    /// A huisverbod or contactverbod ends.
    BanEnds(HouseholdId),
    /// Help that ran outside the chain ends.
    EndsElsewhere(HouseholdId),
    /// The jeugdbeschermingstafel meets.
    TafelMeets,
    /// A week has passed.
    Week,
    /// The warm-up is over.
    MeasuringStarts,
}

/// First entity of the stock, of areas, of professionals.
pub(crate) const STOCK: u32 = 4 * PER_STREAM;
pub(crate) const AREAS: u32 = 5 * PER_STREAM;
pub(crate) const PROFESSIONALS: u32 = 6 * PER_STREAM;

/// The last change of form.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ChangeOver {
    /// When it came into force.
    pub at: Time,
    /// How many regions went before.
    pub n_before: u32,
}

/// One region through time, under one form or under several in turn.
///
/// A clone goes on by itself: run to a date, clone, continue twice.
#[derive(Clone, Debug)]
pub struct Chain {
    pub(crate) setting: Arc<Setting>,
    pub(crate) working: Arc<WorkingCalendar>,
    pub(crate) chance: Chance,
    /// Spread of efforts and durations about their means.
    pub(crate) spread: LogNormal,
    /// Spread of the help that a family needs about its mean.
    pub(crate) help_spread: LogNormal,
    pub(crate) calendar: Calendar<Event>,
    pub(crate) now: Time,
    pub(crate) measuring_from: Time,
    pub(crate) horizon: Time,
    pub(crate) is_measuring: bool,
    pub(crate) households: Households,
    pub(crate) activities: Activities,
    pub(crate) pools: Vec<Pool>,
    /// Who stands at which place of a pool: indexes of professionals.
    pub(crate) places: Vec<Vec<u32>>,
    /// First pool of each team.
    pub(crate) first_pool: Vec<u16>,
    pub(crate) professionals: Vec<Professional>,
    pub(crate) areas: Areas,
    /// By area: which form is in force, 0 for the region's own, else the place among the local ones, from 1.
    pub(crate) in_force: Vec<u8>,
    /// By team and pool: how its people are spread over its pools.
    pub(crate) pool_weights: Vec<Vec<f64>>,
    /// By area: whether its families are counted.
    pub(crate) counted_in: Vec<bool>,
    /// Shift of the threshold for a measure, by area.
    pub(crate) area_shifts: Vec<f64>,
    pub(crate) tafel: Tafel,
    /// How many of the setting's changes have come into force, and the last of them.
    pub(crate) n_changes: usize,
    pub(crate) changed: Option<ChangeOver>,
    /// Cases opened while it is measured, counted or not.
    pub(crate) n_measured_cases: u64,
    pub(crate) arrived: [u32; Stream::ALL.len()],
    pub(crate) turns: Turns,
    pub(crate) seen: Observations,
    /// From which step to which families went; part of what was seen once the run has ended.
    pub(crate) flows: FlowCounts,
    /// What was seen in the quarter that is running.
    pub(crate) quarter: Quarter,
    /// A household that is watched from its coming on: its entity.
    pub(crate) watched_entity: u32,
    pub(crate) notebook: Notebook,
    /// A fixed way for the one household of a structure test.
    pub(crate) script: Option<crate::model::form::structure::Script>,
}

impl Chain {
    /// The chain on the first day of the warm-up, with its staff and its stock.
    pub fn new(setting: Setting, seed: u64, replication: u32) -> Self {
        let mut chain = Chain::unpopulated(setting, seed, replication);
        chain.populate();
        chain
    }

    /// The same before anybody is there.
    pub(crate) fn unpopulated(setting: Setting, seed: u64, replication: u32) -> Self {
        let chance = Chance::new(seed, replication, setting.region.number);
        Chain::empty(setting, chance)
    }

    /// Lets staff, stock and demand begin.
    pub(crate) fn populate(&mut self) {
        self.hire();
        self.place_stock();
        for stream in Stream::ALL {
            self.schedule_arrival(stream);
        }
    }

    /// A chain with places but without people and without demand.
    pub(crate) fn empty(setting: Setting, chance: Chance) -> Self {
        let period = setting.period;
        let areas = Areas::of(&setting.parameters, &setting.region);
        let counted_in = match &setting.counted {
            Some(places) => areas.within(places),
            None => vec![true; areas.n().into()],
        };
        let measuring_from = Time::from_days(period.warm_up_days);
        let n_teams = setting.form.teams.len();
        let mut chain = Chain {
            spread: LogNormal::from_mean_cv(1.0, setting.parameters.work.cv),
            help_spread: LogNormal::from_mean_cv(1.0, setting.parameters.household.help_weeks_cv),
            working: Arc::new(working_calendar(&setting)),
            setting: Arc::new(setting),
            chance,
            calendar: Calendar::new(),
            now: Time::ZERO,
            measuring_from,
            horizon: Time::from_days(period.total_days()),
            is_measuring: false,
            households: Households::default(),
            activities: Activities::default(),
            pools: Vec::new(),
            places: Vec::new(),
            first_pool: Vec::new(),
            professionals: Vec::new(),
            areas,
            in_force: Vec::new(),
            pool_weights: Vec::new(),
            counted_in,
            area_shifts: Vec::new(),
            tafel: Tafel::default(),
            n_changes: 0,
            changed: None,
            n_measured_cases: 0,
            arrived: [0; Stream::ALL.len()],
            turns: Turns::default(),
            seen: Observations::new(n_teams),
            flows: FlowCounts::new(),
            quarter: Quarter::new(n_teams),
            watched_entity: NOBODY,
            notebook: Notebook::default(),
            script: None,
        };
        chain.seen.readings = vec![Default::default(); chain.setting.readings.len()];
        chain.take_forms();
        chain.open_pools();
        chain.draw_area_shifts();
        let week = Time::from_minutes(MINUTES_PER_WEEK);
        chain
            .calendar
            .schedule_for_good(week, Priority::Observe, Event::Week);
        chain
            .calendar
            .schedule_for_good(measuring_from, Priority::Observe, Event::MeasuringStarts);
        chain.convene_tafel();
        chain
    }

    /// Sets what is kept of the parameters besides them.
    pub(crate) fn take_parameters(&mut self) {
        let parameters = self.setting.parameters;
        self.spread = LogNormal::from_mean_cv(1.0, parameters.work.cv);
        self.help_spread = LogNormal::from_mean_cv(1.0, parameters.household.help_weeks_cv);
        self.working = Arc::new(working_calendar(&self.setting));
    }

    /// The form of the region, except where [another](Chain::form_of) is in force.
    pub(crate) fn form(&self) -> &Form {
        &self.setting.form
    }

    /// Whether a form that is in force has the step.
    pub(crate) fn has_step(&self, function: Function) -> bool {
        self.forms().any(|form| form.task(function).is_some())
    }

    pub(crate) fn parameters(&self) -> &Parameters {
        &self.setting.parameters
    }

    pub(crate) fn draws(&self, household: HouseholdId) -> Draws {
        self.chance.of(self.households[household].entity)
    }

    pub(crate) fn uniform(&self, household: HouseholdId, purpose: Purpose, index: u16) -> f64 {
        self.draws(household).uniform(purpose as u16, index.into())
    }

    pub(crate) fn household(&mut self, household: HouseholdId) -> &mut Household {
        &mut self.households[household]
    }

    /// Adds one to a sum, once the warm-up is over, and to that of its quarter.
    pub(crate) fn count(&mut self, household: HouseholdId, tally: Tally) {
        if self.is_counted(household) {
            self.quarter.count(tally);
        }
        self.add(household, tally, 1.0);
    }

    /// Adds to a sum what is said of a household, once the warm-up is over.
    pub(crate) fn add(&mut self, household: HouseholdId, tally: Tally, value: f64) {
        if self.is_measuring && self.is_counted(household) {
            self.seen.add(tally, value);
        }
    }

    /// Writes down what happened to a household, if somebody wants to read it.
    pub(crate) fn note(&mut self, household: HouseholdId, happening: Happening) {
        self.notebook.write(household.0, self.now, happening);
    }

    // ---- the measured part -----------------------------------------------------

    fn start_measuring(&mut self) {
        for household in self.households.ids() {
            self.count_time(household);
        }
        self.carry_integrals(1);
        let now = self.now;
        for pool in &mut self.pools {
            pool.restart_tallies(now);
        }
        self.is_measuring = true;
        self.start_running_support();
    }

    /// Runs to the end of the period and says what was observed, and the number
    /// of events that it took.
    pub fn finish(mut self) -> (Observations, u64) {
        let n_events = self.complete();
        (self.seen, n_events)
    }

    /// Runs to the end of the period and sees what is there then; says how many events that took.
    pub(crate) fn complete(&mut self) -> u64 {
        let n_events = self.run_until(self.horizon);
        self.now = self.horizon;
        self.observe_end();
        n_events
    }

    /// Lets what is due until `limit` happen, forms that come into force on the way included.
    pub fn run_until(&mut self, limit: Time) -> u64 {
        let mut n_events = 0;
        while let Some(at) = self.next_change().filter(|&at| at <= limit) {
            n_events += crate::engine::run_until(self, at);
            self.now = at;
            self.change_form();
        }
        n_events + crate::engine::run_until(self, limit)
    }

    /// How the one who does a function comes in to this family.
    pub(crate) fn mode(&self, household: HouseholdId, function: Function) -> Mode {
        // What is done although the form has no such step was begun under another, where its team held the family.
        let form = self.form_of(household);
        let mode = form.task(function).map_or(Mode::TakeOver, |task| task.mode);
        let home = &self.households[household];
        match mode {
            Mode::Join if home.severity < form.join_from => Mode::TakeOver,
            mode => mode,
        }
    }
}

fn working_calendar(setting: &Setting) -> WorkingCalendar {
    let (staff, period) = (setting.parameters.staff, setting.period);
    let minute = |hour: f64| (hour * f64::from(MINUTES_PER_HOUR)) as u16;
    // Terms look past the horizon. More than half of all days are working days; the year more
    // is for the holidays of a short term.
    let term = setting.parameters.term;
    let longest = term
        .beoordeling_working_days
        .max(term.jeugdbeschermer_working_days);
    let look_ahead_days = 366 + 2 * longest as u32;
    WorkingCalendar::new(
        period.first_day(),
        period.total_days() + look_ahead_days,
        OfficeHours {
            opens_minute: minute(staff.office_opens_hour),
            closes_minute: minute(staff.office_closes_hour),
        },
    )
}

impl Model for Chain {
    type Event = Event;

    fn calendar(&mut self) -> &mut Calendar<Event> {
        &mut self.calendar
    }

    fn handle(&mut self, now: Time, event: Event) {
        self.now = now;
        match event {
            Event::Arrival(stream) => self.arrive(stream),
            Event::Opens(activity) => self.line_up(activity),
            Event::Finished(activity) => self.finish_activity(activity),
            Event::Incident(household) => self.strike(household),
            Event::Repeat(household) => self.repeat(household),
            Event::Departs(household) => self.depart(household),
            Event::LookBack(household) => self.look_back(household),
            Event::Leaves(professional) => self.leave(professional),
            Event::Unsettled(professional) => self.leave_unsettled(professional),
            Event::Replaced(professional) => self.replace(professional),
            Event::StartedUp(professional) => self.work_fully(professional),
            Event::BanEnds(household) => self.end_ban(household),
            Event::EndsElsewhere(household) => self.end_elsewhere(household),
            Event::TafelMeets => self.meet_at_tafel(),
            Event::Week => {
                self.end_week();
                const WEEKS_BETWEEN: u32 = 4;
                if (self.now.minutes() / MINUTES_PER_WEEK).is_multiple_of(WEEKS_BETWEEN) {
                    self.divide_hours();
                }
                self.wear_off();
            }
            Event::MeasuringStarts => {
                self.start_measuring();
                self.wear_off();
            }
        }
        self.serve_waiting();
        self.households.give_up_records(&self.notebook.watched);
    }

    fn look_ahead(&self) {
        self.fetch_subjects_of(self.calendar.in_sight());
    }
}

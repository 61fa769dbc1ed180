//! What one pass observes: sums that merge, and nothing about single families.
//!
//! Observations of regions are merged into those of the country before any KPI
//! is computed from them, so that a national P90 is one of families and not of
//! regions.

use serde::{Deserialize, Serialize};
use serde_big_array::BigArray;

use super::wait::{Wait, WaitObservations};
use crate::model::chain::danger::Protection;
use crate::model::{Distribution, Flows, Function, Organisation, Quarter, ReadingObservations};

/// Something that is added up; a KPI divides one by another or by its number.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum Tally {
    /// Cases opened by a melding or a lokaal team's own intake.
    CasesOpened,
    /// Meldingen of every kind.
    Meldingen,
    /// First meldingen.
    FirstMeldingen,
    /// Hermeldingen: about a family whose involvement has ended.
    Hermeldingen,
    /// Vervolgmeldingen: about a family already in the chain.
    Vervolgmeldingen,
    /// Of those, before the veiligheidsbeoordeling has ended.
    MeldingenInAssessment,
    /// Of those, during the crisis work, short follow-up, onderzoek or voorwaarden
    /// en vervolg after it.
    MeldingenAfterAssessment,
    /// Families with children, unsafe at their first melding, looked at a year and a
    /// half later.
    LookedBack,
    /// Of those, with a safe home then.
    SafeLookedBack,
    /// Cases closed; the sums per case below belong to these.
    CasesClosed,
    /// Handovers in closed cases.
    Handovers,
    /// Changes of person, other than by a handover, in closed cases.
    PersonChanges,
    /// Professionals met in closed cases.
    Professionals,
    /// Re-tells in closed cases.
    Retells,
    /// Assessments in closed cases.
    Assessments,
    /// Minutes that families stood in a queue in the measured part, for a step of their way;
    /// without families of whose case a part lies before the run.
    WaitingMinutes,
    /// Families that stand in a queue at the end of the run, for a step of their way.
    StandingQueue,
    /// Days with a lead in closed cases.
    InvolvedDays,
    /// Of those, days with the lead who was there longest.
    FixedFaceDays,
    /// Days in drang in closed cases.
    DrangDays,
    /// Incidents of families that have ever come into the chain.
    Incidents,
    /// Crises.
    Crises,
    /// Days in class structureel or acuut with protection below conditions.
    UnsafeDays,
    /// Days in class structureel or acuut, whatever the protection.
    UnsafeFamilyDays,
    /// Of those, days on which nobody looks.
    UnsafeUnseen,
    /// Of those, days with sight on safety and no more.
    UnsafeInSight,
    /// Of those, days under conditions.
    UnsafeUnderConditions,
    /// Of those, days with help.
    UnsafeHelped,
    /// Of those, days under a measure that is being executed.
    UnsafeUnderMeasure,
    /// Days in sight of families that have ever come into the chain.
    FamilyDays,
    /// Closed cases that could be followed for twelve months.
    FollowedTwelveMonths,
    /// Of those, with a hermelding within twelve months.
    HermeldingWithinTwelveMonths,
    /// Veiligheidsbeoordelingen completed, vervolgmeldingen not counted.
    Assessed,
    /// Of those, that stay with who assessed them.
    Kept,
    /// Onderzoeken completed.
    Onderzoeken,
    /// Times of voorwaarden en vervolg completed.
    Voorwaarden,
    /// Beschermingsonderzoeken completed.
    Beschermingsonderzoeken,
    /// Of those, that led to a petition.
    Petitions,
    /// Families with a new ondertoezichtstelling.
    Ondertoezichtstelling,
    /// Families with a new voorlopige ondertoezichtstelling.
    VoorlopigeOndertoezichtstelling,
    /// Families with a new machtiging uithuisplaatsing.
    Uithuisplaatsing,
    /// Families with a gezagsbeëindiging.
    Gezagsbeeindiging,
    /// Huisverboden.
    Huisverbod,
    /// Contactverboden.
    Contactverbod,
    /// Young people who enter jeugdreclassering.
    Jeugdreclassering,
    /// New OTS and gezagsbeëindigingen that the latent need did not justify.
    MeasuresNotJustified,
    /// Decisions against a measure that the latent need did justify.
    MeasuresMissed,
    /// New OTS, voorlopige OTS and gezagsbeëindigingen.
    MeasuresOfProtection,
    /// Of those, checked by somebody of an organisation that was not involved before the request.
    MeasuresChecked,
    /// Days under an order, per family.
    OrderDays,
    /// Of those, without a jeugdbeschermer.
    OrderDaysUnattended,
    /// Hours worked for families.
    StaffHours,
    /// What they cost \[euros\].
    StaffEuros,
    /// One-off cost of change-overs \[euros\].
    ChangeEuros,
    /// Families under an OTS or voorlopige OTS at the end of the run.
    OtsStock,
    /// Families under voogdij at the end of the run.
    VoogdijStock,
    /// Both together.
    MeasureStock,
    /// Young people under jeugdreclassering at the end of the run.
    JeugdreclasseringStock,
    /// Families with voluntary help at the end of the run.
    HulpStock,
    /// Open cases at the end of the run.
    OpenCases,
}

impl Tally {
    /// The number of tallies.
    pub const COUNT: usize = Tally::OpenCases as usize + 1;

    /// Days in class structureel or acuut with this protection.
    pub(crate) fn unsafe_under(protection: Protection) -> Self {
        match protection {
            Protection::None => Tally::UnsafeUnseen,
            Protection::SightOnly => Tally::UnsafeInSight,
            Protection::Conditions => Tally::UnsafeUnderConditions,
            Protection::Help => Tally::UnsafeHelped,
            Protection::Measure => Tally::UnsafeUnderMeasure,
        }
    }
}

/// The way that a closed case has gone.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum Route {
    /// Assessed, no next steps in the chain.
    AssessedOnly,
    /// Assessed, short follow-up, ended.
    FollowUp,
    /// Own intake, voluntary help.
    OwnIntake,
    /// Assessed, then voluntary help (R1).
    AssessedHelp,
    /// Onderzoek, then voluntary help or the end (R2).
    Onderzoek,
    /// Voorwaarden en vervolg, then voluntary help or the end.
    Voorwaarden,
    /// Drang, and no request for a measure (R3).
    Drang,
    /// A request, but no measure.
    RequestOnly,
    /// A measure after a request (R4).
    Measure,
    /// A voorlopige OTS first (R5).
    Spoed,
    /// Jeugdreclassering.
    Jeugdreclassering,
}

impl Route {
    /// Every route.
    pub const ALL: [Route; 11] = [
        Route::AssessedOnly,
        Route::FollowUp,
        Route::OwnIntake,
        Route::AssessedHelp,
        Route::Onderzoek,
        Route::Voorwaarden,
        Route::Drang,
        Route::RequestOnly,
        Route::Measure,
        Route::Spoed,
        Route::Jeugdreclassering,
    ];

    /// Its name in routes.csv.
    pub fn key(self) -> &'static str {
        match self {
            Route::AssessedOnly => "beoordeling_einde",
            Route::FollowUp => "beoordeling_kort_vervolg_einde",
            Route::OwnIntake => "eigen_instroom_hulp",
            Route::AssessedHelp => "beoordeling_hulp",
            Route::Onderzoek => "onderzoek",
            Route::Voorwaarden => "voorwaarden_en_vervolg",
            Route::Drang => "drang",
            Route::RequestOnly => "raad_zonder_maatregel",
            Route::Measure => "maatregel",
            Route::Spoed => "spoed",
            Route::Jeugdreclassering => "jeugdreclassering",
        }
    }
}

/// What was seen of one team, over all its pools.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct TeamObservations {
    /// Whether it stands outside the chain; its hours are then those of places.
    pub is_external: bool,
    /// Reserved hours, integrated \[hours\].
    pub reserved_hours: f64,
    /// What is reserved of professionals of each organisation, summed over the weeks [minutes a week].
    pub reserved_by_organisation: [u64; Organisation::COUNT],
    /// Available hours, integrated \[hours\].
    pub available_hours: f64,
    /// Waiting requests, integrated [request-days].
    pub waiting_days: f64,
    /// Length of the observation, summed over pools \[days\].
    pub pool_days: f64,
    /// Pool-weeks looked at.
    pub pool_weeks: u64,
    /// Of those, with more reserved than available.
    pub weeks_above_full: u64,
    /// Longest wait seen at the end of a week \[minutes\].
    pub longest_wait: u32,
    /// Waits of requests from asking to start.
    pub wait: WaitObservations,
    /// Waits that ended in the measured part, whenever they began \[minutes\].
    pub waited_minutes: u64,
    /// Professionals who left.
    pub leavers: u64,
    /// Vacant places, summed over the weeks.
    pub vacant_place_weeks: u64,
    /// All places, summed over the weeks.
    pub place_weeks: u64,
    /// Families that professionals held, summed over the weeks.
    pub case_weeks: u64,
}

/// Everything that one pass, or several merged ones, have observed.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Observations {
    /// Sums, by [`Tally`] number.
    #[serde(with = "BigArray")]
    pub tallies: [f64; Tally::COUNT],
    /// Waits, by [`Wait`] number.
    pub waits: [WaitObservations; Wait::COUNT],
    /// Waits in the queue for each function, by [`Function`] number: from asking to the start, also of work beside
    /// the way and of what another professional takes over from a leaver.
    pub queues: [WaitObservations; Function::COUNT],
    /// Closed cases by the number of their handovers.
    pub handovers: Distribution,
    /// Closed cases, by [`Route`] number.
    pub routes: [u64; Route::ALL.len()],
    /// From which step to which families went.
    pub flows: Flows,
    /// Starts of each function, by [`Function`] number.
    pub starts: [u64; Function::COUNT],
    /// Teams, in the order of the form.
    pub teams: Vec<TeamObservations>,
    /// Every whole quarter from the first day of the warm-up on.
    pub quarters: Vec<Quarter>,
    /// Length of what was measured \[years\].
    pub years: f64,
    /// Readings of the proeftuin monitor, in the order of the setting.
    pub readings: Vec<ReadingObservations>,
}

impl Observations {
    /// Nothing seen yet of a form with so many teams.
    pub fn new(n_teams: usize) -> Self {
        Observations {
            tallies: [0.0; Tally::COUNT],
            waits: Default::default(),
            queues: Default::default(),
            handovers: Distribution::default(),
            routes: [0; Route::ALL.len()],
            flows: Flows::default(),
            starts: [0; Function::COUNT],
            teams: vec![TeamObservations::default(); n_teams],
            quarters: Vec::new(),
            years: 0.0,
            readings: Vec::new(),
        }
    }

    /// The sum so far.
    pub fn tally(&self, tally: Tally) -> f64 {
        self.tallies[tally as usize]
    }

    /// What was seen of a wait.
    pub fn wait(&self, wait: Wait) -> &WaitObservations {
        &self.waits[wait as usize]
    }

    /// Adds to a sum.
    pub fn add(&mut self, tally: Tally, value: f64) {
        self.tallies[tally as usize] += value;
    }

    /// Adds one to a sum.
    pub fn count(&mut self, tally: Tally) {
        self.add(tally, 1.0);
    }

    /// Adds what was seen elsewhere in the same time: another region's families.
    pub fn merge(&mut self, other: &Observations) {
        for (sum, more) in self.tallies.iter_mut().zip(&other.tallies) {
            *sum += more;
        }
        for (wait, more) in self.waits.iter_mut().zip(&other.waits) {
            wait.merge(more);
        }
        for (queue, more) in self.queues.iter_mut().zip(&other.queues) {
            queue.merge(more);
        }
        self.handovers.merge(&other.handovers);
        self.flows.merge(&other.flows);
        for (n, more) in self.routes.iter_mut().zip(&other.routes) {
            *n += more;
        }
        for (n, more) in self.starts.iter_mut().zip(&other.starts) {
            *n += more;
        }
        for (team, more) in self.teams.iter_mut().zip(&other.teams) {
            team.merge(more);
        }
        for (quarter, more) in self.quarters.iter_mut().zip(&other.quarters) {
            quarter.merge(more);
        }
        self.years = self.years.max(other.years);
        for (reading, more) in self.readings.iter_mut().zip(&other.readings) {
            reading.merge(more);
        }
    }
}

impl TeamObservations {
    fn merge(&mut self, other: &Self) {
        self.is_external |= other.is_external;
        self.reserved_hours += other.reserved_hours;
        let own = self.reserved_by_organisation.iter_mut();
        for (own, more) in own.zip(other.reserved_by_organisation) {
            *own += more;
        }
        self.available_hours += other.available_hours;
        self.waiting_days += other.waiting_days;
        self.pool_days += other.pool_days;
        self.pool_weeks += other.pool_weeks;
        self.weeks_above_full += other.weeks_above_full;
        self.longest_wait = self.longest_wait.max(other.longest_wait);
        self.wait.merge(&other.wait);
        self.waited_minutes += other.waited_minutes;
        self.leavers += other.leavers;
        self.vacant_place_weeks += other.vacant_place_weeks;
        self.place_weeks += other.place_weeks;
        self.case_weeks += other.case_weeks;
    }
}

//! A household: what it is like, and where it stands in the chain.

use smallvec::SmallVec;

use super::danger::{Danger, Protection};
use super::purpose::Purpose;
use super::work::ActivityId;
use crate::engine::{MINUTES_PER_WEEK, Time};
use crate::model::area::Areas;
use crate::model::law::OrderKind;
use crate::model::observation::proeftuin::Support;
use crate::model::{
    Entrance, Family, Function, FunctionSet, HouseholdName, Organisation, Parameters, Setting,
    Severity, Step, TeamSet,
};
use crate::random::{Draws, LogNormal, choose, exponential, normal};

/// No professional, or no household: the work is nobody's in particular.
pub(crate) const NOBODY: u32 = u32::MAX;

/// What a professional is to a household.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Role {
    /// Holds it.
    Lead,
    /// Joined the lead, or stayed when another took the lead.
    Partner,
    /// Looks at it anew.
    Checker,
}

/// A professional who is now with a household.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Involvement {
    /// Number of the professional in the region.
    pub professional: u32,
    /// What they are to it.
    pub role: Role,
    /// Index of their team in the form.
    pub team: u8,
    /// What is reserved of them for it [minutes a week].
    pub amount: u32,
    /// The activity that they are doing for it.
    pub activity: Option<ActivityId>,
    /// Whether they were there before a measure was asked for.
    pub is_before_request: bool,
}

/// An order of the kinderrechter that is in force.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Order {
    /// What was ordered.
    pub kind: OrderKind,
    /// Since when a child lives elsewhere.
    pub uhp_since: Option<Time>,
}

/// The present, or last, stay of a household in the chain.
#[derive(Clone, Copy, Debug, Default)]
#[repr(C)]
pub(crate) struct Case {
    pub is_open: bool,
    pub opened_at: Time,
    pub assessed_at: Time,
    pub ordered_at: Time,
    /// When it was found to be unsafe, as long as neither help nor a measure has followed.
    pub found_unsafe_at: Option<Time>,
    /// Functions that have been started.
    pub visited: FunctionSet,
    pub has_first_help: bool,
    /// Voluntary help has begun, was accepted, and has not failed since.
    pub is_help_welcome: bool,
    pub has_plan: bool,
    pub has_measure: bool,
    pub is_executed: bool,
    pub is_own_intake: bool,
    pub is_requested: bool,
    /// When a measure was first asked for that has not been executed, or refused, yet.
    pub requested_at: Option<Time>,
    pub is_spoed: bool,
    pub has_follow_up: bool,
    /// Teams that have held, helped or assessed the family, and those that had when a measure was last asked for.
    pub involved: TeamSet,
    pub before_request: TeamSet,
    /// Who holds it since the melding has yet to hear it, together with who joins.
    pub is_joint_intake: bool,
    /// The last request was checked by somebody who was not there before it, of a team that was not either.
    pub is_checked: bool,
    /// Part of it lies before the run: kept out of the sums per case.
    pub is_partial: bool,
    pub n_handovers: u16,
    /// Handovers that the same steps bring in today's relay, and who holds the family there.
    pub n_relay_handovers: u16,
    pub relay_holder: Option<Organisation>,
    pub n_person_changes: u16,
    pub n_professionals: u16,
    pub n_retells: u16,
    pub n_assessments: u16,
    pub n_failed: u8,
    /// The team that assessed last.
    pub last_assessor: Option<u8>,
    /// The team that holds it, also while its professional is being replaced.
    pub lead_team: Option<u8>,
    pub lead_since: Time,
    /// Where it stands on its way.
    pub step: Option<Step>,
    pub involved_minutes: u64,
    pub longest_lead_minutes: u64,
    pub drang_minutes: u64,
}

/// How often something has been asked of chance for this household: the
/// indexes of its draws.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Counts {
    pub meldingen: u16,
    pub cases: u16,
    pub helps: u16,
    pub plans: u16,
    pub drangs: u16,
    pub meetings: u16,
    pub decisions: u16,
    pub checks: u16,
    pub hearings: u16,
    pub orders: u16,
    pub years: u16,
    pub crises: u16,
    pub needs: u16,
    pub looks: u16,
    pub work: [u16; Function::COUNT],
    pub work_aside: [u16; Function::COUNT],
}

/// A household (gezin of huishouden, 0-100).
///
/// There are tens of thousands, and an event is about any of them: its time goes
/// into waiting for their memory. So what every event reads comes first, and fits
/// into two lines of a cache; `case` begins with whether it is open.
#[derive(Clone, Debug)]
#[repr(C, align(64))]
pub(crate) struct Household {
    pub danger: Danger,
    /// Effective help that makes it safe, and how much it has had \[minutes\].
    pub help_needed: f64,
    pub helped: f64,
    /// How fast the present protection helps, against help.
    pub effect: f64,
    /// Up to when all that grows with time has been counted.
    pub counted_to: Time,
    /// Until when a huisverbod or contactverbod protects it.
    pub banned_until: Time,
    /// When it goes out of sight, unless it is in a case then.
    pub leaves_at: Time,
    /// The number in the address of its draws; the same in every form.
    pub entity: u32,
    /// Functions that somebody is doing for it now.
    pub running: FunctionSet,
    pub order: Option<Order>,
    /// Specialist help that is waited for or runs.
    pub specialist: Option<ActivityId>,
    pub severity: Severity,
    pub protection: Protection,
    /// Whether it has gone out of sight: nothing happens to it any more.
    pub has_left: bool,
    /// What is still to come that names it, also when it has gone out of sight: activities beside
    /// its way, and events other than an incident.
    pub n_to_come: u16,
    /// Whether it stands among those who may have an open case.
    pub is_listed: bool,
    /// Whether others, who are not of this chain, help it.
    pub is_helped_elsewhere: bool,
    /// Whether the lead goes on helping while another has been asked to join, or has joined.
    pub lead_helps_on: bool,
    pub area: u8,
    pub has_children: bool,
    pub has_partner_violence: bool,
    pub needs_specialist: bool,
    pub case: Case,
    /// Who is with it now; more than two are rare, and only then stand elsewhere.
    pub circle: SmallVec<[Involvement; 2]>,
    /// The activity on which its way through the chain waits.
    pub main: Option<ActivityId>,
    /// The activity of an inquiry beside a running measure.
    pub side: Option<ActivityId>,
    pub counts: Counts,
    n_domains: u8,
    /// Latent need for a measure, and what failed help and incidents have added to it.
    pub need: f64,
    need_added: f64,
    pub first_judgement: f64,
    /// How many came before it.
    pub number: u32,
    pub last_order: Option<OrderKind>,
    pub closed_at: Option<Time>,
    /// Its support as the proeftuin monitor counts: by help, and by its case.
    pub supports: [Option<Support>; 2],
}

/// What every event reads of a household, and whether its case is open, stands in so many bytes.
pub(crate) const FRONT_BYTES: usize = 128;

const _: () = assert!(
    std::mem::offset_of!(Household, case) < FRONT_BYTES,
    "what every event reads fits into two lines of a cache"
);

impl Household {
    /// A household that comes into the chain at `now`, drawn from its own address.
    ///
    /// `help_spread` is the spread of the help needed about its mean.
    pub fn draw(
        setting: &Setting,
        help_spread: LogNormal,
        draws: Draws,
        entity: u32,
        areas: &Areas,
        entrance: Entrance,
        now: Time,
    ) -> Self {
        let parameters = &setting.parameters;
        let p = &parameters.household;
        let u = |purpose: Purpose| draws.uniform(purpose as u16, 0);
        let (structureel, acuut) = match entrance {
            Entrance::OwnIntake => (p.structureel_share_own_intake, p.acuut_share_own_intake),
            Entrance::Jeugdreclassering => (0.0, 0.0),
            _ => setting.region.unsafe_shares(p),
        };
        let severity = match u(Purpose::Severity) {
            u if u >= 1.0 - acuut => Severity::AcuutOnveilig,
            u if u >= 1.0 - acuut - structureel => Severity::StructureelOnveilig,
            _ => Severity::LichteZorgen,
        };
        let n_domains = n_domains(u(Purpose::Domains), p.extra_domain_probability);
        let no_specialist = libm::pow(
            1.0 - p.specialist_probability_per_extra_domain,
            f64::from(n_domains - 1),
        );
        let mut household = Household {
            entity,
            area: areas.at(u(Purpose::Area)),
            has_children: matches!(entrance, Entrance::Jeugdreclassering)
                || choose(u(Purpose::Children), p.children_share),
            has_partner_violence: choose(u(Purpose::PartnerViolence), p.partner_violence_share),
            needs_specialist: choose(u(Purpose::Specialist), 1.0 - no_specialist),
            severity,
            n_domains,
            help_needed: 0.0,
            helped: 0.0,
            effect: 0.0,
            need: 0.0,
            need_added: 0.0,
            protection: Protection::None,
            danger: Danger::new(exponential(u(Purpose::Incident), 1.0)),
            counted_to: now,
            leaves_at: now,
            number: 0,
            has_left: false,
            is_listed: false,
            n_to_come: 0,
            running: FunctionSet::default(),
            circle: SmallVec::new(),
            main: None,
            side: None,
            specialist: None,
            is_helped_elsewhere: false,
            lead_helps_on: false,
            order: None,
            last_order: None,
            banned_until: Time::ZERO,
            closed_at: None,
            first_judgement: 0.0,
            case: Case::default(),
            counts: Counts::default(),
            supports: [None; 2],
        };
        household.need_help_anew(parameters, help_spread, draws);
        let d = &parameters.decision;
        let mean_need = match severity {
            Severity::AcuutOnveilig => d.need_acuut,
            Severity::StructureelOnveilig => d.need_structureel,
            _ => d.need_lichte_zorgen,
        };
        household.need = mean_need + d.need_spread * normal(u(Purpose::Need));
        household
    }

    /// What about it never changes.
    pub fn family(&self) -> Family {
        Family {
            name: HouseholdName::of(self.entity),
            has_children: self.has_children,
            has_partner_violence: self.has_partner_violence,
        }
    }

    /// Sets how much help it needs from now on, by its present class.
    pub fn need_help_anew(
        &mut self,
        parameters: &Parameters,
        help_spread: LogNormal,
        draws: Draws,
    ) {
        let p = &parameters.household;
        let mean_weeks = match self.severity {
            Severity::AcuutOnveilig => p.help_weeks_acuut,
            Severity::StructureelOnveilig => p.help_weeks_structureel,
            _ => p.help_weeks_lichte_zorgen,
        } + p.help_weeks_per_extra_domain * f64::from(self.n_domains - 1);
        let u = draws.uniform(Purpose::HelpNeeded as u16, self.counts.needs.into());
        self.counts.needs += 1;
        self.help_needed = help_spread.scaled(mean_weeks).at(u) * f64::from(MINUTES_PER_WEEK);
        self.helped = 0.0;
    }

    /// Lets time pass in the present state.
    pub fn pass(&mut self, minutes: u32) {
        self.danger.pass(minutes);
        self.helped += self.effect * f64::from(minutes);
        if self.running.has(Function::Drang) {
            self.case.drang_minutes += u64::from(minutes);
        }
    }

    /// Minutes until the home is safe by itself, if nobody is with the family.
    pub fn minutes_to_safe_alone(&self) -> Option<u32> {
        let is_on_its_way =
            !self.case.is_open && self.severity != Severity::Veilig && self.effect > 0.0;
        is_on_its_way.then(|| {
            ((self.help_needed - self.helped) / self.effect)
                .max(0.0)
                .ceil() as u32
        })
    }

    /// Failed help or an incident adds to the need for a measure.
    pub fn add_need(&mut self, more: f64) {
        self.need += more;
        self.need_added += more;
    }

    /// The home is safe: a share of what was added to the need falls away.
    pub fn become_safe(&mut self, share_lost: f64) {
        self.severity = Severity::Veilig;
        self.need -= share_lost * self.need_added;
        self.need_added *= 1.0 - share_lost;
    }

    /// Whether it has had the help that it needs.
    pub fn is_helped(&self) -> bool {
        self.helped >= self.help_needed
    }

    /// The lead, if there is one.
    pub fn lead(&self) -> Option<&Involvement> {
        self.circle
            .iter()
            .find(|involved| involved.role == Role::Lead)
    }

    /// Where a professional stands in the circle.
    pub fn find(&self, professional: u32) -> Option<usize> {
        self.circle
            .iter()
            .position(|involved| involved.professional == professional)
    }
}

/// Number of problem domains, 1 to 5: one more with the same chance each time.
fn n_domains(u: f64, extra_probability: f64) -> u8 {
    let mut chance = extra_probability;
    let mut n = 1;
    while n < 5 && u >= 1.0 - chance {
        n += 1;
        chance *= extra_probability;
    }
    n
}

#[cfg(test)]
mod tests {
    use super::n_domains;

    #[test]
    fn domains_follow_a_truncated_geometric_distribution() {
        assert_eq!(n_domains(0.49, 0.5), 1);
        assert_eq!(n_domains(0.5, 0.5), 2);
        assert_eq!(n_domains(0.75, 0.5), 3);
        assert_eq!(n_domains(0.999, 0.5), 5);
    }
}

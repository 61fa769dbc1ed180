//! Judgements about a forced measure: signal detection.
//!
//! An assessor sees a household's latent need with an error and asks for a
//! measure above a threshold; the check sees it with an error of its own that
//! may be correlated with the first. Both errors are drawn per household and
//! decision: the same in every form. A wrong judgement either way is counted
//! against the latent need itself.

use super::household::NOBODY;
use super::purpose::Purpose;
use super::{AREAS, Chain, HouseholdId};
use crate::model::law::Kind;
use crate::model::{Happening, Independence, Judge, Tally};
use crate::random::{choose, normal};

impl Chain {
    /// How far each area's threshold lies from the country's: by its region, and by chance.
    pub(crate) fn draw_area_shifts(&mut self) {
        let region = &self.setting.region;
        let of_region = match region.share_of_unsafety > 0.0 && region.share_of_meldingen > 0.0 {
            true => libm::log(region.unsafe_homes_for_a_melding()),
            false => 0.0,
        };
        let of_region = -self.parameters().decision.region_slope * of_region;
        let shift = |area: u8| {
            let spread = self.spread_of_areas(self.form_in(area));
            let u = self
                .chance
                .of(AREAS + u32::from(area))
                .uniform(Purpose::AreaThreshold as u16, 0);
            of_region + spread * normal(u)
        };
        self.area_shifts = (0..self.areas.n()).map(shift).collect();
    }

    /// The first judgement of a new decision: whether to ask for a measure.
    pub(crate) fn judge(&mut self, household: HouseholdId, threshold: f64) -> bool {
        let home = self.household(household);
        let decision = home.counts.decisions;
        home.counts.decisions += 1;
        let error = normal(self.uniform(household, Purpose::FirstJudgement, decision));
        self.household(household).first_judgement = error;
        let lead = self.households[household]
            .lead()
            .map_or(NOBODY, |one| one.professional);
        let is_for = self.sees_need(household, error, threshold, lead);
        self.note(
            household,
            Happening::Judged {
                judge: Judge::Requester,
                is_for,
            },
        );
        is_for
    }

    /// The check of the present decision, by this professional.
    fn check(&mut self, household: HouseholdId, threshold: f64, checker: u32) -> bool {
        let p = self.parameters();
        let internal = match self.form_of(household).check {
            Independence::Extern => 0.0,
            Independence::Intern => p.behaviour.internal_check_correlation,
        };
        let rho = (p.decision.check_correlation + internal).clamp(0.0, 1.0);
        let index = self.household(household).counts.checks;
        self.household(household).counts.checks += 1;
        let own = self.uniform(household, Purpose::CheckJudgement, index);
        let error = self.second_error(household, rho, own);
        let is_for = self.sees_need(household, error, threshold, checker);
        self.note(
            household,
            Happening::Judged {
                judge: Judge::Check,
                is_for,
            },
        );
        is_for
    }

    /// Error of who looks after the first has judged, and has heard them.
    fn second_error(&self, household: HouseholdId, rho: f64, own: f64) -> f64 {
        let first = self.households[household].first_judgement;
        rho * first + (1.0 - rho * rho).sqrt() * normal(own)
    }

    /// Whether the jeugdbeschermingstafel, which hears who asks and the family, sees need of an
    /// inquiry into a measure; if not, the family goes on voluntarily.
    pub(crate) fn table_sees_need(&mut self, household: HouseholdId) -> bool {
        let d = self.parameters().decision;
        let meeting = self.household(household).counts.meetings;
        self.household(household).counts.meetings += 1;
        let own = self.uniform(household, Purpose::TafelOutcome, meeting);
        let error = self.second_error(household, d.check_correlation, own);
        self.sees_need(household, error, d.tafel_threshold, NOBODY)
    }

    /// Whether who has assessed an unsafe family with children, or has seen help fail, sees so
    /// much need that a measure is asked for without help or drang before it.
    pub(crate) fn is_evident(&mut self, household: HouseholdId) -> bool {
        if self.script.is_some() {
            return false;
        }
        let threshold = self.parameters().decision.direct_threshold + self.alternative(household);
        let look = self.household(household).counts.looks;
        self.household(household).counts.looks += 1;
        let error = normal(self.uniform(household, Purpose::DirectJudgement, look));
        let lead = self.households[household]
            .lead()
            .map_or(NOBODY, |one| one.professional);
        let is_for = self.sees_need(household, error, threshold, lead);
        if is_for {
            self.household(household).first_judgement = error;
            let judge = Judge::Requester;
            self.note(household, Happening::Judged { judge, is_for });
        }
        is_for
    }

    fn sees_need(&self, household: HouseholdId, error: f64, threshold: f64, who: u32) -> bool {
        if self.script.is_some() {
            return true;
        }
        let sigma = self.sigma(household, who);
        let home = &self.households[household];
        let shift = self.area_shifts[usize::from(home.area)];
        let growth = self.parameters().decision.threshold_growth_per_year;
        let trend = growth * self.years_measured();
        home.need + sigma * error >= threshold + shift + trend
    }

    /// Whether a request passes the check of this professional.
    pub(crate) fn passes_check(
        &mut self,
        household: HouseholdId,
        kind: Kind,
        checker: u32,
    ) -> bool {
        let d = self.parameters().decision;
        let threshold = match kind {
            Kind::Spoed => d.spoed_threshold,
            _ => d.check_threshold,
        };
        let passes = self.check(household, threshold, checker);
        if kind != Kind::Spoed {
            self.count(household, Tally::Beschermingsonderzoeken);
            if passes {
                self.count(household, Tally::Petitions);
            }
        }
        passes
    }

    /// Whether the judge grants what is asked.
    pub(crate) fn is_granted(&mut self, household: HouseholdId) -> bool {
        let hearing = self.household(household).counts.hearings;
        self.household(household).counts.hearings += 1;
        let u = self.uniform(household, Purpose::Grant, hearing);
        let is_for =
            self.script.is_some() || choose(u, self.parameters().decision.grant_probability);
        self.note(
            household,
            Happening::Judged {
                judge: Judge::Rechter,
                is_for,
            },
        );
        is_for
    }

    /// Whether the latent need itself justifies a measure.
    pub(crate) fn is_justified(&self, household: HouseholdId) -> bool {
        self.households[household].need >= self.parameters().decision.justified_threshold
    }

    /// A decision has fallen for a measure or against one; about parental authority that is none against a measure.
    pub(crate) fn decide(&mut self, household: HouseholdId, kind: Kind, is_for: bool) -> bool {
        if !is_for && kind != Kind::Gezag && self.is_justified(household) {
            self.count(household, Tally::MeasuresMissed);
        }
        is_for
    }
}

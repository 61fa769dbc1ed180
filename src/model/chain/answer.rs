//! What the law asks, answered: by chance, with the shares that are known, or by whoever judges ([`super::decision`]).
//!
//! An answer is a function of the family's own draws: the same in every form, unless the form changes what is seen.

use super::purpose::Purpose;
use super::{Chain, HouseholdId};
use crate::model::law::{Answers, Kind, Moment, Question};
use crate::model::{Function, Severity, Tally};
use crate::random::choose;

impl Chain {
    /// Answers a question about a family, put when `moment` had come; `by` did the step that has ended, if one has.
    pub(crate) fn answer(
        &mut self,
        household: HouseholdId,
        question: Question,
        (moment, by): (Moment, u32),
        answers: &mut Answers,
    ) {
        let counts = &self.households[household].counts;
        let p = &self.setting.parameters;
        let (triage, help, decision, measure) = (&p.triage, &p.help, &p.decision, &p.measure);
        let of_case = |purpose| self.uniform(household, purpose, counts.cases);
        let of_year = |purpose| self.uniform(household, purpose, counts.years);
        // Who leaves the chain less often goes on more often.
        let goes_on = |share: f64| 1.0 - self.leaving_share(household, 1.0 - share);
        let kind = match moment {
            Moment::Ended { kind, .. } => kind,
            _ => Kind::Regular,
        };
        let has_step = |step| self.form_of(household).task(step).is_some();
        let is_yes = match question {
            Question::HasDrang => has_step(Function::Drang),
            Question::HasTable => has_step(Function::Jeugdbeschermingstafel),
            Question::NothingFollows | Question::Kept => {
                return self.answer_triage(household, answers);
            }
            Question::HelpElsewhere
            | Question::ToDrang
            | Question::Onderzoek
            | Question::Voorwaarden => return self.answer_next_step(household, moment, answers),
            Question::FollowUpHelps => choose(
                of_case(Purpose::FollowUp),
                goes_on(triage.follow_up_to_help_share),
            ),
            Question::OnderzoekHelps => choose(
                of_case(Purpose::OnderzoekOutcome),
                goes_on(help.onderzoek_to_help_share),
            ),
            Question::ConditionsKept => choose(
                of_case(Purpose::ConditionsKept),
                help.conditions_kept_probability,
            ),
            Question::Extended => self.is_extended(household),
            Question::GoesHome => {
                choose(of_year(Purpose::GoingHome), measure.uhp_return_probability)
            }
            Question::Gezag => {
                let u = of_year(Purpose::Gezagsbeeindiging);
                choose(u, measure.gezagsbeeindiging_probability)
                    && self.judge(household, f64::NEG_INFINITY)
            }
            Question::Evident => self.is_evident(household),
            Question::Spoed => self.judge(household, decision.spoed_threshold),
            Question::Escalation => {
                let threshold = decision.escalation_threshold + self.alternative(household);
                self.judge(household, threshold)
            }
            Question::Request => {
                let threshold = decision.request_threshold + self.alternative(household);
                let is_for = self.judge(household, threshold);
                self.decide(household, kind, is_for)
            }
            Question::TableSeesNeed => {
                let is_for = self.table_sees_need(household);
                self.decide(household, kind, is_for)
            }
            Question::Check => {
                let is_for = self.passes_check(household, kind, by);
                self.decide(household, kind, is_for)
            }
            Question::Granted => {
                let is_for = self.is_granted(household);
                self.decide(household, kind, is_for)
            }
        };
        answers.keep(question, is_yes);
    }

    /// After a veiligheidsbeoordeling one draw says both: the higher, the longer Veilig Thuis stays with the family.
    fn answer_triage(&mut self, household: HouseholdId, answers: &mut Answers) {
        let cases = self.households[household].counts.cases;
        let u = self.uniform(household, Purpose::Triage, cases);
        let is_closed = u < self.closed_share(household);
        let is_kept = !is_closed && u >= 1.0 - self.kept_share(household);
        if is_kept {
            self.count(household, Tally::Kept);
        }
        answers.keep(Question::NothingFollows, is_closed);
        answers.keep(Question::Kept, is_kept);
    }

    /// Where a family goes that is handed over, and what is done with one that is kept: one draw.
    fn answer_next_step(&self, household: HouseholdId, moment: Moment, answers: &mut Answers) {
        let t = &self.parameters().triage;
        let cases = self.households[household].counts.cases;
        let u = self.uniform(household, Purpose::NextStep, cases);
        let elsewhere = self.leaving_share(household, t.transfer_to_existing_help_share);
        let more = self.more_kept(moment);
        answers.keep(Question::HelpElsewhere, u < elsewhere);
        answers.keep(Question::ToDrang, u > 1.0 - t.transfer_to_drang_share);
        answers.keep(Question::Onderzoek, u < t.onderzoek_share * more);
        let share = (t.onderzoek_share + t.voorwaarden_share) * more;
        answers.keep(Question::Voorwaarden, u < share);
    }

    /// Shares of first meldingen here that are structurally and acutely unsafe.
    fn unsafe_shares(&self) -> (f64, f64) {
        (self.setting.region).unsafe_shares(&self.parameters().household)
    }

    /// Chance to leave the chain where it is `share` over the classes of first meldingen: the less
    /// safe the home, the smaller.
    fn leaving_share(&self, household: HouseholdId, share: f64) -> f64 {
        let t = &self.parameters().triage;
        let (structureel, acuut) = self.unsafe_shares();
        let mean_factor = 1.0 - structureel - acuut
            + structureel * t.leave_factor_structureel
            + acuut * t.leave_factor_acuut;
        let factor = match self.households[household].severity {
            Severity::AcuutOnveilig => t.leave_factor_acuut,
            Severity::StructureelOnveilig => t.leave_factor_structureel,
            _ => 1.0,
        };
        (share * factor / mean_factor.max(f64::EPSILON)).min(1.0)
    }

    /// Chance that no next steps follow in the chain.
    fn closed_share(&self, household: HouseholdId) -> f64 {
        let t = &self.parameters().triage;
        self.leaving_share(household, t.nothing_share + t.other_share)
    }

    /// Chance that Veilig Thuis keeps this family, such that the region's share
    /// comes out over the classes of first meldingen.
    fn kept_share(&self, household: HouseholdId) -> f64 {
        let t = &self.parameters().triage;
        let (structureel, acuut) = self.unsafe_shares();
        let share = self.setting.region.kept_share.unwrap_or(t.kept_share);
        let mean_factor = (1.0 - structureel - acuut) * t.kept_factor_lichte_zorgen
            + structureel
            + acuut * t.kept_factor_acuut;
        let factor = match self.households[household].severity {
            Severity::AcuutOnveilig => t.kept_factor_acuut,
            Severity::StructureelOnveilig => 1.0,
            _ => t.kept_factor_lichte_zorgen,
        };
        (share * factor / mean_factor).min(1.0 - self.closed_share(household))
    }

    /// Multiplies the shares of onderzoeken and conditions. Who keeps more families keeps more for a short follow-up:
    /// the others are as many for the meldingen. After a crisis no follow-up is short.
    fn more_kept(&self, moment: Moment) -> f64 {
        let is_after_crisis = matches!(
            moment,
            Moment::Ended {
                function: Function::Crisis,
                ..
            }
        );
        let here = self.setting.region.kept_share.filter(|_| !is_after_crisis);
        let kept_share = self.parameters().triage.kept_share;
        here.map_or(1.0, |here| kept_share / here.max(f64::EPSILON))
    }
}

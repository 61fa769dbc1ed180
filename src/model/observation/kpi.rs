//! The one KPI table: every number that a reader sees, with its definition.
//!
//! A new KPI is one row here and one recording line in the chain. The table
//! drives the columns, the dictionary, the terminal and the direction of
//! "better".

use std::ops::RangeInclusive;

use super::wait::{Wait, wait_horizon};
use crate::engine::MINUTES_PER_DAY;
use crate::model::{Observations, QUARTERS_PER_YEAR, Quarter, Tally};
use crate::stats::percent_change;

/// Which way is better.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Better {
    /// The lower the better.
    Lower,
    /// The higher the better.
    Higher,
    /// Neither by itself; only together with others.
    Neither,
}

impl Better {
    /// Its name in columns.csv.
    pub fn key(self) -> &'static str {
        match self {
            Better::Lower => "lower",
            Better::Higher => "higher",
            Better::Neither => "neither",
        }
    }
}

/// How a KPI is computed from what was observed.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Formula {
    /// Mean of a wait, each up to the horizon \[days\].
    Mean(Wait),
    /// Quantile of a wait, at most the horizon \[days\].
    Quantile(Wait, f64),
    /// Share of waits inside their term, of those whose term has ended \[percent\].
    InTerm(Wait),
    /// One sum by another, times a factor.
    Ratio(Tally, Tally, f64),
    /// A sum by the number of years.
    PerYear(Tally),
    /// A sum as it is.
    Total(Tally),
    /// Reserved by available hours over all teams \[percent\].
    Load,
    /// How fast a number moves in the measured quarters [percent a year].
    Change(Course),
}

/// A number that is followed by the quarter.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Course {
    Meldingen,
    OpenCases,
    OtsStock,
}

impl Course {
    fn of(self, quarter: &Quarter) -> f64 {
        let n = match self {
            Course::Meldingen => quarter.meldingen,
            Course::OpenCases => quarter.open_cases,
            Course::OtsStock => quarter.ots_stock,
        };
        n as f64
    }

    /// Slope of a straight line through the measured quarters, the last ones of the run, as a
    /// share of their mean [percent a year].
    fn change(self, seen: &Observations) -> Option<f64> {
        let n = ((seen.years * QUARTERS_PER_YEAR) as usize).min(seen.quarters.len());
        let measured = &seen.quarters[seen.quarters.len() - n..];
        let points: Vec<(f64, f64)> = (0..n).map(|i| (i as f64, self.of(&measured[i]))).collect();
        percent_change(&points, QUARTERS_PER_YEAR)
    }
}

/// One row of the table.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Kpi {
    /// Its name in every table, with the unit at its end.
    pub key: &'static str,
    /// Its unit.
    pub unit: &'static str,
    /// Which way is better.
    pub better: Better,
    /// What a Dutch reader sees.
    pub nl: &'static str,
    /// What an English reader sees.
    pub en: &'static str,
    /// How it is defined.
    pub definition: &'static str,
    /// Whether it stands in the terminal's table.
    pub is_headline: bool,
    formula: Formula,
}

impl Kpi {
    /// The row of that name.
    pub fn from_key(key: &str) -> Option<&'static Kpi> {
        KPIS.iter().find(|kpi| kpi.key == key)
    }

    /// Whether it is a number of things, which is the larger the more regions there
    /// are, and not a mean or a share.
    pub fn is_extensive(&self) -> bool {
        matches!(self.formula, Formula::PerYear(_) | Formula::Total(_))
    }

    /// Whether it says how fast something moves, and so may be below zero.
    pub fn is_change(&self) -> bool {
        matches!(self.formula, Formula::Change(_))
    }

    /// Whether it depends on how long families stand in queues: then it has no value of its own where one of them grows
    /// without end, and what was seen depends on how long the run is. What comes from outside does not, nor do the load of
    /// staff and how fast something moves, which show the growth itself.
    pub fn rests_on_queues(&self) -> bool {
        !matches!(
            self.formula,
            Formula::Load
                | Formula::Change(_)
                | Formula::PerYear(Tally::FirstMeldingen | Tally::Jeugdreclassering)
        )
    }

    /// The values that it can have: a share lies between 0 and 100 percent, nothing but a
    /// change lies below zero, and professionals may have taken on more than their hours.
    pub fn range(&self) -> RangeInclusive<f64> {
        match self.formula {
            Formula::Change(_) => f64::NEG_INFINITY..=f64::INFINITY,
            Formula::Load => 0.0..=f64::INFINITY,
            _ if self.unit == "percent" => 0.0..=100.0,
            _ => 0.0..=f64::INFINITY,
        }
    }

    /// Its value, or `None` where nothing was observed that it could be about.
    pub fn value(&self, seen: &Observations) -> Option<f64> {
        let days = |minutes: f64| minutes / f64::from(MINUTES_PER_DAY);
        let share = |part: f64, whole: f64| (whole > 0.0).then(|| part / whole);
        match self.formula {
            Formula::Mean(wait) => {
                let survival = seen.wait(wait).survival();
                survival.map(|one| days(one.restricted_mean(wait_horizon(seen.years))))
            }
            Formula::Quantile(wait, q) => {
                let survival = seen.wait(wait).survival();
                survival.map(|one| days(one.quantile(q).min(wait_horizon(seen.years))))
            }
            Formula::InTerm(wait) => seen.wait(wait).share_in_term().map(|share| 100.0 * share),
            Formula::Ratio(part, whole, factor) => {
                share(factor * seen.tally(part), seen.tally(whole))
            }
            Formula::PerYear(tally) => share(seen.tally(tally), seen.years),
            Formula::Total(tally) => Some(seen.tally(tally)),
            Formula::Load => {
                let own = || seen.teams.iter().filter(|team| !team.is_external);
                let reserved: f64 = own().map(|team| team.reserved_hours).sum();
                let available: f64 = own().map(|team| team.available_hours).sum();
                share(100.0 * reserved, available)
            }
            Formula::Change(course) => course.change(seen),
        }
    }
}

macro_rules! kpis {
    ($( $headline:ident $key:literal [$unit:literal] $better:ident, $nl:literal, $en:literal,
        $definition:literal = $formula:expr; )+) => {
        /// The KPI table.
        pub const KPIS: &[Kpi] = &[
            $( Kpi {
                key: $key,
                unit: $unit,
                better: Better::$better,
                nl: $nl,
                en: $en,
                definition: $definition,
                is_headline: kpis!(@$headline),
                formula: { use Formula::*; $formula },
            }, )+
        ];
    };
    (@headline) => { true };
    (@detail) => { false };
}

kpis! {
    headline "wait_assessment_mean_days" ["days"] Lower,
        "dagen tot veiligheidsbeoordeling", "days to assessment",
        "Mean time from a melding that opens a case to the end of its veiligheidsbeoordeling. Families whose wait began in the measured period; who still waits on the last day, or went another way before, counts up to then (Kaplan and Meier). A wait beyond two years, or the measured period where that is shorter, counts as so long."
        = Mean(Wait::Assessment);
    headline "wait_assessment_p90_days" ["days"] Lower,
        "… P90", "… P90",
        "90th percentile over families of the time to the end of the veiligheidsbeoordeling. Families whose wait began in the measured period; who still waits on the last day, or went another way before, counts up to then (Kaplan and Meier). At most two years, or the measured period where that is shorter."
        = Quantile(Wait::Assessment, 0.9);
    detail "wait_assessment_p50_days" ["days"] Lower,
        "… mediaan", "… median",
        "Median over families of the time to the end of the veiligheidsbeoordeling. Families whose wait began in the measured period; who still waits on the last day, or went another way before, counts up to then (Kaplan and Meier). At most two years, or the measured period where that is shorter."
        = Quantile(Wait::Assessment, 0.5);
    detail "wait_assessment_p95_days" ["days"] Lower,
        "… P95", "… P95",
        "95th percentile over families of the time to the end of the veiligheidsbeoordeling. Families whose wait began in the measured period; who still waits on the last day, or went another way before, counts up to then (Kaplan and Meier). At most two years, or the measured period where that is shorter."
        = Quantile(Wait::Assessment, 0.95);
    headline "term_assessment_percent" ["percent"] Higher,
        "… binnen 5 werkdagen (%)", "… within 5 working days (%)",
        "Share of meldingen that open a case with the veiligheidsbeoordeling finished within five working days. Of those whose term ended within the measured period: who still waited then is late, and who went another way before it is not counted."
        = InTerm(Wait::Assessment);
    headline "wait_first_help_mean_days" ["days"] Lower,
        "dagen tot eerste hulp", "days to first help",
        "Mean time from the opening of a case to the start of the first help: voluntary help, drang, or the execution of a measure. Families whose wait began in the measured period; who still waits on the last day, or went another way before, counts up to then (Kaplan and Meier). A wait beyond two years, or the measured period where that is shorter, counts as so long."
        = Mean(Wait::FirstHelp);
    headline "wait_first_help_p90_days" ["days"] Lower,
        "… P90", "… P90",
        "90th percentile over families of the time from the opening of a case to the first help. Families whose wait began in the measured period; who still waits on the last day, or went another way before, counts up to then (Kaplan and Meier). At most two years, or the measured period where that is shorter."
        = Quantile(Wait::FirstHelp, 0.9);
    detail "wait_first_help_p50_days" ["days"] Lower,
        "… mediaan", "… median",
        "Median over families of the time from the opening of a case to the first help. Families whose wait began in the measured period; who still waits on the last day, or went another way before, counts up to then (Kaplan and Meier). At most two years, or the measured period where that is shorter."
        = Quantile(Wait::FirstHelp, 0.5);
    detail "wait_first_help_p95_days" ["days"] Lower,
        "… P95", "… P95",
        "95th percentile over families of the time from the opening of a case to the first help. Families whose wait began in the measured period; who still waits on the last day, or went another way before, counts up to then (Kaplan and Meier). At most two years, or the measured period where that is shorter."
        = Quantile(Wait::FirstHelp, 0.95);
    detail "wait_plan_mean_days" ["days"] Lower,
        "dagen tot plan", "days to plan",
        "Mean time from the opening of a case to its first plan. Families whose wait began in the measured period; who still waits on the last day, or went another way before, counts up to then (Kaplan and Meier). A wait beyond two years, or the measured period where that is shorter, counts as so long."
        = Mean(Wait::Plan);
    detail "wait_plan_p90_days" ["days"] Lower,
        "… P90", "… P90",
        "90th percentile over families of the time from the opening of a case to the first plan. Families whose wait began in the measured period; who still waits on the last day, or went another way before, counts up to then (Kaplan and Meier). At most two years, or the measured period where that is shorter."
        = Quantile(Wait::Plan, 0.9);
    headline "wait_measure_mean_days" ["days"] Lower,
        "dagen van verzoek tot uitvoering maatregel", "days from request to executed measure",
        "Mean time from the request for a measure of child protection to the start of executing it, the first of a case. Families whose wait began in the measured period; who still waits on the last day, or went another way before, counts up to then (Kaplan and Meier). A wait beyond two years, or the measured period where that is shorter, counts as so long."
        = Mean(Wait::Measure);
    headline "wait_measure_p90_days" ["days"] Lower,
        "… P90", "… P90",
        "90th percentile over families of the time from the request for a measure to its execution. Families whose wait began in the measured period; who still waits on the last day, or went another way before, counts up to then (Kaplan and Meier). At most two years, or the measured period where that is shorter."
        = Quantile(Wait::Measure, 0.9);
    detail "wait_measure_p50_days" ["days"] Lower,
        "… mediaan", "… median",
        "Median over families of the time from the request for a measure to its execution. Families whose wait began in the measured period; who still waits on the last day, or went another way before, counts up to then (Kaplan and Meier). At most two years, or the measured period where that is shorter."
        = Quantile(Wait::Measure, 0.5);
    detail "wait_raad_mean_days" ["days"] Lower,
        "dagen wachten op beschermingsonderzoek", "days waiting for beschermingsonderzoek",
        "Mean time from asking for a beschermingsonderzoek, after the jeugdbeschermingstafel where there is one, to its start; without inquiries beside a measure. Families whose wait began in the measured period; who still waits on the last day, or went another way before, counts up to then (Kaplan and Meier). A wait beyond two years, or the measured period where that is shorter, counts as so long."
        = Mean(Wait::Raad);
    detail "wait_raad_p90_days" ["days"] Lower,
        "… P90", "… P90",
        "90th percentile over families of the wait for the beschermingsonderzoek. Families whose wait began in the measured period; who still waits on the last day, or went another way before, counts up to then (Kaplan and Meier). At most two years, or the measured period where that is shorter."
        = Quantile(Wait::Raad, 0.9);
    detail "wait_unsafe_found_mean_days" ["days"] Lower,
        "dagen van vastgestelde onveiligheid tot hulp of maatregel", "days from unsafety found to help or measure",
        "Of families with children whose home was found structurally or acutely unsafe: mean time from the end of that veiligheidsbeoordeling, or of the crisis work, to the start of voluntary help that they accept, of drang, or of the execution of a measure. Families whose wait began in the measured period; who still waits on the last day, or went another way before, counts up to then (Kaplan and Meier). A wait beyond two years, or the measured period where that is shorter, counts as so long."
        = Mean(Wait::UnsafeFound);
    detail "wait_hulp_mean_days" ["days"] Lower,
        "dagen wachten op vrijwillige hulp", "days waiting for voluntary help",
        "Mean time from asking for voluntary help to its start. Families whose wait began in the measured period; who still waits on the last day, or went another way before, counts up to then (Kaplan and Meier). A wait beyond two years, or the measured period where that is shorter, counts as so long."
        = Mean(Wait::Hulp);
    detail "wait_specialist_mean_days" ["days"] Lower,
        "dagen wachten op specialistische hulp", "days waiting for specialist help",
        "Mean time from asking for specialist help to its start. Families whose wait began in the measured period; who still waits on the last day, or went another way before, counts up to then (Kaplan and Meier). A wait beyond two years, or the measured period where that is shorter, counts as so long."
        = Mean(Wait::Specialist);
    headline "waiting_days_per_case" ["days"] Lower,
        "wachtdagen per zaak", "waiting days per case",
        "Days that families stood in a queue in the measured period, for a step of their way, per opened case."
        = Ratio(Tally::WaitingMinutes, Tally::CasesOpened, 1.0 / MINUTES_PER_DAY as f64);
    headline "handovers_per_case" ["count"] Lower,
        "overdrachten per zaak", "handovers per case",
        "Mean number of times that the lead of a closed case passed to another team."
        = Ratio(Tally::Handovers, Tally::CasesClosed, 1.0);
    headline "retells_per_case" ["count"] Lower,
        "hervertellingen per zaak", "re-tells per case",
        "Mean number of times, in a closed case, that a professional new to the family did an intake or interview."
        = Ratio(Tally::Retells, Tally::CasesClosed, 1.0);
    headline "professionals_per_case" ["count"] Lower,
        "professionals per zaak", "professionals per case",
        "Mean number of professionals met in a closed case: who held, joined or checked it, who took in a vervolgmelding or crisis, the table, the judge and the specialist."
        = Ratio(Tally::Professionals, Tally::CasesClosed, 1.0);
    detail "assessments_per_case" ["count"] Lower,
        "beoordelingen per zaak", "assessments per case",
        "Mean number of own assessments of the family in a closed case."
        = Ratio(Tally::Assessments, Tally::CasesClosed, 1.0);
    detail "person_changes_per_case" ["count"] Lower,
        "wisselingen van persoon per zaak", "changes of person per case",
        "Mean number of times that the person, not the team, changed in a closed case, most of them because somebody left."
        = Ratio(Tally::PersonChanges, Tally::CasesClosed, 1.0);
    detail "fixed_face_percent" ["percent"] Higher,
        "dagen met vast gezicht (%)", "days with the fixed face (%)",
        "Share of the days with a lead that were spent with the lead who was there longest, closed cases."
        = Ratio(Tally::FixedFaceDays, Tally::InvolvedDays, 100.0);
    detail "drang_days_per_100_cases" ["days"] Neither,
        "dagen drang per 100 zaken", "days of drang per 100 cases",
        "Days in drang per 100 closed cases."
        = Ratio(Tally::DrangDays, Tally::CasesClosed, 100.0);
    headline "ots_per_100_cases" ["count"] Neither,
        "OTS per 100 zaken", "OTS per 100 cases",
        "Families with a new ondertoezichtstelling per 100 opened cases; read together with unsafe days and hermelding."
        = Ratio(Tally::Ondertoezichtstelling, Tally::CasesOpened, 100.0);
    headline "vots_per_100_cases" ["count"] Neither,
        "voorlopige OTS per 100 zaken", "voorlopige OTS per 100 cases",
        "Families with a new voorlopige ondertoezichtstelling per 100 opened cases."
        = Ratio(Tally::VoorlopigeOndertoezichtstelling, Tally::CasesOpened, 100.0);
    headline "uhp_per_100_cases" ["count"] Neither,
        "uithuisplaatsing per 100 zaken", "uithuisplaatsing per 100 cases",
        "Families with a new machtiging uithuisplaatsing per 100 opened cases."
        = Ratio(Tally::Uithuisplaatsing, Tally::CasesOpened, 100.0);
    headline "gezagsbeeindiging_per_100_cases" ["count"] Neither,
        "gezagsbeëindiging per 100 zaken", "gezagsbeëindiging per 100 cases",
        "Families with a gezagsbeëindiging per 100 opened cases."
        = Ratio(Tally::Gezagsbeeindiging, Tally::CasesOpened, 100.0);
    headline "huisverbod_per_100_cases" ["count"] Neither,
        "huisverbod per 100 zaken", "huisverbod per 100 cases",
        "Huisverboden per 100 opened cases."
        = Ratio(Tally::Huisverbod, Tally::CasesOpened, 100.0);
    detail "contactverbod_per_100_cases" ["count"] Neither,
        "contactverbod per 100 zaken", "contactverbod per 100 cases",
        "Contactverboden per 100 opened cases."
        = Ratio(Tally::Contactverbod, Tally::CasesOpened, 100.0);
    detail "measures_not_justified_per_100_cases" ["count"] Lower,
        "onterechte maatregelen per 100 zaken", "measures not justified per 100 cases",
        "New OTS and gezagsbeëindigingen that the latent need did not justify, per 100 opened cases."
        = Ratio(Tally::MeasuresNotJustified, Tally::CasesOpened, 100.0);
    detail "measures_missed_per_100_cases" ["count"] Lower,
        "gemiste maatregelen per 100 zaken", "measures missed per 100 cases",
        "Decisions against a measure that the latent need did justify, per 100 opened cases."
        = Ratio(Tally::MeasuresMissed, Tally::CasesOpened, 100.0);
    detail "measures_checked_percent" ["percent"] Higher,
        "maatregelen met onafhankelijke toets (%)", "measures with an independent check (%)",
        "Share of new measures of child protection that were checked by a person and an organisation not involved before the request. A colleague of the same organisation is no independent check; the organisation is the team of the form."
        = Ratio(Tally::MeasuresChecked, Tally::MeasuresOfProtection, 100.0);
    detail "orders_unattended_percent" ["percent"] Lower,
        "maatregeldagen zonder jeugdbeschermer (%)", "order days without jeugdbeschermer (%)",
        "Share of the days under an order without a jeugdbeschermer."
        = Ratio(Tally::OrderDaysUnattended, Tally::OrderDays, 100.0);
    headline "unsafe_days_per_family_year" ["days"] Lower,
        "onveilige dagen per gezin per jaar", "unsafe days per family a year",
        "Days in class structureel or acuut onveilig with protection below conditions, per year that families which have ever come into the chain are in sight."
        = Ratio(Tally::UnsafeDays, Tally::FamilyDays, 365.25);
    headline "unsafe_days_per_unsafe_family_year" ["days"] Lower,
        "… per onveilig gezin per jaar", "… per unsafe family a year",
        "Days in class structureel or acuut onveilig with protection below conditions, per year that families are in such a class."
        = Ratio(Tally::UnsafeDays, Tally::UnsafeFamilyDays, 365.25);
    detail "unsafe_unseen_days_per_family_year" ["days"] Lower,
        "onveilige dagen zonder dat iemand kijkt, per gezin per jaar", "unsafe days with nobody looking, per family a year",
        "Days in class structureel or acuut onveilig on which nobody looks, per year that families which have ever come into the chain are in sight."
        = Ratio(Tally::UnsafeUnseen, Tally::FamilyDays, 365.25);
    detail "unsafe_sight_only_days_per_family_year" ["days"] Lower,
        "onveilige dagen met alleen zicht, per gezin per jaar", "unsafe days with sight only, per family a year",
        "Days in class structureel or acuut onveilig with sight on safety and no more, per year that families which have ever come into the chain are in sight."
        = Ratio(Tally::UnsafeInSight, Tally::FamilyDays, 365.25);
    detail "unsafe_conditions_days_per_family_year" ["days"] Neither,
        "onveilige dagen onder voorwaarden, per gezin per jaar", "unsafe days under conditions, per family a year",
        "Days in class structureel or acuut onveilig under conditions for safety, per year that families which have ever come into the chain are in sight."
        = Ratio(Tally::UnsafeUnderConditions, Tally::FamilyDays, 365.25);
    detail "unsafe_help_days_per_family_year" ["days"] Neither,
        "onveilige dagen met hulp, per gezin per jaar", "unsafe days with help, per family a year",
        "Days in class structureel or acuut onveilig while help runs, per year that families which have ever come into the chain are in sight."
        = Ratio(Tally::UnsafeHelped, Tally::FamilyDays, 365.25);
    detail "unsafe_measure_days_per_family_year" ["days"] Neither,
        "onveilige dagen onder een maatregel, per gezin per jaar", "unsafe days under a measure, per family a year",
        "Days in class structureel or acuut onveilig while a measure is executed, per year that families which have ever come into the chain are in sight."
        = Ratio(Tally::UnsafeUnderMeasure, Tally::FamilyDays, 365.25);
    headline "hermelding_12_months_percent" ["percent"] Lower,
        "hermelding binnen 12 maanden (%)", "hermelding within 12 months (%)",
        "Share of closed cases with a hermelding within twelve months, over those that could be followed so long."
        = Ratio(Tally::HermeldingWithinTwelveMonths, Tally::FollowedTwelveMonths, 100.0);
    detail "incidents_per_family_year" ["count"] Lower,
        "incidenten per gezin per jaar", "incidents per family a year",
        "Incidents per year that families which have ever come into the chain are in sight."
        = Ratio(Tally::Incidents, Tally::FamilyDays, 365.25);
    detail "crises_per_100_cases" ["count"] Lower,
        "crises per 100 zaken", "crises per 100 cases",
        "Crises per 100 opened cases."
        = Ratio(Tally::Crises, Tally::CasesOpened, 100.0);
    headline "load_percent" ["percent"] Neither,
        "belasting professionals (%)", "staff load (%)",
        "Reserved hours as a share of available hours, all teams of the chain together."
        = Load;
    detail "term_onderzoek_percent" ["percent"] Higher,
        "onderzoek binnen 10 weken (%)", "onderzoek within 10 weeks (%)",
        "Share of onderzoeken finished within ten weeks of the end of the veiligheidsbeoordeling. Of those whose term ended within the measured period: who still waited then is late, and who went another way before it is not counted."
        = InTerm(Wait::Onderzoek);
    headline "term_raad_start_percent" ["percent"] Higher,
        "Raad start binnen 10 dagen (%)", "Raad starts within 10 days (%)",
        "Share of beschermingsonderzoeken started within the norm of ten days of being asked for. Of those whose term ended within the measured period: who still waited then is late, and who went another way before it is not counted."
        = InTerm(Wait::Raad);
    detail "term_rechter_percent" ["percent"] Higher,
        "rechter binnen 3 weken (%)", "judge within 3 weeks (%)",
        "Share of first requests that the judge decided within three weeks. Of those whose term ended within the measured period: who still waited then is late, and who went another way before it is not counted."
        = InTerm(Wait::Rechter);
    headline "term_jeugdbeschermer_percent" ["percent"] Higher,
        "jeugdbeschermer binnen 5 werkdagen (%)", "jeugdbeschermer within 5 working days (%)",
        "Share of orders with a jeugdbeschermer within five working days. Of those whose term ended within the measured period: who still waited then is late, and who went another way before it is not counted."
        = InTerm(Wait::Jeugdbeschermer);
    detail "term_plan_percent" ["percent"] Higher,
        "plan binnen 6 weken (%)", "plan within 6 weeks (%)",
        "Share of plans made within six weeks of the start of help or of a measure. Of those whose term ended within the measured period: who still waited then is late, and who went another way before it is not counted."
        = InTerm(Wait::PlanFromStart);
    detail "first_meldingen_per_year" ["per year"] Neither,
        "eerste meldingen per jaar", "first meldingen a year",
        "Meldingen about a family not known before."
        = PerYear(Tally::FirstMeldingen);
    detail "hermeldingen_per_year" ["per year"] Neither,
        "hermeldingen per jaar", "hermeldingen a year",
        "Meldingen about a family whose involvement has ended."
        = PerYear(Tally::Hermeldingen);
    detail "vervolgmeldingen_per_year" ["per year"] Neither,
        "vervolgmeldingen per jaar", "vervolgmeldingen a year",
        "Meldingen about a family that is in the chain."
        = PerYear(Tally::Vervolgmeldingen);
    detail "meldingen_per_year" ["per year"] Neither,
        "meldingen per jaar", "meldingen a year",
        "Meldingen of every kind."
        = PerYear(Tally::Meldingen);
    detail "meldingen_first_percent" ["percent"] Neither,
        "eerste meldingen (% van meldingen)", "first meldingen (% of meldingen)",
        "Share of meldingen about a family not known before."
        = Ratio(Tally::FirstMeldingen, Tally::Meldingen, 100.0);
    detail "meldingen_in_assessment_percent" ["percent"] Neither,
        "meldingen tijdens beoordeling (% van meldingen)", "meldingen during assessment (% of meldingen)",
        "Share of meldingen about a family whose veiligheidsbeoordeling has not ended."
        = Ratio(Tally::MeldingenInAssessment, Tally::Meldingen, 100.0);
    detail "meldingen_after_assessment_percent" ["percent"] Neither,
        "meldingen tijdens vervolg na beoordeling (% van meldingen)", "meldingen during the steps after assessment (% of meldingen)",
        "Share of meldingen during the crisis work, short follow-up, onderzoek or voorwaarden en vervolg that comes after the veiligheidsbeoordeling."
        = Ratio(Tally::MeldingenAfterAssessment, Tally::Meldingen, 100.0);
    headline "safe_after_18_months_percent" ["percent"] Higher,
        "veilig na anderhalf jaar (%)", "safe after a year and a half (%)",
        "Share of families with children, unsafe at their first melding, whose home is safe a year and a half later."
        = Ratio(Tally::SafeLookedBack, Tally::LookedBack, 100.0);
    detail "uhp_per_year" ["per year"] Neither,
        "nieuwe uithuisplaatsingen per jaar (gezinnen)", "new uithuisplaatsingen a year (families)",
        "Families with a new machtiging uithuisplaatsing."
        = PerYear(Tally::Uithuisplaatsing);
    detail "cases_opened_per_year" ["per year"] Neither,
        "geopende zaken per jaar", "cases opened a year",
        "Cases opened by a melding or by a lokaal team's own intake."
        = PerYear(Tally::CasesOpened);
    detail "onderzoeken_per_year" ["per year"] Neither,
        "onderzoeken per jaar", "onderzoeken a year",
        "Onderzoeken completed."
        = PerYear(Tally::Onderzoeken);
    detail "kept_percent" ["percent"] Neither,
        "blijft na beoordeling (%)", "kept after assessment (%)",
        "Share of veiligheidsbeoordelingen after which who assessed goes on: onderzoek, voorwaarden en vervolg, or a short follow-up."
        = Ratio(Tally::Kept, Tally::Assessed, 100.0);
    detail "voorwaarden_per_year" ["per year"] Neither,
        "voorwaarden en vervolg per jaar", "voorwaarden en vervolg a year",
        "Times of voorwaarden en vervolg completed."
        = PerYear(Tally::Voorwaarden);
    detail "beschermingsonderzoeken_per_year" ["per year"] Neither,
        "beschermingsonderzoeken per jaar", "beschermingsonderzoeken a year",
        "Beschermingsonderzoeken completed, also about a gezagsbeëindiging, in families."
        = PerYear(Tally::Beschermingsonderzoeken);
    detail "petition_percent" ["percent"] Neither,
        "verzoek na beschermingsonderzoek (%)", "petition after beschermingsonderzoek (%)",
        "Share of beschermingsonderzoeken that led to a petition."
        = Ratio(Tally::Petitions, Tally::Beschermingsonderzoeken, 100.0);
    detail "ots_per_year" ["per year"] Neither,
        "nieuwe OTS per jaar (gezinnen)", "new OTS a year (families)",
        "Families with a new ondertoezichtstelling."
        = PerYear(Tally::Ondertoezichtstelling);
    detail "vots_per_year" ["per year"] Neither,
        "nieuwe voorlopige OTS per jaar (gezinnen)", "new voorlopige OTS a year (families)",
        "Families with a new voorlopige ondertoezichtstelling."
        = PerYear(Tally::VoorlopigeOndertoezichtstelling);
    detail "gezagsbeeindiging_per_year" ["per year"] Neither,
        "gezagsbeëindigingen per jaar (gezinnen)", "gezagsbeëindigingen a year (families)",
        "Families with a gezagsbeëindiging."
        = PerYear(Tally::Gezagsbeeindiging);
    detail "huisverboden_per_year" ["per year"] Neither,
        "huisverboden per jaar", "huisverboden a year",
        "Huisverboden."
        = PerYear(Tally::Huisverbod);
    detail "jeugdreclassering_per_year" ["per year"] Neither,
        "instroom jeugdreclassering per jaar", "entries to jeugdreclassering a year",
        "Young people who enter jeugdreclassering."
        = PerYear(Tally::Jeugdreclassering);
    headline "open_cases" ["count"] Neither,
        "open zaken, laatste dag", "open cases, last day",
        "Open cases on the last day."
        = Total(Tally::OpenCases);
    headline "standing_queue" ["count"] Lower,
        "gezinnen in de wachtrij, laatste dag", "families in the queue, last day",
        "Families that stand in a queue on the last day, for a step of their way."
        = Total(Tally::StandingQueue);
    headline "ots_stock" ["count"] Neither,
        "gezinnen onder OTS, einde", "families under OTS, end",
        "Families under an (also voorlopige) ondertoezichtstelling on the last day."
        = Total(Tally::OtsStock);
    detail "voogdij_stock" ["count"] Neither,
        "gezinnen onder voogdij, einde", "families under voogdij, end",
        "Families with a child under voogdij on the last day."
        = Total(Tally::VoogdijStock);
    detail "measure_stock" ["count"] Neither,
        "gezinnen onder OTS of voogdij, einde", "families under OTS or voogdij, end",
        "Families under an ondertoezichtstelling or with a child under voogdij on the last day."
        = Total(Tally::MeasureStock);
    detail "jeugdreclassering_stock" ["count"] Neither,
        "jongeren onder jeugdreclassering, einde", "young people under jeugdreclassering, end",
        "Young people under jeugdreclassering on the last day."
        = Total(Tally::JeugdreclasseringStock);
    detail "hulp_stock" ["count"] Neither,
        "gezinnen met vrijwillige hulp, einde", "families with voluntary help, end",
        "Families with running voluntary help on the last day."
        = Total(Tally::HulpStock);
    detail "staff_hours_per_case" ["hours"] Lower,
        "professionele uren per zaak", "staff hours per case",
        "Hours of the chain's professionals for families, per opened case."
        = Ratio(Tally::StaffHours, Tally::CasesOpened, 1.0);
    detail "staff_euros_per_case" ["euros"] Lower,
        "kosten van professionals per zaak (euro)", "cost of staff per case (euros)",
        "Hours of the chain's professionals for families, per opened case, at the price of an fte (money.euros_per_fte, an assumption)."
        = Ratio(Tally::StaffEuros, Tally::CasesOpened, 1.0);
    detail "change_over_euros" ["euros"] Lower,
        "eenmalige kosten van de overgang (euro)", "one-off cost of the change-over (euros)",
        "What it costs once to bring people to other teams at a change-over in the measured period (money.euros_per_move, an assumption); 0 where no price is given."
        = Total(Tally::ChangeEuros);
    detail "meldingen_change_percent_per_year" ["percent a year"] Neither,
        "verandering van meldingen (% per jaar)", "change of meldingen (% a year)",
        "Slope of a straight line through the meldingen of the measured quarters, as a share of their mean."
        = Change(Course::Meldingen);
    detail "open_cases_change_percent_per_year" ["percent a year"] Neither,
        "verandering van open zaken (% per jaar)", "change of open cases (% a year)",
        "Slope of a straight line through the open cases at the end of the measured quarters, as a share of their mean."
        = Change(Course::OpenCases);
    detail "ots_stock_change_percent_per_year" ["percent a year"] Neither,
        "verandering van gezinnen onder OTS (% per jaar)", "change of families under OTS (% a year)",
        "Slope of a straight line through the families under OTS at the end of the measured quarters, as a share of their mean."
        = Change(Course::OtsStock);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_unique() {
        for (index, kpi) in KPIS.iter().enumerate() {
            assert!(
                KPIS[..index].iter().all(|other| other.key != kpi.key),
                "{} twice",
                kpi.key
            );
        }
    }

    #[test]
    fn a_change_is_that_of_the_measured_quarters() {
        let mut seen = Observations::new(0);
        // A year has a little over four quarters of 91 days; what lies before them is warm-up.
        seen.years = 1.0;
        let quarter = |meldingen| Quarter {
            meldingen,
            ..Quarter::new(0)
        };
        seen.quarters = [900, 100, 110, 120, 130].map(quarter).to_vec();
        let kpi = Kpi::from_key("meldingen_change_percent_per_year").unwrap();
        let expected = 100.0 * 10.0 * (365.25 / 91.0) / 115.0;
        assert!((kpi.value(&seen).unwrap() - expected).abs() < 1e-9);
        assert!(kpi.is_change() && !kpi.is_extensive());
        assert_eq!(kpi.value(&Observations::new(0)), None);
    }

    #[test]
    fn a_kpi_about_nothing_has_no_value() {
        let nothing = Observations::new(0);
        assert_eq!(
            Kpi::from_key("handovers_per_case").unwrap().value(&nothing),
            None
        );
        assert_eq!(
            Kpi::from_key("wait_raad_p90_days").unwrap().value(&nothing),
            None
        );
    }
}

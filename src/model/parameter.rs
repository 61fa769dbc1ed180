//! The parameters of the model: one table, no values.
//!
//! Values stand in `scenarios/evidence.toml`, each with range, grade and
//! source. A parameter that is in this table and not there, or the other way
//! about, is an error when a scenario is read.

use serde::Serialize;

macro_rules! units {
    ($( #[doc = $doc:literal] $name:ident: $key:literal, )+) => {
        /// The unit in which a parameter is written and used.
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        pub enum Unit {
            $( #[doc = $doc] $name, )+
        }

        impl Unit {
            /// Every unit.
            pub const ALL: [Unit; [$( $key ),+].len()] = [$( Unit::$name ),+];

            /// Its name in evidence.toml.
            pub fn key(self) -> &'static str {
                match self {
                    $( Unit::$name => $key, )+
                }
            }
        }
    };
}

units! {
    /// A probability or a share, 0..=1.
    Share: "share",
    /// Times a year.
    PerYear: "per_year",
    /// Times a year for every thousand inhabitants.
    PerThousandPerYear: "per_1000_inhabitants_per_year",
    /// Hours of work.
    Hours: "hours",
    /// Hours of work a week.
    HoursPerWeek: "hours_per_week",
    /// Calendar days.
    Days: "days",
    /// Working days (Monday to Friday less public holidays).
    WorkingDays: "working_days",
    /// Calendar weeks.
    Weeks: "weeks",
    /// Years of 365.25 days.
    Years: "years",
    /// A number of things.
    Count: "count",
    /// A number that multiplies another.
    Factor: "factor",
    /// A position on the scale of the latent need for a measure.
    Score: "score",
    /// Full-time equivalents.
    Fte: "fte",
    /// Euros.
    Euros: "euros",
    /// Relative growth a year; below zero is a fall.
    Growth: "growth_per_year",
}

/// One row of the table.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Spec {
    /// `group.name`, as in evidence.toml.
    pub key: &'static str,
    /// Its unit.
    pub unit: Unit,
    /// What it is, in one or two sentences.
    pub definition: &'static str,
}

macro_rules! parameters {
    ($(
        $(#[doc = $group_doc:literal])+
        $group:ident: $Group:ident {
            $( $(#[doc = $doc:literal])+ $name:ident: $unit:ident, )+
        }
    )+) => {
        $(
            $(#[doc = $group_doc])+
            #[derive(Clone, Copy, PartialEq, Debug, Serialize)]
            pub struct $Group {
                $( $(#[doc = $doc])+ pub $name: f64, )+
            }
        )+

        /// Every parameter of the model.
        #[derive(Clone, Copy, PartialEq, Debug, Serialize)]
        pub struct Parameters {
            $( $(#[doc = $group_doc])+ pub $group: $Group, )+
        }

        impl Parameters {
            /// The table: every parameter with its unit and definition.
            pub const TABLE: &'static [Spec] = &[
                $( $( Spec {
                    key: concat!(stringify!($group), ".", stringify!($name)),
                    unit: Unit::$unit,
                    definition: concat!($($doc),+).trim_ascii(),
                }, )+ )+
            ];

            /// The parameters with the value that `value_of` gives for every row
            /// of [`Self::TABLE`], asked in its order.
            pub fn from_values(mut value_of: impl FnMut(&'static Spec) -> f64) -> Self {
                let mut rows = Self::TABLE.iter();
                let mut next = || value_of(rows.next().expect("a row for every field"));
                Parameters {
                    $( $group: $Group { $( $name: next(), )+ }, )+
                }
            }

            /// Every value, in the order of [`Self::TABLE`].
            pub fn values(&self) -> Vec<f64> {
                vec![ $( $( self.$group.$name, )+ )+ ]
            }
        }
    };
}

parameters! {
    /// Who comes, and how often.
    demand: DemandParameters {
        /// Share of a region's meldingen that are about a family not known before; only these arrive from outside.
        first_melding_share: Share,
        /// Share of meldingen that are vervolgmeldingen; only for dividing the staff of Veilig Thuis over regions, since the model's own share is an outcome.
        vervolgmelding_share: Share,
        /// Families with an unsafe home that lokale teams meet by themselves, in the whole country; divided over the regions by meldingen.
        own_intake: PerThousandPerYear,
        /// Young people who enter jeugdreclassering from the criminal side.
        jeugdreclassering: PerThousandPerYear,
        /// Yearly growth of all demand, from the start of the measured period; 0 is unchanged.
        growth_per_year: Growth,
    }

    /// What a household is like when it first comes.
    household: HouseholdParameters {
        /// Share structurally unsafe at a first melding.
        structureel_share: Share,
        /// Share acutely unsafe at a first melding.
        acuut_share: Share,
        /// Share structurally unsafe at a lokaal team's own intake.
        structureel_share_own_intake: Share,
        /// Share acutely unsafe at a lokaal team's own intake.
        acuut_share_own_intake: Share,
        /// Share of households with children.
        children_share: Share,
        /// Children under a measure for each household under a measure.
        children_per_measure: Count,
        /// Share of households in which the danger is partner violence.
        partner_violence_share: Share,
        /// Chance of one more problem domain after each one, at most five in all.
        extra_domain_probability: Share,
        /// Mean weeks of effective help that a family with light concerns needs.
        help_weeks_lichte_zorgen: Weeks,
        /// Mean weeks of effective help that a structurally unsafe family needs.
        help_weeks_structureel: Weeks,
        /// Mean weeks of effective help that an acutely unsafe family needs.
        help_weeks_acuut: Weeks,
        /// Extra weeks of help for each problem domain after the first.
        help_weeks_per_extra_domain: Weeks,
        /// Spread (coefficient of variation) of the weeks of help needed.
        help_weeks_cv: Factor,
        /// Chance, for each problem domain after the first, that specialist help is needed too.
        specialist_probability_per_extra_domain: Share,
        /// Longest time that a known household stays in sight; evenly spread from 0.
        known_years: Years,
    }

    /// The hazard of incidents, and what protection does to it; the same in every form.
    danger: DangerParameters {
        /// Incidents a year without protection, light concerns.
        rate_lichte_zorgen: PerYear,
        /// Incidents a year without protection, structurally unsafe.
        rate_structureel: PerYear,
        /// Incidents a year without protection, acutely unsafe.
        rate_acuut: PerYear,
        /// Incidents a year of a family that has become safe.
        rate_veilig: PerYear,
        /// How fast a home becomes safe by itself when nobody is with the family, against help.
        recovery_alone: Factor,
        /// Multiplies the hazard when somebody has sight on safety and no more.
        factor_sight_only: Factor,
        /// Multiplies the hazard under conditions for safety.
        factor_conditions: Factor,
        /// Multiplies the hazard while help runs.
        factor_help: Factor,
        /// Multiplies the hazard under a measure that is being executed.
        factor_measure: Factor,
        /// Chance that an incident is reported.
        report_probability: Share,
        /// Chance that a reported incident is a crisis, light concerns.
        crisis_probability_lichte_zorgen: Share,
        /// Chance that a reported incident is a crisis, structurally unsafe.
        crisis_probability_structureel: Share,
        /// Chance that a reported incident is a crisis, acutely unsafe.
        crisis_probability_acuut: Share,
        /// Chance that an incident raises the severity by one class.
        worsen_probability: Share,
        /// Chance that a melding is followed by another about the same.
        repeat_probability: Share,
        /// Mean time until that other.
        repeat_days: Days,
    }

    /// What comes after the veiligheidsbeoordeling.
    triage: TriageParameters {
        /// Share kept at Veilig Thuis where the region's own figure is not known.
        kept_share: Share,
        /// Share without next steps.
        nothing_share: Share,
        /// Share with another end (regionaal maatwerk, not yet assessed): leaves the chain.
        other_share: Share,
        /// Chance to be kept, of light concerns against structurally unsafe.
        kept_factor_lichte_zorgen: Factor,
        /// Chance to be kept, of acutely unsafe against structurally unsafe.
        kept_factor_acuut: Factor,
        /// Of those kept: share with an onderzoek, where as many are kept as in the country; a region that keeps more has no more of them.
        onderzoek_share: Share,
        /// Of those kept: share with voorwaarden en vervolg, likewise; the rest gets a short follow-up.
        voorwaarden_share: Share,
        /// After a short follow-up: share that goes on to the lokaal team; the rest ends.
        follow_up_to_help_share: Share,
        /// Chance to leave the chain (no next steps, another end, help that runs elsewhere, an end after a short follow-up or onderzoek), of structurally unsafe against light concerns.
        leave_factor_structureel: Factor,
        /// The same, of acutely unsafe against light concerns.
        leave_factor_acuut: Factor,
        /// Of an overdracht: share to help that already runs elsewhere.
        transfer_to_existing_help_share: Share,
        /// Of an overdracht: share to drang by the gecertificeerde instelling; the rest goes to the lokaal team.
        transfer_to_drang_share: Share,
    }

    /// Work: effort and duration of each function.
    work: WorkParameters {
        /// Effort of one advies.
        advies_hours: Hours,
        /// Duration of one advies.
        advies_days: Days,
        /// Effort of a veiligheidsbeoordeling.
        beoordeling_hours: Hours,
        /// Duration of a veiligheidsbeoordeling once started.
        beoordeling_days: Days,
        /// Effort of taking in a vervolgmelding.
        vervolgmelding_hours: Hours,
        /// Duration of taking in a vervolgmelding.
        vervolgmelding_days: Days,
        /// Effort of a short follow-up after the veiligheidsbeoordeling.
        follow_up_hours: Hours,
        /// Duration of a short follow-up.
        follow_up_days: Days,
        /// Effort of an onderzoek.
        onderzoek_hours: Hours,
        /// Duration of an onderzoek once started.
        onderzoek_weeks: Weeks,
        /// Effort of voorwaarden en vervolg.
        voorwaarden_hours: Hours,
        /// Duration of voorwaarden en vervolg once started.
        voorwaarden_weeks: Weeks,
        /// Effort of voluntary help while it runs.
        hulp_hours_per_week: HoursPerWeek,
        /// Duration of specialist help.
        specialist_weeks: Weeks,
        /// How fast the lokaal team's help works while the family waits for a specialist whom it needs.
        hulp_factor_without_specialist: Factor,
        /// Effort of drang while it runs.
        drang_hours_per_week: HoursPerWeek,
        /// Duration of drang.
        drang_weeks: Weeks,
        /// Effort of a beschermingsonderzoek.
        beschermingsonderzoek_hours: Hours,
        /// Duration of a beschermingsonderzoek once started.
        beschermingsonderzoek_weeks: Weeks,
        /// Effort of toets en verzoek.
        toets_hours: Hours,
        /// Duration of toets en verzoek once started.
        toets_days: Days,
        /// Duration of toets en verzoek in an emergency.
        toets_spoed_days: Days,
        /// Time between petition and decision that the judge's agenda takes, without any queue.
        rechter_days: Days,
        /// The same in an emergency.
        rechter_spoed_days: Days,
        /// Effort of executing a voorlopige OTS.
        vots_hours_per_week: HoursPerWeek,
        /// Effort of executing an OTS.
        ots_hours_per_week: HoursPerWeek,
        /// Extra effort with a uithuisplaatsing.
        uhp_hours_per_week: HoursPerWeek,
        /// Effort of voogdij.
        voogdij_hours_per_week: HoursPerWeek,
        /// Effort of jeugdreclassering.
        jeugdreclassering_hours_per_week: HoursPerWeek,
        /// Duration of jeugdreclassering.
        jeugdreclassering_weeks: Weeks,
        /// Effort of one crisis.
        crisis_hours: Hours,
        /// Duration of one crisis.
        crisis_days: Days,
        /// Effort of nazorg while it runs.
        nazorg_hours_per_week: HoursPerWeek,
        /// Duration of nazorg.
        nazorg_weeks: Weeks,
        /// Effort of a lead who keeps sight on safety, with no activity of their own.
        sight_hours_per_week: HoursPerWeek,
        /// Effort of staying with a family alongside the lead, with no activity of one's own.
        alongside_hours_per_week: HoursPerWeek,
        /// Effort of a lead who goes on helping while another has joined.
        partner_hours_per_week: HoursPerWeek,
        /// Effort of an own assessment by somebody who does not share the dossier.
        own_assessment_hours: Hours,
        /// Effort of one re-tell: the talks by which a new professional gets to know the family.
        retell_hours: Hours,
        /// Time to a plan for who had to assess the family anew.
        plan_weeks_own_assessment: Weeks,
        /// Time to a plan for who goes on from a dossier, shared or the own.
        plan_weeks_shared_dossier: Weeks,
        /// Spread (coefficient of variation) of efforts and durations.
        cv: Factor,
    }

    /// How voluntary help, drang and conditions end.
    help: HelpParameters {
        /// Chance that a family accepts voluntary help.
        acceptance_probability: Share,
        /// Chance that accepted help stalls, light concerns.
        stall_probability_lichte_zorgen: Share,
        /// Chance that accepted help stalls, structurally unsafe.
        stall_probability_structureel: Share,
        /// Chance that accepted help stalls, acutely unsafe.
        stall_probability_acuut: Share,
        /// Chance that conditions for safety are kept.
        conditions_kept_probability: Share,
        /// Chance that an onderzoek ends in help or a request, against no further steps.
        onderzoek_to_help_share: Share,
        /// Chance that drang works.
        drang_success_probability: Share,
        /// How fast conditions alone make a family safe, against help.
        effect_conditions: Factor,
        /// How fast a measure makes a family safe, against help.
        effect_measure: Factor,
        /// What an hour of a lead who goes on with accepted help while another is awaited, or has joined for something else, does for safety, against an hour of help.
        effect_partner_hour: Factor,
        /// Share of lead time after which stalled help stops.
        stall_moment_share: Share,
    }

    /// Judgements about a forced measure: signal detection on the latent need.
    decision: DecisionParameters {
        /// Mean latent need, light concerns.
        need_lichte_zorgen: Score,
        /// Mean latent need, structurally unsafe.
        need_structureel: Score,
        /// Mean latent need, acutely unsafe.
        need_acuut: Score,
        /// Spread of the latent need between families (standard deviation).
        need_spread: Score,
        /// What failed voluntary help adds to the need.
        need_per_failed_help: Score,
        /// What a reported incident adds to the need.
        need_per_incident: Score,
        /// Share of what failed help and incidents have added to the need that falls away when the home becomes safe.
        need_lost_when_safe: Share,
        /// From this latent need on a measure is justified.
        justified_threshold: Score,
        /// From this seen need on an assessor asks for a measure.
        request_threshold: Score,
        /// From this seen need on the jeugdbeschermingstafel sends a family on to the Raad; below it goes on voluntarily.
        tafel_threshold: Score,
        /// From this seen need on whoever has assessed an unsafe family with children, or has seen its help fail, asks for a measure at once.
        direct_threshold: Score,
        /// From this seen need on the check lets the request pass.
        check_threshold: Score,
        /// From this seen need on a voorlopige OTS is asked for.
        spoed_threshold: Score,
        /// From this seen need on a vervolgmelding during conditions, voluntary help or drang leads to a request.
        escalation_threshold: Score,
        /// Error of one judgement (standard deviation).
        sigma: Score,
        /// Correlation of the check's error with the first assessor's.
        check_correlation: Share,
        /// Spread of thresholds between areas at full local room (standard deviation).
        area_spread: Score,
        /// How much lower the thresholds of a region lie where there are e times as many unsafe homes for a melding.
        region_slope: Score,
        /// Local room of today's chain, at which the thresholds of areas spread in every form.
        local_room_today: Share,
        /// Chance that the judge grants what is asked.
        grant_probability: Share,
        /// Rise a year of every threshold, from the start of the measured period; 0 is unchanged.
        threshold_growth_per_year: Score,
    }

    /// Measures: how long, how often.
    measure: MeasureParameters {
        /// Length of an OTS, and of each extension.
        ots_weeks: Weeks,
        /// Longest duration of a voorlopige OTS.
        vots_weeks: Weeks,
        /// Chance at the end of a year that an OTS is extended although the family is safe.
        extension_probability_safe: Share,
        /// Chance at the end of a year that an OTS is extended if the family is not safe yet.
        extension_probability_unsafe: Share,
        /// Chance that a machtiging uithuisplaatsing comes with an OTS.
        uhp_probability: Share,
        /// Chance a year that a uithuisplaatsing ends in going home.
        uhp_return_probability: Share,
        /// A gezagsbeëindiging is looked at from this time of uithuisplaatsing on.
        gezagsbeeindiging_after_weeks: Weeks,
        /// Chance, at each yearly look, that it is asked for.
        gezagsbeeindiging_probability: Share,
        /// Mean duration of voogdij.
        voogdij_years: Years,
        /// Chance of a huisverbod at a crisis with partner violence.
        huisverbod_probability: Share,
        /// Length of a huisverbod.
        huisverbod_days: Days,
        /// Chance that it is extended.
        huisverbod_extension_probability: Share,
        /// Length of an extended huisverbod.
        huisverbod_extended_days: Days,
        /// Chance of a contactverbod at a crisis with partner violence.
        contactverbod_probability: Share,
        /// Length of a contactverbod.
        contactverbod_days: Days,
    }

    /// Statutory terms.
    term: TermParameters {
        /// Veiligheidsbeoordeling, from the melding.
        beoordeling_working_days: WorkingDays,
        /// Onderzoek, from the end of the veiligheidsbeoordeling.
        onderzoek_weeks: Weeks,
        /// Start of the beschermingsonderzoek, from the request (norm of 2019).
        raad_start_days: Days,
        /// Jeugdbeschermer and first contact, from the order.
        jeugdbeschermer_working_days: WorkingDays,
        /// Plan, from the start of help or of a measure.
        plan_weeks: Weeks,
        /// First decision of the judge, from the petition.
        rechter_weeks: Weeks,
    }

    /// Staff: hours, turnover, replacement.
    staff: StaffParameters {
        /// Professionals of the lokale teams for this chain, in the whole country.
        fte_lokaal_team: Fte,
        /// Professionals of Veilig Thuis, in the whole country.
        fte_veilig_thuis: Fte,
        /// Professionals of the Raad for beschermingsonderzoeken, in the whole country.
        fte_rvdk: Fte,
        /// Jeugdbeschermers, in the whole country.
        fte_gi_jeugdbescherming: Fte,
        /// Jeugdreclasseerders, in the whole country.
        fte_gi_jeugdreclassering: Fte,
        /// Contract of one professional.
        contract_hours_per_week: HoursPerWeek,
        /// Contract that counts as one fte.
        fte_hours_per_week: HoursPerWeek,
        /// Share of contract hours for families, against meetings, travel, training and writing up.
        client_share: Share,
        /// Share of hours lost to illness.
        sick_share: Share,
        /// Chance a year that a professional leaves.
        turnover: PerYear,
        /// Mean time until a leaver is replaced.
        vacancy_weeks: Weeks,
        /// Time in which a new professional starts up.
        start_up_weeks: Weeks,
        /// Share of full hours that they work for families meanwhile.
        start_up_productivity: Share,
        /// How far urgent work may fill a professional, against their hours.
        urgent_limit: Factor,
        /// Share of what is reserved of a professional above the hours there are that is not done; 0: all of it is done in overtime. Help and steps then take longer, for each of the families alike.
        overtime_price: Share,
        /// How far advice and short consults may fill a professional, against the hours: who asks gets an answer at once, before work that takes months.
        advice_limit: Factor,
        /// Regular work that has waited so long becomes urgent.
        promote_after_weeks: Weeks,
        /// Largest share of one professional's hours that one activity takes; a larger one lasts longer.
        largest_activity_share: Share,
        /// Inhabitants of one area of a lokaal team.
        inhabitants_per_area: Count,
        /// Hour of the day at which the office opens (8.5 is half past eight).
        office_opens_hour: Count,
        /// Hour of the day at which the office closes.
        office_closes_hour: Count,
    }

    /// Capacities outside the chain, against the demand at which they were set.
    external: ExternalParameters {
        /// First-time and extension cases that judges handle side by side, for every thousand meldingen a year in the country; divided as unsafe homes are.
        rechter_places: Count,
        /// Families that specialist providers help side by side, for every thousand meldingen a year in the country; divided as the work of lokale teams.
        specialist_places: Count,
        /// Mean wait for a specialist's first appointment even when a place is free.
        specialist_intake_weeks: Weeks,
        /// Families that the jeugdbeschermingstafels see in a week, for every thousand meldingen a year in the country; divided as unsafe homes are.
        tafel_places_per_week: Count,
    }

    /// What runs already when the warm-up begins, in the whole country.
    stock: StockParameters {
        /// Children under an OTS.
        ots_children: Count,
        /// Children under voogdij.
        voogdij_children: Count,
        /// Young people under jeugdreclassering.
        jeugdreclassering: Count,
        /// Families with voluntary help of a lokaal team.
        vrijwillige_hulp: Count,
        /// Mean time that a running OTS has still to go.
        ots_residual_weeks: Weeks,
        /// Share of running OTS with a uithuisplaatsing.
        uhp_share: Share,
        /// Share safe of the families known from before the run, whose case is closed.
        known_safe_share: Share,
    }

    /// Assumed effects of behaviour; zero is no effect, and neutral. Each is a
    /// difference from today, so that none moves the estafettemodel save where it says so.
    behaviour: BehaviourParameters {
        /// Change of the acceptance of voluntary help for each handover that the family has had more than the relay brings on the same way.
        acceptance_per_handover: Score,
        /// Change of the acceptance of voluntary help if, as it begins, somebody is in the family's circle whose team does drang or executes measures as well.
        acceptance_beside_force: Score,
        /// Growth of the error of a judgement for each handover more than the relay brings on the same way (information loss); it shrinks with each one less.
        sigma_per_handover: Score,
        /// Growth of the error of a judgement made by a generalist in a team whose staff comes from several organisations (unfamiliar work).
        sigma_generalist: Score,
        /// What an internal check adds to the correlation with the first judgement.
        internal_check_correlation: Score,
        /// Shift of the threshold for a request if somebody of another team has joined the lead or stayed; above 0 fewer measures are asked for.
        threshold_if_joined: Score,
        /// Share of that shift that is lost when a pilot becomes the rule.
        gain_lost_at_scale: Share,
        /// How far the thresholds of areas follow the local room of the form, instead of today's: 0 not at all, 1 wholly.
        local_room_followed: Share,
        /// Share of areas with a weak lokaal team; the same areas in every form.
        weak_area_share: Share,
        /// What a weak lokaal team adds to the chance that help stalls, where others rely on it: somebody of another team joined or stayed with the family, or is asked for advice as help begins.
        stall_in_weak_area: Share,
        /// Extra hours for each activity in a team whose staff comes from several organisations.
        mixed_team_hours: Hours,
        /// Growth of the weekly effort of voluntary help, drang and execution while somebody of another team is with the family too (0.2 is a fifth more).
        intensity_if_joined: Factor,
        /// Hours that each pool of staff spends on cover (round the clock, leave) whatever its size; today's pools have theirs within today's hours, so only more or fewer pools than today count.
        cover_hours_per_pool: HoursPerWeek,
        /// Extra hours for each activity of the family's way that a team of the region does where an area's does it today; as many fewer the other way about.
        travel_hours: Hours,
        /// Growth of the yearly chance to leave for each unit of load above 1 (0.1 above, times this). Moves the estafettemodel too: its staff is overloaded as well.
        turnover_per_overload: Factor,
    }

    /// What a change-over costs in teams whose staff comes from several organisations, from the day on which their
    /// form comes into force; without such a day nothing.
    transition: TransitionParameters {
        /// Share of the hours for families that is lost on the first day; the loss shrinks evenly to nothing.
        productivity_dip: Share,
        /// Time in which what is lost comes back; without it nothing is lost.
        recovery_weeks: Weeks,
        /// Growth of the yearly chance to leave on the first day (1 is twice as likely); it shrinks with the loss.
        turnover_shock: Factor,
        /// Share of what is lost, of hours and people, that each region that went before has taught to avoid.
        learning_per_region: Share,
        /// Share of the hours for families that goes into the old organisation while it runs beside the new.
        double_running_share: Share,
        /// How long that lasts; without it nothing runs double.
        double_running_weeks: Weeks,
        /// How much of a newcomer's start-up everybody goes through whom a change-over brings to another team: 0 nothing, 1 all of it.
        team_start_up: Share,
    }

    /// Prices, for figures in euros. Nothing that happens hangs on them.
    money: MoneyParameters {
        /// What an fte costs in a year: salary, employer's charges, housing, support and management.
        euros_per_fte: Euros,
        /// One-off cost of everybody whom a change-over brings to another team.
        euros_per_move: Euros,
    }
}

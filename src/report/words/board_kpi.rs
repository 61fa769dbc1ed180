//! The KPIs that a board reads, in the order in which a family meets what they tell of.

/// The first screen. Fewer measures are no gain by themselves, so those that were missed and how many homes are
/// safe stand beside them; a mean hides the typical family, so of the wait there are the middle and one in ten.
pub(crate) const FIRST: &[&str] = &[
    "wait_first_help_p50_days",
    "wait_first_help_p90_days",
    "unsafe_days_per_family_year",
    "safe_after_18_months_percent",
    "handovers_per_case",
    "ots_per_100_cases",
    "measures_missed_per_100_cases",
];

/// Waiting, terms and being passed on.
pub(crate) const WAITING: &[&str] = &[
    "wait_assessment_p50_days",
    "wait_assessment_p90_days",
    "wait_first_help_mean_days",
    "wait_first_help_p50_days",
    "wait_first_help_p90_days",
    "wait_measure_p50_days",
    "wait_measure_p90_days",
    "wait_raad_mean_days",
    "wait_specialist_mean_days",
    "waiting_days_per_case",
    "term_assessment_percent",
    "term_onderzoek_percent",
    "term_raad_start_percent",
    "term_rechter_percent",
    "term_jeugdbeschermer_percent",
    "term_plan_percent",
    "handovers_per_case",
    "retells_per_case",
    "professionals_per_case",
    "fixed_face_percent",
];

/// Safety, and measures beside it.
pub(crate) const SAFETY: &[&str] = &[
    "unsafe_days_per_family_year",
    "unsafe_days_per_unsafe_family_year",
    "unsafe_unseen_days_per_family_year",
    "safe_after_18_months_percent",
    "hermelding_12_months_percent",
    "crises_per_100_cases",
    "ots_per_100_cases",
    "vots_per_100_cases",
    "uhp_per_100_cases",
    "gezagsbeeindiging_per_100_cases",
    "huisverbod_per_100_cases",
    "measures_missed_per_100_cases",
    "measures_not_justified_per_100_cases",
    "measures_checked_percent",
    "orders_unattended_percent",
    "ots_stock",
];

/// Staff and what waits for it.
pub(crate) const STAFF: &[&str] = &[
    "load_percent",
    "standing_queue",
    "open_cases",
    "staff_hours_per_case",
    "staff_euros_per_case",
];

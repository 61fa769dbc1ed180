//! How not to read the counts of the proeftuin monitor, as sentences.

use crate::experiment::MonitorDoubt;
use crate::report::Lang;
use crate::report::words::phrase::{of_spread, phrase};
use crate::scenario::{Doubt, Scenario};

/// The name of a doubt in a manifest.
pub(crate) fn code(doubt: MonitorDoubt) -> &'static str {
    match doubt {
        MonitorDoubt::NoReduction => "monitor_no_reduction",
        MonitorDoubt::NoControlGroup => "monitor_no_control_group",
        MonitorDoubt::UnknownMix => "monitor_unknown_mix",
        MonitorDoubt::UnknownStart => "monitor_unknown_start",
        MonitorDoubt::Consult => "monitor_consult",
        MonitorDoubt::Kinds => "monitor_kinds",
        MonitorDoubt::Narrow => "monitor_narrow",
        MonitorDoubt::NotFitted => "monitor_not_fitted",
    }
}

/// What a doubt tells a reader.
pub(crate) fn sentence(doubt: MonitorDoubt, scenario: &Scenario, lang: Lang) -> &'static str {
    match doubt {
        MonitorDoubt::NoReduction => phrase("doubt_small_share", lang),
        MonitorDoubt::NoControlGroup => phrase("doubt_no_group", lang),
        MonitorDoubt::UnknownMix => phrase("doubt_which_families", lang),
        MonitorDoubt::UnknownStart => phrase("doubt_when_begun", lang),
        MonitorDoubt::Consult => phrase("doubt_advice", lang),
        MonitorDoubt::Kinds => phrase("doubt_measures", lang),
        MonitorDoubt::Narrow => {
            let has_worlds = scenario.doubt != Doubt::None;
            let key = of_spread("doubt_intervals", scenario.replications, has_worlds);
            phrase(&key, lang)
        }
        MonitorDoubt::NotFitted => phrase("doubt_not_fitted", lang),
    }
}

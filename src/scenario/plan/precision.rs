//! The section `[precision]` of a scenario: how sure a comparison is to be.

use super::calibration::{kpi, kpis};
use crate::model::KPIS;
use crate::scenario::fault::code;
use crate::scenario::fault::diagnostic::{Diagnostic, Diagnostics};
use crate::scenario::fault::said::said;
use crate::scenario::file::raw::Node;
use crate::scenario::section::Section;
use crate::scenario::section::shape::{Key, Kind, Need, always};
use crate::stats::Target;

/// No fewer replications than these are looked at.
pub const FIRST: u32 = 10;

/// The section `[precision]`.
pub(crate) const KEYS: &[Key] = &[
    always(
        "kpi",
        Kind::Word(kpis),
        "\"wait_first_help_mean_days\"",
        "The KPI of which every form's difference from the baseline is to be known so well.",
    ),
    Key {
        name: "half_width",
        need: Need::If("there is no `share`"),
        kind: Kind::Number(1e-9, 1e12, "of the KPI"),
        meaning: "Half of what the interval of each difference may be wide; the intervals of all forms hold at once with 95 %.",
        example: "1.0",
    },
    Key {
        name: "share",
        need: Need::If("there is no `half_width`"),
        kind: Kind::Number(1e-4, 1.0, "share"),
        meaning: "The same as a share of the difference itself; a difference near zero is never known so well.",
        example: "0.1",
    },
    always(
        "at_most",
        Kind::Whole(FIRST as u64, 100_000),
        "200",
        "Replications after which it ends all the same; it begins with ten. Takes the place of `replications`.",
    ),
];

/// How sure a comparison is to be.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Precision {
    /// Row of [`KPIS`].
    pub kpi: usize,
    /// How narrow the interval of each difference is to be.
    pub target: Target,
    /// Replications after which it ends all the same.
    pub at_most: u32,
}

pub(crate) fn read(node: &Node, log: &mut Diagnostics) -> Option<Precision> {
    let section = Section::of(node, KEYS, log)?;
    let row = section.required("kpi", log).and_then(|node| kpi(node, log));
    let row = row.and_then(|found| KPIS.iter().position(|kpi| kpi.key == found.key));
    let target = match (section.optional("half_width"), section.optional("share")) {
        (Some(_), Some(share)) => {
            let fact = said!("a precision is a half_width or a share, not both");
            let fault = Diagnostic::error(code::TWICE, fact);
            log.push(
                fault
                    .help(said!("take out one of the two"))
                    .at(&share.place),
            );
            None
        }
        (None, Some(_)) => section.number("share", log).map(Target::Relative),
        _ => section.number("half_width", log).map(Target::Absolute),
    };
    let at_most = section.whole("at_most", log);
    section.finish(log);
    Some(Precision {
        kpi: row?,
        target: target?,
        at_most: at_most? as u32,
    })
}

//! One household, followed in every form.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::{Design, PassFailure, PassKey};
use crate::model::{self, Entrance, Entry, Happening};
use crate::scenario::Scenario;

/// One household's life under one form.
#[derive(Clone, PartialEq, Debug)]
pub struct Life {
    /// Index in [`Scenario::cases`].
    pub case: usize,
    /// What happened, in order.
    pub entries: Vec<Entry>,
}

/// A life in numbers.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct LifeSums {
    /// Meldingen.
    pub n_meldingen: usize,
    /// Times that the lead passed to another team.
    pub n_handovers: usize,
    /// Times that the family told its story anew.
    pub n_retells: usize,
    /// Times that it was assessed.
    pub n_assessments: usize,
    /// Professionals it met.
    pub n_professionals: usize,
    /// Waiting, over all queues \[minutes\].
    pub waited: u64,
    /// Incidents.
    pub n_incidents: usize,
}

impl Life {
    /// The life in numbers.
    pub fn sums(&self) -> LifeSums {
        let mut sums = LifeSums::default();
        let mut met = BTreeSet::new();
        for entry in &self.entries {
            match entry.happening {
                Happening::Came { entrance, .. } => {
                    sums.n_meldingen += usize::from(matches!(
                        entrance,
                        Entrance::FirstMelding | Entrance::Hermelding | Entrance::Vervolgmelding
                    ));
                }
                Happening::Started {
                    professional,
                    waited,
                    is_handover,
                    is_retell,
                    is_assessment,
                    ..
                } => {
                    met.extend(professional);
                    sums.waited += u64::from(waited);
                    sums.n_handovers += usize::from(is_handover);
                    sums.n_retells += usize::from(is_retell);
                    sums.n_assessments += usize::from(is_assessment);
                }
                Happening::Held { professional, .. } => {
                    met.insert(professional);
                    sums.n_retells += 1;
                }
                Happening::Incident { .. } => sums.n_incidents += 1,
                _ => {}
            }
        }
        sums.n_professionals = met.len();
        sums
    }
}

/// The life of one household of the scenario's region of that number, under
/// every form in turn. It has no entries where no such household came.
///
/// # Errors
///
/// When an assertion fails in the model.
///
/// # Panics
///
/// When the scenario has no region of that number.
pub fn follow(
    scenario: &Scenario,
    region: usize,
    household: u32,
    replication: u32,
) -> Result<Vec<Life>, Box<PassFailure>> {
    let design = Design::new(scenario);
    let life_in = |case| {
        let key = PassKey {
            case,
            replication,
            region,
            rank: 0,
        };
        let setting = design.setting_of(key);
        let life = || model::follow(&setting, scenario.seed, replication, household);
        let entries = catch_unwind(AssertUnwindSafe(life))
            .map_err(|payload| Box::new(PassFailure::new(&design, key, &*payload)))?;
        Ok(Life { case, entries })
    };
    (0..scenario.cases.len()).map(life_in).collect()
}
